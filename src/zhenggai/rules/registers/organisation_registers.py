"""The registers beside the tasks: terms of office and weak organisations, from the organisation book and the ledger."""

from collections.abc import Iterator
from datetime import date

from zhenggai.frozen import frozen
from zhenggai.model.book import Record
from zhenggai.model.entries import Election, WeakOrganisation
from zhenggai.model.kinds import Kind
from zhenggai.model.organisations import Organisation, OrganisationBook
from zhenggai.model.source import Diagnostic
from zhenggai.model.wording import nearest_words
from zhenggai.rules.day.snapshot import Snapshot
from zhenggai.rules.registers.terms import Remark, Term, term_of
from zhenggai.rules.registers.weak_organisations import WeakCase, case_of
from zhenggai.rules.task.tasks import overseers_of

RegisterEntry = Election | WeakOrganisation
_KINDS = frozenset((Kind.ELECTION, Kind.WEAK_ORGANISATION))

OWN_MATTERS = frozenset({"请示", "换届中", "整顿"})
"""What an organisation's own unit may record; the rest is for the units above."""


@frozen
class Registers:
    """Both registers as of a day, in the order of the organisation book.

    ``problems`` name the entries that do not count, and what is doubtful in others.
    """

    terms: tuple[Term, ...]
    weak: tuple[WeakCase, ...]
    diagnostics: tuple[Diagnostic, ...]


def registers(snapshot: Snapshot, organisations: OrganisationBook) -> Registers:
    """The registers as of the snapshot's day, as known by its other day."""
    terms: list[Term] = []
    weak: list[WeakCase] = []
    elections: dict[str, list[tuple[Record, Election]]] = {}
    weakness: dict[str, list[tuple[Record, WeakOrganisation]]] = {}
    remarks: list[Remark] = []
    for record, entry in register_entries(snapshot):
        if fault := fault_of(entry, record.recorder, snapshot, organisations):
            remarks.append(Remark(record, *fault))
        elif isinstance(entry, Election):
            elections.setdefault(entry.organisation, []).append((record, entry))
        else:
            weakness.setdefault(entry.organisation, []).append((record, entry))
    for name, organisation in organisations.by_name.items():
        term, said = term_of(organisation, elections.get(name, ()), snapshot.as_of)
        case, said_too = case_of(organisation, weakness.get(name, ()), snapshot.as_of)
        terms += [term] if term else []
        weak += [case] if case else []
        remarks += said + said_too
    diagnostics = (Diagnostic(r.record.source, "登记", r.what, r.remedy, r.level) for r in remarks)
    return Registers(tuple(terms), tuple(weak), tuple(sorted(diagnostics, key=lambda p: p.source)))


def register_entries(snapshot: Snapshot) -> Iterator[tuple[Record, RegisterEntry]]:
    """The entries of both registers that were made by the snapshot's days, in order, as corrected since."""
    for event in snapshot.aside.loose:
        record = snapshot.archive.record(event.number) if event.kind in _KINDS else None
        entry = snapshot.said(event.number) if record else None
        if record and isinstance(entry, Election | WeakOrganisation):
            yield record, entry


def fault_of(
    entry: RegisterEntry, recorder: str, snapshot: Snapshot, organisations: OrganisationBook
) -> tuple[str, str] | None:
    """What speaks against an entry whatever was before it: an unknown organisation, or a unit that has no say."""
    organisation = organisations.by_name.get(entry.organisation)
    if organisation is None:
        near = nearest_words(entry.organisation, organisations.by_name)
        return (
            f"党组织册里没有“{entry.organisation}”",
            f"最接近的有：{near}；或在 plans/organisations.yaml 中补上",
        )
    entitled = entitled_units(organisation, entry.matter, snapshot, entry.date)
    if snapshot.unit_name(recorder) not in entitled:
        names = "、".join(sorted(entitled)) or "上级单位（党组织册和方案都没有写明）"
        return f"“{entry.matter}”应由{names}记录", "由有权单位在自己的文件夹中记录"
    return None


def entitled_units(organisation: Organisation, matter: str, snapshot: Snapshot, day: date) -> frozenset[str]:
    """The units that may record a matter: those above, but never the own unit, save for what it does itself."""
    plan, units = snapshot.plan, snapshot.units
    own = units.carrier(organisation.unit, day)
    above = organisation.superior or plan.task_force
    others = overseers_of(plan, units, day) | ({units.carrier(above, day)} if above else set())
    return others | {own} if matter in OWN_MATTERS else others - {own}
