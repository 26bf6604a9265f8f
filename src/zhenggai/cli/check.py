"""``zhenggai check``: everything wrong or suspicious, with file and line."""

import sys
from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from zhenggai.cli import clock
from zhenggai.cli.options import AsOfOption, FormatOption, OutputOption, PlanOption
from zhenggai.cli.output import problem_line, put, tell
from zhenggai.errors import Exit
from zhenggai.ledger import check_root
from zhenggai.model.source import Level
from zhenggai.views.problems import Problems


def check(
    strict: Annotated[bool, typer.Option("--strict", "--从严", help="警告和疑点也算不合格")] = False,
    plan: PlanOption = None,
    as_of: AsOfOption = None,
    format: FormatOption = None,  # noqa: A002  # the option's own name
    output: OutputOption = None,
) -> Exit:
    """没有问题就什么也不说，退出码 0。

    例：zhenggai check　　zhenggai check --strict --format json
    """
    problems = check_root(Path.cwd(), plan, as_of or clock.today())
    if format is not None or output is not None:
        put(Problems(problems), format, output)
    else:
        sys.stdout.writelines(f"{problem_line(problem)}\n" for problem in problems)
    counts = Counter(problem.level for problem in problems)
    if problems:
        tell("，".join(f"{level} {counts[level]} 处" for level in Level))
    return Exit.FOUND if counts[Level.ERROR] or (strict and problems) else Exit.OK
