"""What an item of a paper is about, by the words of its heading: problems, measures, phases, or what is no part of a plan."""

import re
from enum import Enum, auto

from zhenggai.importing.outline import Item


class Role(Enum):
    """What stands below a heading."""

    PROBLEMS = auto()
    MEASURES = auto()
    BOTH = auto()
    """问题及整改措施."""
    PHASES = auto()
    GOAL = auto()
    ASIDE = auto()
    """Aims, requirements, causes, an account of how the work went: no measures."""


_HEADING = re.compile(r"[^\n。；;：:！？]*")
_BRACKETS = re.compile(r"[(（【\[][^()（）【】\[\]]*[)）】\]]?")
_G = (
    r"(?:存在|的|主要|突出|具体|反馈|巡视|巡察|督察|督查|检查|审计|考核|测评|评估|整改|整治|治理|查摆|梳理|排查|当前|目前|工作|中央|省委|市委|县委|区委|"
    r"环保|生态环境|保护|第?[一二三四五六七八九十]+轮|组|指出|发现|提出|需要|重点|基层|党建|专项|行动|和|与|及|暨|方面|意见|我[省市县区镇乡局校院]|各类|各项|有关|相关|"
    r"落实|解决|采取|制定|推进|实施|细化|分类|全面|逐项|事项|及其|对应|以及|情况|对照|[、“”])"
)
_WORDS: tuple[tuple[Role, str], ...] = (
    (
        Role.ASIDE,
        r"(?:指导思想|总体要求|总体目标|总体思路|总体安排|工作思路|基本思路|基本原则|工作原则|整改原则|主要原则|工作目标|目标要求|目标任务|主要目标|"
        r"(?:进一步)?(?:切实|坚持)?(?:加强|强化|健全)?(?:整改)?(?:工作)?(?:的)?组织(?:领导|保障|实施|机构|推动|推进|分工)|领导机构|领导小组|组织架构|工作机构|机构设置|"
        r"(?:工作|有关|相关|几点|整改(?:工作)?|纪律|具体|落实|实施|推进)要求|(?:工作|组织|整改|强化)?(?:保障|推进)(?:措施|机制)|(?:强化|工作|组织)保障|职责分工|责任分工|工作职责|工作机制|监督检查|监督保障|"
        r"(?:工作|整改)?背景|(?:整改)?(?:工作)?(?:的)?(?:总体|基本|组织|开展|部署|推进)+(?:落实|开展|推进)?情况|基本(?:做法|概况)|主要做法|(?:原因|问题)分析|产生原因|问题原因|"
        r"(?:下一?步|今后)(?:的)?(?:整改|工作)*(?:打算|安排|计划|措施|努力方向|考虑|重点)|联系方式|附则|适用范围|整改时限|(?:提高|统一|深化|增强)(?:思想|政治)?(?:认识|站位|自觉))",
    ),
    (Role.BOTH, rf"{_G}*问题{_G}*(?:措施|任务|责任|举措)(?:清单|台账)?"),
    (Role.GOAL, r"(?:整改)?(?:工作)?目标(?:要求)?"),
    (Role.PHASES, r"(?:时间|实施|方法|工作|整改|推进|组织|行动|活动|主要|具体|整治|专项|进度|阶段|和|与|及|、)*(?:步骤|阶段划分|阶段安排|进度安排|时间安排|时间节点|时间进度|进度计划)(?:和|与|及|、)?(?:时间|方法|安排|进度|要求|步骤)*"),
    (
        Role.MEASURES,
        rf"(?:(?:问题)?{_G})*(?:措施|任务|举措|对策|整改内容|整治内容|重点内容|主要内容|工作内容|整改重点|整治重点|工作重点|整改(?:工作)?(?:落实|进展|完成|推进)?情况|整改成效|落实情况)"
        r"(?:清单|分解|分工|安排|和|与|及|责任|步骤|要求|、|成效)*",
    ),
    (Role.PROBLEMS, rf"{_G}*(?:问题|不足|短板|薄弱环节)(?:{_G}|清单|表现|描述|台账|不足)*|(?:具体|主要|突出)表现"),
)  # fmt: skip
_PATTERNS = tuple((role, re.compile(words)) for role, words in _WORDS)


def heading(text: str) -> str:
    """The heading that a text begins with, without what stands in brackets.

    >>> heading("整改措施（责任单位：甲局）\\n1.乙"), heading("总体要求。以乙为指导")
    ('整改措施', '总体要求')
    """
    return _BRACKETS.sub("", _HEADING.match(text.lstrip())[0]).strip()  # type: ignore[index]  # it matches anything


def role_of(item: Item) -> Role | None:
    """What a heading says of what stands below it; None if it is a problem, a measure or another heading.

    >>> [role_of(Item(None, words, 0)) for words in ("存在的主要问题", "整改措施\\n", "时间步骤", "关于学习不深入的问题")]
    [<Role.PROBLEMS: 1>, <Role.MEASURES: 2>, <Role.PHASES: 4>, None]
    """
    at_start = item.mark is None or item.mark.at_start
    words = item.mark.word if item.mark is not None and item.mark.style == "label" else heading(item.text)
    for role, pattern in _PATTERNS:
        found = pattern.match(words)
        if found is not None and (
            found.end() == len(words) or not at_start or (len(words) > 24 and role is not Role.PROBLEMS)
        ):
            return role
    return None


_PROBLEM = re.compile(
    r"(?:关于|针对|围绕|对照|就)?[“\"].+[”\"](?:的)?(?:等)?(?:方面)?(?:的)?问题.{0,10}"
    r"|(?:关于|针对|围绕|对照|就|解决|整改).*问题.{0,8}"
    r"|.*(?:的|等)?问题(?:突出|比较突出|较为突出|仍然存在|依然存在|较多|严重)?"
)


def states_problem(text: str) -> bool:
    """Whether a heading states a problem.

    >>> states_problem("关于“学习不深入”问题。一是"), states_problem("着力解决联系群众不紧密的问题"), states_problem("加强学习。解决问题")
    (True, True, False)
    """
    return _PROBLEM.fullmatch(heading(text)) is not None
