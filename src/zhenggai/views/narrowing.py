"""A snapshot narrowed to some of its problems, tasks or units, with a plan and entries to match."""

from __future__ import annotations

from copy import copy
from dataclasses import replace
from typing import TYPE_CHECKING

from zhenggai.model.kinds import Kind
from zhenggai.rules.day.snapshot import Aside

if TYPE_CHECKING:
    from collections.abc import Collection

    from zhenggai.model.event_of_entry import Event
    from zhenggai.rules.day.snapshot import Snapshot, SnapshotTask


def narrowed(snapshot: Snapshot, tasks: tuple[SnapshotTask, ...], gone: tuple[SnapshotTask, ...] = ()) -> Snapshot:
    """The snapshot with these tasks only, without measures that have none of them, and problems that none of them answers.

    ``gone`` are the tasks given up that stay.
    """
    measures = {task.measure for task in tasks}
    problems = tuple(
        replace(
            problem,
            measures=tuple(m for m in problem.measures if m.number in measures),
            shared_measures=tuple(number for number in problem.shared_measures if number in measures),
        )
        for problem in snapshot.plan.problems
        if not measures.isdisjoint(problem.answered_by)
    )
    return replace(
        snapshot,
        tasks=tasks,
        gone=gone,
        plan=replace(snapshot.plan, problems=problems),
        narrowed_from=snapshot.narrowed_from or snapshot,
    )


def of_problems(snapshot: Snapshot, numbers: Collection[int]) -> Snapshot:
    """The snapshot of some problems alone. A measure that one of them shares with a problem left out is its own here."""
    plan = snapshot.plan
    home = {m.number: problem.number for problem, m in plan.measures() if problem.number in numbers}
    problems = []
    for problem in plan.problems:
        if problem.number in numbers:
            lent = [n for n in problem.shared_measures if home.setdefault(n, problem.number) == problem.number]
            own = (*problem.measures, *(plan.measure_by_number[n] for n in lent if n in plan.measure_by_number))
            left = tuple(n for n in problem.shared_measures if n not in lent)
            problems.append(replace(problem, measures=own, shared_measures=left))
    chosen = replace(plan, problems=tuple(problems))
    place = {measure.number: nth for nth, (_, measure) in enumerate(chosen.measures())}
    tasks = (_moved(task, home[task.measure]) for task in snapshot.tasks if task.measure in place)
    gone = (_moved(t, home.get(t.measure, t.problem)) for t in snapshot.gone)
    return replace(
        snapshot,
        plan=chosen,
        tasks=tuple(sorted(tasks, key=lambda task: place[task.measure])),
        gone=tuple(task for task in gone if task.problem in numbers),
    )


def _moved(task: SnapshotTask, problem: int) -> SnapshotTask:
    """The task as one of another problem."""
    if task.problem == problem:
        return task
    moved = copy(task)
    moved.problem = problem
    return moved


def about_units(snapshot: Snapshot, names: frozenset[str] | None, *, only_units: bool) -> Snapshot:
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
