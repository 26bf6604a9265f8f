"""The measures of a problem from its rows: rows with one text are one measure, a cell with a list is several."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from zhenggai.deadline.meaning import Context
from zhenggai.frozen import frozen
from zhenggai.importing.draft import SHOWN, Doubt, DraftMeasure, Place
from zhenggai.importing.fields.deadline_words import due_of
from zhenggai.importing.fields.field_doubts import doubts_of_deadline
from zhenggai.importing.sheets.cell_owners import owners_of
from zhenggai.importing.sheets.cell_values import deadline_words
from zhenggai.importing.sheets.records import Record
from zhenggai.model.wording import shortened

_HAS_YEAR: Final = re.compile("[0-9０-９]{4}|二[〇○零]|[今明次本当]年")
_TAKEN: Final = "已采取的整改措施"
_STYLES: Final = (
    re.compile(r"(?:(?<=^)|(?<=[\n。；;]))\s*([0-9]{1,2})\s*[.．、](?![0-9])\s*"),
    re.compile(r"(?:(?<=^)|(?<=[\n。；;]))\s*[(（]\s*([0-9]{1,2})\s*[)）][、.．]?\s*"),
    re.compile(r"(?:(?<=^)|(?<=[\n。；;]))\s*([0-9]{1,2})\s*[)）]\s*"),
    re.compile(r"()[①-⑳]\s*"),
    re.compile(r"(?:(?<=^)|(?<=[\n。；;]))\s*[(（]\s*([一二三四五六七八九十]{1,3})\s*[)）]\s*"),
)
"""How the items of a list in one cell are numbered. A circled number needs nothing before it."""


@frozen
class SheetMeasure:
    """A measure, with the rows that are about it."""

    measure: DraftMeasure
    rows: tuple[Record, ...]


class Basis:
    """What deadlines count from, and the doubts that come up."""

    def __init__(self, context: Context | None) -> None:
        self.context = context
        self.doubts: list[Doubt] = []
        self.without_year: list[Place] = []
        """Where deadlines stand that have no year of their own."""

    def doubt(self, place: Place, about: str, what: str, why: str = "") -> None:
        """Keep a doubt."""
        self.doubts.append(Doubt(place=place, about=about, what=what, why=why))

    def deadline(self, records: Sequence[Record], *fields: str) -> str | None:
        """The deadline of some rows, from the first of the columns that has one. Where rows differ, the first counts."""
        for field in fields:
            found = {record.text(field): record for record in records if record.text(field)}
            if not found:
                continue
            first, *others = found.values()
            for other in others:
                self.doubt(
                    other.place(field), "各行的时限不同", f"“{other.text(field)}”没有用，用的是“{first.text(field)}”"
                )
            words, place = deadline_words(first.cell(field)), first.place(field)
            if words.doubt:
                self.doubt(place, "时限要看一眼", words.doubt)
            self.doubts += doubts_of_deadline(words.text, place, self.context)
            if self.context is not None and not _HAS_YEAR.search(words.text) and due_of(words.text, self.context):
                self.without_year.append(place)
            return words.text
        return None


def measures_of(
    records: Sequence[Record], basis: Basis, *, problem_deadline: str | None = None
) -> tuple[SheetMeasure, ...]:
    """The measures in the rows of a problem, still without numbers."""
    found: dict[str, list[Record]] = {}
    content = ""
    for record in records:
        field = content_field(record)
        if record.cell(field).uncalculated:
            content = f"（{record.place(field).cell}的公式没有算出结果）"
        content = record.text(field) or content
        if content:
            found.setdefault(content, []).append(record)
    return tuple(measure for text, rows in found.items() for measure in _measures(text, rows, basis, problem_deadline))


def content_field(record: Record) -> str:
    """The column that says what is to be done; in an application for a close-out only what was done."""
    return "内容" if "内容" in record.columns else _TAKEN


def _measures(
    content: str, rows: Sequence[Record], basis: Basis, problem_deadline: str | None
) -> Iterator[SheetMeasure]:
    first = rows[0]
    place = first.place(content_field(first))
    owners = owners_of(rows)
    fields = ("截止日",) if problem_deadline else ("时限", "截止日")
    deadline = basis.deadline(rows, *fields)
    items = list(listed(content))
    if not (owners.units or owners.lead):
        basis.doubt(place, "没有写责任单位", shortened(content, SHOWN))
    if not (deadline or problem_deadline):
        basis.doubt(place, "没有写时限", shortened(content, SHOWN))
    for words in owners.leftovers:
        basis.doubt(place, "没有归到哪一项", words)
    for label, text in items or [(first.text("措施"), content)]:
        measure = DraftMeasure(
            place=place,
            content=text,
            label=label,
            lead=owners.lead,
            units=owners.units,
            supporting=owners.supporting,
            guiding=owners.guiding,
            person=_one(owners.person),
            leader=_one(owners.leader),
            leader_in_charge=_one(owners.leader_in_charge),
            first_responsible=_one(owners.first_responsible),
            deadline=deadline,
            due=due_of(deadline or problem_deadline, basis.context),
            goal=_first(rows, "整改目标"),
            standard=_first(rows, "完成标准"),
            rectification_type=_first(rows, "整改类型") or _first(rows, "类别"),
            amount=_first(rows, "问题金额"),
        )
        yield SheetMeasure(measure, tuple(rows))


def listed(text: str) -> Iterator[tuple[str, str]]:
    """The items of a list that a cell is, each with its number as written; nothing for any other text.

    >>> list(listed("1.开会；2.发文。")), list(listed("①开会②发文")), list(listed("开会1次；2.发文"))
    ([('1.', '开会'), ('2.', '发文。')], [('①', '开会'), ('②', '发文')], [])
    """
    for style in _STYLES:
        marks = list(style.finditer(text.strip()))
        if len(marks) > 1 and marks[0].start() == 0:
            ends = [*(mark.start() for mark in marks[1:]), len(text.strip())]
            for mark, end in zip(marks, ends, strict=True):
                yield mark[0].strip(), text.strip()[mark.end() : end].strip().rstrip("；;")
            return


def _one(names: Sequence[str]) -> str | None:
    return "、".join(names) or None


def _first(rows: Sequence[Record], field: str) -> str | None:
    return next((text for record in rows if (text := record.text(field))), None)
