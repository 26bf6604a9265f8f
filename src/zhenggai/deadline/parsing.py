"""Parses the words of a deadline: unifies spellings, removes words around the date, and looks up the shape of the rest."""

import re
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache

from zhenggai.deadline.calendar import add_months
from zhenggai.deadline.meaning import BaseNeeded, Context, Deadline, DeadlineKind, NoSuchDate, UnknownDeadline
from zhenggai.deadline.recurrence import DutyOccurrence
from zhenggai.deadline.shape_table import EXAMPLES, SHAPES
from zhenggai.deadline.tokens import UNITS, Handler, Reading, Unread

_WIDTH: dict[int, int | str] = {full: full - 0xFEE0 for full in range(0xFF01, 0xFF5F)}  # full-width ASCII
_WIDTH |= dict.fromkeys(map(ord, "“”‘’「」＂＇\"'"), "") | dict.fromkeys(map(ord, "—–―─〜～~"), "至")
_DIGITS = str.maketrans("〇○零O一二两三四五六七八九", "00001223456789")
PAUSES = ".。;,、"
_SPELLINGS = """
    之前>前 以前>前 之内>内 以内>内 以后>后 之后>后 开始>起 从>自 号>日 不少于> 至少>
    七一前>建党节前 五一前>劳动节前 八一前>建军节前 十一前>国庆前 国庆节>国庆 清明节>清明 端午节>端午 中秋节>中秋
    月份>月 月末>月底 月低>月底 末月>尾月 年末>年底 年终>年底 年年>年 每年底>每年
    贯穿全年>全年 半个月>15日 起半年>起6个月 季度>季 季末>季底 星期>周 周末>周底 周天>周日 周日>周7
    收到反馈>反馈 反馈意见>反馈 反馈之日>反馈 方案印发>印发 本印发>印发 印发之日>印发
    截止至>截 截止到>截 截至到>截 截至>截 截止>截 到>至 起至>至 至至>至
"""
_ALIASES = tuple(pair.split(">") for pair in _SPELLINGS.split())  # in order: later pairs see earlier results


def tidied(text: str) -> str:
    """The form in which words are compared: half-width, without blanks, quotes and closing punctuation."""
    return "".join(text.split()).translate(_WIDTH).rstrip(PAUSES)


def folded(text: str, context: Context, notes: list[str]) -> str:
    """The text with one spelling for dates and numbers; 今年, 本月 and the like become the year and month they mean."""
    for spelling, plain in _ALIASES:
        text = text.replace(spelling, plain)
    text = _without_calendar_words(text.translate(_DIGITS), context, notes)
    if "十" in text or "百" in text:
        text = re.sub("(?<![0-9十])([1-9]?)十([1-9]?)(?![0-9十])", lambda m: f"{int(m[1] or 1)}{m[2] or 0}", text)
        text = re.sub(
            "(?<![0-9百])([1-9]?)百(0[1-9]|[1-9][0-9])?(?![0-9百])", lambda m: f"{m[1] or 1}{m[2] or '00'}", text
        )
    if "年内" in text:
        text = re.sub("(?<![0-9])([1-9])年内", lambda m: f"{12 * int(m[1])}个月内", text)
    if not {".", "-", "/"}.isdisjoint(text):
        written = r"(?<![0-9])([0-9]{4})([-./])([0-9]{1,2})(?:\2([0-9]{1,2})日?|月)?(?![0-9])"
        text = re.sub(written, lambda m: f"{m[1]}年{m[3]}月" + (f"{m[4]}日" if m[4] else ""), text)
    return text.replace("-", "至")


