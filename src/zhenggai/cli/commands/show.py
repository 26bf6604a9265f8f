"""``zhenggai show``: shows a measure, a unit or an entry with its whole history."""

from typing import Annotated

import typer

from zhenggai.cli.list_options import listing
from zhenggai.cli.lone_words import OwnNumber
from zhenggai.cli.offers import ENTRIES, MEASURES_OR_PROBLEMS, UNITS, either
from zhenggai.cli.options import number_option
from zhenggai.cli.question import Asked
from zhenggai.errors import Exit, UsageError
from zhenggai.views.show import newest
from zhenggai.views.show import show as view


@listing(
    without=("phase", "state", "lead", "leader", "person", "source", "category", "light"),
    number=OwnNumber("--last", ("条",)),
)
def show(
    asked: Asked,
    thing: Annotated[
        str,
        typer.Argument(
            metavar="问题|措施|单位|记录", help="3、3-2、县教育局，或记录编号的末尾 4 位以上", show_default=False
        ),
        either(MEASURES_OR_PROBLEMS, UNITS, ENTRIES),
    ],
    last: Annotated[
        int | None, number_option("--last", "--最近", about="只看最近几条记录，新的在前", metavar="条数")
    ] = None,
) -> Exit:
    """例：zhenggai show 3-2　　zhenggai show 3-2 县教育局　　zhenggai show 县教育局 --last 10　　zhenggai show x2ab"""
    snapshot, count = asked.whole, asked.number_or(last, "--last")
    unit = asked.selection.unit
    if problem := asked.selection.problem:
        if unit or not snapshot.units.unit_named(thing):
            raise UsageError(f"{thing} 和 {problem} 只能看一个\n  下一步：去掉一个，分两次看")
        thing, unit = problem, thing
    history = view(snapshot, thing, unit)
    return asked.answer(newest(history, count) if count else history, snapshot)
