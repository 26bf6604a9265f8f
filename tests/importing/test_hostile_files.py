"""Files that somebody made to do harm end in one sentence with a next step; those that only look like it are read."""

import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hostile import HARMLESS_WORDS, HARMLESS_WORKBOOKS, WORDS, WORKBOOKS

from zhenggai.errors import UsageError
from zhenggai.importing import files
from zhenggai.importing.content import Manuscript
from zhenggai.importing.files import read_manuscript, read_sheets
from zhenggai.importing.formats.content_lines import from_lines, to_lines
from zhenggai.importing.formats.excel_file import read_excel
from zhenggai.importing.formats.word_file import read_word
from zhenggai.office_file import WORD, OfficeFormat

SENTENCE = re.compile(r"[^\n]+\n  下一步：[^\n]+")


@pytest.fixture
def in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the child would read is read here, which takes no time to start; its failures are those of a child."""

    def read(data: bytes, path: str, wanted: OfficeFormat) -> Manuscript:
        try:
            content = read_word(data) if wanted is WORD else read_excel(data)
            return from_lines("".join(to_lines(content)).encode())
        except Exception:
            raise UsageError(f"{path} 读不出来\n  {wanted.remedy}") from None

    monkeypatch.setattr(files, "read_apart", read)


def refusal(read: Callable[[Path], object], path: Path, data: bytes) -> str:
    """The sentence by which a file is refused, in time; nothing else is written beside it."""
    path.write_bytes(data)
    begun = time.process_time()
    with pytest.raises(UsageError) as refused:
        read(path)
    assert time.process_time() - begun < 2
    assert list(path.parent.iterdir()) == [path]
    said = str(refused.value)
    assert SENTENCE.fullmatch(said)
    assert "/etc/passwd" not in said
    return said


@pytest.mark.usefixtures("in_this_process")
@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("name", WORDS)
def test_a_hostile_word_file_is_refused(tmp_path: Path, name: str) -> None:
    refusal(read_manuscript, tmp_path / "方案.docx", WORDS[name]())


@pytest.mark.usefixtures("in_this_process")
@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("name", WORKBOOKS)
def test_a_hostile_workbook_is_refused(tmp_path: Path, name: str) -> None:
    refusal(read_sheets, tmp_path / "台账.xlsx", WORKBOOKS[name]())


@pytest.mark.usefixtures("in_this_process")
@pytest.mark.parametrize("name", HARMLESS_WORDS)
def test_a_word_file_that_only_looks_dangerous_is_read(tmp_path: Path, name: str) -> None:
    path = tmp_path / "方案.docx"
    path.write_bytes(HARMLESS_WORDS[name]())
    begun = time.process_time()
    assert read_manuscript(path)
    assert time.process_time() - begun < 2


@pytest.mark.usefixtures("in_this_process")
@pytest.mark.parametrize("name", HARMLESS_WORKBOOKS)
def test_a_workbook_that_only_looks_dangerous_is_read(tmp_path: Path, name: str) -> None:
    path = tmp_path / "台账.xlsx"
    path.write_bytes(HARMLESS_WORKBOOKS[name]())
    begun = time.process_time()
    assert read_sheets(path)[0].rows
    assert time.process_time() - begun < 2


def test_what_a_child_cannot_read_or_finish(tmp_path: Path) -> None:
    said = refusal(read_sheets, tmp_path / "台账.xlsx", WORKBOOKS["a text said 1,000 times"]())
    assert "内容太多，读不完" in said
    said = refusal(read_sheets, tmp_path / "台账.xlsx", WORKBOOKS["a style that there is not"]())
    assert "读不出来，可能已损坏" in said
