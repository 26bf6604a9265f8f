"""``report``: the cumulative report, from entries as corrected; its sections; issuing and comparing it."""

import json
import re
from datetime import date, datetime
from pathlib import Path

import pytest

from small_repo import DAYS, HEAD, PLAN, SHIPPED, UNITS, Ran, Runner, ledger_files, small_repo, write
from zhenggai.ledger import open_ledger
from zhenggai.model.entries import Done
from zhenggai.model.kinds import Kind
from zhenggai.reading.issued_reports import fault_of_record
from zhenggai.render import render
from zhenggai.views.rectification_report import rectification_report

LEDGER = """
04-10 县教育局 进展 1-1 进度=40 内容=初稿征求意见
04-12 县教育局 进展 1-1 进度=50 内容=二稿写成 #二稿
04-15 城关镇 进展 1-1 进度=20 内容=动员部署 存在问题=人手不足 下步打算=五月底前开会
04-17 县教育局 完成 1-2 内容=当即改正 制度成果=学习办法
04-18 县教育局 更正 针对=二稿 内容=二稿印发
05-06 县财政局 例行 2-2 期次=2020-04
06-03 县委督查局 约谈 1-1 单位=城关镇 对象=镇党委书记 依据=督办后仍逾期 人数=1
06-03 城关镇 经验 内容=小事先在网格里议
"""

