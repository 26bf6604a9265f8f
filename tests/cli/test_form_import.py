"""``import`` of forms (填报表): ``list --fill``, filled in by hand, saved by whatever program, taken in as 代录."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from small_repo import Runner, small_repo, tree, write

LEDGER = """\
04-10 县教育局 进展 1-1 内容=初稿 进度=40
"""
BY = ("--by", "县委办公室", "--writer", "综合科")
FILE = "ledgers/p/县委办公室/2020-07.综合科.k3.yaml"
Given = Mapping[str, Mapping[str, Any]]

pytestmark = pytest.mark.usefixtures("chance")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "repo/填报").mkdir(parents=True)
    return write(small_repo(tmp_path / "repo", LEDGER), {".zhenggai/clone": "k3"})


def filled(zhenggai: Runner, root: Path, unit: str, given: Given, name: str = "") -> Path:
    """A form for a unit, with what it writes of its measures, by head."""
    path = root / "填报" / (name or f"{unit}.xlsx")
    assert zhenggai("list", unit, "--fill", "-o", str(path), at=root).code == 0
    return fill_in(path, given)


def fill_in(path: Path, given: Given) -> Path:
    book = load_workbook(path)
    sheet = book.worksheets[0]
    heads = [str(cell.value) for cell in sheet[4]]
    for cells in sheet.iter_rows(min_row=5):
        for head, value in given.get(str(cells[heads.index("措施")].value), {}).items():
            cells[heads.index(head)].value = value
    book.save(path)
    return path


NEWS = {
    "事项": "进展",
    "日期": "2020-06-20",
    "进度": 60,
    "进展情况": "征求了意见",
    "佐证": "意见.docx、县教发〔2020〕4号",
}


def test_what_is_new_becomes_entries_of_the_unit(zhenggai: Runner, root: Path) -> None:
    path = filled(zhenggai, root, "县教育局", {"1-1": NEWS, "1-2": {"填报人": "办公室"}})
    write(root, {"填报/意见.docx": b"a"})
    ran = zhenggai("import", str(path), *BY, "--yes", at=root)
    assert ran.code == 0
    assert (
        ran.out
        == f"""\
县教育局.xlsx：县教育局，1 条（进展 1），没有新进展 1 件
已记录 1 条（进展 1）
写入 {FILE}
"""
    )
    assert (
        (root / FILE).read_text("utf-8")
        == """\
- 编号: 20200701-cnan0007
  日期: 2020-06-20
  措施: 1-1
  单位: 县教育局
  事项: 进展
  进度: 60
  代录: 是
  内容: 征求了意见
  佐证:
  - 附件/2020-07/意见.ca978112.docx
  - 县教发〔2020〕4号
  填报人: 综合科
