"""Assigns every entry to its task. An entry that cannot be assigned gives a diagnostic with its line."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from zhenggai.frozen import frozen
from zhenggai.model.copies import counting
from zhenggai.model.entry_classes import CLASS_OF_KIND, About, kinds_about
from zhenggai.model.entry_fields import Mark
from zhenggai.model.event_of_entry import CHANGES, Event
from zhenggai.model.kinds import Kind
from zhenggai.model.labels import label_of
from zhenggai.model.numbers import is_known
from zhenggai.model.plan import Measure, Plan
from zhenggai.model.source import Diagnostic, Level, Source
from zhenggai.model.units import UnitBook
from zhenggai.model.wording import near_or_known
from zhenggai.rules.task.address import LOOSE, LOOSE_KINDS, WHOLE, WRONG, Address
from zhenggai.rules.task.guards import LETTERS_ARE, LOOK_AT_BOTH, NO_LETTER, NOT_BEFORE, RECORD_ANEW, WITHDRAWN
from zhenggai.rules.task.life import Role
from zhenggai.rules.task.tasks import reviewers_of, supervisor_of
from zhenggai.rules.task.transitions import REF_KINDS, UNBOUND_KINDS, is_letter, recorders

_OF_UNITS = kinds_about(About.UNIT)


@frozen
class Filing:
    """All events of a ledger, filed.

    - ``events``: address → its events, in order of path and line;
    - ``addresses``: number of an entry → its address;
    - ``loose``: the events of ``LOOSE_KINDS``, at whatever address;
    - ``repeated``: the events that do not count, since another event has their number, each with the place of that one;
      they are filed nowhere;
    - ``diagnostics``: the faults of entries that could not be filed.
    """

    events: Mapping[Address, Sequence[Event]]
    addresses: Mapping[str, Address]
    loose: Sequence[Event] = ()
    repeated: Sequence[tuple[Event, Source]] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


def where(event: Event) -> Source:
    """The file and line of an event's entry."""
    return Source(event.path, event.line)


