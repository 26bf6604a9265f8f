"""The words around the core of a deadline, as tables: labels, lead-ins, verbs and tails, and what follows completion.

``peeled`` takes them off one clause in any order. What is left is the core, which the shapes read. A tail is taken off only if it
carries neither a date nor a doubt: 「9月底前完成80%」 and 「9月底前部分完成」 keep theirs, so that no shape fits.
"""

import re
from collections.abc import Collection
from typing import NamedTuple

from zhenggai.deadline.meaning import DeadlineKind

LABEL_HEADS = "整改 完成 办理 办结 计划 预计 截止 责任 目标 任务"
LABEL_ENDS = "时限 期限 时间 日期 节点 要求"
LEADS = (
    "最迟 最晚 最长 不晚于 不迟于 不超过 原则上 争取 力争 计划 预计 确保 务必 必须 应当 分别 "
    "限期 限于 限 为期 历时 用时 于 在 应 须 需 要 拟 共 用"
)
MANNERS = (
    "全面 全部 基本 彻底 如期 按期 按时 及时 集中 切实 认真 统一 同步 有序 有效 明显 显著 分类 逐项 逐一 务必 确保 力争 争取 "
    "进行 予以 取得 已"
)
VERBS = (
    "完成 办结 办毕 办理 销号 到位 完毕 整改 整治 落实 阶段性成效 明显成效 实质性进展 突破性进展 成效 实效 报送 上报 报告 提交 "
    "反馈 回复 答复 汇报 备案 上线 运行 建成 建立 健全 完善 出台 制定 印发 修订 形成 公布 公示 公开 启动 实施 执行 开展 组织 召开 "
    "学习 检查 自查 核查 排查 评估 研究 听取 调度 通报 更新 验收 见效 达标 结束 实现 清零 清理 清退 归还 退还 追缴 收回 拨付 缴纳 "
    "交付 移交 竣工 开工 投入使用 解决 化解 消除 处理 处置 审核 拆除 关停 搬迁 治理 修复 恢复 改造 建设 兑现 "
    "见底 改善 好转 达到 做到 推进 推动 巡查 督查 抽查 走访 调研 培训 宣传 监测 维护"
)
ENDINGS = "为止 止 期间 时间"
LONG_TERM = "长期 常年 常抓不懈 长抓不懈 抓常抓长 抓长抓常 久久为功 常态长效 长效"
CONTINUOUS = "持续 常态化 常态 不断 经常性 滚动 逐步推进 稳步推进"
FOLLOWING = (
    "坚持 长期 持续 整改 推进 落实 抓好 抓 巩固 深化 提升 提高 开展 实施 跟踪 监管 监督 加强 强化 用力 发力 改进 完善 执行 保持 管理 下去 "
    "工作 任务 见效 有效 检查"
)
JOINTS = "并且 并 而后 然后 此后 同时 且 再 转入 转为 完成后 到位后 结束后 销号后"
AT_ONCE = "立.立. 即.即. 边.边. 立.即. 随.随."  # any two characters: 立说立行, 边查边改
HORIZONS = frozenset(("短期", "近期", "中期", "中长期", "远期", "长期"))

_DOUBTS = "部分 左右 上下 大约 可能 不 未 无 没有 暂 视情 视具体 视实际 若 如果 条件 除外 除了 延期 顺延 待定 有待 分批 半 以上"
_DATES = "[^一-龥]|年(?!度)|月|日(?!常)|号|季|周(?!边)|旬|前(?!期)|后(?!续)|底(?!数)|末|起(?!草)|每"


def _any_of(*tables: str) -> str:
    """A pattern for any word of some tables, the longest first."""
    return "|".join(sorted((word for table in tables for word in table.split()), key=len, reverse=True))


