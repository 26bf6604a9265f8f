"""Merges two versions of a ledger file by entry and field, using their own lines.

Each line of the result is a line of one side or a conflict marker in git's form. A field changed differently on both sides
is a ``Clash``; a text that is no list of entries raises ``NotUnderstood``.
"""

import re
from collections.abc import Callable, Sequence
from typing import TypeVar

from zhenggai.frozen import frozen
from zhenggai.sharing.merge.entry_merge import (
    Clash,
    Decide,
    EntrySide,
    MergedEntry,
    merged_entry,
    side_that_holds,
    undecided,
)
from zhenggai.sharing.merge.file_chunks import Chunk, Chunks, Gap, NotUnderstood, chunks_of, text_of, understood, woven

OURS_NAME, THEIRS_NAME = "一方", "另一方"

_MARKER = re.compile(r"([<>])\1{6,}(?:\s|\Z)")


def between_markers(ours: str, theirs: str, size: int) -> str:
    """Both versions between conflict markers of ``size`` characters; each version is empty or ends with a line end."""
    return f"{'<' * size} {OURS_NAME}\n{ours}{'=' * size}\n{theirs}{'>' * size} {THEIRS_NAME}\n"


def side_by_side(ours: bytes, theirs: bytes, size: int) -> bytes:
    """Both versions of a file between conflict markers, except for common entries at the start and the end."""
    mine, others = ours.splitlines(keepends=True), theirs.splitlines(keepends=True)
    above = _common(mine, others)
    while above and not (_begins_entry(mine[above:]) and _begins_entry(others[above:])):
        above -= 1
    below = _common(mine[above:][::-1], others[above:][::-1])
    while below and not _begins_entry(mine[-below:]):
        below -= 1
    middle, other = (_with_line_end(lines[above : len(lines) - below]) for lines in (mine, others))
    marked = between_markers("\0", "\0", size).encode().split(b"\0")  # the versions are bytes and need not be text
    rest = mine[len(mine) - below :]
    return b"".join([*mine[:above], marked[0], middle, marked[1], other, marked[2], *rest])


def without_conflicts(text: str) -> str:
    """A text without conflict markers and the text between them; a base that git merges from two may contain such."""
    kept, depth = list[str](), 0
    for line in text.splitlines(keepends=True):
        marker = _MARKER.match(line)
        if marker and marker[1] == "<":
            depth += 1
        elif marker and depth:
            depth -= 1
        elif not depth:
            kept.append(line)
    return "".join(kept)


def _common(ours: list[bytes], theirs: list[bytes]) -> int:
    pairs = zip(ours, theirs, strict=False)
    return next((n for n, (one, other) in enumerate(pairs) if one != other), min(len(ours), len(theirs)))


def _begins_entry(lines: list[bytes]) -> bool:
    return not lines or lines[0].startswith(b"-")


def _with_line_end(lines: list[bytes]) -> bytes:
    text = b"".join(lines)
    return text if not text or text.endswith((b"\n", b"\r")) else text + b"\n"


__all__ = ["Clash", "EntrySide", "Merged", "NotUnderstood", "merged", "merged_base", "undecided"]

_NAMES = ("原件", OURS_NAME, THEIRS_NAME)
_RESULT = "合并结果"

T = TypeVar("T")


@frozen
class Merged:
    """The result of a merge; entries with undecided conflicts are in it between conflict markers."""

    data: bytes
    clashes: tuple[Clash, ...] = ()


def merged(
    base: bytes | None, ours: bytes | None, theirs: bytes | None, decide: Decide = undecided, marker_size: int = 7
) -> Merged:
    """The file with both sides' changes since ``base``. None means a missing file; b"" in the result means a deleted one.

    A result with parts of both sides is read back and checked for the expected entries and values. Raises ``NotUnderstood``,
    and whatever ``decide`` raises.
    """
    if side := side_that_holds(base, ours, theirs):
        return Merged((ours if side is EntrySide.OURS else theirs) or b"")
    pieces, form = _merged_pieces((base, ours, theirs), decide)
    clashes = tuple(clash for piece in pieces if isinstance(piece, MergedEntry) for clash in piece.clashes)
    return Merged(
        form.data(_text(pieces, lambda entry: between_markers(entry.ours.text, entry.theirs.text, marker_size))),
        clashes,
    )


def merged_base(base: bytes | None, ours: bytes | None, theirs: bytes | None) -> bytes:
    """The merge of two common ancestors, as the base of another merge.

    Entries that they changed differently are left out, so that the other merge compares the sides directly.
    """
    if side := side_that_holds(base, ours, theirs):
        return (ours if side is EntrySide.OURS else theirs) or b""
    pieces, form = _merged_pieces((base, ours, theirs), undecided)
    return form.data(_text(pieces, lambda _entry: ""))


