"""``rank`` (排名): units ranked within their class, those with small denominators apart; and the units due for an interview."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from operator import attrgetter

from zhenggai.document import Block, Cell, Column, Document, Para, ParaRole, Table, Tone, row, table
from zhenggai.errors import UsageError
from zhenggai.frozen import frozen
from zhenggai.model.labels import label_of
from zhenggai.model.terms import Terms
from zhenggai.model.wording import near_or_known
from zhenggai.rules.day.ranking import SMALL, Bracket, ClassRanking, Ranked, rankings
from zhenggai.rules.day.silence import weeks_of
from zhenggai.rules.day.snapshot import Snapshot
from zhenggai.rules.supervision.interviews import Cause, Interview, interviews
from zhenggai.views.columns import (
    AS_OF,
    PLAN,
    VERSION,
    Key,
    Keys,
    ReportColumn,
    ReportColumns,
    list_of,
    rate_cell,
    warned,
)

NO_CLASS = "未归类单位"
MARK = "＊"  # marks a rate with a small denominator


def _number(key: str, path: str, keep: int, head: str = "") -> ReportColumn[Ranked]:
    """A number of a unit: what stands at the path in its row."""
    return ReportColumn(key, attrgetter(path), head, numeric=True, keep=keep)


def _alarm(key: str, path: str, keep: int) -> ReportColumn[Ranked]:
    """A number that is red unless it is 0."""
    number = attrgetter(path)
    return ReportColumn(key, number, cell=lambda r: warned(number(r)), numeric=True, keep=keep)


def _place(ranked: Ranked) -> Cell:
    if ranked.place is None:
        return Cell("—")
    return Cell(f"{'并列' if ranked.shared else ''}{ranked.place}", value=ranked.place)


def unit_words(ranked: Ranked) -> str:
    """The unit, and whether it no longer exists."""
    return f"{ranked.score.unit}（已撤并）" if ranked.score.ended else ranked.score.unit


def _completion_rate(ranked: Ranked) -> Cell:
    return rate_cell(ranked.score.counts.completion_rate)


def on_time_cell(ranked: Ranked) -> Cell:
    """The on-time rate, with a mark if it says little."""
    cell = rate_cell(ranked.score.on_time_rate)
    return replace(cell, text=cell.text + MARK) if 0 < ranked.score.due < SMALL else cell


RANKED = ReportColumns[Ranked](
    ReportColumn("bracket", in_table=False),
    ReportColumn("place", cell=_place),
    ReportColumn("shared", in_table=False),
    ReportColumn("unit", attrgetter("score.unit"), cell=unit_words, wrap=True, weight=3),
    _number("tasks", "score.counts.tasks", 6),
    _number("denominator", "score.counts.denominator", 7),
    _number("completed", "score.counts.completed", 5),
    _number("completed_then_followed", "score.counts.completed_then_followed", 9)._replace(if_any=True),
    _number("closed", "score.counts.closed", 6),
    _number("completion_rate", "score.counts.completion_rate", 2)._replace(cell=_completion_rate),
    _number("due", "score.due", 3, head="应完成"),  # in other views a date
    _number("on_time", "score.on_time", 5),
    _number("on_time_rate", "score.on_time_rate", 0)._replace(cell=on_time_cell),
    _alarm("overdue", "score.counts.overdue", 1),
    _alarm("overdue_steps", "score.counts.overdue_steps", 9)._replace(if_any=True),
    _number("unread_deadline", "score.counts.unread_deadline", 9)._replace(if_any=True),
    _number("extensions", "score.extensions", 5),
    _number("returns", "score.returns", 5),
    _number("relapses", "score.relapses", 4),
    _number("silent_weeks", "score.silent_weeks", 3),
    _number("duties_on_time", "score.duties.on_time", 8),
    _number("duties_late", "score.duties.late", 8),
    _alarm("duties_missed", "score.duties.missed", 4),
    _alarm("red", "score.red", 2),
)


CLASSES = Keys[ClassRanking](Key("category", attrgetter("name")), list_of("units", RANKED, head="单位"))
"""The ranking of a class in JSON."""
_CAUSES = Keys[Cause](Key("measure", attrgetter("task.measure"), str), Key("why"), Key("since"))
_INTERVIEWS = Keys[Interview](Key("unit"), Key("held"), list_of("causes", _CAUSES))


@frozen
class RankReport:
    """``rank``: the rankings of the requested classes, and the units due for an interview."""

    snapshot: Snapshot
    classes: tuple[ClassRanking, ...]
    interviews: tuple[Interview, ...]

    keys = Keys["RankReport"](
        VERSION,
        PLAN,
        AS_OF,
        Key("weeks", lambda report: len(weeks_of(report.snapshot)), int, "整周数"),
        Key("small", lambda _: SMALL, int, "应完成不足几件的另排"),
        list_of("classes", CLASSES),
        list_of("interviews", _INTERVIEWS),
    )

    @property
    def heads(self) -> Mapping[str, str]:
        """The heads of CSV."""
        return {"category": label_of("category"), **RANKED.called(self.snapshot.plan.terms).heads}

    def record(self) -> dict[str, object]:
        """The JSON of ``rank``."""
        return self.keys.record(self)

    def rows(self) -> Sequence[Mapping[str, object]]:
        """One row per unit of each class."""
        return [{"category": c.name} | RANKED.record(r) for c in self.classes for r in c.units]

    def document(self) -> Document:
        """The tables, the interviews, and an explanation of places and rates."""
        blocks: list[Block] = [Para(f"截至 {self.snapshot.as_of}")]
        blocks += class_tables(self.classes, RANKED, self.snapshot.plan.terms) or [Para("没有可比较的单位。")]
        blocks += [_interview_table(self.interviews)] if self.interviews else [Para("没有按规则应约谈的单位。")]
        return Document(f"{self.snapshot.plan.title}：单位排名", (*blocks, *_notes(self.snapshot)))


def rank(
    snapshot: Snapshot,
    at_month_ends: Sequence[Snapshot],
    category: str | None = None,
    only: frozenset[str] | None = None,
) -> RankReport:
    """The report of a snapshot, for one class of units or all. ``only`` limits the shown units; places are still those among all.

    ``at_month_ends`` holds the snapshots at ``calendar.month_ends``. Raises ``UsageError`` for an unknown class.
    """
    classes = rankings(snapshot) if category is None else _of_class(snapshot, category)
    if only is not None:
        shown = ((c.name, tuple(r for r in c.units if r.score.unit in only)) for c in classes)
        classes = tuple(ClassRanking(name, units) for name, units in shown if units)
    units = {r.score.unit for c in classes for r in c.units}
    called = tuple(i for i in interviews(snapshot, at_month_ends) if i.unit in units)
    return RankReport(snapshot, classes, called)


def ranking_blocks(snapshot: Snapshot) -> list[Block]:
    """The ranking of all classes for another report: the tables and their explanation, without a heading."""
    return [*class_tables(rankings(snapshot), RANKED, snapshot.plan.terms), *_notes(snapshot)]


def _of_class(snapshot: Snapshot, word: str) -> tuple[ClassRanking, ...]:
    found = snapshot.units.class_by_name.get(word)
    if found is None:
        near = near_or_known(word, snapshot.units.class_by_name)
        raise UsageError(f"没有单位类别“{word}”\n  {near}")
    return tuple(c for c in rankings(snapshot) if c.name == found.name)


def _notes(snapshot: Snapshot) -> list[Block]:
    since = f"期初（{snapshot.plan.opening}）以后" if snapshot.plan.opening else ""
    weeks = f"（{since}至今共{len(weeks_of(snapshot))}个整周）"
    return ranking_notes(snapshot.plan.terms.done, "各类单位只在本类之内比较", weeks)


def ranking_notes(done: str, within: str, weeks: str) -> list[Block]:
    """What places go by, and what figures mean. ``within``: who is compared with whom; ``weeks``: what else is said of silent weeks."""
    order = (
        f"名次依次比较：按期率，{done}率，逾期占应{done}的比例，反弹、退回各占分母的比例，静默周数，例行缺期占应办期数的比例；"
        f"各项都相同的并列。{within}。"
    )
    denominators = (
        f"按期率＝按期{done}÷应{done}；应{done}指有截止日且已{done}或已过截止日的任务。"
        f"{done}率＝已{done}÷分母；分母指全部任务，不含长期坚持、例行、不适用的。"
        f"应{done}不足{SMALL}件的另排（带{MARK}）；没有应{done}任务的、已撤并的不排名次。"
    )
    silent = (
        f"静默周：有可{done}而未{done}的任务，从周一到周日却没有本单位记录（代录不算）的周{weeks}。"
        "例行：按期、补办（期满以后才办）、缺期三者不重复计算。"
    )
    return [Para(text, role=ParaRole.NOTE) for text in (order, denominators, silent)]


def class_tables(
    classes: Iterable[ClassRanking], columns: ReportColumns[Ranked], terms: Terms, unclassed: str = NO_CLASS
) -> list[Block]:
    """The tables of each class: the ranked, and the others apart. ``unclassed`` is the title of those without a class."""
    columns = columns.called(terms)
    blocks: list[Block] = []
    for found in classes:
        name = found.name or unclassed
        ranked = [r for r in found.units if r.bracket is Bracket.RANKED]
        others = [r for r in found.units if r.bracket is not Bracket.RANKED]
        blocks += [columns.table(ranked, name, landscape=True)] if ranked else []
        apart = f"{name}：{terms.head('应完成')}不足{SMALL}件的另排，“—”不排名"
        blocks += [columns.table(others, apart, landscape=True)] if others else []
    return blocks


def _interview_table(called: Iterable[Interview]) -> Table:
    heads = (Column("单位", wrap=True), Column("缘由", wrap=True), Column("约谈"))
    return table(heads, [row(i.unit, _causes(i), _held(i)) for i in called], "按规则应约谈的单位")


def _causes(interview: Interview) -> str:
    whys: dict[str, list[str]] = {}
    for cause in interview.causes:
        whys.setdefault(cause.task.measure, []).append(cause.why)
    return "；".join(f"{measure} {'、'.join(found)}" for measure, found in whys.items())


def _held(interview: Interview) -> Cell:
    return Cell("未约谈", Tone.RED) if interview.held is None else Cell(f"{interview.held} 已约谈")
