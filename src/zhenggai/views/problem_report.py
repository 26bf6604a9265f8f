"""A problem in the report to superiors: how it stands, what was done, what came of it, what remains and until when."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import NamedTuple

from zhenggai.model.entries import CloseOut, Done, Inspection, LongTermReview, LookBack, Reopening, Review
from zhenggai.model.kinds import RELAPSED, RETURNED, UNTRUE, Kind
from zhenggai.model.plan import Problem
from zhenggai.model.terms import Terms
from zhenggai.model.wording import chinese, day_beside, full_day, quoted
from zhenggai.rules.day.counts import Counts, counts_of
from zhenggai.rules.day.day_status import Group, was_late
from zhenggai.rules.day.snapshot import Snapshot, SnapshotTask, grouped
from zhenggai.views import sections
from zhenggai.views.report_entries import Told, institutions
from zhenggai.views.sentences import lasting_words, problem_status
from zhenggai.views.task_lines import TaskLine

WORK = (*sections.WORK, Kind.LONG_TERM_REVIEW)
"""The kinds of entry that are told one by one. Occurrences of recurring duties are counted."""
_VERDICTS = (
    Kind.FIRST_REVIEW,
    Kind.SECOND_REVIEW,
    Kind.CLOSE_OUT,
    Kind.INSPECTION,
    Kind.LOOK_BACK,
    Kind.REOPENING,
)


class ProblemReport(NamedTuple):
    """A problem with its state in a sentence, the entries told of its own tasks, and its tasks that are not completed."""

    problem: Problem
    state: str
    counts: Counts
    told: Sequence[Told]
    left: Sequence[TaskLine]

    def texts(self, snapshot: Snapshot) -> Iterator[str]:
        """The paragraphs about it."""
        yield f"{self.state}{_shared(self.problem, snapshot)}{_routine(self.problem, snapshot)}"
        yield from _deeds(self.problem, self.told, snapshot.as_of)
        if made := institutions(self.told):
            yield made
        if snapshot.has_money:
            yield from _money(self.problem, snapshot)
        if self.left:
            done = snapshot.plan.terms.done
            yield f"尚未{done}{len(self.left)}件：{'；'.join(_remaining(self.left, done))}。"


def problem_state(tasks: Sequence[SnapshotTask], terms: Terms) -> str:
    """How a problem stands. It is not 尚未启动 if recurring or lasting work on it was recorded, or if it has only such work."""
    stands = problem_status(tasks, terms)
    counts = counts_of(tasks, answering=())
    has_begun = any(event.kind in (*WORK, Kind.OCCURRENCE) for task in tasks for event in task.events)
    if tasks and not counts.denominator and not has_begun:
        return f"{stands.rstrip('。')}，尚无记录。"
    if has_begun and counts.denominator and counts.not_started == counts.denominator:
        words = "、".join(lasting_words(tasks)) or "正在推进"
        overdue = f"，逾期{counts.overdue}件" if counts.overdue else ""
        return f"该{terms.problem}{words}，{counts.denominator}件{terms.dated_task}尚未启动{overdue}。"
    return stands


def _shared(problem: Problem, snapshot: Snapshot) -> str:
    """Under which problem the measures are told that this one shares."""
    measures = snapshot.plan.measures()
    homes = dict.fromkeys(quoted(home.content) for home, m in measures if m.number in problem.shared_measures)
    if not homes:
        return ""
    terms = snapshot.plan.terms
    where = terms.about("、".join(homes))
    return f"同{terms.measure}{'、'.join(problem.shared_measures)}，{terms.outcome}见{where}。"


def _routine(problem: Problem, snapshot: Snapshot) -> str:
    """How many of the problem's tasks were completed late, how often recurring duties were done and missed, how many reviews are late."""
    own = snapshot.of_problem.get(problem.number, ())
    times = sum(event.kind is Kind.OCCURRENCE for task in own for event in task.events)
    missed = sum(len(task.status.duties.unfilled) for task in own)
    late = sum(task.next_review is not None and task.next_review < snapshot.as_of for task in own)
    days, done = snapshot.plan.rules.late_record_days, snapshot.plan.terms.done
    overrun = sum(t.status.group is Group.COMPLETED and t.due is not None and was_late(t.row, t.due, days) for t in own)
    words = [f"超期{done}{overrun}件" if overrun else ""]
    words += [f"例行工作已办{times}期" if times else "", f"例行缺{missed}期" if missed else ""]
    said = "，".join(filter(None, [*words, f"长期评估逾期{late}件" if late else ""]))
    return f"{said}。" if said else ""


