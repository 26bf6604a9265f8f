"""``--by``: the counts of ``status``, ``phase`` and ``month`` broken down by source, category, nature, class, deadline, unit, person or the plan's own words."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum
from functools import partial
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from zhenggai.document import Block, Para
from zhenggai.frozen import frozen
from zhenggai.model.labels import label_of
from zhenggai.model.plan import Category, Problem
from zhenggai.model.terms import Terms
from zhenggai.rules.day.counts import Counts, counts_of, total_of
from zhenggai.rules.day.snapshot import Snapshot, SnapshotTask, grouped
from zhenggai.rules.task.life import Sort
from zhenggai.views.columns import Key, Keys, ReportColumn, ReportColumns, list_of
from zhenggai.views.count_columns import COUNTS, TOTALS
from zhenggai.views.money_columns import sum_column, without_money
from zhenggai.views.money_keys import GROUP_MONEY

if TYPE_CHECKING:
    from zhenggai.rules.day.money_sums import MoneySums
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


class GroupRow(NamedTuple):
    """The row of a group."""

    name: str
    counts: Counts
    money: "MoneySums | None" = None


_MONEY = ("amount", "rectified", "remaining", "recovered", "loss_avoided")
"""The sums of money in CSV. Tables have them in a table of its own, in the plan's unit."""


def _counts(row: GroupRow) -> Counts:
    return row.counts


_COLUMNS = ReportColumns[GroupRow](
    ReportColumn("name", wrap=True, weight=4),
    ReportColumn("problems", attrgetter("counts.problems"), numeric=True, keep=8),
    ReportColumn("problems_completed", attrgetter("counts.problems_completed"), numeric=True, keep=9),
    *(
        column._replace(in_table=True, head="应整改", numeric=True, keep=2) if column.key == "denominator" else column
        for column in COUNTS.of(_counts)
    ),
    *(sum_column(key)._replace(in_table=False) for key in _MONEY),
)


@frozen
class Breakdown:
    """The counts of each group, in order, and of the whole, to which the tasks of the groups add up."""

    by: By
    groups: tuple[GroupRow, ...]
    whole: Counts
    terms: Terms

    @property
    def heads(self) -> Mapping[str, str]:
        """The heads of CSV, of money only where there is any."""
        heads = {**_COLUMNS.called(self.terms).heads, "name": self.by.head}
        return heads if any(row.money for row in self.groups) else without_money(heads)

    keys = Keys["Breakdown"](
        Key("by", attrgetter("by.value"), str, "按什么分列"),
        list_of("groups", Keys[GroupRow](Key("name"), *TOTALS.through(_counts), GROUP_MONEY), head="各组"),
    )

    def rows(self) -> Sequence[Mapping[str, object]]:
        """One row per group."""
        return [{key: values[key] for key in self.heads} for values in _COLUMNS.records(self.groups)]

    def blocks(self, title: str = "") -> list[Block]:
        """The groups as a table with the whole as its footer, the notes, and a table of their money."""
        keys = [column.key for column in _COLUMNS.columns]
        if self.by not in _OF_PROBLEM:  # a problem that is completed in one group may be open in another
            keys.remove("problems_completed")
        shown = _COLUMNS.arranged(*keys, name=self.by.head).called(self.terms)
        table = shown.table(self.groups, title, footer=GroupRow("合计", self.whole))
        return [table, *map(Para, self.notes()), *self._money()]

    def _money(self) -> Iterator[Block]:
        groups = [(row.name, row.money) for row in self.groups if row.money]
        if groups:
            from zhenggai.views.money import group_table  # imported here: few plans have money

            yield from group_table(self.by.head, groups)

    def notes(self) -> Iterator[str]:
        """A sentence about problems or measures that stand in several groups, or in none."""
        if several := self._differing(lambda groups, whole: groups > whole):
            yield f"有的{several}在几组里都有任务，各组各计一次，相加多于合计。"
        if without := self._differing(lambda groups, whole: groups < whole):
            yield f"还没有任务的{without}不在各组里，只在合计里。"

    def _differing(self, differs: Callable[[int, int], bool]) -> str:
        sums = Counter[str]()
        for row in self.groups:
            sums.update(problems=row.counts.problems, measures=row.counts.measures)
        named = {"problems": self.terms.problem, "measures": self.terms.measure}
        return "、".join(word for key, word in named.items() if differs(sums[key], getattr(self.whole, key)))


BREAKDOWN = Key[Any](
    "breakdown",
    lambda report: report.breakdown and Breakdown.keys.record(report.breakdown),
    Breakdown.keys,
    "分列",
    optional=True,
)
"""The key of a report that may be broken down, with the attribute of the same name."""


