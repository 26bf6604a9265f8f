"""The life of a task as one table: which entry may follow in which state, who may write it, and where it leads.

The fold obeys this table, and the tests read it.
"""

from collections.abc import Iterable, Mapping

from zhenggai.frozen import frozen
from zhenggai.model.kinds import PASSED, RELAPSED, RETURNED, TRUE, UNTRUE, Kind
from zhenggai.rules.task.life import ALL, COMPLETE, OPEN, Role, Sort, State

S = State
Moves = Mapping[State, State]


@frozen
class Transition:
    """One row: an entry of ``kind`` (with that ``verdict``) by one of ``by`` takes a task of ``sorts`` along ``moves``.

    A state that is no key of ``moves`` does not allow the entry. ``next_round`` lists the states that begin a new one.
    """

    kind: Kind
    by: int
    moves: Moves
    verdict: str | None = None
    sorts: tuple[Sort, ...] = tuple(Sort)
    next_round: frozenset[State] = frozenset()


def _stay(states: Iterable[State] = ALL) -> dict[State, State]:
    return {state: state for state in states}


def _from(states: Iterable[State], to: State) -> dict[State, State]:
    return dict.fromkeys(states, to)


CLOSABLE = (Sort.DATED, Sort.IMMEDIATE)
"""The sorts of task that come to an end, and so to 销号."""
_REVIEWERS = Role.FIRST_REVIEWER | Role.SECOND_REVIEWER
_OVERSEERS = Role.SUPERVISOR | Role.SECOND_REVIEWER
_RELAPSE = _stay(OPEN) | _from(COMPLETE, S.IN_PROGRESS)
_TO_LONG_TERM = _from((S.IN_PROGRESS, S.BASICALLY_DONE), S.BASICALLY_DONE)
_START = {S.NOT_STARTED: S.IN_PROGRESS}

TRANSITIONS: tuple[Transition, ...] = (
    Transition(Kind.CLAIM, Role.OWN, _stay(OPEN)),
    Transition(Kind.PROGRESS, Role.OWN | Role.LEAD | _REVIEWERS, _stay() | _START),
    Transition(Kind.BASICALLY_DONE, Role.OWN, {S.IN_PROGRESS: S.BASICALLY_DONE}, sorts=CLOSABLE),
    Transition(Kind.DONE, Role.OWN, _from((S.IN_PROGRESS, S.BASICALLY_DONE), S.COMPLETED), sorts=(Sort.DATED,)),
    Transition(Kind.DONE, Role.OWN, _from(OPEN, S.COMPLETED), sorts=(Sort.IMMEDIATE,)),
    Transition(Kind.APPLICATION, Role.OWN, {S.COMPLETED: S.APPLIED}, sorts=CLOSABLE),
    Transition(Kind.FIRST_REVIEW, Role.FIRST_REVIEWER, {S.APPLIED: S.FIRST_PASSED}, PASSED),
    Transition(Kind.FIRST_REVIEW, Role.FIRST_REVIEWER, {S.APPLIED: S.IN_PROGRESS}, RETURNED),
    Transition(Kind.SECOND_REVIEW, Role.SECOND_REVIEWER, {S.FIRST_PASSED: S.SECOND_PASSED}, PASSED),
    Transition(Kind.SECOND_REVIEW, Role.SECOND_REVIEWER, {S.FIRST_PASSED: S.IN_PROGRESS}, RETURNED),
    Transition(Kind.NOTICE, Role.SECOND_REVIEWER, {S.SECOND_PASSED: S.PUBLICISED}),
    Transition(Kind.CLOSE_OUT, Role.SECOND_REVIEWER, _from((S.PUBLICISED, S.SECOND_PASSED), S.CLOSED)),
    Transition(Kind.REOPENING, _OVERSEERS, _from((S.IN_PROGRESS, *COMPLETE), S.IN_PROGRESS), next_round=COMPLETE),
    Transition(Kind.EXTENSION_REQUEST, Role.OWN, _stay(OPEN), sorts=(Sort.DATED,)),
    Transition(Kind.EXTENSION_GRANT, Role.SECOND_REVIEWER, _stay(OPEN), sorts=(Sort.DATED,)),
    Transition(Kind.EXTENSION_GRANT, Role.SECOND_REVIEWER, _TO_LONG_TERM, Kind.TO_LONG_TERM, sorts=(Sort.DATED,)),
    Transition(Kind.EXTENSION_REFUSAL, Role.SECOND_REVIEWER, _stay(OPEN), sorts=(Sort.DATED,)),
    Transition(Kind.TO_LONG_TERM, Role.OWN, _stay((S.IN_PROGRESS, S.BASICALLY_DONE)), sorts=(Sort.DATED,)),
    Transition(Kind.LONG_TERM_REVIEW, Role.OWN | Role.LEAD, _stay(OPEN) | _START, sorts=(Sort.LONG_TERM,)),
    Transition(Kind.OCCURRENCE, Role.OWN, _stay(OPEN) | _START, sorts=(Sort.RECURRING,)),
    Transition(Kind.INSPECTION, Role.SUPERVISOR, _stay(), TRUE),
    Transition(Kind.INSPECTION, Role.SUPERVISOR, _RELAPSE, UNTRUE, next_round=COMPLETE),
    Transition(Kind.INSPECTION, Role.SUPERVISOR, _RELAPSE, RELAPSED, next_round=COMPLETE),
    Transition(Kind.LOOK_BACK, _OVERSEERS, {S.CLOSED: S.CLOSED}, TRUE),
    Transition(Kind.LOOK_BACK, _OVERSEERS, {S.CLOSED: S.IN_PROGRESS}, RELAPSED, next_round=frozenset({S.CLOSED})),
    Transition(Kind.REMINDER, _OVERSEERS, _stay()),
    Transition(Kind.SUPERVISION, _OVERSEERS, _stay()),
    Transition(Kind.ADMONITION, _OVERSEERS, _stay()),
    Transition(Kind.INTERVIEW, _OVERSEERS, _stay()),
    Transition(Kind.CRITICISM, _OVERSEERS, _stay()),
    Transition(Kind.ACCOUNTABILITY, _OVERSEERS, _stay()),
    Transition(Kind.REPLY, Role.OWN, _stay()),
    Transition(Kind.LESSON, Role.ANYBODY, _stay()),
)

