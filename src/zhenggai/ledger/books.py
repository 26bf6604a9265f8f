"""The books that a ledger goes by, read from their files: the plan and the unit book, and what is wrong with either."""

from pathlib import Path

from zhenggai.errors import NothingToShow
from zhenggai.frozen import frozen
from zhenggai.model.book import Book
from zhenggai.model.plan import Plan
from zhenggai.model.source import Problem
from zhenggai.model.units import UnitBook
from zhenggai.reading.load import load_plan, load_units
from zhenggai.rules.checks.plan_checks import plan_problems


@frozen
class Books:
    """A plan and the units, and the problems of reading both and of what the plan says."""

    plan: Plan
    units: UnitBook
    problems: tuple[Problem, ...]


def read_books(root: Path, path: str) -> Books:
    """The books of the plan in a file; ``NothingToShow`` names all that is wrong with one that cannot be used."""
    units, unit_problems = load_units(root)
    plan, problems = load_plan(root, path)
    if plan is None:
        lines = "\n".join(f"  {problem}" for problem in problems)
        raise NothingToShow(f"方案 {path} 无法读取：\n{lines}")
    return Books(plan, units, (*unit_problems, *problems, *plan_problems(Book(plan, units))))
