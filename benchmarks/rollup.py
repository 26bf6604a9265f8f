"""The cost of a roll-up over a hundred counties and ten years: their facts taken in, then five questions, each a cold whole process.

    python benchmarks/rollup.py                                          # a million, ten and a hundred million rows of tasks
    python benchmarks/rollup.py --rows 10000 --folder FOLDER             # FOLDER keeps the facts for the next run (1 GB)
    python benchmarks/rollup.py --engines duckdb spark --write docs/performance.md

The facts are made up (``generated.facts``), no row twice. Cold: what the store has is not in the operating system's memory.
Targets for 100,000,000 rows on two cores: the five questions together 60 s, none above 1 GB, and 11 times what ten million take.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from generated.facts import LIST, Size, write_counties
from processes import Run, Work, run_all
from tabulate import tabulate

from zhenggai.rollup.intake import store_of, take_in
from zhenggai.rollup.rollup_file import read_rollup_file

_ROWS = (10**6, 10**7, 10**8)
_LARGEST = 10**7
"""The most rows that Spark is asked about, unless others are named: on two cores it only loses."""
_HEAD = "## Roll-up"
_INTAKE, _AGAIN = "intake", "intake, nothing new"
_QUESTIONS = ("status", "rank", "overdue", "phase", "trend")
_ENTRIES_A_ROW = 14
_SECONDS, _MEGABYTES, _GROWTH = 60, 1_000, 11


class Measured(NamedTuple):
    """What was measured of a number of rows by an engine: the bytes of the facts, and the runs by name."""

    rows: int
    engine: str
    size: int
    runs: Mapping[str, Run]

    @property
    def questions(self) -> Run:
        """The five questions together: their times added up, the highest of their peaks."""
        runs = [self.runs[name] for name in _QUESTIONS]
        return Run(sum(run.cpu for run in runs), sum(run.wall for run in runs), max(run.peak for run in runs))


def facts_of(folder: Path, rows: int) -> Path:
    """The folder with facts of about this number of rows of tasks, made if it is not there yet."""
    home, unfinished = folder / f"{rows}", folder / f"{rows}.unfinished"
    if not home.exists():
        shutil.rmtree(unfinished, ignore_errors=True)
        # In a process of its own: a child's peak memory is at least its parent's
        subprocess.run([sys.executable, __file__, "--rows", str(rows), "--make", str(unfinished)], check=True)
        unfinished.rename(home)
    return home


def measure(home: Path, rows: int, engine: str) -> Measured:
    """Take the facts in anew, then ask each question once."""
    store = store_of(read_rollup_file(home / LIST))
    shutil.rmtree(store, ignore_errors=True)
    intake = [sys.executable, __file__, "--take-in", str(home / LIST)]
    works = {name: Work(intake, home, lambda: _forget(home)) for name in (_INTAKE, _AGAIN)}
    for name in _QUESTIONS:
        asked = [sys.executable, "-m", "zhenggai", "rollup", LIST, name, "--engine", engine]
        works[name] = Work(asked, home, lambda: _forget(home))
    runs = {}
    for name, work in works.items():
        runs[name] = run_all(work)
        print(f"{datetime.now():%H:%M:%S} {rows:,} rows, {engine}, {name}: {_said(runs[name])}", file=sys.stderr)
    size = sum(path.stat().st_size for path in home.glob("*/*/*.parquet"))
    return Measured(Size.of(rows).rows, engine, size, runs)


def _forget(folder: Path) -> None:
    """Have the operating system drop what it has in memory of the files in a folder."""
    os.sync()
    for path in folder.rglob("*.parquet"):
        file = os.open(path, os.O_RDONLY)
        os.posix_fadvise(file, 0, 0, os.POSIX_FADV_DONTNEED)
        os.close(file)


def _take_in(path: Path) -> None:
    """Take the counties' facts in, in this process, which was started for it alone."""
    file = read_rollup_file(path)
    _, left_out = take_in(file, store_of(file))
    assert not left_out, left_out


def _said(run: Run) -> str:
    return f"{run.wall / 1000:.1f} / {run.cpu / 1000:.1f} s, {run.peak:.0f} MB"


