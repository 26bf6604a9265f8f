"""Words → Deadline: every row of the grammar, every convention, and what is refused."""

import subprocess
import sys
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhenggai.deadline import affixes
from zhenggai.deadline.meaning import (
    BaseNeeded,
    Context,
    Conventions,
    Deadline,
    DeadlineKind,
    NoSuchDate,
    UnknownDeadline,
    Window,
)
from zhenggai.deadline.parsing import occurrences, parse_deadline
from zhenggai.deadline.recurrence import DutyOccurrence, Recurrence
from zhenggai.deadline.shape_table import ROWS, expanded
from zhenggai.errors import UsageError

PHASES = (
    Window("集中整改阶段", date(2020, 4, 1), date(2020, 9, 30)),
    Window("持续推进阶段", date(2020, 9, 1), date(2020, 12, 31)),
    Window("融入经常阶段", date(2020, 12, 1), None),
)
PLAIN = Context(2020, issued=date(2020, 1, 1))
YEAR = (date(2020, 1, 1), date(2020, 12, 31))


def brief(deadline: Deadline) -> str:
    """``kind start..end``, an open side empty, then what else there is."""
    parts = [deadline.kind.value]
    if deadline.start or deadline.end:
        parts.append(f"{deadline.start or ''}..{deadline.end or ''}")
    if deadline.check_date:
        parts.append(f"check {deadline.check_date}")
    if deadline.then:
        parts.append(f"then {deadline.then}")
    return " ".join(parts)


def read(text: str, context: Context = PLAIN) -> str:
    """What the words mean, where they give nothing to warn of."""
    result = parse_deadline(text, context)
    assert result.text == text
    assert result.warnings == ()
    return brief(result)