def breakdown(snapshot: Snapshot, by: By) -> Breakdown:
    """The counts of a snapshot's tasks by group. Sources and natures are of problems: their groups have those without tasks too."""
    if by in _OF_PROBLEM:
        name_of = _OF_PROBLEM[by](snapshot)
        problems: dict[GroupName, list[Counts]] = {}
        for problem in snapshot.plan.problems:
            problems.setdefault(name_of(problem), []).append(snapshot.counts_of_problems[problem.number])
        counts = {name: total_of(found) for name, found in problems.items()}
    else:
        counts = dict(_counts_of_groups(snapshot, groups_of(snapshot, by, snapshot.tasks)))
    money = _money_of_groups(snapshot, by) if snapshot.has_money else {}
    nothing = counts_of((), answering=())
    rows = (GroupRow(of.name, counts.get(of, nothing), money.get(of)) for of in sorted({*counts, *money}))
    return Breakdown(by, tuple(rows), snapshot.counts, snapshot.plan.terms)


def _money_of_groups(snapshot: Snapshot, by: By) -> "dict[GroupName, MoneySums]":
    """The money of each group. One that has no more than tasks given up is a group too, as their money counts."""
    from zhenggai.rules.day.money_sums import plan_money, together  # imported here: few plans have money

    money = plan_money(snapshot)
    if by not in _OF_PROBLEM:
        return {name: money.of_part(tasks) for name, tasks in groups_of(snapshot, by, money.tasks).items()}
    name_of = _OF_PROBLEM[by](snapshot)
    found: dict[GroupName, list[MoneySums]] = {}
    for problem in money.problems:
        found.setdefault(name_of(problem), []).append(money.of_problem[problem.number])
    return {name: together(parts, money.unit) for name, parts in found.items()}


def _counts_of_groups(
    snapshot: Snapshot, groups: Mapping[GroupName, Sequence[SnapshotTask]]
) -> Iterator[tuple[GroupName, Counts]]:
    """The counts of each group, with the problems that its tasks answer."""
    answers: dict[str, list[int]] = {}
    for problem in snapshot.plan.problems:
        for measure in problem.answered_by:
            answers.setdefault(measure, []).append(problem.number)
    for name, tasks in groups.items():
        answering: dict[int, list[SnapshotTask]] = {}
        for task in tasks:
            for number in answers.get(task.measure, ()):
                answering.setdefault(number, []).append(task)
        yield name, counts_of(tasks, answering=answering.values())


def groups_of(snapshot: Snapshot, by: By, tasks: Sequence[SnapshotTask]) -> dict[GroupName, list[SnapshotTask]]:
    """Some tasks of a snapshot by group, the groups in order."""
    found = grouped(_name_of_task(snapshot, by), tasks)
    return {name: found[name] for name in sorted(found)}


def _name_of_task(snapshot: Snapshot, by: By) -> NameOf:
    if by not in _OF_PROBLEM:
        return _OF_TASK[by](snapshot)
    name_of = _OF_PROBLEM[by](snapshot)
    whole = snapshot.narrowed_from or snapshot
    names = {problem.number: name_of(problem) for problem in whole.plan.problems}
    return lambda task: names[task.problem]


def _by_source(snapshot: Snapshot) -> Callable[[Problem], GroupName]:
    """The sources of a problem together: one that two inspections found stands in a group of its own, and is counted once."""
    plan = snapshot.plan
    known = list(plan.sources.values())
    return lambda problem: _together(plan.sources_of(problem), known, "未写来源")


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

    def classes_of(unit: str) -> GroupName:
        return _together([name for name in known if book.by_name[unit].in_class(name, day)], known, "未归类单位")

    names = {unit: classes_of(unit) for unit in {t.unit for t in (*snapshot.tasks, *snapshot.gone)}}
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
    chosen = sorted(dict.fromkeys(names), key=lambda name: order.get(name, len(order)))
    return GroupName((len(chosen), *(order.get(name, len(order)) for name in chosen)), "、".join(chosen))


_OF_PROBLEM: Mapping[By, Callable[[Snapshot], Callable[[Problem], GroupName]]] = {
    By.SOURCE: _by_source,
    By.NATURE: _by_nature,
}
_OF_TASK: Mapping[By, Callable[[Snapshot], NameOf]] = {
    By.CATEGORY: _by_category,
    By.CLASS: _by_class,
    By.DEADLINE: _by_deadline,
    By.UNIT: _by_unit,
    By.PERSON: _by_person,
    By.TYPE: partial(_by_word_of_the_plan, "rectification_type"),
    By.PRIORITY: partial(_by_word_of_the_plan, "priority"),
}
