"""汇总.yaml: what is read, and every fault at once with its line."""

from pathlib import Path

import pytest

from zhenggai.errors import NothingToShow
from zhenggai.rollup.rollup_file import TITLE, County, RollupFile, read_rollup_file

GOOD = """\
标题: 2026年省级督察反馈问题整改
县:
- {名称: 甲县, 代码: "360121", 位置: 甲县/facts}
- 名称: 乙县
  代码: 360122
  位置: //share/乙县
  问题类型:
    生态环境: [1, 3]
    基层党建: [专项-2026/2]
"""


def read(folder: Path, text: str) -> RollupFile:
    path = folder / "汇总.yaml"
    path.write_text(text, "utf-8")
    return read_rollup_file(path)


def faults(folder: Path, text: str) -> list[str]:
    """What is wrong with a file, line by line, without the first and the last line of the message."""
    with pytest.raises(NothingToShow) as refused:
        read(folder, text)
    first, *lines, last = str(refused.value).splitlines()
    assert first == f"{folder / '汇总.yaml'} 有 {len(lines)} 处错误，没有汇总："
    assert last == "  下一步：照上面逐处改正，再运行一次"
    return lines


def test_a_county_has_its_folder_beside_the_file_and_its_problem_types(tmp_path: Path) -> None:
    of_b: dict[tuple[str | None, int], str] = {
        (None, 1): "生态环境",
        (None, 3): "生态环境",
        ("专项-2026", 2): "基层党建",
    }
    assert read(tmp_path, GOOD) == RollupFile(
        tmp_path / "汇总.yaml",
        "2026年省级督察反馈问题整改",
        (
            County("360121", "甲县", tmp_path / "甲县/facts", {}),
            County("360122", "乙县", Path("//share/乙县"), of_b),
        ),
    )


def test_a_file_of_windows_is_read_without_a_word(tmp_path: Path) -> None:
    path = tmp_path / "汇总.yaml"
    path.write_bytes("县:\r\n- {名称: 甲县, 代码: ３６, 位置: 甲}\r\n".encode("gb18030"))
    found = read_rollup_file(path)
    assert (found.title, [county.code for county in found.counties]) == (TITLE, ["36"])
    assert [str(warning).split(" — ")[0] for warning in found.warnings] == [
        "汇总.yaml:2: 写法（警告）: “３６”读作 36",
    ]


def test_a_folder_may_lie_below_the_home_of_the_user(tmp_path: Path) -> None:
    text = "县:\n- {名称: 甲县, 代码: 1, 位置: ~/甲县}\n- {名称: 乙县, 代码: 2, 位置: 甲~县}\n"
    assert [county.folder for county in read(tmp_path, text).counties] == [Path.home() / "甲县", tmp_path / "甲~县"]


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ('"甲\\u202e县"', "含有看不见的字符（U+202E）"),
        ("甲" * 300, "太长：300 个字符，最多 66 个汉字或 84 个字母"),
        ("甲县/乙县", "含有不能用于文件名的字符“/”"),
    ],
)
def test_a_county_has_a_name_that_facts_may_have(tmp_path: Path, name: str, fault: str) -> None:
    (said,) = faults(tmp_path, f"县:\n- {{名称: {name}, 代码: 1, 位置: 甲}}\n")
    assert f"{fault} — 改成县里报数时写的 --county" in said


def test_where_each_county_has_a_fault_those_are_all_that_is_said(tmp_path: Path) -> None:
    assert [line.split(" — ")[0] for line in faults(tmp_path, "县:\n- {名称: 甲县}\n")] == [
        "汇总.yaml:2: 字段: 缺少“代码”",
        "汇总.yaml:2: 字段: 缺少“位置”",
    ]


def test_all_faults_are_named_at_once_by_line(tmp_path: Path) -> None:
    text = """\
县:
- {名称: 甲县, 代码: ../36, 位置: 甲}
- 名称: 乙县
  代码: a36
  位置: 乙/facts
  问题类型:
    生态环境: [1, 专项/2, 专项/3]
    基层党建: [1, 专项/2, 3]
    空的: []
- {名称: 乙县, 代码: A36, 位置: ./乙//facts}
- {名称: 丁县, 代码: 37, 位置: 丁, 问题分类: {生态环境: [1]}}
- {名称: 戊县, 代码: 38, 位置: 戊, 问题类型: {生态环境: [第一个]}}
- {名称: 己县}
"""
    assert faults(tmp_path, text) == [
        "汇总.yaml:2: 字段: “../36”不能作代码 — 只用字母、数字和短横，最多 32 个，如 360121",
        "汇总.yaml:6: 字段: 问题 1 既归到“生态环境”，又归到“基层党建” — 一个问题只归一类，删去一处",
        "汇总.yaml:6: 字段: 问题 专项/2 既归到“生态环境”，又归到“基层党建” — 一个问题只归一类，删去一处",
        "汇总.yaml:6: 字段: “空的”一个问题号也没有写 — 写上问题号，如 [1, 3]；或删去这一类",
        "汇总.yaml:10: 字段: 名称“乙县”和第 3 行乙县的一样 — 各县的名称不能相同，改正其中一处",
        "汇总.yaml:10: 字段: 代码“A36”和第 4 行乙县的一样 — 各县的代码不能相同，改正其中一处",
        "汇总.yaml:10: 字段: 位置“./乙//facts”和第 5 行乙县的一样 — 各县的位置不能相同，改正其中一处",
        "汇总.yaml:11: 字段: 不认识的键“问题分类” — 是不是“问题类型”？",
        "汇总.yaml:12: 字段: “第一个”不是问题号 — 写 3，几个方案的写 方案编号/3",
        "汇总.yaml:13: 字段: 缺少“代码” — 补上一行 代码: …",
        "汇总.yaml:13: 字段: 缺少“位置” — 补上一行 位置: …",
    ]


@pytest.mark.parametrize("text", ["标题: 汇总\n", "县: []\n"])
def test_a_list_without_a_county_is_refused(tmp_path: Path, text: str) -> None:
    assert [line.split(" — ")[0] for line in faults(tmp_path, text)] == ["汇总.yaml:1: 字段: 一个县也没有写"]


@pytest.mark.parametrize(
    "text", ["", "甲县", "- 甲县\n", "县: 甲县\n", "县: {甲县: 1}\n", "县: [甲县\n", "县: &a [*a]\n"]
)
def test_what_is_no_list_of_counties_is_refused(tmp_path: Path, text: str) -> None:
    assert faults(tmp_path, text)


def test_where_there_is_no_list_one_is_shown(tmp_path: Path) -> None:
    with pytest.raises(NothingToShow) as refused:
        read_rollup_file(tmp_path / "汇总.yaml")
    first, step, *sample = str(refused.value).splitlines()
    assert first == f"没有汇总名单 {tmp_path / '汇总.yaml'}"
    assert step == "  下一步：用记事本写一个 汇总.yaml，每县一行："
    assert [county.code for county in read(tmp_path, "\n".join(sample)).counties] == ["360121", "360122"]
    with pytest.raises(
        NothingToShow, match=r"下一步：核对文件名，这里有 汇总\.yaml；还没有的，用记事本写一个 汇总\.yml，"
    ):
        read_rollup_file(tmp_path / "汇总.yml")