@dataclass
class Filer:
    """Finds the addresses of entries. Each name is resolved once, and each address is found once.

    - ``look_up``: number of an entry → its event, or None;
    - ``found``: number of an entry → its address, as far as known;
    - ``diagnostics``: the faults found so far;
    - ``responsible``: number of a measure → every unit that is or was responsible for it. Filers with the same books may
      share this mapping.
    """

    plan: Plan
    units: UnitBook
    look_up: Callable[[str], Event | None]
    found: dict[str, Address] = field(default_factory=dict)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    responsible: dict[str, frozenset[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._direct: dict[tuple[str, str | None, str | None], Address] = {}

    def address(self, event: Event) -> Address:
        """The address of an entry. The first call for an entry adds its fault, if any, to ``diagnostics``."""
        number = event.number
        if number not in self.found:
            self.found[number] = self._address(event)
        return self.found[number]

    def _address(self, event: Event) -> Address:
        if event.kind in REF_KINDS:
            return self._by_ref(event)
        if event.measure is None or event.kind in UNBOUND_KINDS:
            return self._of_unit(event) if event.kind in _OF_UNITS else LOOSE
        key = (event.path, event.measure, event.unit)
        return self._direct.get(key) or self._by_measure(event, event.measure)

    def _by_measure(self, event: Event, measure: str) -> Address:
        unit = self.units.full_name(event.unit) if event.unit else self.units.recorder(event.path)
        measures = self.plan.measure_by_number
        if measure not in measures:
            return self._wrong(event, f"方案中没有措施 {measure}", near_or_known(measure, measures))
        units = self._known_of(measures[measure])
        if unit not in units:
            if event.kind in LOOSE_KINDS:
                return LOOSE
            return self._wrong(event, f"{unit}不是 {measure} 的责任单位", f"责任单位有：{_some(sorted(units))}")
        return self._direct.setdefault((event.path, measure, event.unit), Address(measure, unit))

    def _known_of(self, measure: Measure) -> frozenset[str]:
        """Every unit that is or ever was responsible for a measure."""
        if measure.number not in self.responsible:
            names = [*measure.units, *(n for a in measure.adjustments if a.field == "责任单位" for n in a.new)]
            base = measure.since or self.plan.issued
            found = (unit.name for day in self._days for unit in self.units.expand(names, day, base))
            self.responsible[measure.number] = frozenset(found)
        return self.responsible[measure.number]

    @cached_property
    def _days(self) -> set[date]:
        """The days on which ``_known_of`` expands names: together they give every unit that was ever in a class."""
        members = self.units.members
        days = {self.plan.issued, date.max, *(m.since for u in members for m in u.memberships if m.since)}
        return days | {unit.since for unit in members if unit.since}

    def _by_ref(self, event: Event) -> Address:
        target = self.look_up(event.ref or "")
        if target is None:
            remedy = "核对编号；若在别的文件中，先取回（同步）该文件"
            return self._wrong(event, f"针对的记录 {event.ref} 不存在", remedy)
        if self._answers_itself(event, target):
            return self._wrong(event, f"与所针对的记录 {event.ref} 互相针对", "核对编号，改正其中一条")
        if foreign := foreign_changes(event, target.kind):
            what = f"“{target.kind}”没有“{'、'.join(foreign)}”可更正"
            return self._wrong(event, what, "只写原记录里有的字段；事项记错的，作废后重新记录")
        address = self.address(target)
        if not address.is_task:
            return self._answer(event, target, address)
        unit = self.units.full_name(event.unit) if event.unit else address.unit
        if event.measure not in (None, address.measure) or unit != address.unit:
            what = f"措施、单位与所针对的记录不一致（应为 {address.measure} {address.unit}）"
            return self._wrong(event, what, "改正措施、单位，或删去这两项")
        return address

    def _answers_itself(self, event: Event, target: Event) -> bool:
        """Whether the references from ``target`` onwards lead back to ``event``: a circle."""
        seen = set[str]()
        named: Event | None = target
        while named is not None and named.number != event.number and named.number not in seen:
            seen.add(named.number)
            named = self.look_up(named.ref) if named.ref and named.kind in REF_KINDS else None
        return named is not None and named.number == event.number

    def _of_unit(self, event: Event) -> Address:
        return self._if_entitled(event, self._overseers(event))

    def _answer(self, event: Event, target: Event, address: Address) -> Address:
        """The address of an answer to ``target``, an entry about no task; ``WRONG`` if the writer or the kind is not allowed."""
        if event.kind is Kind.CORRECTION:
            return self._if_entitled(event, frozenset((self.units.recorder(target.path),)))
        if event.kind is Kind.REPLY and not is_letter(target.kind, target.value):
            return self._wrong(event, NO_LETTER.format(target.kind), LETTERS_ARE)
        if event.kind is Kind.REPLY and address == WHOLE:
            return self._if_entitled(event, self._now_and_then(target.unit or "", event.date))
        if address == WRONG:
            return WRONG  # the diagnostic belongs to the target
        what = f"针对的记录 {target.number} 不是哪件任务的记录，不能记“{event.kind}”"
        return self._wrong(event, what, "针对这件任务的一条记录")

    def _if_entitled(self, event: Event, entitled: frozenset[str]) -> Address:
        if self.units.recorder(event.path) in entitled:
            return WHOLE
        names = "、".join(sorted(entitled)) or "方案未指定"
        return self._wrong(event, f"“{event.kind}”应由{names}记录", "由有权单位在自己的文件夹中记录")

    def _wrong(self, event: Event, what: str, remedy: str) -> Address:
        self.diagnostics.append(Diagnostic(where(event), "记录", what, remedy))
        return WRONG

    def _overseers(self, event: Event) -> frozenset[str]:
        """The units that may record an entry of this kind about a whole unit; never that unit itself."""
        plan, units, day = self.plan, self.units, event.date
        own = self._now_and_then(event.unit or "", day)
        second = reviewers_of(plan, units, (), own, day).second
        supervisor = supervisor_of(plan, units, own, second, day)
        in_role = {Role.SUPERVISOR: supervisor, Role.SECOND_REVIEWER: second}
        return frozenset(name for role, name in in_role.items() if name and role & recorders(event.kind))

    def _now_and_then(self, name: str, day: date) -> frozenset[str]:
        """A unit, and the unit that carries its tasks on a day after mergers."""
        return frozenset((self.units.full_name(name), self.units.carrier(name, day)))


def foreign_changes(event: Event, kind: Kind) -> list[str]:
    """The Chinese labels of the fields that a 更正 changes and that entries of ``kind`` do not have."""
    fields = CLASS_OF_KIND[kind].__dataclass_fields__
    return [label_of(name) for name in event.all_of(CHANGES) if name not in fields]


def _some(names: Sequence[str], limit: int = 5) -> str:
    return "、".join(names[:limit]) + (f" 等 {len(names)} 个" if len(names) > limit else "")


def file_events(events: Iterable[Event], plan: Plan, units: UnitBook) -> Filing:
    """File every entry of a ledger under its address. ``events`` come in order of path and line."""
    events = list(events)
    counted = counting(((event.number, where(event), event) for event in events), units)
    filer = Filer(plan, units, counted.get)
    filed: dict[Address, list[Event]] = {}
    kept = [event for event in events if counted[event.number] is event]
    for event in kept:
        filed.setdefault(filer.address(event), []).append(event)
    loose = [event for event in kept if event.kind in LOOSE_KINDS]
    repeated = [(event, where(counted[event.number])) for event in events if counted[event.number] is not event]
    return Filing(filed, filer.found, loose, repeated, tuple(filer.diagnostics))


def repeated_number(event: Event, place: Source) -> Diagnostic:
    """The diagnostic for an entry that does not count, since the entry at ``place`` has its number."""
    what = f"编号 {event.number} 与 {place} 重复"
    return Diagnostic(where(event), "记录", what, "这一条不计；内容相同的删去它，不同的重新记录并取新编号")


def misplaced(of_units: Iterable[Event], known: Callable[[str], Event | None]) -> Iterator[Diagnostic]:
    """Diagnostics for 更正 and 回复 about whole units that come in the wrong order.

    An error: the entry comes before the entry that it names. A doubt: a 更正 comes after the named entry was withdrawn.
    A withdrawal (作废) may come before the entry that it withdraws.

    ``of_units`` are the events filed under ``WHOLE`` that are known on a day; ``known`` finds any event known on that day
    by its number.
    """
    kept = {event.number: event for event in of_units if event.ref is not None}
    concerned = dict(kept)
    for event in kept.values():
        if event.ref not in kept and (named := known(event.ref or "")):
            concerned[named.number] = named
    corrections = {event.number for event in kept.values() if event.kind is Kind.CORRECTION}
    standing, withdrawn = set[str](), set[str]()
    for event in sorted(concerned.values()):
        ref = event.ref if event.number in kept else None
        if ref in withdrawn and event.kind is Kind.CORRECTION:
            yield Diagnostic(where(event), "记录", WITHDRAWN.format(ref), RECORD_ANEW, Level.DOUBT)
        elif ref is not None and event.flags & Mark.VOID and (ref in standing or ref not in corrections):
            standing.discard(ref)
            withdrawn.add(ref)
        elif ref is not None and ref not in standing:
            yield Diagnostic(where(event), "记录", NOT_BEFORE.format(ref), LOOK_AT_BOTH)
        elif event.number not in withdrawn:
            standing.add(event.number)


def known(events: Iterable[Event], as_of: date, known_by: date) -> list[Event]:
    """The events dated until ``as_of`` and recorded until ``known_by``, in the order of entries."""
    return sorted(event for event in events if is_known(event, as_of, known_by))
