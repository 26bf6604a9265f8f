"""``zhenggai draft``: a paper as the plan that it describes, to be filled in and checked."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from zhenggai.cli import clock
from zhenggai.cli.destination import check_destination
from zhenggai.cli.importing.draft_file import new_plan_file, surroundings, tell_missing, write_plan
from zhenggai.cli.offers import FILES
from zhenggai.cli.options import YEARS, ForceOption, FormatOption, NoPagerOption, day_option, number_option, text_option
from zhenggai.cli.output import put, put_text, say, tell
from zhenggai.cli.writing.beginning import plan_number
from zhenggai.errors import Exit, NothingToShow
from zhenggai.importing.draft import Draft
from zhenggai.importing.files import read_manuscript
from zhenggai.importing.paper.drafting import draft_of
from zhenggai.importing.plan.plan_text import plan_text
from zhenggai.importing.plan.plan_to_be import plan_to_be
from zhenggai.model.plan import Plan
from zhenggai.model.units import UnitBook
from zhenggai.model.wording import is_placeholder
from zhenggai.reading.data_folders import PLANS, find_root, plan_paths
from zhenggai.reading.load import load_plan, load_units
from zhenggai.setup.new_books import proposed_number
from zhenggai.views.draft_doubts import counted, doubt_lines
from zhenggai.views.draft_report import DraftReport
from zhenggai.views.missing_units import missing_units


def draft(
    paper: Annotated[Path, typer.Argument(metavar="文件", help="方案：.docx、.txt …", show_default=False), FILES],
    year: Annotated[
        int | None,
        number_option("--year", "--年度", about="方案的年度，默认看原文", metavar="年", low=YEARS[0], high=YEARS[-1]),
    ] = None,
    issued: Annotated[date | None, day_option("--issued", "--印发日期", about="方案的印发日期，默认看原文")] = None,
    number: Annotated[
        str | None, text_option("--number", "--编号", about="方案的编号，默认是 -o 的文件名", metavar="编号")
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            "--输出",
            help="写成方案：plans/编号.yaml，或 plans/；写成清单：.csv、.xlsx …",
            metavar="文件",
            show_default=False,
        ),
        FILES,
    ] = None,
    no_pager: NoPagerOption = False,
    format: FormatOption = None,  # noqa: A002  # the option's own name
    force: ForceOption = False,
) -> Exit:
    """不写 -o 的，方案只显示，不写文件。原文没有写、要您定的，方案里标着“待定”。

    例：zhenggai draft 方案.docx -o plans/jcdj-2020.yaml　　zhenggai 起草 方案.txt --year 2020
    """
    path = new_plan_file(output, number) if format is None else None
    root = (find_root(path if path.is_dir() else path.parent) if path else None) or find_root(Path.cwd())
    if output is not None and path is None:
        check_destination(output, format, force)
    name = f'"{paper}"' if " " in str(paper) else str(paper)
    found = draft_of(read_manuscript(paper), paper.name, year=year, issued=issued)
    if not found.problems:
        raise NothingToShow(
            f"{paper.name} 里没有找到问题和措施，什么也没有写\n"
            f"  下一步：换成写有问题和整改措施的方案；是表格的，用 zhenggai import {name}"
        )
    book = load_units(root)[0] if root else UnitBook()
    stem = path.stem if path and not path.is_dir() else None
    chosen = plan_number(number or stem or proposed_number(found.title, found.year or clock.today().year))
    others = _plans(root)
    made = plan_to_be(found, surroundings(chosen, book, others.values()))
    doubts = list(doubt_lines(found, made.doubts))
    missing = missing_units(made.unknown_units, book)
    _tell(found, doubts)
    if root:
        tell_missing(missing)
    if format is not None or (output is not None and path is None):
        put(DraftReport(found, made.doubts), format, output)
    elif path is None:
        put_text(plan_text(made, found.source, doubts))
        tell(f"下一步：zhenggai draft {name} -o {PLANS}/{chosen}.yaml，写成方案")
    else:
        file = path / f"{chosen}.yaml" if path.is_dir() else path
        say(write_plan(root, file, plan_text(made, found.source, doubts), missing))
        for sample in _samples(others) if _is_in(root, file) else ():
            tell(f"{sample} 还是 zhenggai init 写的样本，用不着的把这个文件删去")
        tell(f"下一步：{_next_step(root, file, is_whole=not made.doubts)}")
    return Exit.FOUND if made.doubts else Exit.OK


def _tell(found: Draft, doubts: list[str]) -> None:
    """What was found, what was left aside, and what a person must look at."""
    tell(f"找到{counted(found)}")
    if found.aside:
        tell(f"没有收的：{'、'.join(dict.fromkeys(heading for heading, _ in found.aside))}")
    tell("\n".join([f"要您看的 {len(doubts)} 条：", *(f"  {line}" for line in doubts)]) if doubts else "没有疑问")
    measures = [measure for problem in found.problems for measure in problem.measures]
    if unnamed := sum(not (measure.person or measure.leader) for measure in measures):
        tell(f"{unnamed}项措施没有写责任人：各单位认领时写，或写进方案")


def _plans(root: Path | None) -> dict[str, Plan]:
    """The plans that are there, by their paths."""
    found = ((path, load_plan(root, path)[0]) for path in plan_paths(root)) if root else ()
    return {path: plan for path, plan in found if plan}


def _samples(plans: Mapping[str, Plan]) -> Iterator[str]:
    """The plans that nobody has filled in; one of problems alone is no sample."""
    for path, plan in plans.items():
        contents = [measure.content for _, measure in plan.measures()]
        if contents and all(map(is_placeholder, contents)):
            yield path


def _is_in(root: Path | None, file: Path) -> bool:
    """Whether a plan's file lies where the ledger's plans do."""
    return root is not None and file.absolute().parent == root / PLANS


def _next_step(root: Path | None, file: Path, *, is_whole: bool) -> str:
    if not _is_in(root, file):
        return f"用 zhenggai init 建台账，把 {file} 放进它的 {PLANS}/"
    if is_whole:
        return f"zhenggai check --plan {file.stem}，再看 zhenggai status {file.stem}"
    return f"zhenggai edit {file.stem}，把写着“待定”的填好，存盘就检查"
