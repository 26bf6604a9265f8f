"""The facts of a ledger, or of a book of a test, as rows."""

from collections.abc import Sequence
from datetime import date

from facts_rows import Rows

from building import course_from
from counted_facts import facts_of
from zhenggai.facts.plan_course import course_of, lives
from zhenggai.facts.score_facts import Scores
from zhenggai.ledger import Ledger
from zhenggai.model.book import Book
from zhenggai.rules.day.course import Course


def rows_of_ledger(ledger: Ledger, through: date) -> Rows:
    """The facts of a ledger until a day."""
    return _rows_of(course_of(ledger, through))


def rows_of_book(book: Book, days: Sequence[date]) -> Rows:
    """The facts of a book on successive days."""
    return _rows_of(course_from(book, days))


def _rows_of(course: Course) -> Rows:
    facts, scores = facts_of(course), Scores(course)
    for life in lives(course):
        scores.take(life)
    return Rows(facts.tasks, facts.problems, facts.phases, tuple(scores.facts()))
