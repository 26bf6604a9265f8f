"""The life of a task as one table: for each kind of entry, in which states it is allowed, who may write it, what it does.

The fold runs by this table, and tests read it. The fields of each kind are in its class in ``model.entries``.
"""

from collections.abc import Callable, Iterable, Mapping
from enum import Enum
from functools import reduce
from operator import or_

from zhenggai.frozen import frozen
from zhenggai.model.entries import Escalation
from zhenggai.model.entry_classes import About, kinds_about, kinds_of
from zhenggai.model.event_of_entry import Event
from zhenggai.model.kinds import PASSED, RELAPSED, RETURNED, TRUE, UNTRUE, Kind
from zhenggai.rules.task import effects, guards
from zhenggai.rules.task.life import ALL, COMPLETE, OPEN, Role, Sort, State
from zhenggai.rules.task.task import Task
from zhenggai.rules.task.task_state import TaskState

S = State
Moves = Mapping[State, State]
Act = Callable[[Task, TaskState, Event], None]


class ReplyRule(Enum):
    """Whether the responsible unit may answer an entry with a 回复, or is asked to."""

    NONE = "none"
    ALLOWED = "allowed"
    AWAITED = "awaited"


class Need(Enum):
    """What some entries need of a task, in words for messages."""

    FOLLOW_UP = "时限写明“并长期坚持”"
    DUTY = "写有频次"

    def is_met_by(self, task: Task) -> bool:
        """Whether a task has it."""
        if self is Need.FOLLOW_UP:
            return task.schedule.then is not None
        return any(step.recurrence for step in task.schedule.steps)


@frozen
class Transition:
    """A row of the table.

    - ``by``: the roles that may write the entry, as bits of ``Role``;
    - ``moves``: state before the entry → state after it. In any other state the entry is refused;
    - ``verdict``: the verdict of the entry that this row is for; None for any;
    - ``sorts``: the sorts of task that this row is for;
    - ``next_round``: the states from which the entry begins a new round;
    - ``reply``: whether the unit may answer the entry;
    - ``only_if``: what a task must have for the row to hold for it.
    """

    by: int
    moves: Moves
    verdict: str | None = None
    sorts: tuple[Sort, ...] = tuple(Sort)
    next_round: frozenset[State] = frozenset()
    reply: ReplyRule = ReplyRule.NONE
    only_if: Need | None = None


@frozen
class KindRule:
    """The rules of a kind of entry.

    - ``transitions``: its rows; a kind without rows never changes the state of a task;
    - ``guard``: refuses an entry for reasons that the rows cannot express;
    - ``effect``: changes the TaskState, apart from ``state``;
    - ``after_end``: whether an entry is allowed after the task was cancelled or taken from the unit.
    """

    transitions: tuple[Transition, ...]
    guard: Act | None
    effect: Act | None
    after_end: bool


def _rule(*transitions: Transition, guard: Act | None, effect: Act | None, after_end: bool = False) -> KindRule:
    return KindRule(transitions, guard, effect, after_end)


def _stay(states: Iterable[State] = ALL) -> dict[State, State]:
    return {state: state for state in states}


def _from(states: Iterable[State], to: State) -> dict[State, State]:
    return dict.fromkeys(states, to)


CLOSABLE = (Sort.DATED, Sort.IMMEDIATE)
"""The sorts of task that end with 销号."""
_UNDER_REVIEW = (S.APPLIED, S.FIRST_PASSED, S.SECOND_PASSED, S.PUBLICISED)
_REVIEWERS = Role.FIRST_REVIEWER | Role.SECOND_REVIEWER
_OWN_OR_ON_BEHALF = Role.OWN | Role.LEAD | _REVIEWERS
"""Whoever but the unit itself records these says so (代录)."""
_OVERSEERS = Role.SUPERVISOR | Role.SECOND_REVIEWER
_RELAPSE = _stay(OPEN) | _from(COMPLETE, S.IN_PROGRESS)
_TO_LONG_TERM = _from((S.IN_PROGRESS, S.BASICALLY_DONE), S.BASICALLY_DONE)
_START = {S.NOT_STARTED: S.IN_PROGRESS}

LADDER = kinds_of(Escalation)
"""The steps of the ladder, from 提醒 to 问责."""

