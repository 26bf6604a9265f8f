"""Whole processes beside the bare interpreter: what ``zhenggai status`` costs on the shipped plan.

    python benchmarks/startup.py [--runs 21]

Each command runs in alternation with ``python -c pass``; CPU time (user + system) of the child, medians, and the ratio
of medians. Bytecode is compiled by a first run that is not counted.
"""

import argparse
import os
import resource
import statistics
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PASS = (sys.executable, "-c", "pass")
DAY = ("--as-of", "2020-06-30")
COMMANDS: dict[str, tuple[str, ...]] = {
    "status (text)": ("status", *DAY),
    "status (table)": ("status", *DAY, "--format", "table"),
    "status (json)": ("status", *DAY, "--format", "json"),
    "overdue (text)": ("overdue", *DAY),
    "todo (text)": ("todo", "县委组织部", *DAY),
    "show (text)": ("show", "3-2", "--unit", "县委组织部", *DAY),
    "week (text)": ("week", *DAY),
    "month (text)": ("month", *DAY),
    "rank (text)": ("rank", *DAY),
    "remind (text)": ("remind", *DAY),
    "registers": ("status", "--registers", *DAY),
    "check": ("check", *DAY),
    "when": ("when", "2020年9月底前", "--year", "2020"),
}
TARGETS = {"status (text)": 22.0, "status (table)": 22.0, "status (json)": 22.0}  # × the bare interpreter


def cpu_seconds(command: Sequence[str]) -> float:
    """User and system time of one run, its output thrown away."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def measure(command: Sequence[str], runs: int) -> tuple[float, float]:
    """Medians of the command and of the bare interpreter, run in alternation."""
    cpu_seconds(command)
    pairs = [(cpu_seconds(command), cpu_seconds(PASS)) for _ in range(runs)]
    return statistics.median(c for c, _ in pairs), statistics.median(p for _, p in pairs)


def main() -> int:
    """Print a row a command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=21)
    runs: int = parser.parse_args().runs
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program has its bytecode
    program = (sys.executable, "-m", "zhenggai")
    print(f"{'command':<16}{'ms CPU':>8}{'pass':>8}{'ratio':>8}{'target':>8}")
    for name, arguments in COMMANDS.items():
        seconds, bare = measure((*program, *arguments), runs)
        target = f"{TARGETS[name]:.0f}" if name in TARGETS else "-"
        print(f"{name:<16}{seconds * 1000:>8.1f}{bare * 1000:>8.1f}{seconds / bare:>8.1f}{target:>8}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
