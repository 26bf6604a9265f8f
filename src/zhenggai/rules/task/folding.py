"""A fold on its way: whether an entry is allowed in the state that the ones before it have left, and what it makes of it.

The transition table says which entry may follow in which state, guards check everything that the table cannot express, and
effects change the TaskState.
"""

from collections.abc import Callable, Mapping
from copy import copy
from datetime import date

from zhenggai.frozen import types_of
from zhenggai.model.entry_classes import CLASS_OF_KIND
from zhenggai.model.entry_fields import Mark
from zhenggai.model.event_of_entry import Event
from zhenggai.model.kinds import PASSED, Kind
from zhenggai.rules.task.effects import next_round, review_after
from zhenggai.rules.task.guards import LETTERS_ARE, LOOK_AT_BOTH, NO_LETTER, NOT_BEFORE, Refused
from zhenggai.rules.task.life import COMPLETE, ROLE_NAMES, SORT_OF, Role, Sort, State
from zhenggai.rules.task.opening import is_imported
from zhenggai.rules.task.task import Task
from zhenggai.rules.task.task_state import TaskState
from zhenggai.rules.task.transitions import RULES, WITH_VERDICT, Transition, is_letter, transition

UnitOf = Callable[[str], str]
"""From a ledger file's path to the full name of the unit that records there."""


class Folding:
    """A fold on its way: what the entries so far have made of a task.

    - ``head``: its state; ``explained``: as in ``Folded``;
    - ``seen``: the entries so far by number, None for one that was refused.
    """

    def __init__(self, task: Task, unit_of: UnitOf) -> None:
        self._then, self._turns, self._unit_of = task.on(date.min), list(task.versions)[:0:-1], unit_of
        schedule = self._then.schedule
        self.head = TaskState(schedule.due, schedule.due, schedule.source, next_review=schedule.next_review)
        self.explained: Event | None = None
        self.seen: dict[str, Event | None] = {}
        self._roles: dict[str, int] = {}

    def take(self, event: Event) -> Refused | None:
        """Apply an entry; the reason if it is refused. Entries come in order."""
        if self._turns:
            self.adjust(event.date)
        then = self._then
        role = self._roles.get(event.path)
        if role is None:
            role = self._roles[event.path] = then.role_of(self._unit_of(event.path))
        if then.deputy_reviewer and _may_stand_in(event) and self._unit_of(event.path) == then.deputy_reviewer:
            role |= Role.SECOND_REVIEWER
        try:
            _step(then, self.head, event, role, self.seen)
        except Refused as refused:
            self.seen[event.number] = None
            return refused
        self.seen[event.number] = event
        if event.flags and event.explains:
            self.explained = event
        return None

    def adjust(self, until: date = date.max) -> None:
        """Go on to the version of the task that held on a day; else to the last one."""
        while self._turns and self._turns[-1][0] <= until:
            self._then = _adjusted(self.head, self._then, *self._turns.pop())
            self._roles = {}

    def copied(self) -> "Folding":
        """The same, to go on from here once more. What one has seen, the other has too."""
        other = copy(self)
        other.head, other._turns = copy(self.head), list(self._turns)
        return other

    def stands_as(self, other: "Folding") -> bool:
        """Whether two of one task go on alike: they stand alike but for money, which nothing depends on."""
        if len(self._turns) != len(other._turns) or self.explained != other.explained:
            return False
        head = copy(self.head)
        head.money = other.head.money
        return head == other.head


def _may_stand_in(event: Event) -> bool:
    """Whether the plan's 复核单位 may record an entry in the place of a 验收单位: a passed 复核 only if it names who accepted."""
    return event.kind is not Kind.SECOND_REVIEW or event.value != PASSED or bool(event.flags & Mark.ACCEPTED_BY)


def _adjusted(head: TaskState, before: Task, day: date, after: Task) -> Task:
    """Move the dates adjusted on a day from ``after`` into ``head``; returns ``after``. A later entry may change them again."""
    was, now = before.schedule, after.schedule
    if now.due != was.due and not head.long_term:
        head.due, head.due_source = now.due, now.source
    if now.next_review != was.next_review:
        head.next_review = now.next_review
    if now.then and head.completed and (now.then, now.next_review) != (was.then, was.next_review):
        head.next_review = review_after(after, max(head.completed, day))
    return after


