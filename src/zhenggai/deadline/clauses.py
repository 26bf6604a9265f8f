"""A deadline with affixes: its clauses, the cores in them, and a duration or follow-up beside a date."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import NamedTuple

from zhenggai.deadline.affixes import HORIZONS, Peeled, is_state, lasts_until, open_kind, peeled
from zhenggai.deadline.cores import read_core
from zhenggai.deadline.meaning import Context, Deadline, DeadlineKind, Window
from zhenggai.deadline.several import combined, in_a_row, with_units
from zhenggai.deadline.spelling import folded
from zhenggai.deadline.tokens import UNITS, WORKDAYS, Reading, Unread, counted
from zhenggai.errors import UsageError

_LIST = re.compile("(?<=[0-9月日号底前旬季度中末年半内])(?:以及|和|及|与)(?=[0-9〇一二三四五六七八九十第上下年次明])")
_SEPARATOR = re.compile("([,;:、()]+|(?<![0-9])/|/(?![0-9]))")
_UNMARKED = re.compile(  # no mark between two clauses: 按要求6月底前完成, 2021年每季度一次
    "(?:^|(?<=[,;、]))(?:按照?|根据|依据|待)[^0-9一二三四五六七八九十年月日季每,;:、()]{0,12}?(?:要求|计划|规定|部署|安排|方案|后)"
    "(?=[于在]?(?:[0-9〇一二三四五六七八九十]|年[底内中末]|本|[上下]半年))|(?<=[0-9〇一二三四五六七八九]年|年内|年度|年起|全年)(?=每)"
)
_JOINED = re.compile("(?<=期限):|(?<=完成后|整改后|到位后|结束后|销号后|验收后),")  # a mark inside one clause
_ABOUT_LENGTH = re.compile("为期|历时|共|约|用|时间|左右")
_LONGEST_YEARS = 99
_ANY = Context(2000, date(2000, 1, 1))  # a duration does not depend on it
_URGENT = frozenset(("立行立改", "尽快", "适时"))
_FROM_NOW = re.compile("[自从]?(?:即日|现在|今日|(?:本?方案)?印发(?:之日)?)起?")
_OUTERMOST = re.compile("最[迟晚长多]|至[迟多]|不(?:得|能)?(?:超过|晚于|迟于)|确保")
_PARTLY = re.compile("(?<![0-9.])(?:[0-9]{1,2}(?:[.][0-9]+)?%|(?:一半|(?<!超)过半)(?![年个])|部分)(?:以上)?")
_PROVISIONAL = re.compile("[暂初]定[于为]?")
_YEAR_AFTER = re.compile("(?:[0-9〇零一二三四五六七八九]{4}|[明次])年(?:起|开始|后)?")
_DAY_OF_MONTH = re.compile("[^至到起-]*月[^至到起月-]{1,3}[日号]前?")
_TO_OPEN = re.compile("(?<![前底末内])[至到-]+(?=[^0-9至到-]+$)")
_LONG_OR_ON = {DeadlineKind.LONG_TERM: "长期坚持", DeadlineKind.CONTINUOUS: "持续推进"}


class _Part(NamedTuple):
    """A core between affixes: its clause as written, the core, the separator before it, whether only some of the work is meant."""

    words: str
    core: str
    separator: str = ""
    partly: bool = False

    @property
    def listed(self) -> bool:
        return self.separator == "、"


def read_clauses(text: str, words: str, context: Context, phases: Mapping[str, Window]) -> Deadline:
    """The meaning of cleaned words; ``phases`` are the plan's, by their cleaned names."""
    if lasting := _from_then_on(text, words, context, phases):
        return lasting
    marked = _LIST.sub("、", _UNMARKED.sub(r"\g<0>,", _JOINED.sub("", words)))
    found = _gathered([words] if peeled(words, phases).core in phases else _SEPARATOR.split(marked), phases)
    parts = _outermost(text, _without_urgent(found.parts, found.notes, context), found.notes, context, phases)
    if not parts:
        return _without_core(text, found.thens, found.done, context)
    lengths = [part for part in parts if _is_length(part)]
    dated = [part for part in parts if part not in lengths]
    if dated and lengths:
        deadline = _beside_length(text, dated, lengths, context, phases)
    elif len(parts) > 1 and lengths and not all(part.core.endswith("内") for part in parts):
        raise Unread
    else:
        deadline = _of_parts(text, parts, context, phases)
    then = found.thens[-1] if found.thens else None
    return replace(deadline, then=then, warnings=(*found.notes, *deadline.warnings))


