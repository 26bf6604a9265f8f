"""Words and counts of a 承诺台账: problems are 事项 (meetings, posts), measures 承诺, and what is completed is 兑现."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from operator import attrgetter

from zhenggai.document import Block, Cell, Document, Heading, Para, Report, Table, TableForm
from zhenggai.frozen import frozen
from zhenggai.model.wording import month_day, percent
from zhenggai.rules.day.counts import Counts
from zhenggai.rules.day.snapshot import Snapshot
from zhenggai.views.breakdown import By, GroupRow, breakdown
from zhenggai.views.columns import ReportColumn, ReportColumns, rate_cell, warned

REPORT_TITLE = "整改落实情况报告"

_HEADS: Mapping[str, str] = {
    "问题": "事项",
    "针对的问题": "事项",
    "问题来源": "来源",
    "问题类别": "事项类别",
    "存在问题": "事项",
    "措施编号": "承诺编号",
    "采取的整改措施": "做了什么",
    "整改期限": "兑现期限",
    "整改责任人": "责任人",
    "整改情况": "兑现情况",
    "完成时间": "兑现时间",
    "整改任务": "承诺内容",
    "整改措施": "承诺内容",
    "完成时限": "兑现时限",
    "整改时限": "时限",
    "未完成原因": "没有兑现的原因",
    "要完成的": "应兑现",
    "应完成": "应兑现",
    "问题号": "事项号",
    "措施": "承诺",
    "已完成": "兑现",
    "应整改": "应兑现",
    "完成率": "兑现率",
    "完成日期": "兑现日期",
    "完成情况": "兑现情况",
    "到期应完成": "到期应兑现",
    "单位／问题": "单位／事项",
}


def _open(row: GroupRow) -> int:
    return row.counts.denominator - row.counts.completed


_COLUMNS = ReportColumns[GroupRow](
    ReportColumn("name", wrap=True, weight=4),
    ReportColumn("denominator", attrgetter("counts.denominator"), head="承诺", numeric=True),
    ReportColumn("completed", attrgetter("counts.completed"), head="兑现", numeric=True),
    ReportColumn("open", _open, head="未兑现", numeric=True),
    ReportColumn(
        "overdue", attrgetter("counts.overdue"), cell=lambda row: warned(row.counts.overdue), numeric=True, keep=2
    ),
    ReportColumn("rate", cell=lambda row: rate_cell(row.counts.completion_rate), head="兑现率", numeric=True, keep=1),
)


def overall(snapshot: Snapshot) -> str:
    """The sentence: 截至6月30日，2个事项、5项承诺，落到单位8件，兑现3件，未兑现5件（其中逾期2件），兑现率37.50%."""
    c = snapshot.counts
    followed = c.tasks - c.denominator
    aside = f"；另有长期坚持、例行等{followed}件，不计" if followed else ""
    return (
        f"截至{month_day(snapshot.as_of)}，{c.problems}个事项、{c.measures}项承诺，落到单位{c.denominator}件，兑现{c.completed}件，"
        f"未兑现{c.denominator - c.completed}件（其中逾期{c.overdue}件），兑现率{percent(c.completion_rate)}{aside}。"
    )


def tables(snapshot: Snapshot) -> Iterator[Table]:
    """承诺、兑现、未兑现 by 事项, by unit, and by person."""
    problems = [
        GroupRow(f"{p.number} {p.content}", snapshot.counts_of_problems[p.number]) for p in snapshot.plan.problems
    ]
    yield _table("事项", problems, snapshot.counts)
    for by in (By.UNIT, By.PERSON):
        yield _table(by.head, breakdown(snapshot, by).groups, snapshot.counts)


def _table(head: str, rows: Iterable[GroupRow], whole: Counts) -> Table:
    keys = [column.key for column in _COLUMNS.columns]
    return _COLUMNS.arranged(*keys, name=head).table(rows, f"按{head}", footer=GroupRow("合计", whole))


@frozen
class Reworded:
    """A report whose heads are in the words of a 承诺台账. JSON and the names in it stay."""

    report: Report

    @property
    def heads(self) -> Mapping[str, str]:
        """The heads of CSV."""
        return {key: _HEADS.get(head, head) for key, head in self.report.heads.items()}

    def record(self) -> object:
        """The JSON of the report."""
        return self.report.record()

    def rows(self) -> Sequence[Mapping[str, object]]:
        """The rows of the report."""
        return self.report.rows()

    def document(self) -> Document:
        """The report with other heads above its tables, and other words in the sentences that the program makes."""
        made = self.report.document()
        facets = tuple(replace(facet, name=in_words(facet.name)) for facet in made.facets)
        return replace(made, title=_title(made.title), blocks=tuple(map(_reworded, made.blocks)), facets=facets)


_WORDS = (
    ("件有期限任务", "件承诺"),
    ("有期限的任务", "承诺"),
    ("尚未完成的任务", "尚未兑现的承诺"),
    ("尚未完成的整改", "尚未兑现的承诺"),
    ("反馈问题整改落实情况", "承诺兑现情况"),
    ("整改落实情况", "兑现情况"),
    ("整改成效", "成效"),
    ("整改方案", "承诺台账"),
    ("整改走势", "兑现走势"),
    ("整改销号公示", "承诺兑现公示"),
    ("整改任务已经完成", "承诺已经兑现"),
    ("整改情况", "兑现情况"),
    ("完成整改", "兑现"),
    ("总体完成率", "兑现率"),
    ("问题", "事项"),
    ("措施", "承诺"),
    ("基本完成", "基本\0"),
    ("完成", "兑现"),
    ("\0", "完成"),  # 基本完成 is a state, which no word of promises replaces
)
"""Word → word of a 承诺台账, one after the other."""

_OWN = re.compile(
    r"该问题[^。]*。"
    r"|与[^，]*相比，新完成.*"
    r"|(\d+年\d+月\d+日)印发整改方案"
    r"|尚未完成(的任务)?\d+件.*"
    r"|(有期限的任务都已完成|没有要按期完成的任务)。"
    r"|本阶段推进 \d+ 件任务；.*"
    r"|阶段[前后]到期：.*"
    r"|这些任务已完成整改.*"
    r"|\d+-\d+-\d+ 至 .*完成率从 .*"
    r"|截至 \d+-\d+-\d+，(\d+ 件任务，已完成整改|完成率 |\d+ 个问题).*"
    r"|有的问题、措施在几组里都有.*"
    r"|(名次依次比较：|按期率＝|静默周：).*"
    r"|牵头 \d+ 项措施、"
    r"|对整改情况有不同意见的，"
    r"|(一格是|没有应完成任务的).*"
    r"|问题：(?=\d+ )",
    re.DOTALL,
)
"""What the program itself says at the beginning of a paragraph. What plan and ledger say is not changed."""
_SOURCE = re.compile(r"措施(?=）$)")
"""Where a deadline stands, at the end of its line in ``show``."""
_NOTICE = re.compile(r"(《.*》)(下列\d+项整改任务已经完成，.*)", re.DOTALL)
_HEADING = re.compile(r"((?:（[一二三四五六七八九十]+）|\d+\.|（\d+）)?)关于(“.*”)问题", re.DOTALL)
_SECTION = re.compile(r"[一二三四五六]、\D+|各问题完成情况|完成进度与阶段|单位与问题的.*|\d+ 项措施的时限与完成")


def in_words(text: str) -> str:
    """A text of the program in the words of promises.

    >>> in_words("该问题正在推进，4件有期限任务已完成1件。"), in_words("基本完成并持续整改1个，总体完成率20.00%")
    ('该事项正在推进，4件承诺已兑现1件。', '基本完成并持续整改1个，兑现率20.00%')
    """
    for word, other in _WORDS:
        text = text.replace(word, other)
    return text


def _title(title: str) -> str:
    for end in (REPORT_TITLE, "整改走势", "整改销号公示"):
        if title.endswith(end):
            return title.removesuffix(end) + in_words(end)
    return re.sub(r"^问题(?=\d+ )", "事项", title)


_NAMING = ("时限出处", "所在", "项目")
"""The heads of columns whose cells name a part of the plan, or a fact of a form."""


def _head(head: str) -> str:
    return _HEADS.get(head) or re.sub(r"^问题(?=\d+$)", "事项", head)


def _cells(table: Table, row: Sequence[Cell]) -> tuple[Cell, ...]:
    is_own = table.form is TableForm.CARDS
    return tuple(
        replace(cell, text=_HEADS.get(cell.text, in_words(cell.text))) if is_own or column.head in _NAMING else cell
        for column, cell in zip(table.columns, row, strict=False)
    )


def _reworded(block: Block) -> Block:
    """A block with the words of promises in what the program says."""
    if isinstance(block, Table):
        columns = (replace(column, head=_head(column.head)) for column in block.columns)
        lines = [replace(line, name=in_words(line.name)) for line in block.curve.lines] if block.curve else []
        return replace(
            block,
            columns=tuple(columns),
            rows=tuple(_cells(block, row) for row in block.rows),
            title=in_words(block.title),
            legend=in_words(block.legend),
            curve=block.curve and replace(block.curve, lines=tuple(lines)),
        )
    if isinstance(block, Heading):
        if found := _HEADING.fullmatch(block.text):
            return replace(block, text=f"{found[1]}{found[2]}")
        return replace(block, text=in_words(block.text)) if _SECTION.fullmatch(block.text) else block
    if isinstance(block, Para) and block.text.startswith("时限："):
        return replace(block, text=_SOURCE.sub("承诺", block.text))
    if isinstance(block, Para) and (notice := _NOTICE.fullmatch(block.text)):
        return replace(block, text=notice[1] + in_words(notice[2]))
    if isinstance(block, Para) and (own := _OWN.match(block.text)):
        return replace(block, text=in_words(own[0]) + block.text[own.end() :])
    return block
