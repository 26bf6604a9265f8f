"""Random ledgers that mix plausible stories and nonsense. Each entry is a line (see ``building``), so failures are readable."""

from datetime import date, timedelta

from hypothesis import strategies as st

from building import HEAD, UNITS, book_of
from building import day as d
from zhenggai.model.book import Book

PLAN = (
    HEAD.replace("问题:\n", "期初: 2020-05-10\n问题:\n")
    + """
- 编号: 1
  内容: 学习不深入
  措施:
  - {编号: 1-1, 内容: 甲, 时限: 2020年6月底前, 牵头单位: 县财政局, 责任单位: [县教育局, 各乡镇], 问题金额: 120.5万元, 步骤: [{编号: 1-1-1, 内容: 子, 时限: 5月底前}, {编号: 1-1-2, 内容: 公示, 频次: 每月}], 调整: [{日期: 2020-05-15, 登记日: 2020-06-10, 依据: 纪要, 字段: 牵头单位, 现: 县档案馆}]}
  - {编号: 1-2, 内容: 乙, 类别: 立行立改, 牵头单位: 县财政局, 责任单位: 县教育局, 问题金额: 560元}
  - {编号: 1-3, 内容: 丙, 类别: 长期坚持, 责任单位: [县直各单位]}
  - {编号: 1-4, 内容: 庚, 时限: 2020年5月底前，并长期坚持, 责任单位: 县教育局}
  - {编号: 1-5, 内容: 辛, 类别: 立行立改, 时限: 立行立改，持续推进, 责任单位: 县教育局}
- 编号: 2
  内容: 落实不到位
  时限: 2020年5月底前
  措施:
  - {编号: 2-1, 内容: 丁, 类别: 例行, 时限: 每月, 责任单位: 县教育局}
  - {编号: 2-2, 内容: 戊, 自: 2020-05-01, 责任单位: 县教育局, 牵头单位: 县教育局}
  - {编号: 2-3, 内容: 己, 取消: {日期: 2020-06-01, 依据: 纪要, 并入: 1-2}, 责任单位: 县教育局}
  - {编号: 2-4, 内容: 壬, 时限: 届时再看, 责任单位: 县教育局}
  - {编号: 2-5, 内容: 癸, 类别: 持续推进, 责任单位: 县教育局}
  - {编号: 2-6, 内容: 子, 时限: 5月底前、7月底前, 责任单位: 县教育局}
"""
)
MERGED = UNITS.replace("{名称: 河东乡, 类别: 乡镇}", "{名称: 河东乡, 类别: 乡镇, 止: 2020-05-20, 并入: 城关镇}")

