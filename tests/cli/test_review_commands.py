"""``review``, ``publicise``, ``close``, ``reopen``: from the application to 销号 and back, one task or by the dozen."""

import re
from datetime import datetime
from pathlib import Path

import pytest

from small_repo import PLAN, Ran, Runner, changed_files, day, number_of, small_repo, snapshot_in, tree, write
from terminal import BACKSPACE, spoken
from zhenggai.rules.day.digest import measure_digest
from zhenggai.rules.day.snapshot import Snapshot, SnapshotTask

APPLIED = """
06-01 县教育局 进展 1-1 佐证=县教发〔2020〕3号
06-10 县教育局 完成 1-1
06-11 县教育局 申请销号 1-1 签批领导=局长 #教
06-01 城关镇 进展 1-1 佐证=城党〔2020〕3号
06-10 城关镇 完成 1-1
06-12 城关镇 申请销号 1-1 签批领导=书记 #城
06-02 河东乡 进展 1-1
"""
REVIEWED = APPLIED + "06-15 县委办公室 初审 针对=教 结论=通过 #教初\n06-15 县委办公室 初审 针对=城 结论=通过 #城初\n"
PASSED = REVIEWED + "06-16 县委组织部 复核 针对=教初 结论=通过 #教复\n06-20 县委组织部 复核 针对=城初 结论=通过 #城复\n"
PUBLICISED = (
    PASSED
    + "06-17 县委组织部 销号公示 针对=教复 起=2020-06-17 止=2020-06-23 #教公\n"
    + "06-25 县委组织部 销号公示 针对=城复 起=2020-06-25 止=2020-07-01 #城公\n"
)
CLOSED = PUBLICISED + "06-24 县委组织部 销号 针对=教公 措施摘要=1a2b3c4d #销\n"
LATER = datetime(2020, 7, 2, 9, 30)
OFFICE = ("--by", "县委办公室", "--writer", "综合科")
ORGANISERS = ("--by", "组织部", "--writer", "党建办")
INSPECTORS = ("--by", "县委督查局", "--writer", "督查科")

pytestmark = pytest.mark.usefixtures("chance")


def repo(path: Path, ledger: str, plan: str = PLAN) -> Path:
    """A repo whose clone has drawn its two characters."""
    return write(small_repo(path, ledger, plan=plan), {".zhenggai/clone": "k3"})


def named(ledger: str, name: str) -> str:
    """The number of the entry that the lines call by a name."""
    lines = enumerate(filter(None, ledger.splitlines()), 1)
    return next(number_of(n, day(line.split()[0])) for n, line in lines if line.endswith(f"#{name}"))


def refused(text: str) -> Ran:
    return Ran(2, "", f"zhenggai：{text}\n")


def task_of(snapshot: Snapshot, unit: str) -> SnapshotTask:
    (found,) = snapshot.where(lambda t: (t.measure, t.given) == ("1-1", unit))
    return found


# --- review


@pytest.mark.parametrize(
    "words", [("1-1", "通过"), ("pass", "1-1"), ("通过", "1.1"), ("1", "pass", "--stage", "初审")], ids=" ".join
)
def test_a_first_review_names_the_application(zhenggai: Runner, tmp_path: Path, words: tuple[str, ...]) -> None:
    root = repo(tmp_path, APPLIED)
    before = tree(root)
    ran = zhenggai("review", *words, "--unit", "教育局", *OFFICE, "--content", "材料齐全", at=root)
    assert ran == Ran(
        0,
        """\
已记录 20200701-cnan0007
1-1 县教育局：初审通过，绿灯（已完成）（原 申请销号）
写入 ledgers/p/县委办公室/2020-07.综合科.k3.yaml
""",
        "",
    )
    assert changed_files(before, root) == {
        "ledgers/p/县委办公室/2020-07.综合科.k3.yaml": f"""\
- 编号: 20200701-cnan0007
  日期: 2020-07-01
  措施: 1-1
  单位: 县教育局
  事项: 初审
  针对: {named(APPLIED, "教")}
  结论: 通过
  申请摘要: "87fc960dc69848ef"
  内容: 材料齐全
  填报人: 综合科
"""
    }


