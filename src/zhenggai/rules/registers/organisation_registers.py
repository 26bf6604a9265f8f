"""Both registers as of a day, from the organisation book and the ledger's entries."""

from collections.abc import Iterator
from datetime import date

from zhenggai.frozen import frozen
from zhenggai.model.book import Record
from zhenggai.model.entries import Election, WeakOrganisation
from zhenggai.model.kinds import Kind
from zhenggai.model.name_keys import name_key
from zhenggai.model.organisations import Organisation, OrganisationBook
from zhenggai.model.source import Diagnostic
from zhenggai.model.wording import near_or_known
from zhenggai.rules.day.snapshot import Snapshot
from zhenggai.rules.registers.terms import Remark, Term, term_of
from zhenggai.rules.registers.weak_organisations import WeakCase, case_of
from zhenggai.rules.task.tasks import overseers_of

RegisterEntry = Election | WeakOrganisation
_KINDS = frozenset((Kind.ELECTION, Kind.WEAK_ORGANISATION))

OWN_MATTERS = frozenset({"请示", "换届中", "整顿"})
"""The matters that an organisation's own unit may record. All others are for the units above."""


@frozen
class Registers:
    """Both registers as of a day, in the order of the organisation book.

    ``diagnostics`` are errors for entries that do not count, and doubts about others.
    """

    terms: tuple[Term, ...]
    weak: tuple[WeakCase, ...]
    diagnostics: tuple[Diagnostic, ...]


def registers(snapshot: Snapshot, organisations: OrganisationBook) -> Registers:
    """The registers as of the snapshot's ``as_of``, from what was recorded by its ``known_by``."""
    terms: list[Term] = []
    weak: list[WeakCase] = []
    elections: dict[str, list[tuple[Record, Election]]] = {}
    weakness: dict[str, list[tuple[Record, WeakOrganisation]]] = {}
    remarks: list[Remark] = []
    for record, entry in register_entries(snapshot):
        if fault := fault_of(entry, record.recorder, snapshot, organisations):
            remarks.append(Remark(record, *fault))
        elif isinstance(entry, Election):
            elections.setdefault(name_key(entry.organisation), []).append((record, entry))
        else:
            weakness.setdefault(name_key(entry.organisation), []).append((record, entry))
    for organisation in organisations.by_name.values():
        key = name_key(organisation.name)
        term, term_remarks = term_of(organisation, elections.get(key, ()), snapshot.as_of)
        case, case_remarks = case_of(organisation, weakness.get(key, ()), snapshot.as_of)
        terms += [term] if term else []
        weak += [case] if case else []
        remarks += term_remarks + case_remarks
    diagnostics = (Diagnostic(r.record.source, "登记", r.what, r.remedy, r.level) for r in remarks)
    return Registers(tuple(terms), tuple(weak), tuple(sorted(diagnostics, key=lambda p: p.source)))


def register_entries(snapshot: Snapshot) -> Iterator[tuple[Record, RegisterEntry]]:
    """The entries of both registers that the snapshot knows, in order of day and number, with corrections applied."""
    for event in snapshot.aside.loose:
        record = snapshot.archive.record(event.number) if event.kind in _KINDS else None
        entry = snapshot.said(event.number) if record else None
        if record and isinstance(entry, Election | WeakOrganisation):
            yield record, entry


def fault_of(
    entry: RegisterEntry, recorder: str, snapshot: Snapshot, organisations: OrganisationBook
) -> tuple[str, str] | None:
    """Why an entry does not count, apart from earlier entries: fault and remedy. The organisation is unknown, or the unit
    is not entitled.
    """
    organisation = organisations.by_name.get(entry.organisation)
    if organisation is None:
        near = near_or_known(entry.organisation, organisations.by_name)
        return (
            f"党组织册里没有“{entry.organisation}”",
            f"{near}；或在 plans/organisations.yaml 中补上",
        )
    entitled = entitled_units(organisation, entry.matter, snapshot, entry.date)
    if snapshot.unit_name(recorder) not in entitled:
        names = "、".join(sorted(entitled)) or "上级单位（党组织册和方案都没有写明）"
        return f"“{entry.matter}”应由{names}记录", "由有权单位在自己的文件夹中记录"
    return None


def entitled_units(organisation: Organisation, matter: str, snapshot: Snapshot, day: date) -> frozenset[str]:
    """The units that may record a matter: the units above, and for ``OWN_MATTERS`` the organisation's own unit."""
    plan, units = snapshot.plan, snapshot.units
    own = units.carrier(organisation.unit, day)
    above = organisation.superior or plan.task_force
    others = overseers_of(plan, units, day) | ({units.carrier(above, day)} if above else set())
    return others | {own} if matter in OWN_MATTERS else others - {own}