FIRST, LAST = d("04-01"), d("07-31")
CHAIN = (
    "认领 #{n}a",
    "进展 进度=60 步骤=1-1-1 佐证=县组发〔2020〕1号 整改金额=3.25万元 #{n}b",
    "完成 整改金额=0.1元 挽回损失=2亿元 #{n}c",
    "申请销号 签批领导=王强 #{n}d",
    "县财政局 初审 针对={n}d 结论=通过 #{n}e",
    "县委督查局 现场核查 单位={unit} 措施={measure} 核查人=督查科 地点=现场 佐证=县组发〔2020〕1号",
    "县委组织部 复核 针对={n}d 结论=通过 #{n}f",
    "县委组织部 销号公示 针对={n}d 起=2020-05-01 止=2020-05-07",
    "县委组织部 销号 针对={n}d 措施摘要=1a2b #{n}g",
    "县委组织部 备案 针对={n}g 备案机关=市办 备案号=1",
    "县委督查局 回头看 针对={n}g 结论=反弹 #{n}h",
    "县委督查局 重新整改 针对={n}h 原因=返工 时限=2020-09-30",
    "进展 进度=20 佐证=县组发〔2020〕2号",
    "完成 结论=经核查不存在 依据=审计报告",
)
EXTENSION = ("进展 进度=10", "申请延期 至=2020-08-31 原因=疫情 #{n}a", "县委组织部 同意延期 针对={n}a 至=2020-08-15")
LONG_TERM = (
    "进展 进度=10",
    "转长期 阶段目标=建成 下次评估=2020-07-01 #{n}a",
    "县委组织部 同意延期 针对={n}a 至=2020-07-01",
    "长期评估 结论=保持 下次评估=2020-10-01",
)
DUTIES = ("例行 期次=2020-04 #{n}a", "例行 期次=2020-05 #{n}b", "更正 针对={n}b 期次=2020-06", "例行 期次=2020-Q2")
RETURNED = (*CHAIN[1:4], "县财政局 初审 针对={n}d 结论=退回 原因=缺 #{n}e", "县财政局 更正 针对={n}e 结论=通过")
STEPS = (
    "进展 进度=10",
    "申请延期 步骤=1-1-1 至=2020-06-20 原因=疫情 #{n}a",
    "县委组织部 同意延期 针对={n}a 至=2020-06-20",
    "例行 步骤=1-1-2 期次=2020-04",
    "进展 步骤=1-1-1",
)
FOLLOWED = (
    "进展 进度=10",
    "完成",
    "长期评估 结论=保持 下次评估=2020-07-20",
    "县委督查局 督查 单位=县教育局 方式=暗访 结论=不实",
)
STORIES = (CHAIN, EXTENSION, LONG_TERM, DUTIES, RETURNED, STEPS, FOLLOWED)
NOISE = (
    "进展 进度=30 #{n}x",
    "进展 整改金额=1,200.5 追缴=7元 #{n}x",
    "基本完成 整改金额=70.07万元",
    "完成 #{n}x",
    "更正 针对={r} 作废=是",
    "更正 针对={r} 进度=5",
    "更正 针对={r} 整改金额=1.75万元",
    "更正 针对={r} 结论=退回",
    "县财政局 进展 单位=县教育局 代录=是",
    "县委督查局 督查 单位=县教育局 方式=暗访 结论=不实 #{n}x",
    "县委督查局 督查 单位=城关镇 方式=暗访 结论=属实",
    "县委督查局 约谈 单位=县教育局 对象=负责人 依据=规则 #{n}x",
    "县委组织部 重新整改 针对={r} 原因=返工 时限=2020-09-30",
    "县委组织部 不同意延期 针对={r}",
    "县委组织部 复核 针对={r} 结论=退回 原因=缺",
    "县财政局 初审 针对={r} 结论=通过",
    "县档案馆 初审 针对={r} 结论=通过",
    "回复 针对={r}",
    "县档案馆 经验",
    "县委组织部 换届 党组织=机关支部 事由=请示",
)
AHEAD = (
    "进展 进度=90 #{n}v",
    "完成 #{n}v",
    "县委督查局 督办 单位={unit} 对象=单位 依据=规则 措施={measure} #{n}v",
    "县委督查局 约谈 单位={unit} 对象=负责人 依据=规则 措施= #{n}v",
    "县委组织部 换届 党组织=机关支部 事由=请示 #{n}v",
)
AFTERWARDS = ("更正 针对={n}v 作废=是", "更正 针对={n}v 作废=是", "更正 针对={n}v 内容=改", "回复 针对={n}v")
TASKS = (("1-1", "县教育局"), ("1-1", "河东乡"), ("1-2", "县教育局"), ("1-3", "县财政局"), ("1-4", "县教育局"), ("1-5", "县教育局"), ("2-1", "县教育局"), ("2-2", "县教育局"), ("2-4", "县教育局"), ("2-6", "县教育局"))  # fmt: skip
REFERENCES = st.sampled_from([f"{story}{letter}" for story in range(3) for letter in "abcdefghvx"])
DAYS = st.integers(0, (LAST - FIRST).days).map(lambda n: FIRST + timedelta(days=n))


