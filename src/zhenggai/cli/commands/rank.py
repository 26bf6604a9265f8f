"""``zhenggai rank``: ranks the units."""

from dataclasses import replace
from typing import Annotated

from zhenggai.cli.list_options import listing
from zhenggai.cli.offers import CLASSES
from zhenggai.cli.options import text_option
from zhenggai.cli.question import Asked
from zhenggai.errors import Exit
from zhenggai.views.rank import rank as view
from zhenggai.views.selection import select, unit_names


@listing(without=("state",))
def rank(
    asked: Asked,
    unit_class: Annotated[
        str | None,
        text_option("--class", "--单位类别", about="只排这一类单位，如 乡镇；默认各类分别排", metavar="类别"),
        CLASSES,
    ] = None,
) -> Exit:
    """例：zhenggai rank 乡镇 --as-of 2020-09-30　　zhenggai 排名 石桥镇"""
    whole = asked.whole
    named = asked.selection.unit
    only = None if named is None else unit_names(whole, named)
    snapshot = select(whole, replace(asked.selection, unit=None))  # the rank of a unit is among all units
    return asked.answer(view(snapshot, asked.ledger.at_month_ends(whole), unit_class, only), whole)
