"""The desk of a unit that reviews or supervises: whose tasks an entry is about, and which of them wait for it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from zhenggai.cli import clock
from zhenggai.cli.output import tell
from zhenggai.cli.writing import prompts
from zhenggai.cli.writing.entry_writing import Desk
from zhenggai.errors import UsageError
from zhenggai.ledger import Ledger
from zhenggai.rules.day.review_queue import Awaited
from zhenggai.rules.day.snapshot import TaskState
from zhenggai.views.selection import EVERYTHING, Selection, select, state_word, unit_names


@dataclass
class Overseer(Desk):
    """The desk of a unit that reviews or supervises: it chooses among others' tasks."""

    selection: Selection = EVERYTHING

    def choose(self, word: str | None = None) -> tuple[TaskState, ...]:
        """The tasks asked for: by measure or problem where one is named, and by the filters."""
        chosen = self.selection if word is None else replace(self.selection, problem=word)
        return select(self.picture, chosen).tasks

    def waiting(self, word: str | None, due: Callable[[TaskState], Awaited | None], what: str) -> tuple[TaskState, ...]:
        """Those among the tasks asked for on which an act is due that this unit may do.

        A task that was asked for alone is given in any case, so that its refusal can say why.
        """
        chosen = self.choose(word)
        mine = tuple(t for t in chosen if (act := due(t)) and self.unit in act.units)
        if mine or len(chosen) == 1:
            return mine or chosen
        others = [f"\n  {t.name}：{_waits(t, due(t))}" for t in chosen if due(t)]
        raise UsageError(f"没有等{self.unit}{what}的任务，没有写入{''.join(others[:5])}")

    def show(self, tasks: Sequence[TaskState], what: str) -> None:
        """Before a question about several tasks at a terminal: which they are."""
        tell(f"{what} {len(tasks)} 件：")
        for task in tasks:
            tell(f"  {task.name}：{state_word(task)}")

    def asked_unit(self, question: str) -> str:
        """A unit, asked for until the unit book has it."""
        return prompts.asked_until(self.unit_named, question)

    def stamp_with_unit(self, task: TaskState) -> dict[str, Any]:
        """The stamp of an entry about a task that always names its unit."""
        return self.stamp(task) | {"unit": task.given}

    def whole_unit(self) -> str | None:
        """The unit, where one is all that was asked for; None where tasks were chosen by anything else."""
        unit = self.selection.unit
        if unit is None or self.selection != Selection(unit):
            return None
        names = unit_names(self.picture, unit)
        if self.picture.units.unit_named(unit) is None:
            raise UsageError(
                f"“{unit}”是一类单位，有 {len(names)} 个，没有写入\n  下一步：--unit 只写一个单位，或写明措施"
            )
        return next(iter(names))


def _waits(task: TaskState, act: Awaited | None) -> str:
    """For which act of whom a task waits."""
    return state_word(task) + (f"，由{'、'.join(act.units) or '（方案未指定）'}{act.kind}" if act else "")


def overseer(
    ledger: Ledger,
    selection: Selection,
    unit: str | None,
    writer: str | None,
    day: date | None,
    evidence: Sequence[str] | None,
    *,
    assured: bool,
    only_shown: bool,
) -> Overseer:
    """The desk of ``unit`` as it was given, now; ``day`` is the entries' date, today where it was not given."""
    now = clock.now()
    return Overseer(
        ledger,
        now,
        day or now.date(),
        unit,
        writer,
        own=False,
        given_evidence=tuple(evidence or ()),
        assured=assured,
        only_shown=only_shown,
        selection=selection,
    )
