"""Word files laid out by a real program: LibreOffice makes pages of them, pdftotext reads those."""

import re
import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest

from libreoffice import converted, needs_libreoffice
from small_repo import SHIPPED, ledger_in
from zhenggai.document import Document, Heading, Para
from zhenggai.render.docx import docx_of
from zhenggai.views.changes_since_report import baseline_of
from zhenggai.views.periodical import periodical
from zhenggai.views.report_period import WEEK, period_of

PDFTOTEXT = shutil.which("pdftotext")
pytestmark = [needs_libreoffice, pytest.mark.skipif(PDFTOTEXT is None, reason="pdftotext is not installed")]
LINES, CHARACTERS = 22, 28


def pages(folder: Path, document: Document) -> list[list[str]]:
    """The lines of each page without its number; blanks are left out, since there are gaps between letters."""
    assert PDFTOTEXT
    (folder / "报告.docx").write_bytes(docx_of(document))
    path = converted(folder, ["报告.docx"], "pdf") / "报告.pdf"
    read = subprocess.run([PDFTOTEXT, "-layout", path, "-"], check=True, capture_output=True)
    of_pages = [
        [re.sub(r"\s", "", line) for line in page.split("\n") if line.strip()]
        for page in read.stdout.decode().split("\f")[:-1]
    ]
    assert [page[-1] for page in of_pages] == [f"—{n}—" for n in range(1, len(of_pages) + 1)]
    return [page[:-1] for page in of_pages]


def test_a_page_has_22_lines_of_28_characters(tmp_path: Path) -> None:
    first, second = pages(tmp_path, Document("", (Para("整" * (LINES * CHARACTERS - 2)), Para("改" * 10))))
    assert [len(line) for line in first] == [CHARACTERS - 2, *[CHARACTERS] * (LINES - 1)]
    assert second == ["改" * 10]


def test_a_heading_goes_with_what_it_is_above(tmp_path: Path) -> None:
    text = [Para("整") for _ in range(LINES - 2)]
    first, second = pages(tmp_path, Document("", (*text, Heading("一、甲"), Heading("（一）乙", 2), Para("丙"))))
    assert len(first) == LINES - 2
    assert second == ["一、甲", "（一）乙", "丙"]


def test_the_shipped_weekly_report_is_ready_to_send(tmp_path: Path) -> None:
    snapshot = ledger_in(SHIPPED).snapshot(date(2020, 6, 28))
    report = periodical(snapshot, baseline_of(snapshot), period_of(WEEK, snapshot.plan, snapshot.as_of))
    found = pages(tmp_path, report.document())
    head = ["基层党建整改工作简报", "第13期", "县委组织部2020年6月28日"]
    assert found[0][:5] == [*head, "基层党建问题整改专项行动方案周报", "（第13期）"]
    assert found[-1][-1] == "县委组织部2020年6月28日印发"
    everything = "\n".join(line for page in found for line in page)
    assert "…" not in everything
    assert not [page[-1] for page in found if re.match("[一二三四五六]、|（[一二三四五六]）", page[-1])]
    attached = next(n for n, page in enumerate(found) if page[0] == "附件：台账")
    assert all(any("措施内容任务" in line for line in page[:4]) for page in found[attached:])
