"""Terminal output of a document by rich: colours, and tables that fit the window.

Data reaches rich as ``Text`` only, so markup, emoji codes and links in it have no effect. Rules are drawn with ``-``, since
box-drawing characters are one column wide here but two on a Chinese Windows console.
"""

import os
import shutil
from collections.abc import Iterable, Sequence
from io import StringIO
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from rich.bar import Bar as Block
from rich.box import Box
from rich.cells import cell_len
from rich.console import Console, Group
from rich.padding import Padding
from rich.table import Table as Grid
from rich.text import Text

from zhenggai.document import Bar, Cell, Column, Document, Heading, Para, ParaRole, Table, Tone, apart
from zhenggai.render.prose import Prose
from zhenggai.render.visible import visible

if TYPE_CHECKING:
    from typing import IO

    from zhenggai.render import Report

STYLES: Final = {
    Tone.PLAIN: "",
    Tone.RED: "bold red",
    Tone.YELLOW: "yellow",
    Tone.GREEN: "green",
    Tone.BLUE: "bright_blue",  # dark blue is unreadable on black
    Tone.DIM: "bright_black",  # Windows consoles have no "dim"
}
RULES: Final = Box("    \n    \n -- \n    \n    \n -- \n    \n    \n", ascii=True)
NARROWEST: Final = 14  # columns that free text needs at least: seven characters per line
NARROW: Final = 60  # columns; below this a bar's note does not fit beside it
OMITTED: Final = "窄屏省略：{}；加宽窗口，或用 --format text 看全"


def render(report: "Report", *, width: int | None = None, colour: bool = False) -> str:
    """The report's document for a terminal that is ``width`` columns wide."""
    screen = StringIO()
    show(report.document(), console_on(screen, width=width, colour=colour))
    return "".join(f"{line.rstrip()}\n" for line in screen.getvalue().splitlines())


def console_on(file: "IO[str]", *, width: int | None = None, colour: bool = False) -> Console:
    """A console that prints exactly what it is given. Without ``colour``, or with NO_COLOR, it prints no escape sequences."""
    coloured = colour and not os.environ.get("NO_COLOR")
    return Console(
        file=file,
        width=width or shutil.get_terminal_size().columns,
        height=25,  # unused, but without it rich asks the environment for the width again
        force_terminal=coloured,
        color_system="standard" if coloured else None,
        legacy_windows=False,
        force_jupyter=False,
        markup=False,
        emoji=False,
        highlight=False,
    )


def show(document: Document, console: Console) -> None:
    """Print ``document`` on ``console``, in the width of the console; the title is printed like a heading."""
    labels = max((cell_len(visible(block.label)) for block in document.blocks if isinstance(block, Bar)), default=0)
    title = Heading(document.title)
    if document.title:
        _say(console, document.title, "bold")
    for before, block in pairwise((title, *document.blocks)):
        if apart(before, block):
            console.print()
        match block:
            case Heading():
                _say(console, block.text, "bold")
            case Para(role=ParaRole.COMMAND):
                console.print(Text(visible(block.text), STYLES[block.tone]), soft_wrap=True)
            case Para():
                _say(console, block.text, STYLES[block.tone])
            case Table():
                _show_table(block, console)
            case Bar():
                _show_bar(block, labels, console)


def _say(console: Console, data: str, style: str = "") -> None:
    console.print(Group(_text(data, style)))  # grouped: rich would join bare texts into a plain Text


def _text(data: str, style: str = "") -> Text:
    return Prose(visible(data), style=style, overflow="fold")


def _cell(cell: Cell) -> Text:
    return _text(cell.text, STYLES[cell.tone])


def _show_bar(bar: Bar, labels: int, console: Console) -> None:
    """Print label, bar, percentage and note on one line; in a narrow window the note goes below."""
    narrow = console.width < NARROW
    length = 10 if narrow else 20
    grid = Grid.grid(padding=(0, 2, 0, 0))
    grid.add_column(width=min(labels, console.width // 3))
    grid.add_column(width=length)
    grid.add_column(width=4, justify="right")
    grid.add_column(overflow="fold")
    block = Block(1, 0, bar.share or 0, width=length, color="cyan")
    grid.add_row(_text(bar.label), block, Text(bar.percent), _text("" if narrow else bar.note))
    console.print(grid)
    if narrow and bar.note:
        console.print(Padding(_text(bar.note), (0, 0, 0, 2)))


def _show_table(table: Table, console: Console) -> None:
    table = table.on_screen()
    if table.title:
        _say(console, table.title, "bold")
    widths = _natural_widths(table)
    kept = _kept(table.columns, widths, console)
    grid = _frame(table.columns, kept, widths)
    grid.show_footer = bool(table.footer)
    for index, column in zip(kept, grid.columns, strict=True):
        column.footer = _cell(table.footer[index]) if table.footer else ""
    for row in table.rows:
        grid.add_row(*(_cell(row[index]) for index in kept))
    console.print(grid)
    omitted = [column.head for index, column in enumerate(table.columns) if index not in kept]
    if omitted:
        _say(console, OMITTED.format("、".join(omitted)), STYLES[Tone.DIM])


def _natural_widths(table: Table) -> list[int]:
    """The width of each column if no cell is wrapped."""
    lines = [[Cell(column.head) for column in table.columns], *table.rows]
    if table.footer:
        lines.append(table.footer)
    return [max(cell_len(visible(cell.text)) for cell in column) for column in zip(*lines, strict=True)]


def _kept(columns: Sequence[Column], widths: Sequence[int], console: Console) -> list[int]:
    """The indices of the columns that fit, in order. Columns with the highest ``keep`` are dropped first, rightmost first."""
    kept = list(range(len(columns)))
    unlimited = console.options.update(width=sum(widths) + 3 * len(widths))
    *spare, _last = sorted(kept, key=lambda index: (columns[index].keep, index), reverse=True)
    for index in spare:
        if console.measure(_frame(columns, kept, widths, tight=True), options=unlimited).maximum <= console.width:
            break
        kept.remove(index)
    return kept


def _frame(columns: Sequence[Column], kept: Iterable[int], widths: Sequence[int], *, tight: bool = False) -> Grid:
    """An empty table of the ``kept`` columns. Only free text may shrink, down to NARROWEST (with ``tight``: to exactly that)."""
    frame = Grid(box=RULES, show_edge=False, pad_edge=False, collapse_padding=True, header_style="bold")
    for index in kept:
        column, natural = columns[index], widths[index]
        narrowest = min(natural, NARROWEST)
        flexible = narrowest if tight else None
        frame.add_column(
            _text(column.head),
            width=flexible if column.wrap else natural,
            min_width=narrowest,
            justify="right" if column.numeric else "left",
            overflow="fold",
        )
    return frame
