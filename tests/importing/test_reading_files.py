"""Files of the kinds that can be read, made here, as paragraphs and cells."""

from pathlib import Path

import docx
import openpyxl
import pytest

from zhenggai.importing.content import Cell, Paragraph, Row, Sheet
from zhenggai.importing.files import read_manuscript, read_sheets

LINES = ("一、学习抓得不紧", "", "1.每月集中学习一次。（责任单位：办公室）")
PARAGRAPHS = (Paragraph(LINES[0], 1), Paragraph(LINES[2], 3))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_text_file(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "方案.txt"
    path.write_bytes("\r\n".join(LINES).encode(encoding))
    assert read_manuscript(path) == PARAGRAPHS


def test_a_word_file(tmp_path: Path) -> None:
    word = docx.Document()
    for line in LINES:
        word.add_paragraph(line)
    word.save(str(tmp_path / "方案.docx"))
    assert read_manuscript(tmp_path / "方案.docx") == PARAGRAPHS


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_a_csv_file(tmp_path: Path, encoding: str, delimiter: str) -> None:
    path = tmp_path / "台账.csv"
    path.write_bytes(f'序号{delimiter}措施\r\n\r\n1{delimiter}"甲，\n乙"\r\n'.encode(encoding))
    rows = (Row(1, (Cell("序号"), Cell("措施"))), Row(3, (Cell("1"), Cell("甲，\n乙"))))
    assert read_sheets(path) == (Sheet("", rows),)


def test_a_workbook(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "台账"
    sheet.append(["序号", "措施"])
    book.save(tmp_path / "台账.xlsx")
    assert read_sheets(tmp_path / "台账.xlsx") == (Sheet("台账", (Row(1, (Cell("序号"), Cell("措施"))),)),)
