"""A plan with its ledger, as commands use it: its books, its snapshot as of a day, its diagnostics.

``Ledger`` reads values that the index keeps, and makes the missing values. The modules of ``index`` that make values are slow
to import and most commands never need them, so each is imported inside the function that uses it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from zhenggai.errors import NothingToShow, UsageError
from zhenggai.index.catalogue import BESIDE, COPIED, REPEATED, Catalogue
from zhenggai.index.disk import kept_state, look
from zhenggai.index.reader import snapshot_of
from zhenggai.index.rows import Rows, kept_rolls
from zhenggai.index.store import FILE, FOLDER, Store
from zhenggai.model.name_keys import name_key
from zhenggai.model.numbers import recorded_on
from zhenggai.model.source import Level
from zhenggai.reading.data_folders import chosen_paths, plan_names, root_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from zhenggai.index.behind import Behind
    from zhenggai.index.finder import EntryFinder
    from zhenggai.index.parsed import Files
    from zhenggai.index.rebuild import Tasks
    from zhenggai.model.book import Archive, Book, Record
    from zhenggai.model.event_of_entry import Event
    from zhenggai.model.organisations import OrganisationBook
    from zhenggai.model.plan import Plan
    from zhenggai.model.source import Diagnostic
    from zhenggai.model.units import UnitBook
    from zhenggai.rules.day.course import Course
    from zhenggai.rules.day.snapshot import Snapshot
    from zhenggai.rules.task.task_row import EntryPlace

MAKE_PLAN = (
    "下一步：zhenggai draft 方案.docx -o plans，从方案的文件起草；没有文件的，"
    "zhenggai init --plan 编号 --title 标题，照写好的样本填写"
)


class Ledger:
    """A plan with its files, as they were when the ledger was opened.

    ``path`` is the plan's file, from the root. With ``verify`` every file is read, even if its stamp has not changed.
    """

    def __init__(self, root: Path, path: str, *, verify: bool = False) -> None:
        self.root, self.path = root, path
        self._store = Store(root / FOLDER / FILE)
        self._kept_rows: dict[tuple[date, date], Rows] = {}
        self._catalogue = self._open(verify=verify)
        self._of_organisations: tuple[Diagnostic, ...] = ()

    @property
    def plan(self) -> Plan:
        """The plan as its file has it, without line numbers; ``located_plan`` has them."""
        return self._catalogue.books.plan

    @property
    def units(self) -> UnitBook:
        """The unit book."""
        return self._catalogue.books.units

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """The diagnostics of reading the books and the ledger's files."""
        catalogue = self._catalogue
        return (*catalogue.books.diagnostics, *catalogue.diagnostics_of_reading, *self._of_organisations)

    @cached_property
    def book(self) -> Book:
        """The whole book, read from the files past the index."""
        from zhenggai.ledger.whole import read_book  # imported here: most commands answer from the index

        return read_book(self.root, self.path)

    @cached_property
    def located_plan(self) -> Plan:
        """The plan as its file has it, with line numbers."""
        from zhenggai.reading.load import load_plan  # imported here: most commands need no line of it

        return load_plan(self.root, self.path)[0] or self.plan

    def snapshot(self, as_of: date, known_by: date = date.max) -> Snapshot:
        """The snapshot of the plan as of a day, from entries recorded until ``known_by``."""
        rows = self._rows(as_of, known_by)
        return snapshot_of(rows, known_by, lambda expected: self._behind(rows, known_by, expected), self._archive)

    def snapshot_with(self, records: Sequence[Record], under: Snapshot) -> Snapshot:
        """The snapshot ``under`` as if ``records`` were written already. ``under`` is as known now."""
        from zhenggai.index.overlay import snapshot_with  # only writing commands need it

        rows = self._rows(under.as_of, under.known_by)
        return snapshot_with(under, rows, self._tasks(rows), self._finder, records)

    def on_days(self, days: Sequence[date], under: Snapshot) -> Iterator[Snapshot]:
        """The plan on some days, in order, as known when ``under`` is; each task is folded once, not once a day.

        These snapshots are for counts, sums and filters: they have no diagnostics and no last entry; entries about no task
        are those of ``under``.
        """
        from zhenggai.rules.plan.plan_on_day import plan_at  # imported here: most commands show one day

        for day, tasks, gone in self.course(days, under.known_by).tasks():
            plan = plan_at(self.plan, day, under.known_by)
            yield replace(under, plan=plan, as_of=day, tasks=tasks, gone=gone, diagnostics=(), last_entry=None)

    def course(self, days: Sequence[date], known_by: date = date.max) -> Course:
        """The course of the plan on some days, in order, from entries recorded until ``known_by``."""
        from zhenggai.rules.day.course import Course  # imported here: most commands show one day

        self._catalogue.shares(self._catalogue.said)  # those of all units in one query of the store
        return Course(self.plan, self.units, days, known_by, self._catalogue.events)

    @property
    def first_entry(self) -> date | None:
        """The day of the earliest entry. None if there is none."""
        found = self._catalogue.shares(self._catalogue.said).values()
        return min((date.fromordinal(share.first) for shares in found for share in shares), default=None)

    def at_month_ends(self, snapshot: Snapshot) -> tuple[Snapshot, ...]:
        """The snapshots at the last month-ends, as known on the same day as ``snapshot``; they show red lights in a row.

        Their number is ``red_months`` of the plan's rules. ``snapshot`` must have all tasks.
        """
        from zhenggai.deadline.calendar import month_ends  # imported here: only the ranking needs it

        days = month_ends(snapshot.as_of, snapshot.plan.rules.red_months)
        return tuple(snapshot if day == snapshot.as_of else self.snapshot(day, snapshot.known_by) for day in days)

    def with_organisations(self) -> tuple[Ledger, OrganisationBook]:
        """A copy of the ledger with the diagnostics of the organisation book, and that book. Only the registers need them."""
        from copy import copy  # imported here: other commands do not need it

        from zhenggai.ledger.whole import read_organisations

        organisations, diagnostics = read_organisations(self.root, self.plan, self.units)
        ledger = copy(self)
        ledger._of_organisations = diagnostics
        return ledger, organisations

    def recorded_from(self, day: date) -> list[Event]:
        """The entries about tasks that were recorded on ``day`` or later."""
        found = self._catalogue.between(day, date.max)
        return [event for events in found.values() for event in events if recorded_on(event.number) >= day]

    def entries(self) -> Iterator[Event]:
        """All entries of the plan, each once, unit by unit. Those whose number another one has do not count."""
        for unit in self._catalogue.said:
            for what, events in self._catalogue.events(unit).items():
                if unit != BESIDE or what not in (COPIED, REPEATED):
                    yield from events

    def ledger_paths(self) -> list[str]:
        """The paths of the plan's ledger files, from the root."""
        return self._finder.paths()

    def errors(self, snapshot: Snapshot) -> tuple[Diagnostic, ...]:
        """All errors in the data, from reading and from the fold, in order of place."""
        found = (p for p in (*self.diagnostics, *snapshot.diagnostics) if p.level is Level.ERROR)
        return tuple(sorted(found, key=lambda p: p.source))

    # --- kept values, and the modules that make them

    def _open(self, *, verify: bool = False) -> Catalogue:
        """The catalogue of the plan's files: the kept one if no file has changed, else a refreshed one."""
        seen = look(self.root, self.path)
        kept = None if verify else kept_state(self.path, seen, self._store)
        if kept is not None:
            return Catalogue(self._store, *kept, self._files, self._remake)
        from zhenggai.index.refresh import refresh  # imported here: usually nothing has changed

        books, state, files = refresh(self.root, self.path, seen, self._store, verify=verify)
        return Catalogue(self._store, books, state, lambda: files, self._remake)

    def _files(self) -> Files:
        from zhenggai.index.parsed import Files  # imported here: most lists need no event

        return Files(self.root, self._store)

    def _remake(self) -> None:
        from zhenggai.index.refresh import refresh  # imported here: only a lost value needs it

        refresh(self.root, self.path, look(self.root, self.path), self._store, whole=True)

    def _rows(self, as_of: date, known_by: date) -> Rows:
        """The rows as of a day, made once per process. The store keeps only rows with ``known_by`` = ``date.max``."""
        if (as_of, known_by) not in self._kept_rows:
            self._kept_rows[as_of, known_by] = self._made_rows(as_of, known_by)
        return self._kept_rows[as_of, known_by]

    def _made_rows(self, as_of: date, known_by: date) -> Rows:
        rolls = kept_rolls(self._catalogue, as_of) if known_by == date.max else None
        rows = Rows(self._catalogue, rolls or {}, as_of)
        lacking = list(self._catalogue.said) if rolls is None else rows.take_kept()
        if not lacking:
            return rows
        from zhenggai.index.rebuild import Tasks, made_rolls, made_rows  # imported here: usually all rows are kept

        if rolls is None:
            rolls, tasks = made_rolls(self._catalogue, as_of, known_by)
            rows = Rows(self._catalogue, rolls, as_of, known_by)
            lacking = rows.take_kept() if known_by == date.max else rows.all
        else:
            tasks = Tasks(self._catalogue, rolls, (as_of, known_by))
            tasks.take(lacking)
        rows.take_made(made_rows(self._catalogue, tasks.of, lacking, as_of, known_by), keep=known_by == date.max)
        self._store.write()
        return rows

    def _tasks(self, rows: Rows) -> Tasks:
        from zhenggai.index.rebuild import Tasks  # imported here: most lists need no task

        return Tasks(self._catalogue, rows.rolls, (rows.as_of, rows.known_by))

    @cached_property
    def _finder(self) -> EntryFinder:
        from zhenggai.index.finder import EntryFinder  # imported here: most lists show no entry

        return EntryFinder(self._catalogue)

    def _archive(self, expected: Sequence[EntryPlace]) -> Archive:
        from zhenggai.index.archive import StoredArchive  # imported here: counts need only rows

        def finder() -> EntryFinder:
            self._finder.expect(expected)
            return self._finder

        return StoredArchive(self._catalogue, finder)

    def _behind(self, rows: Rows, known_by: date, expected: Sequence[EntryPlace]) -> Behind:
        from zhenggai.index.behind import Behind  # imported here: counts need only rows

        self._finder.expect(expected)
        return Behind(self._catalogue, rows, self._tasks(rows), self._finder, known_by)