def test_a_second_review_names_the_first(zhenggai: Runner, tmp_path: Path) -> None:
    root = repo(tmp_path, REVIEWED)
    before = tree(root)
    ran = zhenggai("审核", "退回", "1-1", "--原因", "佐证不全", "--单位", "城关镇", *ORGANISERS, at=root)
    assert ran.out.splitlines()[1] == "1-1 城关镇：整改中，红灯（逾期 1 天）（原 初审通过）"
    assert changed_files(before, root) == {
        "ledgers/p/县委组织部/2020-07.党建办.k3.yaml": f"""\
- 编号: 20200701-cnan0007
  日期: 2020-07-01
  措施: 1-1
  单位: 城关镇
  事项: 复核
  针对: {named(REVIEWED, "城初")}
  结论: 退回
  原因: 佐证不全
  申请摘要: "72f8f43c80fcb7bd"
  填报人: 党建办
"""
    }


PREVIEW = """\
初审通过 2 件：
  1-1 城关镇：申请销号 → 初审通过
  1-1 县教育局：申请销号 → 初审通过
"""


def test_several_are_shown_and_written_only_when_that_is_assured(zhenggai: Runner, tmp_path: Path) -> None:
    root = repo(tmp_path, APPLIED)
    before = tree(root)
    ran = zhenggai("review", "pass", *OFFICE, at=root)
    told = "共 2 件，没有写入\n  下一步：核对以上各件后加 --yes 写入，或用筛选缩小范围"
    assert ran == Ran(2, "", f"{PREVIEW}zhenggai：{told}\n")
    ran = zhenggai("review", "pass", "--dry-run", *OFFICE, at=root)
    assert ran == Ran(0, "", f"{PREVIEW}只是预览，没有写入\n")
    assert tree(root) == before
    ran = zhenggai("review", "pass", "--yes", *OFFICE, at=root)
    assert (ran.code, ran.err) == (0, PREVIEW)
    (text,) = changed_files(before, root).values()
    assert re.findall(r"  (?:单位|针对): (\S+)", text) == [
        "城关镇",
        named(APPLIED, "城"),
        "县教育局",
        named(APPLIED, "教"),
    ]
    numbers = re.findall(r"编号: (\S+)", text)
    assert numbers == sorted(set(numbers))


def test_a_dry_run_of_one_shows_it_too(zhenggai: Runner, tmp_path: Path) -> None:
    root = repo(tmp_path, APPLIED)
    before = tree(root)
    ran = zhenggai("review", "1-1", "通过", "--unit", "教育局", "--dry-run", *OFFICE, at=root)
    assert ran == Ran(0, "", "初审通过 1 件：\n  1-1 县教育局：申请销号 → 初审通过\n只是预览，没有写入\n")
    assert tree(root) == before


@pytest.mark.parametrize(
    ("filters", "units"),
    [
        (("--unit", "各乡镇"), ["城关镇"]),
        (("--unit", "县教育局"), ["县教育局"]),
        (("--problem", "1"), ["城关镇", "县教育局"]),
        (("--problem", "1-1", "--phase", "2"), ["城关镇", "县教育局"]),
        (("1", "--unit", "城关镇"), ["城关镇"]),
    ],
    ids=str,
)
def test_filters_choose(zhenggai: Runner, tmp_path: Path, filters: tuple[str, ...], units: list[str]) -> None:
    root = repo(tmp_path, APPLIED)
    before = tree(root)
    assert zhenggai("review", "通过", *filters, "--yes", *OFFICE, at=root).code == 0
    (text,) = changed_files(before, root).values()
    assert re.findall("单位: (.*)", text) == units


def test_others_are_left_out_of_a_batch_and_told_who_reviews_them(zhenggai: Runner, tmp_path: Path) -> None:
    root = repo(tmp_path, APPLIED + "06-13 县委办公室 初审 针对=城 结论=通过")
    ran = zhenggai("review", "pass", "--dry-run", *OFFICE, at=root)
    assert ran.err == "初审通过 1 件：\n  1-1 县教育局：申请销号 → 初审通过\n只是预览，没有写入\n"
    assert zhenggai("review", "pass", *INSPECTORS, at=root) == refused(
        "没有等县委督查局审核的任务，没有写入\n"
        "  1-1 城关镇：初审通过，由县委组织部复核\n"
        "  1-1 县教育局：申请销号，由县委办公室初审"
    )


