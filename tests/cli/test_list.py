"""``list``: the ledger itself, with the columns and the order that are asked for."""

import csv
import io
import json
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from small_repo import PLAN, Ran, Runner, small_repo, write

LEDGER = """\
04-10 县教育局 认领 1-1 责任领导=副局长张华 责任人=李敏
04-12 县教育局 进展 1-1 内容=初稿 进度=10
04-20 县教育局 完成 1-2 内容=已改
04-22 县财政局 进展 2-3 内容=摸底 进度=20
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write(small_repo(tmp_path, LEDGER), {"plans/p.yaml": PLAN})


def test_a_row_a_task_in_the_plan_s_order(zhenggai: Runner, root: Path) -> None:
    assert zhenggai("list", "县教育局", at=root) == Ran(
        0,
        """\
整改方案：整改台账

　　截至 2020-07-01（只看单位“县教育局”），2 件任务

措施    内容      单位      牵头单位    时限           截止日      状态      进度  灯
------  --------  --------  ----------  -------------  ----------  ------  ------  ----
1-1     制定办法  县教育局  县委办公室  2020年6月底前  2020-06-30  整改中      10  红
1-2     立即改正  县教育局  县委办公室  立行立改       2020-03-16  已完成          绿
""",
        "",
    )


def test_numbers_are_sorted_as_numbers(zhenggai: Runner, root: Path) -> None:
    write(
        root,
        {
            "plans/p.yaml": PLAN.replace("2-3", "12-3")
            .replace("编号: 2\n", "编号: 12\n")
            .replace("2-2", "12-20")
            .replace("2-1", "12-1")
        },
    )
    tasks = json.loads(zhenggai("list", "--sort", "措施", "--format", "json", at=root).out)["tasks"]
    assert [task["measure"] for task in tasks] == ["1-1", "1-1", "1-1", "1-2", "12-1", "12-3", "12-20"]


def test_what_was_last_said_before_it_was_done_is_no_progress(zhenggai: Runner, root: Path) -> None:
    ledger = "04-10 县教育局 进展 1-2 进度=45\n04-17 县教育局 完成 1-2\n"
    tasks = json.loads(zhenggai("list", "1-2", "--format", "json", at=small_repo(root / "新", ledger)).out)["tasks"]
    assert [(task["state"], task["percent"]) for task in tasks] == [("已完成", None)]


def test_an_order_that_names_no_column_is_refused(zhenggai: Runner, root: Path) -> None:
    assert zhenggai("list", "--down", at=root).err == "zhenggai：--down 没有写按哪一列\n  下一步：加 --sort 列名\n"


@pytest.mark.parametrize(
    ("words", "order"),
    [
        (("--sort", "截止日"), ["1-2 县教育局", "1-1 城关镇", "1-1 河东乡", "1-1 县教育局"]),
        (("--排序", "进度", "--倒序"), ["2-3 县财政局", "1-1 县教育局"]),
        (("--sort", "percent"), ["1-1 县教育局", "2-3 县财政局"]),
        (("--sort", "完成日期"), ["1-2 县教育局"]),
    ],
)
def test_a_column_gives_the_order_and_what_has_no_value_comes_last(
    zhenggai: Runner, root: Path, words: tuple[str, ...], order: list[str]
) -> None:
    tasks = json.loads(zhenggai("台账", *words, "--format", "json", at=root).out)["tasks"]
    assert len(tasks) == 7
    assert [f"{task['measure']} {task['unit']}" for task in tasks][: len(order)] == order


def test_csv_has_the_columns_that_are_asked_for_else_all(zhenggai: Runner, root: Path) -> None:
    out = zhenggai("list", "--columns", "单位、责任领导、责任人、measure", "--format", "csv", at=root).out
    rows = list(csv.reader(io.StringIO(out.removeprefix("\ufeff"))))
    assert rows[0] == ["单位", "责任领导", "责任人", "措施"]
    assert [cell.strip() for cell in rows[3]] == ["县教育局", "副局长张华", "李敏", "1-1"]
    whole = zhenggai("list", "--format", "csv", at=root).out.splitlines()
    assert len(whole[0].split(",")) == 27
    assert len(whole) == 8


@pytest.mark.parametrize(("option", "word"), [("--columns", "单位、联系人"), ("--sort", "联系人")])
def test_a_column_that_is_none_is_refused(zhenggai: Runner, root: Path, option: str, word: str) -> None:
    ran = zhenggai("list", option, word, at=root)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("zhenggai：没有“联系人”这一列\n  ")


def test_an_empty_ledger_is_said(zhenggai: Runner, root: Path) -> None:
    ran = zhenggai("list", "--light", "蓝", "--problem", "1", at=root)
    assert ran == Ran(
        0, "整改方案：整改台账\n\n　　截至 2020-07-01（只看问题“1”、灯“蓝”），0 件任务\n　　没有符合的任务。\n", ""
    )


# --- on paper


def test_a_workbook_has_the_problems_too_and_each_row_is_whole(zhenggai: Runner, root: Path) -> None:
    assert zhenggai("list", "-o", "台账.xlsx", at=root) == Ran(0, "", "已写入 台账.xlsx\n")
    sheet = load_workbook(root / "台账.xlsx").worksheets[0]
    assert sheet.title == "整改台账"
    heads = [cell.value for cell in sheet[3]]
    assert heads == ["问题号", "问题", "措施", "内容", "单位", "牵头单位", "时限", "截止日", "状态", "进度", "灯"]
    assert [cell.value for cell in sheet["B"][3:]] == ["学习不深入"] * 4 + ["制度不落实"] * 3
    assert sheet["H4"].value == datetime(2020, 6, 30)
    assert not [span for span in sheet.merged_cells.ranges if span.min_row > 3]


def test_merged_it_says_a_problem_once(zhenggai: Runner, root: Path) -> None:
    assert zhenggai("list", "--merged", "-o", "台账.xlsx", at=root).code == 0
    sheet = load_workbook(root / "台账.xlsx").worksheets[0]
    spans = sorted(str(span) for span in sheet.merged_cells.ranges if span.min_row > 3)
    assert spans == ["A4:A7", "A8:A10", "B4:B7", "B8:B10"]
    lines = zhenggai("list", "--merged", "--columns", "问题、措施", at=root).out.splitlines()
    assert lines[6:9] == ["学习不深入  1-1", "            1-1", "            1-1"]


def test_columns_without_a_problem_have_nothing_to_merge(zhenggai: Runner, root: Path) -> None:
    said = "zhenggai：这些列里没有问题的列，没有可以合并的\n  下一步：去掉 --merged，或加上问题那一列\n"
    for arguments in (("--columns", "措施"), ("--layout", "E"), ("--layout", "A", "--columns", "整改措施")):
        assert zhenggai("list", "--merged", *arguments, at=root) == Ran(2, "", said)
