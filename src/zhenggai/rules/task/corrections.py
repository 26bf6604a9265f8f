"""更正: an entry with its corrections applied. The original wording stays in the file and is shown beside the new one."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, replace
from typing import Any

from zhenggai.frozen import frozen
from zhenggai.model.book import Record
from zhenggai.model.entries import Correction, Entry
from zhenggai.model.entry_classes import field_order
from zhenggai.model.entry_fields import CHANGEABLE


def changes_of(correction: Correction) -> dict[str, Any]:
    """The fields that a 更正 changes: English name → new value."""
    given = ((name, getattr(correction, name)) for name in CHANGEABLE)
    return {name: value for name, value in given if value not in (None, ())}


def correctable(original: Entry) -> tuple[str, ...]:
    """The fields of an entry that a 更正 can change, in canonical order.

    >>> from zhenggai.model.entries import Application
    >>> from datetime import date
    >>> correctable(Application(number="20200512-k3f9x2ab", date=date(2020, 5, 12), measure="3-2", approver="王强", writer="办"))
    ('approver', 'content', 'evidence')
    """
    return tuple(name for name in field_order(type(original)) if name in CHANGEABLE)


def corrected(original: Entry, changes: Mapping[str, object]) -> Entry:
    """An entry with some of its own fields changed."""
    return replace(original, **changes)  # type: ignore[arg-type]  # its own fields


@frozen
class Corrected:
    """What a 更正 did: the entry before and after it. ``after`` is None if the 更正 withdrew the entry (作废)."""

    before: Entry
    after: Entry | None


def corrections_made(records: Iterable[Record], unit_of: Callable[[str], str]) -> dict[str, Corrected]:
    """The effect of every valid 更正: number of the 更正 → ``Corrected``, in the order of entries.

    ``records`` come in the order of entries. ``unit_of`` gives the full name of a recording unit. A 更正 is valid under
    the same conditions as in the fold:

    - it comes after the entry that it names; only a withdrawal (作废) may come before that entry;
    - the unit that wrote the entry wrote the 更正;
    - the entry has every field that the 更正 changes.
    """
    records = tuple(records)
    originals = {r.entry.number: (unit_of(r.recorder), r.entry) for r in records if not isinstance(r.entry, Correction)}
    current: dict[str, tuple[str, Entry]] = {}
    withdrawn: set[str] = set()
    made: dict[str, Corrected] = {}
    for record in records:
        if not isinstance(correction := record.entry, Correction):
            if (number := record.entry.number) not in withdrawn:
                current[number] = originals[number]
            continue
        ahead = originals.get(correction.ref) if correction.void else None
        unit, entry = current.get(correction.ref) or ahead or ("", None)
        if entry is None or correction.ref in withdrawn or unit != unit_of(record.recorder):
            continue
        if correction.void:
            withdrawn.add(correction.ref)
            current.pop(correction.ref, None)
            made[correction.number] = Corrected(entry, None)
        elif changes_of(correction).keys() <= {f.name for f in fields(entry)}:
            after = corrected(entry, changes_of(correction))
            current[correction.ref] = unit, after
            made[correction.number] = Corrected(entry, after)
    return made
