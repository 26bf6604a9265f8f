"""The facts of a plan's problems and phases: which measures they had on which days."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from zhenggai.facts.spans import Span, merged
from zhenggai.facts.tables import PhaseFact, ProblemFact
from zhenggai.model.plan import Plan
from zhenggai.model.units import UnitBook
from zhenggai.rules.day.course import Course
from zhenggai.rules.day.money_sums import yuan_of
from zhenggai.rules.plan.groupings import sources_of
from zhenggai.rules.plan.phases import phase_windows
from zhenggai.rules.plan.plan_on_day import plan_at
from zhenggai.rules.task.task_history import turning_days

_DAY = timedelta(days=1)
_Key = tuple[int, str | None]
"""The number of a problem or a phase, and of a measure."""
_Values = tuple[Any, ...]
_RowsOf = Callable[[Plan], Iterable[tuple[_Key, _Values]]]


def problem_facts(course: Course) -> Iterator[ProblemFact]:
    """The facts of all problems of a plan on the days of a course: in the plan's order, each with its measures."""

    def rows(on_day: Plan) -> Iterator[tuple[_Key, _Values]]:
        for problem in on_day.problems:
            own = {measure.number for measure in problem.measures}
            said = problem.nature or "", "、".join(sources_of(on_day, problem)), yuan_of(problem)
            for number in problem.answered_by or (None,):
                yield (problem.number, number), (number in own, *said)

    for (problem, measure), (values, since, until) in _spans(course, rows):
        yield ProblemFact._make((course.plan.number, problem, measure, *values, since, until))


def phase_facts(course: Course) -> Iterator[PhaseFact]:
    """The facts of all phases of a plan on the days of a course: in the plan's order, each with its measures."""
    windows = phase_windows(course.plan)

    def rows(on_day: Plan) -> Iterator[tuple[_Key, _Values]]:
        for window in windows:
            measures = [measure.number for _, measure in on_day.measures() if window.number in measure.phases]
            for number in measures or (None,):
                yield (window.number, number), (window.name, window.start, window.end)

    for (phase, measure), ((name, start, end), since, until) in _spans(course, rows):
        yield PhaseFact(course.plan.number, phase, name, start, end, measure, since, until)


def _spans(course: Course, rows_of: _RowsOf) -> Iterator[tuple[_Key, Span[_Values]]]:
    """What a plan has on the successive days of a course: by problem or phase as they come first, then by measure."""
    if not course.days:
        return
    plan, first, last = course.plan, course.days[0], course.days[-1]
    turns = sorted(day for day in turning_days(plan, UnitBook()) if first < day <= last)
    found: dict[int, dict[str | None, list[Span[_Values]]]] = {}
    for since, until in pairwise((first, *turns, last + _DAY)):
        for (number, measure), values in rows_of(plan_at(plan, since, date.max)):
            found.setdefault(number, {}).setdefault(measure, []).append(Span(values, since, until))
    order: dict[str | None, int] = {measure.number: nth for nth, (_, measure) in enumerate(plan.measures())}
    for number, of_measures in found.items():
        for measure in sorted(of_measures, key=lambda measure: order.get(measure, -1)):
            yield from (((number, measure), span) for span in merged(of_measures[measure]))
