"""What a named check is: a name, and a function from book and snapshot to problems."""

from collections.abc import Callable, Iterator

from zhenggai.frozen import frozen
from zhenggai.model.book import Book, Record
from zhenggai.model.entries import Entry
from zhenggai.model.source import Diagnostic, Level, Source
from zhenggai.rules.day.snapshot import Snapshot

PlanCheck = Callable[[Book], Iterator[Diagnostic]]
LedgerCheck = Callable[[Book, Snapshot], Iterator[Diagnostic]]


@frozen
class Finder:
    """Makes the problems of one check, with its name; their level is ``level`` unless another is given.

    ``about`` says in Chinese what the check finds; ``docs/rules.md`` lists it.
    """

    name: str
    about: str
    level: Level = Level.ERROR

    def at(self, source: Source, what: str, remedy: str, level: Level | None = None) -> Diagnostic:
        """A problem at a place."""
        return Diagnostic(source, self.name, what, remedy, level or self.level)


def standing_records(book: Book, snapshot: Snapshot) -> Iterator[tuple[Record, Entry]]:
    """The records with what they say once corrected, in order of path and line; withdrawn and repeated ones are left out."""
    for record in book.by_number.values():
        if (entry := snapshot.said(record.entry.number)) is not None:
            yield record, entry


def texts_of(record: Record) -> Iterator[str]:
    """All free text of an entry."""
    for name in record.entry.__dataclass_fields__:
        value = getattr(record.entry, name)
        if isinstance(value, str) and name not in ("number", "kind", "ref", "measure"):
            yield value
        elif isinstance(value, tuple):
            yield from (item for item in value if isinstance(item, str))
