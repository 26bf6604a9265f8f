"""The wordings of public plans: affixes in any order around a core, several dates, and what follows completion."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhenggai.deadline import affixes
from zhenggai.deadline.meaning import Context, Deadline, DeadlineKind, Stage, UnknownDeadline, Window
from zhenggai.deadline.parsing import occurrences, parse_deadline
from zhenggai.deadline.recurrence import Recurrence
from zhenggai.errors import UsageError

# Wordings of public plans: words, the plan's year, the base day, the kind, the last day, what follows.
PUBLIC = """
最迟6月底前|2014|03-01|by|2014-06-30
会后7日内|2012|03-05|relative|2012-03-12
3天内办毕|2012|03-05|relative|2012-03-08
30日内办结|2012|03-05|relative|2012-04-04
每季反馈一次|2012|03-05|recurring|-
每年召开一次|2012|03-05|recurring|-
3个月集中整改|2024|05-16|relative|2024-08-16
45天|2024|03-05|relative|2024-04-19
自9月16日至30日|2018|09-01|span|2018-09-30
中期（1-2年）|2025|09-05|relative|2027-09-05
2027年前|2025|09-05|by|2026-12-31
2020年底前完成整改或取得突破性进展|2019|03-01|by|2020-12-31
当日内|2018|01-05|relative|2018-01-05
3月完成，4月上线|2017|02-20|several|2017-04-30
分别于6月底和7月底|2009|05-01|several|2009-07-31
2024年11月底前，并持续推进|2024|03-01|by|2024-11-30|continuous
2021年6月底前，持续整改|2021|03-01|by|2021-06-30|continuous
立行立改，持续推进|2020|03-01|immediate|-|continuous
立行立改 长期坚持|2020|03-01|immediate|-|long_term
长期|2021|01-05|long_term|-
持续坚持|2021|01-05|continuous|-
已完成，长期坚持|2021|01-05|long_term|-|long_term
2021年6月底前、12月底前|2021|03-01|several|2021-12-31
6月底前销号|2024|03-01|by|2024-06-30
不迟于2021年6月底|2021|03-01|by|2021-06-30
争取年底前完成|2021|03-01|by|2021-12-31
至2021年12月底|2021|03-01|by|2021-12-31
2021年12月31日止|2021|03-01|by|2021-12-31
6月30日下班前|2021|03-01|by|2021-06-30
20210630|2021|03-01|by|2021-06-30
5、6月份|2021|03-01|span|2021-06-30
2021年度|2021|03-01|span|2021-12-31
自收到审计报告之日起60日内|2021|01-05|relative|2021-03-06
24小时内|2021|01-05|relative|2021-01-06
每两个月|2021|01-05|recurring|-
3月、6月、9月、12月底前|2021|01-05|recurring|-
汛期前|2022|01-05|unresolved|-
“十四五”期间|2021|01-05|span|2025-12-31
立说立行|2021|01-05|immediate|-
待定|2021|01-05|unresolved|-
"""


@pytest.mark.parametrize("line", [pytest.param(line, id=line.split("|")[0]) for line in PUBLIC.strip().splitlines()])
def test_wordings_of_public_plans(line: str) -> None:
    words, year, base, kind, end, *then = line.split("|")
    day = date.fromisoformat(f"{year}-{base}")
    found = parse_deadline(words, Context(int(year), issued=day, feedback=day))
    assert (found.kind, str(found.end or "-"), [found.then] if found.then else []) == (kind, end, then)


# Wordings of public plans by kinds: expression, kind or "refused", last day, what follows; \n stands for a line break.
_TABLE = [
    line.replace("\\n", "\n").split("\t")
    for line in Path(__file__).with_name("public_wordings.tsv").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


READ = [row for row in _TABLE if row[1] != "refused"]


def meaning_of(words: str) -> list[str]:
    """Kind, last day and what follows, as the table has them."""
    try:
        found = parse_deadline(words, PLAN)
    except UsageError:
        return ["refused"]
    return [found.kind, str(found.end or "-"), *([found.then] if found.then else [])]


def test_the_table_of_public_wordings() -> None:
    wrong = {words: (meaning, now) for words, *meaning in _TABLE if (now := meaning_of(words)) != meaning}
    assert wrong == {}


PLAN = Context(2021, issued=date(2021, 1, 5), feedback=date(2021, 1, 5))

# One line a meaning: the last day on time and what follows, then spellings of it.
MEANINGS = """
by 2021-06-30 | 最晚6月底前 不晚于6月底 最迟不超过6月底前 原则上6月底前完成 力争6月底前取得实质性进展 计划于6月底 务必在6月底前办结 至6月底止
by 2021-06-30 | 整改时限：6月底前 完成时限：6月底 整改完成时间2021年6月 计划完成时间：2021年6月底前
by 2021-06-30 | 6月底前办毕 6月底前全面完成整改 6月底前整改到位 6月完成 6月底之前销号 6月底前完成方案编制 6月底前按期报送 6月底前整改到位，并建立长效机制
by 2021-06-30 | 6月30日 2021.6.30 2021/6/30 6月30日止 6月30日24时前 6月30日17:30前 6月30日下午5点前 6月30日（含）前 6月30日前（含） 6月30日（星期三）前
by 2021-06-30 | 6月底前（已完成） 近期（6月底前） 6月底前（6月30日前） 二季度 二季度内 上半年完成 6月
by 2021-12-31 | 截至20211231 至20211231前 年底前完成 2021年内 下半年 到2021年12月底 截止12月31日 至2021年 四季度
by 2025-12-31 | “十四五”末 十四五末
span 2021-12-31 | 2021年 本年度 全年 即日起，12月底前完成 自3月起，12月底前完成
span 2021-06-30 | 1-6月 一、二季度 4、5、6月 第二季度（4-6月）
span 2030-12-31 | “十五五”期间 十五五规划期间
by 2021-06-30 continuous | 6月底前，并持续推进 6月底前完成，常态化推进 6月底前/持续整改 持续推进，6月底前取得阶段性成效 6月底前完成，转入常态化
by 2021-06-30 long_term | 6月底前，并长期坚持 6月底前完成后长期坚持 6月底前（长期坚持） 长期坚持，6月底前见效 6月底前；长期坚持
relative 2021-07-05 | 半年内 6个月内 半年 6个月 自反馈之日起6个月内 6个月内（自收到反馈意见之日起） 半年内完成整改 两个季度内 为期6个月 短期（6个月内）
relative 2021-01-08 | 3日内 三天内 3个工作日内 接到通知后3日内 会议结束后3天内 72小时内 3天内办结 2-3天内 收到督办函后，3日内
relative 2021-01-05 | 当日内 当天完成 即日办结
relative 2021-01-06 | 次日内 24小时内 12小时内
from - | 自6月1日 6月1日起 从6月开始
relative 2021-02-20 | 一个半月内 1个半月
relative 2022-07-05 | 一年半内 1年半
relative 2024-01-05 | 长期（2-3年） 3年内 三年 远期（3年）
several 2021-12-31 | 6月、12月底前 20210630、20211231前 6、12月底前 6月底前和年底前 6月底前完成，12月底前销号 上半年、下半年 3月底、6月底、12月底
several 2021-03-25 | 3月15日、25日前 3月15日和25日 3月15、25日
immediate - | 立行立改 即行即改 边整边改 立即整改到位 马上整改 第一时间整改 立行立改（已完成） 立行立改、即知即改
immediate - long_term | 立行立改，长期坚持 立行立改并长期坚持 立行立改；长期抓好落实
long_term - | 长期推进 长期抓好落实 常年坚持
continuous - | 常态化推进 持续改进 常态化开展 持续抓好落实
unresolved - | 春节前 开学前 入冬前 暑假期间 学期末 尽早 另行通知 按上级要求 待资金到位后 近期 已完成
"""


@pytest.mark.parametrize(
    ("words", "meaning"),
    [
        pytest.param(words, meaning, id=words)
        for line in MEANINGS.strip().splitlines()
        for meaning, spellings in [line.split(" | ")]
        for words in spellings.split()
    ],
)
def test_affixes_and_units_of_the_same_kinds(words: str, meaning: str) -> None:
    found = parse_deadline(words, PLAN)
    then = [found.then] if found.then else []
    assert " ".join([found.kind, str(found.end or "-"), *then]) == meaning


RHYTHMS = {
    Recurrence(
        "quarter"
    ): "每季报告一次 每季度至少召开一次会议 按季度 3、6、9、12月 每年3、6、9、12月底前 每3个月 一季度一次",
    Recurrence("half"): "每半年开展一次 每6个月 每年6月、12月底前 每年6月30日、12月31日前",
    Recurrence("half", None, 3): "每年3月、9月",
    Recurrence("year"): "每年组织一次 每年底前报告 逐年",
    Recurrence("two_months"): "每两个月 每2个月一次",
    Recurrence("month"): "每月通报一次 按月 逐月推进 每个月",
    Recurrence("month", 25): "每月25日前报送 每月25日前报告一次",
    Recurrence("week"): "每周调度1次 按周",
    Recurrence("week", 5): "每周五下班前",
}


@pytest.mark.parametrize(
    ("words", "recurrence"),
    [pytest.param(words, rhythm, id=words) for rhythm, spellings in RHYTHMS.items() for words in spellings.split()],
)
def test_rhythms(words: str, recurrence: Recurrence) -> None:
    assert parse_deadline(words, PLAN).recurrence == recurrence


def test_two_months_are_a_period_with_a_name() -> None:
    found = occurrences(parse_deadline("每两个月", PLAN), date(2021, 1, 1), date(2021, 6, 30))
    assert [(o.period, str(o.end)) for o in found] == [
        ("2021-B1", "2021-02-28"),
        ("2021-B2", "2021-04-30"),
        ("2021-B3", "2021-06-30"),
    ]


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("每天", "太密，台账不逐日记；请按周或按月"),
        ("每日巡查", "太密，台账不逐日记；请按周或按月"),
        ("每两周", "排不出期次；请写每周、每月、每季度、每半年或每年"),
        ("半月一次", "排不出期次；请写每周、每月、每季度、每半年或每年"),
        ("每学期一次", "没有学期的起止日，排不出期次；请写每半年或每年"),
        ("每年春节前", "没有写明日期，排不出期次；请写每年几月底前"),
        ("每月10日、20日前", "一期里有几个日期；请写成 步骤，各有各的频次"),
    ],
)
def test_a_rhythm_without_periods_is_an_error_that_says_why(words: str, reason: str) -> None:
    with pytest.raises(UnknownDeadline, match=f"时限「{words}」{reason}"):
        parse_deadline(words, PLAN)


@pytest.mark.parametrize("words", ["6月底前完成80%", "9月底前部分完成", "6月底前完成50%，12月底前完成80%"])
def test_a_date_for_a_part_of_the_work_asks_for_the_date_of_all(words: str) -> None:
    with pytest.raises(UnknownDeadline, match=f"时限「{words}」只写了完成一部分的日期，请写全部完成的日期"):
        parse_deadline(words, PLAN)


@pytest.mark.parametrize("words", ["", "  ", "　"])
def test_an_empty_text_is_left_out_of_the_plan(words: str) -> None:
    with pytest.raises(UnknownDeadline, match="没有填写；没有时限的，不写这一项"):
        parse_deadline(words, PLAN)


@pytest.mark.parametrize("words", ["待批复后，3个月内", "待资金到位后3个月内"])
def test_a_duration_from_an_unknown_day_is_not_counted_from_another(words: str) -> None:
    with pytest.raises(UnknownDeadline):
        parse_deadline(words, PLAN)


# --- what carries a date or a doubt is never dropped ------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        *("6月底前完成80%", "6月底前部分完成", "6月左右完成", "6月底前不能完成的延期", "6月底前完成或延期", "3月或6月"),
        *(
            "6月底前（很久）",
            "6月底前，教育局牵头",
            "每月，6月底前",
            "每月5日前、每季度末前",
            "春节前、6月底前",
        ),
        *(
            "6月底前，5月底前",
            "3个月，1年",
            "汛期结束后1个月内",
            "6月底前完成至12月",
            "每年1月、6月",
            "每月5日、20日前",
        ),
    ],
)
def test_what_is_left_over_makes_the_words_unknown(words: str) -> None:
    with pytest.raises(UnknownDeadline):
        parse_deadline(words, PLAN)


def test_a_duration_beside_a_date_is_compared_with_it() -> None:
    found = parse_deadline("2021年9月底前（6个月内）", PLAN)
    assert found.end == date(2021, 9, 30)
    assert found.warnings == ("「6个月内」与起止日期2021-01-05至2021-09-30不符，以日期为准",)
    assert parse_deadline("2021年7月5日前（6个月内）", PLAN).warnings == ()


@pytest.mark.parametrize(
    ("words", "warning"),
    [
        ("2027年前", "「2027年前」按2026-12-31计；若指2027年底前，请写「2027年底前」"),
        ("3月内", "「3月内」按3月底计；若指3个月，请写「3个月内」"),
        ("1-2年", "「1至2年」按较长的2年计"),
        ("汛期前", "「汛期前」没有写明日期，未明确时限"),
        ("已完成", "只写了「已完成」，未明确时限"),
        ("专题民主生活会后一个月内", "方案里没有「专题民主生活会」的日期，按反馈日期计"),
        ("6月底前、12月底前", "一格里有几个日期，各算一个阶段；写成 步骤 更清楚"),
        ("6月底前完成50%，12月底前全部完成", "一格里有几个日期，各算一个阶段；写成 步骤 更清楚"),
        ("原则上3个月内完成，最长不超过6个月", "「原则上3个月内完成」是一般的期限，以最长的「最长不超过6个月」为准"),
        ("力争6月底前完成，最迟9月底", "「力争6月底前完成」是一般的期限，以最长的「最迟9月底」为准"),
        ("待批复后，6月底前", "「待批复后」与别的时限写在一起，以别的时限为准"),
        ("按要求6月底前完成", "「按要求」与别的时限写在一起，以别的时限为准"),
        ("国庆节前（9月30日前）", "「国庆节前」与别的时限写在一起，以别的时限为准"),
        ("长期坚持至2025年", "「长期坚持至2025年」有截止日，按到期完成计；到期以后还要坚持的，请写「，并长期坚持」"),
        ("2021年底前完成，2022年常态化", "「2022年常态化」是完成以后的事，不另算期限"),
        ("暂定6月底前", "时限是暂定的，按写明的日期计"),
        ("2021年每季度一次", "「2021年」不限制期次，逐期照排"),
        ("整改中", "只写了「整改中」，未明确时限"),
        ("/", "只写了「/」，未明确时限"),
    ],
)
def test_doubts_are_said(words: str, warning: str) -> None:
    assert parse_deadline(words, PLAN).warnings == (warning,)


@pytest.mark.parametrize(
    ("words", "window"),
    [
        ("7月、8月", "span 2021-07-01 2021-08-31"),
        ("7月、8月份完成", "span 2021-07-01 2021-08-31"),
        ("2021、2022年", "span 2021-01-01 2022-12-31"),
        ("一季度、二季度", "span 2021-01-01 2021-06-30"),
        ("7月底、8月底", "several None 2021-08-31"),
        ("7月、9月", "several None 2021-09-30"),
        ("3月完成、4月上线", "several None 2021-04-30"),
    ],
)
def test_neighbouring_months_without_a_word_of_their_own_are_one_span(words: str, window: str) -> None:
    found = parse_deadline(words, PLAN)
    assert f"{found.kind} {found.start} {found.end}" == window


def test_from_now_on_beside_at_once_is_no_other_deadline() -> None:
    found = parse_deadline("立行立改（即日起）", PLAN)
    assert (found.kind, found.check_date, found.warnings) == (DeadlineKind.IMMEDIATE, date(2021, 1, 20), ())


def test_a_base_that_the_plan_lacks_is_replaced_by_the_issue_with_a_note() -> None:
    found = parse_deadline("会后7日内", Context(2021, issued=date(2021, 1, 5)))
    assert (found.end, found.warnings) == (date(2021, 1, 12), ("没有反馈日期，从印发日期起算",))


# --- several dates ----------------------------------------------------------------------------------------------------


def test_each_of_several_dates_is_a_stage_in_its_own_words() -> None:
    found = parse_deadline("6月底前完成方案，12月底前上线运行，并长期坚持", PLAN)
    assert found.stages == (Stage("6月底前完成方案", date(2021, 6, 30)), Stage("12月底前上线运行", date(2021, 12, 31)))
    assert (found.start, found.end, found.then) == (None, date(2021, 12, 31), DeadlineKind.LONG_TERM)


def test_a_later_stage_takes_the_year_of_the_one_before() -> None:
    assert [str(s.end) for s in parse_deadline("2022年6月底前、12月底前", PLAN).stages] == ["2022-06-30", "2022-12-31"]
    assert [str(s.end) for s in parse_deadline("12月底前、次年3月底前", PLAN).stages] == ["2021-12-31", "2022-03-31"]


@pytest.mark.parametrize("separator", ["\n", " ", "　", "，", "；", "、", "和", "及", "以及"])
def test_blanks_and_line_breaks_separate_as_commas_do(separator: str) -> None:
    found = parse_deadline(f"6月30日{separator}12月31日", PLAN)
    assert (found.kind, found.end) == (DeadlineKind.SEVERAL, date(2021, 12, 31))


# --- bare dates: a phase's own, and everybody else's ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "window", "limit"),
    [
        ("2021年6月", "span 2021-06-01 2021-06-30", "by None 2021-06-30"),
        ("2021年6月30日", "on 2021-06-30 2021-06-30", "by None 2021-06-30"),
        ("6月上旬", "span 2021-06-01 2021-06-10", "by None 2021-06-10"),
        ("6月底", "by None 2021-06-30", "by None 2021-06-30"),
    ],
)
def test_a_bare_date_is_a_window_for_a_phase_only(words: str, window: str, limit: str) -> None:
    for of_phase, meaning in ((True, window), (False, limit)):
        found = parse_deadline(words, Context(2021, of_phase=of_phase))
        assert f"{found.kind} {found.start} {found.end}" == meaning


def test_phases_by_name_between_affixes() -> None:
    phases = (Window("自查自纠、集中整改阶段", date(2021, 4, 1), date(2021, 9, 30)),)
    context = Context(2021, issued=date(2021, 1, 5), phases=phases)
    for words in ("自查自纠、集中整改阶段", "在自查自纠、集中整改阶段完成"):
        assert parse_deadline(words, context).end == date(2021, 9, 30)


def test_what_follows_may_have_the_name_of_a_phase() -> None:
    context = Context(2021, issued=date(2021, 1, 5), phases=(Window("持续推进", date(2021, 9, 1), None),))
    assert parse_deadline("持续推进", context).kind is DeadlineKind.PHASE
    assert parse_deadline("立行立改，持续推进", context).then is DeadlineKind.CONTINUOUS


# --- the nearest forms ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("year", [2019, 2024])
def test_the_nearest_forms_have_the_plan_s_own_year(year: int) -> None:
    with pytest.raises(UnknownDeadline) as caught:
        parse_deadline(f"{year}年9月30日以前后", Context(year))
    assert caught.value.nearest[0] == f"{year}年9月30日前"


@pytest.mark.parametrize(
    ("words", "nearest"),
    [
        ("2021年6月左右", "2021年9月底前"),
        ("6月底前完成80%", "最迟6月底前完成"),
        ("2021年4月至9月底前后", "2021年4月至9月"),
        ("省委批准后3个月内", "3个月内"),
        ("每月10日、20日前", "每月5日前"),
        ("每学期一次", "每季度召开一次"),
        ("立行立改与长期坚持相结合", "立行立改"),
        ("集中整改期内", "3个月内"),
        ("逢会必讲", "长期坚持"),
        ("与上级同步", "2021年9月底前"),
    ],
)
def test_the_nearest_forms_are_forms_of_the_same_kind(words: str, nearest: str) -> None:
    with pytest.raises(UnknownDeadline) as caught:
        parse_deadline(words, PLAN)
    assert nearest in caught.value.nearest


@pytest.mark.parametrize(
    ("words", "warning"),
    [
        ("立行立改，9月底前", "「立行立改」与别的时限写在一起，以别的时限为准"),
        ("9月底前长期坚持", "「9月底前长期坚持」按先完成、再长期坚持计；中间请写「，并」"),
        ("6.30前", "「6.30」按6月30日计"),
        ("2021年6月30前", "「6月30」按6月30日计"),
        ("每年两次", "「每年2次」按每半年一次计"),
        ("每月最后一个工作日", "「最后一个工作日」按最后一天计"),
        ("限3月", "「3月内」按3月底计；若指3个月，请写「3个月内」"),
        ("2020-2021学年第二学期末", "「2020至2021学年第2学期末」没有写明日期，未明确时限"),
    ],
)
def test_near_readings_are_said(words: str, warning: str) -> None:
    assert parse_deadline(words, PLAN).warnings == (warning,)


# --- properties -------------------------------------------------------------------------------------------------------

CORES = [
    "6月底前",
    "6月30日",
    "2021年6月30日前",
    "二〇二一年六月",
    "年中前",
    "二季度末",
    "2021.6.30",
    "20210630",
    "7月5日前",
]
LENGTHS = ["6个月内", "半年内", "180日内", "一百八十天内", "30个工作日内", "收到反馈意见之日起两个月内", "1年内"]
LEADS = st.sampled_from(["", *affixes.LEADS.split()])
LABELS = st.sampled_from(["", "整改时限：", "完成时间：", "计划完成时限: "])
TAILS = st.builds("".join, st.tuples(*map(st.sampled_from, (["", *affixes.MANNERS.split()], affixes.VERBS.split()))))
THENS = st.sampled_from(["", "，并长期坚持", "并持续推进", "；常态化推进", " 长期坚持", "\n持续整改"])
CORE_ROWS = [words for words, kind, *_, last in READ if kind == "by" and words.endswith("前") and last[:2] == "20"]
REMARKS = st.sampled_from(["", "（已完成）", "（含）"])


def _plain(found: Deadline) -> tuple[object, ...]:
    return found.kind, found.start, found.end


@given(LABELS, LEADS, st.sampled_from(CORES + LENGTHS), st.just("") | TAILS, REMARKS, THENS)
def test_every_affix_around_every_core_gives_the_end_of_the_core(
    label: str, lead: str, core: str, tail: str, remark: str, then: str
) -> None:
    found = parse_deadline(label + lead + core + tail + remark + then, PLAN)
    assert _plain(found) == _plain(parse_deadline(core, PLAN))
    assert (found.then is not None) == bool(then)


@given(LABELS, st.sampled_from(CORE_ROWS), TAILS, REMARKS)
def test_label_tail_and_bracket_around_the_dates_of_public_plans(
    label: str, words: str, tail: str, remark: str
) -> None:
    assert _plain(parse_deadline(label + words + tail + remark, PLAN)) == _plain(parse_deadline(words, PLAN))


def test_a_blank_does_not_take_the_count_from_a_period() -> None:
    assert parse_deadline("每年 两次", PLAN).recurrence == parse_deadline("每年两次", PLAN).recurrence


@given(
    st.sampled_from(
        [line.split("|")[0] for line in PUBLIC.split()] + [row[0] for row in READ if len(row[0].split()) == 1]
    ),
    st.data(),
)
def test_widths_and_blanks_change_no_meaning(words: str, data: st.DataObject) -> None:
    wide = "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" and data.draw(st.booleans()) else c for c in words)
    spaced = "".join(c + data.draw(st.sampled_from(["", " ", "　"])) for c in wide)
    assert _plain(parse_deadline(spaced, PLAN)) == _plain(parse_deadline(words, PLAN))
