"""``adjust``: a change of the plan with its basis, appended to what was issued; or every reason against it, and nothing."""

from datetime import datetime
from pathlib import Path

import pytest

from small_repo import PLAN, Ran, Runner, small_repo, snapshot_in, tree
from terminal import BACKSPACE, spoken

LEDGER = """
04-10 县教育局 进展 1-1 进度=40 佐证=县教发〔2020〕1号
04-15 城关镇 进展 1-1
06-10 县教育局 完成 1-2
"""
BASIS = ("--basis", "县组发〔2020〕30号")
EDUCATION = ("--unit", "县教育局", "--writer", "办公室")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return small_repo(tmp_path / "repo", LEDGER)


def plan_text(root: Path) -> str:
    return (root / "plans/p.yaml").read_text("utf-8")


def test_a_new_deadline_is_appended_with_its_basis(zhenggai: Runner, root: Path) -> None:
    ran = zhenggai("adjust", "1-1", "时限", "2020年8月底前", *BASIS, "--date", "2020-06-20", at=root)
    added = "调整: [{日期: 2020-06-20, 登记日: 2020-07-01, 依据: 县组发〔2020〕30号, 字段: 时限, 原: 2020年6月底前, 现: 2020年8月底前}]"
    assert ran == Ran(
        0,
        "6月20日依据县组发〔2020〕30号，措施1-1的时限由“2020年6月底前”调整为“2020年8月底前”。\n写入 plans/p.yaml\n",
        f"""\
plans/p.yaml：
   15 -   - {{编号: 1-1, 内容: 制定办法, 类别: 限期整改, 时限: 2020年6月底前, 牵头单位: 县委办公室, 责任单位: [各乡镇, 县教育局], 责任人: 书记, 阶段: [1, 2]}}
   15 +   - {{编号: 1-1, 内容: 制定办法, 类别: 限期整改, 时限: 2020年6月底前, 牵头单位: 县委办公室, 责任单位: [各乡镇, 县教育局], 责任人: 书记, 阶段: [1, 2], {added}}}
1-1 城关镇 截止日 2020-06-30 → 2020-08-31
1-1 河东乡 截止日 2020-06-30 → 2020-08-31
1-1 县教育局 截止日 2020-06-30 → 2020-08-31
""",
    )
    assert plan_text(root) == PLAN.replace("阶段: [1, 2]}", f"阶段: [1, 2], {added}}}")
    assert "错误" not in zhenggai("check", at=root).out


def test_the_dates_that_come_and_go_are_named(zhenggai: Runner, root: Path) -> None:
    words = ("1-1", "时限", "2020年5月底前、6月底前、8月底前", *BASIS, "--date", "2020-06-20")
    lines = zhenggai("adjust", *words, at=root).err.splitlines()
    assert [line for line in lines if line.startswith("1-1 城关镇")] == [
        "1-1 城关镇 截止日 2020-06-30 → 2020-08-31",
        "1-1 城关镇 新增步骤 1-1-20200531 2020年5月底前，截止 2020-05-31（调整时已过，不跟踪）",
        "1-1 城关镇 新增步骤 1-1-20200630 6月底前，截止 2020-06-30",
    ]
    assert zhenggai("add", "1-1", "动", "--step", "1-1-20200630", *EDUCATION, at=root).code == 0
    lines = zhenggai("adjust", "1-1", "时限", "2020年9月底前", *BASIS, "--date", "2020-07-01", at=root).err.splitlines()
    assert "1-1 县教育局 不再有步骤 1-1-20200630 6月底前，截止 2020-06-30（已办结）" in lines
    assert "没有步骤" not in zhenggai("check", at=root).out


def test_earlier_days_keep_the_earlier_plan(zhenggai: Runner, root: Path) -> None:
    assert zhenggai("adjust", "1-1", "deadline", "2020年8月底前", *BASIS, "--date", "2020-06-20", at=root).code == 0
    due = [
        {t.head.due.isoformat() for t in snapshot_in(root, day).tasks if t.measure == "1-1" and t.head.due}
        for day in ("06-19", "06-20")
    ]
    assert due == [{"2020-06-30"}, {"2020-08-31"}]


