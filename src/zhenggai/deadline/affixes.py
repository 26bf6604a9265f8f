"""The words around the core of a deadline, as tables: labels, lead-ins, verbs and tails, and what follows completion.

``peeled`` takes them off one clause in any order. What is left is the core, which the shapes read. A tail is taken off only if it
carries neither a date nor a doubt: 「9月底前完成80%」 and 「9月底前部分完成」 keep theirs, so that no shape fits.
"""

import re
from collections.abc import Collection
from typing import NamedTuple

from zhenggai.deadline.meaning import DeadlineKind

LABEL_HEADS = "整改 完成 办理 办结 销号 验收 报送 上报 反馈 计划 预计 要求 截止 责任 目标 任务"
LABEL_ENDS = "时限 期限 时间 时点 日期 节点 要求 频次"
LEADS = (
    "最迟 最晚 最长 最多 至迟 至多 不晚于 不得晚于 不迟于 不得迟于 不超过 不得超过 原则上 一般 争取 力争 尽量 计划 预计 提前 确保 保证 务必 务 必须 应当 分别 "
    "全部 统一 坚持 限期 限时 限于 限 为期 历时 用时 整改期 贯穿 于 在 应 须 需 要 请 拟 并 已 实行 共 利用 用"
)
MANNERS = (
    "全面 全部 基本 彻底 如期 按期 按时 及时 集中 切实 认真 统一 同步 有序 有效 明显 显著 分类 逐项 逐一 务必 确保 力争 争取 计划 "
    "初步 重大 重要 积极 良好 决定性 阶段性 实质性 突破性 整体 主体 稳定 顺利 高质量 书面 分步 分阶段 分步骤 进行 予以 取得 得到 实现 通过 见到 初见 见 有 各 须 应 已 正在"
)
VERBS = (
    "完成 办结 办毕 办理 办妥 销号 消号 销账 摘牌 闭环 到位 完毕 整改 整治 整顿 落实 落地 成效 实效 成果 效果 进展 改观 "
    "报送 上报 报告 提交 报 反馈 回复 答复 汇报 备案 归档 交办 转办 移送 移交 结案 上线 运行 建成 建立 健全 完善 规范 优化 出台 制定 印发 修订 "
    "签订 形成 公布 公示 公开 启动 施行 实施 执行 部署 开展 组织 召开 学习 传达 检查 自查 核查 核实 排查 摸底 梳理 汇总 总结 评估 研究 听取 调度 "
    "通报 更新 验收 见效 达标 达产 结束 实现 清零 清理 清退 清收 清欠 归还 退还 退缴 追缴 补缴 收缴 上缴 收回 拨付 支付 兑付 缴纳 结算 交付 "
    "竣工 完工 开工 投产 投运 投用 投入使用 解决 化解 消除 处理 处置 查处 纠正 改正 审核 拆除 关停 关闭 取缔 搬迁 腾退 治理 修复 复绿 恢复 改造 "
    "建设 兑现 补齐 配齐 配备 充实 调整 补办 覆盖 全覆盖 见底 改善 好转 加强 提升 提高 达到 做到 推进 推动 巡查 督查 抽查 走访 调研 培训 宣传 "
    "监测 维护 停产 停工 停业 停止 巩固 防止 严防 杜绝 回头看 举一反三 100%"
)
ENDINGS = "截止 为止 止 期间 时间"
LONG_TERM = "长期 长期性 常年 常抓不懈 长抓不懈 抓常抓长 抓长抓常 常抓长管 久久为功 坚持不懈 持之以恒 驰而不息 一直坚持 始终坚持 常态长效 长效"
CONTINUOUS = (
    "持续 继续 常态化 常态 动态 日常 日常性 不断 经常性 滚动 逐步 稳步推进 有序推进 贯穿始终 贯穿全过程 贯穿整改全过程"
)
FOLLOWING = (
    "坚持 长期 持续 整改 整治 治理 推进 推动 落实 抓好 抓实 抓 做好 巩固 深化 深入 提升 提高 开展 实施 跟踪 跟进 问效 监管 监督 加强 强化 用力 发力 "
    "改进 完善 优化 执行 保持 管理 调整 清零 下去 工作 任务 问题 事项 见效 有效 有序 扎实 检查 排查 巡查 督查 监测 维护 关注 学习 宣传 培训 成效 成果 中 类"
)
JOINTS = "其余问题 其他问题 其余 其他 并且 并 而后 然后 此后 之后 随后 今后 后续 同时 且 再 其后 下一步 完成后 到位后 结束后 销号后 整改后 验收后"
TURNS = "转入 转为 进入 纳入 形成 实行 实现 保持 加强 抓好 做好"  # 转入常态化管理
AT_ONCE = "立.立. 即.即. 边.边. 边..边.. 立.即. 随.随. 说.就."  # any two characters: 立说立行, 边查边改
SOON = "尽快 尽早 抓紧 从速 加快 加紧 大力"
DATELESS = "限期 限时 随时 如期 及时 分阶段 分步骤 分步 分批 分类 分期"  # 限期整改, 分步实施: no date
REPORTS = "调度 通报 报告 汇报 报 评估 研判 会商 小结 总结 例会 督查 督办 检查 分析 点评"  # 月调度, 一季一通报
HORIZONS = frozenset(("短期", "近期", "中期", "中长期", "远期", "长期"))

