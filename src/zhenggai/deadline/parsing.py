"""The way through: a text is tidied, parted from its stage and the words around it, and read by its row of the table."""

import re
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache

from zhenggai.deadline import spelling
from zhenggai.deadline.meaning import Context, Deadline, Kind, NoSuchDate, UnknownDeadline
from zhenggai.deadline.recurrence import Occurrence
from zhenggai.deadline.shape_table import EXAMPLES, SHAPES
from zhenggai.deadline.tokens import UNITS, Handler, Reading, Unread

_BRACKETS = str.maketrans("():,;", "     ")
_LONG_TERM = ("长期坚持", "常抓不懈", "长期整改", "抓常抓长")
_LEADING = ("力争", "确保", "于", "在")  # how firm the promise is does not move its date
_TRAILING = (
    *("基本完成", "全面完成", "全部完成", "完成整改", "完成销号", "整改完成", "整改完毕", "整改到位", "落实到位"),
    *("取得阶段性成效", "取得明显成效", "取得实效", "报送", "上报", "完成", "期间", "为止", "止"),
)
_ABOUT_DURATION = ("为期", "历时", "共", "约", "用", "时间", "左右")
_PLACEHOLDERS = frozenset("xX×*_□")
_DATE_CHARACTERS = frozenset("0123456789年月日季第上中下旬半初底前内后起至截./-") | _PLACEHOLDERS
_LETTERS_OF_SHAPES = frozenset("PB#")


def parse_deadline(text: str, context: Context) -> Deadline:
    """What a deadline's words mean.

    UnknownDeadline for words that fit no row, NoSuchDate for 2月30日, BaseNeeded where the day to count from is missing.

    >>> parse_deadline("9月底前", Context(2020)).end
    datetime.date(2020, 9, 30)
    >>> parse_deadline("９月前完成", Context(2020)).warnings
    ('「9月前」按2020-08-31计；若指9月底前，请写「9月底前」',)
    >>> parse_deadline("二〇二〇年三月上旬至四月，并长期坚持", Context(2020)).then
    'long_term'
    """
    return _parsed(text, context)


def occurrences(deadline: Deadline, start: date, end: date) -> tuple[Occurrence, ...]:
    """The occurrences of a recurring deadline whose last day lies in start..end; none of any other deadline.

    >>> duty = parse_deadline("每季度末", Context(2020))
    >>> [o.period for o in occurrences(duty, date(2020, 1, 1), date(2020, 12, 31))]
    ['2020-Q1', '2020-Q2', '2020-Q3', '2020-Q4']
    """
    return deadline.recurrence.occurrences(start, end) if deadline.recurrence else ()


@lru_cache(maxsize=4096)
def _parsed(text: str, context: Context) -> Deadline:
    tidy = spelling.tidied(text)
    if not {"〔", "〕", "《", "》", "【", "】"}.isdisjoint(tidy) or _is_document_number(tidy):
        raise UnknownDeadline(text, _nearest(tidy, context), "是文号或文件名，不是时限")
    try:
        return _staged(text, tidy, context)
    except Unread:
        raise UnknownDeadline(text, _nearest(tidy, context)) from None
    except (ValueError, OverflowError):
        raise NoSuchDate(text, "日期超出日历的范围") from None


def _is_document_number(tidy: str) -> bool:
    """县组发[2018]79号: square brackets as they are typed where 〔〕 is hard to find."""
    return tidy.endswith("号") and re.search(r"[\[(][0-9]{4}[\])][0-9]+号", tidy) is not None


def _staged(text: str, tidy: str, context: Context) -> Deadline:
    """「X，并长期坚持」 is X and then long-term; where X only promises first results there is no date before."""
    words = tidy.replace(",", "、").split("、")
    if len({SHAPES.get(word) for word in words}) == 1 and words[0] in SHAPES:
        tidy = words[0]  # 立行立改、即知即改: one thing said twice
    stage = _before_long_term(tidy)
    if stage is None:
        return _whole(text, tidy, context)
    if stage in ("", *_TRAILING):
        return replace(_whole(text, "长期坚持", context), then="long_term")
    return replace(_whole(text, stage, context), then="long_term")


def _before_long_term(tidy: str) -> str | None:
    closed = tidy.removesuffix(")")
    for word in _LONG_TERM:
        head = closed.removesuffix(word)
        stage = head.removesuffix("并").rstrip(spelling.PAUSES + "(")
        if closed != head != stage:
            return stage
    return None


