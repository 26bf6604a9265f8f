"""Simulates secretaries who record, edit and share at the same time. Counts losses, and stops that need a person.

    python benchmarks/simulation.py [--clones 40] [--units 12] [--rounds 21] [--jobs 4] [--seed 1] [--modes "sync rebase,git merge"]

Each clone records 0 to 5 entries in a round and shares them with a bare repository, in a process of its own, in random
order, ``--jobs`` processes at a time. Some clones are offline for up to eight rounds. Some runs of ``sync`` are killed with
all their children. Two of five clones belong to one writer; half of these pairs write the same files. The simulation fails
if anything is lost, altered, duplicated or unreadable, or if ``sync``, or git with the merge driver, stops for an addition.
"""

import argparse
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

from simulated.county import Manner
from simulated.run import Scale, Tally, simulated
from tabulate import tabulate

MODES: dict[str, tuple[Manner, ...]] = {
    "sync rebase": (Manner(sync=True, rebase=True),),
    "sync merge": (Manner(sync=True, rebase=False),),
    "git rebase": (Manner(sync=False, rebase=True),),
    "git merge": (Manner(sync=False, rebase=False),),
    "git rebase driver": (Manner(sync=False, rebase=True, driver=True),),
    "git merge driver": (Manner(sync=False, rebase=False, driver=True),),
    "mixed": (
        Manner(sync=True, rebase=True),
        Manner(sync=False, rebase=True, driver=True),
        Manner(sync=True, rebase=False),
        Manner(sync=False, rebase=False, driver=True),
    ),
}


def table(tally: Tally) -> str:
    """The table of a mode's figures."""
    rows = [(name, str(value)) for name, value in tally.figures().items()]
    return tabulate(rows, ("", tally.mode), tablefmt="simple", colalign=("left", "right"), disable_numparse=True)


def main() -> int:
    """Print one table for each mode. Returns 1 if there are faults."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--clones", type=int, default=40)
    parser.add_argument("--units", type=int, default=12)
    parser.add_argument("--rounds", type=int, default=21)
    parser.add_argument("--jobs", type=int, default=4)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kills", type=float, default=0.08, help="share of the runs of sync that are killed")
    parser.add_argument("--modes", default=",".join(MODES))
    options = parser.parse_args()
    if options.kills and not shutil.which("setsid"):
        parser.error("without setsid the server would be killed together with the clients: --kills 0")
    os.environ.update({"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"})
    scale = Scale(options.clones, options.units, options.rounds, options.jobs, options.seed, options.kills)
    print(
        f"{scale.clones} clones, {scale.units} units, {scale.rounds} rounds, {scale.jobs} at a time, seed {scale.seed}"
    )
    wrong = False
    for mode in options.modes.split(","):
        begin = time.perf_counter()
        with tempfile.TemporaryDirectory(prefix="simulation-") as folder:
            tally = simulated(Path(folder), mode, MODES[mode], scale)
        print(f"\n{table(tally)}\n{time.perf_counter() - begin:.0f} s", flush=True)
        for fault in tally.faults():
            print(f"  {fault}")
        wrong |= bool(tally.faults())
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
