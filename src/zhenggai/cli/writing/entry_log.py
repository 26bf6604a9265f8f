"""Appends a command's entries to the writer's file. They are numbered, tested against the rules, and written together."""

import secrets
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from zhenggai.cli import output
from zhenggai.cli.output import say, say_diagnostics, tell
from zhenggai.cli.writing import prompts
from zhenggai.cli.writing.entry_trial import date_faults, tried
from zhenggai.cli.writing.evidence_options import Evidence
from zhenggai.cli.writing.paper import MakePaper, PaperWish
from zhenggai.cli.writing.refusals import refuse
from zhenggai.cli.writing.writer_identity import Writer
from zhenggai.errors import Exit, UsageError
from zhenggai.model.entries import Entry
from zhenggai.model.names import name_fault
from zhenggai.model.numbers import highest_number, number_at
from zhenggai.rules.day.snapshot import Snapshot, SnapshotTask
from zhenggai.views.change_lines import course, course_lines, money_warning
from zhenggai.views.entry_history import field_lines
from zhenggai.writing.append import Place, append_entries

_MOST = 10  # the most refused tasks that are listed with their reasons

Built = Entry | str
"""An entry for a task, or the reason why there can be none."""


@dataclass
class Numbering:
    """Makes the numbers of one command's entries: from the command's time, ascending, and not in use yet."""

    writer: Writer
    last: str = field(default="", init=False)

    def stay_above(self, numbers: Iterable[str]) -> None:
        """Make the next number higher than these."""
        self.last = max(self.last, highest_number(numbers, self.writer.today))

    def following(self) -> str:
        """The next number."""
        chance = secrets.randbits(20)
        self.last = number_at(self.writer.now, chance, self.last)
        while self.writer.snapshot.archive.record(self.last):
            self.last = number_at(self.writer.now, chance, self.last)
        return self.last


