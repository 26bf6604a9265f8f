"""Sentences of reports, in the wording of county reports."""

from collections.abc import Sequence
from datetime import date

from zhenggai.model.plan import Category
from zhenggai.model.terms import Terms
from zhenggai.model.wording import full_day, month_day, percent, quoted
from zhenggai.rules.day.counts import CountedBy, Counts, CountsBy, Turns, counts_of, turns_of
from zhenggai.rules.day.day_status import Group
from zhenggai.rules.day.snapshot import Snapshot, SnapshotTask
from zhenggai.rules.plan.plan_on_day import ADDED, CANCELLED, PlanChange


def as_of_words(snapshot: Snapshot) -> str:
    """The day of a list, and what it is limited to: 截至 2020-08-15（只看单位“县教育局”）."""
    return f"截至 {snapshot.as_of}{f'（只看{snapshot.only}）' if snapshot.only else ''}"


def as_of_in_words(snapshot: Snapshot) -> str:
    """The same at the head of a paper: 截至2020年8月15日（只看单位“县教育局”）。"""
    return f"截至{full_day(snapshot.as_of)}{f'（只看{snapshot.only}）' if snapshot.only else ''}。"


def overall(snapshot: Snapshot, in_full: bool = False) -> str:
    """The overall sentence: 截至M月D日，N个问题、M项措施、K件任务，已完成整改A个（其中销号B个），…

    It states the denominator of the rate and what that leaves out. ``in_full`` adds returns and reopenings. That of a 承诺台账 counts
    promises.
    """
    if snapshot.plan.plan_type:
        from zhenggai.views import promises  # imported here: few plans are of promises

        return promises.overall(snapshot)
    c = snapshot.counts
    whole = f"截至{month_day(snapshot.as_of)}，{c.problems}个问题、{c.measures}项措施、{c.tasks}件任务"
    terms = snapshot.plan.terms
    return f"{whole}，{progress(c, terms)}；{asides(c, turns_of(snapshot.tasks), in_full)}。{by_level(c, terms)}"


def by_level(c: Counts, terms: Terms) -> str:
    """The sentence about problems and measures as a whole: 问题：2个中已完成1个、正在推进0个、未启动1个，50.00%；措施：…"""
    levels = ((CountedBy.PROBLEMS, terms.problem, "个"), (CountedBy.MEASURES, terms.measure, "项"))
    said = [_said(c.by(what), noun, unit, terms.done) for what, noun, unit in levels]
    return f"{'；'.join(said)}。"


def of_problems(snapshot: Snapshot) -> str:
    """How the problems stand, as superiors count them: 截至6月30日，6个问题中已完成2个、正在推进4个、未启动0个，完成率33.33%."""
    of, terms = snapshot.counts.by(CountedBy.PROBLEMS), snapshot.plan.terms
    aside = _left_out(of, "个", terms.done)
    if not of.denominator:
        return f"截至{month_day(snapshot.as_of)}，没有要{terms.done}的{terms.problem}{aside}。"
    whole = f"{of.denominator}个{terms.problem}中{_standings(of, '个', terms.done)}"
    return f"截至{month_day(snapshot.as_of)}，{whole}，{terms.rate}{percent(of.completion_rate)}{aside}。"


def of_tasks(snapshot: Snapshot) -> str:
    """How the measures and their tasks stand, for a report that has said how the problems do; what there is none of is left out."""
    c, terms = snapshot.counts, snapshot.plan.terms
    whole = f"{c.measures}项{terms.measure}、{c.tasks}件任务"
    turns = asides(c, turns_of(snapshot.tasks), in_full=True, unit="件", with_none=False)
    measures = _said(c.by(CountedBy.MEASURES), terms.measure, "项", terms.done)
    return f"{whole}，任务{progress(c, terms, '件')}；{turns}。{measures}。"


def _left_out(of: CountsBy, unit: str, done: str) -> str:
    left_out = of.all - of.denominator
    return f"（另有{left_out}{unit}没有要{done}的任务，不计）" if left_out else ""


def _said(of: CountsBy, noun: str, unit: str, done: str) -> str:
    aside = _left_out(of, unit, done)
    if not of.denominator:
        return f"{noun}：没有要{done}的{aside}"
    return f"{noun}：{of.denominator}{unit}中{_standings(of, unit, done)}，{percent(of.completion_rate)}{aside}"


def _standings(of: CountsBy, unit: str, done: str) -> str:
    parts = (
        (f"已{done}", of.completed, True),
        ("基本完成", of.basically_done, False),
        ("正在推进", of.in_progress, True),
        ("未启动", of.not_started, True),
    )
    return "、".join(f"{word}{number}{unit}" for word, number, always in parts if number or always)


