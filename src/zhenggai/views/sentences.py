"""Sentences of reports, in the wording of county reports."""

from collections.abc import Sequence

from zhenggai.model.wording import month_day, percent, quoted
from zhenggai.rules.day.snapshot import Counts, Snapshot, SnapshotTask, counts_of, turns_of
from zhenggai.rules.plan.plan_on_day import ADDED, CANCELLED, PlanChange


def overall(snapshot: Snapshot, in_full: bool = False) -> str:
    """The overall sentence: 截至M月D日，N个问题、M项措施、K件任务，已完成整改A个（其中销号B个），…

    It states the denominator of the rate and what that leaves out. ``in_full`` adds returns and reopenings.
    """
    c = snapshot.counts
    whole = f"截至{month_day(snapshot.as_of)}，{c.problems}个问题、{c.measures}项措施、{c.tasks}件任务"
    return f"{whole}，{progress(c)}；{asides(snapshot.tasks, in_full)}。"


def progress(c: Counts) -> str:
    """The part about progress: the counts by state, and the rate with its denominator."""
    left_out = "、".join(
        f"{word}{number}件"
        for word, number in (("长期坚持", c.long_term), ("例行", c.recurring), ("不适用", c.not_applicable))
        if number
    )
    rate = (
        f"总体完成率{percent(c.completion_rate)}（以{c.denominator}件为分母{f'，不含{left_out}' if left_out else ''}）"
    )
    return (
        f"已完成整改{c.completed}个（其中销号{c.closed}个），基本完成并持续整改{c.basically_done}个，"
        f"正在推进{c.in_progress}个，未启动{c.not_started}个，{rate}"
    )


def asides(tasks: Sequence[SnapshotTask], in_full: bool = False) -> str:
    """The part 申请延期F个，逾期G个; ``in_full`` adds how many tasks were ever granted, returned or reopened."""
    overdue = sum(t.status.overdue_days > 0 for t in tasks)
    if not in_full:
        return f"申请延期{sum(t.row.requests > 0 for t in tasks)}个，逾期{overdue}个"
    turns = turns_of(tasks)
    return (
        f"申请延期{turns.extension_requests}个（已同意{turns.extended}个），逾期{overdue}个，"
        f"退回整改{turns.returned}个，重新整改{turns.reopened}个"
    )


def problem_status(tasks: Sequence[SnapshotTask]) -> str:
    """A problem's status in one sentence: 该问题已完成整改 / 正在推进."""
    counts = counts_of(tasks)
    if counts.denominator and counts.completed == counts.denominator:
        lasting = counts.long_term or counts.recurring or any(t.task.schedule.then for t in tasks)
        tail = "并长期坚持" if lasting else ""
        return f"该问题已完成整改{tail}。"
    if counts.denominator == 0:
        return "该问题长期坚持、按期办理。" if counts.tasks else "该问题尚无任务。"
    overdue = f"，逾期{counts.overdue}件" if counts.overdue else ""
    return f"该问题正在推进，{counts.denominator}件有期限任务已完成{counts.completed}件{overdue}。"


def plan_change(change: PlanChange) -> str:
    """A change to the plan: 9月10日依据县组发〔2020〕30号，措施3-2的时限由“2020年9月底前”调整为“2020年11月底前”.

    It has no full stop, since reports join several with ；.
    """
    part = f"{'措施' if '-' in change.number else '问题'}{change.number}"
    basis = f"依据{change.basis}，" if change.basis else ""
    old, new = (quoted("、".join(texts)) for texts in (change.old, change.new))
    if change.what == ADDED:
        said = f"新增{part}{new}"
    elif change.what == CANCELLED:
        said = f"{part}{old}取消{f'，并入措施{change.new[0]}' if change.new else ''}"
    elif change.old:
        said = f"{part}的{change.what}由{old}调整为{new}"
    else:
        said = f"{part}的{change.what}定为{new}"
    return f"{month_day(change.day)}{basis}{said}"
