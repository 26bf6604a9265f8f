"""Compares the acknowledged entries with the shared repository, value by value, independently of the merge code."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from simulated.county import PLAN, County
from simulated.working import Edited, Message, Recorded
from zhenggai.ledger.whole import check_root
from zhenggai.model.source import Level
from zhenggai.reading.data_folders import ledger_paths
from zhenggai.reading.entry_text import read_entries
from zhenggai.reading.raw_entry import RawEntry, Value
from zhenggai.reading.typed_entries import type_entry
from zhenggai.sharing.git import call

_REVIEWS = ("初审", "复核")  # generated without regard to the task's state, so that the check may report them


@dataclass
class Truth:
    """All entries as recorded, and all edits of them."""

    recorded: dict[str, Recorded] = field(default_factory=dict)
    edits: dict[tuple[str, str], list[Edited]] = field(default_factory=lambda: defaultdict(list))

    def learn(self, message: Message) -> None:
        """Add the message of a process."""
        match message:
            case Recorded(number=number):
                self.recorded[number] = message
            case Edited(number=number, label=label):
                self.edits[number, label].append(message)

    def right(self, number: str, label: str) -> set[Value | None]:
        """The allowed values of a field: its last version, or any of several concurrent ones."""
        edits = self.edits.get((number, label), [])
        versions = {self.recorded[number].values.get(label), *(edit.new for edit in edits)}
        return versions - {edit.old for edit in edits}

    def is_of_edits(self, about: str) -> bool:
        """Whether a question is about a field that was edited on both sides, which only a person can decide."""
        found = _FIELD.search(about)
        return found is not None and found[1] in self.recorded and len(self.right(found[1], found[2])) > 1


_FIELD = re.compile(r"(\d{8}-[0-9a-z]{8})\S* ?的“(.*)”")  # the form in which questions name an entry and its field


@dataclass
class Problems:
    """The faults found at the end, one line each. ``decided`` is the number of fields where a person chose between two edits."""

    lost: list[str] = field(default_factory=list)
    altered: list[str] = field(default_factory=list)
    duplicated: list[str] = field(default_factory=list)
    unreadable: list[str] = field(default_factory=list)
    unequal: list[str] = field(default_factory=list)
    decided: int = 0


def problems(truth: Truth, county: County, today: date) -> Problems:
    """Compare all work trees with the server's head, and one of them with the truth."""
    found = Problems()
    head = call(county.server, "rev-parse", "main").text
    first = county.computers[0].root
    expected = _files(first)
    for computer in county.computers:
        root = computer.root
        if call(root, "rev-parse", "HEAD").text != head:
            found.unequal.append(f"{root.name}: not at the server's head")
        if dirt := call(root, "status", "--porcelain").data:
            found.unequal.append(f"{root.name}: {dirt.decode()}")
        if _files(root) != expected:
            found.unequal.append(f"{root.name}: other files")
    _compare(truth, first, found)
    found.unreadable += _faults(first, today)
    return found


def _compare(truth: Truth, root: Path, found: Problems) -> None:
    there: dict[str, list[tuple[str, RawEntry]]] = defaultdict(list)
    for path in ledger_paths(root, PLAN)[0]:
        raws, diagnostics = read_entries((root / path).read_bytes().decode("utf-8", "replace"), path)
        found.unreadable += map(str, diagnostics)
        for raw in raws:
            there[str(raw.values.get("编号"))].append((path, raw))
            faults = type_entry(raw, path)[1]
            found.unreadable += [str(fault) for fault in faults if fault.level is Level.ERROR]
    found.duplicated += [f"{number}: {len(places)} times" for number, places in there.items() if len(places) > 1]
    found.altered += [f"{number}: nobody recorded it" for number in there.keys() - truth.recorded.keys()]
    for number, recorded in truth.recorded.items():
        if number not in there:
            found.lost.append(number)
            continue
        path, raw = there[number][0]
        if path != recorded.path:
            found.altered.append(f"{number}: in {path}, not in {recorded.path}")
        for label in {*recorded.values, *raw.values}:
            right = truth.right(number, label)
            found.decided += len(right) > 1
            if raw.values.get(label) not in right:
                found.altered.append(f"{number} {label}: {raw.values.get(label)!r}, not one of {right}")
        for name, data in recorded.evidence.items():
            if not (root / name).is_file():
                found.lost.append(name)
            elif (root / name).read_bytes() != data:
                found.altered.append(name)


def _faults(root: Path, today: date) -> Iterator[str]:
    """The errors that ``zhenggai check`` finds, except at reviews."""
    reviews = {
        (path, raw.line)
        for path in ledger_paths(root, PLAN)[0]
        for raw in read_entries((root / path).read_bytes().decode("utf-8", "replace"), path)[0]
        if raw.values.get("事项") in _REVIEWS
    }
    for diagnostic in check_root(root, None, today):
        if diagnostic.level is Level.ERROR and (diagnostic.source.path, diagnostic.source.line) not in reviews:
            yield str(diagnostic)


def _files(root: Path) -> dict[str, bytes]:
    paths = (path for path in root.rglob("*") if path.is_file())
    hidden = (".git", ".zhenggai")
    return {
        place.as_posix(): path.read_bytes()
        for path in paths
        if (place := path.relative_to(root)).parts[0] not in hidden and not path.name.startswith(".zhenggai-")
    }