def test_one_that_was_named_is_refused_with_the_reason(zhenggai: Runner, tmp_path: Path) -> None:
    root = repo(tmp_path, APPLIED)
    before = tree(root)
    one = ("review", "1-1", "pass", "--unit")
    assert zhenggai(*one, "县教育局", *ORGANISERS, at=root) == refused(
        "没有写入：\n  1-1 县教育局：“初审”应由初审单位（县委办公室）记录\n    由有权单位在自己的文件夹中记录"
    )
    assert zhenggai(*one, "县教育局", "--stage", "复核", *ORGANISERS, at=root) == refused(
        "没有写入：\n  1-1 县教育局：任务申请销号，不能记“复核”\n    此事项只能在 初审通过 时记录"
    )
    assert zhenggai(*one, "县教育局", "--by", "县教育局", "--writer", "办公室", at=root) == refused(
        "没有写入：\n  1-1 县教育局：“初审”应由初审单位（县委办公室）记录\n"
        "    自己的任务须回避，由有权单位在自己的文件夹中记录"
    )
    assert zhenggai(*one, "河东乡", *OFFICE, at=root) == refused(
        "没有写入：\n  1-1 河东乡：任务整改中，没有待审核的销号申请"
    )
    assert tree(root) == before


def test_a_review_by_the_wrong_hand_is_a_problem_at_its_line_and_counts_for_nothing(
    zhenggai: Runner, tmp_path: Path
) -> None:
    wrong = "06-15 县财政局 初审 针对=教 结论=通过\n06-15 县教育局 初审 针对=教 结论=通过\n"
    root = repo(tmp_path, APPLIED + wrong)
    what = "状态: “初审”应由初审单位（县委办公室）记录 — "
    ran = zhenggai("check", at=root)
    assert ran.code == 1
    assert f"ledgers/p/县财政局/2020-06.办公室.aa.yaml:1: {what}由有权单位在自己的文件夹中记录\n" in ran.out
    assert (
        f"ledgers/p/县教育局/2020-06.办公室.aa.yaml:21: {what}自己的任务须回避，由有权单位在自己的文件夹中记录\n"
        in ran.out
    )
    ran = zhenggai("review", "1-1", "pass", "--unit", "县教育局", *OFFICE, at=root)
    assert ran.out.splitlines()[1].endswith("（原 申请销号）")


def test_a_unit_that_reviews_both_ways_says_which(zhenggai: Runner, tmp_path: Path) -> None:
    """县委督查局 does the 初审 here, and by 回避 the 复核 of what 县委组织部 itself is responsible for."""
    plan = PLAN.replace("初审: 牵头单位, 复核: 县委组织部", "初审: 县委督查局, 复核: 县委组织部").replace(
        "回避: [县委督查局]", "回避: [县委督查局, 县委办公室]"
    )
    own = """
    06-01 县委组织部 进展 3-1 佐证=县组发〔2020〕3号
    06-10 县委组织部 完成 3-1
    06-11 县委组织部 申请销号 3-1 签批领导=部长 #组
    """
    plan += """\
- 编号: 3
  内容: 带头不够
  措施:
  - {编号: 3-1, 内容: 带头整改, 类别: 限期整改, 时限: 2020年6月底前, 牵头单位: 县委办公室, 责任单位: 县委组织部, 责任人: 部长, 阶段: [1]}
"""
    ledger = APPLIED + own + "06-12 县委办公室 初审 针对=组 结论=通过"
    root = repo(tmp_path, ledger, plan)
    assert zhenggai("review", "pass", *INSPECTORS, at=root) == refused(
        "等县委督查局办的有初审 2 件、复核 1 件，没有写入\n  下一步：加 --stage 初审 或 --stage 复核，分开审核"
    )
    ran = zhenggai("review", "pass", "--stage", "second", *INSPECTORS, at=root)
    assert ran.out.splitlines()[1] == "3-1 县委组织部：复核通过，绿灯（已完成）（原 初审通过）"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("1-1",), "还缺 1 项，没有写入\n  缺 结论：写 通过 或 退回"),
        (("1-1", "退回"), "还缺 1 项，没有写入\n  缺 原因：加 --reason 文字"),
        (("1-1", "好"), "看不懂“好”，没有写入\n  可写：措施（3-2）或问题（3），通过 或 退回"),
        (
            ("1-1", "1-2", "通过"),
            "只写一个措施（或问题）和一个结论，没有写入\n  下一步：分几次审核，或用 --problem、--unit 筛选",
        ),
        (("通过", "--reason", "好"), "通过不用写原因，没有写入\n  下一步：意见写在 --content 里"),
        (("通过", "--to", "2020-08-01"), "--to 只用于同意延期，没有写入\n  下一步：加 --extension 同意，或去掉 --to"),
        (
            ("通过", "--extension", "同意"),
            "答复延期时不写 通过、退回 和 --stage，没有写入\n  下一步：去掉它们，或去掉 --extension",
        ),
        (("--extension", "不同意"), "还缺 1 项，没有写入\n  缺 原因：加 --reason 文字"),
        (("--extension", "grant", "--reason", "好"), "同意延期不用写原因，没有写入\n  下一步：意见写在 --content 里"),
        (("--extension", "refuse", "--to", "2020-08-01"), "不同意延期时不写 --to，没有写入\n  下一步：去掉 --to"),
        (
            ("通过", "--stage", "三审"),
            "“三审”不在可用的词里：初审、first、复核、second\n  用法见：zhenggai review --help",
        ),
        (("通过", "--date", "2020-07-02"), "没有写入：\n  日期 2020-07-02 还没到（今天 2020-07-01）"),
    ],
    ids=str,
)
def test_what_cannot_be_meant_is_refused(
    zhenggai: Runner, tmp_path: Path, arguments: tuple[str, ...], said: str
) -> None:
    root = repo(tmp_path, APPLIED)
    before = tree(root)
    assert zhenggai("review", *arguments, "--unit", "县教育局", *OFFICE, at=root) == refused(said)
    assert tree(root) == before


