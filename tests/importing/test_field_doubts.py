"""Doubts name a place, what a person must look at, and why."""

from dataclasses import replace
from datetime import date

import pytest

from zhenggai.deadline.meaning import Context
from zhenggai.importing.draft import Doubt, DraftMeasure, DraftProblem, Place
from zhenggai.importing.fields.facts import facts_in
from zhenggai.importing.fields.field_doubts import (
    doubts_of_blanks,
    doubts_of_facts,
    doubts_of_fields,
    doubts_of_measures,
    units_of,
)
from zhenggai.importing.fields.owners import read_fields

WHOLE = DraftMeasure(place=Place(5), content="修订办法", number="1-1", units=("县教育局",), deadline="6月底前")


def said(*measures: DraftMeasure, base: Context | None = None) -> list[tuple[int, str, str]]:
    problem = DraftProblem(place=Place(4), title="走过场", number=1, measures=measures)
    found = doubts_of_measures([problem], base or Context(2020, date(2020, 3, 2)))
    return [(doubt.place.line, doubt.about, doubt.what) for doubt in found]


def test_nothing_to_say_of_a_whole_measure() -> None:
    assert said(WHOLE) == []


def test_owners_and_deadline_that_are_missing() -> None:
    assert said(replace(WHOLE, units=(), deadline=None)) == [
        (5, "没有写责任单位", "1-1 没有写责任单位"),
        (5, "没有写时限", "1-1 没有写时限"),
    ]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("每天清扫，由县环卫站负责清除。", "由县环卫站负责清除"),
        ("安排东社区居委会张贴广告", "安排东社区居委会张贴广告"),
        ("由此建立台账。", ""),
        ("由于人手不足，委托外单位清扫。", ""),
    ],
)
def test_a_unit_in_a_sentence_is_only_offered(content: str, words: str) -> None:
    problem = DraftProblem(place=Place(4), title="", measures=(replace(WHOLE, content=content, units=()),))
    (doubt,) = doubts_of_measures([problem], Context(2020))
    assert doubt.why.partition("；句子里写")[2].strip("“”") == words


def test_deadlines() -> None:
    about = {words: said(replace(WHOLE, deadline=words))[0][1:] for words in ("等通知", "适时", "2月30日", "9月前")}
    assert about == {
        "等通知": ("时限读不懂", "时限“等通知”读不懂"),
        "适时": ("时限没有写明", "时限“适时”没有截止日"),
        "2月30日": ("时限有误", "时限“2月30日”有误"),
        "9月前": ("时限要看一眼", "时限“9月前”要看一眼"),
    }


def test_the_nearest_reading_is_what_the_words_contain() -> None:
    problem = DraftProblem(place=Place(4), title="", measures=(replace(WHOLE, deadline="6月底前整改，后期跟进"),))
    (doubt,) = doubts_of_measures([problem], Context(2020))
    assert (doubt.about, doubt.why) == ("时限读不懂", "里面有“6月底前”")


def test_a_deadline_that_nothing_counts_from() -> None:
    assert said(replace(WHOLE, deadline="3个月内"), base=Context(2020))[0][1] == "时限没有起算的日子"


def test_two_spellings_of_a_unit() -> None:
    assert said(WHOLE, replace(WHOLE, place=Place(6), units=("教育局", "市教育局"))) == [
        (6, "单位名称有两种写法", "“县教育局”又写“教育局”"),
        (6, "单位名称有两种写法", "“市教育局”又写“教育局”"),
    ]


def test_units_come_in_order() -> None:
    measure = replace(WHOLE, lead=("县委办",), supporting=("县财政局", "县委办"))
    assert units_of([DraftProblem(place=Place(4), title="", measures=(measure,))]) == ("县委办", "县教育局", "县财政局")


def test_what_was_left_over_of_a_measure() -> None:
    fields = read_fields("3月底前摸底，6月底前整改完成。（责任单位：甲局等有关部门）", 2020)[1]
    assert doubts_of_fields(fields, Place(7)) == (
        Doubt(place=Place(7), about="没有归到哪一项", what="“等有关部门”没有归到哪一项", why="不像单位、人名或时限"),
        Doubt(place=Place(7), about="一条里有几个时限", what="一条里有几个时限，取“6月底前”", why="还有“3月底前”"),
    )


def test_what_a_bracket_says_of_all_below() -> None:
    fields = read_fields("清查库存。（县粮食局、县财政局。排名第一的为牵头单位，下同）", 2020)[1]
    (doubt,) = doubts_of_fields(fields, Place(7))
    assert (doubt.what, doubt.why) == ("“排名第一的为牵头单位，下同”没有归到哪一项", "说的也是以下各条，请逐条核对")


def test_the_year() -> None:
    (doubt,) = doubts_of_facts(facts_in([("整改方案", 1), ("2021年3月底前完成。", 6)]))
    assert (doubt.place.line, doubt.about, doubt.why) == (6, "年份推得", "正文写“2021年3月底前”")
    (doubt,) = doubts_of_facts(facts_in([("2020年整改方案", 1), ("3月底前完成。", 6)]))
    assert doubt.why == "标题里有2020年，只凭标题不算"


def test_blanks_of_a_template() -> None:
    lines = [("（县、区）", 2), ("20xx年x月x日，某某县教育局", 3), ("2020年6月底前，县教育局", 4)]
    assert [(doubt.place.line, doubt.what) for doubt in doubts_of_blanks(lines)] == [
        (2, "“（县、区）”没有填写"),
        (3, "“20xx年”“x月”“x日”“某某县”没有填写"),
    ]
