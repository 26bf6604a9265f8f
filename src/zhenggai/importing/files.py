"""Other people's files: which kind one is, and what stands in it."""

from pathlib import Path

from zhenggai.errors import UsageError
from zhenggai.importing.content import Manuscript, Sheet
from zhenggai.importing.reading_process import read_apart
from zhenggai.importing.text_file import read_csv, read_text
from zhenggai.office_file import EXCEL, WORD, parts_of

_ZIP = b"PK\x03\x04"


def read_manuscript(path: Path) -> Manuscript:
    """The paragraphs and tables of a text or Word file, without blank paragraphs.

    Raises ``UsageError`` for a file that cannot be read, with what to do about it.
    """
    data = _bytes(path)
    if not data.startswith(_ZIP):
        return read_text(data, str(path))
    parts_of(data, str(path), WORD)
    return read_apart("word", data, str(path), WORD)


def read_sheets(path: Path) -> tuple[Sheet, ...]:
    """The sheets of a workbook in their order, or the only one of a CSV file. Raises as ``read_manuscript`` does."""
    data = _bytes(path)
    if not data.startswith(_ZIP):
        return (read_csv(data, str(path)),)
    parts_of(data, str(path), EXCEL)
    return tuple(item for item in read_apart("excel", data, str(path), EXCEL) if isinstance(item, Sheet))


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        raise UsageError(f"{path} 读不出来\n  下一步：看看文件名对不对") from None
