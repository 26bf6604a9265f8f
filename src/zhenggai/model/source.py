"""Where a value stands in the files, and what is wrong there: trouble in data is a value, never an exception."""

from collections.abc import Mapping
from dataclasses import field
from enum import StrEnum
from typing import NamedTuple

from zhenggai.frozen import frozen


class Level(StrEnum):
    """How grave a problem is. Only errors stop a hook."""

    ERROR = "错误"
    WARNING = "警告"
    DOUBT = "疑点"


class Source(NamedTuple):
    """A place in a file: ``path`` relative to the root with ``/``, ``line`` from 1."""

    path: str
    line: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}"


CORRECTED = "正确写法："
"""How a remedy begins that is the corrected text itself, which ``fmt --mend`` writes."""


@frozen
class Problem:
    """Something wrong or suspicious in the user's files.

    ``check`` is the check's Chinese name; ``what`` says what is wrong and ``remedy`` what to do next (one line each).
    """

    source: Source
    check: str
    what: str
    remedy: str
    level: Level = Level.ERROR

    @property
    def is_mendable(self) -> bool:
        """Whether the corrected text is known."""
        return self.remedy.startswith(CORRECTED)

    def __str__(self) -> str:
        level = "" if self.level is Level.ERROR else f"（{self.level}）"
        return f"{self.source}: {self.check}{level}: {self.what} — {self.remedy}"


@frozen
class Where:
    """Where a thing of a plan or unit book was read: its file, its first line, and the line of each of its fields."""

    path: str = ""
    line: int = 1
    fields: Mapping[str, int] = field(default_factory=dict)

    def of(self, name: str) -> Source:
        """The place of one field (by English name), or of the thing itself where the field is not written."""
        return Source(self.path, self.fields.get(name, self.line))

    @property
    def source(self) -> Source:
        """The place of the thing itself."""
        return Source(self.path, self.line)