_DOUBTS = "部分 左右 上下 大约 可能 不 未 无 没有 暂 视情 视具体 视实际 若 如果 条件 除外 除了 延期 顺延 待定 有待 分批 半 以上"
_DATES = "[^一-龥]|年(?!度)|月|日(?!常)|号|季|周(?!边)|旬|前(?!期)|后(?!续)|底(?!数)|末|起(?!草)|每"
_PERIOD = "[上本当]个?[月季周年]度?(?![底末内前])"  # 报送上月情况: what is reported
_COUNT = "(?<!第)[0-9一二两三四五六七八九十]{1,4}(?:[次轮场件项户处家]|个(?![月工季小周半自日]))"  # 开展1次, 完成6个: how much, not when
_NTH = "[一二两三四五六七八九十1-9]"


def _any_of(*tables: str) -> str:
    """A pattern for any word of some tables, the longest first."""
    return "|".join(sorted((word for table in tables for word in table.split()), key=len, reverse=True))


_LABEL = re.compile(
    f"(?:{_any_of(LABEL_HEADS, LABEL_ENDS)}|[及和])*(?:{_any_of(LABEL_ENDS)})[为是]?"
    f"|第?{_NTH}(?:阶段|批次?|步|期|轮)|阶段性(?:目标|任务)|责令|分{_NTH}(?:个阶段|批|步|期)|[近短中远]期任务|[近短中远长]期目标"
)
_UNTIL = f"(?:{_any_of(LONG_TERM, CONTINUOUS)})(?:{_any_of(FOLLOWING)}){{0,4}}(?=[至到])"
_LEAD = re.compile(
    f"(?:{_any_of(LEADS)}|(?:{_any_of(SOON)})(?=于|在|[0-9]))+|分(?=[0-9一二三四五六七八九十两]年)|{_UNTIL}"
)
_LASTING_UNTIL = re.compile(_UNTIL)
_BEFORE_DATE = re.compile("[^0-9一二三四五六七八九十两半年月周季]{2,12}(?=[0-9一二三四五六七八九十两半])")
_LASTING_DAYS = re.compile(
    ".*(?:期限|限期?|为期|历时|用时|限时)[为是]?[0-9一二三四五六七八九十]+[日月]|.*最[长迟晚多]不超过[0-9一二三四五六七八九十]+日"
)  # 期限10日 is no 10th
_ENDING = re.compile(f"(?:{_any_of(ENDINGS)})$")
_TAIL = re.compile(
    f"(?:并且|并|且|同时)?(?:[向将把][^0-9年月日]{{1,10}}?)?(?:{_any_of(MANNERS)}){{0,4}}(?:{_any_of(VERBS, REPORTS)}|{_COUNT})"
)
_KNOWN = re.compile(f"{_COUNT}|{_PERIOD}|{_any_of(MANNERS, VERBS)}")
_KEPT = re.compile(f"{_DATES}|{_any_of(_DOUBTS)}|或(?!的)")
_DEPENDING = re.compile(
    "(?:(?:按照?|根据|依据|结合|待|以(?=.*为准$))(?!定$)|条件|资金)[^0-9年月日延]+"
)  # 按上级要求, 待资金到位后
_AT_ONCE = re.compile(
    f"(?:坚持|即日起|现场|当场|(?:收到|接到|发现)[^0-9年月日]{{0,10}}?)?"
    f"(?:{_any_of(AT_ONCE)}|即[改办]|(?:立即|马上|即刻|即时|立刻|立马)(?:就|予以)?(?:改|办|行动)?|(?:当场|当即)(?:予以)?|现场(?:予以)?(?=.))"
)
_SOON = re.compile(f"{_any_of(SOON)}|(?:{_any_of(DATELESS)})(?=.)")
_DEEDS = re.compile(f"(?:{_any_of(VERBS)}|类|问题|事项){{0,3}}")
_OPEN = re.compile(f"(?:坚持)?(?:{_any_of(LONG_TERM, CONTINUOUS)})(?:{_any_of(FOLLOWING)}){{0,4}}")
_OPEN_END = re.compile(f"(?:{_any_of(LONG_TERM, CONTINUOUS)})(?:{_any_of(FOLLOWING)})+$")
_LASTING = re.compile(f"(?:坚持)?(?:{_any_of(LONG_TERM)})")
_JOINT = re.compile(
    f"(?:(?:{_any_of(JOINTS)}|[-+·至])+(?:{_any_of(TURNS)})?|{_any_of(TURNS)}|^后"
    f"|(?<=全年)|(?<=[0-9〇零一二三四五六七八九]{{4}}年)|(?<=[明次]年)|(?<=期间)|(?<=起)|(?P<glued>(?<=[前底末内])))(?=坚持|{_any_of(LONG_TERM, CONTINUOUS)})"
)
_EVERY = re.compile(
    f"一?((?:半|[1-9][0-9]|{_NTH}{{1,3}})?(?:个季度|个半?月|半月|学期|周|天|日|年|旬))[一1]次"
)  # 三个月一次
_STATE = re.compile(  # 整改中, 基本完成, 尚未整改: how far it is, not when
    f"(?:目前|现在?|当前)?(?:(?:已经?|正在?|基本|尚未|未)(?:办理|{_any_of(MANNERS, VERBS)}){{1,4}}"
    f"|(?:办理|{_any_of(MANNERS, VERBS)}){{0,3}}(?:进行|办理|推进|整改|办|落实|实施|整治)中)"
)
_RHYTHM = re.compile(  # 一季度一次, 一年两次, 月度, 月调度, 一季一通报
    f"[一全]?(半年|[周月年]|季度?)({_NTH})次|(半年|[月季年])度|(?:一(?=.度?一)|每(?!周))?(半年|[周月季])度?一?(?:{_any_of(REPORTS)})"
)
_TIMES = re.compile(  # 每季反馈一次
    f"(全年|每(?:半年|.*?[年度季月周日前]))(?:(?!{_any_of(_DOUBTS)})[^0-9一二三四五六七八九十年月日季周前后])*?(1[0-2]|{_NTH})次"
)


