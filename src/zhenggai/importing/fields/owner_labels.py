"""The labels before the owners and deadline of a measure: 责任单位：, 完成时限：, 牵头单位及责任人：, 【责任领导】."""

import re
from enum import StrEnum
from functools import lru_cache

from zhenggai.frozen import frozen
from zhenggai.heads import head_meant
from zhenggai.importing.fields.simplified import simplified


class Field(StrEnum):
    """What a label asks for. CONTENT ends the value before it and stays in the text."""

    LEAD = "lead"
    UNITS = "units"
    SUPPORTING = "supporting"
    GUIDING = "guiding"
    PERSON = "person"
    LEADER = "leader"
    LEADER_IN_CHARGE = "leader_in_charge"
    FIRST_RESPONSIBLE = "first_responsible"
    DEADLINE = "deadline"
    GOAL = "goal"
    STANDARD = "standard"
    TYPE = "rectification_type"
    AMOUNT = "amount"
    SOURCE = "sources"
    OTHER = "leftovers"
    CONTENT = "content"

    @property
    def is_prose(self) -> bool:
        """Whether the value may be sentences."""
        return self in (Field.GOAL, Field.STANDARD, Field.OTHER, Field.SOURCE)


UNIT_FIELDS = frozenset((Field.LEAD, Field.UNITS, Field.SUPPORTING, Field.GUIDING))
PERSON_FIELDS = frozenset((Field.PERSON, Field.LEADER, Field.LEADER_IN_CHARGE, Field.FIRST_RESPONSIBLE))

