"""Issuing a report: what must hold, what is kept, what is said; and an issued report as it was."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple, Protocol

from zhenggai.cli import clock
from zhenggai.cli.output import tell
from zhenggai.cli.question import Asked
from zhenggai.document import Report
from zhenggai.errors import Exit, Unwritable, UsageError, ZhenggaiError
from zhenggai.model.issued_report import Issue, digest_of
from zhenggai.model.plan import Plan
from zhenggai.model.source import Diagnostic
from zhenggai.reading.issued_reports import Shelf, issued_numbers, issued_words, read_issue
from zhenggai.render import TEXT, render
from zhenggai.rules.day.snapshot import Snapshot
from zhenggai.rules.plan.plan_on_day import PlanChange, adjusted_between
from zhenggai.views.changes_since_report import all_reached
from zhenggai.views.periodical import IssuedPeriodical
from zhenggai.views.report_comparison import Comparable, compare


class Span(NamedTuple):
    """What a report is called among the issued ones, and the days that it covers."""

    kind: str
    number: int
    start: date
    end: date


class Issuable(Report, Protocol):
    """A report that can be issued."""

    @property
    def snapshot(self) -> Snapshot:
        """What it was made from."""

    def record(self) -> Mapping[str, object]:
        """Its JSON."""


def put_issued(asked: Asked, shelf: Shelf, report: IssuedPeriodical, anew: str) -> Exit:
    """Put out an issued report as it was kept; ``Exit.FOUND`` where its text was altered.

    ``anew`` says with what it is computed again.
    """
    issue = report.issue
    compared = f"印发后的变化见 --compare {issue.number}"
    say_issued(shelf, issue.number, f"以下是印发时的内容；{compared}，重新计算{anew}")
    asked.put(report)
    if issue.is_altered:
        tell(f"注意：印发的原文（{issue.name}.txt）{issue.alteration}。")
    return Exit.FOUND if issue.is_altered else Exit.OK


def refuse_part(asked: Asked) -> None:
    """Raise ``UsageError`` where several plans or filters are given: what is issued and compared is the whole of one plan."""
    asked.refuse_several("印发和对照")
    if not asked.selection.is_all:
        raise UsageError("印发和对照的都是全文，不能筛选\n  下一步：去掉 --unit、--problem 等筛选")


def adjusted_since(asked: Asked, chosen: Snapshot, since: date) -> tuple[PlanChange, ...]:
    """The changes to the plan after a day that a report on the chosen tasks tells."""
    found = adjusted_between(asked.ledger.plan, since, min(chosen.as_of, asked.known_by))
    if asked.selection.is_all:
        return found
    return tuple(change for change in found if change.number in chosen.plan.measure_by_number)


def put_compared(asked: Asked, issue: Issue, now: Comparable) -> Exit:
    """Put out what has changed in the data of an issued report; ``Exit.FOUND`` where its stored text was altered."""
    adjusted = adjusted_between(asked.ledger.plan, issue.as_of, asked.known_by)
    late = [change for change in adjusted if change.day <= issue.as_of]
    code = asked.answer(compare(issue, now, late), now.snapshot)
    return Exit.FOUND if issue.is_altered else code


def may_be_issued(shelf: Shelf, plan: Plan, number: int, as_of: date) -> None:
    """Raise ``UsageError`` if the user may not issue, if the number is issued already, or if its day is in the future."""
    from zhenggai.cli.writing.permission import refuse_issuing  # imported here: only --issue writes
    from zhenggai.writing.issue import issued_already

    refuse_issuing(shelf.root, plan)
    if number in issued_numbers(shelf):
        raise UsageError(issued_already(shelf, number))
    if as_of > clock.today(plan):
        raise UsageError(f"{as_of} 还没有到，不能印发\n  下一步：用 --as-of 指明数据截至哪一天")


def refuse_repetition(shelf: Shelf, last: int, report: Report, answers: str | None) -> None:
    """Raise ``UsageError`` if the last issue (0: there is none) has this text and answers the same: it was asked for twice."""
    issue = read_issue(shelf, last) if last else None
    if isinstance(issue, Issue) and answers in (None, issue.answers) and issue.digest == digest_of(_text(report)):
        raise UsageError(f"和{shelf.title}第 {last} 期一字不差，没有再印发\n  下一步：原文在 {shelf.path(last, 'txt')}")


def _text(report: Report) -> str:
    return render(report, TEXT).encode("utf-8", "replace").decode()


def keep(asked: Asked, shelf: Shelf, span: Span, report: Issuable, errors: int, answers: str | None = None) -> None:
    """Store a report as issued, and print its path. ``answers``: the name of the plan's 报送 that it is."""
    from zhenggai.sharing.git import commit_id  # imported here: only --issue needs git and writes
    from zhenggai.writing.issue import keep_issue

    text = _text(report)
    today = clock.today(asked.ledger.plan)
    issue = Issue(
        kind=span.kind,
        title=shelf.title,
        number=span.number,
        start=span.start,
        end=span.end,
        as_of=report.snapshot.as_of,
        known_by=min(asked.known_by, today),
        issued=today,
        text=text,
        digest=digest_of(text),
        commit=commit_id(shelf.root, "HEAD"),
        errors=errors,
        record=report.record(),
        tasks=all_reached(report.snapshot),
        document=report.document(),
        answers=answers,
    )
    keep_issue(shelf, issue)
    known = f"，当时数据有 {errors} 处错误，已一并记下" if errors else ""
    as_wanted = f"，报送“{answers}”已办" if answers else ""
    tell(f"已印发{shelf.title}第 {issue.number} 期：{shelf.path(issue.number, 'txt')}{as_wanted}{known}")


def put_new(asked: Asked, shelf: Shelf, number: int, report: Issuable, errors: Sequence[Diagnostic]) -> Exit:
    """Put out a report that was issued just now. A copy that cannot be written is said to be that alone: nothing is issued again."""
    try:
        return asked.put(report, errors)
    except Unwritable as error:
        why = str(error).partition("\n")[0]
        where = shelf.path(number, "txt")
        raise Unwritable(
            f"改动已记录，只是另存的一份没有写成：{why}\n  下一步：不要重做；要另存，复制 {where}"
        ) from error


def say_issued(shelf: Shelf, number: int, what: str) -> None:
    """Print on stderr when this number was issued, and ``what`` is shown of it."""
    tell(f"{shelf.title}第 {number} 期{issued_words(shelf, number)}，原文在 {shelf.path(number, 'txt')}")
    tell(f"  {what}")


def issue_of(shelf: Shelf, number: int) -> Issue:
    """The issued report with a number. Raises ``UsageError`` if there is none, ``ZhenggaiError`` if it cannot be read."""
    numbers = issued_numbers(shelf)
    if number not in numbers:
        names = "、".join(f"第{n}期" for n in numbers) or "一期也没有"
        raise UsageError(f"{shelf.title}第 {number} 期没有印发过\n  已印发：{names}")
    found = read_issue(shelf, number)
    if isinstance(found, Diagnostic):
        raise ZhenggaiError(str(found))
    return found
