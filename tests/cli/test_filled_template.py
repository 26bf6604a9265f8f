"""``list --template``: a superior's own workbook filled with the ledger."""

import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest
import xlsxwriter
from openpyxl import load_workbook

from small_repo import Ran, Runner, small_repo

LEDGER = "04-10 县教育局 进展 1-1 内容=初稿 进度=40\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return small_repo(tmp_path / "库", LEDGER)


def superior(root: Path, *heads: str, sample: str = "") -> Path:
    path = root / "上级.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("上报表")
        sheet.merge_range(0, 0, 0, max(len(heads) - 1, 1), "整改台账")
        sheet.write_row(1, 0, heads)
        sheet.write(2, 0, sample)
        sheet.write(3, 0, "填表人：")
    return path


def rows(path: Path) -> list[list[object]]:
    return [list(line) for line in load_workbook(path).worksheets[0].iter_rows(min_row=2, values_only=True)]


def test_it_is_filled_by_its_heads(zhenggai: Runner, root: Path) -> None:
    superior(root, "序号", "单位", "措施", "截止日", "经费")
    ran = zhenggai("list", "县教育局", "--template", "上级.xlsx", "--row", "3", "-o", "上报.xlsx", at=root)
    assert ran == Ran(0, "", "已写入 上报.xlsx：台账的 单位、措施、截止日\n空着的列：经费\n")
    assert rows(root / "上报.xlsx") == [
        ["序号", "单位", "措施", "截止日", "经费"],
        [1, "县教育局", "1-1", "2020-06-30", None],
        [2, "县教育局", "1-2", "2020-03-16", None],
        ["填表人：", None, None, None, None],
    ]


def test_the_layout_is_the_one_that_it_asks_for_most(zhenggai: Runner, root: Path) -> None:
    superior(root, "序号", "反馈问题", "整改措施", "责任部门", "完成时限")
    ran = zhenggai("list", "--template", "上级.xlsx", "--row", "3", "-o", "上报.xlsx", at=root)
    assert ran.err == "已写入 上报.xlsx：版式A的 序号、反馈问题、整改措施、责任部门、完成时限\n"
    assert rows(root / "上报.xlsx")[1:3] == [
        [1, "学习不深入", "制定办法", "各乡镇、县教育局", "2020年6月底前"],
        [2, "学习不深入", "立即改正", "县教育局", "立行立改"],
    ]
    superior(root, "甲", sample="{{整改措施}}（{{责任部门}}）")
    assert zhenggai("list", "--template", "上级.xlsx", "--row", "3", "-o", "上报2.xlsx", at=root).code == 0
    assert rows(root / "上报2.xlsx")[1][0] == "制定办法（各乡镇、县教育局）"


@pytest.mark.parametrize(
    ("missing", "code", "said"),
    [
        ("xlsxwriter", 0, "已写入 上报.xlsx：台账的 单位\n"),
        ("lxml", 5, "zhenggai：模板要用 lxml，这台电脑没有装"),
    ],
)
def test_it_needs_the_library_that_edits_and_not_the_one_that_makes_new_files(
    root: Path, missing: str, code: int, said: str
) -> None:
    superior(root, "单位")
    arguments = ["list", "--template", "上级.xlsx", "--row", "3", "-o", "上报.xlsx"]
    script = (
        f"import sys\nsys.modules[{missing!r}] = None\nfrom zhenggai.cli.app import run\nsys.exit(run({arguments!r}))"
    )
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", script], cwd=root, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == code
    assert done.stderr.startswith(said)


def test_a_template_stays_as_it_is(zhenggai: Runner, root: Path) -> None:
    path = superior(root, "单位")
    before = path.read_bytes()
    for output in ("上级.xlsx", "./上级.xlsx"):
        ran = zhenggai("list", "--template", "上级.xlsx", "--row", "3", "-o", output, "--force", at=root)
        assert ran == Ran(2, "", "zhenggai：填好的会盖掉模板，没有写入\n  下一步：-o 换一个名字\n")
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ("--template 上级.xlsx -o 上报.xlsx", "填模板要写明样例行\n  下一步：--template 模板.xlsx --row 行号"),
        ("--row 3 -o 上报.xlsx", "填模板要写明样例行\n  下一步：--template 模板.xlsx --row 行号"),
        ("--template 上级.xlsx --row 3", "填好的模板要写成文件\n  下一步：加 -o 文件名.xlsx"),
        ("--template 上级.xlsx --row 3 -o 上报.csv", "填好的模板要写成文件\n  下一步：加 -o 文件名.xlsx"),
        ("--template 没有.xlsx --row 3 -o 上报.xlsx", "没有 没有.xlsx\n  下一步：--template 写模板的文件名"),
        (
            "--template 上级.xlsx --row 3 -o 上报.xlsx --columns 单位",
            "填哪些列由模板的表头定\n  下一步：去掉 --columns",
        ),
    ],
)
def test_what_is_missing_is_said(zhenggai: Runner, root: Path, arguments: str, said: str) -> None:
    superior(root, "单位")
    assert zhenggai("list", *arguments.split(), at=root) == Ran(2, "", f"zhenggai：{said}\n")
    assert not (root / "上报.xlsx").exists()


