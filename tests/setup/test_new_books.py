"""The first plan: its number, and the units that are proposed for it."""

from pathlib import Path

import pytest

from small_repo import Runner, write
from zhenggai.setup.new_books import SAMPLE_BOOK, proposed_number, units_text
from zhenggai.setup.unit_list import read_unit_list


@pytest.mark.parametrize(
    ("title", "number"),
    [
        ("基层党建问题整改方案", "jcdj-2026"),
        ("XX县2026年基层党建问题专项整改行动方案", "jcdj-2026"),
        ("县委巡察反馈问题整改工作方案", "xwxc-2026"),
        ("关于开展营商环境突出问题专项整治的实施意见", "yshjtc-2026"),
        ("整改方案", "zg-2026"),
        ("ＡＩ 整改", "ai-2026"),
    ],
)
def test_a_number_is_proposed_from_the_title(title: str, number: str) -> None:
    assert proposed_number(title, 2026) == number


@pytest.mark.parametrize("me", ["县委组织部", "县委办公室", "县教育局", "城关镇"])
@pytest.mark.parametrize(
    "units",
    [
        "县委办公室、县委组织部、县委督查局、县纪委监委、县教育局、城关镇",
        "县委组织部、县委办公室、县教育局、城关镇",
        "县教育局、县财政局、城关镇、县委办公室、县委组织部",
    ],
)
def test_the_first_plan_has_no_gaps_but_those_that_it_names(
    zhenggai: Runner, tmp_path: Path, units: str, me: str
) -> None:
    write(tmp_path, {"单位.txt": units})
    ran = zhenggai("init", "台账", "--title", "整改方案", "--units", "单位.txt", "--unit", me, at=tmp_path)
    assert (ran.code, ran.err) == (0, "")
    checked = zhenggai("check", at=tmp_path / "台账")
    assert checked.code == 0
    assert {line.split(": ")[1] for line in checked.out.splitlines()} == {"样本（警告）"}


def test_the_sample_book_reads_as_it_is(zhenggai: Runner, tmp_path: Path) -> None:
    write(tmp_path, {"plans/units.yaml": units_text(SAMPLE_BOOK)})
    assert zhenggai("check", at=tmp_path).out == ""


def test_names_that_yaml_would_read_otherwise_are_quoted(zhenggai: Runner, tmp_path: Path) -> None:
    write(
        tmp_path,
        {"plans/units.yaml": units_text(read_unit_list("县编办 [党委]、- 甲乙局、县教育局（体育局, 科技局）")[0])},
    )
    ran = zhenggai("check", at=tmp_path)
    assert (ran.code, ran.out) == (0, "")
