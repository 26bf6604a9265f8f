"""The table of all shapes. A row has a Chinese name, an example, its shapes, and their handler.

In a shape, ``x?`` means that x may be missing. ``docs/rules.md`` shows the rows.
"""

from collections.abc import Iterator
from functools import partial

from zhenggai.deadline.date_shapes import (
    alone,
    before,
    before_festival,
    from_base,
    from_point,
    immediate,
    open_ended,
    relative,
    shared_month,
    shared_unit,
    span,
    span_from_base,
    span_without_dash,
    unresolved,
    until,
    whole_years,
)
from zhenggai.deadline.meaning import DeadlineKind
from zhenggai.deadline.recurring_shapes import (
    every,
    every_month_at,
    every_nth_month,
    every_on,
    every_once,
    every_year_by,
    regularly,
)
from zhenggai.deadline.tokens import UNITS, WORKDAYS, Handler

_AFTER = " ".join(f"#{unit}内 自?P起#{unit}内? 自?B起#{unit}内? B后#{unit}内?" for unit in (*UNITS, *WORKDAYS))
_FESTIVAL_NAMES = ("建党节", "春节", "国庆", "元旦", "劳动节", "建军节", "清明", "端午", "中秋")
_FESTIVALS = " ".join(f"#年{name}前 {name}前" for name in _FESTIVAL_NAMES)

ROWS: tuple[tuple[str, str, str, Handler], ...] = (
    ("某日、某月、某旬、月底、季度、年底", "9月底", "P", alone),
    ("之前", "2020年9月30日前", "P前", before),
    ("截止", "截至9月30日", "截P前?", until),
    ("起止", "2020年4月至9月", "自?P至P P至P前", span),
    ("起止，共用单位", "10至11月中旬", "#至P #年#至P", shared_unit),
    ("起止，同月", "5月2日至7日", "P至#日 P#至#日 P至上旬 P至中旬 P至下旬 P#日", shared_month),
    ("起止，缺「至」", "2月上旬4月底", "PP前?", span_without_dash),
    ("整年", "2020年", "#年 #年至#年 #至#年", whole_years),
    ("以后", "2020年12月以后", "自?P起 P后", from_point),
    ("即日起", "即日起", "自?B起 B后", from_base),
    ("即日起至", "即日起至9月底", "自?B至P 自?B至P前", span_from_base),
    ("若干时间内", "3个月内", _AFTER, relative),
    ("节日前", "“七一”前", _FESTIVALS, before_festival),
    ("立行立改", "立行立改", "立行立改 即知即改 立查立改 立即整改 边查边改", immediate),
    ("长期坚持", "长期坚持", "长期坚持 常抓不懈 长期整改 抓常抓长", partial(open_ended, DeadlineKind.LONG_TERM)),
    ("持续推进", "持续推进", "持续推进 持续整改 持续用力 逐步推进", partial(open_ended, DeadlineKind.CONTINUOUS)),
    ("未明确", "尽快", "适时 尽快", unresolved),
    ("每月", "每月底前", "每月 每月底前?", every("month")),
    ("每月某日", "每月5日前", "每月#日前?", every_on("month")),
    ("每月上旬", "每月上旬前", "每月上旬前?", every("month", 10)),
    ("每月中旬", "每月中旬前", "每月中旬前?", every("month", 20)),
    ("每月下旬", "每月下旬前", "每月下旬前?", every("month")),
    ("每月初", "每月初", "每月初前?", partial(every_month_at, "month_start_day")),
    ("每月中", "每月中", "每月中前?", partial(every_month_at, "mid_month_day")),
    ("每月一次", "每月一次", "每月#次", every_once("month")),
    ("每周", "每周", "每周 每周底前?", every("week")),
    ("每周某日", "每周五前", "每周#前?", every_on("week")),
    ("每周一次", "每周一次", "每周#次", every_once("week")),
    ("每季度", "每季度末", "每季 每季底前?", every("quarter")),
    ("每季度首月", "每季度首月10日前", "每季首月#日前?", every_on("quarter", 1)),
    ("每季度末月", "每季度末月25日前", "每季尾月#日前?", every_on("quarter")),
    ("每季度第几个月", "每季度第1个月10日前", "每季第#个月#日前?", every_nth_month),
    ("每季度一次", "每季度一次", "每季#次", every_once("quarter")),
    ("每半年", "每半年", "每半年", every("half")),
    ("每半年一次", "每半年一次", "每半年#次", every_once("half")),
    ("每年", "每年", "每年前?", every("year")),
    ("每年某时", "每年12月底前", "每年P前?", every_year_by),
    ("每年一次", "每年一次", "每年#次", every_once("year")),
    ("定期", "定期", "定期", regularly),
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
EXAMPLES = [example for _, example, *_ in ROWS] + [
    "1月前",
    "上半年",
    "第二季度末前",
    "全年",
    "取得阶段性成效并长期坚持",
]
