"""``zhenggai list``: the ledger (台账) itself, a row a task."""

from typing import Annotated

import typer

from zhenggai.cli.list_options import Asked, listing
from zhenggai.cli.offers import one_of
from zhenggai.cli.options import text_option
from zhenggai.errors import Exit
from zhenggai.model.units import names_in
from zhenggai.views.task_list import HEADS, task_list

_HEADS = "、".join(HEADS)


@listing()
def list(  # noqa: A001  # the command's name
    asked: Asked,
    columns: Annotated[
        str | None,
        text_option("--columns", "--列", about=f"要哪些列，用、隔开：{_HEADS}", metavar="列名"),
        one_of(HEADS),
    ] = None,
    sort: Annotated[
        str | None,
        text_option("--sort", "--排序", about="按哪一列排，默认按方案的次序", metavar="列名"),
        one_of(HEADS),
    ] = None,
    down: Annotated[bool, typer.Option("--down", "--倒序", help="从大到小、从晚到早排")] = False,
) -> Exit:
    """例：zhenggai list 各乡镇 --state 整改中　　zhenggai 台账 --列 措施、内容、单位、截止日、状态 --排序 截止日 -o 台账.csv"""
    snapshot = asked.snapshot()
    return asked.answer(task_list(snapshot, names_in(columns or ""), sort, down=down), snapshot)