WHOLE = """\
整改落实情况报告

　　2020年3月1日印发整改方案，数据截至2020年7月5日

　　一、反馈问题整改落实情况
　　（一）关于“学习不深入”问题
　　该问题正在推进，4件有期限任务已完成1件，逾期3件。超期完成1件。
　　一是制定办法（1-1）。县教育局4月10日初稿征求意见；4月12日二稿印发（进度50%）。城关镇4月15日动员部署（进度20%）。
　　二是立即改正（1-2）。县教育局4月17日完成整改，当即改正。
　　制度成果：县教育局《学习办法》（1-2）。
　　尚未完成3件：城关镇、河东乡、县教育局（1-1）应于2020年6月30日前完成，逾期5天。

　　（二）关于“制度不落实”问题
　　该问题长期坚持、例行办理，1件有期限任务尚未启动。例行工作已办1期，例行缺2期。
　　尚未完成1件：县财政局（2-3）2020年9月30日前完成。

　　二、整改成效
　　制度成果：县教育局《学习办法》（1-2）。
　　经验做法：城关镇：小事先在网格里议。

　　三、尚未完成的整改
　　尚未完成的任务4件，涉及2个问题：基本完成0件，正在推进2件，未启动2件；其中逾期3件。

措施    单位      责任人    状态      进度%  完成时限               未完成原因
------  --------  --------  ------  -------  ---------------------  ------------
1-1     城关镇    书记      整改中       20  2020-06-30（逾期5天）  人手不足
1-1     河东乡    书记      未启动           2020-06-30（逾期5天）
1-1     县教育局  书记      整改中       50  2020-06-30（逾期5天）
2-3     县财政局  书记      未启动           2020-09-30

　　另有长期坚持1件、例行1件，没有完成期限，继续推进。

　　四、问责情况
　　约谈1次（涉及1人）。
　　6月3日约谈城关镇镇党委书记（1-1，1人），依据督办后仍逾期。

　　五、下一步打算
　　城关镇（1-1）：五月底前开会。
　　应办的例行和评估，7天内1项，20天内1项。
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return small_repo(tmp_path, LEDGER)


def report(zhenggai: Runner, root: Path, *more: str, day: str = "2020-07-05") -> Ran:
    return zhenggai("report", "--as-of", day, *more, at=root)


def test_the_whole_report(zhenggai: Runner, root: Path) -> None:
    """The corrected text is told. 一是 runs through a problem, a measure each; recurring work is not 尚未启动."""
    ran = report(zhenggai, root, "--sections", "问题、成效、未完成、问责、下一步")
    assert ran == Ran(0, WHOLE, "")


def test_the_first_section_counts_all_levels_since_the_issue(zhenggai: Runner, root: Path) -> None:
    ran = report(zhenggai, root, "--sections", "总体")
    assert (
        "\n　　一、总体情况\n　　截至7月5日，2个问题中已完成0个、正在推进1个、未启动1个，完成率0.00%。\n"
        "　　5项措施、7件任务，任务已完成整改1件（其中销号0件），基本完成并持续整改0件，正在推进2件，未启动2件，"
        "总体完成率20.00%（以5件为分母，不含长期坚持1件、例行1件）；逾期3件。措施：" in ran.out
    )
    assert "印发以来约谈1次（涉及1人）；形成制度成果1项，总结经验1条。" in ran.out
    assert "二、" not in ran.out


def test_what_there_is_nothing_of_has_no_line(zhenggai: Runner, tmp_path: Path) -> None:
    """A report to superiors has no section of 约谈0次 and 没有登记制度成果."""
    root = small_repo(tmp_path, "04-10 县教育局 进展 1-1 内容=初稿")
    out = report(zhenggai, root, day="2020-04-20").out
    assert re.findall(r"[一二三四五六]、(.+)", out) == [
        "总体情况",
        "反馈问题整改落实情况",
        "尚未完成的整改",
        "下一步打算",
    ]
    assert "印发以来" not in out
    assert report(zhenggai, root, "--sections", "问责").out.endswith("　　所选的部分还没有内容。\n")


def test_late_completion_is_told(zhenggai: Runner, tmp_path: Path) -> None:
    root = small_repo(tmp_path, "".join(f"07-04 {unit} 完成 1-1 内容=印发\n" for unit in ("县教育局", "城关镇")))
    assert "该问题正在推进，4件有期限任务已完成2件，逾期2件。超期完成2件。\n" in report(zhenggai, root).out


def test_of_the_assessments_of_a_task_the_last_is_told(zhenggai: Runner, tmp_path: Path) -> None:
    lines = "".join(
        f"{day} 县财政局 长期评估 2-1 结论={said} 下次评估=2020-12-31\n"
        for day, said in (("04-10", "有效"), ("06-20", "基本有效"))
    )
    assert "坚持学习（2-1）：县财政局6月20日第2次评估：基本有效。" in report(zhenggai, small_repo(tmp_path, lines)).out


def test_a_day_before_the_issue_is_said_to_be_that(zhenggai: Runner, root: Path) -> None:
    out = report(zhenggai, root, "--sections", "未完成", day="2020-02-20").out
    assert "数据截至2020年2月20日，整改方案2020年3月1日才印发\n" in out


def test_a_problem_that_is_added_later_joins_its_heading(zhenggai: Runner, tmp_path: Path) -> None:
    problem = "- 编号: {}\n  方面: {}\n  内容: 问题{}\n"
    plan = HEAD + "".join(
        problem.format(n, aspect, n) for n, aspect in enumerate(("财政方面", "国企方面", "财政方面"), 1)
    )
    out = report(zhenggai, small_repo(tmp_path, plan=plan), "--sections", "问题").out
    assert re.findall("（.）.+|.*关于.+", out) == [
        "（一）财政方面",
        "　　1.关于“问题1”问题",
        "　　2.关于“问题3”问题",
        "（二）国企方面",
        "　　1.关于“问题2”问题",
    ]


def test_the_report_of_an_earlier_day_tells_nothing_later(zhenggai: Runner, root: Path) -> None:
    ran = report(zhenggai, root, "--部分", "问题，未完成", day="2020-04-11")
    assert "　　制定办法（1-1）：县教育局4月10日初稿征求意见（进度40%）。\n" in ran.out
    assert "二稿" not in ran.out


def test_a_plan_that_a_later_entry_does_not_repeat_is_not_told(zhenggai: Runner, tmp_path: Path) -> None:
    lines = "04-10 县教育局 进展 1-1 下步打算=四月定稿\n05-10 县教育局 进展 1-1 内容=定稿"
    assert "四月定稿" in report(zhenggai, small_repo(tmp_path, lines), "--sections", "下一步", day="2020-04-20").out
    assert "四月定稿" not in report(zhenggai, small_repo(tmp_path, lines), "--sections", "下一步").out


def test_filters_leave_a_part_and_say_so(zhenggai: Runner, root: Path) -> None:
    ran = report(zhenggai, root, "城关镇")
    assert "；只含所选的部分\n" in ran.out
    assert "城关镇4月15日动员部署" in ran.out
    assert "县教育局" not in ran.out


def test_an_unknown_section_is_named_with_those_there_are(zhenggai: Runner, root: Path) -> None:
    assert report(zhenggai, root, "--sections", "总体、附件") == Ran(
        2, "", "zhenggai：没有“附件”这一部分\n  可用：总体、问题、成效、未完成、问责、下一步\n"
    )


def test_the_data_hold_every_section(zhenggai: Runner, root: Path) -> None:
    record = json.loads(report(zhenggai, root, "--format", "json", "--sections", "总体").out)
    assert record["since"] == "2020-03-01"
    assert [(p["number"], p["state"], len(p["entries"])) for p in record["problems"]] == [
        (1, "该问题正在推进，4件有期限任务已完成1件，逾期3件。", 4),
        (2, "该问题长期坚持、例行办理，1件有期限任务尚未启动。", 0),
    ]
    assert [(u["measure"], u["unit"], u["reason"]) for u in record["unfinished"]] == [
        ("1-1", "城关镇", "人手不足"),
        ("1-1", "河东乡", ""),
        ("1-1", "县教育局", ""),
        ("2-3", "县财政局", ""),
    ]
    assert [(k["kind"], k["times"], k["people"]) for k in record["tallies"]["kinds"]] == [
        ("约谈", 1, 1),
        ("问责", 0, 0),
    ]


CHAIN = """04-10 县教育局 进展 1-2 进度=40 内容=开会
04-12 县教育局 完成 1-2 内容=改正 佐证=县教发〔2020〕3号
04-13 县教育局 申请销号 1-2 签批领导=王强 #申"""


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (CHAIN, "立即改正（1-2）：一是县教育局4月10日开会。二是县教育局4月12日完成整改，改正。"),
        (
            f"{CHAIN}\n04-14 县委办公室 初审 针对=申 结论=退回 原因=缺材料",
            "立即改正（1-2）：一是县教育局4月10日开会（进度40%）。二是县教育局4月12日完成整改，改正；4月14日初审退回。",
        ),
        (
            "04-10 县教育局 进展 1-1 内容=初稿\n04-11 城关镇 进展 1-1 内容=动员 进度=20\n04-12 县教育局 完成 1-1 内容=印发",
            "制定办法（1-1）：一是县教育局4月10日初稿；4月12日完成整改，印发。二是城关镇4月11日动员（进度20%）。",
        ),
        (
            "04-10 县教育局 完成 1-2 结论=经核查不存在 依据=函 内容=查了",
            "县教育局4月10日经核查不存在，查了（依据：函）。",
        ),
        ("07-02 县财政局 长期评估 2-1 结论=有效 下次评估=2020-12-01", "坚持学习（2-1）：县财政局7月2日评估：有效。"),
    ],
)
def test_one_measure_is_told_by_unit_or_by_entry(zhenggai: Runner, tmp_path: Path, lines: str, said: str) -> None:
    """The progress is told once and not of what is done; what was said to be done and is not says so."""
    assert f"{said}\n" in report(zhenggai, small_repo(tmp_path, lines), "--sections", "问题").out


