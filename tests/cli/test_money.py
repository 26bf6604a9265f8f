"""Money at the command line: recorded with its unit, summed up wherever a superior asks for it."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from small_repo import Ran, Runner, changed_files, small_repo, tree, write
from terminal import spoken

PLAN = """\
编号: p
标题: 试
年度: 2021
印发日期: 2021-01-01
审核: {初审: 牵头单位, 复核: 县委组织部, 回避: [县委督查局]}
督办单位: 县委督查局
阶段:
- {编号: 1, 名称: 集中整改, 时限: 2021年1月至12月}
问题:
- 编号: 1
  内容: 问题一
  措施:
  - {编号: 1-1, 内容: 修1-1, 类别: 限期整改, 时限: 2021年6月底前, 牵头单位: [县委办公室], 责任单位: [甲局, 乙局, 丙镇], 责任人: 科长, 问题金额: 7703.87万元, 阶段: [1]}
  - {编号: 1-2, 内容: 修1-2, 类别: 限期整改, 时限: 2021年6月底前, 牵头单位: [县委办公室], 责任单位: 甲局, 责任人: 科长, 阶段: [1]}
"""
UNITS = """\
单位: [县委组织部, 县委督查局, 县委办公室, 甲局, 乙局, 丙镇]
"""
LEDGER = "2021-03-01 甲局 进展 1-1 进度=45 整改金额=3400.25万元 内容=上缴一部分 #甲"
WHOLE = "问题金额7703.87万元，已整改3400.25万元，占44.14%，未整改4303.62万元"
UNKNOWN = "（有的问题金额和别的任务合在一起，分不开，不算占比）"
NOW = datetime(2021, 3, 7, 9, 30)
ME = ("--unit", "乙局", "--writer", "文书")

pytestmark = pytest.mark.usefixtures("chance")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write(small_repo(tmp_path / "repo", LEDGER, plan=PLAN, units=UNITS), {".zhenggai/clone": "k3"})


def asked(zhenggai: Runner, root: Path, *words: str) -> str:
    ran = zhenggai(*words, at=root, now=NOW)
    assert (ran.code, ran.err) == (0, ""), ran
    return ran.out


def in_json(zhenggai: Runner, root: Path, *words: str) -> Any:
    return json.loads(asked(zhenggai, root, *words, "--format", "json"))


@pytest.mark.parametrize(
    ("command", "sentence"),
    [
        ("status", f"　　{WHOLE}。\n"),
        ("board", f"　　{WHOLE}。\n"),
        ("week", f"　　{WHOLE}；本周整改3400.25万元。\n"),
        ("month", f"　　{WHOLE}；本月整改3400.25万元。\n"),
        ("phase", f"　　本阶段推进的任务，{WHOLE}；本阶段整改3400.25万元。\n"),
        ("show 1-1", f"　　金额：{WHOLE}\n"),
        ("show 1", f"　　金额：{WHOLE}\n"),
        ("show 甲局", f"　　金额：已整改3400.25万元{UNKNOWN}\n"),
        ("show 1-1 甲局", f"　　金额：已整改3400.25万元{UNKNOWN}\n"),
    ],
)
def test_every_report_has_the_sums(zhenggai: Runner, root: Path, command: str, sentence: str) -> None:
    assert sentence in asked(zhenggai, root, *command.split())


def test_the_board_says_how_far_the_phase_is_before_the_tables_of_money(zhenggai: Runner, root: Path) -> None:
    out = asked(zhenggai, root, "board")
    assert out.index("阶段1 集中整改") < out.index("金额（万元）")


def test_the_weekly_report_says_what_each_entry_adds(zhenggai: Runner, root: Path) -> None:
    asked(zhenggai, root, "add", "1-1", "又缴", "--amount", "560元", "--recovered", "0.5", *ME)
    report = asked(zhenggai, root, "week")
    assert "一是甲局上缴一部分（1-1，进度45%，整改3400.25万元）。" in report
    assert "二是乙局又缴（1-1，整改560元，追缴0.5万元）。" in report


def test_a_week_without_money_says_so(zhenggai: Runner, root: Path) -> None:
    nothing = "问题金额7703.87万元，已整改0万元，占0.00%，未整改7703.87万元；本周没有新增。"
    assert f"　　{nothing}\n" in asked(zhenggai, root, "week", "--as-of", "2021-02-28")


def test_status_has_tables_by_problem_and_by_unit(zhenggai: Runner, root: Path) -> None:
    asked(zhenggai, root, "add", "1-1", "上缴第二批", "--amount", "0.5", "--recovered", "560元", *ME)
    assert asked(zhenggai, root, "status").partition("金额（万元）\n")[2] == (
        """\
