"""The acts of a clone in a round: new entries, edits of earlier ones, and whether, when and how far it shares them."""

import hashlib
import random
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from simulated.county import MEASURES, Computer
from zhenggai.model.entries import Entry, Lesson, Progress, Review
from zhenggai.model.kinds import Kind
from zhenggai.model.numbers import entry_number

WORDS = ("取回……", "合并……", "检查……", "推送……")  # progress messages of ``sync``
EDITED = ("content", "next_steps", "difficulty")  # before an edit, the second may be absent, the third always is
_REVIEWS, _EVIDENCE, _LESSONS = 0.01, 0.08, 0.05  # shares of all entries


@dataclass(frozen=True)
class Addition:
    """An entry to record, and the evidence to copy with it."""

    entry: Entry
    copies: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True)
class Edit:
    """A new value for a field (by its English name) of an own entry."""

    number: str
    field: str
    value: str


@dataclass(frozen=True)
class Task:
    """The acts of a clone in a round. ``kill``: when its ``sync`` is killed, as a multiple of the usual duration."""

    computer: Computer
    now: datetime
    seed: int
    additions: tuple[Addition, ...] = ()
    edits: tuple[Edit, ...] = ()
    meanwhile: tuple[str, Addition] | None = None  # recorded when ``sync`` prints the message
    shares: bool = True
    kill: float | None = None


@dataclass
class Pen:
    """Generates entries. It remembers the progress entries by unit and writer."""

    draw: random.Random
    numbers: dict[tuple[str, str], list[str]] = field(default_factory=lambda: defaultdict(list))
    serial: int = 0

    def words(self, what: str) -> str:
        """A unique text. Some texts need quotes in YAML."""
        self.serial += 1
        more = self.draw.choice(("，共3个支部", ": 已办 # 一半", "“回头看”", "\n另行报告", ""))
        return f"{what}第{self.serial}件{more}"

    def addition(self, computer: Computer, day: date) -> Addition:
        """An entry of that day, mostly progress."""
        number = entry_number(day, self.draw.uniform(28800, 64800), self.draw.randrange(2**20))
        others = [numbers for (unit, _), numbers in self.numbers.items() if unit != computer.unit]
        if others and self.draw.random() < _REVIEWS:
            return Addition(self._review(number, day, self.draw.choice(self.draw.choice(others)), computer.writer))
        if self.draw.random() < _LESSONS:
            return Addition(Lesson(number=number, date=day, content=self.words("经验"), writer=computer.writer))
        self.numbers[computer.unit, computer.writer].append(number)
        return self._progress(number, day, computer.writer)

    def _review(self, number: str, day: date, ref: str, writer: str) -> Review:
        if self.draw.random() < 0.5:
            return Review(number=number, date=day, kind=Kind.FIRST_REVIEW, ref=ref, conclusion="通过", writer=writer)
        cause = self.words("退回")
        return Review(
            number=number, date=day, kind=Kind.SECOND_REVIEW, ref=ref, conclusion="退回", cause=cause, writer=writer
        )

    def _progress(self, number: str, day: date, writer: str) -> Addition:
        copies = {}
        if self.draw.random() < _EVIDENCE:
            data = f"{self.words('材料')}\n".encode() * self.draw.randint(1, 200)
            copies[f"附件/{day:%Y-%m}/材料.{hashlib.sha256(data).hexdigest()[:8]}.txt"] = data
        entry = Progress(
            number=number,
            date=day - timedelta(days=self.draw.choice((0, 0, 0, 1, 5))),
            measure=self.draw.choice(MEASURES),
            content=self.words("推进"),
            percent=self.draw.choice((None, self.draw.randint(0, 100))),
            next_steps=self.draw.choice((None, self.words("下步"))),
            evidence=tuple(copies),
            writer=writer,
        )
        return Addition(entry, copies)
