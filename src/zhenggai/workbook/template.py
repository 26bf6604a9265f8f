"""A place's own workbook as a template: its sample row, and which columns the heads above it ask for."""

import itertools
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from zhenggai.errors import UsageError
from zhenggai.frozen import frozen
from zhenggai.heads import plain_head
from zhenggai.render import Library, require
from zhenggai.workbook.cells import shared_texts, text_of
from zhenggai.workbook.insertion import number_rows
from zhenggai.workbook.package import Package, read_package, related, sheets_of
from zhenggai.workbook.references import box_of, place_of
from zhenggai.workbook.refusals import refuse
from zhenggai.workbook.xml_tree import entries, local

if TYPE_CHECKING:
    from zhenggai.office_file import Element

NUMBER = "序号"
"""The head of a column that counts the rows; no table needs it."""
_ABOVE = 4  # so many rows above the sample may belong to its heads
NAMED = re.compile(r"\{\{\s*([^{}]+?)\s*\}\}")
_LXML = Library("lxml", "lxml")


@frozen
class Template:
    """A workbook with a sample row.

    ``heads``: the number of each column that has words above the sample row, with these, the nearest first; ``common``: the words
    that stand above several columns, each with these; ``named``: the text of each cell of the sample row that names columns:
    {{责任单位}}.
    """

    path: str
    package: Package
    sheet: str
    part: str
    row: int
    heads: Mapping[int, Sequence[str]]
    common: Sequence[tuple[str, range]]
    named: Mapping[int, str]

    def words(self) -> list[str]:
        """What it may ask for by: the words above its columns, and the names in its sample row."""
        names = [name for text in self.named.values() for name in NAMED.findall(text)]
        return list(
            dict.fromkeys(
                (*(word for words in self.heads.values() for word in words), *(word for word, _ in self.common), *names)
            )
        )

    def columns(self, known: Collection[str]) -> dict[int, str]:
        """Which of the known heads each of its columns asks for. They are compared by ``plain_head``.

        A common head names the first of its columns that has no known head of its own.
        """
        plain = {plain_head(head): head for head in (NUMBER, *known)}
        found = {
            column: plain[key]
            for column, words in self.heads.items()
            if column not in self.named
            for key in [next((key for key in map(plain_head, words) if key in plain), None)]
            if key is not None
        }
        for word, columns in self.common:
            head = plain.get(plain_head(word))
            if head is not None and head not in {found.get(column) for column in columns}:
                free = (c for c in columns if c in self.heads and c not in found and c not in self.named)
                found |= dict.fromkeys(itertools.islice(free, 1), head)
        return dict(sorted(found.items()))

    def wanted(self, known: Collection[str]) -> list[str]:
        """The known heads that it asks for, by the words above the sample row and by names in it."""
        plain = {plain_head(head): head for head in known}
        names = [name for text in self.named.values() for name in NAMED.findall(text)]
        found = [
            *self.columns(known).values(),
            *(plain[plain_head(name)] for name in names if plain_head(name) in plain),
        ]
        return [head for head in dict.fromkeys(found) if head in known]

    def unknown(self, known: Collection[str]) -> list[str]:
        """What it asks for that is not known: names in the sample row, and heads of columns, the nearest word of each."""
        plain = {plain_head(head) for head in (NUMBER, *known)}
        names = [name for text in self.named.values() for name in NAMED.findall(text) if plain_head(name) not in plain]
        columns = self.columns(known)
        heads = [words[0] for column, words in self.heads.items() if column not in columns and column not in self.named]
        return list(dict.fromkeys((*names, *heads)))


def read_template(data: bytes, path: str, row: int, sheet: str | None = None) -> Template:
    """The template in a file. ``sheet`` names its sheet, by default the first that is shown; ``row`` is the sample row.

    Raises ``UsageError`` if the file is none, or has what inserted rows would spoil.
    """
    require(_LXML, "模板")
    with as_spreadsheets_write(path):
        return _read(read_package(data, path), path, row, sheet)


def _read(package: Package, path: str, row: int, sheet: str | None) -> Template:
    sheets = sheets_of(package)
    if not sheets:
        raise UsageError(f"{path} 里没有工作表\n  下一步：用 Excel、WPS 打开看看")
    name = next(iter(sheets)) if sheet is None else sheet
    if name not in sheets:
        raise UsageError(f"{path} 里没有工作表“{name}”\n  下一步：--sheet 写其中一张：{'、'.join(sheets)}")
    tree = package.tree(sheets[name])
    refuse(package, sheets[name], name, tree, row)
    number_rows(entries(tree, "sheetData"))
    shared = shared_texts(package, related(package, "sharedStrings"))
    texts = _texts(tree, shared, row)
    heads = {column: words for column, words in _heads(tree, texts, row).items() if words}
    common = _common(tree, texts, row)
    named = {column: text for (at, column), text in texts.items() if at == row and NAMED.search(text)}
    return Template(path, package, name, sheets[name], row, heads, common, named)


@contextmanager
def as_spreadsheets_write(path: str) -> Iterator[None]:
    """Raise ``UsageError`` for what no spreadsheet would have written into the file, whatever part of this has met it."""
    try:
        yield
    except (ValueError, LookupError, AssertionError, TypeError, AttributeError, OverflowError):
        raise UsageError(f"{path} 的内容不合 Excel 的格式\n  下一步：用 Excel、WPS 打开模板，另存一份") from None


def _texts(sheet: "Element", shared: Sequence[str], row: int) -> dict[tuple[int, int], str]:
    """The texts of the sample row and of the rows above it that may hold its heads, by row and column."""
    found = {}
    for cell in sheet.iter():
        if local(cell) == "c":
            at, column = place_of(cell.get("r", ""))
            if row - _ABOVE <= at <= row and (text := text_of(cell, shared).strip()):
                found[at, column] = text
    return found


def _heads(sheet: "Element", texts: Mapping[tuple[int, int], str], row: int) -> dict[int, list[str]]:
    """The words above the sample row by column, the nearest first. A cell that is merged over most columns is a title."""
    said = dict(texts)
    last = max((column for _, column in texts), default=0)
    for text, (top, left, bottom, right) in _merged(sheet, texts):
        if _is_title(left, right, last):
            said.pop((top, left), None)
            continue
        said |= {(at, left): text for at in range(max(top, row - _ABOVE), min(bottom, row) + 1)}
    above = range(row - 1, max(row - _ABOVE, 1) - 1, -1)
    return {
        column: list(dict.fromkeys(said[at, column] for at in above if (at, column) in said))
        for column in range(1, last + 1)
    }


def _common(sheet: "Element", texts: Mapping[tuple[int, int], str], row: int) -> list[tuple[str, range]]:
    """The words of cells above the sample row that are merged over several columns, with these; the nearest first."""
    last = max((column for _, column in texts), default=0)
    found = [
        (bottom, text, range(left, right + 1))
        for text, (_, left, bottom, right) in _merged(sheet, texts)
        if bottom < row and left < right and not _is_title(left, right, last)
    ]
    return [(text, columns) for _, text, columns in sorted(found, key=lambda entry: -entry[0])]


def _merged(sheet: "Element", texts: Mapping[tuple[int, int], str]) -> Iterator[tuple[str, tuple[int, int, int, int]]]:
    """The texts that stand in merged cells, with their places."""
    for merge in entries(sheet, "mergeCells"):
        box = box_of(merge.get("ref", "A1"))
        if text := texts.get(box[:2]):
            yield text, box


def _is_title(left: int, right: int, last: int) -> bool:
    """Whether a cell is merged over most columns."""
    return right - left + 1 > max(last // 2, 1)