def progress(c: Counts, terms: Terms, unit: str = "个") -> str:
    """The part about progress: the counts by state, and the rate with its denominator. ``unit`` is the measure word of tasks."""
    followed = (
        (f"已{terms.done}并长期坚持", c.completed_then_followed - c.completed_then_continuous),
        (f"已{terms.done}并持续推进", c.completed_then_continuous),
    )
    of_completed = "、".join(
        [f"销号{c.closed}{unit}", *(f"{word}{number}{unit}" for word, number in followed if number)]
    )
    others = (
        ("长期坚持", c.long_term - c.continuous),
        ("持续推进", c.continuous),
        ("例行", c.recurring),
        ("不适用", c.not_applicable),
    )
    left_out = "、".join(f"{word}{number}件" for word, number in others if number)
    rate = f"{terms.overall_rate}{percent(c.completion_rate)}（以{c.denominator}件为分母{f'，不含{left_out}' if left_out else ''}）"
    return (
        f"已{terms.completed}{c.completed}{unit}（其中{of_completed}），基本完成并持续整改{c.basically_done}{unit}，"
        f"正在推进{c.in_progress}{unit}，未启动{c.not_started}{unit}，{rate}"
    )


def asides(c: Counts, turns: Turns, in_full: bool = False, unit: str = "个", *, with_none: bool = True) -> str:
    """The part 申请延期F个，逾期G个, and how many tasks cannot be judged overdue.

    ``in_full`` adds how many tasks were ever granted an extension, returned or reopened; without ``with_none`` only what there is,
    beside 逾期.
    """
    granted = f"（已同意{turns.extended}{unit}）" if in_full else ""
    steps = f"（另有步骤逾期{c.overdue_steps}个）" if c.overdue_steps else ""
    parts = [
        (turns.extension_requests or with_none, f"申请延期{turns.extension_requests}{unit}{granted}"),
        (True, f"逾期{c.overdue}{unit}{steps}"),
        (in_full and (turns.returned or with_none), f"退回整改{turns.returned}{unit}"),
        (in_full and (turns.reopened or with_none), f"重新整改{turns.reopened}{unit}"),
    ]
    unread = c.unread_deadline
    return "，".join(words for is_said, words in parts if is_said) + (
        f"；其中时限读不出{unread}件，未判逾期" if unread else ""
    )


def imported_words(number: int, opening: date | None) -> list[str]:
    """The sentence about entries from an old ledger, if there are any: 期初导入12条（原来的台账记到2020年6月30日）。"""
    return [f"期初导入{number}条（原来的台账记到{full_day(opening)}）。"] if number and opening else []


def problem_status(tasks: Sequence[SnapshotTask], terms: Terms) -> str:
    """A problem's status in one sentence: 该问题已完成整改 / 正在推进 / 尚未启动."""
    counts = counts_of(tasks, answering=())
    kinds = lasting_words(tasks)
    if counts.denominator == 0:
        return (
            f"该{terms.problem}{'、'.join(kinds) or '经核查不存在'}。"
            if counts.tasks
            else f"该{terms.problem}尚无任务。"
        )
    if counts.completed == counts.denominator:
        return f"该{terms.problem}{'并'.join((f'已{terms.completed}', *(['、'.join(kinds)] if kinds else [])))}。"
    overdue = f"，逾期{counts.overdue}件" if counts.overdue else ""
    course = "尚未启动" if counts.not_started == counts.denominator else "正在推进"
    return f"该{terms.problem}{course}，{counts.denominator}件{terms.dated_task}已{terms.done}{counts.completed}件{overdue}。"


def lasting_words(tasks: Sequence[SnapshotTask]) -> list[str]:
    """How the work on some tasks that has no end goes on: 长期坚持, 持续推进, 按期办理; 例行办理 where periods were missed."""
    lasting = dict.fromkeys(t.row.lasting for t in tasks if t.row.is_long_term or t.row.is_followed)
    kinds = [str(word) for word in (Category.LONG_TERM, Category.CONTINUOUS) if word in lasting]
    recurring = [t for t in tasks if t.status.group is Group.RECURRING]
    missed = any(t.status.duties.unfilled for t in recurring)
    return [*kinds, *(["例行办理" if missed else "按期办理"] if recurring else [])]


def plan_change(change: PlanChange, terms: Terms) -> str:
    """A change to the plan: 9月10日依据县组发〔2020〕30号，措施3-2的时限由“2020年9月底前”调整为“2020年11月底前”.

    It has no full stop, since reports join several with ；.
    """
    part = f"{terms.measure if '-' in change.number else terms.problem}{change.number}"
    basis = f"依据{change.basis}，" if change.basis else ""
    old, new = (quoted("、".join(texts)) for texts in (change.old, change.new))
    if change.what == ADDED:
        said = f"新增{part}{new}"
    elif change.what == CANCELLED:
        said = f"{part}{old}取消{f'，并入{terms.measure}{change.new[0]}' if change.new else ''}"
    elif change.old:
        said = f"{part}的{change.what}由{old}调整为{new}"
    else:
        said = f"{part}的{change.what}定为{new}"
    return f"{month_day(change.day)}{basis}{said}"