def test_heads_that_nothing_is_known_of_are_refused(zhenggai: Runner, root: Path) -> None:
    superior(root, "甲", "乙")
    ran = zhenggai("list", "--template", "上级.xlsx", "--row", "3", "-o", "上报.xlsx", at=root)
    assert ran.code == 2
    assert ran.err.startswith(
        "zhenggai：模板第 3 行上面没有认得的列名\n"
        "  下一步：--row 写样例行是第几行；也可以在样例行的格里写 {{列名}}，列名有：问题号、问题、"
    )
    assert not (root / "上报.xlsx").exists()


def test_days_are_days_where_the_superior_has_days(zhenggai: Runner, root: Path) -> None:
    with xlsxwriter.Workbook(root / "上级.xlsx") as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["截止日"])
        sheet.write_datetime(1, 0, datetime(2000, 1, 1), book.add_format({"num_format": "yyyy/m/d"}))
    assert zhenggai("list", "1-2", "--template", "上级.xlsx", "--row", "2", "-o", "上报.xlsx", at=root).code == 0
    assert load_workbook(root / "上报.xlsx").worksheets[0]["A2"].value == datetime(2020, 3, 16)


def test_heads_of_any_layout_and_what_says_the_same_are_filled_at_once(zhenggai: Runner, root: Path) -> None:
    superior(
        root, "序号", "问题号", "具体问题表述", "整改 措施", "责任单位（部门）", "完成\n时限", "状 态", "进度（％）",
        "是否\n销号", "备注\n说明", "涉及金额（万元）",
    )  # fmt: skip
    ran = zhenggai("list", "1-1", "县教育局", "--template", "上级.xlsx", "--row", "3", "-o", "上报.xlsx", at=root)
    assert ran.code == 0
    assert ran.err == (
        "已写入 上报.xlsx：台账的 问题号、具体问题表述、整改 措施、责任单位（部门）、完成 时限、状 态、进度（％）、是否 销号\n"
        "空着的列：备注 说明、涉及金额（万元）\n"
    )
    assert rows(root / "上报.xlsx")[1] == [
        1, 1, "学习不深入", "制定办法", "县教育局", "2020年6月底前", "整改中", 40, "否", None, None,
    ]  # fmt: skip


def test_one_column_is_filled_under_each_word_for_it(zhenggai: Runner, root: Path) -> None:
    superior(root, "单位", "责任单位", sample="{{整改单位}}")
    assert zhenggai("list", "1-2", "--template", "上级.xlsx", "--row", "3", "-o", "上报.xlsx", at=root).code == 0
    assert rows(root / "上报.xlsx")[1] == ["县教育局", "县教育局"]


def test_a_form_of_few_heads_has_all_tasks_and_an_application_only_what_was_applied_for(
    zhenggai: Runner, root: Path
) -> None:
    def filled(*heads: str) -> str:
        superior(root, *heads)
        ran = zhenggai("list", "--template", "上级.xlsx", "--row", "3", "-o", "上报.xlsx", "--force", at=root)
        return ran.err.split("的 ")[0].removeprefix("已写入 上报.xlsx：")

    assert filled("序号", "单位", "存在问题", "整改期限", "备注") == "台账"
    assert filled("序号", "整改措施", "责任单位") == "台账"
    assert (
        filled(
            "单位", "问题类别", "存在问题", "采取的整改措施", "整改期限", "整改责任人", "整改情况", "完成时间", "复查人", "备注"
        )
        == "版式D"
    )  # fmt: skip
    assert filled("整改单位", "应整改数", "已整改数", "完成率") == "版式E"


def test_a_row_a_task_may_be_asked_for(zhenggai: Runner, root: Path) -> None:
    superior(root, "反馈问题", "整改措施", "责任部门", "完成时限")
    ran = zhenggai(
        "list", "任务清单", "--template", "上级.xlsx", "--row", "3", "-o", "上报.xlsx", "--sort", "责任部门", at=root
    )
    assert ran.err == "已写入 上报.xlsx：台账的 反馈问题、整改措施、责任部门、完成时限\n"
