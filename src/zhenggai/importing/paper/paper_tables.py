"""The tables of a paper. Their problems and those of the text are one list: a table may repeat the text, complete it, or stand for it."""

from collections.abc import Sequence
from dataclasses import fields, replace

from zhenggai.importing.draft import DraftMeasure, DraftProblem
from zhenggai.importing.paper.pairing import ALIKE, likeness
from zhenggai.importing.paper.running_text import RunningText
from zhenggai.importing.sheets.records import Records, records_of

_OF_A_PLACE = frozenset({"place", "content", "number", "label", "steps", "deadline", "due"})
_MORE = tuple(field.name for field in fields(DraftMeasure) if field.name not in _OF_A_PLACE)


def ledgers_in(text: RunningText) -> list[Records]:
    """The tables that have problems or measures."""
    tables = [records for _, sheet in text.tables for records in records_of(sheet)]
    return [records for records in tables if records.has("问题") or records.has("内容")]


def cells_in(text: RunningText) -> list[tuple[str, int]]:
    """The texts of all tables, each with its line."""
    return [
        (cell.text, row.number) for _, sheet in text.tables for row in sheet.rows for cell in row.cells if cell.text
    ]


def joined(text: Sequence[DraftProblem], table: Sequence[DraftProblem]) -> tuple[DraftProblem, ...]:
    """The problems of the text with what the tables add, then those that only the tables have, numbered in this order."""
    problems = list(text)
    for other in table:
        at = _same(problems, other)
        if at is None:
            problems.append(other)
        else:
            problems[at] = replace(problems[at], measures=_measures(problems[at].measures, other.measures))
    known = [problem for problem in problems if problem.number is not None]
    lone = [problem for problem in problems if problem.number is None]
    return tuple(_numbered(problem, number) for number, problem in enumerate(known, 1)) + tuple(lone)


def _same(problems: Sequence[DraftProblem], other: DraftProblem) -> int | None:
    """The problem that is the same as one of a table."""
    for at, problem in enumerate(problems):
        if (problem.number is None) == (other.number is None) and (
            other.number is None or likeness(problem.title, other.title) >= ALIKE
        ):
            return at
    return None


def _measures(own: Sequence[DraftMeasure], others: Sequence[DraftMeasure]) -> tuple[DraftMeasure, ...]:
    """The measures of both; of one that both have, the text's with what the table says besides."""
    found = list(own)
    for other in others:
        at = next((at for at, one in enumerate(found) if likeness(one.content, other.content) >= ALIKE), None)
        if at is None:
            found.append(other)
        else:
            more = {name: getattr(other, name) for name in _MORE if not getattr(found[at], name)}
            if found[at].deadline is None:
                more |= {"deadline": other.deadline, "due": other.due}
            found[at] = replace(found[at], **more)
    return tuple(found)


def _numbered(problem: DraftProblem, number: int) -> DraftProblem:
    measures = tuple(
        replace(
            measure,
            number=f"{number}-{count}",
            steps=tuple((f"{number}-{count}-{at}", text) for at, (_, text) in enumerate(measure.steps, 1)),
        )
        for count, measure in enumerate(problem.measures, 1)
    )
    return replace(problem, number=number, measures=measures)
