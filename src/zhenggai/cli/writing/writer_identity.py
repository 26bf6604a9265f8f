"""Who is writing: unit and writer, from the option, the environment, git's settings, or asked once."""

import os
from collections.abc import Callable
from pathlib import Path

from zhenggai.cli.output import tell
from zhenggai.cli.writing import prompts
from zhenggai.sharing import git

_UNIT = "zhenggai.unit"


def identity(root: Path, option: str | None, setting: str) -> str | None:
    """Option, then environment variable, then git's setting; None where none of them says."""
    return option or os.environ.get(_variable(setting)) or git.setting(root, setting)


def my_unit(root: Path, option: str | None = None) -> str | None:
    """The unit at the keyboard, as it calls itself; None where nothing says it."""
    return identity(root, option, _UNIT)


def asked_unit(root: Path, read: Callable[[str], str]) -> str:
    """The unit, asked for until ``read`` knows it."""
    return asked_once(root, "你是哪个单位", _UNIT, read)


def asked_once(root: Path, question: str, setting: str, read: Callable[[str], str]) -> str:
    """Ask until ``read`` accepts the answer, and offer to keep it in this clone's git settings."""
    answer = prompts.asked_until(read, question)
    keep = prompts.confirmed(f"记住“{answer}”，以后不再问？", default=True)
    if keep and not git.keep_setting(root, setting, answer):
        tell(f"这里不是 git 仓库，没有记住；可设环境变量 {_variable(setting)}")
    return answer


def _variable(setting: str) -> str:
    return setting.replace(".", "_").upper()
