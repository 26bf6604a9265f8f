"""``rank`` from the command line: whole output, classes, filters, formats."""

import csv
import json
from pathlib import Path

import pytest
from rich.cells import cell_len

from small_repo import HEAD, UNITS, Ran, Runner, small_repo, snapshot_in
from zhenggai.document import Para, Table
from zhenggai.render.terminal import render as terminal
from zhenggai.views.rank import rank, ranking_blocks

PLAN = (
    HEAD
    + """\
- 编号: 1
  内容: 学习不深入
  措施:
  - {编号: 1-1, 内容: 制定办法, 时限: 2020年4月底前, 牵头单位: 县委办公室, 责任单位: [各乡镇, 县教育局], 责任人: 书记, 阶段: [1]}
  - {编号: 1-2, 内容: 学习办法, 时限: 2020年5月底前, 牵头单位: 县委办公室, 责任单位: [各乡镇], 责任人: 书记, 阶段: [1]}
  - {编号: 1-3, 内容: 对照检查, 时限: 2020年6月底前, 牵头单位: 县委办公室, 责任单位: [各乡镇], 责任人: 书记, 阶段: [1]}
  - {编号: 1-4, 内容: 主题党日, 类别: 例行, 频次: 每月, 责任单位: [城关镇, 县委督查局], 责任人: 书记, 阶段: [1]}
"""
)
TOWNS = UNITS + "- {名称: 大塘乡, 类别: 乡镇}\n- {名称: 柳林镇, 类别: 乡镇}\n"
LEDGER = """
04-10 城关镇 进展 1-1 进度=40
04-28 城关镇 完成 1-1
04-10 河东乡 进展 1-1 进度=40
04-28 河东乡 完成 1-1
04-10 大塘乡 进展 1-1 进度=40
04-28 大塘乡 完成 1-1
05-20 大塘乡 进展 1-2 进度=40
05-28 大塘乡 完成 1-2
04-30 城关镇 例行 1-4 期次=2020-04
06-03 城关镇 例行 1-4 期次=2020-05
06-30 城关镇 例行 1-4 期次=2020-06
06-02 城关镇 进展 1-2 进度=40
06-02 城关镇 进展 1-3 进度=40
06-02 河东乡 进展 1-2 进度=40
06-02 河东乡 进展 1-3 进度=40
06-18 县委督查局 约谈 单位=柳林镇 对象=书记 依据=规则
"""

NOTES = """
　　名次依次比较：按期率，完成率，逾期占应完成的比例，反弹、退回各占分母的比例，静默周数，例行缺期占应办期数的比例；各项都相同的并列。各类单位只在本类之内比较。
　　按期率＝按期完成÷应完成；应完成指有截止日且已完成或已过截止日的任务。完成率＝已完成÷分母；分母指全部任务，不含长期坚持、例行、不适用的。应完成不足3件的另排（带＊）；没有应完成任务的、已撤并的不排名次。
　　静默周：有可完成而未完成的任务，从周一到周日却没有本单位记录（代录不算）的周（至今共13个整周）。例行：按期、补办（期满以后才办）、缺期三者不重复计算。
"""

HEADS = """\
名次    单位      任务    分母    已完成    已销号    完成率    应完成    按期    按期率    逾期    延期    退回    反弹    静默周    例行按期    例行补办    例行缺期    红灯
------  ------  ------  ------  --------  --------  --------  --------  ------  --------  ------  ------  ------  ------  --------  ----------  ----------  ----------  ------
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return small_repo(tmp_path / "repo", LEDGER, plan=PLAN, units=TOWNS)


def test_a_class_within_itself_and_who_is_due_for_an_interview(zhenggai: Runner, root: Path) -> None:
    assert zhenggai("rank", "--class", "乡镇", at=root) == Ran(
        0,
        f"""\
整改方案：单位排名

　　截至 2020-07-01

