"""The options that all lists share: plan, filters, days, format, file. ``listing`` adds them to a command."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property, partial, wraps
from pathlib import Path
from typing import Annotated, Any, Concatenate, ParamSpec, TypeVar

import typer

from zhenggai.cli import clock
from zhenggai.cli.destination import check_destination
from zhenggai.cli.lone_words import NUMBER, WORD, Own, OwnNumber, OwnWords, meant, plans_among
from zhenggai.cli.offers import (
    LEADERS,
    MEASURES_OR_PROBLEMS,
    PERSONS,
    PLANS,
    PRIORITIES,
    SOURCES,
    TYPES,
    UNITS_OR_CLASSES,
    either,
    one_of,
)
from zhenggai.cli.options import (
    MORE,
    AsOfOption,
    ForceOption,
    FormatOption,
    KnownByOption,
    NoPagerOption,
    OutputOption,
    PhaseOption,
    PlanOption,
    ProblemOption,
    UnitOption,
    given,
    text_option,
)
from zhenggai.cli.output import put, say_diagnostics, tell
from zhenggai.document import Report
from zhenggai.errors import Exit, NothingToShow, NotInPlan, UsageError
from zhenggai.frozen import frozen
from zhenggai.ledger import Ledger, plan_files
from zhenggai.model.name_keys import name_key
from zhenggai.model.plan import Category
from zhenggai.model.source import Diagnostic
from zhenggai.reading.data_folders import root_of
from zhenggai.render import format_wanted
from zhenggai.rules.day.lights import Light
from zhenggai.rules.day.snapshot import Snapshot
from zhenggai.views.selection import Selection, select, state_words

P = ParamSpec("P")
T = TypeVar("T")

STATES = one_of(state_words())
STATES_ABOUT = "、".join(state_words())
StateOption = Annotated[
    str | None, text_option("--state", "--状态", about=f"只看这个状态：{STATES_ABOUT}", metavar="状态"), STATES
]
LeadOption = Annotated[
    str | None,
    text_option("--lead", "--牵头单位", about="只看这个单位（或这类单位）牵头的", metavar="单位", panel=MORE),
    UNITS_OR_CLASSES,
]
LeaderOption = Annotated[
    str | None,
    text_option(
        "--leader",
        "--责任领导",
        about="只看这位责任领导、分管领导或第一责任人的，写姓名就行",
        metavar="姓名",
        panel=MORE,
    ),
    LEADERS,
]
PersonOption = Annotated[
    str | None,
    text_option("--person", "--责任人", about="只看这位责任人的，写姓名或岗位", metavar="姓名", panel=MORE),
    PERSONS,
]
SourceOption = Annotated[
    str | None,
    text_option("--source", "--来源", about="只看这个来源的问题，写代号或名称", metavar="来源", panel=MORE),
    SOURCES,
]
CategoryOption = Annotated[
    str | None,
    text_option("--category", "--类别", about=f"只看这个类别：{'、'.join(Category)}", metavar="类别", panel=MORE),
    one_of(Category),
]
LightOption = Annotated[
    str | None,
    text_option("--light", "--灯", about=f"只看亮这种灯的：{'、'.join(Light)}", metavar="灯", panel=MORE),
    one_of(Light),
]
TypeOption = Annotated[
    str | None,
    text_option("--type", "--整改类型", about="只看这种整改类型，如 近期", metavar="类型", panel=MORE),
    TYPES,
]
PriorityOption = Annotated[
    str | None,
    text_option("--priority", "--优先", about="只看这样优先的，如 重点", metavar="优先", panel=MORE),
    PRIORITIES,
]
VerifyOption = Annotated[
    bool, typer.Option("--verify", "--核对", help="不凭索引，把文件逐个重读、一切重新推算", rich_help_panel=MORE)
]
WordsArgument = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[单位|措施|…]",
        help="单位（县教育局）、措施（3-2）、状态、日期、数：只能是一样的，不用写选项",
        show_default=False,
    ),
    either(UNITS_OR_CLASSES, MEASURES_OR_PROBLEMS, STATES, PLANS),
]


class Together:
    """The answers of several plans, to be put out as one."""

    def __init__(self) -> None:
        self.reports: dict[str, Report] = {}  # by what ``--plan`` calls the plan
        self.errors: dict[Diagnostic, None] = {}  # each once: the unit book is that of all plans
        self.unit: str | None = None  # the answer to a question that is put once for all plans


@frozen(slots=False)
class Asked:
    """The values of a list's options, and the open ledger. ``number`` and ``word`` were given without an option.

    ``together`` collects the answers where several plans are asked.
    """

    ledger: Ledger
    selection: Selection
    as_of: date
    is_dated: bool  # --as-of was given; else ``as_of`` is today
    known_by: date
    format: str | None
    output: Path | None
    force: bool
    number: int | None = None
    word: Any = None
    together: Together | None = None

    @cached_property
    def whole(self) -> Snapshot:
        """The snapshot as of the day, without filters."""
        return self.ledger.snapshot(self.as_of, self.known_by)

    def snapshot(self) -> Snapshot:
        """The snapshot as of the day, with the filters applied. Says so where a unit has no task, but leads some."""
        found, unit = select(self.whole, self.selection), self.selection.unit
        if unit and not found.tasks and self.selection.lead is None:
            led = select(self.whole, replace(self.selection, unit=None, lead=unit)).tasks
            if led:
                tell(f"没有{unit}自己的任务；它牵头的有 {len(led)} 件，看它们把 --unit 换成 --lead")
        return found

    @property
    def makes_calendar(self) -> bool:
        """Whether the answer becomes a calendar."""
        wanted = format_wanted(self.output, self.format)
        return wanted is not None and wanted.calendar

    def number_or(self, given: int | None, option: str) -> int | None:
        """The number that was given without an option, else that of the command's own ``option``."""
        if self.number is not None and given is not None:
            raise UsageError(f"{self.number} 和 {option} {given} 只能写一个\n  下一步：去掉一个")
        return given if self.number is None else self.number

    def word_or(self, given: T | None, option: str) -> T | None:
        """The value of a word that was given without an option, else that of the command's own ``option``."""
        if self.word is not None and given is not None:
            raise UsageError(f"“{self.word}”和 {option} {given} 只能写一个\n  下一步：去掉一个")
        return given if self.word is None else self.word

    def worded(self, report: Report) -> Report:
        """The report in the words of the plan's type."""
        if not self.ledger.plan.plan_type:
            return report
        from zhenggai.views.promises import Reworded  # imported here: few plans are of promises

        return Reworded(report)

    def answer(self, report: Report, snapshot: Snapshot) -> Exit:
        """Output the report, then print the errors in the data. Returns the exit code."""
        return self.put(report, self.ledger.errors(snapshot))  # first: a query of the index may start over

    def put(self, report: Report, errors: Sequence[Diagnostic] = ()) -> Exit:
        """The same with the errors that are given."""
        if self.together is None:
            put(report if self.makes_calendar else self.worded(report), self.format, self.output)
            return say_diagnostics(errors)
        self.together.reports[Path(self.ledger.path).stem] = report
        self.together.errors.update(dict.fromkeys(errors))
        return Exit.FOUND if errors else Exit.OK

    def refuse_several(self, what: str) -> None:
        """Raise ``UsageError`` if several plans are asked for ``what``, which only one can give."""
        if self.together is not None:
            raise UsageError(f"{what}的是一个方案的，这里有几个\n  下一步：用 --plan 指明一个")


