"""Measures whole processes from outside: CPU time, wall time and peak memory of each run, in alternation with others."""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

PASS = (sys.executable, "-c", "pass")


class Run(NamedTuple):
    """The cost of one run: CPU time (user + system, with child processes) and wall time in ms, peak memory in MB."""

    cpu: float
    wall: float
    peak: float


def _nothing() -> None:
    """The default of ``Work.before``."""


class Work(NamedTuple):
    """A command in a folder. ``before`` is called before each run and is not measured."""

    command: Sequence[str]
    folder: Path
    before: Callable[[], None] = _nothing
    environment: Mapping[str, str] = {}


def run(work: Work) -> Run:
    """Measure one run. Its output is discarded. Raises ``CalledProcessError`` for exit codes other than 0 and 1."""
    work.before()
    environment = {**os.environ, **work.environment}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program uses bytecode files
    begun = time.perf_counter()
    process = subprocess.Popen(
        work.command,
        cwd=work.folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - begun
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):  # 1: the data have errors
        raise subprocess.CalledProcessError(process.returncode, work.command)
    unit = 1 if sys.platform == "darwin" else 1024
    return Run((used.ru_utime + used.ru_stime) * 1000, wall * 1000, used.ru_maxrss * unit / 1e6)


def run_all(work: Work) -> Run:
    """Measure one run with all processes that it starts, on Linux. Its peak is that of their memory together, as seen every 100 ms.

    Raises ``CalledProcessError`` for any exit code but 0.
    """
    work.before()
    begun = time.perf_counter()
    process = subprocess.Popen(
        work.command,
        cwd=work.folder,
        env={**os.environ, **work.environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    ticks: dict[str, int] = {}
    peak, ended = 0, 0
    while not ended:
        pages = 0
        for number, of_process, resident in _of_session(process.pid):
            ticks[number] = of_process
            pages += resident
        peak = max(peak, pages * os.sysconf("SC_PAGE_SIZE"))
        time.sleep(0.1)
        ended, status, used = os.wait4(process.pid, os.WNOHANG)
    wall = time.perf_counter() - begun
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, work.command)
    cpu = max(sum(ticks.values()) / os.sysconf("SC_CLK_TCK"), used.ru_utime + used.ru_stime)
    return Run(cpu * 1000, wall * 1000, max(peak, used.ru_maxrss * 1024) / 1e6)


def _of_session(session: int) -> Iterator[tuple[str, int, int]]:
    """The processes of a session: the number of each, its clock ticks of CPU, its resident pages."""
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text("utf-8", "replace").rpartition(")")[2].split()
        except OSError:  # it has ended
            continue
        if int(fields[3]) == session:
            yield path.parent.name, int(fields[11]) + int(fields[12]), int(fields[21])


def in_alternation(works: Mapping[str, Work], rounds: int) -> dict[str, list[Run]]:
    """Measure ``rounds`` runs of each command. In every round, all commands run once, one after another."""
    found: dict[str, list[Run]] = {name: [] for name in works}
    for _ in range(rounds):
        for name, work in works.items():
            found[name].append(run(work))
    return found


def median(runs: Sequence[Run]) -> Run:
    """The medians of the runs, value by value."""
    return Run(*(statistics.median(values) for values in zip(*runs, strict=True)))
