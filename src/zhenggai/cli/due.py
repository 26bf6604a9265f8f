"""``zhenggai due``: what falls due in the next days."""

from typing import Annotated

import typer

from zhenggai.cli.asking import Asked, listing
from zhenggai.errors import Exit
from zhenggai.views.due import due as view


@listing()
def due(
    asked: Asked,
    within: Annotated[
        int, typer.Option("--within", "--天内", help="多少天之内，默认 20", metavar="天数", min=0, show_default=False)
    ] = 20,
) -> Exit:
    """例：zhenggai due --within 10 --unit 县教育局"""
    picture = asked.picture()
    return asked.answer(view(picture, within), picture)
