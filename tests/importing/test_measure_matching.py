"""Which measure of a plan a workbook's measure is: by number where the texts agree, else by equal texts; never by a guess."""

import pytest

from building import plan_of
from small_repo import PLAN
from zhenggai.importing.draft import Draft, DraftMeasure, DraftProblem, Place
from zhenggai.importing.sheets.measure_matching import Found, Matching

PLACE = Place(1)


def found(label: str, content: str, problem: str = "学习不深入", problem_label: str = "1") -> Found | None:
    """What is found for the only measure of a draft."""
    measure = DraftMeasure(place=PLACE, content=content, number="1-1", label=label)
    drafted = DraftProblem(place=PLACE, title=problem, number=1, label=problem_label, measures=(measure,))
    return Matching(plan_of(PLAN), Draft(source="台账.xlsx", problems=(drafted,))).of("1-1")


@pytest.mark.parametrize(
    ("label", "content", "number"),
    [
        ("", "制定办法", "1-1"),
        ("", "1.制定 办法；", "1-1"),
        ("1-2", "立即改正", "1-2"),
        ("2", "立即改正到位", "1-2"),  # the second measure of problem 1, in other words
        ("9", "制定办法", "1-1"),
        ("2", "制定办法", "1-1"),  # it only counts the items of a cell
    ],
)
def test_what_is_found(label: str, content: str, number: str) -> None:
    assert found(label, content) == Found(number)


@pytest.mark.parametrize(
    ("label", "content", "why"),
    [
        ("", "制定并印发办法", "最相近的是 1-1 制定办法"),
        ("", "修缮危房", "方案里没有这项措施"),
        ("1", "修缮危房", "编号是 1-1，文字却与方案的不同：制定办法"),
        ("1-1", "立即改正", "编号是 1-1，文字却与方案的不同：制定办法"),
    ],
)
def test_what_is_only_named(label: str, content: str, why: str) -> None:
    assert found(label, content) == Found(None, why)


def test_another_draft_s_number_is_none() -> None:
    assert Matching(plan_of(PLAN), Draft(source="台账.xlsx")).of("1-1") is None
