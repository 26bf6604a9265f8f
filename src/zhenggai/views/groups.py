"""What ``--by`` groups tasks by: source, category, nature, class, deadline, unit, person or the plan's own words."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from zhenggai.model.labels import label_of
from zhenggai.model.plan import Category, Problem
from zhenggai.rules.day.snapshot import Snapshot, SnapshotTask, grouped
from zhenggai.rules.plan.groupings import classes_of, in_order, sources_of
from zhenggai.rules.task.life import Sort

if TYPE_CHECKING:
    from zhenggai.rules.task.task_row import TaskRow


class By(StrEnum):
    """What the tasks are grouped by."""

    SOURCE = "来源"
    CATEGORY = "类别"
    NATURE = "性质"
    CLASS = "类"
    DEADLINE = "时限"
    UNIT = "单位"
    PERSON = "责任人"
    TYPE = "整改类型"
    PRIORITY = "优先"

    @property
    def head(self) -> str:
        """What heads and titles call it."""
        return "单位类别" if self is By.CLASS else self.value


BY_WORD: Mapping[str, By] = {word: by for by in By for word in (by.value, by.head)}
"""What ``--by`` accepts. 类 is easily taken for 类别, so it has a longer name too."""


class GroupName(NamedTuple):
    """The name of a group. Groups are sorted by ``place``, then by name."""

    place: tuple[int, ...]
    name: str


NameOf = Callable[[SnapshotTask], GroupName]
"""Gives the group that a task stands in: every task stands in exactly one."""

_LAST = (9999,)
"""The place of the group of tasks of which the plan does not say it."""
_PLACES: Mapping[str, int] = {category: nth for nth, category in enumerate(Category)}


def groups_of(snapshot: Snapshot, by: By, tasks: Sequence[SnapshotTask]) -> dict[GroupName, list[SnapshotTask]]:
    """Some tasks of a snapshot by group, the groups in order."""
    found = grouped(_name_of_task(snapshot, by), tasks)
    return {name: found[name] for name in sorted(found)}


def _name_of_task(snapshot: Snapshot, by: By) -> NameOf:
    if by not in OF_PROBLEM:
        return _OF_TASK[by](snapshot)
    name_of = OF_PROBLEM[by](snapshot)
    whole = snapshot.narrowed_from or snapshot
    names = {problem.number: name_of(problem) for problem in whole.plan.problems}
    return lambda task: names[task.problem]


def _by_source(snapshot: Snapshot) -> Callable[[Problem], GroupName]:
    """The sources of a problem together: one that two inspections found stands in a group of its own, and is counted once."""
    plan = snapshot.plan
    known = list(plan.sources.values())
    return lambda problem: _together(sources_of(plan, problem), known, "未写来源")


def _by_nature(snapshot: Snapshot) -> Callable[[Problem], GroupName]:
    return lambda problem: _together([problem.nature or ""], ["共性", "个性"], "未写性质")


def _by_category(snapshot: Snapshot) -> NameOf:
    from zhenggai.rules.task.schedule import categories_of  # imported here: an overview reads no deadlines otherwise

    known = list(Category)
    categories = categories_of(snapshot.plan, snapshot.windows)
    names = {number: _together([category], known, "") for number, category in categories.items()}
    return lambda task: names.get(task.measure) or _together([task.task.category], known, "")


def _by_word_of_the_plan(field: str, snapshot: Snapshot) -> NameOf:
    """A word that the plan has for a measure (整改类型, 优先), in the plan's order."""
    words: dict[str, str | None] = {m.number: getattr(m, field) for _, m in snapshot.plan.measures()}
    known = list(dict.fromkeys(filter(None, words.values())))
    return lambda task: _together([words[task.measure] or ""], known, f"未写{label_of(field)}")


def _by_class(snapshot: Snapshot) -> NameOf:
    """The classes of the responsible unit, together if it is in several."""
    book, day = snapshot.units, snapshot.as_of
    known = [found.name for found in book.classes]
    units = {task.unit for task in (*snapshot.tasks, *snapshot.gone)}
    names = {unit: _together(classes_of(book, unit, day), known, "未归类单位") for unit in units}
    return lambda task: names[task.unit]


def _by_unit(snapshot: Snapshot) -> NameOf:
    known = {unit.name: nth for nth, unit in enumerate(snapshot.units.members)}
    return lambda task: GroupName((known[task.unit],), task.unit)


def _by_person(snapshot: Snapshot) -> NameOf:
    """The unit and its person: of a post that many units have (党委书记), each is another person."""
    unit_of = _by_unit(snapshot)

    def name_of(task: SnapshotTask) -> GroupName:
        unit = unit_of(task)
        return GroupName(unit.place, f"{unit.name} {task.person or '责任人未写明'}")

    return name_of


def _by_deadline(snapshot: Snapshot) -> NameOf:
    return lambda task: _deadline(task.row)


def _deadline(row: "TaskRow") -> GroupName:
    """What the deadline means, its present due date by the month, as reports say it: 2020年底前，并长期坚持.

    Immediate ones come first, then the months, then what has no end.
    """
    follows = (_PLACES[row.lasting],) if row.lasting else ()
    then = f"，并{row.lasting}" if row.lasting else ""
    if row.is_long_term:
        return GroupName((2, *follows), row.lasting)
    if row.sort is Sort.RECURRING:
        return GroupName((3,), Category.RECURRING)
    if row.sort is Sort.IMMEDIATE:
        return GroupName((0, *follows), f"{Category.IMMEDIATE}{then}")
    if row.due is None:
        return GroupName(_LAST, "没有截止日")
    due = date.fromordinal(row.due)
    until = f"{due.year}年底前" if due.month == 12 else f"{due.year}年{due.month}月底前"
    return GroupName((1, due.year, due.month, *follows), f"{until}{then}")


def _together(names: Sequence[str], known: Sequence[str], unknown: str) -> GroupName:
    """The group of what has all these names. Groups of one name come first, in the order in which the names are known."""
    if not any(names):
        return GroupName(_LAST, unknown)
    order = {name: nth for nth, name in enumerate(known)}
    chosen = in_order(names, known)
    return GroupName((len(chosen), *(order.get(name, len(order)) for name in chosen)), "、".join(chosen))


OF_PROBLEM: Mapping[By, Callable[[Snapshot], Callable[[Problem], GroupName]]] = {
    By.SOURCE: _by_source,
    By.NATURE: _by_nature,
}
"""Gives the group of a problem, and so of its tasks, where the plan says of problems what they are grouped by."""
_OF_TASK: Mapping[By, Callable[[Snapshot], NameOf]] = {
    By.CATEGORY: _by_category,
    By.CLASS: _by_class,
    By.DEADLINE: _by_deadline,
    By.UNIT: _by_unit,
    By.PERSON: _by_person,
    By.TYPE: partial(_by_word_of_the_plan, "rectification_type"),
    By.PRIORITY: partial(_by_word_of_the_plan, "priority"),
}
