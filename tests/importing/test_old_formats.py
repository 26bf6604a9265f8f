"""Old formats are read by LibreOffice where it is installed; a program in its place shows how it is called."""

import socket
import sys
import time
from pathlib import Path

import pytest
from test_reading_files import OLE, said, written
from word_files import paragraph, word_file

from libreoffice import needs_libreoffice
from zhenggai.errors import Exit, ZhenggaiError
from zhenggai.importing.content import Paragraph
from zhenggai.importing.files import read_manuscript, read_sheets
from zhenggai.importing.formats import old_formats

OLD_WORD = OLE + "WordDocument".encode("utf-16-le")
OLD_BOOK = OLE + "Workbook".encode("utf-16-le")
on_unix = pytest.mark.unix("scripts that run by themselves")


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where a program is looked for that is taken for LibreOffice."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.setattr(old_formats, "_USUAL_PLACES", ())
    return folder / "soffice"


def install(program: Path, script: str) -> None:
    program.write_text(f"#!{sys.executable}\nimport sys, pathlib, subprocess, time\n{script}\n", encoding="utf-8")
    program.chmod(0o700)


@pytest.mark.usefixtures("program")
def test_without_libreoffice(tmp_path: Path) -> None:
    path = written(tmp_path, OLD_BOOK, "台账.et")
    with pytest.raises(ZhenggaiError) as refused:
        read_sheets(path)
    assert refused.value.exit_code is Exit.MISSING
    assert said(path, read_sheets) == (
        "X 是旧格式的 Excel 工作簿，要有 LibreOffice 才能读，这台电脑没有装\n  下一步：用 Excel、WPS 打开，另存为 .xlsx"
    )


@on_unix
def test_what_libreoffice_makes_is_read(tmp_path: Path, program: Path) -> None:
    made = written(tmp_path, word_file(paragraph("甲")), "made.docx")
    install(
        program,
        "at = sys.argv.index('--outdir')\n"
        "assert pathlib.Path(sys.argv[-1]).read_bytes().startswith(b'\\xd0\\xcf') and sys.argv[-1].endswith('.doc')\n"
        "out = pathlib.Path(sys.argv[at + 1]); out.mkdir()\n"
        f"(out / 'given.docx').write_bytes(pathlib.Path({str(made)!r}).read_bytes())",
    )
    assert read_manuscript(written(tmp_path, OLD_WORD, "方案.wps")) == (Paragraph("甲", 1),)


@on_unix
def test_what_libreoffice_cannot_read(tmp_path: Path, program: Path) -> None:
    install(program, "sys.exit(1)")
    assert said(written(tmp_path, OLD_WORD, "方案.doc")) == (
        "X 是旧格式的 Word 文件，LibreOffice 读不出来，可能加了密码或已损坏\n  下一步：用 Word、WPS 打开，另存为不加密码的 .docx"
    )


@on_unix
def test_libreoffice_and_what_it_started_are_stopped_in_time(
    tmp_path: Path, program: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pid = tmp_path / "pid"
    install(
        program,
        f"child = subprocess.Popen([{sys.executable!r}, '-c', 'import time; time.sleep(60)'])\n"
        f"pathlib.Path({str(pid)!r}).write_text(str(child.pid)); time.sleep(60)",
    )
    monkeypatch.setattr(old_formats, "_SECONDS", 1)
    assert said(written(tmp_path, OLD_WORD, "方案.doc")).startswith(
        "X 让 LibreOffice 转换了 1 秒还没有转完\n  下一步："
    )
    for _ in range(100):  # until the system has taken it away
        if not Path(f"/proc/{pid.read_text()}/fd").exists():
            return
        time.sleep(0.02)
    raise AssertionError("the child still runs")


@needs_libreoffice
def test_a_page_that_is_called_xls_by_libreoffice(tmp_path: Path) -> None:
    """Web sites export such files as workbooks."""
    table = "<table><tr><td>序号</td><td>措施</td></tr><tr><td>1</td><td>每月学习</td></tr></table>"
    page = f"<html><meta charset='utf-8'><body>{table}</body></html>".encode()
    (sheet,) = read_sheets(written(tmp_path, page, "台账.xls"))
    assert [[cell.text for cell in row.cells] for row in sheet.rows] == [["序号", "措施"], ["1", "每月学习"]]


@needs_libreoffice
@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("台账.xls", "<html><body><table><tr><td>措施</td></tr></table><img src='{url}/a.png'><link rel='stylesheet' href='{url}/b.css'><iframe src='{url}/c'></iframe></body></html>"),
        ("方案.doc", "{{\\rtf1 plan{{\\field{{\\*\\fldinst INCLUDEPICTURE \"{url}/d.png\" \\\\d}}{{\\fldrslt x}}}}}}"),
    ],
)  # fmt: skip
def test_nothing_in_a_file_makes_the_computer_call_out(tmp_path: Path, name: str, text: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.1)
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        file = written(tmp_path, text.format(url=url).encode(), name)
        read_sheets(file) if file.suffix == ".xls" else read_manuscript(file)
        with pytest.raises(TimeoutError):
            listener.accept()
