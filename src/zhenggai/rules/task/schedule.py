"""Computes the window of a task: its first day, its due day, the words of its deadline, and the source of these words."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from zhenggai.deadline.calendar import add_months
from zhenggai.deadline.meaning import Context, Deadline, DeadlineKind
from zhenggai.frozen import frozen
from zhenggai.model.plan import Category, Measure, Plan, Problem, Share
from zhenggai.rules.plan.phases import PhaseWindow, context_of, read_deadline
from zhenggai.rules.task.life import SORT_OF, Sort
from zhenggai.rules.task.task import REVIEW_MONTHS, Schedule, StepWindow

_CATEGORY_OF_KIND = {
    DeadlineKind.IMMEDIATE: Category.IMMEDIATE,
    DeadlineKind.LONG_TERM: Category.LONG_TERM,
    DeadlineKind.CONTINUOUS: Category.CONTINUOUS,
    DeadlineKind.RECURRING: Category.RECURRING,
}


def category_of(measure: Measure, context: Context) -> Category:
    """The category of a measure: 类别 as written, else by the words of 时限 or 频次, else 限期整改."""
    if measure.category is not None:
        return measure.category
    words = measure.deadline or measure.frequency
    deadline = read_deadline(words, context) if words else None
    if deadline is None:
        return Category.DATED
    open_ended = deadline.kind is DeadlineKind.FROM  # 自3月起长期坚持 has nothing to complete first
    return _CATEGORY_OF_KIND.get((open_ended and deadline.then) or deadline.kind, Category.DATED)


def categories_of(plan: Plan, windows: Sequence[PhaseWindow]) -> dict[str, Category]:
    """The category of each measure of a plan with these phases, by its number."""
    return {m.number: category_of(m, context_of(plan, windows, m.since)) for _, m in plan.measures()}


@frozen
class Frame:
    """A plan and the windows of its phases: the input that the windows of all its tasks share."""

    plan: Plan
    windows: tuple[PhaseWindow, ...]

    def phases_of(self, measure: Measure) -> list[PhaseWindow]:
        return [w for w in self.windows if w.number in measure.phases]

    def last_ending_phase(self, measure: Measure) -> PhaseWindow | None:
        ending = [w for w in self.phases_of(measure) if w.end is not None]
        return max(ending, key=lambda w: w.end or date.min, default=None)

    def stated(self, problem: Problem, measure: Measure, share: Share | None) -> Iterator[tuple[str, str, bool]]:
        """The deadlines that apply to a measure, the most specific first: words, source, whether inherited (继承)."""
        if share and share.deadline:
            yield share.deadline, "分工", False
        if measure.deadline:
            yield measure.deadline, "措施", False
        if problem.deadline:
            yield problem.deadline, "问题", True
        if phase := self.last_ending_phase(measure):
            yield phase.words, f"阶段{phase.number}", True
        if self.plan.deadline:
            yield self.plan.deadline, "方案", True


def schedule_of(frame: Frame, problem: Problem, measure: Measure, category: Category, share: Share | None) -> Schedule:
    """The window of a task, and those of its steps."""
    context = context_of(frame.plan, frame.windows, measure.since)
    steps = (*_own_frequency(measure, category, context), *_step_windows(measure, context))
    schedule = _without_steps(frame, problem, measure, category, share, context, steps)
    if not any(step.due for step in steps):
        own = read_deadline(schedule.words, context) if schedule.words else None
        steps += tuple(_earlier_dates(own, measure.number))
    return replace(schedule, steps=steps) if steps else schedule


def _own_frequency(measure: Measure, category: Category, context: Context) -> Iterator[StepWindow]:
    """The frequency of a measure that has something else to be done by a day or for good."""
    if measure.frequency and SORT_OF[category] is not Sort.RECURRING:
        read = read_deadline(measure.frequency, context)
        recurrence = read.recurrence if read else None
        yield StepWindow("", "", measure.frequency, recurrence=recurrence, unread=recurrence is None)


def _step_windows(measure: Measure, context: Context) -> Iterator[StepWindow]:
    for step in measure.steps:
        words = step.deadline or step.frequency
        read = read_deadline(words, context) if words else None
        if words and read is None:
            yield StepWindow(step.number, step.content, words, unread=True)
        elif words and read:
            end = read.end or read.check_date
            unread = not (end or read.recurrence or step.deadline)
            yield from _earlier_dates(read, step.number, step.content)
            yield StepWindow(step.number, step.content, words, end, read.recurrence, unread)


def _earlier_dates(deadline: Deadline | None, number: str, content: str = "") -> Iterator[StepWindow]:
    """The dates of a deadline with several before its last, as steps. They bear the number of its measure or step."""
    for words, end in deadline.stages[:-1] if deadline else ():
        yield StepWindow(f"{number}-{end:%Y%m%d}", content or words, words, end)


def _without_steps(
    frame: Frame,
    problem: Problem,
    measure: Measure,
    category: Category,
    share: Share | None,
    context: Context,
    steps: Sequence[StepWindow],
) -> Schedule:
    plan = frame.plan
    base = measure.since or plan.issued
    own_words = (share.deadline if share else None) or measure.deadline
    own = read_deadline(own_words, context) if own_words else None
    starts = [w.start for w in frame.phases_of(measure) if w.start]
    start = (own.start if own else None) or measure.since or min(starts, default=plan.issued)
    match SORT_OF[category]:
        case Sort.IMMEDIATE:
            check = own.check_date if own and own.check_date else base + timedelta(days=plan.rules.immediate_days)
            then = own.then if own else None
            review = measure.next_review if then else None
            return Schedule(base, check, own_words or category, "立行立改核查日", next_review=review, then=then)
        case Sort.LONG_TERM:
            review = measure.next_review or add_months(max(start, plan.opening or start), REVIEW_MONTHS)
            return Schedule(start, None, own_words or category, "长期", next_review=review)
        case Sort.RECURRING:
            words = own_words or measure.frequency or ""
            duty = read_deadline(words, context) if words else None
            recurrence = duty.recurrence if duty else None
            return Schedule(start, None, words, "频次", recurrence=recurrence, unread=recurrence is None)
        case Sort.DATED:
            return _dated_schedule(frame, problem, measure, share, context, start, steps)


def _dated_schedule(
    frame: Frame,
    problem: Problem,
    measure: Measure,
    share: Share | None,
    context: Context,
    start: date,
    steps: Sequence[StepWindow],
) -> Schedule:
    """The window of a task with a due date. Where no words give one, the last date of the steps is due."""
    warnings: tuple[str, ...] = ()
    last = max((step for step in steps if step.due), key=lambda step: step.due or date.min, default=None)
    for words, source, inherited in frame.stated(problem, measure, share):
        deadline = read_deadline(words, context)
        if deadline is None:  # an error of check 时限; a less specific deadline must not replace these words
            return Schedule(start, words=measure.deadline or "", unread=True, warnings=warnings)
        warnings += deadline.warnings
        if deadline.kind is DeadlineKind.UNRESOLVED:
            continue
        due = deadline.end or (last.due if last else None)
        by_steps = due is not None and deadline.end is None
        return Schedule(
            start if due is None or start <= due else min(frame.plan.issued, due),
            due,
            words,
            "步骤" if by_steps else source,
            inherited and not by_steps,
            next_review=measure.next_review if deadline.then else None,
            then=deadline.then,
            unread=due is None,
            warnings=warnings,
        )
    if last is None or last.due is None:
        return Schedule(start, words=measure.deadline or "", unread=True, warnings=warnings)
    return Schedule(min(start, last.due), last.due, measure.deadline or last.words, "步骤", warnings=warnings)