# One line a meaning: the meaning, then every spelling of it.
DATED = """
by ..2020-09-30 | 2020年9月30日前 2020年9月30日之前 9月30日以前 截止9月30日 截至9月30日 截至2020年9月30日前 截止到9月30日 九月三十日前 9月30号前
by ..2020-09-30 | 9月30日 2020年9月30日 2020.9.30 2020/09/30 2020-09-30 二〇二〇年九月三十日 二○二○年九月三十日 二零二零年九月三十日 20200930 20200930前 2020年9月30日止 9月30日下班前 9月30日24时前 9月30日前（含）
by ..2020-09-30 | 9月底 9月底前 9月底之前 9月末 9月末前 9月低 9月低前 九月底前 9月份底 2020.9月底前 截至9月底 今年9月底前 本年9月底
by ..2020-02-29 | 2月底前 2020年2月末
by ..2020-09-10 | 9月上旬前 2020年9月上旬之前
by ..2020-09-20 | 9月中旬前 9月上中旬前
by ..2020-09-30 | 9月下旬前 9月中下旬前
by ..2020-09-05 | 9月初 9月初前
by ..2020-09-15 | 9月中 9月中前
by ..2020-12-31 | 年底 年底前 年末 年末前 年内 年终前 2020年底前 2020年年底前 2020年内 今年年底前 下半年 12月底
by ..2021-12-31 | 2021年底 明年底前 明年年末 2021年内
by ..2020-06-30 | 年中 上半年 2020年上半年 年中前 第二季度 第二季度末 第2季度末前 二季度前 二季度末 2020年二季度末前 "七一"前 ＂七一＂前 “七一”前 七一前 建党节前
by ..2020-03-31 | 第一季度末前 一季度末 1季度
by ..2020-12-31 | 第四季度(末)前 四季度末
by ..2021-06-30 | 2021年“七一”前 二〇二一年七一前
by ..2020-09-30 | 2020年9月 2020年9月份 9月份 9月 2020.9 2020-09 2020/9 ２０２０年９月 二〇二〇年九月 二O二O年九月 2020年09月
by ..2020-09-10 | 9月上旬
span 2020-04-01..2020-09-30 | 2020年4月至9月 4月至9月份 4月到9月 4—9月 4-9月 4~9月 4～9月 4－9月 4——9月 2020年4-9月 四至九月 从4月到9月 自4月起至9月底止 4月至9月期间 2020.4-2020.9 2020-04-2020-09 4月初至9月底
span 2020-04-01..2021-05-31 | 2020年4月至2021年5月 4月至次年5月 4月至明年5月 2020年4月至2021年5月底前
span 2020-05-02..2020-05-07 | 5月2日至7日 5月2日—5月7日 5月2至7日 2020年5月2日-7日 2020.5.2-2020.5.7
span 2020-05-02..2020-06-03 | 5月2日至6月3日
span 2020-04-01..2020-09-20 | 4月上旬至9月中旬
span 2020-04-11..2020-04-30 | 4月中旬至下旬
span 2020-10-01..2020-11-20 | 10至11月中旬 10月至11月中旬 十至十一月中旬
span 2020-04-01..2020-05-31 | 4至5月下旬
span 2020-02-21..2020-03-10 | 2月下旬—3月上旬
span 2020-01-01..2020-09-30 | 一至三季度 第一季度至第三季度 1月至三季度末
span 2020-01-01..2020-12-31 | 全年 贯穿全年 2020年全年 2020年
span 2020-01-01..2022-12-31 | 2020年至2022年 2020-2022年
from 2020-12-01.. | 2020年12月以后 12月之后 2020年12月起 12月开始 自2020年12月起
from 2020-12-15.. | 12月15日起
from 2020-01-01.. | 即日起 自即日起 自印发之日起 本方案印发后
span 2020-01-01..2020-09-30 | 即日起至9月底 自即日起至2020年9月30日前 印发之日至9月底
relative 2020-01-01..2020-04-01 | 3个月内 三个月内 3个月以内 自印发之日起3个月内 自2020年1月1日起三个月 即日起3个月内 印发后3个月内
relative 2020-01-01..2020-01-31 | 30日内 三十天内 30天之内
relative 2020-01-01..2020-01-16 | 半个月内 十五日内
relative 2020-01-01..2020-04-30 | 120日内 一百二十日内
relative 2020-01-01..2020-04-15 | 一百零五天内
relative 2020-01-01..2020-04-10 | 一百天内 百日内
relative 2020-01-01..2020-01-15 | 2周内 两周内
relative 2020-01-01..2022-01-01 | 2年内 两年内 即日起2年
relative 2020-01-01..2021-07-01 | 1年半内 一年半内
relative 2020-01-01..2020-07-01 | 自即日起半年内 半年内 半年 6个月
relative 2020-01-01..2020-01-15 | 10个工作日内 十工作日内
immediate 2020-01-01.. check 2020-01-16 | 立行立改 即知即改 立查立改 立即整改 边查边改 立行立改、即知即改 立行立改。
long_term 2020-01-01.. | 长期坚持 常抓不懈 长期整改 抓常抓长 长期坚持、常抓不懈
long_term 2020-03-01.. | 2020年3月—长期 3月至长期 3月——长期坚持 自3月到长期 3月1日-长期坚持 整改时限：3月～长期
continuous 2020-03-01.. | 3月—持续推进
by ..2020-03-31 then long_term | 3月底前—长期 3月底前至长期
continuous 2020-01-01.. | 持续推进 持续整改 持续用力 逐步推进
by ..2020-09-30 then long_term | 9月底前，并长期坚持 9月底前并长期坚持 9月底前，长期坚持 9月底前（长期坚持） 9月底前取得阶段性成效并长期坚持 9月底前完成，并常抓不懈
immediate 2020-01-01.. check 2020-01-16 then long_term | 立行立改，并长期坚持 立行立改并长期坚持
long_term 2020-01-01.. then long_term | 取得阶段性成效并长期坚持 并长期坚持
by ..2020-09-30 | 9月底前完成 9月底前，完成整改 于9月底前整改到位 力争在9月底前取得明显成效 确保9月底前完成 （9月底前） 9月底前。
"""


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        pytest.param(text, meaning, id=text)
        for line in DATED.strip().splitlines()
        for meaning, texts in [line.replace("(末)", "末").split(" | ")]
        for text in texts.split()
    ],
)
def test_rows(text: str, meaning: str) -> None:
    assert read(text) == meaning