class Peeled(NamedTuple):
    """A clause without its affixes.

    ``then`` is what follows completion, ``glued`` whether nothing parts it from the core (9月底前长期坚持). ``worded``: some
    word beside a label was taken off.
    """

    core: str
    then: DeadlineKind | None = None
    worded: bool = False
    glued: bool = False


def peeled(clause: str, names: Collection[str] = ()) -> Peeled:
    """The core of a clause; ``names`` are cores as they are (the plan's phases).

    >>> peeled("力争6月底前全面完成整改并长期坚持")
    Peeled(core='6月底前', then=<DeadlineKind.LONG_TERM: 'long_term'>, worded=True, glued=False)
    >>> peeled("6月底前完成80%").core
    '6月底前完成80%'
    """
    if clause in names and not open_kind(clause):  # a phase may be named 持续推进
        return Peeled(clause)
    label = None if _named(clause, names) else _LABEL.match(clause)
    said = bare = clause[label.end() :] if label else clause
    if kind := open_kind(bare):
        return Peeled("", kind)
    if is_state(bare):
        return Peeled("", worded=True)
    then, glued = None, False
    if (joint := _JOINT.search(bare)) and (then := open_kind(bare[joint.end() :])):
        bare, glued = bare[: joint.start()], joint["glued"] is not None
    if (lead := _LEAD.match(bare) or _deeds_before_date(bare)) and not _wordy(bare):
        bare = bare[lead.end() :]
        if kind := open_kind(bare):
            return Peeled("", kind)
    if _LASTING_DAYS.fullmatch(clause):
        bare += "内"
    named = _named(bare, names)
    if bare != named:
        bare = _ENDING.sub("", _without_tail(bare, len(named)))
    return Peeled(bare, then, bare != said, glued)


