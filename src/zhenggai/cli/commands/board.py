"""``zhenggai board``: the plan on one page for a leader."""

from zhenggai.cli.list_options import listing
from zhenggai.cli.question import Asked
from zhenggai.errors import Exit
from zhenggai.views.board import board as view
from zhenggai.views.board import board_days
from zhenggai.views.selection import selected_on


@listing()
def board(asked: Asked) -> Exit:
    """例：zhenggai board -o 看板.html　　zhenggai 看板 各乡镇 --as-of 2020-06-30 -o 乡镇看板.html"""
    snapshot = asked.snapshot()
    days = board_days(asked.ledger.plan.issued, asked.as_of)
    on_days = asked.ledger.on_days(days, asked.whole)
    return asked.answer(view(snapshot, (selected_on(of, asked.selection) for of in on_days)), snapshot)
