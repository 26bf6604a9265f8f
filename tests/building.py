"""Builds books from short texts: plan and unit book as YAML, the ledger with one line for each entry.

``04-10 县教育局 进展 1-1 内容=初稿 进度=40 #稿`` is an entry of 2020-04-10 in the folder of 县教育局. Other lines refer to it
by its name 稿 (``针对=稿``). ``04-10/05-02`` was recorded on 05-02. ``04-10|b`` is in the file of writer b. Another year is
written out (2021-04-10). Entries of one recording day are numbered in the order of the lines. All texts are read by the
program's own readers.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

from zhenggai.frozen import types_of
from zhenggai.model.book import Book, Record
from zhenggai.model.entry_classes import CLASS_OF_KIND
from zhenggai.model.event_of_entry import Event
from zhenggai.model.organisations import OrganisationBook
from zhenggai.model.plan import Plan
from zhenggai.model.source import Source
from zhenggai.model.units import UnitBook
from zhenggai.reading.raw_entry import RawEntry, Value
from zhenggai.reading.typed import type_tree
from zhenggai.reading.typed_entries import type_entry
from zhenggai.reading.yaml_tree import read_tree
from zhenggai.rules.day.course import Course, Stood
from zhenggai.rules.day.snapshot import Snapshot, SnapshotTask
from zhenggai.rules.day.state import state
from zhenggai.rules.task.entry_assignment import file_events
from zhenggai.rules.task.task_state import TaskState
from zhenggai.rules.task.transitions import REF_KINDS, UNBOUND_KINDS

UNITS = """
类别: [{名称: 县直单位, 别名: [县直各单位]}, {名称: 乡镇, 别名: [各乡镇]}]
单位:
- {名称: 县教育局, 简称: [教育局], 类别: 县直单位}
- {名称: 县财政局, 类别: 县直单位}
- {名称: 县委组织部, 简称: [组织部]}
- {名称: 县委督查局}
- {名称: 县委办公室}
- {名称: 县档案馆}
- {名称: 城关镇, 类别: 乡镇}
- {名称: 河东乡, 类别: 乡镇}
"""

HEAD = """
编号: p
标题: 整改方案
年度: 2020
印发日期: 2020-03-01
审核: {初审: 牵头单位, 复核: 县委组织部, 回避: [县委督查局], 公示天数: 7}
督办单位: 县委督查局
阶段:
- {编号: 1, 名称: 集中整改, 时限: 2020年4月至9月}
- {编号: 2, 名称: 持续推进, 时限: 2020年9月至12月}
- {编号: 3, 名称: 融入经常, 时限: 2020年12月以后}
问题:
"""

PLAN = (
    HEAD
    + """
- 编号: 1
  内容: 学习不深入
  措施:
  - {编号: 1-1, 内容: 制定办法, 类别: 限期整改, 时限: 2020年6月30日前, 牵头单位: 县财政局, 责任单位: 县教育局, 阶段: [1]}
  - {编号: 1-2, 内容: 立即改正, 类别: 立行立改, 牵头单位: 县财政局, 责任单位: 县教育局}
  - {编号: 1-3, 内容: 长期坚持, 类别: 长期坚持, 下次评估: 2020-07-01, 牵头单位: 县财政局, 责任单位: 县教育局}
  - {编号: 1-4, 内容: 主题党日, 类别: 例行, 时限: 每月, 牵头单位: 县财政局, 责任单位: 县教育局, 阶段: [1]}
"""
)

_CONTENT = frozenset(kind for kind, cls in CLASS_OF_KIND.items() if types_of(cls)["content"] is str)
_LISTS = frozenset({"步骤", "佐证"})
NOWHERE = "20200101-00000000"  # the number for a name that no line has


def day(month_day: str) -> date:
    """A day of 2020 (06-30), or of the written year (2021-01-05)."""
    return date.fromisoformat(month_day if len(month_day) > 5 else f"2020-{month_day}")


@cache
def _read(owner: type, text: str) -> Any:
    node, faults = read_tree(text, "plans/p.yaml")
    assert node is not None, faults
    value, diagnostics = type_tree(owner, node, "plans/p.yaml")
    assert value is not None, diagnostics
    return value


def plan_of(text: str = PLAN) -> Plan:
    plan: Plan = _read(Plan, text)
    return plan


def units_of(text: str = UNITS) -> UnitBook:
    units: UnitBook = _read(UnitBook, text)
    return units


def organisations_of(text: str) -> OrganisationBook:
    organisations: OrganisationBook = _read(OrganisationBook, text)
    return organisations


def number_of(line: int, recorded: date) -> str:
    """The number of the entry on a line (from 1) of a test's ledger."""
    return f"{recorded:%Y%m%d}-{line:08}"


