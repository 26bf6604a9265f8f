"""Digests of what was closed and of what was approved. A different digest later shows that it was changed since."""

import json
from collections.abc import Callable, Iterable, Iterator
from hashlib import sha256

from zhenggai.frozen import frozen
from zhenggai.model.entries import Entry
from zhenggai.model.entry_classes import field_order
from zhenggai.model.evidence_name import bears_digest, is_as_named, is_evidence_file
from zhenggai.rules.day.snapshot import Snapshot, SnapshotTask
from zhenggai.rules.task.task import Task

_DIGITS = 16  # hex digits of an application's digest

DigestOf = Callable[[str], str | None]
"""Gives the SHA-256 (hex) of an evidence file by its path: "" if it is missing, None if it must not be read."""


def measure_digest(task: Task) -> str:
    """The digest of a task's requirements: the first 8 hex digits of their SHA-256.

    The requirements are content, units, person, deadline words, goal, standard and target.
    """
    measure, target = task.measure, task.measure.target
    requirements = (
        measure.content,
        measure.units,
        measure.person,
        task.schedule.words,
        measure.goal,
        measure.standard,
        (target.name, target.requirement) if target else None,
    )
    return sha256(json.dumps(requirements, ensure_ascii=False).encode()).hexdigest()[:8]


@frozen
class Paper:
    """An evidence file of an entry: the entry's number, the file's name in it, its path, its SHA-256 ("" if missing)."""

    number: str
    name: str
    path: str
    digest: str

    @property
    def is_spoilt(self) -> bool:
        """Whether the file is missing, or its contents do not match the digest in its name."""
        return not self.digest or (bears_digest(self.name) and not is_as_named(self.name, self.digest))


@frozen
class AppliedFor:
    """The basis of an application for 销号: the valid entries of its round up to the application itself, and their files."""

    entries: tuple[Entry, ...]
    papers: tuple[Paper, ...]

    @property
    def digest(self) -> str:
        """申请摘要: the first 16 hex digits of the SHA-256 of a JSON text (UTF-8, no spaces, no escapes).

        The text is ``[entries, files]``. The entries are sorted by date and number. Each is a list of pairs ``[field,
        value]`` with corrections applied: English field names in the order of the canonical form, dates and decimals as
        strings, empty fields left out. The files are in the order in which the entries name them. Each is ``[name, SHA-256
        in hex]``: the name as in the entry (附件/…), the digest "" if the file is missing.
        """
        what = ([list(_fields(entry)) for entry in self.entries], [(paper.name, paper.digest) for paper in self.papers])
        text = json.dumps(what, ensure_ascii=False, separators=(",", ":"), default=str)
        return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS]


def applied_for(snapshot: Snapshot, task: SnapshotTask, application: str, digest_of: DigestOf) -> AppliedFor | None:
    """The present basis of the application with this number. None if it does not count, or if a file must not be read."""
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
    """The folders that may hold an entry's files: its own, and those of its 更正, as the unit's folder may have changed."""
    beside = [snapshot.archive.record(number), *snapshot.archive.naming(number)]
    return list(dict.fromkeys(record.source.path.rpartition("/")[0] for record in beside if record))
