"""The rows of a ledger that are no records: sums, notes, signatures, heads that are repeated, and headings over the whole width."""

import re
from collections.abc import Mapping
from typing import Final

from zhenggai.importing.content import Row
from zhenggai.importing.sheets.head_rows import HeadRows, is_repeated

REPEATED: Final = "重复的表头"
_TOTAL = re.compile(r"[(（【]?(小计|合计|总计|共计|累计|本页小计|本页合计)([\d(（:：].*)?[)）】]?[:：]?")
_NOTE = re.compile(r"(注|备注|附注|说明|填表说明|填报说明|填表要求|填报要求|注释)(\d*[:：.、]|\d+$)")
_SIGNATURE = re.compile(
    r".{0,8}(填报人|填表人|制表人|审核人|审批人|负责人|签字|签名|盖章|联系人|联系电话|填报单位|填表单位|填报日期|填表日期|填报|填表|填报时间|制表日期|制表时间|编制单位)"
    r".{0,6}[:：(（].*"
)
_HEADING = re.compile(r"[一二三四五六七八九十]+、|[(（][一二三四五六七八九十]+[)）]|.{2,20}方面$")


def passed_over(row: Row, heads: HeadRows) -> str | None:
    """Why a row is no record; None for a record."""
    texts = list(dict.fromkeys("".join(cell.text.split()) for cell in row.cells if cell.text.strip()))
    if is_repeated(row, heads.heads):
        return REPEATED
    if any(_TOTAL.fullmatch(text) for text in texts[:3]):
        return "合计行"
    if len(texts) <= 2 and _NOTE.match(texts[0]):
        return "注"
    if all(_SIGNATURE.fullmatch(text) for text in texts):
        return "落款"
    return None


def section_of(row: Row, places: Mapping[str, int]) -> str:
    """The text of a row that stands over the width of the table: the same in all its cells, or a heading alone in one."""
    texts = {cell.text.strip() for cell in row.cells if cell.text.strip()}
    if len(texts) != 1 or len(places) < 3 or any(cell.uncalculated for cell in row.cells):
        return ""
    (text,) = texts
    first = next(n for n, cell in enumerate(row.cells) if cell.text.strip())
    is_wide = 2 * sum(cell.covered for cell in row.cells) >= len(row.cells)
    is_apart = first == 0 and first not in (places.get("问题"), places.get("内容")) and not text.isdecimal()
    return text if is_wide or is_apart or _HEADING.match(text) else ""
