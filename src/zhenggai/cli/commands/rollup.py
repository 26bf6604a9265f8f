"""``zhenggai rollup``: one picture over the counties of a list, from the facts that each has published."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from zhenggai.cli.command_table import BY_WORD
from zhenggai.cli.destination import check_destination
from zhenggai.cli.offers import FILES, Offer, one_of
from zhenggai.cli.options import (
    MORE,
    ForceOption,
    FormatOption,
    NoPagerOption,
    OutputOption,
    day_option,
    number_option,
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
from zhenggai.views.rollup_coverage import Coverage
from zhenggai.views.rollup_overdue import overdue
from zhenggai.views.rollup_phase import phase as phases
from zhenggai.views.rollup_rank import rank
from zhenggai.views.rollup_status import status
from zhenggai.views.rollup_trend import trend
from zhenggai.views.trend import PER_WORD, Per, days_of

USUAL_FILE = "汇总.yaml"


class Topic(StrEnum):
    """What can be asked, by the names of the commands that ask the same of a plan."""

    STATUS = "status"
    RANK = "rank"
    OVERDUE = "overdue"
    PHASE = "phase"
    TREND = "trend"


_ALIAS: Mapping[Topic, str] = {topic: BY_WORD[topic].alias for topic in Topic}
_WORDS: Mapping[str, Topic] = {word: topic for topic, alias in _ALIAS.items() for word in (topic.value, alias)}
_TAKES: Mapping[Topic, Sequence[str]] = {
    Topic.STATUS: ("--by",),
    Topic.RANK: ("--by",),
    Topic.OVERDUE: ("--top",),
    Topic.PHASE: ("--by", "--phase"),
    Topic.TREND: ("--per", "--since"),
}
"""The options that not every question takes."""
_BY: Mapping[str, By] = {word: by for by in By for word in (by.value, by.head)}
_TOP = 20


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
            help=f"{'、'.join(f'{topic} {alias}' for topic, alias in _ALIAS.items())}；默认 {Topic.STATUS}",
            show_default=False,
        ),
        Offer(words=tuple((topic.value, BY_WORD[topic].about) for topic in Topic)),
    ] = None,
    as_of: Annotated[
        date | None, day_option("--as-of", "--截至", about="截至哪一天，默认过半的县数据已到的最近一天")
    ] = None,
    by: Annotated[
        By | None,
        word_option(
            "--by",
            "--分列",
            words=_BY,
            about=f"总览、阶段按{'、'.join(by.head for by in By)}分列，默认按县；排名写“县”，排的是各县",
            metavar="按什么",
        ),
        one_of(_BY),
    ] = None,
    top: Annotated[
        int | None,
        number_option("--top", "--前", about=f"逾期列出最久的几条，默认 {_TOP}", metavar="条数", high=100_000),
    ] = None,
    phase: Annotated[int | None, number_option("--phase", "--阶段", about="只看各方案的这一阶段", metavar="号")] = None,
    per: Annotated[
        Per | None,
        word_option("--per", "--每", words=PER_WORD, about="走势每周（默认）或每月一行", metavar="周|月"),
        one_of(("每周", "每月")),
    ] = None,
    since: Annotated[date | None, day_option("--since", "--自", about="走势从哪一天看起，默认最早的县有数那天")] = None,
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
    """例：zhenggai rollup 汇总.yaml　　zhenggai 汇总 排名 --分列 县 -o 排名.xlsx　　zhenggai rollup 汇总.yaml trend --每 月

    各县先用 zhenggai facts 报数。名单怎么写，见 docs/format.md 的“汇总名单文件”。
    """
    path, topic = _meant(listed, question)
    _refuse_needless(topic, {"--by": by, "--top": top, "--phase": phase, "--per": per, "--since": since})
    if topic is Topic.RANK and by not in (None, By.COUNTY):
        raise UsageError(f"单位在各类之内排名，不按{by}排\n  下一步：去掉 --by；要排各县的，写 --by {By.COUNTY}")
    check_destination(output, format, force)
    require_engine(engine)
    file = read_rollup_file(path)
    for warning in file.warnings:
        tell(str(warning))
    day, used, left_out = _counties(file, as_of)
    if since and since > day:
        raise UsageError(f"--since {since} 晚于截至的 {day}\n  下一步：写早一些的日期，或加 --as-of 日期")
    coverage = Coverage(file.title, day, tuple(used), tuple(left_out))
    by = by or (By.CLASS if topic is Topic.RANK else By.COUNTY)
    with tables_of(engine, store_of(file), [one.folder for one in used]) as tables:
        ask = Question(tables, day, by, [one.county for one in used])
        report: Report
        match topic:
            case Topic.STATUS:
                report = _status(coverage, ask)
            case Topic.RANK:
                report = rank(coverage, ask.rank(), of_counties=by is By.COUNTY)
            case Topic.OVERDUE:
                report = overdue(coverage, *ask.overdue(top or _TOP))
            case Topic.PHASE:
                report = phases(coverage, by, ask.phase(phase))
            case Topic.TREND:
                first = min(day, *(one.manifest.since for one in used))
                per = per or Per.WEEK
                report = trend(coverage, per, ask.trend(days_of(per, max(since or first, first), day)))
    put(report, format, output)
    return _say(used, left_out, are_shown=output is None and format not in ("json", "csv"))


def _meant(first: str | None, second: str | None) -> tuple[Path, Topic]:
    """The list and the question, in either order. Without a list, the usual one in this folder."""
    words = [word for word in (first, second) if word is not None]
    topics = [_WORDS[command_word(word)] for word in words if command_word(word) in _WORDS]
    files = [word for word in words if command_word(word) not in _WORDS]
    if len(files) > 1:
        raise UsageError(f"“{files[1]}”不是能汇总的\n  {near_or_known(files[1], _WORDS)}")
    if len(topics) > 1:
        raise UsageError(f"一次看一样，这里写了 {'、'.join(words)}\n  下一步：分两次运行")
    if files and not Path(files[0]).exists() and not Path(files[0]).suffix and (near := nearest(files[0], _WORDS, 1)):
        raise UsageError(f"没有文件“{files[0]}”\n  是不是：zhenggai rollup {USUAL_FILE} {near[0]}")
    return Path(files[0] if files else USUAL_FILE), topics[0] if topics else Topic.STATUS


def _refuse_needless(topic: Topic, options: Mapping[str, object]) -> None:
    """Refuse options that the question does not take."""
    for name, value in options.items():
        if value is not None and name not in _TAKES[topic]:
            takers = "、".join(f"rollup {other}" for other, taken in _TAKES.items() if name in taken)
            raise UsageError(f"rollup {topic} 没有 {name}，它是 {takers} 的\n  下一步：去掉 {name}")


def _counties(file: RollupFile, as_of: date | None) -> tuple[date, list[Kept], list[LeftOut]]:
    """The day, the counties that are used, and those that are left out, both in the order of the list."""
    kept, left_out = take_in(file, store_of(file))
    if kept:
        first = min(one.manifest.since for one in kept)
        if as_of and as_of < first:
            raise NothingToShow(f"各县的数从 {first} 起，没有 {as_of} 的\n  下一步：--as-of 写 {first} 或以后的日期")
        day, used, behind = on_day(kept, as_of)
        left_out = sorted(left_out + behind, key=lambda one: file.counties.index(one.county))
        if used:
            return day, used, left_out
    lines = "\n".join(f"{one.county.name}: {one.why} — {one.remedy}" for one in left_out)
    raise NothingToShow(f"没有一个县的数据能用：\n{lines}\n  下一步：照上面逐县办了，再运行一次")


def _status(coverage: Coverage, ask: Question) -> Report:
    groups = ask.status()
    of_counties = groups if ask.by is By.COUNTY else replace(ask, by=By.COUNTY).status()
    return status(coverage, ask.by, groups, of_counties)


def _say(used: Sequence[Kept], left_out: Sequence[LeftOut], *, are_shown: bool) -> Exit:
    """Name the counties that are left out, and those of which not all is used; the exit code they make.

    ``are_shown``: the answer has just shown them with why and what to do.
    """
    noted = {one.county.name: one.note for one in used if one.note}
    parts = (
        ("没有计入", {one.county.name: f"{one.why} — {one.remedy}" for one in left_out}),
        ("的数据不是最新，或不全", noted),
    )
    for what, why in parts:
        if why and are_shown:
            tell(f"{'、'.join(why)}{what}，缘由见表")
        elif why:
            tell(f"有 {len(why)} 个县{what}：")
            tell("\n".join(f"{name}: {said}" for name, said in why.items()))
    return Exit.FOUND if left_out or noted else Exit.OK