def _line(draw: st.DrawFn, happened: date, words: str, task: tuple[str, str], name: int) -> tuple[date, str]:
    measure, unit = task
    recorded = happened + timedelta(days=draw(st.sampled_from((0, 0, 0, 1, 9, 40))))
    file = draw(st.sampled_from(("甲", "乙")))
    text = words.format(n=name, r=draw(REFERENCES), unit=unit, measure=measure)
    if not text.startswith(("县", unit)):
        text = f"{unit} {text}"
    if "针对=" not in text and "措施=" not in text:
        text += f" {measure}"
    if draw(st.integers(0, 5)) == 5:
        text += " 录自=台账.xlsx:台账!B8"
    return happened, f"{happened}/{recorded}|{file} {text}"


def _ahead(draw: st.DrawFn, name: int) -> list[tuple[date, str]]:
    """Entries of a computer whose clock is ahead (in date and number, or in the number only), and later entries about them."""
    words, task, today = draw(st.sampled_from(AHEAD)), draw(st.sampled_from(TASKS)), draw(DAYS)
    wrong = today + timedelta(days=draw(st.sampled_from((3, 40, 366))))
    _, line = _line(draw, draw(st.sampled_from((today, wrong))), words, task, name)
    days, _, text = line.partition("|")
    lines = [(today, f"{days.partition('/')[0]}/{wrong}|{text}")]
    recorder = text.split(" ")[1]
    afterwards = [f"{recorder} {said}" for said in draw(st.lists(st.sampled_from(AFTERWARDS), max_size=2))]
    return lines + [_line(draw, draw(DAYS), words, task, name) for words in afterwards]


@st.composite
def histories(draw: st.DrawFn) -> str:
    """A ledger: a few stories of tasks, each cut off somewhere, and nonsense in between, in order of days."""
    lines: list[tuple[date, str]] = []
    for name in range(draw(st.integers(1, 3))):
        task, story = draw(st.sampled_from(TASKS)), draw(st.sampled_from(STORIES))
        happened = draw(DAYS)
        for words in story[: draw(st.integers(1, len(story)))]:
            lines.append(_line(draw, happened, words, task, name))
            happened += timedelta(days=draw(st.sampled_from((0, 1, 3, 8))))
    for _ in range(draw(st.integers(0, 8))):
        words, task = draw(st.sampled_from(NOISE)), draw(st.sampled_from(TASKS))
        lines.append(_line(draw, draw(DAYS), words, task, draw(st.integers(0, 2))))
    for name in range(draw(st.integers(0, 2))):
        lines += _ahead(draw, name)
    lines.sort(key=lambda line: line[0])
    return "\n".join(text for _, text in lines)


SHARED = ("1-1", "1-2", "1-3", "1-4", "2-1", "2-2", "2-3", "2-4", "2-6")


OWED = ("2020年4月10日前", "2020年4月底前", "2020年7月底前", "印发后2个月内", "适时")


@st.composite
def plans(draw: st.DrawFn) -> str:
    """``PLAN`` with 报送, headings above its problems, measures that they share, and a problem that has no other ones."""

    def lines(own: str, least: int) -> str:
        others = [number for number in SHARED if not number.startswith(own)]
        shared = draw(st.lists(st.sampled_from(others), min_size=least, max_size=3, unique=True))
        aspects = draw(st.sampled_from(("", "  方面: 党建\n", "  方面: [党建, 学习]\n", "  方面: [廉政, 学习]\n")))
        return aspects + (f"  同措施: [{', '.join(shared)}]\n" if shared else "")

    owed = (
        f"{{名称: {n}, 时限: {words}}}" for n, words in enumerate(draw(st.lists(st.sampled_from(OWED), max_size=3)))
    )
    plan = PLAN.replace("问题:\n", f"报送: [{', '.join(owed)}]\n问题:\n", 1)
    for number in "12":
        head = f"- 编号: {number}\n"
        plan = plan.replace(head, head + lines(f"{number}-", 0))
    return f"{plan}- 编号: 3\n  内容: 没有自己的措施\n{lines('3-', 1)}"


def book_from(history: str, plan: str = PLAN) -> Book:
    """The book of a random history."""
    return book_of(history, plan, MERGED)
