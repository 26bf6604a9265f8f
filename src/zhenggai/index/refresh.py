"""Makes the state of a plan from its files. Kept values are used, and missing values are made.

The steps:

1. the books, and the outlines of all folders;
2. the months in which entries were recorded;
3. the answers about entries in other files;
4. the shares that each folder has for each unit;
5. the state, a summary of all shares.

The value of each step has a key that names its inputs. So several processes may do this at once and write in any order.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from zhenggai.errors import FileChanged
from zhenggai.index.books import KeptBooks
from zhenggai.index.catalogue import FileShare, Said
from zhenggai.index.codec import diagnostics_from, line_of, lines_of, plain_diagnostics, value_in
from zhenggai.index.cross_references import (
    Answered,
    FolderOutline,
    Month,
    answers_key,
    answers_of,
    join_month,
    month_key,
)
from zhenggai.index.current_books import books_key
from zhenggai.index.disk import Digests, Seen, seen_key
from zhenggai.index.entry_reader import EntryReader
from zhenggai.index.file_digests import file_digest
from zhenggai.index.keys import digest_of, key_of, program_key
from zhenggai.index.outlines import Filed, FilingRules, Outliner, Skips
from zhenggai.index.parsed import Files
from zhenggai.index.store import Store
from zhenggai.model.book import Book, Record
from zhenggai.model.copies import counting
from zhenggai.model.source import Diagnostic, Source
from zhenggai.progress import watched
from zhenggai.reading.data_folders import Stamp, listings
from zhenggai.reading.files import FileBytes, read_file
from zhenggai.rules.task.copied_files import copied_files
from zhenggai.rules.task.entry_assignment import where

_NOTHING: Mapping[str, Skips] = {}


class Refreshed(NamedTuple):
    """The result of a refresh: the books, the state, and the reader of the files."""

    books: KeptBooks
    state: bytes
    files: Files


def refresh(root: Path, path: str, seen: Seen, store: Store, *, verify: bool = False, whole: bool = False) -> Refreshed:
    """Make the books and the state of the plan at ``path``, from its files as seen.

    - ``verify``: reads every file, even if its stamp has not changed;
    - ``whole``: also makes every missing value that the state was made from.

    Raises ``NothingToShow`` if the plan cannot be read.
    """
    return _Refresh(root, path, seen, store, verify=verify, whole=whole).made()


class _Refresh:
    """The work of one refresh."""

    def __init__(self, root: Path, path: str, seen: Seen, store: Store, *, verify: bool, whole: bool) -> None:
        self.root, self.path, self.seen, self.store, self.whole = root, path, seen, store, whole
        self.digests = Digests(store, verify=verify)  # before any file is read: it takes the time of the disk
        self.files = Files(root, store)

    def made(self) -> Refreshed:
        books = self._books()
        folders = self.seen.folders
        if books.number != Path(self.path).stem:
            folders, self.digests.settled = listings(self.root, books.number), False
        filing = FilingRules(books.plan, books.units, books.filing)
        known = self._known(folders)
        while True:  # ends: what was read here is at hand, so a file raises once, a copy once for each change
            try:
                key, state = self._state(filing, known)
                break
            except FileChanged as changed:  # the file was read again; its new content counts
                folder, _, name = changed.path.rpartition("/")
                known[folder] = {**known[folder], name: self.files.digests[changed.path]}
                self.digests.settled = False
        if self.digests.settled:
            self.store.put(seen_key(self.path, self.seen), line_of([books.key, key]))
        self.store.write()
        return Refreshed(books, state, self.files)

    # --- books and files

    def _books(self) -> KeptBooks:
        digests = []
        for book, stamp in self.seen.books.items():
            found = read_file(self.root, book)
            digests.append(file_digest(found))
            settled = self.digests.is_settled(stamp)
            if not settled or not isinstance(found, FileBytes) or Stamp(*found.stamp) != stamp:
                self.digests.settled = False
        key = books_key(self.path, digests)
        value = self.store.get(key)
        if value is None:
            from zhenggai.index.book_files import kept_books, read_books  # usually the books have not changed

            value = kept_books(read_books(self.root, self.path))
            if self._as_read(digests):
                self.store.put(key, value)
            else:
                self.digests.settled = False
        return KeptBooks(key, value)

    def _as_read(self, digests: Sequence[str]) -> bool:
        """Whether the books on the disk still have the digests."""
        return [file_digest(read_file(self.root, book)) for book in self.seen.books] == list(digests)

    def _known(self, folders: Mapping[str, str]) -> dict[str, dict[str, str]]:
        """The digests of all ledger files: folder → name → digest."""
        known, unknown = self.digests.of_folders(folders)
        for folder in watched(unknown, "读取台账"):
            names = folders[folder].split("\0")[::5] if folders[folder] else []
            older = self.digests.of_older(folder, folders[folder])
            paths = {name: f"{folder}/{name}" for name in names if name not in older}
            known[folder] = {name: older.get(name) or self.files.read(paths[name]) for name in names}
            stamps = {name: self.files.stamps[path] for name, path in paths.items()}
            self.digests.keep(folder, folders[folder], known[folder], stamps)
        return {folder: known[folder] for folder in sorted(known)}

    # --- from files to the state

    def _state(self, filing: FilingRules, known: Mapping[str, Mapping[str, str]]) -> tuple[str, bytes]:
        """The key of the state, and the state."""
        outliner = Outliner(self.files, self.store, filing)
        folders, months = self._joined(outliner, known, _NOTHING)
        repeated = {number: paths for of in months.values() for number, paths in of.repeated.items()}
        places = self._places(filing, repeated, known)
        skips: dict[str, dict[str, Source]] = {}
        for number, paths in repeated.items():
            for path in paths:
                skips.setdefault(path, {})[number] = places[number]
        if repeated:
            folders, months = self._joined(outliner, known, skips)
        answers = self._kept(answers_key(filing, folders, months), lambda: answers_of(folders, months)).split(b"\n")
        answered = dict(zip(value_in(answers[0]), answers[1:], strict=True))
        keys = {f: _assigned_key(of, answered.get(f, b"{}")) for f, of in folders.items()}
        state_key = key_of(program_key(), "state", *(of.key for of in folders.values()), *keys.values())
        value = self.store.get(state_key)
        if value is None or self.whole:
            assign = _Assign(outliner, skips)
            for folder, name in ((f, name) for f, of in folders.items() for name in of.files) if self.whole else ():
                outliner.outline(f"{folder}/{name}", folders[folder].files[name], skips.get(f"{folder}/{name}", {}))
            assigned = self._all_kept(keys, lambda f: assign.folder(f, folders[f], answered.get(f, b"{}")))
            copies = plain_diagnostics(copied_files(self._book(filing, skips, known)))
            value = _state_of(folders, months, assigned, keys, places, copies)
            self.store.put(state_key, value)
        return state_key, value

    def _kept(self, key: str, make: Callable[[], bytes]) -> bytes:
        value = self.store.get(key)
        if value is None:
            value = make()
            self.store.put(key, value)
        return value

    def _all_kept(self, keys: Mapping[str, str], make: Callable[[str], bytes]) -> dict[str, bytes]:
        """Name → value, for names with their keys. Missing values are made and kept."""
        found = self.store.get_all(list(keys.values()))
        for name, key in watched(keys.items(), "整理记录") if len(found) < len(keys) else ():
            if key not in found:
                found[key] = make(name)
                self.store.put(key, found[key])
        return {name: found[key] for name, key in keys.items()}

    def _joined(
        self, outliner: Outliner, known: Mapping[str, Mapping[str, str]], skips: Mapping[str, Skips]
    ) -> tuple[dict[str, FolderOutline], dict[str, Month]]:
        """The outlines of all folders, and the joins of all months with entries."""
        keys = {folder: outliner.folder_key(folder, digests, skips) for folder, digests in known.items()}
        outlines = self._all_kept(keys, lambda folder: outliner.folder(folder, known[folder], skips))
        folders = {folder: FolderOutline(keys[folder], value) for folder, value in outlines.items()}
        names = sorted({month for outline in folders.values() for month in outline.months})
        of_months = {month: month_key(outliner.filing, folders, month) for month in names}
        joined = self._all_kept(of_months, lambda month: join_month(outliner, folders, skips, month))
        return folders, {month: Month(of_months[month], value) for month, value in joined.items()}

    def _places(
        self, filing: FilingRules, repeated: Mapping[str, Sequence[str]], known: Mapping[str, Mapping[str, str]]
    ) -> dict[str, Source]:
        """Number that several entries have → the place of the entry that counts. ``repeated``: number → paths."""
        paths = sorted({path for some in repeated.values() for path in some})
        events = (event for path in paths for event in self.files.events(path, _digest(known, path)))
        return counting(((e.number, where(e), where(e)) for e in events if e.number in repeated), filing.units)

    def _book(self, filing: FilingRules, paths: Iterable[str], known: Mapping[str, Mapping[str, str]]) -> Book:
        """The whole entries of some files, and the diagnostics of reading these files."""
        reader = EntryReader(self.files, lambda path: _digest(known, path))
        records, diagnostics = list[Record](), list[Diagnostic]()
        for path in sorted(paths):
            records += reader.records(path)
            diagnostics += diagnostics_from(self.files.head(path, _digest(known, path))["diagnostics"])
        return Book(filing.plan, filing.units, tuple(records), tuple(diagnostics))


def _digest(known: Mapping[str, Mapping[str, str]], path: str) -> str:
    folder, _, name = path.rpartition("/")
    return known[folder][name]


def _assigned_key(outline: FolderOutline, answers: bytes) -> str:
    return key_of(program_key(), "assigned", outline.key, answers)


class _Assign:
    """Makes the shares that a folder has for each unit, from the outlines of its files and the answers."""

    def __init__(self, outliner: Outliner, skips: Mapping[str, Skips]) -> None:
        self.outliner, self.skips = outliner, skips

    def folder(self, folder: str, outline: FolderOutline, answers: bytes) -> bytes:
        """The shares of a folder, as they are kept.

        The first line has ``units`` (unit → ``Said``) and ``diagnostics`` (of filing). Then a line for each unit, in order of
        name, has its shares.
        """
        shares: dict[str, list[Any]] = {}
        diagnostics: list[Any] = []
        answered = value_in(answers)
        files = ((f"{folder}/{name}", digest) for name, digest in outline.files.items())
        for path, digest, of_path in self.outliner.outlines(files, self.skips):
            facts = of_path.facts
            diagnostics += facts["diagnostics"]
            of_file = facts["shares"]
            if facts["awaiting"]:
                of_file, more = self._with_answers(path, digest, facts, answered)
                diagnostics += more
            for unit, share in of_file.items():
                shares.setdefault(unit, []).append(share)
        lines = {unit: line_of(some) for unit, some in sorted(shares.items())}
        heads = {
            unit: Said(
                digest_of(FileShare(*s).said for s in shares[unit]),
                digest_of([line]),
                max(FileShare(*s).last for s in shares[unit]),
                max(FileShare(*s).recorded for s in shares[unit]),
            )
            for unit, line in lines.items()
        }
        return b"\n".join((line_of({"units": heads, "diagnostics": diagnostics}), *lines.values()))

    def _with_answers(self, path: str, digest: str, facts: Any, answered: Any) -> tuple[dict[str, Any], list[Any]]:
        """The shares of a file with its awaiting entries filed, and the diagnostics of filing these entries."""
        files = self.outliner.files
        lines, before = files.lines(path, digest), {unit: FileShare(*share) for unit, share in facts["shares"].items()}
        waiting = files.some(path, digest, facts["awaiting"])
        filer, more = Answered(self.outliner.filing, answered), Filed()
        for nth, event in zip(facts["awaiting"], waiting, strict=True):
            more.add(nth, event, filer.address(event))
        filed = Filed()
        for unit, nths in more.nths.items():
            own = filed.nths[unit] = {m: list(some) for m, some in before[unit].nths.items()} if unit in before else {}
            for measure, some in nths.items():
                own.setdefault(measure, []).extend(some)
        places = sorted({nth for nths in filed.nths.values() for some in nths.values() for nth in some})
        events = dict(zip(places, files.some(path, digest, places), strict=True))
        made = filed.shares(path, digest, events, lines)
        found = [p for p in filer.diagnostics if p.source.path == path]  # each file gives its own
        return facts["shares"] | made, plain_diagnostics(found)


def _state_of(
    folders: Mapping[str, FolderOutline],
    months: Mapping[str, Month],
    assigned: Mapping[str, bytes],
    keys: Mapping[str, str],
    repeated: Mapping[str, Source],
    copies: Sequence[Any],
) -> bytes:
    """The state, as it is kept (``Catalogue`` reads it), in two lines.

    1. ``units``: unit → ``Said``; ``reading`` and ``filing``: diagnostics, ``copies`` (of copied files) first in the second;
       ``repeated``: number that several entries have → place of the one that counts;
    2. the keys of the values ``folders``, ``months`` and ``assigned``.
    """
    units: dict[str, list[tuple[str, Said]]] = {}
    filing: list[Any] = list(copies)
    for folder in sorted(assigned):
        facts = value_in(assigned[folder].split(b"\n", 1)[0])
        filing += facts["diagnostics"]
        for unit, said in facts["units"].items():
            units.setdefault(unit, []).append((folder, Said(*said)))
    reading = [diagnostic for folder in sorted(folders) for diagnostic in folders[folder].diagnostics]
    told = {
        unit: Said(
            digest_of(text for folder, said in some for text in (folder, said.digest)),
            digest_of(text for folder, said in some for text in (folder, said.shares)),
            max(said.last for _, said in some),
            max(said.recorded for _, said in some),
        )
        for unit, some in units.items()
    }
    return lines_of(
        {"units": told, "reading": reading, "filing": filing, "repeated": repeated},
        {
            "folders": {folder: outline.key for folder, outline in folders.items()},
            "months": {month: of.key for month, of in months.items()},
            "assigned": dict(keys),
        },
    )
