"""``--compare``: differences between an issued report and the same report made today: figures, tasks, plan and entries."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from operator import attrgetter
from typing import Any, Protocol

from zhenggai.document import Block, Column, Document, Heading, Para, Tone, row, table
from zhenggai.frozen import frozen
from zhenggai.model.issued_report import Issue, Reached
from zhenggai.model.labels import label_of
from zhenggai.model.money import Money, money_text
from zhenggai.model.numbers import ending, recorded_on
from zhenggai.model.terms import Terms
from zhenggai.model.wording import full_day, percent
from zhenggai.rules.day.snapshot import Snapshot
from zhenggai.rules.plan.plan_on_day import PlanChange
from zhenggai.rules.task.opening import is_imported
from zhenggai.views.changes_since_report import CHANGE_NAMES, all_reached
from zhenggai.views.columns import VERSION, Key, Keys, ReportColumn, ReportColumns, list_of
from zhenggai.views.report_entries import Told, told

KINDS = FIGURE, TASK, PLAN, IMPORTED, ADDED, CHANGED, GONE = (
    "数字",
    "任务",
    "方案调整",
    "期初导入",
    "补录",
    "更正",
    "作废或删去",
)
_CHANGES = dict(
    zip(
        CHANGE_NAMES,
        ("新完成", "新销号", "新增基本完成", "同意延期", "新增逾期", "新退回整改", "新重新整改"),
        strict=True,
    )
)
Day = date  # for a class with a field named ``date``


@frozen(kw_only=True)
class Difference:
    """A difference: its ``kind``, its subject, the old and the new value as text."""

    kind: str
    what: str
    old: str = ""
    new: str = ""
    date: Day | None = None
    recorded: Day | None = None
    measure: str | None = None
    unit: str | None = None
    number: str | None = None


class Comparable(Protocol):
    """A report that can be compared with what was issued."""

    @property
    def snapshot(self) -> Snapshot:
        """What it was made from."""

    @property
    def told(self) -> Sequence[Told]:
        """The entries that it lists."""

    def record(self) -> Mapping[str, object]:
        """Its JSON."""


def differences_of(issue: Issue, now: Comparable, adjusted: Iterable[PlanChange]) -> Iterator[Difference]:
    """All differences; ``adjusted`` holds the changes to the plan that were registered later."""
    yield from _of_figures(issue.record, now.record())
    yield from _of_tasks(issue, now)
    yield from map(_of_plan, adjusted)
    yield from _of_entries(issue, now)


def _of_figures(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Difference]:
    counted = old["totals"].keys() & new["totals"].keys()  # a report of an earlier version may count less
    before, after = (_figures_of(record, counted) for record in (old, new))
    if old.get("money") and new.get("money"):
        before |= _sums_of(old)
        after |= _sums_of(new)
    for what in dict.fromkeys((*before, *after)):
        if before.get(what, "0") != after.get(what, "0"):
            yield Difference(kind=FIGURE, what=what, old=before.get(what, "0"), new=after.get(what, "0"))


def _figures_of(record: Mapping[str, Any], counted: Collection[str]) -> dict[str, str]:
    """The figures of a report, by Chinese name; of the totals only those that are ``counted``."""
    totals = {name: value for name, value in record["totals"].items() if name in counted}
    figures = {
        label_of(name): percent(value) if name.endswith("rate") else str(value) for name, value in totals.items()
    }
    changes = record.get("changes")  # the cumulative report has none
    span = "累计" if changes is None else "当期"
    figures |= {f"{span}{word}": str(len(changes[name])) for name, word in _CHANGES.items()} if changes else {}
    tallies = record["tallies"]
    figures |= {f"{span}{k['kind']}": str(k["times"]) for k in tallies["kinds"]}
    return figures | {f"{span}{label_of(n)}": str(len(tallies[f"{n}s"])) for n in ("institution", "lesson")}


def _sums_of(record: Mapping[str, Any]) -> dict[str, str]:
    """The sums of money of a report, by Chinese name, in 万元."""
    sums = {label_of(name): record["money"].get(name) for name in ("amount", *Money._fields, "remaining")}
    done = record.get("money_in_period") or {}
    sums |= {f"当期{label_of(name)}": yuan for name, yuan in done.items()}
    return {name: "无" if yuan is None else f"{money_text(Decimal(yuan), '万元')}万元" for name, yuan in sums.items()}


def _of_tasks(issue: Issue, now: Comparable) -> Iterator[Difference]:
    before, after = issue.tasks, all_reached(now.snapshot)
    for measure, unit in dict.fromkeys((*before, *after)):
        old, new = before.get((measure, unit)), after.get((measure, unit))
        was, has = _reached_words(old, new)
        if was != has:
            yield Difference(kind=TASK, what="", measure=measure, unit=unit, old=was, new=has)


def _reached_words(old: Reached | None, new: Reached | None) -> tuple[str, str]:
    """The old and new state of a task as text, limited to what differs."""
    if old is None or new is None:
        return ("没有这件任务", new.state) if new else (old.state if old else "", "没有这件任务")
    pairs = [(was, has) for was, has in zip(_words(old), _words(new), strict=True) if was != has]
    return "，".join(was for was, _ in pairs), "，".join(has for _, has in pairs)


def _words(task: Reached) -> tuple[str, ...]:
    """The state of a task as phrases, which are compared one by one."""
    late = "逾期" if task.overdue else "未逾期"
    return task.state, late, f"第{task.round}轮", f"延期{task.extensions}次", f"退回{task.returns}次"


def _of_plan(change: PlanChange) -> Difference:
    return Difference(
        kind=PLAN,
        what=change.what,
        old="、".join(change.old),
        new="、".join(change.new),
        date=change.day,
        recorded=change.recorded,
        measure=change.number,
    )


def _of_entries(issue: Issue, now: Comparable) -> Iterator[Difference]:
    before = {str(e["number"]): e for e in issue.record["entries"]}
    later = told(
        now.snapshot, issue.issued, date.max, lambda e: e.date < issue.start and recorded_on(e.number) > issue.issued
    )
    after = {t.event.number: t for t in (*now.told, *later)}
    for number, entry in after.items():
        if number not in before:
            kind = IMPORTED if is_imported(entry.event, now.snapshot.plan.opening) else ADDED
            yield _entry(kind, entry, new=entry.entry.content or "")
    for number, old in before.items():
        if number not in after:
            yield Difference(
                kind=GONE,
                what=old["kind"],
                old=old["content"] or "",
                date=date.fromisoformat(old["date"]),
                measure=old["measure"],
                unit=old["unit"],
                number=number,
            )
        elif texts := _changed_texts(old, after[number].record()):
            yield _entry(CHANGED, after[number], old=texts[0], new=texts[1])


def _entry(kind: str, entry: Told, old: str = "", new: str = "") -> Difference:
    return Difference(
        kind=kind,
        what=entry.event.kind,
        old=old,
        new=new,
        date=entry.event.date,
        recorded=recorded_on(entry.event.number),
        measure=entry.measure,
        unit=entry.unit,
        number=entry.event.number,
    )


def _changed_texts(old: Mapping[str, Any], new: Mapping[str, Any]) -> tuple[str, str] | None:
    """The changed fields of an entry, old and new, such as 进度：40 and 进度：20; None if nothing changed."""
    names = [n for n in dict.fromkeys((*old, *new)) if _text(old.get(n)) != _text(new.get(n))]
    if not names:
        return None
    told_then, told_now = ("；".join(f"{label_of(n)}：{_text(r.get(n)) or '无'}" for n in names) for r in (old, new))
    return told_then, told_now


def _text(value: object) -> str:
    if value is None:
        return ""
    return "、".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


_COLUMNS = ReportColumns[Difference](
    ReportColumn("kind", head="变化", in_table=False),
    ReportColumn("what", head="事项", wrap=True, keep=2),
    ReportColumn("measure", keep=1),
    ReportColumn("unit", wrap=True),
    ReportColumn("old", head="印发时", wrap=True),
    ReportColumn("new", head="现在", wrap=True),
    ReportColumn("date"),
    ReportColumn("recorded", head="记录日", keep=3),
    ReportColumn("number", cell=lambda d: d.number and ending(d.number), keep=5),
)
_TABLE = ("date", "recorded", "measure", "unit", "what", "old", "new", "number")


@frozen
class Comparison:
    """``--compare``: an issued report, and the differences from today's, in order of kind."""

    title: str
    issue: Issue
    differences: tuple[Difference, ...]
    terms: Terms

    @property
    def heads(self) -> Mapping[str, str]:
        """The heads of CSV."""
        return _COLUMNS.called(self.terms).heads

    keys = Keys["Comparison"](
        VERSION,
        *(Key(name, attrgetter(f"issue.{name}")) for name in ("kind", "number", "start", "end", "as_of", "issued")),
        Key("altered", attrgetter("issue.is_altered")),
        list_of("differences", _COLUMNS),
    )

    def record(self) -> dict[str, object]:
        """The JSON of ``--compare``; ``altered`` says whether the text under 报告/ differs from the one that went out."""
        return self.keys.record(self)

    def rows(self) -> Sequence[Mapping[str, object]]:
        """One row per difference."""
        return _COLUMNS.records(self.differences)

    def document(self) -> Document:
        """A table per kind of difference; a sentence if there is none."""
        issue = self.issue
        span = f"统计区间：{full_day(issue.start)}至{full_day(issue.end)}（数据截至{full_day(issue.as_of)}）"
        blocks: list[Block] = [Para(f"{span}，{full_day(issue.issued)}印发")]
        if issue.is_altered:
            blocks.append(Para(f"注意：印发的原文（{issue.name}.txt）{issue.alteration}。", Tone.RED))
        for kind in KINDS:
            if here := [d for d in self.differences if d.kind == kind]:
                blocks.append(Heading(f"{kind}{len(here)}{'处' if kind in (FIGURE, TASK, PLAN) else '条'}", 2))
                blocks.append(_figures(here, self.terms) if kind == FIGURE else _listed(here, self.terms))
        if not self.differences:
            blocks.append(Para("没有变化。"))
        return Document(f"{self.title}{issue.title}（第{issue.number}期）印发后的变化", tuple(blocks))


def _figures(found: Sequence[Difference], terms: Terms) -> Block:
    heads = (Column("项目", wrap=True), Column("印发时", numeric=True), Column("现在", numeric=True))
    return table(heads, [row(terms.head(d.what), d.old, d.new) for d in found])


def _listed(found: Sequence[Difference], terms: Terms) -> Block:
    """A table without the columns that are empty."""
    shown = (key for key in _TABLE if any(getattr(d, key) for d in found))
    return _COLUMNS.arranged(*shown).called(terms).table(found)


def compare(issue: Issue, now: Comparable, adjusted: Iterable[PlanChange] = ()) -> Comparison:
    """The comparison of an issued report with the same report made today.

    ``adjusted`` holds the changes to the plan that apply to its day but were registered later.
    """
    found = sorted(differences_of(issue, now, adjusted), key=lambda d: KINDS.index(d.kind))
    plan = now.snapshot.plan
    return Comparison(plan.title, issue, tuple(found), plan.terms)