@dataclass
class EntryLog:
    """Appends entries to a writer's file. Only ``record`` and ``record_each`` write.

    ``make_paper`` makes the paper of the entries, if the kind has one and it is wished for (``paper``).
    """

    writer: Writer
    evidence: Evidence
    wish: prompts.Wish = field(default_factory=prompts.Wish)
    paper: PaperWish = field(default_factory=PaperWish)
    make_paper: MakePaper | None = None
    _numbering: Numbering = field(init=False)

    def __post_init__(self) -> None:
        self._numbering = Numbering(self.writer)

    def stamp(self, task: SnapshotTask | None = None, read: Iterable[str] = ()) -> dict[str, Any]:
        """The fields that every entry has: number, date, measure, unit (if it is not the recorder), evidence, writer.

        The number is higher than all numbers of the task and all in ``read``.
        """
        self._numbering.stay_above(read if task is None else (*_numbers(task), *read))
        common: dict[str, Any] = {
            "number": self._numbering.following(),
            "date": self.writer.happened,
            "writer": self.writer.name,
            "evidence": self.evidence.named,
        }
        if task is None:
            return common
        about = task.given
        return common | {"measure": task.measure, "unit": None if about == self.writer.unit else about}

    def with_paper(self, wish: PaperWish, make: MakePaper) -> "EntryLog":
        """This log, which puts out the paper of what it records, or that alone, as is wished."""
        return replace(self, paper=wish, make_paper=make if wish.only or wish.output else None)

    def with_evidence_asked(self) -> "EntryLog":
        """This log, with the evidence asked for at a terminal if none was given."""
        words = prompts.each("佐证，文件或文号", self.evidence.words, self.evidence.usable)
        return replace(self, evidence=Evidence(words, self.evidence.recorded))

    def foresee(self, entry: Entry) -> None:
        """Before questions: raise ``UsageError`` if the rules refuse the entry whatever is answered.

        ``entry`` has stand-ins for the answers, to which the rules have no objection.
        """
        refuse([*date_faults(self.writer, entry), *tried(self.writer, [entry]).faults(entry)])

    def record(self, entry: Entry, reasons: Sequence[str] = ()) -> Exit:
        """Write one entry and print the new state of its task.

        Raises ``UsageError`` with ``reasons`` and all reasons that the rules give against the entry.
        """
        trial = tried(self.writer, [entry])
        refuse([*date_faults(self.writer, entry), *reasons, *(trial.faults(entry) or trial.upset())])
        if self.make_paper and self.paper.only:
            self.paper.put(self.make_paper([entry], trial.then))
            return Exit.OK
        if self.wish.only_shown:
            self._preview(entry.kind, [entry.unit or self.writer.unit], [], field_lines(entry))
            return Exit.OK
        self._confirm_answers(entry)
        return self._append([entry], trial.then)

    def record_each(
        self,
        tasks: Sequence[SnapshotTask],
        build: Callable[[SnapshotTask], Built],
        what: str,
        describe: Callable[[Entry], str] | None = None,
    ) -> Exit:
        """Write one entry for each task, all at once.

        Several entries are first shown as a preview. Tasks that cannot have an entry are listed there with the reason, and
        left out; if no task is left, raises ``UsageError`` with the reasons. ``what`` is the name of the act.
        ``describe`` gives the preview line of an entry; without it, the line shows how the task's state changes.
        """
        for task in tasks:  # before the first entry is built, so that all numbers of the batch have one day
            self._numbering.stay_above(_numbers(task))
        built = [(task, build(task)) for task in tasks]
        entries = [entry for _, entry in built if not isinstance(entry, str)]
        refuse([fault for entry in entries[:1] for fault in date_faults(self.writer, entry)])
        trial = tried(self.writer, entries)
        after = {task.key: task for task in trial.then.tasks}
        lines, good, left = [], [], []
        for task, entry in built:
            why = entry if isinstance(entry, str) else "；".join(trial.faults(entry))
            if why or isinstance(entry, str):
                left.append(f"{task.name}：{why}")
            else:
                good.append(entry)
                lines.append(f"{task.name}：{describe(entry) if describe else course(task, after[task.key])}")
        if not good:
            refuse(left[:_MOST] or [f"没有可以{what}的任务"])
        trial = tried(self.writer, good) if left else trial
        refuse(trial.upset())
        if self.make_paper and self.paper.only:
            _tell_left(left)
            self.paper.put(self.make_paper(good, trial.then))
            return Exit.OK
        if len(built) > 1 or self.wish.only_shown:
            self._preview(what, lines, left, _common_lines(good))
        else:
            if describe:
                say(lines[0])
            self._confirm_answers(good[0])
        return Exit.OK if self.wish.only_shown else self._append(good, trial.then)

    def _preview(self, what: str, lines: Sequence[str], left: Sequence[str], common: Sequence[str]) -> None:
        """Show what would be written, and ask for consent unless ``Wish`` says otherwise.

        ``common``: the fields that all entries have alike, shown if questions were asked for them.
        """
        tell(f"{what} {len(lines)} 件：")
        for line in lines:
            tell(f"  {line}")
        if output.asked:
            tell("各条都写：")
            _tell_fields(common, "    ")
        _tell_left(left)
        if self.wish.only_shown:
            tell("只是预览，没有写入")
        if self.wish.assured or self.wish.only_shown:
            return
        if not prompts.at_terminal():
            raise UsageError(f"共 {len(lines)} 件，没有写入\n  下一步：核对以上各件后加 --yes 写入，或用筛选缩小范围")
        prompts.consent(f"写入这 {len(lines)} 条？")

    def _confirm_answers(self, entry: Entry) -> None:
        """Show an entry whole and ask for consent, if questions were asked; what was typed as a command is meant."""
        if output.asked and not self.wish.assured:
            _tell_fields(field_lines(entry), "  ")
            prompts.consent("写入？", default=True)

    def _append(self, entries: Sequence[Entry], then: Snapshot) -> Exit:
        """Append entries and print the new states of their tasks. ``then`` is the snapshot with the entries."""
        writer, ledger = self.writer, self.writer.ledger
        place = Place(ledger.root, writer.snapshot.plan.number, writer.unit, writer.name)
        if fault := name_fault(writer.unit):
            raise UsageError(f"单位名称不能用作文件夹：{fault}")
        lines: list[str] = []  # computed before the write, so that an error here leaves nothing written
        tasks = {task.key: task for task in writer.snapshot.tasks}
        for entry in entries:
            lines.append(f"已记录 {entry.number}")
            if task := then.task_of(entry.number):
                before = tasks[task.key]
                lines += [*course_lines(before, task), *money_warning(before, task, then)]
        paper = self.make_paper(entries, then) if self.make_paper else None
        errors = ledger.errors(then)
        path = append_entries(place, entries, self.evidence.copies)
        writer.keep_answers()
        for line in lines:
            say(line)
        say(f"写入 {path.relative_to(ledger.root).as_posix()}")
        if paper:
            self.paper.put(paper)
        return say_diagnostics(errors)


def _numbers(task: SnapshotTask) -> Iterator[str]:
    """The numbers of all events that are filed under a task."""
    return (event.number for event in task.filed)


def _tell_left(left: Sequence[str]) -> None:
    """Tell which tasks are left out, and why."""
    if left:
        tell(f"不在其列 {len(left)} 件：")
    for line in [*left[:_MOST], *(["……"] if len(left) > _MOST else [])]:
        tell(f"  {line}")


def _tell_fields(lines: Iterable[str], margin: str) -> None:
    for line in lines:
        tell(margin + line.replace("\n", f"\n{margin}  "))  # a pasted text may have several lines


def _common_lines(entries: Sequence[Entry]) -> list[str]:
    """The fields that all entries have alike, one per line."""
    first, *others = map(field_lines, entries)
    return [line for line in first if all(line in lines for lines in others)]
