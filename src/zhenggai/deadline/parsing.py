"""Parses the words of a deadline: as one core, or else with its affixes; with or without its blanks."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache

from zhenggai.deadline.cores import is_core, read_core
from zhenggai.deadline.date_shapes import NO_DASH
from zhenggai.deadline.meaning import UNKNOWN, Context, Deadline, DeadlineKind, NoSuchDate, UnknownDeadline, Window
from zhenggai.deadline.recurrence import DutyOccurrence
from zhenggai.deadline.shape_table import EXAMPLES
from zhenggai.deadline.spelling import cleaned, folded, half_width, without_hours
from zhenggai.deadline.tokens import Unread
from zhenggai.errors import UsageError

_LIKE = 0.4  # two texts that share fewer characters are not alike
_NOT_FILLED_IN = re.compile(r"\s*[-—–―─－/／\\][-—–―─－/／\\\s]*")  # a stroke in an empty cell
_LONGEST_TEXT = 200  # characters; no deadline is longer, and some searches are quadratic


def parse_deadline(text: str, context: Context) -> Deadline:
    """The meaning of a deadline's words.

    Raises UnknownDeadline for words of no known shape, NoSuchDate for 2月30日, BaseNeeded if the day to count from is missing.

    >>> parse_deadline("9月底前", Context(2020)).end
    datetime.date(2020, 9, 30)
    >>> parse_deadline("９月前完成", Context(2020)).warnings
    ('「9月前」按2020-08-31计；若指9月底前，请写「9月底前」',)
    >>> parse_deadline("二〇二〇年三月上旬至四月，并长期坚持", Context(2020)).then
    <DeadlineKind.LONG_TERM: 'long_term'>
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
    if _NOT_FILLED_IN.fullmatch(text):
        return Deadline(text, DeadlineKind.UNRESOLVED, warnings=(f"只写了「{text.strip()}」，未明确时限",))
    words = without_hours(half_width(text))
    if not words:
        raise UnknownDeadline(text, _nearest(words, context), "没有填写；没有时限的，不写这一项")
    if not {"〔", "〕", "《", "》"}.isdisjoint(words) or _is_document_number(words):
        raise UnknownDeadline(text, _nearest(words, context), "是文号或文件名，不是时限")
    try:
        return _with_or_without_blanks(text, words, context)
    except Unread as unread:
        raise UnknownDeadline(text, _nearest(words, context), str(unread) or UNKNOWN) from None
    except (ValueError, OverflowError):
        raise NoSuchDate(text, "日期超出日历的范围") from None


def _is_document_number(words: str) -> bool:
    """Whether the text is a document number with other brackets, such as 县组发[2018]79号."""
    return words.endswith("号") and re.search(r"\([0-9]{4}\)[0-9]+号", words) is not None


def _with_or_without_blanks(text: str, words: str, context: Context) -> Deadline:
    """Blanks mean nothing (2020 年 9 月) or separate (立行立改 长期坚持): what fits without a warning, else without a missing 至."""
    if len(words) > _LONGEST_TEXT:
        raise Unread
    phases = {cleaned(half_width(phase.name)): phase for phase in context.phases}
    found: list[Deadline] = []
    trouble: Exception | None = None
    for form in dict.fromkeys((cleaned(words), cleaned(words.replace(" ", ",")))):
        try:
            deadline = _meaning(text, form, context, phases)
        except (Unread, UsageError, ValueError, OverflowError) as error:
            trouble = trouble or error
            continue
        if not deadline.warnings or deadline.recurrence:  # 每年 两次: a blank does not take the count from its period
            return deadline
        found.append(deadline)
    if not found:
        raise trouble or Unread
    return min(found, key=lambda deadline: NO_DASH in deadline.warnings)


def _meaning(text: str, words: str, context: Context, phases: Mapping[str, Window]) -> Deadline:
    if phase := phases.get(words):
        return Deadline(text, DeadlineKind.PHASE, phase.start, phase.end)
    notes: list[str] = []
    core = folded(words, context, notes)
    if is_core(core, context):
        deadline = read_core(text, core, context)[1]
        return replace(deadline, warnings=(*notes, *deadline.warnings)) if notes else deadline
    from zhenggai.deadline.clauses import (
        read_clauses,  # imported here: its patterns take long to compile, and most words are cores
    )

    return read_clauses(text, words, context, phases)


def _nearest(words: str, context: Context) -> tuple[str, ...]:
    """The examples and phases whose words are the most similar, whatever their numbers; with the plan's own year.

    Words that are like none of them get the plainest forms.
    """
    from difflib import SequenceMatcher  # imported here: only errors need it

    examples = [example.replace("2020年", f"{context.year}年") for example in EXAMPLES]
    matcher = SequenceMatcher(b=_without_numbers(words[:40]), autojunk=False)
    found: list[tuple[float, str]] = []
    for known in [*(phase.name for phase in context.phases), *examples]:
        if "每" in known and "每" not in words:
            continue
        matcher.set_seq1(_without_numbers(known))
        if (likeness := matcher.ratio()) > _LIKE:
            found.append((likeness, known))
    near = [known for _, known in sorted(found, key=lambda pair: -pair[0])]
    plain = (f"{context.year}年9月底前", "3个月内", "长期坚持")
    return tuple(dict.fromkeys((*near[:3], *plain)))[:3]


def _without_numbers(words: str) -> str:
    return re.sub("[0-9〇零一二三四五六七八九十百]+", "0", half_width(words).replace("月份", "月"))
