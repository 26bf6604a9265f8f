"""Joins files, index and fold: what commands and reports ask. What the index has is not read again, and nobody notices."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from zhenggai.errors import NothingToShow, Unusable, UsageError
from zhenggai.ledger.catalogue import Catalogue
from zhenggai.ledger.index import FOLDER, Index
from zhenggai.ledger.refresh import refresh
from zhenggai.ledger.sheets import sheets_on
from zhenggai.ledger.stored import picture_of
from zhenggai.model.numbers import recorded_on
from zhenggai.model.source import Level
from zhenggai.reading.data_folders import find_root, plan_paths

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from zhenggai.model.book import Archive, Book, Record
    from zhenggai.model.event_of_entry import Event
    from zhenggai.model.organisations import OrganisationBook
    from zhenggai.model.plan import Plan
    from zhenggai.model.source import Problem
    from zhenggai.model.units import UnitBook
    from zhenggai.rules.day.snapshot import Picture

T = TypeVar("T")


class Ledger:
    """A plan with its files, as they were when it was opened; ``verify`` trusts no file's stamp."""

    def __init__(self, root: Path, path: str, *, verify: bool = False) -> None:
        self.root, self.path = root, path
        self._catalogue = _opened(root, path, verify=verify)
        self._of_organisations: tuple[Problem, ...] = ()

    @property
    def plan(self) -> Plan:
        """The plan as its file has it; where its parts stand there, only ``book`` knows."""
        return self._catalogue.plan

    @property
    def units(self) -> UnitBook:
        """The unit book."""
        return self._catalogue.units

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with the books, and with the ledger's files as they read."""
        catalogue = self._catalogue
        return (*catalogue.problems_of_books, *catalogue.problems_of_reading(), *self._of_organisations)

    @cached_property
    def book(self) -> Book:
        """Everything there is, read from the files."""
        from zhenggai.ledger.whole import read_book  # here, since most commands answer from the index

        return read_book(self.root, self.path)

    def picture(self, as_of: date, known_by: date = date.max) -> Picture:
        """The state of everything as of a day."""

        def made(catalogue: Catalogue) -> Picture:
            sheets = sheets_on(catalogue, as_of, known_by)
            return picture_of(catalogue, sheets, lambda: archive_of(catalogue), as_of, known_by)

        return self._asked(made)

    def picture_with(self, records: Sequence[Record], as_of: date) -> Picture:
        """The state as of a day, as if some entries more were written."""
        from zhenggai.ledger.overlay import picture_with  # here, since only commands that write ask

        return self._asked(lambda catalogue: picture_with(catalogue, records, as_of))

    def at_month_ends(self, picture: Picture) -> tuple[Picture, ...]:
        """The pictures at the last month-ends, which tell three reds in a row, as known when ``picture``, a whole one, is."""
        from zhenggai.deadline.calendar import month_ends  # here, since only the ranking looks back

        days = month_ends(picture.as_of, picture.plan.rules.red_months)
        return tuple(picture if day == picture.as_of else self.picture(day, picture.known_by) for day in days)

    def with_organisations(self) -> tuple[Ledger, OrganisationBook]:
        """The ledger with the problems of the organisation book, which only the registers need; and that book."""
        from copy import copy  # here, since other commands do without

        from zhenggai.ledger.whole import read_organisations

        organisations, problems = read_organisations(self.root, self.plan, self.units)
        ledger = copy(self)
        ledger._of_organisations = problems
        return ledger, organisations

    def recorded_from(self, day: date) -> list[Event]:
        """The entries about tasks that were recorded on a day or later."""
        found = self._asked(lambda catalogue: catalogue.between(day, date.max))
        return [event for events in found.values() for event in events if recorded_on(event.number) >= day]

    def ledger_paths(self) -> list[str]:
        """The plan's ledger files, as paths from the root."""
        return self._asked(lambda catalogue: catalogue.index.paths())

    def errors(self, picture: Picture) -> tuple[Problem, ...]:
        """All errors in the data, those of reading first found and those the fold found, in order of place."""
        found = (p for p in (*self.problems, *picture.problems) if p.level is Level.ERROR)
        return tuple(sorted(found, key=lambda p: p.source))

    def refresh(self) -> None:
        """Take notice of what was written since: another command, or the next, will not have to."""
        self._catalogue = _opened(self.root, self.path)

    def _asked(self, question: Callable[[Catalogue], T]) -> T:
        """The answer of the index; where it became another meanwhile, or cannot be used, of what is made of the files again."""
        try:
            return question(self._catalogue)
        except Unusable:
            self.refresh()
            return question(self._catalogue)


def _opened(root: Path, path: str, *, verify: bool = False) -> Catalogue:
    """The plan's index, brought up to date; one in memory where there can be none."""
    name = Path(path).stem
    try:
        catalogue = Catalogue(root, name, Index(root / FOLDER / f"{name}.db"))
        refresh(catalogue, path, verify=verify)
    except Unusable:
        return _in_memory(root, path)
    return catalogue


def _in_memory(root: Path, path: str) -> Catalogue:
    catalogue = Catalogue(root, Path(path).stem, Index(None))
    refresh(catalogue, path)
    return catalogue


def archive_of(catalogue: Catalogue) -> Archive:
    """The entries of a plan, whole."""
    from zhenggai.ledger.archive import StoredArchive  # here, since lists show no entry

    return StoredArchive(catalogue)


def root_of(start: Path) -> Path:
    """The nearest root upward from ``start``; ``NothingToShow`` where there is none."""
    root = find_root(start)
    if root is None:
        raise NothingToShow(
            "这里（及上级文件夹）没有 plans/，不是整改台账的文件夹\n  下一步：换到台账所在的文件夹，或运行 zhenggai init 新建"
        )
    return root


def chosen_paths(root: Path, plan_number: str | None) -> list[str]:
    """The plan files asked for: all, or the one of that number."""
    paths = plan_paths(root)
    if plan_number is not None:
        chosen = [path for path in paths if Path(path).stem == plan_number]
        if not chosen:
            raise UsageError(f"没有编号为“{plan_number}”的方案\n  现有：{_names(paths) or '一个也没有'}")
        return chosen
    return paths


def _names(paths: Sequence[str]) -> str:
    return "、".join(Path(path).stem for path in paths)


def open_ledger(start: Path, plan_number: str | None = None, *, verify: bool = False) -> Ledger:
    """The ledger of a plan in the nearest root upward from ``start``; without a number, of the only plan there is."""
    root = root_of(start)
    paths = chosen_paths(root, plan_number)
    if not paths:
        raise NothingToShow("plans/ 里还没有方案\n  下一步：把方案写成 plans/<方案编号>.yaml（样子见 README）")
    if len(paths) > 1:
        raise UsageError(f"这里有 {len(paths)} 个方案：{_names(paths)}\n  下一步：用 --plan 指明一个")
    return Ledger(root, paths[0], verify=verify)
