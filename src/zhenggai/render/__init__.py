"""Output formats, one file per format. A renderer knows documents and records, but no plan.

A new format is one file with a ``render`` function (see ``Renderer``) and one row in ``FORMATS``.
"""

from collections.abc import Mapping
from importlib import import_module
from pathlib import PurePath
from typing import Protocol

from zhenggai.document import Report
from zhenggai.errors import MissingLibrary
from zhenggai.frozen import frozen


class Renderer(Protocol):
    """The ``render`` function of a format: text, or the bytes of a file if the format is binary."""

    def __call__(self, report: Report, *, width: int | None, colour: bool) -> str | bytes:
        """The whole report. ``width`` (in columns) and ``colour`` matter to the terminal only."""


@frozen
class ModuleRenderer:
    """The ``render`` function of a module in this package, which is imported when a report is rendered."""

    module: str

    def __call__(self, report: Report, *, width: int | None, colour: bool) -> str | bytes:
        """Render ``report`` by the module."""
        renderer: Renderer = import_module(f"{__name__}.{self.module}").render
        return renderer(report, width=width, colour=colour)


@frozen
class Library:
    """A library that not all need and that may be missing: the module, and what pip calls it."""

    module: str
    package: str


@frozen(kw_only=True)
class Format:
    """A row of ``FORMATS``.

    - ``name`` and ``aliases``: what ``--format`` calls it; ``about``: its text in ``--help``.
    - ``suffixes``: the endings of its files, the usual one first; "" is a name without an ending.
    - ``calendar``: it has the dates of a report (``document.calendar.HasCalendar``), so that it is for reports with dates only.
    - ``encoding`` and ``newlines``: those of its files. Not for a ``binary`` format, whose renderer gives bytes and whose
      reports go to files only.
    - ``library``: what only this format needs; see ``require_library``.
    """

    name: str
    aliases: tuple[str, ...] = ()
    suffixes: tuple[str, ...] = ()
    encoding: str = "utf-8"
    newlines: str = "\n"
    binary: bool = False
    calendar: bool = False
    library: Library | None = None
    about: str
    render: Renderer


TERMINAL, TEXT = "table", "text"  # a report's format on a terminal, and everywhere else, if none is asked for

FORMATS: Mapping[str, Format] = {
    row.name: row
    for row in (
        Format(name=TERMINAL, aliases=("表格",), about="终端表格，随窗口宽度排列", render=ModuleRenderer("terminal")),
        Format(
            name=TEXT,
            aliases=("文本",),
            suffixes=(".txt", ""),
            about="纯文本，不折行，可作公文底稿",
            render=ModuleRenderer("text"),
        ),
        Format(
            name="md", aliases=("markdown",), suffixes=(".md",), about="Markdown", render=ModuleRenderer("markdown")
        ),
        Format(
            name="csv",
            suffixes=(".csv",),
            encoding="utf-8-sig",  # with a BOM: Chinese versions of Excel otherwise read UTF-8 as GBK
            newlines="\r\n",
            about="逐条记录，供 Excel 打开",
            render=ModuleRenderer("csv_"),
        ),
        Format(name="json", suffixes=(".json",), about="逐条记录，供程序读取", render=ModuleRenderer("json_")),
        Format(
            name="html",
            aliases=("网页",),
            suffixes=(".html", ".htm"),
            library=Library("jinja2", "Jinja2"),
            about="网页，浏览器打开，也可打印；一个文件，不联网",
            render=ModuleRenderer("html"),
        ),
        Format(
            name="ics",
            aliases=("日历",),
            suffixes=(".ics",),
            newlines="\r\n",
            calendar=True,
            about="日历，导入手机、Outlook、WPS，到期前提醒（只有 due 有）",
            render=ModuleRenderer("ics"),
        ),
        Format(
            name="xlsx",
            aliases=("excel",),
            suffixes=(".xlsx",),
            binary=True,
            library=Library("xlsxwriter", "XlsxWriter"),
            about="Excel 表格，可筛选、可打印，只能写成文件",
            render=ModuleRenderer("xlsx"),
        ),
        Format(
            name="docx",
            aliases=("word", "公文"),
            suffixes=(".docx",),
            binary=True,
            library=Library("docx", "python-docx"),
            about="Word 公文，照 GB/T 9704 排版，只能写成文件",
            render=ModuleRenderer("docx"),
        ),
    )
}


def format_named(word: str) -> Format | None:
    """The format with a name or alias, None if there is none."""
    return next((row for row in FORMATS.values() if word in (row.name, *row.aliases)), None)


def format_of_file(path: PurePath) -> Format | None:
    """The format that a file's ending stands for, None if it is that of no format."""
    suffix = path.suffix.lower()
    return next((row for row in FORMATS.values() if suffix in row.suffixes), None)


def format_wanted(path: PurePath | None, format_name: str | None) -> Format | None:
    """The format that is named, else that of the file's ending; None if neither says one."""
    if format_name is not None:
        return FORMATS[format_name]
    return None if path is None else format_of_file(path)


def require_library(format_name: str) -> None:
    """Raise ``MissingLibrary`` if what a format needs is not installed; nothing is imported."""
    if library := FORMATS[format_name].library:
        require(library, f"{suffix_of(format_name)} 文件")


def require(library: Library, what: str) -> None:
    """Raise ``MissingLibrary`` if a library that ``what`` needs is not installed; it is not imported."""
    from importlib.util import find_spec  # imported here: a list on the screen needs no library

    if find_spec(library.module) is None:
        raise MissingLibrary(what, library.package)


def suffix_of(format_name: str) -> str:
    """The usual ending of a format's files; that of plain text for a format without one."""
    return (*FORMATS[format_name].suffixes, *FORMATS[TEXT].suffixes)[0]


def render(report: Report, format: str, *, width: int | None = None, colour: bool = False) -> str:  # noqa: A002  # the option's own name
    """The report as text, with the line ends of the format; imports only the libraries of the format.

    ``width`` is that of the screen in columns, None to ask the terminal. ``colour`` is whether colours are possible, that is,
    whether the output goes to a terminal. KeyError for an unknown format, TypeError for a binary one.
    """
    require_library(format)
    text = FORMATS[format].render(report, width=width, colour=colour)
    if isinstance(text, bytes):
        raise TypeError(f"{format} has no text")
    return text


def file_bytes(report: Report, format_name: str) -> bytes:
    """The report as a file of the format; characters that its encoding does not have are replaced."""
    require_library(format_name)
    found = FORMATS[format_name]
    rendered = found.render(report, width=None, colour=False)
    return rendered if isinstance(rendered, bytes) else rendered.encode(found.encoding, errors="replace")
