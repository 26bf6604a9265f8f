"""The cost of reading other people's files: CPU time of this process and of the one that reads, and the peak memory of each.

``python benchmarks/importing.py [--rows 2000] [--paragraphs 1000]``. The ledger has 15 columns, borders on every cell, days, shares and
merged problems; the paper is numbered automatically; the others are made to do harm. Target: 1.5 s for the ledger, 2 s and 200 MB for all.
"""

import argparse
import resource
import subprocess
import sys
from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZIP_DEFLATED, ZipFile

import docx
import xlsxwriter
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from zhenggai.errors import UsageError
from zhenggai.importing.files import read_manuscript, read_sheets

_COLUMNS = 15
_SHEET = "xl/worksheets/sheet1.xml"


def ledger(rows: int, blank: int = 0) -> bytes:
    """A ledger in a workbook, with so many rows that are only formatted below it."""
    file = BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        sheet = book.add_worksheet("台账")
        plain, day, share = (
            book.add_format({"border": 1, **more}) for more in ({}, {"num_format": 31}, {"num_format": 9})
        )
        sheet.write_row(0, 0, ["序号", "反馈问题", "整改措施", *(f"第{n}列" for n in range(4, _COLUMNS + 1))])
        for nth in range(1, rows + 1):
            sheet.write_number(nth, 0, nth, plain)
            sheet.write_string(nth, 2, f"完善第{nth}项制度，按月督促检查，抓好落实", plain)
            for column in range(3, _COLUMNS, 3):
                sheet.write_datetime(nth, column, _day(nth), day)
                sheet.write_number(nth, column + 1, nth % 100 / 100, share)
                sheet.write_string(nth, column + 2, f"县单位{nth % 60}、县局{column}", plain)
        for top in range(1, rows - 3, 5):
            sheet.merge_range(top, 1, top + 4, 1, f"问题{top}抓得不紧", plain)
        for nth in range(rows + 1, rows + blank + 1):
            for column in range(_COLUMNS):
                sheet.write_blank(nth, column, None, plain)
    return file.getvalue()


def _day(nth: int) -> date:
    return date(2024, 1, 1) + timedelta(nth % 300)


def paper(paragraphs: int) -> bytes:
    """A paper whose paragraphs are numbered automatically."""
    word = docx.Document()
    for nth in range(paragraphs):
        element = word.add_paragraph(
            f"完善第{nth}项制度，按月督促检查。（责任单位：县委办公室、县财政局；完成时限：2024年6月底前）"
        )._p
        properties, numbering = element.get_or_add_pPr(), OxmlElement("w:numPr")
        for name, value in (("w:ilvl", 0), ("w:numId", 1)):
            setting = OxmlElement(name)
            setting.set(qn("w:val"), str(value))
            numbering.append(setting)
        properties.append(numbering)
    file = BytesIO()
    word.save(file)
    return file.getvalue()


def with_sheet(change: Callable[[bytes], bytes]) -> bytes:
    """A small ledger whose sheet was changed."""
    file = BytesIO()
    with ZipFile(BytesIO(ledger(5))) as given, ZipFile(file, "w", ZIP_DEFLATED) as made:
        for name in given.namelist():
            data = given.read(name)
            made.writestr(name, change(data) if name == _SHEET else data)
    return file.getvalue()


def _with_many_rows(xml: bytes) -> bytes:
    rows = b"".join(b'<row r="%d"><c r="A%d"><v>%d</v></c></row>' % (n, n, n * 7919) for n in range(100, 900_000))
    return xml.replace(b"</sheetData>", rows + b"</sheetData>")


def _measure(suffix: str, data: bytes) -> None:
    """Read a file in this process, which was started for it alone, and print what that took."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"file{suffix}"
        path.write_bytes(data)
        del data
        try:
            read_manuscript(path) if suffix == ".docx" else read_sheets(path)
            end = "read"
        except UsageError:
            end = "refused"
    usages = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    seconds = sum(usage.ru_utime + usage.ru_stime for usage in usages)
    print(f"{end}: {seconds:.2f} s CPU, {_own_peak():.0f} MB, the child {usages[1].ru_maxrss * 1024 / 1e6:.0f} MB")


def _own_peak() -> float:
    """The peak of this process, in MB, as Linux says it; that of ``getrusage`` may be the peak of whatever started it."""
    lines = Path("/proc/self/status").read_text("ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:")) * 1024 / 1e6


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=2_000)
    parser.add_argument("--paragraphs", type=int, default=1_000)
    parser.add_argument("--measure", metavar="SUFFIX", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.measure:
        _measure(given.measure, sys.stdin.buffer.read())
        return
    files: dict[str, tuple[str, Callable[[], bytes]]] = {
        f"ledger, {given.rows} rows": (".xlsx", lambda: ledger(given.rows)),
        "the same, 10,000 formatted rows below": (".xlsx", lambda: ledger(given.rows, 10_000)),
        f"paper, {given.paragraphs} paragraphs": (".docx", lambda: paper(given.paragraphs)),
        "all cells merged": (
            ".xlsx",
            lambda: with_sheet(lambda xml: xml.replace(b'ref="B2:B6"', b'ref="A1:XFD1048576"')),
        ),
        "900,000 rows": (".xlsx", lambda: with_sheet(_with_many_rows)),
    }
    for name, (suffix, make) in files.items():
        done = subprocess.run(
            [sys.executable, __file__, "--measure", suffix], input=make(), stdout=subprocess.PIPE, check=True
        )
        print(f"{name}: {done.stdout.decode().strip()}")


if __name__ == "__main__":
    main()
