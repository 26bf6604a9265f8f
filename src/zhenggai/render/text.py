"""Document → plain text: unwrapped, without colour, in characters that cp936 has; the weekly report's format.

Tables are those of tabulate's ``simple`` format, laid out here since importing it takes longer than all else that a list does;
a property of the tests holds both together.

Titles, headings and paragraphs stand as in an official document (GB/T 9704): each begins two characters in,
so that the text can be pasted as it is; tables and bars begin at the edge.
"""

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from zhenggai.document import Bar, Block, Cell, Document, Heading, Para, Table, apart
from zhenggai.render.visible import visible

if TYPE_CHECKING:
    from zhenggai.render import Report

_WIDTHS = (
    (" ", "~", 1),
    ("\u3001", "\u3029", 2),
    ("\u4e00", "\u9fff", 2),
    ("\uff01", "\uff60", 2),
    ("\u2010", "\u2026", 1),  # dashes, quotation marks, the ellipsis
)


class _Usual(dict[str, int]):
    """The widths of usual characters, each looked up once; KeyError for any other."""

    def __missing__(self, character: str) -> int:
        for first, last, width in _WIDTHS:
            if first <= character <= last:
                self[character] = width
                return width
        raise KeyError(character)


_usual = _Usual()


def width_of(text: str) -> int:
    """The columns of a text without control characters; wcwidth's tables are loaded only for unusual characters.

    >>> width_of("3-2 县教育局"), width_of("é级")
    (12, 3)
    """
    if text.isascii():
        return len(text)
    try:
        return sum(map(_usual.__getitem__, text))
    except KeyError:
        from wcwidth import wcswidth  # here, since most texts are of usual characters

        return int(wcswidth(text))


INDENT: Final = "　　"
SQUARES: Final = 10
_GAP: Final = "  "
_WIDER: Final = 2  # a column than its head, at least


def render(report: "Report", *, width: int | None = None, colour: bool = False) -> str:
    """The report's document as plain text; neither ``width`` nor ``colour`` changes it."""
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


def gauge(share: float | None) -> str:
    """A share as ten squares; a square is full only when its whole tenth is done.

    >>> gauge(0.49), gauge(None)
    ('■■■■□□□□□□', '□□□□□□□□□□')
    """
    full = int(min(max(share or 0, 0), 1) * SQUARES + 1e-9)
    return "■" * full + "□" * (SQUARES - full)


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
