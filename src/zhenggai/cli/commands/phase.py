"""``zhenggai phase``: a phase's summary."""

from typing import Annotated

import typer

from zhenggai.cli.list_options import Asked, listing
from zhenggai.cli.options import number_between
from zhenggai.errors import Exit
from zhenggai.views.phase import phase as view


@listing(without=("phase",))
def phase(
    asked: Asked,
    number: Annotated[
        int | None,
        typer.Argument(
            metavar="[号]", help="第几阶段，默认当前阶段", parser=number_between(1, 9999), show_default=False
        ),
    ] = None,
) -> Exit:
    """例：zhenggai phase 1 --as-of 2020-09-30"""
    snapshot = asked.snapshot()
    return asked.answer(view(snapshot, number), snapshot)
