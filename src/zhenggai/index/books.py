"""The plan and the unit book as they are kept: each is read when somebody asks."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from zhenggai.index.codec import diagnostics_from, from_plain, value_in
from zhenggai.model.plan import Plan
from zhenggai.rules.plan.phases import PhaseWindow

if TYPE_CHECKING:
    from datetime import date

    from zhenggai.model.source import Diagnostic
    from zhenggai.model.units import UnitBook


class KeptBooks:
    """The books of a ledger. ``number`` is the plan's.

    A comment in either book, or where a thing stands in it, makes no other key: ``meaning`` names what both say, ``filing`` what
    decides under which task an entry is filed, ``names`` what the unit book says.
    """

    def __init__(self, key: str, value: bytes) -> None:
        self.key = key
        head, self._plan, self._units, self._windows, self._diagnostics = value.split(b"\n")
        facts = value_in(head)
        self.number: str = facts["number"]
        self.meaning: str = facts["meaning"]
        self.filing: str = facts["filing"]
        self.names: str = facts["names"]
        self._turns: list[int] = facts["turns"]

    @cached_property
    def plan(self) -> Plan:
        """The plan as its file has it."""
        return from_plain(Plan, value_in(self._plan))

    @cached_property
    def units(self) -> UnitBook:
        """The unit book."""
        from zhenggai.model.units import UnitBook  # here, since some lists name no unit

        return from_plain(UnitBook, value_in(self._units))

    @cached_property
    def windows(self) -> tuple[PhaseWindow, ...]:
        """The plan's phases with their days."""
        return from_plain(tuple[PhaseWindow, ...], value_in(self._windows))

    @cached_property
    def diagnostics(self) -> list[Diagnostic]:
        """What is wrong with the books."""
        return diagnostics_from(value_in(self._diagnostics))

    def span(self, day: date) -> int:
        """The first of the days around one on which the plan knows the same tasks, as its ordinal."""
        return max((turn for turn in self._turns if turn <= day.toordinal()), default=1)