@frozen
class _Form:
    """The form of a file: its byte order mark and its line ends."""

    mark: bytes
    line_end: str

    def data(self, text: str) -> bytes:
        """The bytes of a file with that form and a text."""
        return self.mark + text.replace("\n", self.line_end).encode()


_Piece = MergedEntry | Gap
_Shown = Callable[[MergedEntry], str]


def _merged_pieces(versions: Sequence[bytes | None], decide: Decide) -> tuple[list[_Piece], _Form]:
    """The checked entries and gaps of the result, in order; and its form.

    ``versions`` are the base, ours and theirs; None means a missing file.
    """
    read = [text_of(data or b"", name) for data, name in zip(versions, _NAMES, strict=True)]
    marks = [mark if data else None for data, (mark, _) in zip(versions, read, strict=True)]
    texts = [text for _, text in read]
    texts[0] = without_conflicts(texts[0])
    mixed = any(map(_is_mixed, texts))
    form = _Form(_held(*marks) or b"", "\n" if mixed else _held(*map(_line_end, texts)) or "\n")
    if not mixed:
        texts = [text.replace("\r\n", "\n") for text in texts]
    base, ours, theirs = (chunks_of(_ended(text), name) for text, name in zip(texts, _NAMES, strict=True))
    pieces = _woven(base, ours, theirs, decide)
    _check(pieces, form, lambda entry: entry.ours)
    if any(isinstance(piece, MergedEntry) and piece.clashes for piece in pieces):
        _check(pieces, form, lambda entry: entry.theirs)
    return pieces, form


def _woven(base: Chunks, ours: Chunks, theirs: Chunks, decide: Decide) -> list[_Piece]:
    def place(number: str) -> tuple[str, str]:
        return (ours.entries.get(number) or theirs.entries[number]).day, number

    pieces: list[_Piece] = [_merged_gap(base.gap, ours.gap, theirs.gap)]
    for number in woven(base.entries, list(ours.entries), list(theirs.entries), place):
        old, one, other = (side.entries.get(number) for side in (base, ours, theirs))
        if entry := merged_entry(old, one, other, decide):
            pieces.append(entry)
        pieces.append(_merged_gap(*(chunk.gap if chunk else () for chunk in (old, one, other))))
    return pieces


def _merged_gap(base: Gap, ours: Gap, theirs: Gap) -> Gap:
    """A merged gap. Comments and blank lines never conflict: added lines are kept, lines that a side removed are removed."""
    if side := side_that_holds(base, ours, theirs):
        return ours if side is EntrySide.OURS else theirs
    old, one, other = map(_counted, (base, *sorted((ours, theirs))))  # sorted: swapping sides changes nothing
    kept = (set(one) & set(other)) | ((set(one) ^ set(other)) - set(old))
    return tuple(line for line, nth in woven(old, one, other, lambda _: 0) if (line, nth) in kept)


def _counted(lines: Gap) -> list[tuple[str, int]]:
    """Each line with the number of equal lines above it."""
    return [(line, lines[:n].count(line)) for n, line in enumerate(lines)]


def _is_mixed(text: str) -> bool:
    rest = text.replace("\r\n", "")
    return "\r" in rest or (len(rest) < len(text) and "\n" in rest)


def _line_end(text: str) -> str | None:
    return next((end for end in ("\r\n", "\n") if end in text), None)


def _ended(text: str) -> str:
    return text if not text or text.endswith(("\n", "\r")) else f"{text}\n"


def _held(base: T | None, ours: T | None, theirs: T | None) -> T | None:
    """The merged value of a property of the whole file; None if both sides changed it differently.

    A side without the property (None) takes the other's value.
    """
    if ours is None or theirs is None:
        return ours if theirs is None else theirs
    side = side_that_holds(base, ours, theirs)
    return side and (ours if side is EntrySide.OURS else theirs)


def _text(pieces: Sequence[_Piece], shown: _Shown) -> str:
    """The whole text; ``shown`` gives the text of an entry with conflicts."""
    return "".join(
        "".join(piece) if not isinstance(piece, MergedEntry) else shown(piece) if piece.clashes else piece.ours.text
        for piece in pieces
    )


def _check(pieces: Sequence[_Piece], form: _Form, chosen: Callable[[MergedEntry], Chunk]) -> None:
    """Read the result back, with one side's version of each conflict, and check its entries and values."""
    _mark, text = text_of(form.data(_text(pieces, lambda entry: chosen(entry).text)), _RESULT)
    expected = [chosen(piece).values for piece in pieces if isinstance(piece, MergedEntry)]
    if [raw.values for raw in understood(text, _RESULT)] != expected:
        raise NotUnderstood(f"{_RESULT}读出来与两边的记录不符")
