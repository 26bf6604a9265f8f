"""The entries of a task in a year: claim, weekly reports, completion, reviews, close-out, with some deviations.

The units that review and supervise are those of the plan's tasks, so that the ledger has almost no errors.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, NamedTuple

from generated.county import FIRST, LAST, month, words
from zhenggai.model.entries import (
    Application,
    Claim,
    CloseOut,
    Correction,
    Done,
    Entry,
    Escalation,
    ExtensionGrant,
    ExtensionRequest,
    Inspection,
    Lesson,
    LongTermReview,
    Notice,
    Occurrence,
    Progress,
    Reply,
    Review,
)
from zhenggai.model.kinds import Kind
from zhenggai.model.numbers import entry_number
from zhenggai.rules.day.digest import measure_digest
from zhenggai.rules.task.life import Sort
from zhenggai.rules.task.task import Task

WRITER = "办公室"
_LATE, _EVIDENCE, _CORRECTED, _DIFFICULT, _NEXT, _MADE = 0.02, 0.1, 0.01, 0.01, 0.01, 0.002  # shares of the reports
_LETTER, _INSPECTED, _EXTENDED, _RETURNED, _TOLD = 0.1, 0.03, 0.08, 0.1, 0.05  # shares of the tasks
_UNFINISHED = 0.1  # share of the dated tasks, as counties report it at a year's end


class Recorded(NamedTuple):
    """An entry and the unit that records it."""

    recorder: str
    entry: Entry


@dataclass
class Lives:
    """Generates the entries of tasks. No number is used twice."""

    draw: random.Random
    used: set[str] = field(default_factory=set)

    def of(self, task: Task, reports: int) -> Iterator[Recorded]:
        """All entries of a task. About ``reports`` of them are reports by its own unit."""
        yield self._own(task, FIRST, Claim, person=words(self.draw, 1))
        end = self._end(task)
        days = sorted(self.draw.randint(1, (end - FIRST).days) for _ in range(reports))
        for nth, day in enumerate(days):
            yield from self._report(task, FIRST + timedelta(days=day), min(95, 100 * nth // len(days)))
        match task.sort:
            case Sort.RECURRING:
                yield from self._occurrences(task)
            case Sort.LONG_TERM:
                yield from self._reviews(task)
            case Sort.DATED | Sort.IMMEDIATE if end < LAST:
                yield from self._closing(task, end + timedelta(days=1))
        yield from self._beside(task, end)

    def _end(self, task: Task) -> date:
        """The last day of reports: about the due date, or the last day of the year if there is none."""
        due = task.schedule.due
        if due is None or self.draw.random() < _UNFINISHED:
            return LAST
        return max(FIRST + timedelta(days=30), min(LAST, due - timedelta(days=self.draw.randint(-15, 60))))

    def _stamp(self, day: date, late: int = 0) -> dict[str, Any]:
        recorded = min(day + timedelta(days=late), LAST)
        number = ""
        while not number or number in self.used:
            number = entry_number(recorded, self.draw.uniform(28800, 64800), self.draw.getrandbits(20))
        self.used.add(number)
        return {"number": number, "date": day, "writer": WRITER}

    def _own(self, task: Task, day: date, made: Any, late: int = 0, **given: Any) -> Recorded:
        return Recorded(task.key.unit, made(**self._stamp(day, late), measure=task.key.measure, **given))

    def _text(self) -> str:
        return f"{words(self.draw, self.draw.randint(6, 14))}，共{self.draw.randint(1, 99)}个"

    def _drawn(self, share: float) -> str | None:
        return self._text() if self.draw.random() < share else None

    def _paper(self, day: date) -> str:
        return f"县整办〔{day.year}〕{self.draw.randint(1, 99)}号"

    def _report(self, task: Task, day: date, percent: int) -> Iterator[Recorded]:
        entry = self._own(
            task,
            day,
            Progress,
            late=self.draw.randint(3, 12) if self.draw.random() < _LATE else 0,
            content=self._text(),
            percent=percent // 5 * 5,
            evidence=(self._paper(day),) if self.draw.random() < _EVIDENCE else (),
            difficulty=self._drawn(_DIFFICULT),
            next_steps=self._drawn(_NEXT),
            institution=self._drawn(_MADE),
        )
        yield entry
        if self.draw.random() < _CORRECTED:
            stamp = self._stamp(day) | {"number": entry_after(entry.entry.number, self.used)}
            yield Recorded(entry.recorder, Correction(**stamp, ref=entry.entry.number, content=self._text()))

    def _occurrences(self, task: Task) -> Iterator[Recorded]:
        for nth in range(1, 12):
            if self.draw.random() < 0.95:
                day = month(nth).replace(day=self.draw.randint(2, 28))
                yield self._own(task, day, Occurrence, period=f"{day:%Y-%m}", content=self._text())

    def _reviews(self, task: Task) -> Iterator[Recorded]:
        for nth in (3, 6, 9):
            day, after = month(nth).replace(day=20), month(nth + 3).replace(day=28)
            yield self._own(task, day, LongTermReview, conclusion=self._text(), next_review=after)

    def _closing(self, task: Task, day: date) -> Iterator[Recorded]:
        """Completion, application, two reviews, public notice, close-out. Some applications are returned once."""
        lead, second = min(task.first_reviewers), task.second_reviewer or ""
        returned = self.draw.random() < _RETURNED
        for again in (True, False) if returned else (False,):
            yield self._own(task, day, Done, content=self._text(), evidence=(self._paper(day),))
            applied = self._own(task, day + timedelta(days=1), Application, approver="主要负责人")
            yield applied
            day += timedelta(days=self.draw.randint(3, 9))
            if day + timedelta(days=12) > LAST:
                return
            first = self._answer(
                lead,
                day,
                applied,
                Review,
                kind=Kind.FIRST_REVIEW,
                conclusion="退回" if again else "通过",
                cause=self._text() if again else None,
            )
            yield first
            day += timedelta(days=2)
        reviewed = self._answer(second, day, applied, Review, kind=Kind.SECOND_REVIEW, conclusion="通过")
        start, end = day + timedelta(days=1), day + timedelta(days=7)
        notice = self._answer(second, start, reviewed, Notice, start=start, end=end)
        digest = measure_digest(task)
        closing = self._answer(second, end + timedelta(days=1), notice, CloseOut, measure_digest=digest)
        yield from (reviewed, notice, closing)

    def _answer(self, recorder: str, day: date, asked: Recorded, made: Any, **given: Any) -> Recorded:
        return Recorded(recorder, made(**self._stamp(day), ref=asked.entry.number, **given))

    def _beside(self, task: Task, end: date) -> Iterator[Recorded]:
        """Extensions, inspections, letters and the replies to them, lessons."""
        draw, unit, due = self.draw, task.key.unit, task.schedule.due
        if task.sort is Sort.DATED and due and FIRST < due < end and draw.random() < _EXTENDED:
            asked = due - timedelta(days=draw.randint(1, 20))
            request = self._own(task, asked, ExtensionRequest, to=due + timedelta(days=30), cause=self._text())
            yield request
            yield self._answer(task.second_reviewer or "", due, request, ExtensionGrant, to=due + timedelta(days=30))
        day = FIRST + timedelta(days=draw.randint(20, 200))
        about: dict[str, Any] = {"measure": task.key.measure, "unit": unit, "content": self._text()}
        if draw.random() < _INSPECTED:
            entry = Inspection(**self._stamp(day), **about, method="明察", conclusion="属实")
            yield Recorded(task.supervisor or "", entry)
        if draw.random() < _LETTER:
            stamp = self._stamp(day)
            letter = Recorded(
                task.supervisor or "",
                Escalation(**stamp, **about, kind=Kind.REMINDER, addressee="责任人", basis="督办阶梯"),
            )
            yield letter
            yield self._answer(unit, day + timedelta(days=3), letter, Reply, content=self._text())
        if draw.random() < _TOLD:
            yield Recorded(unit, Lesson(**self._stamp(day), content=self._text()))


def entry_after(number: str, used: set[str]) -> str:
    """The next free number of the same day."""
    after = entry_number(date.fromisoformat(number[:8]), 0, 0, number)
    while after in used:
        after = entry_number(date.fromisoformat(number[:8]), 0, 0, after)
    used.add(after)
    return after
