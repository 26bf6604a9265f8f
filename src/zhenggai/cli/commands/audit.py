"""``zhenggai audit``: finds commits that change or delete shared entries, or write where their author may not."""

import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from zhenggai.audit.audit_run import audit_history, audit_push, audit_range
from zhenggai.audit.audit_state import DAYS
from zhenggai.cli import clock
from zhenggai.cli.destination import check_destination
from zhenggai.cli.options import ForceOption, FormatOption, OutputOption, day_option, number_option, text_option
from zhenggai.cli.output import put, say, tell
from zhenggai.errors import Exit, UsageError
from zhenggai.model.observation import Audit
from zhenggai.reading.data_folders import root_of
from zhenggai.sharing.git import path_text
from zhenggai.sharing.history import is_bare
from zhenggai.views.audit import AuditReport, notes, refusal

_WIDEST = 160  # characters of a line that git prints after "remote: "


def audit(
    within: Annotated[
        str | None,
        text_option("--range", "--范围", about="只核对这一段提交：旧提交..新提交", metavar="范围"),
    ] = None,
    pre_receive: Annotated[
        bool,
        typer.Option("--pre-receive", "--收推送", help="供服务器的 pre-receive 钩子用：从标准输入读各行“旧 新 分支”"),
    ] = False,
    days: Annotated[
        int,
        number_option("--days", "--天数", about=f"记录日与提交日相差几天以内不提，默认 {DAYS}", metavar="天数", low=0),
    ] = DAYS,
    since: Annotated[date | None, day_option("--since", "--自", about="只列这一天及以后的提交")] = None,
    anew: Annotated[bool, typer.Option("--all", "--重来", help="不用上次核对的结果，全部重读")] = False,
    format: FormatOption = None,  # noqa: A002  # the option's own name
    output: OutputOption = None,
    force: ForceOption = False,
) -> Exit:
    """没有问题就什么也不说，退出码 0；有错误退出码 1，只有疑点退出码 0。

    例：zhenggai audit　　zhenggai audit --range origin/main..HEAD
    """
    check_destination(output, format, force)
    if pre_receive:
        if within is not None or output is not None or format is not None:
            raise UsageError("--pre-receive 不和 --range、--format、--output 同用")
        return _answer_push(days)
    root = _root()
    if within is not None:
        found = audit_range(root, within, clock.now(), days=days)
    else:
        found = audit_history(root, days=days, anew=anew)
    return _answer(_since(found, since), format, output)


def _root() -> Path:
    here = Path.cwd()
    return here if is_bare(here) else root_of(here)


def _since(found: Audit, day: date | None) -> Audit:
    if day is None:
        return found
    return replace(found, observations=tuple(seen for seen in found.observations if seen.day >= day))


def _answer(found: Audit, format_name: str | None, output: Path | None) -> Exit:
    if format_name is not None or output is not None:
        put(AuditReport(found), format_name, output)
    else:
        for seen in found.observations:
            say(str(seen))
        for note in notes(found):
            tell(note)
    if found.observations:
        tell(f"核对了 {found.commits} 次提交：错误 {found.errors} 处，疑点 {len(found.observations) - found.errors} 处")
    return Exit.FOUND if found.errors else Exit.OK


def _answer_push(days: int) -> Exit:
    """Audit a push in the server's pre-receive hook. git shows the output to the user who pushes.

    The hook runs with the bare repository as current folder.
    """
    lines = [path_text(line) for line in sys.stdin.buffer.read().splitlines()]
    pushed = audit_push(Path.cwd(), lines, clock.now(), days=days)
    for line in refusal(pushed, _WIDEST):
        tell(line)
    return Exit.FOUND if any(found.errors for _, found in pushed) else Exit.OK
