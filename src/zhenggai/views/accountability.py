"""What a report says of those who were held to account: 问责情况."""

from collections.abc import Iterator, Sequence
from datetime import date

from zhenggai.document import Block, Para
from zhenggai.model.entries import Escalation
from zhenggai.model.kinds import Kind
from zhenggai.model.wording import day_beside
from zhenggai.rules.supervision.letters import is_other_unit
from zhenggai.rules.task.transitions import LADDER
from zhenggai.views.letter_text import whom
from zhenggai.views.report_entries import Tallies, Told
from zhenggai.views.sections import numbered

_NAMED = (Kind.CRITICISM, Kind.INTERVIEW, Kind.ACCOUNTABILITY)  # told one by one; milder steps are only counted


def accountability_blocks(told: Sequence[Told], tallies: Tallies, as_of: date) -> Iterator[Block]:
    """How often each step of the ladder was taken, and the graver ones one by one."""
    if taken := [tally.words() for tally in tallies.kinds if tally.kind in LADDER and tally.times]:
        yield Para(f"{'，'.join(taken)}。")
    if words := numbered(_step(one, as_of) for one in told if one.event.kind in _NAMED):
        yield Para(words)


def _step(told: Told, as_of: date) -> str:
    """A step of the ladder: 7月1日约谈县教育局局长（1-1，2人），依据督办后仍逾期；党内警告1人."""
    entry = told.entry
    assert isinstance(entry, Escalation)
    facts = [told.measure] if told.measure else []
    facts += [f"组织{entry.organisations}个"] if entry.organisations else []
    facts += [f"{entry.people}人"] if entry.people else []
    aside = f"（{'，'.join(facts)}）" if facts else ""
    done = [f"依据{entry.basis.rstrip('。；')}", *([entry.content.rstrip("。；")] if entry.content else [])]
    return f"{day_beside(told.event.date, as_of)}{_taken(told, entry)}{aside}，{'；'.join(done)}"


def _taken(told: Told, entry: Escalation) -> str:
    """The step and the addressee; if that is another unit, such as the one that decides on 问责, what it is about."""
    if is_other_unit(told.snapshot, entry.addressee, told.unit):
        return f"就{told.unit}向{entry.addressee}提出{entry.kind}"
    return f"{entry.kind}{whom(told.unit, entry.addressee)}"
