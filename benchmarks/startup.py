"""The cost of each command, and of a completion, on the shipped plan with its index, as a multiple of the bare interpreter.

    python benchmarks/startup.py [--runs 21]

Each command runs in alternation with ``python -c pass``. The figures are medians of the child's CPU time (user + system)
and their ratios. A first run, which is not counted, compiles the bytecode.
"""

import argparse
import sys
from pathlib import Path

from processes import PASS, Work, in_alternation, median

ROOT = Path(__file__).resolve().parent.parent
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
COMPLETIONS: dict[str, tuple[str, ...]] = {  # the words before the cursor, and the beginning of the next
    "Tab: command": ("st",),
    "Tab: option": ("add", "--p"),
    "Tab: state": ("status", "--state", ""),
    "Tab: measure": ("add", "2-"),
    "Tab: unit": ("status", "--unit", "xj"),
    "Tab: entry": ("correct", ""),
    "Tab: letter": ("reply", ""),
}
TARGETS = {"status (text)": 6.5, "status (table)": 9.0}  # multiples of the bare interpreter, with the index
TARGETS |= dict.fromkeys(COMPLETIONS, 7.0)


def main() -> int:
    """Print one row for each command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=21)
    runs: int = parser.parse_args().runs
    program = (sys.executable, "-m", "zhenggai")
    print(f"{'command':<16}{'ms CPU':>8}{'pass':>8}{'ratio':>8}{'target':>8}")
    measured = {name: Work((*program, *arguments), ROOT) for name, arguments in COMMANDS.items()}
    measured |= {name: Work(program, ROOT, environment=_asking(*words)) for name, words in COMPLETIONS.items()}
    for name, work in measured.items():
        works = {"pass": Work(PASS, ROOT), name: work}
        in_alternation(works, 1)  # builds bytecode and index
        found = in_alternation(works, runs)
        cpu, bare = median(found[name]).cpu, median(found["pass"]).cpu
        target = f"{TARGETS[name]:.1f}" if name in TARGETS else "-"
        print(f"{name:<16}{cpu:>8.1f}{bare:>8.1f}{cpu / bare:>8.1f}{target:>8}")
    return 0


def _asking(*words: str) -> dict[str, str]:
    """The environment by which bash asks for a completion."""
    *before, typed = words
    asks = {"_ZHENGGAI_COMPLETE": "bash", "_ZHENGGAI_WORDS": "\n".join(before), "_ZHENGGAI_TYPED": typed}
    return {**asks, "ZHENGGAI_UNIT": "县委组织部"}


if __name__ == "__main__":
    sys.exit(main())