def test_blanks_inside_mean_nothing() -> None:
    assert read(" 2020 年　9 月 底\n前 ") == "by ..2020-09-30"


@pytest.mark.parametrize(("name", "example"), [pytest.param(row[0], row[1], id=row[1]) for row in ROWS])
def test_the_example_of_each_row_is_read_by_that_row(name: str, example: str) -> None:
    assert name
    assert parse_deadline(example, PLAIN).text == example


def test_every_row_has_shapes_of_its_own() -> None:
    shapes = [shape for *_, specs, _ in ROWS for spec in specs.split() for shape in expanded(spec)]
    assert sorted(shapes) == sorted(set(shapes))


DAMAGED = "20xx年 20××年×月 201x 201x年9月底前完成 xx月底前 2020年*月 20211228日 20213月 20201年 2021年1228日"
UNKNOWN = """
    胡说 前 月 年 年前 底前 9 9月底前后 截至目前 完成 长期坚持完成
    2020年次年3月 5月至次月 4月至9月前 4至5月3日 4至上半年 4至2021年5月 123至5月 3月至10日 3月1日7 3月1日2日3日 3月中旬至7日 3月1日至中旬 3月4日至2至7日
    20年内 10年内 20年 2020年至22年 20年春节前 全年前 每两月 每季度25日前 每年9月前 每年2020年3月
    9月底前，3个月 1年（1年） 1年（3个月） 2020年4月至9月（很久） P前 #月 B起 PP @ 十十月 百百日内 一百一日内 x 某月
"""
FRAGMENTS = f"""
    {affixes.LEADS} {affixes.VERBS} {affixes.FOLLOWING} {affixes.SOON} {affixes.JOINTS} {affixes.TURNS} 6.30 12/31 2次 80% 第一阶段 当场 说干就干
    2020 20 1 2 5 9 12 13 30 99999 二〇二〇 十 百 三十一 年 月 日 号 旬 上旬 中下旬 底 初 中 末 前 之前 以后 起 自 至 到 — - . / ~ 第 季度 上半年 年内 全年 次年 今年 明年 本月
    次月 个月 周 个工作日 内 每 每月 每周 每季度 每半年 每年 首月 次 定期 立行立改 长期坚持 并 ， 、 （ ） ： 为期 半年 截至 即日 反馈 印发 之日 七一 春节 “ ” x × P B # @ 〔 》 完成 期间 集中整改阶段
"""


