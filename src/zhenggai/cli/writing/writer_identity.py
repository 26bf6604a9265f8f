"""Who is writing: unit and writer, from the option, the environment, git's settings, or asked once."""

import os
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import typer

from zhenggai.characters import control_in
from zhenggai.cli.output import tell
from zhenggai.errors import UsageError
from zhenggai.sharing import git

T = TypeVar("T")
_UNIT = "zhenggai.unit"
_YES, _NO = ("y", "yes", "是", "好"), ("n", "no", "否", "不")


def at_terminal() -> bool:
    """Whether somebody can be asked."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def ask(question: str, default: str | None = None) -> str:
    """Ask for a text, again until there is one; the question goes to stderr."""
    while True:
        if answer := answered(question, default):
            return answer


def answered(question: str, default: str | None = "") -> str:
    """The answer to a question, which may be empty where the default is; asked for again where a key left its code in it."""
    while True:
        answer = str(typer.prompt(question, default=default, err=True, show_default=bool(default))).strip()
        if answer == (default or "").strip() or not (found := control_in(answer)):
            return answer
        tell(f"里面有{found}（多半是按了方向键），请重新输入")


def asked_until(read: Callable[[str], T], question: str, default: str | None = None) -> T:
    """Ask for what ``read`` makes of an answer, again until it can be read (else ``read`` raises)."""
    while True:
        try:
            return read(ask(question, default))
        except (typer.BadParameter, UsageError) as error:
            tell(str(error))


def confirmed(question: str, *, default: bool) -> bool:
    """Whether somebody says yes; in Chinese too, since an input method may be on."""
    return asked_until(_yes_or_no, f"{question}（y 是，n 否）", "y" if default else "n")


def consent(question: str) -> None:
    """Go on only when somebody says yes."""
    if not confirmed(question, default=False):
        raise UsageError("已取消，什么也没有改动")


def _yes_or_no(answer: str) -> bool:
    word = unicodedata.normalize("NFKC", answer).lower()
    if word not in (*_YES, *_NO):
        raise typer.BadParameter(f"看不懂“{answer}”，写 y（是）或 n（否）")
    return word in _YES


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
    answer = asked_until(read, question)
    keep = confirmed(f"记住“{answer}”，以后不再问？", default=True)
    if keep and not git.keep_setting(root, setting, answer):
        tell(f"这里不是 git 仓库，没有记住；可设环境变量 {_variable(setting)}")
    return answer


def _variable(setting: str) -> str:
    return setting.replace(".", "_").upper()