def _without_calendar_words(text: str, context: Context, notes: list[str]) -> str:
    base = context.issued or context.feedback
    for word, ahead in (("今年", 0), ("本年", 0), ("明年", 1)):
        if word in text:
            year = (base.year if base else context.year) + ahead
            if base is None:
                notes.append(f"没有印发日期，「{word}」按{year}年计")
            text = text.replace(word, f"{year}年")
    for word, ahead in (("本月", 0), ("次月", 1), ("下月", 1)):
        if word in text and "至" not in text[: text.index(word)]:  # 次月 in 5月至次月 does not count from the base
            if base is None:
                raise BaseNeeded(text, "印发日期")
            month = add_months(base.replace(day=1), ahead)
            text = text.replace(word, f"{month.year}年{month.month}月", 1)
    return text


_BRACKETS = str.maketrans("():,;", "     ")
_LONG_TERM = ("长期坚持", "常抓不懈", "长期整改", "抓常抓长")
_LEADING = ("力争", "确保", "于", "在")  # such words do not change the date
_TRAILING = (
    *("基本完成", "全面完成", "全部完成", "完成整改", "完成销号", "整改完成", "整改完毕", "整改到位", "落实到位"),
    *("取得阶段性成效", "取得明显成效", "取得实效", "报送", "上报", "完成", "期间", "为止", "止"),
)
_ABOUT_DURATION = ("为期", "历时", "共", "约", "用", "时间", "左右")
_PLACEHOLDERS = frozenset("xX×*_□")
_DATE_CHARACTERS = frozenset("0123456789年月日季第上中下旬半初底前内后起至截./-") | _PLACEHOLDERS
_LETTERS_OF_SHAPES = frozenset("PB#")


def parse_deadline(text: str, context: Context) -> Deadline:
    """The meaning of a deadline's words.

    Raises UnknownDeadline for words of no known shape, NoSuchDate for 2月30日, BaseNeeded if the day to count from is missing.

    >>> parse_deadline("9月底前", Context(2020)).end
    datetime.date(2020, 9, 30)
    >>> parse_deadline("９月前完成", Context(2020)).warnings
    ('「9月前」按2020-08-31计；若指9月底前，请写「9月底前」',)
    >>> parse_deadline("二〇二〇年三月上旬至四月，并长期坚持", Context(2020)).then
    'long_term'
    """
    return _parsed(text, context)


def occurrences(deadline: Deadline, start: date, end: date) -> tuple[DutyOccurrence, ...]:
    """The occurrences of a recurring deadline whose last day is in start..end; () for other kinds of deadlines.

    >>> duty = parse_deadline("每季度末", Context(2020))
    >>> [o.period for o in occurrences(duty, date(2020, 1, 1), date(2020, 12, 31))]
    ['2020-Q1', '2020-Q2', '2020-Q3', '2020-Q4']
    """
    return deadline.recurrence.occurrences(start, end) if deadline.recurrence else ()


@lru_cache(maxsize=4096)
def _parsed(text: str, context: Context) -> Deadline:
    tidy = tidied(text)
    if not {"〔", "〕", "《", "》", "【", "】"}.isdisjoint(tidy) or _is_document_number(tidy):
        raise UnknownDeadline(text, _nearest(tidy, context), "是文号或文件名，不是时限")
    try:
        return _staged(text, tidy, context)
    except Unread:
        raise UnknownDeadline(text, _nearest(tidy, context)) from None
    except (ValueError, OverflowError):
        raise NoSuchDate(text, "日期超出日历的范围") from None


def _is_document_number(tidy: str) -> bool:
    """Whether the text is a document number with ASCII brackets, such as 县组发[2018]79号."""
    return tidy.endswith("号") and re.search(r"[\[(][0-9]{4}[\])][0-9]+号", tidy) is not None


def _staged(text: str, tidy: str, context: Context) -> Deadline:
    """Handles 「X，并长期坚持」: X, then long-term. If X names no date (取得阶段性成效), the whole is long-term."""
    words = tidy.replace(",", "、").split("、")
    if len({SHAPES.get(word) for word in words}) == 1 and words[0] in SHAPES:
        tidy = words[0]  # 立行立改、即知即改: two words for one thing
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
        stage = head.removesuffix("并").rstrip(PAUSES + "(")
        if closed != head != stage:
            return stage
    return None