def _deeds_before_date(bare: str) -> re.Match[str] | None:
    """The known words before a date: 取得阶段性成效2021年底."""
    deeds = _BEFORE_DATE.match(bare)
    return deeds if deeds and not _KNOWN.sub("", deeds[0]) else None


def _named(clause: str, names: Collection[str]) -> str:
    """The name with which a clause begins; empty without one."""
    return next((name for name in names if clause.startswith(name)), "")


def _without_tail(bare: str, named: int) -> str:
    """The clause up to its tail, which begins after the first ``named`` characters."""
    if core := _wordy(bare):
        return core
    if bare.startswith(("每", "全年")) and (times := _TIMES.match(bare)) and not _carries(bare[times.end() :]):
        return _often(times[1].replace("全年", "每年"), times[2])
    tails = (found.start() for found in _TAIL.finditer(bare, named))
    start = next((start for start in tails if not _carries(bare[start:])), None)
    if start is None or open_kind(bare[:start]):
        return bare  # 长期坚持完成: neither the one nor the other
    return _at_once(bare[:start]) or bare[:start]


def _wordy(bare: str) -> str:
    """The core that a clause without dates stands for; empty for any other clause."""
    if core := _at_once(bare):
        return core
    if (soon := _SOON.match(bare)) and _DEEDS.fullmatch(bare, soon.end()):
        return "尽快"
    if _DEPENDING.fullmatch(bare):
        return "适时"
    if rhythm := _RHYTHM.fullmatch(bare):
        return _often("每" + (rhythm[1] or rhythm[3] or rhythm[4]), rhythm[2] or "1")
    if period := _EVERY.fullmatch(bare):
        return f"每{period[1]}"
    return ""


def lasts_until(clause: str) -> bool:
    """Whether a clause is 长期坚持 or the like up to a date: 长期坚持至2025年."""
    return _LASTING_UNTIL.match(clause) is not None


def is_state(clause: str) -> bool:
    """Whether a clause says how far the work is: 已完成, 正在整改, 整改中."""
    return _STATE.fullmatch(clause) is not None


def _at_once(bare: str) -> str:
    """立行立改 for a clause of that kind; empty for any other."""
    begun = _AT_ONCE.match(bare)
    return "立行立改" if begun and _DEEDS.fullmatch(bare, begun.end()) else ""


def _often(period: str, times: str) -> str:
    return period if times in ("一", "1") else f"{period}{times}次"


def _carries(tail: str) -> bool:
    """Whether a tail carries a date, a doubt or what follows completion, beside its known words (销号 has a 号)."""
    return bool(_KEPT.search(_KNOWN.sub("的", tail)) or _OPEN_END.search(tail))


def open_kind(clause: str) -> DeadlineKind | None:
    """长期坚持 or 持续推进, by any of their names; None for any other clause."""
    if _OPEN.fullmatch(clause) is None:
        return None
    return DeadlineKind.LONG_TERM if _LASTING.match(clause) else DeadlineKind.CONTINUOUS
