"""The table of all shapes. A row has a Chinese name, an example, its shapes, and their handler.

In a shape, ``x?`` means that x may be missing. ``docs/rules.md`` shows the rows.
"""

from collections.abc import Iterator
from functools import partial

from zhenggai.deadline.date_shapes import (
    alone,
    before,
    before_festival,
    before_year,
    dated_festival,
    from_base,
    from_point,
    from_year,
    immediate,
    in_term,
    many_days,
    open_ended,
    relative,
    relative_range,
    same_day,
    shared_month,
    shared_unit,
    span,
    span_from_base,
    span_without_dash,
    unresolved,
    until,
    until_year,
    whole_years,
    within,
    years_until,
)
from zhenggai.deadline.meaning import DeadlineKind
from zhenggai.deadline.recurring_shapes import (
    every,
    every_month_at,
    every_months,
    every_nth_month,
    every_on,
    every_year_by,
    regularly,
    times_in,
)
from zhenggai.deadline.tokens import UNITS, WORKDAYS, Handler

_ALL_UNITS = (*UNITS, *WORKDAYS)
_PLAIN_UNITS = tuple(unit for unit in _ALL_UNITS if unit not in ("日", "年"))  # 15日 may be a day; 年: whole_years
_AFTER = " ".join(f"#{unit}内 自?P起#{unit}内? 自?B起#{unit}内? B后?#{unit}内?" for unit in _ALL_UNITS)
_AFTER_ALONE = " ".join(f"#{unit}" for unit in _PLAIN_UNITS)
_RANGES = " ".join([*(f"#至#{unit}内" for unit in _ALL_UNITS), *(f"#至#{unit}" for unit in _PLAIN_UNITS)])
_MIXED_RANGES = (
    "#日至#个月内? #天至#个月内? #周至#个月内? #个月至#年内? #个月至#个半月内? #个月至#年半内? #年至#年半内?"
)
_FESTIVAL_NAMES = (
    "建党节 春节 国庆 元旦 劳动节 建军节 清明 端午 中秋 除夕 元宵节 重阳节 妇女节 儿童节 教师节 "
    "双节 节 元旦春节 中秋国庆 封冻 上冻 冰冻期 秋冬季 枯水期 丰水期 供热期 取暖季 取暖期 采暖期 供暖期 民主生活会 主题教育 年度考核 年终考核 期中考试 期末考试 汛期 主汛期 入汛 汛 雨季 入冬 冬季 采暖 采暖季 供暖 供暖季 春耕 麦收 秋收 秋种 开学 春季开学 秋季开学 春季学期开学 秋季学期开学 新学期开学 下学期开学 放假 暑假 暑期 寒假 期末 高考 中考 两节 两会 党代会 换届 "
    "节假日 法定节假日 重大节假日 重要节假日 重大节日 重要节日"
)
_FESTIVALS = " ".join(
    f"#年{name}{when} {name}{when}"
    for name in _FESTIVAL_NAMES.split()
    for when in ("", "前", "后", "内", "来临前", "到来前", "结束前", "召开前", "开始前")
)
_DATED_FESTIVALS = " ".join(f"P{name}前?" for name in _FESTIVAL_NAMES.split())
_SEASONS = " ".join(
    f"{lead}{name}{when}"
    for lead in ("", "本", "下", "全", "春季", "秋季", "#年春季", "#年秋季", "第#", "#至#", "#至#学年第#")
    for name in ("学期", "学年")
    for when in ("", "初", "中", "内", "底", "末", "结束前")
)

