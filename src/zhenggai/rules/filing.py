"""Files every record under its task, as the event the fold reads; what cannot be filed is a problem with its place."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from zhenggai.frozen import frozen
from zhenggai.model.book import Book, Record
from zhenggai.model.entries import Correction, Entry, Kind
from zhenggai.model.plan import Measure
from zhenggai.model.source import Level, Problem
from zhenggai.model.wording import nearest_words
from zhenggai.rules.corrections import foreign_fields
from zhenggai.rules.events import event_of
from zhenggai.rules.guards import LETTERS_ARE, LOOK_AT_BOTH, NO_LETTER, NOT_BEFORE, RECORD_ANEW, WITHDRAWN
from zhenggai.rules.head import Event, Mark
from zhenggai.rules.tasks import Task, TaskKey, reviewers_of, supervisor_of
from zhenggai.rules.transitions import LADDER, REF_KINDS, UNBOUND_KINDS, is_letter

_OF_UNITS = frozenset((Kind.INSPECTION, *LADDER))


@frozen
class Filing:
    """Events by task, in order of path and line; and the records that could not be filed, each with its reason.

    ``of_units`` are the inspections and steps of the ladder that name a unit and no measure, and the replies to them.
    """

    events: Mapping[TaskKey, Sequence[Event]]
    of_units: tuple[Record, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass
class _Filer:
    """The work of one filing: names are resolved once, each record's task is found once."""

    book: Book
    known: Mapping[str, frozenset[str]]  # measure → every unit that is or was responsible for it
    problems: list[Problem] = field(default_factory=list)
    of_units: list[Record] = field(default_factory=list)
    found: dict[str, TaskKey | None] = field(default_factory=dict)

    def problem(self, record: Record, what: str, remedy: str) -> None:
        self.problems.append(Problem(record.source, "记录", what, remedy))

    def unit(self, name: str) -> str:
        unit = self.book.units.unit_named(name)
        return unit.name if unit else name

    def key_of(self, record: Record) -> TaskKey | None:
        """The task a record is about; None where it is about none, or a problem was reported."""
        number = record.entry.number
        if number not in self.found:
            self.found[number] = None  # a reference in a circle finds nothing
            self.found[number] = self._find_key(record)
        return self.found[number]

    def _find_key(self, record: Record) -> TaskKey | None:
        entry = record.entry
        if entry.kind in REF_KINDS:
            return self._key_by_ref(record)
        if entry.measure is None or entry.kind in UNBOUND_KINDS:
            self._of_unit(record)
            return None
        unit = self.unit(entry.unit or record.recorder)
        units = self.known.get(entry.measure)
        if units is None:
            self.problem(
                record, f"方案中没有措施 {entry.measure}", f"最接近的有：{nearest_words(entry.measure, self.known)}"
            )
        elif unit not in units:
            if entry.kind is not Kind.LESSON:
                self.problem(record, f"{unit}不是 {entry.measure} 的责任单位", f"责任单位有：{_some(sorted(units))}")
        else:
            return TaskKey(self.book.plan.number, entry.measure, unit)
        return None

    def _key_by_ref(self, record: Record) -> TaskKey | None:
        entry = record.entry
        ref = getattr(entry, "ref", "")
        target = self.book.by_number.get(ref)
        if target is None:
            self.problem(record, f"针对的记录 {ref} 不存在", "核对编号；若在别的文件中，先取回（同步）该文件")
            return None
        if isinstance(entry, Correction) and (foreign := foreign_fields(entry, target.entry)):
            what = f"“{target.entry.kind}”没有“{'、'.join(foreign)}”可更正"
            self.problem(record, what, "只写原记录里有的字段；事项记错的，作废后重新记录")
            return None
        key = self.key_of(target)
        if key is None:
            self._of_unit(record, target)
            return None
        if entry.measure not in (None, key.measure) or (entry.unit and self.unit(entry.unit) != key.unit):
            self.problem(
                record,
                f"措施、单位与所针对的记录不一致（应为 {key.measure} {key.unit}）",
                "改正措施、单位，或删去这两项",
            )
            return None
        return key

    def _of_unit(self, record: Record, target: Record | None = None) -> None:
        """Keep what names a unit and no measure, or answers that; say where it comes from the wrong hand."""
        entry, recorder = record.entry, self.unit(record.recorder)
        if target is None:
            if entry.kind not in _OF_UNITS:
                return
            entitled = self._overseers(entry)
        elif isinstance(entry, Correction):
            entitled = frozenset((self.unit(target.recorder),))
        elif entry.kind is Kind.REPLY and not is_letter(target.entry.kind, getattr(target.entry, "conclusion", None)):
            self.problem(record, NO_LETTER.format(target.entry.kind), LETTERS_ARE)
            return
        elif entry.kind is Kind.REPLY and target in self.of_units:
            entitled = self._now_and_then(target.entry.unit or "", entry.date)
        else:
            if all(problem.source != target.source for problem in self.problems):
                what = f"针对的记录 {target.entry.number} 不是哪件任务的记录，不能记“{entry.kind}”"
                self.problem(record, what, "针对这件任务的一条记录")
            return
        if recorder in entitled:
            self.of_units.append(record)
        else:
            names = "、".join(sorted(entitled)) or "方案未指定"
            self.problem(record, f"“{entry.kind}”应由{names}记录", "由有权单位在自己的文件夹中记录")

    def _overseers(self, entry: Entry) -> frozenset[str]:
        """Who may inspect a unit as a whole, or write to it: 督办单位, letters 复核单位 too; never the unit itself."""
        plan, units, day = self.book.plan, self.book.units, entry.date
        own = self._now_and_then(entry.unit or "", day)
        second = reviewers_of(plan, units, (), own, day).second
        supervisor = supervisor_of(plan, units, own, second, day)
        found = (supervisor,) if entry.kind is Kind.INSPECTION else (supervisor, second)
        return frozenset(name for name in found if name)

    def _now_and_then(self, name: str, day: date) -> frozenset[str]:
        """A unit, and the one that it was merged into by a day."""
        return frozenset((self.unit(name), self.book.units.carrier(name, day)))

    def flags_of(self, record: Record, task: Task) -> int:
        entry = record.entry
        recorder = self.unit(record.recorder)
        flags = task.on(entry.date).role_of(recorder)
        if isinstance(entry, Correction):
            original = self.book.by_number.get(entry.ref)
            flags |= Mark.SAME_HAND if original and self.unit(original.recorder) == recorder else 0
        return flags


