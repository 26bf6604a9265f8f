"""The cost of ``facts`` beside that of ``status``, both with nothing kept: whole processes, CPU and peak memory.

    python benchmarks/facts.py                                   # counties of 20k and 100k entries, tasks of 1k and 10k
    python benchmarks/facts.py --sizes 20000 100000 500000 --write docs/performance.md
    python benchmarks/facts.py --sizes 3000 --entries-of-one-task 200 --rounds 1

Targets: twice ``status``, and linear in entries, also of one task. ``--data`` keeps the counties for the next run.
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import NamedTuple

from page import put
from processes import Run, Work, in_alternation, median
from tabulate import tabulate

TITLE = "The facts that a county publishes"
PROGRAM = (sys.executable, "-m", "zhenggai")
MAKE = "from facts import make; import sys; make(*sys.argv[1:])"  # in a process of its own: a child's peak is at least its parent's


class Case(NamedTuple):
    """A repository to measure on: a county, or one task that is plain or recurring."""

    kind: str
    entries: int

    @property
    def name(self) -> str:
        return f"{self.kind}, {self.entries:,} entries"


COUNTY, PLAIN, RECURRING = "a county", "one task", "one recurring task"


def make(folder: str, kind: str, entries: str) -> None:
    """Write the repository of a case, with its only commit, unless it is there."""
    from generated.one_task import write_one_task
    from generated.year import write_year

    root = Path(folder)
    if not (root / ".git").exists():
        shutil.rmtree(root, ignore_errors=True)
        if kind == COUNTY:
            write_year(root, int(entries))
        else:
            write_one_task(root, int(entries), recurring=kind == RECURRING)
        author = ("-c", "user.name=x", "-c", "user.email=u5@x.example")
        for command in (["init", "-q"], ["add", "."], [*author, "commit", "-qm", "x"]):
            subprocess.run(["git", *command], cwd=root, check=True)


class Measured(NamedTuple):
    """The medians of a case, and the bytes that were published."""

    case: Case
    status: Run
    facts: Run
    published: int

    @property
    def ratio(self) -> float:
        return self.facts.cpu / self.status.cpu


def measured(case: Case, data: Path, rounds: int) -> Measured:
    """Measure both commands in alternation, each with nothing kept."""
    home = data / f"{case.kind} {case.entries}"
    root, out = home / "county", home / "facts"
    subprocess.run(
        [sys.executable, "-c", MAKE, str(root), case.kind, str(case.entries)], cwd=Path(__file__).parent, check=True
    )
    forget = partial(shutil.rmtree, root / ".zhenggai", ignore_errors=True)
    works = {
        "status": Work([*PROGRAM, "status"], root, forget),
        "facts": Work([*PROGRAM, "facts", "-o", str(out)], root, forget),
    }
    found = {name: median(runs) for name, runs in in_alternation(works, rounds).items()}
    return Measured(case, found["status"], found["facts"], sum(path.stat().st_size for path in out.rglob("*.parquet")))


def table(results: Sequence[Measured]) -> str:
    rows = [
        (
            r.case.name,
            f"{r.status.cpu / 1000:.2f}",
            f"{r.facts.cpu / 1000:.2f}",
            f"{r.ratio:.2f}",
            f"{r.facts.cpu * 1000 / r.case.entries:.0f}",
            f"{r.status.peak:.0f}; {r.facts.peak:.0f}",
            f"{r.published / 1000:,.0f}",
        )
        for r in results
    ]
    heads = ("", "`status`, s", "`facts`, s", "×", "µs an entry", "peak MB, both", "published, kB")
    return tabulate(rows, heads, "github", disable_numparse=True, colalign=("left", *["right"] * 6))


def growth(results: Sequence[Measured]) -> Iterator[str]:
    """How the cost grows from the smallest case of a kind to its largest."""
    for kind in (COUNTY, PLAIN, RECURRING):
        of_kind = [r for r in results if r.case.kind == kind]
        if len(of_kind) > 1:
            least, most = of_kind[0], of_kind[-1]
            more = most.case.entries / least.case.entries
            yield f"{kind}: {more:g} × the entries, {most.facts.cpu / least.facts.cpu:.1f} × the CPU"


def report(results: Sequence[Measured], rounds: int) -> str:
    grown = "; ".join(growth(results))
    return "\n".join(
        (
            f"({date.today()}, `python benchmarks/facts.py`): `facts -o` beside `status`, both with nothing kept and on the",
            f"same repository, CPU of whole processes, medians of {rounds}. Targets: 2 ×, and linear in entries, also of one task.",
            "",
            table(results),
            "",
            f"Growth: {grown}." if grown else "",
        )
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=(20_000, 100_000))
    parser.add_argument("--entries-of-one-task", type=int, nargs="+", default=(1_000, 10_000))
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--data", type=Path, help="a folder to keep the counties in")
    parser.add_argument("--write", type=Path, metavar="PAGE")
    given = parser.parse_args()
    cases = [Case(COUNTY, size) for size in given.sizes]
    cases += [Case(kind, entries) for kind in (PLAIN, RECURRING) for entries in given.entries_of_one_task]
    results: list[Measured] = []
    with tempfile.TemporaryDirectory() as scratch:
        for case in cases:
            results.append(measured(case, (given.data or Path(scratch)).absolute(), given.rounds))
            print(f"{case.name}: × {results[-1].ratio:.2f}", file=sys.stderr)
    text = report(results, given.rounds)
    print(text)
    if given.write:
        put(given.write, TITLE, text)


if __name__ == "__main__":
    main()
