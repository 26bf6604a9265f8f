"""Rows inserted into the XML of a sheet as copies of one: all that has a place moves, and what covered the row covers them all."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from copy import deepcopy
from typing import TYPE_CHECKING

from zhenggai.workbook.references import (
    ROWS,
    Insertion,
    box_of,
    copied_formula,
    letters_of,
    moved_cell,
    moved_formula,
    moved_ranges,
    offset_formula,
    place_of,
)
from zhenggai.workbook.xml_tree import added, child, entries, local

if TYPE_CHECKING:
    from zhenggai.office_file import Element

IsThere = Callable[[str], bool]
_RANGES = frozenset(("ref", "sqref"))  # attributes with ranges
_CELLS = frozenset(("topLeftCell", "activeCell"))  # attributes with cells
_OF_ONE_ROW = frozenset(
    ("mergeCell", "hyperlink", "dimension", "f")
)  # whose ranges, within a row, are that row's alone
_FORMULAS = frozenset(("f", "formula", "formula1", "formula2", "calculatedColumnFormula", "totalsRowFormula"))


def row_at(sheet: "Element", number: int) -> "Element":
    """The row of a number, made if there is none. Before, all rows and cells get their places, and each its own formula."""
    rows = child(sheet, "sheetData")
    assert rows is not None
    number_rows(rows)
    spread_formulas(rows)
    return _found(rows, [int(row.get("r", "0")) for row in rows], number, "row", str(number))


def insert_rows(sheet: "Element", sample: "Element", insertion: Insertion, is_there: IsThere) -> list["Element"]:
    """Insert copies of the row ``sample``, which is ``insertion.at``, below it. Returns the row and its copies."""
    rows = sample.getparent()
    assert rows is not None
    copies = [deepcopy(sample) for _ in range(insertion.count)]
    letters = [letters_of(column) for column in columns_of(sample)]
    formulas = [(nth, formula.text or "") for nth, formula in _formulas_in(sample)]
    move(sheet, insertion, is_there)
    for row in list(sample.itersiblings()):
        number = int(row.get("r", "0")) + insertion.count
        if number > ROWS:  # it has no values: see ``refuse_full``
            rows.remove(row)
        else:
            _place(row, number, [letters_of(column) for column in columns_of(row)])
    last = sample
    for nth, row in enumerate(copies, 1):
        _place(row, insertion.at + nth, letters)
        last.addnext(row)
        last = row
    found = [sample, *copies]
    for nth, row in enumerate(found):
        _take_off(row, "hidden")
        for (place, text), (_, formula) in zip(formulas, _formulas_in(row), strict=True):
            formula.text = copied_formula(text, insertion, nth, is_there)
            if "ref" in formula.attrib:  # it gives several values; what covers several rows was refused
                formula.set("ref", f"{letters[place]}{insertion.at + nth}")
    _merge_copies(sheet, insertion)
    return found


def columns_of(row: "Element") -> list[int]:
    """The numbers of the columns in which a row has cells."""
    return [place_of(cell.get("r", "A1"))[1] for cell in row]


def _formulas_in(row: "Element") -> list[tuple[int, "Element"]]:
    """The formulas of a row, each with the place of its cell among the cells."""
    return [(nth, formula) for nth, cell in enumerate(row) if (formula := child(cell, "f")) is not None]


def spread_formulas(rows: "Element") -> None:
    """Write out each formula that is written once for many cells: its cells do not all move alike."""
    masters: dict[str, tuple[str, int, int]] = {}
    for cell in rows.iter():
        formula = child(cell, "f") if local(cell) == "c" else None
        if formula is None or formula.get("t") != "shared":
            continue
        number, (row, column) = formula.get("si", ""), place_of(cell.get("r", "A1"))
        if formula.text:
            masters[number] = (formula.text, row, column)
        text, first, left = masters.get(number, ("", row, column))
        formula.text = offset_formula(text, row - first, column - left)
        _take_off(formula, "t", "si", "ref")


def move(part: "Element", insertion: Insertion, is_there: IsThere) -> bool:
    """Move all references in a part. Returns whether one has moved.

    ``is_there`` says of a sheet's name whether rows were inserted there; where it says no of "", only formulas are looked at.
    """
    has_moved = False
    for element in part.iter():
        name = local(element)
        if not name:
            continue
        if is_there(""):
            has_moved |= _move_attributes(element, name, insertion)
            if name == "sqref" and element.text:
                element.text = moved_ranges(element.text, insertion)
        if name in _FORMULAS and element.text:
            text = moved_formula(element.text, insertion, is_there)
            has_moved |= text != element.text
            element.text = text
        if name == "hyperlink" and (target := element.get("location")):
            element.set("location", moved_formula(target, insertion, is_there))
    return has_moved


def _move_attributes(element: "Element", name: str, insertion: Insertion) -> bool:
    before = element.items()
    for attribute in list(element.attrib):
        key, value = str(attribute), element.get(attribute, "")
        if key in _RANGES and name not in _OF_ONE_ROW:
            element.set(attribute, moved_ranges(value, insertion))
        elif key in _CELLS or (name, key) in (("inputCells", "r"), ("cellWatch", "r")):
            element.set(attribute, moved_cell(value, insertion))
        elif key == "ref":
            element.set(attribute, _moved_box(value, insertion))
        elif (name, key) == ("brk", "id") and _is_of_rows(element) and int(value) >= insertion.at:
            element.set(attribute, str(min(int(value) + insertion.count, ROWS - 1)))
    return before != element.items()


def _moved_box(reference: str, insertion: Insertion) -> str:
    """A range that, within a row, is that row's alone."""
    top, _, bottom, _ = box_of(reference)
    if top == bottom:
        first, _, last = reference.partition(":")
        return ":".join(moved_cell(cell, insertion) for cell in (first, last) if cell)
    return moved_ranges(reference, insertion)


