"""Where an entry is written: who writes, what is missing, what the rules say to it; then it is appended, or nothing is.

A command that writes gets a ``Desk`` (see ``entry_options``), asks it for what it needs, and hands it the finished entries.
"""

import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property
from typing import Any

from zhenggai.cli.named_things import known_measure
from zhenggai.cli.output import say, say_problems, tell
from zhenggai.cli.writing import prompts
from zhenggai.cli.writing.evidence_options import Evidence
from zhenggai.cli.writing.refusals import refuse, refuse_lacking
from zhenggai.cli.writing.writer_prompts import Clerk
from zhenggai.errors import Exit, UsageError
from zhenggai.model.book import Record
from zhenggai.model.entries import Correction, Entry
from zhenggai.model.kinds import Kind
from zhenggai.model.names import name_fault
from zhenggai.model.numbers import highest_number, number_at
from zhenggai.model.source import Problem, Source
from zhenggai.model.wording import shortened
from zhenggai.reading.data_folders import LEDGERS
from zhenggai.rules.day.snapshot import Picture, TaskState
from zhenggai.rules.task.fold import why_not
from zhenggai.views.change_lines import course, course_lines
from zhenggai.views.selection import state_word
from zhenggai.writing.append import Place, append_entries, writer_in

_CONTENT = 24  # characters of a measure
_BEYOND_TOMORROW = timedelta(days=2)
_MEND_THE_CLOCK = "\n    校正电脑的日期"
_MOST = 10  # tasks whose reasons are told one by one

Lacking = Callable[[TaskState], Mapping[str, str]]
"""What a task still needs before an entry, each with how to supply it."""

Built = Entry | str
"""An entry for a task, or why there can be none."""


