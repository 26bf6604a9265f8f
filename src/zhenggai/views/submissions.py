"""报送 in lists and reports: the reports to superiors that are late or due soon, as sentences, as a table, and in JSON."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from zhenggai.document import Cell, Para, Table, Tone
from zhenggai.frozen import frozen
from zhenggai.model.wording import full_day
from zhenggai.rules.day.snapshot import Snapshot
from zhenggai.rules.todo.submissions import PendingSubmission
from zhenggai.views.columns import Key, ListOf, ReportColumn, ReportColumns
from zhenggai.views.periods import periods_in_words

EVER = date.max.toordinal()
"""More days than anything is late."""


@frozen(kw_only=True)
class SubmissionLine:
    """A 报送 that is not answered; ``days`` > 0 is late, < 0 is the time left. ``in_words`` is its name in sentences."""

    name: str
    in_words: str
    recipient: str | None
    signed_by: str | None
    deadline: str
    due: date
    days: int

    @property
    def is_late(self) -> bool:
        """Whether its day is past."""
        return self.days > 0

    @property
    def words(self) -> str:
        """The line as a sentence without full stop: 整改情况报告应于2020年5月1日前报省委巡视办，已逾期5天."""
        pace = f"已逾期{self.days}天" if self.is_late else f"还有{-self.days}天" if self.days else "今天到期"
        return f"{self.in_words}应于{full_day(self.due)}前报{self.recipient or '出'}，{pace}"


def _days(line: SubmissionLine) -> Cell:
    return Cell(str(abs(line.days)), Tone.RED if line.is_late else Tone.PLAIN)


_COLUMNS = ReportColumns[SubmissionLine](
    ReportColumn("name", head="报送", wrap=True, weight=3),
    ReportColumn("recipient", wrap=True, weight=2, if_any=True),
    ReportColumn("signed_by", wrap=True, keep=4, weight=2, if_any=True),
    ReportColumn("deadline", wrap=True, keep=3, weight=2),
    ReportColumn("due", keep=2),
    ReportColumn("days", cell=_days, numeric=True),
)


def submission_table(lines: Iterable[SubmissionLine], title: str, days_head: str) -> Table:
    """The lines as a table."""
    return _COLUMNS.arranged(*_COLUMNS.heads, days=days_head).table(lines, title)


def _records(report: Any) -> list[dict[str, object]] | None:
    return _COLUMNS.records(report.submissions) or None


SUBMISSIONS = Key[Any]("submissions", _records, ListOf(_COLUMNS), optional=True)
"""The 报送 of a report (``submissions``), if there are any."""


def submission_lines(
    snapshot: Snapshot, pending: Iterable[PendingSubmission], first: int, last: int
) -> tuple[SubmissionLine, ...]:
    """Those that have been late for ``first`` to ``last`` days, the latest first; negative numbers are days that are left."""
    days = ((one, one.days(snapshot.as_of)) for one in pending)
    lines = [_line(one, number) for one, number in days if number is not None and first <= number <= last]
    return tuple(sorted(lines, key=lambda line: -line.days))


def _line(pending: PendingSubmission, days: int) -> SubmissionLine:
    wanted = pending.submission
    assert pending.due is not None  # as there are days
    return SubmissionLine(
        name=pending.name,
        in_words=submission_in_words(pending),
        recipient=wanted.recipient,
        signed_by=wanted.signed_by,
        deadline=wanted.deadline,
        due=pending.due,
        days=days,
    )


def submission_in_words(pending: PendingSubmission) -> str:
    """The name of a 报送 for papers: 整改情况报告, of a recurring one 安全生产月报（2026年7月）."""
    period = f"（{periods_in_words([pending.period])}）" if pending.period else ""
    return f"{pending.submission.name}{period}"


def submission_paragraphs(lines: Sequence[SubmissionLine]) -> list[Para]:
    """The lines as one paragraph, red if one is late; none without lines."""
    if not lines:
        return []
    tone = Tone.RED if any(line.is_late for line in lines) else Tone.PLAIN
    return [Para(f"报送：{'；'.join(line.words for line in lines)}。", tone)]
