"""The text of a Word file's paragraph as it is printed, as if all tracked changes were accepted."""

import re
from collections.abc import Iterator
from itertools import takewhile
from typing import TYPE_CHECKING

from docx.oxml.ns import qn

from zhenggai.frozen import fluid, frozen
from zhenggai.importing.formats.numerals import numeral
from zhenggai.importing.formats.word_styles import Styles, is_on

if TYPE_CHECKING:
    from zhenggai.office_file import Element

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_SAID = {
    qn("w:tab"): "\t", qn("w:ptab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-",
}  # fmt: skip
_DROPPED = frozenset(map(qn, ("w:del", "w:moveFrom", "w:pPr", "w:rPr", "w:sdtPr", "w:txbxContent")))
_TEXT, _RUN, _FIELD, _INSTRUCTION = qn("w:t"), qn("w:r"), qn("w:fldChar"), qn("w:instrText")
_SYMBOL, _BOX, _FIELD_SIMPLE, _RUBY = qn("w:sym"), qn("w:txbxContent"), qn("w:fldSimple"), qn("w:ruby")
_DRAWN = frozenset(map(qn, ("w:drawing", "w:pict", "w:object")))
_KIND = qn("w:fldCharType")
_LONGEST = 1_000  # characters of an instruction
_CIRCLED = re.compile(r"eq\s*\\o\s*\\ac\s*[(（]\s*○\s*[,，]\s*(\d{1,3})\s*[)）]", re.IGNORECASE)
_SYMBOLS = {  # what fonts of symbols (Wingdings, Symbol) have at these places
    0x6C: "●", 0x6E: "■", 0x75: "◆", 0x6F: "□", 0xA8: "□", 0xA3: "□", 0x71: "□", 0xFE: "☑", 0x52: "☑", 0x53: "☑", 0xFC: "✓",
    0xD8: "➢", 0xB7: "•", 0xA7: "▪", 0x9F: "•",
}  # fmt: skip


@frozen
class Text:
    """The text of a paragraph; whether all of it is crossed out; the boxes that are anchored in it."""

    text: str
    struck: bool
    boxes: tuple["Element", ...]


@fluid
class _Field:
    """A field that is open: its instruction so far, and whether what stands in it now is left out."""

    instruction: str
    muted: bool


class Texts:
    """The texts of a file's paragraphs, asked for in order: a field may reach over several."""

    def __init__(self, body: "Element", styles: Styles) -> None:
        self._styles = styles
        self._fields: list[_Field] = []
        self._muted = 0  # of these fields
        self._closed = _closed_fields(body)

    def of(self, paragraph: "Element") -> Text:
        """The text of a paragraph, without its number."""
        style = self._styles.of_paragraph(paragraph.find(qn("w:pPr")))
        boxes: list[Element] = []
        pieces = [(said, struck) for said, struck in self._pieces(paragraph, style, boxes) if said]
        struck = [is_struck for said, is_struck in pieces if said.strip()]
        return Text("".join(said for said, _ in pieces), bool(struck) and all(struck), tuple(boxes))

    def _pieces(self, above: "Element", style: str, boxes: list["Element"]) -> Iterator[tuple[str, bool]]:
        """What stands in an element, run by run, and whether it is crossed out."""
        for element in shown(above):
            if element.tag == _RUN:
                properties = element.find(qn("w:rPr"))
                is_seen = not self._styles.hides_run(properties, style)
                marks = [] if properties is None else [properties.find(qn(name)) for name in ("w:strike", "w:dstrike")]
                yield "".join(self._of_run(element, boxes, is_seen=is_seen)), any(map(is_on, marks))
            elif element.tag == _FIELD_SIMPLE and _is_contents(element.get(qn("w:instr"), "")):
                continue
            elif element.tag == _MATH:
                yield element.text or "", False
            else:
                yield from self._pieces(element, style, boxes)

    def _of_run(self, run: "Element", boxes: list["Element"], *, is_seen: bool) -> Iterator[str]:
        for element in shown(run):
            if element.tag == _FIELD and element in self._closed:
                yield from self._step(element.get(_KIND, ""))
            elif element.tag == _INSTRUCTION and self._fields:
                self._instruct(element.text or "")
            elif self._muted or not is_seen:
                continue
            elif element.tag == _TEXT:
                yield element.text or ""
            elif element.tag in _SAID:
                yield _SAID[element.tag]
            elif element.tag == _SYMBOL:
                yield _symbol(element.get(qn("w:char"), ""))
            elif element.tag in _DRAWN:
                boxes.extend(_boxes(element))
            elif element.tag == _RUBY:  # a phonetic guide above runs
                for inner in element.iterfind(f"{qn('w:rubyBase')}/{_RUN}"):
                    yield from self._of_run(inner, boxes, is_seen=is_seen)

    def _step(self, kind: str) -> Iterator[str]:
        """Go on to the next part of a field. A number in a circle is an instruction without a result."""
        if kind == "begin":
            self._fields.append(_Field("", muted=True))
            self._muted += 1
        elif kind == "separate" and self._fields and not _is_contents(self._fields[-1].instruction):
            self._muted -= self._fields[-1].muted
            self._fields[-1].muted = False
        elif kind == "end" and self._fields:
            field = self._fields.pop()
            self._muted -= field.muted
            if circled := _CIRCLED.search(field.instruction):
                yield numeral("decimalEnclosedCircle", int(circled[1]))

    def _instruct(self, text: str) -> None:
        """Add to the instruction of the field that was begun last."""
        field = self._fields[-1]
        if len(field.instruction) < _LONGEST:
            field.instruction += text[:_LONGEST]


def shown(above: "Element") -> Iterator["Element"]:
    """The elements in another one that are printed; of several versions for other programs, the first."""
    for element in above:
        if element.tag == f"{_MC}AlternateContent":
            choice = next((version for version in element if len(version)), None)
            if choice is not None:
                yield from shown(choice)
        elif isinstance(element.tag, str) and element.tag not in _DROPPED:
            yield element


def _boxes(drawn: "Element") -> Iterator["Element"]:
    """The text boxes in what is drawn, not those within them, nor what other programs draw instead."""
    for box in drawn.iter(_BOX):
        around = takewhile(lambda above: above is not drawn, box.iterancestors())
        if not any(above.tag in (_BOX, f"{_MC}Fallback") for above in around):
            yield box


def _closed_fields(body: "Element") -> frozenset["Element"]:
    """The marks of the fields that have an end: a mark that has none would take the rest of the text along."""
    found: list[Element] = []
    begun: list[list[Element]] = []
    for mark in body.iter(_FIELD):
        if any(True for _ in mark.iterancestors(qn("w:del"), qn("w:moveFrom"))):
            continue
        kind = mark.get(_KIND)
        if kind == "begin":
            begun.append([mark])
        elif begun:
            begun[-1].append(mark)
            if kind == "end":
                found += begun.pop()
    return frozenset(found)


def _is_contents(instruction: str) -> bool:
    """Whether a field is a table of contents, which says everything a second time."""
    return instruction.split()[:1] == ["TOC"]


def _symbol(code: str) -> str:
    """A character of a font of symbols."""
    try:
        point = int(code, 16)
    except ValueError:
        return ""
    if 0xF000 <= point <= 0xF0FF:
        return _SYMBOLS.get(point - 0xF000, "")
    return chr(point) if point < 0xD800 else ""
