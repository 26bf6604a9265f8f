"""Check 销号存疑: a closed measure reads as it did then, every step was done, the notice was long enough, somebody was there."""

from zhenggai.model.book import Book
from zhenggai.model.entries import CloseOut, Notice
from zhenggai.model.kinds import Kind
from zhenggai.model.source import Level, Source
from zhenggai.rules.checks.named_check import Check, Finding, Findings
from zhenggai.rules.checks.samples import BEGUN, STEPS, entry_text, ledger_file, sample
from zhenggai.rules.day.digest import measure_digest
from zhenggai.rules.day.snapshot import Snapshot, SnapshotTask
from zhenggai.rules.task.entry_assignment import where
from zhenggai.rules.task.life import State
from zhenggai.rules.task.steps import is_done, steps_of


def _close_outs(book: Book, snapshot: Snapshot) -> Findings:
    """Doubts about completed and closed tasks, each at the line of the entry 完成, 销号公示 or 销号."""
    for task in snapshot.tasks:
        if task.head.is_complete and not task.head.absent:
            yield from _steps(task, snapshot)
        if task.task.on_site and task.head.state in _PASSED:
            yield from _visit(task)
        if task.head.state is State.CLOSED:
            yield from _notice(task, snapshot)
            yield from _edited(task, snapshot)


def _steps(task: SnapshotTask, snapshot: Snapshot) -> Findings:
    """Steps that no entry names, for example after a 更正 took the step out of an entry."""
    missing = [step for step in steps_of(task.task, task.head) if not is_done(step.number, task.head)]
    undone = [step.number for step in missing if step.to_be_done]
    never = [step.number for step in missing if not step.to_be_done]
    if missing:
        parts = [f"步骤 {'、'.join(undone)} 没有办结记录"] if undone else []
        parts += [f"经常性步骤 {'、'.join(never)} 一次也没有记录"] if never else []
        remedy = f"确已办的补记进展：zhenggai add {task.measure} … --step {missing[0].number}；没有办的，重新整改"
        yield Finding(_place(task, snapshot), f"{task.name} {task.head.state}，{'，'.join(parts)}", remedy)


def _notice(task: SnapshotTask, snapshot: Snapshot) -> Findings:
    """A notice with fewer days than the plan asks for. Days before the 复核 do not count."""
    passed = task.event(task.head.case[2]).date
    for number in task.head.case:
        entry, due = snapshot.said(number), task.task.notice_days
        if isinstance(entry, Notice) and (days := (entry.end - max(entry.start, passed)).days + 1) < due:
            yield Finding(
                where(task.event(number)),
                f"{task.name} 只公示了 {max(days, 0)} 天，方案规定 {due} 天",
                "补足公示；有异议的，重新整改",
            )


def _visit(task: SnapshotTask) -> Findings:
    """A second review that passed an application without a 现场核查, though the plan wants one first."""
    passed, visited = task.event(task.head.case[2]), task.head.visited
    if visited is None or visited > passed.date:
        what = f"{task.name} 没有现场核查就复核通过了"
        yield Finding(
            where(passed),
            what,
            f"去过的补记：zhenggai visit {task.measure} --unit {task.unit} --date 哪天；没有去的，重新整改",
        )


def _edited(task: SnapshotTask, snapshot: Snapshot) -> Findings:
    """A measure whose text has changed since it was closed."""
    event = next(event for event in reversed(task.events) if event.kind is Kind.CLOSE_OUT)
    record = snapshot.archive.record(event.number)
    if record and isinstance(record.entry, CloseOut) and record.entry.measure_digest != measure_digest(task.task):
        what = f"{task.name} {event.date} 销号后，措施的内容、单位、责任人、时限、目标、标准或指标有改动"
        remedy = (
            "核实是否仍算办结：仍算的，更正作废这条销号，再重新销号；"
            f"不算的，zhenggai reopen {task.measure} --unit {task.unit}"
        )
        yield Finding(record.source, what, remedy)


def _place(task: SnapshotTask, snapshot: Snapshot) -> Source:
    """The place of the entry that ended the task: its 销号, else its 完成."""
    said = next(event for event in reversed(task.events) if event.kind in (Kind.DONE, Kind.CLOSE_OUT))
    return where(said)


_PASSED = (State.SECOND_PASSED, State.PUBLICISED, State.CLOSED)
_DONE = ("措施: 1-1", "内容: 办法已印发", "佐证: [县教发〔2020〕3号]")
CHECK = Check(
    name="销号存疑",
    level=Level.WARNING,
    about="销号以后措施改了，步骤没有办结记录，公示天数不够，或没有现场核查",
    good=sample(STEPS, ledger_file(BEGUN, entry_text("完成", *_DONE, "步骤: [1-1-1, 1-1-2]", on="2020-03-12"))),
    bad=sample(STEPS, ledger_file(BEGUN, entry_text("完成", *_DONE, "步骤: [1-1-1]", on="2020-03-12"))),
    of_ledger=_close_outs,
)
