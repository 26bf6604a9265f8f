"""The names of things in the ledger of a folder, each with what is said beside it.

Plans, units and measures come from the kept books; of entries only the newest of the user's own unit are offered.
"""

from __future__ import annotations

import re
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from zhenggai.cli.writing.choices import Choice, plain_choices
from zhenggai.cli.writing.pick_lists import measure_choices, unit_choices
from zhenggai.index.current_books import current_books, organisation_names
from zhenggai.index.store import FILE, FOLDER, Store
from zhenggai.model.kinds import Kind
from zhenggai.model.ledger_name import ledger_name
from zhenggai.model.name_keys import name_key
from zhenggai.model.numbers import ending, measure_number
from zhenggai.model.wording import shortened
from zhenggai.reading.data_folders import LEDGERS, plan_paths, scan
from zhenggai.reading.files import FileBytes, read_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from zhenggai.cli.completion.line import Said
    from zhenggai.cli.offers import Thing
    from zhenggai.index.books import KeptBooks
    from zhenggai.model.plan import Measure, Plan, Share

_LINE = re.compile(r"^(?:- |  )(编号|日期|事项|措施|内容): (\S.*?)\s*$", re.MULTILINE)
_SHOWN = 24  # characters of a content
_NEWEST = 20  # entries offered


class LiveNames:
    """The names in the ledger of a root; ``said`` is the rest of the command line, which may name plan and measure.

    Nothing is found where there is no plan. Raises ``ZhenggaiError`` or ``OSError`` if the ledger cannot be read.
    """

    def __init__(self, root: Path, said: Said) -> None:
        self._root, self._said = root, said
        self._paths = plan_paths(root)

    def of(self, thing: Thing) -> Iterable[Choice]:
        """The names of a kind of thing, each once, though several plans may have it."""
        found: dict[str, Choice] = {}
        for choice in FINDERS[thing](self) if self._paths else ():
            found.setdefault(choice.value, choice)
        return found.values()

    @cached_property
    def _store(self) -> Store:
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

    @property
    def _plans(self) -> Iterator[Plan]:
        """The plan that the line means, or all that it may mean."""
        return (self._books(path).plan for path in ([self._path] if self._path else self._paths))

    def _books(self, path: str) -> KeptBooks:
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
        return chain.from_iterable(map(measure_choices, self._plans))

    def problems(self) -> Iterator[Choice]:
        """The problems of the plan, with their contents."""
        problems = (problem for plan in self._plans for problem in plan.problems)
        return (Choice(str(problem.number), shortened(problem.content, _SHOWN)) for problem in problems)

    def phases(self) -> Iterator[Choice]:
        """The phases of the plan."""
        return (Choice(str(phase.number), phase.name) for plan in self._plans for phase in plan.phases)

    def sources(self) -> Iterator[Choice]:
        """The names of the 问题来源 of the plan, which their codes mean too."""
        return (Choice(name, code, (code,)) for plan in self._plans for code, name in plan.sources.items())

    def submissions(self) -> Iterator[Choice]:
        """The names of the reports that the plan owes to superiors."""
        return (Choice(one.name, one.deadline) for plan in self._plans for one in plan.submissions)

    def leaders(self) -> Iterable[Choice]:
        """The leaders that the plan names: 责任领导, 分管领导, 第一责任人."""
        heads = ((plan.leader_in_charge, plan.first_responsible) for plan in self._plans)
        return self._people(lambda part: (part.leader, part.leader_in_charge, part.first_responsible), heads)

    def persons(self) -> Iterable[Choice]:
        """The 责任人 that the plan names."""
        return self._people(lambda part: (part.person,))

    def _people(
        self, of: Callable[[Measure | Share], Iterable[str | None]], heads: Iterable[Iterable[str | None]] = ()
    ) -> Iterable[Choice]:
        """The people that the measures and their 分工 name, after ``heads``, the people that the plans name."""
        measures = list(self._measures())
        parts: Iterator[Measure | Share] = chain(measures, (share for measure in measures for share in measure.shares))
        return plain_choices(dict.fromkeys(filter(None, chain.from_iterable((*heads, *map(of, parts))))))

    def types(self) -> Iterable[Choice]:
        """The 整改类型 that the plan has."""
        return plain_choices(dict.fromkeys(filter(None, (m.rectification_type for m in self._measures()))))

    def priorities(self) -> Iterable[Choice]:
        """The words for 优先 that the plan has."""
        return plain_choices(dict.fromkeys(filter(None, (m.priority for m in self._measures()))))

    def _measures(self) -> Iterator[Measure]:
        return (measure for plan in self._plans for measure in plan.measure_by_number.values())

    def steps(self) -> Iterator[Choice]:
        """The plan's steps of the measure on the line, or of all measures."""
        named = {number for word in self._said.arguments if (number := measure_number(word))}
        return (
            Choice(step.number, shortened(step.content, _SHOWN))
            for measure in self._measures()
            if not named or measure.number in named
            for step in measure.steps
        )

    def organisations(self) -> Iterator[Choice]:
        """The party organisations, with their units."""
        return (Choice(name, unit) for name, unit in organisation_names(self._root, self._store))

    def _my_word(self) -> str:
        """The user's own unit, in any spelling; "" if it is not set."""
        from zhenggai.sharing.git import own_setting  # imported here: most names need no git

        return own_setting(self._root, "zhenggai.unit") or ""

    def entries(self) -> Iterator[Choice]:
        """The newest entries of the user's own unit."""
        found: list[Mapping[str, str]] = []
        for path in self._my_files():
            if len(found) >= _NEWEST:
                break
            file = read_file(self._root, path)
            found += _entries_in(file.data.decode("utf-8", "replace")) if isinstance(file, FileBytes) else ()
        newest = sorted(found, key=lambda entry: entry["编号"], reverse=True)[:_NEWEST]
        return (
            _entry_choice(entry["编号"], *(entry.get(key, "") for key in ("日期", "事项", "措施", "内容")))
            for entry in newest
            if entry.get("事项") != Kind.CORRECTION
        )

    def _my_files(self) -> list[str]:
        """The ledger files of the user's own unit, those of the last month first."""
        unit = self._here.units.unit_named(self._my_word())
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

        word = self._my_word()
        if self._path is None or not word:
            return
        ledger = Ledger(self._root, self._path)
        for letter in unanswered(ledger.snapshot(clock.today(ledger.plan)), ledger.units.full_name(word)):
            entry = letter.entry
            content = getattr(entry, "content", None) or ""
            yield _entry_choice(entry.number, str(entry.date), entry.kind, entry.measure or "", content)


