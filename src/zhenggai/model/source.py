"""Places in files and problems at them. A fault in the user's data is a ``Diagnostic`` value, never an exception."""

from collections.abc import Mapping
from dataclasses import field
from enum import StrEnum
from typing import NamedTuple

from zhenggai.frozen import frozen


class Level(StrEnum):
    """Severity of a problem. Only errors stop a hook."""

    ERROR = "错误"
    WARNING = "警告"
    DOUBT = "疑点"


class Source(NamedTuple):
    """A place in a file: ``path`` from the root, with ``/``; ``line`` counts from 1."""

    path: str
    line: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}"


def unit_folder(path: str) -> str:
    """The name of the unit's folder that a ledger file is in.

    >>> unit_folder("ledgers/p/城关镇/2020-05.办公室.k3.yaml")
    '城关镇'
    """
    return path.split("/")[2]


CORRECTED = "正确写法："
"""The start of a remedy that contains the corrected text; ``fmt --mend`` writes that text into the file."""


@frozen
class Diagnostic:
    """A fault or doubt in the user's files.

    ``check`` is the check's Chinese name, ``what`` the fault and ``remedy`` what to do about it, each one line of Chinese.
    """

    source: Source
    check: str
    what: str
    remedy: str
    level: Level = Level.ERROR

    @property
    def is_mendable(self) -> bool:
        """Whether the remedy contains the corrected text."""
        return self.remedy.startswith(CORRECTED)

    def __str__(self) -> str:
        level = "" if self.level is Level.ERROR else f"（{self.level}）"
        return f"{self.source}: {self.check}{level}: {self.what} — {self.remedy}"


@frozen
class Where:
    """The place of a part of a plan or book: its file, its first line, and the line of each field by English name."""

    path: str = ""
    line: int = 1
    fields: Mapping[str, int] = field(default_factory=dict)

    def of(self, name: str) -> Source:
        """The place of a field; the place of the whole part if the field is not written."""
        return Source(self.path, self.fields.get(name, self.line))

    @property
    def source(self) -> Source:
        """The place of the whole part."""
        return Source(self.path, self.line)
