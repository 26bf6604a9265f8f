"""Deadlines in the sentences of a measure, which keep them; facts, names of papers and periods of a procedure are none."""

from datetime import date

import pytest

from zhenggai.deadline.meaning import Context
from zhenggai.importing.fields.deadline_words import deadlines_within, due_of
from zhenggai.importing.fields.owners import read_fields

BASE = Context(2020, date(2020, 3, 2))


@pytest.mark.parametrize(
    ("text", "words", "due"),
    [
        ("2020年3月上旬前，梳理底数。", "2020年3月上旬前", "2020-03-10"),
        ("修订办法，6月底前完成。", "6月底前", "2020-06-30"),
        ("各单位应于6月底前完成修订。", "6月底前", "2020-06-30"),
        ("于2020年5月31日前报督查室。", "2020年5月31日前", "2020-05-31"),
        ("二〇二〇年六月底前完成。", "二〇二〇年六月底前", "2020-06-30"),
        ("２０２０年６月底前完成。", "２０２０年６月底前", "2020-06-30"),
        ("保证2020年7月低完成整改。", "2020年7月低", "2020-07-31"),
        ("督促施工单位，2020 年 9 月 底完成；", "2020 年 9 月 底", "2020-09-30"),
        ("于2020 年 底前完成。", "2020 年 底前", "2020-12-31"),
        ("2020年3月 上旬前，梳理底数。", "2020年3月 上旬前", "2020-03-10"),
        ("做好改造，2020 年 10 月底，完成任务。", "2020 年 10 月底", "2020-10-31"),
        ("一季度末前报送计划。", "一季度末前", "2020-03-31"),
        ("上半年会议同比减少三成。", "上半年", "2020-06-30"),
        ("年底前对执行情况进行评估。", "年底前", "2020-12-31"),
        ("2020年4月至6月，集中开展排查。", "2020年4月至6月", "2020-06-30"),
        ("自方案印发之日起30日内，完成清退。", "自方案印发之日起30日内", "2020-04-01"),
        ("3个月内，完成清退。", "3个月内", "2020-06-02"),
        ("修订办法，立行立改，并长期坚持。", "立行立改，并长期坚持", None),
        ("6月底前完成整改，并长期坚持。", "6月底前完成整改，并长期坚持", "2020-06-30"),
        ("建立机制，长期坚持。", "长期坚持", None),
        ("每季度召开一次例会。", "每季度", None),
        ("2024年底前分步实施。", "2024年底前", "2024-12-31"),
    ],
)
def test_found(text: str, words: str, due: str | None) -> None:
    (found,) = deadlines_within(text, BASE)
    assert (found.words, due and date.fromisoformat(due)) == (words, found.due)
    assert text[found.start : found.start + len(found.words)] == words


@pytest.mark.parametrize(
    "text",
    [
        "2018年以来，查处案件12起。",
        "截至2019年底，改造120户。",
        "2019年底前未完成的，说明原因。",
        "已于2020年3月底前印发。",
        "对《2020年6月底前任务清单》逐项对照。",
        "执行县发〔2020〕6号。",
        "受理后5个工作日内办结。",
        "接到投诉24小时内回应。",
        "2020年3月5日召开专题会议。",
        "上半年3个支部未开会。",
        "自2020年5月起，按月通报。",
        "坚持立行立改、边查边改，压实责任。",
        "适时出台规划。",
        "定期公示情况，每年在适当范围通报，强化监督。",
        "时限压减至60个工作日以内。",
        "培训科级以上干部，前期摸底。",
    ],
)
def test_none(text: str) -> None:
    assert deadlines_within(text, BASE) == ()


def test_the_last_of_several_counts_and_the_others_are_named() -> None:
    rest, fields = read_fields("3月底前摸底，6月底前完成整改。", 2020)
    assert (rest, fields.deadline, fields.others) == ("3月底前摸底，6月底前完成整改。", "6月底前", ("3月底前",))


def test_a_problem_tells_facts() -> None:
    assert read_fields("应在2020年6月底前完成的改造滞后。", 2020, within=False)[1].deadline is None


def test_a_label_wins_over_the_sentence() -> None:
    fields = read_fields("3月底前摸底。完成时限：6月底前", 2020)[1]
    assert (fields.deadline, fields.others) == ("6月底前", ())


def test_without_a_year_only_words_with_their_own_have_a_day() -> None:
    assert due_of("2020年6月底前", None) == date(2020, 6, 30)
    assert due_of("6月底前", None) is None
    assert [one.words for one in deadlines_within("6月底前完成。", None)] == ["6月底前"]
