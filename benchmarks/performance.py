"""The cost of the commands on a county's year, cold and warm, compared with other programs on the same records.

    python benchmarks/performance.py                        # 10k, 100k, 500k entries and 2,000 measures; some 40 minutes
    python benchmarks/performance.py --sizes 10000 --rounds 1 --slow-rounds 1
    python benchmarks/performance.py --write docs/performance.md

A county is made from one seed (``generated``), and the journals of the other programs (peers) from the same records.
``--data`` keeps both for the next run. Every round runs each command once. The results are medians of ``--rounds`` for fast
commands and of ``--slow-rounds`` for commands that take seconds. Measured is the wheel of this project, installed into a new
environment with compiled bytecode; with ``--here``, the program beside this interpreter. Peers that are not installed are
left out.
"""

import argparse
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

from generated.county import LAST, PLAN
from generated.year import write_year
from processes import PASS, Run, Work, in_alternation, median, run
from tabulate import tabulate

from zhenggai.model.numbers import entry_number

ROOT = Path(__file__).resolve().parent.parent
SIZES = (10_000, 100_000, 500_000)
MANY = 2_000  # measures of the plan with many measures
UNIT, MEASURE, WRITER = "第001局", "2-2", "办公室"
SETTLED = 2.5  # seconds after a write before the index trusts the file's stamp
FULL = 1_000  # entries in the file that ``add`` appends to
SHIPPED = ("--as-of", "2020-06-30")

Medians = Mapping[str, Run]


# --- measuring


def home_of(folder: Path, entries: int, measures: int | None) -> Path:
    """The folder of a county and its journals."""
    return folder / (f"{entries}" if measures is None else f"{entries}x{measures}")


def county(folder: Path, entries: int, measures: int | None) -> Path:
    """The git repository of a county, with the peers' journals beside it. It is made only if it is missing."""
    home = home_of(folder, entries, measures)
    if not (home / "done").exists():
        shutil.rmtree(home, ignore_errors=True)
        records = write_year(home / "county", entries, measures=measures)
        if measures is None:
            from generated.peers import write_journals

            write_journals(home / "peers", records)
            shutil.copy(home / "peers" / "year.beancount", home / "peers" / "uncached.beancount")
        for command in (
            ["init", "-q"],
            ["add", "."],
            ["-c", "user.name=x", "-c", "user.email=u5@x.example", "commit", "-qm", "x"],
        ):
            subprocess.run(["git", *command], cwd=home / "county", check=True)
        (home / "done").touch()
    for command in (["checkout", "-q", "."], ["clean", "-fdqx"]):  # undo the changes of an earlier run
        subprocess.run(["git", *command], cwd=home / "county", check=True)
    return home


