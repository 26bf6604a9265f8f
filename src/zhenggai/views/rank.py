"""``rank`` (排名): units ranked within their class, those with small denominators apart; and the units due for an interview."""

from collections.abc import Iterable, Mapping, Sequence
from typing import ClassVar

from zhenggai.document import Block, Cell, Column, Document, Para, Role, Table, Tone, row, table
from zhenggai.errors import UsageError
from zhenggai.frozen import frozen
from zhenggai.model.labels import label_of
from zhenggai.model.wording import nearest_words, percent
from zhenggai.rules.day.ranking import SMALL, Bracket, ClassRanking, Ranked, rankings
from zhenggai.rules.day.silence import weeks_of
from zhenggai.rules.day.snapshot import Snapshot
from zhenggai.rules.supervision.interviews import Interview, interviews
from zhenggai.views.task_lines import SCHEMA_VERSION

NO_CLASS = "未归类单位"
MARK = "＊"  # marks a rate with a small denominator
ORDER = (
    "名次依次比较：按期率，完成率，逾期占应完成的比例，反弹、退回各占分母的比例，静默周数，例行缺期占应办期数的比例；"
    "各项都相同的并列。各类单位只在本类之内比较。"
)
DENOMINATORS = (
    "按期率＝按期完成÷应完成；应完成指有截止日且已完成或已过截止日的任务。"
    "完成率＝已完成÷分母；分母指全部任务，不含长期坚持、例行、不适用的。"
    f"应完成不足{SMALL}件的另排（带{MARK}）；没有应完成任务的、已撤并的不排名次。"
)

_NAMES = (
    "category",
    "bracket",
    "place",
    "shared",
    "unit",
    "tasks",
    "denominator",
    "completed",
    "closed",
    "completion_rate",
    "due",
    "on_time",
    "on_time_rate",
    "overdue",
    "extensions",
    "returns",
    "relapses",
    "silent_weeks",
    "duties_on_time",
    "duties_late",
    "duties_missed",
    "red",
)


@frozen
class RankReport:
    """``rank``: the rankings of the requested classes, and the units due for an interview."""

    snapshot: Snapshot
    classes: tuple[ClassRanking, ...]
    interviews: tuple[Interview, ...]

    heads: ClassVar[Mapping[str, str]] = {n: label_of(n) for n in _NAMES} | {"due": "应完成"}  # in other views a date

    def record(self) -> dict[str, object]:
        """The JSON of ``rank``."""
        return {
            "schema_version": SCHEMA_VERSION,
            "plan": self.snapshot.plan.number,
            "as_of": self.snapshot.as_of,
            "weeks": len(weeks_of(self.snapshot)),
            "small": SMALL,
            "classes": [{"category": c.name, "units": [_record(r) for r in c.units]} for c in self.classes],
            "interviews": [_interview_record(i) for i in self.interviews],
        }

    def rows(self) -> Sequence[Mapping[str, object]]:
        """One row per unit of each class."""
        return [{"category": c.name} | _record(r) for c in self.classes for r in c.units]

    def document(self) -> Document:
        """The tables, the interviews, and an explanation of places and rates."""
        blocks: list[Block] = [Para(f"截至 {self.snapshot.as_of}")]
        blocks += _tables(self.classes) or [Para("没有可比较的单位。")]
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
    return [*_tables(rankings(snapshot)), *_notes(snapshot)]


def _of_class(snapshot: Snapshot, word: str) -> tuple[ClassRanking, ...]:
    found = snapshot.units.class_by_name.get(word.strip())
    if found is None:
        near = nearest_words(word, snapshot.units.class_by_name)
        raise UsageError(f"没有单位类别“{word}”\n  最接近的有：{near}")
    return tuple(c for c in rankings(snapshot) if c.name == found.name)


def _record(ranked: Ranked) -> dict[str, object]:
    score = ranked.score
    counts = score.counts.record()
    own = {name: getattr(score, name) for name in _NAMES if hasattr(score, name)}
    counted = {name: counts[name] for name in _NAMES if name in counts}
    duties = {f"duties_{name}": getattr(score.duties, name) for name in ("on_time", "late", "missed")}
    found = {"bracket": ranked.bracket, "place": ranked.place, "shared": ranked.shared, **own, **counted, **duties}
    return {name: found[name] for name in _NAMES if name in found}


def _interview_record(interview: Interview) -> dict[str, object]:
    causes = [{"measure": c.task.measure, "why": c.why, "since": c.since} for c in interview.causes]
    return {"unit": interview.unit, "held": interview.held, "causes": causes}


def _notes(snapshot: Snapshot) -> list[Block]:
    weeks = len(weeks_of(snapshot))
    silent = (
        f"静默周：有可完成而未完成的任务，从周一到周日却没有本单位记录（代录不算）的周（至今共{weeks}个整周）。"
        "例行：按期、补办（期满以后才办）、缺期三者不重复计算。"
    )
    return [Para(text, role=Role.NOTE) for text in (ORDER, DENOMINATORS, silent)]


def _tables(classes: Iterable[ClassRanking]) -> list[Block]:
    blocks: list[Block] = []
    for found in classes:
        name = found.name or NO_CLASS
        ranked = [r for r in found.units if r.bracket is Bracket.RANKED]
        others = [r for r in found.units if r.bracket is not Bracket.RANKED]
        blocks += [_table(ranked, name)] if ranked else []
        blocks += [_table(others, f"{name}：应完成不足{SMALL}件的另排，“—”不排名")] if others else []
    return blocks


def _table(ranked: Iterable[Ranked], title: str) -> Table:
    def number(head: str, keep: int) -> Column:
        return Column(head, numeric=True, keep=keep)

    heads = (
        Column("名次"),
        Column("单位", wrap=True, weight=3),
        number("任务", 6),
        number("分母", 7),
        number("已完成", 5),
        number("已销号", 6),
        number("完成率", 2),
        number("应完成", 3),
        number("按期", 5),
        Column("按期率", numeric=True),
        number("逾期", 1),
        number("延期", 5),
        number("退回", 5),
        number("反弹", 4),
        number("静默周", 3),
        number("例行按期", 8),
        number("例行补办", 8),
        number("例行缺期", 4),
        number("红灯", 2),
    )
    return Table(heads, tuple(_row(r) for r in ranked), title, landscape=True)


def _row(ranked: Ranked) -> tuple[Cell, ...]:
    score = ranked.score
    counts = score.counts
    return row(
        _place(ranked),
        f"{score.unit}（已撤并）" if score.ended else score.unit,
        counts.tasks,
        counts.denominator,
        counts.completed,
        counts.closed,
        percent(counts.completion_rate),
        score.due,
        score.on_time,
        percent(score.on_time_rate) + (MARK if 0 < score.due < SMALL else ""),
        _warned(counts.overdue),
        score.extensions,
        score.returns,
        score.relapses,
        score.silent_weeks,
        score.duties.on_time,
        score.duties.late,
        _warned(score.duties.missed),
        _warned(score.red),
    )


def _place(ranked: Ranked) -> str:
    return "—" if ranked.place is None else f"{'并列' if ranked.shared else ''}{ranked.place}"


def _warned(number: int) -> Cell:
    return Cell(str(number), Tone.RED if number else Tone.PLAIN)


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
