"""What a template may not have: what rows that are inserted would leave in the wrong place, or would make invalid."""

import re
from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from zhenggai.errors import UsageError
from zhenggai.workbook.package import Package
from zhenggai.workbook.references import ROWS, Insertion, box_of, letters_of, spans_of
from zhenggai.workbook.xml_tree import child, entries, local

if TYPE_CHECKING:
    from zhenggai.office_file import Element

_AGAIN = "用 Excel、WPS 打开模板，{}，另存一份"
_MACROS = ("vbaProject.bin", "macrosheets/", "dialogsheets/")
_OTHER_THAN_NOTE = re.compile(rb'ObjectType="(?!Note")')
_PLACED = frozenset(("oleObjects", "controls", "scenarios"))  # elements of a sheet with objects that have a place


def refuse(package: Package, part: str, name: str, sheet: "Element", row: int) -> None:
    """Raise ``UsageError`` if rows cannot be inserted below a row of the sheet ``part``, which is called ``name``."""
    if found := next(_faults(package, part, name, sheet, row), None):
        what, remedy = found
        raise UsageError(f"模板{what}，没有写入\n  下一步：{remedy}")


def refuse_covered(sheet: "Element", row: int, columns: Collection[int]) -> None:
    """Raise ``UsageError`` if a merged cell would hide what is written into these columns of a row, or of its copies."""
    for merge in entries(sheet, "mergeCells"):
        reference = merge.get("ref", "A1")
        top, left, bottom, right = box_of(reference)
        if not top <= row <= bottom:
            continue
        hidden = [column for column in sorted(columns) if left <= column <= right and (top < bottom or column > left)]
        if hidden:
            raise UsageError(
                f"模板的 {reference} 是合并的，第 {row} 行 {letters_of(hidden[0])} 列的内容会被盖住，没有写入\n"
                f"  下一步：{_AGAIN.format(f'取消 {reference} 的合并')}；或用 --row 写另一行"
            )


def refuse_full(sheet: "Element", insertion: Insertion) -> None:
    """Raise ``UsageError`` if a row with values, or a merged cell, would be moved below the last row of a sheet."""
    first = max(ROWS - insertion.count, insertion.at) + 1
    boxes = [box_of(merge.get("ref", "A1")) for merge in entries(sheet, "mergeCells")]
    full = [bottom for top, _, bottom, _ in boxes if top > insertion.at and bottom >= first]
    for row in reversed(entries(sheet, "sheetData")):
        if (number := int(row.get("r", "0"))) < first:
            break
        full += [number] if any(len(cell) for cell in row) else []
    if full:
        raise UsageError(
            f"模板第 {max(full)} 行有内容，往下移就出了这一页，没有写入\n  下一步：{_AGAIN.format('删去那一行')}"
        )


def _faults(package: Package, part: str, name: str, sheet: "Element", row: int) -> Iterator[tuple[str, str]]:
    """What is wrong, and what to do."""
    if any(mark in path for path in package.parts for mark in _MACROS):
        yield "有宏", _AGAIN.format("另存为不带宏的 .xlsx")
    if any(path.startswith("_xmlsignatures/") for path in package.parts):
        yield "有数字签名，改动会使它失效", _AGAIN.format("去掉签名")
    move_up = _AGAIN.format(f"把它们移到第 {row} 行上面，或移到别的工作表")
    for relation in package.relations(part):
        if relation.target not in package.parts:
            continue
        if relation.sort == "drawing" and _reaches(package.tree(relation.target), row):
            yield f"第 {row} 行下面有图形、图片或文本框", move_up
        if relation.sort in ("comments", "threadedComment") and _has_comment(package.tree(relation.target), row):
            yield f"第 {row} 行下面有批注", _AGAIN.format("删去这些批注")
        if relation.sort == "pivotTable":
            yield "这一页有数据透视表", _AGAIN.format("把它移到别的工作表")
        if relation.sort == "vmlDrawing" and _OTHER_THAN_NOTE.search(package.parts[relation.target].data):
            yield "有控件", _AGAIN.format("删去它们")
    if any(local(element) in _PLACED for element in sheet.iter()):
        yield "有控件、嵌入的对象或方案", _AGAIN.format("删去它们")
    if any(local(element) == "sparkline" and _is_in_row(element, row) for element in sheet.iter()):
        yield f"第 {row} 行有迷你图", _AGAIN.format("删去它")
    for element in sheet.iter():
        if local(element) == "f" and _is_block(element, row):
            yield "有占几行的数组公式，或模拟运算表", _AGAIN.format("换成一格一个公式")
    for path in package.parts:
        if "/charts/chart" in path and _draws_from(package.tree(path), name, row):
            yield f"有图表，画的是第 {row} 行或它下面的数", _AGAIN.format("删去图表")
        if "/pivotCacheDefinition" in path and "_rels" not in path and _caches(package.tree(path), name):
            yield "有数据透视表，用的是这一页的数", _AGAIN.format("删去数据透视表")


def _reaches(drawing: "Element", row: int) -> bool:
    """Whether something that is drawn stands below a row, or reaches there; what has no place among the cells may."""
    places = [
        int(below.text or "0")
        for anchor in drawing.iter()
        if local(anchor) in ("from", "to")
        for below in anchor
        if local(below) == "row"
    ]
    return any(place >= row for place in places) or any(local(anchor) == "absoluteAnchor" for anchor in drawing)


def _has_comment(comments: "Element", row: int) -> bool:
    return any(
        box_of(comment.get("ref", "A1"))[2] > row
        for comment in comments.iter()
        if local(comment) in ("comment", "threadedComment")
    )


def _is_in_row(sparkline: "Element", row: int) -> bool:
    places = child(sparkline, "sqref")
    return places is not None and any(box_of(place)[0] == row for place in (places.text or "").split())


def _is_block(formula: "Element", row: int) -> bool:
    if formula.get("t") == "dataTable":
        return True
    if formula.get("t") != "array":
        return False
    top, _, bottom, _ = box_of(formula.get("ref", "A1"))
    return top <= row < bottom or top < row == bottom


def _draws_from(chart: "Element", name: str, row: int) -> bool:
    spans = (span for element in chart.iter() if local(element) == "f" for span in spans_of(element.text or ""))
    return any(sheet.casefold() == name.casefold() and bottom >= row for sheet, _, bottom in spans)


def _caches(cache: "Element", name: str) -> bool:
    sources = (element for element in cache.iter() if local(element) == "worksheetSource")
    return any(source.get("sheet", "").casefold() == name.casefold() for source in sources)
