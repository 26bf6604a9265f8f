"""Check 步骤: the steps that an entry names are steps of the measure, or of the unit's own claim (认领)."""

from zhenggai.model.book import Book
from zhenggai.model.source import Level
from zhenggai.rules.checks.named_check import Check, Finding, Findings, standing_records
from zhenggai.rules.checks.samples import STEPS, entry_text, ledger_file, sample
from zhenggai.rules.day.snapshot import Snapshot
from zhenggai.rules.task.address import Address
from zhenggai.rules.task.steps import steps_of


def _unknown_steps(book: Book, snapshot: Snapshot) -> Findings:
    """Steps that an entry names and that neither exist nor existed before an adjustment."""
    known = {t.key: [step.number for step in steps_of(t.task, t.head)] for t in snapshot.tasks}
    past = {t.key: {w.number for _, version in t.task.earlier for w in version.schedule.steps} for t in snapshot.tasks}
    for record, entry in standing_records(book, snapshot):
        task = Address(entry.measure or "", book.units.full_name(entry.unit or record.recorder))
        for step in getattr(entry, "steps", ()) if task in known else ():
            if step not in (numbers := known[task]) and step not in past[task]:
                what = f"措施 {entry.measure} 没有步骤 {step}"
                yield Finding(record.source, what, f"现有：{'、'.join(numbers) or '没有分步骤'}")


_PROGRESS = ("措施: 1-1", "内容: 摸底已完成")
CHECK = Check(
    name="步骤",
    level=Level.WARNING,
    about="记录写的步骤，措施和认领里都没有",
    good=sample(STEPS, ledger_file(entry_text("进展", *_PROGRESS, "步骤: [1-1-1]"))),
    bad=sample(STEPS, ledger_file(entry_text("进展", *_PROGRESS, "步骤: [1-1-3]"))),
    of_ledger=_unknown_steps,
)
