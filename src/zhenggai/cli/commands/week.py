"""``zhenggai week``: the weekly report."""

from zhenggai.cli.asking import Asked, listing
from zhenggai.cli.commands.periodical import CompareOption, IssueOption, NoOption, answer
from zhenggai.errors import Exit
from zhenggai.views.period import WEEK


@listing(without=("state",))
def week(asked: Asked, no: NoOption = None, issue: IssueOption = False, compare: CompareOption = None) -> Exit:
    """例：zhenggai week --as-of 2020-06-28　　zhenggai 周报 --no 13 --issue"""
    return answer(asked, WEEK, no, issue, compare)
