"""Runs the rounds with several processes at a time, kills some of them, and counts the results."""

import multiprocessing
import os
import signal
import statistics
import time
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkProcess
from pathlib import Path

from simulated.acts import Task
from simulated.almanac import Almanac
from simulated.county import County, Manner, founded
from simulated.truth import Problems, Truth, problems
from simulated.working import Shared, Sharing, work
from zhenggai.sharing.git import call

_FORK = multiprocessing.get_context("fork")  # a forked process has all modules imported


@dataclass(frozen=True)
class Scale:
    """The size of a simulation. ``kills``: the share of syncs that are killed. ``edits``: the share of entries edited later."""

    clones: int
    units: int
    rounds: int
    jobs: int
    seed: int
    kills: float
    edits: float = 0.05


@dataclass
class Tally:
    """The counts of one mode."""

    mode: str
    may_stop: bool  # plain git without the driver may stop for additions
    truth: Truth = field(default_factory=Truth)
    shared: list[Shared] = field(default_factory=list)
    killed: int = 0
    commits: int = 0
    merges: int = 0
    found: Problems = field(default_factory=Problems)

    def stops(self, *, of_edits: bool) -> list[str]:
        """The questions to a person: those about two edits of one field, or all others."""
        return [about for run in self.shared for about in run.stops if self.truth.is_of_edits(about) is of_edits]

    def figures(self) -> dict[str, object]:
        """All figures by name."""
        found, seconds = self.found, [run.seconds for run in self.shared]
        pushed = [run.tries for run in self.shared if run.tries]
        return {
            "entries acknowledged": len(self.truth.recorded),
            "edits": sum(map(len, self.truth.edits.values())),
            "pieces of evidence": sum(len(recorded.evidence) for recorded in self.truth.recorded.values()),
            "lost": len(found.lost),
            "altered": len(found.altered),
            "duplicated": len(found.duplicated),
            "unreadable": len(found.unreadable),
            "work trees unlike the server's": len(found.unequal),
            "fields edited on both sides": found.decided,
            "stops for additions": len(self.stops(of_edits=False)),
            "stops for edits": len(self.stops(of_edits=True)),
            "runs of sync or git": len(self.shared) + self.killed,
            "killed": self.killed,
            "failed": sum(bool(run.trouble) for run in self.shared),
            "tries to push, median and most": f"{statistics.median(pushed):.0f} {max(pushed)}",
            "seconds a run, median and most": f"{statistics.median(seconds):.2f} {max(seconds):.2f}",
            "commits": self.commits,
            "merges": self.merges,
        }

    def faults(self) -> list[str]:
        """The faults, one line each. There must be none."""
        found = self.found
        wrong = {
            "lost": found.lost,
            "altered": found.altered,
            "duplicated": found.duplicated,
            "unreadable": found.unreadable,
            "unequal": found.unequal,
            "stopped": [] if self.may_stop else self.stops(of_edits=False),
            "failed": [run.trouble for run in self.shared if run.trouble],
        }
        return [f"{name}: {line}" for name, lines in wrong.items() for line in lines]


def simulated(folder: Path, mode: str, manners: Sequence[Manner], scale: Scale) -> Tally:
    """Run a mode in an empty folder."""
    county = founded(folder, scale.clones, scale.units, manners, apart=scale.kills > 0)
    tally = Tally(mode, may_stop=not any(manner.sync or manner.driver for manner in manners))
    almanac = Almanac(county.computers, scale.seed, scale.edits, scale.kills)
    for tasks in almanac.rounds(scale.rounds):
        _Round(tally, scale.jobs).run(tasks)
    for _ in range(2):  # the second time, all fetch what the last one has pushed
        _Round(tally, scale.jobs).run(almanac.closing())
    tally.commits, tally.merges = (_count(county, *which) for which in ((), ("--merges",)))
    tally.found = problems(tally.truth, county, almanac.day)
    return tally


def _count(county: County, *which: str) -> int:
    return int(call(county.server, "rev-list", "--count", *which, "main").text)


@dataclass
class _Running:
    task: Task
    process: ForkProcess
    dies: float | None = None  # time of its kill, by the monotonic clock


@dataclass
class _Round:
    """The processes of a round. ``running`` maps the receiving end of a process's pipe to the process."""

    tally: Tally
    jobs: int
    running: dict[Connection, _Running] = field(default_factory=dict)

    def run(self, tasks: Iterable[Task]) -> None:
        """Run all tasks, ``jobs`` at a time."""
        for task in tasks:
            while len(self.running) >= self.jobs:
                self._attend()
            ours, theirs = _FORK.Pipe(duplex=False)
            process = _FORK.Process(target=work, args=(task, theirs))
            process.start()
            theirs.close()
            self.running[ours] = _Running(task, process)
        while self.running:
            self._attend()

    def _attend(self) -> None:
        """Receive messages, and kill the processes whose time has come."""
        now = time.monotonic()
        deaths = [running.dies for running in self.running.values() if running.dies is not None]
        for connection in wait(list(self.running), max(min(deaths) - now, 0) if deaths else None):
            if isinstance(connection, Connection):
                self._hear(connection)
        for running in self.running.values():
            if running.dies is not None and running.dies <= time.monotonic():
                running.dies = None
                with suppress(ProcessLookupError):  # it has ended already
                    os.killpg(running.process.pid or 0, signal.SIGKILL)

    def _hear(self, connection: Connection) -> None:
        running = self.running[connection]
        try:
            message = connection.recv()
        except EOFError:
            running.process.join()
            code = running.process.exitcode
            self.tally.killed += code == -signal.SIGKILL
            if code not in (0, -signal.SIGKILL):
                self.tally.shared.append(Shared(0, 0, (), f"{running.task.computer.root.name} ended with {code}"))
            del self.running[connection]
            return
        if isinstance(message, Sharing) and running.task.kill is not None:
            usual = [run.seconds for run in self.tally.shared if not run.trouble] or [0.5]
            running.dies = time.monotonic() + running.task.kill * statistics.median(usual)
        elif isinstance(message, Shared):
            running.dies = None
            self.tally.shared.append(message)
        self.tally.truth.learn(message)
