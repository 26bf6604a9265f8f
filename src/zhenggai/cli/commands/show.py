"""``zhenggai show``: shows a measure, a unit or an entry with its whole history."""

from typing import Annotated

import typer

from zhenggai.cli.list_options import Asked, listing
from zhenggai.cli.offers import ENTRIES, MEASURES, UNITS, either
from zhenggai.errors import Exit
from zhenggai.views.show import show as view


@listing(without=("problem", "phase", "state"))
def show(
    asked: Asked,
    thing: Annotated[
        str,
        typer.Argument(metavar="措施|单位|记录", help="3-2、县教育局，或记录编号的末尾 4 位以上", show_default=False),
        either(MEASURES, UNITS, ENTRIES),
    ],
) -> Exit:
    """例：zhenggai show 3-2　　zhenggai show 3-2 --unit 县教育局　　zhenggai show 县教育局　　zhenggai show x2ab"""
    snapshot = asked.whole
    return asked.answer(view(snapshot, thing, asked.selection.unit), snapshot)
