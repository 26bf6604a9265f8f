"""Files of the kinds that can be read, made here, as paragraphs and cells."""

import os
from collections.abc import Callable
from pathlib import Path

import docx
import openpyxl
import pytest
from excel_files import excel_file, sheet_xml
from word_files import packed, paragraph, word_file, word_parts

from zhenggai.errors import MissingLibrary, ZhenggaiError
from zhenggai.importing.content import Cell, Paragraph, Row, Sheet
from zhenggai.importing.files import read_manuscript, read_sheets
from zhenggai.importing.formats import reading_process, text_file

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
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


def said(path: Path, read: Callable[[Path], object] = read_manuscript) -> str:
    """The message about a file that cannot be read."""
    with pytest.raises(ZhenggaiError) as refused:
        read(path)
    return str(refused.value).replace(str(path), "X")


def written(folder: Path, data: bytes, name: str = "方案.docx") -> Path:
    """A file with these bytes."""
    path = folder / name
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "X 是空的\n  下一步：看看是不是选错了文件"),
        (b"\r\n \0\0", "X 是空的\n  下一步：看看是不是选错了文件"),
        (b"%PDF-1.4", "X 是 PDF，读不了\n  下一步：找它的 Word 原件；没有的，用 WPS 转成 Word，另存为 .docx，核对后再读"),
        (b"\x89PNG\r\n", "X 是图片，读不了\n  下一步：找它的 Word 或 Excel 原件；没有的，用 WPS 识别成文字，核对后再读"),
        (packed({"甲.docx": b""}), "X 是压缩包，读不了\n  下一步：先解压，再写里面的文件名"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "X 是加了密码的文件，读不了\n  下一步：用 WPS 打开，去掉密码，另存一份"),
        (OLE, "X 是旧格式或加了密码的文件，读不了\n  下一步：用 WPS 打开，另存为不加密码的 .docx 或 .xlsx"),
        (b"PK\x03\x04", "X 是损坏的文件，也许没有传完，读不了\n  下一步：重新取一份；打得开的，用 WPS 另存一份"),
        (b"\xff\xfe\x00\xd8\x01", "X 不是文本，或看不出用的什么编码\n  下一步：用记事本打开，另存为 UTF-8"),
        (excel_file(sheet_xml("")), 'X 是 Excel 工作簿\n  下一步：zhenggai import "X"'),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_has_a_next_step(tmp_path: Path, data: bytes, message: str) -> None:
    assert said(written(tmp_path, data)) == message


def test_a_word_file_is_no_workbook(tmp_path: Path) -> None:
    path = written(tmp_path, word_file(paragraph("甲")))
    assert said(path, read_sheets) == 'X 是 Word 文件\n  下一步：zhenggai draft "X"'


def test_what_is_no_file(tmp_path: Path) -> None:
    assert said(tmp_path) == "X 是文件夹\n  下一步：写里面的文件名"
    assert said(tmp_path / "没有.docx") == "没有 X 这个文件\n  下一步：核对文件名；把文件拖进窗口，能得到完整的路径"
    assert said(written(tmp_path, b"1", "~$方案.docx")).startswith("X 是 Word、WPS 打开文件时的临时文件\n  下一步：")
    assert "\n  下一步：" in said(tmp_path / "有\0.docx")


@pytest.mark.unix("pipes among its files")
def test_a_pipe_and_a_loop_of_links(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "管道.docx")
    (tmp_path / "环.docx").symlink_to(tmp_path / "环.docx")
    assert said(tmp_path / "管道.docx") == "X 不是普通文件\n  下一步：写一个文件的名字"
    assert "\n  下一步：" in said(tmp_path / "环.docx")


def test_a_huge_file_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "台账.xlsx"
    with path.open("wb") as file:
        file.truncate(51_000_000)
    assert said(path) == "X 太大，超过 50 MB\n  下一步：删去用不着的内容、图片，另存一份"


@pytest.mark.parametrize(("reader", "library"), [(read_manuscript, "python-docx"), (read_sheets, "openpyxl")])
def test_a_library_that_is_not_installed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, reader: Callable[[Path], object], library: str
) -> None:
    monkeypatch.setattr(reading_process, "find_spec", lambda _: None)
    data = word_file(paragraph("甲")) if reader is read_manuscript else excel_file(sheet_xml(""))
    with pytest.raises(MissingLibrary, match=library):
        reader(written(tmp_path, data))