class County:
    """The commands to measure on one county."""

    def __init__(self, home: Path, program: Sequence[str]) -> None:
        self.root, self.peers_at, self.program = home / "county", home / "peers", program
        others = (path for path in (self.root / "ledgers" / PLAN).glob("第*[局镇]") if path.name != UNIT)
        self.file = next(min(others).glob(f"{LAST:%Y-%m}.*.aa.yaml"))
        self.number = 0

    def own(self, *arguments: str, before: Callable[[], None] = lambda: None) -> Work:
        who = {"ZHENGGAI_UNIT": UNIT, "ZHENGGAI_WRITER": WRITER}
        return Work([*self.program, *arguments], self.root, before, who)

    def forget(self) -> None:
        """Delete the index."""
        shutil.rmtree(self.root / ".zhenggai" / "index", ignore_errors=True)

    def change(self) -> None:
        """Append one entry to a file, as by hand."""
        self.number += 1
        number = entry_number(LAST, 70000, self.number)
        with self.file.open("a", encoding="utf-8", newline="") as out:
            out.write(
                f"- 编号: {number}\n  日期: {LAST}\n  措施: {MEASURE}\n  事项: 进展\n  进度: 95\n  内容: 又补了一条\n  填报人: {WRITER}\n"
            )

    def quick(self) -> dict[str, Work]:
        """The fast commands, with an up-to-date index."""
        return {
            "status": self.own("status"),
            "status, table": self.own("status", "--format", "table"),
            "overdue": self.own("overdue"),
            "due": self.own("due"),
            "rank": self.own("rank"),
            "phase": self.own("phase"),
            "todo": self.own("todo", UNIT),
            "week": self.own("week"),
            "find, no hit": self.own("find", "食堂"),
            "find, some hits": self.own("find", "共42个"),
            "git status": Work(["git", "status"], self.root),
        }

    def changing(self) -> dict[str, Work]:
        """The commands that write, or that run after a write."""
        return {
            "status, one file changed": self.own("status", before=self.change),
            "add --help": self.own("add", "--help"),
            "add": self.own("add", MEASURE, "又开了一次会"),
        }

    def slow(self) -> dict[str, Work]:
        """The slow commands: without an index or bypassing it, and the peers."""
        works = {
            "status, cold": self.own("status", before=self.forget),
            "trend, cold": self.own("trend", before=self.forget),
            "check": self.own("check", "--format", "json"),
        }
        return works | {name: work for name, work in self._peers().items() if shutil.which(work.command[0])}

    def _peers(self) -> dict[str, Work]:
        if not self.peers_at.exists():
            return {}
        at = self.peers_at
        query = ("bean-query", "-q", "year.beancount", "SELECT account, count(account) GROUP BY account")
        # A file of its own: a run without the cache would delete it
        uncached = ("bean-query", "-q", "uncached.beancount", query[-1])
        settings = {"TASKDATA": str(at / "taskdata"), "TASKRC": "/dev/null"}
        return {
            "ledger bal": Work(("ledger", "-f", "year.ledger", "bal"), at),
            "hledger bal": Work(("hledger", "-f", "year.ledger", "bal"), at),
            "bean-query": Work(query, at),
            "bean-query, no cache": Work(uncached, at, environment={"BEANCOUNT_DISABLE_LOAD_CACHE": "1"}),
            "task summary": Work(("task", "rc.confirmation=off", "summary"), at, environment=settings),
        }


def fill(of: County) -> None:
    """Fill the file that ``add`` appends to up to ``FULL`` entries."""
    run(of.own("add", MEASURE, "开了会"))
    known = set((of.root / "ledgers" / PLAN / UNIT).glob("*.aa.yaml"))
    (own,) = set((of.root / "ledgers" / PLAN / UNIT).glob("*.yaml")) - known
    entry = own.read_text(encoding="utf-8").split("\n- ")[0].rstrip("\n") + "\n"
    written = entry.splitlines()[0].split()[-1]
    if own.read_text(encoding="utf-8").count("- 编号") < FULL:
        texts = (entry.replace(written, entry_number(date.today(), nth, nth)) for nth in range(FULL - 1))
        own.write_text(entry + "".join(texts), encoding="utf-8", newline="")


def measured(of: County, rounds: int, slow_rounds: int) -> Medians:
    """The medians of all commands on one county."""
    slow = of.slow()
    in_alternation({name: slow[name] for name in ("bean-query",) if name in slow}, 1)  # builds its cache
    found = in_alternation(slow, slow_rounds)
    time.sleep(SETTLED)
    in_alternation(of.quick(), 1)  # builds the index for the last week's day and the month-ends
    found |= in_alternation({"pass": Work(PASS, of.root), "--version": of.own("--version")} | of.quick(), rounds)
    if of.peers_at.exists():  # not for the plan with many measures
        fill(of)
        found |= in_alternation(of.changing(), rounds)
    found = {"pass": found.pop("pass"), "--version": found.pop("--version")} | found
    return {name: median(runs) for name, runs in found.items()}


def shipped(program: Sequence[str], rounds: int) -> Medians:
    """The medians on the shipped plan, with its parts."""
    works = {
        "pass": Work(PASS, ROOT),
        "--version": Work([*program, "--version"], ROOT),
        "status": Work([*program, "status", *SHIPPED], ROOT),
        "status, table": Work([*program, "status", *SHIPPED, "--format", "table"], ROOT),
        "week": Work([*program, "week", *SHIPPED], ROOT),
    }
    in_alternation(works, 2)
    return {name: median(runs) for name, runs in in_alternation(works, rounds).items()}


