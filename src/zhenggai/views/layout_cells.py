"""What cells of several layouts say of a problem, a measure or a task."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from zhenggai.model.entries import Entry, Progress, Review
from zhenggai.model.entry_fields import Mark
from zhenggai.model.event_of_entry import Event
from zhenggai.model.kinds import PASSED, Kind
from zhenggai.model.plan import Measure, Problem
from zhenggai.rules.day.rounds import rounds_of
from zhenggai.rules.day.snapshot import Snapshot, SnapshotTask
from zhenggai.views.problem_outline import path_of
from zhenggai.views.sections import numbered
from zhenggai.views.selection import state_word

LONG = 60
"""How many characters of a long text a table on a screen shows; CSV and JSON have the whole."""

MANY = 4
"""So many units are not named if they have what most have."""


class Headings(NamedTuple):
    """A problem on three levels: 反馈重点方面, 反馈重点内容, 反馈具体问题. "" where the plan has no such level."""

    aspect: str
    matter: str
    problem: str


def headings_of(problem: Problem) -> Headings:
    """The levels of a problem: its outermost heading, then those below it or the problem itself, then what it says most closely.

    >>> [tuple(headings_of(Problem(number=1, content="甲", aspects=aspects, symptoms=symptoms)))
    ...     for aspects, symptoms in (((), ()), (("党建",), ("子", "丑")), (("党建", "学习"), ()))]
    [('', '', '甲'), ('党建', '甲', '一是子。二是丑。'), ('党建', '学习', '甲')]
    """
    aspect, *below = problem.aspects or ("",)
    if below:
        return Headings(aspect, path_of(tuple(below)), problem.content + symptoms_of(problem))
    if problem.symptoms:
        return Headings(aspect, problem.content, numbered(problem.symptoms))
    return Headings(aspect, "", problem.content)


def symptoms_of(problem: Problem) -> str:
    """What stands behind a problem that has forms (具体表现); "" if it has none."""
    return f"：{numbered(problem.symptoms)}" if problem.symptoms else ""


def names_of(snapshot: Snapshot, words: Iterable[str]) -> str:
    """Units by their full names, and classes of units as the plan names them: 县教育局、各乡镇."""
    return "、".join(dict.fromkeys(map(snapshot.unit_name, words)))


def units_of(snapshot: Snapshot, *measures: Measure) -> str:
    """The responsible units of some measures, each once: 县教育局、各乡镇（河东乡除外）."""
    whole = names_of(snapshot, (word for measure in measures if not measure.except_units for word in measure.units))
    parts = (
        f"{names_of(snapshot, measure.units)}（{names_of(snapshot, measure.except_units)}除外）"
        for measure in measures
        if measure.except_units
    )
    return "、".join(filter(None, dict.fromkeys((whole, *parts))))


def leader_of(task: SnapshotTask) -> str:
    """The leader who answers for a task, or ""."""
    return task.leader or ""


def deadline_of(task: SnapshotTask) -> str:
    """The deadline in the plan's words."""
    return task.row.words


def progress_of(task: SnapshotTask) -> str:
    """The state of a task, with its percent while it is open: 整改中 40%."""
    percent = task.row.percent
    return state_word(task) + ("" if percent is None or task.row.is_complete else f" {percent}%")


def of_each(tasks: Sequence[SnapshotTask], text_of: Callable[[SnapshotTask], str]) -> str:
    """What all tasks of a measure share; where they differ, which units have what: 县教育局、县财政局：已完成；城关镇：未启动.

    What most of many units have is said last, of the others: 县委组织部：5月底前；其他7个单位：9月底前.
    """
    units: dict[str, list[str]] = {}
    for task in tasks:
        units.setdefault(text_of(task), []).append(task.unit)
    if len(units) == 1:
        return next(iter(units))
    units.pop("", None)
    parts = [("、".join(named), text) for text, named in units.items()]
    usual = max(units, key=lambda text: len(units[text]), default="")
    if len(units) > 1 and len(units[usual]) >= MANY:
        parts = [*(part for part in parts if part[1] != usual), (f"其他{len(units[usual])}个单位", usual)]
    return "；".join(f"{named}：{text}" for named, text in parts)


_WORK = frozenset((Kind.PROGRESS, Kind.BASICALLY_DONE, Kind.DONE))


def work_done(snapshot: Snapshot, task: SnapshotTask) -> str:
    """What was done in the present round, as corrected: 一是…。二是…。"""
    texts = [entry.content or "" for entry in _newest_first(snapshot, task, _is_work)]
    return numbered(reversed(texts))


def newest_text(snapshot: Snapshot, task: SnapshotTask) -> str:
    """What the unit said last of its work, as corrected."""
    return next((entry.content or "" for entry in _newest_first(snapshot, task, _is_work)), "")


def _is_work(event: Event) -> bool:
    return event.kind in _WORK


def what_remains(snapshot: Snapshot, task: SnapshotTask) -> str:
    """Why an open task is not done, and what comes next, as the unit said last: 原因：…；下一步：…"""
    if task.row.is_complete:
        return ""
    why = _last_said(snapshot, task, lambda event: event.explains)
    then = _last_said(snapshot, task, lambda event: bool(event.flags & Mark.NEXT_STEPS))
    parts = (("原因", why and (why.cause or why.difficulty)), ("下一步", then and then.next_steps))
    return "；".join(f"{word}：{text.rstrip('。；')}" for word, text in parts if text)


def _last_said(snapshot: Snapshot, task: SnapshotTask, keep: Callable[[Event], bool]) -> Progress | None:
    return next((entry for entry in _newest_first(snapshot, task, keep) if isinstance(entry, Progress)), None)


def reviewer_of(snapshot: Snapshot, task: SnapshotTask) -> str:
    """Who passed the close-out in 复核 in the present round: the 验收人, else unit and person; "" until then."""
    last = next(_newest_first(snapshot, task, lambda event: event.kind is Kind.SECOND_REVIEW), None)
    if not isinstance(last, Review) or last.conclusion != PASSED:
        return ""
    return last.accepted_by or f"{snapshot.recorder_of(last.number)} {last.writer}"


def _newest_first(snapshot: Snapshot, task: SnapshotTask, keep: Callable[[Event], bool]) -> Iterator[Entry]:
    """The entries of the present round that are kept, as corrected."""
    for event in reversed(rounds_of(task)[-1].events):
        if keep(event) and (entry := snapshot.said(event.number)):
            yield entry
