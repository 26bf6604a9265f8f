"""``zhenggai draft``: a paper as the plan that it describes, to be filled in and checked."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from zhenggai.cli import clock
from zhenggai.cli.destination import check_destination
from zhenggai.cli.offers import FILES
from zhenggai.cli.options import YEARS, ForceOption, FormatOption, day_option, number_option, text_option
from zhenggai.cli.output import put, put_text, say, tell
from zhenggai.cli.writing.beginning import plan_number
from zhenggai.cli.writing.permission import refuse_changing_plan
from zhenggai.errors import Exit, NothingToShow, UsageError
from zhenggai.importing.drafting import draft_of
from zhenggai.importing.files import read_manuscript
from zhenggai.importing.plan_text import plan_text
from zhenggai.importing.plan_to_be import PlanToBe, Surroundings, plan_to_be
from zhenggai.model.plan import ReviewChain
from zhenggai.model.units import UnitBook
from zhenggai.reading.data_folders import PLANS, UNITS_FILE, find_root
from zhenggai.reading.load import load_units
from zhenggai.setup.new_books import proposed_number, proposed_reviewer, proposed_supervisor
from zhenggai.views.draft_report import DraftReport, counted, doubt_lines
from zhenggai.writing.atomic import read_bytes, writing

_YAML = (".yaml", ".yml")


def draft(
    paper: Annotated[Path, typer.Argument(metavar="文件", help="方案：.docx、.txt …", show_default=False), FILES],
    year: Annotated[
        int | None,
        number_option("--year", "--年度", about="方案的年度，默认看原文", metavar="年", low=YEARS[0], high=YEARS[-1]),
    ] = None,
    issued: Annotated[date | None, day_option("--issued", "--印发日期", about="方案的印发日期，默认看原文")] = None,
    number: Annotated[
        str | None, text_option("--number", "--编号", about="方案的编号，默认用 -o 的文件名", metavar="编号")
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            "--输出",
            help="写成方案 plans/编号.yaml，或别的格式的清单",
            metavar="文件",
            show_default=False,
        ),
        FILES,
    ] = None,
    format: FormatOption = None,  # noqa: A002  # the option's own name
    force: ForceOption = False,
) -> Exit:
    """不写 -o 的，方案显示出来，不写文件；要您定的，写着“待定”。

    例：zhenggai draft 方案.docx -o plans/jcdj-2020.yaml　　zhenggai 起草 方案.txt --year 2020
    """
    root = find_root(Path.cwd())
    is_plan = format is None and (output is None or output.suffix in _YAML or output.is_dir())
    if not is_plan:
        check_destination(output, format, force)
    drafted = draft_of(read_manuscript(paper), paper.name, year=year, issued=issued)
    if not drafted.problems:
        raise NothingToShow(
            f"{paper.name} 里没有找到问题和措施，什么也没有写\n"
            "  下一步：换成有“整改问题”“整改措施”的方案；是台账的，用 zhenggai import"
        )
    book = load_units(root)[0] if root else UnitBook()
    stem = output.stem if is_plan and output and not output.is_dir() else None
    chosen = plan_number(number or stem or proposed_number(drafted.title, drafted.year or clock.today().year))
    made = plan_to_be(drafted, _surroundings(chosen, book))
    if not is_plan:
        put(DraftReport(drafted, made.doubts), format, output)
    elif output is None:
        put_text(plan_text(made, drafted.source))
    else:
        _write(root, output / f"{chosen}.yaml" if output.is_dir() else output, made, drafted.source)
    _tell(made, counted(drafted), list(doubt_lines(drafted, made.doubts)))
    return Exit.FOUND if made.doubts else Exit.OK


def _surroundings(number: str, book: UnitBook) -> Surroundings:
    """What the plan takes from the unit book; nothing from an empty one."""
    year = clock.today().year
    if not book.members:
        return Surroundings(number=number, year=year)
    reviewer, supervisor = proposed_reviewer(book, None), proposed_supervisor(book, None)
    instead = (supervisor,) if supervisor != reviewer else ()
    review = ReviewChain(second_review=reviewer, stand_in=instead)
    return Surroundings(number=number, year=year, units=book, review=review, supervisor=supervisor)


def _write(root: Path | None, path: Path, made: PlanToBe, source: str) -> None:
    """Write the plan's file. One that is there is somebody's work, and stays."""
    if read_bytes(path) is not None:
        raise UsageError(f"{path} 已在，没有写入\n  下一步：换一个名字，如 -o {path.with_stem(f'{path.stem}-2')}")
    if not path.parent.is_dir():
        raise UsageError(f"没有文件夹 {path.parent}，没有写入\n  下一步：zhenggai init 建台账，或换一个文件夹")
    if root and path.absolute().parent == root / PLANS:
        refuse_changing_plan(root, load_units(root)[0], None)
    with writing(root or path.parent) as changes:
        changes.replace(path, None, plan_text(made, source).encode())
    say(f"已写入 {path}")


def _tell(made: PlanToBe, found: str, doubts: list[str]) -> None:
    tell(f"找到{found}")
    if doubts:
        tell("要您看的：")
    for line in doubts:
        tell(f"  {line}")
    if made.unknown_units:
        tell(f"单位册 {UNITS_FILE} 里没有的 {len(made.unknown_units)} 个：{'、'.join(made.unknown_units)}")
