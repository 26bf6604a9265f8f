"""``show``: one thing — a measure, a task, a unit, an entry — and its whole history, oldest first."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import ClassVar

from zhenggai.document import Block, Column, Document, Heading, Para, Table, row, table
from zhenggai.errors import UsageError
from zhenggai.frozen import frozen
from zhenggai.model.book import Record
from zhenggai.model.entries import Entry, Kind, field_order
from zhenggai.model.labels import label_of
from zhenggai.model.numbers import measure_number, recorded_on
from zhenggai.model.plan import Measure
from zhenggai.model.wording import nearest_words
from zhenggai.rules.head import Event
from zhenggai.rules.state import Picture, TaskState
from zhenggai.views.lines import (
    SCHEMA_VERSION,
    TONES,
    due_source,
    light_cell,
    line_record,
    task_line,
)
from zhenggai.views.selection import state_word, unit_names

_SHOWN_APART = frozenset(
    ("number", "date", "measure", "unit", "kind", "content", "evidence", "writer", "percent", "conclusion")
)
_OF_NO_INTEREST = frozenset(("ref", "measure_digest"))  # in a list; one entry shown alone has them


@frozen(kw_only=True)
class HistoryLine:
    """An entry in a history. ``counted`` says whether it took part, ``late`` how many days after its date it came."""

    entry: Entry
    record: Record
    unit: str
    counted: bool
    late: int


@dataclass(frozen=True)
class History:
    """``show``: what was asked for (``title`` and facts), its tasks, its entries."""

    picture: Picture
    title: str
    facts: tuple[str, ...]
    tasks: tuple[TaskState, ...]
    lines: tuple[HistoryLine, ...]
    in_full: bool = False

    heads: ClassVar[Mapping[str, str]] = {
        n: label_of(n) for n in ("date", "number", "measure", "unit", "recorder", "kind", "percent", "conclusion", "content", "evidence", "writer")
    }  # fmt: skip

    def record(self) -> dict[str, object]:
        """The JSON of ``show``."""
        return {
            "schema_version": SCHEMA_VERSION,
            "plan": self.picture.plan.number,
            "as_of": self.picture.as_of,
            "title": self.title,
            "facts": list(self.facts),
            "tasks": [line_record(task_line(t)) for t in self.tasks],
            "entries": [_entry_record(line) for line in self.lines],
        }

    def rows(self) -> Sequence[Mapping[str, object]]:
        """A row an entry."""
        return [{name: _entry_record(line).get(name) for name in self.heads} for line in self.lines]

    def document(self) -> Document:
        """Facts, where the tasks stand, then the entries."""
        blocks: list[Block] = [Para(f"截至 {self.picture.as_of}"), *(Para(fact) for fact in self.facts)]
        blocks += self._standing()
        blocks.append(Heading(f"记录 {len(self.lines)} 条", 2) if self.lines else Para("还没有记录。"))
        if self.in_full:
            for line in self.lines:
                blocks += [Para(text) for text in full_text(line)]
        elif self.lines:
            blocks.append(self._table())
        return Document(self.title, tuple(blocks))

    def _standing(self) -> list[Block]:
        if len(self.tasks) == 1:
            return [Para(text, TONES[self.tasks[0].standing.light]) for text in task_facts(self.tasks[0])]
        return [_standing_table(self.tasks)] if self.tasks else []

    def _table(self) -> Block:
        heads = (
            Column("日期"),
            Column("措施", keep=3),
            Column("单位", wrap=True, keep=2),
            Column("事项"),
            Column("内容", wrap=True),
            Column("编号", keep=5),
        )
        rows = [
            row(line.entry.date, line.entry.measure, line.unit, line.entry.kind, gist(line), line.entry.number[-8:])
            for line in self.lines
        ]
        return table(heads, rows)


def _standing_table(tasks: Sequence[TaskState]) -> Table:
    """Several tasks, a row each: where they stand and why."""
    heads = (
        Column("措施", keep=1),
        Column("单位", wrap=True),
        Column("状态"),
        Column("进度", numeric=True, keep=2),
        Column("截止日", keep=3),
        Column("最近记录", keep=5),
        Column("责任人", wrap=True, keep=6),
        Column("灯"),
        Column("缘由", wrap=True, keep=4),
    )
    rows = [
        row(
            t.measure,
            t.unit,
            state_word(t),
            claimed(t),
            t.head.due,
            t.head.last_entry or "无",
            t.task.person,
            light_cell(t.standing.light),
            t.standing.why,
        )
        for t in tasks
    ]
    return table(heads, rows)


def _entry_record(line: HistoryLine) -> dict[str, object]:
    entry = line.entry
    values = {f.name: getattr(entry, f.name) for f in fields(entry)}
    given = {name: value for name, value in values.items() if value not in (None, (), False)}
    return given | {
        "unit": line.unit,
        "recorder": line.record.recorder,
        "counted": line.counted,
        "path": line.record.source.path,
        "line": line.record.source.line,
    }


def gist(line: HistoryLine) -> str:
    """An entry in one piece of text: percent, conclusion, what it says, what else it carries."""
    entry = line.entry
    parts = [] if line.record.recorder == line.unit else [f"{line.record.recorder}记录"]
    if (percent := getattr(entry, "percent", None)) is not None:
        parts.append(f"{percent}%")
    if conclusion := getattr(entry, "conclusion", None):
        parts.append(str(conclusion))
    parts += [entry.content] if entry.content else []
    for field in fields(entry):
        value = getattr(entry, field.name)
        if field.name not in _SHOWN_APART | _OF_NO_INTEREST and value not in (None, (), False):
            parts.append(f"{label_of(field.name)}：{_text(value)}")
    parts += [f"佐证 {len(entry.evidence)} 份"] if entry.evidence else []
    parts += [f"补录（晚 {line.late} 天）"] if line.late else []
    parts += [] if line.counted else ["【未计入】"]
    return "；".join(parts)


def full_text(line: HistoryLine) -> list[str]:
    """All that an entry says, a line a field."""
    entry = line.entry
    texts = [f"{line.record.source}"]
    for name in field_order(type(entry)):
        value = getattr(entry, name)
        if value not in (None, (), False):
            texts.append(f"{label_of(name)}：{_text(value)}")
    return texts


def _text(value: object) -> str:
    if isinstance(value, tuple):
        return "、".join(map(str, value))
    return "是" if value is True else str(value)


def claimed(task: TaskState) -> str | None:
    """The percent a task claims, while it is still at work."""
    return None if task.head.percent is None or task.head.is_complete else f"{task.head.percent}%"


def task_facts(task: TaskState) -> list[str]:
    """Where one task stands, a fact a line."""
    head, standing = task.head, task.standing
    facts = [f"{task.unit}：{state_word(task)}，{standing.light}灯（{standing.why}）"]
    if task.task.holder != task.task.key.unit:
        facts.append(f"原责任单位 {task.task.key.unit}")
    if task.task.schedule.words:
        first = f"，原截止 {head.first_due}" if head.first_due != head.due else ""
        due = f"截止 {head.due}" if head.due else "无截止日"
        facts.append(f"时限：{task.task.schedule.words}（{due}{first}；{due_source(task)}）")
    facts += [f"注意：{warning}" for warning in task.task.schedule.warnings]
    people = [
        f"责任人 {task.task.person}" if task.task.person else "",
        f"责任领导 {task.task.leader}" if task.task.leader else "",
    ]
    facts.append("；".join(p for p in people if p) or "责任人未写明")
    if claimed(task):
        expected = "" if standing.expected is None else f"，序时 {standing.expected}%"
        facts.append(f"进度 {claimed(task)}{expected}")
    counts = (
        ("第", head.round, "轮", 1),
        ("延期 ", head.extensions, " 次", 0),
        ("退回 ", head.returns, " 次", 0),
        ("反弹 ", head.relapses, " 次", 0),
    )
    told = [f"{before}{n}{after}" for before, n, after, usual in counts if n > usual]
    return [*facts, "，".join(told)] if told else facts


def show(picture: Picture, thing: str, unit: str | None = None) -> History:
    """What a word stands for: a measure's number, a unit's name, or the end of an entry's number (4 or more)."""
    if record := picture.record_by_number.get(thing):  # before measures: 20200512-00000001 would pass for one
        return _show_entry(picture, record)
    if number := measure_number(thing):
        return _show_measure(picture, number, unit)
    if picture.units.unit_named(thing):
        return _show_unit(picture, thing)
    found = [r for r in picture.record_by_number.values() if len(thing) >= 4 and r.entry.number.endswith(thing)]
    if len(found) > 1:
        numbers = "、".join(r.entry.number for r in found[:5])
        raise UsageError(f"“{thing}”是 {len(found)} 条记录的结尾：{numbers}\n  下一步：多写几个字符")
    if found:
        return _show_entry(picture, found[0])
    near = nearest_words(thing, [*picture.plan.measure_by_number, *picture.units.by_name])
    raise UsageError(f"没有叫“{thing}”的措施、单位或记录\n  最接近的有：{near}")


