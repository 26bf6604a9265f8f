"""The steps of a task: those of its measure, the earlier dates of its deadline, and those that its unit added (认领)."""

from datetime import date
from typing import NamedTuple

from zhenggai.model.plan import Step
from zhenggai.rules.task.task import StepWindow, Task
from zhenggai.rules.task.task_state import TaskState


class TaskStep(NamedTuple):
    """A step of a task: number, text, deadline in the plan's words, last day on time.

    - ``own``: the unit added the step;
    - ``to_be_done``: the step must be done before close-out. A step with a 频次 never ends, and a date of a deadline with
      several only asks how far the work is by then; neither need be done.
    """

    number: str
    content: str
    own: bool
    to_be_done: bool
    words: str = ""
    due: date | None = None

    @property
    def name(self) -> str:
        """The step for people: 步骤 1-1-2 初稿."""
        return step_name(self.number, self.content)


def step_name(number: str, content: str) -> str:
    """A step for people.

    >>> step_name("1-1-2", "初稿"), step_name("1-1-2", "")
    ('步骤 1-1-2 初稿', '步骤 1-1-2')
    """
    return " ".join(filter(None, ("步骤", number, content)))


def number_on_paper(number: str) -> str:
    """The number of a step as the plan has it. An earlier date of a deadline has none: it bears that of its step or measure.

    >>> number_on_paper("3-2-1"), number_on_paper("3-2-1-20200630"), number_on_paper("3-2-20200630")
    ('3-2-1', '3-2-1', '3-2')
    """
    plain, _, day = number.rpartition("-")
    return plain if len(day) == len("20200630") else number


def step_on_paper(number: str, content: str) -> str:
    """A step for papers. An earlier date of a measure's deadline is called by its words.

    >>> step_on_paper("3-2-1", "初稿"), step_on_paper("3-2-1-20200630", "初稿"), step_on_paper("3-2-20200630", "6月底前见效")
    ('步骤 3-2-1 初稿', '步骤 3-2-1 初稿', '6月底前见效')
    """
    plain = number_on_paper(number)
    return content if plain != number and plain.count("-") == 1 else step_name(plain, content)


def steps_of(task: Task, head: TaskState) -> tuple[TaskStep, ...]:
    """All steps of a task. The numbers of the unit's own steps follow the last step of the plan."""
    windows = {window.number: window for window in task.schedule.steps if window.number}
    moved = dict(head.step_dues)
    planned = [_planned(step, windows.pop(step.number, None), moved) for step in task.measure.steps]
    dates = [TaskStep(w.number, w.content, False, False, w.words, moved.get(w.number, w.due)) for w in windows.values()]
    ends = [step.number.rpartition("-")[2] for step in planned]
    last = max((int(end) for end in ends if end.isdecimal()), default=0)
    own = (
        TaskStep(f"{task.measure.number}-{last + nth}", text, True, True) for nth, text in enumerate(head.own_steps, 1)
    )
    return (*planned, *dates, *own)


def _planned(step: Step, window: StepWindow | None, moved: dict[str, date]) -> TaskStep:
    if window is None:
        return TaskStep(step.number, step.content, False, True)
    to_be_done = not (step.frequency or window.recurrence)
    return TaskStep(step.number, step.content, False, to_be_done, window.words, moved.get(step.number, window.due))


def done_with(number: str) -> tuple[str, str]:
    """What a step may be recorded as done by: its own number; an earlier date of a step's deadline also by the step's.

    >>> done_with("3-2-1-20200630")
    ('3-2-1-20200630', '3-2-1')
    """
    return number, number.rpartition("-")[0]


def is_done(number: str, head: TaskState) -> bool:
    """Whether a step is done."""
    return any(recorded in head.steps for recorded in done_with(number))


def due_of(task: Task, head: TaskState, step: str = "") -> date | None:
    """The present due date of the task, or of its step with this number."""
    if not step:
        return head.due
    return next((s.due for s in steps_of(task, head) if s.number == step), None)


def undone_steps(task: Task, head: TaskState) -> tuple[str, ...]:
    """The numbers of the steps that must be done before close-out and are not done."""
    return tuple(s.number for s in steps_of(task, head) if s.to_be_done and not is_done(s.number, head))


def dated_steps(task: Task, head: TaskState) -> tuple[TaskStep, ...]:
    """The steps with a due date that are still to be done, in the order of their numbers.

    In a second or later round only the dates from its first day on count: the earlier ones were those of another round. A date
    that was already past when an adjustment brought it does not count either.
    """
    since = head.round_start or date.min
    due = (s for s in steps_of(task, head) if s.due and s.due >= since and not is_done(s.number, head))
    return tuple(s for s in due if not task.earlier or (s.due or date.max) >= _stated(task, s.number))


def _stated(task: Task, number: str) -> date:
    """The first day on which the plan gave a step its date; date.min for one that the plan as issued has."""
    return next(
        (day for day, version in task.versions if any(w.number == number for w in version.schedule.steps)), date.min
    )
