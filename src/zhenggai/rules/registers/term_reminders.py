"""Whom to remind of the end of a term of office, and how urgently (domain rules, 换届: 6, 3 and 1 months ahead)."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from zhenggai.deadline.calendar import add_months
from zhenggai.frozen import frozen
from zhenggai.rules.registers.terms import NEAR_MONTHS, Term, TermState


class Grade(StrEnum):
    """How near the end of a term is, or how it was passed."""

    SIX_MONTHS = "届满前6个月"
    THREE_MONTHS = "届满前3个月"
    ONE_MONTH = "届满前1个月"
    REPORT = "待报告结果"
    UNELECTED = "应换未换"


_AHEAD = ((1, Grade.ONE_MONTH), (3, Grade.THREE_MONTHS), (NEAR_MONTHS, Grade.SIX_MONTHS))


@frozen(kw_only=True)
class TermReminder:
    """What an organisation's secretary is reminded of; ``days`` > 0 late, < 0 left; ``note`` says a delay not approved."""

    organisation: str
    unit: str
    person: str | None
    what: str
    due: date
    days: int
    grade: Grade
    note: str


def term_reminders(terms: Iterable[Term]) -> tuple[TermReminder, ...]:
    """The reminders of the terms' day, the latest first: one for each term within six months of its end or past it."""
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