RULES: Mapping[Kind, KindRule] = {
    Kind.CLAIM: _rule(Transition(Role.OWN, _stay(OPEN)), guard=None, effect=effects.claim),
    Kind.PROGRESS: _rule(Transition(_OWN_OR_ON_BEHALF, _stay() | _START), guard=guards.money, effect=effects.progress),
    Kind.BASICALLY_DONE: _rule(
        Transition(_OWN_OR_ON_BEHALF, {S.IN_PROGRESS: S.BASICALLY_DONE}, sorts=CLOSABLE),
        guard=guards.money,
        effect=effects.progress,
    ),
    Kind.DONE: _rule(
        Transition(_OWN_OR_ON_BEHALF, _from(OPEN, S.COMPLETED), sorts=CLOSABLE), guard=guards.money, effect=effects.done
    ),
    Kind.APPLICATION: _rule(
        Transition(Role.OWN, {S.COMPLETED: S.APPLIED}, sorts=CLOSABLE),
        guard=guards.application,
        effect=effects.application,
    ),
    Kind.FIRST_REVIEW: _rule(
        Transition(Role.FIRST_REVIEWER, {S.APPLIED: S.FIRST_PASSED}, PASSED),
        Transition(Role.FIRST_REVIEWER, {S.APPLIED: S.IN_PROGRESS}, RETURNED, reply=ReplyRule.ALLOWED),
        guard=guards.case,
        effect=effects.review,
    ),
    Kind.SECOND_REVIEW: _rule(
        Transition(Role.SECOND_REVIEWER, {S.FIRST_PASSED: S.SECOND_PASSED}, PASSED),
        Transition(Role.SECOND_REVIEWER, {S.FIRST_PASSED: S.IN_PROGRESS}, RETURNED, reply=ReplyRule.ALLOWED),
        guard=guards.second_review,
        effect=effects.review,
    ),
    Kind.ON_SITE: _rule(
        Transition(_REVIEWERS | Role.SUPERVISOR, _stay(_UNDER_REVIEW)), guard=guards.on_site, effect=effects.on_site
    ),
    Kind.NOTICE: _rule(
        Transition(Role.SECOND_REVIEWER, {S.SECOND_PASSED: S.PUBLICISED}), guard=guards.case, effect=effects.notice
    ),
    Kind.CLOSE_OUT: _rule(
        Transition(Role.SECOND_REVIEWER, _from((S.PUBLICISED, S.SECOND_PASSED), S.CLOSED)),
        guard=guards.close_out,
        effect=effects.close_out,
    ),
    Kind.FILING: _rule(
        Transition(Role.SECOND_REVIEWER, {S.CLOSED: S.CLOSED}), guard=guards.of_close_out, effect=effects.filing
    ),
    Kind.REOPENING: _rule(
        Transition(
            _OVERSEERS, _from((S.IN_PROGRESS, *COMPLETE), S.IN_PROGRESS), next_round=COMPLETE, reply=ReplyRule.ALLOWED
        ),
        guard=guards.reopening,
        effect=effects.reopening,
    ),
    Kind.EXTENSION_REQUEST: _rule(
        Transition(Role.OWN, _stay(OPEN), sorts=(Sort.DATED,)),
        guard=guards.extension_request,
        effect=effects.extension_request,
    ),
    Kind.EXTENSION_GRANT: _rule(
        Transition(Role.SECOND_REVIEWER, _stay(OPEN), sorts=(Sort.DATED,)),
        Transition(Role.SECOND_REVIEWER, _TO_LONG_TERM, Kind.TO_LONG_TERM, sorts=(Sort.DATED,)),
        guard=guards.extension_grant,
        effect=effects.extension_grant,
    ),
    Kind.EXTENSION_REFUSAL: _rule(
        Transition(Role.SECOND_REVIEWER, _stay(OPEN), sorts=(Sort.DATED,), reply=ReplyRule.ALLOWED),
        guard=guards.extension_answer,
        effect=effects.extension_refusal,
    ),
    Kind.TO_LONG_TERM: _rule(
        Transition(Role.OWN, _stay((S.IN_PROGRESS, S.BASICALLY_DONE)), sorts=(Sort.DATED,)),
        guard=guards.to_long_term,
        effect=effects.extension_request,
    ),
    Kind.LONG_TERM_REVIEW: _rule(
        Transition(Role.OWN | Role.LEAD, _stay(OPEN) | _START, sorts=(Sort.LONG_TERM,)),
        Transition(Role.OWN | Role.LEAD, _stay(COMPLETE), sorts=CLOSABLE, only_if=Need.FOLLOW_UP),
        guard=guards.next_review,
        effect=effects.long_term_review,
    ),
    Kind.OCCURRENCE: _rule(
        Transition(Role.OWN, _stay(OPEN) | _START, sorts=(Sort.RECURRING,)),
        Transition(Role.OWN, _stay(OPEN) | _START, sorts=(*CLOSABLE, Sort.LONG_TERM), only_if=Need.DUTY),
        guard=guards.occurrence,
        effect=effects.occurrence,
    ),
    Kind.INSPECTION: _rule(
        Transition(Role.SUPERVISOR, _stay(), TRUE, reply=ReplyRule.ALLOWED),
        Transition(Role.SUPERVISOR, _RELAPSE, UNTRUE, next_round=COMPLETE, reply=ReplyRule.AWAITED),
        Transition(Role.SUPERVISOR, _RELAPSE, RELAPSED, next_round=COMPLETE, reply=ReplyRule.AWAITED),
        guard=None,
        effect=effects.inspection,
    ),
    Kind.LOOK_BACK: _rule(
        Transition(_OVERSEERS, {S.CLOSED: S.CLOSED}, TRUE, reply=ReplyRule.ALLOWED),
        Transition(
            _OVERSEERS, {S.CLOSED: S.IN_PROGRESS}, RELAPSED, next_round=frozenset({S.CLOSED}), reply=ReplyRule.AWAITED
        ),
        guard=guards.of_close_out,
        effect=effects.look_back,
    ),
    **dict.fromkeys(
        LADDER,
        _rule(
            Transition(_OVERSEERS, _stay(), reply=ReplyRule.AWAITED),
            guard=None,
            effect=effects.escalation,
        ),
    ),
    Kind.REPLY: _rule(Transition(Role.OWN, _stay()), guard=None, effect=effects.reply, after_end=True),
    Kind.CORRECTION: _rule(guard=None, effect=None, after_end=True),
    Kind.ELECTION: _rule(guard=None, effect=None),
    Kind.WEAK_ORGANISATION: _rule(guard=None, effect=None),
    Kind.LESSON: _rule(Transition(Role.ANYBODY, _stay()), guard=None, effect=None, after_end=True),
}

