"""``list --layout``: the ledger in the columns of ledgers in use, and the three lists."""

import csv
import io
import json
from pathlib import Path

import pytest

from small_repo import UNITS, Ran, Runner, small_repo, write
from zhenggai.views.layout import LayoutName
from zhenggai.views.ledger_layouts import LAYOUTS

HEADS = {
    "A": "序号 反馈问题 整改目标 整改措施 责任领导 责任部门 完成时限",
    "B": "序号 反馈重点方面 反馈重点内容 反馈具体问题 整改计划 整改进度 整改描述 责任领导 分管领导 整体牵头部门/负责人 整改时限",
    "C": "序号 问题来源 问题类别 具体问题表述 整改类型 整改要求 整改时限 整改完成标准 细化的整改措施 对应的完成时间 "
    "整改第一责任人 牵头整改部门责任人 已采取的整改措施 未整改到位原因及下一步计划 是否已完成整改 是否销号",
    "D": "序号 单位 问题类别 存在问题 采取的整改措施 整改期限 整改责任人 整改情况 完成时间 复查人 备注",
    "E": "单位 应整改数 已整改数 完成率 立行立改应整改数 立行立改已整改数 完成率 问责组织数 问责人员数",
}

PLAN = """\
编号: p
标题: 整改方案
年度: 2020
印发日期: 2020-03-01
问题来源: {xs: 巡视, sj: 审计}
审核: {初审: 牵头单位, 复核: 县委组织部, 回避: [县委督查局]}
督办单位: 县委督查局
阶段: [{编号: 1, 名称: 集中整改, 时限: 2020年4月至9月}]
问题:
- 编号: 1
  内容: 学习不深入
  来源: [xs, sj]
  性质: 共性
  措施:
  - {编号: 1-1, 内容: 制定办法, 时限: 2020年6月底前, 牵头单位: 县委办公室, 责任单位: [各乡镇, 教育局], 除外: [河东乡], 责任人: 书记, 整改目标: 有章可循, 完成标准: 办法印发}
  - {编号: 1-2, 内容: 立即改正, 类别: 立行立改, 牵头单位: 县委办公室, 责任单位: 县教育局, 责任人: 书记}
- 编号: 2
  内容: 制度不落实
  措施:
  - {编号: 2-1, 内容: 坚持学习, 类别: 长期坚持, 牵头单位: 县教育局, 责任单位: 县财政局, 责任领导: 王局长}
"""
NO_MEASURE = "- {编号: 3, 内容: 还没有定措施}\n"
LEDGER = """\
04-10 县教育局 认领 1-1 责任领导=副局长张华 责任人=李敏
04-12 县教育局 进展 1-1 内容=写成初稿 进度=40 #稿
04-13 县教育局 更正 针对=稿 内容=写成二稿
04-14 县教育局 进展 1-1 内容=征求意见 进度=60 原因=意见多 下步打算=再改一遍
04-20 县教育局 完成 1-2 内容=已改 佐证=县教发〔2020〕3号
04-21 县教育局 申请销号 1-2 签批领导=张华 #申
04-22 县委办公室 初审 针对=申 结论=通过
04-23 县委组织部 复核 针对=申 结论=通过
05-01 县委督查局 问责 1-1 单位=城关镇 对象=书记 依据=办法 组织数=1 人数=2
05-02 县委督查局 问责 1-1 单位=县教育局 对象=局长 依据=办法
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return small_repo(tmp_path, LEDGER, plan=PLAN, units=UNITS)


def rows_of(zhenggai: Runner, root: Path, *words: str) -> list[dict[str, object]]:
    ran = zhenggai("list", "--layout", *words, "--format", "json", at=root)
    assert (ran.code, ran.err) == (0, "")
    answer = json.loads(ran.out)
    assert {name: answer[name] for name in answer if name != "rows"} == {
        "schema_version": 1,
        "plan": "p",
        "as_of": "2020-07-01",
        "layout": words[0],
    }
    rows: list[dict[str, object]] = answer["rows"]
    return rows


@pytest.mark.parametrize("name", LayoutName)
def test_a_layout_has_its_columns_in_their_order(zhenggai: Runner, root: Path, name: LayoutName) -> None:
    assert set(LAYOUTS) == set(LayoutName)
    out = zhenggai("台账", "--版式", name, "--format", "csv", at=root).out
    heads = next(csv.reader(io.StringIO(out)))
    assert " ".join(heads) == HEADS.get(name, " ".join(heads))
    (table,) = zhenggai("list", "--layout", name.lower(), at=root).out.split("\n\n")[2:3]
    assert table.splitlines()[0].split() == heads


def test_a_has_a_row_a_measure(zhenggai: Runner, root: Path) -> None:
    assert zhenggai("list", "--layout", "A", at=root) == Ran(
        0,
        """\
