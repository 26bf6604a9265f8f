"""Reports that a plan owes to superiors (报送): when they are due, and who sends them."""

from collections.abc import Collection, Iterable
from datetime import date

from zhenggai.frozen import frozen
from zhenggai.model.plan import Submission
from zhenggai.model.wording import with_limit
from zhenggai.rules.day.snapshot import Snapshot
from zhenggai.rules.plan.phases import context_of, read_deadline


@frozen
class PendingSubmission:
    """A 报送 that no issued report answers. ``due`` is None if its deadline gives no day."""

    submission: Submission
    due: date | None

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
        parts += [] if is_made_here(wanted.name) else ["报出后在方案里写“已报: 日期”"]
        return "，".join(parts)


def is_made_here(name: str) -> bool:
    """Whether a 报送 is a report, which ``report`` makes; the plan itself, for one, is sent otherwise."""
    return "报告" in name or "情况" in name


def pending_submissions(snapshot: Snapshot, answered: Collection[str]) -> tuple[PendingSubmission, ...]:
    """The plan's 报送 that are not sent yet and whose names are not among those ``answered``, in the plan's order."""
    plan, found = snapshot.plan, []
    for submission in plan.submissions:
        sent = submission.sent is not None and submission.sent <= snapshot.as_of
        if not sent and submission.name not in answered:
            read = read_deadline(submission.deadline, context_of(plan, snapshot.windows))
            found.append(PendingSubmission(submission, read.end if read else None))
    return tuple(found)


def soon_due(snapshot: Snapshot, pending: Iterable[PendingSubmission]) -> list[PendingSubmission]:
    """Those that are late, due within the days that the rules call soon, or without a day that can be read."""
    within = snapshot.plan.rules.due_soon_days
    return [one for one in pending if one.is_near(snapshot.as_of, within)]


def reporting_unit(snapshot: Snapshot) -> str | None:
    """The unit that sends the plan's reports: 工作专班, else 复核单位, else 督办单位; None if the plan names none."""
    plan = snapshot.plan
    named = plan.task_force or (plan.review and plan.review.second_review) or plan.supervisor
    return snapshot.units.carrier(named, snapshot.as_of) if named else None
