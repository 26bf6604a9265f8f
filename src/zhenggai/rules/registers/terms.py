"""Terms of office of party organisations (换届): their state on a day, the next step, and reminders (docs/rules.md, 换届).

Reminders start 6, 3 and 1 months before the end of a term.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from enum import StrEnum
from typing import assert_never

from zhenggai.deadline.calendar import add_months
from zhenggai.frozen import frozen
from zhenggai.model.book import Record
from zhenggai.model.entries import Election
from zhenggai.model.numbers import recorded_on
from zhenggai.model.organisations import LONGEST_TERM, Organisation
from zhenggai.model.source import Level

NEAR_MONTHS = 6
ASK_MONTHS = 2  # 请示 is due this long before the end of the term
REPORT_MONTHS = 1  # the result must be reported within this time after the end
LONGEST_DELAY_MONTHS = 12


@frozen
class Remark:
    """A fault of a register entry. An entry with an error does not count; one with a doubt does."""

    record: Record
    what: str
    remedy: str
    level: Level = Level.ERROR


class TermState(StrEnum):
    """The state of a term. 已换届: its election is in the ledger. 正常: its election is in the organisation book."""

    NORMAL = "正常"
    NEAR = "临近届满"
    UNELECTED = "应换未换"
    DELAYED = "延期已批"
    ELECTING = "换届中"
    ELECTED = "已换届"


@frozen
class TermStep:
    """The next step of a term, and its last day."""

    what: str
    due: date


@frozen(kw_only=True)
class Term:
    """A term of office as of a day. It began on ``elected``; ``in_ledger``: that election is in the ledger.

    ``asked`` (请示), ``begun`` (换届中) and ``delayed_until`` (延期批复) are steps towards the next election.
    """

    organisation: Organisation
    as_of: date
    elected: date
    end: date
    in_ledger: bool = False
    asked: date | None = None
    begun: date | None = None
    delayed_until: date | None = None

    @property
    def limit(self) -> date:
        """The last day for the election: the end of the approved delay, else of the term."""
        return self.delayed_until or self.end

    @property
    def report_by(self) -> date:
        """The last day for reporting the election. Until then, an election that has begun is not late."""
        return add_months(self.limit, REPORT_MONTHS)

    @property
    def state(self) -> TermState:
        """The state of the term on the day."""
        if self.begun and self.as_of <= self.report_by:
            return TermState.ELECTING
        if self.as_of > self.limit:
            return TermState.UNELECTED
        if self.delayed_until:
            return TermState.DELAYED
        if self.as_of >= add_months(self.end, -NEAR_MONTHS):
            return TermState.NEAR
        return TermState.ELECTED if self.in_ledger else TermState.NORMAL

    @property
    def next(self) -> TermStep:
        """The next step and its last day."""
        if self.begun and self.limit < self.as_of <= self.report_by:
            return TermStep("报告换届结果", self.report_by)
        if self.asked or self.begun or self.as_of > self.limit:
            return TermStep("换届选举", self.limit)
        return TermStep("请示换届", add_months(self.limit, -ASK_MONTHS))


def term_of(
    organisation: Organisation, entries: Iterable[tuple[Record, Election]], as_of: date
) -> tuple[Term | None, list[Remark]]:
    """An organisation's term as of a day (None if its length is unknown), and the faults of its entries.

    ``entries`` are the organisation's, in order, none after the day. Those up to the last election in the organisation
    book belong to an earlier term and are ignored.
    """
    end = organisation.term_end(organisation.last_election)
    if end is None:
        return None, []
    term = Term(organisation=organisation, as_of=as_of, elected=organisation.last_election, end=end)
    remarks: list[Remark] = []
    for record, entry in entries:
        if entry.date <= organisation.last_election:
            continue
        if fault := _fault(term, entry):
            remarks.append(Remark(record, *fault))
            continue
        remarks += [Remark(record, what, remedy, Level.DOUBT) for what, remedy in _doubts(term, entry)]
        term = _after(term, entry)
    return term, remarks


def _after(term: Term, entry: Election) -> Term:
    """The term after a valid entry. An election starts a new term."""
    match entry.matter:
        case "请示":
            return replace(term, asked=entry.date)
        case "换届中":
            return replace(term, begun=entry.date)
        case "延期批复":
            return replace(term, delayed_until=entry.to)
        case "已换届":
            end = term.organisation.term_end(entry.date) or term.end
            return Term(organisation=term.organisation, as_of=term.as_of, elected=entry.date, end=end, in_ledger=True)
        case _:
            assert_never(entry.matter)


def _fault(term: Term, entry: Election) -> tuple[str, str] | None:
    """Why an entry does not count: fault and remedy. None if it counts."""
    if entry.matter != "延期批复":
        return None
    if entry.to is None:
        return "延期批复没有写明延到哪一天", "补上一行 至: …"
    if entry.to <= term.limit:
        return f"延期到 {entry.to}，不晚于原来的 {term.limit}", "核对“至”的日期"
    if entry.to > add_months(term.end, 12 * LONGEST_TERM):
        return f"延期到 {entry.to}，离届满 {term.end} 太远", "核对“至”的日期"
    return None


def _doubts(term: Term, entry: Election) -> Iterator[tuple[str, str]]:
    """The doubts about an entry that counts, with remedies: a year early or late, delay not approved, reported late."""
    end, year = term.end, LONGEST_DELAY_MONTHS
    if entry.matter == "延期批复" and entry.to and entry.to > add_months(end, year):
        yield f"延期到 {entry.to}，比届满 {end} 晚了一年以上", "一般不超过一年，核对批复"
    if entry.matter == "已换届":
        if entry.date < add_months(end, -year):
            yield f"比届满 {end} 提前一年以上换届", "一般不超过一年，核对批复"
        if entry.date > term.limit:
            yield f"{term.limit} 应换届，延期没有批复", "有批复的补记 延期批复"
        if recorded_on(entry.number) > add_months(entry.date, REPORT_MONTHS):
            yield f"{entry.date} 换届，一个月以后才报告", "选举后一个月内报告并记录"


class Grade(StrEnum):
    """The grade of a reminder: how near the end of the term is, or what is missing after it."""

    SIX_MONTHS = "届满前6个月"
    THREE_MONTHS = "届满前3个月"
    ONE_MONTH = "届满前1个月"
    REPORT = "待报告结果"
    UNELECTED = "应换未换"


_AHEAD = ((1, Grade.ONE_MONTH), (3, Grade.THREE_MONTHS), (NEAR_MONTHS, Grade.SIX_MONTHS))


@frozen(kw_only=True)
class TermReminder:
    """A reminder to an organisation's secretary. ``days``: positive if late, negative if left. ``note``: about the delay."""

    organisation: str
    unit: str
    person: str | None
    what: str
    due: date
    days: int
    grade: Grade
    note: str


def term_reminders(terms: Iterable[Term]) -> tuple[TermReminder, ...]:
    """One reminder for each term that ends within six months or has ended, the most overdue first."""
    graded = ((term, grade) for term in terms if (grade := _grade(term)))
    lines = (
        TermReminder(
            organisation=term.organisation.name,
            unit=term.organisation.unit,
            person=term.organisation.secretary,
            what=term.next.what,
            due=term.next.due,
            days=(term.as_of - term.next.due).days,
            grade=grade,
            note=_note(term),
        )
        for term, grade in graded
    )
    return tuple(sorted(lines, key=lambda line: -line.days))


def _grade(term: Term) -> Grade | None:
    if term.as_of > term.limit:
        return Grade.UNELECTED if term.state is TermState.UNELECTED else Grade.REPORT
    return next((grade for months, grade in _AHEAD if term.as_of >= add_months(term.limit, -months)), None)


def _note(term: Term) -> str:
    if term.state is not TermState.UNELECTED:
        return ""
    return "延期已满" if term.delayed_until else "延期未经批准"