_BODY = "(?:单位|部门|科室|处室|股室|科|股|处|室|机构|党组织|党委|党组|支部|镇街|乡镇|街道|村居|主体|学校|企业)"
_LEVEL = "(?:省级?|市级?|县级?|区级?|乡镇?|镇级?|班子|党委|党组|单位|部门|局|院|校|村|包[片村联抓保挂]?|联[系包点]?|挂[牌点包])"
_LEVELS = ("省", "市", "县", "区", "乡", "镇", "局", "院", "校", "村", "班子", "党委", "党组", "单位", "部门")
"""What a name may end with: in 青石镇责任人： nothing parts the name of a unit from the label, which is 责任人."""
_OF = "(?:整改|整治|治理|落实|具体|直接|主要|工作|问题|任务|事项)*"
_PATTERNS = (
    (Field.LEAD, f"{_OF}(?:总?牵头|主办|主责|第一责任)(?:整改|整治|责任|负责)?{_BODY}"),
    (
        Field.SUPPORTING,
        f"{_OF}(?:(?:共同|主要)?(?:配合|协办|协助|协同|参与|参加|协作|会办|联办))+(?:整改|责任)?{_BODY}",
    ),
    (Field.GUIDING, f"{_OF}(?:督导|指导|督办|督促|督查|监督|监管|行业主管|主管)(?:责任|整改|指导|落实)?{_BODY}"),
    (
        Field.UNITS,
        f"{_OF}(?:主体)?(?:责任|承办|落实|实施|整改|整治|办理|执行|负责)(?:整改|整治|落实|实施)?{_BODY}|分工单位|责任区县|责任分工|职责分工",
    ),
    (Field.FIRST_RESPONSIBLE, f"{_OF}第一责任人"),
    (
        Field.LEADER_IN_CHARGE,
        f"{_OF}(?:{_LEVEL})?(?:分管|主管)(?:负责|责任)?(?:{_LEVEL})?(?:领导|负责人|责任人|领导人)",
    ),
    (
        Field.LEADER,
        f"{_OF}(?:{_LEVEL})*(?:责任|牵头|包抓|包联|包保|包案|挂帅|领办|领衔|负责|督办|督导|主要|联系|挂钩|挂牌)?(?:责任|负责)?(?:{_LEVEL})*(?:党员)?领导(?:人|干部)?|牵头(?:责任|负责)?人|领导责任人|(?:{_LEVEL})+(?:责任|牵头|负责)人",
    ),
    (
        Field.PERSON,
        f"{_OF}(?:部门|科室|单位|承办|经办|第二)*(?:责任|负责|经办|承办|落实|执行|实施|责任承办)人员?|责任到人|主办人|承办人|经办人",
    ),
    (
        Field.DEADLINE,
        "(?:整改|整治|治理|工作|任务|计划|预计|预期|要求|拟定?|规定|落实|推进|达标|办理|办结|完成|销号|目标|责任|整改任务|实施|最终|截止)*"
        "(?:时限|期限|时间节点|时间要求|时限要求|期限要求|时间安排|完成时间|完成日期|截止时间|截止日期|办结时间|销号时间|整改时间|时间期限|整改日期|实施时间|时间进度|进度要求|进度安排|时间)",
    ),
    (Field.GOAL, f"{_OF}(?:任务|预期|阶段|完成)*目标(?:任务|要求)?|(?:整改|整治)要求|预期成效|预期效果"),
    (Field.STANDARD, "(?:整改|整治|完成|验收|销号|工作|达标)+(?:完成|销号|验收)?(?:标准|标志)"),
    (Field.TYPE, "(?:整改|整治|措施|任务|问题)(?:类型|类别|性质)|整改方式"),
    (Field.AMOUNT, "(?:问题|涉及|整改|涉案)+金额"),
    (Field.SOURCE, "(?:问题|线索)?来源"),
    (
        Field.OTHER,
        "验收(?:单位|部门|人)|销号(?:单位|部门)|联系电话|联系人|联络人|联络员|成果形式|佐证材料|备注|验收责任单位|(?:配合|协助)领导|验收(?:时限|时间)|(?:包[保联抓]|帮扶|联系|结对)单位",
    ),
    (
        Field.CONTENT,
        "(?:存在|反馈|具体|主要|突出|整改|整治)?的?(?:问题|情形|表现)(?:表现|描述|内容)?|(?:具体|主要|整改|整治|工作|针对性)*(?:措施|举措|任务|内容|做法)(?:清单)?"
        "|(?:整改|整治|工作|落实|完成)*(?:情况|进展|进展情况|成效)|原因分析|问题原因|下一步(?:计划|打算|工作)|问题表述|反馈意见",
    ),
)
_KNOWN = tuple((field, re.compile(pattern)) for field, pattern in _PATTERNS)
_BY_HEAD = {
    "牵头单位": Field.LEAD,
    "督导单位": Field.GUIDING,
    "第一责任人": Field.FIRST_RESPONSIBLE,
    "责任领导": Field.LEADER,
    "责任人": Field.PERSON,
    "时限": Field.DEADLINE,
    "截止日": Field.DEADLINE,
    "完成日期": Field.DEADLINE,
    "整改目标": Field.GOAL,
    "完成标准": Field.STANDARD,
    "类别": Field.TYPE,
    "问题金额": Field.AMOUNT,
    "问题来源": Field.SOURCE,
}
_SHORT = {
    "人": Field.PERSON,
    "责任人": Field.PERSON,
    "负责人": Field.PERSON,
    "领导": Field.LEADER,
    "时限": Field.DEADLINE,
    "部门": Field.UNITS,
}
PARTS = {
    "牵头": Field.LEAD,
    "主办": Field.LEAD,
    "主责": Field.LEAD,
    "责任": Field.UNITS,
    "整改责任": Field.UNITS,
    "负责": Field.UNITS,
    "承办": Field.UNITS,
    "落实": Field.UNITS,
    "配合": Field.SUPPORTING,
    "协助": Field.SUPPORTING,
    "协办": Field.SUPPORTING,
    "协同": Field.SUPPORTING,
    "参与": Field.SUPPORTING,
    "参加": Field.SUPPORTING,
    "督导": Field.GUIDING,
    "指导": Field.GUIDING,
}
"""What a unit may do for a measure, as verbs behind its name and as short labels say it."""
_NO_LABEL = frozenset(
    ("单位", "时间", "领导", "部门", "内容", "说明", "情况", "类别", "类型", "目标", "来源", "措施", "任务", "问题")
)
_JOINT = re.compile("[及和与、/／暨或]+其?|以及")
_LONGEST = 16
_TOO_SHORT = frozenset(("落实人", "执行人", "实施人", "经办人", "承办人", "牵头人", "主办人"))
_INNER = re.compile(r"(责任|牵头|配合)[(（][^()（）]{1,6}[)）]$")
NUMBERING = r"\s*(?:[(（]?[0-9０-９一二三四五六七八九十]{1,3}[)）.．、]|[①-⑳]|第[一二三四五六七八九十0-9]+[条项、：:]|[一二三四五六七八九十]是)\s*"
"""Matches the number before an item."""
COLONS = "：:∶︰﹕"
"""Signs that papers have for a colon."""
_REMARK = re.compile(r"[(（][^()（）]{1,12}[)）]$")
_APPENDED = re.compile("[及和与、/／]其?(?:职务|职责|联系方式|联系电话|电话|签字|签名)$")
_BLANK = re.compile(r"[\s*＊_]")