_LABEL = re.compile(f"(?:{_any_of(LABEL_HEADS)})*(?:{_any_of(LABEL_ENDS)})[为是]?")
_LEAD = re.compile(
    f"(?:{_any_of(LEADS)})+|(?:{_any_of(MANNERS)}){{0,3}}(?:{_any_of(VERBS)})(?=[0-9一二三四五六七八九十两半])"
)
_ENDING = re.compile(f"(?:{_any_of(ENDINGS)})$")
_TAIL = re.compile(f"(?:并且|并|且|同时)?(?:向[^0-9年月日]{{1,10}}?)?(?:{_any_of(MANNERS)}){{0,4}}(?:{_any_of(VERBS)})")
_KNOWN = re.compile(_any_of(MANNERS, VERBS))
_KEPT = re.compile(f"{_DATES}|{_any_of(_DOUBTS)}|或(?!的)")
_DEPENDING = re.compile("(?:按照?|根据|依据|视|结合|待)(?!定$)[^0-9年月日]+")  # 按上级要求, 待资金到位后
_IMMEDIATE = re.compile(f"{_any_of(AT_ONCE)}|(?:立即|马上|即刻|即时|立刻)(?:{_any_of(VERBS)}){{0,3}}")
_OPEN = re.compile(f"(?:坚持)?(?:{_any_of(LONG_TERM, CONTINUOUS)})(?:{_any_of(FOLLOWING)}){{0,4}}")
_OPEN_END = re.compile(f"(?:{_any_of(LONG_TERM, CONTINUOUS)})(?:{_any_of(FOLLOWING)})+$")
_LASTING = re.compile(f"(?:坚持)?(?:{_any_of(LONG_TERM)})")
_JOINT = re.compile(f"(?:{_any_of(JOINTS)}|(?<=全年)|(?<=起))(?=坚持|{_any_of(LONG_TERM, CONTINUOUS)})")
_RHYTHM = re.compile("一?(半年|[周月年]|季度?)[一1]次|(半年|[月季年])度")  # 一季度一次, 月度
_ONCE = re.compile(  # 每季反馈一次
    f"(每(?:半年|.*?[年度季月周日前]))(?:(?!{_any_of(_DOUBTS)})[^0-9一二三四五六七八九十年月日季周前后])*?[一1]次"
)


class Peeled(NamedTuple):
    """A clause without its affixes: its core, what follows completion, and whether any word was taken off."""

    core: str
    then: DeadlineKind | None = None
    worded: bool = False


def peeled(clause: str, names: Collection[str] = ()) -> Peeled:
    """The core of a clause; ``names`` are cores as they are (the plan's phases).

    >>> peeled("力争6月底前全面完成整改并长期坚持")
    Peeled(core='6月底前', then=<DeadlineKind.LONG_TERM: 'long_term'>, worded=True)
    >>> peeled("6月底前完成80%").core
    '6月底前完成80%'
    """
    if clause in names and not open_kind(clause):  # a phase may be named 持续推进
        return Peeled(clause)
    label = _LABEL.match(clause)
    bare = clause[label.end() :] if label else clause
    if kind := open_kind(bare):
        return Peeled("", kind)
    then = None
    if (joint := _JOINT.search(bare)) and (then := open_kind(bare[joint.end() :])):
        bare = bare[: joint.start()]
    bare = bare[lead.end() :] if (lead := _LEAD.match(bare)) else bare
    named = next((name for name in names if bare.startswith(name)), "")
    if bare != named:
        bare = _ENDING.sub("", _without_tail(bare, len(named)))
    return Peeled(bare, then, bare != clause)


def _without_tail(bare: str, named: int) -> str:
    """The clause up to its tail, which begins after the first ``named`` characters."""
    if _IMMEDIATE.fullmatch(bare):
        return "立行立改"
    if _DEPENDING.fullmatch(bare):
        return "适时"
    if rhythm := _RHYTHM.fullmatch(bare):
        return "每" + (rhythm[1] or rhythm[2])
    if bare.startswith("每") and (once := _ONCE.match(bare)) and not _carries(bare[once.end() :]):
        return once[1]
    tails = (found.start() for found in _TAIL.finditer(bare, named))
    start = next((start for start in tails if not _carries(bare[start:])), None)
    if start is None:
        return bare
    head = bare[:start]
    if open_kind(head):
        return bare  # 长期坚持完成: neither the one nor the other
    return "立行立改" if _IMMEDIATE.fullmatch(head) else head


def _carries(tail: str) -> bool:
    """Whether a tail carries a date, a doubt or what follows completion, beside its known words (销号 has a 号)."""
    return bool(_KEPT.search(_KNOWN.sub("的", tail)) or _OPEN_END.search(tail))


def open_kind(clause: str) -> DeadlineKind | None:
    """长期坚持 or 持续推进, by any of their names; None for any other clause."""
    if _OPEN.fullmatch(clause) is None:
        return None
    return DeadlineKind.LONG_TERM if _LASTING.match(clause) else DeadlineKind.CONTINUOUS