# --- the words that warn --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "meaning", "warning"),
    [
        ("9月前", "by ..2020-08-31", "「9月前」按2020-08-31计；若指9月底前，请写「9月底前」"),
        ("2021年1月前", "by ..2020-12-31", "「2021年1月前」按2020-12-31计；若指1月底前，请写「1月底前」"),
        ("截至9月", "by ..2020-09-30", "「截至9月」按2020-09-30计"),
        ("次年3月", "by ..2021-03-31", "「次年」按2021年计"),
        ("年初前", "by ..2020-01-31", "「年初」按1月底计；请写到月"),
        ("月底前", "by ..2020-01-31", "「月底」没有写哪个月，按2020年1月计"),
        ("周五前", "by ..2020-01-03", "没有写哪一周，按2020-01-03计"),
        ("9月1日开学前", "by ..2020-09-01", "「开学前」不是日期，以写明的2020-09-01为准"),
        ("6个月至1年内", "relative 2020-01-01..2021-01-01", "「6个月至1年」按较长的1年计"),
        ("20年9月", "by ..2020-09-30", "年份只写了两位，「20年」按2020年计"),
        ("20年9月至次年3月", "span 2020-09-01..2021-03-31", "年份只写了两位，「20年」按2020年计"),
        ("20年4至9月", "span 2020-04-01..2020-09-30", "年份只写了两位，「20年」按2020年计"),
        ("2020年10月至3月", "span 2020-10-01..2021-03-31", "止于次年：「3月」按2021年计"),
        ("10至2月上旬", "span 2020-10-01..2021-02-10", "止于次年：「2月上旬」按2021年计"),
        ("12月25日至1月5日", "span 2020-12-25..2021-01-05", "止于次年：「1月5日」按2021年计"),
        ("5月2日7日", "span 2020-05-02..2020-05-07", "两个日期之间缺少「至」，按起止时间计"),
        ("2月上旬4月底", "span 2020-02-01..2020-04-30", "两个日期之间缺少「至」，按起止时间计"),
        ("2月上旬4月底前", "span 2020-02-01..2020-04-30", "两个日期之间缺少「至」，按起止时间计"),
        ("适时", "unresolved", "未明确时限"),
        ("尽快", "unresolved", "未明确时限"),
        ("春节前", "unresolved", "「春节前」没有写明日期，未明确时限"),
        ("2021年春节前", "unresolved", "「春节前」没有写明日期，未明确时限"),
        ("国庆前", "unresolved", "「国庆前」没有写明日期，未明确时限"),
        ("国庆节前", "unresolved", "「国庆前」没有写明日期，未明确时限"),
        ("“十一”前", "unresolved", "「国庆前」没有写明日期，未明确时限"),
        ("“五一”前", "unresolved", "「劳动节前」没有写明日期，未明确时限"),
        *((text, "unresolved", "日期没有填写完整或有误，未明确时限") for text in DAMAGED.split()),
        ("2021年3月1228日", "unresolved", "日期没有填写完整或有误，未明确时限"),
        ("定期", "recurring", "未明确频次，暂按每季度"),
        (
            "10个工作日内",
            "relative 2030-01-01..2030-01-15",
            "没有2030年的放假安排，只按周末和元旦、劳动节、国庆节的固定假日计，其他节日和调休没有计",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_what_is_read_with_a_warning(text: str, meaning: str, warning: str) -> None:
    context = Context(2020, issued=date(2030, 1, 1)) if "2030" in meaning else PLAIN
    result = parse_deadline(text, context)
    assert (brief(result), result.warnings) == (meaning, (warning,))


# --- conventions A1–A8 ----------------------------------------------------------------------------------------------


def test_a1_the_named_day_is_included() -> None:
    assert parse_deadline("9月30日前", PLAIN).end == date(2020, 9, 30)


def test_a2_before_a_bare_month_leaves_it_out_with_a_warning() -> None:
    result = parse_deadline("1月前", Context(2020))
    assert result.end == date(2019, 12, 31)
    assert result.warnings == ("「1月前」按2019-12-31计；若指1月底前，请写「1月底前」",)


@pytest.mark.parametrize(
    ("text", "warned"),
    [
        ("3月底前", True),
        ("3月10日", True),
        ("2月至3月", True),
        ("3月起", True),
        ("一季度末", True),
        ("七一前", False),
        ("2020年3月底前", False),
        ("2020年3月起", False),
        ("3月至4月", False),
        ("4月起", False),
        ("2020年“七一”前", False),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_a3_without_a_year_it_is_the_plans_and_a_date_before_issue_is_kept_and_said(text: str, warned: bool) -> None:
    result = parse_deadline(text, Context(2020, issued=date(2020, 4, 10)))
    assert (result.end or result.start or date.max).year == 2020
    assert [warning.startswith("未写年份，按2020年计") for warning in result.warnings] == [True] * warned


def test_a3_says_it_of_the_first_of_july_too() -> None:
    result = parse_deadline("七一前", Context(2020, issued=date(2020, 7, 10)))
    assert result.warnings == ("未写年份，按2020年计，2020-06-30早于印发日期2020-07-10",)


def test_a4_phases_that_share_a_month_stay_as_written() -> None:
    first, second = (parse_deadline(text, PLAIN) for text in ("2020年4月至9月", "2020年9月至12月"))
    assert (first.end, second.start) == (date(2020, 9, 30), date(2020, 9, 1))


def test_a5_nothing_is_inherited_here() -> None:
    assert brief(parse_deadline("适时", Context(2020, phases=PHASES))) == "unresolved"


def test_a6_a_rest_day_stays_where_it_is() -> None:
    assert read("10月4日前") == "by ..2020-10-04"


@pytest.mark.parametrize(
    "text",
    [
        "1年半（2020年4月至2021年5月）",
        "2020年4月至2021年5月（1年半）",
        "为期1年半：2020年4月至2021年5月",
        "2020年4月至2021年5月，共3个月",
    ],
)
def test_a7_where_a_duration_contradicts_the_dates_the_dates_win_with_a_warning(text: str) -> None:
    result = parse_deadline(text, PLAIN)
    assert brief(result) == "span 2020-04-01..2021-05-31"
    assert [warning.endswith("与起止日期2020-04-01至2021-05-31不符，以日期为准") for warning in result.warnings] == [
        True
    ]


@pytest.mark.parametrize(
    "text",
    [
        "1年半（2020年4月至2021年9月）",
        "4月至9月（半年）",
        "4月至9月，为期6个月",
        "4月1日至10月1日（历时半年左右）",
        "4月1日至30日（30天）",
    ],
)
def test_a7_a_duration_that_fits_says_nothing(text: str) -> None:
    assert read(text).startswith("span 2020-04-01..")


def test_a8_a_date_before_the_first_phase_is_kept_with_a_note() -> None:
    result = parse_deadline("3月上旬前", Context(2020, phases=PHASES))
    assert result.end == date(2020, 3, 10)
    assert result.warnings == ("到期日2020-03-10早于首个阶段的开始日期2020-04-01",)
    assert parse_deadline("4月上旬前", Context(2020, phases=PHASES)).warnings == ()
    assert parse_deadline("3月上旬前", Context(2020, phases=(Window("甲", None, None),))).warnings == ()


def test_conventions_can_be_set_otherwise() -> None:
    context = Context(2020, issued=date(2020, 1, 1), conventions=Conventions(3, 16, 30))
    assert read("9月初", context) == "by ..2020-09-03"
    assert read("9月中", context) == "by ..2020-09-16"
    assert read("立行立改", context) == "immediate 2020-01-01.. check 2020-01-31"
    assert [o.end.day for o in occurrences(parse_deadline("每月初", context), *YEAR)] == [3] * 12


# --- what the context gives -----------------------------------------------------------------------------------------


def test_a_phase_by_its_name() -> None:
    context = Context(2020, phases=PHASES)
    assert read("集中整改阶段", context) == "phase 2020-04-01..2020-09-30"
    assert read("在集中整改阶段完成，并长期坚持", context) == "phase 2020-04-01..2020-09-30 then long_term"
    assert read("融入经常 阶段", context) == "phase 2020-12-01.."
    result = parse_deadline("集中整改阶段（1年）", context)
    assert result.warnings == ("「1年」与起止日期2020-04-01至2020-09-30不符，以日期为准",)
    with pytest.raises(UnknownDeadline) as caught:
        parse_deadline("集中整改阶断", context)
    assert caught.value.nearest[0] == "集中整改阶段"


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("今年9月底", "by ..2019-09-30"),
        ("明年3月底前", "by ..2020-03-31"),
        ("本月底前", "by ..2019-12-31"),
        ("次月10日前", "by ..2020-01-10"),
        ("下月底前", "by ..2020-01-31"),
        ("本月20日至1月5日", "span 2019-12-20..2020-01-05"),
    ],
)
def test_this_year_and_this_month_count_from_the_base_date(text: str, meaning: str) -> None:
    assert brief(parse_deadline(text, Context(2020, issued=date(2019, 12, 15)))) == meaning
    assert brief(parse_deadline(text, Context(2020, feedback=date(2019, 12, 15)))) == meaning


def test_the_base_of_a_relative_deadline_is_feedback_before_issue_unless_it_is_named() -> None:
    both = Context(2020, issued=date(2020, 3, 1), feedback=date(2020, 1, 10))
    assert read("60日内", both) == "relative 2020-01-10..2020-03-10"
    assert read("自反馈之日起两个月内", both) == "relative 2020-01-10..2020-03-10"
    assert read("收到反馈意见之日起两个月内", both) == "relative 2020-01-10..2020-03-10"
    assert read("自印发之日起两个月内", both) == "relative 2020-03-01..2020-05-01"
    assert read("自反馈之日起", both) == "from 2020-01-10.."
    assert read("立行立改", both).startswith("immediate 2020-03-01")


@pytest.mark.parametrize(
    ("text", "base"),
    [
        ("3个月内", "反馈日期或印发日期"),
        ("自印发之日起3个月内", "印发日期"),
        ("自反馈之日起3个月内", "反馈日期"),
        ("本月底前", "印发日期"),
        ("月底前", "印发日期"),
        ("即日起2年内", "印发日期"),
    ],
)
def test_a_missing_base_is_an_error_that_names_it(text: str, base: str) -> None:
    with pytest.raises(BaseNeeded, match=f"要从{base}起算，请先写明{base}") as caught:
        parse_deadline(text, Context(2020))
    assert caught.value.exit_code == 2


def test_without_a_base_what_needs_none_is_read_with_a_warning() -> None:
    for text, meaning in [
        ("立行立改", "immediate"),
        ("长期坚持", "long_term"),
        ("即日起", "from"),
        ("即日起至9月底", "span ..2020-09-30"),
    ]:
        result = parse_deadline(text, Context(2020))
        assert (brief(result), result.warnings) == (meaning, ("没有起算日期，开始时间待定",))
    assert parse_deadline("明年3月底", Context(2020)).warnings == ("没有印发日期，「明年」按2021年计",)


# --- recurring duties -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("texts", "ends"),
    [
        ("每月5日前 每月5日 每月五日前报送", [f"2020-{m:02}-05" for m in range(1, 13)]),
        (
            "每月 每月底前 每月末 每月下旬前 每月31日前 每月一次 每月至少1次 每月不少于一次",
            "01-31 02-29 03-31 04-30 05-31 06-30 07-31 08-31 09-30 10-31 11-30 12-31",
        ),
        ("每月上旬前 每月10日", [f"2020-{m:02}-10" for m in range(1, 13)]),
        ("每月中旬前", [f"2020-{m:02}-20" for m in range(1, 13)]),
        ("每月初", [f"2020-{m:02}-05" for m in range(1, 13)]),
        ("每月中", [f"2020-{m:02}-15" for m in range(1, 13)]),
        ("每周五前 每周五 每星期五前", [str(date(2020, 1, 3) + timedelta(weeks=n)) for n in range(52)]),
        ("每周 每周日前 每周天 每周末 每周一次", [str(date(2020, 1, 5) + timedelta(weeks=n)) for n in range(52)]),
        ("每季度末 每季度 每季 每季末 每季度末前 每季度一次 每季度至少一次", "03-31 06-30 09-30 12-31"),
        ("每季度首月10日前 每季度第一个月10日前 每季度第1个月10日", "01-10 04-10 07-10 10-10"),
        ("每季度末月31日前 每季度第3个月31日", "03-31 06-30 09-30 12-31"),
        ("每半年 每半年一次", "06-30 12-31"),
        ("每年 每年底前 每年年底前 每年12月底前 每年12月 每年一次 每年下半年 每年第四季度末", "12-31"),
        ("每年6月30日前 每年上半年 每年6月底前 每年二季度", "06-30"),
        ("每年2月29日前 每年2月", "02-29"),
        ("每年3月上旬前", "03-10"),
    ],
    ids=lambda value: value.split()[0] if isinstance(value, str) and value.startswith("每") else "",
)
def test_recurring_duties_and_their_last_days_on_time(texts: str, ends: str | list[str]) -> None:
    expected = [f"2020-{day}" for day in ends.split()] if isinstance(ends, str) else ends
    for text in texts.split():
        duty = parse_deadline(text, PLAIN)
        assert read(text) == "recurring"
        assert [str(o.end) for o in occurrences(duty, *YEAR)] == expected


def test_an_occurrence_names_its_period_and_is_chosen_by_its_last_day_on_time() -> None:
    duty = parse_deadline("每月5日前", PLAIN)
    assert occurrences(duty, date(2020, 5, 5), date(2020, 6, 4)) == (
        DutyOccurrence("2020-05", date(2020, 5, 1), date(2020, 5, 5)),
    )
    assert occurrences(duty, date(2020, 5, 6), date(2020, 6, 4)) == ()
    weekly = Recurrence("week", 5)
    assert [o.period for o in weekly.occurrences(date(2020, 12, 28), date(2021, 1, 8))] == ["2020-W53", "2021-W01"]
    leap = parse_deadline("每年2月29日前", PLAIN)
    assert [str(o.end) for o in occurrences(leap, date(2020, 1, 1), date(2021, 12, 31))] == ["2020-02-29", "2021-02-28"]


def test_regularly_is_each_quarter() -> None:
    assert len(occurrences(parse_deadline("定期", PLAIN), *YEAR)) == 4


def test_what_does_not_recur_has_no_occurrences() -> None:
    assert occurrences(parse_deadline("9月底前", PLAIN), *YEAR) == ()


# --- what is refused ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("2月30日", "2020年2月只有29天，没有30日"),
        ("2021年2月29日前", "2021年2月只有28天，没有29日"),
        ("2020-02-30", "2020年2月只有29天，没有30日"),
        ("9月31日", "2020年9月只有30天，没有31日"),
        ("5月2日至32日", "2020年5月只有31天，没有32日"),
        ("13月", "没有13月"),
        ("2020.13", "没有13月"),
        ("0月底", "没有0月"),
        ("13至14月", "没有13月"),
        ("第五季度", "一年只有四个季度"),
        ("0季度", "一年只有四个季度"),
        ("2020年9月至2020年3月", "止于2020-03-31，早于开始的2020-09-01"),
        ("3月20日至10日", "止于2020-03-10，早于开始的2020-03-20"),
        ("3月20日至3月10日", "止于2020-03-10，早于开始的2020-03-20"),
        ("3月下旬至上旬", "止于2020-03-10，早于开始的2020-03-21"),
        ("2022年至2020年", "止于2020年，早于开始的2022年"),
        ("即日起至2019年9月底", "止于2019-09-30，早于开始的2020-01-01"),
        ("每月32日前", "一个月最多31天"),
        ("每月0日前", "一个月最多31天"),
        ("每周八前", "一周只有七天"),
        ("每季度第4个月10日前", "一个季度只有三个月"),
        ("每季度第1个月32日前", "一个月最多31天"),
        ("每年2月30日前", "2000年2月只有29天，没有30日"),
        ("0000年", "日期超出日历的范围"),
        ("0000年9月底", "日期超出日历的范围"),
        ("9999年12月至1月", "日期超出日历的范围"),
        ("自9999年12月起3个月内", "日期超出日历的范围"),
        ("99999个工作日内", "期限过长"),
    ],
)
def test_a_date_that_does_not_exist_is_an_error_with_its_reason(text: str, reason: str) -> None:
    with pytest.raises(NoSuchDate) as caught:
        parse_deadline(text, PLAIN)
    assert str(caught.value) == f"时限「{text}」有误：{reason}"
    assert (caught.value.text, caught.value.exit_code) == (text, 2)


