"""The row of a task: the values that lists count and show. The values are plain, so that the index reads thousands fast."""

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from zhenggai.deadline.meaning import DeadlineKind
from zhenggai.deadline.recurrence import Recurrence
from zhenggai.model.money import NO_MONEY, Money
from zhenggai.model.plan import Category
from zhenggai.rules.task.life import COMPLETE, Sort, State
from zhenggai.rules.task.steps import dated_steps, is_done, step_name, step_on_paper

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zhenggai.model.event_of_entry import Event
    from zhenggai.rules.task.steps import TaskStep
    from zhenggai.rules.task.task import StepWindow, Task
    from zhenggai.rules.task.task_state import TaskState


class Rhythm(NamedTuple):
    """A frequency of a recurring duty, and the days on which it held: from ``start`` to the day before ``until``.

    ``until`` is None if the frequency still holds.
    """

    recurrence: Recurrence
    start: date
    until: date | None = None


class EntryPlace(NamedTuple):
    """The number of an entry, and the path of its file."""

    number: str
    path: str


class Duties(NamedTuple):
    """The recorded occurrences of a recurring duty, in columns of equal length.

    ``periods`` are the periods, ``days`` the days of the entries, ``recorded`` the days on which they count as recorded;
    days are ordinals.
    """

    periods: tuple[str, ...] = ()
    days: tuple[int, ...] = ()
    recorded: tuple[int, ...] = ()


NO_DUTIES = Duties()


class Routine(NamedTuple):
    """A recurring duty of a task: the measure's own, or that of a step.

    - ``step``, ``content``: number and text of the step; "" for the measure's own;
    - ``words``: the frequency in the plan's words;
    - ``rhythms``: the frequencies over time; ``duties``: the recorded occurrences;
    - ``missed_from``: the first day (an ordinal) on which an occurrence may end that can be missed: that after the plan's 期初.
    """

    step: str = ""
    content: str = ""
    words: str = ""
    rhythms: tuple[Rhythm, ...] = ()
    duties: Duties = NO_DUTIES
    missed_from: int = 0

    @property
    def rhythm(self) -> Rhythm | None:
        """The present frequency; None if there is none."""
        return next((rhythm for rhythm in self.rhythms if rhythm.until is None), None)

    @property
    def step_on_paper(self) -> str:
        """The step for papers: 步骤 1-2-1 公示."""
        return step_on_paper(self.step, self.content)

    def name_of(self, period: str) -> str:
        """An occurrence for people: 2021-05, 步骤 1-2-1 公示 2021-05."""
        return f"{step_name(self.step, self.content)} {period}" if self.step else period


class StepRow(NamedTuple):
    """A step that is still to be done by a day (an ordinal); ``words`` is its deadline in the plan's words."""

    number: str
    content: str
    words: str
    due: int

    @property
    def name(self) -> str:
        """The step for people: 步骤 1-1-2 初稿."""
        return step_name(self.number, self.content)

    @property
    def on_paper(self) -> str:
        """The step for papers: 步骤 1-1-2 初稿, or the words of an earlier date of a deadline: 6月底前见效."""
        return step_on_paper(self.number, self.content)


