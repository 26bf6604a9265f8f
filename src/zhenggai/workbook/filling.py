"""A template filled: the rows of a table in the place of the sample row, and what that changes in other parts."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from zhenggai.document import Cell, Table
from zhenggai.errors import UsageError
from zhenggai.heads import plain_head
from zhenggai.workbook.cells import Styles, clear, write_cell
from zhenggai.workbook.heights import raise_rows
from zhenggai.workbook.insertion import (
    cell_at,
    columns_of,
    drop_results,
    insert_rows,
    merge_down,
    merged_columns,
    move,
    row_at,
)
from zhenggai.workbook.package import BOOK, TYPES, Package, related, sheets_of
from zhenggai.workbook.references import ROWS, Insertion, moved_formula, sheets_named
from zhenggai.workbook.refusals import refuse_covered, refuse_full
from zhenggai.workbook.template import NAMED, NUMBER, Template, as_spreadsheets_write
from zhenggai.workbook.xml_tree import added, child, entries, local

if TYPE_CHECKING:
    from zhenggai.office_file import Element

_CALC = "xl/calcChain.xml"


def fill_template(template: Template, table: Table) -> bytes:
    """The workbook with a row for each row of the table in the place of the sample row, which they look like."""
    with as_spreadsheets_write(template.path):
        return _filled(template, table)


def _filled(template: Template, table: Table) -> bytes:
    package, row = template.package, template.row
    count = max(len(table.rows), 1)
    if row + count > ROWS:
        raise UsageError(f"{len(table.rows)} 行写不进一页\n  下一步：先筛选")
    insertion = Insertion(row, count - 1)
    here = template.sheet.casefold()
    sheet = package.tree(template.part)
    sample = row_at(sheet, row)
    places = _places(template, table)
    columns = (*(place.column for place in places), *template.named)
    refuse_covered(sheet, row, columns)
    refuse_full(sheet, insertion)
    _clear(sample, columns)
    rows = insert_rows(sheet, sample, insertion, lambda name: name == "" or name.casefold() == here)
    styles = Styles.of(package, package.tree(BOOK), related(package, "styles"))
    _write(template, table, places, rows, styles)
    raise_rows(sheet, rows, styles)
    if table.merged:
        _merge(row, table, places, sheet, rows)
    drop_results(sheet)
    trees = {template.part: sheet, **_others(template, insertion), BOOK: _book(package, insertion, here)}
    without = frozenset([_CALC] if _CALC in package.parts else [])
    if without:
        trees[TYPES] = _without(package.tree(TYPES), "PartName")
        trees["xl/_rels/workbook.xml.rels"] = _without(package.tree("xl/_rels/workbook.xml.rels"), "Target")
    return package.changed(trees, without)


def _clear(sample: "Element", columns: Collection[int]) -> None:
    """Leave nothing in the sample row but formulas of columns that are not filled; make the cells of those that are."""
    for column in columns:
        clear(cell_at(sample, column))
    for cell in sample:
        if child(cell, "f") is None:
            clear(cell)


class _Place(NamedTuple):
    """A column of the sheet that is filled: its number, and the place of its column in the table; None: the rows are counted."""

    column: int
    nth: int | None


def _places(template: Template, table: Table) -> list[_Place]:
    """Which columns are filled with which. A head that stands twice in both means one after the other."""
    of_head: dict[str, list[int]] = {}
    for nth, column in enumerate(table.columns):
        of_head.setdefault(column.head, []).append(nth)
    found, times = [], Counter[str]()
    for number, head in template.columns(of_head).items():
        nths = of_head.get(head)
        found.append(_Place(number, nths[min(times[head], len(nths) - 1)] if nths else None))
        times[head] += 1
    return found


def _write(
    template: Template, table: Table, places: Sequence[_Place], rows: Sequence["Element"], styles: Styles
) -> None:
    """Write the values into the rows, which have their cells at the same places."""
    at = {column: nth for nth, column in enumerate(columns_of(rows[0]))}
    for nth, (row, cells) in enumerate(zip(rows, table.rows, strict=False), 1):
        number = Cell(str(nth), value=nth)
        for place in places:
            write_cell(row[at[place.column]], number if place.nth is None else cells[place.nth], styles)
        if template.named:
            values = {NUMBER: number} | {c.head: cell for c, cell in zip(table.columns, cells, strict=True)}
            for column, text in template.named.items():
                write_cell(row[at[column]], _named_cell(text, values), styles)


def _merge(top: int, table: Table, places: Sequence[_Place], sheet: "Element", rows: Sequence["Element"]) -> None:
    """Merge what several rows share in columns that are filled, but where the superior has merged cells already."""
    again = list(table.continued())
    taken = merged_columns(sheet, top)
    at = {column: nth for nth, column in enumerate(columns_of(rows[0]))}
    for place in places:
        if place.nth is None or not table.columns[place.nth].merged or place.column in taken:
            continue
        begins = [row for row, same in enumerate(again) if place.nth not in same]
        for first, after in zip(begins, [*begins[1:], len(again)], strict=True):
            for row in rows[first + 1 : after]:
                clear(row[at[place.column]])
            if after > first + 1:
                merge_down(sheet, place.column, top + first, top + after - 1)


def _named_cell(text: str, values: Mapping[str, Cell]) -> Cell:
    """The cell that a text with names means: the value itself, or the text with the values' texts. What is not known is blank."""
    plain = {plain_head(head): cell for head, cell in values.items()}
    if whole := NAMED.fullmatch(text.strip()):
        return plain.get(plain_head(whole[1]), Cell(""))
    return Cell(NAMED.sub(lambda found: plain.get(plain_head(found[1]), Cell("")).text, text))


def _others(template: Template, insertion: Insertion) -> dict[str, "Element"]:
    """The other parts that the insertion changes: tables of the sheet, and sheets whose formulas name it."""
    package, here = template.package, template.sheet.casefold()
    changed: dict[str, Element] = {}
    for relation in package.relations(template.part):
        if relation.sort == "table":
            tree = package.tree(relation.target)
            if move(tree, insertion, lambda name: name == "" or name.casefold() == here):
                changed[relation.target] = tree
    for part in sheets_of(package).values():
        if part == template.part:
            continue
        tree = package.tree(part)
        formulas = [element.text or "" for element in tree.iter() if local(element) == "f"]
        if any(here in map(str.casefold, sheets_named(text)) for text in formulas):
            move(tree, insertion, lambda name: name.casefold() == here)
            drop_results(tree)
            changed[part] = tree
    return changed


def _book(package: Package, insertion: Insertion, here: str) -> "Element":
    """The workbook's own part: its names moved, and all to be computed when it is opened."""
    book = package.tree(BOOK)
    for name in entries(book, "definedNames"):
        name.text = moved_formula(name.text or "", insertion, lambda sheet: sheet.casefold() == here)
    calculation = child(book, "calcPr")
    if calculation is None:
        before = {"bookViews", "sheets", "functionGroups", "externalReferences", "definedNames"}
        place = max(nth for nth, element in enumerate(book) if local(element) in before)
        calculation = added(book, "calcPr", place + 1)
    calculation.set("fullCalcOnLoad", "1")
    return book


def _without(tree: "Element", attribute: str) -> "Element":
    """A list of parts without that of the order of computing, which is made anew."""
    for entry in list(tree):
        if entry.get(attribute, "").endswith("calcChain.xml"):
            tree.remove(entry)
    return tree
