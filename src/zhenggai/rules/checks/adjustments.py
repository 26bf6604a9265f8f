"""Check 调整: each adjustment names the value that held before it."""

from datetime import date

from zhenggai.model.book import Book
from zhenggai.model.money import amount_of
from zhenggai.model.plan import Measure, Plan, Problem
from zhenggai.model.source import Level, Source
from zhenggai.rules.checks.named_check import Check, Finding, Findings
from zhenggai.rules.checks.samples import plan_with, sample
from zhenggai.rules.plan.plan_on_day import PROBLEM_FIELDS, adjustments_with_old, can_adjust


def _adjustments(book: Book) -> Findings:
    """Adjustments, additions and cancellations with a wrong day or a value that does not fit."""
    plan = book.plan
    for problem in plan.problems:
        parts: tuple[Problem | Measure, ...] = (problem, *problem.measures)
        for part in parts:
            if part.since is not None and part.since < plan.issued:
                yield _early(part.where.of("since"), plan.issued)
            yield from _of_part(part, plan.issued)
        for adjustment in problem.adjustments:
            if not can_adjust(problem, adjustment.field):
                what = f"问题 {problem.number} 的“{adjustment.field}”不能调整，问题只调整{'、'.join(PROBLEM_FIELDS)}"
                yield Finding(adjustment.where.of("field"), what, "写到要改的那项措施的“调整”下")
        for measure in problem.measures:
            yield from _of_cancellation(plan, measure)


def _early(source: Source, issued: date) -> Finding:
    return Finding(source, f"调整日期早于印发日期 {issued}", "核对日期")


def _of_cancellation(plan: Plan, measure: Measure) -> Findings:
    end = measure.cancelled
    if end is None:
        return
    began = measure.since or plan.issued
    if end.date < began:
        yield Finding(end.where.of("date"), f"取消日期早于这项措施开始的 {began}", "核对日期")
    if end.merged_into and (end.merged_into == measure.number or end.merged_into not in plan.measure_by_number):
        what = f"{measure.number} 并入的措施“{end.merged_into}”不存在，或就是它自己"
        yield Finding(end.where.of("merged_into"), what, "改成接替它的措施编号，或删去“并入”")


def _of_part(part: Problem | Measure, issued: date) -> Findings:
    name = f"问题 {part.number}" if isinstance(part, Problem) else part.number
    for adjustment, before in adjustments_with_old(part):
        if adjustment.old and adjustment.old != before:
            what = (
                f"{name} 的“{adjustment.field}”原为“{'、'.join(before) or '（空）'}”，不是“{'、'.join(adjustment.old)}”"
            )
            yield Finding(adjustment.where.of("old"), what, "把“原”改成方案中的原文")
        if adjustment.date < issued:
            yield _early(adjustment.where.of("date"), issued)
        if adjustment.field == "下次评估" and not _is_date("".join(adjustment.new)):
            yield Finding(adjustment.where.of("new"), "下次评估应是日期", "写成 2020-09-30 的样子")
        if adjustment.field == "问题金额" and not _is_amount("".join(adjustment.new)):
            yield Finding(adjustment.where.of("new"), "问题金额应是带单位的金额", "写成 1200.5万元 的样子")


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _is_amount(text: str) -> bool:
    amount = amount_of(text)
    return amount is not None and bool(amount.unit)


_ADJUSTED = "责任人: 局长\n    调整:\n    - {{日期: 2020-05-01, 依据: 县委文件, 字段: 时限, 原: {}, 现: 2020年9月底前}}"
CHECK = Check(
    name="调整",
    level=Level.ERROR,
    about="调整的“原”与方案不符、日期早于印发，或并入的措施不存在",
    good=sample(plan_with("责任人: 局长", _ADJUSTED.format("2020年6月底前"))),
    bad=sample(plan_with("责任人: 局长", _ADJUSTED.format("2020年7月底前"))),
    of_plan=_adjustments,
)