def _whole(text: str, tidy: str, context: Context) -> Deadline:
    """One expression, optionally in brackets, optionally with a duration beside it."""
    parts = tidy.translate(_BRACKETS).split()
    if len(parts) == 2 and (durations := [part for part in parts if _duration(part, context)]):
        (dates,) = [part for part in parts if part != durations[0]] or [""]
        return _checked(_clear(text, dates, context), durations[0], context)
    return _clear(text, parts[0] if len(parts) == 1 else tidy, context)


def _duration(part: str, context: Context) -> tuple[int, str] | None:
    """A duration such as 为期1年半, as number and unit; None for any other text."""
    for word in _ABOUT_DURATION:
        part = part.replace(word, "")
    reading = Reading(part, folded(part.replace("半年", "6个月"), context, []), context, ())
    unit = reading.shape.removeprefix("#")
    return (reading.numbers[0], unit) if unit in UNITS and len(reading.numbers) == 1 else None


def _checked(deadline: Deadline, duration: str, context: Context) -> Deadline:
    """Compares a duration with the dates. If they differ by more than a day, the dates win, with a warning (A7)."""
    length = _duration(duration, context)
    if deadline.kind not in (DeadlineKind.SPAN, DeadlineKind.PHASE) or not (deadline.start and deadline.end and length):
        raise Unread
    number, unit = length
    last = UNITS[unit](deadline.start, number) - timedelta(days=1)
    if abs((last - deadline.end).days) <= 1:
        return deadline
    note = f"「{duration}」与起止日期{deadline.start}至{deadline.end}不符，以日期为准"
    return replace(deadline, warnings=(*deadline.warnings, note))


def _clear(text: str, tidy: str, context: Context) -> Deadline:
    """One expression: the name of a phase or a known shape, optionally with words before and after it."""
    bare = tidy
    for word in _LEADING:
        bare = bare.removeprefix(word)
    ending = next((word for word in _TRAILING if bare.endswith(word)), "")
    bare = bare.removesuffix(ending).rstrip(PAUSES)
    for phase in context.phases:
        if tidied(phase.name) in (tidy, bare):
            return Deadline(text, DeadlineKind.PHASE, phase.start, phase.end)
    return _row(text, bare, context, worded=bare != tidy)


def _row(text: str, bare: str, context: Context, worded: bool) -> Deadline:
    notes: list[str] = []
    words = folded(bare, context, notes)
    reading = Reading(text, words, context, tuple(notes))
    try:
        return _noticed(_handler(reading, words, worded)(reading), reading)
    except Unread:
        if _is_damaged(words):
            return Deadline(text, DeadlineKind.UNRESOLVED, warnings=("日期没有填写完整或有误，未明确时限",))
        raise


def _handler(reading: Reading, words: str, worded: bool) -> Handler:
    handle = SHAPES.get(reading.shape)
    undated = not reading.tokens and not words.startswith("每")
    if handle is None or not _LETTERS_OF_SHAPES.isdisjoint(words) or (worded and undated):
        raise Unread
    return handle


def _is_damaged(words: str) -> bool:
    """Whether the words are a date that is not filled in (20xx年, ×月底前) or has lost a character (20211228日)."""
    characters = set(words)
    if not characters <= _DATE_CHARACTERS:
        return False
    if characters & _PLACEHOLDERS:
        return not characters.isdisjoint("0123456789年月日")
    return re.search("[0-9]{5}|[年月][0-9]{3}|[0-9]{3}月", words) is not None


def _noticed(deadline: Deadline, reading: Reading) -> Deadline:
    """Adds warnings for a date before the plan's issue (A3) or before its first phase (A8); the date is kept."""
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
    from difflib import get_close_matches  # imported here: only errors need it

    known = [*EXAMPLES, *(phase.name for phase in context.phases)]
    return tuple(get_close_matches(tidy[:40], known, n=3, cutoff=0))
