"""Which column of a ledger says what: each head's own word, decided by the others where it has two meanings."""

from collections.abc import Callable, Collection, Mapping, Sequence
from itertools import islice
from typing import Final

from zhenggai.frozen import frozen
from zhenggai.importing.content import Row
from zhenggai.importing.sheets.head_rows import Head
from zhenggai.model.numbers import measure_number, whole_number
from zhenggai.model.plan import Category

ASIDE: Final = frozenset(("备注", "序号", "填报人"))
"""Columns that say nothing of a problem or measure by themselves."""

_SAMPLE: Final = 200  # rows that are looked at to tell what a column holds


@frozen
class Column:
    """A column: its place from 0, its head as written, and what it says, by the program's own word; None if that is not known."""

    index: int
    head: str
    field: str | None


def columns_of(heads: Sequence[Head], rows: Sequence[Row], chosen: Collection[int]) -> tuple[Column, ...]:
    """The columns under some heads. ``rows`` are those below; of the ``chosen`` columns the user has said what they are.

    Of two columns that say the same, the one with the fuller head counts, and the other is not known.
    """
    fields = {head.column: head.own for head in heads}
    held = _Held(rows)
    for column, field in list(fields.items()):
        if column not in chosen and field is not None and field in _DECIDED:
            fields[column] = _DECIDED[field](column, fields, held)
    best = {field: column for column, field in sorted(fields.items(), key=_precedence(heads, chosen)) if field}
    return tuple(
        Column(head.column, head.text, field if (field := fields[head.column]) and best[field] == head.column else None)
        for head in heads
        if head.column in chosen or held.anything(head.column) or fields[head.column] is not None
    )


def _precedence(
    heads: Sequence[Head], chosen: Collection[int]
) -> Callable[[tuple[int, str | None]], tuple[bool, bool, int]]:
    """Sorts columns so that the one that counts comes last: a chosen one, else one that is not just 单位, else the first."""
    bare = {head.column for head in heads if head.text in _BARE}
    return lambda item: (item[0] in chosen, item[0] not in bare, -item[0])


_BARE: Final = ("单位", "单位名称", "整改单位")


class _Held:
    """What the columns hold: the texts of the first rows."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self._rows = tuple(islice(rows, _SAMPLE))

    def texts(self, column: int) -> list[str]:
        """The texts of a column that are not empty."""
        cells = (row.cells[column] for row in self._rows if column < len(row.cells) and not row.cells[column].covered)
        return [text for cell in cells if (text := cell.text.strip())]

    def anything(self, column: int) -> bool:
        """Whether a column has a text."""
        return bool(self.texts(column))

    def mostly(self, column: int, is_such: Callable[[str], object]) -> bool:
        """Whether more than half of a column's texts are of a sort."""
        texts = self.texts(column)
        return 2 * sum(bool(is_such(text)) for text in texts) > len(texts)


_Fields = Mapping[int, str | None]


def _number_or_content(column: int, fields: _Fields, held: _Held) -> str | None:
    """措施: the numbers of measures, or what they say."""
    if held.mostly(column, lambda text: measure_number(text) or whole_number(text)):
        return "措施"
    return None if "内容" in fields.values() else "内容"


def _number_or_problem(column: int, fields: _Fields, held: _Held) -> str | None:
    """问题: what they say, or their numbers."""
    return "问题号" if held.mostly(column, whole_number) and "问题号" not in fields.values() else "问题"


def _category(column: int, fields: _Fields, held: _Held) -> str | None:
    """类别: that of the measure if it names one, else that of the problem."""
    names = [str(category) for category in Category]
    if held.mostly(column, lambda text: any(name in text for name in names)):
        return "类别"
    return None if "问题类别" in fields.values() else "问题类别"


def _completion_or_deadline(column: int, fields: _Fields, held: _Held) -> str | None:
    """完成时间: the day of completion beside a deadline or where a state is told; else the deadline."""
    others = set(fields.values())
    if others & {"时限", "截止日"}:
        return "完成日期"
    if (
        held.mostly(column, lambda text: text.endswith(("前", "内", "底", "坚持", "立改", "推进")))
        or not others & _STATES
    ):
        return "时限"
    return "完成日期"


def _first_rate(column: int, fields: _Fields, held: _Held) -> str | None:
    """完成率: in statistics the second one is that of 立行立改."""
    before = [index for index, field in fields.items() if field == "完成率" and index < column]
    return "立行立改完成率" if before else "完成率"


_STATES: Final = frozenset(("状态", "整改情况", "是否已完成整改", "是否销号", "复查人", "进度"))
_DECIDED: Final[Mapping[str, Callable[[int, _Fields, _Held], str | None]]] = {
    "措施": _number_or_content,
    "问题": _number_or_problem,
    "类别": _category,
    "完成日期": _completion_or_deadline,
    "完成率": _first_rate,
}
"""The words with two meanings, and what decides."""
