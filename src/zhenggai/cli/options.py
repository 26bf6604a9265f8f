"""The options that commands share, and how their values are read; knows no ledger, so that ``when`` need not either."""

import functools
import inspect
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Concatenate, ParamSpec, TypeVar

import typer

from zhenggai.cli import pager
from zhenggai.cli.offers import FILES, MEASURES_OR_PROBLEMS, PHASES, PLANS, UNITS_OR_CLASSES, Offer
from zhenggai.errors import Exit
from zhenggai.render import FORMATS, format_named

if TYPE_CHECKING:
    from zhenggai.reading.values import Note

P = ParamSpec("P")
T = TypeVar("T")

REST = "rest"
MORE = "更多选项"  # the panel of the help for options that seldom matter
YEARS = range(1900, 3000)  # of a day that somebody means; with others, days before and after it may not exist


def parse_day(text: str) -> date:
    """A day from the command line, in any of the habits that files may use."""
    from zhenggai.reading.values import Unreadable, read_day  # here, since most commands are given none

    try:
        day = read_day(text, lambda _: None)
    except Unreadable as error:
        raise typer.BadParameter(f"{error.what}：{error.remedy}") from None
    if day.year not in YEARS:
        raise typer.BadParameter(f"“{text}”：年份要在 {YEARS[0]} 到 {YEARS[-1]} 之间")
    return day


def read_as(read: "Callable[[str, Note], T]") -> Callable[[str], T]:
    """What reads a value of the command line as the files are read; which habits it shows is no matter here."""

    def parse(text: str) -> T:
        from zhenggai.reading.values import Unreadable  # here, as above

        try:
            return read(text, lambda _: None)
        except Unreadable as error:
            raise typer.BadParameter(f"{error.what}，{error.remedy}") from None

    return parse


def number_between(low: int, high: int) -> Callable[[str | int], int]:
    """What reads a whole number of the command line, both limits counted."""

    def parse(given: str | int) -> int:  # a default comes as the number it is
        text = str(given)
        number = int(text) if text.isdecimal() and len(text) < 10 else None  # isdecimal: full-width digits too
        if number is None or not low <= number <= high:
            raise typer.BadParameter(f"“{text}”不是 {low} 到 {high} 的整数")
        return number

    return parse


def number_option(
    *names: str, about: str, metavar: str, low: int = 1, high: int = 9999, panel: str | None = None
) -> Any:
    """An option that takes a whole number."""
    return typer.Option(
        *names, help=about, metavar=metavar, parser=number_between(low, high), show_default=False, rich_help_panel=panel
    )


def parse_format(text: str) -> str:
    """A format's name from its name or Chinese alias."""
    found = format_named(text)
    if found is None:
        raise typer.BadParameter(f"没有格式“{text}”，可用：{'、'.join(FORMATS)}")
    return found.name


def day_option(*names: str, about: str, panel: str | None = None) -> Any:
    """An option that takes a day."""
    return typer.Option(*names, help=about, metavar="日期", parser=parse_day, show_default=False, rich_help_panel=panel)


def text_option(*names: str, about: str, metavar: str, panel: str | None = None) -> Any:
    """An option that takes a text."""
    return typer.Option(*names, help=about, metavar=metavar, show_default=False, rich_help_panel=panel)


def listed_option(*names: str, about: str, metavar: str, panel: str | None = None) -> Any:
    """An option that may be given several times."""
    return typer.Option(*names, help=f"{about}，可多次", metavar=metavar, show_default=False, rich_help_panel=panel)


def flag_option(*names: str, about: str, panel: str | None = None) -> Any:
    """An option without a value."""
    return typer.Option(*names, help=about, rich_help_panel=panel)


def word_option(*names: str, words: Mapping[str, object], about: str, metavar: str) -> Any:
    """An option that takes one of some words, and gives what the word stands for."""

    def parse(text: str) -> object:
        if text not in words:
            raise typer.BadParameter(f"“{text}”不在可用的词里：{'、'.join(words)}")
        return words[text]

    return typer.Option(*names, help=about, metavar=metavar, parser=parse, show_default=False)


def given(
    make: Callable[..., T], without: tuple[str, ...] = ()
) -> Callable[[Callable[Concatenate[T, P], Exit]], Callable[..., Exit]]:
    """Give a command the options of ``make``; its function gets what that returns before its own options.

    A function may be given several such, one decorator each: the inmost is its first argument.

    ``without`` names options that this command takes in another sense. A parameter ``rest`` of ``make`` is no option: it
    gets the values of the command's own, by name.
    """
    parameters_of = inspect.signature(make).parameters
    common = [p for name, p in parameters_of.items() if name not in (*without, REST)]

    def give(function: Callable[Concatenate[T, P], Exit]) -> Callable[..., Exit]:
        own = list(inspect.signature(function).parameters.values())[1:]

        @functools.wraps(function)
        def command(*outer: Any, **options: Any) -> Exit:
            shared = {p.name: options.pop(p.name) for p in common}
            made = make(**shared, **({REST: options} if REST in parameters_of else {}))
            return function(made, *outer, **options)  # its own parameters, by name

        parameters = [*own, *common]
        command.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]  # what Typer reads
        command.__annotations__ = {p.name: p.annotation for p in parameters}
        del command.__wrapped__  # or its signature would be read instead
        return command

    return give


def _without_pager(given: bool) -> bool:
    pager.wanted = pager.wanted and not given
    return given


FORMAT_ABOUT = "；".join(f"{name} {f.about}" for name, f in FORMATS.items())

PlanOption = Annotated[
    str | None,
    text_option(
        "--plan", "--方案", about="方案编号；不写则看所有方案，记录时能认出的不必写", metavar="编号", panel=MORE
    ),
    PLANS,
]
UnitOption = Annotated[
    str | None, text_option("--unit", "--单位", about="只看这个单位或这类单位", metavar="单位"), UNITS_OR_CLASSES
]
ProblemOption = Annotated[
    str | None,
    text_option("--problem", "--问题", about="只看这个问题（3）或措施（3-2）", metavar="号"),
    MEASURES_OR_PROBLEMS,
]
PhaseOption = Annotated[
    int | None, number_option("--phase", "--阶段", about="只看这个阶段的措施", metavar="号", panel=MORE), PHASES
]
AsOfOption = Annotated[date | None, day_option("--as-of", "--截至", about="截至哪一天，默认今天")]
KnownByOption = Annotated[
    date | None, day_option("--known-by", "--已知于", about="只计到这一天为止已记录的条目", panel=MORE)
]
FormatOption = Annotated[
    str | None,
    typer.Option(
        "--format",
        "--格式",
        help=FORMAT_ABOUT,
        metavar="格式",
        parser=parse_format,
        show_default=False,
        rich_help_panel=MORE,
    ),
    Offer(words=tuple((name, f.about) for name, f in FORMATS.items())),
]
OutputOption = Annotated[
    Path | None, typer.Option("--output", "-o", "--输出", help="写入文件", metavar="文件", show_default=False), FILES
]
NoPagerOption = Annotated[
    bool,
    typer.Option("--no-pager", "--不分页", help="比屏幕长也一次显示完", callback=_without_pager, rich_help_panel=MORE),
]
ForceOption = Annotated[
    bool, typer.Option("--force", "--强制", help="-o 的文件看名字不是报告，也写、也覆盖", rich_help_panel=MORE)
]
VerifyOption = Annotated[
    bool, typer.Option("--verify", "--核对", help="不凭索引，把文件逐个重读、一切重新推算", rich_help_panel=MORE)
]
