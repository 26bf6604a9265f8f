"""Who is at the keyboard: which unit writes, under which name, and what they are asked where something is missing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from zhenggai.cli.named_things import known_unit
from zhenggai.cli.writing import prompts, writer_identity
from zhenggai.cli.writing.refusals import refuse_lacking
from zhenggai.errors import UsageError
from zhenggai.ledger import Ledger
from zhenggai.model.names import name_fault
from zhenggai.rules.day.snapshot import Picture

HOW_TO_GIVE: Mapping[str, str] = {
    "措施": "写在命令后面，如 3-2",
    "内容": "写在措施后面，加引号",
    "原因": "加 --reason 文字",
    "下次评估": "加 --next-review 日期",
    "单位": "加 --unit 单位，或设环境变量 ZHENGGAI_UNIT，或 git config zhenggai.unit 单位",
    "记录单位": "加 --by 单位，或设环境变量 ZHENGGAI_UNIT，或 git config zhenggai.unit 单位",
    "填报人": "加 --writer 岗位，或设环境变量 ZHENGGAI_WRITER，或 git config zhenggai.writer 岗位",
}


@dataclass
class Clerk:
    """Somebody who writes into a ledger at a moment. ``happened`` is the business date of the entries.

    ``own`` says that the recording unit writes about its own task, so that ``--unit`` names both.
    """

    ledger: Ledger
    now: datetime
    happened: date
    given_unit: str | None
    given_writer: str | None
    own: bool

    @property
    def today(self) -> date:
        """The recording day."""
        return self.now.date()

    @cached_property
    def picture(self) -> Picture:
        """The whole plan as of today."""
        return self.ledger.picture(self.today)

    @cached_property
    def _my_unit(self) -> str | None:
        return writer_identity.my_unit(self.ledger.root, self.given_unit)

    @cached_property
    def _my_name(self) -> str | None:
        return writer_identity.identity(self.ledger.root, self.given_writer, "zhenggai.writer")

    @cached_property
    def unit(self) -> str:
        """The recording unit's full name."""
        if not self._my_unit:
            return writer_identity.asked_unit(self.ledger.root, self.unit_named)
        try:
            return self.unit_named(self._my_unit)
        except UsageError as error:
            if self.given_unit:
                raise
            how = HOW_TO_GIVE["单位" if self.own else "记录单位"]
            raise UsageError(f"{error}\n  下一步：{how}") from None  # a setting, which nobody has in sight

    def unit_named(self, word: str) -> str:
        """A unit's full name."""
        return known_unit(self.picture.units, word).name

    @cached_property
    def writer(self) -> str:
        """Who writes: a post or an office."""
        question = "填报人（岗位或科室，如 办公室）"
        if self._my_name:
            return _writer_name(self._my_name)
        return writer_identity.asked_once(self.ledger.root, question, "zhenggai.writer", _writer_name)

    # --- what is missing

    def need(self, given: Mapping[str, object], hints: Mapping[str, str] | None = None) -> None:
        """What a command cannot do without: at a terminal who writes is asked now, and the rest when it is needed.

        Where nobody can be asked everything that is missing is named at once, with how to give it.
        """
        if prompts.at_terminal():
            _ = self.unit, self.writer
            return
        wanted = {**given, "单位" if self.own else "记录单位": self._my_unit, "填报人": self._my_name}
        how = {**HOW_TO_GIVE, **(hints or {})}
        refuse_lacking({what: how[what] for what, value in wanted.items() if not str(value or "").strip()})

    def last(self, name: str) -> str | None:
        """What this unit wrote last in a field, to be offered again."""
        known = filter(self.picture.knows, self.picture.archive.recorded_by(self.unit))
        own = sorted((r.entry for r in known), key=lambda entry: (entry.date, entry.number))
        values = [value for entry in own if (value := getattr(entry, name, None))]
        return str(values[-1]) if values else None


def _writer_name(name: str) -> str:
    """A name that a ledger file can bear."""
    if fault := name_fault(name):
        raise UsageError(f"填报人不能用：{fault}")
    return name
