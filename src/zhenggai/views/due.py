"""``overdue`` and ``due``: what is late, and what falls due."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cache, cached_property

from zhenggai.deadline.recurrence import DutyOccurrence, Recurrence
from zhenggai.document import Block, Document, Para
from zhenggai.document.calendar import Calendar
from zhenggai.frozen import frozen
from zhenggai.rules.day.duty_count import OpenDuty
from zhenggai.rules.day.snapshot import Snapshot, SnapshotTask
from zhenggai.rules.todo.submissions import PendingSubmission
from zhenggai.views.columns import AS_OF, PLAN, VERSION, Key, Keys, ReportColumn, ReportColumns, list_of
from zhenggai.views.due_calendar import due_calendar
from zhenggai.views.periods import duty_in_words
from zhenggai.views.sentences import as_of_words
from zhenggai.views.submissions import EVER, SUBMISSIONS, SubmissionLine, submission_lines, submission_table
from zhenggai.views.task_lines import (
    STEPS,
    TASKS,
    StepLine,
    TaskLine,
    longest_overdue,
    step_lines,
    step_table,
    task_lines,
    task_table,
)


@frozen
class DutyLine:
    """An occurrence of a recurring duty or a review of a long-term task; ``days`` > 0 is late. ``in_words`` is ``what`` for papers."""

    measure: str
    given: str
    unit: str
    person: str | None
    what: str
    due: date
    days: int
    in_words: str


_DUTIES = ReportColumns[DutyLine](
    ReportColumn("measure"),
    ReportColumn("unit", wrap=True),
    ReportColumn("person", wrap=True, keep=3),
    ReportColumn("what", head="应办", wrap=True, keep=1),
    ReportColumn("due", keep=2),
    ReportColumn("days", cell=lambda duty: abs(duty.days), numeric=True),
)


def _of_due(key: str, number: "Callable[[DueList], int]") -> Key["DueList"]:
    """A number that only ``due`` gives."""
    return Key(key, lambda report: None if report.late else number(report), int, optional=True)


@frozen(slots=False)
class DueList:
    """Tasks with their dates, and duties; ``late`` distinguishes ``overdue`` from ``due``."""

    snapshot: Snapshot
    late: bool
    within: int
    tasks: tuple[TaskLine, ...]
    steps: tuple[StepLine, ...]
    duties: tuple[DutyLine, ...]
    submissions: tuple[SubmissionLine, ...] = ()

    @property
    def heads(self) -> Mapping[str, str]:
        """The heads of CSV."""
        return TASKS.called(self.snapshot.plan.terms).heads

    keys = Keys["DueList"](
        VERSION,
        PLAN,
        AS_OF,
        _of_due("within", lambda report: report.within),
        _of_due("overdue", lambda report: len(report.already.tasks)),
        _of_due("overdue_steps", lambda report: len(report.already.steps)),
        _of_due("missed", lambda report: len(report.already.duties)),
        list_of("tasks", TASKS),
        list_of("steps", STEPS),
        list_of("duties", _DUTIES),
        SUBMISSIONS,
    )

    @cached_property
    def already(self) -> "DueList":
        """What is past due on the day, as ``overdue`` lists it."""
        return overdue(self.snapshot)

    def record(self) -> dict[str, object]:
        """The JSON of ``overdue`` and ``due``; ``due`` also counts what ``overdue`` would list."""
        return self.keys.record(self)

    def rows(self) -> Sequence[Mapping[str, object]]:
        """One row per task, then one per step, with its number in place of the measure's, then one per duty."""
        duties = _DUTIES.arranged("measure", "unit", "person", "due", "days")
        steps = STEPS.arranged("unit", "person", "content", "deadline", "due", "days", "light", "why")
        return [
            *TASKS.records(self.tasks),
            *({"measure": s.step, **steps.record(s)} for s in self.steps),
            *({**duties.record(d), "deadline": d.what} for d in self.duties),
        ]

    def document(self) -> Document:
        """The lists as tables; a sentence if there is nothing to list."""
        blocks: list[Block] = [Para(as_of_words(self.snapshot))]
        days_head = "逾期天数" if self.late else "剩余天数"
        if self.tasks:
            blocks.append(task_table(self.tasks, days_head, self.snapshot.plan.terms))
        else:
            blocks += [Para("没有逾期的任务。")] if self.late else self._nothing_due()
        if self.steps:
            title = f"逾期步骤 {len(self.steps)} 个" if self.late else f"{self.within} 天内到期的步骤"
            blocks.append(step_table(self.steps, days_head, title))
        if self.duties:
            title = "例行缺期、评估逾期" if self.late else "例行与评估"
            blocks.append(
                _DUTIES.arranged(*_DUTIES.heads, days=days_head)
                .called(self.snapshot.plan.terms)
                .table(self.duties, title)
            )
        if self.submissions:
            title = "逾期没有报的" if self.late else f"{self.within} 天内要报的"
            blocks.append(submission_table(self.submissions, title, days_head))
        title = "逾期任务" if self.late else f"{self.within} 天内到期"
        return Document(f"{self.snapshot.plan.title}：{title}", tuple(blocks))

    def calendar(self) -> Calendar:
        """An event for each line of the lists."""
        return due_calendar(self)

    def _nothing_due(self) -> Iterator[Para]:
        """What is said if no task falls due: also how much is already late, and so no longer in the list."""
        late, to_see = self.already, "用 zhenggai overdue 查看"
        counted = ((len(late.tasks), "件"), (len(late.steps), "个步骤"))
        lateness = "、".join(f"{number} {what}" for number, what in counted if number)
        already = f"；已逾期 {lateness}，{to_see}" if lateness else ""
        yield Para(f"{self.within} 天内没有到期的任务{already}。")
        if late.duties and not self.duties:
            what = f"例行缺期、评估逾期 {len(late.duties)} 件"
            yield Para(f"{self.within} 天内没有到期的例行、评估；{what}，{to_see}。")


