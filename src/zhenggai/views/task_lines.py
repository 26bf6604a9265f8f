"""Tasks as lines of lists, for ``overdue``, ``due``, ``status`` and the tables of reports."""

from collections.abc import Callable, Iterable
from datetime import date

from zhenggai.document import Cell, Table, Tone
from zhenggai.frozen import frozen
from zhenggai.model.plan import Measure
from zhenggai.model.terms import Terms
from zhenggai.rules.day.day_status import StepStatus
from zhenggai.rules.day.lights import Light
from zhenggai.rules.day.snapshot import Snapshot, SnapshotTask
from zhenggai.views.columns import ReportColumn, ReportColumns
from zhenggai.views.selection import state_word

TONES = {Light.RED: Tone.RED, Light.YELLOW: Tone.YELLOW, Light.GREEN: Tone.GREEN, Light.BLUE: Tone.BLUE}


def light_cell(light: Light) -> Cell:
    """A light as a coloured cell."""
    return Cell(light.value, TONES[light])


@frozen(kw_only=True)
class TaskLine:
    """A task in a list. ``deadline`` is in the plan's words; ``days`` > 0 is overdue, < 0 is the time left; percent is 0–100.

    ``given`` is the unit that the plan assigns, as in the task's key; ``unit`` is responsible now.
    """

    measure: str
    given: str
    unit: str
    person: str | None
    content: str
    state: str
    percent: int | None
    deadline: str
    due: date | None
    due_source: str
    days: int | None
    last_entry: date | None
    light: Light
    why: str


def task_lines(snapshot: Snapshot, tasks: Iterable[SnapshotTask]) -> tuple[TaskLine, ...]:
    """The lines of some tasks."""
    measures = snapshot.plan.measure_by_number
    return tuple(_line(task, measures.get(task.measure) or task.task.measure) for task in tasks)


def _line(task: SnapshotTask, measure: Measure) -> TaskLine:
    left = task.status.days_left
    facts = task.row
    return TaskLine(
        measure=task.measure,
        given=task.given,
        unit=task.unit,
        person=facts.person,
        content=measure.content,
        state=state_word(task),
        percent=None if facts.is_complete else facts.percent,  # what was last said before it was done is no progress
        deadline=facts.words,
        due=task.due,
        due_source=facts.due_source,
        days=None if left is None else -left,
        last_entry=task.last_entry,
        light=task.status.light,
        why=task.status.why,
    )


TASKS = ReportColumns[TaskLine](
    ReportColumn("measure"),
    ReportColumn("unit", wrap=True),
    ReportColumn("person", wrap=True, keep=5),
    ReportColumn("content"),
    ReportColumn("state"),
    ReportColumn("percent", numeric=True),
    ReportColumn("deadline", wrap=True, keep=4),
    ReportColumn("due", keep=2),
    ReportColumn("due_source", wrap=True, keep=6, names_part=True),
    ReportColumn("days", cell=lambda line: line.days and abs(line.days), numeric=True),
    ReportColumn("last_entry", cell=lambda line: line.last_entry or "无", keep=3),
    ReportColumn("light", cell=lambda line: light_cell(line.light)),
    ReportColumn("why"),
)


@frozen(kw_only=True)
class StepLine:
    """A step in a list, as a task is in ``TaskLine``; ``step`` is its number."""

    measure: str
    step: str
    content: str
    given: str
    unit: str
    person: str | None
    deadline: str
    due: date
    days: int
    light: Light
    why: str


STEPS = ReportColumns[StepLine](
    ReportColumn("measure", in_table=False),
    ReportColumn("step"),
    ReportColumn("content", wrap=True, keep=1),
    ReportColumn("unit", wrap=True),
    ReportColumn("person", wrap=True, keep=5),
    ReportColumn("deadline", wrap=True, keep=4),
    ReportColumn("due", keep=2),
    ReportColumn("days", cell=lambda line: abs(line.days), numeric=True),
    ReportColumn("light", cell=lambda line: light_cell(line.light)),
    ReportColumn("why", in_table=False),
)


def longest_overdue(tasks: Iterable[SnapshotTask]) -> list[SnapshotTask]:
    """Those of the tasks that are overdue, the longest first."""
    return sorted((task for task in tasks if task.status.is_overdue), key=lambda task: -task.status.overdue_days)


def step_lines(tasks: Iterable[SnapshotTask], keep: Callable[[StepStatus], bool]) -> tuple[StepLine, ...]:
    """The lines of those steps of some tasks that satisfy a condition, the most overdue first."""
    found = (_step_line(task, step) for task in tasks for step in task.status.steps if keep(step))
    return tuple(sorted(found, key=lambda line: -line.days))


def _step_line(task: SnapshotTask, status: StepStatus) -> StepLine:
    step = status.step
    return StepLine(
        measure=task.measure,
        step=step.number,
        content=step.content,
        given=task.given,
        unit=task.unit,
        person=task.person,
        deadline=step.words,
        due=status.due,
        days=-status.days_left,
        light=status.light,
        why=status.why,
    )


def step_table(lines: Iterable[StepLine], days_head: str, title: str) -> Table:
    """A table of steps; days have no sign and the head ``days_head``."""
    keys = ("step", "content", "unit", "person", "deadline", "due", "days", "light")
    return STEPS.arranged(*keys, days=days_head).table(lines, title)


def task_table(lines: Iterable[TaskLine], days_head: str, terms: Terms, title: str = "") -> Table:
    """A table of lines with the columns that a secretary needs; days have no sign and the head ``days_head``."""
    keys = ("measure", "unit", "person", "deadline", "due", "days", "last_entry", "due_source", "light")
    return TASKS.arranged(*keys, days=days_head).called(terms).table(lines, title)
