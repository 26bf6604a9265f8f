"""``remind``: the letters of a day, one per addressee."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import NamedTuple

from zhenggai.model.entries import Escalation, Progress
from zhenggai.model.entry_fields import Mark
from zhenggai.model.kinds import Kind
from zhenggai.model.name_keys import name_key
from zhenggai.model.plan import Plan
from zhenggai.model.wording import day_beside, full_day, with_limit
from zhenggai.rules.day.day_status import StepStatus
from zhenggai.rules.day.snapshot import Snapshot, SnapshotTask
from zhenggai.rules.registers.terms import TermReminder
from zhenggai.rules.supervision.interviews import RED_RUN
from zhenggai.rules.supervision.ladder import REPLY_DAYS, UNTRUE_FOUND, Rung, addressees, days_words, ladder_of
from zhenggai.rules.supervision.letters import is_other_unit, signer_of
from zhenggai.rules.task.address import Address
from zhenggai.rules.task.life import Sort
from zhenggai.rules.task.transitions import LADDER
from zhenggai.rules.todo.submissions import PendingSubmission, reporting_unit
from zhenggai.views.due import DutyLine, due, overdue
from zhenggai.views.fact_lines import claimed
from zhenggai.views.letter_text import WHOLE, Item, Letter, Letters
from zhenggai.views.periods import missing_in_words
from zhenggai.views.selection import state_word
from zhenggai.views.submissions import submission_in_words

_PERSON = "责任人"


class Reminder(NamedTuple):
    """An item for one addressee of a unit, with the step of the ladder that it calls for."""

    unit: str
    addressee: str
    kind: Kind
    item: Item


def remind(
    whole: Snapshot,
    at_month_ends: Sequence[Snapshot],
    chosen: Snapshot,
    within: int | None = None,
    terms: Sequence[TermReminder] = (),
    submissions: Sequence[PendingSubmission] = (),
) -> Letters:
    """The letters about the tasks of ``chosen`` that are late or fall due ``within`` days (by default the profile's).

    ``whole`` is the snapshot of the whole plan; ``at_month_ends`` holds the snapshots that decide about three reds in a row.
    ``submissions`` are the reports that the plan still owes.
    """
    plan = chosen.plan
    days = plan.rules.due_soon_days if within is None else within
    steps = {step.task.key: step for step in ladder_of(whole, at_month_ends)}
    found = [
        *_of_tasks(chosen, steps, days),
        *_of_steps(chosen, steps, days),
        *(_of_duty(chosen, duty) for duty in (*overdue(chosen).duties, *due(chosen, days).duties)),
        *(_of_term(term) for term in terms),
        *_of_submissions(whole, submissions, days),
    ]
    letters = _letters(found, plan, chosen)
    return Letters(plan.title, plan.number, chosen.as_of, days, letters)


def letters_of(snapshot: Snapshot, entries: Sequence[Escalation], signer: str) -> Letter | Letters:
    """The letters of recorded steps, one for all tasks of a unit that have the same step and addressee; a single one stands alone.

    ``snapshot`` is as of the day of the entries, which it need not have. Each names an open task, or a unit as a whole.
    """
    tasks = {task.key: task for task in snapshot.tasks}
    found: dict[tuple[str, str, Kind], list[tuple[Escalation, Item]]] = {}
    for entry in entries:
        task = tasks.get(Address(entry.measure or "", entry.unit))
        item = (
            _recorded(snapshot, task, entry.basis)
            if task
            else Item(
                measure=None,
                content=snapshot.plan.terms.head("整改工作"),
                what=entry.basis.rstrip("。"),
                due=None,
                days=None,
                matter=WHOLE,
            )
        )
        item = replace(item, said=(*item.said, *_extent(entry)))
        unit = task.unit if task else entry.unit
        found.setdefault((unit, entry.addressee, entry.kind), []).append((entry, item))
    letters = [
        Letter(
            plan=snapshot.plan.title,
            unit=unit,
            addressee=addressee,
            kind=kind,
            items=tuple(item for _, item in own),
            as_of=own[0][0].date,
            reply_by=own[0][0].time_limit or own[0][0].date + timedelta(days=REPLY_DAYS),
            signer=signer,
            terms=snapshot.plan.terms,
            demand=own[0][0].content or "",
            to_other=is_other_unit(snapshot, addressee, unit),
        )
        for (unit, addressee, kind), own in found.items()
    ]
    if len(letters) == 1:
        return letters[0]
    return Letters(snapshot.plan.title, snapshot.plan.number, snapshot.as_of, 0, tuple(letters))


def _extent(entry: Escalation) -> Iterator[str]:
    """How many organisations and people a recorded step concerns: 涉及党组织1个、党员干部3人."""
    counted = ((entry.organisations, "党组织{}个"), (entry.people, "{}人"))
    if words := "、".join(word.format(number) for number, word in counted if number):
        yield f"涉及{words}"


def _recorded(snapshot: Snapshot, task: SnapshotTask, basis: str) -> Item:
    """The item of a recorded step: of the measure's step that its basis names, else of the task."""
    sent = _sent(snapshot, task)
    step = next((s for s in task.status.steps if basis.startswith((s.step.name, s.in_words))), None)
    return _item_of_step(task, step, sent) if step else _item(snapshot, task, basis, sent)


def _letters(found: Sequence[Reminder], plan: Plan, snapshot: Snapshot) -> tuple[Letter, ...]:
    """One letter per addressee, with the gravest step that any of its items calls for; gravest letters first."""
    by_addressee: dict[tuple[str, str], list[Reminder]] = {}
    for reminder in found:
        by_addressee.setdefault((reminder.unit, name_key(reminder.addressee)), []).append(reminder)
    letters = [
        Letter(
            plan=plan.title,
            unit=unit,
            addressee=reminders[0].addressee,
            kind=max((r.kind for r in reminders), key=LADDER.index),
            items=tuple(sorted((r.item for r in reminders), key=lambda item: -(item.days or 0))),
            as_of=snapshot.as_of,
            reply_by=snapshot.as_of + timedelta(days=REPLY_DAYS),
            signer=signer_of(snapshot, unit),
            terms=plan.terms,
            to_other=is_other_unit(snapshot, reminders[0].addressee, unit),
        )
        for (unit, _), reminders in by_addressee.items()
    ]
    return tuple(sorted(letters, key=lambda letter: -LADDER.index(letter.kind)))


def _of_tasks(snapshot: Snapshot, steps: Mapping[Address, Rung], within: int) -> Iterator[Reminder]:
    """Items for tasks that are late or due soon, and for those that reach a step by an inspection or by their lights."""
    for task in snapshot.tasks:
        step = steps.get(task.key)
        step = None if step and step.of_step else step
        left = task.status.days_left
        waits = step is not None and step.taken is None and step.kind is not Kind.REMINDER
        if waits or (left is not None and left <= within):
            kind = step.kind if step and step.taken is None else Kind.REMINDER
            item = _item(snapshot, task, step.basis if step else None, _sent(snapshot, task, step))
            for addressee in addressees(task, step.addressee if step else _PERSON):
                yield Reminder(task.unit, addressee, kind, item)


def _of_steps(snapshot: Snapshot, rungs: Mapping[Address, Rung], within: int) -> Iterator[Reminder]:
    """Items for the steps of the measures that are late or due soon."""
    for task in snapshot.tasks:
        for step in task.status.steps:
            if step.days_left > within:
                continue
            rung = rungs.get(task.key)
            rung = rung if rung and rung.of_step == step.step.number else None
            item = _item_of_step(task, step, _sent(snapshot, task, rung))
            kind = rung.kind if rung and rung.taken is None else Kind.REMINDER
            for addressee in addressees(task, rung.addressee if rung else _PERSON):
                yield Reminder(task.unit, addressee, kind, item)


def _item_of_step(task: SnapshotTask, step: StepStatus, sent: tuple[str, ...]) -> Item:
    name, words = step.step.on_paper, with_limit(step.step.words)
    return Item(
        measure=task.measure,
        content=task.task.measure.content,
        what=words if name == step.step.words else f"{name}，{words}",
        due=step.due,
        days=-step.days_left,
        said=sent,
        may_extend=task.row.sort is Sort.DATED and not step.is_overdue,
    )


_LAST = 3
"""How many of the letters that were sent about a task a new one names."""


def _sent(snapshot: Snapshot, task: SnapshotTask, rung: Rung | None = None) -> tuple[str, ...]:
    """The last letters that were already sent, to the task's unit about the task, or otherwise about the same: 6月20日已提醒、7月1日已督办."""
    sent = {*task.head.ladder, *([rung.taken] if rung and rung.taken else [])}
    last = sorted(sent, key=lambda step: (step.date, step.number))[-_LAST:]
    return ("、".join(f"{day_beside(step.date, snapshot.as_of)}已{step.kind}" for step in last),) if last else ()


def _item(snapshot: Snapshot, task: SnapshotTask, basis: str | None, sent: tuple[str, ...]) -> Item:
    """The item of a task. ``basis`` is why the letter is sent; it is said unless it is only how late the task is."""
    left = task.status.days_left
    percent = claimed(task)
    last = task.head.last_entry
    state = ["" if task.row.sort in _ENDLESS else f"目前{state_word(task)}", f"进度{percent}" if percent else ""]
    state.append(missing_in_words(task.status.duties.unfilled))
    state.append(f"最近一次记录{day_beside(last, snapshot.as_of)}" if last else "还没有记录")
    cause = _cause(snapshot, task)
    why = [f"依据：{basis.rstrip('。')}"] if basis and (left is None or basis != days_words(left)) else []
    return Item(
        measure=task.measure,
        content=task.task.measure.content,
        what=_deadline(task),
        due=task.head.due,
        days=None if left is None else -left,
        said=("，".join(filter(None, state)), *why, *([f"原因：{cause}"] if cause else []), *sent),
        matter=_matter(basis or "", is_late=task.status.is_overdue),
        may_extend=task.row.sort is Sort.DATED and left is not None and left >= 0,
    )


_ENDLESS = (Sort.LONG_TERM, Sort.RECURRING)
"""The sorts whose deadline already says how they stand."""


def _matter(basis: str, *, is_late: bool) -> str:
    """What an item is counted as for another reason than its date: an inspection that found fault, lights that have long been red."""
    if basis.endswith(UNTRUE_FOUND):
        return "督查不实"
    return "长期红灯" if basis.endswith(RED_RUN) and not is_late else ""


def _deadline(task: SnapshotTask) -> str:
    """The deadline in the plan's words; if there are none, the category of the measure. Of what has no end, its frequency or next review."""
    words, review = task.task.schedule.words, task.next_review
    if task.row.sort is Sort.RECURRING:
        return f"频次{words}" if words else task.task.category
    by = f"，{full_day(review)}应评估" if review and task.row.sort is Sort.LONG_TERM else ""
    return f"{with_limit(words) if words and words != task.task.category else task.task.category}{by}"


def _cause(snapshot: Snapshot, task: SnapshotTask) -> str | None:
    """The last reason for the delay that the unit gave."""
    said = (snapshot.said(event.number) for event in reversed(task.events) if event.flags & Mark.CAUSE)
    return next((e.cause.rstrip("。；") for e in said if isinstance(e, Progress) and e.cause), None)


def _of_duty(snapshot: Snapshot, duty: DutyLine) -> Reminder:
    content = snapshot.plan.measure_by_number[duty.measure].content
    item = Item(measure=duty.measure, content=content, what=duty.in_words, due=duty.due, days=duty.days)
    return Reminder(duty.unit, duty.person or _PERSON, Kind.REMINDER, item)


def _of_term(term: TermReminder) -> Reminder:
    said = tuple(filter(None, (term.grade, term.note)))
    item = Item(
        measure=None, content=f"{term.organisation}换届", what=term.what, due=term.due, days=term.days, said=said
    )
    return Reminder(term.unit, term.person or _PERSON, Kind.REMINDER, item)


def _of_submissions(whole: Snapshot, pending: Sequence[PendingSubmission], within: int) -> Iterator[Reminder]:
    """Items for the reports to superiors that are late or due soon, to the unit that sends them."""
    unit = reporting_unit(whole)
    for one in pending if unit else ():
        if unit and one.due and one.is_near(whole.as_of, within):
            days = one.days(whole.as_of)
            item = Item(measure=None, content=f"报送{submission_in_words(one)}", what=one.words, due=one.due, days=days)
            yield Reminder(unit, unit, Kind.REMINDER, item)