def overdue(snapshot: Snapshot, pending: Sequence[PendingSubmission] = ()) -> DueList:
    """The tasks that are past due and not completed, longest first; the missed occurrences and reviews; those late of the 报送."""
    late = longest_overdue(snapshot.tasks)
    missed = sorted((d for t in snapshot.tasks for d in _missed(t, snapshot)), key=lambda d: -d.days)
    steps = step_lines(snapshot.tasks, lambda step: step.is_overdue)
    return DueList(
        snapshot,
        True,
        0,
        task_lines(snapshot, late),
        steps,
        tuple(missed),
        submission_lines(snapshot, pending, 1, EVER),
    )


def due(snapshot: Snapshot, within: int, pending: Sequence[PendingSubmission] = ()) -> DueList:
    """What falls due from the snapshot's day to ``within`` days later, soonest first."""

    def is_due(task: SnapshotTask) -> bool:
        left = task.status.days_left
        return left is not None and 0 <= left <= within

    soon = sorted(snapshot.where(is_due), key=lambda t: t.status.days_left or 0)
    last = snapshot.as_of + timedelta(days=within)
    occurrences = cache(Recurrence.occurrences)  # cached: they are the same for all units of a measure
    coming = sorted((d for t in snapshot.tasks for d in _coming(t, snapshot, last, occurrences)), key=lambda d: d.due)
    steps = step_lines(snapshot.tasks, lambda step: 0 <= step.days_left <= within)[::-1]
    owed = submission_lines(snapshot, pending, -within, 0)
    return DueList(snapshot, False, within, task_lines(snapshot, soon), steps, tuple(coming), owed)


def _occurrence(task: SnapshotTask, duty: OpenDuty, as_of: date) -> DutyLine:
    words = duty_in_words(duty.routine, [duty.occurrence.period])
    return _duty(task, f"例行 {duty.name}", words, duty.occurrence.end, as_of)


def _duty(task: SnapshotTask, what: str, in_words: str, day: date, as_of: date) -> DutyLine:
    return DutyLine(task.measure, task.given, task.unit, task.person, what, day, (as_of - day).days, in_words)


def _review(task: SnapshotTask, review: date, snapshot: Snapshot) -> DutyLine:
    """The line of a 长期评估; after a merger the successor's, whose person the closed task does not name."""
    unit = snapshot.assessor(task)
    line = _duty(task, "长期评估", "长期评估", review, snapshot.as_of)
    return line if unit == task.unit else replace(line, unit=unit, person=None)


def _missed(task: SnapshotTask, snapshot: Snapshot) -> Iterator[DutyLine]:
    as_of = snapshot.as_of
    for duty in task.status.duties.unfilled:
        yield _occurrence(task, duty, as_of)
    review = task.next_review
    if review is not None and review < as_of:
        yield _review(task, review, snapshot)


def _coming(
    task: SnapshotTask,
    snapshot: Snapshot,
    last: date,
    occurrences: Callable[[Recurrence, date, date], Sequence[DutyOccurrence]],
) -> Iterator[DutyLine]:
    as_of = snapshot.as_of
    for routine in task.row.routines:
        rhythm = routine.rhythm
        if rhythm is None:
            continue
        for occurrence in occurrences(rhythm.recurrence, max(as_of, rhythm.start), last):
            counts = occurrence.start >= rhythm.start and as_of <= occurrence.end <= last
            if counts and occurrence.period not in routine.duties.periods:
                yield _occurrence(task, OpenDuty(routine, occurrence), as_of)
    review = task.next_review
    if review is not None and as_of <= review <= last:
        yield _review(task, review, snapshot)
