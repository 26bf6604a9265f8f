"""A superior's workbook: a text box, rich text, merged heads, a sample row with formulas and drop-downs, totals, and another sheet."""

from collections.abc import Callable, Mapping
from datetime import datetime
from io import BytesIO
from zipfile import ZipFile

import xlsxwriter

SAMPLE = 6
CALC = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<calcChain xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><c r="H6" i="1"/></calcChain>'
)


def superior(more: Callable[[xlsxwriter.Workbook], None] = lambda _: None) -> bytes:
    """The workbook; ``more`` adds to it."""
    file = BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    book.set_properties({"created": datetime(2020, 6, 30)})
    sheet, sums = book.add_worksheet("上报表"), book.add_worksheet("汇 总")
    bold, lined = book.add_format({"bold": True}), book.add_format({"border": 1, "text_wrap": True})
    day = book.add_format({"border": 1, "num_format": 'yyyy"年"m"月"d"日"'})
    rate = book.add_format({"border": 1, "num_format": "0%"})
    sheet.merge_range("A1:H1", "整改情况上报表", bold)
    sheet.write_rich_string("A2", "注意：", bold, "不得", "改动表头")
    sheet.insert_textbox("J1", "填表说明：按月报送", {"height": 60})
    for column, head in enumerate(("序号", "问题", "责任\n单位", "时限")):
        sheet.merge_range(3, column, 4, column, head, lined)
    sheet.merge_range("E4:F4", "进展", lined)
    for column, head in ((4, "截止日"), (5, "进度"), (6, "经费"), (7, "完成比")):
        sheet.write(4, column, head, lined)
    for column, (value, style) in enumerate(
        (
            (1, lined),
            ("（示例）", lined),
            ("某单位", lined),
            ("{{类别}}：{{时限}}", lined),
            (43831, day),
            (0.5, rate),
            (99, lined),
        )
    ):
        sheet.write(SAMPLE - 1, column, value, style)
    sheet.set_row(SAMPLE - 1, 33)
    sheet.write_formula("H6", "=F6/SUM(F$6:F$6)", rate, 1)
    sheet.write("A7", "合计", bold)
    sheet.write_formula("F7", "=AVERAGE(F6:F6)", rate, 0.5)
    sheet.write_formula("G7", '=COUNTA(B6:B6)&"件，见B7"', lined, "1件，见B7")
    sheet.merge_range("A9:H9", "填表人：", lined)
    sheet.merge_range("A7:C7", "合计", bold)
    sheet.data_validation("G6", {"validate": "list", "source": ["是", "否"]})
    sheet.data_validation("A9", {"validate": "length", "criteria": "<", "value": 20})
    sheet.conditional_format("F6", {"type": "cell", "criteria": "<", "value": "$F$7", "format": bold})
    sheet.conditional_format("F7", {"type": "cell", "criteria": "<", "value": 0.5, "format": bold})
    sheet.print_area("A1:H9")
    sheet.set_h_pagebreaks([7])
    sheet.freeze_panes(5, 0)
    sheet.write_url("A10", "internal:'汇 总'!A1", string="见汇总")
    book.define_name("合计数", "=上报表!$G$7")
    sums.write_formula("A1", "=上报表!F7", None, 0.5)
    sums.write_formula("A2", "=SUM(上报表!F6:F6)+B7", None, 0.5)
    book.add_worksheet("说明").write("A1", "不动")
    more(book)
    book.close()
    return with_parts(file.getvalue(), {"xl/calcChain.xml": CALC.encode()}, _with_calc)


def _with_calc(name: str, data: bytes) -> bytes:
    """Point to the order of computing, as Excel does."""
    kind = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/calcChain"
    content = b"application/vnd.openxmlformats-officedocument.spreadsheetml.calcChain+xml"
    if name == "xl/_rels/workbook.xml.rels":
        return data.replace(
            b"</Relationships>",
            b'<Relationship Id="rId99" Type="' + kind + b'" Target="calcChain.xml"/></Relationships>',
        )
    if name == "[Content_Types].xml":
        return data.replace(
            b"</Types>", b'<Override PartName="/xl/calcChain.xml" ContentType="' + content + b'"/></Types>'
        )
    return data


def with_parts(
    data: bytes, more: Mapping[str, bytes], changed: Callable[[str, bytes], bytes] = lambda _, data: data
) -> bytes:
    """The workbook with more parts, and with its own changed by a function of name and bytes."""
    file = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(file, "w") as new:
        for info in old.infolist():
            new.writestr(info, changed(info.filename, old.read(info)))
        for name, part in more.items():
            new.writestr(name, part)
    return file.getvalue()
