"""Tasks as lines of lists, for ``overdue``, ``due``, ``status`` and the tables of reports."""

from collections.abc import Iterable
from datetime import date

from zhenggai.document import Cell, Column, Table, Tone, row, table
from zhenggai.frozen import frozen
from zhenggai.model.labels import label_of
from zhenggai.model.plan import Measure
from zhenggai.rules.day.lights import Light
from zhenggai.rules.day.snapshot import Snapshot, SnapshotTask
from zhenggai.views.selection import state_word

SCHEMA_VERSION = 1

TONES = {Light.RED: Tone.RED, Light.YELLOW: Tone.YELLOW, Light.GREEN: Tone.GREEN, Light.BLUE: Tone.BLUE}


def light_cell(light: Light) -> Cell:
    """A light as a coloured cell."""
    return Cell(light.value, TONES[light])


@frozen(kw_only=True)
class TaskLine:
    """A task in a list. ``deadline`` is in the plan's words; ``days`` > 0 is overdue, < 0 is the time left; percent is 0–100."""

    measure: str
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
        unit=task.unit,
        person=facts.person,
        content=measure.content,
        state=state_word(task),
        percent=facts.percent,
        deadline=facts.words,
        due=task.due,
        due_source=facts.due_source,
        days=None if left is None else -left,
        last_entry=task.last_entry,
        light=task.status.light,
        why=task.status.why,
    )


TASK_HEADS = {
    name: label_of(name)
    for name in (
        "measure",
        "unit",
        "person",
        "content",
        "state",
        "percent",
        "deadline",
        "due",
        "due_source",
        "days",
        "last_entry",
        "light",
        "why",
    )
}


def line_record(line: TaskLine) -> dict[str, object]:
    """A line for JSON, with English names."""
    return {name: getattr(line, name) for name in TASK_HEADS}


def task_table(lines: Iterable[TaskLine], days_head: str, title: str = "") -> Table:
    """A table of lines with the columns that a secretary needs; days have no sign and the head ``days_head``."""
    heads = (
        Column("措施"),
        Column("单位", wrap=True),
        Column("责任人", wrap=True, keep=5),
        Column("时限", wrap=True, keep=4),
        Column("截止日", keep=2),
        Column(days_head, numeric=True),
        Column("最近记录", keep=3),
        Column("时限出处", wrap=True, keep=6),
        Column("灯"),
    )
    rows = [
        row(
            line.measure,
            line.unit,
            line.person,
            line.deadline,
            line.due,
            None if line.days is None else abs(line.days),
            line.last_entry or "无",
            line.due_source,
            light_cell(line.light),
        )
        for line in lines
    ]
    return table(heads, rows, title)
