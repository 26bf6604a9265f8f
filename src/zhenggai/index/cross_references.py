"""Resolves references (针对) between files, month by month: a number begins with the month in which its entry was recorded.

The join of a month collects the entries recorded in it from all files. It is made again only if a file with entries of that
month has changed. The answers for a folder say what its entries need to know about entries in other files.
"""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import Any

from zhenggai.index.codec import line_of, lines_of, value_in
from zhenggai.index.events import events_from
from zhenggai.index.keys import digest_of, key_of, program_key
from zhenggai.index.outlines import FilingRules, Outliner, Skips
from zhenggai.model.event_of_entry import Event
from zhenggai.model.kinds import Kind
from zhenggai.rules.task.address import Address
from zhenggai.rules.task.entry_assignment import Filer

Folders = Mapping[str, "FolderOutline"]


class FolderOutline:
    """The kept outline of a folder (``outlines.Outliner.folder`` describes its lines). Each line is read on first use."""

    def __init__(self, key: str, value: bytes) -> None:
        self.key = key
        self._head, self._files, self._months, self._wanted, self._named = value.split(b"\n")

    @cached_property
    def _facts(self) -> Any:
        return value_in(self._head)

    @property
    def months(self) -> dict[str, str]:
        """Month (YYYYMM) → digest of the outlines and wanted numbers of that month."""
        found: dict[str, str] = self._facts["months"]
        return found

    @property
    def wanted_digest(self) -> str:
        """The digest of ``wanted``; "" if ``wanted`` is empty."""
        return str(self._facts["wanted"])

    @property
    def diagnostics(self) -> list[Any]:
        """The diagnostics of reading its files (plain)."""
        found: list[Any] = self._facts["diagnostics"]
        return found

    @cached_property
    def files(self) -> dict[str, str]:
        """Name of each file → its digest."""
        found: dict[str, str] = value_in(self._files)
        return found

    def files_of(self, month: str) -> list[str]:
        """The names of the files with entries recorded in a month."""
        found: list[str] = value_in(self._months).get(month, [])
        return found

    @cached_property
    def wanted(self) -> dict[str, list[str]]:
        """Name of a file → the numbers of other files that its entries need."""
        found: dict[str, list[str]] = value_in(self._wanted)
        return found

    @cached_property
    def named(self) -> dict[str, list[str]]:
        """Name of a file → all numbers that its entries name."""
        found: dict[str, list[str]] = value_in(self._named)
        return found


def month_key(filing: FilingRules, folders: Folders, month: str) -> str:
    """The key of a month's join, from the outlines of all files with entries of the month and the wanted numbers of it."""
    parts = (
        text
        for name in sorted(folders)
        if month in folders[name].months
        for text in (name, folders[name].months[month])
    )
    return key_of(program_key(), "month", filing.key, month, *parts)


class Month:
    """The kept join of a month.

    - ``repeated``: number that several entries have → the paths of their files;
    - ``answers``: wanted number → its answer; ``answers_digest``: the digest of all answers;
    - ``files``: the files with entries of the month.
    """

    def __init__(self, key: str, value: bytes) -> None:
        self.key = key
        head, self._answers, self._files = value.split(b"\n")
        facts = value_in(head)
        self.repeated: dict[str, list[str]] = facts["repeated"]
        self.answers_digest: str = facts["answers"]

    @property
    def answers(self) -> dict[str, Any]:
        """Wanted number → answer. An answer has three texts:

        - for an entry of a task: measure, unit, kind;
        - for any other entry: event as a line, path, ``Address.unit`` (None if the entry awaits an answer itself).
        """
        found: dict[str, Any] = value_in(self._answers)
        return found

    @property
    def files(self) -> list[tuple[str, str, str]]:
        """The files with entries of the month, in order: path, digest, key of the outline."""
        return [(path, digest, key) for path, digest, key in value_in(self._files)]


