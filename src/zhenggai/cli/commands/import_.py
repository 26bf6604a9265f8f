"""``zhenggai import``: takes somebody's workbook into a plan and its ledger, after showing what it is."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from zhenggai.cli.destination import check_destination
from zhenggai.cli.offers import FILES
from zhenggai.cli.options import (
    MORE,
    YEARS,
    ForceOption,
    FormatOption,
    OutputOption,
    PlanOption,
    day_option,
    listed_option,
    number_option,
    parse_day,
)
from zhenggai.cli.output import put, tell, tell_document
from zhenggai.cli.writing import prompts
from zhenggai.cli.writing.entry_options import ByOption, DryRunOption, WriterOption, YesOption
from zhenggai.cli.writing.prompts import Wish
from zhenggai.errors import Exit, UsageError
from zhenggai.heads import own_head
from zhenggai.views.import_preview import doubt_lines

FIELDS = (
    "序号", "问题", "问题来源", "问题类别", "方面", "措施号", "整改措施", "整改目标", "完成标准", "牵头单位", "责任单位", "配合单位",
    "责任领导", "责任人", "时限", "完成日期", "状态", "进度", "整改进展", "是否销号",
)  # fmt: skip
"""What a column may be said to be; words that mean the same will do."""


def import_(
    file: Annotated[
        Path,
        typer.Argument(metavar="文件", help="整改台账：.xlsx、.csv；填报表，或放填报表的文件夹", show_default=False),
        FILES,
    ],
    mapped: Annotated[
        list[str] | None,
        listed_option("--map", "--列为", about="哪一列是什么，列写字母或表头，如 B=问题", metavar="列=字段"),
    ] = None,
    year: Annotated[
        int | None,
        number_option("--year", "--年度", about="时限没写年份的按哪一年", metavar="年", low=YEARS[0], high=YEARS[-1]),
    ] = None,
    issued: Annotated[date | None, day_option("--issued", "--印发日期", about="方案的印发日期", panel=MORE)] = None,
    by: ByOption = None,
    writer: WriterOption = None,
    day: Annotated[date | None, day_option("--date", "--日期", about="没有写日期的行算哪天的", panel=MORE)] = None,
    plan: PlanOption = None,
    yes: YesOption = False,
    dry_run: DryRunOption = False,
    format: FormatOption = None,  # noqa: A002  # the option's own name
    output: OutputOption = None,
    force: ForceOption = False,
) -> Exit:
    """先显示认出了什么，问过再写。--dry-run、--format、-o 只看不写。

    例：zhenggai import 台账.xlsx --dry-run　　zhenggai 导入 台账.csv --列为 B=问题　　zhenggai 导入 填报/"""
    # imported here: they read files with limits, in a process of their own
    from zhenggai.cli.importing.form_files import form_in, forms_in
    from zhenggai.cli.importing.form_import import Output, import_forms
    from zhenggai.cli.importing.importer import Recorder
    from zhenggai.cli.importing.ledger_import import import_progress
    from zhenggai.cli.importing.plan_import import import_plan
    from zhenggai.cli.importing.workbook_import import undated, workbook
    from zhenggai.importing.entries.fill_form import is_form
    from zhenggai.importing.files import read_sheets
    from zhenggai.importing.sheets.foreign_ledger import foreign_ledger
    from zhenggai.importing.sheets.kinds import SheetKind

    check_destination(output, format, force)
    sheets = () if file.is_dir() else read_sheets(file)
    if file.is_dir() or is_form(sheets):
        forms = forms_in(file) if file.is_dir() else form_in(file, sheets)
        return import_forms(forms, Recorder(by, writer, day), plan, Wish(yes, dry_run), Output(format, output))
    ledger = foreign_ledger(sheets, file.name, _mapping(mapped or ()), year=year, issued=issued, day=day)
    found = workbook(ledger, Path.cwd(), plan)
    wish, who = Wish(yes, dry_run), Recorder(by, writer, day)
    is_answer = dry_run or format is not None or output is not None
    is_tried = found.into is not None and bool(found.preview.entries) and format is None and output is None
    if is_answer:
        put(found.preview, format, output)
    else:
        tell_document(found.preview.document())
    for line in doubt_lines(
        file.name, [doubt for doubt in found.preview.doubts if not (is_tried and doubt in found.unplaced)]
    ):
        tell(line)
    code = Exit.FOUND if found.preview.is_doubtful else Exit.OK
    if ledger.kind is SheetKind.STATISTICS or (is_answer and not is_tried):
        return code
    if not is_answer and (rows := undated(found)):
        day = day_told(rows)
        found = workbook(replace(ledger, given_day=day), Path.cwd(), plan)
        who = replace(who, day=day)
    if found.into is None:
        return import_plan(found.ledger, plan, who, wish)
    if not found.preview.entries:
        tell("没有要记的，什么也没有写")
        return code
    left_out = Exit.FOUND if found.unplaced else Exit.OK
    return max(code if dry_run else left_out, import_progress(found.news, file.parent, found.into, who, wish))


def day_told(rows: int) -> date:
    """The last day of a ledger that does not say it, asked for. Raises ``UsageError`` where nobody can be asked."""
    if not prompts.at_terminal():
        raise UsageError(f"{rows} 行没有写是哪一天的，没有写入\n  下一步：加 --date 日期，写明这本台账记到哪一天")
    return prompts.ask(f"{rows} 行没有写是哪一天的。这本台账记到哪一天（如 2025-12-31）", parse_day)


def _mapping(mapped: Sequence[str]) -> dict[str, str]:
    """What the user says of columns: the program's word by letter or head. Raises ``UsageError`` for what is no such pair."""
    found = {}
    for word in mapped:
        column, sign, head = (part.strip() for part in word.replace("＝", "=").partition("="))
        field = own_head(head)
        if not (sign and column):
            raise UsageError(f"“{word}”要写成 列=字段\n  下一步：如 --map B=问题、--map 怎么改=整改措施")
        if field is None:
            raise UsageError(f"“{head}”不是认得的字段\n  可用：{'、'.join(FIELDS)}")
        found[column] = field
    return found
