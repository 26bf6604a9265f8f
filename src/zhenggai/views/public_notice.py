"""``publicise --paper``: the public notice (公示) of tasks that are to be closed."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from operator import attrgetter

from zhenggai.document import Block, Document, Para, ParaRole
from zhenggai.frozen import frozen
from zhenggai.model.entries import Notice
from zhenggai.model.wording import BLANK, full_day
from zhenggai.rules.day.snapshot import Snapshot
from zhenggai.views.columns import PLAN, VERSION, Key, Keys, ReportColumn, ReportColumns, list_of
from zhenggai.views.task_layouts import D, ListedTask, listed_tasks


def _completed(listed: ListedTask) -> str:
    day = listed.row.completed
    return full_day(day) if day else ""


_OF_LAYOUT = D.columns
_TASKS = ReportColumns[ListedTask](
    ReportColumn("measure", attrgetter("task.measure"), gives=str),
    _OF_LAYOUT["unit"],
    _OF_LAYOUT["finding"]._replace(keep=0),
    ReportColumn("content", attrgetter("row.line.content"), head="整改措施", gives=str, wrap=True, weight=3, keep=2),
    _OF_LAYOUT["work"]._replace(limit=None, keep=0),
    _OF_LAYOUT["completed"]._replace(keep=1, cell=_completed),
)


@frozen
class PublicNotice:
    """A notice of some tasks by ``unit``, from ``start`` to ``end``, both counted."""

    snapshot: Snapshot
    unit: str
    start: date
    end: date
    tasks: tuple[ListedTask, ...]

    keys = Keys["PublicNotice"](
        VERSION,
        PLAN,
        Key("unit"),
        Key("start"),
        Key("end"),
        Key("days", head="天数"),
        list_of("tasks", _TASKS),
    )

    @property
    def days(self) -> int:
        """How many days the notice stands."""
        return (self.end - self.start).days + 1

    @property
    def heads(self) -> Mapping[str, str]:
        """The heads of CSV."""
        return _TASKS.called(self.snapshot.plan.terms).heads

    def record(self) -> dict[str, object]:
        """The JSON of ``publicise --paper``."""
        return self.keys.record(self)

    def rows(self) -> Sequence[Mapping[str, object]]:
        """One row per task."""
        return _TASKS.records(self.tasks)

    def _passed(self) -> str:
        """Who passed the tasks, if the plan names who accepts them: 并经省厅验收合格, else 并通过审核."""
        of_acceptor: dict[str | None, list[str]] = {}
        for listed in self.tasks:
            of_acceptor.setdefault(listed.task.task.measure.acceptor, []).append(listed.task.measure)
        if len(of_acceptor) == 1:
            (acceptor,) = of_acceptor
            return f"并经{acceptor}验收合格" if acceptor else "并通过审核"
        accepted = [
            f"{'、'.join(dict.fromkeys(measures))}经{acceptor}验收合格"
            for acceptor, measures in of_acceptor.items()
            if acceptor
        ]
        return f"并通过审核（{'，'.join(accepted)}）"

    def document(self) -> Document:
        """The notice: what is to be closed, how long it stands, how to object."""
        terms = self.snapshot.plan.terms
        what = f"下列{len(self.tasks)}项{terms.task_in_public}已经{terms.done}，{self._passed()}，拟予销号"
        blocks: list[Block] = [
            Para(f"《{self.snapshot.plan.title}》{what}。现将{terms.outcome}公示如下，接受监督。"),
            _TASKS.called(terms).table(self.tasks),
            Para(f"公示时间：{full_day(self.start)}至{full_day(self.end)}，共{self.days}天，首尾两天都算。"),
            Para(
                f"对{terms.outcome}有不同意见的，请在公示期内向{self.unit}反映，来信、来电、来访都可以。"
                "单位反映的加盖公章，个人反映的写明真实姓名和联系方式，以便核实和答复。"
            ),
            Para(f"联系人：{BLANK}，电话：{BLANK}，地址：{BLANK}"),
            Para(self.unit, role=ParaRole.SIGNATURE),
            Para(full_day(self.start), role=ParaRole.SIGNATURE),
        ]
        return Document(terms.head("整改销号公示"), tuple(blocks))


def public_notice(then: Snapshot, notices: Iterable[Notice], unit: str) -> PublicNotice:
    """The notice of some entries by ``unit``, which have one period. ``then`` is the snapshot with them."""
    notices = list(notices)
    keys = {task.key for notice in notices if (task := then.task_of(notice.number))}
    tasks = tuple(listed for listed in listed_tasks(then) if listed.task.key in keys)
    return PublicNotice(then, unit, min(n.start for n in notices), max(n.end for n in notices), tasks)
