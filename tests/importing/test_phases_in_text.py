"""Phases are headings with a window, called 阶段 or standing under 时间步骤."""

import pytest

from zhenggai.importing.fields.phases import phases_in


@pytest.mark.parametrize(
    ("text", "name", "words", "window"),
    [
        ("（一）集中整改阶段（2020年4月至9月）。对照清单。", "集中整改阶段", "2020年4月至9月", "2020-04-01 2020-09-30"),
        ("动员部署阶段：3月1日—3月10日", "动员部署阶段", "3月1日—3月10日", "2020-03-01 2020-03-10"),
        ("（三）融入经常阶段（2020年12月以后）。", "融入经常阶段", "2020年12月以后", "2020-12-01 None"),
        ("第一阶段：动员部署（2020年2月）。", "第一阶段：动员部署", "2020年2月", "2020-02-01 2020-02-29"),
        ("第一阶段（2月上旬）：动员部署。", "第一阶段", "2月上旬", "2020-02-01 2020-02-10"),
        ("自查阶段（即日起至4月底）", "自查阶段", "即日起至4月底", "None 2020-04-30"),
        ("1.学习动员阶段。时间为3月1日至3月10日。", "学习动员阶段", "3月1日至3月10日", "2020-03-01 2020-03-10"),
        ("2020年4月至9月为集中整改阶段。", "集中整改阶段", "2020年4月至9月", "2020-04-01 2020-09-30"),
        ("总结阶段2020年11月21日至30日", "总结阶段", "2020年11月21日至30日", "2020-11-21 2020-11-30"),
        ("整改提高阶段。9月13日至10月16日。三个环节：", "整改提高阶段", "9月13日至10月16日", "2020-09-13 2020-10-16"),
        ("自查阶段：从2020年3月1日起至3月31日止", "自查阶段", "从2020年3月1日起至3月31日止", "2020-03-01 2020-03-31"),
        ("巩固阶段（2020年10月至验收结束）", "巩固阶段", "2020年10月至验收结束", "2020-10-01 None"),
        ("宣传阶段（20**年12月7日—9日）", "宣传阶段", "20**年12月7日—9日", "None None"),
        ("（三）整改落實階段（2020年5月至12月）。", "整改落實階段", "2020年5月至12月", "2020-05-01 2020-12-31"),
        ("（2020年5月）自查自纠阶段。", "自查自纠阶段", "2020年5月", "2020-05-01 2020-05-31"),
    ],
)
def test_phase(text: str, name: str, words: str, window: str) -> None:
    (phase,) = phases_in([(text, 3)], 2020)
    assert (phase.name, phase.deadline, f"{phase.start} {phase.end}", phase.place.line) == (name, words, window, 3)


@pytest.mark.parametrize(
    "text",
    [
        "1.集中排查（2020年4月至9月）。",  # a measure
        "（一）集中整改阶段。对照清单。",
        "现阶段任务繁重，2019年底前完成六成。",
        "（二）分阶段推进（见附件2）。",
    ],
)
def test_no_phase(text: str) -> None:
    assert phases_in([(text, 3)], 2020) == ()


def test_under_a_heading_of_steps_a_phase_needs_no_such_name() -> None:
    paper = ["二、整改措施", "1.集中排查（2020年4月）", "三、进度安排", "（一）动员部署（2020年5月）。", "四、要求"]
    assert [phase.name for phase in phases_in(zip(paper, range(1, 9), strict=False), 2020)] == ["动员部署"]
    assert [phase.name for phase in phases_in([("（一）动员部署（5月）。", 4)], 2020, inside=True)] == ["动员部署"]


def test_a_window_without_a_year_has_that_of_the_phase_before_it() -> None:
    first, second = phases_in([("排查阶段（2021年4月）", 1), ("整改阶段（5月至6月）", 2)], None)
    assert (str(first.end), str(second.end)) == ("2021-04-30", "2021-06-30")


def test_without_any_year_the_words_are_kept() -> None:
    (phase,) = phases_in([("排查阶段（4月）", 1)], None)
    assert (phase.deadline, phase.start, phase.end) == ("4月", None, None)