class TaskRow(NamedTuple):
    """The row of a task. Days of type int are ordinals.

    - ``start``: the first day of the window, or of the round from the second round on;
    - ``routines``: its recurring duties, each on the days on which the task was open;
    - ``steps``: its steps with a due date, while the task is open;
    - ``person``: the person that the unit named in its claim (认领), else the person in the plan;
    - ``words``: the deadline in the words of the plan;
    - ``due_source``: the source of the due date, with 继承 in front if it is inherited;
    - ``explained``: the newest 进展 that gives a cause or a difficulty;
    - ``completed``, ``completed_recorded``: the day of completion, and that on which it counts as recorded;
    - ``lasting``: 长期坚持 or 持续推进 for a task that is reviewed now or after its completion, else "";
    - ``next_review``: the day of the next review, as long as the task is reviewed;
    - ``unread``: whether it or a step cannot be judged overdue or missed, since the deadline's words give no date;
    - ``pending``: the steps whose extension was asked for and not yet answered; "" is the task itself;
    - ``requests``, ``extensions``, ``returns``, ``relapses``: how often this happened;
    - ``money``: the sums of 整改金额, 追缴 and 挽回损失;
    - ``imported``: the number of entries from an old ledger.
    """

    sort: Sort
    state: State
    start: int
    due: int | None = None
    percent: int | None = None
    last_entry: int | None = None
    next_review: int | None = None
    long_term: bool = False
    lasting: str = ""
    unread: bool = False
    absent: bool = False
    returned: bool = False
    pending: tuple[str, ...] = ()
    round: int = 1
    requests: int = 0
    extensions: int = 0
    returns: int = 0
    routines: tuple[Routine, ...] = ()
    steps: tuple[StepRow, ...] = ()
    person: str | None = None
    words: str = ""
    due_source: str = ""
    explained: EntryPlace | None = None
    completed: date | None = None
    completed_recorded: date | None = None
    relapses: int = 0
    money: Money = NO_MONEY
    imported: int = 0

    @property
    def is_long_term(self) -> bool:
        """Whether the task is reviewed instead of completed: by its sort, or since 转长期."""
        return self.sort is Sort.LONG_TERM or self.long_term

    @property
    def is_followed(self) -> bool:
        """Whether the task was completed and is reviewed from then on (…，并长期坚持)."""
        return bool(self.lasting) and not self.is_long_term and self.is_complete and not self.absent

    @property
    def is_complete(self) -> bool:
        """Whether the task counts as completed."""
        return self.state in COMPLETE


def row_of(
    task: "Task", head: "TaskState", explained: "Event | None", known: tuple[Routine, ...] | None = None
) -> TaskRow:
    """The row of a task from its TaskState and ``Folded.explained``. ``known``: its ``row_routines``, if they are at hand."""
    inherited = task.schedule.inherited and head.due_source == task.schedule.source
    has_steps = bool(task.schedule.steps) and head.state not in COMPLETE
    row = TaskRow(
        sort=task.sort,
        state=head.state,
        start=(head.round_start or task.schedule.start).toordinal(),
        due=_ordinal(head.due),
        percent=head.percent,
        last_entry=_ordinal(head.last_entry),
        long_term=head.long_term,
        lasting=_lasting(task, head),
        unread=_is_unread(task, head, has_steps),
        absent=head.absent,
        returned=head.returned is not None,
        pending=tuple(request.step for request in head.pending),
        round=head.round,
        requests=head.requests,
        extensions=head.extensions,
        returns=head.returns,
        routines=row_routines(task, head) if known is None else known,
        steps=tuple(_step_row(step) for step in dated_steps(task, head)) if has_steps else (),
        person=head.person or task.person,
        words=task.schedule.words,
        due_source=f"继承{head.due_source}" if inherited else head.due_source,
        explained=EntryPlace(explained.number, explained.path) if explained else None,
        completed=head.completed,
        completed_recorded=head.completed_recorded,
        relapses=head.relapses,
        money=head.money,
        imported=head.imported,
    )
    is_reviewed = row.is_long_term or row.is_followed
    return row._replace(next_review=_ordinal(head.next_review)) if is_reviewed else row


_OF_THEN = {DeadlineKind.LONG_TERM: Category.LONG_TERM, DeadlineKind.CONTINUOUS: Category.CONTINUOUS}


def _lasting(task: "Task", head: "TaskState") -> str:
    if task.sort is Sort.LONG_TERM:
        return task.category
    if head.long_term:
        return Category.LONG_TERM
    return _OF_THEN[task.schedule.then] if task.schedule.then else ""


