"""Who is writing: unit and writer, from the option, the environment, git's settings, or asked once."""

import os
import sys
from pathlib import Path

import typer

from zhenggai.store import git


def at_terminal() -> bool:
    """Whether somebody can be asked."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def ask(question: str, default: str | None = None) -> str:
    """Ask for a text, again until there is one; the question goes to stderr."""
    while True:
        answer = str(typer.prompt(question, default=default, err=True, show_default=default is not None)).strip()
        if answer:
            return answer


def identity(root: Path, option: str | None, variable: str, setting: str) -> str | None:
    """Option, then environment variable, then git's setting; None where none of them says."""
    return option or os.environ.get(variable) or git.setting(root, setting)


def asked_once(root: Path, question: str, setting: str) -> str:
    """Ask, and offer to keep the answer in this clone's git settings."""
    answer = ask(question)
    keep = typer.confirm(f"记住“{answer}”，以后不再问？", default=True, err=True)
    if keep and not git.keep_setting(root, setting, answer):
        print(f"这里不是 git 仓库，没有记住；可设环境变量 {_variable(setting)}", file=sys.stderr)
    return answer


def _variable(setting: str) -> str:
    return setting.replace(".", "_").upper()
