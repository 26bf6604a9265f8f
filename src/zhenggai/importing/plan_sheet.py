"""The records of ledgers as a draft: rows of one problem are joined, rows of one measure too."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from zhenggai.frozen import frozen
from zhenggai.importing.draft import Doubt, Draft, DraftMeasure, DraftProblem
from zhenggai.importing.records import Record, Records
from zhenggai.model.units import names_in

_CONTINUED: Final = re.compile(r"[(（〔【]?续(上表|上页)?[)）〕】]?[:：]?|(?<=\S)[(（]续[)）]$")
_LAYOUT_D: Final = "已采取的整改措施"


@frozen
class _Rows:
    """The records of one problem, with its text."""

    title: str
    records: tuple[Record, ...]


def draft_of_records(
    tables: Sequence[Records], source: str, *, year: int | None = None, issued: date | None = None
) -> Draft:
    """The plan that some tables describe, in their order. ``source`` is the file's name."""
    doubts = [doubt for table in tables for doubt in table.doubts]
    problems: list[DraftProblem] = []
    for number, rows in enumerate(_problems(tables), 1):
        problem = _problem(number, rows)
        problems.append(problem)
        doubts += _doubts_of(problem)
    units = dict.fromkeys(unit for p in problems for m in p.measures for unit in (*m.lead, *m.units, *m.supporting))
    return Draft(
        source=source,
        title=next((text for table in tables for text in table.above), ""),
        year=year,
        issued=issued,
        problems=tuple(problems),
        units=tuple(units),
        doubts=tuple(doubts),
    )


def _problems(tables: Sequence[Records]) -> Iterator[_Rows]:
    """The rows of each problem, in order of appearance: an empty cell continues the problem above it, equal texts are one."""
    found: dict[str, list[Record]] = {}
    for table in tables:
        title = ""
        for record in table.records:
            text = record.text("问题")
            rest = _CONTINUED.sub("", text).strip()
            if rest and not (text != rest and title.startswith(rest)):
                title = rest
            found.setdefault(title, []).append(record)
    for title, records in found.items():
        yield _Rows(title, tuple(records))


def _problem(number: int, rows: _Rows) -> DraftProblem:
    first = rows.records[0]
    return DraftProblem(
        place=first.place("问题"),
        title=rows.title,
        number=number if rows.title else None,
        label=_label(rows.records),
        measures=tuple(_measures(number, rows.records)),
        sources=_each(rows.records, "问题来源"),
        aspects=tuple(filter(None, (first.text("方面") or first.section, first.text("重点内容")))),
        goal=_same(rows.records, "整改目标"),
    )


def _label(records: Sequence[Record]) -> str:
    """The number that the ledger gives the problem: its 问题号, else its 序号 if all its rows have that."""
    numbers = {record.text("问题号") or record.text("序号") for record in records} - {""}
    return numbers.pop() if len(numbers) == 1 else ""


def _each(records: Sequence[Record], field: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for record in records for name in names_in(record.text(field))))


def _same(records: Sequence[Record], field: str) -> str | None:
    texts = {text for record in records if (text := record.text(field))}
    return texts.pop() if len(texts) == 1 else None


def _measures(number: int, records: Sequence[Record]) -> Iterator[DraftMeasure]:
    """The measures of a problem: rows with the same text are one, given to several units; so is one without a text."""
    found: dict[str, list[Record]] = {}
    content = ""
    for record in records:
        field = "内容" if record.columns.get("内容") is not None else _LAYOUT_D
        content = record.text(field) or content
        if content:
            found.setdefault(content, []).append(record)
    for nth, (text, rows) in enumerate(found.items(), 1):
        yield _measure(f"{number}-{nth}", text, rows)


def _measure(number: str, content: str, rows: Sequence[Record]) -> DraftMeasure:
    first = rows[0]
    return DraftMeasure(
        place=first.place("内容" if "内容" in first.columns else _LAYOUT_D),
        content=content,
        number=number,
        label=first.text("措施"),
        lead=_each(rows, "牵头单位"),
        units=_each(rows, "单位"),
        supporting=_each(rows, "配合单位"),
        guiding=_each(rows, "督导单位"),
        person=_same(rows, "责任人"),
        leader=_same(rows, "责任领导"),
        leader_in_charge=_same(rows, "分管领导"),
        first_responsible=_same(rows, "第一责任人"),
        deadline=_same(rows, "截止日") or _same(rows, "时限"),
        standard=_same(rows, "完成标准"),
        rectification_type=_same(rows, "整改类型") or _same(rows, "类别"),
        amount=_same(rows, "问题金额"),
    )


def _doubts_of(problem: DraftProblem) -> Iterator[Doubt]:
    if not problem.measures:
        yield Doubt(place=problem.place, about="没有写整改措施", what=problem.title)
    for measure in problem.measures:
        if not (measure.units or measure.lead):
            yield Doubt(place=measure.place, about="没有写责任单位", what=measure.content)
        if not measure.deadline:
            yield Doubt(place=measure.place, about="没有写时限", what=measure.content)