def day_of(ledger: Ledger) -> date:
    """The day that is shown where none is given: today, for a demonstration ledger not later than its last entry."""
    today = clock.today(ledger.plan)
    if not ledger.units.is_demo:
        return today
    last = ledger.snapshot(today).last_entry or today
    if last < today:
        tell(f"这是演示台账，照最近一条记录那天（{last}）显示；看别的日子加 --as-of 日期")
    return last


@frozen
class Question:
    """The values of a list's options before any ledger is open. ``paths`` are the files of the plans that are asked."""

    root: Path
    paths: Sequence[str]
    verify: bool
    words: Sequence[str]
    values: Mapping[str, Any]
    options: Collection[str]
    own: Own
    known_by: date | None
    format: str | None
    output: Path | None
    force: bool

    def of(self, path: str, together: Together | None = None) -> Asked:
        """The question as one plan understands it. Raises ``NotInPlan`` for a word that means nothing there."""
        ledger = Ledger(self.root, path, verify=self.verify)
        alone = meant(self.words, ledger.plan, ledger.units, self.options, self.own) if self.words else {}
        for name, value in alone.items():
            if (given := self.values.get(name)) is not None:
                raise UsageError(f"“{value}”和 --{name.replace('_', '-')} {given} 只能写一个\n  下一步：去掉一个")
        number: Any = alone.pop(NUMBER, None)
        word = alone.pop(WORD, None)
        values = {**self.values, **alone}
        day = values.pop("as_of")
        return Asked(
            ledger=ledger,
            selection=Selection(**values),
            as_of=day or day_of(ledger),
            is_dated=day is not None,
            known_by=self.known_by or date.max,
            format=self.format,
            output=self.output,
            force=self.force,
            number=number,
            word=word,
            together=together,
        )


