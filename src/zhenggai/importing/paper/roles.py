"""What an item of a paper is about, by the words of its heading: problems, measures, phases, or what is no part of a plan."""

import re
from enum import Enum, auto

from zhenggai.importing.fields.simplified import simplified
from zhenggai.importing.paper.marks import LABEL
from zhenggai.importing.paper.outline import Item


class Role(Enum):
    """What stands below a heading."""

    PROBLEMS = auto()
    MEASURES = auto()
    DONE = auto()
    """整改落实情况: measures of a report, if nothing else tells them."""
    BOTH = auto()
    """问题及整改措施."""
    OWNERS = auto()
    """责任清单."""
    PHASES = auto()
    ASIDE = auto()
    """Aims, requirements, causes, an account of how the work went: no measures."""


_HEADING = re.compile(r"[^\n。；;：:！？]*")
_BRACKETS = re.compile(r"[(（【\[][^()（）【】\[\]]*[)）】\]]?")
_G = (
    r"(?:存在|的|主要|突出|具体|反馈|巡视|巡察|督察|督查|检查|审计|查出|考核|会议|自查|督导|群众|反映|征求|剖析|认领|本次|此次|专班|测评|评估|整改|整治|治理|查摆|检视|梳理|排查|当前|目前|工作|中央|省委|市委|县委|区委|"
    r"环保|生态环境|保护|第?[一二三四五六七八九十]+轮|组|指出|发现|提出|需要|重点|基层|党建|专项|共性|个性|行动|和|与|及|暨|方面|意见|我[省市县区镇乡局校院]|各类|各项|有关|相关|"
    r"落实|解决|采取|制定|推进|实施|细化|分类|全面|逐项|逐条|事项|及其|对应|以及|情况|对照|领域|系统|[、“”])"
)
_LIST = "(?:清单|台账|台帐|一览表|分解表|分工表|表)"
_WORDS: tuple[tuple[Role, str], ...] = (
    (
        Role.ASIDE,
        r"指导思想.*|总体(?:要求|目标|思路|安排|部署|原则)|(?:工作|基本|整改)思路|(?:基本|工作|整改|主要)原则|目标(?:要求|任务)|(?:主要|工作|整改|总体|行动|预期)*(?:目标|目的)|"
        r"(?:进一步|切实|坚持|加强|强化|健全|整改|工作|的|思想)*组织(?:领导|保障|实施|机构|推动|推进|分工|架构|体系)?(?:和.*|及.*|与.*)?|(?:领导|工作|组织)机构.*|.*领导小组|机构设置|加强领导|"
        r"(?:工作|有关|相关|几点|整改|纪律|具体|落实|实施|推进|组织|保障|其他|的|和|与|及|、)*要求|(?:工作|组织|整改|强化|推进|和)*(?:保障|推进)(?:措施|机制)|(?:强化|工作|组织|落实)*保障|"
        r"(?:职责|责任|任务)分工|工作(?:职责|机制|纪律|背景|方针)|(?:监督|督导)(?:检查|保障|考核|问责)|整改(?:工作)?(?:背景|时限|期限)|自查背景|背景.{0,8}|"
        r"(?:整改|工作|的)*(?:总体|基本|组织|开展|部署|推进|进行|主要)+(?:落实|开展|推进|工作)*(?:情况|概况)|(?:基本|主要|工作)(?:做法|概况|成效)|(?:存在|产生)?(?:的)?(?:问题|原因)+(?:分析|剖析)|(?:产生|问题|存在)+(?:的)?原因|"
        r"(?:下一?步|今后)(?:的)?(?:整改|工作)*(?:打算|安排|计划|措施|努力方向|考虑|重点).*|联系方式|附则|(?:适用|整治|检查|工作|排查|行动)*范围|(?:提高|统一|深化|增强).{0,6}(?:认识|站位|自觉)|意义.*|重要意义|考核(?:评价|奖惩)?",
    ),
    (Role.BOTH, rf"{_G}*(?:问题|隐患)(?:{_G}|{_LIST})*(?:措施|任务|责任|举措|建议|要求|意见)(?:{_LIST}|{_G})*"),
    (
        Role.PHASES,
        r"(?:时间|实施|方法|工作|整改|推进|组织|行动|活动|主要|具体|整治|专项|进度|阶段|和|与|及|、|的)*(?:步骤|阶段划分|阶段安排|阶段|进度安排|时间安排|时间节点|时间进度|进度计划|工作安排|工作进度)"
        r"(?:和|与|及|、|时间|方法|安排|进度|要求|步骤|阶段)*",
    ),
    (
        Role.DONE,
        rf"(?:问题)?(?:反馈|巡视|巡察|整改|问题|工作|意见|具体|主要|采取|已|的|、|和)*(?:落实|进展|完成|推进|整改|解决)(?:工作)?(?:的)?(?:情况|成效|结果)(?:{_G})*|(?:目前|当前)?整改(?:工作)?(?:的)?(?:进展|进度|成效|状态|结果)",
    ),
    (Role.OWNERS, rf"{_G}*责任{_LIST}"),
    (
        Role.MEASURES,
        rf"(?:(?:问题|推进|下一步|下步|今后|应对|改进|提升|攻坚|优化)|{_G})*(?:措施|任务|举措|对策|(?:整改|整治|重点|主要|工作|排查|行动|检查)+(?:内容|重点)|(?:整改|解决|处理)办法|.{{0,12}}(?:整改|整治|治理|解决|改进)之[道策])"
        rf"(?:{_LIST}|分解|分工|安排|和|与|及|责任|步骤|要求|、|成效|内容|目标|措施|举措|责任人|责任单位|部门|时限|完成)*",
    ),
    (Role.PROBLEMS, rf"{_G}*(?:问题|不足|短板|薄弱环节|差距|隐患)(?:{_G}|{_LIST}|表现|描述|不足|短板|隐患|[及和与、]其?(?:产生的?)?(?:成因|原因)(?:分析|剖析)?)*|(?:具体|主要|突出)表现|.{{0,16}}背后的(?:问题|隐患)"),
)  # fmt: skip
_PATTERNS = tuple((role, re.compile(words)) for role, words in _WORDS)
_LEADS = (
    (Role.MEASURES, re.compile("(?:措施|举措|任务)[^问]{0,4}$")),
    (Role.DONE, re.compile("整改.{0,4}情况(?:报告|汇报|通报)?如下$")),
    (Role.PROBLEMS, re.compile("问题[^措任]{0,4}$|(?:发现|存在)$")),
)
_DEMANDED = re.compile("(?:整改|处理)(?:要求|意见|建议)|整改内容")
"""What a problem's measures may be called in a word before a colon; as a heading such words stand above what is asked of all."""


