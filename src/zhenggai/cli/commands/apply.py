"""``zhenggai apply``: a unit's application for close-out (销号), signed by a leader."""

from typing import Annotated

from zhenggai.cli.options import text_option
from zhenggai.cli.writing import prompts
from zhenggai.cli.writing.choices import plain_choices
from zhenggai.cli.writing.entry_options import ContentArgument, MeasureArgument, OwnWriting, recording
from zhenggai.errors import Exit
from zhenggai.model.entries import Application
from zhenggai.model.kinds import Kind
from zhenggai.rules.day.snapshot import SnapshotTask
from zhenggai.rules.task.guards import missing_for_application
from zhenggai.rules.task.transitions import CLOSABLE


@recording
def apply(
    writing: OwnWriting,
    measure: MeasureArgument = None,
    content: ContentArgument = None,
    approver: Annotated[
        str | None, text_option("--approver", "--签批领导", about="哪位领导签批", metavar="姓名")
    ] = None,
) -> Exit:
    """例：zhenggai apply 3-2 --approver 王强　　zhenggai 申请销号 3-2 --approver 王强 -e 销号申请单.pdf"""
    writer, own, entries = writing
    writer.need({"措施": measure, "签批领导": approver}, {"签批领导": "加 --approver 姓名"})

    def lacking(task: SnapshotTask) -> dict[str, str]:
        can_be_closed = task.task.sort in CLOSABLE and not task.head.long_term
        with_evidence = bool(entries.evidence.words) or prompts.at_terminal()  # else it is asked for below
        return missing_for_application(task.task, task.head, with_evidence=with_evidence) if can_be_closed else {}

    task = own.of_measure(measure, Kind.APPLICATION, lacking=lacking)
    if not task.head.evidence:
        entries = entries.with_evidence_asked()
    if approver is None:
        entries.foresee(Application(**entries.stamp(task), approver="…"))
    known = plain_choices(dict.fromkeys(filter(None, (writer.last("approver"), task.leader))))
    signed = prompts.text("签批领导", approver, choices=known)  # no default: an Enter too many signs for nobody
    return entries.record(Application(**entries.stamp(task), approver=signed, content=content))
