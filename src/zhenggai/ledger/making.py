"""Makes what the index holds: all of it from the files, or what a change of some files makes another."""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from zhenggai.frozen import frozen
from zhenggai.ledger.catalogue import Catalogue
from zhenggai.ledger.folding import restate
from zhenggai.ledger.kept import Plain, plain_problems
from zhenggai.ledger.plain import to_plain
from zhenggai.ledger.refresh import Seen, is_of_this_program, look, program_stamp
from zhenggai.ledger.runs import filed_by_unit, runs_of
from zhenggai.model.event_of_entry import Event
from zhenggai.model.source import Problem
from zhenggai.progress import watched
from zhenggai.reading.data_folders import Stamp, listings, stamps_in
from zhenggai.reading.files import FileBytes, read_file
from zhenggai.reading.load import Events, digest_of, load_events
from zhenggai.rules.plan.phases import phase_windows
from zhenggai.rules.task.address import WRONG, Address
from zhenggai.rules.task.entry_assignment import Filer, file_events

_STANDSTILL = 2_000_000_000  # nanoseconds that a disk's clock may stand still: FAT counts by two seconds


@frozen
class Changes:
    """The files that are not as the index has them, and the listings of their folders."""

    changed: frozenset[str]
    removed: frozenset[str]
    folders: Mapping[str, str]


def bring_up_to_date(catalogue: Catalogue, path: str, verify: bool) -> None:
    """Make the index say what the files say now, ``verify`` as if there were none (see ``refresh``)."""
    index = catalogue.index
    with index.writing(anew=True):
        catalogue.forget()
        seen = look(catalogue, path)  # here, since what was seen before another wrote is older than the index
        recent = seen.at + index.clock_ahead() - _STANDSTILL
        doubtful: set[str] = set(index.meta_if_any("racy") or ())
        changes = _changes(catalogue, seen) if is_of_this_program(catalogue) and not verify else None
        if changes is not None and _Update(catalogue, changes).make():
            asked = (*changes.folders, *map(_folder, doubtful))
            folders = {folder: seen.folders.get(folder, "") for folder in asked}
            doubtful |= changes.changed
        else:
            folders = _make_all(catalogue, path, seen)
            doubtful = set(_stamps(folders))
        stamps = _stamps(folders)
        racy = {path for path, stamp in stamps.items() if stamp.newest >= recent}
        racy |= {path for path in doubtful if path in stamps and not index.file(path)[0]}
        books = {book: stamp if stamp.newest < recent else None for book, stamp in seen.books.items()}
        index.put_meta({"program": program_stamp(), "books": books, "racy": sorted(racy)})


def _folder(path: str) -> str:
    return path.rpartition("/")[0]


def _stamps(folders: Mapping[str, str]) -> dict[str, Stamp]:
    found = ((folder, stamps_in(listing)) for folder, listing in folders.items())
    return {f"{folder}/{name}": stamp for folder, stamps in found for name, stamp in stamps.items()}


def _changes(catalogue: Catalogue, seen: Seen) -> Changes | None:
    """What has changed since the index was last written, perhaps by somebody else just now; None where all is to be made anew."""
    index = catalogue.index
    books = [book for book, stamp in seen.books.items() if index.meta("books").get(book) != list(stamp)]
    if any(_digest(catalogue.root, book) != index.meta("digests of books").get(book) for book in books):
        return None
    known = index.folders()
    folders = {f: seen.folders.get(f, "") for f in {*known, *seen.folders} if known.get(f) != seen.folders.get(f)}
    before, now = _stamps({f: known.get(f, "") for f in folders}), _stamps(folders)
    changed = {path for path, stamp in now.items() if before.get(path) != stamp}
    removed = before.keys() - now.keys()
    changed |= {
        path
        for path in index.meta("racy")
        if path not in changed and path not in removed and _digest(catalogue.root, path) != index.file(path)[0]
    }
    return Changes(frozenset(changed), frozenset(removed), folders)


def _digest(root: Path, path: str) -> str:
    found = read_file(root, path)
    return digest_of(found.data) if isinstance(found, FileBytes) else ""