def heading(text: str) -> str:
    """The heading that a text begins with, without what stands in brackets.

    >>> heading("整改措施（责任单位：甲局）\\n1.乙"), heading("总体要求。以乙为指导")
    ('整改措施', '总体要求')
    """
    return _BRACKETS.sub("", _HEADING.match(text.lstrip())[0]).strip(" \t\u3000.．")  # type: ignore[index]  # it matches anything


def role_of(item: Item) -> Role | None:
    """What a heading says of what stands below it; None if it is a problem, a measure or another heading.

    >>> [role_of(Item(None, words, 0)) for words in ("存在的主要问题", "整改措施\\n", "时间步骤", "关于学习不深入的问题")]
    [<Role.PROBLEMS: 1>, <Role.MEASURES: 2>, <Role.PHASES: 6>, None]
    """
    if item.mark is not None and item.mark.style == LABEL:
        if _DEMANDED.fullmatch(item.mark.word):
            return Role.MEASURES if item.text.split("\n")[0].strip() or not item.mark.at_start else Role.ASIDE
        return _role_of_words(item.mark.word, whole=True)[0] or next(
            (role for role, words in _LEADS if words.search(item.mark.word)), Role.ASIDE
        )
    return _role_of_words(heading(item.text), whole=item.mark is None or item.mark.at_start)[0]


