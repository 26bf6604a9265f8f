"""The whole to-do list (待办) of a unit on a day, by role, the most urgent first."""

from collections.abc import Iterable, Iterator, Sequence

from zhenggai.model.entries import Escalation
from zhenggai.rules.day.snapshot import Snapshot
from zhenggai.rules.registers.terms import Term, term_reminders
from zhenggai.rules.supervision.letters import unanswered
from zhenggai.rules.task.tasks import acceptors_of, measures_led_by, overseers_of
from zhenggai.rules.todo.acts import (
    Act,
    Part,
    Todo,
    assessment,
    leading_acts,
    overseeing_acts,
    own_acts,
    reviewing_acts,
)
from zhenggai.rules.todo.submissions import PendingSubmission, is_made_here, reporting_unit, soon_due


def todo_of(
    snapshot: Snapshot,
    unit: str,
    at_month_ends: Sequence[Snapshot] = (),
    terms: Iterable[Term] = (),
    submissions: Iterable[PendingSubmission] = (),
) -> tuple[Todo, ...]:
    """The list of a unit (full name) as of the snapshot's day, by role, the most overdue first.

    ``snapshot`` is unfiltered. ``at_month_ends`` are the snapshots at the last month-ends (``calendar.month_ends``), from
    which several reds in a row are found. ``terms`` are those of the organisation book,
    ``submissions`` the reports that the plan still owes.
    """
    found = [*_answers(snapshot, unit)]
    books = (snapshot.plan, snapshot.units, snapshot.as_of)
    leads = measures_led_by((unit,), *books)
    chain = snapshot.plan.review
    may_file = unit in overseers_of(*books) | acceptors_of(*books)  # others need not look at each closed task
    filed_with = chain.filed_with if chain and may_file else None
    for task in snapshot.tasks:
        if task.unit == unit:
            found += own_acts(task, snapshot.as_of, snapshot.plan.rules)
        elif snapshot.assessor(task) == unit:
            found += assessment(task, snapshot.as_of, snapshot.plan.rules)
        if task.measure in leads and task.unit != unit:
            found += leading_acts(task, snapshot.as_of, snapshot.plan.rules)
        found += reviewing_acts(task, unit, snapshot.as_of, filed_with)
    found += overseeing_acts(snapshot, unit, at_month_ends)
    found += _terms(snapshot, unit, terms)
    found += _submissions(snapshot, unit, submissions)
    return tuple(sorted(found, key=_urgency))


def _urgency(todo: Todo) -> tuple[int, bool, bool, int, int]:
    """The sort key: role, items that wait for their day last, dated items first, the most overdue first."""
    overdue = todo.task.status.overdue_days if todo.task else 0
    return (tuple(Part).index(todo.part), not todo.is_now, todo.days is None, -(todo.days or 0), -overdue)


def _answers(snapshot: Snapshot, unit: str) -> Iterator[Todo]:
    """The letters that await the unit's 回复."""
    for record in unanswered(snapshot, unit):
        entry = snapshot.said(record.entry.number) or record.entry
        due = entry.time_limit if isinstance(entry, Escalation) else None
        yield Todo(
            part=Part.OWN,
            act=Act.REPLY,
            why=f"{snapshot.unit_name(record.recorder)} {entry.date} {entry.kind}",
            task=snapshot.task_of(entry.number),
            due=due,
            days=None if due is None else (snapshot.as_of - due).days,
            letter=record,
        )


def _submissions(snapshot: Snapshot, unit: str, pending: Iterable[PendingSubmission]) -> Iterator[Todo]:
    """The reports to superiors that are late, due soon, or without a day that can be read."""
    if unit != reporting_unit(snapshot):
        return
    for item in soon_due(snapshot, pending):
        yield Todo(
            part=Part.REPORTER,
            act=Act.SUBMIT,
            why=item.words if is_made_here(item.name) else f"{item.words}，报出后在方案里写“已报: 日期”",
            due=item.due,
            days=item.days(snapshot.as_of),
            named=(item.name,),
        )


_MATTERS = {"请示换届": ("请示", None), "换届选举": ("换届中", "已换届"), "报告换届结果": (None, "已换届")}
"""The next step of a term → the matter that its own unit records, and that of the unit above. None: nothing."""


def _terms(snapshot: Snapshot, unit: str, terms: Iterable[Term]) -> Iterator[Todo]:
    """The due steps of elections, for the organisation's own unit and for the unit above."""
    for term in terms:
        for reminder in term_reminders([term]):
            for part, matter in _parts(snapshot, unit, term, reminder.what):
                yield Todo(
                    part=part,
                    act=Act.TERM,
                    why="，".join(filter(None, (f"{reminder.what}，{reminder.grade}", reminder.note))),
                    due=reminder.due,
                    days=reminder.days,
                    named=(term.organisation.name, matter),
                    term=term,
                )


def _parts(snapshot: Snapshot, unit: str, term: Term, what: str) -> Iterator[tuple[Part, str]]:
    own, above = _MATTERS[what]
    carrier, day = snapshot.units.carrier, snapshot.as_of
    superior = term.organisation.superior or snapshot.plan.task_force
    if own and not (what == "换届选举" and term.begun) and carrier(term.organisation.unit, day) == unit:
        yield Part.OWN, own
    if above and superior and carrier(superior, day) == unit:
        yield Part.OVERSEER, above