def test_a_file_with_another_ending_is_read_as_what_it_is(tmp_path: Path) -> None:
    assert read_manuscript(written(tmp_path, word_file(paragraph("甲")), "方案.doc")) == (Paragraph("甲", 1),)
    assert read_manuscript(written(tmp_path, "甲".encode(), "方案.doc")) == (Paragraph("甲", 1),)
    assert read_sheets(written(tmp_path, excel_file(sheet_xml("")), "台账.csv")) == (Sheet("表1", ()),)


def test_csv_of_our_own_has_marks_that_are_taken_off(tmp_path: Path) -> None:
    """What a spreadsheet would run has an apostrophe before it, what it would take for a day a tab after it."""
    (sheet,) = read_sheets(written(tmp_path, b"'=1+1,1-2\t,'quoted'\n", "台账.csv"))
    assert [cell.text for cell in sheet.rows[0].cells] == ["=1+1", "1-2", "'quoted'"]


def test_csv_whose_field_never_ends(tmp_path: Path) -> None:
    path = written(tmp_path, b'a,b\n1,"' + b"x" * 1_100_000, "台账.csv")
    assert said(path, read_sheets) == "X:2: 这一行读不成表格\n  下一步：用 Excel、WPS 打开，另存为 .xlsx"


def test_a_text_or_table_without_end_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert said(written(tmp_path, b"1." * 300_000)) == "X 太长，不像一份方案\n  下一步：只留方案，另存一份"
    assert said(written(tmp_path, b"1\n" * 5_500_000)).startswith("X 太大，文本超过 10 MB\n  下一步：")
    monkeypatch.setattr(text_file, "_MOST_ROWS", 10)
    path = written(tmp_path, b"1,2\n" * 11, "台账.csv")
    assert said(path, read_sheets) == "X 的行太多，读不完\n  下一步：删去用不着的行，或分成几个文件"


def test_csv_is_cut_at_line_ends_only(tmp_path: Path) -> None:
    (sheet,) = read_sheets(written(tmp_path, "甲\u2028乙,丙\x0b丁\r\n戊".encode(), "台账.csv"))
    assert [[cell.text for cell in row.cells] for row in sheet.rows] == [["甲\n乙", "丙\n丁"], ["戊"]]


def test_cells_after_an_empty_one_that_are_counted_from_it(tmp_path: Path) -> None:
    rows = '<row r="1"><c r="B1" s="0"/><c t="str"><v>甲</v></c></row><row r="2"/><row><c t="str"><v>乙</v></c></row>'
    (sheet,) = read_sheets(written(tmp_path, excel_file(sheet_xml(rows)), "台账.xlsx"))
    assert sheet.rows == (Row(1, (Cell(""), Cell(""), Cell("甲"))), Row(3, (Cell("乙"),)))


def test_a_markdown_file_is_read_without_its_marks(tmp_path: Path) -> None:
    text = "# 方案\n\n---\n## 一、**学习**不实\n- 1\\. 每月`一次`\n> 引文\n| 序号 | 措施 |\n|---|:-:|\n| 1 | 甲<br>乙 |\n完"
    assert read_manuscript(written(tmp_path, text.encode(), "方案.md")) == (
        Paragraph("方案", 1),
        Paragraph("一、学习不实", 4),
        Paragraph("1. 每月一次", 5),
        Paragraph("引文", 6),
        Sheet("", (Row(7, (Cell("序号"), Cell("措施"))), Row(9, (Cell("1"), Cell("甲\n乙"))))),
        Paragraph("完", 10),
    )


def test_a_library_that_does_not_load(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is installed, but not what it needs itself."""
    (tmp_path / "lib").mkdir()
    (tmp_path / "lib" / "openpyxl.py").write_text("raise ImportError('DLL load failed')", "utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "lib"))
    with pytest.raises(MissingLibrary, match="openpyxl"):
        read_sheets(written(tmp_path, excel_file(sheet_xml("")), "台账.xlsx"))


def test_a_part_in_gbk(tmp_path: Path) -> None:
    parts = word_parts(paragraph("甲"))
    xml = '<?xml version="1.0" encoding="GBK"?>' + parts["word/document.xml"].decode()
    assert read_manuscript(written(tmp_path, packed(parts | {"word/document.xml": xml.encode("gbk")}))) == (
        Paragraph("甲", 1),
    )