整改方案：整改台账

　　截至 2020-07-01，2 个问题、3 项措施、4 件任务

  序号  反馈问题    整改目标    整改措施    责任领导              责任部门                        完成时限
------  ----------  ----------  ----------  --------------------  ------------------------------  -------------
     1  学习不深入  有章可循    制定办法    县教育局：副局长张华  各乡镇、县教育局（河东乡除外）  2020年6月底前
     2  学习不深入              立即改正                          县教育局                        立行立改
     3  制度不落实              坚持学习    王局长                县财政局                        长期坚持
""",
        "",
    )


def test_b_says_a_problem_once_and_csv_says_it_in_each_row(zhenggai: Runner, root: Path) -> None:
    columns = "序号、反馈具体问题、整改计划、整改进度、整改描述"
    assert zhenggai("list", "--layout", "B", "--columns", columns, at=root).out.endswith(
        """
  序号  反馈具体问题    整改计划    整改进度                              整改描述
------  --------------  ----------  ------------------------------------  ------------------
     1  学习不深入      制定办法    城关镇：未启动；县教育局：整改中 60%  县教育局：征求意见
                        立即改正    复核通过                              已改
     2  制度不落实      坚持学习    长期坚持
"""
    )
    rows = list(csv.reader(io.StringIO(zhenggai("list", "--layout", "B", "--format", "csv", at=root).out)))
    assert [(row[0], row[3]) for row in rows[1:]] == [
        ("1", "学习不深入"),
        ("1", "学习不深入"),
        ("2", "制度不落实"),
    ]


def test_c_has_a_row_a_task_with_what_was_done_as_corrected(zhenggai: Runner, root: Path) -> None:
    rows = {(row["content"], row["person"]): row for row in rows_of(zhenggai, root, "C")}
    assert rows["制定办法", "牵头单位：县委办公室；责任单位：县教育局 李敏"] == {
        "nth": 2,
        "source": "巡视、审计",
        "sort_of_problem": "共性",
        "finding": "学习不深入",
        "rectification_type": "限期整改",
        "goal": "有章可循",
        "deadline": "2020年6月底前",
        "standard": "办法印发",
        "content": "制定办法",
        "due": "2020-06-30",
        "first_responsible": "副局长张华",
        "person": "牵头单位：县委办公室；责任单位：县教育局 李敏",
        "work": "一是写成二稿。二是征求意见。",
        "remains": "原因：意见多；下一步：再改一遍",
        "is_completed": "否",
        "is_closed": "否",
        "amount": None,
        "rectified": None,
    }
    assert [row["is_completed"] for row in rows.values()] == ["否", "否", "是", "长期坚持"]


def test_the_plan_s_own_people_and_words_stand_in_their_columns(zhenggai: Runner, root: Path) -> None:
    keys = "分管领导: 副县长, 第一责任人: 县委书记, 整改类型: 近期, 分工: [{单位: 城关镇, 分管领导: 镇长}]"
    write(root, {"plans/p.yaml": PLAN.replace("{编号: 1-1,", "{编号: 1-1, " + keys + ",")})
    assert [row["leader_in_charge"] for row in rows_of(zhenggai, root, "B")] == [
        "城关镇：镇长；县教育局：副县长",
        "",
        "",
    ]
    first = rows_of(zhenggai, root, "C")[0]
    assert (first["rectification_type"], first["first_responsible"]) == ("近期", "县委书记")


def test_d_has_the_tasks_that_have_applied_and_a_line_for_signatures(zhenggai: Runner, root: Path) -> None:
    (row,) = rows_of(zhenggai, root, "D")
    assert row == {
        "nth": 1,
        "unit": "县教育局",
        "sort_of_problem": "共性",
        "finding": "学习不深入",
        "work": "已改。",
        "deadline": "立行立改",
        "person": "书记",
        "outcome": "已完成整改，复核通过",
        "completed": "2020-04-20",
        "reviewer": "县委组织部 办公室",
        "remark": None,
        "amount": None,
        "rectified": None,
    }
    lines = zhenggai("list", "--layout", "D", at=root).out.splitlines()
    assert lines[2].strip() == "截至 2020-07-01，1 件任务申请了销号，其中已销号 0 件"
    assert lines[-1].split() == ["整改单位负责人：", "主管部门负责人："]
    none = zhenggai("list", "--layout", "D", "--unit", "县财政局", at=root).out
    assert "没有符合的。" in none
    assert "负责人：" not in none


def test_d_names_who_accepted(zhenggai: Runner, root: Path) -> None:
    plan = PLAN.replace("{编号: 1-2,", "{编号: 1-2, 验收单位: 省厅,")
    ledger = LEDGER.replace("复核 针对=申 结论=通过", "复核 针对=申 结论=通过 验收人=省厅专家组")
    (row,) = rows_of(zhenggai, small_repo(root / "省厅验收", ledger, plan=plan, units=UNITS), "D")
    assert row["reviewer"] == "省厅专家组"


def test_e_counts_by_unit_and_leaves_blank_what_nobody_recorded(zhenggai: Runner, root: Path) -> None:
    assert zhenggai("list", "--layout", "E", at=root).out == (
        """\
