"""``zhenggai list``: the ledger (台账) itself, a row a task, or in one of the layouts in use."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from zhenggai.cli.list_options import is_folder_of_forms, listing
from zhenggai.cli.lone_words import OwnWords
from zhenggai.cli.offers import FILES, one_of
from zhenggai.cli.options import number_option, text_option
from zhenggai.cli.question import Asked
from zhenggai.cli.word_template import is_word_file, word_template
from zhenggai.document import Table
from zhenggai.errors import Exit, UsageError
from zhenggai.model.units import names_in
from zhenggai.render import format_wanted
from zhenggai.rules.day.snapshot import Snapshot
from zhenggai.views.layout import LaidOut, LayoutName, layout_named
from zhenggai.views.selection import Selection, select, unit_names
from zhenggai.views.task_list import HEADS, task_list

_HEADS = "、".join(HEADS)
_LAYOUTS = "、".join(LayoutName)
_FILLED_IN = ("xlsx", "csv", "json")  # of a form: by a person, and by programs


def _parse_layout(text: str) -> LayoutName:
    found = layout_named(text)
    if found is None:
        raise typer.BadParameter(f"没有版式“{text}”，可用：{_LAYOUTS}")
    return found


@listing(without=("template",), own_words=OwnWords("--layout", "版式", {name.value: name for name in LayoutName}))
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
    layout: Annotated[
        LayoutName | None,
        typer.Option(
            "--layout",
            "--版式",
            help=f"照哪种版式：{_LAYOUTS}；列名照它的表头",
            metavar="版式",
            parser=_parse_layout,
            show_default=False,
        ),
        one_of(LayoutName),
    ] = None,
    merged: Annotated[
        bool, typer.Option("--merged", "--合并", help="一个问题有几行的，问题只写一次；写成 .xlsx 时合并单元格，供打印")
    ] = False,
    fill: Annotated[
        bool,
        typer.Option(
            "--fill",
            "--填报",
            help="给没有装程序的单位填的表，只列没有完成的任务：--unit 单位 -o 填报.xlsx；各单位一张：-o 填报/",
        ),
    ] = False,
    template: Annotated[
        Path | None,
        typer.Option(
            "--template",
            "--模板",
            help="填进上级的 Excel 表（照它的表头，从 --row 那一行起），或本地的 Word 模板；别的都不动",
            metavar="文件",
            show_default=False,
        ),
        FILES,
    ] = None,
    row: Annotated[
        int | None, number_option("--row", "--样例行", about="模板的样例行是第几行", metavar="数", high=1_000_000)
    ] = None,
    sheet: Annotated[
        str | None, text_option("--sheet", "--工作表", about="模板里哪一张工作表，默认第一张", metavar="工作表")
    ] = None,
) -> Exit:
    """例：zhenggai list 各乡镇 --state 整改中　　zhenggai 台账 --列 措施、单位、状态 --排序 截止日 -o 台账.csv　　zhenggai list 责任清单"""
    layout = asked.word_or(layout, "--layout")
    if is_word_file(template):
        asked.refuse_several("填模板")
        asked, template = replace(asked, template=word_template(template, asked.output)), None
    if (template is None) != (row is None) or (sheet is not None and template is None):
        raise UsageError("填模板要写明样例行\n  下一步：--template 模板.xlsx --row 行号")
    if fill:
        return _to_fill(asked, columns, sort, layout, merged, template)
    if down and sort is None:
        raise UsageError("--down 没有写按哪一列\n  下一步：加 --sort 列名")

    if template is None or row is None:
        if layout is not None:
            return asked.answer(*_in_layout(asked, layout, names_in(columns or ""), sort, down, merged))
        snapshot = asked.snapshot()
        return asked.answer(task_list(snapshot, names_in(columns or ""), sort, down=down, merged=merged), snapshot)
    # imported here: few lists fill a template
    from zhenggai.cli.filled_template import Sample, put_in_template
    from zhenggai.views.task_heads import tasks_under

    if columns is not None:
        raise UsageError("填哪些列由模板的表头定\n  下一步：去掉 --columns")

    def listed(layout: LayoutName | None, heads: Sequence[str]) -> tuple[Table, Snapshot]:
        if layout is not None:
            report, snapshot = _in_layout(asked, layout, heads, sort, down, merged)
            found = (block for block in report.document().blocks if isinstance(block, Table))
            return next(found, Table((), ())), snapshot
        snapshot = asked.snapshot()
        return tasks_under(snapshot, heads, sort, down=down, merged=merged), snapshot

    return put_in_template(asked, Sample(template, row, sheet), layout, listed)


def _to_fill(asked: Asked, *others: object) -> Exit:
    """The form for a unit, or one for each of several in a folder."""
    from zhenggai.views.fill_form import fill_form  # imported here, as above

    if any(others):
        raise UsageError("填报表的列是定好的\n  下一步：去掉 --columns、--sort、--layout、--merged、--template")
    if asked.output is not None and is_folder_of_forms(asked.output, {"fill": True}):
        return _to_fill_each(asked, asked.output)
    unit = asked.selection.unit
    if unit is None:
        raise UsageError("填报表给一个单位填\n  下一步：加 --unit 单位；各单位都要，写进文件夹：-o 填报/")
    asked.refuse_several("填报")
    names = unit_names(asked.whole, unit)
    if len(names) > 1:
        raise UsageError(
            f"填报表给一个单位填，“{unit}”是几个单位\n  下一步：一个单位一个文件，写进文件夹：--unit {unit} -o 填报/"
        )
    wanted = format_wanted(asked.output, asked.format)
    if wanted is None or wanted.name not in _FILLED_IN:
        raise UsageError("填报表要写成 Excel 文件，要填的格才有下拉和检查\n  下一步：加 -o 填报.xlsx")
    snapshot = asked.snapshot()
    return asked.answer(fill_form(snapshot), snapshot)


def _to_fill_each(asked: Asked, folder: Path) -> Exit:
    """A form for each unit that has tasks to complete, in a folder that is made if need be."""
    from zhenggai.cli.letter_files import write_forms  # imported here, as above
    from zhenggai.cli.output import say_diagnostics
    from zhenggai.views.fill_form import FillForm, fill_form

    asked.refuse_several("填报")
    if asked.format not in (None, "xlsx"):
        raise UsageError("填报表要写成 Excel 文件，要填的格才有下拉和检查\n  下一步：去掉 --format")
    snapshot = asked.snapshot()
    forms: dict[str, FillForm] = {}
    for unit in dict.fromkeys(task.unit for task in snapshot.tasks):
        form = fill_form(select(snapshot, Selection(unit)))
        if form.lines:
            forms[unit] = form
    if not forms:
        raise UsageError("没有要填报的：都已完成\n  下一步：zhenggai status 看总览")
    write_forms(forms, folder, "xlsx", force=asked.force)
    return say_diagnostics(asked.ledger.errors(snapshot))


def _in_layout(
    asked: Asked, layout: LayoutName, columns: Sequence[str], sort: str | None, down: bool, merged: bool
) -> tuple[LaidOut, Snapshot]:
    from zhenggai.views.ledger_layouts import laid_out  # imported here: the usual list does without

    unit = asked.selection.unit
    if layout is not LayoutName.DUTIES or unit is None:
        snapshot, units = asked.snapshot(), None
    else:  # what a unit leads are mostly tasks of others
        snapshot = select(asked.whole, replace(asked.selection, unit=None))
        units = unit_names(asked.whole, unit)
    return laid_out(snapshot, layout, columns, sort, down=down, units=units, merged=merged), snapshot