def _from_then_on(text: str, words: str, context: Context, phases: Mapping[str, Window]) -> Deadline | None:
    """2021年3月至长期: a range without end, long-term from its first day on. None for other words."""
    turn = _TO_OPEN.search(words)
    kind = open_kind(words[turn.end() :]) if turn else None
    if turn is None or kind is None:
        return None
    try:
        begun = read_clauses(text, words[: turn.start()].removesuffix("起") + "起", context, phases)
    except (Unread, UsageError):
        return None
    return replace(begun, kind=kind) if begun.kind is DeadlineKind.FROM else None


class _Gathered(NamedTuple):
    """What the clauses of a text hold: cores, what follows completion, clauses without either, and warnings."""

    parts: list[_Part]
    thens: list[DeadlineKind]
    done: list[str]
    notes: list[str]


def _gathered(clauses: Sequence[str], phases: Mapping[str, Window]) -> _Gathered:
    """The clauses, between separators. 长期 before a bracket or colon is a horizon where a date follows: 长期（3-5年）."""
    found = _Gathered([], [], [], [])
    horizons: list[DeadlineKind] = []
    for before, clause, after in zip(["", *clauses[1::2]], clauses[::2], [*clauses[1::2], ""], strict=True):
        if not clause:
            continue
        bare, partly = _certain(clause, phases, found.notes)
        if bare.core and bare.then and found.parts and _YEAR_AFTER.fullmatch(bare.core):
            found.notes.append(f"「{clause}」是完成以后的事，不另算期限")
        elif bare.core:
            if lasts_until(clause):
                found.notes.append(f"「{clause}」有截止日，按到期完成计；到期以后还要坚持的，请写「，并长期坚持」")
            found.parts.append(_Part(clause, bare.core, _separator(before, bare.core, found.parts), partly))
        elif partly:
            raise Unread
        elif bare.worded:
            found.done.append(clause)
        if bare.then:
            (horizons if clause in HORIZONS and after.startswith((":", "(")) else found.thens).append(bare.then)
        if bare.then and bare.glued:
            found.notes.append(f"「{clause}」按先完成、再{_LONG_OR_ON[bare.then]}计；中间请写「，并」")
    dated = [part for part in found.parts if part.core not in HORIZONS]
    if dated and dated[-1].partly:
        raise Unread("只写了完成一部分的日期，请写全部完成的日期")
    return found._replace(parts=dated or found.parts, thens=found.thens if found.parts else found.thens or horizons)


def _certain(clause: str, phases: Mapping[str, Window], notes: list[str]) -> tuple[Peeled, bool]:
    """A clause without its affixes, 暂定 and 50%, and whether it had a share of the work; 暂定 has a warning."""
    if clause in phases:
        return peeled(clause, phases), False
    certain = _PROVISIONAL.sub("", clause)
    if certain != clause:
        notes.append("时限是暂定的，按写明的日期计")
    whole = _PARTLY.sub("", certain)
    return peeled(whole, phases) if whole else Peeled(""), whole != certain


def _without_urgent(parts: list[_Part], notes: list[str], context: Context) -> list[_Part]:
    """立行立改，9月底前: the date rules, with a warning. 立行立改（即日起） and several urgent parts are one of them."""
    dated = [part for part in parts if not _is_dateless(part, parts, context)]
    urgent = [part for part in parts if part not in dated]
    if dated and not (
        any(part.core == "立行立改" for part in urgent) and all(_FROM_NOW.fullmatch(part.core) for part in dated)
    ):
        if any(part.words.startswith("待") for part in urgent) and any(map(_is_length, dated)):
            raise Unread  # 待批复后，3个月内: counted from a day that is not known
        notes += [f"「{part.words}」与别的时限写在一起，以别的时限为准" for part in urgent]
        return dated
    return sorted(urgent, key=lambda part: part.core != "立行立改")[:1]


def _is_dateless(part: _Part, parts: Sequence[_Part], context: Context) -> bool:
    """Whether a part is urgent, or has no date and stands beside a bracket that may have one: 国庆节前（9月30日前）."""
    if part.core in _URGENT:
        return True
    if len(parts) != 2 or not parts[1].separator.startswith("("):
        return False
    try:
        return read_core(part.words, folded(part.core, context, []), context)[1].kind is DeadlineKind.UNRESOLVED
    except (Unread, UsageError):
        return False