# --- all of it


def _make_all(catalogue: Catalogue, path: str, seen: Seen) -> dict[str, str]:
    """All of it; the listings of the folders whose files were read."""
    from zhenggai.ledger.books import read_books  # here, since a file that changed asks for no book

    root, index = catalogue.root, catalogue.index
    digests = {book: _digest(root, book) for book in seen.books}
    books = read_books(root, path)
    unsure = {book: None for book, digest in digests.items() if _digest(root, book) != digest}  # written meanwhile
    as_seen = books.plan.number == catalogue.number  # as the file is called, or as it was
    folders = dict(seen.folders) if as_seen else listings(root, books.plan.number)
    paths = sorted(_stamps(folders))
    read = {path: load_events(root, path) for path in watched(paths, "读取台账")}
    filing = file_events((e for file in read.values() for e in file.events), books.plan, books.units)
    catalogue.filed = filed = filed_by_unit(filing.events, filing.repeated)
    index.clear()
    index.put_meta(
        {
            "number": books.plan.number,
            "span": None,
            "days": [],
            "plan": to_plain(books.plan),
            "units": to_plain(books.units),
            "windows": to_plain(phase_windows(books.plan)),
            "problems": plain_problems(books.problems),
            "digests of books": digests | unsure,
            "repeated": [event.number for event in filing.repeated],
            "problems of files": _problems_of_files(read, filing.problems),
        }
    )
    index.put_folders(folders)
    _put_files(catalogue, read)
    index.add_runs(runs_of(filed))
    return folders


def _put_files(catalogue: Catalogue, read: Mapping[str, Events]) -> None:
    files = {p: ([event.number for event in f.events], [f.digest, f.canonical]) for p, f in read.items()}
    catalogue.index.put_files(files)
    refs = {path: {event.ref for event in file.events if event.ref} for path, file in read.items()}
    catalogue.index.put_answers(refs)


def _problems_of_files(read: Mapping[str, Events], filing: Iterable[Problem]) -> dict[str, tuple[Plain, Plain]]:
    """What is wrong with files, by path: how they read, and how their entries are filed."""
    found: dict[str, tuple[list[Problem], list[Problem]]] = {
        path: (file.problems, []) for path, file in read.items() if file.problems
    }
    for problem in filing:
        found.setdefault(problem.source.path, ([], []))[1].append(problem)
    return {path: (plain_problems(reading), plain_problems(filed)) for path, (reading, filed) in found.items()}


# --- what a change makes another

Placed = tuple[Event, Address]


