"""Markdown of a document, with GFM tables by tabulate. Data is escaped, so it never becomes markup or HTML.

Bare web addresses are not escaped; some programs show them as links.
"""

import re
from typing import TYPE_CHECKING, Final

from tabulate import tabulate

from zhenggai.document import Bar, Block, Cell, Document, Heading, Para, Table, gauge
from zhenggai.render.visible import visible

if TYPE_CHECKING:
    from zhenggai.document import Report

ENTITIES: Final = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})  # some older programs do not know \<
_MARKS = re.compile(r"[\\`*_\[\]#|~$]")
_LIST = re.compile(r"^(?:\d+(?=[.)](?:\s|$))|(?=[-+=]))")


def render(report: "Report", *, width: int | None = None, colour: bool = False) -> str:
    """The report's document as Markdown; ``width`` and ``colour`` have no effect."""
    return markdown_of(report.document())


def markdown_of(document: Document) -> str:
    """``document`` as Markdown; its title is the first-level heading."""
    blocks = [_block(block) for block in document.blocks]
    title = [f"# {inline(document.title)}"] if document.title else []
    return "\n\n".join(title + blocks) + "\n"


def inline(data: str) -> str:
    r"""``data`` escaped for use within a line or a table cell.

    >>> print(inline("<b>甲|乙</b> `#1` *注*"))
    &lt;b&gt;甲\|乙&lt;/b&gt; \`\#1\` \*注\*
    """
    return _escaped(data).strip()


def _escaped(data: str) -> str:
    return _MARKS.sub(r"\\\g<0>", visible(data).translate(ENTITIES))


def paragraph(data: str) -> str:
    r"""``data`` escaped for use as a paragraph; it never becomes a list.

    >>> print(paragraph("- 一"), paragraph("12. 二"), paragraph("3.2%"))
    \- 一 12\. 二 3.2%
    """
    return _LIST.sub(r"\g<0>\\", inline(data))


def _block(block: Block) -> str:
    match block:
        case Heading():
            return f"{'#' * (block.level + 1)} {inline(block.text)}"
        case Para():
            return paragraph(block.text)
        case Table():
            title = f"**{inline(block.title)}**\n\n" if block.title else ""
            return title + _table(block)
        case Bar():
            return f"{paragraph(block.label)} {gauge(block.share)} {block.percent} {inline(block.note)}".rstrip()


def _table(table: Table) -> str:
    table = table.on_screen()
    rows = [*table.rows, table.footer] if table.footer else table.rows
    return tabulate(
        [_texts(row) for row in rows],
        headers=[inline(column.head) for column in table.columns],
        tablefmt="pipe",
        colalign=["right" if column.numeric else "left" for column in table.columns] if rows else None,
        disable_numparse=True,
    )


def _texts(cells: tuple[Cell, ...]) -> list[str]:
    return ["".join(map(_piece, cell.pieces())).strip() for cell in cells]


def _piece(piece: tuple[str, bool]) -> str:
    text, is_marked = piece
    return f"**{_escaped(text)}**" if is_marked else _escaped(text)
