"""The facts of a ledger, or of a book of a test, as rows."""

from collections.abc import Sequence
from datetime import date

from facts_rows import Rows

from building import course_from
from counted_facts import facts_of
from zhenggai.facts.plan_course import lives
from zhenggai.facts.plan_facts import phase_facts, problem_facts
from zhenggai.facts.score_facts import Scores, score_facts
from zhenggai.facts.task_facts import task_facts
from zhenggai.ledger import Ledger
from zhenggai.model.book import Book


def rows_of_ledger(ledger: Ledger, through: date) -> Rows:
    """The facts of a ledger until a day."""
    return Rows(
        list(task_facts(ledger, through)),
        list(problem_facts(ledger, through)),
        list(phase_facts(ledger, through)),
        list(score_facts(ledger, through)),
    )


def rows_of_book(book: Book, days: Sequence[date]) -> Rows:
    """The facts of a book on successive days."""
    course = course_from(book, days)
    facts, scores = facts_of(course), Scores(course)
    for life in lives(course):
        scores.take(life)
    return Rows(facts.tasks, facts.problems, facts.phases, tuple(scores.facts()))
