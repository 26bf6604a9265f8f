"""The units on the board: how many of their tasks were on time, and their lights for each problem."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby
from operator import attrgetter
from typing import Final

from zhenggai.document import Block, Cell, Column, Para, ParaRole, Table, TableForm, row, table
from zhenggai.document.drawing import Lane
from zhenggai.frozen import frozen
from zhenggai.model.terms import Terms
from zhenggai.rules.day.lights import Light, worst_light
from zhenggai.rules.day.ranking import SMALL, ClassRanking, Ranked
from zhenggai.rules.day.snapshot import Snapshot, grouped
from zhenggai.views.board_facets import keys_of, problem_key
from zhenggai.views.columns import Key, Keys, ReportColumn, ReportColumns, tally, warned
from zhenggai.views.rank import MARK, NO_CLASS, on_time_cell, unit_words
from zhenggai.views.task_lines import TONES

_MANY: Final = 10  # problems above which a column has their number alone


def _on_time(ranked: Ranked) -> Cell:
    score = ranked.score
    words = f"{on_time_cell(ranked).text}（{score.on_time}/{score.due}）"
    return Cell(words, lane=Lane(settled=score.on_time / score.due)) if score.due else Cell("—")


_ON_TIME_COLUMNS = ReportColumns[Ranked](
    ReportColumn("unit", cell=unit_words, wrap=True, weight=3),
    ReportColumn("on_time_rate", cell=_on_time),
    ReportColumn("overdue", cell=lambda ranked: warned(ranked.score.counts.overdue), numeric=True),
    ReportColumn("red", cell=lambda ranked: warned(ranked.score.red), numeric=True),
)


def on_time_tables(classes: Iterable[ClassRanking], snapshot: Snapshot) -> Iterator[Block]:
    """The units of each class that had something to complete, by rank; the others in a sentence."""
    done = snapshot.plan.terms.done
    tasks = grouped(attrgetter("unit"), snapshot.tasks)
    idle: dict[str, None] = {}
    is_any = False
    for found in classes:
        due = [ranked for ranked in found.units if ranked.score.due]
        idle |= dict.fromkeys(ranked.score.unit for ranked in found.units if not ranked.score.due)
        if due:
            is_any = True
            keys = tuple(keys_of(snapshot.plan, tasks[ranked.score.unit]) for ranked in due)
            yield replace(_ON_TIME_COLUMNS.table(due, found.name or NO_CLASS), keys=keys)
    if idle:
        yield Para(f"没有应{done}任务的{len(idle)}个：{'、'.join(idle)}。")
    if is_any:
        note = f"按期率＝按期{done}÷应{done}，按类别分别排；应{done}不足{SMALL}件的（带{MARK}）排在后面。"
        yield Para(note, role=ParaRole.NOTE)


@frozen
class UnitLights:
    """The lights of the tasks that a unit has for a problem; ``light`` is the gravest."""

    unit: str
    problem: int
    light: Light
    lights: tuple[Light, ...]

    @property
    def tasks(self) -> int:
        """How many tasks there are."""
        return len(self.lights)

    @property
    def cell(self) -> Cell:
        """The gravest light, and how many of the tasks have it: 红, 红1/3."""
        share = f"{self.lights.count(self.light)}/{self.tasks}" if self.tasks > 1 else ""
        return Cell(f"{self.light}{share}", TONES[self.light])


LIGHTS = Keys[UnitLights](
    Key("unit"),
    Key("problem", head="问题"),
    Key("tasks"),
    Key("light"),
    *tally(Light, lambda light: light).through(attrgetter("lights")),
)
"""The lights of a unit for a problem in JSON."""


def lights_of(snapshot: Snapshot) -> tuple[UnitLights, ...]:
    """The lights of each unit for each problem, unit by unit, those with most red and yellow ones first."""
    units = grouped(attrgetter("unit"), snapshot.tasks)

    def many(unit: str) -> tuple[int, int]:
        lights = [task.status.light for task in units[unit]]
        return -lights.count(Light.RED), -lights.count(Light.YELLOW)

    found = []
    for unit in sorted(units, key=many):
        for problem, tasks in grouped(attrgetter("problem"), units[unit]).items():
            lights = tuple(task.status.light for task in tasks)
            found.append(UnitLights(unit, problem, worst_light(set(lights), snapshot.plan.rules), lights))
    return tuple(found)


def lights_note(terms: Terms) -> str:
    """What a cell of the lights says."""
    where = f"一格是一个单位在一个{terms.problem}上的任务"
    return f"{where}，取最重的灯：“红1/3”是3件任务中1件红灯。单位按红灯、黄灯多少排列。"


def lights_table(lights: Iterable[UnitLights], snapshot: Snapshot) -> Table:
    """Units down, problems across."""
    problems = [problem.number for problem in snapshot.plan.problems if problem.number in snapshot.of_problem]
    is_narrow, word = len(problems) > _MANY, snapshot.plan.terms.problem
    heads = (
        Column(f"单位／{word}" if is_narrow else "单位"),
        *(Column(str(number) if is_narrow else f"{word}{number}") for number in problems),
    )
    rows, keys = [], []
    for unit, found in groupby(lights, attrgetter("unit")):
        cells = {of.problem: of.cell for of in found}
        rows.append(row(unit, *(cells.get(number) for number in problems)))
        keys.append((unit, *(problem_key(snapshot.plan, number) for number in cells)))
    return replace(table(heads, rows), form=TableForm.GRID, keys=tuple(keys))
