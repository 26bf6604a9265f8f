"""``when``: the meaning of a deadline's words, as dates."""

from collections.abc import Mapping, Sequence
from datetime import date
from operator import attrgetter
from typing import ClassVar

from zhenggai.deadline.meaning import Deadline, DeadlineKind, Stage
from zhenggai.deadline.parsing import occurrences
from zhenggai.deadline.recurrence import DutyOccurrence
from zhenggai.document import Block, Document, Para, Tone
from zhenggai.frozen import frozen
from zhenggai.views.columns import Key, Keys, ListOf, ReportColumn, ReportColumns

_KIND_WORDS: Mapping[DeadlineKind, str] = {
    DeadlineKind.BY: "截止到某一天",
    DeadlineKind.ON: "就在某一天",
    DeadlineKind.SPAN: "一段时间之内",
    DeadlineKind.FROM: "从某一天起，没有终止日",
    DeadlineKind.RELATIVE: "从起算日推算",
    DeadlineKind.IMMEDIATE: "立行立改，到期核查",
    DeadlineKind.LONG_TERM: "长期坚持，不设截止日，要定期评估",
    DeadlineKind.CONTINUOUS: "持续推进，不设截止日，要定期评估",
    DeadlineKind.RECURRING: "例行，按期办理",
    DeadlineKind.PHASE: "随所在阶段",
    DeadlineKind.SEVERAL: "几个日期，各是一个阶段",
    DeadlineKind.UNRESOLVED: "没有说明具体日子",
}
_THEN_WORDS: Mapping[DeadlineKind, str] = {DeadlineKind.LONG_TERM: "长期坚持", DeadlineKind.CONTINUOUS: "持续推进"}


_OCCURRENCES = ReportColumns[DutyOccurrence](
    ReportColumn("period"), ReportColumn("start"), ReportColumn("end", head="最后一天")
)


_STAGES = Keys[Stage](Key("words", head="阶段"), Key("end", head="最后一天"))


def _told(meaning: "Meaning") -> list[dict[str, object]] | None:
    """The occurrences of a deadline that recurs."""
    return _OCCURRENCES.records(meaning.occurrences) if meaning.deadline.kind is DeadlineKind.RECURRING else None


@frozen
class Meaning:
    """A deadline and, if it recurs, its occurrences."""

    deadline: Deadline
    occurrences: tuple[DutyOccurrence, ...]

    heads: ClassVar[Mapping[str, str]] = _OCCURRENCES.heads

    keys = Keys["Meaning"](
        Key("kind", attrgetter("deadline.kind"), head="哪一种"),
        Key("start", attrgetter("deadline.start")),
        Key("end", attrgetter("deadline.end"), head="最后一天"),
        Key("check_date", attrgetter("deadline.check_date"), head="核查日"),
        Key("then", attrgetter("deadline.then"), head="之后"),
        Key("warnings", attrgetter("deadline.warnings"), head="注意"),
        Key("occurrences", _told, ListOf(_OCCURRENCES), "各期", optional=True),
        Key(
            "stages",
            lambda meaning: _STAGES.records(meaning.deadline.stages) or None,
            ListOf(_STAGES),
            "各阶段",
            optional=True,
        ),
    )

    def record(self) -> dict[str, object]:
        """The JSON of ``when``: occurrences or stages only where the kind has them."""
        return self.keys.record(self)

    def rows(self) -> Sequence[Mapping[str, object]]:
        """One row per occurrence; for other kinds one row with the window."""
        if self.deadline.kind is DeadlineKind.RECURRING:
            return _OCCURRENCES.records(self.occurrences)
        return [{"period": None, "start": self.deadline.start, "end": self.deadline.end}]

    def document(self) -> Document:
        """The meaning as sentences."""
        d = self.deadline
        blocks: list[Block] = [Para(f"意思：{_KIND_WORDS[d.kind]}")]
        for what, day in (("起", d.start), ("最后一天", d.end), ("核查日", d.check_date)):
            if day is not None:
                blocks.append(Para(f"{what}：{day}"))
        if d.then is not None:
            blocks.append(Para(f"之后：{_THEN_WORDS[d.then]}"))
        blocks += [Para(f"阶段“{stage.words}”：{stage.end}") for stage in d.stages]
        blocks += [Para(f"注意：{warning}", Tone.YELLOW) for warning in d.warnings]
        if self.occurrences:
            blocks.append(_OCCURRENCES.table(self.occurrences))
        return Document(f"“{d.text}”", tuple(blocks))


def meaning(deadline: Deadline, start: date, end: date) -> Meaning:
    """The view of a deadline, with its occurrences from ``start`` to ``end``."""
    return Meaning(deadline, occurrences(deadline, start, end) if deadline.kind is DeadlineKind.RECURRING else ())
