"""The cells of a sheet's XML: their texts, how their styles show numbers, and what is written into them."""

import re
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from zhenggai.document import Cell
from zhenggai.frozen import frozen
from zhenggai.render.xlsx.tables import shown
from zhenggai.workbook.package import Package
from zhenggai.workbook.xml_tree import added, child, entries, local

if TYPE_CHECKING:
    from zhenggai.office_file import Element

_ORIGIN = date(1899, 12, 30).toordinal()  # day 0, so that days from March 1900 on have their numbers
_ORIGIN_1904 = date(1904, 1, 1).toordinal()
_FIRST = date(1900, 3, 1)
_DATES = frozenset((*range(14, 18), 22, *range(27, 37), *range(50, 59)))
_RATES = frozenset((9, 10))
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_ESCAPE = re.compile(r"_(?=x[0-9a-fA-F]{4}_)")
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


@frozen
class Styles:
    """Which styles show a number as a date or as a rate, which break long texts; the first day of the workbook's calendar."""

    dates: frozenset[int]
    rates: frozenset[int]
    breaking: frozenset[int]
    origin: int

    @classmethod
    def of(cls, package: Package, book: "Element", name: str | None) -> "Styles":
        """The styles of a workbook. ``name``: their part, if there is one."""
        properties = child(book, "workbookPr")
        is_1904 = properties is not None and properties.get("date1904") in ("1", "true")
        root = package.tree(name) if name else None
        codes = {
            int(entry.get("numFmtId", "0")): _QUOTED.sub("", entry.get("formatCode", ""))
            for entry in (root.iter() if root is not None else ())
            if local(entry) == "numFmt"
        }
        formats = entries(root, "cellXfs") if root is not None else []
        numbers = [int(entry.get("numFmtId", "0")) for entry in formats]
        alignments = [child(entry, "alignment") for entry in formats]
        return cls(
            frozenset(
                nth
                for nth, number in enumerate(numbers)
                if number in _DATES or re.search("[yd]", codes.get(number, ""), re.IGNORECASE)
            ),
            frozenset(nth for nth, number in enumerate(numbers) if number in _RATES or "%" in codes.get(number, "")),
            frozenset(
                nth
                for nth, alignment in enumerate(alignments)
                if alignment is not None and alignment.get("wrapText") in ("1", "true")
            ),
            _ORIGIN_1904 if is_1904 else _ORIGIN,
        )


def shared_texts(package: Package, name: str | None) -> Sequence[str]:
    """The texts that cells refer to by number."""
    return [text_in(entry) for entry in package.tree(name)] if name else ()


def text_in(element: "Element") -> str:
    """The text of an element that has it in runs; how it is to be pronounced is left out."""
    return "".join(
        text.text or "" for text in element.iter() if local(text) == "t" and local(text.getparent()) != "rPh"
    )


def text_of(cell: "Element", shared: Sequence[str]) -> str:
    """What a cell says, as text; of a formula the last result."""
    if cell.get("t") == "inlineStr":
        return text_in(cell)
    value = child(cell, "v")
    written = "" if value is None else value.text or ""
    if cell.get("t") == "s":
        return shared[int(written)] if written.isdecimal() and int(written) < len(shared) else ""
    return written


def write_cell(element: "Element", cell: Cell, styles: Styles) -> None:
    """Write a cell of a table into a cell of the sheet, which keeps its style.

    A day or a rate whose style does not show it as one is written as text.
    """
    clear(element)
    style = int(element.get("s", "0"))
    number = _number(cell, style, styles)
    if number is not None:
        added(element, "v").text = number
    elif cell.text:
        element.set("t", "inlineStr")
        text = added(added(element, "is"), "t")
        text.text = _ESCAPE.sub("_x005F_", shown(cell.text))
        text.set(_SPACE, "preserve")


def _number(cell: Cell, style: int, styles: Styles) -> str | None:
    """The number that a cell has for a value, None if it is a text."""
    value = cell.value
    if value is None:
        return None
    if isinstance(value, date):
        return str(value.toordinal() - styles.origin) if style in styles.dates and value >= _FIRST else None
    if style in styles.dates or not -(10**15) < value < 10**15:
        return None
    if cell.text.endswith("%"):
        return repr(value) if style in styles.rates else None
    return repr(value / 100) if style in styles.rates else repr(value)


def clear(element: "Element") -> None:
    """Leave nothing but the style of a cell."""
    for below in list(element):
        element.remove(below)
    for name in ("t", "cm", "vm"):
        if name in element.attrib:
            del element.attrib[name]
