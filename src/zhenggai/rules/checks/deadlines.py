"""Check 时限: the words of every deadline have a meaning and agree with 类别.

适时, 尽快 and words with more than one reading give warnings.
"""

from zhenggai.deadline.meaning import Context, DeadlineKind
from zhenggai.deadline.parsing import parse_deadline
from zhenggai.errors import UsageError
from zhenggai.model.book import Book
from zhenggai.model.plan import Category, Measure, Problem
from zhenggai.model.source import Level, Source
from zhenggai.rules.checks.named_check import Check, Finding, Findings
from zhenggai.rules.checks.samples import plan_with, sample
from zhenggai.rules.plan.phases import context_of, phase_context, phase_windows, read_deadline
from zhenggai.rules.task.schedule import Frame, category_of, schedule_of

_DATED_KINDS = frozenset(
    {
        DeadlineKind.BY,
        DeadlineKind.ON,
        DeadlineKind.SPAN,
        DeadlineKind.FROM,
        DeadlineKind.RELATIVE,
        DeadlineKind.PHASE,
        DeadlineKind.SEVERAL,
        DeadlineKind.UNRESOLVED,
    }
)
_KINDS_OF: dict[Category, frozenset[DeadlineKind]] = {
    Category.DATED: _DATED_KINDS,
    Category.STAGED: _DATED_KINDS,
    Category.IMMEDIATE: frozenset({DeadlineKind.IMMEDIATE}),
    Category.LONG_TERM: frozenset({DeadlineKind.LONG_TERM, DeadlineKind.CONTINUOUS, DeadlineKind.FROM}),
    Category.CONTINUOUS: frozenset(
        {DeadlineKind.LONG_TERM, DeadlineKind.CONTINUOUS, DeadlineKind.FROM, DeadlineKind.SPAN, DeadlineKind.PHASE}
    ),
    Category.RECURRING: frozenset({DeadlineKind.RECURRING}),
}


def _deadlines(book: Book) -> Findings:
    """Unreadable words, contradictions with 类别, and measures without any deadline to inherit."""
    plan = book.plan
    windows = phase_windows(plan)
    for phase in plan.phases:
        yield from _words(phase.deadline, phase.where.of("deadline"), phase_context(plan))
    for submission in plan.submissions:
        where = submission.where.of("deadline")
        for finding in _words(submission.deadline, where, context_of(plan, windows)):
            yield finding._replace(level=Level.WARNING)  # no task depends on it, and todo lists it until it is sent
    frame = Frame(plan, windows)
    for problem in plan.problems:
        if problem.deadline:
            yield from _words(problem.deadline, problem.where.of("deadline"), context_of(plan, windows))
        for measure in problem.measures:
            yield from _of_measure(frame, problem, measure, context_of(plan, windows, measure.since))


def _words(words: str, source: Source, context: Context) -> Findings:
    try:
        deadline = parse_deadline(words, context)
    except UsageError as error:
        what, _, remedy = str(error).partition("\n")
        yield Finding(source, what, remedy.strip().replace("\n", " ") or "改成认得的写法")
        return
    for warning in deadline.warnings:
        yield Finding(source, f"“{words}”：{warning}", "核对时限的写法", Level.WARNING)


def _of_measure(frame: Frame, problem: Problem, measure: Measure, context: Context) -> Findings:
    if measure.deadline:
        yield from _words(measure.deadline, measure.where.of("deadline"), context)
    if measure.frequency:
        yield from _frequency(measure.frequency, measure.where.of("frequency"), context)
    for step in measure.steps:
        if step.deadline:
            yield from _words(step.deadline, step.where.of("deadline"), context)
        if step.frequency:
            yield from _frequency(step.frequency, step.where.of("frequency"), context)
    for share in measure.shares:
        if share.deadline:
            yield from _words(share.deadline, share.where.of("deadline"), context)
    for adjustment in measure.adjustments:
        if adjustment.field in ("时限", "频次"):
            yield from _words("、".join(adjustment.new), adjustment.where.of("new"), context)
    yield from _agreement(frame, problem, measure, context)


def _frequency(words: str, source: Source, context: Context) -> Findings:
    yield from _words(words, source, context)
    deadline = read_deadline(words, context)
    if deadline is not None and deadline.recurrence is None:
        yield Finding(source, f"频次“{words}”不是周期", "写成 每周、每月、每季度、每半年、每年 一类")


def _agreement(frame: Frame, problem: Problem, measure: Measure, context: Context) -> Findings:
    category = category_of(measure, context)
    source = measure.where.of("deadline" if measure.deadline else "category")
    words = measure.deadline or (measure.frequency if category is Category.RECURRING else None)
    deadline = read_deadline(words, context) if words else None
    if deadline is not None and deadline.kind not in _KINDS_OF[category]:
        yield Finding(source, f"类别“{category}”与时限“{words}”矛盾", "改正类别或时限")
        return
    if category is Category.RECURRING and not words:
        yield Finding(source, f"例行措施 {measure.number} 没有频次", "补上一行 频次: 每季度（或别的周期）")
    if category in (Category.DATED, Category.STAGED):
        yield from _due(frame, problem, measure, category, context)


def _due(frame: Frame, problem: Problem, measure: Measure, category: Category, context: Context) -> Findings:
    stated = [read_deadline(words, context) for words, _, _ in frame.stated(problem, measure, None)]
    schedule = schedule_of(frame, problem, measure, category, None)
    dues = {window.number: window.due for window in schedule.steps}
    for step in measure.steps:
        if schedule.due and (due := dues.get(step.number)) and due > schedule.due:
            what = f"步骤 {step.number} 的截止日 {due} 晚于整项措施的 {schedule.due}"
            yield Finding(step.where.of("deadline"), what, "改正步骤或措施的时限", Level.WARNING)
    if schedule.due is not None or None in stated:
        return  # unreadable words have their own finding
    if stated and measure.category is None and all(d and d.kind is DeadlineKind.UNRESOLVED for d in stated):
        return  # 尽快 has a warning; only a measure that is said to be dated must have a date
    if not stated:
        what = (
            f"{measure.number} 没有时限，也无处继承"
            if not measure.phases
            else f"{measure.number} 只能从没有终止日的阶段继承时限"
        )
        yield Finding(measure.where.of("deadline"), what, "写上时限，或把它放进有终止日的阶段")
    else:
        yield Finding(measure.where.of("deadline"), f"{measure.number} 的时限没有截止日", "写明截止的日子")


CHECK = Check(
    name="时限",
    level=Level.ERROR,
    about="时限、频次读不懂、与类别矛盾或没有截止日；读得懂但有疑问的算警告",
    good=sample(),
    bad=sample(plan_with("时限: 2020年6月底前", "时限: 六月份左右")),
    of_plan=_deadlines,
)
