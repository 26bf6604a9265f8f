"""The records of ledgers as a draft: rows of one problem are joined, rows of one measure too."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from zhenggai.deadline.meaning import Context
from zhenggai.frozen import frozen
from zhenggai.importing.draft import Doubt, Draft, DraftProblem
from zhenggai.importing.fields.field_doubts import units_of
from zhenggai.importing.sheets.kinds import layout_of
from zhenggai.importing.sheets.records import Record, Records
from zhenggai.importing.sheets.sheet_measures import Basis, SheetMeasure, measures_of
from zhenggai.model.numbers import whole_number
from zhenggai.model.units import names_in

_CONTINUED: Final = re.compile(r"^[(（〔【]?(?:续上?[表页]?|接上[表页])[)）〕】]?[:：]?\s*|(?<=\S)[(（]续[)）]$")
_COMMON: Final = ("共性", "个性")


@frozen
class _Rows:
    """The records of one problem, with its text and the headings above it."""

    title: str
    aspects: tuple[str, ...]
    records: tuple[Record, ...]
    in_c: bool


@frozen
class SheetPlan:
    """The draft of some tables, and the rows of each of its measures, by number."""

    draft: Draft
    rows: Mapping[str, tuple[Record, ...]]


def draft_of_records(
    tables: Sequence[Records], source: str, *, year: int | None = None, issued: date | None = None
) -> Draft:
    """The plan that some tables describe, in their order. ``source`` is the file's name."""
    draft = sheet_plan(tables, source, year=year, issued=issued).draft
    return replace(draft, doubts=(*(doubt for table in tables for doubt in table.doubts), *draft.doubts))


def sheet_plan(
    tables: Sequence[Records], source: str, *, year: int | None = None, issued: date | None = None
) -> SheetPlan:
    """The same with the rows, without the doubts of the tables."""
    told = year or _year_of(tables)
    basis = Basis(Context(told, issued) if told else None)
    found = [_problem(rows, basis) for rows in _problems(tables)]
    problems = _numbered([problem for problem, _ in found])
    doubts = list(basis.doubts)
    if told and not year and (places := basis.without_year):
        what = f"{len(places)} 处时限没有写年份，按 {told} 年读"
        doubts.append(Doubt(place=places[0], about="年份推得", what=what, why=_why_year(tables)))
    draft = Draft(
        source=source,
        title=_title(tables),
        year=told,
        issued=issued,
        problems=problems,
        units=units_of(problems),
        doubts=tuple(doubts),
    )
    rows = {
        measure.number: of_measure.rows
        for problem, (_, measures) in zip(problems, found, strict=True)
        for measure, of_measure in zip(problem.measures, measures, strict=True)
        if measure.number
    }
    return SheetPlan(draft, rows)


def _year_of(tables: Sequence[Records]) -> int | None:
    """The year that most deadlines have, else the one in what stands above the heads."""
    found = _years_in_deadlines(tables) or Counter(
        year for table in tables for text in table.above for year in _YEAR.findall(text)
    )
    return int(max(found, key=lambda year: (found[year], year))) if found else None


def _why_year(tables: Sequence[Records]) -> str:
    return "别的时限多是这一年" if _years_in_deadlines(tables) else "表头上面写的"


def _years_in_deadlines(tables: Sequence[Records]) -> Counter[str]:
    cells = (record.text(field) for table in tables for record in table.records for field in ("时限", "截止日"))
    return Counter(year for text in cells for year in _YEAR.findall(text))


_YEAR: Final = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})(?=[年./-])")


def _title(tables: Sequence[Records]) -> str:
    """The longest of the texts above the heads that is no label (单位：…)."""
    texts = [text for table in tables[:1] for text in table.above if not re.search("[:：]|^附件", text)]
    return max(texts, key=len, default="")