@pytest.mark.parametrize(
    "text",
    UNKNOWN.split(),
)
def test_what_fits_no_row_is_an_error_and_never_a_guess(text: str) -> None:
    with pytest.raises(UnknownDeadline) as caught:
        parse_deadline(text, PLAIN)
    assert caught.value.text == text
    assert len(caught.value.nearest) == 3
    assert str(caught.value) == f"时限「{text}」不是认得的写法。相近的写法：{'、'.join(caught.value.nearest)}"
    assert caught.value.exit_code == 2


def test_the_nearest_rows_are_near() -> None:
    with pytest.raises(UnknownDeadline) as caught:
        parse_deadline("每月5日左右", PLAIN)
    assert caught.value.nearest[0] == "每月5日前"


@pytest.mark.parametrize(
    "text", ["〔2018〕79号", "县组发〔2018〕79号", "县组发[2018]79号", "（2018）79号", "《2018—2022年规划》"]
)
def test_a_document_is_no_date(text: str) -> None:
    with pytest.raises(UnknownDeadline, match="是文号或文件名，不是时限"):
        parse_deadline(text, PLAIN)


def test_a_long_text_is_shown_cut() -> None:
    with pytest.raises(UnknownDeadline) as caught:
        parse_deadline("整改" * 5000, PLAIN)
    assert len(str(caught.value)) < 200


