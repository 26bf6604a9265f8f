"""How help is laid out: in the columns that Chinese takes, at any width of the window; click counts characters.

An example stands on a line of its own; where the left column would take half of the window, what belongs to it stands
below.
"""

import shutil
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from zhenggai.cli.click import HelpFormatter

WIDEST = 80
BETWEEN = "　　"  # what stands between the examples of a docstring


class ChineseFormatter(HelpFormatter):
    """click's formatter, with its own measure of width and its own line breaks."""

    def __init__(self, *_: object, **__: object) -> None:
        super().__init__(width=min(shutil.get_terminal_size().columns, WIDEST))

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """One sentence."""
        self._write_lines(_filled(f"{prefix}{prog} {args}", self.width))

    def write_heading(self, heading: str) -> None:
        """With a colon as wide as the words."""
        self.write(f"{' ' * self.current_indent}{heading}：\n")

    def write_text(self, text: str) -> None:
        """Paragraphs; what ``BETWEEN`` parts goes to lines of its own, each as far in as the first after its 例：."""
        room = self.width - self.current_indent
        for number, paragraph in enumerate(text.split("\n\n")):
            first, *others = (" ".join(piece.split()) for piece in paragraph.split(BETWEEN))
            indent = BETWEEN if first.startswith("例：") else ""
            self.write("\n" if number else "")
            self._write_lines(_filled(first, room))
            for piece in others:
                self._write_lines(indent + line for line in _filled(piece, room - 2 * len(indent)))

    def write_dl(self, rows: Sequence[tuple[str, str]], col_max: int = 40, col_spacing: int = 2) -> None:
        """Names on the left and what they mean on the right, or below where the window is narrow."""
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
    """The lines of a text."""
    from zhenggai.render.prose import breaks  # here, since it is rich's and only help is wrapped

    cuts = [0, *breaks(text, width), len(text)]
    for start, end in pairwise(cuts):
        yield text[start:end].rstrip()
