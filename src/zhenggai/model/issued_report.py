"""An issued report as it is kept: what went out, when, and what it said in figures."""

from collections.abc import Mapping
from datetime import date
from hashlib import sha256
from typing import Any, NamedTuple

from zhenggai.frozen import frozen

TaskName = tuple[str, str]  # measure, and the unit it was given to


class Reached(NamedTuple):
    """What a task had reached: its state in a word, and what reports count apart."""

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
    """An issued report, never computed again.

    ``kind`` is ``week`` or ``month``, ``title`` 周报 or 月报; ``text`` what lies under 报告/ now, None where it is gone; ``digest`` the SHA-256 of what went
    out; ``record`` the report's JSON; ``tasks`` where every task stood; ``errors`` how many there were in the data.
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

    @property
    def name(self) -> str:
        """周报第013期: the name of its files."""
        return issue_name(self.title, self.number)

    @property
    def is_altered(self) -> bool:
        """Whether the text that lies there is not the one that went out."""
        return self.text is None or digest_of(self.text) != self.digest


def issue_name(title: str, number: int) -> str:
    """The name of an issue's files without their endings.

    >>> issue_name("周报", 13)
    '周报第013期'
    """
    return f"{title}第{number:03}期"


def digest_of(text: str) -> str:
    """The SHA-256 of a text in UTF-8, in hex."""
    return sha256(text.encode("utf-8", "surrogateescape")).hexdigest()
