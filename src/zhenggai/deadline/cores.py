"""One core of a deadline, folded and without affixes: its shape, its handler, and the warnings that its dates call for."""

import re
from dataclasses import replace

from zhenggai.deadline.meaning import Context, Deadline, DeadlineKind
from zhenggai.deadline.shape_table import REFUSED, SHAPES
from zhenggai.deadline.tokens import Handler, Reading, Unread

_PLACEHOLDERS = frozenset("xX×*_□")
_DATE_CHARACTERS = frozenset("0123456789年月日季第上中下旬半初底前内后起至截./-") | _PLACEHOLDERS
_LETTERS_OF_SHAPES = frozenset("PB#")


def is_core(core: str, context: Context) -> bool:
    """Whether a folded text has a known shape as it is."""
    return Reading(core, core, context, ()).shape in SHAPES and _LETTERS_OF_SHAPES.isdisjoint(core)


def read_core(text: str, core: str, context: Context) -> tuple[Reading, Deadline]:
    """One folded core by its shape."""
    reading = Reading(text, core, context, ())
    try:
        return reading, _noticed(_handler(reading, core)(reading), reading)
    except Unread:
        if _is_damaged(core):
            return reading, Deadline(text, DeadlineKind.UNRESOLVED, warnings=("日期没有填写完整或有误，未明确时限",))
        raise


def _handler(reading: Reading, core: str) -> Handler:
    handle = SHAPES.get(reading.shape)
    if handle is None or not _LETTERS_OF_SHAPES.isdisjoint(core):
        raise Unread(REFUSED.get(reading.shape, ""))
    return handle


def _is_damaged(core: str) -> bool:
    """Whether the words are a date that is not filled in (20xx年, ×月底前, 年 月 日) or has lost a character (20211228日)."""
    characters = set(core)
    if not characters <= _DATE_CHARACTERS:
        return False
    if characters & _PLACEHOLDERS:
        return not characters.isdisjoint("0123456789年月日")
    return re.search("[0-9]{5}|[年月][0-9]{3}|[0-9]{3}月|年月|月日", core) is not None


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
