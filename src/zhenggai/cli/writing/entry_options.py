"""The options that all commands share that write entries. ``recording`` or ``overseeing`` adds them to a command."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Annotated, Any, Concatenate, NamedTuple, ParamSpec

import typer

from zhenggai.cli import clock
from zhenggai.cli.offers import FILES, MEASURES, MEASURES_OR_PROBLEMS, UNITS, UNITS_OR_CLASSES
from zhenggai.cli.options import (
    MORE,
    PhaseOption,
    PlanOption,
    day_option,
    flag_option,
    given,
    listed_option,
    read_as,
    text_option,
)
from zhenggai.cli.plan_meant import ledger_meant, numbers_in
from zhenggai.cli.writing import prompts
from zhenggai.cli.writing.entry_log import EntryLog
from zhenggai.cli.writing.evidence_options import Evidence
from zhenggai.cli.writing.others_tasks import OthersTasks
from zhenggai.cli.writing.own_tasks import OwnTasks
from zhenggai.cli.writing.prompts import Wish
from zhenggai.cli.writing.writer_identity import Writer, my_unit
from zhenggai.errors import Exit
from zhenggai.ledger import Ledger, plan_files
from zhenggai.model.money import with_unit
from zhenggai.model.numbers import measure_number
from zhenggai.reading.data_folders import root_of
from zhenggai.reading.values import read_increment, read_number, read_percent
from zhenggai.rules.day.snapshot import SnapshotTask
from zhenggai.views.selection import Selection

P = ParamSpec("P")

MeasureArgument = Annotated[
    str | None, typer.Argument(metavar="措施", help="措施编号，如 3-2", show_default=False), MEASURES
]
ContentArgument = Annotated[str | None, typer.Argument(metavar="内容", help="做了什么，一两句话", show_default=False)]


parse_percent = read_as(read_percent)
parse_number = read_as(read_number)

PercentOption = Annotated[
    int | None,
    typer.Option(
        "-p",
        "--percent",
        "--进度",
        help="进度，0 到 100",
        metavar="百分数",
        parser=parse_percent,
        show_default=False,
    ),
]
parse_increment = read_as(read_increment)


def _amount_option(*names: str, about: str, panel: str | None = None) -> Any:
    """An option that takes an amount of money."""
    return typer.Option(
        *names, help=about, metavar="金额", parser=parse_increment, show_default=False, rich_help_panel=panel
    )


AmountOption = Annotated[
    str | None,
    _amount_option("--amount", "--整改金额", about="这次新增的整改金额，如 1200.5万元；不写单位的，按问题金额的单位"),
]
RecoveredOption = Annotated[str | None, _amount_option("--recovered", "--追缴", about="这次追缴的金额", panel=MORE)]
LossAvoidedOption = Annotated[
    str | None, _amount_option("--loss-avoided", "--挽回损失", about="这次挽回的损失", panel=MORE)
]
ValueOption = Annotated[
    Decimal | None,
    typer.Option(
        "--value",
        "--指标值",
        help="指标做到多少",
        metavar="数",
        parser=parse_number,
        show_default=False,
        rich_help_panel=MORE,
    ),
]
FOR_ANOTHER = "\n  若是代责任单位记录，加 --for 单位"
ForOption = Annotated[
    str | None,
    text_option(
        "--for", "--代录", about="记哪个单位的任务：牵头、审核单位代录，或接替的单位", metavar="单位", panel=MORE
    ),
    UNITS,
]
UnitOption = Annotated[
    str | None, text_option("--unit", "--单位", about="哪个单位记录", metavar="单位", panel=MORE), UNITS
]
OfUnitOption = Annotated[
    str | None, text_option("--unit", "--单位", about="只办这个单位或这类单位的任务", metavar="单位"), UNITS_OR_CLASSES
]
ByOption = Annotated[
    str | None, text_option("--by", "--记录单位", about="哪个单位记录", metavar="单位", panel=MORE), UNITS
]
WriterOption = Annotated[
    str | None, text_option("--writer", "--填报人", about="填报人（岗位或科室）", metavar="填报人", panel=MORE)
]
DayOption = Annotated[date | None, day_option("--date", "--日期", about="事情发生的日期，默认今天")]
EvidenceOption = Annotated[
    list[str] | None,
    listed_option("-e", "--evidence", "--佐证", about="佐证：文件（拷入附件）或文号", metavar="文件"),
    FILES,
]
ProblemOption = Annotated[
    str | None,
    text_option("--problem", "--问题", about="只办这个问题（3）或措施（3-2）", metavar="号"),
    MEASURES_OR_PROBLEMS,
]
WhichArgument = Annotated[
    str | None,
    typer.Argument(metavar="措施", help="措施（3-2）或问题（3）；不写则是等本单位办的全部", show_default=False),
    MEASURES_OR_PROBLEMS,
]
OpinionOption = Annotated[str | None, text_option("--content", "--内容", about="意见、情况，一两句话", metavar="文字")]
YesOption = Annotated[bool, flag_option("--yes", "--不再确认", about="不再确认，直接写入")]
DryRunOption = Annotated[bool, flag_option("--dry-run", "--预览", about="只看会写什么，不写入", panel=MORE)]


def in_order(measure: str | None, content: str | None) -> tuple[str | None, str | None]:
    """Measure and content in this order: of two, the number is the measure; a single text that is no number is the content."""
    if measure and not measure_number(measure) and (content is None or measure_number(content)):
        return content, measure
    return measure, content


class OwnWriting(NamedTuple):
    """The objects that a command needs to write about the unit's own task: the writer, its tasks, the entry log."""

    writer: Writer
    own: OwnTasks
    entries: EntryLog