# --- properties -----------------------------------------------------------------------------------------------------

TEXTS = st.text(max_size=30) | st.lists(st.sampled_from(FRAGMENTS.split()), max_size=9).map("".join)
CONTEXTS = st.builds(
    Context,
    st.integers(1900, 2200),
    issued=st.none() | st.dates(),
    feedback=st.none() | st.dates(),
    phases=st.sampled_from([(), PHASES]),
)
MONTHS = st.integers(1, 12)
CHINESE = dict(enumerate("〇一二三四五六七八九")) | {10: "十", 11: "十一", 12: "十二"}
SPELLINGS = sorted(
    {text for line in DATED.splitlines() if " | " in line for text in line.split(" | ")[1].split()} - {"第四季度(末)前"}
)


@given(TEXTS, CONTEXTS)
def test_any_text_is_read_or_refused(text: str, context: Context) -> None:
    try:
        result = parse_deadline(text, context)
    except UsageError:
        return  # any other exception fails
    assert result.text == text
    if result.kind is not DeadlineKind.PHASE and result.start and result.end:
        assert result.start <= result.end
    assert (result.recurrence is not None) == (result.kind is DeadlineKind.RECURRING)
    assert result.kind is not DeadlineKind.UNRESOLVED or result.warnings
    assert all(warning and not warning.endswith("。") for warning in result.warnings)


