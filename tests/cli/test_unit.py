"""``unit``: renamed, merged, added; what was written under the old name is read on, and nothing of it is moved."""

import json
from pathlib import Path

import pytest

from small_repo import PLAN, UNITS, Ran, Runner, small_repo, snapshot_in, tree
from terminal import spoken

LEDGER = """
04-10 县教育局 进展 1-1 进度=40
06-10 县财政局 进展 2-3
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return small_repo(tmp_path / "repo", LEDGER)


def units_text(root: Path) -> str:
    return (root / "plans/units.yaml").read_text("utf-8")


def test_a_unit_is_renamed_and_its_folders_stay(zhenggai: Runner, root: Path) -> None:
    ran = zhenggai("unit", "rename", "教育局", "县教育和体育局", "--date", "2020-06-15", at=root)
    assert ran == Ran(
        0,
        "县教育局已更名为县教育和体育局，写入 plans/units.yaml\n"
        "方案和台账里的旧名称不用改，仍然认得；台账文件夹留在原处，以后记在新名称的文件夹里\n",
        """\
plans/units.yaml：
    8 - - {名称: 县教育局, 简称: [教育局], 类别: 县直单位}
    8 + - {名称: 县教育和体育局, 简称: [教育局], 类别: 县直单位, 曾用名: [县教育局]}  # 2020-06-15 由县教育局更名