CLOSED = f"""{CHAIN}
04-14 县委办公室 初审 针对=申 结论=通过 #初
04-15 县委组织部 复核 针对=初 结论=通过 #复
04-16 县委组织部 销号公示 针对=复 起=2020-04-16 止=2020-04-23 #示
04-24 县委组织部 销号 针对=示 措施摘要=1a2b #销
05-20 县委督查局 回头看 针对=销 结论=反弹 #看
05-21 县委督查局 重新整改 针对=看 原因=反弹 时限=2020-08-31
05-30 县教育局 进展 1-2 进度=80 内容=重来"""


def test_what_came_back_is_told_with_its_new_day(zhenggai: Runner, tmp_path: Path) -> None:
    out = report(zhenggai, small_repo(tmp_path, CLOSED), "--sections", "问题").out
    assert (
        "二是县教育局4月12日完成整改，改正；4月24日销号；5月20日回头看反弹；5月21日重新整改，2020年8月31日前完成。"
        "三是县教育局5月30日重来（进度80%）。\n" in out
    )


def test_what_others_did_before_is_told_under_their_names(zhenggai: Runner, tmp_path: Path) -> None:
    """A unit that was taken off the measure, since its money counts; a unit that another has taken over."""
    change = "阶段: [1, 2], 调整: [{日期: 2020-05-10, 依据: 纪要, 字段: 责任单位, 现: [各乡镇]}]"
    lines = "04-10 县教育局 进展 1-1 内容=初稿 下步打算=再改\n04-20 河东乡 进展 1-1 内容=动员\n"
    root = small_repo(
        tmp_path,
        lines,
        plan=PLAN.replace("阶段: [1, 2]", change),
        units=UNITS.replace("{名称: 河东乡, 类别: 乡镇}", "{名称: 河东乡, 类别: 乡镇, 止: 2020-05-20, 并入: 城关镇}"),
    )
    out = report(zhenggai, root, "--sections", "问题、下一步").out
    assert "一是县教育局4月10日初稿；此后不再承担。二是河东乡（现城关镇）4月20日动员。\n" in out
    assert "再改" not in out


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("", "该问题长期坚持、例行办理，尚无记录。例行缺3期。"),
        ("05-06 县财政局 例行 2-2 期次=2020-04", "该问题长期坚持、例行办理。例行工作已办1期，例行缺2期。"),
    ],
)
def test_a_problem_of_routine_work_only_is_not_said_to_wait(
    zhenggai: Runner, tmp_path: Path, lines: str, said: str
) -> None:
    root = small_repo(tmp_path, lines, plan=PLAN.partition("  - 编号: 2-3")[0])
    assert f"　　{said}\n" in report(zhenggai, root, "--sections", "问题").out


