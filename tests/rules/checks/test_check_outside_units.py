"""Check 册外单位: a misspelt unit of the book is doubted, a unit of another level is not."""

from pathlib import Path

import pytest
from gallery import DATED, MEASURE, said

PLAN = MEASURE + DATED


@pytest.mark.parametrize("name", ["省教育厅", "市教育局", "市委组织部", "专家组", "第三方验收小组", "县委组织部"])
def test_an_acceptor_outside_the_book_or_in_it_is_not_doubted(tmp_path: Path, name: str) -> None:
    assert said(tmp_path, "册外单位", plan=f"{PLAN}    验收单位: {name}\n") == []


@pytest.mark.parametrize(
    ("name", "near"), [("县委组织布", "县委组织部"), ("教育局机关", "县教育局"), ("县教育", "县教育局")]
)
def test_a_misspelt_acceptor_is_doubted(tmp_path: Path, name: str, near: str) -> None:
    (found,) = said(tmp_path / "甲", "册外单位", plan=f"{PLAN}    验收单位: {name}\n")
    assert f"验收单位“{name}”不在单位册里，算外面的单位，与单位册里的“{near}”相近" in found
    assert f"zhenggai adjust 1-1 验收单位 {near}；确是外面的，不用改" in found
    mended = f"    调整: [{{日期: 2020-05-01, 依据: 更名, 字段: 验收单位, 现: {near}}}]\n"
    assert said(tmp_path / "乙", "册外单位", plan=f"{PLAN}    验收单位: {name}\n{mended}") == []


def test_a_misspelt_guiding_unit_is_doubted_where_it_stands(tmp_path: Path) -> None:
    plan = f"{PLAN}    督导单位: [省厅, 县委组织布]\n".replace("督办单位:", "督导单位: [县委督查居]\n督办单位:")
    first, second = said(tmp_path, "册外单位", plan=plan)
    assert first.endswith("写错的，改成“县委督查局”；确是外面的，不用改")
    assert "zhenggai adjust 1-1 督导单位 省厅、县委组织部；" in second
