"""Publishes the facts of all plans of a root, from their first day through a day, as a folder of files."""

import os
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final, NamedTuple

from zhenggai import __version__
from zhenggai.errors import Changed, NothingToShow
from zhenggai.facts.activity import entry_counts
from zhenggai.facts.folder import swap_in, written_aside
from zhenggai.facts.manifest import File, Manifest, path_of
from zhenggai.facts.parquet import write_table
from zhenggai.facts.plan_course import course_of, first_day, lives
from zhenggai.facts.plan_facts import phase_facts, problem_facts
from zhenggai.facts.score_facts import Scores
from zhenggai.facts.tables import SCHEMA, TABLES, TaskFact
from zhenggai.facts.task_facts import TaskFacts
from zhenggai.ledger import Ledger, plan_files, refuse_copy
from zhenggai.progress import watched
from zhenggai.reading.data_folders import LEDGERS, PLANS, PRIVATE
from zhenggai.sharing.git import call
from zhenggai.writing.locks import locked

_LOCK: Final = f"{PRIVATE}/facts.lock"
_LOCK_SECONDS: Final = 10.0


class Plans(NamedTuple):
    """The plans of a root.

    - ``commit``, ``dirty``: as of a manifest; taken before any file is read, so that a commit after it is seen;
    - ``ledgers``: those of which facts are published, one at least;
    - ``unread``: those that cannot be read, by the names of their files;
    - ``faults``: why not, and which files are copies of other plans.
    """

    root: Path
    commit: str | None
    dirty: bool
    ledgers: Sequence[Ledger]
    unread: Sequence[str]
    faults: Sequence[NothingToShow]


def open_plans(root: Path, *, verify: bool = False) -> Plans:
    """The plans of a root. Raises the first fault if none can be read."""
    commit, dirty = _commit(root)
    paths = plan_files(root)
    ledgers: list[Ledger] = []
    unread: list[str] = []
    faults: list[NothingToShow] = []
    for path in paths:
        try:
            ledger = Ledger(root, path, verify=verify)
        except NothingToShow as error:
            unread.append(_number(path))
            faults.append(error)
            continue
        try:
            refuse_copy(ledger, paths)
            ledgers.append(ledger)
        except NothingToShow as error:
            faults.append(error)
    if not ledgers:
        raise faults[0]
    return Plans(root, commit, dirty, ledgers, unread, faults)


def _number(path: str) -> str:
    """The number of a plan by the name of its file; bytes that are no text are shown as �."""
    return os.fsencode(Path(path).stem).decode(errors="replace")


def publish(plans: Plans, folder: Path, through: date, county: str | None) -> Manifest:
    """Publish the facts of plans in the place of what ``folder`` has of an earlier day.

    Raises ``NothingToShow`` if no plan has begun by then, ``Changed`` if a commit comes meanwhile.
    """
    root, ledgers = plans.root, plans.ledgers
    since = min(map(first_day, ledgers))
    if since > through:
        raise NothingToShow(f"方案从 {since} 起才有数，{through} 还没有\n  下一步：--through 写晚一些的日子")
    with locked(root, _LOCK, _LOCK_SECONDS, "另一个 zhenggai facts 正在写"), written_aside(folder) as aside:
        files: dict[str, dict[str, File]] = {ledger.plan.number: {} for ledger in ledgers}
        for ledger in watched(ledgers, "报数"):
            number = ledger.plan.number
            for table, rows in _tables(ledger, through):
                files[number][table] = write_table(
                    aside / path_of(table, number), TABLES[table], rows, scratch=root / PRIVATE
                )
        if _commit(root)[0] != plans.commit:
            raise Changed("刚刚取回或提交了新的记录，没有写入\n  下一步：再运行一次")
        manifest = Manifest(
            schema=SCHEMA,
            program=__version__,
            county=county,
            commit=plans.commit,
            dirty=plans.dirty,
            demo=ledgers[0].units.is_demo,
            since=since,
            through=through,
            unread=tuple(plans.unread),
            plans=files,
        )
        swap_in(aside, folder, manifest)
    return manifest


def _commit(root: Path) -> tuple[str | None, bool]:
    """The commit that is checked out, None if it has no plans; and whether the data differ from it."""
    found = call(root, "rev-parse", "--verify", "--quiet", f"HEAD:./{PLANS}")
    if not found.ok:
        return None, False
    head = call(root, "rev-parse", "HEAD").text
    return head or None, bool(call(root, "status", "--porcelain", "-z", "--", PLANS, LEDGERS, seconds=None).data)


def _tables(ledger: Ledger, through: date) -> Iterator[tuple[str, Iterable[tuple[Any, ...]]]]:
    """The rows of each table of a plan. Those of tasks must be taken before those of scores: both come from one fold."""
    course = course_of(ledger, through)
    tasks, scores = TaskFacts(course), Scores(course)

    def folded() -> Iterator[TaskFact]:
        for life in lives(course):
            scores.take(life)
            yield from tasks.of(life)

    yield "tasks", folded()
    yield "problems", problem_facts(course)
    yield "phases", phase_facts(course)
    yield "scores", scores.facts()
    yield "activity", entry_counts(ledger, through)
