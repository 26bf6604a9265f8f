"""登记: entries of 换届 and 软弱涣散 name an organisation of the book, come from a unit with a say, and follow one another.

Good: 认定 by 县委组织部, 整顿 by the organisation's own unit, 验收 with 验收得分. Bad: an organisation that is in no book; 验收 by its own
unit or before any 认定; 延期批复 without 至. Doubtful: a delay of over a year; an election not approved, or reported after a month.
"""

from collections.abc import Iterator

from zhenggai.model.book import Book
from zhenggai.model.source import Diagnostic
from zhenggai.rules.day.snapshot import Snapshot
from zhenggai.rules.registers.organisation_registers import registers


def diagnostics(book: Book, snapshot: Snapshot) -> Iterator[Diagnostic]:
    """The entries that do not count, and what is doubtful in others."""
    if book.organisations is not None:
        yield from registers(snapshot, book.organisations).diagnostics
