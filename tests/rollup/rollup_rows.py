"""The facts of a ledger, or of a book of a test, as rows."""

from collections.abc import Sequence
from datetime import date

from facts_rows import Rows

from building import course_from
from counted_facts import facts_of
from zhenggai.facts.plan_course import course_of
from zhenggai.ledger import Ledger
from zhenggai.model.book import Book


def rows_of_ledger(ledger: Ledger, through: date) -> Rows:
    """The facts of a ledger until a day."""
    return Rows(*facts_of(course_of(ledger, through)))


def rows_of_book(book: Book, days: Sequence[date]) -> Rows:
    """The facts of a book on successive days."""
    return Rows(*facts_of(course_from(book, days)))