def heading_end(item: Item) -> int | None:
    """Where the text of an item goes on behind its heading; None if nothing parts them."""
    ends = re.search(r"[\n。：:]", item.text)
    if item.mark is None or item.mark.at_start:
        return ends.end() if ends else None
    words = _role_of_words(heading(item.text), whole=False)[1]
    return min(words, ends.end()) if words and ends else words or (ends.end() if ends else None)


def _role_of_words(words: str, *, whole: bool) -> tuple[Role | None, int]:
    """The role, and how much of the words says it. ``whole``: they are the heading and nothing else.

    In a text without line ends the first sentence may follow.
    """
    words = simplified(words)
    for role, pattern in _PATTERNS:
        found = pattern.fullmatch(words) or (None if whole else pattern.match(words))
        if found is not None and (found.end() == len(words) or found.end() > 3):
            return role, found.end()
    return None, 0


_TAIL = "(?:的|之|等)?(?:整改|治理|整治|进行|落实|情况|措施|方面|解决|工作|任务|专项|处理|集中|开展)*"
_PROBLEM = re.compile(
    rf"(?:关于|针对|围绕|对照|就|着力)?(?:整改|解决|反馈|指出)?[“\"].+[”\"](?:的|等|方面|这一|突出|具体)*问题{_TAIL}"
    r"|(?:关于|针对)[“\"].+[”\"]的?(?:审议|反馈|整改)?(?:意见|建议)"
    rf"|(?:关于|针对|围绕|对照|就|对|聚焦|着力解决|解决|整改|整治).*问题{_TAIL}"
    r"|.*[^个项类条](?:的|等)?问题(?:比较|较为|仍然|依然|仍|较|十分|时有)?(?:突出|存在|较多|严重|发生)?"
)
_LACKS = re.compile(
    r"不(?!断|忘|懈|仅|但|得|少于|低于|超过|折不扣|定期|留|让|能腐|敢腐|想腐|准|许|再|打烊|见面|搞|漏|落|同|限|含|断线|松|停|变|减)|未(?!来|雨|成年|病)|没有|缺乏|缺失|欠缺|缺位|薄弱|滞后|短板|漏洞|有待|流于|形式主义|官僚主义|不足|偏[差离低弱重慢少]|"
    r"淡薄|淡化|虚化|弱化|软弱|涣散|松懈|松散|混乱|违规|违纪|违法|违反|超标|超范围|走过场|空转|空档|老化|单一|缓慢|迟缓|拖沓|拖延|模糊|存在|有差距|有偏差|差距|仍有|个别|少数|部分|有的|有所|"
    r"力度不|[较太过](?:慢|少|低|弱|差|多|大)|(?:能力|意识|作用|质量|水平|体验|效率|率|力度|基础|效果|进度|成效)(?:较|偏|还|仍)?(?:弱|差|低|慢|不|欠)|(?:弱|差|慢|低|少|乱|松|散|软|难|浅|虚|缺|高企|不够|不力|不强|不严|不实)$|推诿|扯皮|敷衍|堵塞|流失|浪费|闲置|挪用|截留|滞留|挤占|虚报|冒领|拖欠|积压|污染|破坏|隐患|短缺|突出|反弹|失管|失控|缺口|老大难|面大|过[多滥长高密]|繁琐|松动|破损|损坏|失效|渗漏|乱[堆停放搭贴拉扔倒建摆]|脏乱"
)
_QUOTED = re.compile("“[^“”]*”")
_FAILS = re.compile(
    r"(?:不[\u4e00-\u9fff]{1,3}|流于形式|滞后|缓慢|迟缓|缺失|缺位|欠缺|薄弱|淡薄|松懈|混乱|涣散|短缺|走过场|有差距|有偏差|有待[\u4e00-\u9fff]{2,4}|[弱差低慢乱少松散软浅虚缺难])$"
)
_NOT_YET = "进一步|切实|全面|持续|着力|深入|不断|扎实|严格|大力|积极|坚决|坚持|继续|及时|立即|立行立改|认真|充分|加快|狠抓|聚焦|依法|依规|限期|分类|统筹|主动|尽快|全力|有效|稳步|重点|集中|定期|常态化|要|应|将|一律|各.{1,8}要|由.{2,12}(?:牵头|负责)?"
_ENDS_IT = "加强|加大|强化|提升|提高|健全|压实|压紧|消除|化解|解决|整治|治理|防止|防范|杜绝|严肃|严查|严厉|查处|追责|问责|抓好|抓实|抓牢|抓紧|做好|做实|着力解决"
_DOES = (
    "完善|建立|规范|落实|推进|推动|开展|整顿|改进|优化|严明|组织|精简|减少|清理|清退|清查|深化|巩固|夯实|统一|明确|制定|制订|出台|修订|修改|实施|构建|打造|排查|摸排|梳理|退还|追缴|追回|收缴|收回|补齐|补办|补交|补开|"
    "补充|调整|归还|约谈|通报|处理|处置|召开|培训|学习|签订|设立|成立|增设|配备|配齐|安装|更新|更换|修复|维修|拆除|关停|取缔|责令|督促|邀请|聘请|实行|印发|编制|核查|检查|抽查|核实|核对|公开|公示|举一反三|充实|招录|选派|"
    "选树|推行|推广|利用|运用|搭建|打通|压减|缩短|争取|筹措|联合|协调|会同|改造|新建|建设|建成|完成|办理|缴清|下达|落细|压缩|控制|从严|带头|树立|增强|丰富|创新|拓宽|畅通|转变|引导|支持|鼓励|保障|确保|对照|围绕|结合|监督|督导|跟踪|倒排|逐|"
    "每[月季周年半]|[0-9０-９]{1,4}[年月日]|对.{2,24}(?:进行|开展|实施|予以|给予|下达|约谈|通报|排查|清理|整改)"
)
_ENDS_FAULTS = re.compile(f"^(?:(?:{_NOT_YET})[，,、]?)*(?:{_ENDS_IT})")
_ANSWERS = re.compile("(?:针对|围绕|对照|聚焦|着眼)[^，,]+(?:问题|情况|不足|短板)[，,].")
_MENDS = re.compile(f"^(?:(?:{_NOT_YET})[，,、]?)*(?:{_ENDS_IT}|{_DOES})")


