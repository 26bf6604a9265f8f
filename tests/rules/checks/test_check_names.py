"""名称, 路径, 文件夹: what cannot be a folder on every computer, and folders that belong to nobody."""

import unicodedata
from pathlib import Path

import pytest
from gallery import DATED, MEASURE, said

from small_repo import UNITS, write

REMEDY = "换一种写法，原来的列入“简称”"
ENTRY = "03-10 县教育局 进展 1-1"


def unit_named(name: str) -> str:
    return f'{UNITS}- {{名称: "{name}"}}\n'


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("县局/机关", "“县局/机关”含有不能用于文件名的字符“/”"),
        ("CON", "“CON”是 Windows 留作他用的名称"),
        ("县局 ", "“县局 ”是空的，或首尾是空格、点"),
        ("县\\u200B局", "“县\u200b局”含有看不见的字符（U+200B）"),
        ("局e\\u0301", "“局e\u0301”里有拆开写的字（不是 NFC 形式），看上去一样，却是另一个文件夹"),
        ("县（b）局", "“县（b）局”与“县(B)局”只差大小写、全角半角或字的拆合，有的电脑分不清这两个文件夹"),
        ("长" * 67, f"“{'长' * 67}”太长：67 个字符，最多 66 个汉字或 84 个字母"),
    ],
)
def test_a_unit_s_name_is_refused_with_the_reason(tmp_path: Path, name: str, fault: str) -> None:
    units = unit_named(name).replace("城关镇,", "城关镇, 曾用名: [县(B)局],")
    assert said(tmp_path, "名称", units=units) == [f"plans/units.yaml:12: 名称: 单位名称不能用：{fault} — {REMEDY}"]


def test_a_former_name_is_a_folder_too_and_a_short_one_is_not(tmp_path: Path) -> None:
    units = UNITS.replace("{名称: 城关镇,", "{名称: 城关镇, 简称: [城/关], 曾用名: ['城关?镇'],")
    fault = "“城关?镇”含有不能用于文件名的字符“?”"
    assert said(tmp_path, "名称", units=units) == [f"plans/units.yaml:10: 名称: 单位名称不能用：{fault} — {REMEDY}"]


def test_a_path_of_over_two_hundred_characters_is_computed(tmp_path: Path) -> None:
    plan = (MEASURE + DATED).replace("编号: p\n", f"编号: {'p' * 60}\n")
    (found,) = said(tmp_path, "名称", plan=plan, units=unit_named("长" * 20), files={f"plans/{'p' * 60}.yaml": plan})[
        1:2
    ]
    assert found == (
        f"plans/units.yaml:12: 名称: 单位名称不能用：“{'长' * 20}”太长：文件的路径 ledgers/{'p' * 60}/{'长' * 20}/附件/2020-01/…"
        " 可达 201 个字符（文件名按 100 个计），最多 200 个 — 改用短一些的名称"
    )


@pytest.mark.unix("file of this name")
def test_a_plan_s_number_is_a_folder_s_name(tmp_path: Path) -> None:
    plan = (MEASURE + DATED).replace("编号: p\n", "编号: nul\n")
    write(tmp_path, {"plans/nul.yaml": plan, "plans/units.yaml": UNITS})
    (tmp_path / "plans/p.yaml").unlink(missing_ok=True)
    found = said(tmp_path, "名称", plan=plan)
    assert "plans/nul.yaml:1: 名称: 方案编号不能用：“nul”是 Windows 留作他用的名称 — 换一个编号" in found


@pytest.mark.unix("two files whose names differ in case only")
def test_two_plans_that_some_computer_takes_for_one(tmp_path: Path) -> None:
    plan = (MEASURE + DATED).replace("编号: p\n", "编号: P\n")
    found = said(tmp_path, "名称", files={"plans/P.yaml": plan})
    assert found == [
        "plans/p.yaml:1: 名称: 方案编号不能用：“p”与“P”只差大小写、全角半角或字的拆合，有的电脑分不清这两个文件夹 — 换一个编号"
    ]


def test_a_file_with_too_long_a_path_is_named(tmp_path: Path) -> None:
    name = f"{'x' * 200}.acaaba4b.txt"
    found = said(
        tmp_path,
        "路径",
        ledger=f"{ENTRY} 佐证=附件/2020-03/{name}",
        files={f"ledgers/p/县教育局/附件/2020-03/{name}": "稿"},
    )
    path = f"ledgers/p/县教育局/附件/2020-03/{name}"
    assert found == [f"{path}:1: 路径（警告）: 路径有 {len(path)} 个字符，最多 200 个 — 把文件改名，改短一些"]


def test_a_folder_that_is_no_plan_s_is_named_if_something_lies_in_it(tmp_path: Path) -> None:
    (tmp_path / "ledgers/empty").mkdir(parents=True)
    found = said(
        tmp_path, "文件夹", ledger=ENTRY, files={"ledgers/旧/县教育局/x.yaml": "", "ledgers/Ｐ/县教育局/x.yaml": ""}
    )
    assert found == [
        "ledgers/旧:1: 文件夹（警告）: “旧”不是方案编号，其中的记录都没有计入 — 改成方案的编号，或移到别处",
        "ledgers/Ｐ:1: 文件夹（警告）: “Ｐ”不是方案编号，其中的记录都没有计入 — 把文件夹改名为 p",
    ]


def test_a_unit_s_folder_in_another_composition_is_named_with_its_unit(tmp_path: Path) -> None:
    units = UNITS.replace("县教育局", "县é局")
    plan = (MEASURE + DATED).replace("县教育局", "县é局")
    folder = unicodedata.normalize("NFD", "县é局")
    found = said(tmp_path, "单位", "文件夹", plan=plan, units=units, ledger=f"03-10 {folder} 经验 内容=小事先议")
    assert found[0] == (
        f"ledgers/p/{folder}/2020-03.办公室.aa.yaml:1: 单位: 文件夹“{folder}”与单位“县é局”看上去一样，写法不同 — 改名为“县é局”"
    )


def test_addresses_that_git_cannot_have_and_those_listed_twice(tmp_path: Path) -> None:
    units = "管理: [zzb@x, 张三, ZZB@x]\n" + UNITS.replace("{名称: 县教育局,", "{名称: 县教育局, 身份: ['a@x, b@x'],")
    remedy = "写成 [甲@单位, 乙@单位] 的样子；邮箱看 git config user.email"
    assert said(tmp_path, "身份", units=units) == [
        f"plans/units.yaml:1: 身份（警告）: 管理里的“张三”不像邮箱 — {remedy}",
        "plans/units.yaml:1: 身份（警告）: 管理里的“ZZB@x”写了两遍 — 删去一遍",
        f"plans/units.yaml:9: 身份（警告）: 县教育局的身份里的“a@x, b@x”不像邮箱 — {remedy}",
    ]
    assert said(tmp_path, "身份", units="管理: zzb@x\n" + UNITS) == []
