"""A repo's files are found and read; whatever is wrong with one of them, the others are read all the same."""

import gc
import os
from pathlib import Path

import pytest

from zhenggai.model.plan import Plan
from zhenggai.model.source import Diagnostic, Level
from zhenggai.model.units import UnitBook
from zhenggai.reading import data_folders as root_room
from zhenggai.reading import load

PLAN = """\
编号: jcdj-2020
标题: 专项行动方案
年度: 2020
印发日期: 2020-03-01
问题:
- 编号: 3
  内容: 抓党建思想认识不到位
  措施:
  - 编号: 3-2
    内容: 书记对账自查
    责任单位: [乡镇]
"""
UNITS = """\
类别:
- {名称: 乡镇}
单位:
- {名称: 城关镇, 类别: 乡镇}
"""
ENTRY = """\
- 编号: 20200512-k3f9x2ab
  日期: 2020-05-12
  措施: 3-2
  事项: 认领
  填报人: 办公室
"""
LEDGER = "ledgers/jcdj-2020/城关镇"


def write(root: Path, path: str, content: str | bytes) -> Path:
    target = root / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content.encode() if isinstance(content, str) else content)
    return target


@pytest.fixture
def root(tmp_path: Path) -> Path:
    write(tmp_path, "plans/jcdj-2020.yaml", PLAN)
    write(tmp_path, "plans/units.yaml", UNITS)
    write(tmp_path, f"{LEDGER}/2020-05.办公室.k3.yaml", ENTRY)
    return tmp_path


def said(diagnostics: list[Diagnostic] | tuple[Diagnostic, ...]) -> list[str]:
    return [f"{p.source} {p.what}" for p in diagnostics]


def plan_of(root: Path) -> Plan:
    plan, diagnostics = load.load_plan(root, "plans/jcdj-2020.yaml")
    assert plan is not None
    assert diagnostics == []
    return plan


def test_a_small_repo_is_read_whole(root: Path) -> None:
    write(root, f"{LEDGER}/附件/2020-05/甲.9f2c41d0.docx", b"x")
    units, diagnostics = load.load_units(root)
    assert diagnostics == []
    book = load.load_book(root, plan_of(root), units)
    (record,) = book.records
    assert (record.recorder, str(record.source), record.offset) == ("城关镇", f"{LEDGER}/2020-05.办公室.k3.yaml:1", 0)
    assert (record.entry.measure, book.diagnostics) == ("3-2", ())
    assert book.units.by_name["城关镇"].category == "乡镇"
    assert book.evidence_files == {f"{LEDGER}/附件/2020-05/甲.9f2c41d0.docx"}