def _take_off(element: "Element", *names: str) -> None:
    for name in names:
        if name in element.attrib:
            del element.attrib[name]


def _is_of_rows(brk: "Element") -> bool:
    above = brk.getparent()
    return above is not None and local(above) == "rowBreaks"


def _merge_copies(sheet: "Element", insertion: Insertion) -> None:
    """Merge the cells of the copies as those of their row."""
    merges = child(sheet, "mergeCells")
    if merges is None:
        return
    for merge in list(merges):
        top, left, bottom, right = box_of(merge.get("ref", "A1"))
        if top == bottom == insertion.at:
            for row in range(insertion.at + 1, insertion.at + insertion.count + 1):
                copy = deepcopy(merge)
                copy.set("ref", f"{letters_of(left)}{row}:{letters_of(right)}{row}")
                merges.append(copy)
    if "count" in merges.attrib:
        merges.set("count", str(len(merges)))


def merged_columns(sheet: "Element", row: int) -> set[int]:
    """The columns in which cells of a row are parts of merged ones."""
    boxes = [box_of(merge.get("ref", "A1")) for merge in entries(sheet, "mergeCells")]
    return {column for top, left, bottom, right in boxes if top <= row <= bottom for column in range(left, right + 1)}


_BEFORE_MERGES = frozenset(
    ("sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr", "sheetProtection",
     "protectedRanges", "scenarios", "autoFilter", "sortState", "dataConsolidate", "customSheetViews")
)  # fmt: skip


def merge_down(sheet: "Element", column: int, top: int, bottom: int) -> None:
    """Merge cells of a column."""
    merges = child(sheet, "mergeCells")
    if merges is None:
        merges = added(sheet, "mergeCells", sum(local(element) in _BEFORE_MERGES for element in sheet))
    letters = letters_of(column)
    added(merges, "mergeCell", ref=f"{letters}{top}:{letters}{bottom}")
    merges.set("count", str(len(merges)))


def drop_results(part: "Element") -> None:
    """Forget the results of all formulas of a sheet: they are computed anew when the file is opened."""
    for cell in part.iter():
        if local(cell) == "c" and (formula := child(cell, "f")) is not None:
            _take_off(cell, "t")
            for below in [below for below in cell if below is not formula]:
                cell.remove(below)


def cell_at(row: "Element", column: int) -> "Element":
    """The cell of a row in a column, made if there is none."""
    return _found(row, columns_of(row), column, "c", f"{letters_of(column)}{row.get('r')}")


def _found(among: "Element", places: list[int], wanted: int, tag: str, name: str) -> "Element":
    """What stands at a place among others, whose places are in order; made, with its name, if there is nothing."""
    nth = bisect_left(places, wanted)
    if nth == len(places) or places[nth] != wanted:
        return added(among, tag, nth, r=name)
    return among[nth]


def number_rows(rows: "Iterable[Element]") -> None:
    """Give rows and cells their places where a program has left them out, as it may. ValueError if rows are in no order."""
    at = 0
    for row in rows:
        at, before = int(row.get("r", str(at + 1))), at
        if at <= before:
            raise ValueError(f"row {at} after {before}")
        row.set("r", str(at))
        column = 0
        for cell in row:
            column = place_of(cell.get("r", ""))[1] if cell.get("r") else column + 1
            cell.set("r", f"{letters_of(column)}{at}")


def _place(row: "Element", number: int, letters: Sequence[str]) -> None:
    row.set("r", str(number))
    for cell, column in zip(row, letters, strict=True):
        cell.set("r", f"{column}{number}")