def test_units_come_and_go_and_the_history_of_those_who_went_remains(zhenggai: Runner, root: Path) -> None:
    ran = zhenggai("调整", "1-1", "责任单位", "教育局，县财政局", "--依据", "会议纪要", at=root)
    assert ran.code == 0
    assert ran.out.splitlines()[0] == (
        "7月1日依据会议纪要，措施1-1的责任单位由“各乡镇、县教育局”调整为“县教育局、县财政局”。"
    )
    assert ran.err.splitlines()[3:] == [
        "新增任务：1-1 县财政局（未启动）",
        "不再有任务（此前的记录保留，--as-of 2020-06-30 仍可查）：1-1 城关镇（整改中）、1-1 河东乡（未启动）",
    ]
    assert [t.unit for t in snapshot_in(root, "06-30").tasks if t.measure == "1-1"] == ["城关镇", "河东乡", "县教育局"]
    assert [t.unit for t in snapshot_in(root, "07-01").tasks if t.measure == "1-1"] == ["县教育局", "县财政局"]


def test_a_task_that_was_done_for_another_text_is_named(zhenggai: Runner, root: Path) -> None:
    ran = zhenggai("adjust", "1-2", "内容", "立即改正，举一反三", *BASIS, at=root)
    assert ran.err.splitlines()[3:] == [
        "已办结而要求有变，请核实是否仍算办结：1-2 县教育局（已完成）",
        "自 2020-07-01 起，任务和截止日都不变",
    ]


def test_a_measure_is_given_up_and_another_takes_its_place(zhenggai: Runner, root: Path) -> None:
    ran = zhenggai("adjust", "2-3", "取消", *BASIS, "--merged-into", "2②", at=root)
    assert ran.out == "7月1日依据县组发〔2020〕30号，措施2-3“分步推进”取消，并入措施2-2。\n写入 plans/p.yaml\n"
    assert plan_text(root) == PLAN + (
        "    取消:\n      日期: 2020-07-01\n      登记日: 2020-07-01\n      依据: 县组发〔2020〕30号\n      并入: 2-2\n"
    )
    assert [[t.measure for t in snapshot_in(root, day).tasks].count("2-3") for day in ("06-30", "07-01")] == [1, 0]
    again = zhenggai("adjust", "2-3", "取消", *BASIS, at=root)
    assert again == Ran(2, "", "zhenggai：2-3 在 2020-07-01 自 2020-07-01 起已取消，没有写入\n")
    late = zhenggai("add", "2-3", "又推进一步", "--unit", "县财政局", "--writer", "科室", at=root)
    assert late == Ran(2, "", "zhenggai：措施 2-3 自 2020-07-01 起已取消，并入 2-2\n  下一步：记在 2-2 上\n")


def test_a_measure_is_added_under_the_next_number(zhenggai: Runner, root: Path) -> None:
    new = (
        "新增",
        "健全台账",
        "--units",
        "各乡镇",
        "--person",
        "书记",
        "--deadline",
        "2020年9月底前",
        "--category",
        "限期整改",
    )
    ran = zhenggai("adjust", "2-4", *new, "--lead", "县委办", "--phase", "1", *BASIS, "--since", "2020-06-15", at=root)
    assert (ran.code, ran.out) == (0, "6月15日依据县组发〔2020〕30号，新增措施2-4“健全台账”。\n写入 plans/p.yaml\n")
    assert plan_text(root) == PLAN + (
        "  - 编号: 2-4\n    内容: 健全台账\n    类别: 限期整改\n    时限: 2020年9月底前\n    牵头单位: [县委办公室]\n"
        "    责任单位: [各乡镇]\n    责任人: 书记\n    阶段: [1]\n    自: 2020-06-15\n    登记日: 2020-07-01\n"
        "    依据: 县组发〔2020〕30号\n"
    )
    assert [[t.measure for t in snapshot_in(root, day).tasks].count("2-4") for day in ("06-14", "06-15")] == [0, 2]
    assert snapshot_in(root, "06-20", known_by="2020-06-30").counts.measures == 5
    assert (
        zhenggai("adjust", "2-4", *new, *BASIS, at=root).err
        == "zhenggai：问题 2 的下一项措施应编为 2-5，不是 2-4，没有写入\n"
    )


