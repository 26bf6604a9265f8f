"""A place's own workbook as a template: which columns its heads ask for, and the workbook with the rows of a table in it."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING
from unicodedata import normalize

from zhenggai.document import Cell, Table
from zhenggai.errors import UsageError
from zhenggai.frozen import frozen
from zhenggai.workbook.cells import Styles, clear, shared_texts, text_of, write_cell
from zhenggai.workbook.heights import raise_rows
from zhenggai.workbook.insertion import cell_at, columns_of, drop_results, insert_rows, merge_down, move, row_at
from zhenggai.workbook.package import BOOK, TYPES, Package, read_package
from zhenggai.workbook.references import ROWS, Insertion, box_of, moved_formula, place_of, sheets_named
from zhenggai.workbook.refusals import refuse, sheets_of
from zhenggai.workbook.xml_tree import added, child, local, require_lxml

if TYPE_CHECKING:
    from zhenggai.workbook.xml_tree import Element

NUMBER = "序号"
"""The head of a column that counts the rows; no table needs it."""
_ABOVE = 4  # so many rows above the sample may belong to its heads
_NAMED = re.compile(r"\{\{\s*([^{}]+?)\s*\}\}")
_CALC = "xl/calcChain.xml"
_BLANKS = re.compile(r"\s+")


@frozen
class Template:
    """A workbook with a sample row.

    ``heads``: the number of each column that has words above the sample row, with these, the nearest first; ``named``: the text of
    each cell of the sample row that names columns: {{责任单位}}.
    """

    path: str
    package: Package
    sheet: str
    part: str
    row: int
    heads: Mapping[int, Sequence[str]]
    named: Mapping[int, str]

    def columns(self, known: Collection[str]) -> dict[int, str]:
        """Which of the known heads each of its columns asks for. A head is known in any width, with or without blanks."""
        plain = {_plain(head): head for head in (NUMBER, *known)}
        return {
            column: plain[key]
            for column, words in self.heads.items()
            if column not in self.named
            for key in [next((key for key in map(_plain, words) if key in plain), None)]
            if key is not None
        }

    def wanted(self, known: Collection[str]) -> list[str]:
        """The known heads that it asks for, by the words above the sample row and by names in it."""
        plain = {_plain(head): head for head in known}
        names = [name for text in self.named.values() for name in _NAMED.findall(text)]
        found = [*self.columns(known).values(), *(plain[_plain(name)] for name in names if _plain(name) in plain)]
        return [head for head in dict.fromkeys(found) if head in known]

    def unknown(self, known: Collection[str]) -> list[str]:
        """What it asks for that is not known: names in the sample row, and heads of columns, the nearest word of each."""
        plain = {_plain(head) for head in (NUMBER, *known)}
        names = [name for text in self.named.values() for name in _NAMED.findall(text) if _plain(name) not in plain]
        columns = self.columns(known)
        heads = [words[0] for column, words in self.heads.items() if column not in columns and column not in self.named]
        return list(dict.fromkeys((*names, *heads)))


def read_template(data: bytes, path: str, row: int, sheet: str | None = None) -> Template:
    """The template in a file. ``sheet`` names its sheet, by default the first that is shown; ``row`` is the sample row.

    Raises ``UsageError`` if the file is none, or has what inserted rows would spoil.
    """
    require_lxml()
    with _as_spreadsheets_write(path):
        return _read(read_package(data, path), path, row, sheet)


def _read(package: Package, path: str, row: int, sheet: str | None) -> Template:
    sheets = sheets_of(package)
    if not sheets:
        raise UsageError(f"{path} 里没有工作表\n  下一步：用 Excel、WPS 打开看看")
    name = next(iter(sheets)) if sheet is None else sheet
    if name not in sheets:
        raise UsageError(f"{path} 里没有工作表“{name}”\n  有：{'、'.join(sheets)}")
    tree = package.tree(sheets[name])
    refuse(package, sheets[name], name, tree, row)
    shared = shared_texts(package, _related(package, "sharedStrings"))
    texts = _texts(tree, shared, row)
    heads = {column: words for column, words in _heads(tree, texts, row).items() if words}
    named = {column: text for (at, column), text in texts.items() if at == row and _NAMED.search(text)}
    return Template(path, package, name, sheets[name], row, heads, named)


def fill_template(template: Template, table: Table) -> bytes:
    """The workbook with a row for each row of the table in the place of the sample row, which they look like."""
    with _as_spreadsheets_write(template.path):
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
    heads = [column.head for column in table.columns]
    _clear(sample, (*template.columns(heads), *template.named))
    rows = insert_rows(sheet, sample, insertion, lambda name: name == "" or name.casefold() == here)
    styles = Styles.of(package, package.tree(BOOK), _related(package, "styles"))
    _write(template, table, rows, styles)
    raise_rows(sheet, rows, styles)
    if table.merged:
        _merge(template, table, sheet, rows)
    drop_results(sheet)
    trees = {template.part: sheet, **_others(template, insertion), BOOK: _book(package, insertion, here)}
    without = frozenset([_CALC] if _CALC in package.parts else [])
    if without:
        trees[TYPES] = _without(package.tree(TYPES), "PartName")
        trees["xl/_rels/workbook.xml.rels"] = _without(package.tree("xl/_rels/workbook.xml.rels"), "Target")
    return package.changed(trees, without)


@contextmanager
def _as_spreadsheets_write(path: str) -> Iterator[None]:
    """Raise ``UsageError`` for what no spreadsheet would have written into the file, whatever part of this has met it."""
    try:
        yield
    except (ValueError, LookupError, AssertionError, TypeError, AttributeError, OverflowError):
        raise UsageError(f"{path} 的内容不合 Excel 的格式\n  下一步：用 Excel、WPS 打开模板，另存一份") from None


def _clear(sample: "Element", columns: Collection[int]) -> None:
    """Leave nothing in the sample row but formulas of columns that are not filled; make the cells of those that are."""
    for column in columns:
        clear(cell_at(sample, column))
    for cell in sample:
        if child(cell, "f") is None:
            clear(cell)


def _write(template: Template, table: Table, rows: Sequence["Element"], styles: Styles) -> None:
    """Write the values into the rows, which have their cells at the same places."""
    heads = {column.head: nth for nth, column in enumerate(table.columns)}
    places = {column: nth for nth, column in enumerate(columns_of(rows[0]))}
    columns = [(places[column], head) for column, head in template.columns(heads).items()]
    named = [(places[column], text) for column, text in template.named.items()]
    for nth, (row, cells) in enumerate(zip(rows, table.rows, strict=False), 1):
        values = {head: cells[place] for head, place in heads.items()} | {NUMBER: Cell(str(nth), value=nth)}
        for place, head in columns:
            write_cell(row[place], values[head], styles)
        for place, text in named:
            write_cell(row[place], _named_cell(text, values), styles)


def _merge(template: Template, table: Table, sheet: "Element", rows: Sequence["Element"]) -> None:
    """Merge what several rows share in columns that are filled."""
    places = {column.head: nth for nth, column in enumerate(table.columns)}
    again = list(table.continued())
    for column, head in template.columns(places).items():
        nth = places.get(head)
        if nth is None or not table.columns[nth].merged:
            continue
        begins = [at for at, same in enumerate(again) if nth not in same]
        for first, after in zip(begins, [*begins[1:], len(again)], strict=True):
            for row in rows[first + 1 : after]:
                clear(cell_at(row, column))
            if after > first + 1:
                merge_down(sheet, column, template.row + first, template.row + after - 1)


def _named_cell(text: str, values: Mapping[str, Cell]) -> Cell:
    """The cell that a text with names means: the value itself, or the text with the values' texts. What is not known is blank."""
    plain = {_plain(head): cell for head, cell in values.items()}
    if whole := _NAMED.fullmatch(text.strip()):
        return plain.get(_plain(whole[1]), Cell(""))
    return Cell(_NAMED.sub(lambda found: plain.get(_plain(found[1]), Cell("")).text, text))


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
    names = child(book, "definedNames")
    for name in names if names is not None else ():
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


