"""Plain text of a document: not wrapped, without colour, with characters of cp936 only. Reports are issued in this format.

Tables have tabulate's ``simple`` format. They are laid out here, since importing tabulate takes longer than the rest of a
list; a property test compares both.

Titles, headings and paragraphs are indented by two characters, as in official documents (GB/T 9704), so that the text can
be pasted as it is. Tables and bars are not indented.
"""

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from zhenggai.document import Bar, Block, Cell, Document, Heading, Para, Table, apart, gauge
from zhenggai.render.visible import visible

if TYPE_CHECKING:
    from zhenggai.document import Report

_WIDTHS = (
    (" ", "~", 1),
    ("\u3001", "\u3029", 2),
    ("\u4e00", "\u9fff", 2),
    ("\uff01", "\uff60", 2),
    ("\u2010", "\u2026", 1),  # dashes, quotation marks, the ellipsis
)


class _Usual(dict[str, int]):
    """Widths of common characters, computed on first use; KeyError for any other character."""

    def __missing__(self, character: str) -> int:
        for first, last, width in _WIDTHS:
            if first <= character <= last:
                self[character] = width
                return width
        raise KeyError(character)


_usual = _Usual()


def width_of(text: str) -> int:
    """The width in columns of a text without control characters. wcwidth is imported for uncommon characters only.

    >>> width_of("3-2 县教育局"), width_of("é级")
    (12, 3)
    """
    if text.isascii():
        return len(text)
    try:
        return sum(map(_usual.__getitem__, text))
    except KeyError:
        from wcwidth import wcswidth  # imported here: most texts have common characters only

        return int(wcswidth(text))


INDENT: Final = "　　"
_GAP: Final = "  "
_WIDER: Final = 2  # columns by which a column is at least wider than its head


def render(report: "Report", *, width: int | None = None, colour: bool = False) -> str:
    """The report's document as plain text; ``width`` and ``colour`` have no effect."""
    return text_of(report.document())


def text_of(document: Document) -> str:
    """``document`` as plain text, ending with a newline."""
    labels = max((width_of(visible(block.label)) for block in document.blocks if isinstance(block, Bar)), default=0)
    lines = [visible(document.title), ""] if document.title else []
    for before, block in pairwise((Heading(document.title), *document.blocks)):
        if apart(before, block):
            lines.append("")
        lines.append(_block(block, labels))
    return "\n".join(lines).rstrip("\n") + "\n"


def _block(block: Block, labels: int) -> str:
    match block:
        case Heading() | Para():
            return INDENT + visible(block.text).strip()
        case Table():
            return "\n".join(filter(None, (visible(block.title), _table(block))))
        case Bar():
            label = visible(block.label)
            pad = " " * (labels - width_of(label))
            return f"{label}{pad}  [{gauge(block.share)}] {block.percent:>4}  {visible(block.note)}".rstrip()


def _table(table: Table) -> str:
    table = table.on_screen().in_brackets()
    heads = [visible(column.head) for column in table.columns]
    rows = [_texts(row) for row in (*table.rows, *([table.footer] if table.footer else []))]
    widths = [max([width_of(head) + _WIDER, *map(width_of, cells)]) for head, *cells in zip(heads, *rows, strict=True)]
    numeric = [bool(rows) and column.numeric for column in table.columns]
    lines = [_line(row, widths, numeric) for row in (heads, *rows)]
    rule = _GAP.join("-" * width for width in widths)
    lines.insert(1, rule)
    if table.footer:
        lines.insert(-1, rule)
    return "\n".join(lines)


def _line(texts: list[str], widths: list[int], numeric: list[bool]) -> str:
    cells = []
    for text, width, right in zip(texts, widths, numeric, strict=True):
        pad = " " * (width - width_of(text))
        cells.append(pad + text if right else text + pad)
    return _GAP.join(cells).rstrip()


def _texts(cells: tuple[Cell, ...]) -> list[str]:
    return [visible(cell.text).strip() for cell in cells]
