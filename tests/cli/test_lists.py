"""``status``, ``overdue``, ``due``, ``phase``, ``show``, ``week``, ``check``, ``when`` from the command line: codes, stderr, whole output."""

import csv
import json
import os
import shutil
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest

from small_repo import PLAN, Ran, Runner, small_repo, tree, write
from zhenggai.cli import streams
from zhenggai.ledger import MAKE_PLAN

LEDGER = """
04-10 县教育局 进展 1-1 进度=40 佐证=县教发〔2020〕3号
04-15 城关镇 进展 1-1 进度=20
04-16 河东乡 进展 1-1 进度=10
04-17 县教育局 完成 1-2
06-19 县财政局 进展 2-3 进度=30
05-06 县财政局 例行 2-2 期次=2020-05
06-30 县财政局 例行 2-2 期次=2020-06
06-30 县财政局 长期评估 2-1 结论=有效 下次评估=2020-12-31
"""

OVERDUE = (
    """\
整改方案：逾期任务

　　截至 2020-07-01

措施    单位      责任人    时限           截止日        逾期天数  最近记录    时限出处    灯
------  --------  --------  -------------  ----------  ----------  ----------  ----------  ----
1-1     城关镇    书记      2020年6月底前  2020-06-30           1  2020-04-15  措施        红
1-1     河东乡    书记      2020年6月底前  2020-06-30           1  2020-04-16  措施        红
1-1     县教育局  书记      2020年6月底前  2020-06-30           1  2020-04-10  措施        红
"""
    ""
)

STATUS = """\
整改方案

　　截至 2020-07-01

阶段1 集中整改  [■■■■■□□□□□]  50%  2020-04-01 至 2020-09-30，还剩 91 天

号    问题          措施    任务    未启动    整改中    已完成    已销号    长期坚持    例行    逾期    完成率  灯
----  ----------  ------  ------  --------  --------  --------  --------  ----------  ------  ------  --------  ----
1     学习不深入       2       4         0         3         1         0           0       0       3    25.00%  红
2     制度不落实       3       3         0         1         0         0           1       1       0     0.00%  绿
----  ----------  ------  ------  --------  --------  --------  --------  ----------  ------  ------  --------  ----
      合计             5       7         0         4         1         0           1       1       3    20.00%

　　截至7月1日，2个问题、5项措施、7件任务，已完成整改1个（其中销号0个），基本完成并持续整改0个，正在推进4个，未启动0个，总体完成率20.00%（以5件为分母，不含长期坚持1件、例行1件）；申请延期0个，逾期3个。问题：2个中已完成0个、正在推进2个、未启动0个，0.00%；措施：3项中已完成1项、正在推进2项、未启动0项，33.33%（另有2项没有要完成的任务，不计）。

按问题、措施、任务
按什么计      合计    要完成的    已完成    基本完成    整改中    未启动    完成率
----------  ------  ----------  --------  ----------  --------  --------  --------
问题             2           2         0           0         2         0     0.00%
措施             5           3         1           0         2         0    33.33%
任务             7           5         1           0         4         0    20.00%

逾期最久的 3 件
措施    单位      责任人    时限           截止日        逾期天数  最近记录    时限出处    灯
------  --------  --------  -------------  ----------  ----------  ----------  ----------  ----
1-1     城关镇    书记      2020年6月底前  2020-06-30           1  2020-04-15  措施        红
1-1     河东乡    书记      2020年6月底前  2020-06-30           1  2020-04-16  措施        红
1-1     县教育局  书记      2020年6月底前  2020-06-30           1  2020-04-10  措施        红
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return small_repo(tmp_path / "repo", LEDGER)


def test_status_in_a_pipe_is_plain_and_unwrapped(zhenggai: Runner, root: Path) -> None:
    assert zhenggai("status", at=root) == Ran(0, STATUS, "")


def test_the_width_of_a_terminal_does_not_matter_in_a_pipe(
    zhenggai: Runner, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "20")
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert zhenggai("status", at=root) == Ran(0, STATUS, "")


def test_the_clock_says_which_day_it_is_where_none_is_given(zhenggai: Runner, root: Path) -> None:
    assert zhenggai("overdue", at=root) == Ran(0, OVERDUE, "")
    later = zhenggai("overdue", "--as-of", "2020-07-01", at=root, now=datetime(2026, 1, 1))
    assert later == Ran(0, OVERDUE, "")


def test_due(zhenggai: Runner, root: Path) -> None:
    assert zhenggai("due", "--as-of", "2020-09-25", "--within", "5", at=root) == Ran(
        0,
        """\
