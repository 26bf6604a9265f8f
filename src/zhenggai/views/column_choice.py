"""Which columns of a list are shown, and which one gives the order: ``--columns``, ``--sort``."""

import re
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from zhenggai.errors import UsageError
from zhenggai.model.terms import Terms
from zhenggai.model.wording import near_or_known
from zhenggai.views.columns import ReportColumns
from zhenggai.views.money_columns import UNIT

T = TypeVar("T")
_NOTHING = (None, "", ())


def keys_named(columns: ReportColumns[Any], words: Sequence[str], terms: Terms) -> tuple[str, ...]:
    """The keys of the columns that words name, by key, by head or as ``terms`` call it; a head that stands twice names both.

    The head of an amount may go without its （元）.

    Raises ``UsageError`` for a word that names none.
    """
    heads = columns.heads
    found = [
        [k for k, head in heads.items() if word in (k, head, terms.head(head), head.removesuffix(UNIT))]
        for word in words
    ]
    if unknown := [word for word, keys in zip(words, found, strict=True) if not keys]:
        raise UsageError(
            f"没有“{'、'.join(unknown)}”这一列\n  {near_or_known(unknown[0], list(map(terms.head, heads.values())))}"
        )
    return tuple(dict.fromkeys(key for keys in found for key in keys))


def refuse_unmerged(columns: ReportColumns[Any]) -> None:
    """Raise ``UsageError`` if none of the columns that are to be shown is about problems, whose cells can be merged."""
    if not any(column.merging(True).merged for column in columns.columns):
        raise UsageError("这些列里没有问题的列，没有可以合并的\n  下一步：去掉 --merged，或加上问题那一列")


def in_order(lines: Sequence[T], columns: ReportColumns[T], sort: str | None, terms: Terms, *, down: bool) -> list[T]:
    """The lines in the order of the column that ``sort`` names (None: as they are). Those without a value in it come last.

    Numbers in texts count as numbers: 3-2 stands before 10-1.
    """
    if sort is None:
        return list(lines)
    key = keys_named(columns, [sort], terms)[0]
    value: Callable[[T], Any] = next(column.in_json.value for column in columns.columns if column.key == key)
    having = [line for line in lines if value(line) not in _NOTHING]
    return [
        *sorted(having, key=lambda line: _with_numbers(value(line)), reverse=down),
        *(line for line in lines if value(line) in _NOTHING),
    ]


def _with_numbers(value: Any) -> Any:
    """A value as it is compared: texts, also several, with their numbers as numbers.

    >>> sorted(["10-1", "3-2", "3-10"], key=_with_numbers)
    ['3-2', '3-10', '10-1']
    """
    if isinstance(value, tuple):
        return tuple(map(_with_numbers, value))
    if not isinstance(value, str):
        return value
    return [int(part) if nth % 2 else part for nth, part in enumerate(re.split(r"(\d+)", value))]
