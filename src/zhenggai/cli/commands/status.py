"""``zhenggai status``: the overview of the rectification. ``--registers`` shows that of the registers."""

from dataclasses import replace
from typing import Annotated

import typer

from zhenggai.cli.by_option import ByOption
from zhenggai.cli.list_options import listing
from zhenggai.cli.question import Asked
from zhenggai.cli.submissions import owed
from zhenggai.errors import Exit, UsageError
from zhenggai.views.selection import Selection
from zhenggai.views.status import status as view


@listing()
def status(
    asked: Asked,
    by: ByOption = None,
    registers: Annotated[
        bool, typer.Option("--registers", "--登记册", help="改看换届、软弱涣散党组织整顿两本登记册")
    ] = False,
) -> Exit:
    """例：zhenggai status 县教育局　　zhenggai status --by 类别　　zhenggai status --as-of 2020-06-30　　zhenggai 总览 --登记册"""
    if registers:
        if by:
            raise UsageError("登记册没有可分列的计数\n  下一步：去掉 --by 或 --registers")
        return _registers(asked)
    snapshot = asked.snapshot()
    return asked.answer(view(snapshot, by, owed(asked, snapshot)), snapshot)


def _registers(asked: Asked) -> Exit:
    from zhenggai.views.registers import register_status  # imported here: the overview does not need it

    unit = asked.selection.unit
    if asked.selection != Selection(unit):
        raise UsageError("登记册按党组织列出，只能用 --unit 筛选\n  下一步：去掉 --problem、--phase、--state")
    ledger, organisations = asked.ledger.with_organisations()
    snapshot = asked.whole
    shown = register_status(snapshot, organisations, unit)
    return replace(asked, ledger=ledger).answer(
        shown, replace(snapshot, diagnostics=(*snapshot.diagnostics, *shown.diagnostics))
    )
