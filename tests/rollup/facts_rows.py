"""Small facts for tests: rows with what a test says of them, random ones, and a store with them."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import chain, pairwise
from pathlib import Path
from typing import Any, NamedTuple, get_type_hints

from hypothesis import strategies as st

from county_facts import fact
from zhenggai.facts.manifest import path_of
from zhenggai.facts.parquet import write_table
from zhenggai.facts.tables import TABLES, PhaseFact, ProblemFact, ScoreFact, TaskFact
from zhenggai.model.plan import Category
from zhenggai.rules.day.day_status import Group
from zhenggai.rules.day.lights import Light
from zhenggai.rules.task.life import Sort, State

FIRST = date(2020, 1, 1)
END = date(2020, 1, 11)
"""Facts of tests hold from ``FIRST`` to the eve of ``END``."""


class Rows(NamedTuple):
    """The facts of a county."""

    tasks: Sequence[TaskFact] = ()
    problems: Sequence[ProblemFact] = ()
    phases: Sequence[PhaseFact] = ()
    scores: Sequence[ScoreFact] = ()


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
    return fact(TaskFact, **{**usual, **said})


def problem(number: int, measure: str | None, **said: Any) -> ProblemFact:
    """A problem of the plan p and a measure that answers it, on all days of the facts."""
    usual: dict[str, Any] = {
        "plan": "p",
        "problem": number,
        "measure": measure,
        "own": measure is None or measure.startswith(f"{number}-"),
        "valid_from": FIRST,
        "valid_to": END,
    }
    return fact(ProblemFact, **{**usual, **said})


def store_of(store: Path, counties: Mapping[str, Rows]) -> list[Path]:
    """Write the facts of some counties, by their codes, as a roll-up keeps them. Each plan has files of its own."""
    found = []
    for code, rows in counties.items():
        folder = store / f"county={code}"
        for name in Rows._fields:
            (folder / name).mkdir(parents=True)
            of_table: Sequence[Any] = getattr(rows, name)
            for plan in sorted({row.plan for row in of_table} or {"p"}):
                of_plan = [row for row in of_table if row.plan == plan]
                write_table(folder / path_of(name, plan), TABLES[name], of_plan)
        found.append(folder)
    return found


_SOURCES = st.sampled_from(["", "省委巡视", "省委巡视、审计"])
_NATURES = st.sampled_from(["", "共性", "个性"])
_CLASSES = {"财政局": ("部门",), "教育局": ("部门", "乡镇"), "甲乡": ("乡镇",), "乙乡": ()}
_YUAN = st.decimals(0, 10**12, places=10)
_FEW = st.integers(0, 3)


@st.composite
def spans(draw: st.DrawFn, most: int = 3) -> list[tuple[date, date]]:
    """The days of the facts, or a part of them, as spans that follow each other."""
    days = draw(st.sets(st.integers(0, (END - FIRST).days), min_size=2, max_size=most + 1))
    cuts = [FIRST + timedelta(days=n) for n in sorted(days)]
    return list(pairwise(cuts))


@st.composite
def rows_of_counties(draw: st.DrawFn, plan: str) -> Rows:
    """The random facts of a plan: three problems with a few measures each, of which one answers another problem too."""
    tasks, problems, phases, scores = [], [], [], []
    for number in (1, 2, 3):
        nature, source = draw(_NATURES), draw(_SOURCES)
        measures = [f"{number}-{nth}" for nth in range(1, draw(st.integers(1, 3)))]
        answering: list[str | None] = [*measures, *(["1-1"] if number == 3 else [])]
        said: dict[str, Any] = {"plan": plan, "nature": nature, "source": source}
        for since, until in draw(spans(2)):
            amount = draw(st.none() | _YUAN)
            problems += [problem(number, m, **said, amount=amount, valid_from=since, valid_to=until) for m in answering]
        for measure in measures:
            category = draw(st.sampled_from(Category))
            for unit in sorted(draw(st.sets(st.sampled_from(sorted(_CLASSES)), min_size=1, max_size=2))):
                of_task = said | {"category": category, "unit_class": "、".join(_CLASSES[unit])}
                tasks += [draw(_task(measure, unit, of_task, span)) for span in draw(spans())]
    for phase in (1, 2):
        name = draw(st.sampled_from(["集中整改", "巩固提升"]))
        there = draw(st.sets(st.sampled_from(["1-1", "2-1", "3-2"]))) or [None]
        for since, until in draw(spans(2)):
            phases += [PhaseFact(plan, phase, name, FIRST, END, m, since, until) for m in there]
    for nth, (unit, classes) in enumerate(_CLASSES.items(), 1):
        weeks, ended = draw(_FEW), draw(st.booleans())
        of_classes: list[tuple[str | None, int | None]] = [(name, len(name)) for name in classes]
        scores += [
            ScoreFact(plan, unit, nth, name, class_nth, FIRST, END, weeks, ended)
            for name, class_nth in of_classes or [(None, None)]
        ]
    return Rows(tasks, problems, phases, scores)


@st.composite
def _task(draw: st.DrawFn, measure: str, unit: str, said: Mapping[str, Any], span: tuple[date, date]) -> TaskFact:
    """A random row of a task."""
    flag = st.booleans()
    flags = ("in_force", "closed", "followed", "continuous", "unread_deadline", "red", "due_counts")
    numbers = [name for name, hint in get_type_hints(TaskFact).items() if hint is int and name != "problem"]
    money = ("rectified", "recovered", "loss_avoided")
    group, overdue = draw(st.sampled_from(Group)), draw(flag)
    return task(
        measure,
        unit,
        group,
        **said,
        valid_from=span[0],
        valid_to=span[1],
        overdue=overdue,
        on_time=group is Group.COMPLETED and draw(flag),
        due=span[0] - timedelta(days=draw(st.integers(1, 2))) if overdue else None,
        due_phase=draw(st.sampled_from([None, 0, 1, 2, -1])),
        light=draw(st.sampled_from(Light)),
        **{name: draw(flag) for name in flags},
        **{name: draw(_FEW) for name in numbers},
        **{name: draw(_YUAN) for name in money},
    )


def together(*plans: Rows) -> Rows:
    """The facts of a county with several plans."""
    return Rows(*(tuple(chain.from_iterable(tables)) for tables in zip(*plans, strict=True)))
