"""时限: every deadline's words have a meaning, and agree with 类别. The samples' own lines begin at line 21."""

from pathlib import Path

import pytest
from gallery import MEASURE, plan_with, said

DATED = "类别: 限期整改"
OPEN_ENDED = ("阶段: [1]", "阶段: [3]")

GOOD = {
    "a date": (DATED, "时限: 2020年6月底前"),
    "a date inherited from the phase": (DATED,),
    "a duty with its period": ("类别: 例行", "频次: 每季度"),
    "a long-term measure": ("类别: 长期坚持", "下次评估: 2020-06-30"),
    "at once": ("类别: 立行立改", "时限: 立行立改"),
    "no category, which the words then say": ("时限: 每月",),
}


@pytest.mark.parametrize("lines", GOOD.values(), ids=GOOD)
def test_a_deadline_that_says_what_it_means_is_silent(lines: tuple[str, ...], tmp_path: Path) -> None:
    assert said(tmp_path, "时限", plan=plan_with(*lines)) == []


BAD = {
    "words nobody can read": (
        (DATED, "时限: 九月份左右"),
        "22: 时限: 时限「九月份左右」不是认得的写法。相近的写法：9月底、1月前、3个月内 — 改成认得的写法",
    ),
    "as is fit": ((DATED, "时限: 适时"), "22: 时限（警告）: “适时”：未明确时限 — 核对时限的写法"),
    "as soon as possible": ((DATED, "时限: 尽快"), "22: 时限（警告）: “尽快”：未明确时限 — 核对时限的写法"),
    "long-term with a date": (
        ("类别: 长期坚持", "时限: 2020年6月底前"),
        "22: 时限: 类别“长期坚持”与时限“2020年6月底前”矛盾 — 改正类别或时限",
    ),
    "at once with a date": (
        ("类别: 立行立改", "时限: 2020年6月底前"),
        "22: 时限: 类别“立行立改”与时限“2020年6月底前”矛盾 — 改正类别或时限",
    ),
    "dated without end": (
        (DATED, "时限: 长期坚持"),
        "22: 时限: 类别“限期整改”与时限“长期坚持”矛盾 — 改正类别或时限",
    ),
    "dated with a beginning only": (
        (DATED, "时限: 2020年3月起"),
        "22: 时限: 1-1 的时限没有截止日 — 写明截止的日子",
    ),
    "a beginning only, without a category": (
        ("时限: 2020年3月起",),
        "21: 时限: 1-1 的时限没有截止日 — 写明截止的日子",
    ),
    "a duty without a period": (
        ("类别: 例行",),
        "21: 时限: 例行措施 1-1 没有频次 — 补上一行 频次: 每季度（或别的周期）",
    ),
    "a unit's own date that nobody can read": (
        (DATED, "分工:", "- {单位: 县教育局, 时限: 那天}"),
        "23: 时限: 时限「那天」不是认得的写法。相近的写法：45天、2020年9月底前、3个月内 — 改成认得的写法",
    ),
    "a step's date that nobody can read": (
        (DATED, "步骤:", "- {编号: 1-1-1, 内容: 摸底, 时限: 月底那天}"),
        "23: 时限: 时限「月底那天」不是认得的写法。相近的写法：9月底、2020年9月底前、3个月内 — 改成认得的写法",
    ),
    "a step's period that is none": (
        (DATED, "步骤:", "- {编号: 1-1-1, 内容: 通报, 频次: 立行立改}"),
        "23: 时限: 频次“立行立改”不是周期 — 写成 每周、每月、每季度、每半年、每年 一类",
    ),
    "a step's date after that of its measure": (
        (DATED, "时限: 2020年6月底前", "步骤:", "- {编号: 1-1-1, 内容: 摸底, 时限: 2020年8月底前}"),
        "24: 时限（警告）: 步骤 1-1-1 的截止日 2020-08-31 晚于整项措施的 2020-06-30 — 改正步骤或措施的时限",
    ),
    "a date adjusted to words nobody can read": (
        (DATED, "时限: 2020年6月底前", "调整:", "- {日期: 2020-05-01, 依据: 县委文件, 字段: 时限, 现: 过一阵子}"),
        "24: 时限: 时限「过一阵子」不是认得的写法。相近的写法：2020年9月底前、3个月内、长期坚持 — 改成认得的写法",
    ),
}