def installed(folder: Path) -> Path:
    """The console script of this project, installed from a wheel with compiled bytecode, as users have it."""
    home = folder / "venv"
    subprocess.run([sys.executable, "-m", "venv", home], check=True)
    where = home / ("Scripts" if sys.platform == "win32" else "bin")
    subprocess.run([where / "python", "-m", "pip", "install", "-q", "--compile", ROOT], check=True)
    return where / "zhenggai"


# --- reporting


def table_of(name: str, medians: Medians) -> str:
    """The table of a county's medians, each also as a multiple of the bare interpreter's."""
    bare = medians["pass"].cpu
    rows = [
        (what, f"{took.cpu:,.1f}", f"{took.cpu / bare:,.2f}", f"{took.wall:,.1f}", f"{took.peak:,.0f}")
        for what, took in medians.items()
    ]
    heads = ("", "CPU ms", "× pass", "wall ms", "peak MB")
    return (
        f"### {name}\n\n"
        + tabulate(rows, heads, "github", colalign=("left", *["right"] * 4), disable_numparse=True)
        + "\n"
    )


Row = tuple[str, str, float, float | None]


def targets(small: Medians, counties: Mapping[int, Medians]) -> Iterator[Row]:
    """The targets: command, measure, target, and measured value (None: the peer is not installed)."""

    def ratio(of: Medians, one: str, other: str) -> float | None:
        return of[one].cpu / of[other].cpu if other in of else None

    yield "status, shipped plan, warm, plain", "× pass", 6.5, ratio(small, "status", "pass")
    yield "status, shipped plan, warm, table", "× pass", 9, ratio(small, "status, table", "pass")
    for entries, limit in ((100_000, 7.0), (500_000, 11.0)):
        if entries in counties:
            yield f"status, {entries:,} entries, warm", "× pass", limit, ratio(counties[entries], "status", "pass")
    if 100_000 in counties:
        for peer, most in (("ledger bal", 0.06), ("hledger bal", 0.02)):
            yield "status, 100,000 entries, warm", f"× {peer}", most, ratio(counties[100_000], "status", peer)
    if 500_000 in counties:
        large = counties[500_000]
        yield "status, 500,000 entries, warm", "× git status", 6, ratio(large, "status", "git status")
        yield "week, 500,000 entries, warm", "× pass", 20, ratio(large, "week", "pass")
        yield "memory, 500,000 entries, warm", "MB", 60, large["status"].peak
        yield "memory, 500,000 entries, cold", "MB", 400, large["status, cold"].peak
        more = large["status, one file changed"].cpu - large["status"].cpu
        yield "status, one file of 6,000 changed", "ms over warm", 15, more
    for entries in (100_000, 500_000):
        for peer, most in (("ledger bal", 1.0), ("hledger bal", 0.3), ("bean-query", 0.25)):
            if entries in counties:
                yield (
                    f"status, {entries:,} entries, cold",
                    f"× {peer}",
                    most,
                    ratio(counties[entries], "status, cold", peer),
                )
    for entries, medians in counties.items():
        yield (
            f"trend, a year of weeks, {entries:,} entries, cold",
            "× status, cold",
            2,
            ratio(medians, "trend, cold", "status, cold"),
        )
    least = counties[min(counties)]
    yield "add to a file of 1,000 entries", "ms over add --help", 25, least["add"].cpu - least["add --help"].cpu


