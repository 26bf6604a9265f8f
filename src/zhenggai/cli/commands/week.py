"""``zhenggai week``: the weekly report."""

from zhenggai.cli.commands.periodical import NUMBER, CompareOption, IssueOption, NoOption, answer
from zhenggai.cli.list_options import listing
from zhenggai.cli.question import Asked
from zhenggai.errors import Exit
from zhenggai.views.report_period import WEEK


@listing(without=("state",), number=NUMBER)
def week(asked: Asked, no: NoOption = None, issue: IssueOption = False, compare: CompareOption = None) -> Exit:
    """例：zhenggai week -o 周报.txt　　zhenggai week 5　　zhenggai 周报 --no 13 --issue"""
    return answer(asked, WEEK, no, issue, compare)
