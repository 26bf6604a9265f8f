"""The names of things in the ledger of a folder, each with what is said beside it.

Plans, units and measures come from the kept books; of entries only the newest of the user's own unit are offered.
"""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from zhenggai.cli.writing.choices import Choice
from zhenggai.cli.writing.pick_lists import measure_choices, unit_choices
from zhenggai.index.current_books import current_books, organisation_names
from zhenggai.index.store import FILE, FOLDER, Store
from zhenggai.model.ledger_name import ledger_name
from zhenggai.model.name_keys import name_key
from zhenggai.model.numbers import ending, measure_number
from zhenggai.model.wording import shortened
from zhenggai.reading.data_folders import LEDGERS, find_root, plan_paths, scan

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from zhenggai.cli.completion.line import Said
    from zhenggai.cli.offers import Thing
    from zhenggai.index.books import KeptBooks
    from zhenggai.model.entries import Entry

_SHOWN = 24  # characters of a content
_NEWEST = 20  # entries offered


class LiveNames:
    """The names in the ledger of a folder; ``said`` is the rest of the command line, which may name plan and measure.

    Nothing is found where there is no ledger. Raises ``ZhenggaiError`` or ``OSError`` if it cannot be read.
    """

    def __init__(self, folder: Path, said: Said) -> None:
        self._root = find_root(folder)
        self._said = said
        self._paths = plan_paths(self._root) if self._root else []

    def of(self, thing: Thing) -> Iterable[Choice]:
        """The names of a kind of thing."""
        return FINDERS[thing](self) if self._paths else ()

    @cached_property
    def _store(self) -> Store:
        assert self._root is not None  # there is a plan
        return Store(self._root / FOLDER / FILE)

    def plans(self) -> Iterator[Choice]:
        """The numbers of the plans."""
        return (Choice(Path(path).stem, self._books(path).plan.title) for path in self._paths)

    @cached_property
    def _path(self) -> str | None:
        """The file of the plan that the line means; None if it could be several."""
        by_number = {name_key(Path(path).stem): path for path in self._paths}
        named = (self._said.values.get("--plan", ""), *self._said.arguments)
        found = next((by_number[key] for word in named if (key := name_key(word)) in by_number), None)
        return found or (self._paths[0] if len(self._paths) == 1 else None)

    def _books(self, path: str) -> KeptBooks:
        assert self._root is not None  # as above
        return current_books(self._root, path, self._store)

    @cached_property
    def _here(self) -> KeptBooks:
        return self._books(self._path or self._paths[0])

    def units(self) -> Iterable[Choice]:
        """The units, with their classes; short and former names mean them too."""
        return unit_choices(self._here.units)

    def classes(self) -> Iterator[Choice]:
        """The classes of units."""
        return (Choice(of.name, "一类单位", of.aliases) for of in self._here.units.classes)

    def measures(self) -> Iterable[Choice]:
        """The measures of the plan, with their contents."""
        return measure_choices(self._here.plan) if self._path else ()

    def problems(self) -> Iterator[Choice]:
        """The problems of the plan, with their contents."""
        problems = self._here.plan.problems if self._path else ()
        return (Choice(str(problem.number), shortened(problem.content, _SHOWN)) for problem in problems)

    def phases(self) -> Iterator[Choice]:
        """The phases of the plan."""
        phases = self._here.plan.phases if self._path else ()
        return (Choice(str(phase.number), phase.name) for phase in phases)

    def steps(self) -> Iterator[Choice]:
        """The plan's steps of the measure on the line, or of all measures."""
        named = {number for word in self._said.arguments if (number := measure_number(word))}
        measures = self._here.plan.measure_by_number.values() if self._path else ()
        return (
            Choice(step.number, shortened(step.content, _SHOWN))
            for measure in measures
            if not named or measure.number in named
            for step in measure.steps
        )

    def organisations(self) -> Iterator[Choice]:
        """The party organisations, with their units."""
        assert self._root is not None  # as above
        return (Choice(name, unit) for name, unit in organisation_names(self._root, self._store))

    @cached_property
    def _my_unit(self) -> str | None:
        """The full name of the user's own unit; None if it is not set."""
        from zhenggai.sharing.git import own_setting  # imported here: most names need no git

        assert self._root is not None  # as above
        word = own_setting(self._root, "zhenggai.unit")
        return self._here.units.full_name(word) if word else None

    def entries(self) -> Iterator[Choice]:
        """The newest entries of the user's own unit."""
        from zhenggai.model.entries import Correction  # imported here: other names need no entry
        from zhenggai.reading.load import load_records

        found: list[Entry] = []
        for path in self._my_files():
            assert self._root is not None  # as above
            if len(found) >= _NEWEST:
                break
            found += (record.entry for record in load_records(self._root, path)[0])
        newest = sorted(found, key=lambda entry: entry.number, reverse=True)[:_NEWEST]
        return (_entry_choice(entry) for entry in newest if not isinstance(entry, Correction))

    def _my_files(self) -> list[str]:
        """The ledger files of the user's own unit, those of the last month first."""
        assert self._root is not None  # as above
        unit = self._here.units.unit_named(self._my_unit or "")
        if unit is None or self._path is None:
            return []
        folders = [f"{LEDGERS}/{Path(self._path).stem}/{name}" for name in (unit.name, *unit.former_names)]
        files = [f"{folder}/{file.name}" for folder in folders for file in scan(self._root / folder)]
        return sorted((path for path in files if ledger_name(path)), key=lambda path: path.split("/")[-1], reverse=True)

    def letters(self) -> Iterator[Choice]:
        """The letters that await a reply of the user's own unit."""
        from zhenggai.cli import clock  # imported here: only this needs the state of a day
        from zhenggai.ledger import Ledger
        from zhenggai.rules.supervision.letters import unanswered

        assert self._root is not None  # as above
        if self._path is None or self._my_unit is None:
            return iter(())
        ledger = Ledger(self._root, self._path)
        letters = unanswered(ledger.snapshot(clock.today(ledger.plan)), self._my_unit)
        return (_entry_choice(letter.entry) for letter in letters)


def _entry_choice(entry: Entry) -> Choice:
    content = shortened(getattr(entry, "content", None) or "", _SHOWN)
    return Choice(ending(entry.number), "　".join(filter(None, (str(entry.date), entry.kind, entry.measure, content))))


FINDERS: Mapping[Thing, Callable[[LiveNames], Iterable[Choice]]] = {
    "plans": LiveNames.plans,
    "units": LiveNames.units,
    "classes": LiveNames.classes,
    "measures": LiveNames.measures,
    "problems": LiveNames.problems,
    "phases": LiveNames.phases,
    "steps": LiveNames.steps,
    "entries": LiveNames.entries,
    "letters": LiveNames.letters,
    "organisations": LiveNames.organisations,
}