号    问题      问题金额    已整改    占比    未整改    追缴
----  ------  ----------  --------  ------  --------  ------
1     问题一     7703.87   3400.75  44.14%   4303.12   0.056
----  ------  ----------  --------  ------  --------  ------
      合计       7703.87   3400.75  44.14%   4303.12   0.056

各单位完成的金额（万元）
单位      已整改    追缴
------  --------  ------
甲局     3400.25       0
乙局         0.5   0.056
------  --------  ------
合计     3400.75   0.056
"""
    )


def test_a_ledger_has_columns_of_money_where_there_is_any(zhenggai: Runner, root: Path) -> None:
    asked(zhenggai, root, "add", "1-1", "上缴第二批", "--amount", "9000元", *ME)
    rows = asked(zhenggai, root, "list", "--format", "csv").removeprefix("\ufeff").splitlines()
    assert [len(row.split(",")) for row in rows] == [31] * 5
    assert "问题金额（元）,整改金额（元）,追缴（元）,挽回损失（元）" in rows[0]
    table = asked(zhenggai, root, "list", "--columns", "单位、整改金额（元）", "--sort", "整改金额（元）", "--down")
    assert [line.split() for line in table.splitlines()[4:8]] == [
        ["单位", "整改金额（元）"],
        ["------", "----------------"],
        ["甲局", "34002500"],
        ["乙局", "9000"],
    ]
    assert in_json(zhenggai, root, "list")["tasks"][0]["rectified"] == "34002500"
    bare = asked(zhenggai, root, "list", "--columns", "单位、整改金额", "--sort", "整改金额", "--down")
    assert bare == table


def test_json_has_the_sums_in_yuan(zhenggai: Runner, root: Path) -> None:
    sums = {
        "amount": "77038700",
        "rectified": "34002500",
        "rectified_rate": 44.14,
        "remaining": "43036200",
        "recovered": "0",
        "loss_avoided": "0",
        "beside": "0",
        "excess": "0",
        "undivided": False,
    }
    of_unit = sums | {"amount": None, "rectified_rate": None, "remaining": None, "undivided": True}
    found = in_json(zhenggai, root, "status")["money"]
    assert {key: found[key] for key in sums} == sums
    assert found["problems"] == [{"number": 1, "title": "问题一"} | sums]
    assert found["measures"] == [
        {"measure": "1-1", "content": "修1-1"} | sums,
        {"measure": "1-2", "content": "修1-2"} | of_unit | {"rectified": "0", "undivided": False},
    ]
    assert found["units"] == [{"unit": "甲局"} | of_unit]
    assert in_json(zhenggai, root, "show", "1-1")["money"] == sums
    assert in_json(zhenggai, root, "show", "甲局")["money"] == of_unit
    done = {"rectified": "34002500", "recovered": "0", "loss_avoided": "0"}
    for command in ("week", "month", "phase"):
        report = in_json(zhenggai, root, command)
        assert report["money"] == found
        assert report["money_in_period"] == done
    assert in_json(zhenggai, root, "week")["entries"][0]["rectified"] == "3400.25万元"


def test_a_plan_without_money_has_none_in_its_reports(zhenggai: Runner, tmp_path: Path) -> None:
    root = small_repo(
        tmp_path, "2021-03-01 甲局 进展 1-1", plan=PLAN.replace("问题金额: 7703.87万元, ", ""), units=UNITS
    )
    for command in ("status", "board", "week", "month", "phase", "show 1-1", "show 1", "show 甲局"):
        assert "金额" not in asked(zhenggai, root, *command.split())
        assert not {"money", "money_in_period"} & in_json(zhenggai, root, *command.split()).keys()


@pytest.mark.parametrize(
    ("command", "written", "told"),
    [
        ("add 1-1 又缴 --amount 1,200.5万元", "整改金额: 1200.5万元", "累计整改1200.5万元"),
        ("add 1-1 又缴 --amount １２００．５", "整改金额: 1200.5万元", "累计整改1200.5万元"),
        ("进展 1-1 又缴 --整改金额 560元 --追缴 3", "整改金额: 560元\n  追缴: 3万元", "累计整改0.056万元、追缴3万元"),
        ("done 1-1 全部上缴 --amount 4303.62 --loss-avoided 1亿", "整改金额: 4303.62万元\n  挽回损失: 1亿元", "累计整改4303.62万元、挽回损失10000万元"),
    ],
)  # fmt: skip
def test_an_amount_is_written_with_its_unit(
    zhenggai: Runner, root: Path, command: str, written: str, told: str
) -> None:
    before = tree(root)
    said = asked(zhenggai, root, *command.split(), *ME)
    assert f"  {written}\n" in "".join(changed_files(before, root).values())
    assert f"\n{told}\n" in said
    assert zhenggai("check", at=root, now=NOW).code == 0


def test_a_bare_number_needs_an_amount_in_the_plan(zhenggai: Runner, root: Path) -> None:
    before = tree(root)
    ran = zhenggai("add", "1-2", "又缴", "--amount", "1,200.5", "--unit", "甲局", "--writer", "文书", at=root, now=NOW)
    assert ran == Ran(
        2,
        "",
        "zhenggai：没有写入：\n"
        "  整改金额“1200.5”没有写单位，方案也没有写问题金额\n"
        "    写成 1200.5万元、1200.5元 的样子\n",
    )
    assert tree(root) == before


def test_less_is_recorded_by_a_correction_only(zhenggai: Runner, root: Path) -> None:
    ran = zhenggai("add", "1-1", "退回", "--amount", "-5万元", *ME, at=root, now=NOW)
    assert ran.code == 2
    assert "金额“-5万元”不能是负数，只写这一次新增的；以前记多了的，用 zhenggai correct 更正那一条" in ran.err
    said = asked(zhenggai, root, "correct", "00000001", "整改金额=3000", "--unit", "甲局", "--writer", "文书")
    assert "累计整改3000万元\n" in said
    assert "  整改金额：3400.25万元 → 3000万元\n" in said
    assert "已整改3000万元，占38.94%" in asked(zhenggai, root, "status")
    asked(zhenggai, root, "correct", "00000001", "整改金额=0", "--unit", "甲局", "--writer", "文书")
    assert "已整改0万元，占0.00%，未整改7703.87万元。" in asked(zhenggai, root, "status")


@pytest.mark.parametrize("change", ["整改金额=-1", "整改金额="])
def test_a_correction_that_takes_an_amount_away_says_how(zhenggai: Runner, root: Path, change: str) -> None:
    ran = zhenggai("correct", "00000001", change, "--unit", "甲局", "--writer", "文书", at=root, now=NOW)
    assert (ran.code, ran.err.splitlines()[-1]) == (2, "  下一步：写改正以后的数；这一笔整个不算的，写 整改金额=0")


def test_at_a_terminal_the_amount_is_asked_for_where_the_plan_has_one(tmp_path: Path, home: Path) -> None:
    plan = PLAN.replace("2021", "2020")
    root = write(small_repo(tmp_path, plan=plan, units=UNITS), {".zhenggai/clone": "k3"})
    before = tree(root)
    question = "整改金额（这次新增的，单位万元，不填则没有）"
    answers = [
        ("进度（0 到 100，不填则不变）", ""),
        (question, "三百"),
        ("“三百”不是金额", "\x15１，２００．５"),
        ("写入？", ""),
    ]
    ran = spoken(root, "add", "1-1", "又缴", *ME, answers=answers)
    assert ran.code == 0, ran.out
    assert "  整改金额: 1200.5万元\n" in "".join(changed_files(before, root).values())
    assert (
        spoken(root, "add", "1-1", "又缴", "-p", "50", *ME, answers=[]).code == 0
    )  # a whole command is not asked about


def test_what_is_added_to_a_plan_may_have_an_amount(zhenggai: Runner, root: Path) -> None:
    how = ("--basis", "纪要", "--yes", "--问题金额", "1,200.5 万元")
    measure = ("新增", "追回补贴", "--units", "丙镇", "--person", "镇长", "--deadline", "2021年9月底前")
    assert zhenggai("adjust", "1-3", *measure, *how, at=root, now=NOW).code == 0
    assert zhenggai("adjust", "2", "新增", "资金闲置", "--同措施", "1-1", *how, at=root, now=NOW).code == 0
    assert (root / "plans/p.yaml").read_text("utf-8").count("问题金额: 1200.5万元") == 2
    assert "问题金额10104.87万元" in asked(zhenggai, root, "status")


def test_the_amount_of_a_measure_is_adjusted(zhenggai: Runner, root: Path) -> None:
    ran = zhenggai("adjust", "1-1", "问题金额", "8,000", "--basis", "复核", at=root, now=NOW)
    assert ran.code == 2
    assert "“8,000”没有写单位，写成 8000万元、8000元 的样子" in ran.err
    assert zhenggai("adjust", "1-1", "问题金额", "8,000万元", "--basis", "复核", "--yes", at=root, now=NOW).code == 0
    assert "问题金额8000万元，已整改3400.25万元" in asked(zhenggai, root, "status")
    assert WHOLE in asked(zhenggai, root, "status", "--as-of", "2021-03-06")


def test_the_amount_of_a_problem_is_adjusted_as_that_of_a_measure_is(zhenggai: Runner, tmp_path: Path) -> None:
    plan = PLAN.replace("  内容: 问题一\n", "  内容: 问题一\n  问题金额: 7703.87万元\n").replace(
        "问题金额: 7703.87万元, 阶段", "阶段"
    )
    root = write(small_repo(tmp_path / "repo", LEDGER, plan=plan, units=UNITS), {".zhenggai/clone": "k3"})
    how = ("--basis", "复核", "--yes")
    ran = zhenggai("adjust", "1", "问题金额", "8,000万元", *how, at=root, now=NOW)
    assert ran.code == 0, ran.err
    assert "3月7日依据复核，问题1的问题金额由“7703.87万元”调整为“8000万元”。\n" in ran.out
    assert "问题金额8000万元，已整改3400.25万元" in asked(zhenggai, root, "status")
    assert WHOLE in asked(zhenggai, root, "status", "--as-of", "2021-03-06")
    assert WHOLE in asked(zhenggai, root, "status", "--as-of", "2021-03-08", "--known-by", "2021-03-06")
    assert "调整：2021-03-07 问题金额改为8000万元（复核）" in asked(zhenggai, root, "show", "1")
    assert "问题1的问题金额由“7703.87万元”调整为“8000万元”" in asked(zhenggai, root, "week")
    assert "问题金额" not in zhenggai("check", at=root, now=NOW).out
    ran = zhenggai("adjust", "1", "问题金额", "8000万元", *how, at=root, now=NOW)
    assert (ran.code, ran.err) == (2, "zhenggai：问题 1 的问题金额本来就是“8000万元”，没有写入\n")
    ran = zhenggai("adjust", "问题1", "时限", "2021年8月底前", *how, at=root, now=NOW)
    assert ran.code == 2
    assert ran.err == "zhenggai：问题 1 只能调整问题金额，没有写入\n  时限写在措施上：zhenggai adjust 1-1 时限 …\n"


def test_a_cancellation_says_which_money_counts_no_more(zhenggai: Runner, root: Path) -> None:
    how = ("--basis", "纪要", "--yes")
    ran = zhenggai("adjust", "1-1", "取消", "--merged-into", "1-2", *how, at=root, now=NOW)
    assert (ran.code, "不再计入合计：问题金额7703.87万元、已整改3400.25万元\n" in ran.err) == (0, True)
    assert "不再计入" not in zhenggai("adjust", "1-2", "内容", "另修", *how, at=root, now=NOW).err


def test_several_plans_have_their_money_together(zhenggai: Runner, root: Path) -> None:
    other = PLAN.replace("编号: p", "编号: q").replace("标题: 试", "标题: 再试").replace("7703.87万元", "10000元")
    write(
        root,
        {
            "plans/q.yaml": other,
            "plans/r.yaml": PLAN.replace("编号: p", "编号: r").replace(", 问题金额: 7703.87万元", ""),
        },
    )
    paid = ("add", "1-1", "上缴", "--amount", "2500元", *ME)
    assert zhenggai(*paid, "--plan", "q", at=root, now=NOW).code == 0
    assert zhenggai(*paid, "--plan", "r", at=root, now=NOW).code == 0
    sums = "问题金额7704.87万元，已整改3400.75万元（其中0.25万元所在的问题没有写问题金额，不算占比），占44.13%，未整改4304.37万元"
    for command in ("status", "week", "month", "phase", "report"):
        assert f"各方案合计：{sums}。" in asked(zhenggai, root, command), command
    assert in_json(zhenggai, root, "status")["money"] == {
        "amount": "77048700",
        "rectified": "34007500",
        "rectified_rate": 44.13,
        "remaining": "43043700",
        "recovered": "0",
        "loss_avoided": "0",
        "beside": "2500",
        "excess": "0",
        "undivided": False,
    }
    table = asked(zhenggai, root, "status").partition("各方案的金额（万元）\n")[2].partition("\n\n")[0]
    assert [line.split() for line in table.splitlines() if line.split()[:1] in (["q"], ["合计"])] == [
        ["q", "再试", "1", "0.25", "25.00%", "0.75"],
        ["合计", "7704.87", "3400.75", "44.13%", "4304.37"],
    ]


def test_several_plans_without_money_say_nothing_of_it(zhenggai: Runner, root: Path) -> None:
    without = PLAN.replace(", 问题金额: 7703.87万元", "")
    write(root, {f"plans/{number}.yaml": without.replace("编号: p", f"编号: {number}") for number in "qr"})
    assert "金额" not in asked(zhenggai, root, "status", "q", "r")
    assert in_json(zhenggai, root, "status", "q", "r").keys() == {"plans"}


def test_units_have_their_part_of_the_amount(zhenggai: Runner, tmp_path: Path) -> None:
    shares = (
        "分工: [{单位: 甲局, 问题金额: 4000万元}, {单位: 乙局, 问题金额: 3703.87万元}, {单位: 丙镇, 问题金额: 0元}]"
    )
    plan = PLAN.replace("问题金额: 7703.87万元", shares)
    root = write(small_repo(tmp_path / "repo", LEDGER, plan=plan, units=UNITS), {".zhenggai/clone": "k3"})
    assert WHOLE in asked(zhenggai, root, "status")
    assert asked(zhenggai, root, "status").partition("各单位的金额（万元）\n")[2] == (
        """\
