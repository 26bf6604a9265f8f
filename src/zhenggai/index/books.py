"""The kept plan and unit book. Each part is read on first use."""

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
    """The kept plan and unit book of a ledger.

    ``number`` is the number of the plan. Three digests identify the content of the books. Comments and line numbers are not
    part of them, so a changed comment changes no digest.

    - ``meaning``: the digest of the plan and the unit book;
    - ``filing``: the digest of the part that decides the address of an entry;
    - ``names``: the digest of the unit book.
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
        """The plan as its file has it, without line numbers."""
        return from_plain(Plan, value_in(self._plan))

    @cached_property
    def units(self) -> UnitBook:
        """The unit book."""
        from zhenggai.model.units import UnitBook  # imported here: some lists need no unit

        return from_plain(UnitBook, value_in(self._units))

    @cached_property
    def windows(self) -> tuple[PhaseWindow, ...]:
        """The phases of the plan with their windows."""
        return from_plain(tuple[PhaseWindow, ...], value_in(self._windows))

    @cached_property
    def diagnostics(self) -> list[Diagnostic]:
        """The diagnostics of the books."""
        return diagnostics_from(value_in(self._diagnostics))

    def span(self, day: date) -> int:
        """The last turning day until ``day``, as an ordinal; 1 if there is none. Days with the same span have the same tasks."""
        return max((turn for turn in self._turns if turn <= day.toordinal()), default=1)
