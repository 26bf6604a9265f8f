"""Selection of tasks by the filters of lists, and of records by the end of their number."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING, Any

from zhenggai.errors import NotInPlan, UsageError
from zhenggai.frozen import frozen, types_of
from zhenggai.model.labels import label_of
from zhenggai.model.numbers import measure_number
from zhenggai.model.plan import Category
from zhenggai.model.wording import near_or_known
from zhenggai.rules.day.day_status import Group
from zhenggai.rules.day.lights import Light
from zhenggai.rules.task.life import State
from zhenggai.views.narrowing import about_units, narrowed, of_problems

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

    from zhenggai.model.book import Record
    from zhenggai.rules.day.snapshot import Snapshot, SnapshotTask

    Holds = Callable[[SnapshotTask], bool]

OVERDUE = "逾期"
_GROUP_WORDS = {Group.RECURRING: "例行", Group.NOT_APPLICABLE: "不适用"}
_LASTING = (Category.LONG_TERM, Category.CONTINUOUS)


@frozen
class Selection:
    """The filters; None if not given.

    ``unit`` and ``lead`` are a unit or a class; ``problem`` the number of a problem or measure; ``leader`` and ``person`` a
    part of a name; ``source`` the code or the name of a 问题来源; ``type`` and ``priority`` a whole word of the plan.
    """

    unit: str | None = None
    problem: str | None = None
    phase: int | None = None
    state: str | None = None
    lead: str | None = None
    leader: str | None = None
    person: str | None = None
    source: str | None = None
    category: str | None = None
    light: str | None = None
    type: str | None = None
    priority: str | None = None

    @property
    def is_all(self) -> bool:
        """Whether no filter is set."""
        return self == EVERYTHING


EVERYTHING = Selection()
_NAMES = {
    "problem": "问题",
    "lead": "牵头单位",
    "source": "来源",
    "type": "整改类型",
}  # of filters that no field is called like


def filters_text(selection: Selection) -> str:
    """The filters that are set, for a sentence.

    >>> filters_text(Selection(unit="县教育局", light="红"))
    '单位“县教育局”、灯“红”'
    """
    named = replace(selection, light=selection.light and selection.light.removesuffix("灯"))
    values = ((name, getattr(named, name)) for name in types_of(Selection))
    return "、".join(f"{_NAMES.get(name, label_of(name))}“{value}”" for name, value in values if value is not None)


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

    Raises ``UsageError`` for a value that names nothing.
    """
    if selection.is_all:
        return snapshot
    snapshot = replace(snapshot, only=filters_text(_spelt_as_in_the_book(snapshot, selection)))
    for name, problems_of in _PROBLEM_FILTERS.items():
        if (value := getattr(selection, name)) is not None:
            snapshot = of_problems(snapshot, problems_of(snapshot, value))
    tasks, gone = snapshot.tasks, snapshot.gone
    for name, filter_of in _FILTERS.items():
        if (value := getattr(selection, name)) is not None:
            holds = filter_of(snapshot, value)
            tasks, gone = tuple(filter(holds, tasks)), tuple(filter(holds, gone))
    names = unit_names(snapshot, selection.unit) if selection.unit is not None else None
    return about_units(narrowed(snapshot, tasks, gone), names, only_units=selection == Selection(unit=selection.unit))


def _spelt_as_in_the_book(snapshot: Snapshot, selection: Selection) -> Selection:
    def full(word: str | None) -> str | None:
        return word and snapshot.unit_name(word)

    return replace(selection, unit=full(selection.unit), lead=full(selection.lead))


def selected_on(snapshot: Snapshot, selection: Selection) -> Snapshot:
    """The same on one of many days: where a filter names what is not there yet or no more, no task is selected."""
    try:
        return select(snapshot, selection)
    except UsageError:
        return narrowed(snapshot, ())


def _of_unit(snapshot: Snapshot, name: str) -> Holds:
    names = unit_names(snapshot, name)
    return lambda task: task.unit in names or task.given in names


def _of_measure(snapshot: Snapshot, word: str) -> Holds:
    number = measure_number(word)
    if number and number not in snapshot.plan.measure_by_number:
        raise NotInPlan(f"没有措施 {number}\n  {near_or_known(number, list(snapshot.plan.measure_by_number))}")
    return lambda task: number in (None, task.measure)


def _with_number(snapshot: Snapshot, word: str) -> Collection[int]:
    """The problem with a number; all problems where the word is the number of a measure."""
    numbers = {str(problem.number): problem.number for problem in snapshot.plan.problems}
    if measure_number(word):
        return numbers.values()
    if word not in numbers:
        raise NotInPlan(f"没有问题 {word}\n  现有：{'、'.join(sorted(numbers, key=int))}")
    return [numbers[word]]


def _of_phase(snapshot: Snapshot, number: int) -> Holds:
    known = [w.number for w in snapshot.windows]
    if number not in known:
        raise NotInPlan(f"没有阶段 {number}\n  现有：{'、'.join(map(str, known)) or '无'}")
    return _of_measures({m.number for _, m in snapshot.plan.measures() if number in m.phases})