# --- review --extension

ASKED = """
06-01 县教育局 进展 1-1
06-20 县教育局 申请延期 1-1 至=2020-08-31 原因=疫情 #延
06-01 城关镇 进展 1-1
06-21 城关镇 转长期 1-1 阶段目标=建成机制 下次评估=2020-12-31 #转
"""


def test_a_grant_names_the_date_that_was_asked_for(zhenggai: Runner, tmp_path: Path) -> None:
    root = repo(tmp_path, ASKED)
    before = tree(root)
    ran = zhenggai("review", "--extension", "同意", "--yes", *ORGANISERS, at=root)
    assert ran == Ran(
        0,
        """\
已记录 20200701-cnan0007
1-1 城关镇：长期坚持，蓝灯（下次评估 2020-12-31）（原 整改中）
下次评估 2020-12-31
已记录 20200701-cnan0008
1-1 县教育局：整改中，绿灯（按序时推进）
截止 2020-08-31（原 2020-06-30）
写入 ledgers/p/县委组织部/2020-07.党建办.k3.yaml
""",
        """\
同意延期 2 件：
  1-1 城关镇：整改中 → 长期坚持，下次评估 2020-12-31
  1-1 县教育局：整改中，截止 2020-08-31（原 2020-06-30）
""",
    )
    (text,) = changed_files(before, root).values()
    assert re.findall("(?:事项|针对|至): (.*)", text) == [
        "同意延期",
        named(ASKED, "转"),
        "2020-12-31",
        "同意延期",
        named(ASKED, "延"),
        "2020-08-31",
    ]


def test_another_date_may_be_granted_and_one_that_grants_nothing_may_not(zhenggai: Runner, tmp_path: Path) -> None:
    root = repo(tmp_path, ASKED)
    one = ("review", "1-1", "--unit", "县教育局", "--extension", "grant", *ORGANISERS)
    assert zhenggai(*one, "--to", "2020-06-30", at=root) == refused(
        "没有写入：\n  1-1 县教育局：延至 2020-06-30 已经到了，或不晚于现时限 2020-06-30，用 --to 另定日期"
    )
    long_term = ("review", "1-1", "--unit", "城关镇", "--extension", "grant", *ORGANISERS)
    assert zhenggai(*long_term, "--to", "2020-07-01", at=root) == refused(
        "没有写入：\n  1-1 城关镇：下次评估 2020-07-01 已经到了，用 --to 另定日期"
    )
    assert zhenggai(*one, "--to", "2020-07-31", at=root).out.splitlines()[2] == "截止 2020-07-31（原 2020-06-30）"
    assert zhenggai(*one, at=root) == refused("没有写入：\n  1-1 县教育局：没有待答复的延期或转长期申请")


def test_a_refusal_has_its_reason(zhenggai: Runner, tmp_path: Path) -> None:
    root = repo(tmp_path, ASKED)
    before = tree(root)
    ran = zhenggai(
        "review", "1-1", "--unit", "县教育局", "--extension", "不同意", "--reason", "理由不足", *ORGANISERS, at=root
    )
    assert ran.out.splitlines()[1] == "1-1 县教育局：整改中，红灯（逾期 1 天）"
    (text,) = changed_files(before, root).values()
    assert text.partition("  事项")[2] == (
        f": 不同意延期\n  针对: {named(ASKED, '延')}\n  原因: 理由不足\n  填报人: 党建办\n"
    )


