"""``phase``: the outcome of what was due in each phase, and the tasks that a plan puts there, by group, on a day."""

from collections.abc import Sequence
from datetime import date

import ibis

from zhenggai.rollup.engine import Tables
from zhenggai.rollup.groups import By
from zhenggai.rollup.questions.group_names import TypeOfProblem, named
from zhenggai.rollup.questions.on_day import in_force, on_day
from zhenggai.rules.day.day_status import Group

_PHASE = ("county", "plan", "phase")


def outcomes(tables: Tables, day: date, by: By, types: Sequence[TypeOfProblem]) -> ibis.Table:
    """A row a group and phase: how many tasks were due there, and how many of them are on time, open, overdue.

    Phases of equal number and name are one, whatever plan they are of. What is due outside of all phases has no name.
    """
    tasks = named(in_force(tables.tasks, day), by, types)
    due = tasks.filter(tasks["due_phase"].notnull()).mutate(phase=tasks["due_phase"])
    phases = on_day(tables.phases, day).select(*_PHASE, phase_name="name").distinct()
    found = due.left_join(phases, _PHASE)
    return found.group_by("name", "phase", "phase_name").aggregate(
        due_tasks=found.count(),
        on_time=found["on_time"].sum(),
        open=(found["group"] != Group.COMPLETED.value).sum(),
        overdue=found["overdue"].sum(),
    )


def running(tables: Tables, day: date, by: By, types: Sequence[TypeOfProblem]) -> ibis.Table:
    """A row a group and phase: how many tasks the plans put there."""
    tasks = named(in_force(tables.tasks, day), by, types)
    phases = on_day(tables.phases, day).select(*_PHASE, "measure", phase_name="name")
    found = tasks.join(phases, ("county", "plan", "measure"))
    return found.group_by("name", "phase", "phase_name").aggregate(running=found.count())
