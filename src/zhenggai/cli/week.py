"""``zhenggai week``: the weekly report."""

from datetime import timedelta
from typing import Annotated

from zhenggai.cli.asking import Asked, listing
from zhenggai.cli.options import number_option
from zhenggai.cli.output import put, say_problems
from zhenggai.errors import Exit
from zhenggai.rules.phases import phase_windows
from zhenggai.views.selection import select
from zhenggai.views.week import period_no, period_of
from zhenggai.views.week import week as view


@listing(without=("state",))
def week(
    asked: Asked,
    no: Annotated[
        int | None, number_option("--no", "--期", about="第几期，默认 --as-of 那天所在的一期", metavar="期号")
    ] = None,
) -> Exit:
    """例：zhenggai week --as-of 2020-06-28　　zhenggai 周报 --no 13 -o 第13期.txt"""
    plan = asked.ledger.book.plan
    windows = phase_windows(plan)
    period = period_of(windows, plan.issued, asked.as_of) if no is None else period_no(windows, plan.issued, no)
    as_of = min(asked.as_of, period.end) if no is None else period.end
    now = asked.ledger.picture(as_of, asked.known_by)
    before = asked.ledger.picture(period.start - timedelta(days=1), asked.known_by)
    report = view(select(now, asked.selection), select(before, asked.selection), period)
    put(report, asked.format, asked.output, default="text")
    return say_problems(asked.ledger.errors(now))
