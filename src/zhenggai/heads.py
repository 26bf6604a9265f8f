"""The heads of ledgers in use: how two are compared, and which ones say the same. Forms are filled and read by this table."""

import re
from collections.abc import Iterable
from unicodedata import normalize

_BLANKS = re.compile(r"\s+")
_BRACKETS = re.compile(
    r"[(\[〔【](?![^()\[\]〔〕【】]*[万亿])[^()\[\]〔〕【】]*[)\]〕】]"
)  # （万元） is another measure than yuan
_SAME = (
    ("问题号", "问题编号", "问题序号"),
    (
        "问题", "反馈问题", "存在问题", "存在的问题", "具体问题", "反馈具体问题", "问题表述", "具体问题表述", "问题内容",
        "问题描述", "整改问题", "反馈的问题", "反馈意见",
    ),
    ("问题类别", "问题类型", "问题分类"),
    ("问题来源", "来源"),
    ("方面", "问题方面"),
    ("措施", "措施号", "措施编号"),
    (
        "内容", "整改措施", "具体措施", "具体整改措施", "整改具体措施", "细化的整改措施", "措施内容", "整改举措", "整改计划",
        "整改任务", "工作措施",
    ),
    ("整改目标", "整改要求", "目标要求"),
    ("完成标准", "整改完成标准", "整改标准", "销号标准"),
    ("类别", "措施类别", "整改类别"),
    (
        "牵头单位", "牵头部门", "牵头责任单位", "牵头责任部门", "牵头整改单位", "牵头整改部门", "整体牵头部门",
        "整体牵头部门/负责人",
    ),
    (
        "单位", "责任单位", "责任部门", "整改单位", "整改部门", "整改责任单位", "整改责任部门", "承办单位", "落实单位", "单位名称",
        "责任单位/部门", "责任主体",
    ),
    ("督导单位", "指导单位", "督办单位"),
    ("第一责任人", "整改第一责任人"),
    ("责任领导", "牵头领导", "责任县领导"),
    ("责任人", "整改责任人", "具体责任人", "直接责任人"),
    (
        "时限", "完成时限", "整改时限", "整改期限", "完成期限", "整改完成时限", "时间节点", "计划完成时间", "拟完成时间",
        "要求完成时间",
    ),
    ("截止日", "截止日期", "截止时间", "到期日", "对应的完成时间"),
    ("完成日期", "完成时间", "实际完成时间", "整改完成时间", "完成整改时间"),
    ("状态", "整改状态", "目前状态", "当前状态", "办理状态"),
    ("进度", "进度%", "完成进度", "完成比例", "目前进度"),
    ("整改描述", "整改进展", "整改进展情况", "进展情况", "目前进展", "目前进展情况", "最新进展", "工作进展"),
    ("已采取的整改措施", "采取的整改措施", "已采取的措施", "采取的措施", "落实情况", "整改落实情况"),
    (
        "未整改到位原因及下一步计划", "未完成原因及下一步计划", "未整改到位原因及下步计划", "未完成原因及下一步打算",
        "未整改到位原因及下一步打算",
    ),
    ("是否已完成整改", "是否完成整改", "是否完成", "是否已完成", "是否整改完成", "是否整改到位", "是否整改到位完成"),
    ("是否销号", "是否已销号", "销号与否"),
    ("复查人", "验收人", "核查人"),
    ("问题金额", "涉及金额", "问题涉及金额"),
    ("整改金额", "已整改金额"),
    ("未整改", "未整改金额"),
    ("追缴", "追缴金额"),
    ("挽回损失", "挽回损失金额"),
)  # fmt: skip
"""Synonyms among the heads of ledgers, a row each, the program's own first.

完成时间 is the day of completion, as in the application for a close-out; the deadline has 计划 or 要求 before it.
"""


def plain_head(head: str) -> str:
    """A head as it is compared: half-width, without blanks, line ends, and what stands in brackets.

    >>> [plain_head(head) for head in ("整改 措施", "进度（％）", "完成\\n时限", "金额（万元）", "（一）")]
    ['整改措施', '进度', '完成时限', '金额(万元)', '(一)']
    """
    whole = _BLANKS.sub("", normalize("NFKC", head)).casefold()
    return _BRACKETS.sub("", whole) or whole


_OWN = {plain_head(word): same[0] for same in _SAME for word in same}


def head_meant(head: str, known: Iterable[str]) -> str | None:
    """The one of the known heads that a form's head asks for: itself if it is known, else one that says the same, else None.

    >>> head_meant("责任 单位", ("单位", "责任部门")), head_meant("整改单位", ("责任部门",)), head_meant("经费", ("单位",))
    ('单位', '责任部门', None)
    >>> head_meant("责任部门", ("单位", "责任部门"))
    '责任部门'
    """
    word = plain_head(head)
    heads = {plain_head(one): one for one in known}
    if word in heads:
        return heads[word]
    own = _OWN.get(word)
    return next((one for one in heads.values() if own is not None and _OWN.get(plain_head(one)) == own), None)
