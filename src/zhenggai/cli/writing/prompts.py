"""Questions at the terminal, on stderr. A value given on the command line is not asked for.

There is one way to ask: ``ask`` and ``ask_optional`` show a line to edit, with a list to pick from if there are choices.
"""

import sys
import unicodedata
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TypeVar

import typer

from zhenggai.characters import control_in
from zhenggai.cli import output, streams
from zhenggai.cli.options import parse_day
from zhenggai.cli.writing.choices import Choice, meant, narrowed, plain_choices
from zhenggai.errors import UsageError
from zhenggai.frozen import frozen
from zhenggai.model.units import names_in

T = TypeVar("T")
_YES, _NO = ("y", "yes", "是", "好"), ("n", "no", "否", "不")
_PICK_ONE = "从上面选一个"


@frozen
class Wish:
    """How to write: ``assured`` (``--yes``) without a question, ``only_shown`` (``--dry-run``) as a preview only."""

    assured: bool = False
    only_shown: bool = False


def at_terminal() -> bool:
    """Whether questions can be asked: stdin and stderr are terminals. On Windows they are drawn where stdout goes."""
    used = (sys.stdin, sys.stderr, sys.stdout) if streams.WINDOWS else (sys.stdin, sys.stderr)
    return all(map(streams.is_terminal, used))


def ask(
    question: str,
    read: Callable[[str], T],
    default: str = "",
    choices: Sequence[Choice] = (),
    present: str = "",
    *,
    recalls: bool = False,
) -> T:
    """Ask until ``read`` accepts the answer, and return its value. ``read`` rejects with ``BadParameter`` or ``UsageError``.

    An empty answer stands for the default, if there is one. ``present`` is a text to edit. Of ``choices``, the user may
    pick one, or type what ``read`` accepts, or what only one of them fits. With ``recalls``, ↑ brings back earlier texts.
    Raises ``Abort`` if the user gives up.
    """

    def required(answer: str) -> T:
        if not answer:
            raise typer.BadParameter(_PICK_ONE if choices else "请填写，不能空着")
        return read(answer)

    return _edited(question, required, default, choices, present, recalls)


def ask_optional(
    question: str,
    read: Callable[[str], T],
    default: str = "",
    choices: Sequence[Choice] = (),
    present: str = "",
    *,
    recalls: bool = False,
) -> T | None:
    """The same, but None for an empty answer."""
    return _edited(question, lambda answer: read(answer) if answer else None, default, choices, present, recalls)


def _edited(
    question: str, read: Callable[[str], T], default: str, choices: Sequence[Choice], present: str, recalls: bool
) -> T:
    from zhenggai.cli.writing.line_editor import edited  # imported here: prompt_toolkit is large, and few commands ask
    from zhenggai.cli.writing.typed_history import typed_history  # imported here, as above

    def checked(answer: str) -> T:
        if found := control_in(answer):
            raise typer.BadParameter(f"里面有{found}，请删去")
        word = answer.strip() or default
        try:
            return read(word)
        except (typer.BadParameter, UsageError):
            if choice := meant(choices, word):
                return read(choice.value)
            if word and (fit := len(narrowed(choices, word))):
                raise typer.BadParameter(f"与“{word}”相近的有 {fit} 个，再写几个字，或用 ↑↓ 选") from None
            raise

    output.asked.append(question)
    history = typed_history(Path.cwd()) if recalls and not choices else None
    return edited(f"{question}{f' [{default}]' if default else ''}：", checked, choices, present, history, default)


def one_of(words: Sequence[str]) -> Callable[[str], str]:
    """A reader that accepts some words only."""

    def read(answer: str) -> str:
        if answer not in words:
            raise typer.BadParameter(f"没有“{answer}”，{_PICK_ONE}：{'、'.join(words)}")
        return answer

    return read


def word(question: str, words: Sequence[str], default: str | None = None) -> str:
    """One of some words."""
    return ask(question, one_of(words), default or "", plain_choices(words))


def ticked(question: str, choices: Sequence[Choice]) -> tuple[str, ...]:
    """Those of the choices that the user leaves ticked, in their order. At first all are."""
    from zhenggai.cli.writing import line_editor  # imported here, as above

    def read(answer: str) -> tuple[str, ...]:
        words = names_in(answer)
        return () if words == (line_editor.NONE,) else tuple(map(one_of([c.value for c in choices]), words))

    output.asked.append(question)
    return line_editor.ticked(f"{question}：", read, choices)


def confirmed(question: str, *, default: bool) -> bool:
    """Whether the answer is yes. Chinese answers count too, as an input method may be on."""
    return ask(f"{question}（y 是，n 否）", _yes_or_no, "y" if default else "n")


def consent(question: str, *, default: bool = False) -> None:
    """Ask for consent. Raises ``UsageError`` if the answer is no."""
    if not confirmed(question, default=default):
        raise UsageError("已取消，什么也没有改动")


def _yes_or_no(answer: str) -> bool:
    word = unicodedata.normalize("NFKC", answer).lower()
    if word not in (*_YES, *_NO):
        raise typer.BadParameter(f"看不懂“{answer}”，写 y（是）或 n（否）")
    return word in _YES


# --- values that may have been given on the command line


def text(question: str, given: str | None, default: str | None = None, choices: Sequence[Choice] = ()) -> str:
    """The given text, else the answer to a question. The default is shown; ``choices`` are proposals, not the only answers."""

    def proposed(answer: str) -> str:
        choice = meant(choices, answer) if answer.isascii() else None  # the initials of a name, not a name
        return choice.value if choice else answer

    return (given or "").strip() or ask(question, proposed, default or "", choices, recalls=True)


def optional(question: str, given: str | None, default: str | None = None) -> str | None:
    """The given text, else, at a terminal, the answer to a question. None if it is empty."""
    if given is not None or not at_terminal():
        return (given or "").strip() or None
    may_be_empty = "" if default else "，不填则空"
    return ask_optional(f"{question}{may_be_empty}", str, default or "", recalls=True)


def each(question: str, given: Sequence[str] | None, read: Callable[[str], str] = str) -> tuple[str, ...]:
    """The given texts, else, at a terminal, answers until one is empty."""
    found = [word.strip() for word in given or ()]
    while not given and at_terminal():
        answer = ask_optional(f"{question}（第 {len(found) + 1} 条，不填则完）", read, recalls=True)
        if not answer:
            break
        found.append(answer)
    return tuple(filter(None, found))


def day(question: str, given: date | None, default: date | None = None) -> date:
    """The given day, else the answer to a question, repeated until it is a day."""
    return given or ask(question, parse_day, str(default) if default else "")