@dataclass
class Desk(Clerk):
    """One command's writing. Nothing is written before ``record``.

    ``given_for`` is the unit whose task it is, where that is not the recorder's own; ``assured`` writes a batch without
    asking, ``only_shown`` writes nothing at all.
    """

    own: bool = True
    given_evidence: Sequence[str] = ()
    given_for: str | None = None
    assured: bool = False
    only_shown: bool = False
    last_number: str = field(default="", init=False)

    def measure(self, word: str) -> str:
        """The number of a measure of the plan."""
        return known_measure(self.picture.plan, word).number

    def _asked_measure(self, name: str, kind: Kind) -> str:
        """A measure, asked for; those of a unit that such an entry can be about are shown, and one alone is offered."""
        own = self.picture.where(lambda t: name in (t.given, t.unit))
        fit = [task for task in own if why_not(task.task, task.head, kind) is None]
        for task in fit:
            content = shortened(task.task.measure.content, _CONTENT)
            tell(f"  {task.measure} {content}（{state_word(task)}）")
        if not fit:
            tell(f"{name}没有可以记“{kind}”的任务；要办什么见 zhenggai todo")
        return prompts.asked_until(self.measure, "哪项措施（如 3-2）", fit[0].measure if len(fit) == 1 else None)

    def own_task(self, word: str | None, kind: Kind, hint: str = "", lacking: Lacking | None = None) -> TaskState:
        """This unit's task of a measure, or that of the unit named by ``--for``.

        Refused, before more is asked, where there is none, where something is ``lacking`` (what, and how to supply it), or
        where no entry of that ``kind`` can follow today; ``hint`` says what else may be meant.
        """
        name = self.picture.unit_name(self.given_for) if self.given_for else self.unit
        number = self.measure(word) if word else self._asked_measure(name, kind)
        tasks = self.picture.where(lambda t: t.measure == number)
        found = [t for t in tasks if name in (t.given, t.unit)]
        if found:
            task = next((t for t in found if t.given == name), found[0])
            refuse_lacking(lacking(task) if lacking else {})
            reason = why_not(task.task, task.head, kind) if self.happened == self.today else None
            refuse([f"{reason.what}\n    {reason.remedy}"] if reason else [])
            return task
        mine = "、".join(dict.fromkeys(t.measure for t in self.picture.tasks if t.unit == name)) or "无"
        also = "" if self.given_for else hint
        raise UsageError(
            f"{name}不是 {number} 的责任单位，没有写入\n  {number} 的责任单位有：{unit_list(tasks)}\n  {name}的措施有：{mine}{also}"
        )

    # --- the entry

    def stamp(self, task: TaskState | None = None, read: Iterable[str] = ()) -> dict[str, Any]:
        """What every entry carries: number, date, measure, unit (where it is not the recorder), evidence, writer.

        The number is above those of the task, and those ``read`` beside it.
        """
        self._stand_above(read if task is None else (*_numbers(task), *read))
        chance = secrets.randbits(20)
        self.last_number = number_at(self.now, chance, self.last_number)
        while self.picture.archive.record(self.last_number):
            self.last_number = number_at(self.now, chance, self.last_number)
        common = {"number": self.last_number, "date": self.happened, "writer": self.writer}
        common["evidence"] = self._evidence.named
        if task is None:
            return common
        about = task.given
        return common | {"measure": task.measure, "unit": None if about == self.unit else about}

    def _stand_above(self, numbers: Iterable[str]) -> None:
        """Have the next number be above these."""
        self.last_number = max(self.last_number, highest_number(numbers, self.today))

    @cached_property
    def _evidence(self) -> Evidence:
        return Evidence(tuple(self.given_evidence), self.today)

    # --- writing

    def record(self, entry: Entry, reasons: Sequence[str] = ()) -> Exit:
        """Write one entry and say what has become of its task; ``reasons`` against it are told with all others."""
        then = self.picture_with([entry])
        refuse([*self._against(entry), *reasons, *(_faults(then, entry) or self._upset(then))])
        if self.only_shown:
            self._preview(entry.kind, [entry.unit or self.unit], [])
            return Exit.OK
        return self._write([entry], then)

    def record_each(
        self,
        tasks: Sequence[TaskState],
        build: Callable[[TaskState], Built],
        what: str,
        told: Callable[[Entry], str] | None = None,
    ) -> Exit:
        """Write one entry a task, all at once; several are shown before, those that cannot be are named and left out.

        ``what`` names the act in the preview, ``told`` what of an entry stands there instead of the task's course. A single
        task that cannot have its entry is refused with the reason.
        """
        for task in tasks:  # before the first is built: numbers of one batch are of one day
            self._stand_above(_numbers(task))
        built = [(task, build(task)) for task in tasks]
        entries = [entry for _, entry in built if not isinstance(entry, str)]
        refuse([fault for entry in entries[:1] for fault in self._against(entry)])
        then = self.picture_with(entries)
        after = {task.key: task for task in then.tasks}
        lines, good, left = [], [], []
        for task, entry in built:
            why = entry if isinstance(entry, str) else "；".join(_faults(then, entry))
            if why or isinstance(entry, str):
                left.append(f"{task.name}：{why}")
            else:
                good.append(entry)
                lines.append(f"{task.name}：{told(entry) if told else course(task, after[task.key])}")
        if not good:
            refuse(left[:_MOST] or [f"没有可以{what}的任务"])
        then = self.picture_with(good) if left else then
        refuse(self._upset(then))
        if len(built) > 1 or self.only_shown:
            self._preview(what, lines, left)
        elif told:
            say(lines[0])
        return Exit.OK if self.only_shown else self._write(good, then)

    def _preview(self, what: str, lines: Sequence[str], left: Sequence[str]) -> None:
        """Show what would be written; go on when that is wished."""
        tell(f"{what} {len(lines)} 件：")
        for line in lines:
            tell(f"  {line}")
        if left:
            tell(f"不在其列 {len(left)} 件：")
        for line in [*left[:_MOST], *(["……"] if len(left) > _MOST else [])]:
            tell(f"  {line}")
        if self.only_shown:
            tell("只是预览，没有写入")
        if self.assured or self.only_shown:
            return
        if not prompts.at_terminal():
            raise UsageError(f"共 {len(lines)} 件，没有写入\n  下一步：核对以上各件后加 --yes 写入，或用筛选缩小范围")
        prompts.consent(f"写入这 {len(lines)} 条？")

    def _against(self, entry: Entry) -> list[str]:
        """What speaks against an entry whatever the state."""
        issued = self.picture.plan.issued
        faults = [f"日期 {entry.date} 还没到（今天 {self.today}）"] if entry.date > self.today else []
        if entry.date < issued:
            mend = _MEND_THE_CLOCK if entry.date == self.today else ""
            faults.append(f"日期 {entry.date} 早于方案印发日期 {issued}{mend}")
        elif not (isinstance(entry, Correction) and entry.void) and self._is_slow:
            faults.append(f"本机日期 {self.today} 之后，多数电脑上已有记录{_MEND_THE_CLOCK}")
        return faults

    @cached_property
    def _is_slow(self) -> bool:
        """Whether this computer's clock must be behind: most computers, two or more, have recorded what would be ahead."""
        ahead: dict[str, list[str]] = {}
        for event in self.ledger.recorded_from(self.today + _BEYOND_TOMORROW):
            if found := writer_in(event.path):
                ahead.setdefault(found[1], []).append(event.number)
        if len(ahead) < 2:
            return False
        known = {found[1] for path in self.ledger.ledger_paths() if (found := writer_in(path))}
        standing = [clone for clone, numbers in ahead.items() if any(map(self.picture.said, numbers))]
        return len(standing) > 1 and 2 * len(standing) > len(known)

    def _upset(self, then: Picture) -> list[str]:
        before = set(self.picture.problems)
        return upset(p for p in then.problems if p not in before and not p.source.path.endswith("）"))

    def picture_with(self, entries: Sequence[Entry]) -> Picture:
        """The picture as if the entries were written."""
        folder = f"{LEDGERS}/{self.picture.plan.number}/{self.unit}"
        places = [Source(f"{folder}/{_UNWRITTEN.format(entry.number)}") for entry in entries]
        new = tuple(Record(entry, self.unit, source) for entry, source in zip(entries, places, strict=True))
        return self.ledger.picture_with(new, self.today)

    def _write(self, entries: Sequence[Entry], then: Picture) -> Exit:
        """Append entries and say what they have made of their tasks; ``then`` is the picture with them."""
        place = Place(self.ledger.root, self.picture.plan.number, self.unit, self.writer)
        if fault := name_fault(self.unit):
            raise UsageError(f"单位名称不能用作文件夹：{fault}")
        before = {task.key: task for task in self.picture.tasks}
        lines: list[str] = []  # all that is to be said is known before anything is written
        for entry in entries:
            lines.append(f"已记录 {entry.number}")
            if task := then.task_of(entry.number):
                lines += course_lines(before[task.key], task)
        errors = self.ledger.errors(then)
        path = append_entries(place, entries, self._evidence.copies)
        for line in lines:
            say(line)
        say(f"写入 {path.relative_to(self.ledger.root).as_posix()}")
        self.ledger.refresh()
        return say_problems(errors)