@pytest.mark.parametrize(("lines", "line"), BAD.values(), ids=BAD)
def test_a_deadline_that_says_nothing_or_something_else_is_named(
    lines: tuple[str, ...], line: str, tmp_path: Path
) -> None:
    assert said(tmp_path, "时限", plan=plan_with(*lines)) == [f"plans/p.yaml:{line}"]


def test_a_duty_whose_period_is_none_is_named_at_both_lines(tmp_path: Path) -> None:
    assert said(tmp_path, "时限", plan=plan_with("类别: 例行", "频次: 立行立改")) == [
        "plans/p.yaml:21: 时限: 类别“例行”与时限“立行立改”矛盾 — 改正类别或时限",
        "plans/p.yaml:22: 时限: 频次“立行立改”不是周期 — 写成 每周、每月、每季度、每半年、每年 一类",
    ]


def test_a_dated_measure_cannot_inherit_from_an_open_ended_phase_only(tmp_path: Path) -> None:
    assert said(tmp_path, "时限", plan=plan_with(DATED).replace(*OPEN_ENDED)) == [
        "plans/p.yaml:15: 时限: 1-1 只能从没有终止日的阶段继承时限 — 写上时限，或把它放进有终止日的阶段"
    ]


def test_nor_can_one_that_is_to_be_done_as_soon_as_possible(tmp_path: Path) -> None:
    assert said(tmp_path, "时限", plan=plan_with(DATED, "时限: 尽快").replace(*OPEN_ENDED)) == [
        "plans/p.yaml:22: 时限（警告）: “尽快”：未明确时限 — 核对时限的写法",
        "plans/p.yaml:22: 时限: 1-1 的时限没有截止日 — 写明截止的日子",
    ]


@pytest.mark.parametrize("category", [DATED, ""])
def test_a_measure_in_no_phase_needs_its_own_date_unless_its_category_has_none(tmp_path: Path, category: str) -> None:
    assert said(tmp_path, "时限", plan=plan_with(category).replace("    阶段: [1]\n", "")) == [
        "plans/p.yaml:15: 时限: 1-1 没有时限，也无处继承 — 写上时限，或把它放进有终止日的阶段"
    ]


def test_a_measure_without_category_may_wait_for_a_date(tmp_path: Path) -> None:
    assert said(tmp_path, "时限", plan=plan_with("时限: 尽快").replace(*OPEN_ENDED)) == [
        "plans/p.yaml:21: 时限（警告）: “尽快”：未明确时限 — 核对时限的写法",
    ]


def test_a_phase_is_named_when_nobody_can_read_its_words(tmp_path: Path) -> None:
    plan = plan_with("类别: 长期坚持").replace("2020年9月至12月", "后面那阵子")
    assert said(tmp_path, "时限", plan=plan) == [
        "plans/p.yaml:9: 时限: 时限「后面那阵子」不是认得的写法。相近的写法：2020年9月底前、3个月内、长期坚持 — 改成认得的写法"
    ]


def test_a_problems_own_words_are_named_once_where_they_stand(tmp_path: Path) -> None:
    plan = plan_with(DATED).replace("  内容: 学习不深入\n", "  内容: 学习不深入\n  时限: 那天\n")
    assert said(tmp_path, "时限", plan=plan) == [
        "plans/p.yaml:14: 时限: 时限「那天」不是认得的写法。相近的写法：45天、2020年9月底前、3个月内 — 改成认得的写法"
    ]


def test_a_date_before_the_first_phase_stands_with_a_warning(tmp_path: Path) -> None:
    assert said(tmp_path, "时限", plan=plan_with(DATED, "时限: 2020年3月上旬前")) == [
        "plans/p.yaml:22: 时限（警告）: “2020年3月上旬前”：到期日2020-03-10早于首个阶段的开始日期2020-04-01 — 核对时限的写法"
    ]


def test_the_frame_of_the_gallery_has_twenty_lines() -> None:
    assert MEASURE.count("\n") == 20
