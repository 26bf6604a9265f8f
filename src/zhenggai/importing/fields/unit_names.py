"""What looks like the name of a unit, or of a kind of units, and which names have only 和 or a blank between them."""

import re

from zhenggai.importing.fields.brackets import is_balanced, pieces

_ENDS = (
    "局 委 办 部 厅 室 院 所 站 社 会 中心 公司 集团 银行 信用联社 学校 中学 小学 大学 医院 幼儿园 政府 "
    "人大 政协 法院 检察院 工会 妇联 团委 科协 残联 文联 侨联 乡 镇 街道 街办 村 社区 队 单位 部门 党组 "
    "党组织 支部 总支 纪委 监委 组 专班 园区 管委会 开发区 高新区 县 市 区 旗 省 州 盟 场 科 股 处 司 "
    "署 馆 台 班子 厂 矿 企业 机关 县直 区直 市直 省直 镇街 乡镇 税务 海关 基地 法庭 库 林场 农场 电视台 "
    "党校 编办 银监 公安 消防 气象 烟草 供电 邮政 金融机构 协会 学会 商会 联盟 街 苏木 嘎查 团 连 党支部 "
    "党委 党工委 党总支 两办 办事处 工作站 分局 事务所 服务点 高校 院校 各级 各方 全体 领导小组 指挥部 委员会 "
    "平台 工商联 红十字会 供销社 信访 网格 法人 业主 监理 承包商 施工方 总队 大队 支队 村居 村社"
)
_END = re.compile(f"(?:{'|'.join(sorted(_ENDS.split(), key=len, reverse=True))})$")
_CLASS = re.compile(
    r"(?:全[县市区省州镇乡]|[县市区省州镇乡]直?属?|省市县|有关|相关|其他|其余|所有|涉及|各级?|各有关|各相关|牵头|责任|成员|配合|主管|行业|业务|职能)+.{0,12}(?:单位|部门|组织|乡镇|街道|镇街|县区|[县市区镇乡村]|企业|学校|机关|科室|股室|处室|支部|党委|党组|[(（].{1,6}[)）])"
)
_NOT = re.compile(
    "[。！？!?“”《》0-9０-９]|(?:完成|推进|落实|开展|加强|建立|制定|严格|按照|根据|确保|组织开展|要|把|将|进行|是否|不|已经|以下|简称|统称|包括|含|设在|由|负责)"
)
_AND = re.compile("(?:以及|和|及|与|会同|并会同)")
_NOTHING = re.compile(r"[-—–/／\\无\s　.。…_]*|暂无|空|不涉及")
LONGEST_NAME = 30


def is_unit(word: str) -> bool:
    """Whether a word looks like the name of a unit, or of units of a kind.

    >>> [is_unit(word) for word in ("县教育局", "各乡镇（街道）", "县直有关部门", "按期完成", "张三", "一村一策")]
    [True, True, True, False, False, False]
    """
    word = word.strip()
    if not 2 <= len(word) <= LONGEST_NAME or _NOT.search(word):
        return False
    return bool(_END.search(re.sub(r"[(（][^()（）]*[)）]$", "", word)) or _CLASS.fullmatch(word))


def is_nothing(text: str) -> bool:
    """Whether a cell or value says that there is none: /, —, 无."""
    return _NOTHING.fullmatch(text) is not None


def names_apart(piece: str) -> list[str]:
    """The units between whose names there is a blank, a stroke or 和; a name with such a letter inside stays whole."""
    for separators in (" \u3000\xa0", "/／"):
        words = [word for word in pieces(piece, separators) if word]
        if len(words) > 1 and all(map(is_unit, words)):
            return [one for word in words for one in names_apart(word)]
    for joint in _AND.finditer(piece):
        before, after = piece[: joint.start()].strip(), piece[joint.end() :].strip()
        if (
            is_unit(before)
            and is_unit(after)
            and after not in ("政府", "人民政府", "党组织", "部门", "单位")
            and is_balanced(before)
        ):
            return [before, *names_apart(after)]
    return [piece]
