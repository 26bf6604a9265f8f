"""The lines of a title: a line ends between words, not within （第13期）, and the lines are about equally long."""

import re
from collections.abc import Sequence
from typing import Final

from zhenggai.render.text import width_of

_WORDS: Final = (  # common in titles; no line ends within one
    "整改|落实|情况|报告|方案|专项|行动|问题|工作|周报|月报|通报|台账|清单|阶段|小结|党建|基层|推进|进展|集中|任务|责任|单位|整治|巡察|巡视|反馈|"
    "关于|全[县市省国]|领导|小组|办公室|委员会|人民|政府|办事处|公示|排名|走势|总体|情形|查找"
)
_UNIT = re.compile(
    rf"[（〔【《“][^（）〔〕【】《》“”]{{0,12}}[）〕】》”]|第[0-9一二三四五六七八九十]+[期次轮批]|[0-9]+年(?:[0-9]+月)?(?:[0-9]+日)?|"
    rf"(?:{_WORDS})[，、。：；》”）〕】]*|[!-~\u2011]+|[（《“〔【].|.[，、。：；》”）〕】]*"
)
_LAST_BRACKET = re.compile(r"（[^（）]*）$")
_MOST_BALANCED: Final = 6  # lines; longer titles are filled line by line


def title_lines(title: str, room: int) -> list[str]:
    """The lines of a title, each at most ``room`` characters wide. What it ends with in brackets is a line; a line ends with its colon.

    >>> title_lines("基层党建问题整改专项行动方案周报（第13期）", 20)
    ['基层党建问题整改专项行动方案周报', '（第13期）']
    >>> title_lines("基层党建整改周报（第3期）", 20)
    ['基层党建整改周报（第3期）']
    >>> title_lines("中共某某县委关于巡察反馈基层党建问题整改专项行动方案整改落实情况报告", 20)
    ['中共某某县委关于巡察反馈基层党建问题', '整改专项行动方案整改落实情况报告']
    >>> title_lines("基层党建问题整改专项行动方案：阶段1 集中整改阶段", 20)
    ['基层党建问题整改专项行动方案：', '阶段1 集中整改阶段']
    """
    if width_of(title) <= 2 * room:
        return [title]
    parts = title_parts(title)
    if len(parts) > 1:
        return [line for part in parts for line in title_lines(part, room)]
    units = title_units(title)
    fewest = -(-width_of(title) // (2 * room))
    for count in range(fewest, _MOST_BALANCED):
        lines = _filled(units, -(-width_of(title) // count), 2 * room)
        if len(lines) <= count:
            return lines
    return _filled(units, 2 * room, 2 * room)


def title_parts(title: str) -> list[str]:
    """The two parts of a title that is too long for a line: what it ends with in brackets, or stands behind its colon, and the rest.

    >>> title_parts("整改方案：周报（第13期）"), title_parts("整改方案：周报"), title_parts("周报")
    (['整改方案：周报', '（第13期）'], ['整改方案：', '周报'], ['周报'])
    """
    bracket = _LAST_BRACKET.search(title)
    if bracket and bracket.start():
        return [title[: bracket.start()], bracket[0]]
    name, colon, about = title.partition("：")
    return [name + colon, about.lstrip()] if name and about else [title]


def title_units(title: str) -> list[str]:
    """The pieces of a title within which no line ends.

    >>> title_units("某县整改方案周报（第13期）")
    ['某', '县', '整改', '方案', '周报', '（第13期）']
    """
    return _UNIT.findall(title)


def _filled(units: Sequence[str], wanted: int, room: int) -> list[str]:
    """The units in lines that are as near to ``wanted`` columns as ``room`` allows."""
    lines = [""]
    for unit in units:
        before, after = width_of(lines[-1]), width_of(lines[-1] + unit)
        if lines[-1] and (after > room or after - wanted > wanted - before):
            lines.append(unit)
        else:
            lines[-1] += unit
    return lines
