"""How the tasks of all units stand as of a day, as the index keeps it; ``folding`` makes what it does not have.

The sheet of ``ALWAYS`` holds for every day that no event of the unit is later than, as long as the plan knows the same tasks
(``span``); other days have sheets of their own for the units of which that is not so.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Literal, NamedTuple

from zhenggai.ledger.index import Moved

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from zhenggai.ledger.catalogue import Catalogue, Filed
    from zhenggai.ledger.folding import Roll
    from zhenggai.ledger.kept import Plain

ALWAYS = 0
_SINGLY = 16  # units: whoever asks for the briefs of so many will ask for more

Made = dict[Literal["brief", "behind"], "Plain"]
"""What stands behind a unit's row, of each of its tasks, those given up last: its brief and the numbers of the entries filed
under it that took no part; the task (None: it was another) and its head.
"""


class Row(NamedTuple):
    """A unit on a sheet: the last day of all its events, the last by the sheet's own day, how many; then its tasks in columns.

    Of those in force: their places among all, measures, findings, cells, and of the few that another unit carries which one, by
    their number in the row. ``gone`` are those that were given up: the day since, place, measure, finding, cell, holder.
    """

    last: int
    latest: int
    events: int
    places: Sequence[int] = ()
    measures: Sequence[str] = ()
    findings: Sequence[int] = ()
    cells: Sequence[Plain] = ()
    holders: Sequence[tuple[int, str]] = ()
    gone: Sequence[Plain] = ()
    problems: Sequence[Plain] = ()


class Sheets:
    """The rows of all units as of a day, and the day of the sheet that each stands on; what was just made is at hand."""

    def __init__(self, catalogue: Catalogue, rows: dict[str, Row], made: Mapping[str, Made] | None = None) -> None:
        self.catalogue, self.rows = catalogue, rows
        self.made: dict[str, Made] = dict(made or {})
        self.days: dict[str, int] = {}
        self.version = catalogue.index.version
        self._singly = 0

    def of(self, catalogue: Catalogue) -> Sheets:
        """The same rows, with what else is asked for from another catalogue."""
        sheets = Sheets(catalogue, dict(self.rows), self.made)
        sheets.days |= self.days
        sheets.version = self.version
        return sheets

    def heads(self, unit: str) -> Plain:
        """The tasks and heads behind a unit's row; ``Moved`` where the index says something else by now."""
        return self._kept(unit, "behind")

    def briefs(self, unit: str) -> Plain:
        """The briefs behind a unit's row; likewise. After some units all are read at once."""
        if "brief" not in self.made.get(unit, {}):
            self._singly += 1
            if self._singly == _SINGLY:
                self._take_briefs()
        return self._kept(unit, "brief")

    def _take_briefs(self) -> None:
        """Read the briefs of all units."""
        found = {day: self.catalogue.index.briefs(day) for day in {ALWAYS, *self.days.values()}}
        if self.catalogue.index.version == self.version:
            for unit in self.rows:
                briefs = found[self.days.get(unit, ALWAYS)].get(unit)
                if briefs is not None:
                    self.made.setdefault(unit, {}).setdefault("brief", briefs)

    def _kept(self, unit: str, what: Literal["brief", "behind"]) -> Plain:
        made = self.made.setdefault(unit, {})
        if what not in made:
            found = self.catalogue.index.sheet(self.days.get(unit, ALWAYS), unit, what)
            if found is None or self.catalogue.index.version != self.version:
                raise Moved
            made[what] = found[1]
        return made[what]

    def events(self, unit: str) -> Filed:
        """The events of a unit; likewise."""
        filed = self.catalogue.events(unit)
        if sum(map(len, filed.values())) != self.rows[unit].events:
            raise Moved
        return filed

    def add(self, rows: Mapping[str, Row], day: int, made: Mapping[str, Made] | None = None) -> None:
        """Take rows of another day's sheet."""
        self.rows |= rows
        self.days |= dict.fromkeys(rows, day)
        for unit in rows:
            self.made.pop(unit, None)
        self.made |= made or {}


def sheets_on(catalogue: Catalogue, as_of: date, known_by: date = date.max) -> Sheets:
    """All units as of a day; from the index where it has them, else made and kept there."""
    day, span = as_of.toordinal(), catalogue.index.meta("span")
    if known_by != date.max or span is None or not span[0] <= day <= span[1]:
        from zhenggai.ledger.folding import sheets_outside  # here, since most often the index has them

        return sheets_outside(catalogue, span, as_of, known_by)
    version = catalogue.index.version
    if catalogue.rows is None or catalogue.rows[0] != version:
        catalogue.rows = version, rows_on(catalogue, ALWAYS)
    sheets = Sheets(catalogue, dict(catalogue.rows[1]))
    later = [unit for unit, row in sheets.rows.items() if row.last > day]
    return with_dated(sheets, later, as_of) if later else sheets


def with_dated(sheets: Sheets, wanted: Sequence[str], as_of: date, rolls: Mapping[str, Roll] | None = None) -> Sheets:
    """The same with some units on the day's own sheet; those that it has not are made of ``rolls``, else of what is kept."""
    day = as_of.toordinal()
    sheets.catalogue.in_use.add(day)
    dated = rows_on(sheets.catalogue, day)
    sheets.add({unit: dated[unit] for unit in wanted if unit in dated}, day)
    if missing := [unit for unit in wanted if unit not in dated]:
        from zhenggai.ledger.folding import keep, made_sheets, rolls_kept  # here, as above

        chosen = {unit: rolls[unit] for unit in missing} if rolls else rolls_kept(sheets, missing, as_of)
        made = made_sheets(sheets.catalogue, chosen, as_of)
        keep(made, day)
        sheets.add(made.rows, day, made.made)
    return sheets


def rows_on(catalogue: Catalogue, day: int) -> dict[str, Row]:
    """The rows of a day's sheet."""
    return {unit: Row(*cells) for unit, cells in catalogue.index.sheets(day)}