class Oversight(NamedTuple):
    """The objects that a reviewing or supervising command needs: the writer, the other units' tasks, the entry log."""

    writer: Writer
    others: OthersTasks
    entries: EntryLog

    def need(self, which: str | None, given: Mapping[str, object], hints: Mapping[str, str] | None = None) -> None:
        """``Writer.need``, after a wrong measure, problem or filter has been refused: nothing is asked for nothing."""
        self.others.chosen(which)
        self.writer.need(given, hints)


def oversight(
    ledger: Ledger,
    selection: Selection,
    by: str | None,
    writer: str | None,
    day: date | None,
    evidence: Sequence[str] | None,
    wish: Wish,
) -> Oversight:
    """The ``Oversight`` of the unit named ``by``, recording now. ``day`` is the date of the entries, by default today."""
    now = clock.now_in(ledger.plan)
    who = Writer(ledger, now, day or now.date(), by, writer, own=False)
    return Oversight(who, OthersTasks(who, selection), EntryLog(who, Evidence(tuple(evidence or ()), who.today), wish))


def _own_writing(
    unit: UnitOption = None,
    writer: WriterOption = None,
    day: DayOption = None,
    evidence: EvidenceOption = None,
    about: ForOption = None,
    plan: PlanOption = None,
    *,
    rest: Mapping[str, Any],
    of_unit: bool,
) -> OwnWriting:
    root = root_of(Path.cwd())
    ledger = ledger_meant(
        root,
        plan_files(root, plan),
        [next(filter(measure_number, filter(None, (rest.get("measure"), rest.get("content")))), None)],
        rest.get("number"),
        lambda root: about or my_unit(root, unit),
        of_unit=of_unit,
    )
    now = clock.now_in(ledger.plan)
    who = Writer(ledger, now, day or now.date(), unit, writer)
    return OwnWriting(who, OwnTasks(who, about), EntryLog(who, Evidence(tuple(evidence or ()), who.today)))


def _oversight(
    unit: OfUnitOption = None,
    problem: ProblemOption = None,
    phase: PhaseOption = None,
    by: ByOption = None,
    writer: WriterOption = None,
    day: DayOption = None,
    evidence: EvidenceOption = None,
    yes: YesOption = False,
    dry_run: DryRunOption = False,
    plan: PlanOption = None,
    *,
    rest: Mapping[str, Any],
) -> Oversight:
    root = root_of(Path.cwd())
    named = numbers_in([rest.get("which"), *(rest.get("words") or ())[:2]])
    ledger = ledger_meant(root, plan_files(root, plan), [*named, problem])
    return oversight(ledger, Selection(unit, problem, phase), by, writer, day, evidence, Wish(yes, dry_run))


def recording(function: Callable[Concatenate[OwnWriting, P], Exit]) -> Callable[..., int]:
    """A decorator for commands that write about the unit's own task. The function gets ``OwnWriting`` as its first argument."""
    return given(partial(_own_writing, of_unit=True), without=("of_unit",))(function)


def recording_own(function: Callable[Concatenate[OwnWriting, P], Exit]) -> Callable[..., int]:
    """The same without ``--for``, for entries that a unit can only write about itself."""
    return given(partial(_own_writing, of_unit=False), without=("about", "of_unit"))(function)


def overseeing(function: Callable[Concatenate[Oversight, P], Exit]) -> Callable[..., int]:
    """A decorator for commands that write about other units' tasks. ``--unit`` filters the tasks."""
    return given(_oversight)(function)


def asked_amount(task: SnapshotTask, given: str | None) -> str | None:
    """The given 整改金额, else, at a terminal and for a task with 问题金额, the answer to a question."""
    unit = task.task.money_unit
    if given or unit is None or not prompts.at_terminal():
        return given
    return prompts.ask_optional(f"整改金额（这次新增的，单位{unit}，不填则没有）", parse_increment)


def amounts(task: SnapshotTask, **given: str | None) -> dict[str, Any]:
    """Amounts of money for an entry of a task, by field: a bare number gets the unit of the plan's 问题金额."""
    return {name: text and with_unit(text, task.task.money_unit) for name, text in given.items()}


def given_fields(**fields: object) -> dict[str, Any]:
    """The fields that have a value: neither None, nor empty."""
    return {name: value for name, value in fields.items() if value not in (None, "", ())}
