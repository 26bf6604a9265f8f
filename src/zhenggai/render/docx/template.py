"""A place's own Word file, filled with a document: its styles, heads and feet stay; what is said goes to named places.

A place is ``{{名称}}`` in a text, or a content control that is called so. Where a paragraph is nothing but the place of a part,
the part's paragraphs and tables stand there, in the paragraph's form. A table's row with places that are called like the columns
of a table of the document is the sample for all its rows; a second such row is that of the sums.
"""

from collections.abc import Iterator, Sequence
from copy import deepcopy
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple, cast

import docx
from docx.oxml.ns import qn
from docx.parts.story import StoryPart
from docx.styles.style import ParagraphStyle

from zhenggai.document import Bar, Block, Cell, Document, Heading, Para, Table
from zhenggai.errors import UsageError
from zhenggai.frozen import frozen
from zhenggai.office_file import WORD, parts_of
from zhenggai.render.docx.blocks import bar_text
from zhenggai.render.docx.column_widths import fit
from zhenggai.render.docx.existing_text import PLACE, UNCLOSED, like, remove, replace_places, say, text_of, within
from zhenggai.render.docx.markup import paragraph, run, shown
from zhenggai.render.docx.page import UPRIGHT
from zhenggai.render.docx.places import Places, places_of, without_number
from zhenggai.render.docx.styles import TABLE_SIZES, table_styles
from zhenggai.render.docx.tables import table_element
from zhenggai.render.visible import visible

if TYPE_CHECKING:
    from docx.document import Document as Word
    from docx.oxml.section import CT_SectPr
    from docx.oxml.xmlchemy import BaseOxmlElement


@frozen
class Filled:
    """The file, and what of its places stays as it was.

    ``unfound``: names that the document has nothing for; ``crowded``: names of parts that do not stand alone in their paragraph;
    ``unclosed``: beginnings of names without their braces at the end. ``places`` are those that there are.
    """

    data: bytes
    places: Places
    unfound: Sequence[str]
    crowded: Sequence[str]
    unclosed: Sequence[str]


def refuse_unfillable(template: bytes, path: str) -> None:
    """Raise ``UsageError`` if ``path`` is not a Word file, is too big for memory, or contains macros or XML entities."""
    parts = parts_of(template, path, WORD)
    if any("vbaProject" in name for name in parts):
        raise UsageError(f"{path} 有宏\n  {WORD.remedy}")
    xml = [part.data for name, part in parts.items() if name.endswith((".xml", ".rels"))]
    if any(b"<!DOCTYPE" in data or b"<!ENTITY" in data for data in xml):
        raise UsageError(f"{path} 不是 Word 写的\n  {WORD.remedy}")
    try:
        docx.Document(BytesIO(template))
    except Exception:  # it raises whatever its own code stumbles over: KeyError, AttributeError, XMLSyntaxError …
        raise UsageError(f"{path} 不是 {WORD.suffix} 文件，或已损坏\n  {WORD.remedy}") from None


def filled(template: bytes, document: Document) -> Filled:
    """A copy of the template with what the document says. Places that it has nothing for stay as they are."""
    word = docx.Document(BytesIO(template))
    filling = _Filling(word, places_of(document), [], [], [])
    for part in word.part.package.iter_parts():
        if isinstance(part, StoryPart):  # the text, the heads and feet of pages
            _fill_story(filling, part.element)
    file = BytesIO()
    word.save(file)
    left = (list(dict.fromkeys(names)) for names in (filling.unfound, filling.crowded, filling.unclosed))
    return Filled(file.getvalue(), filling.places, *left)


class _Filling(NamedTuple):
    """The file that is filled, with what; the lists collect names of places that stay, as in ``Filled``."""

    word: "Word"
    places: Places
    unfound: list[str]
    crowded: list[str]
    unclosed: list[str]

    def line(self, name: str) -> str | None:
        """What stands in a place within a line; None if there is nothing, or more than a line."""
        if name in self.places.texts:
            return self.places.texts[name]
        part = self.places.parts.get(name, ())
        return part[0].text if len(part) == 1 and isinstance(part[0], Para) else None


def _fill_story(filling: _Filling, story: "BaseOxmlElement") -> None:
    """Fill the places that are there now: a text that comes in may look like one."""
    rows, places, controls = (within(story, tag) for tag in ("w:tr", "w:p", "w:sdt"))
    _fill_rows(filling, rows)
    for place in places:
        if story in place.iterancestors():  # not with a sample row
            _fill_paragraph(filling, place)
    for control in controls:
        _fill_control(filling, control)