REF_KINDS = kinds_about(About.ENTRY)
"""The kinds of entry that name another entry (针对) and belong to the task of that entry."""

UNBOUND_KINDS = frozenset(kind for kind, rule in RULES.items() if not rule.transitions)
"""The kinds without transitions: a 更正 changes another entry, and register entries are about a party organisation."""

WITH_VERDICT = frozenset(kind for kind, rule in RULES.items() if any(row.verdict for row in rule.transitions))
"""The kinds whose transitions depend on a verdict."""

_REPLIES: Mapping[tuple[Kind, object], ReplyRule] = {
    (kind, row.verdict): row.reply for kind, rule in RULES.items() for row in rule.transitions
}


def is_letter(kind: Kind, verdict: object) -> bool:
    """Whether the responsible unit may answer an entry with a 回复. Of the reviews, only a return may be answered.

    >>> is_letter(Kind.SUPERVISION, None), is_letter(Kind.FIRST_REVIEW, RETURNED), is_letter(Kind.FIRST_REVIEW, PASSED)
    (True, True, False)
    """
    return _REPLIES.get((kind, verdict), ReplyRule.NONE) is not ReplyRule.NONE


def awaits_reply(kind: Kind, verdict: object) -> bool:
    """Whether the responsible unit must answer with a 回复: after a step of the ladder, or an inspection with a bad verdict.

    >>> awaits_reply(Kind.SUPERVISION, None), awaits_reply(Kind.INSPECTION, TRUE)
    (True, False)
    """
    return _REPLIES.get((kind, verdict)) is ReplyRule.AWAITED


def recorders(kind: Kind) -> int:
    """The roles that may write an entry of a kind, as bits of ``Role``."""
    return reduce(or_, (row.by for row in RULES[kind].transitions), 0)


_BY_KEY = {
    (kind, row.verdict, sort): row for kind, rule in RULES.items() for row in rule.transitions for sort in row.sorts
}


def transition(kind: Kind, verdict: str | None, sort: Sort) -> Transition | None:
    """The row for an entry of a kind and verdict about a task of a sort; None if there is none.

    >>> transition(Kind.DONE, None, Sort.LONG_TERM) is None
    True
    """
    return _BY_KEY.get((kind, verdict, sort))
