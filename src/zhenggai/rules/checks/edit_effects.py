"""The consequences of a change to the plan or the unit book: new faults, and tasks that differ."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from zhenggai.frozen import frozen
from zhenggai.model.book import Book
from zhenggai.model.source import Diagnostic
from zhenggai.rules.checks import deadlines, reviewers
from zhenggai.rules.checks.promises import PROBLEMS_HAVE_MEASURES
from zhenggai.rules.checks.table import CHECKS
from zhenggai.rules.day.digest import measure_digest
from zhenggai.rules.day.money_sums import MoneySums, plan_money
from zhenggai.rules.day.snapshot import Snapshot, SnapshotTask
from zhenggai.rules.day.state import state
from zhenggai.rules.plan.plan_on_day import plan_at
from zhenggai.rules.task.steps import steps_of


@frozen
class Consequences:
    """The consequences of a change, as of a day.

    - ``came``: tasks that exist only after the change; ``went``: tasks that exist only before it;
    - ``changed``: tasks with another due date or holder, or with other steps, as pairs (before, after);
    - ``suspect``: completed tasks whose measure now asks for something else;
    - ``money``: the sums of the whole plan before and after;
    - ``objections``: new faults of the plan;
    - ``refusals``: entries that the fold newly refuses.
    """

    came: tuple[SnapshotTask, ...]
    went: tuple[SnapshotTask, ...]
    changed: tuple[tuple[SnapshotTask, SnapshotTask], ...]
    suspect: tuple[SnapshotTask, ...]
    money: tuple[MoneySums, MoneySums]
    objections: tuple[Diagnostic, ...]
    refusals: tuple[Diagnostic, ...]


def consequences_of(before: Book, after: Book, day: date) -> Consequences:
    """The consequences, as of ``day``, of a change from ``before`` to ``after``."""
    old, new = state(before, day), state(after, day)
    was, now = ({task.key: task for task in snapshot.tasks} for snapshot in (old, new))
    kept = [(was[key], now[key]) for key in now if key in was]
    return Consequences(
        came=tuple(task for key, task in now.items() if key not in was),
        went=tuple(task for key, task in was.items() if key not in now),
        changed=tuple((a, b) for a, b in kept if _followed(a) != _followed(b)),
        suspect=tuple(a for a, b in kept if a.head.is_complete and measure_digest(a.task) != measure_digest(b.task)),
        money=(plan_money(old).whole, plan_money(new).whole),
        objections=_more(_faults(before, old), _faults(after, new)),
        refusals=_more(old.diagnostics, new.diagnostics),
    )


def _followed(task: SnapshotTask) -> tuple[object, ...]:
    """What is followed of a task: its due date, its unit, its steps."""
    return task.head.due, task.unit, steps_of(task.task, task.head)


def _faults(book: Book, snapshot: Snapshot) -> Iterator[Diagnostic]:
    """The faults of the plan as written, and of its deadlines and reviewers as in force on the day."""
    for check in CHECKS:
        if check is not PROBLEMS_HAVE_MEASURES:  # a person adds a problem before its measures
            yield from check.in_plan(book)
    yield from deadlines.CHECK.in_plan(replace(book, plan=plan_at(book.plan, snapshot.as_of, date.max)))
    yield from reviewers.CHECK.in_ledger(book, snapshot)


def _more(before: Iterable[Diagnostic], after: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The diagnostics of ``after`` that are not in ``before``, each once. Line numbers are ignored, since lines may shift."""
    known = Counter((p.check, p.what) for p in before)
    found: dict[tuple[str, str], Diagnostic] = {}
    for diagnostic in after:
        called = (diagnostic.check, diagnostic.what)
        known[called] -= 1
        if known[called] < 0:
            found.setdefault(called, diagnostic)
    return tuple(found.values())
