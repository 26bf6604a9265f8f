"""``list --fill``: the tasks of a unit that has no program, with columns in which it writes how they stand."""

from collections.abc import Mapping, Sequence
from operator import attrgetter

from zhenggai import __version__
from zhenggai.document import Block, Document, Fill, FillKind, Para, ParaRole
from zhenggai.frozen import frozen
from zhenggai.importing.entries.fill_form import CONTENT_HEAD, FACTS, FORM_VERSION, KINDS, TITLE
from zhenggai.model.labels import label_of
from zhenggai.rules.day.day_status import Group
from zhenggai.rules.day.snapshot import Snapshot
from zhenggai.views.columns import AS_OF, PLAN, VERSION, Keys, ReportColumn, ReportColumns, list_of
from zhenggai.views.sentences import as_of_words
from zhenggai.views.task_list import COLUMNS, LedgerRow, ledger_rows

_HINT = (
    "只填黄色的格，没有新进展的任务整行空着，不要增删行、列。一件任务填一行：“事项”“进展情况”必填；"
    "“佐证”写文件名，几份用、隔开，文件随表报来。"
)
_KNOWN = ("finding", "measure", "content", "unit", "deadline", "due", "state", "percent")
_HEADS = {"state": "目前状态", "percent": "目前进度"}


def _known(key: str) -> ReportColumn[LedgerRow]:
    """A column of the ledger."""
    column = COLUMNS[key]
    return column._replace(in_table=True, wrap=column.wrap or key == "content", head=_HEADS.get(key, column.head))


def _to_fill(
    key: str, kind: FillKind, about: str, *, weight: int = 1, choices: tuple[str, ...] = (), head: str = ""
) -> ReportColumn[LedgerRow]:
    """An empty column; its key is that of an entry."""
    return ReportColumn(
        f"new_{key}",
        lambda _: None,
        head or label_of(key),
        wrap=kind is FillKind.TEXT,
        weight=weight,
        in_data=False,
        fill=Fill(kind, about, choices),
    )


_COLUMNS = ReportColumns[LedgerRow](
    *map(_known, _KNOWN),
    _to_fill("kind", FillKind.CHOICE, "办了一步选“进展”，全部办完选“完成”", choices=KINDS),
    _to_fill("date", FillKind.DAY, "哪天办的，如 2020-06-30"),
    _to_fill("percent", FillKind.PERCENT, "0 到 100 的整数"),
    _to_fill("content", FillKind.TEXT, "做了什么，有什么结果", weight=3, head=CONTENT_HEAD),
    _to_fill("difficulty", FillKind.TEXT, "没有的空着", weight=2),
    _to_fill("next_steps", FillKind.TEXT, "接着做什么", weight=2),
    _to_fill("evidence", FillKind.TEXT, "文件名，几份用、隔开；文件随表报来", weight=2),
    _to_fill("writer", FillKind.TEXT, "谁填的"),
)


@frozen
class FillForm:
    """``list --fill``: the tasks that are not completed yet."""

    snapshot: Snapshot
    lines: tuple[LedgerRow, ...]

    keys = Keys["FillForm"](VERSION, PLAN, AS_OF, list_of("tasks", _COLUMNS, attrgetter("lines")))

    @property
    def heads(self) -> Mapping[str, str]:
        """The heads of CSV."""
        return _COLUMNS.called(self.snapshot.plan.terms).heads

    def record(self) -> dict[str, object]:
        """The JSON of ``list --fill``."""
        return self.keys.record(self)

    def rows(self) -> Sequence[Mapping[str, object]]:
        """One row per task."""
        return _COLUMNS.records(self.lines)

    def document(self) -> Document:
        """The form, with what a program needs to read it back."""
        plan = self.snapshot.plan
        blocks: list[Block] = [Para(f"{as_of_words(self.snapshot)}，没有完成的任务 {len(self.lines)} 件")]
        if self.lines:
            blocks += [Para(_HINT, role=ParaRole.NOTE), _COLUMNS.called(plan.terms).table(self.lines, landscape=True)]
        facts = (
            (FACTS["form"], TITLE),
            (FACTS["version"], str(FORM_VERSION)),
            (FACTS["plan"], plan.number),
            (FACTS["as_of"], self.snapshot.as_of.isoformat()),
            (FACTS["program"], __version__),
        )
        return Document(f"{plan.title}：{TITLE}", tuple(blocks), facts)


def fill_form(snapshot: Snapshot) -> FillForm:
    """The form for the tasks of a snapshot, those of one unit as a rule."""
    rows = zip(snapshot.tasks, ledger_rows(snapshot), strict=True)
    done = (Group.COMPLETED, Group.NOT_APPLICABLE)
    return FillForm(snapshot, tuple(row for task, row in rows if task.status.group not in done))
