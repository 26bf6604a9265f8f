"""Joins files and fold: what commands and reports ask. Later an index stands between the two, and nobody notices."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from zhenggai.calendar import month_ends
from zhenggai.errors import UsageError, ZhenggaiError
from zhenggai.frozen import frozen
from zhenggai.model.book import Book
from zhenggai.model.source import Level, Problem
from zhenggai.model.units import UnitBook
from zhenggai.rules.checks.of_plan import plan_problems
from zhenggai.rules.picture import Picture
from zhenggai.rules.state import state
from zhenggai.store import load

if TYPE_CHECKING:
    from zhenggai.model.organisations import OrganisationBook


class NothingToShow(ZhenggaiError):
    """No plan can be read here."""


@frozen
class Ledger:
    """A plan's files, read. ``problems`` are those of reading, and of the plan itself."""

    root: Path
    book: Book
    problems: tuple[Problem, ...]

    def picture(self, as_of: date, known_by: date = date.max) -> Picture:
        """The state of everything as of a day."""
        return state(self.book, as_of, known_by)

    def at_month_ends(self, picture: Picture) -> tuple[Picture, ...]:
        """The pictures at the last month-ends, which tell three reds in a row, as known when ``picture``, a whole one, is."""
        days = month_ends(picture.as_of, picture.plan.rules.red_months)
        return tuple(picture if day == picture.as_of else self.picture(day, picture.known_by) for day in days)

    def with_organisations(self) -> "tuple[Ledger, OrganisationBook]":
        """The ledger with the organisation book, which only the registers need; and that book."""
        from zhenggai.rules.checks import organisations  # here, since other commands do without

        listed, problems = load.load_organisations(self.root)
        book = replace(self.book, organisations=listed)
        found = (*self.problems, *problems, *organisations.problems(book))
        return replace(self, book=book, problems=found), listed

    def errors(self, picture: Picture) -> tuple[Problem, ...]:
        """All errors in the data, those of reading first found and those the fold found, in order of place."""
        found = (p for p in (*self.problems, *picture.problems) if p.level is Level.ERROR)
        return tuple(sorted(found, key=lambda p: p.source))


def root_of(start: Path) -> Path:
    """The nearest root upward from ``start``; ``NothingToShow`` where there is none."""
    root = load.find_root(start)
    if root is None:
        raise NothingToShow(
            "这里（及上级文件夹）没有 plans/，不是整改台账的文件夹\n  下一步：换到台账所在的文件夹，或运行 zhenggai init 新建"
        )
    return root


def _paths(root: Path, plan_number: str | None) -> list[str]:
    """The plan files asked for: all, or the one of that number."""
    paths = load.plan_paths(root)
    if plan_number is not None:
        chosen = [path for path in paths if Path(path).stem == plan_number]
        if not chosen:
            raise UsageError(f"没有编号为“{plan_number}”的方案\n  现有：{_names(paths) or '一个也没有'}")
        return chosen
    return paths


def _names(paths: Sequence[str]) -> str:
    return "、".join(Path(path).stem for path in paths)


def open_ledger(start: Path, plan_number: str | None = None) -> Ledger:
    """The ledger of a plan in the nearest root upward from ``start``; without a number, of the only plan there is."""
    root = root_of(start)
    paths = _paths(root, plan_number)
    if not paths:
        raise NothingToShow("plans/ 里还没有方案\n  下一步：把方案写成 plans/<方案编号>.yaml（样子见 README）")
    if len(paths) > 1:
        raise UsageError(f"这里有 {len(paths)} 个方案：{_names(paths)}\n  下一步：用 --plan 指明一个")
    units, unit_problems = load.load_units(root)
    ledger, problems = _read(root, paths[0], units)
    if ledger is None:
        lines = "\n".join(f"  {problem}" for problem in problems)
        raise NothingToShow(f"方案 {paths[0]} 无法读取：\n{lines}")
    return replace(ledger, problems=(*unit_problems, *ledger.problems))


def ledgers_of(root: Path) -> tuple[Ledger, ...]:
    """The ledgers of all plans of a root that can be read."""
    units, _ = load.load_units(root)
    read = (_read(root, path, units)[0] for path in load.plan_paths(root))
    return tuple(ledger for ledger in read if ledger is not None)


def _read(root: Path, path: str, units: UnitBook) -> tuple[Ledger | None, list[Problem]]:
    plan, problems = load.load_plan(root, path)
    if plan is None:
        return None, problems
    book = load.load_book(root, plan, units)
    return Ledger(root, book, (*problems, *book.problems, *plan_problems(book))), problems


def check_root(start: Path, plan_number: str | None, as_of: date) -> tuple[Problem, ...]:
    """All that every check finds in all plans of a root (or the one of that number), in order of place."""
    from zhenggai.rules.checks import folder_names  # here, since only ``check`` runs these
    from zhenggai.rules.checks.of_ledger import ledger_problems

    root = root_of(start)
    units, found = load.load_units(root)
    if plan_number is None:
        folders = [folder for folder in load.ledger_folders(root) if any(load.ledger_paths(root, folder))]
        found += folder_names.of_plans([Path(path).stem for path in load.plan_paths(root)], folders)
    for path in _paths(root, plan_number):
        ledger, problems = _read(root, path, units)
        if ledger is None:
            found += problems
            continue
        ledger, _ = ledger.with_organisations()
        picture = ledger.picture(as_of)
        found += (*ledger.problems, *picture.problems, *ledger_problems(ledger.book, picture))
    return tuple(dict.fromkeys(sorted(found, key=lambda p: (p.source, p.check))))