def _show_measure(picture: Picture, number: str, unit: str | None) -> History:
    measure = picture.plan.measure_by_number.get(number)
    if measure is None:
        step = number.rpartition("-")[0]
        known = nearest_words(
            step if step in picture.plan.measure_by_number else number, list(picture.plan.measure_by_number)
        )
        raise UsageError(f"没有措施 {number}\n  最接近的有：{known}")
    names = unit_names(picture, unit) if unit else None
    tasks = picture.where(
        lambda t: t.measure == number and (names is None or t.unit in names or t.task.key.unit in names)
    )
    return History(picture, f"{number} {measure.content}", measure_facts(measure), tasks, _lines(picture, tasks))


def measure_facts(measure: Measure) -> tuple[str, ...]:
    """What the plan says of a measure, a fact a line."""
    facts = (
        ("类别", measure.category),
        ("牵头单位", "、".join(measure.lead_units)),
        ("责任单位", "、".join(measure.units)),
        ("配合单位", "、".join(measure.supporting_units)),
        ("整改目标", measure.goal),
        ("完成标准", measure.standard),
        ("指标", f"{measure.target.name} {measure.target.requirement}" if measure.target else None),
        ("阶段", "、".join(map(str, measure.phases))),
        ("步骤", "；".join(f"{s.number} {s.content}" for s in measure.steps)),
        ("调整", "；".join(f"{a.date} {a.field}改为{'、'.join(a.new)}（{a.basis}）" for a in measure.adjustments)),
    )
    return tuple(f"{label}：{text}" for label, text in facts if text)


