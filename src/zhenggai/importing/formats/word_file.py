"""A Word file as paragraphs and tables; runs in the process with limits.

Headers, footers, notes, comments and tables of contents are left out; the text of a box stands after the paragraph that it is anchored in.
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from docx.oxml import parse_xml
from docx.oxml.ns import qn

from zhenggai.frozen import frozen
from zhenggai.importing.content import Cell, Manuscript, Paragraph, Row, Sheet
from zhenggai.importing.formats.office_parts import main_part, parts_in, plain_xml, related
from zhenggai.importing.formats.printed_text import printed
from zhenggai.importing.formats.word_numbering import Numbering, numbered
from zhenggai.importing.formats.word_styles import VAL, Styles, is_on
from zhenggai.importing.formats.word_table import rows_of
from zhenggai.importing.formats.word_text import Text, Texts, shown

if TYPE_CHECKING:
    from zhenggai.office_file import Element

_PARAGRAPH, _TABLE = qn("w:p"), qn("w:tbl")
_AROUND = frozenset(map(qn, ("w:sdt", "w:sdtContent", "w:customXml", "w:ins", "w:moveTo")))
_TABLE_OF_CONTENTS = "Table of Contents"


def read_word(data: bytes) -> Manuscript:
    """The paragraphs and tables of a .docx, blank paragraphs left out."""
    parts = parts_in(data)
    name = main_part(parts)
    body = None if name is None else parse_xml(plain_xml(parts[name])).find(qn("w:body"))
    if name is None or body is None:
        raise ValueError("no text")
    if body.find(qn("w:altChunk")) is not None:
        raise ValueError("the text is another file, which Word puts in when it saves")
    styles, numbering = (related(parts, name, sort) for sort in ("styles", "numbering"))
    known = Styles(None if styles is None else parse_xml(styles))
    lists = Numbering(None if numbering is None else parse_xml(numbering), known)
    return tuple(_Story(Texts(body, known), lists).content(body))


@frozen
class _Printed:
    """A paragraph as it is printed, with its number. One of which nothing is left but a deleted end is part of the next."""

    text: str
    struck: bool
    boxes: Sequence["Element"]


class _Story:
    """The text of a file, read once from its beginning: numbers and fields go on from paragraph to paragraph."""

    def __init__(self, texts: Texts, numbering: Numbering) -> None:
        self._texts, self._numbering = texts, numbering

    def content(self, body: "Element") -> Iterator[Paragraph | Sheet]:
        """The paragraphs and tables of the body."""
        line = 1
        for found in self._blocks(body):
            if isinstance(found, _Printed):
                texts = (found.text, *(said for box in found.boxes for said, _ in self._lines(box)))
                yield from (Paragraph(said, line) for said in texts if said)
                line += 1
            else:
                rows = tuple(Row(number, cells) for number, cells in enumerate(rows_of(found, self._cell), line))
                yield from [Sheet("", rows)] if rows else []
                line += len(rows)

    def _cell(self, cell: "Element") -> Cell:
        lines = [(said, struck) for said, struck in self._lines(cell) if said]
        return Cell("\n".join(said for said, _ in lines), struck=bool(lines) and all(struck for _, struck in lines))

    def _lines(self, above: "Element") -> Iterator[tuple[str, bool]]:
        """The lines of a cell or a box, and whether each is crossed out; a row of a table in it is a line."""
        for found in self._blocks(above):
            if isinstance(found, _Printed):
                yield found.text, found.struck
                for box in found.boxes:
                    yield from self._lines(box)
            else:
                for cells in rows_of(found, self._cell):
                    own = [cell for cell in cells if cell.text and not cell.covered]
                    yield " ".join(cell.text for cell in own), bool(own) and all(cell.struck for cell in own)

    def _blocks(self, above: "Element") -> Iterator["_Printed | Element"]:
        """The paragraphs in an element, and its tables as they are."""
        texts: list[Text] = []
        for element in _within(above):
            if element.tag == _TABLE:
                yield element
                continue
            texts.append(self._texts.of(element))
            properties = element.find(qn("w:pPr"))
            if not _is_end_deleted(properties):  # else the text goes on in the next paragraph, and is numbered there
                yield self._printed(texts, properties)
                texts = []
        if texts:
            yield self._printed(texts, None)

    def _printed(self, texts: Sequence[Text], properties: "Element | None") -> _Printed:
        """A paragraph; its list counts it unless it is hidden."""
        text = "".join(text.text for text in texts)
        is_hidden = not text.strip() and _is_mark_hidden(properties)
        number = "" if is_hidden else self._numbering.next(properties)
        return _Printed(
            printed(numbered(number, text.lstrip()) if text.strip() else ""),
            all(text.struck for text in texts if text.text.strip()),
            [box for text in texts for box in text.boxes],
        )


def _within(above: "Element") -> Iterator["Element"]:
    """The paragraphs and tables in an element, those in content controls too; a table of contents says everything a second time."""
    for element in shown(above):
        if element.tag in (_PARAGRAPH, _TABLE):
            yield element
        elif element.tag in _AROUND and not _is_table_of_contents(element):
            yield from _within(element)


def _is_table_of_contents(control: "Element") -> bool:
    gallery = control.find(f"{qn('w:sdtPr')}/{qn('w:docPartObj')}/{qn('w:docPartGallery')}")
    return gallery is not None and gallery.get(VAL) == _TABLE_OF_CONTENTS


def _is_end_deleted(properties: "Element | None") -> bool:
    mark = None if properties is None else properties.find(qn("w:rPr"))
    return mark is not None and any(mark.find(qn(name)) is not None for name in ("w:del", "w:moveFrom"))


def _is_mark_hidden(properties: "Element | None") -> bool:
    mark = None if properties is None else properties.find(qn("w:rPr"))
    return mark is not None and is_on(mark.find(qn("w:vanish")))