def _outermost(
    text: str, parts: list[_Part], notes: list[str], context: Context, phases: Mapping[str, Window]
) -> list[_Part]:
    """原则上3个月内完成，最长不超过6个月: the later of both rules, with a warning."""
    if len(parts) != 2 or [_OUTERMOST.match(part.words) is not None for part in parts] != [False, True]:
        return parts
    tails = [part.words.partition(part.core.removesuffix("内"))[2].removeprefix("内") for part in parts]
    if "" not in tails and tails[0] != tails[1]:
        return parts  # 6月底前完成，最迟9月底前销号: two stages
    ends = [_of_parts(text, [part], context, phases).end for part in parts]
    if ends[0] is None or ends[1] is None or ends[1] < ends[0]:
        raise Unread
    notes.append(f"「{parts[0].words}」是一般的期限，以最长的「{parts[1].words}」为准")
    return parts[1:]


def _separator(before: str, core: str, parts: Sequence[_Part]) -> str:
    """The separator before a core; the comma in 3月1日，30日 lists two days."""
    day_after_day = before == "," and core[0].isdigit() and parts and _DAY_OF_MONTH.fullmatch(parts[-1].core)
    return "、" if day_after_day else before


def _without_core(text: str, thens: Sequence[DeadlineKind], done: Sequence[str], context: Context) -> Deadline:
    """长期坚持 alone, 取得阶段性成效并长期坚持, 已完成."""
    if thens:
        deadline = read_core(text, _LONG_OR_ON[thens[0]], context)[1]
        return replace(deadline, then=thens[-1]) if done or thens[-1] is not thens[0] else deadline
    if states := [clause for clause in done if is_state(clause) or clause.startswith(("已", "正在"))]:
        return Deadline(text, DeadlineKind.UNRESOLVED, warnings=(f"只写了「{states[0]}」，未明确时限",))
    raise Unread


def _of_parts(text: str, parts: Sequence[_Part], context: Context, phases: Mapping[str, Window]) -> Deadline:
    if len(parts) == 1 and parts[0].core in phases:
        phase = phases[parts[0].core]
        return Deadline(text, DeadlineKind.PHASE, phase.start, phase.end)
    notes: list[str] = []
    listed = "".join(("、" if part.listed else ",") + part.core for part in parts)[1:]
    listed = folded(listed, context, notes)
    if all(part.words.endswith(part.core) for part in parts[:-1]):
        listed = in_a_row(listed)
    items = re.split("[,、]", with_units(listed))
    if len(items) == 1:
        deadline = read_core(text, items[0], context)[1]
    else:
        words = [part.words for part in parts] if with_units(listed) == listed else items
        deadline = combined(text, items, words, lambda item: read_core(text, item, context))
    return replace(deadline, warnings=(*notes, *deadline.warnings)) if notes else deadline


def _is_length(part: _Part) -> bool:
    """Whether a part is a duration; 25日 in 3月15日、25日 is a day."""
    length = _length(part.core)
    return length is not None and not (part.listed and length[1] == "日" and not part.core.endswith("内"))


def _length(core: str) -> tuple[int, str] | None:
    """A duration such as 1年半 or 约6个月内, as its greatest number and its unit; None for any other text."""
    core = folded(_ABOUT_LENGTH.sub("", core), _ANY, [])
    reading = Reading(core, core, _ANY, ())
    unit = reading.shape.removeprefix("#至").removeprefix("#").removesuffix("内")
    if (
        unit not in (*UNITS, *WORKDAYS)
        or not reading.numbers
        or (unit == "年" and reading.numbers[-1] > _LONGEST_YEARS)
    ):
        return None
    return reading.numbers[-1], unit


def _beside_length(
    text: str, dated: Sequence[_Part], lengths: Sequence[_Part], context: Context, phases: Mapping[str, Window]
) -> Deadline:
    """A date and a duration: 自3月起，6个月内 is counted; elsewhere the dates win, with a warning if the two differ (A7)."""
    (length,) = lengths if len(lengths) == 1 else [None]
    if length is None:
        raise Unread
    if len(dated) == 1 and dated[0].core.endswith(("起", "后")):
        return _of_parts(text, [_Part(text, dated[0].core + length.core)], context, phases)
    deadline = _of_parts(text, dated, context, phases)
    whole = deadline.kind in (DeadlineKind.SPAN, DeadlineKind.PHASE)
    start = deadline.start if whole else context.feedback or context.issued
    found = _length(length.core)
    compared = length.core.endswith("内") or any(part.separator.startswith("(") for part in (length, *dated))
    if found is None or not (whole or (deadline.kind is DeadlineKind.BY and compared)):
        raise Unread
    if start is None or deadline.end is None:
        if whole:
            raise Unread
        return deadline
    last = counted(start, *found)[0] - timedelta(days=1)
    if abs((last - deadline.end).days) <= 1:
        return deadline
    note = f"「{length.words}」与起止日期{start}至{deadline.end}不符，以日期为准"
    return replace(deadline, warnings=(*deadline.warnings, note))
