"""Weak party organisations (软弱涣散党组织整顿): from 认定 through 验收 to 销号, as of a day (docs/rules.md)."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from enum import StrEnum

from zhenggai.deadline.calendar import add_months
from zhenggai.frozen import frozen
from zhenggai.model.book import Record
from zhenggai.model.entries import WeakOrganisation
from zhenggai.model.organisations import Organisation
from zhenggai.rules.registers.terms import Remark

PASS_SCORE = 70
MOST_OPPOSED = 50  # percent of votes against, at most
FOLLOW_MONTHS = 12


class WeakState(StrEnum):
    """The state of a weak organisation's case."""

    WORKED_ON = "整顿中"
    FAILED = "验收不合格"
    FOLLOWED = "跟踪中"
    STRUCK_OFF = "已销号"


@frozen(kw_only=True)
class WeakCase:
    """The case of a weak organisation as of a day, since its latest 认定. ``times``: the number of 认定 so far.

    ``worked_on``: the days of 整顿 entries. ``examined``: the day of the last 验收. ``why``: why that 验收 failed; empty if it
    passed, if there was none, or after later 整顿. ``followed_until``: the last day of 跟踪, set after a passed 验收.
    """

    organisation: Organisation
    as_of: date
    times: int
    listed: date
    cause: str
    worked_on: tuple[date, ...] = ()
    examined: date | None = None
    score: int | None = None
    opposed: int | None = None
    why: tuple[str, ...] = ()
    followed_until: date | None = None

    @property
    def passed(self) -> bool:
        """Whether the last 验收 was passed."""
        return self.followed_until is not None

    @property
    def state(self) -> WeakState:
        """The state of the case on the day."""
        if self.followed_until:
            return WeakState.FOLLOWED if self.as_of <= self.followed_until else WeakState.STRUCK_OFF
        return WeakState.FAILED if self.why else WeakState.WORKED_ON


def shortcomings(score: int, opposed: int | None) -> tuple[str, ...]:
    """Why a 验收 fails; empty if it passes. It needs 70 points, and at most half of the votes against.

    >>> shortcomings(70, 50), shortcomings(69, 51)
    ((), ('得分 69，不到 70', '不满意票 51%，超过 50%'))
    """
    low = f"得分 {score}，不到 {PASS_SCORE}" if score < PASS_SCORE else ""
    voted_down = f"不满意票 {opposed}%，超过 {MOST_OPPOSED}%" if (opposed or 0) > MOST_OPPOSED else ""
    return tuple(filter(None, (low, voted_down)))


def case_of(
    organisation: Organisation, entries: Iterable[tuple[Record, WeakOrganisation]], as_of: date
) -> tuple[WeakCase | None, list[Remark]]:
    """An organisation's case as of a day (None if there was no 认定), and the faults of its entries.

    ``entries`` are the organisation's, in order, none after the day.
    """
    weak: WeakCase | None = None
    remarks: list[Remark] = []
    for record, entry in entries:
        if fault := _fault(weak, entry):
            remarks.append(Remark(record, *fault))
        elif entry.matter == "认定":
            times, cause = weak.times + 1 if weak else 1, entry.cause or ""
            weak = WeakCase(organisation=organisation, as_of=as_of, times=times, listed=entry.date, cause=cause)
        elif weak:
            weak = _after(weak, entry)
    return weak, remarks


def _after(weak: WeakCase, entry: WeakOrganisation) -> WeakCase:
    """The case after a valid entry."""
    if entry.matter == "整顿":
        return replace(weak, worked_on=(*weak.worked_on, entry.date), why=())
    if entry.matter == "跟踪":
        return replace(weak, followed_until=entry.followed_until or weak.followed_until)
    score, opposed = entry.score or 0, entry.opposed
    why = shortcomings(score, opposed)
    until = None if why else entry.followed_until or add_months(entry.date, FOLLOW_MONTHS)
    return replace(weak, examined=entry.date, score=score, opposed=opposed, why=why, followed_until=until)


def _fault(weak: WeakCase | None, entry: WeakOrganisation) -> tuple[str, str] | None:
    """Why an entry does not count: fault and remedy. None if it counts."""
    if entry.matter == "认定":
        return _listing_fault(weak, entry)
    if weak is None:
        return f"还没有认定，不能记“{entry.matter}”", "先记 认定，或核对日期"
    if entry.matter == "跟踪" and not weak.passed:
        return "还没有通过验收，不能记“跟踪”", "先记 验收，写明得分"
    if entry.matter in ("整顿", "验收") and weak.passed:
        return f"{weak.examined} 已通过验收，不能再记“{entry.matter}”", "跟踪期内的情况记 跟踪；反弹的重新认定"
    if entry.matter == "验收" and (entry.score is None or entry.score > 100 or (entry.opposed or 0) > 100):
        remedy = "补上一行 验收得分: …（0 到 100）；不满意票写占百分之几，如 12"
        return "验收没有写明得分，或得分、不满意票超过 100", remedy
    if entry.followed_until and entry.followed_until < entry.date:
        return f"跟踪至 {entry.followed_until} 早于日期 {entry.date}", "核对“跟踪至”"
    return None


def _listing_fault(weak: WeakCase | None, entry: WeakOrganisation) -> tuple[str, str] | None:
    if not entry.cause:
        return "认定没有写明原因", "补上一行 原因: …"
    if weak and not weak.passed:
        return f"{weak.listed} 已认定，还没有通过验收", "继续整顿、验收，不必再认定"
    return None