@dataclass
class _Update:
    """The work of one change: the files that changed are read, and what follows from them is found by the numbers entries name.

    ``beside`` are other files whose entries name one that is another now.
    """

    catalogue: Catalogue
    changes: Changes
    old: dict[str, Placed] = field(default_factory=dict)
    new: dict[str, Event] = field(default_factory=dict)
    beside: dict[str, dict[str, Placed]] = field(default_factory=dict)

    def make(self) -> bool:
        """Bring the index up to date; False where all of it has to be made anew, since numbers are given twice."""
        catalogue, changes = self.catalogue, self.changes
        self.touched = changes.changed | changes.removed
        read = {path: load_events(catalogue.root, path) for path in sorted(changes.changed)}
        events = [event for file in read.values() for event in file.events]
        for path in sorted(self.touched):
            self.old |= catalogue.of_file(path)
        self.new = {event.number: event for event in events}
        if len(self.new) < len(events) or self._is_given_twice():
            return False
        moved = self._moved()
        filer = self._filer(moved)
        placed = {path: [(event, filer.address(event)) for event in file.events] for path, file in read.items()}
        placed |= {p: [(event, filer.address(event)) for event, _ in f.values()] for p, f in self.beside.items()}
        before = {path: catalogue.index.runs_of_file(path) for path in sorted({*self.touched, *self.beside})}
        self._keep(read, moved, filer.problems)
        for unit in self._keep_runs(placed, before):
            restate(catalogue, unit)
        return True

    def _is_given_twice(self) -> bool:
        """Whether a number is, or was, that of another entry too."""
        index = self.catalogue.index
        if any(number in self.old or number in self.new for number in index.meta("repeated")):
            return True
        holders = index.holders([number for number in self.new if number not in self.old])
        return any(path not in self.touched for paths in holders.values() for path in paths)

    def _moved(self) -> set[str]:
        """The numbers of entries that are another now, or name such a one."""
        naming: dict[str, list[str]] = {}
        for event in self.new.values():
            if event.ref:
                naming.setdefault(event.ref, []).append(event.number)
        before = {number: event for number, (event, _) in self.old.items()}
        moved = {n for n in {*before, *self.new} if _said(before.get(n)) != _said(self.new.get(n))}
        waiting = list(moved)
        while waiting:
            number = waiting.pop()
            found = naming.get(number, [])
            for path in self.catalogue.index.answers(number):
                if path not in self.touched:
                    file = self.beside.setdefault(path, self.catalogue.of_file(path))
                    found = [*found, *(n for n, (event, _) in file.items() if event.ref == number)]
            waiting += [n for n in found if n not in moved]
            moved.update(found)
        return moved

    def _filer(self, moved: Collection[str]) -> Filer:
        """What finds addresses; those of entries that are as they were are known, and so are not looked for again."""
        kept = {n: address for n, (_, address) in self.old.items() if n in self.new and address != WRONG}
        for file in self.beside.values():
            kept |= {number: address for number, (_, address) in file.items()}
        found = {number: address for number, address in kept.items() if number not in moved}

        def look_up(number: str) -> Event | None:
            if number in self.new or number in self.old:
                return self.new.get(number)
            for file in self.beside.values():
                if number in file:
                    return file[number][0]
            if (elsewhere := self.catalogue.find(number)) is None:
                return None
            found.setdefault(number, elsewhere[1])
            return elsewhere[0]

        return Filer(self.catalogue.plan, self.catalogue.units, look_up, found)

    def _keep(self, read: Mapping[str, Events], moved: Collection[str], filing: Iterable[Problem]) -> None:
        """The files themselves, and what is wrong with them."""
        index, changes = self.catalogue.index, self.changes
        if self.touched:
            index.move()
        index.put_folders(changes.folders)
        index.drop_files(changes.removed)
        _put_files(self.catalogue, read)
        problems = {p: found for p, found in self.catalogue.problems_of_files.items() if p not in self.touched}
        for path, file in self.beside.items():
            lines = {event.line for number, (event, _) in file.items() if number in moved}
            reading, filed = problems.pop(path, ([], []))
            problems[path] = reading, [plain for plain in filed if plain[1] not in lines]
        for path, (reading, filed) in _problems_of_files(read, filing).items():
            before = problems.get(path, ([], []))
            problems[path] = [*before[0], *reading], [*before[1], *filed]
        index.put_meta({"problems of files": {path: found for path, found in problems.items() if any(found)}})
        self.catalogue.forget()

    def _keep_runs(self, placed: Mapping[str, Iterable[Placed]], before: Mapping[str, Mapping[str, Plain]]) -> set[str]:
        """What each file says to each unit; the units to which one says something else now."""
        index = self.catalogue.index
        affected = set[str]()
        for path, old in before.items():
            filed: dict[Address, list[Event]] = {}
            for event, address in sorted(placed.get(path, ()), key=lambda found: found[0].line):
                filed.setdefault(address, []).append(event)
            runs = {unit: run for unit, _, run in runs_of(filed_by_unit(filed))}
            new = {unit: run for unit, (*_, run) in runs.items()}
            affected |= {unit for unit in {*old, *new} if _text(old.get(unit)) != _text(new.get(unit))}
            index.drop_runs(path)
            index.add_runs((unit, path, run) for unit, run in runs.items())
        return affected


def _said(event: Event | None) -> object:
    """What an entry says, and in whose file; not where it stands there."""
    return event and (event[:10], event.path)


def _text(value: Plain) -> str:
    return json.dumps(value, sort_keys=True)
