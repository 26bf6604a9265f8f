"""Names with half- or full-width brackets are one name, wherever names are compared; what is written stays as written."""

from datetime import date
from pathlib import Path

import pytest

from small_repo import HEAD, Runner, ledger_files, ledger_in, small_repo, snapshot_in, write
from zhenggai.ledger.whole import check_root
from zhenggai.model.name_keys import ByName, name_key

DAY = date(2020, 7, 1)
WIDE, NARROW = "县农业局（党委）", "县农业局(党委)"
UNITS = """\
类别: [{名称: 县直（政府）, 别名: [县直(部门)]}]
单位:
- {名称: 县委办公室, 类别: 县直(政府)}
- {名称: 县委组织部}
- {名称: 县委督查局}
- {名称: 县农业局（党委）, 简称: [农业局（委）], 类别: 县直（政府）}
- {名称: 县畜牧局（站）, 止: 2020-05-31, 并入: 县农业局(党委)}
"""
PLAN = (
    HEAD
    + """\
- 编号: 1
  内容: 学习不深入
  措施:
  - {编号: 1-1, 内容: 制定办法, 类别: 限期整改, 时限: 2020年6月底前, 牵头单位: 县委办公室, 责任单位: 县农业局(党委), 责任人: 书记, 分工: [{单位: 县农业局(党委), 责任人: 局长}]}
  - {编号: 1-2, 内容: 建立制度, 类别: 限期整改, 时限: 2020年6月底前, 牵头单位: 县委办公室, 责任单位: 县直(部门), 除外: 县农业局(党委), 责任人: 书记}
  - {编号: 1-3, 内容: 清理台账, 类别: 限期整改, 时限: 2020年6月底前, 牵头单位: 县委办公室, 责任单位: 县畜牧局(站), 责任人: 书记}
"""
)


def test_a_thing_is_found_by_any_spelling_and_listed_as_written() -> None:
    things = ByName([(NARROW, 1), ("乙（1）［二］", 2)])
    assert (things[WIDE], things.get(" 乙(1)[二]"), "丙" in things, WIDE in things) == (1, 2, False, True)
    assert list(things) == [NARROW, "乙（1）［二］"]
    assert name_key(WIDE) == name_key(NARROW) != name_key("县农业局党委")


def test_plan_and_unit_book_may_write_a_name_differently(tmp_path: Path) -> None:
    root = small_repo(tmp_path, plan=PLAN, units=UNITS)
    snapshot = snapshot_in(root)
    assert [(t.measure, t.unit, t.person) for t in snapshot.tasks] == [
        ("1-1", WIDE, "局长"),
        ("1-2", "县委办公室", "书记"),
        ("1-3", WIDE, "书记"),
    ]
    assert [found for found in check_root(root, None, snapshot.as_of) if found.check in ("单位", "名称")] == []
    measure = ledger_in(root).plan.measure_by_number["1-1"]
    assert measure.units == (NARROW,)


@pytest.mark.parametrize("folder", [WIDE, NARROW, "农业局(委)"])
def test_a_ledger_folder_may_have_either_spelling(tmp_path: Path, folder: str) -> None:
    ledger = f"04-10 {folder} 进展 1-1 进度=40\n04-11 县委办公室 进展 1-1 单位={NARROW} 代录=是 进度=50"
    root = small_repo(tmp_path, ledger, plan=PLAN, units=UNITS)
    snapshot = snapshot_in(root)
    assert next(t for t in snapshot.tasks if t.measure == "1-1").head.percent == 50
    assert [r.recorder for r in snapshot.archive.recorded_by(WIDE)] == [folder]


def test_a_unit_goes_on_in_the_folder_that_it_has(zhenggai: Runner, tmp_path: Path) -> None:
    root = small_repo(tmp_path, f"04-10 {NARROW} 进展 1-1 进度=40", plan=PLAN, units=UNITS)
    who = ("--unit", WIDE, "--writer", "办公室")
    assert zhenggai("add", "1-1", "已制定", *who, at=root).code == 0
    assert [folder.name for folder in (root / "ledgers/p").iterdir()] == [NARROW]
    assert zhenggai("undo", "--yes", *who, at=root).code == 0


@pytest.mark.parametrize("word", [WIDE, NARROW])
def test_options_take_either_spelling(zhenggai: Runner, tmp_path: Path, word: str) -> None:
    root = small_repo(tmp_path, plan=PLAN, units=UNITS)
    assert "1-1" in zhenggai("show", word, at=root).out
    assert zhenggai("overdue", "--unit", word, at=root).out.count(WIDE) == 3
    ran = zhenggai("add", "1-1", "已制定", "--unit", word, "--writer", "办公室(党建)", at=root)
    assert ran.code == 0, ran.err
    assert zhenggai("undo", "--yes", "--unit", word, "--writer", "办公室（党建）", at=root).code == 0
    assert zhenggai("rank", "--unit", "县直(政府)", at=root).code == 0


def test_two_units_whose_names_differ_in_brackets_only_are_an_error(tmp_path: Path) -> None:
    units = UNITS + f"- {{名称: {NARROW}}}\n"
    root = small_repo(tmp_path, plan=PLAN, units=units)
    found = [str(d) for d in check_root(root, None, DAY) if d.source.path == "plans/units.yaml"]
    assert found == [
        f"plans/units.yaml:8: 单位: “{NARROW}”与“{WIDE}”重名，括号的全角、半角不分 — 改用能分清的名称；是一个单位的，只写一次"
    ]


def test_a_unit_may_list_both_spellings_of_its_name(tmp_path: Path) -> None:
    units = UNITS.replace("简称: [农业局（委）]", f"简称: [农业局（委）, {NARROW}], 曾用名: [{NARROW}]")
    root = small_repo(tmp_path, plan=PLAN, units=units)
    assert [d for d in check_root(root, None, DAY) if d.source.path == "plans/units.yaml"] == []


def test_a_writer_is_one_writer(tmp_path: Path) -> None:
    text = next(iter(ledger_files("04-10 县委办公室 进展 1-2 进度=40").values())).replace(
        "填报人: 办公室", "填报人: 文书（党建）"
    )
    root = write(
        small_repo(tmp_path, plan=PLAN, units=UNITS), {"ledgers/p/县委办公室/2020-04.文书(党建).aa.yaml": text}
    )
    assert [d for d in check_root(root, None, DAY) if d.check == "文件名"] == []


@pytest.mark.parametrize("word", ["整改(二)", "整改（二）"])
def test_a_plan_is_named_in_either_spelling(zhenggai: Runner, tmp_path: Path, word: str) -> None:
    root = small_repo(tmp_path, plan=PLAN, units=UNITS)
    write(root, {"plans/整改（二）.yaml": PLAN.replace("编号: p\n", "编号: 整改（二）\n")})
    assert zhenggai("status", "--plan", word, at=root).code == 0
