"""``zhenggai check``: lists all diagnostics of the files, each with file, line and remedy."""

from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from zhenggai.cli import clock
from zhenggai.cli.destination import check_destination
from zhenggai.cli.offers import CHECKS
from zhenggai.cli.options import (
    AsOfOption,
    ForceOption,
    FormatOption,
    NoPagerOption,
    OutputOption,
    PlanOption,
    VerifyOption,
)
from zhenggai.cli.output import diagnostic_line, put, put_text, tell
from zhenggai.errors import Exit
from zhenggai.ledger import MAKE_PLAN
from zhenggai.ledger.whole import DayOf, check_root, keeps_from_sharing
from zhenggai.model.source import Diagnostic, Level
from zhenggai.reading.data_folders import plan_paths, root_of
from zhenggai.views.check import Diagnostics

if TYPE_CHECKING:
    from zhenggai.views.check_guide import CheckGuide, CheckList


def check(
    strict: Annotated[bool, typer.Option("--strict", "--从严", help="警告和疑点也算不合格")] = False,
    staged: Annotated[bool, typer.Option("--staged", "--暂存", help="只查要提交（git 已暂存）的文件")] = False,
    list_checks: Annotated[bool, typer.Option("--list", "--列出", help="列出有哪些检查")] = False,
    explain: Annotated[
        str | None, typer.Option("--explain", "--解释", metavar="名称", help="一项检查查什么、怎么改，附例子"), CHECKS
    ] = None,
    plan: PlanOption = None,
    as_of: AsOfOption = None,
    no_pager: NoPagerOption = False,
    verify: VerifyOption = False,
    format: FormatOption = None,  # noqa: A002  # the option's own name
    output: OutputOption = None,
    force: ForceOption = False,
) -> Exit:
    """没有问题就什么也不说，退出码 0。

    例：zhenggai check　　zhenggai check --strict --format json　　zhenggai check --staged　　zhenggai check --explain 时限
    """
    check_destination(output, format, force)
    if list_checks or explain is not None:
        put(_guide(explain), format, output)
        return Exit.OK
    start, day = Path.cwd(), as_of or clock.today
    diagnostics = (
        _staged_diagnostics(start, plan, day) if staged else check_root(start, plan, day, clock.today, verify=verify)
    )
    if format is not None or output is not None:
        put(Diagnostics(diagnostics), format, output)
    else:
        put_text("".join(f"{diagnostic_line(diagnostic)}\n" for diagnostic in diagnostics))
    if not staged and not plan_paths(root_of(start)):
        tell(f"plans/ 里还没有方案，只查了单位册\n  {MAKE_PLAN}")
    counts = Counter(diagnostic.level for diagnostic in diagnostics)
    if diagnostics:
        tell("，".join(f"{level} {counts[level]} 处" for level in Level))
    if any(diagnostic.is_mendable for diagnostic in diagnostics):
        tell("下一步：写有“正确写法”的，可用 zhenggai fmt --mend 一并改正")
    return Exit.FOUND if counts[Level.ERROR] or (strict and diagnostics) else Exit.OK


def _guide(name: str | None) -> "CheckList | CheckGuide":
    """The list of checks, or the one of that name."""
    from zhenggai.ledger.check_explanation import explain  # here, since only these options need samples and views
    from zhenggai.views.check_guide import CheckGuide, CheckList

    return CheckList() if name is None else CheckGuide(explain(name))


def _staged_diagnostics(start: Path, plan: str | None, as_of: date | DayOf) -> tuple[Diagnostic, ...]:
    """The diagnostics of the files that are staged in git, in their staged version."""
    from zhenggai.sharing.staged import staged_roots  # imported here: only ``--staged`` needs git

    with staged_roots(start) as roots:
        return tuple(
            replace(
                diagnostic,
                source=diagnostic.source._replace(path=root.below + diagnostic.source.path),
                level=Level.ERROR if keeps_from_sharing(diagnostic) else diagnostic.level,
            )
            for root in roots
            for diagnostic in check_root(root.folder, plan, as_of, clock.today, evidence_in=root.changed)
            if diagnostic.source.path in root.changed
        )