def _deeds(problem: Problem, told: Sequence[Told], as_of: date) -> Iterator[str]:
    """What was done, a paragraph a measure: 一是制定办法（1-1）。县教育局4月10日初稿写成；4月12日二稿写成（进度50%）。城关镇…

    Of a problem with one measure, 一是 stands before each unit; with one unit, before each entry; a single entry has none.
    """
    found = [(m, here) for m in problem.measures if (here := [t for t in told if t.measure == m.number])]
    for nth, (measure, here) in enumerate(found, 1):
        lead = f"{measure.content.rstrip('。；')}（{measure.number}）"
        units = [(_name(task), _of_task(own, as_of)) for task, own in _by_task(here)]
        texts = [f"{unit}{'；'.join(deeds)}" for unit, deeds in units]
        if len(found) > 1:
            yield f"{chinese(nth)}是{lead}。{''.join(f'{text}。' for text in texts)}"
        elif len(units) > 1:
            yield f"{lead}：{sections.numbered(texts)}"
        else:
            yield f"{lead}：{sections.numbered(f'{unit}{deed}' for unit, deeds in units for deed in deeds)}"


def _by_task(told: Sequence[Told]) -> Iterator[tuple[SnapshotTask, list[Told]]]:
    """Each task with its entries, in order of its first entry."""
    for key, (task, *_) in grouped(lambda task: task.key, (t.task for t in told if t.task)).items():
        yield task, [t for t in told if t.task and t.task.key == key]


def _of_task(told: Sequence[Told], as_of: date) -> list[str]:
    """The entries of one task in order of day, without its unit; what reviews and inspections made of one follows it."""
    task, snapshot = told[0].task, told[0].snapshot
    assert task is not None  # work is always a task's
    measured = None if task.row.is_complete else next((t for t in reversed(told) if t.percent is not None), None)
    verdicts = [Told(snapshot, event, task) for event in task.events if event.kind in _VERDICTS]
    texts: list[str] = []
    reviews = [one for one in told if one.event.kind is Kind.LONG_TERM_REVIEW]
    for one in sorted((*told, *verdicts), key=lambda t: (t.event.date, t.event.number)):
        if one in reviews[:-1]:
            continue  # they come every quarter; the last one says how it stands
        if one.event.kind is Kind.LONG_TERM_REVIEW and len(reviews) > 1:
            texts.append(f"{day_beside(one.event.date, as_of)}第{len(reviews)}次{_deed(one)}")
        elif one.event.kind in WORK:
            texts.append(_sentence(one, as_of, with_percent=one is measured))
        elif texts and (words := _verdict(one, snapshot.plan.terms.done)):
            texts[-1] += f"；{day_beside(one.event.date, as_of)}{words}"
    if snapshot.task_of(told[-1].event.number) is None:
        texts[-1] += "；此后不再承担"
    return texts


def _sentence(told: Told, as_of: date, *, with_percent: bool) -> str:
    """An entry without its unit: 4月10日初稿写成（进度40%，整改12万元）."""
    figures = "，".join([*([f"进度{told.percent}%"] if with_percent else []), *sections.money_figures(told)])
    return f"{day_beside(told.event.date, as_of)}{_deed(told)}{f'（{figures}）' if figures else ''}"


def _deed(told: Told) -> str:
    entry = told.entry
    if isinstance(entry, LongTermReview):
        return f"评估：{entry.conclusion.rstrip('。；')}"
    if isinstance(entry, Done) and entry.conclusion:
        return f"{entry.conclusion}，{entry.content.rstrip('。；')}（依据：{entry.basis}）"
    return sections.deed(told)


def _verdict(told: Told, done: str) -> str:
    """What a review or an inspection made of work that was said to be done; "" if it left it as it was."""
    entry = told.entry
    if isinstance(entry, Reopening):
        return f"重新整改，{full_day(entry.deadline)}前{done}"
    if isinstance(entry, CloseOut):
        return "销号"
    conclusion = entry.conclusion if isinstance(entry, Review | Inspection | LookBack) else ""
    return f"{entry.kind}{conclusion}" if conclusion in (RETURNED, UNTRUE, RELAPSED) else ""


def _name(task: SnapshotTask) -> str:
    """The unit of a task; where it took the task over, with the unit that the plan gave it to."""
    return task.unit if task.unit == task.given else f"{task.given}（现{task.unit}）"


def _money(problem: Problem, snapshot: Snapshot) -> Iterator[str]:
    from zhenggai.rules.day.money_sums import plan_money  # imported here: few plans have money
    from zhenggai.views.money import money_words

    sums = plan_money(snapshot).of_problem[problem.number]
    if sums.amount is not None or any(sums.done):
        yield f"{money_words(sums)}。"


def _remaining(left: Sequence[TaskLine], done: str) -> Iterator[str]:
    """What remains, a text for each measure and day: 县教育局、城关镇（1-1）应于2020年6月30日前完成，逾期5天."""
    for (measure, _), lines in groupby(left, key=lambda line: (line.measure, line.due)):
        same = list(lines)
        yield f"{'、'.join(line.unit for line in same)}（{measure}）{_until(same[0], done)}"


def _until(line: TaskLine, done: str) -> str:
    if line.due is None:
        return f"时限{line.deadline}" if line.deadline else "没有时限"
    late = line.days is not None and line.days > 0
    return f"应于{full_day(line.due)}前{done}，逾期{line.days}天" if late else f"{full_day(line.due)}前{done}"
