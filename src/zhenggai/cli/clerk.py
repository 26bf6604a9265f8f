"""Who is at the keyboard: which unit writes, under which name, and what they are asked where something is missing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

import typer

from zhenggai.cli import who
from zhenggai.cli.options import parse_day
from zhenggai.errors import UsageError
from zhenggai.ledger import Ledger
from zhenggai.model.wording import nearest_words
from zhenggai.rules.state import Picture
from zhenggai.store.append import name_fault

HOW_TO_GIVE: Mapping[str, str] = {
    "措施": "写在命令后面，如 3-2",
    "内容": "写在措施后面，加引号",
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
        return who.identity(self.ledger.root, self.given_unit, "ZHENGGAI_UNIT", "zhenggai.unit")

    @cached_property
    def _my_name(self) -> str | None:
        return who.identity(self.ledger.root, self.given_writer, "ZHENGGAI_WRITER", "zhenggai.writer")

    @cached_property
    def unit(self) -> str:
        """The recording unit's full name."""
        word = self._my_unit or who.asked_once(self.ledger.root, "你是哪个单位", "zhenggai.unit")
        unit = self.picture.units.unit_named(word)
        if unit is None:
            raise UsageError(f"没有单位“{word}”\n  最接近的有：{nearest_words(word, list(self.picture.units.by_name))}")
        return unit.name

    @cached_property
    def writer(self) -> str:
        """Who writes: a post or an office."""
        question = "填报人（岗位或科室，如 办公室）"
        name = self._my_name or who.asked_once(self.ledger.root, question, "zhenggai.writer")
        if fault := name_fault(name):
            raise UsageError(f"填报人不能用：{fault}")
        return name

    # --- what is missing

    def need(self, given: Mapping[str, object], hints: Mapping[str, str] | None = None) -> None:
        """What a command cannot do without: at a terminal who writes is asked now, and the rest when it is needed.

        Where nobody can be asked everything that is missing is named at once, with how to give it.
        """
        if who.at_terminal():
            _ = self.unit, self.writer
            return
        wanted = {**given, "单位" if self.own else "记录单位": self._my_unit, "填报人": self._my_name}
        how = {**HOW_TO_GIVE, **(hints or {})}
        refuse_lacking({what: how[what] for what, value in wanted.items() if not str(value or "").strip()})

    def text(self, question: str, given: str | None, default: str | None = None) -> str:
        """What was given, else the answer to a question, with the default shown."""
        return (given or "").strip() or who.ask(question, default)

    def optional(self, question: str, given: str | None, default: str | None = None) -> str | None:
        """The same for what may be left empty: asked for only at a terminal."""
        if given is not None or not who.at_terminal():
            return (given or "").strip() or None
        may_be_empty = "" if default else "，不填则空"
        answer = typer.prompt(f"{question}{may_be_empty}", default=default or "", show_default=bool(default), err=True)
        return str(answer).strip() or None

    def each(self, question: str, given: Sequence[str] | None) -> tuple[str, ...]:
        """Texts that were given, else at a terminal asked for one by one until an empty answer."""
        found = [word.strip() for word in given or ()]
        while not given and who.at_terminal():
            answer = typer.prompt(
                f"{question}（第 {len(found) + 1} 条，不填则完）", default="", show_default=False, err=True
            )
            if not answer.strip():
                break
            found.append(answer.strip())
        return tuple(filter(None, found))

    def day(self, question: str, given: date | None, default: date | None = None) -> date:
        """A day that was given, else asked for until it is one."""
        while given is None:
            try:
                given = parse_day(who.ask(question, str(default) if default else None))
            except typer.BadParameter as error:
                typer.echo(error.message, err=True)
        return given

    def last(self, name: str) -> str | None:
        """What this unit wrote last in a field, to be offered again."""
        own = (r.entry for r in self.picture.known_records() if self.picture.unit_name(r.recorder) == self.unit)
        values = [value for entry in own if (value := getattr(entry, name, None))]
        return str(values[-1]) if values else None


def refuse_lacking(missing: Mapping[str, str]) -> None:
    """Where something is missing: ``UsageError`` that names everything, each with how to supply it."""
    if missing:
        lines = "\n".join(f"  缺 {what}：{how}" for what, how in missing.items())
        raise UsageError(f"还缺 {len(missing)} 项，没有写入\n{lines}")