REF_KINDS = frozenset(
    {
        Kind.FIRST_REVIEW,
        Kind.SECOND_REVIEW,
        Kind.NOTICE,
        Kind.CLOSE_OUT,
        Kind.REOPENING,
        Kind.EXTENSION_GRANT,
        Kind.EXTENSION_REFUSAL,
        Kind.LOOK_BACK,
        Kind.REPLY,
        Kind.CORRECTION,
    }
)
"""Kinds that name the entry they answer (针对), and have their task from it."""

UNBOUND_KINDS = frozenset({Kind.CORRECTION, Kind.ELECTION, Kind.WEAK_ORGANISATION})
"""Kinds that move no task: a 更正 changes another entry, the registers follow a party organisation."""

LADDER = (
    Kind.REMINDER,
    Kind.SUPERVISION,
    Kind.ADMONITION,
    Kind.INTERVIEW,
    Kind.CRITICISM,
    Kind.ACCOUNTABILITY,
)

_LETTERS = frozenset((*LADDER, Kind.INSPECTION, Kind.LOOK_BACK, Kind.EXTENSION_REFUSAL, Kind.REOPENING))
_REVIEWS = (Kind.FIRST_REVIEW, Kind.SECOND_REVIEW)


def is_letter(kind: Kind, verdict: object) -> bool:
    """Whether an entry speaks to the responsible unit, so that a 回复 may answer it; of the reviews only a return.

    >>> is_letter(Kind.SUPERVISION, None), is_letter(Kind.FIRST_REVIEW, RETURNED), is_letter(Kind.FIRST_REVIEW, PASSED)
    (True, True, False)
    """
    return kind in _LETTERS or (kind in _REVIEWS and verdict == RETURNED)


_BY_KEY = {(t.kind, t.verdict, sort): t for t in TRANSITIONS for sort in t.sorts}


def transition(kind: Kind, verdict: str | None, sort: Sort) -> Transition | None:
    """The row for an entry of that kind and verdict about a task of that sort, or None where there is none.

    >>> transition(Kind.DONE, None, Sort.LONG_TERM) is None
    True
    """
    return _BY_KEY.get((kind, verdict, sort))