整改方案：5 天内到期

　　截至 2020-09-25

措施    单位      责任人    时限            截止日        剩余天数  最近记录    时限出处    灯
------  --------  --------  --------------  ----------  ----------  ----------  ----------  ----
2-3     县财政局  书记      2020年4月至9月  2020-09-30           5  2020-06-19  继承阶段1   黄

例行与评估
措施    单位      责任人    应办          截止日        剩余天数
------  --------  --------  ------------  ----------  ----------
2-2     县财政局  书记      例行 2020-09  2020-09-30           5
""",
        "",
    )


def test_due_looks_twenty_days_ahead(zhenggai: Runner, root: Path) -> None:
    assert zhenggai("due", at=root) == zhenggai("due", "--within", "20", at=root)
    assert zhenggai("due", at=root).out.startswith("整改方案：20 天内到期\n")


def test_phase(zhenggai: Runner, root: Path) -> None:
    assert zhenggai("phase", "1", at=root) == Ran(
        0,
        """\
整改方案：阶段1 集中整改

　　截至2020年7月1日。

阶段1 集中整改  [■■■■■□□□□□]  50%  2020年4月1日至2020年9月30日，还剩91天

　　本阶段推进 7 件任务；应在本阶段到期的任务 4 件：按期完成 0 件，超期完成 0 件，未完成 4 件（逾期 3 件），按期率 0.00%。
　　这些任务已完成整改1个（其中销号0个），基本完成并持续整改0个，正在推进4个，未启动0个，总体完成率20.00%（以5件为分母，不含长期坚持1件、例行1件）；申请延期0个（已同意0个），逾期3个，退回整改0个，重新整改0个。问题：2个中已完成0个、正在推进2个、未启动0个，0.00%；措施：3项中已完成1项、正在推进2项、未启动0项，33.33%（另有2项没有要完成的任务，不计）。

分问题
号    问题          应完成    按期    超期    未完成    逾期    按期率
----  ----------  --------  ------  ------  --------  ------  --------
1     学习不深入         3       0       0         3       3     0.00%
2     制度不落实         1       0       0         1       0     0.00%

分单位
单位        应完成    按期    超期    未完成    逾期    按期率
--------  --------  ------  ------  --------  ------  --------
城关镇           1       0       0         1       1     0.00%
河东乡           1       0       0         1       1     0.00%
县教育局         1       0       0         1       1     0.00%
县财政局         1       0       0         1       0     0.00%

　　2020年6月2日以来没有记录的单位（3个）：城关镇、河东乡、县教育局。
　　阶段前到期：任务 1 件：按期完成 0 件，超期完成 1 件，未完成 0 件（逾期 0 件），按期率 0.00%。
　　本阶段约谈0次，问责0次；形成制度成果0项，总结经验0条。
""",
        "",
    )


def test_show(zhenggai: Runner, root: Path) -> None:
    assert zhenggai("show", "1-2", at=root) == Ran(
        0,
        """\
1-2 立即改正

　　截至 2020-07-01
　　类别：立行立改
　　牵头单位：县委办公室
　　责任单位：县教育局
　　阶段：1
　　县教育局：已完成，绿灯（已完成）
　　时限：立行立改（截止 2020-03-16；立行立改核查日）
　　责任人 书记

整改各轮
轮    日期        事项    单位      情况               编号
----  ----------  ------  --------  -----------------  --------
1     2020-04-17  完成    县教育局  第4次推进有关工作  00000004

　　记录 1 条
日期        措施    单位      事项    内容               编号
----------  ------  --------  ------  -----------------  --------
2020-04-17  1-2     县教育局  完成    第4次推进有关工作  00000004
""",
        "",
    )


def test_week_names_the_number_asked_for(zhenggai: Runner, root: Path) -> None:
    ran = zhenggai("week", "--no", "3", at=root)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith(
        """\
