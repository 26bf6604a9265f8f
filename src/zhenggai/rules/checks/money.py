"""Check 金额: not more is rectified than there is of 问题金额, and measures have no more of it than their problem."""

from collections.abc import Iterator

from zhenggai.model.book import Book
from zhenggai.model.money import amount_of, money_text
from zhenggai.model.plan import Measure, Problem
from zhenggai.model.source import Level
from zhenggai.rules.checks.named_check import Check, Finding, Findings
from zhenggai.rules.checks.samples import entry_text, ledger_file, plan_with, sample
from zhenggai.rules.day.money_sums import MoneySums, plan_money, yuan_of, yuan_of_parts
from zhenggai.rules.day.snapshot import Snapshot


def _amounts(book: Book) -> Findings:
    """Problems whose measures, and measures whose units, have more 问题金额 than they have themselves."""
    for problem in book.plan.problems:
        yield from _parts(f"问题 {problem.number} 各项措施", "问题自己的和各项措施的", problem)
        for measure in problem.measures:
            yield from _parts(f"措施 {measure.number} 分工里", "措施自己的和分工里的", measure)


def _parts(whose: str, which: str, part: Problem | Measure) -> Iterator[Finding]:
    own, parts = amount_of(part.amount or ""), yuan_of_parts(part)
    if own and parts and parts > own.in_yuan():
        more = f"{money_text(parts, own.unit)}{own.unit}"
        yield Finding(
            part.where.of("amount"), f"{whose}的问题金额合计{more}，多于它自己的{own}", f"核对；{which}只写一处也行"
        )


def _rectified(_book: Book, snapshot: Snapshot) -> Findings:
    """Problems and measures with more 整改金额 than 问题金额."""
    if not snapshot.has_money:
        return
    money = plan_money(snapshot)
    for problem in snapshot.plan.problems:
        if problem.amount:
            yield from _too_much(f"问题 {problem.number}", problem, money.of_problem[problem.number])
        for measure in problem.measures:
            if yuan_of(measure) is not None:
                yield from _too_much(f"措施 {measure.number}", measure, money.of_measure[measure.number])


def _too_much(name: str, part: Problem | Measure, sums: MoneySums) -> Iterator[Finding]:
    if sums.amount is not None and sums.done.rectified > sums.amount:
        amount, done = (money_text(yuan, sums.unit) + sums.unit for yuan in (sums.amount, sums.done.rectified))
        what = f"{name} 已整改{done}，多于问题金额{amount}"
        remedy = "整改金额只写每次新增的；写成累计的，用 zhenggai correct 更正"
        yield Finding(part.where.of("amount" if part.amount else "shares"), what, remedy)


_WITH_AMOUNT = plan_with("责任人: 局长", "责任人: 局长\n    问题金额: 120万元")
_PAID = "上缴第一批", "上缴第二批"


def _ledger(*amounts: str) -> str:
    entries = zip(_PAID, amounts, strict=True)
    return "".join(
        entry_text("进展", "措施: 1-1", f"整改金额: {amount}", f"内容: {content}", nth=nth)
        for nth, (content, amount) in enumerate(entries, 1)
    )


CHECK = Check(
    name="金额",
    level=Level.DOUBT,
    about="整改的比问题金额多，或各项措施的问题金额合起来比问题的多、分工里的合起来比措施的多",
    good=sample(_WITH_AMOUNT, ledger_file(_ledger("50万元", "70万元"))),
    bad=sample(_WITH_AMOUNT, ledger_file(_ledger("50万元", "120万元"))),
    of_plan=_amounts,
    of_ledger=_rectified,
)
