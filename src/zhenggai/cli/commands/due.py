"""``zhenggai due``: lists what falls due in the next days."""

from typing import Annotated

from zhenggai.cli.list_options import listing
from zhenggai.cli.lone_words import OwnNumber
from zhenggai.cli.options import number_option
from zhenggai.cli.output import tell
from zhenggai.cli.question import Asked
from zhenggai.cli.submissions import owed
from zhenggai.errors import Exit
from zhenggai.views.due import due as view

DAYS = 20


@listing(number=OwnNumber("--within", ("天", "日")), calendar=True)
def due(
    asked: Asked,
    within: Annotated[
        int | None, number_option("--within", "--天内", about="多少天之内，默认 20", metavar="天数", low=0)
    ] = None,
) -> Exit:
    """例：zhenggai due 30　　zhenggai 临期 县教育局 --within 10　　zhenggai due 县教育局 --within 60 -o 到期.ics"""
    days = asked.number_or(within, "--within")
    snapshot = asked.snapshot()
    report = view(snapshot, DAYS if days is None else days, owed(asked, snapshot))
    if asked.makes_calendar and not report.calendar().events:
        tell(f"{report.within} 天内没有到期的，日历是空的；要更远的，加 --within 天数，已逾期的见 zhenggai overdue")
    return asked.answer(report, snapshot)
