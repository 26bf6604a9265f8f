"""Edits of an issued plan that are not allowed without a 调整: deleting, renumbering, rewriting."""

from collections.abc import Iterable, Iterator
from dataclasses import fields, replace
from typing import Any, get_args

from zhenggai.frozen import frozen
from zhenggai.model.labels import label_of
from zhenggai.model.plan import AdjustableField, Measure, Plan, Problem, Share, Step, Target
from zhenggai.model.source import Level
from zhenggai.model.wording import is_placeholder, shortened
from zhenggai.rules.plan.plan_on_day import PROBLEM_FIELDS

_ADJUST = "恢复印发时的原文，改用 zhenggai adjust {} 追加“调整”"
_RESTORE = "恢复原文；方案印发后不删、不改号，要取消用 zhenggai adjust"
_ADJUSTABLE = frozenset(get_args(AdjustableField))
_OF_HISTORY = frozenset({"where", "number", "measures", "steps", "shares", "adjustments", "cancelled"})
_SHOWN = 30  # the most characters of a value in a message
_HEAD = (
    "feedback",
    "review",
    "supervisor",
    "leader_in_charge",
    "first_responsible",
    "guiding_units",
    "deadline",
    "phases",
    "submissions",
)


@frozen(kw_only=True)
class PlanEdit:
    """One edit. ``subject``: the number of a problem, measure or step ("" for the plan itself). ``about``: which part of it.

    Two edits with the same ``key`` are the same edit.
    """

    subject: str
    about: str
    level: Level
    what: str
    remedy: str

    @property
    def key(self) -> tuple[str, str]:
        """The identity of the edit: subject and part."""
        return self.subject, self.about


def plan_edits(old: Plan, new: Plan) -> Iterator[PlanEdit]:
    """All edits of an issued plan except appended 调整, 取消 and additions. Comments and layout do not count.

    What is still a sample's text was not issued: filling it in, or removing it, is no edit.
    """
    contents = [measure.content for measure in old.measure_by_number.values()]
    if contents and all(map(is_placeholder, contents)):
        return
    if old.issued != new.issued:
        what = f"印发日期由 {old.issued} 改成 {new.issued}"
        yield _error("", label_of("issued"), what, "恢复原来的印发日期；各项时限由它推算")
    for name in _HEAD:
        if _head(old, name) != _head(new, name):
            label = label_of(name)
            yield _doubt("", label, f"方案的“{label}”改了", "核对依据；若无依据，恢复原文")
    if old.opening and old.opening != new.opening:
        label = label_of("opening")
        what = f"“{label}”由 {old.opening} 改成 {new.opening or '不写'}，哪些导入的记录不算补录、超期跟着变了"
        yield _doubt("", label, what, "核对原来的台账记到哪一天；若无依据，恢复原来的日期")
    if old.signature and not new.signature:
        label = label_of("signature")
        yield _doubt("", label, f"“{label}: {old.signature}”被去掉", "核对是谁同意的；若无依据，恢复这一行")
    yield from _problems(old, new)
    yield from _measures(old, new)


def plan_additions(old: Plan, new: Plan) -> Iterator[tuple[str, str]]:
    """The changes that were appended to a plan: the number of the measure or problem, and the change in Chinese."""
    problems = {problem.number: problem for problem in old.problems}
    for problem in new.problems:
        if problem.number in problems:
            yield from _appended(str(problem.number), problems[problem.number], problem)
    for number, measure in new.measure_by_number.items():
        before = old.measure_by_number.get(number)
        if before is None:
            yield number, f"新增措施 {number}"
            continue
        yield from _appended(number, before, measure)
        if measure.cancelled and not before.cancelled:
            yield number, f"取消措施 {number}"


def _appended(number: str, old: Problem | Measure, new: Problem | Measure) -> Iterator[tuple[str, str]]:
    for adjustment in new.adjustments:
        if adjustment not in old.adjustments:
            yield number, f"追加调整：{adjustment.field} {_words(adjustment.old)} → {_words(adjustment.new)}"


def _head(plan: Plan, name: str) -> object:
    """A part of the plan's head, as it was issued: that a 报送 is sent (已报) is added later."""
    if name == "submissions":
        return [replace(submission, sent=None) for submission in plan.submissions]
    return getattr(plan, name)


