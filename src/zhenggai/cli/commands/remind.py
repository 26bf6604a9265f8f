"""``zhenggai remind``: letters about due and late tasks, one for each addressee. ``--ladder`` lists the steps to record."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated

from zhenggai.cli.letter_files import checked_folder, write_each
from zhenggai.cli.list_options import listing
from zhenggai.cli.offers import FILES
from zhenggai.cli.options import flag_option, number_option, text_option
from zhenggai.cli.output import say_diagnostics, tell
from zhenggai.cli.question import Asked
from zhenggai.cli.submissions import owed
from zhenggai.errors import Exit, UsageError
from zhenggai.rules.day.snapshot import Snapshot
from zhenggai.rules.registers.terms import TermReminder
from zhenggai.views.selection import Selection, unit_names


@listing(without=("output", "template"), of_one=True)
def remind(
    asked: Asked,
    within: Annotated[
        int | None,
        number_option("--within", "--天内", about="多少天之内到期的，默认按规则的临期天数", metavar="天数", low=0),
    ] = None,
    ladder: Annotated[
        bool, flag_option("--ladder", "--阶梯", about="看督办阶梯：各任务走到哪一步，记录、回复了没有")
    ] = False,
    terms: Annotated[bool, flag_option("--terms", "--换届", about="连同换届提醒（届满前 6、3、1 个月）")] = False,
    output: Annotated[
        str | None,
        text_option("-o", "--output", "--输出", about="写入文件；写入文件夹/ 则一函一个文件", metavar="文件"),
        FILES,
    ] = None,
) -> Exit:
    """例：zhenggai remind --unit 石桥镇　　zhenggai 提醒函 --天内 10 -o 函件/　　zhenggai remind --ladder

    只写文稿，不记台账；发出以后用 urge 记录。
    """
    folder = checked_folder(output, asked.format, asked.force)
    asked = replace(asked, output=Path(output) if output is not None else None)
    whole = asked.whole
    chosen = asked.snapshot()
    at_month_ends = asked.ledger.at_month_ends(whole)
    if ladder:
        from zhenggai.views.remind_ladder import ladder as ladder_view  # imported here: the letters do not need it

        return asked.answer(ladder_view(whole, at_month_ends, chosen), whole)
    from zhenggai.views.remind import remind as view

    coming: Sequence[TermReminder] = ()
    if terms:
        asked, whole, coming = _with_terms(asked, whole)
    report = view(whole, at_month_ends, chosen, within, coming, owed(asked, whole))
    if report.letters:
        tell("函件是文稿，没有记入台账；发出后的记录命令见 zhenggai remind --ladder")
    if folder:
        errors = asked.ledger.errors(whole)
        write_each(report.letters, folder, asked.format)
        return say_diagnostics(errors)
    return asked.answer(report, whole)


def _with_terms(asked: Asked, whole: Snapshot) -> tuple[Asked, Snapshot, Sequence[TermReminder]]:
    """The reminders of terms of office of the selected units. The returned ledger and snapshot have the registers too."""
    from zhenggai.rules.registers.organisation_registers import registers  # imported here: seldom needed
    from zhenggai.rules.registers.terms import term_reminders

    unit = asked.selection.unit
    if asked.selection != Selection(unit):
        raise UsageError(
            "换届按党组织提醒，只能用 --unit 筛选\n  下一步：去掉 --terms，或去掉 --problem、--phase、--state"
        )
    ledger, organisations = asked.ledger.with_organisations()
    found = registers(whole, organisations)
    names = None if unit is None else unit_names(whole, unit)
    coming = [t for t in term_reminders(found.terms) if names is None or whole.unit_name(t.unit) in names]
    return replace(asked, ledger=ledger), replace(whole, diagnostics=(*whole.diagnostics, *found.diagnostics)), coming
