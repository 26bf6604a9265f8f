"""Document → plain text by tabulate: unwrapped, without colour, in characters that cp936 has; the weekly report's format.

Titles, headings and paragraphs stand as in an official document (GB/T 9704): each begins two characters in,
so that the text can be pasted as it is; tables and bars begin at the edge.
"""

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from tabulate import SEPARATING_LINE, tabulate
from wcwidth import wcswidth

from zhenggai.document import Bar, Block, Cell, Document, Heading, Para, Table, apart
from zhenggai.render.visible import visible

if TYPE_CHECKING:
    from zhenggai.render import Report

INDENT: Final = "　　"
SQUARES: Final = 10


def render(report: "Report", *, width: int | None = None, colour: bool = False) -> str:
    """The report's document as plain text; neither ``width`` nor ``colour`` changes it."""
    return text_of(report.document())


def text_of(document: Document) -> str:
    """``document`` as plain text, ending with a newline."""
    labels = max((wcswidth(visible(block.label)) for block in document.blocks if isinstance(block, Bar)), default=0)
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
            pad = " " * (labels - wcswidth(label))
            return f"{label}{pad}  [{gauge(block.share)}] {block.percent:>4}  {visible(block.note)}".rstrip()


def _table(table: Table) -> str:
    rows = [_texts(row) for row in table.rows]
    if table.footer:
        rows += [[SEPARATING_LINE], _texts(table.footer)]
    return tabulate(
        rows,
        headers=[visible(column.head) for column in table.columns],
        tablefmt="simple",
        colalign=["right" if column.numeric else "left" for column in table.columns] if rows else None,
        disable_numparse=True,
    )


def _texts(cells: tuple[Cell, ...]) -> list[str]:
    return [visible(cell.text) for cell in cells]