def table(found: Sequence[Measured]) -> str:
    """All runs, a row each piece of work."""
    heads = ("wall / CPU, peak memory", *(f"{one.rows:,} rows, {one.engine}" for one in found))
    names = (_INTAKE, _AGAIN, *_QUESTIONS)
    lines = [(name, *(_said(one.runs[name]) for one in found)) for name in names]
    lines.append(("five questions", *(_said(one.questions) for one in found)))
    return tabulate(lines, heads, "github", disable_numparse=True)


def targets(found: Sequence[Measured]) -> str:
    """What is to be reached at the largest size, and what was; nothing if that size was not measured."""
    by_rows = {one.rows: one.questions for one in found if one.engine == "duckdb"}
    if not {10**7, 10**8} <= by_rows.keys():
        return ""
    large, growth = by_rows[10**8], by_rows[10**8].wall / by_rows[10**7].wall
    limits = (
        ("five questions, 100,000,000 rows, s", _SECONDS, large.wall / 1000),
        ("peak of any, MB", _MEGABYTES, large.peak),
        ("times 10,000,000 rows", _GROWTH, growth),
    )
    lines = [(what, f"≤ {most}", f"{was:.3g}", "yes" if was <= most else "no") for what, most, was in limits]
    return tabulate(lines, ("work", "target", "measured", "reached"), "github", disable_numparse=True)


def extrapolated(found: Sequence[Measured]) -> str:
    """What a thousand million entries take, as a paragraph; nothing if the largest size was not measured."""
    large = next((one for one in found if (one.rows, one.engine) == (10**8, "duckdb")), None)
    if large is None:
        return ""
    rows = 10**9 / _ENTRIES_A_ROW
    return (
        f"A thousand million entries: `facts` makes a row of `tasks` of {_ENTRIES_A_ROW} entries (a generated year of 20,000 entries on 210 tasks:"
        f" 1,453 rows), so that many are some {rows / 1e6:.0f} million rows, fewer than the largest size here; by proportion the five questions"
        f" take {large.questions.wall / 1000 * rows / large.rows:.0f} s. The entries themselves are read by their own counties only, when these publish."
    )


def report(found: Sequence[Measured]) -> str:
    """The section of docs/performance.md."""
    sizes = {one.rows: one.size for one in found}
    said = ", ".join(f"{rows:,} rows {size / 1e6:,.0f} MB" for rows, size in sizes.items())
    return "\n\n".join(
        part
        for part in (
            f"{_HEAD}\n\nWritten by `python benchmarks/rollup.py --write docs/performance.md` on {date.today()}.",
            f"Facts of up to a hundred counties over ten years ({said}), made up, no row twice; counted are the rows of `tasks`."
            " Each run is a whole process, cold (no facts in the operating system's memory), with its child processes, of which what they share counts in each; single runs on"
            f" {os.cpu_count()} cores. `trend` says every week of the ten years, the others the last day.",
            targets(found),
            table(found),
            extrapolated(found),
        )
        if part
    )


def write_section(path: Path, section: str) -> None:
    """Put the section in the place of the one before it, or at the end."""
    text = path.read_text("utf-8")
    before, head, rest = text.partition(f"\n{_HEAD}\n")
    after = re.search(r"^## ", rest, re.MULTILINE) if head else None
    path.write_text(f"{before.rstrip()}\n\n{section}\n" + (f"\n{rest[after.start() :]}" if after else ""), "utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, nargs="+", default=_ROWS)
    parser.add_argument("--engines", nargs="+", default=["duckdb"])
    parser.add_argument("--folder", type=Path, help="a folder to keep the facts in")
    parser.add_argument("--write", type=Path)
    parser.add_argument("--make", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--take-in", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.make:
        write_counties(given.make, Size.of(*given.rows))
        return
    if given.take_in:
        _take_in(given.take_in)
        return
    with TemporaryDirectory() as scratch:
        found = [
            measure(facts_of(given.folder or Path(scratch), rows), rows, engine)
            for engine in given.engines
            for rows in given.rows
            if engine == "duckdb" or rows <= _LARGEST
        ]
    print(section := report(found))
    if given.write:
        write_section(given.write, section)


if __name__ == "__main__":
    main()
