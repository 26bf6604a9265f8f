"""One file a format; a renderer knows documents and records, never a plan.

A new format is one file with a ``render`` function (see ``Renderer``) and one line in ``FORMATS``.
"""

from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Protocol

from zhenggai.document import Document
from zhenggai.frozen import frozen


class Report(Protocol):
    """What a view offers to every format."""

    @property
    def heads(self) -> Mapping[str, str]:
        """The columns of ``rows`` in order: English name → Chinese head."""

    def document(self) -> Document:
        """The report as it is read."""

    def record(self) -> object:
        """The report as a JSON value with English names: mappings, sequences, dataclasses, dates, plain values."""

    def rows(self) -> Sequence[Mapping[str, object]]:
        """One flat row a record, English name → value; numbers as numbers."""


class Renderer(Protocol):
    """The ``render`` function of a format's module."""

    def __call__(self, report: Report, *, width: int | None, colour: bool) -> str:
        """The whole report; ``width`` in columns and ``colour`` matter to a terminal only."""


@frozen
class Format:
    """Where a format is rendered, what to say of it in ``--help``, and how a file of it is written."""

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
    """The report in one of ``FORMATS``, line ends as the format has them; only that format's libraries are imported.

    ``width``: columns of the screen, None to ask the terminal. ``colour``: whether it may be coloured at all,
    that is, whether it goes to a terminal. KeyError for an unknown format: the command line offers no other.
    """
    renderer: Renderer = import_module(f"{__name__}.{FORMATS[format].module}").render
    return renderer(report, width=width, colour=colour)
