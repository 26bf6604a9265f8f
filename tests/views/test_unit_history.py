"""``show`` of a unit: all that was recorded about it, and all that it recorded about others, in sections."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings

from random_histories import LAST, book_from, histories
from small_repo import PLAN, UNITS, day, ledger_in, small_repo
from zhenggai.render import render
from zhenggai.rules.day.state import state
from zhenggai.views.show import ShownHistory, show

LEDGER = """\
04-10 县教育局 进展 1-1 佐证=县教发〔2020〕3号
04-11 县委办公室 进展 1-1 单位=县教育局 代录=是
04-12 县委督查局 督查 单位=县教育局 方式=暗访 结论=不实 #查
04-13 县教育局 回复 针对=查
04-14 县委督查局 督办 1-1 单位=县教育局 对象=书记 依据=规则
04-15 县委督查局 通报 单位=县财政局 对象=书记 依据=静默 #报
04-16 县委督查局 更正 针对=报 依据=两月静默
04-20 县财政局 申请延期 2-3 至=2020-10-31 原因=文件未出 #延
04-21 县委组织部 同意延期 针对=延 至=2020-10-15
05-10 县教育局 完成 1-1
05-11 县教育局 申请销号 1-1 签批领导=王强 #申
05-12 县委办公室 初审 针对=申 结论=通过 #初
05-13 县委组织部 复核 针对=初 结论=通过
05-14 县委组织部 复核 针对=初 结论=通过
05-15 县委组织部 经验 2-1
05-16 县委组织部 进展 9-9
"""


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_repo(tmp_path_factory.mktemp("units"), LEDGER)


def shown(root: Path, unit: str, as_of: str = "07-01") -> ShownHistory:
    """A unit's history; the data may have errors."""
    return show(ledger_in(root).snapshot(day(as_of)), unit)


def sections(history: ShownHistory) -> dict[str, list[str]]:
    """The sections: what each entry is, and about which unit."""
    return {
        section.title: [f"{line.entry.date:%m-%d} {line.entry.kind} {line.unit}" for line in section.lines]
        for section in history.sections
    }


OWN, BEHALF = "本单位的任务和事项", "替其他单位记的"
SHOWN = {
    "县教育局": {
        OWN: [
            "04-10 进展 县教育局",
            "04-11 进展 县教育局",
            "04-12 督查 县教育局",
            "04-13 回复 县教育局",
            "04-14 督办 县教育局",
            "05-10 完成 县教育局",
            "05-11 申请销号 县教育局",
            "05-12 初审 县教育局",
            "05-13 复核 县教育局",
            "05-14 复核 县教育局",
        ]
    },
    "县委办公室": {"审核、公示、销号": ["05-12 初审 县教育局"], BEHALF: ["04-11 进展 县教育局"]},
    "县委督查局": {
        "督查、回头看、重新整改": ["04-12 督查 县教育局"],
        "发出的函": ["04-14 督办 县教育局", "04-15 通报 县财政局", "04-16 更正 县财政局"],
    },
    "县委组织部": {
        OWN: ["05-15 经验 县委组织部", "05-16 进展 县委组织部"],
        "审核、公示、销号": ["05-13 复核 县教育局", "05-14 复核 县教育局"],
        "答复延期": ["04-21 同意延期 县财政局"],
    },
    "县财政局": {OWN: ["04-15 通报 县财政局", "04-20 申请延期 县财政局", "04-21 同意延期 县财政局"]},
}


@pytest.mark.parametrize(("unit", "expected"), SHOWN.items(), ids=SHOWN)
def test_a_unit_is_shown_with_all_that_it_recorded(root: Path, unit: str, expected: dict[str, list[str]]) -> None:
    assert sections(shown(root, unit)) == expected


def test_what_did_not_count_is_said_in_every_section(root: Path) -> None:
    history = shown(root, "县委组织部")
    assert [f"{line.entry.date:%m-%d}" for line in history.lines if not line.counted] == ["05-14", "05-16"]


def test_each_section_has_its_number_and_does_not_repeat_who_recorded_it(root: Path) -> None:
    lines = [line.strip("　") for line in render(shown(root, "县委办公室"), "text").splitlines()]
    assert [line for line in lines if line.endswith(" 条")] == ["审核、公示、销号 1 条", "替其他单位记的 1 条"]
    assert not any("县委办公室记录" in line for line in lines)


def test_json_has_the_same_sections_and_every_entry_once(root: Path) -> None:
    record = json.loads(render(shown(root, "县委组织部"), "json"))
    assert [(section["title"], section["count"]) for section in record["sections"]] == [
        (OWN, 2),
        ("审核、公示、销号", 2),
        ("答复延期", 1),
    ]
    numbers = [number for section in record["sections"] for number in section["entries"]]
    assert sorted(numbers) == [entry["number"] for entry in record["entries"]]


@given(histories())
@settings(max_examples=40)
def test_nothing_that_a_unit_recorded_is_left_out_or_shown_twice(history: str) -> None:
    snapshot = state(book_from(history), LAST)
    for unit in snapshot.units.members:
        shown_once = [line.entry.number for line in show(snapshot, unit.name).lines]
        by_unit = {r.entry.number for r in snapshot.archive.recorded_by(unit.name) if snapshot.knows(r)}
        assert by_unit <= set(shown_once)
        assert len(shown_once) == len(set(shown_once))


def test_what_was_not_yet_known_is_not_shown(root: Path) -> None:
    assert sections(shown(root, "县委组织部", "04-20")) == {}
    assert "还没有记录。" in render(shown(root, "县委组织部", "04-20"), "text")


def test_what_became_of_a_cancelled_measure_stays_in_the_history(tmp_path: Path) -> None:
    plan = PLAN.replace(
        "内容: 立即改正,", "内容: 立即改正, 取消: {日期: 2020-06-01, 依据: 县组发〔2020〕9号, 登记日: 2020-06-01},"
    )
    ledger = "04-10 县教育局 进展 1-2\n04-11 县委办公室 进展 1-2 单位=县教育局 代录=是\n05-01 县委办公室 完成 1-2 单位=县教育局"
    root = small_repo(tmp_path, ledger, plan=plan)
    assert sections(shown(root, "县教育局")) == {
        OWN: ["04-10 进展 县教育局", "04-11 进展 县教育局", "05-01 完成 县教育局"]
    }
    of_office = shown(root, "县委办公室")
    assert sections(of_office) == {BEHALF: ["04-11 进展 县教育局", "05-01 完成 县教育局"]}
    assert [line.counted for line in of_office.lines] == [True, False]


def test_a_successor_s_work_on_the_tasks_that_it_took_over_is_its_own(tmp_path: Path) -> None:
    units = UNITS + "- {名称: 县档案局, 止: 2020-05-31, 并入: 县教育局}\n"
    plan = PLAN.replace("责任单位: 县教育局,", "责任单位: 县档案局,")
    ledger = "04-10 县档案局 进展 1-2\n06-10 县教育局 进展 1-2 单位=县档案局"
    root = small_repo(tmp_path, ledger, plan=plan, units=units)
    both = {OWN: ["04-10 进展 县档案局", "06-10 进展 县档案局"]}
    assert sections(shown(root, "县教育局")) == sections(shown(root, "县档案局")) == both
