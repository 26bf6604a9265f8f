"""What falls due as a calendar: an event for each task, step, duty and review, which stays the same when its date moves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhenggai.document.calendar import Calendar, CalendarEvent
from zhenggai.model.wording import shortened

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from zhenggai.model.profile import Profile
    from zhenggai.views.due import DueList, DutyLine
    from zhenggai.views.task_lines import StepLine, TaskLine

_SHOWN = 40  # characters of a content in a summary


def due_calendar(due: DueList) -> Calendar:
    """The calendar of a list of what falls due."""
    return Calendar(f"{due.snapshot.plan.title}：到期", due.snapshot.as_of, tuple(_events(due)))


def reminder_days(rules: Profile) -> tuple[int, ...]:
    """How many days before a due date the ladder has reminders, the earliest first."""
    return tuple(sorted({-step.overdue_days for step in rules.ladder if step.overdue_days < 0}, reverse=True))


def _events(due: DueList) -> Iterator[CalendarEvent]:
    plan, alarms = due.snapshot.plan, reminder_days(due.snapshot.plan.rules)
    contents = {measure.number: measure.content for _, measure in plan.measures()}

    def event(
        line: TaskLine | StepLine | DutyLine, what: str, name: str, content: str, day: date, deadline: str
    ) -> CalendarEvent:
        """``what`` tells the dates of one task apart; ``name`` is what is due."""
        return CalendarEvent(
            about=(plan.number, line.measure, line.given, what),
            day=day,
            summary=f"{name}到期：{shortened(content, _SHOWN)}",
            description=(
                f"{line.measure} {contents.get(line.measure, content)}",
                f"责任单位：{line.unit}",
                *([f"责任人：{line.person}"] if line.person else []),
                *([f"时限：{deadline}"] if deadline else []),
                f"zhenggai show {line.measure} {line.unit}",
            ),
            alarms=alarms,
        )

    for task in due.tasks:
        if task.due:
            yield event(task, "", f"{task.measure} {task.unit}", task.content, task.due, task.deadline)
    for step in due.steps:
        yield event(step, step.step, f"步骤{step.step} {step.unit}", step.content, step.due, step.deadline)
    for duty in due.duties:
        content = contents.get(duty.measure, "")
        yield event(duty, duty.what, f"{duty.measure} {duty.unit} {duty.what} ", content, duty.due, "")
    for owed in due.submissions:
        yield CalendarEvent(
            about=(plan.number, "报送", owed.name),
            day=owed.due,
            summary=f"报送到期：{owed.name}",
            description=(f"时限：{owed.deadline}", *([f"报：{owed.recipient}"] if owed.recipient else [])),
            alarms=alarms,
        )
