"""A Word file as paragraphs and tables; runs in the process with limits."""

from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING

import docx
from docx.oxml.ns import qn

from zhenggai.importing.content import Cell, Manuscript, Paragraph, Row, Sheet

if TYPE_CHECKING:
    from zhenggai.office_file import Element


def read_word(data: bytes) -> Manuscript:
    """The paragraphs and tables of a .docx, blank paragraphs left out."""
    body = docx.Document(BytesIO(data)).element.body
    return tuple(_blocks(body))


def _blocks(body: "Element") -> Iterator[Paragraph | Sheet]:
    line = 0
    for element in body:
        if element.tag == qn("w:p"):
            line += 1
            if text := _text(element).strip():
                yield Paragraph(text, line)
        elif element.tag == qn("w:tbl"):
            rows = []
            for row in element.iter(qn("w:tr")):
                line += 1
                rows.append(Row(line, tuple(Cell(_cell_text(cell)) for cell in row.iter(qn("w:tc")))))
            yield Sheet("", tuple(rows))


def _cell_text(cell: "Element") -> str:
    return "\n".join(_text(paragraph) for paragraph in cell.iter(qn("w:p"))).strip()


def _text(paragraph: "Element") -> str:
    return "".join(text.text or "" for text in paragraph.iter(qn("w:t")))