def _problems(tables: Sequence[Records]) -> Iterator[_Rows]:
    """The rows of each problem, in order of appearance: an empty cell continues the problem above it, equal texts are one."""
    found: dict[tuple[str, tuple[str, ...]], list[Record]] = {}
    in_c: set[int] = set()
    for table in tables:
        title, aspects = "", _Aspects()
        headings: tuple[str, ...] = ()
        in_c |= {id(record) for record in table.records} if layout_of(table) == "C" else set()
        for record in table.records:
            before, above = title, aspects.of(record)
            if record.cell("问题").uncalculated:
                title = f"（{record.place('问题').cell}的公式没有算出结果）"
            else:
                title = _continued(before, record.text("问题"))
            headings = headings if title == before and not record.text("问题") else above
            found.setdefault((title, headings), []).append(record)
    for (title, headings), records in found.items():
        yield _Rows(title, headings, tuple(records), in_c=id(records[0]) in in_c)


def _continued(above: str, text: str) -> str:
    """The problem of a row with this text, below a row with that problem.

    >>> _continued("甲", ""), _continued("甲", "乙"), _continued("甲乙丙", "（续）甲乙"), _continued("甲", "甲（续）")
    ('甲', '乙', '甲乙丙', '甲')
    """
    rest = _CONTINUED.sub("", text).strip()
    goes_on = rest != text and above.startswith(rest)
    return above if not rest or goes_on else rest


class _Aspects:
    """The headings of problems: an empty cell says what the one above it says."""

    def __init__(self) -> None:
        self._above = ["", ""]

    def of(self, record: Record) -> tuple[str, ...]:
        """The headings of a row, the larger first."""
        levels = [record.text("方面") or record.section, record.text("重点内容")]
        if not levels[0] and "方面" not in record.columns:
            sort = record.text("问题类别")
            levels[0] = "" if any(word in sort for word in _COMMON) else sort
        for n, text in enumerate(levels):
            if text and text != self._above[n]:
                self._above[n:] = [text, *[""] * (1 - n)]
        return tuple(filter(None, self._above))


def _problem(rows: _Rows, basis: Basis) -> tuple[DraftProblem, tuple[SheetMeasure, ...]]:
    records = rows.records
    place = records[0].place("问题")
    deadline = basis.deadline(records, "时限") if rows.in_c and _same(records, "时限") else None
    measures = measures_of(records, basis, problem_deadline=deadline)
    problem = DraftProblem(
        place=place,
        title=rows.title,
        label=_label(records),
        measures=tuple(one.measure for one in measures),
        sources=tuple(dict.fromkeys(name for record in records for name in names_in(record.text("问题来源")))),
        aspects=rows.aspects,
        details=tuple(dict.fromkeys(text for record in records if (text := record.text("具体表现")))),
        nature=next((word for record in records for word in _COMMON if word in record.text("问题类别")), None),
        goal=_same(records, "整改目标"),
        deadline=deadline,
        amount=_same(records, "问题金额"),
    )
    if not problem.measures:
        basis.doubt(place, "没有写整改措施", rows.title)
    return problem, measures


def _label(records: Sequence[Record]) -> str:
    """The number that the ledger gives the problem: its 问题号, else its 序号 if all its rows have that."""
    numbers = {record.text("问题号") or record.text("序号") for record in records} - {""}
    return numbers.pop() if len(numbers) == 1 else ""


def _same(records: Sequence[Record], field: str) -> str | None:
    texts = {text for record in records if (text := record.text(field))}
    return texts.pop() if len(texts) == 1 else None


def _numbered(problems: Sequence[DraftProblem]) -> tuple[DraftProblem, ...]:
    """The problems with numbers: those of the ledger if it numbers problems, not rows, and each has one; else counted."""
    written = [whole_number(problem.label.rstrip("、.．")) for problem in problems]
    known = [number for number in written if number is not None]
    are_right = len(known) == len(problems) and known == sorted(set(known))
    numbers = known if are_right else range(1, len(problems) + 1)
    return tuple(
        replace(
            problem,
            number=number,
            measures=tuple(
                replace(measure, number=f"{number}-{nth}") for nth, measure in enumerate(problem.measures, 1)
            ),
        )
        for number, problem in zip(numbers, problems, strict=True)
    )