def _number(line: int, when: str) -> str:
    happened, _, recorded = when.partition("|")[0].partition("/")
    return number_of(line, day(recorded or happened))


def _record(line: int, words: list[str], called: Mapping[str, str]) -> Record:
    when, recorder, kind, *rest = words
    number = _number(line, when)
    days, _, file = when.partition("|")
    happened = days.partition("/")[0]
    values: dict[str, Value] = {"编号": number, "日期": day(happened).isoformat(), "事项": kind, "填报人": "办公室"}
    if kind in _CONTENT:
        values["内容"] = "情况"
    if kind not in REF_KINDS | UNBOUND_KINDS:
        values["措施"] = "1-1"
    for word in rest:
        key, given, value = word.partition("=")
        if key == "针对":
            values[key] = called.get(value, NOWHERE)
        elif key == "措施" and not value:
            values.pop("措施", None)
        elif given:
            values[key] = tuple(value.split("、")) if key in _LISTS else value
        elif not key.startswith("#"):
            values["措施"] = key
    path = f"ledgers/p/{recorder}/{number[:4]}-{number[4:6]}.{file or '办公室'}.aa.yaml"
    entry, diagnostics = type_entry(RawEntry(values, line, tuple(range(line, line + len(values))), 0, 0), path)
    assert entry is not None, diagnostics
    return Record(entry, recorder, Source(path, line))


def records_of(ledger: str) -> tuple[Record, ...]:
    """The records of a ledger, in order of path and line."""
    lines = list(enumerate(filter(None, (line.split() for line in ledger.splitlines())), 1))
    called = {word[1:]: _number(n, words[0]) for n, words in lines for word in words if word.startswith("#")}
    return in_order_of_place(_record(n, words, called) for n, words in lines)


def in_order_of_place(records: Iterable[Record]) -> tuple[Record, ...]:
    return tuple(sorted(records, key=lambda record: record.source))


def book_of(ledger: str = "", plan: str = PLAN, units: str = UNITS) -> Book:
    return Book(plan_of(plan), units_of(units), records_of(ledger))


def snapshot_of(
    ledger: str = "", as_of: str = "12-31", *, known_by: str = "9999-12-31", plan: str = PLAN, units: str = UNITS
) -> Snapshot:
    return state(book_of(ledger, plan, units), day(as_of), day(known_by))


def task_in(snapshot: Snapshot, measure: str = "1-1", unit: str = "县教育局") -> SnapshotTask:
    """The task of a measure and of the unit that the plan assigns."""
    (found,) = snapshot.where(lambda t: (t.measure, t.given) == (measure, unit))
    return found


def parts_of(snapshot: Snapshot) -> list[tuple[object, ...]]:
    """All values of a snapshot's tasks, in order, for comparison."""
    return [
        (t.key, t.unit, t.problem, t.task, t.head, t.row, t.status, tuple(t.events), tuple(t.trail))
        for t in (*snapshot.tasks, *snapshot.gone)
    ]


def head_of(ledger: str = "", as_of: str = "12-31", *, measure: str = "1-1", plan: str = PLAN) -> TaskState:
    return task_in(snapshot_of(ledger, as_of, plan=plan), measure).head


def refusals_of(ledger: str, as_of: str = "12-31", *, plan: str = PLAN, known_by: str = "9999-12-31") -> list[str]:
    """The diagnostics of a ledger, each with its line."""
    snapshot = snapshot_of(ledger, as_of, plan=plan, known_by=known_by)
    return [f"{diagnostic.source.line} {diagnostic.what}" for diagnostic in snapshot.diagnostics]


def course_of(book: Book, days: Sequence[date], known_by: date = date.max) -> dict[date, tuple[SnapshotTask, ...]]:
    """The tasks of a book on each of some days, from one course."""
    return {stood.day: stood.tasks for stood in stood_on(book, days, known_by)}


def stood_on(book: Book, days: Sequence[date], known_by: date = date.max) -> list[Stood]:
    """The tasks of a book on some days, and those given up, from one course."""
    return list(course_from(book, days, known_by).tasks())


def course_from(book: Book, days: Sequence[date], known_by: date = date.max) -> Course:
    """The course of a book on some days."""
    filed: dict[str, dict[str, Sequence[Event]]] = {}
    for address, events in file_events(book.events, book.plan, book.units).events.items():
        filed.setdefault(address.unit, {})[address.measure] = events

    def events_of(unit: str) -> Mapping[str, Sequence[Event]]:
        return filed.get(unit, {})

    return Course(book.plan, book.units, days, known_by, events_of)