def test_a_problem_is_added_and_then_its_measure(zhenggai: Runner, root: Path) -> None:
    ran = zhenggai("adjust", "3", "add", "党费收缴不规范", "--nature", "共性", *BASIS, at=root)
    assert ran.out.splitlines() == [
        "7月1日依据县组发〔2020〕30号，新增问题3“党费收缴不规范”。",
        "写入 plans/p.yaml",
        '下一步：zhenggai adjust 3-1 新增 "…" --units … 给它加上措施',
    ]
    assert (
        zhenggai(
            "adjust", "3-1", "add", "逐月公示", "--units", "县财政局", "--deadline", "9月底前", *BASIS, at=root
        ).code
        == 0
    )
    assert [f.number for f in snapshot_in(root, "07-01").plan.problems] == [1, 2, 3]
    assert (
        zhenggai("adjust", "3", "add", "又一个", *BASIS, at=root).err
        == "zhenggai：下一个问题应编为 4，不是 3，没有写入\n"
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("1-9", "时限", "9月底前"), "方案中没有措施“1-9”"),
        (("1-1", "时间", "9月底前"), "不能改“时间”\n  可以改：时限、"),
        (("1-1", "时限", "2020年6月底前"), "1-1 的时限本来就是“2020年6月底前”"),
        (("1-1", "责任单位", "教育局、城关"), "单位册里没有“城关”\n    最接近的有：城关镇"),
        (("1-1", "时限", "差不多的时候"), "时限「差不多的时候」不是认得的写法"),
        (("1-1", "时限", "长期坚持"), "类别“限期整改”与时限“长期坚持”矛盾"),
        (("1-1", "时限", "2020年9月底前", "--date", "2020-02-01"), "调整日期早于印发日期 2020-03-01"),
        (("1-1", "取消", "--merged-into", "7-7"), "1-1 并入的措施“7-7”不存在"),
        (("2-1", "下次评估", "九月初"), "“九月初”不是日期"),
        (("1-1", "责任单位", "、"), "责任单位不能改成空的"),
        (("9-1", "新增", "内容", "--units", "县教育局"), "没有问题 9"),
        (("2-4", "新增", "内容", "--units", "县教育局", "--category", "快办"), "没有类别“快办”"),
        (("2-4", "新增", "内容", "--units", "县教育局", "--phase", "一期"), "“一期”不是阶段的号"),
        (("2-4", "新增", "内容", "--units", "县教育局", "--phase", "7"), "没有阶段 7"),
        (("3", "新增", "内容", "--nature", "个别"), "没有性质“个别”"),
        (("1-1", "责任人", "书\udc80记"), "参数“书〈U+DC80〉记”不是 UTF-8，看不懂"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(
    zhenggai: Runner, root: Path, arguments: tuple[str, ...], said: str
) -> None:
    before = tree(root)
    ran = zhenggai("adjust", *arguments, *BASIS, at=root)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err
    assert tree(root) == before


def test_an_earlier_change_after_a_later_one_is_refused(zhenggai: Runner, root: Path) -> None:
    assert zhenggai("adjust", "1-1", "时限", "2020年8月底前", *BASIS, "--date", "2020-06-20", at=root).code == 0
    ran = zhenggai("adjust", "1-1", "时限", "2020年9月底前", *BASIS, "--date", "2020-06-10", at=root)
    assert ran.err == ("zhenggai：1-1 的时限在 2020-06-20 已有调整，没有写入\n  下一步：日期不要早于它（--date）\n")
    assert zhenggai("adjust", "1-1", "时限", "2020年9月底前", *BASIS, "--date", "2020-06-20", at=root).code == 0
    assert {t.task.schedule.words for t in snapshot_in(root).tasks if t.measure == "1-1"} == {"2020年9月底前"}


def test_all_that_is_missing_is_named_at_once(zhenggai: Runner, root: Path) -> None:
    ran = zhenggai("adjust", "1-1", "时限", at=root)
    assert ran == Ran(
        2,
        "",
        "zhenggai：还缺 2 项，没有写入\n  缺 依据：加 --basis 文号或会议纪要\n  缺 现：写在后面：改成什么；新增时是内容\n",
    )


def test_a_preview_writes_nothing(zhenggai: Runner, root: Path) -> None:
    before = tree(root)
    ran = zhenggai("adjust", "1-1", "责任人", "党委书记", *BASIS, "--预览", at=root)
    assert (ran.code, ran.out) == (0, "")
    assert "字段: 责任人, 原: 书记, 现: 党委书记" in ran.err
    assert tree(root) == before


def test_entries_that_no_longer_fit_are_named(zhenggai: Runner, tmp_path: Path) -> None:
    reviewed = (
        LEDGER
        + "06-11 县教育局 进展 1-2 佐证=甲〔2020〕1号\n06-12 县教育局 申请销号 1-2 签批领导=王强 #案\n06-15 县委办公室 初审 针对=案 结论=通过\n"
    )
    root = small_repo(tmp_path / "repo", reviewed)
    ran = zhenggai("adjust", "1-2", "牵头单位", "县财政局", *BASIS, "--date", "2020-06-13", at=root)
    assert (
        "注意：记录不再符合（ledgers/p/县委办公室/2020-06.办公室.aa.yaml:1）：“初审”应由初审单位（县财政局）记录"
        in ran.err
    )
    assert ran.code == 0


def test_a_problem_is_added_that_measures_of_others_answer(zhenggai: Runner, root: Path) -> None:
    levels = (
        "--aspects",
        "党的建设方面／组织生活",
        "--symptoms",
        "收缴不及时；公示不全",
        "--shared-measures",
        "1-1、2.1",
    )
    ran = zhenggai("adjust", "3", "add", "党费收缴不规范", *levels, *BASIS, at=root)
    assert (ran.code, ran.out) == (
        0,
        "7月1日依据县组发〔2020〕30号，新增问题3“党费收缴不规范”。\n写入 plans/p.yaml\n",
    )
    assert plan_text(root) == PLAN + (
        "- 编号: 3\n  方面: [党的建设方面, 组织生活]\n  内容: 党费收缴不规范\n  具体表现: [收缴不及时, 公示不全]\n"
        "  自: 2020-07-01\n  登记日: 2020-07-01\n  依据: 县组发〔2020〕30号\n  同措施: [1-1, 2-1]\n"
    )
    assert [len(snapshot_in(root, day).answering.get(3, ())) for day in ("06-30", "07-01")] == [0, 4]
    unknown = zhenggai("adjust", "4", "add", "又一个", "--同措施", "9-9", *BASIS, at=root)
    assert (unknown.code, unknown.err.splitlines()[0]) == (2, "zhenggai：方案中没有措施“9-9”")


def test_a_measure_that_another_problem_needs_is_not_cancelled_without_another(zhenggai: Runner, root: Path) -> None:
    zhenggai("adjust", "3", "add", "党费收缴不规范", "--同措施", "2-3", *BASIS, at=root)
    before = tree(root)
    ran = zhenggai("adjust", "2-3", "取消", *BASIS, at=root)
    assert "问题 3 的措施都已取消，没有并入别的措施" in ran.err
    assert (ran.code, tree(root)) == (2, before)
    assert zhenggai("adjust", "2-3", "取消", "--merged-into", "2-2", *BASIS, at=root).code == 0
    assert [task.measure for task in snapshot_in(root, "07-01").answering[3]] == ["2-2"]


def test_a_file_that_is_hard_to_edit_says_what_to_write_by_hand(zhenggai: Runner, tmp_path: Path) -> None:
    root = small_repo(tmp_path / "repo", plan=PLAN.replace("阶段: [1, 2]}", "阶段: [1, 2], 调整: }"))
    before = tree(root)
    ran = zhenggai("adjust", "1-1", "时限", "2020年8月底前", *BASIS, at=root)
    assert ran.code == 3
    assert "请手工在这一项（从第 15 行起）里加上：\n    调整: [{日期: 2020-07-01, " in ran.err
    assert tree(root) == before


ASKED = [
    ("哪项措施（如 3-2；新增问题写问题编号）", "1-1"),
    ("改什么", "时限"),
    ("从哪天起 [2020-07-01]", "6.20"),
    ("“6.20”不是日期", f"{BACKSPACE * 4}2020.6.20"),
    ("时限现为“2020年6月底前”，改为", "2020年8月底前"),
    ("依据（文号或会议纪要）", "会议纪要"),
]


def test_at_a_terminal_it_asks_and_shows_before_it_writes(home: Path, root: Path) -> None:
    ran = spoken(root, "adjust", answers=[*ASKED, ("这样写入？", "y")])
    assert ran.code == 0, ran.out
    assert "1-1 县教育局 截止日 2020-06-30 → 2020-08-31" in ran.out.partition("这样写入？")[0]
    assert "依据: 会议纪要, 字段: 时限, 原: 2020年6月底前, 现: 2020年8月底前" in plan_text(root)


def test_at_a_terminal_a_new_measure_is_asked_for_field_by_field(home: Path, root: Path) -> None:
    open_fields = [(f"{label}，不填则空", "") for label in ("牵头单位", "责任人", "类别", "频次", "阶段")]
    open_fields.insert(3, ("时限，不填则空", "2020年9月底前"))
    answers = [
        ("哪项措施", "2-4"),
        ("内容", "健全台账"),
        ("从哪天起", ""),
        ("责任单位", "县财政局"),
    ]
    last = [("依据（文号或会议纪要）", "会议纪要"), ("这样写入？", "y")]
    ran = spoken(root, "adjust", answers=[*answers, *open_fields, *last])
    assert ran.code == 0, ran.out
    assert plan_text(root) == PLAN + (
        "  - 编号: 2-4\n    内容: 健全台账\n    时限: 2020年9月底前\n    责任单位: [县财政局]\n"
        "    自: 2020-07-01\n    登记日: 2020-07-01\n    依据: 会议纪要\n"
    )


def test_at_a_terminal_a_no_writes_nothing(home: Path, root: Path) -> None:
    before = tree(root)
    ran = spoken(root, "adjust", "1-1", "时限", "2020年8月底前", *BASIS, answers=[("这样写入？", "n")])
    assert (ran.code, ran.out.splitlines()[-1].strip()) == (2, "zhenggai：已取消，什么也没有改动")
    assert tree(root) == before
    assert spoken(root, "adjust", "1-1", "时限", "2020年8月底前", *BASIS, "--yes", answers=[]).code == 0


def test_a_day_to_come_changes_nothing_until_then(zhenggai: Runner, root: Path) -> None:
    at = datetime(2020, 5, 1, 9, 0)
    ran = zhenggai("adjust", "1-1", "时限", "2020年8月底前", *BASIS, "--date", "2020-06-01", at=root, now=at)
    assert "1-1 县教育局 截止日 2020-06-30 → 2020-08-31" in ran.err
    assert {t.head.due.isoformat() for t in snapshot_in(root, "05-31").tasks if t.measure == "1-1" and t.head.due} == {
        "2020-06-30"
    }