单位      问题金额    已整改    占比    未整改
------  ----------  --------  ------  --------
甲局          4000   3400.25  85.01%    599.75
乙局       3703.87         0   0.00%   3703.87
丙镇             0         0       —         0
------  ----------  --------  ------  --------
合计       7703.87   3400.25  44.14%   4303.62
"""
    )
    own = "问题金额4000万元，已整改3400.25万元，占85.01%，未整改599.75万元"
    assert own in asked(zhenggai, root, "status", "--unit", "甲局")
    assert f"金额：{own}" in asked(zhenggai, root, "show", "甲局")
    assert f"金额：{own}" in asked(zhenggai, root, "show", "1-1", "甲局")
    (first, *_) = in_json(zhenggai, root, "status")["money"]["units"]
    assert (first["unit"], first["amount"], first["remaining"]) == ("甲局", "40000000", "5997500")


def test_a_problem_without_money_has_blanks(zhenggai: Runner, tmp_path: Path) -> None:
    plan = (
        PLAN + "- 编号: 2\n  内容: 问题二\n  措施:\n  - {编号: 2-1, 内容: 建章, 时限: 2021年6月底前, 责任单位: 甲局}\n"
    )
    root = small_repo(tmp_path / "repo", LEDGER, plan=plan, units=UNITS)
    (row,) = [line for line in asked(zhenggai, root, "status").splitlines() if line.startswith("2     问题二")][1:]
    assert row.split() == ["2", "问题二"]


def test_a_ledger_has_the_amount_that_is_of_a_task_alone(zhenggai: Runner, root: Path) -> None:
    asked(zhenggai, root, "add", "1-2", "清退", "--amount", "2万元", "--unit", "甲局", "--writer", "文书")
    how = ("--basis", "复核", "--yes")
    assert zhenggai("adjust", "1-2", "问题金额", "10万元", *how, at=root, now=NOW).code == 0
    rows = in_json(zhenggai, root, "list")["tasks"]
    assert [(row["measure"], row["amount"], row["rectified"]) for row in rows if row["unit"] == "甲局"] == [
        ("1-1", None, "34002500"),
        ("1-2", "100000", "20000"),
    ]
    table = asked(zhenggai, root, "list", "--columns", "措施、问题金额（元）", "--sort", "问题金额（元）", "--down")
    assert ["1-2", "100000"] in [line.split() for line in table.splitlines()]


def test_the_list_of_problems_has_money_where_there_is_any(zhenggai: Runner, root: Path) -> None:
    (row, *_) = in_json(zhenggai, root, "list", "--layout", "问题清单")["rows"]
    assert (row["amount"], row["rectified"], row["remaining"]) == ("77038700", "34002500", "43036200")
    assert "问题金额（元）,整改金额（元）,未整改（元）" in asked(
        zhenggai, root, "list", "--layout", "问题清单", "--format", "csv"
    )
    without = PLAN.replace(", 问题金额: 7703.87万元", "").replace("编号: p", "编号: q")
    write(root, {"plans/q.yaml": without})
    for form in ("csv", "table"):
        assert "（元）" not in asked(zhenggai, root, "list", "--layout", "问题清单", "--plan", "q", "--format", form)


def test_what_is_left_has_its_column_where_it_is_nothing(zhenggai: Runner, root: Path) -> None:
    asked(zhenggai, root, "add", "1-1", "缴清", "--amount", "4303.62", *ME)
    table = asked(zhenggai, root, "status").partition("金额（万元）\n")[2].splitlines()
    assert table[0].split() == ["号", "问题", "问题金额", "已整改", "占比", "未整改"]
    assert table[2].split() == ["1", "问题一", "7703.87", "7703.87", "100.00%", "0"]


def test_what_is_too_much_has_a_column(zhenggai: Runner, root: Path) -> None:
    asked(zhenggai, root, "add", "1-1", "缴清", "--amount", "4304", *ME)
    said = asked(zhenggai, root, "status")
    assert "问题金额7703.87万元，已整改7704.25万元，占100.00%，超出问题金额0.38万元。" in said
    table = said.partition("金额（万元）\n")[2].splitlines()
    assert table[0].split()[-2:] == ["未整改", "超出"]
    assert table[2].split()[-2:] == ["0", "0.38"]


TAKEN_OFF = PLAN.replace("责任人: 科长, 问题金额", "责任人: 科长, 调整: [{日期: 2021-03-05, 登记日: 2021-03-05, 依据: 纪要, 字段: 责任单位, 原: [甲局, 乙局, 丙镇], 现: [乙局, 丙镇]}], 问题金额")  # fmt: skip


def test_a_unit_that_is_taken_off_has_its_money_in_all_its_answers(zhenggai: Runner, tmp_path: Path) -> None:
    """Its money counts in the plan; so it counts as the unit's, wherever that is asked for, and as no other's."""
    root = small_repo(tmp_path / "repo", LEDGER, plan=TAKEN_OFF, units=UNITS)
    own = f"已整改3400.25万元{UNKNOWN}"
    assert WHOLE in asked(zhenggai, root, "status")
    assert f"　　{own}。\n" in asked(zhenggai, root, "status", "--unit", "甲局")
    assert f"　　金额：{own}\n" in asked(zhenggai, root, "show", "甲局")
    assert f"　　已整改0万元{UNKNOWN}。\n" in asked(zhenggai, root, "status", "--unit", "乙局")
    assert {unit["unit"]: unit["rectified"] for unit in in_json(zhenggai, root, "status")["money"]["units"]} == {
        "甲局": "34002500"
    }


def test_a_phase_has_the_money_of_its_own_measures(zhenggai: Runner, tmp_path: Path) -> None:
    plan = PLAN.replace(
        "2021年1月至12月}\n", "2021年1月至12月}\n- {编号: 2, 名称: 巩固提升, 时限: 2021年2月至12月}\n"
    ).replace("责任单位: 甲局, 责任人: 科长, 阶段: [1]", "责任单位: 甲局, 责任人: 科长, 问题金额: 10万元, 阶段: [2]")
    ledger = f"{LEDGER}\n2021-03-02 甲局 进展 1-2 整改金额=4万元 #乙"
    root = small_repo(tmp_path / "repo", ledger, plan=plan, units=UNITS)
    assert f"　　本阶段推进的任务，{WHOLE}；本阶段整改3400.25万元。\n" in asked(zhenggai, root, "phase", "1")
    second = "问题金额10万元，已整改4万元，占40.00%，未整改6万元；本阶段整改4万元。"
    assert f"　　本阶段推进的任务，{second}\n" in asked(zhenggai, root, "phase", "2")
    assert in_json(zhenggai, root, "phase", "2")["money"]["amount"] == "100000"


@pytest.mark.parametrize(
    ("amount", "told"),
    [
        ("50亿元", ["注意：措施 1-1 已整改503400.25万元，多于问题金额7703.87万元；核对单位，整改金额只写这一次新增的"]),
        ("4303.62", []),
    ],
)
def test_more_than_there_is_is_told_at_once(zhenggai: Runner, root: Path, amount: str, told: list[str]) -> None:
    said = asked(zhenggai, root, "add", "1-1", "上缴", "--amount", amount, *ME)
    assert [line for line in said.splitlines() if line.startswith("注意")] == told
    assert ("\n　　写错了的，用 zhenggai undo 收回这一条\n" in said) is bool(told)
    later = asked(zhenggai, root, "add", "1-1", "又商议一次", *ME)
    assert "注意" not in later


def test_a_measure_is_adjusted_under_a_problem_with_its_own_amount_and_the_sums_stay(
    zhenggai: Runner, tmp_path: Path
) -> None:
    plan = PLAN.replace("  内容: 问题一\n", "  内容: 问题一\n  问题金额: 7703.87万元\n")
    root = write(small_repo(tmp_path / "repo", LEDGER, plan=plan, units=UNITS), {".zhenggai/clone": "k3"})
    how = ("--basis", "复核", "--yes")
    ran = zhenggai("adjust", "1-1", "问题金额", "7700万元", *how, at=root, now=NOW)
    assert ran.code == 0
    assert (
        "注意：问题 1 自己写了问题金额7703.87万元，问题和全方案的合计按它算，不随这项措施变\n"
        "　　合计也要变的，再用：zhenggai adjust 1 问题金额 …\n"
    ) in ran.err
    assert WHOLE in asked(zhenggai, root, "status")
    assert "注意：问题" not in zhenggai("adjust", "1", "问题金额", "7800万元", *how, at=root, now=NOW).err


@pytest.mark.parametrize(
    ("layout", "heads", "values"),
    [
        ("A", "问题金额（元）,整改金额（元）,未整改（元）", {"amount": "77038700", "rectified": "34002500"}),
        ("B", "问题金额（元）,整改金额（元）,未整改（元）", {"remaining": "43036200"}),
        ("C", "整改金额（元）", {"amount": None, "rectified": "34002500"}),
        ("D", "问题金额（元）,整改金额（元）", {"amount": "100", "rectified": "100"}),
    ],
)
def test_layouts_have_money_where_there_is_any(
    zhenggai: Runner, tmp_path: Path, layout: str, heads: str, values: dict[str, str | None]
) -> None:
    plan = PLAN.replace("责任单位: 甲局, 责任人: 科长", "责任单位: 甲局, 问题金额: 100元") if layout == "D" else PLAN
    ledger = f"{LEDGER}\n2021-03-02 甲局 完成 1-2\n2021-03-03 甲局 申请销号 1-2 签批领导=王强 佐证=县组发〔2021〕1号"
    if layout == "D":
        ledger = ledger.replace("完成 1-2", "完成 1-2 整改金额=100元")
    root = small_repo(tmp_path / "repo", ledger, plan=plan, units=UNITS)
    (row, *_) = in_json(zhenggai, root, "list", "--layout", layout)["rows"]
    assert {key: row[key] for key in values} == values
    assert heads in asked(zhenggai, root, "list", "--layout", layout, "--format", "csv")
    without = plan.replace("问题金额: 7703.87万元, ", "").replace(", 问题金额: 100元", "")
    bare = small_repo(tmp_path / "bare", "2021-03-01 甲局 进展 1-1", plan=without, units=UNITS)
    for form in ("csv", "table"):
        assert "（元）" not in asked(zhenggai, bare, "list", "--layout", layout, "--format", form)


def test_a_trend_has_columns_of_money_where_there_is_any(zhenggai: Runner, tmp_path: Path) -> None:
    """What a unit did that was taken off since still counts, as in ``status``."""
    root = small_repo(tmp_path / "repo", LEDGER, plan=TAKEN_OFF, units=UNITS)
    said = asked(zhenggai, root, "trend", "每月")
    assert "，已整改金额从 0万元 到 3400.25万元\n" in said
    assert said.splitlines()[-1].split()[-6:-1] == ["0", "77038700", "34002500", "44.14%", "43036200"]
    assert "问题金额（元）,整改金额（元）,占比,未整改（元）" in asked(zhenggai, root, "trend", "--format", "csv")
    bare = small_repo(
        tmp_path / "bare", "2021-03-01 甲局 进展 1-1", plan=PLAN.replace("问题金额: 7703.87万元, ", ""), units=UNITS
    )
    for form in ("table", "csv"):
        assert "金额" not in asked(zhenggai, bare, "trend", "--format", form)


def test_groups_have_their_money(zhenggai: Runner, tmp_path: Path) -> None:
    plan = PLAN.replace("责任单位: 甲局, 责任人: 科长", "责任单位: 甲局, 责任人: 局长, 问题金额: 10万元")
    ledger = f"{LEDGER}\n2021-03-02 甲局 进展 1-2 整改金额=4万元 #乙"
    root = small_repo(tmp_path / "repo", ledger, plan=plan, units=UNITS)
    table = asked(zhenggai, root, "status", "--by", "责任人").partition("按责任人分列的金额（万元）\n")[2]
    assert [line.split() for line in table.partition("\n\n")[0].splitlines()] == [
        ["责任人", "问题金额", "已整改", "占比", "未整改"],
        ["---------", "----------", "--------", "------", "--------"],
        ["甲局", "局长", "10", "4", "40.00%", "6"],
        ["甲局", "科长", "3400.25"],
        ["---------", "----------", "--------", "------", "--------"],
        ["合计", "3404.25"],
    ]
    groups = in_json(zhenggai, root, "status", "--by", "性质")["breakdown"]["groups"]
    assert [(group["name"], group["money"]["remaining"]) for group in groups] == [("未写性质", "43096200")]
    rows = asked(zhenggai, root, "status", "--by", "责任人", "--format", "csv").removeprefix("\ufeff").splitlines()
    assert rows[0].endswith("问题金额（元）,整改金额（元）,未整改（元）,追缴（元）,挽回损失（元）")
    assert rows[1].endswith("100000,40000,60000,0,0")
    bare = small_repo(
        tmp_path / "bare", "2021-03-01 甲局 进展 1-1", plan=PLAN.replace("问题金额: 7703.87万元, ", ""), units=UNITS
    )
    for form in ("table", "csv", "json"):
        assert "金额" not in asked(zhenggai, bare, "status", "--by", "责任人", "--format", form)


def test_a_unit_that_was_taken_off_is_a_group_for_its_money(zhenggai: Runner, tmp_path: Path) -> None:
    plan = TAKEN_OFF.replace("责任单位: 甲局, 责任人", "责任单位: 乙局, 责任人")
    root = small_repo(tmp_path / "repo", LEDGER, plan=plan, units=UNITS)
    groups = in_json(zhenggai, root, "status", "--by", "单位")["breakdown"]["groups"]
    assert [(group["name"], group["tasks"], group["money"]["rectified"]) for group in groups] == [
        ("甲局", 0, "34002500"),
        ("乙局", 2, "0"),
        ("丙镇", 1, "0"),
    ]
    said = asked(zhenggai, root, "status", "--by", "单位")
    assert said.count("按单位分列的金额（万元）") == 1
    assert "各单位" not in said


def test_what_came_later_changes_the_money_of_an_issued_report(zhenggai: Runner, root: Path) -> None:
    issued = zhenggai("report", "--issue", at=root, now=NOW)
    assert issued.code == 0, issued
    asked(zhenggai, root, "add", "1-1", "又缴", "--amount", "50万元", "--date", "2021-03-05", *ME)
    changes = asked(zhenggai, root, "report", "--compare", "1")
    lines = [line.split() for line in changes.splitlines()]
    assert ["整改金额", "3400.25万元", "3450.25万元"] in lines
    assert ["未整改", "4303.62万元", "4253.62万元"] in lines
    assert not any(line[:1] == ["问题金额"] for line in lines)


@pytest.mark.parametrize("command", ["report", "week", "month"])
def test_csv_of_a_report_has_money_and_who_was_held_to_account(zhenggai: Runner, root: Path, command: str) -> None:
    overseer = ("--by", "县委督查局", "--writer", "督查科")
    plain = "日期,问题,措施,单位,事项,进度,内容"
    asked(zhenggai, root, "urge", "1-1", "约谈", "约谈负责人", "--unit", "甲局", "--to", "局长", "--people", "2", "--basis", "虚报", *overseer)  # fmt: skip
    rows = asked(zhenggai, root, command, "--format", "csv").removeprefix("\ufeff").splitlines()
    assert rows[0] == f"{plain},整改金额,依据,人数,对象"
    assert rows[1].endswith(",3400.25万元,,,")
    assert rows[2].endswith(",,虚报,2,局长")


def test_a_correction_of_earlier_entries_is_told(zhenggai: Runner, root: Path) -> None:
    """Else the sum would fall by more than the period says, without a word."""
    asked(zhenggai, root, "correct", "00000001", "整改金额=3000", "--unit", "甲局", "--writer", "文书")
    asked(zhenggai, root, "add", "1-1", "又缴", "--amount", "5万元", *ME)
    whole = "问题金额7703.87万元，已整改3005万元，占39.01%，未整改4698.87万元"
    again = asked(zhenggai, root, "week", "--as-of", "2021-03-07")
    assert f"　　{whole}；本周整改3005万元。\n" in again  # of this week both
    later = "2021-03-14"
    root_later = datetime(2021, 3, 14, 9, 30)
    words = ("correct", "00000001", "整改金额=2000", "--unit", "甲局", "--writer", "文书")
    assert zhenggai(*words, at=root, now=root_later).code == 0
    ran = zhenggai("week", "--as-of", later, at=root, now=root_later)
    told = (
        "已整改2005万元，占26.03%，未整改5698.87万元；本周没有新增；以前的记录经更正、补录、作废等，整改减少1000万元。"
    )
    assert told in ran.out
    found = json.loads(zhenggai("week", "--as-of", later, "--format", "json", at=root, now=root_later).out)
    assert found["money_corrected"] == {"rectified": "-10000000", "recovered": "0", "loss_avoided": "0"}


def test_what_a_unit_did_this_week_before_it_was_taken_off_is_of_this_week(zhenggai: Runner, tmp_path: Path) -> None:
    root = small_repo(tmp_path / "repo", LEDGER, plan=TAKEN_OFF, units=UNITS)
    assert f"　　{WHOLE}；本周整改3400.25万元。\n" in asked(zhenggai, root, "week")


@pytest.mark.parametrize("amount", ["-5万元", "－5万元"])
def test_an_amount_below_nothing_is_no_option(zhenggai: Runner, root: Path, amount: str) -> None:
    ran = zhenggai("adjust", "1-1", "问题金额", amount, "--basis", "复核", "--yes", at=root, now=NOW)
    assert ran.code == 2
    assert f"zhenggai：金额“{amount}”不能是负数，写成 " in ran.err
