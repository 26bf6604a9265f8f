"""``zhenggai rollup``: one picture over the counties of a list, from the facts that each has published."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from zhenggai.cli.destination import check_destination
from zhenggai.cli.offers import FILES, Offer, one_of
from zhenggai.cli.options import (
    MORE,
    ForceOption,
    FormatOption,
    NoPagerOption,
    OutputOption,
    day_option,
    word_option,
)
from zhenggai.cli.output import put, tell
from zhenggai.cli.typed_words import command_word
from zhenggai.document import Report
from zhenggai.errors import Exit, NothingToShow, UsageError
from zhenggai.model.wording import near_or_known, nearest
from zhenggai.rollup.asking import Question
from zhenggai.rollup.engine import DUCKDB, SPARK, require_engine, tables_of
from zhenggai.rollup.groups import By
from zhenggai.rollup.intake import Kept, LeftOut, on_day, store_of, take_in
from zhenggai.rollup.rollup_file import RollupFile, read_rollup_file
from zhenggai.views.rollup_coverage import Coverage, LeftOutCounty, UsedCounty
from zhenggai.views.rollup_status import status

USUAL_FILE = "汇总.yaml"


class Asked(StrEnum):
    """What can be asked, by the names of the commands that ask the same of a plan."""

    STATUS = "status"


_ABOUT: Mapping[Asked, tuple[str, str]] = {
    Asked.STATUS: ("总览", "各县的问题、任务、完成、逾期、红灯、金额"),
}
"""The Chinese word of each question, and what it shows."""
_WORDS = {word: asked for asked, (alias, _) in _ABOUT.items() for word in (asked.value, alias)}
_BY = {word: by for by in By for word in (by.value, by.head)}
_TAKES: Mapping[Asked, frozenset[str]] = {
    Asked.STATUS: frozenset({"--by"}),
}
"""The options that only some questions take, by question."""


def parse_engine(text: str) -> str:
    """An engine from the command line."""
    if text in (DUCKDB, SPARK) or re.fullmatch(r"spark://[\w.,:\[\]-]+:\d+", text):
        return text
    raise typer.BadParameter(f"没有引擎“{text}”，可用：{DUCKDB}、{SPARK}、spark://主机:端口")


def rollup(
    listed: Annotated[
        str | None,
        typer.Argument(metavar="名单", help=f"列出各县的文件，默认这里的 {USUAL_FILE}", show_default=False),
        FILES,
    ] = None,
    question: Annotated[
        str | None,
        typer.Argument(
            metavar="看什么",
            help="；".join(
                f"{asked} {alias}（默认）" if asked is Asked.STATUS else f"{asked} {alias}"
                for asked, (alias, _) in _ABOUT.items()
            ),
            show_default=False,
        ),
        Offer(words=tuple((asked.value, about) for asked, (_, about) in _ABOUT.items())),
    ] = None,
    as_of: Annotated[
        date | None, day_option("--as-of", "--截至", about="截至哪一天，默认过半的县数据已到的最近一天")
    ] = None,
    by: Annotated[
        By | None,
        word_option(
            "--by", "--分列", words=_BY, about=f"按{'、'.join(By)}（单位类别）分列，默认按县", metavar="按什么"
        ),
        one_of(_BY),
    ] = None,
    engine: Annotated[
        str,
        typer.Option(
            "--engine",
            "--引擎",
            help="用什么算：duckdb（默认，装好就能用）；spark，spark://主机:端口（一台机器不够时）",
            metavar="引擎",
            parser=parse_engine,
            show_default=False,
            rich_help_panel=MORE,
        ),
        one_of((DUCKDB, SPARK)),
    ] = DUCKDB,
    format: FormatOption = None,  # noqa: A002  # the option's own name
    output: OutputOption = None,
    force: ForceOption = False,
    no_pager: NoPagerOption = False,
) -> Exit:
    """例：zhenggai rollup 汇总.yaml　　zhenggai 汇总 汇总.yaml 总览 --分列 类别 -o 总览.xlsx

    各县先用 zhenggai facts 报数。名单怎么写，见 docs/format.md。
    """
    path, asked = _meant(listed, question)
    _refuse_needless(asked, {"--by": by})
    check_destination(output, format, force)
    require_engine(engine)
    file = read_rollup_file(path)
    for warning in file.warnings:
        tell(str(warning))
    day, used, left_out = _counties(file, as_of)
    coverage = _coverage(file, day, used, left_out)
    with tables_of(engine, store_of(file), used) as tables:
        report = _report(coverage, Question(tables, day, by or By.COUNTY, [one.county for one in used]))
    put(report, format, output)
    return _say(used, left_out)


def _meant(first: str | None, second: str | None) -> tuple[Path, Asked]:
    """The list and the question, in either order. Without a list, the usual one in this folder."""
    words = [word for word in (first, second) if word is not None]
    asked = [_WORDS[command_word(word)] for word in words if command_word(word) in _WORDS]
    files = [word for word in words if command_word(word) not in _WORDS]
    if len(files) > 1:
        raise UsageError(f"“{files[1]}”不是能汇总的\n  {near_or_known(files[1], _WORDS)}")
    if len(asked) > 1:
        raise UsageError(f"一次看一样，这里写了 {'、'.join(words)}\n  下一步：分两次运行")
    if files and not Path(files[0]).exists() and not Path(files[0]).suffix and (near := nearest(files[0], _WORDS, 1)):
        raise UsageError(f"没有文件“{files[0]}”\n  是不是：zhenggai rollup {USUAL_FILE} {near[0]}")
    return Path(files[0] if files else USUAL_FILE), asked[0] if asked else Asked.STATUS


def _refuse_needless(asked: Asked, options: Mapping[str, object]) -> None:
    """Refuse options that the question does not take."""
    for name, value in options.items():
        if value is not None and name not in _TAKES[asked]:
            takers = "、".join(f"rollup {other}" for other, taken in _TAKES.items() if name in taken)
            raise UsageError(f"rollup {asked} 没有 {name}，它是 {takers} 的\n  下一步：去掉 {name}")


def _counties(file: RollupFile, as_of: date | None) -> tuple[date, list[Kept], list[LeftOut]]:
    """The day, the counties that are used, and those that are left out, both in the order of the list."""
    kept, left_out = take_in(file, store_of(file))
    if kept:
        day, used, behind = on_day(kept, as_of)
        left_out = sorted(left_out + behind, key=lambda one: file.counties.index(one.county))
        if used:
            return day, used, left_out
    lines = "\n".join(map(_line, left_out))
    raise NothingToShow(f"没有一个县的数据能用：\n{lines}\n  下一步：照上面逐县办了，再运行一次")


def _coverage(file: RollupFile, day: date, used: Sequence[Kept], left_out: Sequence[LeftOut]) -> Coverage:
    return Coverage(
        title=file.title,
        day=day,
        used=tuple(
            UsedCounty(
                code=one.county.code,
                name=one.county.name,
                through=one.manifest.through,
                commit=one.manifest.commit,
                demo=one.manifest.demo,
                note=one.note,
            )
            for one in used
        ),
        left_out=tuple(
            LeftOutCounty(code=one.county.code, name=one.county.name, why=one.why, remedy=one.remedy)
            for one in left_out
        ),
    )


def _report(coverage: Coverage, question: Question) -> Report:
    groups = question.status()
    return status(coverage, question.by, groups, groups)


def _say(used: Sequence[Kept], left_out: Sequence[LeftOut]) -> Exit:
    """Name the counties that are left out, and those of which an older copy is used; the exit code they make."""
    older = [one for one in used if one.note]
    if left_out:
        tell(f"有 {len(left_out)} 个县没有计入：")
        tell("\n".join(map(_line, left_out)))
    if older:
        tell(f"有 {len(older)} 个县用的是以前取到的数据：")
        tell("\n".join(f"{one.county.name}: {one.note}" for one in older))
    return Exit.FOUND if left_out or older else Exit.OK


def _line(one: LeftOut) -> str:
    return f"{one.county.name}: {one.why} — {one.remedy}"