def open_ledger(start: Path, plan_number: str | None = None, *, verify: bool = False) -> Ledger:
    """The ledger of a plan in the nearest root at or above ``start``; without a number, of the only plan.

    Raises ``NothingToShow`` if there is no plan, ``UsageError`` if there are several plans and no number.
    """
    root = root_of(start)
    paths = plan_files(root, plan_number)
    if len(paths) > 1:
        raise several_plans(paths)
    return Ledger(root, paths[0], verify=verify)


def plan_files(root: Path, *numbers: str | None) -> list[str]:
    """The files of the plans with these numbers, or of all if there is none but None, as sorted paths from the root.

    Raises ``NothingToShow`` if there is no plan, ``UsageError`` for a number without a plan.
    """
    if paths := chosen_paths(root, *numbers):
        return paths
    raise NothingToShow(f"plans/ 里还没有方案\n  {MAKE_PLAN}")


def several_plans(paths: Sequence[str]) -> UsageError:
    """The error where one of several plans must be named."""
    return UsageError(f"这里有 {len(paths)} 个方案：{plan_names(paths)}\n  下一步：用 --plan 指明一个")


def refuse_copy(ledger: Ledger, paths: Sequence[str]) -> None:
    """Raise ``NothingToShow`` for the copy of a plan's file, which has the number of the plan in another file."""
    number = name_key(ledger.plan.number)
    own = next((path for path in paths if name_key(Path(path).stem) == number), ledger.path)
    if own != ledger.path:
        raise NothingToShow(
            f"{ledger.path} 的编号和 {own} 的一样，没有计入\n  下一步：是副本的，删去它；不是的，改编号"
        )