def join_month(outliner: Outliner, folders: Folders, skips: Mapping[str, Skips], month: str) -> bytes:
    """The join of a month, as it is kept (``Month`` reads it)."""
    having = [(folder, of) for folder, of in sorted(folders.items()) if month in of.months]
    wanted = {n for _, of in having for some in of.wanted.values() for n in some if n.startswith(month)}
    held: Counter[str] = Counter()
    places: dict[str, list[str]] = {}
    answers: dict[str, Any] = {}
    files: list[tuple[str, str, str]] = []
    found: list[tuple[str, list[str]]] = []
    having_files = ((f"{f}/{name}", o.files[name]) for f, o in having for name in o.files_of(month))
    for path, digest, outline in outliner.outlines(having_files, skips):
        numbers = outline.numbers
        files.append((path, digest, outline.key))
        of_file: list[str] = []
        for target, text in numbers["targets"].items():
            own = text.split()
            of_file += own
            for number in wanted.intersection(own):
                answers.setdefault(number, target.split("\0"))
        for what, line in numbers["others"]:
            number = line[2:19]
            of_file.append(number)
            if number in wanted:
                answers.setdefault(number, [line, path, what])
        of_file += numbers["again"]
        of_file = [number for number in of_file if number.startswith(month)]
        held.update(of_file)
        found.append((path, of_file))
    several = {number for number, times in held.items() if times > 1}
    for path, of_file in found if several else ():
        for number in several.intersection(of_file):
            places.setdefault(number, []).append(path)
    kept = line_of(dict(sorted(answers.items())))
    repeated = {number: places[number] for number in sorted(several)}
    return b"\n".join((lines_of({"repeated": repeated, "answers": digest_of([kept])}), kept, line_of(files)))


# --- answers for each folder


Answers = dict[str, Any]


def answers_key(filing: FilingRules, folders: Folders, months: Mapping[str, Month]) -> str:
    """The key of the answers for all folders."""
    wanted = (
        text for name in sorted(folders) if folders[name].wanted_digest for text in (name, folders[name].wanted_digest)
    )
    joined = (text for name in sorted(months) for text in (name, months[name].answers_digest))
    return key_of(program_key(), "answers", filing.key, digest_of(wanted), digest_of(joined))


def answers_of(folders: Folders, months: Mapping[str, Month]) -> bytes:
    """The answers for all folders, as they are kept: a line with folder → digest of its answers, then a line for each folder."""
    known = {month: of.answers for month, of in months.items()}
    digests: dict[str, str] = {}
    lines: list[bytes] = []
    for folder, outline in sorted(folders.items()):
        if outline.wanted_digest:
            line = line_of(_closed({n for some in outline.wanted.values() for n in some}, known))
            digests[folder] = digest_of([line])
            lines.append(line)
    return b"\n".join((line_of(digests), *lines))


def _closed(wanted: set[str], known: Mapping[str, Answers]) -> Answers:
    """The answers for some numbers, and for every number that these entries name in turn. None for an unknown number."""
    found: Answers = {}
    waiting = sorted(wanted)
    while waiting:
        number = waiting.pop()
        if number in found:
            continue
        answer = found[number] = known.get(number[:6], {}).get(number)
        if answer is not None and (event := _event_awaiting(answer)):
            waiting.append(event.ref or "")
    return dict(sorted(found.items()))


def _event_awaiting(answer: Any) -> Event | None:
    line, path, what = answer
    return _event(line, path) if what is None else None


def _event(line: str, path: str) -> Event:
    return next(events_from([value_in(line.encode("utf-8", "surrogatepass"))], path))


class Answered(Filer):
    """A ``Filer`` for the awaiting entries of a folder. It looks up named entries in the folder's answers."""

    def __init__(self, filing: FilingRules, answers: Answers) -> None:
        self._answers = answers
        super().__init__(filing.plan, filing.units, self._named, responsible=filing.responsible)

    def _named(self, number: str) -> Event | None:
        answer = self._answers.get(number)
        if answer is None:
            return None
        measure, unit, third = answer
        if third in _KINDS:
            self.found.setdefault(number, Address(measure, unit))
            return _known(number, _KINDS[third])
        event = _event(measure, unit)
        if third is not None:
            self.found.setdefault(number, Address("", third))
        return event


_KINDS: dict[Any, Kind] = {kind.value: kind for kind in Kind}


def _known(number: str, kind: Kind) -> Event:
    """A stand-in event for an entry of a task, with number and kind only: a naming entry needs no more."""
    return Event(date.min, number, kind, None, None, None, 0, (), None, None, "", 0, 0)