def _texts(sheet: "Element", shared: Sequence[str], row: int) -> dict[tuple[int, int], str]:
    """The texts of the sample row and of the rows above it that may hold its heads, by row and column."""
    found = {}
    for cell in sheet.iter():
        if local(cell) == "c" and cell.get("r"):
            at, column = place_of(cell.get("r", ""))
            if row - _ABOVE <= at <= row and (text := text_of(cell, shared).strip()):
                found[at, column] = text
    return found


def _heads(sheet: "Element", texts: Mapping[tuple[int, int], str], row: int) -> dict[int, list[str]]:
    """The words above the sample row by column, the nearest first. A merged cell says its words in all its columns.

    A cell that is merged over most columns is a title.
    """
    said = dict(texts)
    last = max((column for _, column in texts), default=0)
    merges = child(sheet, "mergeCells")
    for merge in merges if merges is not None else ():
        top, left, bottom, right = box_of(merge.get("ref", "A1"))
        text = texts.get((top, left))
        if text is None:
            continue
        if right - left + 1 > max(last // 2, 1):
            said.pop((top, left), None)
            continue
        rows, columns = range(max(top, row - _ABOVE), min(bottom, row) + 1), range(left, min(right, last) + 1)
        said |= {(at, column): text for at in rows for column in columns}
    above = range(row - 1, max(row - _ABOVE, 1) - 1, -1)
    return {
        column: list(dict.fromkeys(said[at, column] for at in above if (at, column) in said))
        for column in range(1, last + 1)
    }


def _related(package: Package, sort: str) -> str | None:
    """The part of a sort that the workbook points to."""
    found = (r.target for r in package.relations(BOOK) if r.sort == sort and r.target in package.parts)
    return next(islice(found, 1), None)


def _plain(head: str) -> str:
    """A head as it is compared: half-width, without blanks and line ends."""
    return _BLANKS.sub("", normalize("NFKC", head)).casefold()
