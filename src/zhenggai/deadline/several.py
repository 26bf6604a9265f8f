"""Several dates in one deadline: shared units (5、6月), stages (6月底前、12月底前), and months that make a rhythm."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from zhenggai.deadline.meaning import Deadline, DeadlineKind, Stage
from zhenggai.deadline.recurrence import Recurrence
from zhenggai.deadline.recurring_shapes import months_of_year
from zhenggai.deadline.tokens import Reading, Unread

_SHARED_UNIT = re.compile("(第?)((?:[0-9]{1,2}、)+)([0-9]{1,2})(季底?|月(?:[0-9]{1,2}日|[上中下]+旬|[底初中])?)(前?)")
_SHARED_MONTH = re.compile("([0-9]{1,2}月)([0-9]{1,2}日?)((?:、[0-9]{1,2}日?)+)(?<=日)(?![0-9月])")
_DAY_ALONE = re.compile("[0-9]{1,2}日?前?")
_CLEARER = "一格里有几个日期，各算一个阶段；写成 步骤 更清楚"
_DATED = frozenset({DeadlineKind.BY, DeadlineKind.ON, DeadlineKind.SPAN})


def with_units(text: str) -> str:
    """A folded list in which every item has its unit; neighbouring months or quarters become a span.

    >>> with_units("5、6月"), with_units("6、12月底前"), with_units("3月15日、25日")
    ('5至6月', '6月底前、12月底前', '3月15日、3月25日')
    """
    if "、" not in text:
        return text
    return _SHARED_MONTH.sub(_month_to_each, _SHARED_UNIT.sub(_unit_to_each, text))


_IN_A_ROW = re.compile("(?P<year>[0-9]{4}年)?(第?[0-9]{1,2})(?P<unit>[月季])(?:、第?[0-9]{1,2}(?P=unit))+")
_YEARS_IN_A_ROW = re.compile("[0-9]{4}年?(?:、[0-9]{4}年?)*(?<=年)")


def in_a_row(listed: str) -> str:
    """A folded list of whole months, quarters or years that follow one another, as a span; any other list as it is.

    >>> in_a_row("2021年7月、8月"), in_a_row("2021、2022年"), in_a_row("7月、9月")
    ('2021年7至8月', '2021年至2022年', '7月、9月')
    """
    found = _IN_A_ROW.fullmatch(listed)
    if not found and not _YEARS_IN_A_ROW.fullmatch(listed):
        return listed
    year = (found and found["year"]) or ""
    numbers = [int(number) for number in re.findall("[0-9]+", listed.removeprefix(year))]
    if len(numbers) == 1 or numbers != [*range(numbers[0], numbers[0] + len(numbers))]:
        return listed
    first, last = numbers[0], numbers[-1]
    return f"{year}{first}至{last}{found['unit']}" if found else f"{first}年至{last}年"


def _unit_to_each(found: re.Match[str]) -> str:
    _, listed, last, unit, ending = found.groups()
    numbers = [*listed.removesuffix("、").split("、"), last]
    consecutive = [int(numbers[0]) + nth for nth in range(len(numbers))] == [int(n) for n in numbers]
    if consecutive and unit in ("月", "季") and not ending:
        return f"{numbers[0]}至{last}{unit}"
    return "、".join(f"{number}{unit}{ending}" for number in numbers)


def _month_to_each(found: re.Match[str]) -> str:
    month, first, others = found.groups()
    return "、".join(f"{month}{day.removesuffix('日')}日" for day in [first, *others[1:].split("、")])


def combined(
    text: str, items: Sequence[str], words: Sequence[str], read: Callable[[str], tuple[Reading, Deadline]]
) -> Deadline:
    """The meaning of several cores: the same twice, a start and an end, a rhythm, or stages. Unread for any other mixture.

    ``words`` are the items as their writer has them.
    """
    if items[0].startswith("每") and all(_DAY_ALONE.fullmatch(item) for item in items[1:]):
        raise Unread("一期里有几个日期；请写成 步骤，各有各的频次")
    every_year = items[0].startswith("每年") and len(items) > 1
    readings, deadlines = _read_in_order([items[0].removeprefix("每年") if every_year else items[0], *items[1:]], read)
    notes = tuple(dict.fromkeys(note for deadline in deadlines for note in deadline.warnings))
    first, last = deadlines[0], deadlines[-1]
    if len({(d.kind, d.start, d.end, d.recurrence) for d in deadlines}) == 1 and not every_year:
        return replace(first, warnings=notes)
    if last.recurrence and len(deadlines) == 2 and re.fullmatch("[0-9]{4}年[起内]?|全年|年内", items[0]):
        note = f"「{words[0]}」不限制期次，逐期照排"
        return replace(last, warnings=(*notes, note))
    if first.recurrence and not last.recurrence:
        return _detailed(text, first.recurrence, items, words, read)
    if first.kind is DeadlineKind.FROM and last.kind is DeadlineKind.BY and len(deadlines) == 2 and not every_year:
        return _from_until(text, first, last, notes)
    ends = [d.end for d in deadlines if d.end is not None]
    kinds = {d.kind for d in deadlines}
    if len(ends) != len(deadlines) or not (kinds <= _DATED or kinds == {DeadlineKind.RELATIVE}) or ends != sorted(ends):
        raise Unread
    if rhythm := _rhythm(readings, ends, every_year):
        return rhythm
    if every_year:
        raise Unread
    if len(set(ends)) == 1:
        return replace(max(deadlines, key=lambda d: d.start or date.min), warnings=notes)  # 三季度（7至9月）: the range
    stages = tuple(Stage(said, end) for said, end in zip(words, ends, strict=True))
    return Deadline(text, DeadlineKind.SEVERAL, first.start, ends[-1], warnings=(*notes, _CLEARER), stages=stages)


def _detailed(
    text: str,
    rhythm: Recurrence,
    items: Sequence[str],
    words: Sequence[str],
    read: Callable[[str], tuple[Reading, Deadline]],
) -> Deadline:
    """每季度末（3月、6月、9月、12月底前）: the dates that a rhythm names. Unread if they make another rhythm."""
    if len(items) < 3:
        raise Unread
    dates = combined(text, [f"每年{items[1]}", *items[2:]], words[1:], read)
    if dates.recurrence is None or dates.recurrence.step != rhythm.step:
        raise Unread
    return dates


def _read_in_order(
    items: Sequence[str], read: Callable[[str], tuple[Reading, Deadline]]
) -> tuple[list[Reading], list[Deadline]]:
    """Each item; one without a year has that of the item before it."""
    readings: list[Reading] = []
    deadlines: list[Deadline] = []
    year = ""
    for item in items:
        before = deadlines[-1].end if deadlines else None
        dated = f"{before.year + 1}{item[1:]}" if item.startswith("次年") and before else item
        written = re.match("[0-9]{4}年", dated)
        reading, deadline = read(dated if written or dated.startswith("每") else year + dated)
        year = written[0] if written else year
        readings.append(reading)
        deadlines.append(deadline)
    return readings, deadlines


def _rhythm(readings: Sequence[Reading], ends: Sequence[date], every_year: bool) -> Deadline | None:
    """每年6月、12月, or 3月、6月、9月、12月; None if the dates are none, or a rhythm that only 每年 would make one."""
    tokens = [token for reading in readings for token in reading.tokens]
    if len(tokens) != len(ends) or not all(token["month"] for token in tokens):
        return None
    if not every_year and [day.month for day in ends] != [3, 6, 9, 12]:
        return None
    return months_of_year(readings[0], ends)


def _from_until(text: str, first: Deadline, last: Deadline, notes: tuple[str, ...]) -> Deadline:
    if first.start and last.end and last.end < first.start - timedelta(days=1):
        raise Unread
    return Deadline(text, DeadlineKind.SPAN, first.start, last.end, warnings=notes)
