"""``list --fill``: the form for a unit that has no program: what it may fill in, what is locked, what a program reads of it."""

from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from small_repo import PLAN, Ran, Runner, small_repo
from zhenggai import __version__

LEDGER = """\
04-10 县教育局 进展 1-1 内容=初稿 进度=40
04-20 县教育局 完成 1-2 内容=已改
"""
KNOWN = ["问题", "措施", "内容", "单位", "时限", "截止日", "目前状态", "目前进度"]
TO_FILL = ["事项", "日期", "进度", "进展情况", "存在问题", "下步打算", "佐证", "填报人"]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return small_repo(tmp_path, LEDGER)


def form(zhenggai: Runner, root: Path) -> Workbook:
    ran = zhenggai("list", "--fill", "--unit", "县教育局", "-o", "填报.xlsx", at=root)
    assert ran == Ran(0, "", "已写入 填报.xlsx\n")
    return load_workbook(root / "填报.xlsx")


def test_it_has_the_unit_s_open_tasks_and_cells_to_fill_in(zhenggai: Runner, root: Path) -> None:
    sheet = form(zhenggai, root)["整改进展填报表"]
    assert [cell.value for cell in sheet[4]] == [*KNOWN, *TO_FILL]
    first = ["学习不深入", "1-1", "制定办法", "县教育局", "2020年6月底前", datetime(2020, 6, 30), "整改中", 40]
    assert [cell.value for cell in sheet[5]] == [*first, *[None] * len(TO_FILL)]
    assert sheet.max_row == 5  # 1-2 is completed


def test_all_cells_are_locked_but_those_to_fill_in(zhenggai: Runner, root: Path) -> None:
    sheet = form(zhenggai, root)["整改进展填报表"]
    assert sheet.protection.sheet
    assert [cell.protection.locked for cell in sheet[5]] == [True] * len(KNOWN) + [False] * len(TO_FILL)
    assert {cell.protection.locked for line in sheet["A1:P4"] for cell in line} == {True}


def test_what_a_cell_may_hold_is_offered_or_checked(zhenggai: Runner, root: Path) -> None:
    rules = {str(rule.sqref): rule for rule in form(zhenggai, root)["整改进展填报表"].data_validations.dataValidation}
    assert list(rules) == [f"{column}5" for column in "IJKLMNOP"]
    assert (rules["I5"].type, rules["I5"].formula1) == ("list", '"进展,基本完成,完成"')
    assert (rules["K5"].type, rules["K5"].formula1, rules["K5"].formula2) == ("whole", "0", "100")
    assert rules["J5"].type == "date"
    assert rules["K5"].error == "这一格填百分数：0 到 100 的整数"
    assert rules["O5"].prompt == "文件名，几份用、隔开；文件随表报来"


def test_a_hidden_sheet_says_which_form_it_is(zhenggai: Runner, root: Path) -> None:
    facts = form(zhenggai, root)["填报信息"]
    assert facts.sheet_state == "veryHidden"
    assert list(facts.iter_rows(values_only=True)) == [
        ("表", "整改进展填报表"), ("表的版本", "1"), ("方案", "p"), ("截至", "2020-07-01"), ("程序版本", __version__),
    ]  # fmt: skip


def test_a_form_is_for_a_unit_and_has_its_own_columns(zhenggai: Runner, root: Path) -> None:
    assert zhenggai("list", "--fill", at=root) == Ran(
        2, "", "zhenggai：填报表给一个单位填\n  下一步：加 --unit 单位；各单位都要，写进文件夹：-o 填报/\n"
    )
    said = "zhenggai：填报表的列是定好的\n  下一步：去掉 --columns、--sort、--layout、--merged、--template\n"
    for others in (("--columns", "措施"), ("--merged",), ("--layout", "A")):
        assert zhenggai("list", "--fill", "--unit", "县教育局", *others, at=root) == Ran(2, "", said)


def test_where_all_is_done_there_is_nothing_to_fill_in(zhenggai: Runner, root: Path) -> None:
    ran = zhenggai("list", "--fill", "--unit", "县委督查局", "-o", "填报.xlsx", at=root)
    assert ran.code == 0
    sheet = load_workbook(root / "填报.xlsx").worksheets[0]
    assert [cell.value for cell in sheet["A"]] == [
        "整改方案：整改进展填报表", "截至 2020-07-01（只看单位“县委督查局”），没有完成的任务 0 件",
    ]  # fmt: skip


@pytest.mark.parametrize("arguments", [(), ("-o", "填报.docx"), ("-o", "填报.txt"), ("--format", "md")])
def test_a_form_in_which_nothing_can_be_filled_in_is_refused(
    zhenggai: Runner, root: Path, arguments: tuple[str, ...]
) -> None:
    ran = zhenggai("list", "--fill", "--unit", "县教育局", *arguments, at=root)
    said = "zhenggai：填报表要写成 Excel 文件，要填的格才有下拉和检查\n  下一步：加 -o 填报.xlsx\n"
    assert ran == Ran(2, "", said)
    assert not [*root.glob("填报.*")]
    assert zhenggai("list", "--fill", "--unit", "县教育局", "--format", "json", at=root).code == 0


def test_a_form_is_for_one_unit_not_for_a_class(zhenggai: Runner, root: Path) -> None:
    ran = zhenggai("list", "--fill", "--unit", "各乡镇", "-o", "填报.xlsx", at=root)
    said = "zhenggai：填报表给一个单位填，“各乡镇”是几个单位\n  下一步：一个单位一个文件，写进文件夹：--unit 各乡镇 -o 填报/\n"
    assert ran == Ran(2, "", said)
    assert not (root / "填报.xlsx").exists()


def test_a_folder_gets_a_form_for_each_unit_and_keeps_what_is_there(zhenggai: Runner, root: Path) -> None:
    assert zhenggai("list", "--fill", "各乡镇", "-o", "填报/", at=root) == Ran(0, "", "已写入 填报 中 2 个文件\n")
    assert sorted(path.name for path in (root / "填报").iterdir()) == ["城关镇.xlsx", "河东乡.xlsx"]
    sheet = load_workbook(root / "填报/城关镇.xlsx").worksheets[0]
    assert [cell.value for cell in sheet["D"][3:]] == ["单位", "城关镇"]
    again = zhenggai("list", "--fill", "-o", "填报/", at=root)
    assert again == Ran(
        2,
        "",
        "zhenggai：填报 里已有 城关镇.xlsx、河东乡.xlsx，可能有人填过，没有写入\n  下一步：换一个文件夹，或加 --force 覆盖\n",
    )
    assert zhenggai("list", "--fill", "-o", "填报/", "--force", at=root).code == 0
    assert len(list((root / "填报").iterdir())) == 4


def test_in_a_ledger_of_promises_what_is_filled_in_keeps_its_name(zhenggai: Runner, tmp_path: Path) -> None:
    plan = PLAN.replace("编号: p\n", "编号: p\n类型: 承诺台账\n")
    root = small_repo(tmp_path / "承诺", LEDGER, plan=plan)
    heads = [cell.value for cell in form(zhenggai, root)["整改进展填报表"][4]]
    assert heads[:2] == ["事项", "承诺"]
    assert heads[-8:] == TO_FILL
