"""How an issued report and the same report of today differ: figures, tasks, the plan, entries."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from zhenggai.frozen import frozen
from zhenggai.model.issued_report import Issue, Reached
from zhenggai.model.labels import label_of
from zhenggai.model.numbers import recorded_on
from zhenggai.model.wording import percent
from zhenggai.rules.plan.plan_on_day import PlanChange
from zhenggai.views.changes_since_report import CHANGE_NAMES, all_reached
from zhenggai.views.periodical import Periodical
from zhenggai.views.report_entries import Told, told

KINDS = FIGURE, TASK, PLAN, ADDED, CHANGED, GONE = "数字", "任务", "方案调整", "补录", "更正", "作废或删去"
_CHANGES = dict(
    zip(
        CHANGE_NAMES,
        ("新完成", "新销号", "新增基本完成", "同意延期", "新增逾期", "新退回整改", "新重新整改"),
        strict=True,
    )
)
Day = date  # inside a class that has a field named ``date``


@frozen(kw_only=True)
class Difference:
    """One thing that differs: ``kind`` of it, what it is about, how it was and how it is now, as text."""

    kind: str
    what: str
    old: str = ""
    new: str = ""
    date: Day | None = None
    recorded: Day | None = None
    measure: str | None = None
    unit: str | None = None
    number: str | None = None


def differences_of(issue: Issue, now: Periodical, adjusted: Iterable[PlanChange]) -> Iterator[Difference]:
    """All that differs; ``adjusted`` are the changes to the plan that were registered later."""
    yield from _of_figures(issue.record, now.record())
    yield from _of_tasks(issue, now)
    yield from map(_of_plan, adjusted)
    yield from _of_entries(issue, now)


def _of_figures(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Difference]:
    before, after = _figures_of(old), _figures_of(new)
    for what in dict.fromkeys((*before, *after)):
        if before.get(what, "0") != after.get(what, "0"):
            yield Difference(kind=FIGURE, what=what, old=before.get(what, "0"), new=after.get(what, "0"))


def _figures_of(record: Mapping[str, Any]) -> dict[str, str]:
    """The figures of a report under their Chinese names."""
    totals = record["totals"]
    rate = {label_of("completion_rate"): percent(totals["completion_rate"])}
    figures = {label_of(name): str(value) for name, value in totals.items()} | rate
    changes = record["changes"]
    figures |= {f"当期{word}": str(len(changes[name])) for name, word in _CHANGES.items()}
    tallies = record["tallies"]
    figures |= {f"当期{k['kind']}": str(k["times"]) for k in tallies["kinds"]}
    return figures | {f"当期{label_of(n)}": str(len(tallies[f"{n}s"])) for n in ("institution", "lesson")}


def _of_tasks(issue: Issue, now: Periodical) -> Iterator[Difference]:
    before, after = issue.tasks, all_reached(now.picture)
    for measure, unit in dict.fromkeys((*before, *after)):
        old, new = before.get((measure, unit)), after.get((measure, unit))
        was, has = _reached_words(old, new)
        if was != has:
            yield Difference(kind=TASK, what="", measure=measure, unit=unit, old=was, new=has)


def _reached_words(old: Reached | None, new: Reached | None) -> tuple[str, str]:
    """How a task was and is, in what differs."""
    if old is None or new is None:
        return ("没有这件任务", new.state) if new else (old.state if old else "", "没有这件任务")
    pairs = [(was, has) for was, has in zip(_words(old), _words(new), strict=True) if was != has]
    return "，".join(was for was, _ in pairs), "，".join(has for _, has in pairs)


def _words(task: Reached) -> tuple[str, ...]:
    """What a task has reached, in words that are told where they differ."""
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


def _of_entries(issue: Issue, now: Periodical) -> Iterator[Difference]:
    before = {str(e["number"]): e for e in issue.record["entries"]}
    later = told(
        now.picture, issue.issued, date.max, lambda e: e.date < issue.start and recorded_on(e.number) > issue.issued
    )
    after = {t.event.number: t for t in (*now.told, *later)}
    for number, entry in after.items():
        if number not in before:
            yield _entry(ADDED, entry, new=entry.entry.content or "")
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
    """The fields of an entry that read otherwise than they did, as 进度：40 and 进度：20; None where all are as they were."""
    names = [n for n in dict.fromkeys((*old, *new)) if _text(old.get(n)) != _text(new.get(n))]
    if not names:
        return None
    told_then, told_now = ("；".join(f"{label_of(n)}：{_text(r.get(n)) or '无'}" for n in names) for r in (old, new))
    return told_then, told_now


def _text(value: object) -> str:
    if value is None:
        return ""
    return "、".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
