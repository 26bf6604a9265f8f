"""``zhenggai report``: the cumulative report on the rectification; issuing it, comparing an issued one with today's data."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Annotated

from zhenggai.cli import clock
from zhenggai.cli.commands.periodical import CompareOption, IssueOption
from zhenggai.cli.issuing import (
    Span,
    adjusted_since,
    issue_of,
    keep,
    may_be_issued,
    put_compared,
    put_issued,
    put_new,
    refuse_part,
    refuse_repetition,
)
from zhenggai.cli.list_options import listing
from zhenggai.cli.lone_words import OwnNumber
from zhenggai.cli.offers import SUBMISSIONS, one_of
from zhenggai.cli.options import number_option, text_option
from zhenggai.cli.output import tell
from zhenggai.cli.question import Asked
from zhenggai.cli.submissions import pending_in
from zhenggai.errors import Exit, UsageError
from zhenggai.model.issued_report import REPORT_TITLE
from zhenggai.model.units import names_in
from zhenggai.reading.issued_reports import Shelf, issued_numbers
from zhenggai.rules.todo.submissions import PendingSubmission, soon_due, submission_meant
from zhenggai.views.command_hints import argument
from zhenggai.views.periodical import IssuedPeriodical
from zhenggai.views.rectification_report import RectificationReport, Section, rectification_report
from zhenggai.views.submissions import submission_in_words

_SECTIONS = "、".join(Section)


@listing(without=("state",), number=OwnNumber("--no", ("期",)))
def report(
    asked: Asked,
    sections: Annotated[
        str | None,
        text_option("--sections", "--部分", about=f"只要哪几部分，用、隔开：{_SECTIONS}", metavar="部分"),
        one_of(Section),
    ] = None,
    no: Annotated[int | None, number_option("--no", "--期", about="看印发过的第几期", metavar="期号")] = None,
    issue: IssueOption = False,
    answers: Annotated[
        str | None,
        text_option(
            "--for", "--报送", about="是方案“报送”里的哪一份：写抬头、落款，和 --issue 一起用就算报了", metavar="名称"
        ),
        SUBMISSIONS,
    ] = None,
    compare: CompareOption = None,
) -> Exit:
    """例：zhenggai report -o 报告.txt　　zhenggai 报告 --as-of 2020-09-30 --issue　　zhenggai report --sections 总体、问题"""
    no = asked.number_or(no, "--no")
    if answers is not None and (no is not None or compare is not None):
        raise UsageError("印发过的照印发时的原样，不能改抬头、落款\n  下一步：去掉 --for")
    if not issue and no is None and compare is None:
        made = _made(asked, sections, None if answers is None else _wanted(asked, answers))
        return asked.answer(made, made.snapshot)
    refuse_part(asked)
    if issue + (no is not None) + (compare is not None) > 1:
        raise UsageError("--issue、--no、--compare 只能用一个\n  下一步：只留一个")
    shelf = Shelf(asked.ledger.root, asked.ledger.plan.number, REPORT_TITLE)
    if issue:
        return _issue(asked, shelf, sections, answers)
    if sections is not None:
        raise UsageError("印发过的照印发时的原样，不能只要几部分\n  下一步：去掉 --sections")
    return _compared(asked, shelf, compare) if compare is not None else _as_issued(asked, shelf, no or 0)


def _made(asked: Asked, sections: str | None, wanted: PendingSubmission | None) -> RectificationReport:
    answers = replace(wanted.submission, name=submission_in_words(wanted)) if wanted else None
    snapshot = asked.snapshot()
    adjusted = adjusted_since(asked, snapshot, asked.ledger.plan.issued)
    chosen = tuple(Section) if sections is None else tuple(_sections_in(sections))
    return rectification_report(snapshot, chosen, adjusted, whole=asked.selection.is_all, answers=answers)


def _wanted(asked: Asked, name: str) -> PendingSubmission:
    """The plan's 报送 with a name. Raises ``UsageError`` if there is none."""
    asked.refuse_several("报送")
    found = submission_meant(asked.whole, pending_in(asked.ledger, asked.whole), name)
    if found is None:
        known = "、".join(one.name for one in asked.ledger.plan.submissions) or "方案里没有写报送"
        raise UsageError(f"方案里没有报送“{name}”\n  现有：{known}")
    return found


def _sections_in(text: str) -> Iterator[Section]:
    """The sections that are named, at least one."""
    for word in names_in(text) or [text]:
        if word not in tuple(Section):
            raise UsageError(f"没有“{word}”这一部分\n  可用：{_SECTIONS}")
        yield Section(word)


def _issue(asked: Asked, shelf: Shelf, sections: str | None, name: str | None) -> Exit:
    """Store the report under the next number, and output it."""
    wanted = None if name is None else _wanted(asked, name)
    made, answers = _made(asked, sections, wanted), wanted.name if wanted else None
    plan = asked.ledger.plan
    number = max(issued_numbers(shelf), default=0) + 1
    may_be_issued(shelf, plan, number, asked.as_of)
    refuse_repetition(shelf, number - 1, made, answers)
    errors = asked.ledger.errors(made.snapshot)
    keep(asked, shelf, Span("report", number, plan.issued, asked.as_of), made, len(errors), answers)
    owed = () if answers else soon_due(made.snapshot, pending_in(asked.ledger, made.snapshot))
    if names := [one.name for one in owed]:
        today = clock.today(plan)
        tell(f"  方案要报送的{'、'.join(names)}仍算没有报；这一期就是的，在方案的那一项里写 已报: {today}")
        tell(f"  要抬头、签批和落款的，另印发一期，加 --for {argument(names[0])}")
    return put_new(asked, shelf, number, made, errors)


def _as_issued(asked: Asked, shelf: Shelf, number: int) -> Exit:
    issue = issue_of(shelf, number)
    assert issue.document is not None  # reports of this kind were always kept with it
    return put_issued(
        asked,
        shelf,
        IssuedPeriodical(issue, issue.document, asked.ledger.plan.terms),
        f"用 zhenggai report --as-of {issue.as_of}",
    )


def _compared(asked: Asked, shelf: Shelf, number: int) -> Exit:
    issue = issue_of(shelf, number)
    return put_compared(asked, issue, rectification_report(asked.ledger.snapshot(issue.as_of, asked.known_by)))