def _entries_in(text: str) -> list[dict[str, str]]:
    """The entries in a ledger file, as far as a hint needs them and each key has a line: key → value.

    The reader of ledger files checks everything, which takes half of the time that a completion may take.

    >>> _entries_in('- 编号: 20200512-k3f9x2ab\\n  日期: 2020-05-12\\n  内容: "开会：部署"\\n')
    [{'编号': '20200512-k3f9x2ab', '日期': '2020-05-12', '内容': '开会：部署'}]
    """
    found: list[dict[str, str]] = []
    for key, value in _LINE.findall(text):
        if key == "编号":
            found.append({})
        if found:
            found[-1][key] = value.strip("\"'")
    return found


def _entry_choice(number: str, *said: str) -> Choice:
    *facts, content = said
    return Choice(ending(number), "　".join(filter(None, (*facts, shortened(content, _SHOWN)))))


FINDERS: Mapping[Thing, Callable[[LiveNames], Iterable[Choice]]] = {
    "plans": LiveNames.plans,
    "units": LiveNames.units,
    "classes": LiveNames.classes,
    "measures": LiveNames.measures,
    "problems": LiveNames.problems,
    "phases": LiveNames.phases,
    "sources": LiveNames.sources,
    "leaders": LiveNames.leaders,
    "persons": LiveNames.persons,
    "types": LiveNames.types,
    "priorities": LiveNames.priorities,
    "submissions": LiveNames.submissions,
    "steps": LiveNames.steps,
    "entries": LiveNames.entries,
    "letters": LiveNames.letters,
    "organisations": LiveNames.organisations,
}