def _numbers(task: TaskState) -> Iterator[str]:
    """The numbers of all that is filed under a task."""
    return (event.number for event in task.filed)


def _faults(picture: Picture, entry: Entry) -> list[str]:
    """What the rules say against an entry, in the picture as if it were written."""
    return [f"{p.what}\n    {p.remedy}" for p in picture.problems if is_of(p, entry)]


_UNWRITTEN = "（未写入 {}）"  # what stands for the file of an entry that is not written yet


def is_of(problem: Problem, entry: Entry) -> bool:
    """Whether a problem is one of an entry that is not written yet."""
    return problem.source.path.endswith(_UNWRITTEN.format(entry.number))


def upset(problems: Iterable[Problem]) -> list[str]:
    """Reasons against an entry: those on file that would no longer stand."""
    return [
        f"{p.source} 的记录就不成立了：{p.what}\n    核对这一条；确实如此的，先由其记录单位作废，从最后一条起"
        for p in problems
    ]


def unit_list(tasks: Sequence[TaskState]) -> str:
    """The units of some tasks, eight at most."""
    names = [t.unit for t in tasks]
    return "、".join(names[:8]) + (f" 等 {len(names)} 个" if len(names) > 8 else "") or "无"


def given_fields(**fields: object) -> dict[str, Any]:
    """The fields that have a value: what a command passes on from its options."""
    return {name: value for name, value in fields.items() if value not in (None, "", ())}