""",
    )
    ran = zhenggai("add", "1-1", "更名后的第一件", "-p", "60", "--unit", "县教育局", "--writer", "办公室", at=root)
    assert "写入 ledgers/p/县教育和体育局/2020-07.办公室." in ran.out
    tasks = {t.unit: t for t in snapshot_in(root).tasks if t.measure == "1-1"}
    assert tasks["县教育和体育局"].head.percent == 60
    assert len(tasks["县教育和体育局"].events) == 2


@pytest.mark.parametrize("name", ["县教育局", "县教育和体育局", "教育局"])
def test_a_renamed_unit_is_found_by_any_name(zhenggai: Runner, root: Path, name: str) -> None:
    assert zhenggai("unit", "更名", "县教育局", "县教育和体育局", at=root).code == 0
    status = json.loads(zhenggai("status", "--unit", name, "--format", "json", at=root).out)
    assert status["totals"]["tasks"] == 2
    shown = zhenggai("show", "1-1", "--unit", name, at=root).out
    assert "县教育局记录" not in shown
    assert "第1次推进有关工作" in shown
    assert "旧" not in zhenggai("check", at=root).out


def test_a_former_name_in_an_issued_plan_is_no_doubt(zhenggai: Runner, root: Path) -> None:
    before = zhenggai("check", at=root).out
    assert zhenggai("unit", "rename", "县教育局", "县教育和体育局", at=root).code == 0
    assert zhenggai("check", at=root).out.count("读作") == before.count("读作")


def test_a_merged_unit_s_open_tasks_pass_to_the_other(zhenggai: Runner, root: Path) -> None:
    ran = zhenggai("unit", "merge", "河东乡", "城关镇", "--date", "2020-06-20", at=root)
    assert (
        ran.out
        == "河东乡自 2020-06-20 起并入城关镇，写入 plans/units.yaml\n未办结的任务转由后者承担，已销号的仍在前者名下\n"
    )
    assert ran.err.splitlines()[3:] == ["1-1 河东乡 转由城关镇承担"]
    assert units_text(root) == UNITS.replace(
        "{名称: 河东乡, 类别: 乡镇}", "{名称: 河东乡, 类别: 乡镇, 止: 2020-06-19, 并入: 城关镇}"
    )
    held = [[t.unit for t in snapshot_in(root, day).tasks if t.given == "河东乡"] for day in ("06-19", "06-20")]
    assert held == [["河东乡"], ["城关镇"]]
    again = zhenggai("unit", "merge", "河东乡", "城关镇", at=root)
    assert again == Ran(2, "", "zhenggai：河东乡已于 2020-06-19 撤销，并入城关镇，没有写入\n")


def test_a_unit_is_added_from_a_day_on(zhenggai: Runner, root: Path) -> None:
    ran = zhenggai("unit", "add", "柳林镇", "--class", "各乡镇", "--short", "柳林", "--since", "2020-06-01", at=root)
    assert (ran.code, ran.out) == (0, "已新增柳林镇（自 2020-06-01 起计），写入 plans/units.yaml\n")
    assert ran.err.splitlines()[2:] == ["新增任务：1-1 柳林镇（未启动）"]
    assert units_text(root) == UNITS + "- {名称: 柳林镇, 简称: [柳林], 类别: 乡镇, 自: 2020-06-01}\n"
    assert [len(snapshot_in(root, day).tasks) for day in ("05-31", "06-01")] == [7, 8]


def test_without_a_day_a_unit_was_always_there(zhenggai: Runner, root: Path) -> None:
    ran = zhenggai("unit", "add", "县档案馆", at=root)
    assert ran.out == "已新增县档案馆（按一直都有计；若是新设的单位，要用 --since 写明哪天起），写入 plans/units.yaml\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("rename", "县教玉局", "甲"), "没有单位“县教玉局”\n  最接近的有：县教育局"),
        (
            ("rename", "县教育局", "县财政局"),
            "单位册里已有“县财政局”，没有写入\n  两个单位合并，用 zhenggai unit merge",
        ),
        (("rename", "县教育局", "县教育局"), "它本来就叫“县教育局”"),
        (("rename", "县教育局", "县/教育局"), "单位名称不能用：“县/教育局”含有不能用于文件名的字符“/”"),
        (("add", "e\u0301局"), "单位名称不能用：“e\u0301局”里有拆开写的字（不是 NFC 形式）"),
        (("add", "长" * 66 + "x" * 18), "单位名称不能用：“长"),
        (("rename", "县教育局", "乡镇"), "单位册里已有“乡镇”"),
        (("merge", "城关镇", "城关镇"), "不能并入自己"),
        (("merge", "城关镇", "城东乡"), "没有单位“城东乡”"),
        (("add", "城关镇"), "单位册里已有“城关镇”"),
        (("add", "新局", "--class", "局"), "没有类别“局”，没有写入\n  现有：县直单位、乡镇"),
        (("撤销", "城关镇"), "不认得“撤销”"),
        (("rename",), "还缺 2 项"),
    ],
)
def test_what_cannot_be_is_refused(zhenggai: Runner, root: Path, arguments: tuple[str, ...], said: str) -> None:
    before = tree(root)
    ran = zhenggai("unit", *arguments, at=root)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err
    assert tree(root) == before


def test_names_that_some_computer_takes_for_one_are_refused(zhenggai: Runner, root: Path) -> None:
    assert zhenggai("unit", "rename", "县教育局", "教育A局", at=root).code == 0
    assert zhenggai("unit", "rename", "教育A局", "教体局", at=root).code == 0
    before = tree(root)
    for arguments in (("add", "教育ａ局"), ("rename", "教体局", "教育a局")):
        ran = zhenggai("unit", *arguments, at=root)
        assert ran.code == 2
        assert "”与“教育A局”只差大小写、全角半角或字的拆合，有的电脑分不清这两个文件夹，没有写入\n" in ran.err
    assert tree(root) == before


def test_a_short_name_is_no_folder(zhenggai: Runner, root: Path) -> None:
    assert zhenggai("unit", "add", "县水利局", "--short", "水/电", at=root).code == 0


def test_a_preview_writes_nothing(zhenggai: Runner, root: Path) -> None:
    before = tree(root)
    assert zhenggai("unit", "merge", "河东乡", "城关镇", "--dry-run", at=root).out == ""
    assert tree(root) == before


def test_at_a_terminal_it_asks_step_by_step(home: Path, root: Path) -> None:
    answers = [("哪个单位", "河东乡"), ("并入哪个单位", "城关镇"), ("这样写入？", "y")]
    ran = spoken(root, "unit", "合并", answers=answers)
    assert ran.code == 0, ran.out
    assert "止: 2020-06-30, 并入: 城关镇" in units_text(root)


def test_a_unit_that_is_a_name_alone_is_renamed_and_merged(zhenggai: Runner, tmp_path: Path) -> None:
    units = "单位:\n- 县委办公室\n- 县委组织部\n- 县委督查局\n- 县教育局  # 一中在内\n- 县财政局\n- 城关镇\n- 河东乡\n"
    plan = PLAN.replace("[各乡镇, 县教育局]", "县教育局")
    root = small_repo(tmp_path, plan=plan, units=units)
    assert zhenggai("unit", "rename", "县教育局", "县教育体育局", "--yes", at=root).code == 0
    assert zhenggai("unit", "merge", "河东乡", "城关镇", "--date", "2020-06-01", "--yes", at=root).code == 0
    assert (root / "plans/units.yaml").read_text("utf-8") == units.replace(
        "- 县教育局  #", "- {名称: 县教育体育局, 曾用名: [县教育局]}  #"
    ).replace("- 河东乡\n", "- {名称: 河东乡, 止: 2020-05-31, 并入: 城关镇}\n")
    assert zhenggai("check", at=root).code == 0


def test_unit_alone_lists_the_units(zhenggai: Runner, root: Path) -> None:
    ran = zhenggai("unit", "--format", "csv", at=root)
    assert (ran.code, ran.err) == (0, "")
    first, *rows = ran.out.splitlines()
    assert first == "单位,类别,简称,任务,身份,撤销"
    assert rows[3] == "县教育局,县直单位,教育局,2,,"
    shown = zhenggai("单位", at=root).out
    assert shown.startswith("单位册：7 个单位\n")
    assert shown.endswith("更名、合并、新增：zhenggai unit rename、merge、add；其余直接改 plans/units.yaml\n")