def _whole(text: str, tidy: str, context: Context) -> Deadline:
    """One expression, perhaps in brackets, perhaps with a duration beside it."""
    parts = tidy.translate(_BRACKETS).split()
    if len(parts) == 2 and (durations := [part for part in parts if _duration(part, context)]):
        (dates,) = [part for part in parts if part != durations[0]] or [""]
        return _checked(_clear(text, dates, context), durations[0], context)
    return _clear(text, parts[0] if len(parts) == 1 else tidy, context)


def _duration(part: str, context: Context) -> tuple[int, str] | None:
    """A length of time, 为期1年半, as number and unit."""
    for word in _ABOUT_DURATION:
        part = part.replace(word, "")
    reading = Reading(part, spelling.folded(part.replace("半年", "6个月"), context, []), context, ())
    unit = reading.shape.removeprefix("#")
    return (reading.numbers[0], unit) if unit in UNITS and len(reading.numbers) == 1 else None


def _checked(deadline: Deadline, duration: str, context: Context) -> Deadline:
    """A7: where a duration contradicts the dates the dates win, with a warning; one day more or less does not."""
    length = _duration(duration, context)
    if deadline.kind not in (Kind.SPAN, Kind.PHASE) or not (deadline.start and deadline.end and length):
        raise Unread
    number, unit = length
    last = UNITS[unit](deadline.start, number) - timedelta(days=1)
    if abs((last - deadline.end).days) <= 1:
        return deadline
    note = f"「{duration}」与起止日期{deadline.start}至{deadline.end}不符，以日期为准"
    return replace(deadline, warnings=(*deadline.warnings, note))


def _clear(text: str, tidy: str, context: Context) -> Deadline:
    """One expression: a phase's name, or a row of the table, with or without the words around a date."""
    bare = tidy
    for word in _LEADING:
        bare = bare.removeprefix(word)
    ending = next((word for word in _TRAILING if bare.endswith(word)), "")
    bare = bare.removesuffix(ending).rstrip(spelling.PAUSES)
    for phase in context.phases:
        if spelling.tidied(phase.name) in (tidy, bare):
            return Deadline(text, Kind.PHASE, phase.start, phase.end)
    return _row(text, bare, context, worded=bare != tidy)


def _row(text: str, bare: str, context: Context, worded: bool) -> Deadline:
    notes: list[str] = []
    folded = spelling.folded(bare, context, notes)
    reading = Reading(text, folded, context, tuple(notes))
    try:
        return _noticed(_handler(reading, folded, worded)(reading), reading)
    except Unread:
        if _is_damaged(folded):
            return Deadline(text, Kind.UNRESOLVED, warnings=("日期没有填写完整或有误，未明确时限",))
        raise


def _handler(reading: Reading, folded: str, worded: bool) -> Handler:
    handle = SHAPES.get(reading.shape)
    undated = not reading.tokens and not folded.startswith("每")
    if handle is None or not _LETTERS_OF_SHAPES.isdisjoint(folded) or (worded and undated):
        raise Unread
    return handle


def _is_damaged(folded: str) -> bool:
    """20xx年, ×月底前, 20211228日: a date that was never filled in, or lost a character."""
    characters = set(folded)
    if not characters <= _DATE_CHARACTERS:
        return False
    if characters & _PLACEHOLDERS:
        return not characters.isdisjoint("0123456789年月日")
    return re.search("[0-9]{5}|[年月][0-9]{3}|[0-9]{3}月", folded) is not None


def _noticed(deadline: Deadline, reading: Reading) -> Deadline:
    """A3 and A8: a date before the plan's issue or before its first phase stays, and is said."""
    context, notes = reading.context, []
    if reading.assumed is not None:
        reached = deadline.end or reading.assumed
        if context.issued and reached < context.issued:
            notes.append(f"未写年份，按{context.year}年计，{reached}早于印发日期{context.issued}")
    starts = [phase.start for phase in context.phases if phase.start]
    if deadline.end and starts and deadline.end < min(starts):
        notes.append(f"到期日{deadline.end}早于首个阶段的开始日期{min(starts)}")
    return replace(deadline, warnings=(*deadline.warnings, *notes)) if notes else deadline


def _nearest(tidy: str, context: Context) -> tuple[str, ...]:
    from difflib import get_close_matches  # here, since only an error needs it

    known = [*EXAMPLES, *(phase.name for phase in context.phases)]
    return tuple(get_close_matches(tidy[:40], known, n=3, cutoff=0))
