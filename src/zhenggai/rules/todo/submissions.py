"""Reports that a plan owes to superiors (报送): when they are due, and who sends them."""

import re
from collections.abc import Collection, Iterable, Iterator
from datetime import date, timedelta

from zhenggai.deadline.recurrence import Recurrence
from zhenggai.frozen import frozen
from zhenggai.model.plan import Submission
from zhenggai.model.wording import with_limit
from zhenggai.rules.day.snapshot import Snapshot
from zhenggai.rules.plan.phases import context_of, read_deadline

_AHEAD = timedelta(days=366)
"""How far ahead the periods of a recurring 报送 are looked for."""

_NAMES_OF_REPORTS = re.compile("报告|情况|[周旬月季年]报")


@frozen
class PendingSubmission:
    """A 报送 that no issued report answers. ``due`` is None if its deadline gives no day. ``period``: which one of a recurring 报送."""

    submission: Submission
    due: date | None
    period: str = ""

    @property
    def name(self) -> str:
        """What an issued report says that it answers: 整改情况报告, of a recurring one 安全生产月报 2026-07."""
        return " ".join(filter(None, (self.submission.name, self.period)))

    def days(self, as_of: date) -> int | None:
        """Days past the due date, negative before it."""
        return None if self.due is None else (as_of - self.due).days

    def is_near(self, as_of: date, within: int) -> bool:
        """Whether it is late, due within so many days, or without a day that can be read."""
        days = self.days(as_of)
        return days is None or days >= -within

    @property
    def words(self) -> str:
        """What is wanted: 时限反馈后2个月内，报省委巡视办，主要负责人签批."""
        wanted = self.submission
        parts = [with_limit(wanted.deadline)]
        parts += [f"报{wanted.recipient}"] if wanted.recipient else []
        parts += [f"{wanted.signed_by}签批"] if wanted.signed_by else []
        return "，".join(parts)


def is_made_here(name: str) -> bool:
    """Whether a 报送 is a report, which ``report`` makes; the plan itself, for one, is sent otherwise.

    >>> [is_made_here(name) for name in ("整改情况报告", "安全生产月报", "整改方案")]
    [True, True, False]
    """
    return _NAMES_OF_REPORTS.search(name) is not None


def pending_submissions(snapshot: Snapshot, answered: Collection[str]) -> tuple[PendingSubmission, ...]:
    """The plan's 报送 that are not sent yet and whose names are not among those ``answered``, in the plan's order.

    One that recurs (每月25日前) waits once for each period, as a recurring duty does: from the first whole period after the plan's
    issue on, but not for a period before one that was answered. 已报 is then the last day on which one was sent.
    """
    return tuple(
        pending
        for submission in snapshot.plan.submissions
        for pending in _pending(snapshot, submission, answered, _recurrence(snapshot, submission))
    )


def _recurrence(snapshot: Snapshot, submission: Submission) -> Recurrence | None:
    read = read_deadline(submission.deadline, context_of(snapshot.plan, snapshot.windows))
    return read.recurrence if read else None


def _pending(
    snapshot: Snapshot, submission: Submission, answered: Collection[str], recurrence: Recurrence | None
) -> Iterator[PendingSubmission]:
    sent = date.min if submission.sent is None or submission.sent > snapshot.as_of else submission.sent
    if recurrence is None:
        if sent == date.min and submission.name not in answered:
            read = read_deadline(submission.deadline, context_of(snapshot.plan, snapshot.windows))
            yield PendingSubmission(submission, read.end if read else None)
        return
    issued = snapshot.plan.issued
    periods = [
        PendingSubmission(submission, occurrence.end, occurrence.period)
        for occurrence in recurrence.occurrences(issued, snapshot.as_of + _AHEAD)
        if occurrence.start >= issued and occurrence.start > sent
    ]
    done = [nth for nth, one in enumerate(periods) if one.name in answered]
    yield from periods[max(done, default=-1) + 1 :]


def submission_meant(snapshot: Snapshot, pending: Iterable[PendingSubmission], word: str) -> PendingSubmission | None:
    """The 报送 that a word names, whether it is still pending or not: by its name, or by its name and period.

    The name of one that recurs means the first period that waits. None for a word that names none.
    """
    for one in pending:
        if word in (one.submission.name, one.name):
            return one
    for submission in snapshot.plan.submissions:
        name, _, period = word.rpartition(" ")
        if word == submission.name:
            return PendingSubmission(submission, None)
        if name == submission.name and (recurrence := _recurrence(snapshot, submission)):
            known = recurrence.occurrences(snapshot.plan.issued, snapshot.as_of + _AHEAD)
            if period in (occurrence.period for occurrence in known):
                return PendingSubmission(submission, None, period)
    return None


def soon_due(snapshot: Snapshot, pending: Iterable[PendingSubmission]) -> list[PendingSubmission]:
    """Those that are late, due within the days that the rules call soon, or without a day that can be read."""
    within = snapshot.plan.rules.due_soon_days
    return [one for one in pending if one.is_near(snapshot.as_of, within)]


def reporting_unit(snapshot: Snapshot) -> str | None:
    """The unit that sends the plan's reports: 工作专班, else 复核单位, else 督办单位; None if the plan names none."""
    plan = snapshot.plan
    named = plan.task_force or (plan.review and plan.review.second_review) or plan.supervisor
    return snapshot.units.carrier(named, snapshot.as_of) if named else None
