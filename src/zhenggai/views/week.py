"""The weekly report: the outline and the sentence shapes that counties use (domain rules, "Report sentences")."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar

from zhenggai.calendar import week_bounds
from zhenggai.document import Block, Column, Document, Heading, Para, Table, row, table
from zhenggai.errors import UsageError
from zhenggai.frozen import frozen
from zhenggai.model.book import Record
from zhenggai.model.entries import Done, Kind, Progress
from zhenggai.model.labels import label_of
from zhenggai.model.numbers import recorded_on
from zhenggai.model.plan import Finding
from zhenggai.model.wording import chinese, full_day, percent, quoted
from zhenggai.rules.phases import PhaseWindow
from zhenggai.rules.state import Picture, TaskState, counts_of, silent_units
from zhenggai.views.due import DutyLine, due, overdue
from zhenggai.views.lines import SCHEMA_VERSION, TaskLine, line_record
from zhenggai.views.sentences import finding_status, overall
from zhenggai.views.status import COUNT_NAMES

NEWEST = 5  # sentences a problem
SOON, LATER = 7, 20  # days ahead in 下步打算


@frozen
class Period:
    """A report's week: its number, Monday and Sunday."""

    number: int
    start: date
    end: date


def _first_monday(windows: Sequence[PhaseWindow], issued: date) -> date:
    start = min((w.start for w in windows if w.start), default=issued)
    return week_bounds(start)[0]


