"""The other units' tasks that a reviewing or supervising unit writes about, and those that wait for it."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from zhenggai.cli.output import tell
from zhenggai.cli.writing.writer_identity import Writer
from zhenggai.errors import UsageError
from zhenggai.frozen import frozen
from zhenggai.rules.day.review_queue import Awaited
from zhenggai.rules.day.snapshot import SnapshotTask
from zhenggai.views.selection import Selection, select, state_word, unit_names


@frozen
class OthersTasks:
    """The tasks that a command's filters select."""

    writer: Writer
    selection: Selection

    def of_unit(self, unit: str) -> "OthersTasks":
        """The tasks of one unit, without the other filters."""
        return OthersTasks(self.writer, Selection(unit))

    def chosen(self, word: str | None = None) -> tuple[SnapshotTask, ...]:
        """The tasks that the filters select. ``word``, a measure or problem, replaces the filter by problem."""
        selection = self.selection if word is None else replace(self.selection, problem=word)
        return select(self.writer.snapshot, selection).tasks

    def waiting(
        self, word: str | None, due: Callable[[SnapshotTask], Awaited | None], what: str
    ) -> tuple[SnapshotTask, ...]:
        """The chosen tasks on which an act is due that the writer's unit may do.

        A single chosen task is always returned: its entry is then refused with the reason. Raises ``UsageError`` if
        several tasks are chosen and none waits for the unit. ``what`` is the name of the act.
        """
        chosen = self.chosen(word)
        unit = self.writer.unit
        mine = tuple(t for t in chosen if (act := due(t)) and unit in act.units)
        if mine or len(chosen) == 1:
            return mine or chosen
        others = [f"\n  {t.name}：{_waits(t, due(t))}" for t in chosen if due(t)]
        raise UsageError(f"没有等{unit}{what}的任务，没有写入{''.join(others[:5])}")

    def whole_unit(self) -> str | None:
        """The unit, if the only filter is one unit, else None. Raises ``UsageError`` if the filter is a class of units."""
        unit = self.selection.unit
        if unit is None or self.selection != Selection(unit):
            return None
        snapshot = self.writer.snapshot
        names = unit_names(snapshot, unit)
        if snapshot.units.unit_named(unit) is None:
            raise UsageError(
                f"“{unit}”是一类单位，有 {len(names)} 个，没有写入\n  下一步：--unit 只写一个单位，或写明措施"
            )
        return next(iter(names))


def show_tasks(tasks: Sequence[SnapshotTask], what: str) -> None:
    """List tasks, before a question about them."""
    tell(f"{what} {len(tasks)} 件：")
    for task in tasks:
        tell(f"  {task.name}：{state_word(task)}")


def _waits(task: SnapshotTask, act: Awaited | None) -> str:
    """A task's state, and the act that it waits for, with the units that may do it."""
    return state_word(task) + (f"，由{'、'.join(act.units) or '（方案未指定）'}{act.kind}" if act else "")
