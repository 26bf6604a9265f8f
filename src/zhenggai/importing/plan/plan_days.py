"""The days of a draft's heading: 年度, 印发日期, and the phases whose words can be read."""

from datetime import date

from zhenggai.deadline.meaning import Context, Window
from zhenggai.frozen import frozen
from zhenggai.importing.draft import Draft, DraftPhase
from zhenggai.importing.plan.plan_words import text_in
from zhenggai.model.plan import Phase
from zhenggai.rules.plan.phases import read_deadline


@frozen
class Days:
    """What deadlines refer to. ``issued_why`` is what 印发日期 was estimated from, if the paper does not say it."""

    year: int
    issued: date
    issued_why: str
    phases: tuple[Phase, ...]
    last_phase: Phase | None
    """The phase that ends last."""
    context: Context


def days_of(draft: Draft, fallback_year: int) -> Days:
    """The days of a draft. ``fallback_year`` is the 年度 of one that names none."""
    year = draft.year or fallback_year
    issued, issued_why = (draft.issued, "") if draft.issued else _estimated(draft, year)
    of_phases = Context(year, issued, draft.feedback, of_phase=True)
    phases: list[Phase] = []
    windows: list[Window] = []
    for nth, found in enumerate(draft.phases, 1):
        words = text_in(found.deadline)
        read = read_deadline(words, of_phases) if words else None
        if words and read:
            phases.append(Phase(number=nth, name=phase_name(nth, found), deadline=words))
            windows.append(Window(phases[-1].name, read.start, read.end))
    ending = [(window.end, phase) for window, phase in zip(windows, phases, strict=True) if window.end]
    return Days(
        year,
        issued,
        issued_why,
        tuple(phases),
        max(ending, key=lambda one: one[0])[1] if ending else None,
        Context(year, issued, draft.feedback, tuple(windows)),
    )


def _estimated(draft: Draft, year: int) -> tuple[date, str]:
    """When a paper was issued about, and why: on its 反馈日期, else in the month of the earliest day that it names."""
    if draft.feedback:
        return draft.feedback, "先按反馈日期"
    measures = (measure for problem in draft.problems for measure in problem.measures)
    days = [*(phase.start for phase in draft.phases), *(measure.due for measure in measures)]
    first = min(filter(None, days), default=None)
    return (first.replace(day=1), "约数从最早的时限推得") if first else (date(year, 1, 1), "先按年初")


def phase_name(nth: int, phase: DraftPhase) -> str:
    """The name of a phase; of one without, its number."""
    return text_in(phase.name) or f"第{nth}阶段"
