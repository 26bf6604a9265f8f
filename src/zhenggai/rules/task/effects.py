"""The effects of accepted entries on a TaskState, apart from the change of ``state``.

Each function serves one kind of entry or several; the table in ``transitions`` assigns them. Effects change ``head`` in place.
"""

from datetime import date

from zhenggai.deadline.calendar import add_months
from zhenggai.model.entry_fields import Mark
from zhenggai.model.event_of_entry import Event
from zhenggai.model.kinds import ABSENT, PASSED, TRUE, UNTRUE, Kind
from zhenggai.rules.task.opening import followed_from, judged_on
from zhenggai.rules.task.reported_money import reported
from zhenggai.rules.task.task import REVIEW_MONTHS, Task
from zhenggai.rules.task.task_state import Closing, Duty, Escalated, Pending, TaskState


def next_round(head: TaskState, event: Event) -> None:
    head.round += 1
    head.round_start = event.date
    head.percent = None
    head.completed = head.completed_recorded = head.closed = None
    head.visited = head.notice_end = head.filed = head.looked_back = None
    head.absent = False
    head.case, head.pending = (), ()
    head.evidence = 0
    head.steps = ()


def claim(task: Task, head: TaskState, event: Event) -> None:
    head.claimed = head.claimed or event.date
    head.person = "".join(event.all_of("person")) or head.person
    head.leader = "".join(event.all_of("leader")) or head.leader
    head.own_steps = event.all_of("own_steps") or head.own_steps


def progress(task: Task, head: TaskState, event: Event) -> None:
    head.started = head.started or event.date
    head.evidence += bool(event.flags & Mark.EVIDENCE)
    if isinstance(event.value, int):
        head.percent = event.value
    if event.more:
        head.steps = tuple(dict.fromkeys(head.steps + event.all_of("steps")))
        head.money = head.money.plus(reported(event, task.money_unit))
        _measure(head, event)


def _measure(head: TaskState, event: Event) -> None:
    """Add the target values of an entry. If the entry names exactly one step, the values belong to that step's target."""
    for measured in event.all_of("measured"):
        steps = event.all_of("steps")
        base = "".join(event.all_of("measured_base"))
        head.targets += ((event.date, steps[0] if len(steps) == 1 else "", measured, base),)


def done(task: Task, head: TaskState, event: Event) -> None:
    head.started = head.started or event.date
    head.evidence += bool(event.flags & Mark.EVIDENCE)
    head.steps = tuple(dict.fromkeys(head.steps + event.all_of("steps")))
    head.money = head.money.plus(reported(event, task.money_unit))
    head.completed, head.completed_recorded = event.date, judged_on(event, task.opening)
    head.absent = event.value == ABSENT
    if task.schedule.then:
        head.next_review = review_after(task, followed_from(event, task.opening))
    head.pending = ()
    head.relapse = head.returned = None


def review_after(task: Task, day: date) -> date:
    """The first 评估 of a task followed up from a day on: the plan's (下次评估) if it is still to come, else a quarter on."""
    planned = task.schedule.next_review
    return planned if planned and planned > day else add_months(day, REVIEW_MONTHS)


def application(task: Task, head: TaskState, event: Event) -> None:
    head.case = (event.number,)
    head.evidence += bool(event.flags & Mark.EVIDENCE)


def review(task: Task, head: TaskState, event: Event) -> None:
    if event.value == PASSED:
        head.case += (event.number,)
        return
    head.returns += 1
    head.returned = event.date
    head.completed = head.completed_recorded = None
    head.absent = False
    head.case, head.visited = (), None


def on_site(task: Task, head: TaskState, event: Event) -> None:
    head.visited = event.date


def notice(task: Task, head: TaskState, event: Event) -> None:
    head.case += (event.number,)
    head.notice_end = event.until


def close_out(task: Task, head: TaskState, event: Event) -> None:
    head.case += (event.number,)
    head.closed = event.date
    head.closings += (Closing(head.round, event.number, event.date),)


def filing(task: Task, head: TaskState, event: Event) -> None:
    head.filed = event.date


def reopening(task: Task, head: TaskState, event: Event) -> None:
    head.due, head.due_source = event.until, "重新整改"
    head.redated = head.redated or event.ref == head.relapse


def look_back(task: Task, head: TaskState, event: Event) -> None:
    *earlier, last = head.closings  # never empty: a 回头看 needs a closed task
    head.closings = (*earlier, last._replace(looked=event.number, looked_on=event.date, verdict=str(event.value)))
    if event.value == TRUE:
        head.looked_back = event.date
    else:
        inspection(task, head, event)


def inspection(task: Task, head: TaskState, event: Event) -> None:
    if event.value == TRUE:
        return
    if event.value == UNTRUE:
        head.untrue = event.date
    head.percent = None
    head.relapses += head.is_complete  # counts only after 完成; before it, only the reported percent is lost
    head.relapse, head.redated = event.number, False


def extension_request(task: Task, head: TaskState, event: Event) -> None:
    step = event.step
    others = (request for request in head.pending if request.step != step)
    head.pending = (*others, Pending(event.number, event.kind, step))
    head.requests += event.kind is Kind.EXTENSION_REQUEST


def extension_grant(task: Task, head: TaskState, event: Event) -> None:
    request = head.request(event.ref)
    if request and request.kind is Kind.TO_LONG_TERM:
        head.long_term, head.next_review = True, event.until
        head.due, head.due_source = None, "转长期"
    elif request and request.step and event.until:
        others = (pair for pair in head.step_dues if pair[0] != request.step)
        head.step_dues = (*others, (request.step, event.until))
        head.extensions += 1
    else:
        head.due, head.due_source = event.until, "延期"
        head.extensions += 1
    _answered(head, event)


def extension_refusal(task: Task, head: TaskState, event: Event) -> None:
    _answered(head, event)


def _answered(head: TaskState, event: Event) -> None:
    """The request that the entry answers waits no longer."""
    head.pending = tuple(request for request in head.pending if request.number != event.ref)


def long_term_review(task: Task, head: TaskState, event: Event) -> None:
    head.started = head.started or event.date
    head.next_review = event.until
    _measure(head, event)


def occurrence(task: Task, head: TaskState, event: Event) -> None:
    head.started = head.started or event.date
    step = event.step
    head.duties += (Duty(str(event.value), event.date.toordinal(), judged_on(event, task.opening).toordinal(), step),)
    _measure(head, event)


def escalation(task: Task, head: TaskState, event: Event) -> None:
    head.ladder += (Escalated(event.kind, event.date, event.number, event.until),)


def reply(task: Task, head: TaskState, event: Event) -> None:
    head.ladder = tuple(
        e._replace(replied=event.date) if e.number == event.ref and e.replied is None else e for e in head.ladder
    )