def _problems(old: Plan, new: Plan) -> Iterator[PlanEdit]:
    kept = {problem.number: problem for problem in new.problems}
    for problem in old.problems:
        subject = str(problem.number)
        if is_placeholder(problem.content):
            continue
        if problem.number not in kept:
            yield _error(subject, "", f"问题 {subject} 被删除或改号", _RESTORE)
        else:
            yield from _rewritten(subject, problem, kept[problem.number], _RESTORE)
            yield from _adjustments(subject, problem, kept[problem.number])


def _measures(old: Plan, new: Plan) -> Iterator[PlanEdit]:
    before, after = old.measure_by_number, new.measure_by_number
    waiting = {number for number, measure in before.items() if is_placeholder(measure.content)}  # a sample, not issued
    added = [measure for number, measure in after.items() if number not in before]
    for number, measure in before.items():
        if number in waiting:
            continue
        if number in after:
            yield from _measure(measure, after[number])
            continue
        heir = next((m.number for m in added if m.content == measure.content), None)
        what = f"措施改号为 {heir}" if heir else "措施被删除"
        yield _error(number, "", what, _RESTORE)
    for measure in added:
        if measure.since is None and not waiting:
            what = "印发后新增的措施没有写“自”"
            yield _doubt(measure.number, "新增", what, "补上“自”和“依据”；新增措施用 zhenggai adjust")


def _measure(old: Measure, new: Measure) -> Iterator[PlanEdit]:
    number = old.number
    yield from _rewritten(number, old, new, _ADJUST.format(number))
    yield from _parts(old.steps, {step.number: step for step in new.steps})
    yield from _shares(number, old.shares, {share.unit: share for share in new.shares})
    yield from _adjustments(number, old, new)
    if old.cancelled is not None and new.cancelled != old.cancelled:
        yield _error(number, label_of("cancelled"), "已有的取消被删改", "恢复这条取消")


def _adjustments(number: str, old: Problem | Measure, new: Problem | Measure) -> Iterator[PlanEdit]:
    for adjustment in old.adjustments:
        if adjustment not in new.adjustments:
            what = f"已有的调整（{adjustment.date} {adjustment.field}）被删改"
            yield _error(number, f"调整 {adjustment.date} {adjustment.field}", what, "恢复这条调整；有误的，另追加一条")


def _parts(old: Iterable[Step], kept: dict[str, Step]) -> Iterator[PlanEdit]:
    for step in old:
        if step.number in kept:
            yield from _rewritten(step.number, step, kept[step.number], _RESTORE)
        else:
            yield _error(step.number, "", "步骤被删除或改号", _RESTORE)


def _shares(number: str, old: Iterable[Share], kept: dict[str, Share]) -> Iterator[PlanEdit]:
    for share in old:
        if kept.get(share.unit) != share:
            yield _error(number, f"分工 {share.unit}", f"{share.unit}的分工被改动或删去", _RESTORE)


def _rewritten(
    subject: str, old: Problem | Measure | Step, new: Problem | Measure | Step, remedy: str
) -> Iterator[PlanEdit]:
    """The fields whose values differ. Filling in an empty field is a doubt, not an error, unless a 调整 can change it."""
    for name in (field.name for field in fields(old) if field.name not in _OF_HISTORY):
        before, after = getattr(old, name), getattr(new, name)
        if before == after or (isinstance(before, str) and is_placeholder(before)):
            continue
        label = label_of(name)
        what = f"“{label}”由“{_words(before)}”改成“{_words(after)}”"
        fix = _ADJUST.format(subject) if isinstance(old, Problem) and label in PROBLEM_FIELDS else remedy
        filled = before in (None, ()) and label not in _ADJUSTABLE
        yield _doubt(subject, label, what, "核对依据") if filled else _error(subject, label, what, fix)


def _words(value: Any) -> str:
    if isinstance(value, tuple):
        return shortened("、".join(map(str, value)), _SHOWN) or "（空）"
    if value is None:
        return "（空）"
    if isinstance(value, Target):
        value = f"{value.name} {value.requirement}{'（合计）' if value.summed else ''}"
    return shortened(str(value), _SHOWN)


def _error(subject: str, about: str, what: str, remedy: str) -> PlanEdit:
    return PlanEdit(subject=subject, about=about, level=Level.ERROR, what=what, remedy=remedy)


def _doubt(subject: str, about: str, what: str, remedy: str) -> PlanEdit:
    return PlanEdit(subject=subject, about=about, level=Level.DOUBT, what=what, remedy=remedy)
