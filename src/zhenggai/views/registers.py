"""``status --registers``: the registers of 换届 and 软弱涣散党组织整顿, by organisation."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from operator import attrgetter
from typing import ClassVar

from zhenggai.document import Block, Cell, Document, Para, Tone
from zhenggai.frozen import frozen
from zhenggai.model.labels import label_of
from zhenggai.model.organisations import Organisation, OrganisationBook
from zhenggai.model.source import Diagnostic
from zhenggai.model.wording import month_day
from zhenggai.rules.day.snapshot import Snapshot
from zhenggai.rules.registers.organisation_registers import registers
from zhenggai.rules.registers.terms import Term, TermState
from zhenggai.rules.registers.weak_organisations import WeakCase, WeakState
from zhenggai.views.columns import (
    AS_OF,
    PLAN,
    VERSION,
    Key,
    Keys,
    ListOf,
    ReportColumn,
    ReportColumns,
    list_of,
    object_of,
    tally,
)
from zhenggai.views.selection import unit_names

_TERM_TONES = {TermState.UNELECTED: Tone.RED, TermState.NEAR: Tone.YELLOW, TermState.DELAYED: Tone.YELLOW}
_WEAK_TONES = {WeakState.FAILED: Tone.RED, WeakState.WORKED_ON: Tone.YELLOW, WeakState.STRUCK_OFF: Tone.GREEN}


def _terms(as_of: date) -> ReportColumns[Term]:
    """The columns of terms; a next step that was due before the day is marked in tables."""

    def next_due(term: Term) -> object:
        return Cell(f"{term.next.due} 已过", Tone.RED) if term.next.due < as_of else term.next.due

    return ReportColumns[Term](
        ReportColumn("organisation", attrgetter("organisation.name")),
        ReportColumn("unit", attrgetter("organisation.unit"), keep=3),
        ReportColumn("secretary", attrgetter("organisation.secretary"), in_table=False),
        ReportColumn("elected", in_table=False),
        ReportColumn("term_end", attrgetter("end"), keep=1),
        ReportColumn("delayed_until", keep=4),
        ReportColumn("state", cell=lambda term: Cell(term.state, _TERM_TONES.get(term.state, Tone.PLAIN))),
        ReportColumn("next", attrgetter("next.what"), keep=2),
        ReportColumn("next_due", attrgetter("next.due"), "期限", next_due, keep=2),
    )


def _supported(case: WeakCase) -> str:
    missing = case.organisation.missing_supporters
    if case.organisation.supporters is None:
        return "均未落实"
    return f"缺{'、'.join(missing)}" if missing else "齐"


def _missing(case: WeakCase) -> list[str]:
    return list(case.organisation.missing_supporters)


def _failure(case: WeakCase) -> str | None:
    """Why the last 验收 was not passed."""
    return "；".join(case.why) or None


_WEAK = ReportColumns[WeakCase](
    ReportColumn("organisation", attrgetter("organisation.name")),
    ReportColumn("unit", attrgetter("organisation.unit"), in_table=False),
    ReportColumn("secretary", attrgetter("organisation.secretary"), in_table=False),
    ReportColumn("times", in_table=False),
    ReportColumn("listed_on", attrgetter("listed"), "认定", keep=3),
    ReportColumn("cause", head="认定原因", wrap=True, keep=6),
    ReportColumn("missing_supporters", _missing, in_table=False),
    ReportColumn("supported", _supported, "四个一", wrap=True, keep=4, in_data=False),
    ReportColumn(
        "own_scheme",
        attrgetter("organisation.own_scheme"),
        cell=lambda case: "有" if case.organisation.own_scheme else "无",
        keep=7,
    ),
    ReportColumn("examined", in_table=False),
    ReportColumn("score", head="得分", numeric=True, keep=1),
    ReportColumn(
        "opposed", cell=lambda case: None if case.opposed is None else f"{case.opposed}%", numeric=True, keep=5
    ),
    ReportColumn("why", _failure, in_table=False),
    ReportColumn("state", cell=lambda case: Cell(case.state, _WEAK_TONES.get(case.state, Tone.PLAIN))),
    ReportColumn("followed_until", keep=2),
)


_COUNTS = Keys["RegisterStatus"](
    object_of("terms", tally(TermState, attrgetter("state")), attrgetter("terms")),
    object_of("weak", tally(WeakState, attrgetter("state")), attrgetter("weak")),
)


@frozen
class RegisterStatus:
    """``status --registers``; ``problems`` are those of the entries of both registers."""

    snapshot: Snapshot
    terms: tuple[Term, ...]
    weak: tuple[WeakCase, ...]
    diagnostics: tuple[Diagnostic, ...]

    heads: ClassVar[Mapping[str, str]] = {
        "register": label_of("register"),
        **_terms(date.min).heads,
        **_WEAK.heads,
    }

    keys = Keys["RegisterStatus"](
        VERSION,
        PLAN,
        AS_OF,
        object_of("counts", _COUNTS, lambda report: report),
        Key("terms", lambda report: _terms(report.snapshot.as_of).records(report.terms), ListOf(_terms(date.min))),
        list_of("weak", _WEAK),
    )

    def record(self) -> dict[str, object]:
        """The JSON of ``status --registers`` (schema version 1); ``counts`` by state."""
        return self.keys.record(self)

    def rows(self) -> Sequence[Mapping[str, object]]:
        """One row per term, then one row per weak organisation."""
        terms = _terms(self.snapshot.as_of)
        return [
            *({"register": "换届", **terms.record(term)} for term in self.terms),
            *({"register": "软弱涣散", **_WEAK.record(case)} for case in self.weak),
        ]

    def document(self) -> Document:
        """Both registers as tables; a sentence for an empty one."""
        blocks: list[Block] = [Para(f"截至 {self.snapshot.as_of}")]
        terms = _terms(self.snapshot.as_of)
        blocks.append(terms.table(self.terms, "换届") if self.terms else Para("党组织册里没有党组织。"))
        if self.weak:
            blocks.append(_WEAK.table(self.weak, "软弱涣散党组织整顿"))
        blocks.append(Para(self._sentence()))
        return Document(f"{self.snapshot.plan.title}：换届与软弱涣散党组织整顿", tuple(blocks))

    def _sentence(self) -> str:
        terms = f"党组织{len(self.terms)}个{_counted(Counter(t.state for t in self.terms), TermState)}"
        weak = f"认定软弱涣散{len(self.weak)}个{_counted(Counter(c.state for c in self.weak), WeakState)}"
        return f"截至{month_day(self.snapshot.as_of)}，{terms}；{weak}。"


def _counted(counts: Mapping[TermState | WeakState, int], states: type[TermState] | type[WeakState]) -> str:
    found = [f"{state}{counts[state]}个" for state in states if counts[state]]
    return f"，其中{'、'.join(found)}" if found else ""


def register_status(snapshot: Snapshot, organisations: OrganisationBook, unit: str | None = None) -> RegisterStatus:
    """The view of a snapshot: all organisations, or those of a unit or a class of units.

    Raises ``UsageError`` for an unknown unit.
    """
    found = registers(snapshot, organisations)
    units = None if unit is None else unit_names(snapshot, unit)

    def shown(organisation: Organisation) -> bool:
        name = organisation.unit
        return units is None or not units.isdisjoint(
            (snapshot.unit_name(name), snapshot.units.carrier(name, snapshot.as_of))
        )

    return RegisterStatus(
        snapshot,
        tuple(t for t in found.terms if shown(t.organisation)),
        tuple(c for c in found.weak if shown(c.organisation)),
        found.diagnostics,
    )