def _ask(
    words: WordsArgument = None,
    plan: PlanOption = None,
    unit: UnitOption = None,
    problem: ProblemOption = None,
    phase: PhaseOption = None,
    state: StateOption = None,
    lead: LeadOption = None,
    leader: LeaderOption = None,
    person: PersonOption = None,
    source: SourceOption = None,
    category: CategoryOption = None,
    light: LightOption = None,
    type: TypeOption = None,  # noqa: A002  # the option's own name
    priority: PriorityOption = None,
    as_of: AsOfOption = None,
    known_by: KnownByOption = None,
    format: FormatOption = None,  # noqa: A002  # the option's own name
    output: OutputOption = None,
    force: ForceOption = False,
    no_pager: NoPagerOption = False,
    verify: VerifyOption = False,
    *,
    checks_output: bool,
    calendar: bool,
    options: Collection[str],
    own: Own,
) -> Question:
    if checks_output:
        check_destination(output, format, force, calendar=calendar)
    root = root_of(Path.cwd())
    among = plans_among(root, words) if words and plan is None else []
    return Question(
        root=root,
        paths=plan_files(root, plan, *among),
        verify=verify,
        words=[word for word in words or () if word not in among],
        values={
            "unit": unit, "problem": problem, "phase": phase, "state": state, "lead": lead, "leader": leader,
            "person": person, "source": source, "category": category, "light": light, "type": type, "priority": priority,
            "as_of": as_of,
        },
        options=options,
        own=own,
        known_by=known_by,
        format=format,
        output=output,
        force=force,
    )  # fmt: skip


def listing(
    *,
    without: tuple[str, ...] = (),
    number: OwnNumber | None = None,
    own_words: OwnWords | None = None,
    of_one: bool = False,
    calendar: bool = False,
) -> Callable[[Callable[Concatenate[Asked, P], Exit]], Callable[..., int]]:
    """A decorator that adds the options of all lists to a command. The function gets them as its first argument, ``Asked``.

    Where several plans are asked, it is called for each, and their answers are put out as one; an ``of_one`` command is
    called for the one that it means.
    ``without`` names options that the command gives another meaning; a command with its own ``output`` checks it itself.
    ``number`` says what a number alone means to the command, which finds it in ``Asked.number``; ``own_words`` the same
    of words, in ``Asked.word``. ``calendar`` says that its
    report has dates for one.
    """
    options = {"unit", "problem", "phase", "state", "category", "light", "as_of"}.difference(without)
    ask = partial(
        _ask, checks_output="output" not in without, calendar=calendar, options=options, own=Own(number, own_words)
    )
    give = given(ask, (*without, "checks_output", "calendar", "options", "own"))

    def add(function: Callable[Concatenate[Asked, P], Exit]) -> Callable[..., int]:
        @wraps(function)
        def command(question: Question, /, *arguments: P.args, **own: P.kwargs) -> Exit:
            if len(question.paths) == 1:
                return function(question.of(question.paths[0]), *arguments, **own)
            if of_one:
                return function(question.of(_only(question, own)), *arguments, **own)
            return _of_each(question, lambda asked: function(asked, *arguments, **own))

        return give(command)

    return add


def _only(question: Question, own: Mapping[str, Any]) -> str:
    """The file of the one plan that a command for one plan means, by the numbers that are named."""
    from zhenggai.cli.plan_meant import ledger_meant, numbers_in  # imported here: few lists need one plan

    named = [*question.words, *(own.get("words") or ())[:2], question.values["problem"]]
    return ledger_meant(question.root, question.paths, numbers_in(named)).path


def _of_each(question: Question, command: Callable[[Asked], Exit]) -> Exit:
    """Run a command for each plan and put out the answers as one, without the plans in which what was named does not stand.

    A plan that cannot be read is named in the answer. Raises the first error where no plan has an answer.
    """
    from zhenggai.views.several_plans import SeveralPlans  # imported here: most folders have one plan

    together, codes = Together(), [Exit.OK]
    elsewhere: dict[str, NotInPlan] = {}
    broken: dict[str, NothingToShow] = {}
    for path in question.paths:
        try:
            asked = question.of(path, together)
            _refuse_copy(asked.ledger, question.paths)
            codes.append(command(asked))
        except NotInPlan as error:
            elsewhere[Path(path).stem] = error
        except NothingToShow as error:
            broken[Path(path).stem] = error
            codes.append(Exit.FOUND)
    if not together.reports:
        raise _in_no_plan(elsewhere) if elsewhere else next(iter(broken.values()))
    reports = [*together.reports.values()]
    is_one = len(reports) == 1 and not broken
    put(reports[0] if is_one else SeveralPlans(together.reports, tuple(broken)), question.format, question.output)
    for fault in broken.values():
        tell(str(fault))
    say_diagnostics(tuple(together.errors))
    return max(codes)


def _refuse_copy(ledger: Ledger, paths: Sequence[str]) -> None:
    """Raise ``NothingToShow`` for the copy of a plan's file, which has the number of the plan in another file."""
    number = name_key(ledger.plan.number)
    own = next((path for path in paths if name_key(Path(path).stem) == number), ledger.path)
    if own != ledger.path:
        raise NothingToShow(
            f"{ledger.path} 的编号和 {own} 的一样，没有计入\n  下一步：是副本的，删去它；不是的，改编号"
        )


def _in_no_plan(errors: Mapping[str, NotInPlan]) -> NotInPlan:
    """The error for something that is named and stands in no plan, from those of the plans by their numbers."""
    said = [str(error) for error in errors.values()]
    if len(set(said)) == 1:
        return NotInPlan(said[0])
    return NotInPlan("\n".join(f"方案 {number}：{text}" for number, text in zip(errors, said, strict=True)))
