"""The periods of recurring duties in words, for papers and reports."""

from collections.abc import Iterable
from itertools import groupby

from zhenggai.model.wording import chinese
from zhenggai.rules.day.duty_count import OpenDuty
from zhenggai.rules.task.task_row import Routine


def periods_in_words(periods: Iterable[str]) -> str:
    """The names of periods in words, each year once.

    >>> periods_in_words(["2020-Q2", "2020-Q3", "2021-01"]), periods_in_words(["2020-H1", "2021"]), periods_in_words(["2020-B2", "2020-W20"])
    ('2020年第二季度、第三季度，2021年1月', '2020年上半年，2021年', '2020年3至4月、第20周')
    """
    by_year = groupby(periods, lambda name: name[:4])
    return "，".join(f"{year}年{'、'.join(_in_year(name[5:]) for name in names)}" for year, names in by_year)


def _in_year(part: str) -> str:
    """A period within its year: Q2, 04, H1, B2, W20, or "" for the whole year."""
    match part[:1], part[1:]:
        case "Q", nth:
            return f"第{chinese(int(nth))}季度"
        case "H", nth:
            return "上半年" if nth == "1" else "下半年"
        case "B", nth:
            return f"{2 * int(nth) - 1}至{2 * int(nth)}月"
        case "W", nth:
            return f"第{int(nth)}周"
    return f"{int(part)}月" if part else ""


def duty_in_words(routine: Routine, periods: Iterable[str]) -> str:
    """Occurrences of a duty in words: 例行2020年4月, or of a step 步骤 1-2-1 公示，2020年4月."""
    return f"{f'{routine.step_on_paper}，' if routine.step else '例行'}{periods_in_words(periods)}"


def missing_in_words(duties: Iterable[OpenDuty]) -> str:
    """The missing occurrences of a task's duties in words: 缺2020年4月、5月; "" if none is missing."""
    by_duty: dict[str, list[str]] = {}
    for routine, occurrence in duties:
        by_duty.setdefault(routine.step_on_paper if routine.step else "", []).append(occurrence.period)
    missing = [f"{step}{'，' if step else ''}{periods_in_words(periods)}" for step, periods in by_duty.items()]
    return f"缺{'；'.join(missing)}" if missing else ""
