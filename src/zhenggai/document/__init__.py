"""A report that knows no format: headings, paragraphs, tables and bars, which every renderer shows in its own way.

A document holds whole texts; a format cuts what its columns cannot show. It also says what only paper can show (``ParaRole``, an
attachment, the weight and group of a column, a landscape table); the formats of the terminal ignore that. And it says what only a
page can draw (the lane of a cell, the curve of a table) or ask (a facet): the same stands in the cells, so that every other format
shows the table.

Tables stand in ``tables``, what a page draws in ``drawing``, dates in ``calendar``.
"""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any, Protocol, runtime_checkable

from zhenggai.document.drawing import Tone
from zhenggai.document.tables import Cell, Column, Fill, FillKind, Table, TableForm, columns, marked, row, table
from zhenggai.frozen import frozen

__all__ = [
    "Bar",
    "Block",
    "Cell",
    "Choice",
    "Column",
    "Document",
    "Facet",
    "Fill",
    "FillKind",
    "HasSums",
    "Heading",
    "Letterhead",
    "Para",
    "ParaRole",
    "Report",
    "Table",
    "TableForm",
    "Tone",
    "apart",
    "columns",
    "gauge",
    "marked",
    "row",
    "table",
]


class ParaRole(StrEnum):
    """What a paragraph is in an official document (GB/T 9704), which has a place and a form for each."""

    BODY = "正文"
    SALUTATION = "抬头"
    SIGNATURE = "落款"  # who signs, and the day
    NOTE = "注"  # explains figures above it
    COMMAND = "命令"  # a line to copy, which no screen breaks


@frozen
class Heading:
    """A heading; level 1 is 一、, level 2 is （一）. An ``attachment`` (附件) begins with it: on paper, a new page.

    ``separate``: it is the title of a paper of its own, as of a letter among letters, which has pages and page numbers of its own.
    """

    text: str
    level: int = 1
    attachment: bool = False
    separate: bool = False


@frozen
class Para:
    """A paragraph, or one line of a list of facts."""

    text: str
    tone: Tone = Tone.PLAIN
    role: ParaRole = ParaRole.BODY


@frozen
class Bar:
    """A labelled share: ``share`` in 0..1, or None where there is nothing to divide by; ``note`` stands behind it. ``about`` says
    what the share is where no bar is drawn."""

    label: str
    share: float | None
    note: str = ""
    about: str = ""

    @property
    def percent(self) -> str:
        """The share in whole per cent; what is not finished never reads 100%, what has begun never 0%.

        >>> [Bar("", share).percent for share in (0, 0.001, 0.285, 0.495, 0.999, 1, None)]
        ['0%', '1%', '29%', '50%', '99%', '100%', '—']
        """
        if self.share is None:
            return "—"
        rounded = int(round(self.share * 10_000) / 100 + 0.5)
        return f"{min(max(rounded, 1), 99) if 0 < self.share < 1 else rounded}%"


_SQUARES = 10


def gauge(share: float | None) -> str:
    """A share as ten squares; a square is filled when its whole tenth is reached.

    >>> gauge(0.49), gauge(None)
    ('■■■■□□□□□□', '□□□□□□□□□□')
    """
    full = int(min(max(share or 0, 0), 1) * _SQUARES + 1e-9)
    return "■" * full + "□" * (_SQUARES - full)


Block = Heading | Para | Table | Bar


@frozen(kw_only=True)
class Letterhead:
    """The letterhead of a paper (版头) and its imprint (版记), from the plan's 发文. Only Word files and pages show them.

    ``masthead`` (版头) are the red words at the top; without them there is no letterhead above the title. ``number`` (期号) and ``day`` are
    as they are written: 第13期, 2020年6月28日.
    """

    issuer: str = ""
    masthead: str = ""
    number: str = ""
    day: str = ""
    report_to: tuple[str, ...] = ()
    copy_to: tuple[str, ...] = ()

    @property
    def recipients(self) -> tuple[str, ...]:
        """The lines of the imprint that name the recipients.

        >>> Letterhead(report_to=("市委组织部", "市委巡察办")).recipients
        ('报送：市委组织部，市委巡察办。',)
        """
        lists = (("报送", self.report_to), ("抄送", self.copy_to))
        return tuple(f"{word}：{'，'.join(names)}。" for word, names in lists if names)

    @property
    def printed(self) -> str:
        """The day of printing as the imprint says it: 2020年6月28日印发."""
        return f"{self.day}印发"


@frozen
class Choice:
    """One choice of a facet, such as a unit: its key, its name, and the group that it is listed under."""

    key: str
    word: str
    group: str = ""


@frozen
class Facet:
    """What a reader may pick rows by, such as 单位; ``Table.keys`` says which rows belong to a choice."""

    name: str
    choices: tuple[Choice, ...]


@frozen
class Document:
    """A whole report: its title and its blocks in order.

    ``facts`` (name, value) are for programs that read a form back; ``facets`` are what a page lets a reader pick rows by.
    ``brief``: it is read at a glance; a page shows the first lines of its long texts, and the whole on demand.
    """

    title: str
    blocks: tuple[Block, ...]
    facts: tuple[tuple[str, str], ...] = ()
    letterhead: Letterhead | None = None
    facets: tuple[Facet, ...] = ()
    brief: bool = False


class Report(Protocol):
    """What every view provides for the formats."""

    @property
    def heads(self) -> Mapping[str, str]:
        """The columns of ``rows``, in order: English name → Chinese head."""

    def document(self) -> Document:
        """The report for people to read."""

    def record(self) -> object:
        """The report for JSON, with English names: mappings, sequences, dataclasses, dates, plain values."""

    def rows(self) -> Sequence[Mapping[str, object]]:
        """The report as flat rows: English name → value; numbers stay numbers."""


@runtime_checkable
class HasSums(Protocol):
    """A report of one plan that can say what it and those of other plans are together."""

    def sums(self, reports: Mapping[str, Any]) -> Table:
        """A row for each of some reports of this class, by the number of its plan, and their sums."""


def apart(before: Block, after: Block) -> bool:
    """Whether a blank line stands between two blocks that are read as lines: headings lead on, like joins like.

    >>> apart(Para("甲"), Para("乙")), apart(Heading("一、"), Para("甲")), apart(Para("甲"), Heading("二、"))
    (False, False, True)
    """
    if isinstance(before, Heading):
        return False
    return isinstance(after, Heading | Table) or type(before) is not type(after)