def _step(task: Task, head: TaskState, event: Event, role: int, seen: Mapping[str, Event | None]) -> None:
    """Apply one event to ``head``; raises ``Refused`` before it changes anything.

    This is the hot path of a fold (half a million calls for a county's year): it calls only what the event needs.
    """
    kind, ref, state = event.kind, event.ref, head.state
    rule = RULES[kind]
    row = _row(task, head, kind, _verdict(head, event) if kind in WITH_VERDICT else None)
    if not role & row.by:
        own = "自己的任务须回避，" if role & Role.OWN else ""
        raise Refused(_not_entitled(task, event, row), f"{own}由有权单位在自己的文件夹中记录")
    if ref is not None and ref not in seen:
        raise Refused(NOT_BEFORE.format(ref), LOOK_AT_BOTH)
    target = row.moves.get(state) or _target(kind, row, head)
    if ref is not None:
        _guard_reference(event, seen[ref])
    if not role & Role.OWN:
        _guard_hand(event)
    if rule.guard:
        rule.guard(task, head, event)
    if state in row.next_round:
        next_round(head, event)
    if rule.effect:
        rule.effect(task, head, event)
    if target is not state:
        head.state = target
        if (target in COMPLETE) != (state in COMPLETE):
            head.turns += (event.date,)
    if role & Role.OWN:
        if not head.own_days or head.own_days[-1] != event.date:
            head.own_days += (event.date,)
        head.last_entry = event.date
    elif event.flags & Mark.ON_BEHALF:
        head.behalf_days += (event.date,)
        head.last_entry = event.date
    if event.number > head.last_number:
        head.last_number = event.number
    if event.flags & Mark.COPIED and is_imported(event, task.opening):
        head.imported += 1


def _guard_reference(event: Event, named: Event | None) -> None:
    """Refuse an entry if the named entry was refused (``named`` is None), or a 回复 to an entry that needs no answer.

    Other conditions on references are in the guards of each kind.
    """
    if named is None:
        raise Refused(f"针对的记录 {event.ref} 没有计入", "先改正那一条，见它的提示")
    if event.kind is Kind.REPLY and not is_letter(named.kind, named.value):
        raise Refused(NO_LETTER.format(named.kind), LETTERS_ARE)


def _guard_hand(event: Event) -> None:
    """Refuse an entry that another unit recorded without the mark 代录, if its kind has that mark."""
    if event.kind in _MARKED and not event.flags & Mark.ON_BEHALF:
        raise Refused(f"他单位的{event.kind}须标明代录", "写上 代录: 是，或由责任单位自己记录")


_MARKED = frozenset(kind for kind, entry_class in CLASS_OF_KIND.items() if "on_behalf" in types_of(entry_class))


def why_not(task: Task, head: TaskState, kind: Kind) -> Refused | None:
    """Why an entry of ``kind`` (a kind without verdict) is not allowed in the present state; None if it is allowed."""
    try:
        _target(kind, _row(task, head, kind, None), head)
    except Refused as refused:
        return refused
    return None


def _row(task: Task, head: TaskState, kind: Kind, verdict: str | None) -> Transition:
    row = transition(kind, verdict, Sort.LONG_TERM if head.long_term else task.sort)
    if row is None or (row.only_if and not row.only_if.is_met_by(task)):
        category = "转为长期的" if head.long_term else task.category
        raise Refused(f"{category}任务不接受“{kind}”", f"“{kind}”只用于{_tasks_for(kind)}；核对措施编号")
    return row


def _target(kind: Kind, row: Transition, head: TaskState) -> State:
    """The state to which ``row`` leads from the present state; raises ``Refused`` if there is none."""
    if head.state in row.moves:
        return row.moves[head.state]
    allowed = "、".join(state for state in State if state in row.moves)
    raise Refused(f"任务{head.state}，不能记“{kind}”", f"此事项只能在 {allowed} 时记录")


def _tasks_for(kind: Kind) -> str:
    """The tasks that accept a kind of entry, in words."""
    rows = RULES[kind].transitions
    sorts = {sort for row in rows if not row.only_if for sort in row.sorts}
    named = [category for category, sort in SORT_OF.items() if sort in sorts]
    needing = [f"{row.only_if.value}的任务" for row in rows if row.only_if]
    return "，或".join([f"{'、'.join(named)}任务", *needing])


def _verdict(head: TaskState, event: Event) -> str | None:
    """The verdict that selects the transition of a kind: the entry's 结论; for a grant, the kind of the request."""
    if event.kind is Kind.EXTENSION_GRANT:
        request = head.request(event.ref)
        return Kind.TO_LONG_TERM if request and request.kind is Kind.TO_LONG_TERM else None
    return event.value if isinstance(event.value, str) else None


def _not_entitled(task: Task, event: Event, row: Transition) -> str:
    roles = "或".join(name for bit, name in ROLE_NAMES.items() if row.by & bit)
    units = "、".join(task.units_in_role(row.by)) or "方案未指定"
    return f"“{event.kind}”应由{roles}（{units}）记录"