def states_problem(text: str) -> bool:
    """Whether a heading says of itself that it is a problem.

    >>> states_problem("关于“学习不深入”问题。一是"), states_problem("着力解决联系群众不紧密的问题"), states_problem("加强学习。解决问题")
    (True, True, False)
    """
    return _PROBLEM.fullmatch(simplified(heading(text))) is not None


def finds_fault(text: str) -> bool:
    """Whether a heading says that something is wrong, not what is to be done about it.

    >>> [finds_fault(words) for words in ("学习不深入，台账缺失", "落实制度不到位", "不断加强学习", "强化监管，消除隐患", "每月排查隐患")]
    [True, True, False, False, False]
    """
    words = simplified(heading(text))
    plain = _QUOTED.sub("", words)
    if states_problem(words):
        return True
    if _LACKS.search(plain) is None or _ENDS_FAULTS.match(words) or _ANSWERS.match(words):
        return False
    return _MENDS.match(words) is None or any(_FAILS.search(clause) for clause in re.split("[，,]", plain)[:2])


def mends(text: str) -> bool:
    """Whether a heading says what is to be done.

    >>> [mends(words) for words in ("加强学习", "由甲局牵头整治", "流程繁琐", "落实制度不到位")]
    [True, True, False, False]
    """
    return _MENDS.match(simplified(heading(text))) is not None and not finds_fault(text)


def names_aspect(text: str) -> bool:
    """Whether a heading stands above several problems: （一）党的领导方面.

    >>> names_aspect("聚焦群众身边腐败问题和不正之风方面"), names_aspect("学习不深入的问题")
    (True, False)
    """
    return re.search(r"(?:方面|领域|板块|类)(?:存在)?(?:的)?(?:问题)?$", simplified(heading(text))) is not None