def _show_unit(picture: Picture, name: str) -> History:
    found = picture.units.unit_named(name)
    unit = found.name if found else name
    tasks = picture.where(lambda t: unit in (t.unit, t.task.key.unit))
    classes = "、".join(found.classes_on(picture.as_of)) if found else ""
    facts = (f"类别：{classes or '无'}", f"任务 {len(tasks)} 件")
    own = [r for r in picture.known_records() if _unit_of(picture, r) == unit and r.entry.measure is None]
    lines = {line.entry.number: line for line in (*_lines(picture, tasks), *(_line(r, unit, True) for r in own))}
    return History(picture, unit, facts, tasks, _in_order(lines.values()))


def _unit_of(picture: Picture, record: Record) -> str:
    name = record.entry.unit or record.recorder
    unit = picture.units.unit_named(name)
    return unit.name if unit else name


def _show_entry(picture: Picture, record: Record) -> History:
    number = record.entry.number
    tasks = picture.where(lambda t: any(e.number == number for e in t.events))
    counted = bool(tasks) or record.entry.measure is None
    unit = tasks[0].task.key.unit if tasks else _unit_of(picture, record)
    answers = [r for r in picture.known_records() if getattr(r.entry, "ref", None) == number]
    lines = [_line(record, unit, counted), *(_line(r, unit, True) for r in answers)]
    return History(picture, f"记录 {number}", (), tasks, _in_order(lines), in_full=True)


def _lines(picture: Picture, tasks: Sequence[TaskState]) -> tuple[HistoryLine, ...]:
    """All entries filed under some tasks, those that were refused or corrected included."""
    lines: list[HistoryLine] = []
    for task in tasks:
        counted = {event.number for event in task.events}
        for event in task.filed:
            record = picture.record_by_number[event.number]
            if _known(event, picture):
                lines.append(
                    _line(record, task.task.key.unit, event.number in counted or event.kind is Kind.CORRECTION)
                )
    return _in_order(lines)


def _known(event: Event, picture: Picture) -> bool:
    return event.date <= picture.as_of and recorded_on(event.number) <= picture.known_by


def _line(record: Record, unit: str, counted: bool) -> HistoryLine:
    days = (recorded_on(record.entry.number) - record.entry.date).days
    return HistoryLine(entry=record.entry, record=record, unit=unit, counted=counted, late=days if days > 7 else 0)


def _in_order(lines: Iterable[HistoryLine]) -> tuple[HistoryLine, ...]:
    return tuple(sorted(lines, key=lambda line: (line.entry.date, line.entry.number)))