def period_of(windows: Sequence[PhaseWindow], issued: date, day: date) -> Period:
    """The report's week that a day lies in; No 1 is the week of the first phase's start (DESIGN §2)."""
    monday, sunday = week_bounds(day)
    first = _first_monday(windows, issued)
    if monday < first:
        raise UsageError(f"第 1 期是 {first} 那一周，{day} 在它之前\n  下一步：用 --as-of 指明更晚的日期")
    return Period((monday - first).days // 7 + 1, monday, sunday)


def period_no(windows: Sequence[PhaseWindow], issued: date, number: int) -> Period:
    """The report's week of a number, from 1."""
    if number < 1:
        raise UsageError("期号从 1 开始")
    monday = _first_monday(windows, issued) + timedelta(days=7 * (number - 1))
    return Period(number, monday, monday + timedelta(days=6))


@frozen
class Changes:
    """What is different from the week before."""

    completed: tuple[TaskState, ...]
    closed: tuple[TaskState, ...]
    newly_overdue: tuple[TaskState, ...]
    reopened: tuple[TaskState, ...]
    rate_points: float | None


def changes_since(before: Picture, now: Picture) -> Changes:
    """What changed between two pictures of one plan."""
    old = {t.task.key: t for t in before.tasks}

    def newly(holds: Callable[[TaskState], bool]) -> tuple[TaskState, ...]:
        return now.where(lambda t: holds(t) and not (t.task.key in old and holds(old[t.task.key])))

    rates = (before.counts.completion_rate, now.counts.completion_rate)
    return Changes(
        completed=newly(lambda t: t.head.is_complete),
        closed=newly(lambda t: t.head.closed is not None),
        newly_overdue=newly(lambda t: t.standing.is_overdue),
        reopened=now.where(lambda t: t.task.key in old and t.head.round > old[t.task.key].head.round),
        rate_points=None if rates[0] is None or rates[1] is None else round(rates[1] - rates[0], 2),
    )


@dataclass(frozen=True)
class WeeklyReport:
    """``week``: the picture at the period's end, what changed since the last, and the period's records."""

    picture: Picture
    period: Period
    changes: Changes
    records: tuple[tuple[TaskState, Record], ...]
    late_records: tuple[Record, ...]
    late: tuple[TaskLine, ...]
    late_duties: tuple[DutyLine, ...]
    soon: tuple[TaskLine, ...]
    silent: tuple[str, ...]

    heads: ClassVar[Mapping[str, str]] = {
        n: label_of(n) for n in ("date", "finding", "measure", "unit", "kind", "percent", "content")
    }

    def record(self) -> dict[str, object]:
        """The JSON of ``week``."""
        totals = self.picture.counts.record()
        return {
            "schema_version": SCHEMA_VERSION,
            "plan": self.picture.plan.number,
            "as_of": self.picture.as_of,
            "number": self.period.number,
            "start": self.period.start,
            "end": self.period.end,
            "totals": {n: totals[n] for n in ("problems", *COUNT_NAMES)},
            "changes": {
                "completed": _keys(self.changes.completed),
                "closed": _keys(self.changes.closed),
                "newly_overdue": _keys(self.changes.newly_overdue),
                "reopened": _keys(self.changes.reopened),
                "rate_points": self.changes.rate_points,
            },
            "entries": list(self.rows()),
            "late_records": [r.entry.number for r in self.late_records],
            "overdue": [line_record(t) for t in self.late],
            "due": [line_record(t) for t in self.soon],
            "silent_units": list(self.silent),
        }

    def rows(self) -> Sequence[Mapping[str, object]]:
        """A row an entry of the week."""
        return [
            {
                "date": r.entry.date,
                "finding": t.task.finding.number,
                "measure": t.measure,
                "unit": t.unit,
                "kind": r.entry.kind,
                "percent": getattr(r.entry, "percent", None),
                "content": r.entry.content,
            }
            for t, r in self.records
        ]

    def document(self) -> Document:
        """The report as it goes out."""
        span = f"统计区间：{full_day(self.period.start)}至{full_day(self.period.end)}（数据截至{full_day(self.picture.as_of)}）"
        blocks: list[Block] = [Para(span)]
        for title, part in (
            ("总体情况", self._overall()),
            ("本周进展", self._progress()),
            ("逾期及临期事项", self._late_and_soon()),
            ("存在问题", self._difficulties()),
            ("下步打算", self._next_steps()),
        ):
            ordinal = chinese(sum(isinstance(b, Heading) and b.level == 1 for b in blocks) + 1)
            blocks += [Heading(f"{ordinal}、{title}"), *part]
        blocks += [Heading("附：台账"), self._ledger()]
        return Document(f"{self.picture.plan.title}周报（第{self.period.number}期）", tuple(blocks))

    def _overall(self) -> list[Block]:
        c = self.changes
        points = "" if c.rate_points is None else f"，完成率{_points(c.rate_points)}"
        words = (
            f"与上周相比，新完成{len(c.completed)}件，新销号{len(c.closed)}件，"
            f"新增逾期{len(c.newly_overdue)}件，重新整改{len(c.reopened)}件{points}。"
        )
        phases = "；".join(_phase_words(w, self.picture.as_of) for w in self.picture.open_phases)
        return [Para(overall(self.picture)), Para(words), *([Para(f"{phases}。")] if phases else [])]

    def _progress(self) -> list[Block]:
        blocks: list[Block] = []
        for nth, finding in enumerate(self.picture.plan.findings, 1):
            blocks.append(Heading(f"（{chinese(nth)}）关于{quoted(finding.content)}问题", 2))
            blocks.append(Para(self._finding_words(finding)))
        return blocks

    def _finding_words(self, finding: Finding) -> str:
        tasks = self.picture.where(lambda t: t.task.finding.number == finding.number)
        here = [(t, r) for t, r in self.records if t.task.finding.number == finding.number]
        told = [_sentence(t, r) for t, r in here if isinstance(r.entry, Progress | Done)]
        sentences = "".join(f"{chinese(n)}是{text}。" for n, text in enumerate(told[-NEWEST:], 1))
        more = f"（本周进展{len(told)}条，列最近{NEWEST}条）" if len(told) > NEWEST else ""
        kinds = Counter(r.entry.kind for _, r in here if not isinstance(r.entry, Progress | Done))
        other = "、".join(f"{kind}{n}件" for kind, n in sorted(kinds.items(), key=lambda k: list(Kind).index(k[0])))
        parts = [finding_status(tasks), sentences, more, f"另有{other}。" if other else ""]
        return "".join(parts if here else [parts[0], "本周无新记录。"])

    def _late_and_soon(self) -> list[Block]:
        reasons = {(t.measure, t.unit): _reason(self.picture, t) for t in self.picture.tasks}
        blocks: list[Block] = []
        if self.late:
            blocks.append(_deadline_table(self.late, "逾期天数", reasons, f"逾期 {len(self.late)} 件"))
        else:
            blocks.append(Para("没有逾期任务。"))
        if self.soon:
            title = f"{self.picture.plan.rules.due_soon_days} 天内到期 {len(self.soon)} 件"
            blocks.append(_deadline_table(self.soon, "剩余天数", reasons, title))
        if self.late_duties:
            words = "；".join(f"{d.unit} {d.measure} {d.what}（{d.days}天）" for d in self.late_duties)
            blocks.append(Para(f"例行缺期、评估逾期{len(self.late_duties)}项：{words}。"))
        return blocks

    def _difficulties(self) -> list[Block]:
        told = _numbered(
            f"{t.unit}（{t.measure}）：{r.entry.difficulty}"
            for t, r in self.records
            if isinstance(r.entry, Progress) and r.entry.difficulty
        )
        blocks: list[Block] = [Para(told)] if told else []
        if self.silent:
            blocks.append(
                Para(
                    f"连续{self.picture.plan.rules.silent_days}天没有记录的单位{len(self.silent)}个：{'、'.join(self.silent)}。"
                )
            )
        if self.late_records:
            words = "；".join(
                f"{r.recorder} {r.entry.date}的{r.entry.kind}（{recorded_on(r.entry.number)}补录）"
                for r in self.late_records
            )
            blocks.append(Para(f"本周补录{len(self.late_records)}条：{words}。"))
        return blocks or [Para("各单位未报告困难。")]

    def _next_steps(self) -> list[Block]:
        told = _numbered(
            f"{t.unit}（{t.measure}）：{r.entry.next_steps}"
            for t, r in self.records
            if isinstance(r.entry, Progress) and r.entry.next_steps
        )
        within = {days: [t for t in self.soon if t.days is not None and -t.days <= days] for days in (SOON, LATER)}
        words = "；".join(f"{days}天内到期{len(tasks)}件{_some_tasks(tasks)}" for days, tasks in within.items())
        return [*([Para(told)] if told else []), Para(f"{words}。")]

    def _ledger(self) -> Table:
        heads: tuple[Column | str, ...] = (
            "措施",
            Column("内容", wrap=True),
            *(Column(h, numeric=True) for h in ("任务", "已完成", "已销号", "整改中", "未启动", "逾期", "完成率")),
        )
        rows = []
        for _, measure in self.picture.plan.measures():
            c = counts_of(t for t in self.picture.tasks if t.measure == measure.number)
            content = measure.content if len(measure.content) <= 20 else measure.content[:19] + "…"
            numbers = (
                c.tasks,
                c.completed,
                c.closed,
                c.in_progress,
                c.not_started,
                c.overdue,
                percent(c.completion_rate),
            )
            rows.append(row(measure.number, content, *numbers))
        return table(heads, rows)


def _keys(tasks: Iterable[TaskState]) -> list[dict[str, str]]:
    return [{"measure": t.measure, "unit": t.unit} for t in tasks]


def _points(points: float) -> str:
    if points == 0:
        return "持平"
    return f"{'提高' if points > 0 else '下降'}{abs(points):.2f}个百分点"


def _phase_words(window: PhaseWindow, day: date) -> str:
    share = window.share_gone(day)
    return f"{window.name}（{window.words}）" + ("持续推进" if share is None else f"时间已过{share:.0%}")


def _sentence(task: TaskState, record: Record) -> str:
    done = "完成整改，" if isinstance(record.entry, Done) else ""
    percent_now = getattr(record.entry, "percent", None)
    tail = f"（{task.measure}{'' if percent_now is None else f'，进度{percent_now}%'}）"
    return f"{task.unit}{done}{(record.entry.content or '').rstrip('。；')}{tail}"


def _numbered(texts: Iterable[str]) -> str:
    return "".join(f"{chinese(n)}是{text.rstrip('。')}。" for n, text in enumerate(texts, 1))


def _some_tasks(tasks: Sequence[TaskLine]) -> str:
    names = "、".join(f"{t.measure} {t.unit}" for t in tasks[:NEWEST])
    return f"（{names}{'等' if len(tasks) > NEWEST else ''}）" if tasks else ""


def _reason(picture: Picture, task: TaskState) -> str:
    """The newest reason or difficulty that the unit itself gave."""
    for event in reversed(task.events):
        entry = picture.record_by_number[event.number].entry
        if isinstance(entry, Progress) and (entry.cause or entry.difficulty):
            return entry.cause or entry.difficulty or ""
    return "未说明"


def _deadline_table(
    lines: Sequence[TaskLine], days_head: str, reasons: Mapping[tuple[str, str], str], title: str
) -> Table:
    heads = (
        Column("序号", numeric=True),
        "问题",
        "措施",
        "责任单位",
        "责任人",
        "整改时限",
        Column(days_head, numeric=True),
        Column("原因", wrap=True),
    )
    rows = [
        row(
            nth,
            t.measure.partition("-")[0],
            t.measure,
            t.unit,
            t.person,
            f"{t.deadline}（{t.due}）",
            abs(t.days or 0),
            reasons.get((t.measure, t.unit), ""),
        )
        for nth, t in enumerate(lines, 1)
    ]
    return table(heads, rows, title)


def week(now: Picture, before: Picture, period: Period) -> WeeklyReport:
    """The report of a week, from the pictures at its end and at the end of the week before."""
    rules = now.plan.rules
    records = [
        (t, now.record_by_number[e.number]) for t in now.tasks for e in t.events if period.start <= e.date <= period.end
    ]
    recorded = [r for r in now.known_records() if period.start <= recorded_on(r.entry.number) <= period.end]
    late = overdue(now)
    return WeeklyReport(
        picture=now,
        period=period,
        changes=changes_since(before, now),
        records=tuple(sorted(records, key=lambda pair: (pair[1].entry.date, pair[1].entry.number))),
        late_records=tuple(
            r for r in recorded if (recorded_on(r.entry.number) - r.entry.date).days > rules.late_record_days
        ),
        late=late.tasks,
        late_duties=late.duties,
        soon=due(now, max(LATER, rules.due_soon_days)).tasks,
        silent=silent_units(now.tasks, now.as_of - timedelta(days=rules.silent_days - 1), now.as_of),
    )
