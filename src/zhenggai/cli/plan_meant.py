"""Which of several plans a command for one plan means: the only one that it can be, or the answer to a question."""

from collections.abc import Callable, Sequence
from pathlib import Path

from zhenggai.cli import clock
from zhenggai.cli.output import tell
from zhenggai.cli.writing import prompts
from zhenggai.cli.writing.choices import Choice
from zhenggai.errors import NothingToShow
from zhenggai.ledger import Ledger, several_plans
from zhenggai.model.numbers import measure_number
from zhenggai.rules.day.snapshot import Snapshot
from zhenggai.views.selection import records_ending


def ledger_meant(
    root: Path,
    paths: Sequence[str],
    numbers: Sequence[str | None] = (),
    entry: str | None = None,
    unit_of: Callable[[Path], str | None] = lambda _: None,
    *,
    of_unit: bool = False,
) -> Ledger:
    """The ledger that a command means, of the plans in ``paths``. Prints which it is where several could be meant.

    It is the only plan that has the measures or problems with these ``numbers``, or the ``entry`` whose number ends so; of
    several, the only one that gives the measure to the user's unit (``unit_of`` the root), or with ``of_unit`` any task.
    Else the user is asked; without a terminal, raises ``UsageError``. A plan that cannot be read is passed over.
    """
    if len(paths) == 1:
        return Ledger(root, paths[0])
    having = _readable(root, paths)
    named = [number for number in numbers if number]
    for number in named:
        having = [ledger for ledger in having if _has_number(ledger, number)] or having
    if entry:
        having = [ledger for ledger in having if records_ending(_today(ledger), entry)] or having
    measure = next(filter(None, map(measure_number, named)), None)
    if len(having) > 1 and (of_unit or measure) and (unit := unit_of(root)):
        having = [ledger for ledger in having if _has_task(ledger, unit, measure)] or having
    chosen = having[0] if len(having) == 1 else _asked(having)
    tell(f"方案：{Path(chosen.path).stem} {chosen.plan.title}")
    return chosen


def numbers_in(words: Sequence[str | None]) -> list[str]:
    """The words that are numbers of measures or problems."""
    return [word for word in words if word and (word.isdecimal() or measure_number(word))]


def _readable(root: Path, paths: Sequence[str]) -> list[Ledger]:
    """The ledgers whose plans can be read; the error of the first plan if none can."""
    found: list[Ledger] = []
    faults: list[NothingToShow] = []
    for path in paths:
        try:
            found.append(Ledger(root, path))
        except NothingToShow as error:
            faults.append(error)
    if not found:
        raise faults[0]
    return found


def _has_number(ledger: Ledger, number: str) -> bool:
    """Whether a plan has the measure, or the problem, with a number."""
    if measure := measure_number(number):
        return measure in ledger.plan.measure_by_number
    return any(str(problem.number) == number for problem in ledger.plan.problems)


def _has_task(ledger: Ledger, unit: str, measure: str | None) -> bool:
    """Whether a unit has a task of the measure; without one, any task."""
    snapshot = _today(ledger)
    name = snapshot.unit_name(unit)
    return any(
        name in (task.given, task.unit, snapshot.assessor(task)) and measure in (None, task.measure)
        for task in snapshot.tasks
    )


def _today(ledger: Ledger) -> Snapshot:
    return ledger.snapshot(clock.today(ledger.plan))


def _asked(ledgers: Sequence[Ledger]) -> Ledger:
    by_number = {Path(ledger.path).stem: ledger for ledger in ledgers}
    if not prompts.at_terminal():
        raise several_plans([ledger.path for ledger in ledgers])
    choices = [Choice(number, ledger.plan.title) for number, ledger in by_number.items()]
    return by_number[prompts.ask("哪个方案", prompts.one_of(list(by_number)), choices=choices)]
