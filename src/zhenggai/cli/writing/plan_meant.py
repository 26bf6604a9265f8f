"""Which of several plans a command writes in: the one that is named, the only one that it can be, or the answer to a question."""

import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from zhenggai.cli import clock
from zhenggai.cli.output import tell
from zhenggai.cli.writing import prompts
from zhenggai.cli.writing.choices import Choice
from zhenggai.ledger import Ledger, plan_files, several_plans
from zhenggai.model.numbers import measure_number
from zhenggai.reading.data_folders import root_of
from zhenggai.rules.day.snapshot import Snapshot
from zhenggai.views.selection import records_ending

_ENTRY = re.compile("[0-9a-z-]{4,}")  # what the end of an entry's number looks like


def ledger_meant(
    start: Path,
    plan: str | None,
    texts: Sequence[str],
    unit_of: Callable[[Path], str | None] = lambda _: None,
    *,
    of_unit: bool = False,
) -> Ledger:
    """The ledger that a command writes in. A plan that was not named is told of, unless there is only one.

    It is the only plan that has the measure, problem or entry that one of ``texts`` is the number of; of several, the only
    one that gives the measure to the user's unit (``unit_of`` the root), or with ``of_unit`` any task. Else the user is
    asked; without a terminal, raises ``UsageError``.
    """
    root = root_of(start)
    paths = plan_files(root, plan)
    if len(paths) == 1:
        return Ledger(root, paths[0])
    ledgers = [Ledger(root, path) for path in paths]
    number, having = _having(ledgers, texts)
    if len(having) > 1 and (of_unit or measure_number(number)) and (unit := unit_of(root)):
        having = [ledger for ledger in having if _has_task(ledger, unit, number)] or having
    chosen = having[0] if len(having) == 1 else _asked(having)
    tell(f"方案：{Path(chosen.path).stem} {chosen.plan.title}")
    return chosen


def texts_in(options: Mapping[str, Any]) -> list[str]:
    """The texts among the values of a command's options and arguments, in order."""
    values = (value if isinstance(value, list) else [value] for value in options.values())
    return [text for texts in values for text in texts if isinstance(text, str)]


def _having(ledgers: Sequence[Ledger], texts: Sequence[str]) -> tuple[str, list[Ledger]]:
    """The first text that is a number in any of the plans, and the ledgers in which it stands; else "" and all ledgers."""
    for text in texts:
        if found := [ledger for ledger in ledgers if _stands(text.strip(), ledger)]:
            return text, found
    return "", list(ledgers)


def _stands(text: str, ledger: Ledger) -> bool:
    """Whether a text is the number of a measure or problem of the plan, or the end of that of an entry."""
    if measure := measure_number(text):
        return measure in ledger.plan.measure_by_number
    if text.isdecimal() and any(str(problem.number) == text for problem in ledger.plan.problems):
        return True
    return bool(_ENTRY.fullmatch(text.lower()) and records_ending(_today(ledger), text))


def _has_task(ledger: Ledger, unit: str, number: str) -> bool:
    """Whether a unit has a task of the measure, or any task."""
    snapshot = _today(ledger)
    name, measure = snapshot.unit_name(unit), measure_number(number)
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