def _some(names: Sequence[str], limit: int = 5) -> str:
    return "、".join(names[:limit]) + (f" 等 {len(names)} 个" if len(names) > limit else "")


def known_units(book: Book) -> dict[str, frozenset[str]]:
    """For every measure the plan ever had, every unit that is or was responsible for it."""

    def of(measure: Measure) -> frozenset[str]:
        names = [*measure.units, *(n for a in measure.adjustments if a.field == "责任单位" for n in a.new)]
        days = {book.plan.issued, date.max, *(m.since for u in book.units.members for m in u.memberships if m.since)}
        days |= {unit.since for unit in book.units.members if unit.since}
        base = measure.since or book.plan.issued
        return frozenset(unit.name for day in days for unit in book.units.expand(names, day, base))

    return {number: of(measure) for number, measure in book.plan.measure_by_number.items()}


def file_records(book: Book, tasks: Iterable[Task]) -> Filing:
    """Every record of a book under its task; those about tasks that are not among ``tasks`` are left aside silently."""
    by_key = {task.key: task for task in tasks}
    filer = _Filer(book, known_units(book))
    events: dict[TaskKey, list[Event]] = {}
    first: dict[str, Record] = {}
    for record in book.records:
        earlier = first.setdefault(record.entry.number, record)
        if earlier is not record:
            filer.problem(
                record, f"编号 {record.entry.number} 与 {earlier.source} 重复", "后一条不计；请重新记录并取新编号"
            )
            continue
        key = filer.key_of(record)
        task = by_key.get(key) if key else None
        if task is not None:
            event = event_of(record.entry, filer.flags_of(record, task), record.offset)
            events.setdefault(task.key, []).append(event)
    return Filing(events, tuple(filer.of_units), tuple(filer.problems))


def misplaced(of_units: Iterable[Record], known: Iterable[Record]) -> Iterator[Problem]:
    """What is wrong with 更正 and 回复 about no task: such as stand before what they name, or behind its withdrawal.

    ``known`` are the records known on a day; ``of_units`` those of them that were so kept.
    """
    kept = {record.entry.number: ref for record in of_units if (ref := getattr(record.entry, "ref", None))}
    numbers = {*kept, *kept.values()}
    concerned = [record for record in known if record.entry.number in numbers] if kept else []
    standing, withdrawn = set[str](), set[str]()
    for record in sorted(concerned, key=lambda r: (r.entry.date, r.entry.number)):
        ref = kept.get(record.entry.number)
        if ref in withdrawn and isinstance(record.entry, Correction):
            yield Problem(record.source, "记录", WITHDRAWN.format(ref), RECORD_ANEW, Level.DOUBT)
        elif ref is not None and ref not in standing:
            yield Problem(record.source, "记录", NOT_BEFORE.format(ref), LOOK_AT_BOTH)
        elif ref is not None and isinstance(record.entry, Correction) and record.entry.void:
            standing.remove(ref)
            withdrawn.add(ref)
        else:
            standing.add(record.entry.number)
