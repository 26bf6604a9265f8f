"""What was closed and what was approved, as short digests: what is changed afterwards makes both suspect."""

import json
from collections.abc import Callable, Iterable, Iterator
from hashlib import sha256

from zhenggai.frozen import frozen
from zhenggai.model.entries import Entry, field_order
from zhenggai.model.evidence_name import bears_digest, is_as_named, is_evidence_file
from zhenggai.rules.day.snapshot import Snapshot, SnapshotTask
from zhenggai.rules.task.task import Task

_DIGITS = 16  # of an application's digest

DigestOf = Callable[[str], str | None]
"""From the path of an evidence file to its SHA-256 in hex: "" where it is not there, None where nobody is to read it."""


def measure_digest(task: Task) -> str:
    """The first 8 hex digits of the SHA-256 of what a task asks for: text, owners, deadline, goal, standard, target."""
    measure, target = task.measure, task.measure.target
    asked = (
        measure.content,
        measure.units,
        measure.person,
        task.schedule.words,
        measure.goal,
        measure.standard,
        (target.name, target.requirement) if target else None,
    )
    return sha256(json.dumps(asked, ensure_ascii=False).encode()).hexdigest()[:8]


@frozen
class Paper:
    """A file of evidence that an entry names: the entry's number, the name it is called by, where it lies, its SHA-256."""

    number: str
    name: str
    path: str
    digest: str

    @property
    def is_spoilt(self) -> bool:
        """Whether it is not there, or is not what its name says."""
        return not self.digest or (bears_digest(self.name) and not is_as_named(self.name, self.digest))


@frozen
class AppliedFor:
    """What an application for 销号 rests on: the standing entries of its round up to and with it, and their files."""

    entries: tuple[Entry, ...]
    papers: tuple[Paper, ...]

    @property
    def digest(self) -> str:
        """申请摘要: the first 16 hex digits of the SHA-256 of one JSON text in UTF-8, without blanks and with letters as they are.

        ``[entries, files]``. Each entry, in order of date and number, is a list of pairs ``[field, value]``: all that it has
        once corrected, by English names and in the order of the canonical form; days and decimals are texts, lists are
        lists, what is absent is left out. Each file, in the order in which the entries name them, is ``[name, SHA-256 in
        hex]``, the name as the entry has it (附件/…), the digest "" where the file is missing.
        """
        what = ([list(_fields(entry)) for entry in self.entries], [(paper.name, paper.digest) for paper in self.papers])
        text = json.dumps(what, ensure_ascii=False, separators=(",", ":"), default=str)
        return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS]


def applied_for(snapshot: Snapshot, task: SnapshotTask, application: str, digest_of: DigestOf) -> AppliedFor | None:
    """What an application, by its number, rests on now; None where it does not count, or a file is not to be read."""
    rounds = {event.number: round_ for event, (round_, _) in zip(task.events, task.trail, strict=True)}
    if application not in rounds:
        return None
    numbers = [number for number, round_ in rounds.items() if round_ == rounds[application]]
    upto = numbers[: numbers.index(application) + 1]
    entries = tuple(entry for number in upto if (entry := snapshot.said(number)))
    found = list(_papers(snapshot, entries, digest_of))
    papers = tuple(paper for paper in found if paper)
    return AppliedFor(entries, papers) if len(papers) == len(found) else None


def _fields(entry: Entry) -> Iterator[tuple[str, object]]:
    for name in field_order(type(entry)):
        value = getattr(entry, name)
        if value is not None and value is not False and value != ():
            yield name, value


def _papers(snapshot: Snapshot, entries: Iterable[Entry], digest_of: DigestOf) -> Iterator[Paper | None]:
    for entry in entries:
        for name in filter(is_evidence_file, entry.evidence):
            paths = [f"{folder}/{name}" for folder in _folders(snapshot, entry.number)]
            digests = {path: digest_of(path) for path in paths}
            path = next(filter(digests.get, paths), paths[0])
            digest = digests[path]
            yield None if digest is None else Paper(entry.number, name, path, digest)


def _folders(snapshot: Snapshot, number: str) -> list[str]:
    """Where the files of an entry may lie: beside it, or beside a 更正 of it, for a unit's folder may have had another name."""
    beside = [snapshot.archive.record(number), *snapshot.archive.naming(number)]
    return list(dict.fromkeys(record.source.path.rpartition("/")[0] for record in beside if record))
