"""Small facts for tests: rows with what a test says of them, random ones, and a store with them."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple, get_type_hints

from zhenggai.facts.parquet import write_table
from zhenggai.facts.tables import TABLES, PhaseFact, ProblemFact, ScoreFact, TaskFact
from zhenggai.model.plan import Category
from zhenggai.rules.day.day_status import Group
from zhenggai.rules.day.lights import Light
from zhenggai.rules.task.life import Sort, State

FIRST = date(2020, 1, 1)
END = date(2020, 1, 11)
"""Facts of tests hold from ``FIRST`` to the eve of ``END``."""
NOTHING = Decimal(0)


class Rows(NamedTuple):
    """The facts of a county."""

    tasks: Sequence[TaskFact] = ()
    problems: Sequence[ProblemFact] = ()
    phases: Sequence[PhaseFact] = ()
    scores: Sequence[ScoreFact] = ()


class Folder(NamedTuple):
    """The kept facts of a county."""

    folder: Path


_TASK: Mapping[str, Any] = {
    name: {str: "", int: 0, bool: False, Decimal: NOTHING}.get(hint) for name, hint in get_type_hints(TaskFact).items()
}


def task(measure: str, unit: str, group: Group, **said: Any) -> TaskFact:
    """A task of the plan p in a group, on all days of the facts."""
    usual = {
        "plan": "p",
        "problem": int(measure.partition("-")[0]),
        "measure": measure,
        "given": unit,
        "unit": unit,
        "valid_from": FIRST,
        "valid_to": END,
        "in_force": True,
        "state": State.IN_PROGRESS,
        "group": group,
        "light": Light.GREEN,
        "category": Category.DATED,
        "sort": Sort.DATED,
        "round": 1,
    }
    return TaskFact(**{**_TASK, **usual, **said})


def problem(number: int, measure: str | None, **said: Any) -> ProblemFact:
    """A problem of the plan p and a measure that answers it, on all days of the facts."""
    usual: dict[str, Any] = {
        "plan": "p",
        "problem": number,
        "measure": measure,
        "own": measure is None or measure.startswith(f"{number}-"),
        "nature": "",
        "source": "",
        "amount": None,
        "valid_from": FIRST,
        "valid_to": END,
    }
    return ProblemFact(**{**usual, **said})


def store_of(store: Path, counties: Mapping[str, Rows]) -> list[Folder]:
    """Write the facts of some counties, by their codes, as a roll-up keeps them. Each plan has files of its own."""
    found = []
    for code, rows in counties.items():
        folder = store / f"county={code}"
        for name in Rows._fields:
            (folder / name).mkdir(parents=True)
            of_table: Sequence[Any] = getattr(rows, name)
            for plan in sorted({row.plan for row in of_table} or {"p"}):
                of_plan = [row for row in of_table if row.plan == plan]
                write_table(folder / name / f"{plan}.parquet", TABLES[name], of_plan)
        found.append(Folder(folder))
    return found