@frozen
class Label:
    """A label in a text: it begins at ``start``, its value at ``end``."""

    start: int
    end: int
    fields: tuple[Field, ...]


@lru_cache(maxsize=4096)
def fields_of(word: str) -> tuple[Field, ...]:
    """The fields that a label asks for, () if it is none.

    >>> fields_of("责任部门"), fields_of("牵头单位及责任人"), fields_of("有关要求")
    ((<Field.UNITS: 'units'>,), (<Field.LEAD: 'lead'>, <Field.PERSON: 'person'>), ())
    """
    word = _APPENDED.sub("", _REMARK.sub("", simplified(word)))
    if len(word) > _LONGEST:
        return ()
    if field := _field_of(word):
        return (field,)
    words = _JOINT.split(word)
    if len(words) < 2:
        return ()
    first, rest = _field_of(words[0]), [_field_of(one) or _SHORT.get(one) for one in words[1:]]
    return tuple(dict.fromkeys((first, *filter(None, rest)))) if first and all(rest) else ()


def _field_of(word: str) -> Field | None:
    for field, pattern in _KNOWN:
        if pattern.fullmatch(word):
            return field
    if meant := head_meant(word, _BY_HEAD):
        return _BY_HEAD[meant]
    return None


def label_before(text: str, colon: int, since: int, *, apart: bool) -> Label | None:
    """The label that ends at a colon, and begins at or after ``since``. ``apart``: something must part it from the words before it.

    >>> label_before("压实责任。责 任 单 位：教育局", 12, 0, apart=True).start
    5
    """
    word = ""
    found: tuple[int, tuple[Field, ...]] | None = None
    start = colon
    while (start := start - 1) >= since and text[start] not in "\n。；;！？" + COLONS:
        if _BLANK.match(text[start]):
            continue
        if word and text[start] in ")）]】〕":
            inner = _INNER.search(text, max(since, start - _LONGEST), start + 1)
            if inner is None:
                break  # a bracket may stand behind a label or within it, not before it
            start, word = inner.start(), inner[1] + word
        else:
            word = text[start] + word
        if len(word) > _LONGEST:
            break
        edge = _is_edge(text, start, since)
        if not edge and (apart or word.startswith(_LEVELS) or word in _TOO_SHORT or len(word) < 3):
            continue
        if fields := fields_of(word) or (_bare(word) if edge else ()):
            found = start, fields
    return None if found is None else Label(found[0], colon + 1, found[1])


def _bare(word: str) -> tuple[Field, ...]:
    return (PARTS[word],) if word in PARTS else ()


def _is_edge(text: str, start: int, since: int) -> bool:
    if start == since:
        return True
    return text[start - 1] in "。；;，,、！？!?.()（）【】〔〕[]*|｜—-\n\t \u3000\xa0" + COLONS


def label_of_line(line: str) -> tuple[tuple[Field, ...], int]:
    """The label without a colon with which a line begins, and where its value begins; ((), 0) for any other line.

    >>> label_of_line("责任单位　教育局"), label_of_line("责任人")
    (((<Field.UNITS: 'units'>,), 4), ((<Field.PERSON: 'person'>,), 3))
    """
    word = ""
    best: tuple[tuple[Field, ...], int] = ((), 0)
    for place, letter in enumerate(line):
        if _BLANK.match(letter):
            continue
        word += letter
        if len(word) > _LONGEST:
            break
        if word not in _NO_LABEL and (fields := fields_of(word)) and Field.CONTENT not in fields:
            best = fields, place + 1
    return best
