"""Merges two versions of an entry field by field. If both sides changed a field differently, a person decides."""

from collections.abc import Callable
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING

from zhenggai.frozen import frozen
from zhenggai.model.entries import ENTRY_CLASSES
from zhenggai.model.entry_classes import field_order, kinds_of
from zhenggai.model.labels import label_of
from zhenggai.sharing.merge.file_chunks import WHOLE, Chunk, woven

if TYPE_CHECKING:
    from zhenggai.reading.raw_entry import Value


class EntrySide(Enum):
    """The side whose version is kept."""

    OURS = 1
    THEIRS = 2


@frozen
class Clash:
    """A conflict that a person must decide: a field's value in the base and on both sides; None if it is missing there.

    ``field`` is the Chinese label, "" for a whole entry. Values are shown as written if they differ in spelling only.
    """

    number: str
    field: str
    base: str | None
    ours: str | None
    theirs: str | None


Decide = Callable[[Clash], EntrySide | None]


def undecided(_clash: Clash) -> None:
    """Decide nothing, so that the conflict remains in the result."""


@frozen
class MergedEntry:
    """An entry with the changes of both sides; ``ours`` and ``theirs`` differ in the remaining conflicts only."""

    ours: Chunk
    theirs: Chunk
    clashes: tuple[Clash, ...] = ()


def side_that_holds(base: object, ours: object, theirs: object) -> EntrySide | None:
    """The side that changed a value; None if both changed it differently."""
    if ours == theirs or theirs == base:
        return EntrySide.OURS
    return EntrySide.THEIRS if ours == base else None


def merged_entry(base: Chunk | None, ours: Chunk | None, theirs: Chunk | None, decide: Decide) -> MergedEntry | None:
    """The entry with the changes of both sides since ``base``; None if one side deleted it and the other left it unchanged."""
    if ours is None or theirs is None:
        left = ours or theirs
        return None if left is None or (base and base.fields == left.fields) else MergedEntry(left, left)
    if side := side_that_holds(base and base.text, ours.text, theirs.text):
        chunk = ours if side is EntrySide.OURS else theirs
        return MergedEntry(chunk, chunk)
    return _merged_fields(base, ours, theirs, decide)


def _merged_fields(base: Chunk | None, ours: Chunk, theirs: Chunk, decide: Decide) -> MergedEntry:
    if any(chunk is not None and WHOLE in chunk.fields for chunk in (base, ours, theirs)):
        base, ours, theirs = base and base.in_one(), ours.in_one(), theirs.in_one()
    labels = woven(base.fields if base else (), list(ours.fields), list(theirs.fields), _place_of(ours))
    mine, other, clashes = dict[str, Chunk](), dict[str, Chunk](), list[Clash]()
    for label in labels:
        side = side_that_holds(*(chunk and chunk.fields.get(label) for chunk in (base, ours, theirs)))
        if side is None:
            clash = _clash(label, base, ours, theirs)
            side = decide(clash)
            clashes += [clash] if side is None else []
        mine[label] = theirs if side is EntrySide.THEIRS else ours
        other[label] = ours if side is EntrySide.OURS else theirs
    return MergedEntry(_put_together(mine), _put_together(other), tuple(clashes))


def _put_together(sources: dict[str, Chunk]) -> Chunk:
    """An entry whose fields come from the given sources, by label; a field that its source lacks is left out."""
    number = next(iter(sources.values())).number
    fields = {label: chunk.fields[label] for label, chunk in sources.items() if label in chunk.fields}
    values: dict[str, Value] = {}
    for label in fields:
        whole = sources[label].values
        values |= whole if label == WHOLE else {label: whole[label]}
    return Chunk(number, fields, values)


def _clash(label: str, *chunks: Chunk | None) -> Clash:
    lines = [chunk.fields.get(label) if chunk else None for chunk in chunks]
    values = [chunk.values.get(label) if chunk else None for chunk in chunks]
    shown = ["、".join(value) if isinstance(value, tuple) else value for value in values]
    if label == WHOLE or len(set(shown)) < len(set(lines)):
        shown = [line and line.strip() for line in lines]
    number = next(chunk.number for chunk in chunks if chunk)
    return Clash(number, label, *shown)


def _place_of(entry: Chunk) -> Callable[[str], tuple[int, str]]:
    """A sort key for the labels of an entry: canonical order, then unknown labels."""
    order = _canonical(str(entry.values.get("事项")))
    return lambda label: (order.get(label, len(order)), label)


@cache
def _canonical(kind: str) -> dict[str, int]:
    owner = next((cls for cls in ENTRY_CLASSES if kind in kinds_of(cls)), ENTRY_CLASSES[0])
    return {label_of(name): place for place, name in enumerate(field_order(owner))}
