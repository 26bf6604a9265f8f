"""The facets of the board: by which units and problems a page picks rows."""

from collections.abc import Iterable

from zhenggai.document import Choice, Facet
from zhenggai.model.plan import Plan
from zhenggai.model.wording import shortened
from zhenggai.rules.day.ranking import ClassRanking
from zhenggai.rules.day.snapshot import Snapshot, SnapshotTask
from zhenggai.views.rank import NO_CLASS

_SHOWN = 40  # characters of a problem among the choices


def problem_key(plan: Plan, number: int) -> str:
    """The key of a problem, which no problem of another plan and no unit has."""
    return f"问题 {plan.number} {number}"


def facets_of(snapshot: Snapshot, classes: Iterable[ClassRanking]) -> tuple[Facet, ...]:
    """Units by class, and problems: what has tasks."""
    plan = snapshot.plan
    units: dict[str, Choice] = {}
    for found in classes:
        for ranked in found.units:
            units.setdefault(ranked.score.unit, Choice(ranked.score.unit, ranked.score.unit, found.name or NO_CLASS))
    problems = (
        Choice(problem_key(plan, problem.number), f"{problem.number} {shortened(problem.content, _SHOWN)}", plan.title)
        for problem in plan.problems
        if problem.number in snapshot.of_problem
    )
    return Facet("单位", tuple(units.values())), Facet(plan.terms.problem, tuple(problems))


def keys_of(plan: Plan, tasks: Iterable[SnapshotTask]) -> tuple[str, ...]:
    """The choices that some tasks belong to."""
    found = list(tasks)
    units, problems = (task.unit for task in found), (problem_key(plan, task.problem) for task in found)
    return tuple(dict.fromkeys((*units, *problems)))
