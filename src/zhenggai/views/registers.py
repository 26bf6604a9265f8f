"""``status --registers``: the registers of 换届 and 软弱涣散党组织整顿, by organisation."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import ClassVar

from zhenggai.document import Block, Cell, Column, Document, Para, Table, Tone, row, table
from zhenggai.frozen import frozen
from zhenggai.model.labels import label_of
from zhenggai.model.organisations import Organisation, OrganisationBook
from zhenggai.model.source import Diagnostic
from zhenggai.model.wording import month_day
from zhenggai.rules.day.snapshot import Snapshot
from zhenggai.rules.registers.organisation_registers import registers
from zhenggai.rules.registers.terms import Term, TermState
from zhenggai.rules.registers.weak_organisations import WeakCase, WeakState
from zhenggai.views.selection import unit_names
from zhenggai.views.task_lines import SCHEMA_VERSION

_TERM_TONES = {TermState.UNELECTED: Tone.RED, TermState.NEAR: Tone.YELLOW, TermState.DELAYED: Tone.YELLOW}
_WEAK_TONES = {WeakState.FAILED: Tone.RED, WeakState.WORKED_ON: Tone.YELLOW, WeakState.STRUCK_OFF: Tone.GREEN}


def term_record(term: Term) -> dict[str, object]:
    """A term for JSON, with English names."""
    organisation = term.organisation
    return {
        "organisation": organisation.name,
        "unit": organisation.unit,
        "secretary": organisation.secretary,
        "elected": term.elected,
        "term_end": term.end,
        "delayed_until": term.delayed_until,
        "state": term.state,
        "next": term.next.what,
        "next_due": term.next.due,
    }


def weak_record(case: WeakCase) -> dict[str, object]:
    """A weak organisation for JSON, with English names; ``why`` says why the last 验收 was not passed."""
    organisation = case.organisation
    return {
        "organisation": organisation.name,
        "unit": organisation.unit,
        "secretary": organisation.secretary,
        "times": case.times,
        "listed_on": case.listed,
        "cause": case.cause,
        "missing_supporters": list(organisation.missing_supporters),
        "own_scheme": organisation.own_scheme,
        "examined": case.examined,
        "score": case.score,
        "opposed": case.opposed,
        "why": "；".join(case.why) or None,
        "state": case.state,
        "followed_until": case.followed_until,
    }


_HEADS = (
    *("register", "organisation", "unit", "secretary", "state"),
    *("elected", "term_end", "delayed_until", "next", "next_due"),
    *("times", "listed_on", "cause", "missing_supporters", "own_scheme"),
    *("examined", "score", "opposed", "why", "followed_until"),
)


@frozen
class RegisterStatus:
    """``status --registers``; ``problems`` are those of the entries of both registers."""

    snapshot: Snapshot
    terms: tuple[Term, ...]
    weak: tuple[WeakCase, ...]
    diagnostics: tuple[Diagnostic, ...]

    heads: ClassVar[Mapping[str, str]] = {name: label_of(name) for name in _HEADS}

    def record(self) -> dict[str, object]:
        """The JSON of ``status --registers`` (schema version 1); ``counts`` by state."""
        return {
            "schema_version": SCHEMA_VERSION,
            "plan": self.snapshot.plan.number,
            "as_of": self.snapshot.as_of,
            "counts": {
                "terms": {state.name.lower(): sum(t.state is state for t in self.terms) for state in TermState},
                "weak": {state.name.lower(): sum(c.state is state for c in self.weak) for state in WeakState},
            },
            "terms": [term_record(term) for term in self.terms],
            "weak": [weak_record(case) for case in self.weak],
        }

    def rows(self) -> Sequence[Mapping[str, object]]:
        """One row per term, then one row per weak organisation."""
        weak = (
            {**weak_record(c), "missing_supporters": "、".join(c.organisation.missing_supporters)} for c in self.weak
        )
        return [
            *({"register": "换届", **term_record(term)} for term in self.terms),
            *({"register": "软弱涣散", **case} for case in weak),
        ]

    def document(self) -> Document:
        """Both registers as tables; a sentence for an empty one."""
        blocks: list[Block] = [Para(f"截至 {self.snapshot.as_of}")]
        blocks.append(_term_table(self.terms, self.snapshot.as_of) if self.terms else Para("党组织册里没有党组织。"))
        if self.weak:
            blocks.append(_weak_table(self.weak))
        blocks.append(Para(self._sentence()))
        return Document(f"{self.snapshot.plan.title}：换届与软弱涣散党组织整顿", tuple(blocks))

    def _sentence(self) -> str:
        terms = f"党组织{len(self.terms)}个{_counted(Counter(t.state for t in self.terms), TermState)}"
        weak = f"认定软弱涣散{len(self.weak)}个{_counted(Counter(c.state for c in self.weak), WeakState)}"
        return f"截至{month_day(self.snapshot.as_of)}，{terms}；{weak}。"


def _counted(counts: Mapping[TermState | WeakState, int], states: type[TermState] | type[WeakState]) -> str:
    found = [f"{state}{counts[state]}个" for state in states if counts[state]]
    return f"，其中{'、'.join(found)}" if found else ""


def _term_table(terms: Sequence[Term], as_of: date) -> Table:
    heads = (
        Column("党组织"),
        Column("单位", keep=3),
        Column("届满日", keep=1),
        Column("延期至", keep=4),
        Column("状态"),
        Column("下一步", keep=2),
        Column("期限", keep=2),
    )
    rows = [
        row(
            term.organisation.name,
            term.organisation.unit,
            term.end,
            term.delayed_until,
            Cell(term.state, _TERM_TONES.get(term.state, Tone.PLAIN)),
            term.next.what,
            Cell(f"{term.next.due} 已过", Tone.RED) if term.next.due < as_of else term.next.due,
        )
        for term in terms
    ]
    return table(heads, rows, "换届")


def _weak_table(weak: Sequence[WeakCase]) -> Table:
    heads = (
        Column("党组织"),
        Column("认定", keep=3),
        Column("认定原因", wrap=True, keep=6),
        Column("四个一", wrap=True, keep=4),
        Column("一村一策", keep=7),
        Column("得分", numeric=True, keep=1),
        Column("不满意票", numeric=True, keep=5),
        Column("状态"),
        Column("跟踪至", keep=2),
    )
    rows = [
        row(
            case.organisation.name,
            case.listed,
            case.cause,
            _supported(case),
            "有" if case.organisation.own_scheme else "无",
            case.score,
            None if case.opposed is None else f"{case.opposed}%",
            Cell(case.state, _WEAK_TONES.get(case.state, Tone.PLAIN)),
            case.followed_until,
        )
        for case in weak
    ]
    return table(heads, rows, "软弱涣散党组织整顿")


def _supported(case: WeakCase) -> str:
    missing = case.organisation.missing_supporters
    if case.organisation.supporters is None:
        return "均未落实"
    return f"缺{'、'.join(missing)}" if missing else "齐"


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
