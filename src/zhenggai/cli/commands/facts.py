"""``zhenggai facts``: publishes the facts of all plans in a folder, for a roll-up of several counties."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from zhenggai.cli import clock
from zhenggai.cli.destination import refuse_calendar, refuse_places
from zhenggai.cli.list_options import settled
from zhenggai.cli.offers import FOLDERS
from zhenggai.cli.options import MORE, FormatOption, VerifyOption, day_option, text_option
from zhenggai.cli.output import put, say_diagnostics, tell
from zhenggai.errors import Exit, UsageError
from zhenggai.facts.database import require_duckdb
from zhenggai.facts.folder import refuse_folder
from zhenggai.facts.manifest import NAME, Manifest
from zhenggai.facts.publish import open_plans, publish
from zhenggai.ledger import Ledger
from zhenggai.model.names import name_fault
from zhenggai.reading.data_folders import root_of
from zhenggai.render import FORMATS, format_of_file
from zhenggai.views.facts import PlanFacts, Published


def facts(
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", "--输出", help="写在哪个文件夹；再写一次就换成新的", metavar="文件夹", show_default=False
        ),
        FOLDERS,
    ] = None,
    through: Annotated[
        date | None, day_option("--through", "--到", about="报到哪一天，默认今天；演示台账是最近一条记录那天")
    ] = None,
    county: Annotated[
        str | None, text_option("--county", "--县", about="县的名称，汇总时核对用", metavar="名称")
    ] = None,
    format: FormatOption = None,  # noqa: A002  # the option's own name
    force: Annotated[
        bool, typer.Option("--force", "--强制", help="文件夹里有别的东西也写", rich_help_panel=MORE)
    ] = False,
    verify: VerifyOption = False,
) -> Exit:
    """例：zhenggai facts -o ../报数　　zhenggai 报数 -o ../报数 --县 清河县　　zhenggai facts -o ../报数 --through 2020-12-31

    只写数，不写记录的文字、人名、佐证。
    """
    if output is None:
        raise UsageError("没有写明写在哪个文件夹\n  下一步：zhenggai facts -o ../报数")
    _refuse_format(format)
    require_duckdb("报数")
    if county is not None and (fault := name_fault(county)):
        raise UsageError(f"县的名称{fault}，没有写入\n  下一步：--county 清河县，或不写")
    if output.suffix and format_of_file(output) and not output.is_dir():
        raise UsageError(
            f"{output} 是文件的名字，报数写成文件夹，没有写入\n  下一步：zhenggai facts -o {output.with_suffix('')}"
        )
    refuse_places([output / NAME], tracked_too=False)  # a folder that git tracks is one way to hand the facts on
    refuse_folder(output, force=force)
    folder = output
    return settled(lambda: _published(folder, through, county, format, verify=verify))


def _refuse_format(name: str | None) -> None:
    """Refuse a format for what is shown that cannot be: none is written into a file."""
    if name is not None and FORMATS[name].binary:
        raise UsageError(f"{name} 格式不能显示，没有写入\n  下一步：去掉 --format，或写 --format json")
    refuse_calendar(None, name)


def _published(folder: Path, day: date | None, county: str | None, format_name: str | None, *, verify: bool) -> Exit:
    plans = open_plans(root_of(Path.cwd()), verify=verify)
    through = _last_day(plans.ledgers, day)
    snapshots = [ledger.snapshot(through) for ledger in plans.ledgers]
    errors = dict.fromkeys(e for ledger, s in zip(plans.ledgers, snapshots, strict=True) for e in ledger.errors(s))
    manifest = publish(plans, folder, through, county)
    of_plans = (_of_plan(snapshot.plan.number, len(snapshot.tasks), manifest) for snapshot in snapshots)
    put(Published(manifest, str(folder), tuple(of_plans)), format_name, None)
    for fault in plans.faults:
        tell(str(fault))
    return max(say_diagnostics(tuple(errors)), Exit.FOUND if plans.faults else Exit.OK)


def _last_day(ledgers: Sequence[Ledger], day: date | None) -> date:
    """The day until which facts are published: ``day``, else today, of a demonstration ledger that of its last entry."""
    today = max(clock.today(ledger.plan) for ledger in ledgers)
    if day is not None:
        if day > today:
            raise UsageError(f"--through {day} 还没有到，今天是 {today}\n  下一步：写今天或以前的日子")
        return day
    if not ledgers[0].units.is_demo:
        return today
    last = [entry for ledger in ledgers if (entry := ledger.snapshot(today).last_entry)]
    return min(today, max(last, default=today))


def _of_plan(number: str, tasks: int, manifest: Manifest) -> PlanFacts:
    files = manifest.plans[number].values()
    return PlanFacts(number, tasks, sum(file.rows for file in files), sum(file.bytes for file in files))
