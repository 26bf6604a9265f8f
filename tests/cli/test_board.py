"""``board`` from the command line: whole output, changes since last week, filters, and what other answers say of the same."""

import json
from pathlib import Path
from typing import Any

import pytest

from small_repo import PLAN, SHIPPED, Runner, small_repo, write

LEDGER = """\
04-10 县教育局 认领 1-1 责任人=李敏
04-12 县教育局 进展 1-1 内容=初稿 进度=10
04-20 县教育局 完成 1-2 内容=已改
06-20 县教育局 完成 1-1 内容=印发
06-28 县财政局 进展 2-1 内容=摸底 进度=30
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write(small_repo(tmp_path, LEDGER), {"plans/p.yaml": PLAN})


BOARD = """\
整改方案：看板

　　截至 2020-07-01，最近一条记录 2020-06-28

项              数  说明          比上周
----------  ------  ------------  -----------
完成率      40.00%  5件中完成2件  与上周持平
已销号           0  已完成2件中   与上周持平
正在推进         0  未启动3件     与上周持平
逾期             2                比上周多2件
红灯             3  涉及3个单位   比上周多2件
长期、例行       2  不计入完成率

　　截至7月1日，2个问题、5项措施、7件任务，已完成整改2个（其中销号0个），基本完成并持续整改0个，正在推进0个，未启动3个，总体完成率40.00%（以5件为分母，不含长期坚持1件、例行1件）；申请延期0个，逾期2个。问题：2个中已完成0个、正在推进1个、未启动1个，0.00%；措施：3项中已完成1项、正在推进1项、未启动1项，33.33%（另有2项没有要完成的任务，不计）。

阶段1 集中整改  [■■■■■□□□□□]  50%  2020-04-01 至 2020-09-30，还剩 91 天

　　各问题完成情况
号    问题          措施    任务  完成情况      完成率    逾期  灯
----  ----------  ------  ------  ----------  --------  ------  ----
1     学习不深入       2       4  2/4           50.00%       2  红
2     制度不落实       3       3  0/1            0.00%       0  红
----  ----------  ------  ------  ----------  --------  ------  ----
      合计             5       7  2/5           40.00%       2

　　完成进度与阶段
各月末的数
截至          完成率    已完成    要完成的    已销号    逾期    红灯    到期应完成
----------  --------  --------  ----------  --------  ------  ------  ------------
2020-03-31     0.00%         0           5         0       1       1             1
2020-04-30    20.00%         1           5         0       0       0             1
2020-05-31    20.00%         1           5         0       0       1             1
2020-06-30    40.00%         2           5         0       0       1             4
2020-07-01    40.00%         2           5         0       2       3             4

　　各单位按期率
县直单位
单位      按期率             逾期    红灯
--------  ---------------  ------  ------
县教育局  50.00%＊（1/2）       0       0

乡镇
单位    按期率            逾期    红灯
------  --------------  ------  ------
城关镇  0.00%＊（0/1）       1       1
河东乡  0.00%＊（0/1）       1       1

　　没有应完成任务的1个：县财政局。
　　按期率＝按期完成÷应完成，按类别分别排；应完成不足3件的（带＊）排在后面。

　　单位与问题的红黄绿蓝灯
　　一格是一个单位在一个问题上的任务，取最重的灯：“红1/3”是3件任务中1件红灯。单位按红灯、黄灯多少排列。

单位      问题1    问题2
--------  -------  -------
县财政局           红1/3
城关镇    红
河东乡    红
县教育局  绿2/2

　　5 项措施的时限与完成
措施    内容      时限                      截止日        已完成  灯
------  --------  ------------------------  ----------  --------  ----
1-1     制定办法  2020-04-01 至 2020-06-30  2020-06-30       1/3  红
1-2     立即改正  2020-03-01 至 2020-03-16  2020-03-16       1/1  绿
2-1     坚持学习  2020-04-01 至 长期        长期               —  蓝
2-2     主题党日  2020-04-01 至 长期        长期               —  红
2-3     分步推进  2020-04-01 至 2020-09-30  2020-09-30       0/1  黄

　　红灯任务 3 件
措施    内容      单位      责任人    截止日      缘由                          最近记录
------  --------  --------  --------  ----------  ----------------------------  ----------
1-1     制定办法  城关镇    书记      2020-06-30  逾期 1 天                     无
                  河东乡    书记      2020-06-30  逾期 1 天                     无
2-2     主题党日  县财政局  书记      —           缺 2020-04、2020-05、2020-06  无

