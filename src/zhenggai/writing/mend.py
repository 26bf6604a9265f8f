"""Corrects known mistakes in the lines of a file (see ``reading.diagnosis``), until no more can be corrected.

Texts here have LF line ends. A correction is kept only if all readable values stay the same and fewer errors remain.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeVar

from zhenggai.frozen import frozen
from zhenggai.model.numbers import highest_number, is_entry_number, recorded_on
from zhenggai.model.source import Diagnostic, Level
from zhenggai.reading.diagnosis import mistake_in
from zhenggai.reading.entry_text import read_entries
from zhenggai.reading.files import UNREADABLE
from zhenggai.reading.raw_entry import RawEntry, Value
from zhenggai.reading.typed_entries import type_entry
from zhenggai.reading.yaml_tree import Mapping as MappingNode
from zhenggai.reading.yaml_tree import Node, Scalar, Sequence, read_tree
from zhenggai.writing.wide_colons import with_narrow_colons

T = TypeVar("T")
NewNumber = Callable[[str], str]
"""Makes a number for an entry that has none, higher than the given one."""

_PIECE = re.compile(r"^(?=-(?:\s|\Z))", re.MULTILINE)
_BEGIN = re.compile(r" *- +(?P<brace>\{ *)?(?=\S)")
_NUMBER = "编号"


@frozen
class Mended:
    """A text and its corrections, as lines ``行号 - 旧`` and ``行号 + 新``. No corrections: the text is the old one."""

    text: str
    corrections: tuple[str, ...] = ()


def mended_entries(text: str, path: str, new_number: NewNumber) -> Mended:
    """Correct a ledger's text, each entry on its own, and give a number to each entry that lacks one."""
    if UNREADABLE.search(text):  # such characters make the YAML reader count lines differently
        return Mended(text)
    readable = "".join(map(_mended_piece, _PIECE.split(text))) if read_entries(text, path)[1] else text
    numbered = _numbered(readable, new_number)
    mended = _put_together(text.split("\n"), readable.split("\n"), numbered)
    return mended if mended.corrections and _is_better(text, mended.text, path) else Mended(text)


def mended_tree(text: str, path: str) -> Mended:
    """Correct the text of a plan or a unit book."""
    if UNREADABLE.search(text):
        return Mended(text)
    readable = _readable(text, path)
    new = with_narrow_colons(readable, path)
    return _put_together(text.split("\n"), new.split("\n"), {}) if new != text else Mended(text)


def _readable(text: str, path: str) -> str:
    """The text with the corrections that leave fewer diagnostics and all readable values, around lines that have none."""
    hopeless: set[int] = set()

    def complaints(now: str) -> list[Diagnostic]:
        shown = ("" if nth in hopeless else line for nth, line in enumerate(now.split("\n")))
        return read_tree("\n".join(shown), path)[1]

    new = _corrected(text, complaints)
    while (left := complaints(new)) and (line := _hopeless(new, left[0].source.line - 1)) not in hopeless:
        hopeless.add(line)
        new = _corrected(new, complaints)
    (tree, diagnostics), (new_tree, left) = read_tree(text, path), read_tree(new, path)
    fewer = (new_tree is None, len(left), -_first(left)) < (tree is None, len(diagnostics), -_first(diagnostics))
    return new if fewer and set(_said(tree)) <= {*_said(new_tree)} else text


def _hopeless(text: str, line: int) -> int:
    """The line (from 0) that cannot be corrected: the named one, or one above it that has no colon."""
    lines = text.split("\n")
    above = lines[line - 1].strip() if line else ""
    return line - 1 if above and not re.search("[:：]", above) else line


def _first(diagnostics: list[Diagnostic]) -> int:
    return min((diagnostic.source.line for diagnostic in diagnostics), default=0)


def _put_together(old: list[str], corrected: list[str], numbered: Mapping[int, list[str]]) -> Mended:
    """The result of the old and the corrected lines, which are equally many. ``numbered`` replaces lines by their index."""
    new: list[str] = []
    shown: list[str] = []
    for nth, line in enumerate(old):
        lines = numbered.get(nth, [corrected[nth]])
        if lines != [line]:
            shown += [f"{nth + 1:>5} - {line}", *(f"{len(new) + n:>5} + {made}" for n, made in enumerate(lines, 1))]
        new += lines
    return Mended("\n".join(new), tuple(shown))


