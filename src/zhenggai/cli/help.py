"""Layout of the help texts, for any width of the window.

Widths are counted in terminal columns (a Chinese character takes two); click counts characters. Each example gets its
own line. If the left column would take more than half of the window, each description goes below its name.
"""

import shutil
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from zhenggai.cli.click import HelpFormatter

WIDEST = 80
BETWEEN = "　　"  # separates the examples in a docstring


class ChineseFormatter(HelpFormatter):
    """click's formatter, with widths in columns and line breaks for Chinese."""

    def __init__(self, *_: object, **__: object) -> None:
        super().__init__(width=min(shutil.get_terminal_size().columns, WIDEST))

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write the usage line."""
        self._write_lines(_filled(f"{prefix}{prog} {args}", self.width))

    def write_heading(self, heading: str) -> None:
        """Write a heading with a full-width colon."""
        self.write(f"{' ' * self.current_indent}{heading}：\n")

    def write_text(self, text: str) -> None:
        """Write paragraphs. Pieces between ``BETWEEN`` get lines of their own, aligned with the text after 例：."""
        room = self.width - self.current_indent
        for number, paragraph in enumerate(text.split("\n\n")):
            first, *others = (" ".join(piece.split()) for piece in paragraph.split(BETWEEN))
            indent = BETWEEN if first.startswith("例：") else ""
            self.write("\n" if number else "")
            self._write_lines(_filled(first, room))
            for piece in others:
                self._write_lines(indent + line for line in _filled(piece, room - 2 * len(indent)))

    def write_dl(self, rows: Sequence[tuple[str, str]], col_max: int = 40, col_spacing: int = 2) -> None:
        """Write names on the left and descriptions on the right, or below the names if the window is narrow."""
        from rich.cells import cell_len

        widest = max(cell_len(name) for name, _ in rows) + col_spacing
        room = self.width - self.current_indent
        if widest > min(col_max, room / 2):
            for name, about in rows:
                self._write_lines([name, *("    " + line for line in _filled(about, room - 4))])
            return
        for name, about in rows:
            first, *others = _filled(about, room - widest)
            self._write_lines([f"{name}{' ' * (widest - cell_len(name))}{first}", *(" " * widest + o for o in others)])

    def _write_lines(self, lines: Iterable[str]) -> None:
        for line in lines:
            self.write(f"{' ' * self.current_indent}{line}\n")


def _filled(text: str, width: int) -> Iterator[str]:
    """The text broken into lines of at most ``width`` columns."""
    from zhenggai.render.prose import breaks  # imported here: it loads rich, and only help needs it

    cuts = [0, *breaks(text, width), len(text)]
    for start, end in pairwise(cuts):
        yield text[start:end].rstrip()