def test_the_root_is_found_from_any_sub_folder(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    below = root / LEDGER
    assert root_room.find_root(root) == root
    assert root_room.find_root(below) == root
    monkeypatch.chdir(below)
    assert root_room.find_root(Path()) == root
    assert root_room.find_root(Path("附件")) == root


def test_where_no_folder_upward_has_plans_there_is_no_root(tmp_path: Path) -> None:
    write(tmp_path, "plans", "a file")
    assert root_room.find_root(tmp_path) is None


def test_plans_are_all_yaml_files_but_the_two_books(root: Path) -> None:
    for name in ("b.yml", "organisations.yaml", ".hidden.yaml", "README.md", "schema/plan.yaml"):
        write(root, f"plans/{name}", "x")
    (root / "plans" / "folder.yaml").mkdir()
    assert root_room.plan_paths(root) == ["plans/b.yml", "plans/jcdj-2020.yaml"]


def test_a_plan_file_is_named_by_its_number(root: Path) -> None:
    write(root, "plans/别名.yaml", "# 注\n" + PLAN)
    plan, diagnostics = load.load_plan(root, "plans/别名.yaml")
    assert plan is not None
    assert said(diagnostics) == ["plans/别名.yaml:2 文件名与编号“jcdj-2020”不一致"]
    assert diagnostics[0].remedy == "把文件改名为 jcdj-2020.yaml，或改正编号"


def test_a_missing_unit_book_is_a_problem_and_an_empty_book(root: Path) -> None:
    (root / "plans" / "units.yaml").unlink()
    units, diagnostics = load.load_units(root)
    assert units == UnitBook()
    assert said(diagnostics) == ["plans/units.yaml:1 没有单位册"]
    assert "zhenggai init" in diagnostics[0].remedy


@pytest.mark.parametrize(
    ("content", "what"),
    [
        ("", "文件是空的"),
        ("# 只有注释\n", "文件是空的"),
        ("- 甲\n", "这里应是“键: 值”"),
        ("[" * 2000 + "]" * 2000, "嵌套超过 16 层"),
        (bytes(range(256)) * 4, "认不出文件的编码，未读取"),
        ("甲：乙\n", "整个文件读成了一段文字"),
    ],
)
def test_what_is_no_plan_is_none_with_the_reason(root: Path, content: str | bytes, what: str) -> None:
    write(root, "plans/b.yaml", content)
    plan, diagnostics = load.load_plan(root, "plans/b.yaml")
    assert plan is None
    assert said(diagnostics) == [f"plans/b.yaml:1 {what}"]
    assert all(p.remedy for p in diagnostics)
    write(root, "plans/units.yaml", content)
    units, diagnostics = load.load_units(root)
    assert units == UnitBook()
    assert said(diagnostics) == [f"plans/units.yaml:1 {what}"]


def test_a_plan_in_gbk_is_read_and_named(root: Path) -> None:
    write(root, "plans/jcdj-2020.yaml", PLAN.encode("gbk"))
    plan, diagnostics = load.load_plan(root, "plans/jcdj-2020.yaml")
    assert plan is not None
    assert plan.title == "专项行动方案"
    assert [(p.level, p.what) for p in diagnostics] == [(Level.WARNING, "文件编码是 GBK，不是 UTF-8（已按 GBK 读取）")]


def test_one_bad_file_never_hides_the_others(root: Path) -> None:
    """Binary, too deep, empty, GBK, a symlink, a FIFO and a folder beside a good file, which counts."""
    write(root, f"{LEDGER}/a-binary.yaml", bytes(range(256)) * 4)
    write(root, f"{LEDGER}/b-deep.yaml", "- " + "[" * 2000)
    write(root, f"{LEDGER}/c-empty.yaml", "")
    write(root, f"{LEDGER}/d-gbk.yml", ENTRY.replace("k3f9x2ab", "k3f9x2ac").encode("gbk"))
    (root / LEDGER / "e-link.yaml").symlink_to("2020-05.办公室.k3.yaml")
    os.mkfifo(root / LEDGER / "f-pipe.yaml")
    (root / LEDGER / "g-folder.yaml").mkdir()
    (root / LEDGER / "h-dangling.yaml").symlink_to("nothing")
    write(root, f"{LEDGER}/i-half.yaml", "- 编号: 1\n  日期: 2020-02-30\n" + ENTRY)
    book = load.load_book(root, plan_of(root), UnitBook())
    assert [str(r.source) for r in book.records] == [
        f"{LEDGER}/2020-05.办公室.k3.yaml:1",
        f"{LEDGER}/d-gbk.yml:1",
        f"{LEDGER}/i-half.yaml:3",
    ]
    odd = "不是普通文件（是链接、目录、管道或设备）"
    assert said(book.diagnostics) == [
        f"{LEDGER}/{line}"
        for line in (
            "a-binary.yaml:1 认不出文件的编码，未读取",
            "b-deep.yaml:1 嵌套超过 16 层",
            "d-gbk.yml:1 文件编码是 GBK，不是 UTF-8（已按 GBK 读取）",
            f"e-link.yaml:1 {odd}",
            f"f-pipe.yaml:1 {odd}",
            f"g-folder.yaml:1 {odd}",
            f"h-dangling.yaml:1 {odd}",
            "i-half.yaml:1 缺少“事项”",
        )
    ]


def test_records_stand_in_order_of_path_and_of_place_in_the_file(root: Path) -> None:
    write(root, f"{LEDGER}/2020-04.办公室.k3.yaml", "# 注\n" + ENTRY + ENTRY)
    records = load.load_book(root, plan_of(root), UnitBook()).records
    assert [(r.source.path[-19:], r.source.line, r.offset) for r in records] == [
        ("2020-04.办公室.k3.yaml"[-19:], 2, 4),
        ("2020-04.办公室.k3.yaml"[-19:], 7, 4 + len(ENTRY)),
        ("2020-05.办公室.k3.yaml"[-19:], 1, 0),
    ]


def test_reports_hidden_files_and_other_plans_are_no_ledger(root: Path) -> None:
    for path in (
        "ledgers/jcdj-2020/报告/2020-05.yaml",
        f"{LEDGER}/.zhenggai-x1y2.yaml",
        f"{LEDGER}/说明.txt",
        "ledgers/jcdj-2020/散落.yaml",
        "ledgers/other/城关镇/2020-05.办公室.k3.yaml",
        f"{LEDGER}/附件/散落.pdf",
    ):
        write(root, path, ENTRY)
    (root / LEDGER / "附件/2020-05").mkdir()
    (root / LEDGER / "附件/2020-05/link.pdf").symlink_to(root / "plans/units.yaml")
    stray = f"{LEDGER}/附件/散落.pdf"
    assert root_room.ledger_paths(root, "jcdj-2020") == ([f"{LEDGER}/2020-05.办公室.k3.yaml"], [stray])
    assert root_room.ledger_paths(root, "no-such-plan") == ([], [])


def test_entries_behind_a_link_that_leads_out_are_named_and_not_lost_silently(root: Path, tmp_path: Path) -> None:
    outside = tmp_path.parent / f"{tmp_path.name}-outside"
    write(outside, "2020-05.办公室.k3.yaml", ENTRY)
    (root / "ledgers/jcdj-2020/河东乡").symlink_to(outside)
    book = load.load_book(root, plan_of(root), UnitBook())
    assert [r.recorder for r in book.records] == ["城关镇"]
    assert said(book.diagnostics) == ["ledgers/jcdj-2020/河东乡/2020-05.办公室.k3.yaml:1 路径不在数据目录之内"]


def test_a_folder_that_cannot_be_listed_is_said_and_never_taken_as_empty(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(folder: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "scandir", refuse)
    with pytest.raises(root_room.UnreadableFolder, match=r"无法读取文件夹 .*plans\n  下一步："):
        root_room.plan_paths(root)


def test_reading_leaves_the_collector_as_it_was(root: Path) -> None:
    plan = plan_of(root)
    load.load_book(root, plan, UnitBook())
    assert gc.isenabled()
    gc.disable()
    try:
        load.load_book(root, plan, UnitBook())
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_a_plan_that_is_no_regular_file_is_none_and_never_waited_for(root: Path) -> None:
    (root / "plans" / "link.yaml").symlink_to("jcdj-2020.yaml")
    os.mkfifo(root / "plans" / "pipe.yaml")
    assert root_room.plan_paths(root) == ["plans/jcdj-2020.yaml", "plans/link.yaml", "plans/pipe.yaml"]
    for path in ("plans/link.yaml", "plans/pipe.yaml"):
        plan, diagnostics = load.load_plan(root, path)
        assert plan is None
        assert said(diagnostics) == [f"{path}:1 不是普通文件（是链接、目录、管道或设备）"]


ORGANISATIONS = """\
# yaml-language-server: $schema=schema/organisations.schema.json
党组织:
- {名称: 东街社区党委, 单位: 城关镇, 类别: 社区党组织, 上次换届: 2015-08-20, 领办书记: 社区党委书记}
- 名称: 石桥村党支部
  单位: 城关镇
  上级: 城关镇
  届期: 3
  上次换届: 2018.3.20
  四个一: {县级领导: 副县长, 第一书记: 县财政局选派}
  一村一策: 石桥村整顿方案
- {名称: 无日期党支部, 单位: 城关镇}
- {名称: 河湾村党支部, 单位: 城关镇, 类别: 农村, 上次换届: 2018-03-20}
"""


def test_the_organisation_book_keeps_what_can_be_used(root: Path) -> None:
    write(root, "plans/organisations.yaml", ORGANISATIONS)
    book, diagnostics = load.load_organisations(root)
    assert [str(p) for p in diagnostics if p.level is Level.ERROR] == [
        "plans/organisations.yaml:11: 字段: 缺少“上次换届” — 补上一行 上次换届: …",
        "plans/organisations.yaml:12: 字段: “农村”不是“类别”能填的值 — 只能填：基层党委、党总支、党支部、村党组织、社区党组织",
    ]
    assert said([p for p in diagnostics if p.level is Level.WARNING]) == [
        "plans/organisations.yaml:8 “2018.3.20”读作 2018-03-20"
    ]
    community, village, river = book.listed
    assert (community.years, village.years, river.years) == (5, 3, None)
    assert (village.superior, village.own_scheme) == ("城关镇", "石桥村整顿方案")
    assert village.missing_supporters == ("乡镇领导", "结对单位")
    assert community.missing_supporters == ("县级领导", "乡镇领导", "第一书记", "结对单位")
    assert book.by_name["河湾村党支部"] is river


def test_without_an_organisation_book_there_are_no_organisations(root: Path) -> None:
    book, diagnostics = load.load_organisations(root)
    assert (book.listed, diagnostics) == ((), [])
    assert root_room.plan_paths(root) == ["plans/jcdj-2020.yaml"]
