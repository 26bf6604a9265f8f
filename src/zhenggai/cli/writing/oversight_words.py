"""The words behind ``inspect``, ``lookback`` and ``urge``: which tasks, one of the command's own words, a text."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import typer

from zhenggai.cli.writing import prompts
from zhenggai.errors import UsageError
from zhenggai.model.numbers import measure_number


def words_argument(metavar: str, about: str) -> Any:
    """The argument that takes all words behind a command."""
    return typer.Argument(metavar=metavar, help=about, show_default=False)


class Words(NamedTuple):
    """What stood behind a command: which tasks, one of its own words, a text; None where it was not given."""

    which: str | None = None
    word: str | None = None
    text: str | None = None


def sorted_out(words: Sequence[str], known: Sequence[str]) -> Words:
    """The words behind a command: a measure or problem first, where there is one, then a known word and a text."""
    rest = list(words)
    which = rest.pop(0) if rest and (rest[0].isdecimal() or measure_number(rest[0])) else None
    word = rest.pop(0) if rest and (rest[0] in known or len(rest) > 1) else None
    if word is not None:
        known_word(word, known)
    text = rest.pop(0) if rest else None
    if rest:
        raise UsageError(f"多出了“{'、'.join(rest)}”，没有写入\n  下一步：有空格的文字要加引号")
    return Words(which, word, text)


def known_word(word: str, known: Sequence[str]) -> str:
    """One of the words that a command knows; refused where it is another."""
    if word not in known:
        raise UsageError(f"看不懂“{word}”，没有写入\n  可写：{'、'.join(known)}")
    return word


def asked_word(question: str, known: Sequence[str], given: str | None, default: str | None = None) -> str:
    """One of some words: the one that was given, else the answer to a question."""
    if given:
        return known_word(given, known)
    return prompts.asked_until(lambda word: known_word(word, known), f"{question}（{'、'.join(known)}）", default)
