"""软弱涣散党组织整顿: from 认定 over 验收 to 销号, as of a day."""

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
MOST_OPPOSED = 50  # percent of the votes
FOLLOW_MONTHS = 12


class WeakState(StrEnum):
    """Where the putting in order of a weak organisation stands."""

    WORKED_ON = "整顿中"
    FAILED = "验收不合格"
    FOLLOWED = "跟踪中"
    STRUCK_OFF = "已销号"


@frozen(kw_only=True)
class WeakCase:
    """A weak organisation as of a day, by its latest 认定, the ``times``-th.

    ``worked_on`` are the days of its 整顿 entries. ``examined`` is its last 验收 and ``why`` says why that was not passed;
    it is empty where it was, where there was none, or since the work went on. Who passed has ``followed_until``.
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
        """Whether its last 验收 was passed."""
        return self.followed_until is not None

    @property
    def state(self) -> WeakState:
        """Where it stands."""
        if self.followed_until:
            return WeakState.FOLLOWED if self.as_of <= self.followed_until else WeakState.STRUCK_OFF
        return WeakState.FAILED if self.why else WeakState.WORKED_ON


def shortcomings(score: int, opposed: int | None) -> tuple[str, ...]:
    """Why a 验收 is not passed, empty where it is: 70 points pass, more than half of the votes against fail.

    >>> shortcomings(70, 50), shortcomings(69, 51)
    ((), ('得分 69，不到 70', '不满意票 51%，超过 50%'))
    """
    low = f"得分 {score}，不到 {PASS_SCORE}" if score < PASS_SCORE else ""
    voted_down = f"不满意票 {opposed}%，超过 {MOST_OPPOSED}%" if (opposed or 0) > MOST_OPPOSED else ""
    return tuple(filter(None, (low, voted_down)))


def case_of(
    organisation: Organisation, entries: Iterable[tuple[Record, WeakOrganisation]], as_of: date
) -> tuple[WeakCase | None, list[Remark]]:
    """An organisation's case as of a day, None where it never was found weak; and what is to say about its entries.

    ``entries`` are its own, in order, none after the day.
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
    """The case with a later entry that has no fault."""
    if entry.matter == "整顿":
        return replace(weak, worked_on=(*weak.worked_on, entry.date), why=())
    if entry.matter == "跟踪":
        return replace(weak, followed_until=entry.followed_until or weak.followed_until)
    score, opposed = entry.score or 0, entry.opposed
    why = shortcomings(score, opposed)
    until = None if why else entry.followed_until or add_months(entry.date, FOLLOW_MONTHS)
    return replace(weak, examined=entry.date, score=score, opposed=opposed, why=why, followed_until=until)


def _fault(weak: WeakCase | None, entry: WeakOrganisation) -> tuple[str, str] | None:
    """Why an entry does not count: what is wrong, what to do."""
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
