"""The arguments of ``inspect``, ``lookback`` and ``urge``: the tasks, a keyword of the command, a text. Each is optional."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import typer

from zhenggai.cli.writing import prompts
from zhenggai.errors import UsageError
from zhenggai.model.numbers import measure_number


def words_argument(metavar: str, about: str) -> Any:
    """The argument that takes all words after a command."""
    return typer.Argument(metavar=metavar, help=about, show_default=False)


class Words(NamedTuple):
    """The words after a command: a measure or problem, a keyword, a text. None stands for what was not given."""

    which: str | None = None
    word: str | None = None
    text: str | None = None


def sorted_out(words: Sequence[str], known: Sequence[str]) -> Words:
    """The words after a command, in this order: a measure or problem, one of the ``known`` keywords, a text. A
    measure may also stand after the keyword.

    Raises ``UsageError`` for an unknown keyword and for surplus words.
    """
    rest = list(words)
    if len(rest) > 1 and rest[0] in known and measure_number(rest[1]):
        rest[:2] = rest[1::-1]
    which = rest.pop(0) if rest and (rest[0].isdecimal() or measure_number(rest[0])) else None
    word = rest.pop(0) if rest and (rest[0] in known or len(rest) > 1) else None
    if word is not None:
        known_word(word, known)
    text = rest.pop(0) if rest else None
    if rest:
        raise UsageError(f"多出了“{'、'.join(rest)}”，没有写入\n  下一步：有空格的文字要加引号")
    return Words(which, word, text)


def known_word(word: str, known: Sequence[str]) -> str:
    """The word, if it is one of ``known``. Raises ``UsageError`` otherwise."""
    if word not in known:
        raise UsageError(f"看不懂“{word}”，没有写入\n  可写：{'、'.join(known)}")
    return word


def asked_word(question: str, known: Sequence[str], given: str | None, default: str | None = None) -> str:
    """One of the ``known`` words: the given one, else the answer to a question."""
    if given:
        return known_word(given, known)
    return prompts.word(question, known, default)
