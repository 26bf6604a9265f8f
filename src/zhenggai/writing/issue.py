"""Stores an issued report. It is written once and never changed."""

from pathlib import Path

from zhenggai.errors import UsageError
from zhenggai.model.issued_report import Issue
from zhenggai.reading.issued_reports import Shelf, issue_bytes, issued_words
from zhenggai.writing.atomic import read_bytes, writing


def keep_issue(shelf: Shelf, issue: Issue) -> Path:
    """Write an issued report. Returns the path of its text.

    The text is written first, then the JSON file, whose presence makes the number issued. After a kill between the two,
    the next call completes the pair. Raises ``UsageError`` for a number that is issued already, and if another text is at
    the path.
    """
    text = (issue.text or "").encode("utf-8", "surrogateescape")
    target, record = (shelf.root / shelf.path(issue.number, ending) for ending in ("txt", "json"))
    with writing(shelf.root) as changes:
        if read_bytes(record) is not None:
            raise UsageError(issued_already(shelf, issue.number))
        old = read_bytes(target)
        if old is not None and old.replace(b"\r\n", b"\n") != text:
            where = shelf.path(issue.number, "txt")
            raise UsageError(f"{where} 已在，内容与这次的不同，没有写入\n  下一步：核对后把它改名或删去，再印发")
        changes.replace(target, old, text if old is None else old)
        changes.replace(record, None, issue_bytes(issue))
    return target


def issued_already(shelf: Shelf, number: int) -> str:
    """The message for a number that is issued already, with what to do instead."""
    when = issued_words(shelf, number)
    return f"{shelf.title}第 {number} 期{when}，不再重新生成\n  下一步：用 --compare {number} 看印发后的变化"
