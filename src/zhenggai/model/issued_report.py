"""Issued reports as they are kept: the text that went out, when, its figures and its document."""

from collections.abc import Mapping
from datetime import date
from hashlib import sha256
from typing import Any, NamedTuple

from zhenggai.document import Document
from zhenggai.frozen import frozen

REPORT_TITLE = "整改落实情况报告"
"""The title of ``report``; 周报 and 月报 have theirs from their cadence."""

TaskName = tuple[str, str]  # number of the measure, name of the unit it was assigned to


class Reached(NamedTuple):
    """The state of a task in an issued report: its name, and what reports count separately."""

    state: str
    completed: bool
    closed: bool
    basically_done: bool
    overdue: bool
    round: int
    extensions: int
    returns: int


@frozen(kw_only=True)
class Issue:
    """An issued report. It is read back as it was, never computed again.

    - ``kind``: ``week``, ``month`` or ``report``; ``title``: 周报, 月报 or 整改落实情况报告.
    - ``text``: the present text of its file under 报告/, None if that is missing.
    - ``digest``: the SHA-256 of the text that went out, in hex.
    - ``record``: the report's JSON; ``tasks``: the state of each task in it.
    - ``errors``: how many errors the data had then.
    - ``document``: what went out, for any format; None for a report that was issued before documents were kept.
    - ``answers``: the name of the plan's 报送 that it is, or None.
    """

    kind: str
    title: str
    number: int
    start: date
    end: date
    as_of: date
    known_by: date
    issued: date
    text: str | None
    digest: str
    commit: str | None
    errors: int
    record: Mapping[str, Any]
    tasks: Mapping[TaskName, Reached]
    document: Document | None = None
    answers: str | None = None

    @property
    def name(self) -> str:
        """The name of its files, such as 周报第013期."""
        return issue_name(self.title, self.number)

    @property
    def is_altered(self) -> bool:
        """Whether its file is missing or differs from the text that went out."""
        return bool(self.alteration)

    @property
    def alteration(self) -> str:
        """What has happened to its file, in Chinese; "" if it is the text that went out."""
        if self.text is None:
            return "不见了"
        return "" if digest_of(self.text) == self.digest else "被改动过，与印发时的校验值不符"


def issue_name(title: str, number: int) -> str:
    """The name of an issue's files, without extension.

    >>> issue_name("周报", 13)
    '周报第013期'
    """
    return f"{title}第{number:03}期"


def digest_of(text: str) -> str:
    """The SHA-256 of a text in UTF-8, in hex."""
    return sha256(text.encode("utf-8", "surrogateescape")).hexdigest()