@pytest.mark.parametrize("day", DAYS)
def test_what_is_unfinished_and_told_adds_up(day: str) -> None:
    """Each open task is listed once, each entry under its own problem, on the shipped plan."""
    snapshot = open_ledger(SHIPPED, "jcdj-2020").snapshot(date.fromisoformat(day))
    made, counts = rectification_report(snapshot), snapshot.counts
    assert len(made.unfinished) == counts.not_started + counts.in_progress + counts.basically_done
    told = [t.event.number for problem in made.problems for t in problem.told]
    assert sorted(told) == sorted(
        e.number
        for task in (*snapshot.tasks, *snapshot.gone)
        if task.measure in snapshot.plan.measure_by_number
        for e in task.events
        if e.kind in (Kind.PROGRESS, Kind.BASICALLY_DONE, Kind.DONE, Kind.LONG_TERM_REVIEW)
    )
    text = render(made, "text")
    assert text.count("完成整改，") - text.count("基本完成整改，") == sum(
        isinstance(entry := snapshot.said(number), Done) and not entry.conclusion for number in told
    )


def test_targets_with_values_are_results(zhenggai: Runner, tmp_path: Path) -> None:
    target = "类别: 立行立改, 指标: {名称: 党课, 要求: ≥ 3 次}"
    root = small_repo(tmp_path, "04-10 县教育局 进展 1-2 指标值=4", plan=PLAN.replace("类别: 立行立改", target))
    out = report(zhenggai, root, "--sections", "成效").out
    assert "1-2 指标：县教育局：党课 ≥ 3 次：4次，已达到（2020年4月10日起）。\n" in out


def test_money_is_told_by_problem(zhenggai: Runner, tmp_path: Path) -> None:
    plan = PLAN.replace("内容: 学习不深入", "内容: 学习不深入\n  问题金额: 100万元")
    root = small_repo(tmp_path, "04-10 县教育局 进展 1-1 内容=收回 整改金额=30万元", plan=plan)
    out = report(zhenggai, root, "--sections", "总体、问题").out
    assert "问题金额100万元，已整改30万元，占30.00%，未整改70万元。" in out
    assert "制定办法（1-1）：县教育局4月10日收回（整改30万元）。" in out
    assert out.count("问题金额100万元，已整改30万元，占30.00%，未整改70万元。") == 2  # of all, and of problem 1


# issuing and comparing

