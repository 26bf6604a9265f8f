"""``inspect`` and ``urge`` at a terminal, answered step by step."""

from pathlib import Path

import pytest

from small_repo import small_repo, write
from terminal import BACKSPACE, CTRL_C, Keys, spoken

LEDGER = "04-10 县教育局 进展 1-1 进度=40\n"
WHO = [
    ("你是哪个单位", "县委督查局"),
    ("记住“县委督查局”，以后不再问？", "n"),
    ("填报人（岗位或科室，如 办公室）", "督查科"),
    ("记住“督查科”，以后不再问？", "n"),
]
ME = ("--by", "县委督查局", "--writer", "督查科")


@pytest.fixture
def root(tmp_path: Path, home: Path) -> Path:
    return write(small_repo(tmp_path, LEDGER), {".zhenggai/clone": "k3"})


def entry(root: Path) -> list[str]:
    """The lines of what was written, its number left out."""
    return (root / "ledgers/p/县委督查局/2020-07.督查科.k3.yaml").read_text("utf-8").splitlines()[1:]


def test_an_inspection_is_asked_for_step_by_step(root: Path) -> None:
    answers = [
        ("督查哪个单位", "教育局"),
        ("哪项措施（如 3-2）；督查整个单位的", "1-1"),
        ("结论", "不实"),
        ("方式 [明察]", ""),
        ("看到了什么", "台账是补的"),
        ("地点", "办公楼"),
        ("新发现的问题", ""),
        ("写入？", ""),
    ]
    ran = spoken(root, "inspect", answers=WHO + answers)
    assert ran.code == 0
    assert entry(root) == [
        "  日期: 2020-07-01",
        "  措施: 1-1",
        "  单位: 县教育局",
        "  事项: 督查",
        "  方式: 明察",
        "  地点: 办公楼",
        "  结论: 不实",
        "  内容: 台账是补的",
        "  填报人: 督查科",
    ]


def test_a_whole_unit_is_inspected_where_no_measure_is_answered(root: Path) -> None:
    answers = [
        ("督查哪个单位", "教育局"),
        ("哪项措施（如 3-2）；督查整个单位的", ""),
        ("结论", "属实"),
        ("方式 [明察]", "调研"),
        ("看到了什么", "台账齐全"),
        ("地点", ""),
        ("新发现的问题", ""),
        ("写入？", ""),
    ]
    assert spoken(root, "inspect", *ME, answers=answers).code == 0
    assert entry(root)[1:3] == ["  单位: 县教育局", "  事项: 督查"]


def test_what_the_ladder_says_is_offered(root: Path) -> None:
    answers = [
        ("督办哪项措施（如 3-2）", "1-1"),
        ("哪个单位", "县教育局"),
        ("事项 [督办]", ""),
        ("对象 [单位及主要负责人]", "局长"),
        ("依据 [逾期1天]", ""),
        ("写入？", ""),
    ]
    ran = spoken(root, "urge", *ME, answers=answers)
    assert ran.code == 0
    assert entry(root) == [
        "  日期: 2020-07-01",
        "  措施: 1-1",
        "  单位: 县教育局",
        "  事项: 督办",
        "  对象: 局长",
        "  依据: 逾期1天",
        "  期限: 2020-07-08",
        "  填报人: 督查科",
    ]


def test_another_kind_needs_its_own_basis(root: Path) -> None:
    answers = [("对象 [主要负责人]", ""), ("依据：", "领导批示"), ("写入？", "")]
    assert spoken(root, "urge", "1-1", "约谈", "--unit", "县教育局", *ME, answers=answers).code == 0
    assert entry(root)[3:6] == ["  事项: 约谈", "  对象: 主要负责人", "  依据: 领导批示"]


def test_what_the_ladder_gives_is_not_asked_for(root: Path) -> None:
    assert spoken(root, "urge", "1-1", "--unit", "县教育局", *ME, answers=[]).code == 0
    assert entry(root)[3:6] == ["  事项: 督办", "  对象: 单位及主要负责人", "  依据: 逾期1天"]


def test_a_batch_is_written_when_confirmed(root: Path) -> None:
    ran = spoken(root, "urge", "--unit", "县教育局", *ME, answers=[("写入这 2 条？", "y")])
    assert ran.code == 0
    assert [line for line in entry(root) if "事项" in line] == ["  事项: 督办", "  事项: 通报"]


def test_a_unit_that_is_none_is_asked_for_again_and_so_is_a_measure(root: Path) -> None:
    answers = [
        ("督查哪个单位", "1-1"),
        ("没有单位“1-1”", f"{BACKSPACE * 3}教育局"),
        ("哪项措施（如 3-2）；督查整个单位的", "9-9"),
        ("方案中没有措施“9-9”", Keys(CTRL_C)),
    ]
    ran = spoken(root, "inspect", *ME, answers=answers)
    assert ran.code == 130
    assert "结论" not in ran.out


def test_a_word_that_is_none_of_the_known_is_asked_for_again(root: Path) -> None:
    answers = [
        ("结论", "不好"),
        ("没有“不好”，从上面选一个", f"{BACKSPACE * 2}属实"),
        ("方式 [明察]", ""),
        ("看到了什么", "台账齐全"),
        ("地点", ""),
        ("新发现的问题", ""),
        ("写入？", ""),
    ]
    assert spoken(root, "inspect", "1-1", "--unit", "教育局", *ME, answers=answers).code == 0


@pytest.mark.parametrize("command", ["review", "reopen", "urge", "inspect", "publicise", "close"])
def test_a_wrong_measure_or_filter_is_named_before_anything_is_asked(root: Path, command: str) -> None:
    ran = spoken(root, command, "9-9", answers=[])
    assert (ran.code, "9-9" in ran.out.splitlines()[0]) == (2, True)
    ran = spoken(root, command, "1-1", "--unit", "县统计局", answers=[])
    assert (ran.code, "县统计局" in ran.out.splitlines()[0]) == (2, True)


def test_a_batch_shows_what_was_answered_before_it_is_confirmed(root: Path) -> None:
    answers = [
        ("结论", "属实"),
        ("方式 [明察]", ""),
        ("看到了什么", "台账齐全"),
        ("地点", "办公楼"),
        ("新发现的问题", ""),
        ("写入这 4 条？", "y"),
    ]
    ran = spoken(root, "inspect", "--problem", "1", *ME, answers=answers)
    assert ran.code == 0
    assert "各条都写：\n    日期：2020-07-01\n" in ran.out.replace("\r", "")
    assert "    地点：办公楼\n" in ran.out.replace("\r", "")
