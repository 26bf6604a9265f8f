"""调整: each adjustment says what held before, and continues the one before it.

Good: ``时限: 2020年8月底前`` with ``{字段: 时限, 原: 2020年8月底前, 现: 2020年9月底前}``. Bad: an 原 that the plan does not say; a date before the
plan's issue; a 下次评估 that is no date; 取消 with 并入 a measure that is not there, or the measure itself.
"""

from collections.abc import Iterator
from datetime import date

from zhenggai.model.book import Book
from zhenggai.model.plan import Measure, Plan, Problem
from zhenggai.model.source import Diagnostic, Source
from zhenggai.rules.checks.check import Finder
from zhenggai.rules.plan.plan_on_day import adjustments_with_old

_HERE = Finder("调整", "调整的“原”与方案不符、日期早于印发，或并入的措施不存在")


def diagnostics(book: Book) -> Iterator[Diagnostic]:
    """Adjustments that do not fit what they change."""
    plan = book.plan
    for problem in plan.problems:
        parts: tuple[Problem | Measure, ...] = (problem, *problem.measures)
        for part in parts:
            if part.since is not None and part.since < plan.issued:
                yield _early(part.where.of("since"), plan.issued)
        for measure in problem.measures:
            yield from _of_measure(measure, plan.issued)
            yield from _of_cancellation(plan, measure)


def _early(source: Source, issued: date) -> Diagnostic:
    return _HERE.at(source, f"调整日期早于印发日期 {issued}", "核对日期")


def _of_cancellation(plan: Plan, measure: Measure) -> Iterator[Diagnostic]:
    end = measure.cancelled
    if end is None:
        return
    began = measure.since or plan.issued
    if end.date < began:
        yield _HERE.at(end.where.of("date"), f"取消日期早于这项措施开始的 {began}", "核对日期")
    if end.merged_into and (end.merged_into == measure.number or end.merged_into not in plan.measure_by_number):
        what = f"{measure.number} 并入的措施“{end.merged_into}”不存在，或就是它自己"
        yield _HERE.at(end.where.of("merged_into"), what, "改成接替它的措施编号，或删去“并入”")


def _of_measure(measure: Measure, issued: date) -> Iterator[Diagnostic]:
    for adjustment, before in adjustments_with_old(measure):
        if adjustment.old and adjustment.old != before:
            what = f"{measure.number} 的“{adjustment.field}”原为“{'、'.join(before) or '（空）'}”，不是“{'、'.join(adjustment.old)}”"
            yield _HERE.at(adjustment.where.of("old"), what, "把“原”改成方案中的原文")
        if adjustment.date < issued:
            yield _early(adjustment.where.of("date"), issued)
        if adjustment.field == "下次评估" and not _is_date("".join(adjustment.new)):
            yield _HERE.at(adjustment.where.of("new"), "下次评估应是日期", "写成 2020-09-30 的样子")


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