"""
    )


def test_nothing_is_written_before_it_is_confirmed(zhenggai: Runner, root: Path) -> None:
    path = filled(zhenggai, root, "县教育局", {"1-1": NEWS})
    before = tree(root)
    asked = zhenggai("import", str(path), *BY, at=root)
    assert asked.code == 2
    assert "县教育局.xlsx:整改进展填报表!B5 1-1 县教育局 2020-06-20 进展 60%；征求了意见" in asked.err
    assert "下一步：核对后加 --yes 写入" in asked.err
    assert zhenggai("import", str(path), *BY, "--dry-run", at=root).code == 0
    assert tree(root) == before


def test_missing_evidence_is_named_and_the_rest_is_taken(zhenggai: Runner, root: Path) -> None:
    path = filled(zhenggai, root, "县教育局", {"1-1": NEWS})
    ran = zhenggai("import", str(path), *BY, "--yes", at=root)
    assert ran.code == 0
    assert (
        "!O5: 佐证没有附上：意见.docx 不在表旁边，或不能用；找到后 zhenggai add 1-1 补佐证 --for 县教育局 -e 意见.docx"
        in ran.err
    )
    assert "佐证:\n  - 县教发〔2020〕4号\n" in (root / FILE).read_text("utf-8")


def test_the_same_form_twice_adds_nothing(zhenggai: Runner, root: Path) -> None:
    path = filled(
        zhenggai, root, "县教育局", {"1-1": NEWS, "1-2": {"事项": "完成", "进展情况": "已改", "下步打算": "坚持"}}
    )
    assert zhenggai("import", str(path), *BY, "--yes", at=root).code == 0
    before = tree(root)
    again = zhenggai("import", str(path), *BY, "--yes", at=root)
    assert (again.code, again.out) == (0, "县教育局.xlsx：县教育局，0 条，台账里已有 3 条\n")
    assert tree(root) == before


def test_what_a_completion_has_no_place_for_is_progress_before_it(zhenggai: Runner, root: Path) -> None:
    news = {"事项": "基本完成", "日期": "2020-06-20", "进度": 90, "进展情况": "主体完成", "下步打算": "收尾"}
    path = filled(zhenggai, root, "城关镇", {"1-1": news})
    assert zhenggai("import", str(path), *BY, "--yes", at=root).code == 0
    written = (root / FILE).read_text("utf-8")
    kinds = [
        line.strip() for line in written.splitlines() if line.strip().split(":")[0] in ("事项", "进度", "下步打算")
    ]
    assert kinds == ["事项: 进展", "进度: 90", "下步打算: 收尾", "事项: 基本完成"]


def test_a_folder_of_forms_gets_a_line_each_and_a_bad_one_stops_no_other(zhenggai: Runner, root: Path) -> None:
    filled(zhenggai, root, "县教育局", {"1-1": NEWS})
    filled(zhenggai, root, "城关镇", {"1-1": {**NEWS, "进度": "很多"}})
    write(root, {"填报/河东乡/~$填报.xlsx": b"", "填报/河东乡/坏.xlsx": b"PK\x03\x04"})
    ran = zhenggai("import", "填报", *BY, "--yes", at=root)
    assert ran.code == 1
    assert ran.out.splitlines()[:2] == [
        "县教育局.xlsx：县教育局，1 条（进展 1），没有新进展 1 件", "城关镇.xlsx：城关镇，1 处错误，没有记",
    ]  # fmt: skip
    assert "城关镇.xlsx:整改进展填报表!K5: 进度“很多”不是 0 到 100 的整数" in ran.err
    assert "河东乡/坏.xlsx：没有记。" in ran.err
    assert "城关镇" not in (root / FILE).read_text("utf-8")


def test_what_the_ledger_got_since_is_shown_beside_the_form(zhenggai: Runner, root: Path) -> None:
    path = filled(zhenggai, root, "县教育局", {"1-1": {**NEWS, "进度": 30}})
    ran = zhenggai("add", "1-1", "又开了会", "-p", "70", "--unit", "县教育局", "--writer", "办公室", at=root)
    assert ran.code == 0
    shown = zhenggai("import", str(path), *BY, "--dry-run", at=root).err
    assert "台账里有更晚的记录：1-1 县教育局\n" in shown
    assert "    表里　2020-06-20 进展 30%；征求了意见" in shown
    assert "    台账　2020-07-01 进展 70%；又开了会" in shown


@pytest.mark.parametrize(
    ("fact", "value", "said"),
    [
        ("表的版本", "2", "是第 2 版的填报表，这个程序认得第 1 版\n  下一步：升级程序再导入"),
        ("方案", "q", "这是方案 q 的填报表，这里没有这个方案"),
        ("截至", "不知道", "的填报信息坏了，没有截至哪一天"),
    ],
)
def test_a_form_of_another_version_or_plan_is_refused(
    zhenggai: Runner, root: Path, fact: str, value: str, said: str
) -> None:
    path = filled(zhenggai, root, "县教育局", {"1-1": NEWS})
    book = load_workbook(path)
    for row in book["填报信息"].iter_rows():
        if row[0].value == fact:
            row[1].value = value
    book.save(path)
    ran = zhenggai("import", str(path), *BY, "--yes", at=root)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err


def test_programs_get_entries_and_doubts_and_nothing_is_written(zhenggai: Runner, root: Path) -> None:
    news: Given = {"1-1": NEWS, "1-2": {"事项": "完成", "进展情况": "已改", "进度": "很多"}}
    path = filled(zhenggai, root, "县教育局", {"1-1": NEWS})
    before = tree(root)
    ran = zhenggai("import", str(path), "--format", "json", at=root)
    found = json.loads(ran.out)
    assert (ran.code, found["kind"], found["plan"], found["problems"]) == (1, "填报", "p", [])
    assert found["entries"] == [
        {
            "measure": "1-1", "units": ["县教育局"], "date": "2020-06-20", "kind": "进展", "content": "征求了意见",
            "percent": "60", "place": "县教育局.xlsx:整改进展填报表!B5",
        }
    ]  # fmt: skip
    assert [(one["sheet"], one["cell"], one["row"]) for one in found["doubts"]] == [("整改进展填报表", "O5", 5)]
    assert tree(root) == before
    fill_in(path, news)
    wrong = json.loads(zhenggai("import", str(path), "--format", "json", at=root).out)
    assert (wrong["entries"], wrong["sheets"][0]["used"]) == ([], False)
    assert wrong["doubts"][0] == {
        "sheet": "整改进展填报表", "cell": "K6", "row": 6,
        "what": "进度“很多”不是 0 到 100 的整数：写成百分数的整数部分，如 40",
    }  # fmt: skip


def test_a_number_is_taken_whole_however_the_cell_shows_it(zhenggai: Runner, root: Path) -> None:
    path = filled(zhenggai, root, "县教育局", {"1-1": {**NEWS, "进度": 0.4}, "1-2": {"进度": 30}})
    ran = zhenggai("import", str(path), *BY, "--yes", at=root)
    assert ran.code == 2
    assert "!K5: 进度“0.4”不是 0 到 100 的整数" in ran.err
    assert "!L6: 没有写“进展情况”\n    填上这一格" in ran.err


@pytest.mark.parametrize(
    "word", ["../外面.txt", "链接.txt", "文件夹链接/里面.txt", ".git/config", "D:里面.txt", "..\\外面.txt"]
)
def test_no_form_takes_a_file_from_elsewhere(zhenggai: Runner, root: Path, word: str) -> None:
    write(root, {"外面.txt": b"1", "别处/里面.txt": b"2", "填报/.git/config": b"3"})
    (root / "填报/链接.txt").symlink_to(root / "外面.txt")
    (root / "填报/文件夹链接").symlink_to(root / "别处", target_is_directory=True)
    for given in (word, str(root / "外面.txt")):
        path = filled(zhenggai, root, "县教育局", {"1-1": {**NEWS, "佐证": given}})
        ran = zhenggai("import", str(path), *BY, "--dry-run", at=root)
        assert (ran.code, "佐证没有附上" in ran.err) == (0, True)
        assert "佐证 1 份" not in ran.err
        path.unlink()


def test_evidence_may_lie_in_a_folder_beside_the_form(zhenggai: Runner, root: Path) -> None:
    write(root, {"填报/佐证/意见.docx": b"a"})
    path = filled(zhenggai, root, "县教育局", {"1-1": {**NEWS, "佐证": "佐证\\意见.docx"}})
    assert "佐证 1 份" in zhenggai("import", str(path), *BY, "--dry-run", at=root).err


def test_a_chosen_kind_alone_is_named(zhenggai: Runner, root: Path) -> None:
    path = filled(zhenggai, root, "县教育局", {"1-1": {"事项": "进展"}})
    ran = zhenggai("import", str(path), *BY, "--yes", at=root)
    assert (ran.code, ran.out) == (0, "县教育局.xlsx：县教育局，0 条，没有新进展 2 件\n")
    assert "!L5: 选了事项，没有写“进展情况”，算没有新进展\n" in ran.err
    fill_in(path, {"1-1": {"事项": "完成"}})
    assert "!L5: 没有写“进展情况”" in zhenggai("import", str(path), *BY, "--yes", at=root).err
