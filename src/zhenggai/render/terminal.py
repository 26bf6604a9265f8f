"""Terminal output of a document by rich: colours, and tables that fit the window.

Data reaches rich as ``Text`` only, so markup, emoji codes and links in it have no effect. Rules are drawn with ``-``, since
box-drawing characters are one column wide here but two on a Chinese Windows console.
"""

import os
import shutil
from collections.abc import Collection, Sequence
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
from zhenggai.frozen import frozen
from zhenggai.render.prose import Prose
from zhenggai.render.visible import visible

if TYPE_CHECKING:
    from typing import IO

    from zhenggai.document import Report

STYLES: Final = {
    Tone.PLAIN: "",
    Tone.RED: "bold red",
    Tone.YELLOW: "yellow",
    Tone.GREEN: "green",
    Tone.BLUE: "bright_blue",  # dark blue is unreadable on black
    Tone.DIM: "bright_black",  # Windows consoles have no "dim"
}
MARK: Final = "black on yellow"
RULES: Final = Box("    \n    \n -- \n    \n    \n -- \n    \n    \n", ascii=True)
NARROWEST: Final = 14  # columns that free text needs at least: seven characters per line
NARROW: Final = 60  # columns; below this a bar's note does not fit beside it
OMITTED: Final = "窄屏省略：{}；加宽窗口，或用 --format text 看全"
REST: Final = Column("其余", numeric=True)
SUMMED: Final = "“其余”是{}之和"


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
    text = _text("", STYLES[cell.tone])
    for piece, is_marked in cell.pieces():
        text.append(visible(piece), MARK if is_marked else None)
    return text


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


@frozen
class _Shown:
    """A column as it is shown: its width if no cell is wrapped, and the columns of the table whose numbers it sums up."""

    column: Column
    width: int
    of: tuple[int, ...]

    def cell(self, cells: Sequence[Cell]) -> Cell:
        """Its cell in a row."""
        if len(self.of) == 1:
            return cells[self.of[0]]
        texts = [cells[index].text for index in self.of]
        return Cell(str(sum(int(text or 0) for text in texts)) if any(texts) else "")


def _show_table(table: Table, console: Console) -> None:
    table = table.on_screen()
    if not console.color_system:
        table = table.in_brackets()
    if table.title:
        _say(console, table.title, "bold")
    columns = _fitting(table, console)
    grid = _frame(columns)
    grid.show_footer = bool(table.footer)
    for shown, column in zip(columns, grid.columns, strict=True):
        column.footer = _cell(shown.cell(table.footer)) if table.footer else ""
    for row in table.rows:
        grid.add_row(*(_cell(shown.cell(row)) for shown in columns))
    console.print(grid)
    if note := _omitted(table, columns):
        _say(console, note, STYLES[Tone.DIM])


def _fitting(table: Table, console: Console) -> list[_Shown]:
    """The columns that fit, in order. Those with the highest ``keep`` are dropped first, rightmost first."""
    heads = [*(Cell(column.head) for column in table.columns)]
    lines = [heads, *table.rows, *([table.footer] if table.footer else [])]
    widths = [max(cell_len(visible(cell.text)) for cell in column) for column in zip(*lines, strict=True)]
    *spare, _last = sorted(range(len(widths)), key=lambda index: (table.columns[index].keep, index), reverse=True)
    unlimited = console.options.update(width=sum(widths) + 3 * len(widths))
    shown = _without(table, widths, [])
    for number in range(1, len(spare) + 1):
        if console.measure(_frame(shown, tight=True), options=unlimited).maximum <= console.width:
            break
        shown = _without(table, widths, spare[:number])
    return shown


def _without(table: Table, widths: Sequence[int], dropped: Collection[int]) -> list[_Shown]:
    """The columns but the dropped ones. Dropped parts of a total become ``REST``, if two others stay."""
    shown = [_Shown(c, widths[n], (n,)) for n, c in enumerate(table.columns) if n not in dropped]
    parts = [nth for nth, one in enumerate(shown) if one.column.part]
    gone = tuple(n for n in sorted(dropped) if table.columns[n].part)
    if gone and len(parts) > 1:
        rest = _Shown(REST, 0, gone)
        sums = [cell_len(rest.cell(cells).text) for cells in (*table.rows, *([table.footer] if table.footer else []))]
        shown.insert(parts[-1] + 1, _Shown(REST, max(cell_len(REST.head), *sums), gone))
    return shown


def _omitted(table: Table, columns: Sequence[_Shown]) -> str:
    """Which columns are not there, and which ones ``REST`` stands for."""
    shown = {index for one in columns for index in one.of}
    omitted = "、".join(column.head for index, column in enumerate(table.columns) if index not in shown)
    summed = "、".join(table.columns[index].head for one in columns if one.column is REST for index in one.of)
    notes = [SUMMED.format(summed)] if summed else []
    return "。".join([*notes, OMITTED.format(omitted)] if omitted else notes)


def _frame(columns: Sequence[_Shown], *, tight: bool = False) -> Grid:
    """An empty table of the columns. Only free text may shrink, down to NARROWEST (with ``tight``: to exactly that)."""
    frame = Grid(box=RULES, show_edge=False, pad_edge=False, collapse_padding=True, header_style="bold")
    for shown in columns:
        narrowest = min(shown.width, NARROWEST)
        flexible = narrowest if tight else None
        frame.add_column(
            _text(shown.column.head),
            width=flexible if shown.column.wrap else shown.width,
            min_width=narrowest,
            justify="right" if shown.column.numeric else "left",
            overflow="fold",
        )
    return frame
