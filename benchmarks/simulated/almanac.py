"""The tasks of all rounds, generated from one seed, so that all modes get the same."""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from simulated.acts import EDITED, WORDS, Edit, Pen, Task
from simulated.county import Computer

FIRST_DAY = date(2020, 4, 1)
_MOST = 5  # the most entries of a clone in a round
_MEANWHILE, _OFFLINE = 0.05, 0.04  # shares of a clone's rounds
_LONGEST = 8  # the most rounds offline


@dataclass
class Almanac:
    """Generates the rounds. ``edits``: the share of entries that are edited. ``kills``: the share of syncs that are killed."""

    computers: Sequence[Computer]
    seed: int
    edits: float
    kills: float
    offline: dict[int, int] = field(default_factory=dict)  # remaining rounds offline, by clone
    day: date = FIRST_DAY

    def __post_init__(self) -> None:
        self.draw = random.Random(self.seed)
        self.pen = Pen(self.draw)

    def rounds(self, count: int) -> Iterator[list[Task]]:
        """The tasks of each round, in random order."""
        for _ in range(count):
            edited = {writer: number for writer in self.pen.numbers if (number := self._edited(writer))}
            tasks = [self._task(computer, edited) for computer in self.computers]
            self.draw.shuffle(tasks)
            self.day += timedelta(days=2)
            yield tasks

    def closing(self) -> list[Task]:
        """One more round in which all clones share."""
        tasks = [Task(computer, self._noon(), self.draw.randrange(2**32)) for computer in self.computers]
        self.draw.shuffle(tasks)
        return tasks

    def _noon(self) -> datetime:
        return datetime.combine(self.day, time(12))

    def _edited(self, writer: tuple[str, str]) -> str | None:
        """The number of a recent entry that a writer edits in this round on all computers; mostly None."""
        numbers = self.pen.numbers[writer]
        edits = self.draw.random() < self.edits * _MOST / 2
        return self.draw.choice(numbers[-12:-2] or numbers) if edits else None

    def _task(self, computer: Computer, edited: Mapping[tuple[str, str], str]) -> Task:
        draw, pen, number = self.draw, self.pen, edited.get((computer.unit, computer.writer))
        additions = [pen.addition(computer, self.day) for _ in range(draw.randint(0, _MOST))]
        meanwhile = (draw.choice(WORDS), pen.addition(computer, self.day)) if draw.random() < _MEANWHILE else None
        edit = Edit(number, draw.choice(EDITED), pen.words("改为")) if number else None
        kill = draw.uniform(0, 1.2) if draw.random() < self.kills else None
        shares = self._is_online(computer)
        if meanwhile and (kill or not shares or not computer.manner.sync):
            additions, meanwhile = [*additions, meanwhile[1]], None
        return Task(
            computer,
            self._noon(),
            draw.randrange(2**32),
            tuple(additions),
            (edit,) if edit else (),
            meanwhile,
            shares,
            kill if computer.manner.sync else None,
        )

    def _is_online(self, computer: Computer) -> bool:
        left = self.offline.get(computer.number, 0)
        if not left and self.draw.random() < _OFFLINE:
            left = self.draw.randint(1, _LONGEST)
        self.offline[computer.number] = max(left - 1, 0)
        return not left
