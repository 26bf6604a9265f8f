"""Selection of tasks by the filters of lists, and of records by the end of their number."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from zhenggai.errors import UsageError
from zhenggai.frozen import frozen
from zhenggai.model.kinds import Kind
from zhenggai.model.numbers import measure_number
from zhenggai.model.plan import Category
from zhenggai.model.wording import near_or_known
from zhenggai.rules.day.day_status import Group
from zhenggai.rules.day.snapshot import Aside
from zhenggai.rules.task.life import State

if TYPE_CHECKING:
    from zhenggai.model.book import Record
    from zhenggai.model.event_of_entry import Event
    from zhenggai.rules.day.snapshot import Snapshot, SnapshotTask

OVERDUE = "逾期"
_GROUP_WORDS = {Group.RECURRING: "例行", Group.NOT_APPLICABLE: "不适用"}
_LASTING = (Category.LONG_TERM, Category.CONTINUOUS)


@frozen
class Selection:
    """The filters; None if not given. ``unit`` is a unit or a class, ``problem`` the number of a problem or measure."""

    unit: str | None = None
    problem: str | None = None
    phase: int | None = None
    state: str | None = None

    @property
    def is_all(self) -> bool:
        """Whether no filter is set."""
        return self == EVERYTHING


EVERYTHING = Selection()


def state_words() -> tuple[str, ...]:
    """The words that ``--state`` accepts: all states, the other groups, 逾期."""
    return (*State, *_LASTING, *_GROUP_WORDS.values(), OVERDUE)


def state_word(task: SnapshotTask) -> str:
    """A task's state in one word, as lists show it."""
    group, row = task.status.group, task.row
    if group is Group.LONG_TERM:
        return row.lasting
    return _GROUP_WORDS.get(group, row.state)


def select(snapshot: Snapshot, selection: Selection) -> Snapshot:
    """The snapshot limited to the selected tasks and their problems and measures.

    Raises ``UsageError`` for an unknown unit, problem, phase or state.
    """
    if selection.is_all:
        return snapshot
    tasks = snapshot.tasks
    names: frozenset[str] | None = None
    if selection.unit is not None:
        names = unit_names(snapshot, selection.unit)
        tasks = tuple(t for t in tasks if t.unit in names or t.given in names)
    if selection.problem is not None:
        tasks = _of_problem(snapshot, tasks, selection.problem)
    if selection.phase is not None:
        known = [w.number for w in snapshot.windows]
        if selection.phase not in known:
            raise UsageError(f"没有阶段 {selection.phase}\n  现有：{'、'.join(map(str, known)) or '无'}")
        tasks = tuple(t for t in tasks if selection.phase in t.task.measure.phases)
    if selection.state is not None:
        if selection.state not in state_words():
            raise UsageError(f"没有状态“{selection.state}”\n  可用：{'、'.join(state_words())}")
        tasks = tuple(t for t in tasks if has_state(t, selection.state))
    return _about(narrowed(snapshot, tasks), names, only_units=selection == Selection(unit=selection.unit))


def _about(snapshot: Snapshot, names: frozenset[str] | None, *, only_units: bool) -> Snapshot:
    """The snapshot with its entries outside of tasks limited to units (None: all) and, unless ``only_units``, to its measures."""
    measures = {t.measure for t in snapshot.tasks}

    def kept(event: Event) -> bool:
        unit = snapshot.unit_about(event)
        return (names is None or unit in names) and (only_units or event.measure in measures)

    def aside() -> Aside:
        all_loose = snapshot.aside.loose
        loose = [event for event in all_loose if event.kind is not Kind.LESSON or kept(event)]
        return Aside(list(filter(kept, snapshot.aside.of_units)), loose)

    return replace(snapshot, got_aside=aside)


def has_state(task: SnapshotTask, word: str) -> bool:
    """Whether a task is in the state that ``--state`` names; 已完成 includes all later states."""
    if word == OVERDUE:
        return task.status.is_overdue
    if word == State.COMPLETED:
        return task.status.group is Group.COMPLETED
    return state_word(task) == word


def narrowed(snapshot: Snapshot, tasks: tuple[SnapshotTask, ...]) -> Snapshot:
    """The snapshot with these tasks only, without problems and measures that have none of them."""
    measures = {t.measure for t in tasks}
    problems = tuple(
        replace(f, measures=tuple(m for m in f.measures if m.number in measures))
        for f in snapshot.plan.problems
        if any(m.number in measures for m in f.measures)
    )
    return replace(snapshot, tasks=tasks, plan=replace(snapshot.plan, problems=problems))


def unit_names(snapshot: Snapshot, name: str) -> frozenset[str]:
    """The full names of the units that a name means: a unit by any of its names, or the members of a class."""
    if unit := snapshot.units.unit_named(name):
        return frozenset((unit.name,))
    if snapshot.units.class_by_name.get(name):
        return frozenset(unit.name for unit in snapshot.units.expand([name], snapshot.as_of, snapshot.plan.issued))
    near = near_or_known(name, [*snapshot.units.by_name, *snapshot.units.class_by_name])
    raise UsageError(f"没有单位“{name}”\n  {near}")


def records_ending(snapshot: Snapshot, word: str) -> list[Record]:
    """The record with that number; else the records whose numbers end with ``word``, if it has at least 4 characters."""
    word = word.strip().lower()
    if record := snapshot.archive.record(word):
        return [record]
    return list(snapshot.archive.ending(word)) if len(word) >= 4 else []


def record_named(snapshot: Snapshot, word: str) -> Record:
    """The only record that a number or its ending names; ``UsageError`` if there is none or several."""
    found = records_ending(snapshot, word)
    if len(found) == 1:
        return found[0]
    if found:
        numbers = "、".join(r.entry.number for r in found[:5])
        raise UsageError(f"“{word}”是 {len(found)} 条记录的结尾：{numbers}\n  下一步：多写几个字符")
    raise UsageError(
        f"没有编号以“{word}”结尾的记录\n  下一步：写编号的末尾 4 个以上字符；编号用 zhenggai show 3-2 查看"
    )


def _of_problem(snapshot: Snapshot, tasks: tuple[SnapshotTask, ...], word: str) -> tuple[SnapshotTask, ...]:
    if number := measure_number(word):
        if number not in snapshot.plan.measure_by_number:
            raise UsageError(f"没有措施 {number}\n  {near_or_known(number, list(snapshot.plan.measure_by_number))}")
        return tuple(t for t in tasks if t.measure == number)
    numbers = {str(f.number) for f in snapshot.plan.problems}
    if word not in numbers:
        raise UsageError(f"没有问题 {word}\n  现有：{'、'.join(sorted(numbers, key=int))}")
    return tuple(t for t in tasks if str(t.problem) == word)