def _fill_rows(filling: _Filling, rows: Sequence["BaseOxmlElement"]) -> None:
    """Fill the rows that name columns of a table: the first is the sample for its rows, the next one for its sums.

    A second row stays as it is if there are no sums.
    """
    samples: dict[tuple[BaseOxmlElement | None, int], tuple[Table, list[BaseOxmlElement]]] = {}
    for row in rows:
        names = [name for place in within(row, "w:p") for name in PLACE.findall(text_of(place))]
        table = filling.places.table_with(names) if names else None
        if table is not None and not all(name in filling.places.texts for name in names):
            samples.setdefault((cast("BaseOxmlElement | None", row.getparent()), id(table)), (table, []))[1].append(row)
    for table, (sample, *further) in samples.values():
        sums = [table.footer] if table.footer else []
        _repeat(sample, table, [*table.rows, *([] if further else sums)])
        for row, cells in zip(further, sums, strict=False):
            _repeat(row, table, [cells])


def _repeat(sample: "BaseOxmlElement", table: Table, rows: Sequence[Sequence[Cell]]) -> None:
    """Put a row like the sample for each of some rows in the place of the sample."""
    heads = [visible(column.head) for column in table.columns]
    for cells in rows:
        said = dict(zip(heads, (cell.in_brackets().text for cell in cells), strict=True))
        row = deepcopy(sample)
        for place in within(row, "w:p"):
            replace_places(place, said.get)
        sample.addprevious(row)
    remove(sample)


def _fill_control(filling: _Filling, control: "BaseOxmlElement") -> None:
    properties = cast("BaseOxmlElement | None", control.find(qn("w:sdtPr")))
    content = cast("BaseOxmlElement | None", control.find(qn("w:sdtContent")))
    if properties is None or content is None:
        return
    tags = (properties.find(qn(tag)) for tag in ("w:alias", "w:tag"))
    called = [name for found in tags if found is not None and (name := found.get(qn("w:val")))]
    paragraphs = within(content, "w:p")
    for name in called:
        if paragraphs and name in filling.places.parts and name not in filling.places.texts:
            _put(filling, paragraphs[0], filling.places.parts[name])
            for further in paragraphs[1:]:
                remove(further)
        elif (line := filling.line(name)) is not None:
            say(paragraphs[0] if paragraphs else content, shown(line))
        else:
            continue
        for hint in within(properties, "w:showingPlcHdr"):
            remove(hint)
        return
    filling.unfound.extend(called[:1])


def _fill_paragraph(filling: _Filling, place: "BaseOxmlElement") -> None:
    text = text_of(place)
    whole = PLACE.fullmatch(text.strip())
    if whole and whole[1] in filling.places.parts and whole[1] not in filling.places.texts:
        _put(filling, place, filling.places.parts[whole[1]])
        return
    filling.unclosed.extend(UNCLOSED.findall(PLACE.sub("", text)))
    for name in PLACE.findall(text):
        if filling.line(name) is None:
            (filling.crowded if name in filling.places.parts else filling.unfound).append(name)
    replace_places(place, filling.line)


def _put(filling: _Filling, place: "BaseOxmlElement", blocks: Sequence[Block]) -> None:
    """Put blocks in the place of a paragraph, which shows the form of theirs; a paragraph stays, without text, if there are none."""
    for block in blocks:
        for made in _elements(filling, block, place):
            place.addprevious(made)
    if blocks and not isinstance(blocks[-1], Table) and not within(place, "w:sectPr"):
        remove(place)
    else:  # a table cannot end a cell or the text; a section ends with its last paragraph
        say(place, "")


def _elements(filling: _Filling, block: Block, form: "BaseOxmlElement") -> Iterator["BaseOxmlElement"]:
    match block:
        case Heading():
            yield _heading(filling.word, block, form)
        case Para():
            yield like(form, shown(block.text))
        case Bar():
            yield like(form, bar_text(block))
        case Table():
            if block.title:
                yield like(form, shown(block.title))
            known = {style.get(qn("w:styleId")) for style in filling.word.styles.element}
            filling.word.styles.element.extend(s for s in table_styles() if s.get(qn("w:styleId")) not in known)
            yield table_element(block, fit(block, _room(filling.word, form), TABLE_SIZES))


def _heading(word: "Word", heading: Heading, form: "BaseOxmlElement") -> "BaseOxmlElement":
    """A heading in the template's own style, without its number where the style counts; in the form of the text if there is none."""
    named = (style for style in word.styles if style.name == f"Heading {heading.level}")
    style = next((style for style in named if isinstance(style, ParagraphStyle)), None)
    if style is None:
        return like(form, shown(heading.text))
    counts = next(style.element.iter(qn("w:numPr")), None) is not None
    return paragraph(style.style_id, [run(shown(without_number(heading.text) if counts else heading.text))])


def _room(word: "Word", place: "BaseOxmlElement") -> float:
    """The width of the text in points on the pages where a paragraph stands."""
    found = place.xpath("./w:pPr/w:sectPr | following::w:sectPr")  # a section's properties stand at its end
    section = cast("CT_SectPr", found[0]) if found else word.sections[0]
    width, left, right = section.page_width, section.left_margin, section.right_margin
    if width is None or left is None or right is None:
        return UPRIGHT.room
    return float(width.pt - left.pt - right.pt)
