"""``zhenggai month``: the monthly report."""

from zhenggai.cli.by_option import ByOption
from zhenggai.cli.commands.periodical import NUMBER, CompareOption, IssueOption, NoOption, answer
from zhenggai.cli.list_options import listing
from zhenggai.cli.question import Asked
from zhenggai.errors import Exit
from zhenggai.views.report_period import MONTH


@listing(without=("state",), number=NUMBER)
def month(
    asked: Asked,
    no: NoOption = None,
    by: ByOption = None,
    issue: IssueOption = False,
    compare: CompareOption = None,
) -> Exit:
    """例：zhenggai month -o 月报.txt　　zhenggai month 3 --by 类别　　zhenggai 月报 --no 3 --issue"""
    return answer(asked, MONTH, no, issue, compare, by)
