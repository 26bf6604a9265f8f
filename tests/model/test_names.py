"""Names that become folders: what some system refuses, what two of them take for one, and what is too long."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhenggai.model.names import MAX_PATH, name_fault, path_fault, twin_fault


@pytest.mark.parametrize(
    "name",
    ["办公室", "党政办-2", "a b", "CONSUL", "COM", "com10", "2020.5", "李四（组织科）", "é", "县委办#1", "x" * 84],
)
def test_names_that_every_system_takes(name: str) -> None:
    assert name_fault(name) is None


@pytest.mark.parametrize("name", ["CON", "nul.txt", "Com1", "lpt¹", "aux .x", "CONIN$"])
def test_names_that_windows_has_for_itself(name: str) -> None:
    assert name_fault(name) == f"“{name}”是 Windows 留作他用的名称"


@pytest.mark.parametrize("name", ["", ".", "..", "甲.", "甲 ", " 甲", ".甲", "甲\u3000", "\xa0甲"])
def test_names_whose_ends_are_lost(name: str) -> None:
    assert name_fault(name) == f"“{name}”是空的，或首尾是空格、点"


@pytest.mark.parametrize("character", list('<>:"/\\|?*'))
def test_characters_that_windows_forbids(character: str) -> None:
    assert name_fault(f"甲{character}乙") == f"“甲{character}乙”含有不能用于文件名的字符“{character}”"


@pytest.mark.parametrize(
    ("character", "code"),
    [
        *(("\n", "000A"), ("\0", "0000"), ("\x7f", "007F"), ("\x9b", "009B"), ("\xad", "00AD"), ("\u200b", "200B")),
        *(("\u202e", "202E"), ("\ufeff", "FEFF"), ("\ufe0f", "FE0F"), ("\udcff", "DCFF"), ("\U000e0101", "E0101")),
    ],
)
def test_characters_that_nobody_sees(character: str, code: str) -> None:
    assert name_fault(f"甲{character}乙") == f"“甲{character}乙”含有看不见的字符（U+{code}）"


def test_letters_in_parts() -> None:
    assert name_fault("cafe\u0301") == "“cafe\u0301”里有拆开写的字（不是 NFC 形式），看上去一样，却是另一个文件夹"
    assert name_fault("\uf900") is not None  # a hanzi's twin for compatibility, which NFC replaces


def test_a_name_too_long_for_a_file() -> None:
    assert name_fault("长" * 66) is None
    assert name_fault("长" * 67) == f"“{'长' * 67}”太长：67 个字符，最多 66 个汉字或 84 个字母"
    assert name_fault("x" * 85) == f"“{'x' * 85}”太长：85 个字符，最多 66 个汉字或 84 个字母"


@pytest.mark.parametrize(
    ("one", "other"),
    [("县A局", "县a局"), ("县Ａ局", "县A局"), ("县（B）局", "县(b)局"), ("é", "e\u0301"), ("ﾊ", "ハ"), ("ß", "SS")],
)
def test_names_that_differ_only_in_case_width_or_composition(one: str, other: str) -> None:
    fault = f"“{one}”与“{other}”只差大小写、全角半角或字的拆合，有的电脑分不清这两个文件夹"
    assert twin_fault(one, ["县教育局", other]) == fault
    assert twin_fault(one, ["县教育局", one]) is None


@given(st.text("甲a", max_size=120), st.text("乙b", max_size=120))
def test_no_path_under_a_permitted_folder_is_too_long(plan: str, unit: str) -> None:
    longest = f"ledgers/{plan}/{unit}/附件/2020-05/{'x' * 100}"
    assert (path_fault(plan, unit) is None) == (len(longest) <= MAX_PATH)


def test_the_length_of_a_path_is_said() -> None:
    unit = "长" * 70
    assert path_fault("jcdj-2020", unit) is None
    assert path_fault("jcdj-2020", unit + "长") == (
        f"“{unit}长”太长：文件的路径 ledgers/jcdj-2020/{unit}长/附件/2020-01/… 可达 201 个字符（文件名按 100 个计），最多 200 个"
    )