def _in_state(snapshot: Snapshot, word: str) -> Holds:
    if word not in state_words():
        raise UsageError(f"没有状态“{word}”\n  可用：{'、'.join(state_words())}")
    return lambda task: has_state(task, word)


def _led_by(snapshot: Snapshot, name: str) -> Holds:
    from zhenggai.rules.task.tasks import measures_led_by  # imported here: few lists make tasks of the plan

    names = unit_names(snapshot, name)
    return _of_measures(measures_led_by(names, snapshot.plan, snapshot.units, snapshot.as_of))


def _under_leader(snapshot: Snapshot, name: str) -> Holds:
    return _named(snapshot, "责任领导、分管领导、第一责任人", name, lambda task: task.leaders)


def _by_person(snapshot: Snapshot, name: str) -> Holds:
    return _named(snapshot, "责任人", name, lambda task: filter(None, (task.person,)))


def _named(snapshot: Snapshot, what: str, name: str, of: Callable[[SnapshotTask], Iterable[str]]) -> Holds:
    """Whether a task names somebody. A part of what the plan or the claim says is enough: 张华 is in 组织部部长张华."""
    known = dict.fromkeys(chain.from_iterable(map(of, snapshot.tasks)))
    if not any(name in text for text in known):
        raise NotInPlan(f"没有{what}“{name}”\n  {near_or_known(name, list(known))}")
    return lambda task: any(name in text for text in of(task))


def _of_type(snapshot: Snapshot, word: str) -> Holds:
    return _with_word(snapshot, word, "rectification_type")


def _of_priority(snapshot: Snapshot, word: str) -> Holds:
    return _with_word(snapshot, word, "priority")


def _with_word(snapshot: Snapshot, word: str, field: str) -> Holds:
    """Whether the measure of a task has this word in a field."""
    words: dict[str, str | None] = {m.number: getattr(m, field) for _, m in snapshot.plan.measures()}
    known = dict.fromkeys(filter(None, words.values()))
    if word not in known:
        label = label_of(field)
        near = near_or_known(word, list(known)) if known else f"方案里没有写{label}"
        raise NotInPlan(f"没有{label}“{word}”\n  {near}")
    return _of_measures({number for number, text in words.items() if text == word})


def _from_source(snapshot: Snapshot, word: str) -> Collection[int]:
    sources = snapshot.plan.sources
    codes = {code for code, name in sources.items() if word in (code, name)}
    if not codes:
        known = "、".join(f"{code}（{name}）" for code, name in sources.items()) or "方案里没有写问题来源"
        raise NotInPlan(f"没有问题来源“{word}”\n  现有：{known}")
    return [problem.number for problem in snapshot.plan.problems if codes.intersection(problem.origin)]


def _in_category(snapshot: Snapshot, word: str) -> Holds:
    from zhenggai.rules.task.schedule import categories_of  # imported here, as above

    if word not in tuple(Category):
        raise UsageError(f"没有类别“{word}”\n  可用：{'、'.join(Category)}")
    categories = categories_of(snapshot.plan, snapshot.windows)
    return _of_measures({number for number, category in categories.items() if category == word})


def _with_light(snapshot: Snapshot, word: str) -> Holds:
    if word.removesuffix("灯") not in tuple(Light):
        raise UsageError(f"没有“{word}”这种灯\n  可用：{'、'.join(Light)}")
    return lambda task: task.status.light == word.removesuffix("灯")


def _of_measures(numbers: Collection[str]) -> Holds:
    return lambda task: task.measure in numbers


_PROBLEM_FILTERS: Mapping[str, Callable[[Snapshot, Any], Collection[int]]] = {
    "problem": _with_number,
    "source": _from_source,
}
"""Each filter of problems by its name in ``Selection``: what gives the numbers of the selected problems."""

_FILTERS: Mapping[str, Callable[[Snapshot, Any], Holds]] = {
    "unit": _of_unit,
    "problem": _of_measure,
    "phase": _of_phase,
    "state": _in_state,
    "lead": _led_by,
    "leader": _under_leader,
    "person": _by_person,
    "category": _in_category,
    "light": _with_light,
    "type": _of_type,
    "priority": _of_priority,
}
"""Each filter by its name in ``Selection``: what tells, for a snapshot and a value, whether a task is selected."""


def has_state(task: SnapshotTask, word: str) -> bool:
    """Whether a task is in the state that ``--state`` names; 已完成 includes all later states."""
    if word == OVERDUE:
        return task.status.is_overdue
    if word == State.COMPLETED:
        return task.status.group is Group.COMPLETED
    return state_word(task) == word


def unit_names(snapshot: Snapshot, name: str) -> frozenset[str]:
    """The full names of the units that a name means: a unit by any of its names, or the members of a class."""
    if unit := snapshot.units.unit_named(name):
        return frozenset((unit.name,))
    if snapshot.units.class_by_name.get(name):
        return frozenset(unit.name for unit in snapshot.units.expand([name], snapshot.as_of, snapshot.plan.issued))
    units = snapshot.units
    near = near_or_known(name, [*units.all_names, *(c.name for c in units.classes)], units.full_name)
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
