"""A question to a ledger: the values of a list's options, before any ledger is open (``Question``) and with one (``Asked``)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from zhenggai.cli import clock
from zhenggai.cli.lone_words import NUMBER, WORD, Own, meant
from zhenggai.cli.output import put, say_diagnostics, tell
from zhenggai.document import Report
from zhenggai.errors import Exit, UsageError
from zhenggai.frozen import frozen
from zhenggai.ledger import Ledger
from zhenggai.model.source import Diagnostic
from zhenggai.render import format_wanted
from zhenggai.rules.day.snapshot import Snapshot
from zhenggai.views.selection import Selection, select

if TYPE_CHECKING:
    from zhenggai.cli.word_template import WordTemplate

T = TypeVar("T")


class Together:
    """The answers of several plans, to be put out as one."""

    def __init__(self) -> None:
        self.reports: dict[str, Report] = {}  # by what ``--plan`` calls the plan
        self.errors: dict[Diagnostic, None] = {}  # each once: the unit book is that of all plans
        self.unit: str | None = None  # the answer to a question that is put once for all plans


@frozen(slots=False)
class Asked:
    """The values of a list's options, and the open ledger. ``number`` and ``word`` were given without an option.

    ``together`` collects the answers where several plans are asked; ``template`` is filled with the answer.
    """

    ledger: Ledger
    selection: Selection
    as_of: date
    is_dated: bool  # --as-of was given; else ``as_of`` is today
    known_by: date
    format: str | None
    output: Path | None
    force: bool
    number: int | None = None
    word: Any = None
    together: Together | None = None
    template: "WordTemplate | None" = None

    @cached_property
    def whole(self) -> Snapshot:
        """The snapshot as of the day, without filters."""
        return self.ledger.snapshot(self.as_of, self.known_by)

    def snapshot(self) -> Snapshot:
        """The snapshot as of the day, with the filters applied. Says so where a unit has no task, but leads some."""
        found, unit = select(self.whole, self.selection), self.selection.unit
        if unit and not found.tasks and self.selection.lead is None:
            led = select(self.whole, replace(self.selection, unit=None, lead=unit)).tasks
            if led:
                tell(f"没有{unit}自己的任务；它牵头的有 {len(led)} 件，看它们把 --unit 换成 --lead")
        return found

    @property
    def makes_calendar(self) -> bool:
        """Whether the answer becomes a calendar."""
        wanted = format_wanted(self.output, self.format)
        return wanted is not None and wanted.calendar

    def number_or(self, given: int | None, option: str) -> int | None:
        """The number that was given without an option, else that of the command's own ``option``."""
        if self.number is not None and given is not None:
            raise UsageError(f"{self.number} 和 {option} {given} 只能写一个\n  下一步：去掉一个")
        return given if self.number is None else self.number

    def word_or(self, given: T | None, option: str) -> T | None:
        """The value of a word that was given without an option, else that of the command's own ``option``."""
        if self.word is not None and given is not None:
            raise UsageError(f"“{self.word}”和 {option} {given} 只能写一个\n  下一步：去掉一个")
        return given if self.word is None else self.word

    def answer(self, report: Report, snapshot: Snapshot) -> Exit:
        """Output the report, then print the errors in the data. Returns the exit code."""
        return self.put(report, self.ledger.errors(snapshot))  # first: a query of the index may start over

    def put(self, report: Report, errors: Sequence[Diagnostic] = ()) -> Exit:
        """The same with the errors that are given."""
        if self.together is None:
            if self.template:
                self.template.put(report)
            else:
                put(report, self.format, self.output)
            return say_diagnostics(errors)
        self.together.reports[Path(self.ledger.path).stem] = report
        self.together.errors.update(dict.fromkeys(errors))
        return Exit.FOUND if errors else Exit.OK

    def refuse_several(self, what: str) -> None:
        """Raise ``UsageError`` if several plans are asked for ``what``, which only one can give."""
        if self.together is not None:
            raise UsageError(f"{what}的是一个方案的，这里有几个\n  下一步：用 --plan 指明一个")


def day_of(ledger: Ledger) -> date:
    """The day that is shown where none is given: today, for a demonstration ledger not later than its last entry."""
    today = clock.today(ledger.plan)
    if not ledger.units.is_demo:
        return today
    last = ledger.snapshot(today).last_entry or today
    if last < today:
        tell(f"这是演示台账，照最近一条记录那天（{last}）显示；看别的日子加 --as-of 日期")
    return last


@frozen
class Question:
    """The values of a list's options before any ledger is open. ``paths`` are the files of the plans that are asked."""

    root: Path
    paths: Sequence[str]
    verify: bool
    words: Sequence[str]
    values: Mapping[str, Any]
    options: Collection[str]
    own: Own
    known_by: date | None
    format: str | None
    output: Path | None
    force: bool
    template: "WordTemplate | None"

    def of(self, path: str, together: Together | None = None) -> Asked:
        """The question as one plan understands it. Raises ``NotInPlan`` for a word that means nothing there."""
        ledger = Ledger(self.root, path, verify=self.verify)
        alone = meant(self.words, ledger.plan, ledger.units, self.options, self.own) if self.words else {}
        for name, value in alone.items():
            if (given := self.values.get(name)) is not None:
                raise UsageError(f"“{value}”和 --{name.replace('_', '-')} {given} 只能写一个\n  下一步：去掉一个")
        number: Any = alone.pop(NUMBER, None)
        word = alone.pop(WORD, None)
        values = {**self.values, **alone}
        day = values.pop("as_of")
        return Asked(
            ledger=ledger,
            selection=Selection(**values),
            as_of=day or day_of(ledger),
            is_dated=day is not None,
            known_by=self.known_by or date.max,
            format=self.format,
            output=self.output,
            force=self.force,
            number=number,
            word=word,
            together=together,
            template=self.template,
        )