乡镇
{HEADS}\
1       大塘乡       3       3         2         0    66.67%         3       2    66.67%       1       0       0       0         8           0           0           0       1
并列2   城关镇       4       3         1         0    33.33%         3       1    33.33%       2       0       0       0         9           2           1           0       2
并列2   河东乡       3       3         1         0    33.33%         3       1    33.33%       2       0       0       0         9           0           0           0       2
4       柳林镇       3       3         0         0     0.00%         3       0     0.00%       3       0       0       0        12           0           0           0       3

按规则应约谈的单位
单位    缘由                                                    约谈
------  ------------------------------------------------------  -----------------
柳林镇  1-1 逾期62天（满15天约谈）；1-2 逾期31天（满15天约谈）  2020-06-18 已约谈
城关镇  1-2 逾期31天（满15天约谈）                              未约谈
河东乡  1-2 逾期31天（满15天约谈）                              未约谈
{NOTES}""",
        "",
    )


def test_rates_that_say_little_stand_apart_and_units_without_any_have_no_place(zhenggai: Runner, root: Path) -> None:
    ran = zhenggai("rank", "--as-of", "2020-05-04", at=root)
    assert (ran.code, ran.err) == (0, "")
    tables = {part.splitlines()[0]: part.splitlines()[3:] for part in ran.out.split("\n\n") if "名次  " in part}
    assert {title: [line.split()[:2] for line in lines] for title, lines in tables.items()} == {
        "县直单位：应完成不足3件的另排，“—”不排名": [["1", "县教育局"]],
        "乡镇：应完成不足3件的另排，“—”不排名": [
            ["并列1", "城关镇"],
            ["并列1", "河东乡"],
            ["并列1", "大塘乡"],
            ["4", "柳林镇"],
        ],
        "未归类单位：应完成不足3件的另排，“—”不排名": [["—", "县委督查局"]],
    }
    assert "100.00%＊" in ran.out
    assert "　　没有按规则应约谈的单位。\n" in ran.out


def test_a_unit_keeps_its_place_among_all(zhenggai: Runner, root: Path) -> None:
    ran = zhenggai("rank", "--unit", "柳林镇", "--format", "json", at=root)
    record = json.loads(ran.out)
    ((town,),) = [c["units"] for c in record["classes"]]
    assert (town["unit"], town["place"], town["shared"], town["bracket"]) == ("柳林镇", 4, False, "排名")
    assert record["interviews"] == [
        {
            "unit": "柳林镇",
            "held": "2020-06-18",
            "causes": [
                {"measure": "1-1", "why": "逾期62天（满15天约谈）", "since": "2020-05-01"},
                {"measure": "1-2", "why": "逾期31天（满15天约谈）", "since": "2020-06-01"},
            ],
        }
    ]


def test_other_filters_choose_the_tasks_that_are_compared(zhenggai: Runner, root: Path) -> None:
    record = json.loads(zhenggai("rank", "--problem", "1-1", "--class", "各乡镇", "--format", "json", at=root).out)
    assert [(u["unit"], u["place"], u["due"], u["tasks"]) for c in record["classes"] for u in c["units"]] == [
        ("城关镇", 1, 1, 1),
        ("河东乡", 1, 1, 1),
        ("大塘乡", 1, 1, 1),
        ("柳林镇", 4, 1, 1),
    ]


def test_three_months_red_is_a_reason(zhenggai: Runner, root: Path) -> None:
    ran = zhenggai("rank", "--as-of", "2020-07-31", "--class", "县直单位", at=root)
    assert "县教育局  1-1 连续3个月末红灯、逾期92天（满15天约谈）  未约谈\n" in ran.out


def test_chinese_names(zhenggai: Runner, root: Path) -> None:
    assert zhenggai("排名", "--单位类别", "各乡镇", at=root) == zhenggai("rank", "--class", "乡镇", at=root)


def test_a_class_that_is_not_known(zhenggai: Runner, root: Path) -> None:
    assert zhenggai("rank", "--class", "乡", at=root) == Ran(
        2, "", "zhenggai：没有单位类别“乡”\n  最接近的有：各乡镇、乡镇\n"
    )


def test_a_class_without_tasks_is_said_plainly(zhenggai: Runner, root: Path) -> None:
    ran = zhenggai("rank", "--problem", "1-2", "--class", "县直单位", at=root)
    assert ran.out.splitlines()[2:7] == [
        "　　截至 2020-07-01",
        "　　没有可比较的单位。",
        "　　没有按规则应约谈的单位。",
        *NOTES.splitlines()[1:3],
    ]


def test_csv_has_a_row_a_unit_of_each_class(zhenggai: Runner, root: Path) -> None:
    rows = list(csv.DictReader(zhenggai("rank", "--format", "csv", at=root).out.splitlines()))
    assert [(r["类别"], r["组别"], r["名次"], r["并列"], r["单位"], r["应完成"], r["按期率"]) for r in rows] == [
        ("县直单位", "另排", "1", "否", "县教育局", "1", "0.0"),
        ("乡镇", "排名", "1", "否", "大塘乡", "3", "66.67"),
        ("乡镇", "排名", "2", "是", "城关镇", "3", "33.33"),
        ("乡镇", "排名", "2", "是", "河东乡", "3", "33.33"),
        ("乡镇", "排名", "4", "否", "柳林镇", "3", "0.0"),
        ("", "不排名", "", "否", "县委督查局", "0", ""),
    ]


def test_a_narrow_screen_keeps_place_unit_and_rate(zhenggai: Runner, root: Path) -> None:
    text = terminal(rank(snapshot_in(root, "07-01"), (), "乡镇"), width=40)
    assert "并列2  城关镇  33.33%  33.33%     2\n" in text
    assert max(cell_len(line) for line in text.splitlines()) <= 40


def test_another_report_may_embed_the_tables_and_what_they_mean(root: Path) -> None:
    *tables, order, rates, silent = ranking_blocks(snapshot_in(root, "07-01"))
    assert [t.title for t in tables if isinstance(t, Table)] == [
        "县直单位：应完成不足3件的另排，“—”不排名",
        "乡镇",
        "未归类单位：应完成不足3件的另排，“—”不排名",
    ]
    assert "".join(f"　　{p.text}\n" for p in (order, rates, silent) if isinstance(p, Para)) == NOTES[1:]


CLOSED = """
04-10 河东乡 进展 1-1 佐证=河发〔2020〕1号
04-11 河东乡 完成 1-1
04-12 河东乡 申请销号 1-1 签批领导=书记 #申
04-13 县委办公室 初审 针对=申 结论=通过
04-14 县委组织部 复核 针对=申 结论=通过
04-15 县委组织部 销号公示 针对=申 起=2020-04-15 止=2020-04-21
04-22 县委组织部 销号 针对=申 措施摘要=1a2b
"""


def test_a_unit_that_is_no_more_is_said_to_be(zhenggai: Runner, tmp_path: Path) -> None:
    units = TOWNS.replace("{名称: 河东乡, 类别: 乡镇}", "{名称: 河东乡, 类别: 乡镇, 止: 2020-05-31, 并入: 城关镇}")
    ran = zhenggai("rank", "--class", "乡镇", at=small_repo(tmp_path / "merged", CLOSED, plan=PLAN, units=units))
    (line,) = (line for line in ran.out.splitlines() if line.startswith("—"))
    assert line.split()[:9] == ["—", "河东乡（已撤并）", "1", "1", "1", "1", "100.00%", "1", "1"]


@pytest.mark.parametrize(("name", "start"), [("md", "# 整改方案：单位排名\n"), ("table", "整改方案：单位排名\n")])
def test_it_is_there_in_every_format(zhenggai: Runner, root: Path, name: str, start: str) -> None:
    ran = zhenggai("rank", "--format", name, at=root)
    assert (ran.code, ran.out[: len(start)], ran.err) == (0, start, "")