ROWS: tuple[tuple[str, str, str, Handler], ...] = (
    ("某日、某月、某旬、月底、季度、年底", "9月底", "P", alone),
    ("之前", "2020年9月30日前", "P前", before),
    ("某年以前", "2020年前", "#年前", before_year),
    ("之内", "二季度内", "P内", within),
    ("截止", "截至9月30日", "截P前?", until),
    ("截止某年", "至2020年", "截#年", until_year),
    ("起止", "2020年4月至9月", "自?P至P P至P前", span),
    ("起止，共用单位", "10至11月中旬", "#至P #年#至P", shared_unit),
    (
        "起止，同月",
        "5月2日至7日",
        "自?P至#日 P至#日前 自?P#至#日 自?P至上旬 自?P至中旬 自?P至下旬 自?P至月底前? P#日",
        shared_month,
    ),
    ("起止，缺「至」", "2月上旬4月底", "PP前?", span_without_dash),
    ("整年", "2020年", "#年 #年至#年 #至#年", whole_years),
    ("整年至某时", "2020年至2021年底", "#年至P", years_until),
    ("某年以后", "2020年起", "自?#年起 #年后 自#年", from_year),
    ("以后", "2020年12月以后", "自?P起 P后 自P", from_point),
    ("即日起", "即日起", "自?B起 B后", from_base),
    ("即日起至", "即日起至9月底", "自?B至P 自?B至P前", span_from_base),
    ("若干时间内", "3个月内", _AFTER, relative),
    ("若干时间", "45天", _AFTER_ALONE, relative),
    ("几十日", "60日", "#日", many_days),
    ("几到几", "3至5天内", f"{_RANGES} {_MIXED_RANGES}", relative_range),
    ("当日", "当日内", "当日内? 当日前 当天内? 当天前 B内?", partial(same_day, 0)),
    ("次日", "次日内", "次日内? 次日前", partial(same_day, 1)),
    ("节日前", "“七一”前", _FESTIVALS, before_festival),
    ("节日前，写了日期", "9月1日开学前", _DATED_FESTIVALS, dated_festival),
    ("学期", "本学期末", f"{_SEASONS} 第#周 第#周前 第#周内 第#至#周", in_term),
    ("立行立改", "立行立改", "立行立改", immediate),
    ("长期坚持", "长期坚持", "长期坚持", partial(open_ended, DeadlineKind.LONG_TERM)),
    ("持续推进", "持续推进", "持续推进", partial(open_ended, DeadlineKind.CONTINUOUS)),
    (
        "未明确",
        "尽快",
        "适时 尽快 尽早 无 暂无 无时限 无时限要求 无明确时限 无明确期限 未明确 暂未明确 序时推进 随时 待定 未定 另定 待明确 待确定 另行通知 另行确定 另行安排 另行规定 不定期 短期 近期 中期 中长期 远期 按要求 按上级要求 按计划",
        unresolved,
    ),
    ("每月", "每月底前", "每月 每月底前?", every("month")),
    ("每月某日", "每月5日前", "每月#日前? 每月结束后#日内?", every_on("month")),
    ("每月上旬", "每月上旬前", "每月上旬前?", every("month", 10)),
    ("每月中旬", "每月中旬前", "每月中旬前?", every("month", 20)),
    ("每月下旬", "每月下旬前", "每月下旬前?", every("month")),
    ("每月初", "每月初", "每月初前?", partial(every_month_at, "month_start_day")),
    ("每月中", "每月中", "每月中前?", partial(every_month_at, "mid_month_day")),
    ("每几个月", "每两个月", "每#个月", every_months),
    ("每周", "每周", "每周 每周底前?", every("week")),
    ("每周某日", "每周五前", "每周#前?", every_on("week")),
    ("每季度", "每季度末", "每季 每季底前? 每季尾月 每季尾月底前?", every("quarter")),
    ("每季度首月", "每季度首月10日前", "每季首月#日前? 每季结束后#日内?", every_on("quarter", 1)),
    ("每季度首月底", "每季度首月底前", "每季首月 每季首月底前?", every("quarter", None, 1)),
    ("每季度末月", "每季度末月25日前", "每季尾月#日前? 每季底#日前?", every_on("quarter")),
    ("每季度第几个月", "每季度第1个月10日前", "每季第#个月 每季第#个月#日前?", every_nth_month),
    ("每半年", "每半年", "每半年前?", every("half")),
    ("每年几次", "每年两次", "每年#次", partial(times_in, 12)),
    ("每半年几次", "每半年两次", "每半年#次", partial(times_in, 6)),
    ("每季度几次", "每季度3次", "每季#次", partial(times_in, 3)),
    ("每年", "每年", "每年前?", every("year")),
    ("每年某时", "每年12月底前", "每年P前?", every_year_by),
    ("定期", "定期", "定期", regularly),
)
_TOO_OFTEN = "太密，台账不逐日记；请按周或按月"
_NO_PERIOD = "排不出期次；请写每周、每月、每季度、每半年或每年"
_NO_TERM = "没有学期的起止日，排不出期次；请写每半年或每年"
_NO_FESTIVAL = "没有写明日期，排不出期次；请写每年几月底前"
_REFUSED = (
    (_TOO_OFTEN, "每日 每天 每工作日 每个工作日 每#天 每#日 每#个工作日"),
    (_NO_PERIOD, "每旬 每半月 每半个月 每月#次 每周#次 每#周 每#年"),
    (_NO_TERM, "每学期 每个学期 每学期初 每学期末 每学期开学前 每学年"),
    (_NO_FESTIVAL, " ".join(f"每年{name}{when}" for name in _FESTIVAL_NAMES.split() for when in ("", "前", "后"))),
)


def expanded(spec: str) -> Iterator[str]:
    """All spellings of a shape with optional characters: 自?P起 yields 自P起 and P起."""
    head, mark, tail = spec.partition("?")
    if not mark:
        yield spec
        return
    for rest in expanded(tail):
        yield head + rest
        yield head[:-1] + rest


SHAPES = {shape: handle for *_, specs, handle in ROWS for spec in specs.split() for shape in expanded(spec)}
REFUSED = {shape: reason for reason, shapes in _REFUSED for shape in shapes.split()}
EXAMPLES = [example for _, example, *_ in ROWS] + [
    "2020年9月底前",
    "2020年9月底前，并长期坚持",
    "2020年6月底前完成，12月底前销号",
    "1月前",
    "上半年",
    "第二季度末前",
    "全年",
    "最迟6月底前完成",
    "收到反馈意见之日起60日内",
    "6月底前、12月底前",
    "3、6、9、12月底前",
    "每年6月、12月底前",
    "每季度召开一次",
    "“十四五”期间",
    "9月底前，并长期坚持",
    "立行立改，持续推进",
    "取得阶段性成效并长期坚持",
]
