"""The rows of somebody's ledger under a plan that exists: each becomes entries of tasks that the plan has; what does not is named."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from zhenggai.frozen import frozen
from zhenggai.importing.draft import Doubt
from zhenggai.importing.entries.entry_row import EntryRow, parts_of
from zhenggai.importing.sheets.measure_matching import Found
from zhenggai.model.kinds import Kind
from zhenggai.model.units import names_in
from zhenggai.rules.day.snapshot import Snapshot, SnapshotTask, grouped
from zhenggai.rules.task.life import Sort, State

_LASTING: Final = (Sort.LONG_TERM, Sort.RECURRING)


@frozen
class PlanRows:
    """Rows, each about one task of a plan, and what a person must look at."""

    rows: tuple[EntryRow, ...]
    doubts: tuple[Doubt, ...]


def plan_rows(rows: Sequence[EntryRow], snapshot: Snapshot, measure_of: Callable[[str], Found]) -> PlanRows:
    """Rows whose 措施 is a number of their own, and whose 单位 are names or classes of units.

    ``measure_of`` gives the plan's measure for such a number. A row about several units is an entry for each; one without
    units is about all units of its measure.
    """
    placing = _Placing(snapshot, measure_of)
    found = tuple(part for row in rows for part in placing.parts(row))
    return PlanRows(found, tuple(dict.fromkeys(placing.doubts)))


class _Placing:
    """Places rows; ``doubts`` grows."""

    def __init__(self, snapshot: Snapshot, measure_of: Callable[[str], Found]) -> None:
        self.snapshot, self.measure_of = snapshot, measure_of
        self.tasks = grouped(lambda task: task.measure, snapshot.tasks)
        self.doubts: list[Doubt] = []

    def parts(self, row: EntryRow) -> Iterator[EntryRow]:
        """The entries of a row."""
        for task in self._tasks(row):
            yield from self._of_task(row, task)

    def _of_task(self, row: EntryRow, task: SnapshotTask) -> Iterator[EntryRow]:
        given = {**row.texts, "措施": task.measure, "单位": task.given}
        if row.kind in (Kind.DONE, Kind.BASICALLY_DONE) and task.task.sort in _LASTING:
            self._doubt(row, "", f"{task.task.category}没有“{row.kind}”可记", f"{task.measure} 记作进展")
            given["事项"] = Kind.PROGRESS
        elif row.kind == Kind.DONE and row.text("进度").rstrip("%％") == "100":
            del given["进度"]  # a completion says it
        yield from parts_of(replace(row, texts=given), started=task.head.state is not State.NOT_STARTED)

    def _doubt(self, row: EntryRow, key: str, about: str, what: str) -> None:
        self.doubts.append(Doubt(place=row.at_of(key), about=about, what=what))

    def _tasks(self, row: EntryRow) -> list[SnapshotTask]:
        """The tasks that a row is about; without any, a note says why."""
        found = self.measure_of(row.text("措施"))
        if found.number is None:
            self._doubt(row, "措施", "对不上方案的措施，没有记", found.why)
            return []
        of_measure = self.tasks.get(found.number, [])
        names = names_in(row.text("单位"))
        meant = self._units(names)
        tasks = [task for task in of_measure if not names or meant & {task.given, task.unit}]
        if not of_measure:
            self._doubt(row, "单位", "方案里没有责任单位，没有记", f"{found.number}；在方案里写上，再导入一次")
        elif not tasks:
            whose = "、".join(task.unit for task in of_measure)
            what = f"{'、'.join(names)}；{found.number} 的责任单位：{whose}"
            self._doubt(row, "单位", "对不上责任单位，没有记", what)
        if not names and len(tasks) > 1:
            self._doubt(row, "", "没有写单位", f"{'、'.join(task.unit for task in tasks)} 各记一条")
        return tasks

    def _units(self, names: Sequence[str]) -> set[str]:
        """The units that names of units and classes mean."""
        book = self.snapshot.units
        return {unit.name for unit in book.expand(names, self.snapshot.as_of)} | set(map(book.full_name, names))
