"""The owners in the columns of a ledger: units and persons of some rows, as the cells have them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Final

from zhenggai.frozen import frozen
from zhenggai.importing.fields.owners import read_fields
from zhenggai.importing.fields.people import is_person, names_a_post
from zhenggai.importing.fields.unit_names import is_unit
from zhenggai.importing.sheets.records import Record

_JOINT: Final = "牵头整改部门责任人"
_LABELS: Final[Mapping[str, str]] = {
    "牵头单位": "牵头单位及责任人",
    "单位": "责任单位",
    _JOINT: "责任单位及责任人",
    "配合单位": "配合单位",
    "督导单位": "督导单位",
}
"""The columns of units, with what stands before such units in a text."""

PEOPLE: Final = ("责任人", "责任领导", "分管领导", "第一责任人")


@frozen(kw_only=True)
class Owners:
    """Units and persons. ``leftovers`` is what the cells have besides."""

    lead: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    supporting: tuple[str, ...] = ()
    guiding: tuple[str, ...] = ()
    person: tuple[str, ...] = ()
    leader: tuple[str, ...] = ()
    leader_in_charge: tuple[str, ...] = ()
    first_responsible: tuple[str, ...] = ()
    leftovers: tuple[str, ...] = ()


def owners_of(records: Sequence[Record]) -> Owners:
    """The owners that some rows name together, each once."""
    found = Owners()
    for record in records:
        for field in (*_LABELS, *PEOPLE):
            if text := record.text(field):
                found = _joined(found, _said(field, text))
    return found if found.units or found.lead else replace(found, units=_of_tables(records))


def _of_tables(records: Sequence[Record]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(record.unit for record in records if record.unit))


def _joined(one: Owners, other: Owners) -> Owners:
    names = Owners.__dataclass_fields__
    return replace(one, **{name: tuple(dict.fromkeys((*getattr(one, name), *getattr(other, name)))) for name in names})


@lru_cache(maxsize=4096)
def _said(field: str, text: str) -> Owners:
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    if field in PEOPLE and not any(mark in text for mark in ":："):
        people = tuple(_people("、".join(lines)))
        return Owners(**{_PERSON_FIELDS[field]: people})
    _, fields = read_fields(f"{_LABELS.get(field, field)}：{'、'.join(lines)}", None, within=False)
    units, people = _apart(fields.units, is_joint=field == _JOINT)
    lead, led_by = _apart(fields.lead, is_joint=True)
    return Owners(
        lead=lead,
        units=units,
        supporting=fields.supporting,
        guiding=fields.guiding,
        person=(*led_by, *people, *_people(fields.person or "")),
        leader=tuple(_people(fields.leader or "")),
        leader_in_charge=tuple(_people(fields.leader_in_charge or "")),
        first_responsible=tuple(_people(fields.first_responsible or "")),
        leftovers=fields.leftovers,
    )


_PERSON_FIELDS: Final[Mapping[str, str]] = dict(
    zip(PEOPLE, ("person", "leader", "leader_in_charge", "first_responsible"), strict=True)
)


def _people(text: str) -> Iterator[str]:
    """The persons or posts of a list."""
    for separator in "，,；;/":
        text = text.replace(separator, "、")
    yield from (name for one in text.split("、") if (name := one.strip()))


def _apart(names: Sequence[str], *, is_joint: bool) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Units, and the persons or posts that stand behind them (县教育局 办公室主任), or in their place in a joint column."""
    units: list[str] = []
    people: list[str] = []
    for name in names:
        unit, _, person = name.partition(" ")
        if person and is_unit(unit) and (names_a_post(person) or is_person(person.strip())):
            units.append(unit)
            people.append(person.strip())
        elif is_joint and not is_unit(name) and (names_a_post(name) or is_person(name)):
            people.append(name)
        else:
            units.append(name)
    return tuple(units), tuple(people)