　　最新记录
日期        措施    单位      事项    内容
----------  ------  --------  ------  ---------
2020-06-28  2-1     县财政局  进展    30%；摸底
2020-06-20  1-1     县教育局  完成    印发
"""


def test_all_that_is_on_it_in_tables(zhenggai: Runner, root: Path) -> None:
    ran = zhenggai("board", at=root)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == BOARD


def _json(zhenggai: Runner, *words: str, at: Path = SHIPPED) -> dict[str, Any]:
    ran = zhenggai(*words, "--format", "json", at=at)
    assert ran.code == 0, ran.err
    found: dict[str, Any] = json.loads(ran.out)
    return found


@pytest.mark.parametrize(
    "asked",
    [("--as-of", "2020-10-31"), ("各乡镇", "--as-of", "2020-09-30"), ("--problem", "2", "--as-of", "2020-06-30")],
)
def test_it_says_what_the_other_answers_say(zhenggai: Runner, asked: tuple[str, ...]) -> None:
    board = _json(zhenggai, "board", *asked)
    status, listed = (_json(zhenggai, name, *asked) for name in ("status", "list"))
    assert (board["totals"], board["problems"]) == (status["totals"], status["problems"])
    red = [(task["measure"], task["unit"]) for task in listed["tasks"] if task["light"] == "红"]
    assert sorted((task["measure"], task["unit"]) for task in board["red"]) == sorted(red)
    assert sum(of["tasks"] for of in board["lights"]) == len(listed["tasks"])
    assert sum(of["red"] for of in board["lights"]) == len(red)
    assert sum(of["tasks"] for of in board["measures"]) == len(listed["tasks"])
    months = _json(zhenggai, "trend", "--per", "month", *asked)["points"]
    assert [point for point in board["points"] if point["date"] in {month["date"] for month in months}] == months
    week_ago = _json(zhenggai, "status", *asked[:-1], "2020-10-24") if asked[-1] == "2020-10-31" else None
    if week_ago:
        assert board["week_ago"]["closed"] == week_ago["totals"]["closed"]


def test_a_plan_younger_than_a_week_has_no_change(zhenggai: Runner, root: Path) -> None:
    found = _json(zhenggai, "board", "--as-of", "2020-03-05", at=root)
    assert "week_ago" not in found
    assert "比上周多" not in zhenggai("board", "--as-of", "2020-03-05", at=root).out


def test_before_the_first_entry_it_says_that_there_is_none_and_no_command(zhenggai: Runner, root: Path) -> None:
    out = zhenggai("board", "--as-of", "2020-03-05", at=root).out
    assert "　　截至 2020-03-05，还没有记录\n" in out
    assert "zhenggai add" not in out


def test_several_plans_stand_on_one_page_with_their_sums(zhenggai: Runner, root: Path) -> None:
    write(root, {"plans/q.yaml": PLAN.replace("编号: p", "编号: q").replace("标题: 整改方案", "标题: 另一个方案")})
    assert zhenggai("board", "-o", "看板.html", at=root).code == 0
    page = (root / "看板.html").read_text("utf-8")
    assert page.count("<h2>") == 2
    assert page.count("<select") == 2
    assert page.count(">县教育局</option>") == 1  # it has tasks in both
    assert '<optgroup label="另一个方案">' in page


def test_the_shipped_plan_is_a_small_file(zhenggai: Runner, tmp_path: Path) -> None:
    path = tmp_path / "看板.html"
    for day in ("2020-03-01", "2020-10-31", "2021-03-31"):
        assert zhenggai("看板", "--as-of", day, "-o", str(path), at=SHIPPED).code == 0
        assert path.stat().st_size <= 150_000


def test_a_plan_of_many_problems_has_their_numbers_above_its_lights(zhenggai: Runner, tmp_path: Path) -> None:
    more = "".join(
        f"- 编号: {n}\n  内容: 问题\n  措施:\n  - {{编号: {n}-1, 内容: 改, 类别: 限期整改, 时限: 2020年9月底前, "
        "牵头单位: 县委办公室, 责任单位: [县教育局], 责任人: 科长, 阶段: [1]}\n"
        for n in range(3, 13)
    )
    root = write(small_repo(tmp_path, LEDGER), {"plans/p.yaml": PLAN + more})
    out = zhenggai("board", at=root).out
    heads = next(line for line in out.splitlines() if line.startswith("单位／问题"))
    assert heads.split() == ["单位／问题", *map(str, range(1, 13))]


def test_a_long_course_is_a_curve_of_months_and_a_table_of_its_last_ones(zhenggai: Runner, root: Path) -> None:
    found = _json(zhenggai, "board", "--as-of", "2024-03-15", at=root)
    days = [point["date"] for point in found["points"]]
    assert days[:2] == ["2020-03-31", "2020-04-30"]
    assert days[-3:] == ["2024-02-29", "2024-03-08", "2024-03-15"]
    rows = zhenggai("board", "--as-of", "2024-03-15", at=root).out.partition("各月末的数\n")[2].partition("\n\n")[0]
    assert len(rows.splitlines()) == 2 + 24