def report(small: Medians, counties: Mapping[int, Medians], many: Medians | None, rounds: tuple[int, int]) -> str:
    """The whole report, as Markdown."""
    rows = [
        (
            work,
            measure,
            f"≤ {limit:g}",
            "–" if found is None else f"{found:.3g}",
            "–" if found is None else "yes" if found <= limit else "no",
        )
        for work, measure, limit, found in targets(small, counties)
    ]
    parts = [
        "# Performance\n",
        f"Written by `python benchmarks/performance.py --write docs/performance.md` on {date.today()}.\n",
        "\n".join(f"- {line}" for line in circumstances(rounds)) + "\n",
        "## Targets\n",
        tabulate(rows, ("work", "measure", "target", "measured", "reached"), "github", disable_numparse=True) + "\n",
        "## Medians\n",
        table_of("the shipped plan", small),
        *(table_of(f"{entries:,} entries", medians) for entries, medians in counties.items()),
        *([table_of(f"{MANY:,} measures, 100,000 entries", many)] if many else []),
        "## Growth\n",
        growth(counties),
    ]
    return "\n".join(parts)


def growth(counties: Mapping[int, Medians]) -> str:
    """The CPU time of ``status`` by size, as a table."""
    rows = [
        (
            f"{entries:,}",
            f"{m['status'].cpu:,.0f}",
            f"{m['status, cold'].cpu:,.0f}",
            f"{m['status, cold'].cpu * 1000 / entries:.1f}",
        )
        for entries, m in counties.items()
    ]
    return (
        tabulate(rows, ("entries", "warm, ms", "cold, ms", "cold, µs an entry"), "github", disable_numparse=True) + "\n"
    )


def circumstances(rounds: tuple[int, int]) -> Iterator[str]:
    """The computer and the versions of all programs."""
    yield f"{_processor()}, {_cores()}; {platform.system()} {platform.release()}; Python {platform.python_version()}"
    versions = ("ledger", "hledger", "bean-query", "task", "git")
    yield "; ".join(_version(name) for name in versions)
    yield (
        f"whole processes, output to nowhere; CPU is user + system; medians of {rounds[0]} alternating runs, of {rounds[1]} for what takes seconds; "
        "× pass: times `python -c pass`"
    )
    yield "a peak below 30 MB is that of the process that measures"
    yield "cold: without an index, which is then written; the operating system has the files in memory"


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.machine())


def _cores() -> str:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    return f"{os.cpu_count()} cores, {memory:.0f} GB"


def _version(name: str) -> str:
    if not shutil.which(name):
        return f"{name} not installed: left out"
    said = subprocess.run([name, "--version"], capture_output=True, encoding="utf-8", check=False).stdout.splitlines()
    return f"{name}: {said[0].split(',')[0]}" if said else name


def main() -> int:
    """Measure, and print the report or write it to ``--write``."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--slow-rounds", type=int, default=3)
    parser.add_argument("--data", type=Path, help="a folder to keep the counties in")
    parser.add_argument("--here", action="store_true", help="measure the program beside this interpreter")
    parser.add_argument("--write", type=Path)
    options = parser.parse_args()
    rounds = options.rounds, options.slow_rounds
    with tempfile.TemporaryDirectory() as scratch:
        beside = Path(sys.executable).parent / "zhenggai"
        program = [str(beside if options.here else installed(Path(scratch)))]
        data = options.data or Path(scratch) / "data"

        def county_of(entries: int, measures: int | None = None) -> Medians:
            print(
                f"{datetime.now():%H:%M:%S} {entries:,} entries{f', {measures} measures' if measures else ''}",
                file=sys.stderr,
            )
            home = home_of(data, entries, measures)
            make = "from performance import county; import sys, pathlib; county(pathlib.Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]) or None)"
            there = [sys.executable, "-c", make, str(data), str(entries), str(measures or 0)]
            # In a process of its own: a child's peak memory is at least its parent's
            subprocess.run(there, cwd=Path(__file__).parent, check=True)
            found = measured(County(home, program), *rounds)
            print(table_of(home.name, found), file=sys.stderr)
            return found

        small = shipped(program, options.rounds)
        counties = {entries: county_of(entries) for entries in options.sizes}
        many = county_of(100_000, MANY) if set(options.sizes) == set(SIZES) else None
    text = report(small, counties, many, rounds)
    print(text)
    if options.write:
        options.write.write_text(text, encoding="utf-8", newline="")
    return 0


if __name__ == "__main__":
    sys.exit(main())
