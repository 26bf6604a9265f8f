"""``zhenggai trend``: how the plan went, week by week or month by month."""

from datetime import date
from typing import Annotated

from zhenggai.cli.list_options import listing
from zhenggai.cli.lone_words import OwnWords
from zhenggai.cli.offers import one_of
from zhenggai.cli.options import day_option, word_option
from zhenggai.cli.question import Asked
from zhenggai.errors import Exit, UsageError
from zhenggai.views.selection import selected_on
from zhenggai.views.trend import PER_WORD, Per, days_of
from zhenggai.views.trend import trend as view


@listing(own_words=OwnWords("--per", "每周或每月", PER_WORD))
def trend(
    asked: Asked,
    per: Annotated[
        Per | None,
        word_option("--per", "--每", words=PER_WORD, about="每周（默认）或每月一行", metavar="周|月"),
        one_of(("每周", "每月")),
    ] = None,
    since: Annotated[date | None, day_option("--since", "--自", about="从哪一天看起，默认方案印发那天")] = None,
) -> Exit:
    """例：zhenggai trend 每月　　zhenggai 走势 县教育局 --自 2020-04-01 -o 走势.csv"""
    if since and since > asked.as_of:
        raise UsageError(f"--since {since} 晚于截至的 {asked.as_of}\n  下一步：写早一些的日期，或加 --as-of 日期")
    snapshot, per = asked.snapshot(), asked.word_or(per, "--per") or Per.WEEK
    days = days_of(per, max(since or date.min, min(asked.ledger.plan.issued, asked.as_of)), asked.as_of)
    on_days = asked.ledger.on_days(days, asked.whole)
    return asked.answer(view(snapshot, (selected_on(of, asked.selection) for of in on_days), per), snapshot)
