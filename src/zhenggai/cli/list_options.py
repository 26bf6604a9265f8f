"""The options that all lists share: plan, filters, days, format, file. ``listing`` adds them to a command."""

from collections.abc import Callable
from datetime import date
from functools import cached_property, partial
from pathlib import Path
from typing import Annotated, Concatenate, ParamSpec

import typer

from zhenggai.cli import clock
from zhenggai.cli.destination import check_destination
from zhenggai.cli.options import (
    AsOfOption,
    ForceOption,
    FormatOption,
    KnownByOption,
    OutputOption,
    PhaseOption,
    PlanOption,
    ProblemOption,
    UnitOption,
    given,
    text_option,
)
from zhenggai.cli.output import put, say_diagnostics
from zhenggai.errors import Exit
from zhenggai.frozen import frozen
from zhenggai.ledger import Ledger, open_ledger
from zhenggai.render import Report
from zhenggai.rules.day.snapshot import Snapshot
from zhenggai.views.selection import Selection, select, state_words

P = ParamSpec("P")

STATES_ABOUT = "、".join(state_words())
StateOption = Annotated[
    str | None, text_option("--state", "--状态", about=f"只看这个状态：{STATES_ABOUT}", metavar="状态")
]
VerifyOption = Annotated[bool, typer.Option("--verify", "--核对", help="不凭索引，把文件逐个重读、一切重新推算")]


@frozen(slots=False)
class Asked:
    """The values of a list's options, and the open ledger."""

    ledger: Ledger
    selection: Selection
    as_of: date
    is_dated: bool  # --as-of was given; else ``as_of`` is today
    known_by: date
    format: str | None
    output: Path | None
    force: bool

    @cached_property
    def whole(self) -> Snapshot:
        """The snapshot as of the day, without filters."""
        return self.ledger.snapshot(self.as_of, self.known_by)

    def snapshot(self) -> Snapshot:
        """The snapshot as of the day, with the filters applied."""
        return select(self.whole, self.selection)

    def answer(self, report: Report, snapshot: Snapshot) -> Exit:
        """Output the report, then print the errors in the data. Returns the exit code."""
        errors = self.ledger.errors(snapshot)  # before the output: a query of the index may start over
        put(report, self.format, self.output)
        return say_diagnostics(errors)


def _ask(
    plan: PlanOption = None,
    unit: UnitOption = None,
    problem: ProblemOption = None,
    phase: PhaseOption = None,
    state: StateOption = None,
    as_of: AsOfOption = None,
    known_by: KnownByOption = None,
    format: FormatOption = None,  # noqa: A002  # the option's own name
    output: OutputOption = None,
    force: ForceOption = False,
    verify: VerifyOption = False,
    *,
    checks_output: bool,
) -> Asked:
    if checks_output:
        check_destination(output, format, force)
    ledger = open_ledger(Path.cwd(), plan, verify=verify)
    return Asked(
        ledger=ledger,
        selection=Selection(unit, problem, phase, state),
        as_of=as_of or clock.today(ledger.plan),
        is_dated=as_of is not None,
        known_by=known_by or date.max,
        format=format,
        output=output,
        force=force,
    )


def listing(*, without: tuple[str, ...] = ()) -> Callable[[Callable[Concatenate[Asked, P], Exit]], Callable[..., int]]:
    """A decorator that adds the options of all lists to a command. The function gets them as its first argument, ``Asked``.

    ``without`` names options that the command gives another meaning; a command with its own ``output`` checks it itself.
    """
    ask = partial(_ask, checks_output="output" not in without)
    return given(ask, (*without, "checks_output"))
