"""Questions at the terminal, on stderr. A value given on the command line is not asked for."""

import sys
import unicodedata
from collections.abc import Callable, Sequence
from datetime import date
from typing import TypeVar

import typer

from zhenggai.characters import control_in
from zhenggai.cli.options import parse_day
from zhenggai.cli.output import tell
from zhenggai.errors import UsageError
from zhenggai.frozen import frozen

T = TypeVar("T")
_YES, _NO = ("y", "yes", "是", "好"), ("n", "no", "否", "不")


@frozen
class Wish:
    """How to write: ``assured`` (``--yes``) without a question, ``only_shown`` (``--dry-run``) as a preview only."""

    assured: bool = False
    only_shown: bool = False


def at_terminal() -> bool:
    """Whether questions can be asked: stdin and stderr are terminals."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def ask(question: str, default: str | None = None) -> str:
    """Ask for a text until the answer is not empty."""
    while True:
        if answer := answered(question, default):
            return answer


def answered(question: str, default: str | None = "") -> str:
    """The answer to a question. It may be empty only if the default is.

    An answer with control characters, as arrow keys leave them, is asked for again.
    """
    while True:
        answer = str(typer.prompt(question, default=default, err=True, show_default=bool(default))).strip()
        if answer == (default or "").strip() or not (found := control_in(answer)):
            return answer
        tell(f"里面有{found}（多半是按了方向键），请重新输入")


def asked_until(read: Callable[[str], T], question: str, default: str | None = None) -> T:
    """Ask until ``read`` accepts the answer, and return its value. ``read`` rejects with ``BadParameter`` or ``UsageError``."""
    while True:
        try:
            return read(ask(question, default))
        except (typer.BadParameter, UsageError) as error:
            tell(str(error))


def confirmed(question: str, *, default: bool) -> bool:
    """Whether the answer is yes. Chinese answers count too, as an input method may be on."""
    return asked_until(_yes_or_no, f"{question}（y 是，n 否）", "y" if default else "n")


def consent(question: str) -> None:
    """Ask for consent. Raises ``UsageError`` if the answer is no."""
    if not confirmed(question, default=False):
        raise UsageError("已取消，什么也没有改动")


def _yes_or_no(answer: str) -> bool:
    word = unicodedata.normalize("NFKC", answer).lower()
    if word not in (*_YES, *_NO):
        raise typer.BadParameter(f"看不懂“{answer}”，写 y（是）或 n（否）")
    return word in _YES


# --- values that may have been given on the command line


def text(question: str, given: str | None, default: str | None = None) -> str:
    """The given text, else the answer to a question. The default is shown."""
    return (given or "").strip() or ask(question, default)


def optional(question: str, given: str | None, default: str | None = None) -> str | None:
    """The given text, else, at a terminal, the answer to a question. None if it is empty."""
    if given is not None or not at_terminal():
        return (given or "").strip() or None
    may_be_empty = "" if default else "，不填则空"
    return answered(f"{question}{may_be_empty}", default or "") or None


def each(question: str, given: Sequence[str] | None) -> tuple[str, ...]:
    """The given texts, else, at a terminal, answers until one is empty."""
    found = [word.strip() for word in given or ()]
    while not given and at_terminal():
        answer = answered(f"{question}（第 {len(found) + 1} 条，不填则完）")
        if not answer:
            break
        found.append(answer)
    return tuple(filter(None, found))


def day(question: str, given: date | None, default: date | None = None) -> date:
    """The given day, else the answer to a question, repeated until it is a day."""
    return given or asked_until(parse_day, question, str(default) if default else None)
