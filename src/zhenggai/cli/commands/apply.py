"""``zhenggai apply``: a unit's application for close-out (销号), signed by a leader."""

from typing import Annotated

from zhenggai.cli.options import text_option
from zhenggai.cli.writing import prompts
from zhenggai.cli.writing.choices import plain_choices
from zhenggai.cli.writing.entry_options import ContentArgument, MeasureArgument, OwnWriting, recording
from zhenggai.cli.writing.paper import PaperWish, printing
from zhenggai.document import Report
from zhenggai.errors import Exit
from zhenggai.model.entries import Application
from zhenggai.model.kinds import Kind
from zhenggai.rules.day.snapshot import Snapshot, SnapshotTask
from zhenggai.rules.task.guards import missing_for_application
from zhenggai.rules.task.life import APPLIED
from zhenggai.rules.task.transitions import CLOSABLE


@recording
@printing
def apply(
    wish: PaperWish,
    writing: OwnWriting,
    measure: MeasureArgument = None,
    content: ContentArgument = None,
    approver: Annotated[
        str | None, text_option("--approver", "--签批领导", about="哪位领导签批", metavar="姓名")
    ] = None,
) -> Exit:
    """例：zhenggai apply 3-2 --paper -o 销号申请单.txt　　zhenggai 申请销号 3-2 --approver 王强 -e 销号申请单.pdf

    先用 --paper 出销号申请单（不记录），打印送签；签好的作佐证，再申请。申请以后加 --paper 是补印。
    """
    writer, own, entries = writing
    signer = {} if wish.only else {"签批领导": approver}
    writer.need({"措施": measure} | signer, {"签批领导": "加 --approver 姓名"})

    def lacking(task: SnapshotTask) -> dict[str, str]:
        can_be_closed = task.task.sort in CLOSABLE and not task.head.long_term
        # without evidence: the signed form may be it, or it is asked for below
        with_evidence = wish.only or bool(entries.evidence.words) or prompts.at_terminal()
        return missing_for_application(task.task, task.head, with_evidence=with_evidence) if can_be_closed else {}

    task = own.of_measure(measure, Kind.APPLICATION, lacking=lacking, unless=_is_reprint if wish.only else None)
    if wish.only:
        wish.put(_form(writer.snapshot, task))
        return Exit.OK
    entries = entries.with_paper(wish, lambda recorded, then: _form(then, then.task_of(recorded[0].number) or task))
    if not task.head.evidence:
        entries = entries.with_evidence_asked()
    if approver is None:
        entries.foresee(Application(**entries.stamp(task), approver="…"))
    known = plain_choices(dict.fromkeys(filter(None, (writer.last("approver"), task.leader))))
    signed = prompts.text("签批领导", approver, choices=known)  # no default: an Enter too many signs for nobody
    return entries.record(Application(**entries.stamp(task), approver=signed, content=content))


def _is_reprint(task: SnapshotTask) -> bool:
    """Whether the application is recorded, so that its form is printed as it was."""
    return task.row.state in APPLIED


def _form(snapshot: Snapshot, task: SnapshotTask) -> Report:
    from zhenggai.views.closing_form import closing_form  # imported here: most applications are only recorded

    return closing_form(snapshot, task)