ISSUED = "已印发整改落实情况报告第 1 期：ledgers/p/报告/整改落实情况报告第001期.txt\n"
TEXT = "ledgers/p/报告/整改落实情况报告第001期.txt"
DAY = datetime(2020, 7, 5, 9, 0)
LATER = datetime(2020, 7, 20, 9, 0)


def issue(zhenggai: Runner, root: Path, *more: str, now: datetime = DAY) -> Ran:
    return zhenggai("report", "--issue", *more, at=root, now=now)


def test_what_went_out_is_kept_and_shown_as_it_was(zhenggai: Runner, root: Path) -> None:
    before = zhenggai("report", at=root, now=DAY)
    assert issue(zhenggai, root) == Ran(0, before.out, ISSUED)
    assert (root / TEXT).read_bytes() == before.out.encode()
    assert json.loads((root / TEXT).with_suffix(".json").read_bytes())["kind"] == "report"
    write(root, ledger_files(f"{LEDGER}07-02/07-10 河东乡 进展 1-1 内容=补上动员"))
    shown = zhenggai("report", "1", at=root, now=LATER)
    assert (shown.code, shown.out) == (0, before.out)
    assert shown.err == (
        f"整改落实情况报告第 1 期已于 2020-07-05 印发，原文在 {TEXT}\n"
        "  以下是印发时的内容；印发后的变化见 --compare 1，重新计算用 zhenggai report --as-of 2020-07-05\n"
    )
    record = zhenggai("report", "--no", "1", "--format", "json", at=root, now=LATER)
    assert json.loads(record.out)["as_of"] == "2020-07-05"


def test_numbers_count_up_and_the_same_text_is_issued_once(zhenggai: Runner, root: Path) -> None:
    issue(zhenggai, root)
    assert issue(zhenggai, root) == Ran(
        2, "", f"zhenggai：和整改落实情况报告第 1 期一字不差，没有再印发\n  下一步：原文在 {TEXT}\n"
    )
    second = issue(zhenggai, root, "--sections", "总体、问题", now=LATER)
    assert second.err == ISSUED.replace("1 期", "2 期").replace("001", "002")


def test_what_changed_since_it_was_issued(zhenggai: Runner, root: Path) -> None:
    issue(zhenggai, root)
    assert "没有变化。" in zhenggai("report", "--compare", "1", at=root, now=LATER).out
    write(root, ledger_files(f"{LEDGER}07-02/07-10 河东乡 进展 1-1 内容=补上动员"))
    ran = zhenggai("report", "--compare", "1", "--format", "json", at=root, now=LATER)
    differences = json.loads(ran.out)["differences"]
    assert [(d["kind"], d["what"], d["old"], d["new"]) for d in differences] == [
        ("数字", "未启动", "2", "1"),
        ("数字", "整改中", "2", "3"),
        ("任务", "", "未启动", "整改中"),
        ("补录", "进展", "", "补上动员"),
    ]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--issue", "县教育局"], "印发和对照的都是全文，不能筛选\n  下一步：去掉 --unit、--problem 等筛选"),
        (["--issue", "--compare", "1"], "--issue、--no、--compare 只能用一个\n  下一步：只留一个"),
        (["--compare", "1", "--sections", "总体"], "印发过的照印发时的原样，不能只要几部分\n  下一步：去掉 --sections"),
        (["--compare", "1"], "整改落实情况报告第 1 期没有印发过\n  已印发：一期也没有"),
        (
            ["--issue", "--as-of", "2020-12-31"],
            "2020-12-31 还没有到，不能印发\n  下一步：用 --as-of 指明数据截至哪一天",
        ),
    ],
)
def test_what_cannot_be_issued_or_compared(zhenggai: Runner, root: Path, words: list[str], said: str) -> None:
    assert zhenggai("report", *words, at=root, now=DAY) == Ran(2, "", f"zhenggai：{said}\n")
    assert not (root / "ledgers/p/报告").exists()


def test_the_issued_report_passes_the_audit(zhenggai: Runner, root: Path) -> None:
    """Its record belongs to its name and its text."""
    issue(zhenggai, root)
    record = (root / TEXT).with_suffix(".json")
    assert fault_of_record(record.relative_to(root).as_posix(), record.read_bytes(), (root / TEXT).read_bytes()) == ""
