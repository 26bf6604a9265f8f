"""``zhenggai overdue``: lists the overdue tasks, with their units and days late."""

from typing import Annotated

import typer

from zhenggai.cli.list_options import listing
from zhenggai.cli.question import Asked
from zhenggai.cli.submissions import owed
from zhenggai.errors import Exit
from zhenggai.views.due import overdue as view


@listing()
def overdue(
    asked: Asked, fail: Annotated[bool, typer.Option("--fail", "--逾期即错", help="有逾期时退出码为 1")] = False
) -> Exit:
    """例：zhenggai overdue 各乡镇　　zhenggai 逾期 --format csv -o 逾期.csv"""
    snapshot = asked.snapshot()
    report = view(snapshot, owed(asked, snapshot))
    code = asked.answer(report, snapshot)
    return Exit.FOUND if fail and (report.tasks or report.steps) else code
