"""Which of others' tasks a unit that reviews or supervises writes about, and which of them wait for it."""

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
    """The tasks that the filters of a command leave."""

    writer: Writer
    selection: Selection

    def of_unit(self, unit: str) -> "OthersTasks":
        """All tasks of one unit instead."""
        return OthersTasks(self.writer, Selection(unit))

    def chosen(self, word: str | None = None) -> tuple[SnapshotTask, ...]:
        """The tasks asked for: by measure or problem where one is named, and by the filters."""
        selection = self.selection if word is None else replace(self.selection, problem=word)
        return select(self.writer.snapshot, selection).tasks

    def waiting(
        self, word: str | None, due: Callable[[SnapshotTask], Awaited | None], what: str
    ) -> tuple[SnapshotTask, ...]:
        """Those among the tasks asked for on which an act is due that the writer's unit may do.

        A task that was asked for alone is given in any case, so that its refusal can say why.
        """
        chosen = self.chosen(word)
        unit = self.writer.unit
        mine = tuple(t for t in chosen if (act := due(t)) and unit in act.units)
        if mine or len(chosen) == 1:
            return mine or chosen
        others = [f"\n  {t.name}：{_waits(t, due(t))}" for t in chosen if due(t)]
        raise UsageError(f"没有等{unit}{what}的任务，没有写入{''.join(others[:5])}")

    def whole_unit(self) -> str | None:
        """The unit, where one is all that was asked for; None where tasks were chosen by anything else."""
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
    """Before a question about several tasks at a terminal: which they are."""
    tell(f"{what} {len(tasks)} 件：")
    for task in tasks:
        tell(f"  {task.name}：{state_word(task)}")


def _waits(task: SnapshotTask, act: Awaited | None) -> str:
    """For which act of whom a task waits."""
    return state_word(task) + (f"，由{'、'.join(act.units) or '（方案未指定）'}{act.kind}" if act else "")
