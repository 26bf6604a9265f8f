"""Check 指标: the requirement of each target can be read, and completed tasks have reached their targets."""

from zhenggai.model.book import Book
from zhenggai.model.event_of_entry import Event
from zhenggai.model.kinds import Kind
from zhenggai.model.source import Level
from zhenggai.model.target import requirement_of
from zhenggai.rules.checks.named_check import Check, Finding, Findings, standing_records
from zhenggai.rules.checks.samples import plan_with, sample
from zhenggai.rules.day.snapshot import Snapshot
from zhenggai.rules.task.entry_assignment import where
from zhenggai.rules.task.opening import is_imported
from zhenggai.rules.task.target_progress import TargetState, target_states, target_sums, targets_of


def _requirements(book: Book) -> Findings:
    """Targets whose requirement cannot be read."""
    for _, measure in book.plan.measures():
        for _, target in targets_of(measure):
            if requirement_of(target.requirement) is None:
                what = f"指标“{target.name}”的要求“{target.requirement}”读不出数"
                yield Finding(target.where.of("requirement"), what, "写成 ≥ 90%、不超过 3 次 的样子")


def _targets(book: Book, snapshot: Snapshot) -> Findings:
    """Completed tasks that did not reach their targets, at the line of the entry 完成; and reported values without a target.

    An old ledger (期初) has no such values.
    """
    yield from _values(book, snapshot)
    yield from _sums(snapshot)
    for task in snapshot.tasks:
        if task.head.is_complete and not task.head.absent:
            done = next(event for event in reversed(task.events) if event.kind is Kind.DONE)
            is_old = is_imported(done, snapshot.plan.opening)
            for target in target_states(task.task, task.head):
                if not target.summed and (what := _missing(target)) and not (is_old and target.value is None):
                    yield _doubt(done, f"{task.name} 已报完成，指标“{target.words}”{what}")


def _sums(snapshot: Snapshot) -> Findings:
    """Measures that all units completed although they did not reach a target together."""
    for _, measure in snapshot.plan.measures():
        tasks = snapshot.of_measure.get(measure.number, ())
        if not tasks or not any(target.summed for _, target in targets_of(measure)):
            continue
        if all(task.head.is_complete for task in tasks):
            for found in target_sums(measure, [(task.task, task.head) for task in tasks]):
                if found.state.met is False:
                    what = f"{measure.number} 各单位都已报完成，指标“{found.state.words}”合计 {found.state.value_words}，未达到"
                    yield Finding(measure.where.source, what, "补报指标值，或核实是否真的完成", Level.DOUBT)


def _values(book: Book, snapshot: Snapshot) -> Findings:
    for record, entry in standing_records(book, snapshot):
        if getattr(entry, "measured", None) is None:
            continue
        if getattr(entry, "measured_base", None) == 0:
            yield Finding(record.source, "指标基数是 0，算不出比例", "核对指标基数", Level.DOUBT)
        measure = snapshot.plan.measure_by_number.get(entry.measure or "")
        if measure is not None and not any(targets_of(measure)):
            yield Finding(record.source, f"措施 {measure.number} 没有指标，指标值无从对照", "核对措施编号", Level.DOUBT)


def _missing(target: TargetState) -> str | None:
    if target.value is None:
        return "没有报数"
    return f"最近报 {target.value_words}，未达到" if target.met is False else None


def _doubt(done: Event, what: str) -> Finding:
    return Finding(where(done), what, "补报指标值，或核实是否真的完成", Level.DOUBT)


_REQUIREMENT = "责任人: 局长\n    指标: {{名称: 走访率, 要求: {}}}"
CHECK = Check(
    name="指标",
    level=Level.WARNING,
    about="指标的要求读不懂；报了完成，指标值没有报或没有达到",
    good=sample(plan_with("责任人: 局长", _REQUIREMENT.format("≥ 90%"))),
    bad=sample(plan_with("责任人: 局长", _REQUIREMENT.format("明显提高"))),
    of_plan=_requirements,
    of_ledger=_targets,
)
