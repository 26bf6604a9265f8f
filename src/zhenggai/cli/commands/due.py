"""``zhenggai due``: lists what falls due in the next days."""

from typing import Annotated

from zhenggai.cli.list_options import Asked, listing
from zhenggai.cli.options import number_option
from zhenggai.errors import Exit
from zhenggai.views.due import due as view


@listing()
def due(
    asked: Asked,
    within: Annotated[
        int, number_option("--within", "--天内", about="多少天之内，默认 20", metavar="天数", low=0)
    ] = 20,
) -> Exit:
    """例：zhenggai due --within 10 --unit 县教育局"""
    snapshot = asked.snapshot()
    return asked.answer(view(snapshot, within), snapshot)