def test_only_the_reviewing_unit_answers(zhenggai: Runner, tmp_path: Path) -> None:
    root = repo(tmp_path, ASKED)
    assert zhenggai("review", "--extension", "同意", *OFFICE, at=root) == refused(
        "没有等县委办公室答复延期的任务，没有写入\n"
        "  1-1 城关镇：整改中，由县委组织部同意延期\n"
        "  1-1 县教育局：整改中，由县委组织部同意延期"
    )


# --- publicise


def test_a_notice_runs_seven_days_from_today(zhenggai: Runner, tmp_path: Path) -> None:
    root = repo(tmp_path, PASSED)
    before = tree(root)
    ran = zhenggai("publicise", "1-1", "--unit", "县教育局", *ORGANISERS, at=root)
    assert ran == Ran(
        0,
        """\
已记录 20200701-cnan0007
1-1 县教育局：公示中，绿灯（已完成）（原 复核通过）
公示至 2020-07-07
写入 ledgers/p/县委组织部/2020-07.党建办.k3.yaml
""",
        "",
    )
    assert changed_files(before, root) == {
        "ledgers/p/县委组织部/2020-07.党建办.k3.yaml": f"""\
- 编号: 20200701-cnan0007
  日期: 2020-07-01
  措施: 1-1
  单位: 县教育局
  事项: 销号公示
  针对: {named(PASSED, "教复")}
  起: 2020-07-01
  止: 2020-07-07
  填报人: 党建办
"""
    }


@pytest.mark.parametrize(
    ("dates", "said"),
    [
        (("--end", "2020-07-06"), "公示 2020-07-01 至 2020-07-06 只有 6 天，方案规定 7 天：至少到 2020-07-07"),
        (("--end", "2020-06-06"), "公示 2020-07-01 至 2020-06-06 只有 0 天，方案规定 7 天：至少到 2020-07-07"),
        (("--start", "2020-06-10"), "公示自 2020-06-10 起，早于复核通过的 2020-06-16"),
    ],
    ids=str,
)
def test_a_notice_that_is_too_short_or_too_early_is_refused(
    zhenggai: Runner, tmp_path: Path, dates: tuple[str, ...], said: str
) -> None:
    root = repo(tmp_path, PASSED)
    ran = zhenggai("公示", "1-1", "--unit", "县教育局", *dates, *ORGANISERS, at=root)
    assert ran == refused(f"没有写入：\n  1-1 县教育局：{said}")


def test_a_plan_may_want_less_notice_or_none(zhenggai: Runner, tmp_path: Path) -> None:
    three = repo(tmp_path / "three", PASSED, PLAN.replace("复核: 县委组织部", "复核: 县委组织部, 公示天数: 3"))
    ran = zhenggai("publicise", "--start", "2020-06-29", "--yes", *ORGANISERS, at=three)
    assert ran.err.splitlines()[1:] == [
        f"  1-1 {unit}：复核通过 → 公示中，公示至 2020-07-01" for unit in ("城关镇", "县教育局")
    ]
    none = repo(tmp_path / "none", PASSED, PLAN.replace("复核: 县委组织部", "复核: 县委组织部, 公示天数: 0"))
    one = ("publicise", "1-1", "--unit", "县教育局", *ORGANISERS)
    assert zhenggai(*one, at=none) == refused(
        "没有写入：\n  1-1 县教育局：方案不要求公示，可直接销号；确要公示的，用 --end 写明公示到哪一天"
    )
    assert zhenggai(*one, "--end", "2020-07-01", at=none).out.splitlines()[2] == "公示至 2020-07-01"
    assert zhenggai("close", "1-1", "--unit", "城关镇", *ORGANISERS, at=none, now=LATER).code == 0


# --- close