def _corrected(text: str, complaints: Callable[[str], list[Diagnostic]]) -> str:
    """Correct every line that ``complaints`` names and that has a known mistake. Each line is corrected at most once."""
    lines = text.split("\n")
    touched: set[int] = set()
    while True:
        named = {p.source.line - 1: p.remedy for p in complaints("\n".join(lines)) if p.source.line - 1 not in touched}
        better = {line: mended for line, remedy in named.items() if (mended := _corrected_line(lines, line, remedy))}
        if not better:
            return "\n".join(lines)
        for line, mended in better.items():
            lines[line] = mended
        touched |= set(better)


def _corrected_line(lines: list[str], number: int, remedy: str) -> str | None:
    """The corrected line, if its mistake is the one that the diagnostic's ``remedy`` describes, else None."""
    for above in (lines[number - 1] if number else "", ""):
        mistake = mistake_in(lines[number], above)
        if mistake is not None and mistake.remedy == remedy:
            return mistake.corrected
    return None


def _mended_piece(piece: str) -> str:
    """The text of one entry, corrected if that leaves fewer diagnostics and all readable values."""
    raws, diagnostics = read_entries(piece, "")
    if not diagnostics:
        return piece
    mended = _corrected(piece, lambda now: read_entries(now, "")[1])
    after, left = read_entries(mended, "")
    return (
        mended
        if len(left) < len(diagnostics) and _contains_in_order([r.values for r in after], [r.values for r in raws])
        else piece
    )


def _numbered(text: str, new_number: NewNumber) -> dict[int, list[str]]:
    """The new first lines, by index from 0, of the entries that lack a number and are valid with one."""
    raws = read_entries(text, "")[0]
    own = (raw.values.get(_NUMBER) for raw in raws)
    today = recorded_on(new_number(""))
    last = highest_number((number for number in own if isinstance(number, str) and is_entry_number(number)), today)
    lines = text.split("\n")
    numbered: dict[int, list[str]] = {}
    for raw in raws:
        found = _BEGIN.match(lines[raw.line - 1])
        if _NUMBER in raw.values or found is None or not _is_whole(_with_number(raw, drawn := new_number(last))):
            continue
        rest = lines[raw.line - 1][found.end() :]
        first = f"{found[0]}{_NUMBER}: {drawn}"
        numbered[raw.line - 1] = [f"{first}, {rest}"] if found["brace"] else [first, " " * found.end() + rest]
        last = drawn
    return numbered


def _with_number(raw: RawEntry, number: str) -> RawEntry:
    return raw._replace(values={_NUMBER: number, **raw.values}, lines=(raw.line, *raw.lines))


def _is_whole(raw: RawEntry) -> bool:
    entry, diagnostics = type_entry(raw, "")
    return entry is not None and not _errors(diagnostics)


def _is_better(old: str, new: str, path: str) -> bool:
    """Whether all entries are kept unaltered, and fewer errors remain: first those of reading, then the others."""
    (before, unread), (after, left) = read_entries(old, path), read_entries(new, path)
    known = {raw.values.get(_NUMBER) for raw in before}
    if not _contains_in_order((_without_drawn(raw, known) for raw in after), [raw.values for raw in before]):
        return False
    return (len(left), _wrong(after)) < (len(unread), _wrong(before))


def _without_drawn(raw: RawEntry, known: set[Value | None]) -> dict[str, Value]:
    """The values of an entry, without a newly made number."""
    return {key: value for key, value in raw.values.items() if key != _NUMBER or value in known}


def _wrong(raws: Iterable[RawEntry]) -> int:
    return sum(len(_errors(type_entry(raw, "")[1])) for raw in raws)


def _errors(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    return [diagnostic for diagnostic in diagnostics if diagnostic.level is Level.ERROR]


def _contains_in_order(longer: Iterable[T], shorter: Iterable[T]) -> bool:
    """Whether ``longer`` contains all items of ``shorter`` in the same order."""
    rest = iter(longer)
    return all(any(item == other for other in rest) for item in shorter)


def _said(node: Node | None) -> Iterator[tuple[int, str]]:
    """All keys and texts of a tree, each with its line."""
    match node:
        case Scalar():
            yield node.line, node.text
        case Sequence():
            for item in node.items:
                yield from _said(item)
        case MappingNode():
            for key, pair in node.pairs.items():
                yield pair.line, key
                yield from _said(pair.node)
        case None:
            return
