"""What each command answers with ``--format json``: its reports, of which the published schemas are made."""

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from zhenggai.cli.command_table import BY_WORD
from zhenggai.views.answer_schema import Schema, schema_of
from zhenggai.views.audit import AuditReport
from zhenggai.views.board import Board
from zhenggai.views.check import Diagnostics
from zhenggai.views.check_guide import CheckGuide, CheckList
from zhenggai.views.closing_form import ClosingForm
from zhenggai.views.columns import Keys
from zhenggai.views.doctor import Fittings
from zhenggai.views.draft_report import DraftReport
from zhenggai.views.due import DueList
from zhenggai.views.facts import Published
from zhenggai.views.fill_form import FillForm
from zhenggai.views.form_preview import FormsPreview
from zhenggai.views.import_preview import ImportPreview
from zhenggai.views.layout import LaidOut
from zhenggai.views.ledger_layouts import LAYOUTS
from zhenggai.views.letter_text import Letter, Letters
from zhenggai.views.lookback import LookBackList
from zhenggai.views.periodical import IssuedPeriodical, Periodical
from zhenggai.views.phase import PhaseSummary
from zhenggai.views.public_notice import PublicNotice
from zhenggai.views.rank import RankReport
from zhenggai.views.rectification_report import RectificationReport
from zhenggai.views.registers import RegisterStatus
from zhenggai.views.remind_ladder import LadderList
from zhenggai.views.report_comparison import Comparison
from zhenggai.views.rollup_overdue import RollupOverdue
from zhenggai.views.rollup_phase import RollupPhase
from zhenggai.views.rollup_rank import RollupRank
from zhenggai.views.rollup_status import RollupStatus
from zhenggai.views.rollup_trend import RollupTrend
from zhenggai.views.search_result import SearchResult
from zhenggai.views.show import ShownHistory
from zhenggai.views.status import Status
from zhenggai.views.task_list import TaskList
from zhenggai.views.todo import TodoList
from zhenggai.views.trend import Trend
from zhenggai.views.unit_list import UnitList
from zhenggai.views.when import Meaning


class Answer(NamedTuple):
    """A report that a command may give: its class, and how it is called in the schema.

    ``of_form``: the keys of one of its forms, if the class has several.
    """

    report: type
    title: str
    of_form: Keys[Any] | None = None

    @property
    def keys(self) -> Keys[object]:
        """The keys of its JSON."""
        if self.of_form:
            return self.of_form
        keys: Keys[object] = vars(self.report)["keys"]
        return keys


_PERIODICALS = (
    Answer(Periodical, "按现在的数据生成的一期"),
    Answer(IssuedPeriodical, "已印发的一期，照留底原样（旧版印发的可能少几项）"),
    Answer(Comparison, "--compare：印发后的变化"),
)
_KEPT = IssuedPeriodical  # an earlier version may have kept it, so it may lack any key

ANSWERS: Mapping[str, tuple[Answer, ...]] = {
    "status": (Answer(Status, "总览"), Answer(RegisterStatus, "--registers：换届、软弱涣散两本登记册")),
    "board": (Answer(Board, "看板"),),
    "todo": (Answer(TodoList, "待办"),),
    "overdue": (Answer(DueList, "逾期"),),
    "due": (Answer(DueList, "临期"),),
    "phase": (Answer(PhaseSummary, "阶段小结"),),
    "list": (
        Answer(TaskList, "台账"),
        Answer(FillForm, "--fill：填报表"),
        *(Answer(LaidOut, f"--layout {name}", layout.keys) for name, layout in LAYOUTS.items()),
    ),
    "trend": (Answer(Trend, "走势"),),
    "find": (Answer(SearchResult, "查找结果"),),
    "show": (Answer(ShownHistory, "来历"),),
    "lookback": (Answer(LookBackList, "回头看"),),
    "remind": (
        Answer(Letters, "函件"),
        Answer(Letter, "-o 文件夹/：一份函件一个文件"),
        Answer(LadderList, "--ladder：督办阶梯"),
    ),
    "apply": (Answer(ClosingForm, "销号申请单"),),
    "publicise": (Answer(PublicNotice, "公示文稿"),),
    "urge": (Answer(Letter, "一份文书"), Answer(Letters, "几份文书")),
    "week": _PERIODICALS,
    "month": _PERIODICALS,
    "report": (
        Answer(RectificationReport, "按现在的数据生成的整改落实情况报告"),
        Answer(IssuedPeriodical, "--no：已印发的一期，照留底原样（旧版印发的可能少几项）", RectificationReport.keys),
        Answer(Comparison, "--compare：印发后的变化"),
    ),
    "rank": (Answer(RankReport, "单位排名"),),
    "check": (
        Answer(Diagnostics, "检查结果"),
        Answer(CheckList, "--list：检查一览"),
        Answer(CheckGuide, "--explain：一项检查"),
    ),
    "audit": (Answer(AuditReport, "历史核对结果"),),
    "rollup": (
        Answer(RollupStatus, "status：各县的总览"),
        Answer(RollupRank, "rank：排名"),
        Answer(RollupOverdue, "overdue：逾期最久的"),
        Answer(RollupPhase, "phase：阶段小结"),
        Answer(RollupTrend, "trend：走势"),
    ),
    "when": (Answer(Meaning, "时限的意思"),),
    "import": (Answer(ImportPreview, "导入预览"), Answer(FormsPreview, "填报表")),
    "unit": (Answer(UnitList, "单位册"),),
    "draft": (Answer(DraftReport, "方案的草稿"),),
    "facts": (Answer(Published, "报数的清单，与 manifest.json 相同"),),
    "doctor": (Answer(Fittings, "体检结果"),),
}

OF_PLANS = frozenset(
    (
        "status",
        "board",
        "todo",
        "overdue",
        "due",
        "phase",
        "list",
        "show",
        "week",
        "month",
        "report",
        "rank",
        "trend",
        "find",
    )
)
"""The commands that answer for several plans at once."""


def answer_title(command: str) -> str:
    """What the schema of a command's JSON is called."""
    return f"{BY_WORD[command].alias}（zhenggai {command} --format json）"


def answer_schema(command: str) -> Schema:
    """The schema of a command's JSON; KeyError for a command without JSON."""
    reports = [(answer.title, answer.keys, answer.report is not _KEPT) for answer in ANSWERS[command]]
    return schema_of(answer_title(command), reports, of_plans=command in OF_PLANS)


def answer_schema_text(command: str) -> str:
    """The schema as text."""
    return json.dumps(answer_schema(command), ensure_ascii=False, indent=2) + "\n"