@given(st.integers(1990, 2099), MONTHS)
def test_the_forms_of_a_number_mean_the_same(year: int, month: int) -> None:
    chinese = "".join(CHINESE[int(digit)] for digit in str(year)) + f"年{CHINESE[month]}月"
    forms = [
        f"{year}年{month}月",
        f"{year}年{month:02}月",
        f"{year}.{month}",
        f"{year}-{month:02}",
        f"{year}/{month}",
        chinese,
    ]
    assert len({(d.kind, d.start, d.end, d.warnings) for d in (parse_deadline(form, PLAIN) for form in forms)}) == 1


@given(st.integers(1, 31))
def test_chinese_and_arabic_days_mean_the_same(day: int) -> None:
    tens, ones = divmod(day, 10)
    chinese = ("", "十", "二十", "三十")[tens] + (CHINESE[ones] if ones else "")
    assert read(f"五月{chinese}日前") == read(f"5月{day}日前")


@given(st.sampled_from(SPELLINGS), st.data())
def test_full_and_half_width_and_blanks_mean_the_same(text: str, data: st.DataObject) -> None:
    wide = "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" and data.draw(st.booleans()) else c for c in text)
    spaced = "".join(c + data.draw(st.sampled_from(["", " ", "　"])) for c in wide)
    assert read(spaced) == read(text)


def test_only_workdays_load_the_holiday_table() -> None:
    script = (
        "import sys; from datetime import date; from zhenggai.deadline.parsing import *; from zhenggai.deadline.meaning import Context; c = Context(2020, date(2020, 1, 1));"
        "parse_deadline('9月底前', c); assert 'chinese_calendar' not in sys.modules and 'difflib' not in sys.modules;"
        "parse_deadline('3个工作日内', c); print('chinese_calendar' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout == "True\n"
