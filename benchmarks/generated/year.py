"""Writes a county's year as a repository, with records from one seed."""

import random
from collections.abc import Iterator
from pathlib import Path

from generated.county import PLAN, Size, write_books
from generated.lives import WRITER, Lives, Recorded
from zhenggai.model.numbers import recorded_on
from zhenggai.reading.canonical_form import entry_text
from zhenggai.reading.load import load_plan, load_units
from zhenggai.rules.task.task import Task
from zhenggai.rules.task.tasks import tasks_of


def write_year(root: Path, entries: int, seed: int = 1, measures: int | None = None) -> list[Recorded]:
    """Write a repository with this number of entries (within 1 %) to a new root. Returns the records."""
    size = Size.of(entries) if measures is None else Size(Size.of(entries).units, measures)
    write_books(root, size, seed)
    records = sorted(_records(_tasks(root), entries, seed), key=lambda r: r.entry.number)
    files: dict[Path, list[str]] = {}
    for recorder, entry in records:
        month = f"{recorded_on(entry.number):%Y-%m}"
        path = root / "ledgers" / PLAN / recorder / f"{month}.{WRITER}.aa.yaml"
        files.setdefault(path, []).append(entry_text(entry))
    for path, texts in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes("".join(texts).encode())
    return records


def _tasks(root: Path) -> tuple[Task, ...]:
    plan, diagnostics = load_plan(root, f"plans/{PLAN}.yaml")
    units, more = load_units(root)
    assert plan is not None, diagnostics
    assert not (*diagnostics, *more)
    return tasks_of(plan, units, plan.issued)


def _records(tasks: tuple[Task, ...], entries: int, seed: int) -> Iterator[Recorded]:
    """The entries of all tasks. The number of reports for a task is chosen so that ``entries`` is reached."""
    lives = Lives(random.Random(seed))
    left = entries
    for nth, task in enumerate(tasks):
        reports = max(left // (len(tasks) - nth) - 6, 1)
        for recorded in lives.of(task, lives.draw.randint(reports // 2, reports + reports // 2)):
            left -= 1
            yield recorded