def test_a_close_out_has_the_digest_of_what_was_closed(zhenggai: Runner, tmp_path: Path) -> None:
    root = repo(tmp_path, PUBLICISED)
    before = tree(root)
    ran = zhenggai("close", "1-1", "--unit", "县教育局", *ORGANISERS, at=root)
    assert ran == Ran(
        0,
        """\
已记录 20200701-cnan0007
1-1 县教育局：已销号，绿灯（已完成）（原 公示中）
写入 ledgers/p/县委组织部/2020-07.党建办.k3.yaml
""",
        "",
    )
    digest = measure_digest(task_of(snapshot_in(root), "县教育局").task)
    written = changed_files(before, root)["ledgers/p/县委组织部/2020-07.党建办.k3.yaml"]
    assert re.sub('"', "", written).partition("  事项")[2] == (
        f": 销号\n  针对: {named(PUBLICISED, '教公')}\n  措施摘要: {digest}\n  填报人: 党建办\n"
    )
    assert "销号存疑" not in zhenggai("check", at=root).out


def test_nothing_is_closed_before_its_notice_has_run_out(zhenggai: Runner, tmp_path: Path) -> None:
    root = repo(tmp_path, PUBLICISED)
    early = "1-1 城关镇：公示到 2020-07-01 才满，不能销号\n    公示期满次日起再销号"
    assert zhenggai("close", "1-1", "--unit", "城关镇", *ORGANISERS, at=root) == refused(f"没有写入：\n  {early}")
    ran = zhenggai("销号", "--yes", *ORGANISERS, at=root)
    assert (ran.code, ran.err) == (0, f"销号 1 件：\n  1-1 县教育局：公示中 → 已销号\n不在其列 1 件：\n  {early}\n")
    ran = zhenggai("销号", "--yes", *ORGANISERS, at=root, now=LATER)
    assert ran.out.splitlines()[1] == "1-1 城关镇：已销号，绿灯（已完成）（原 公示中）"


def test_nothing_is_closed_without_notice_or_application(zhenggai: Runner, tmp_path: Path) -> None:
    root = repo(tmp_path, PASSED)
    one = ("close", "1-1", "--unit")
    assert zhenggai(*one, "县教育局", *ORGANISERS, at=root) == refused(
        "没有写入：\n  1-1 县教育局：尚未公示，不能销号\n    先记“销号公示”"
    )
    assert zhenggai(*one, "河东乡", *ORGANISERS, at=root) == refused(
        "没有写入：\n  1-1 河东乡：任务整改中，没有待销号的申请"
    )
    assert zhenggai("publicise", "1-1", "--unit", "河东乡", *ORGANISERS, at=root) == refused(
        "没有写入：\n  1-1 河东乡：任务整改中，没有待公示的销号申请"
    )
    assert zhenggai("close", *ORGANISERS, at=root) == refused("没有等县委组织部销号的任务，没有写入")


# --- reopen

RELAPSED = CLOSED + "06-28 县委督查局 回头看 针对=销 结论=反弹 #反\n"


def test_a_relapse_is_reopened_by_its_date(zhenggai: Runner, tmp_path: Path) -> None:
    root = repo(tmp_path, RELAPSED)
    before = tree(root)
    ran = zhenggai("reopen", "--reason", "又犯了", "--deadline", "2020-12-20", *INSPECTORS, at=root)
    assert ran == Ran(
        0,
        """\
已记录 20200701-cnan0007
1-1 县教育局：整改中，绿灯（按序时推进）
截止 2020-12-20（原 2020-06-30）
写入 ledgers/p/县委督查局/2020-07.督查科.k3.yaml
""",
        "",
    )
    assert changed_files(before, root) == {
        "ledgers/p/县委督查局/2020-07.督查科.k3.yaml": f"""\
- 编号: 20200701-cnan0007
  日期: 2020-07-01
  措施: 1-1
  单位: 县教育局
  事项: 重新整改
  针对: {named(RELAPSED, "反")}
  原因: 又犯了
  时限: 2020-12-20
  填报人: 督查科
"""
    }
    task = task_of(snapshot_in(root), "县教育局")
    assert (task.head.round, task.head.relapses, task.head.first_due) == (2, 1, day("06-30"))
    again = zhenggai("reopen", "--reason", "又犯了", "--deadline", "2020-12-20", *INSPECTORS, at=root)
    assert again == refused("没有等县委督查局重新整改的任务，没有写入")


