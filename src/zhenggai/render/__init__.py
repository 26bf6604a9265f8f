"""Output formats, one file per format. A renderer knows documents and records, but no plan.

A new format is one file with a ``render`` function (see ``Renderer``) and one line in ``FORMATS``.
"""

from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Protocol

from zhenggai.document import Document
from zhenggai.frozen import frozen


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


class Renderer(Protocol):
    """The ``render`` function of a format's module."""

    def __call__(self, report: Report, *, width: int | None, colour: bool) -> str:
        """The whole report as text. ``width`` (in columns) and ``colour`` matter to the terminal only."""


@frozen
class Format:
    """A row of ``FORMATS``: the module of a format, its text in ``--help``, and how its files are encoded."""

    module: str
    about: str
    encoding: str = "utf-8"


FORMATS: Mapping[str, Format] = {
    "table": Format("terminal", "终端表格，随窗口宽度排列"),
    "text": Format("text", "纯文本，不折行，可作公文底稿"),
    "md": Format("markdown", "Markdown"),
    "csv": Format("csv_", "逐条记录，供 Excel 打开", encoding="utf-8-sig"),
    "json": Format("json_", "逐条记录，供程序读取"),
}


def render(report: Report, format: str, *, width: int | None = None, colour: bool = False) -> str:  # noqa: A002  # the option's own name
    """The report in one of ``FORMATS``, with the line ends of that format; imports only the libraries of that format.

    ``width`` is that of the screen in columns, None to ask the terminal. ``colour`` is whether colours are possible, that is,
    whether the output goes to a terminal. KeyError for an unknown format.
    """
    renderer: Renderer = import_module(f"{__name__}.{FORMATS[format].module}").render
    return renderer(report, width=width, colour=colour)
