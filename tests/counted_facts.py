"""The facts of a plan filtered by day and added up in plain Python, to be held against what the lists of that day say."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from functools import reduce
from typing import Any, NamedTuple, TypeVar

from zhenggai.facts.plan_course import lives
from zhenggai.facts.plan_facts import phase_facts, problem_facts
from zhenggai.facts.score_facts import Scores
from zhenggai.facts.tables import PhaseFact, ProblemFact, ScoreFact, TaskFact
from zhenggai.facts.task_facts import TaskFacts
from zhenggai.model.money import NO_MONEY, Money
from zhenggai.rules.day.counts import STANDINGS, CountedBy, Counts, counts_of, standing_of
from zhenggai.rules.day.course import Course
from zhenggai.rules.day.day_status import Group
from zhenggai.rules.day.lights import Light
from zhenggai.rules.day.money_sums import plan_money, yuan_of
from zhenggai.rules.day.ranking import scores_of
from zhenggai.rules.day.snapshot import Snapshot
from zhenggai.views.due import overdue
from zhenggai.views.groups import By, groups_of
from zhenggai.views.phase import phase

Fact = TypeVar("Fact", TaskFact, ProblemFact, PhaseFact, ScoreFact)


class Facts(NamedTuple):
    """The facts of a plan."""

    tasks: Sequence[TaskFact]
    problems: Sequence[ProblemFact]
    phases: Sequence[PhaseFact]
    scores: Sequence[ScoreFact]

    def on(self, day: date) -> "Facts":
        """Those that hold on a day."""
        return Facts(_on(self.tasks, day), _on(self.problems, day), _on(self.phases, day), _on(self.scores, day))


def _on(facts: Iterable[Fact], day: date) -> list[Fact]:
    return [fact for fact in facts if fact.valid_from <= day < fact.valid_to]


def facts_of(course: Course) -> Facts:
    """The facts of a course of successive days."""
    made, scores = TaskFacts(course), Scores(course)
    tasks: list[TaskFact] = []
    for life in lives(course):
        scores.take(life)
        tasks += made.of(life)
    return Facts(tasks, list(problem_facts(course)), list(phase_facts(course)), list(scores.facts()))


def counts_from(tasks: Sequence[TaskFact], problems: Sequence[ProblemFact] = ()) -> Counts:
    """The counts of some tasks of a day, and of problems with their measures."""
    groups: dict[str, int] = defaultdict(int)
    of_measure: dict[str, set[Group]] = defaultdict(set)
    for task in tasks:
        groups[task.group] += 1
        of_measure[task.measure].add(Group(task.group))
    of_problem: dict[int, set[Group]] = {}
    for problem in problems:
        of_problem.setdefault(problem.problem, set()).update(of_measure.get(problem.measure or "", ()))
    own = {problem.measure for problem in problems if problem.own}
    completed = [task for task in tasks if task.group == Group.COMPLETED]
    return Counts(
        problems=len(of_problem),
        measures=len(own) if problems else len(of_measure),
        tasks=len(tasks),
        completed_then_followed=sum(task.followed for task in completed),
        completed_then_continuous=sum(task.continuous for task in completed),
        closed=sum(task.closed for task in tasks),
        continuous=sum(task.continuous for task in tasks if task.group == Group.LONG_TERM),
        unread_deadline=sum(task.unread_deadline for task in tasks),
        overdue=sum(task.overdue for task in tasks),
        overdue_steps=sum(task.overdue_steps for task in tasks),
        **{group.value: groups[group] for group in Group},
        **_standings(CountedBy.PROBLEMS, of_problem.values()),
        **_standings(CountedBy.MEASURES, of_measure.values()),
    )


def _standings(what: CountedBy, groups: Iterable[set[Group]]) -> dict[str, int]:
    found = [standing_of(some) for some in groups]
    return {f"{what.value}_{standing.value}": found.count(standing) for standing in STANDINGS}


def _grouped(facts: Iterable[Fact], column: str) -> dict[Any, list[Fact]]:
    found: dict[Any, list[Fact]] = {}
    for fact in facts:
        found.setdefault(getattr(fact, column), []).append(fact)
    return found


def _score(tasks: Sequence[TaskFact]) -> tuple[object, ...]:
    """What a score has of sums: counts, due, on time, extensions, returns, relapses, duties, red."""
    columns = ("extensions", "returns", "relapses", "duties_on_time", "duties_late", "duties_missed", "red")
    due = [task for task in tasks if task.due_counts]
    sums = (sum(getattr(task, column) for task in tasks) for column in columns)
    return counts_from(tasks), len(due), sum(task.on_time for task in due), *sums


def _outcome(tasks: Sequence[TaskFact]) -> tuple[int, ...]:
    """The outcome of tasks due in one phase: due, on time, late, open, overdue."""
    done = [task for task in tasks if task.group == Group.COMPLETED]
    on_time = sum(task.on_time for task in done)
    return len(tasks), on_time, len(done) - on_time, len(tasks) - len(done), sum(task.overdue for task in tasks)


def _money(tasks: Iterable[TaskFact]) -> Money:
    return reduce(Money.plus, (Money(task.rectified, task.recovered, task.loss_avoided) for task in tasks))


def _running(facts: Facts) -> dict[int, int]:
    """How many tasks each phase has that has any measure."""
    return {
        number: sum(task.in_force and task.measure in {fact.measure for fact in some} for task in facts.tasks)
        for number, some in _grouped([fact for fact in facts.phases if fact.measure], "phase").items()
    }


def said_by_facts(facts: Facts, day: date) -> dict[str, Any]:
    """What the facts say of a day, each under its name."""
    here = facts.on(day)
    tasks = [task for task in here.tasks if task.in_force]
    said: dict[str, Any] = {"counts": counts_from(tasks, here.problems)}
    said["red"] = sum(task.red for task in tasks)
    for by, column in (
        (By.SOURCE, "source"),
        (By.NATURE, "nature"),
        (By.CATEGORY, "category"),
        (By.CLASS, "unit_class"),
    ):
        said[by.value] = {name: counts_from(some) for name, some in _grouped(tasks, column).items()}
    said["scores"] = {unit: _score(some) for unit, some in _grouped(tasks, "unit").items()}
    completable = [task for task in tasks if task.due_phase is not None]
    said["phases"] = {number: _outcome(some) for number, some in _grouped(completable, "due_phase").items()}
    said["running"] = _running(here)
    said["overdue"] = sorted(
        (t.measure, t.unit, t.category, t.state, t.due, (day - t.due).days, t.light)
        for t in tasks
        if t.overdue and t.due
    )
    said["money"] = {number: _money(some) for number, some in _grouped(here.tasks, "problem").items()}
    said["amounts"] = {problem.problem: problem.amount for problem in here.problems}
    return said


def said_by_lists(now: Snapshot) -> dict[str, Any]:
    """What the lists of the program say of a day, under the same names."""
    said: dict[str, Any] = {"counts": now.counts, "red": sum(task.status.light is Light.RED for task in now.tasks)}
    for by, unknown in ((By.SOURCE, "未写来源"), (By.NATURE, "未写性质"), (By.CATEGORY, ""), (By.CLASS, "未归类单位")):
        said[by.value] = {
            name.name if name.name != unknown else "": counts_of(some, answering=())
            for name, some in groups_of(now, by, now.tasks).items()
        }
    said["scores"] = {
        s.unit: (s.counts, s.due, s.on_time, s.extensions, s.returns, s.relapses, *s.duties[:3], s.red)
        for s in scores_of(now)
    }
    summaries = [phase(now, window.number) for window in now.windows]
    outcomes = {summary.window.number: summary.total for summary in summaries}
    if summaries:
        outcomes |= {0: summaries[0].before, -1: summaries[0].after}
    said["phases"] = {n: (o.due, o.on_time, o.late, o.open, o.overdue) for n, o in outcomes.items() if o.due}
    said["running"] = {
        summary.window.number: len(summary.running)
        for summary in summaries
        if any(summary.window.number in measure.phases for _, measure in now.plan.measures())
    }
    said["overdue"] = sorted(
        (t.measure, t.unit, t.task.category, t.row.state, t.due, t.status.overdue_days, t.status.light)
        for t in now.tasks
        if t.status.is_overdue
    )
    assert [line.days for line in overdue(now).tasks] == sorted((late[5] for late in said["overdue"]), reverse=True)
    money: dict[int, Money] = {}
    for task in plan_money(now).tasks:
        money[task.problem] = money.get(task.problem, NO_MONEY).plus(task.row.money)
    said["money"] = money
    said["amounts"] = {problem.number: yuan_of(problem) for problem in now.plan.problems}
    return said