整改方案周报（第3期）

　　统计区间：2020年4月13日至2020年4月19日（数据截至2020年4月19日）

　　一、总体情况
　　截至4月19日，2个问题、5项措施、7件任务，已完成整改1个（其中销号0个），基本完成并持续整改0个，正在推进3个，未启动1个，总体完成率20.00%（以5件为分母，不含长期坚持1件、例行1件）；申请延期0个（已同意0个），逾期0个，退回整改0个，重新整改0个。问题：2个中已完成0个、正在推进1个、未启动1个，0.00%；措施：3项中已完成1项、正在推进1项、未启动1项，33.33%（另有2项没有要完成的任务，不计）。
　　与上周相比，新完成1件，新销号0件，新增基本完成0件，同意延期0件，新增逾期0件，退回整改0件，重新整改0件，完成率提高20.00个百分点。
　　本周约谈0次，问责0次；形成制度成果0项，总结经验0条。
　　集中整改（2020年4月至9月）时间已过10%。

　　二、本周进展
　　（一）关于“学习不深入”问题
　　该问题正在推进，4件有期限任务已完成1件。一是城关镇第2次推进有关工作（1-1，进度20%）。二是河东乡第3次推进有关工作（1-1，进度10%）。三是县教育局完成整改，第4次推进有关工作（1-2）。
"""
    )


def test_week_ends_on_the_day_asked_for(zhenggai: Runner, root: Path) -> None:
    ran = zhenggai("week", at=root)
    assert "统计区间：2020年6月29日至2020年7月5日（数据截至2020年7月1日）" in ran.out


def test_when(zhenggai: Runner, tmp_path: Path) -> None:
    assert zhenggai("when", "2020年9月底前", at=tmp_path) == Ran(
        0, "“2020年9月底前”\n\n　　意思：截止到某一天\n　　最后一天：2020-09-30\n", ""
    )


def test_when_in_json(zhenggai: Runner, tmp_path: Path) -> None:
    ran = zhenggai("when", "印发后10日内", "--base", "2020.3.1", "--format", "json", at=tmp_path)
    assert (ran.code, ran.err) == (0, "")
    assert json.loads(ran.out) == {
        "kind": "relative",
        "start": "2020-03-01",
        "end": "2020-03-11",
        "check_date": None,
        "then": None,
        "warnings": [],
    }


def test_when_reads_a_bare_month_as_a_deadline_or_as_a_phase(zhenggai: Runner, tmp_path: Path) -> None:
    assert zhenggai("when", "2020年6月", at=tmp_path).out == (
        "“2020年6月”\n\n　　意思：截止到某一天\n　　最后一天：2020-06-30\n"
    )
    for option in (("--as", "phase"), ("--当作", "阶段")):
        assert "　　起：2020-06-01\n" in zhenggai("when", "2020年6月", *option, at=tmp_path).out


def test_when_lists_several_dates_and_what_follows(zhenggai: Runner, tmp_path: Path) -> None:
    words = "2020年6月底前、12月底前，并持续推进"
    ran = zhenggai("when", words, "--format", "json", at=tmp_path)
    found = json.loads(ran.out)
    assert (found["kind"], found["end"], found["then"]) == ("several", "2020-12-31", "continuous")
    assert found["stages"] == [
        {"words": "2020年6月底前", "end": "2020-06-30"},
        {"words": "12月底前", "end": "2020-12-31"},
    ]
    assert "　　之后：持续推进\n" in zhenggai("when", words, at=tmp_path).out


def test_when_lists_occurrences_between_two_days(zhenggai: Runner, tmp_path: Path) -> None:
    ran = zhenggai("时限", "每月", "--自", "2020-02-01", "--至", "2020-03-31", "--格式", "csv", at=tmp_path)
    assert ran == Ran(
        0, '期次,起,最后一天\r\n"2020-02\t",2020-02-01,2020-02-29\r\n"2020-03\t",2020-03-01,2020-03-31\r\n', ""
    )


def test_when_takes_the_clocks_year_where_none_is_said(zhenggai: Runner, tmp_path: Path) -> None:
    ran = zhenggai("when", "9月底前", at=tmp_path, now=datetime(2031, 1, 1))
    assert "最后一天：2031-09-30" in ran.out


def test_commands_and_options_have_chinese_names(zhenggai: Runner, root: Path) -> None:
    english = zhenggai("status", "--unit", "教育局", "--as-of", "2020-07-01", "--format", "text", at=root)
    chinese = zhenggai("总览", "--单位", "教育局", "--截至", "2020年7月1日", "--格式", "文本", at=root)
    assert chinese == english
    assert (chinese.code, chinese.err) == (0, "")
    assert "1-1     县教育局" in chinese.out
    assert "城关镇" not in chinese.out


@pytest.mark.parametrize(
    ("chinese", "english"),
    [
        (["逾期", "--状态", "整改中"], ["overdue", "--state", "整改中"]),
        (["临期", "--天内", "90"], ["due", "--within", "90"]),
        (["阶段", "1", "--问题", "1"], ["phase", "1", "--problem", "1"]),
        (["查看", "1-1", "--单位", "城关镇"], ["show", "1-1", "--unit", "城关镇"]),
        (["周报", "--期", "3"], ["week", "--no", "3"]),
        (["月报", "--期", "1"], ["month", "--no", "1"]),
        (["检查", "--从严", "--格式", "json"], ["check", "--strict", "--format", "json"]),
        (
            ["总览", "--方案", "p", "--阶段", "2", "--已知于", "2020-05-01"],
            ["status", "--plan", "p", "--phase", "2", "--known-by", "2020-05-01"],
        ),
    ],
)
def test_every_command_has_its_alias(zhenggai: Runner, root: Path, chinese: list[str], english: list[str]) -> None:
    ran = zhenggai(*chinese, at=root)
    assert ran.out
    assert ran == zhenggai(*english, at=root)


@pytest.mark.parametrize(
    ("options", "units"),
    [
        (["--unit", "各乡镇"], {"城关镇", "河东乡"}),
        (["--problem", "2"], set()),
        (["--problem", "1-1"], {"城关镇", "河东乡", "县教育局"}),
        (["--phase", "3"], set()),
        (["--state", "逾期", "--unit", "城关镇"], {"城关镇"}),
        (["--state", "已完成"], set()),
        (["--state", "未启动", "--known-by", "2020-04-15"], {"河东乡", "县教育局"}),
    ],
)
def test_filters_mean_the_same_in_every_list(zhenggai: Runner, root: Path, options: list[str], units: set[str]) -> None:
    ran = zhenggai("overdue", *options, "--format", "json", at=root)
    assert {task["unit"] for task in json.loads(ran.out)["tasks"]} == units


def test_a_selection_of_nothing_is_said_plainly(zhenggai: Runner, root: Path) -> None:
    assert zhenggai("overdue", "--problem", "2", at=root).out.splitlines()[3] == "　　没有逾期的任务。"


# formats and files


def test_csv_has_its_own_line_ends_and_chinese_heads(zhenggai: Runner, root: Path) -> None:
    assert zhenggai("status", "--format", "csv", at=root) == Ran(
        0,
        "号,问题,措施,任务,未启动,整改中,基本完成,已完成,已完成后跟踪,已完成并持续推进,已销号,长期（含持续推进）,持续推进,"
        "例行,不适用,时限读不出,逾期,逾期步骤,分母,完成率,灯\r\n"
        "1,学习不深入,2,4,0,3,0,1,0,0,0,0,0,0,0,0,3,0,4,25.0,红\r\n"
        "2,制度不落实,3,3,0,1,0,0,0,0,0,1,0,1,0,0,0,0,1,0.0,绿\r\n",
        "",
    )


def test_a_csv_file_opens_in_excel(zhenggai: Runner, root: Path) -> None:
    assert zhenggai("逾期", "-o", "逾期.csv", at=root) == Ran(0, "", "已写入 逾期.csv\n")
    written = (root / "逾期.csv").read_bytes()
    assert written.startswith("\ufeff措施,单位,责任人,".encode())
    assert written.count(b"\r\n") == written.count(b"\n") == 4


@pytest.mark.parametrize(
    ("name", "start"), [("表.md", "# 整改方案\n"), ("表.json", "{\n"), ("表.txt", "整改方案\n"), ("表", "整改方案\n")]
)
def test_the_ending_of_a_file_says_its_format(zhenggai: Runner, root: Path, name: str, start: str) -> None:
    assert zhenggai("status", "-o", name, at=root).code == 0
    written = (root / name).read_bytes()
    assert written.decode().startswith(start)
    assert b"\r" not in written


def test_a_format_that_is_asked_for_wins_over_the_ending(zhenggai: Runner, root: Path) -> None:
    assert zhenggai("status", "-o", "表.txt", "--format", "json", at=root).code == 0
    assert json.loads((root / "表.txt").read_text("utf-8"))["plan"] == "p"


def test_json_goes_to_stdout_and_what_is_wrong_to_stderr(zhenggai: Runner, root: Path) -> None:
    write(root, {"ledgers/p/城关镇/2020-05.办公室.aa.yaml": "- 编号：20200510-00000001\n"})
    ran = zhenggai("overdue", "--format", "json", at=root)
    assert ran.code == 1
    assert json.loads(ran.out)["plan"] == "p"
    assert "ledgers/p/城关镇/2020-05.办公室.aa.yaml:1" in ran.err


def test_overdue_can_fail(zhenggai: Runner, root: Path) -> None:
    assert zhenggai("overdue", "--fail", at=root) == Ran(1, OVERDUE, "")
    assert zhenggai("逾期", "--逾期即错", "--unit", "县财政局", at=root).code == 0


# trouble in the data


def test_errors_in_the_data_stand_on_stderr_beside_what_could_be_shown(zhenggai: Runner, root: Path) -> None:
    write(
        root,
        {
            "plans/units.yaml": (root / "plans/units.yaml")
            .read_text("utf-8")
            .replace("{名称: 县委督查局}", "{名称: 县委督查局, 类别: 街道}"),
            "ledgers/p/县委督查局/2020-05.办公室.aa.yaml": "- 编号: 20200510-00000001\n  日期: 2020-05-10\n  措施: 9-9\n  事项: 进展\n  内容: 检查\n  填报人: 办公室\n",
            "ledgers/p/县教育局/2020-05.办公室.aa.yaml": "- 编号: 20200511-00000001\n  日期: 2020-05-11\n  措施: 1-1\n  事项: 申请销号\n  签批领导: 局长\n  填报人: 办公室\n",
            "ledgers/p/城关镇/2020-05.办公室.aa.yaml": "- 编号: 20200512-00000001\n  日期: 2020-13-12\n  措施: 1-1\n  事项: 进展\n  内容: 检查\n  填报人: 办公室\n",
        },
    )
    ran = zhenggai("status", at=root)
    assert ran.code == 1
    assert ran.out.startswith("整改方案\n\n　　截至 2020-07-01\n")
    assert ran.err.splitlines() == [
        "数据有 4 处错误，以上未计入有错的部分：",
        "ledgers/p/县委督查局/2020-05.办公室.aa.yaml:1: 记录: 方案中没有措施 9-9 — 现有：1-1、1-2、2-1、2-2、2-3",
        "ledgers/p/县教育局/2020-05.办公室.aa.yaml:1: 状态: 任务整改中，不能记“申请销号” — 此事项只能在 已完成 时记录",
        "ledgers/p/城关镇/2020-05.办公室.aa.yaml:2: 字段: “2020-13-12”这一天不存在 — 核对月份和日子",
        "plans/units.yaml:7: 单位: 没有类别“街道” — 在“类别”中补上，或改正",
    ]


def test_a_broken_unit_book_still_lets_the_plan_be_shown(zhenggai: Runner, root: Path) -> None:
    write(root, {"plans/units.yaml": "类别: [\n"})
    ran = zhenggai("status", at=root)
    assert ran.code == 1
    assert "2个问题、5项措施、0件任务" in ran.out
    assert "plans/units.yaml:" in ran.err.splitlines()[-1]


def test_a_missing_unit_book_is_named(zhenggai: Runner, root: Path) -> None:
    (root / "plans/units.yaml").unlink()
    ran = zhenggai("status", at=root)
    assert ran.code == 1
    assert "plans/units.yaml:1: 文件: 没有单位册 — 运行 zhenggai init 生成样本，再填入各单位" in ran.err.splitlines()


def test_control_characters_of_the_data_never_reach_the_terminal(zhenggai: Runner, root: Path) -> None:
    write(root, {"plans/p.yaml": PLAN.replace("标题: 整改方案", '标题: "整改\\e[31m方案"')})
    ran = zhenggai("status", at=root)
    assert "\x1b" not in ran.out + ran.err


# nothing to show


def test_without_plans_there_is_nothing_to_show(zhenggai: Runner, tmp_path: Path) -> None:
    assert zhenggai("status", at=tmp_path) == Ran(
        3,
        "",
        "zhenggai：这里（及上级文件夹）没有 plans/，不是整改台账的文件夹\n  下一步：换到台账所在的文件夹；还没有台账的，运行 zhenggai init\n",
    )


def test_an_empty_folder_of_plans_has_nothing_to_show(zhenggai: Runner, tmp_path: Path) -> None:
    (tmp_path / "plans").mkdir()
    assert zhenggai("week", at=tmp_path) == Ran(3, "", f"zhenggai：plans/ 里还没有方案\n  {MAKE_PLAN}\n")


def test_a_plan_that_cannot_be_read_is_said_with_all_that_is_wrong(zhenggai: Runner, root: Path) -> None:
    write(root, {"plans/p.yaml": "标题：整改方案\n年度: 2020\n"})
    ran = zhenggai("status", at=root)
    assert (ran.code, ran.out) == (3, "")
    assert ran.err.splitlines()[0] == "zhenggai：方案 plans/p.yaml 无法读取："
    assert ran.err.splitlines()[1].startswith("  plans/p.yaml:1: ")


def test_one_of_several_plans_may_be_named(zhenggai: Runner, root: Path) -> None:
    write(root, {"plans/q.yaml": PLAN.replace("编号: p\n", "编号: q\n", 1)})
    assert zhenggai("overdue", "--plan", "p", at=root) == Ran(0, OVERDUE, "")
    assert "已完成整改0个" in zhenggai("status", "--方案", "q", at=root).out
    assert zhenggai("status", "--plan", "r", at=root) == Ran(2, "", "zhenggai：没有编号为“r”的方案\n  现有：p、q\n")


def test_commands_work_from_a_sub_folder_and_without_git(
    zhenggai: Runner, root: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert zhenggai("overdue", at=root / "ledgers/p/城关镇") == Ran(0, OVERDUE, "")


# check


DOUBTFUL = "党组织:\n- {名称: 镇党委, 单位: 城关镇, 类别: 基层党委, 届期: 3, 上次换届: 2019-08-20}\n"


def test_check_is_silent_when_all_is_well(zhenggai: Runner, root: Path) -> None:
    assert zhenggai("check", at=root) == Ran(0, "", "")
    assert zhenggai("check", "--strict", at=root) == Ran(0, "", "")


def test_check_without_a_plan_says_how_to_make_one(zhenggai: Runner, root: Path) -> None:
    (root / "plans/p.yaml").unlink()
    shutil.rmtree(root / "ledgers")
    said = f"plans/ 里还没有方案，只查了单位册\n  {MAKE_PLAN}\n"
    assert zhenggai("check", at=root) == Ran(0, "", said)


def test_doubts_fail_only_a_strict_check(zhenggai: Runner, root: Path) -> None:
    write(root, {"plans/organisations.yaml": DOUBTFUL})
    said = "plans/organisations.yaml:2: 党组织（疑点）: 届期 3 年，基层党委一般 5 年 — 核对届期\n"
    assert zhenggai("check", at=root) == Ran(0, said, "错误 0 处，警告 0 处，疑点 1 处\n")
    assert zhenggai("check", "--strict", at=root) == Ran(1, said, "错误 0 处，警告 0 处，疑点 1 处\n")


def test_check_gives_json(zhenggai: Runner, root: Path) -> None:
    write(root, {"plans/p.yaml": PLAN.replace("责任单位: 县教育局", "责任单位: 县教育委")})
    ran = zhenggai("check", "--format", "json", at=root)
    assert (ran.code, ran.err) == (1, "错误 2 处，警告 0 处，疑点 0 处\n")
    record = json.loads(ran.out)
    assert record["counts"] == {"error": 2, "warning": 0, "doubt": 0}
    assert [(p["path"], p["line"], p["level"], p["check"]) for p in record["problems"]] == [
        ("ledgers/p/县教育局/2020-04.办公室.aa.yaml", 10, "错误", "记录"),
        ("plans/p.yaml", 16, "错误", "单位"),
    ]
    assert set(record["problems"][0]) == {"path", "line", "level", "check", "what", "remedy"}


def test_check_looks_at_every_plan_even_at_one_it_cannot_read(zhenggai: Runner, root: Path) -> None:
    write(root, {"plans/q.yaml": "编号: q\n\t标题: 整改方案\n"})
    ran = zhenggai("check", at=root)
    assert ran.code == 1
    assert {line.split(":")[0] for line in ran.out.splitlines()} == {"plans/q.yaml"}
    assert zhenggai("check", "--plan", "p", at=root) == Ran(0, "", "")


def test_output_that_nobody_reads_on_is_no_error(root: Path) -> None:
    """``zhenggai week | head -1``: the pipe is gone before the report is out."""
    script = "from zhenggai.cli.app import main; main(['week', '--as-of', '2020-07-01'])"
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run([sys.executable, "-c", script], cwd=root, stdout=writer, stderr=subprocess.PIPE, check=False)
    os.close(writer)
    assert (done.returncode, done.stderr) == (0, b"")


HEADS = {
    ("overdue",): "措施,单位,责任人,内容,状态,进度,时限,截止日,时限出处,天数,最近记录,灯,缘由",
    ("due", "--within", "200"): "措施,单位,责任人,内容,状态,进度,时限,截止日,时限出处,天数,最近记录,灯,缘由",
    ("phase", "1"): "阶段,问题,单位,应完成,按期,超期,未完成,逾期",
    ("todo", "县教育局"): "承办单位,身份,要办,措施,单位,内容,截止日,天数,缘由,记录命令",
    ("show", "1-1"): "日期,编号,措施,单位,记录单位,事项,进度,结论,内容,佐证,填报人",
    ("week",): "日期,问题,措施,单位,事项,进度,内容",
    ("month", "--no", "1"): "日期,问题,措施,单位,事项,进度,内容",
    ("when", "9月底前"): "期次,起,最后一天",
    ("check",): "文件,行,级别,检查,情况,办法",
}


@pytest.mark.parametrize(("command", "heads"), HEADS.items(), ids=[command[0] for command in HEADS])
def test_every_report_has_its_heads_in_csv_and_is_there_in_every_format(
    zhenggai: Runner, root: Path, command: tuple[str, ...], heads: str
) -> None:
    write(root, {"plans/organisations.yaml": DOUBTFUL})  # for check
    said = zhenggai(*command, "--format", "csv", at=root).out
    first, *rows = csv.reader(said.splitlines())
    assert ",".join(first) == heads
    assert rows
    assert {len(row) for row in rows} == {len(first)}
    assert isinstance(json.loads(zhenggai(*command, "--format", "json", at=root).out), dict)
    for name, start in (("text", ""), ("md", "# "), ("table", "")):
        ran = zhenggai(*command, "--format", name, at=root)
        assert (ran.code, ran.out[: len(start)], "\x1b" in ran.out) == (0, start, False)


def test_what_is_to_be_written_over_must_be_a_file(zhenggai: Runner, root: Path) -> None:
    assert zhenggai("status", "-o", "plans", at=root) == Ran(
        3, "", "zhenggai：plans 不是普通文件（是链接、目录或设备），不写入\n  下一步：换成真正的文件\n"
    )


@pytest.mark.parametrize("place", ["plans/p.yaml", "plans/new.md", "ledgers/p/报告/周报第001期.txt", "link/p.yaml"])
@pytest.mark.parametrize("command", ["status", "remind"])
def test_a_report_never_takes_the_place_of_data(zhenggai: Runner, root: Path, command: str, place: str) -> None:
    if place.startswith("link"):
        (root / "link").symlink_to("plans")
    before = tree(root)
    ran = zhenggai(command, "-o", place, "--as-of", "2020-07-01", at=root)
    assert ran.code == 2
    assert ran.err.endswith("zhenggai：plans/ 和 ledgers/ 里是数据，报告不写到那里，没有写入\n  下一步：换一个文件夹\n")
    assert tree(root) == before


@pytest.mark.parametrize("place", ["NUL", "CON.txt", "aux/周报.txt", "../子./周报.txt", "周报.txt.", "周报.txt "])
def test_a_name_that_means_something_else_on_windows_is_refused_there(
    zhenggai: Runner, root: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    monkeypatch.setattr(streams, "WINDOWS", True)
    for command in ("status", "remind"):
        ran = zhenggai(command, "-o", place, "--as-of", "2020-07-01", at=root)
        assert ran.code == 2
        assert ran.err.endswith("，没有写入\n  下一步：换一个名字\n")
        assert ran.err.splitlines()[-2].startswith(f"zhenggai：{Path(place)}：“")
    assert zhenggai("status", "-o", "../.周报.txt", at=root).code == 0


def test_a_drive_that_is_not_there_is_said(zhenggai: Runner, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    is_dir = Path.is_dir
    monkeypatch.setattr(Path, "is_dir", lambda path: path.is_relative_to(root) and is_dir(path))
    ran = zhenggai("status", "-o", "../周报.txt", at=root)
    assert (ran.code, ran.out) == (3, "")
    assert ran.err.splitlines()[0] == f"zhenggai：无法读写 {root.parent}：文件夹不存在"


def test_what_an_error_says_of_data_is_made_visible(zhenggai: Runner, root: Path) -> None:
    ran = zhenggai("show", "\x1b[31m\u202e", at=root)
    assert "〈U+001B〉[31m〈U+202E〉" in ran.err
    assert not {"\x1b", "\u202e"} & set(ran.err)


def test_an_interruption_is_said_and_leaves_no_traceback(
    zhenggai: Runner, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object, **_options: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("zhenggai.cli.question.Ledger", interrupted)
    assert zhenggai("status", at=root) == Ran(130, "", "zhenggai：已中断，没有写完的都已还原\n")


def test_an_ending_that_no_format_has_is_refused(zhenggai: Runner, root: Path) -> None:
    ran = zhenggai("status", "-o", "周报.wps", at=root)
    assert ran == Ran(
        2,
        "",
        "zhenggai：写不成 .wps 文件，没有写入\n"
        "  下一步：换成 .txt .md .csv .json .html .htm .xlsx .docx，或用 --format 指明格式；就要这个名字，加 --force，写成纯文本\n",
    )
    assert not (root / "周报.wps").exists()
    assert zhenggai("status", "-o", "周报.et", "--format", "text", at=root).code == 0


def test_an_unread_deadline_is_told_as_counted(zhenggai: Runner, root: Path) -> None:
    plan = (root / "plans/p.yaml").read_text("utf-8")
    write(root, {"plans/p.yaml": plan.replace("2020年6月底前", "视情况研究确定", 1)})
    ran = zhenggai("status", at=root)
    assert ran.code == 1
    assert "；其中时限读不出" in ran.out
    assert ran.err.splitlines()[0] == "时限有 1 处错误，所涉任务已计入，未判逾期："


def test_a_red_light_beside_a_hundred_percent_has_its_reason(zhenggai: Runner, tmp_path: Path) -> None:
    done = "04-10 县教育局 进展 1-2 进度=100\n04-12 县教育局 完成 1-2\n"
    plan = (
        PLAN.partition("- 编号: 2\n")[0]
        .replace("[各乡镇, 县教育局]", "县教育局")
        .replace(
            "1-1, 内容: 制定办法, 类别: 限期整改, 时限: 2020年6月底前", "1-1, 内容: 主题党日, 类别: 例行, 频次: 每月"
        )
    )
    said = zhenggai("status", "--as-of", "2020-09-30", at=small_repo(tmp_path, done, plan=plan)).out
    assert "100.00%  红" in said
    assert "　　问题1完成率100%，红灯是因为 1-1 县教育局：" in said