def test_what_is_closed_is_reopened_for_what_is_named(zhenggai: Runner, tmp_path: Path) -> None:
    root = repo(tmp_path, CLOSED)
    one = ("reopen", "1-1", "--unit", "县教育局", "--reason", "返工", "--deadline", "2020-12-20", *ORGANISERS)
    assert zhenggai(*one, at=root) == refused(
        "没有写入：\n  1-1 县教育局：没有督查、回头看的记录可以针对，用 --basis 写明针对哪条记录"
    )
    others = named(CLOSED, "城公")
    assert zhenggai(*one, "--basis", others, at=root) == refused(
        f"没有写入：\n  1-1 县教育局：{others} 不是这件任务的记录，或没有计入"
    )
    ran = zhenggai(*one, "--针对", "0014", at=root)
    assert ran.out.splitlines()[1:3] == [
        "1-1 县教育局：整改中，绿灯（按序时推进）（原 已销号）",
        "截止 2020-12-20（原 2020-06-30）",
    ]
    task = task_of(snapshot_in(root), "县教育局")
    assert (task.head.round, task.head.case) == (2, ())


@pytest.mark.parametrize(
    ("ledger", "arguments", "said"),
    [
        (RELAPSED, ("--deadline", "2020-07-01"), "没有写入：\n  1-1 县教育局：时限 2020-07-01 不晚于重新整改的 2020-07-01"),
        (APPLIED.partition("06-10")[0], ("--deadline", "2020-12-20"), "没有写入：\n  1-1 县教育局：任务整改中，还没有完成，无需重新整改"),
        (RELAPSED, (), "还缺 1 项，没有写入\n  缺 时限：加 --deadline 日期"),
        (RELAPSED, ("--deadline", "2020-12-20", "--basis", "zzzz"), "没有编号以“zzzz”结尾的记录\n  下一步：写编号的末尾 4 个以上字符；编号用 zhenggai show 3-2 查看"),
    ],
    ids=["too early", "open", "no date", "no such entry"],
)  # fmt: skip
def test_what_cannot_be_reopened_is_refused(
    zhenggai: Runner, tmp_path: Path, ledger: str, arguments: tuple[str, ...], said: str
) -> None:
    root = repo(tmp_path, ledger)
    before = tree(root)
    ran = zhenggai("reopen", "1-1", "--unit", "县教育局", "--reason", "返工", *arguments, *INSPECTORS, at=root)
    assert ran == refused(said)
    assert tree(root) == before


def test_a_unit_that_oversees_nothing_reopens_nothing(zhenggai: Runner, tmp_path: Path) -> None:
    root = repo(tmp_path, RELAPSED)
    wish = ("reopen", "--reason", "返工", "--deadline", "2020-12-20")
    assert zhenggai(*wish, *OFFICE, at=root) == refused(
        "没有等县委办公室重新整改的任务，没有写入\n  1-1 县教育局：整改中，由县委组织部、县委督查局重新整改"
    )


# --- at a terminal


def test_at_a_terminal_the_verdict_is_asked_for_and_a_batch_confirmed(tmp_path: Path, home: Path) -> None:
    root = repo(tmp_path, APPLIED)
    before = tree(root)
    answers = [("结论", "也许"), ("没有“也许”，从上面选一个", f"{BACKSPACE * 2}退回"), ("退回的原因", "佐证不全")]
    ran = spoken(root, "review", *OFFICE, answers=[*answers, ("写入这 2 条？", "n")])
    assert (ran.code, tree(root)) == (2, before)
    ran = spoken(root, "review", *OFFICE, answers=[*answers, ("写入这 2 条？", "y")])
    assert ran.code == 0, ran.out
    assert ran.out.startswith("审核 2 件：\n  1-1 城关镇：申请销号\n  1-1 县教育局：申请销号\n结论：")
    assert "  1-1 城关镇：申请销号 → 整改中\n  1-1 县教育局：申请销号 → 整改中\n" in ran.out
    (text,) = changed_files(before, root).values()
    assert re.findall("(?:事项|结论|原因): (.*)", text) == ["初审", "退回", "佐证不全"] * 2


def test_at_a_terminal_a_reopening_asks_for_reason_and_date(tmp_path: Path, home: Path) -> None:
    root = repo(tmp_path, RELAPSED)
    answers = [
        ("为什么重新整改", "又犯了"),
        ("新一轮整改到哪一天", "年底"),
        ("“年底”不是日期", f"{BACKSPACE * 2}2020.12.20"),
        ("写入？", ""),
    ]
    ran = spoken(root, "reopen", "1-1", "--unit", "县教育局", *INSPECTORS, answers=answers)
    assert ran.code == 0, ran.out
    assert "截止 2020-12-20（原 2020-06-30）\n" in ran.out
