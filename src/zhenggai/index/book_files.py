"""Reads the plan and the unit book from their files, and makes their kept value (``books`` reads that)."""

from pathlib import Path

from zhenggai.errors import NothingToShow
from zhenggai.frozen import frozen
from zhenggai.index.codec import line_of, lines_of, plain_diagnostics, to_plain
from zhenggai.index.keys import digest_of
from zhenggai.model.book import Book
from zhenggai.model.plan import Plan
from zhenggai.model.source import Diagnostic
from zhenggai.model.units import UnitBook
from zhenggai.reading.load import load_plan, load_units
from zhenggai.rules.checks.table import plan_diagnostics
from zhenggai.rules.plan.phases import phase_windows
from zhenggai.rules.task.task_history import turning_days


@frozen
class Books:
    """A plan, the unit book, and the diagnostics of reading both and of the checks of the plan."""

    plan: Plan
    units: UnitBook
    diagnostics: tuple[Diagnostic, ...]


def read_books(root: Path, path: str) -> Books:
    """The books of the plan in a file; ``NothingToShow``, with all diagnostics, if the plan cannot be used."""
    units, unit_diagnostics = load_units(root)
    plan, diagnostics = load_plan(root, path)
    if plan is None:
        lines = "\n".join(f"  {diagnostic}" for diagnostic in diagnostics)
        raise NothingToShow(f"方案 {path} 无法读取：\n{lines}")
    return Books(plan, units, (*unit_diagnostics, *diagnostics, *plan_diagnostics(Book(plan, units))))


def kept_books(books: Books) -> bytes:
    """The kept value of the books, five lines: digests and turning days; plan; unit book; windows of phases; diagnostics."""
    plan, units = line_of(to_plain(books.plan)), line_of(to_plain(books.units))
    turns = sorted(day.toordinal() for day in turning_days(books.plan, books.units))
    head = {
        "number": books.plan.number,
        "meaning": digest_of([plan, units]),
        "filing": digest_of([_filing(books.plan), units]),
        "names": digest_of([units]),
        "turns": turns,
    }
    rest = (line_of(to_plain(phase_windows(books.plan))), line_of(plain_diagnostics(books.diagnostics)))
    return b"\n".join((lines_of(head), plan, units, *rest))


def _filing(plan: Plan) -> bytes:
    """The part of a plan that decides the address of entries: the responsible units of each measure, and the overseeing units."""
    measures = [
        (m.number, m.units, m.since, [(a.date, a.new) for a in m.adjustments if a.field == "责任单位"])
        for _, m in plan.measures()
    ]
    return line_of(to_plain((plan.issued, plan.review, plan.supervisor, measures)))