def _is_unread(task: "Task", head: "TaskState", has_steps: bool) -> bool:
    """Whether the deadline of the task, or of a step that is still to be done, gives no date since its words cannot be read."""
    steps = task.schedule.steps if has_steps else ()
    return (task.schedule.unread and not head.due) or any(s.unread and not is_done(s.number, head) for s in steps)


def _step_row(step: "TaskStep") -> StepRow:
    return StepRow(step.number, step.content, step.words, (step.due or date.max).toordinal())


def row_routines(task: "Task", head: "TaskState") -> tuple[Routine, ...]:
    """The recurring duties in the row of a task: none if the plan in force has none."""
    return routines(task, head) if task.schedule.steps or task.sort is Sort.RECURRING else ()


def routines(task: "Task", head: "TaskState") -> tuple[Routine, ...]:
    """The recurring duties of a task, the measure's own first. Those whose words cannot be read are left out.

    Those of steps pause while the task is complete, since nothing is to be done then.
    """
    done: dict[str, list[tuple[str, int, int]]] = {}
    for period, day, recorded, step in head.duties:
        done.setdefault(step, []).append((period, day, recorded))
    numbers = [*([""] if task.sort is Sort.RECURRING else []), *_step_windows(task)]
    found = (routine_of(task, head, number) for number in dict.fromkeys(numbers))
    return tuple(r._replace(duties=_duties(done.get(r.step, ()))) for r in found if r)


def routine_of(task: "Task", head: "TaskState", step: str) -> Routine | None:
    """The recurring duty of a step, "" for the measure's own, without what is recorded. None if there is none that can be read."""
    if not step and task.sort is Sort.RECURRING:
        found = Routine(words=task.schedule.words, rhythms=rhythms(task))
    elif window := _step_windows(task).get(step):
        found = Routine(step, window.content, window.words, _while_open(rhythms(task, step), head))
    else:
        return None
    missed_from = task.opening.toordinal() + 1 if task.opening else 0
    return found._replace(missed_from=missed_from) if found.rhythms else None


def _step_windows(task: "Task") -> "dict[str, StepWindow]":
    """The steps that have or had a frequency, by number."""
    versions = [*(version for _, version in task.earlier), task]
    return {window.number: window for version in versions for window in version.schedule.steps if window.recurrence}


def _while_open(found: tuple[Rhythm, ...], head: "TaskState") -> tuple[Rhythm, ...]:
    """The rhythms on the days on which the task was open."""
    if not head.turns:
        return found
    starts, ends = (date.min, *head.turns[1::2]), (*head.turns[::2], date.max)
    cut = (
        (r.recurrence, max(r.start, start), min(r.until or date.max, end))
        for r in found
        for start, end in zip(starts, ends, strict=False)
    )
    return tuple(Rhythm(r, start, None if end == date.max else end) for r, start, end in cut if start < end)


def _duties(done: "Sequence[tuple[str, int, int]]") -> Duties:
    return Duties(*map(tuple, zip(*done, strict=True))) if done else NO_DUTIES


def rhythms(task: "Task", step: str = "") -> tuple[Rhythm, ...]:
    """The frequencies of a recurring duty over time, the oldest first. A frequency whose words cannot be read is left out."""
    found: list[tuple[Recurrence | None, date]] = []
    since = date.min
    for until, version in (*task.earlier, (date.max, task)):
        recurrence, start = _recurrence(version, step), max(since, version.schedule.start)
        if not found or found[-1][0] != recurrence:
            found.append((recurrence, start))
        since = until
    ends = [*(start for _, start in found[1:]), None]
    return tuple(Rhythm(r, start, end) for (r, start), end in zip(found, ends, strict=True) if r is not None)


def _recurrence(task: "Task", step: str) -> Recurrence | None:
    own = None if step else task.schedule.recurrence
    return next((window.recurrence for window in task.schedule.steps if window.number == step), own)


def _ordinal(day: date | None) -> int | None:
    return None if day is None else day.toordinal()