整改方案：整改情况统计表

　　截至 2020-07-01，3 个单位，4 件任务；应整改的不含长期坚持、例行、不适用的

单位        应整改数    已整改数    完成率    立行立改应整改数    立行立改已整改数    完成率    问责组织数    问责人员数
--------  ----------  ----------  --------  ------------------  ------------------  --------  ------------  ------------
县教育局           2           1    50.00%                   1                   1   100.00%
县财政局           0           0         —                   0                   0         —             0             0
城关镇             1           0     0.00%                   0                   0         —             1             2
--------  ----------  ----------  --------  ------------------  ------------------  --------  ------------  ------------
合计               3           1    33.33%                   1                   1   100.00%             1             2
"""
    )
    totals = json.loads(zhenggai("status", "--format", "json", at=root).out)["totals"]
    assert (totals["denominator"], totals["completed"]) == (3, 1)


def test_every_problem_task_and_unit_stands_in_its_list_once(zhenggai: Runner, root: Path) -> None:
    problems = rows_of(zhenggai, root, "问题清单")
    assert [(row["number"], row["tasks"], row["standing"]) for row in problems] == [
        (1, 3, "整改中"),
        (2, 1, "长期坚持"),
    ]
    tasks = rows_of(zhenggai, root, "任务清单")
    assert [f"{row['measure']} {row['unit']}" for row in tasks] == [
        "1-1 城关镇",
        "1-1 县教育局",
        "1-2 县教育局",
        "2-1 县财政局",
    ]
    duties = rows_of(zhenggai, root, "责任清单")
    assert [(row["unit"], row["leads"], row["measures"]) for row in duties] == [
        ("县委办公室", ["1-1", "1-2"], []),
        ("县教育局", ["2-1"], ["1-1", "1-2"]),
        ("县财政局", [], ["2-1"]),
        ("城关镇", [], ["1-1"]),
    ]


def test_a_unit_s_own_row_says_also_what_it_leads(zhenggai: Runner, root: Path) -> None:
    (row,) = rows_of(zhenggai, root, "责任清单", "--unit", "教育局")
    assert (row["leads"], row["measures"], row["tasks"]) == (["2-1"], ["1-1", "1-2"], 2)
    (row,) = rows_of(zhenggai, root, "责任清单", "--unit", "县委办")
    assert (row["leads"], row["tasks"]) == (["1-1", "1-2"], 0)


def test_columns_order_and_filters_are_those_of_the_list(zhenggai: Runner, root: Path) -> None:
    words = ("list", "--layout", "任务清单", "--columns", "序号、责任单位、截止日", "--sort", "截止日")
    out = zhenggai(*words, "--category", "限期整改", "--format", "csv", at=root).out
    assert out == "序号,责任单位,截止日\r\n1,城关镇,2020-06-30\r\n2,县教育局,2020-06-30\r\n"
    rows = rows_of(zhenggai, root, "任务清单", "--sort", "截止日", "--down")
    assert [(row["nth"], row["measure"]) for row in rows] == [(1, "1-1"), (2, "1-1"), (3, "1-2"), (4, "2-1")]
    twice = zhenggai("list", "--layout", "E", "--columns", "单位、完成率", "--format", "csv", at=root).out
    assert twice.splitlines()[0] == "单位,完成率,完成率"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("F",), "没有版式“F”，可用：A、B、C、D、E、问题清单、任务清单、责任清单\n  用法见：zhenggai list --help\n"),
        (
            ("A", "--columns", "灯"),
            "没有“灯”这一列\n  现有：序号、反馈问题、整改目标、整改措施、责任领导、责任部门、完成时限、问题金额（元） 等 10 个\n",
        ),
    ],
)
def test_a_layout_or_a_column_that_is_none_is_refused(
    zhenggai: Runner, root: Path, words: tuple[str, ...], said: str
) -> None:
    assert zhenggai("list", "--layout", *words, at=root) == Ran(2, "", f"zhenggai：{said}")


def test_a_problem_without_measures_is_not_lost(zhenggai: Runner, root: Path) -> None:
    write(root, {"plans/p.yaml": PLAN + NO_MEASURE})
    for name, key in (("A", "finding"), ("B", "finding"), ("问题清单", "finding")):
        ran = zhenggai("list", "--layout", name, "--format", "json", at=root)
        assert ran.code == 1  # a fault of the plan
        row = json.loads(ran.out)["rows"][-1]
        assert (row[key], row.get("content"), row.get("tasks", 0)) == ("还没有定措施", None, 0)


def test_levels_of_a_problem_and_measures_that_it_shares(zhenggai: Runner, root: Path) -> None:
    plan = PLAN.replace("  内容: 学习不深入\n", "  内容: 学习不深入\n  方面: 党建\n  具体表现: [走过场, 记录不全]\n")
    write(root, {"plans/p.yaml": f"{plan}- {{编号: 3, 内容: 开会多, 同措施: [1-2]}}\n"})
    rows = rows_of(zhenggai, root, "B")
    assert [(row["aspect"], row["matter"], row["finding"], row["content"]) for row in rows] == [
        ("党建", "学习不深入", "一是走过场。二是记录不全。", "制定办法"),
        ("党建", "学习不深入", "一是走过场。二是记录不全。", "立即改正"),
        ("", "", "制度不落实", "坚持学习"),
        ("", "", "开会多", "立即改正（同措施 1-2）"),
    ]
    assert rows_of(zhenggai, root, "C")[0]["sort_of_problem"] == "党建"
    assert [(row["finding"], row["tasks"], row["standing"]) for row in rows_of(zhenggai, root, "问题清单")] == [
        ("学习不深入", 3, "整改中"),
        ("制度不落实", 1, "长期坚持"),
        ("开会多（同措施 1-2）", 0, "已完成"),
    ]
    assert [row["answers"] for row in rows_of(zhenggai, root, "任务清单")][2] == "学习不深入；开会多"
