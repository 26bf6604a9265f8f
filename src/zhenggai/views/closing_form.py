"""``apply --paper``: the 销号申请单 of one task, with the facts of layout D, the evidence, and places for opinions and signatures."""

from collections.abc import Mapping, Sequence
from datetime import date
from operator import attrgetter

from zhenggai.document import Block, Cell, Column, Document, Para, ParaRole, row, table
from zhenggai.frozen import frozen
from zhenggai.model.entries import Application
from zhenggai.model.wording import BLANK, full_day
from zhenggai.rules.day.rounds import rounds_of
from zhenggai.rules.day.snapshot import Snapshot, SnapshotTask
from zhenggai.rules.task.life import APPLIED
from zhenggai.views.columns import AS_OF, PLAN, VERSION, Keys, ReportColumn, ReportColumns, object_of
from zhenggai.views.money import done_words
from zhenggai.views.problem_outline import path_of
from zhenggai.views.task_layouts import D, ListedTask, listed_tasks


def _evidence(listed: ListedTask) -> str:
    """The evidence of the present round, each once."""
    said = (listed.snapshot.said(event.number) for event in rounds_of(listed.task)[-1].events)
    return "；".join(dict.fromkeys(item for entry in said if entry for item in entry.evidence))


def _application(listed: ListedTask) -> Application | None:
    """The application of the present round; None before it is recorded, and after it was returned."""
    if listed.task.row.state not in APPLIED:
        return None
    said = (listed.snapshot.said(event.number) for event in reversed(rounds_of(listed.task)[-1].events))
    return next((entry for entry in said if isinstance(entry, Application)), None)


def _approver(listed: ListedTask) -> str | None:
    application = _application(listed)
    return application.approver if application else None


def _money(listed: ListedTask) -> str:
    return done_words(listed.row.money, listed.task.task.money_unit)


def _sort_of_problem(listed: ListedTask) -> str | None:
    """问题类别: all headings above the problem, else whether many units have it."""
    return path_of(listed.problem.aspects) or listed.problem.nature


def _symptoms(listed: ListedTask) -> str:
    return "；".join(text.rstrip("；。") for text in listed.problem.symptoms)


def _outcome(listed: ListedTask) -> str:
    return "经核查不存在" if listed.task.row.absent else f"已{listed.snapshot.plan.terms.completed}"


_OF_LAYOUT = D.columns
_FACTS = ReportColumns[ListedTask](
    _OF_LAYOUT["unit"],
    _OF_LAYOUT["sort_of_problem"]._replace(get=_sort_of_problem),
    _OF_LAYOUT["finding"],
    ReportColumn("symptoms", _symptoms, gives=str),
    ReportColumn("measure", attrgetter("task.measure"), head="措施编号", gives=str),
    ReportColumn("content", attrgetter("row.line.content"), head="整改措施", gives=str),
    ReportColumn("standard", attrgetter("task.task.measure.standard"), gives=str | None),
    _OF_LAYOUT["work"],
    _OF_LAYOUT["deadline"],
    ReportColumn("due", attrgetter("row.line.due")),
    _OF_LAYOUT["person"],
    ReportColumn("leader", attrgetter("row.leader"), gives=str | None),
    ReportColumn("outcome", _outcome, head="整改情况"),
    ReportColumn("money", _money, head="涉及金额"),
    _OF_LAYOUT["completed"],
    ReportColumn("evidence", _evidence, head="佐证材料"),
    ReportColumn("approver", _approver),
    _OF_LAYOUT["reviewer"],
    _OF_LAYOUT["remark"],
)
"""The facts in the order of the form: those of layout D, with more that reviewers ask for."""
_SIGNERS = ("整改单位负责人", "主管部门负责人")
_OPINION = 2  # lines on paper
_TO_SIGN = f"{BLANK}年　　月　　日"
"""The day of a form that is still to be signed: who signs writes it."""
_IF_ANY = {"sort_of_problem", "symptoms", "standard", "due", "leader", "money"}
"""The facts that the form does without if there are none. Others stay, to be filled in by hand."""


@frozen
class ClosingForm:
    """The 销号申请单 of a task: before the application is recorded, to be signed, or after."""

    snapshot: Snapshot
    task: ListedTask

    keys = Keys["ClosingForm"](
        VERSION, PLAN, AS_OF, object_of("task", _FACTS, attrgetter("task"))._replace(head="任务")
    )

    @property
    def heads(self) -> Mapping[str, str]:
        """The heads of CSV."""
        return _FACTS.called(self.snapshot.plan.terms).heads

    def record(self) -> dict[str, object]:
        """The JSON of ``apply --paper``."""
        return self.keys.record(self)

    def rows(self) -> Sequence[Mapping[str, object]]:
        """One row."""
        return [_FACTS.record(self.task)]

    def document(self) -> Document:
        """The form: a fact a line, places for the opinions of the reviewers, the signatures."""
        heads = self.heads
        facts = ((key, heads[key], value) for key, value in _FACTS.record(self.task).items())
        shown = [
            row(head, full_day(value) if isinstance(value, date) else value)
            for key, head, value in facts
            if value or key not in _IF_ANY
        ]
        task, application = self.task.task.task, _application(self.task)
        accepted = "验收" if task.measure.acceptor else "复核"
        reviewers = (
            ("初审意见", sorted(task.first_reviewers)),
            (f"{accepted}意见", [task.outside_acceptor or task.second_reviewer]),
        )
        shown += [
            row(what, Cell(f"（{'、'.join(filter(None, who))}）", lines=_OPINION))
            for what, who in reviewers
            if any(who)
        ]
        blocks: list[Block] = [
            Para(f"方案：{self.snapshot.plan.title}"),
            table([Column("项目"), Column("内容", wrap=True, weight=4)], shown),
            *(Para(f"{who}（签字）：{BLANK}{BLANK}", role=ParaRole.SIGNATURE) for who in _SIGNERS),
            Para(full_day(application.date) if application else _TO_SIGN, role=ParaRole.SIGNATURE),
        ]
        return Document("销号申请单", tuple(blocks))


def closing_form(snapshot: Snapshot, task: SnapshotTask) -> ClosingForm:
    """The form of a task of the snapshot."""
    return ClosingForm(snapshot, next(listed for listed in listed_tasks(snapshot) if listed.task.key == task.key))
