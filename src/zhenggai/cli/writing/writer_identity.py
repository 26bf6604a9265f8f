"""The writer's unit and name, from an option, an environment variable, git's settings, or a question."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from pathlib import Path

from zhenggai.cli.named_things import known_measure, known_unit
from zhenggai.cli.output import tell
from zhenggai.cli.writing import prompts
from zhenggai.cli.writing.choices import Choice
from zhenggai.cli.writing.pick_lists import unit_choices
from zhenggai.cli.writing.refusals import refuse_lacking
from zhenggai.errors import UsageError
from zhenggai.ledger import Ledger
from zhenggai.model.names import name_fault
from zhenggai.model.units import UnitBook
from zhenggai.rules.day.snapshot import Snapshot
from zhenggai.sharing import git

HOW_TO_GIVE: Mapping[str, str] = {
    "措施": "写在命令后面，如 3-2",
    "内容": "写在措施后面，加引号",
    "原因": "加 --reason 文字",
    "下次评估": "加 --next-review 日期",
    "单位": "加 --unit 单位，或设环境变量 ZHENGGAI_UNIT，或 git config zhenggai.unit 单位",
    "记录单位": "加 --by 单位，或设环境变量 ZHENGGAI_UNIT，或 git config zhenggai.unit 单位",
    "填报人": "加 --writer 岗位，或设环境变量 ZHENGGAI_WRITER，或 git config zhenggai.writer 岗位",
}
_UNIT, _WRITER = "zhenggai.unit", "zhenggai.writer"


@dataclass
class Writer:
    """Who writes into a ledger, and when. Unit and name are asked for at their first use.

    ``now`` is the time of recording, ``happened`` the business date of the entries. ``own`` means that the unit writes
    about its own task: ``--unit`` then names both the recording and the responsible unit.
    """

    ledger: Ledger
    now: datetime
    happened: date
    given_unit: str | None
    given_name: str | None
    own: bool = True
    _to_keep: dict[str, str] = field(default_factory=dict, init=False)

    @property
    def today(self) -> date:
        """The recording day."""
        return self.now.date()

    @cached_property
    def snapshot(self) -> Snapshot:
        """The unfiltered snapshot as of today."""
        return self.ledger.snapshot(self.today)

    @cached_property
    def _my_unit(self) -> str | None:
        return my_unit(self.ledger.root, self.given_unit)

    @cached_property
    def _my_name(self) -> str | None:
        return identity(self.ledger.root, self.given_name, _WRITER)

    @cached_property
    def unit(self) -> str:
        """The recording unit's full name."""
        if not self._my_unit:
            return self._asked(_UNIT, *asked_unit(self.snapshot.units))
        try:
            return self.unit_named(self._my_unit)
        except UsageError as error:
            if self.given_unit:
                raise
            raise UsageError(
                f"{error}\n  下一步：{HOW_TO_GIVE[self._unit_label]}"
            ) from None  # the user did not type it: say where it is set

    @cached_property
    def name(self) -> str:
        """填报人: a post or an office, not a person."""
        if self._my_name:
            return writer_name(self._my_name)
        return self._asked(_WRITER, *_asked_identity("填报人（岗位或科室，如 办公室）", writer_name))

    def _asked(self, setting: str, answer: str, wished: bool) -> str:
        if wished:
            self._to_keep[setting] = answer
        return answer

    def keep_answers(self) -> None:
        """Store what the user wished to be remembered. Called after the write, so that giving up leaves nothing."""
        for setting, answer in self._to_keep.items():
            keep_setting(self.ledger.root, setting, answer)
        self._to_keep.clear()

    @property
    def _unit_label(self) -> str:
        return "单位" if self.own else "记录单位"

    def unit_named(self, word: str) -> str:
        """The full name of a unit. Raises ``UsageError`` for an unknown one."""
        return known_unit(self.snapshot.units, word).name

    def measure_named(self, word: str) -> str:
        """The number of a measure of the plan. Raises ``UsageError`` for an unknown one."""
        return known_measure(self.snapshot.plan, word, self.ledger.plan).number

    def need(self, given: Mapping[str, object], hints: Mapping[str, str] | None = None) -> None:
        """Make sure that a command has the values it requires.

        At a terminal, ask for the writer now; the command asks for the rest later. Without a terminal, raise ``UsageError``
        that names all missing values and how to supply them. ``given`` maps names to values, ``hints`` names to texts.
        """
        if prompts.at_terminal():
            if measure := given.get("措施"):
                self.measure_named(str(measure))  # a wrong one is named before anything is asked
            _ = self.unit, self.name
            return
        wanted = {**given, self._unit_label: self._my_unit, "填报人": self._my_name}
        how = {**HOW_TO_GIVE, **(hints or {})}
        refuse_lacking({what: how[what] for what, value in wanted.items() if not str(value or "").strip()})

    def last(self, field: str) -> str | None:
        """The value that this unit last wrote in a field, as a default. None if there is none."""
        known = filter(self.snapshot.knows, self.snapshot.archive.recorded_by(self.unit))
        own = sorted((r.entry for r in known), key=lambda entry: (entry.date, entry.number))
        values = [value for entry in own if (value := getattr(entry, field, None))]
        return str(values[-1]) if values else None


def writer_name(name: str) -> str:
    """The name, if it can be a file name. Raises ``UsageError`` otherwise."""
    if fault := name_fault(name):
        raise UsageError(f"填报人不能用：{fault}")
    return name


def identity(root: Path, option: str | None, setting: str) -> str | None:
    """The value of the option, else of the environment variable, else of git's setting, else None."""
    return option or git.own_setting(root, setting)


def my_unit(root: Path, option: str | None = None) -> str | None:
    """The user's own unit, in the spelling of the option or setting. None if it is not set."""
    return identity(root, option, _UNIT)


def asked_unit(units: UnitBook) -> tuple[str, bool]:
    """Ask for the user's own unit. Returns its full name, and whether to remember it."""
    return _asked_identity("你是哪个单位", lambda word: known_unit(units, word).name, unit_choices(units))


def _asked_identity(question: str, read: Callable[[str], str], choices: Sequence[Choice] = ()) -> tuple[str, bool]:
    answer = prompts.ask(question, read, choices=choices)
    return answer, prompts.confirmed(f"记住“{answer}”，以后不再问？", default=True)


def keep_unit(root: Path, unit: str) -> None:
    """Store the user's own unit in the clone's git settings."""
    keep_setting(root, _UNIT, unit)


def keep_setting(root: Path, setting: str, answer: str) -> None:
    """Store an answer in the clone's git settings. Says so where there is no git repository."""
    if not git.keep_setting(root, setting, answer):
        tell(f"这里不是 git 仓库，没有记住；可设环境变量 {git.variable_of(setting)}")
