"""Draws ``docs/status.svg``, the picture in the README: ``zhenggai status`` of the shipped plan as a terminal shows it.

    python .ci/picture.py            write the picture
    python .ci/picture.py --check    exit 1 if the committed picture is not what the program shows now

Needs the project installed, in the versions of ``constraints.txt``: rich draws.
"""

import re
import sys
from datetime import date
from html import escape, unescape
from io import StringIO
from pathlib import Path

from rich.cells import cell_len
from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

from zhenggai.ledger import open_ledger
from zhenggai.render.terminal import show
from zhenggai.views.status import status

ROOT = Path(__file__).resolve().parent.parent
PICTURE = ROOT / "docs/status.svg"
AS_OF = date(2020, 6, 30)
COMMAND = f"$ zhenggai status --as-of {AS_OF}"
COLUMNS = 98  # the narrowest window in which no column is left out
HEIGHT = 20  # of the font, as rich has it
RATIO = 0.54  # of a column to the font's height: between the two usual ones, 0.5 and 0.6
FONTS = "'Noto Sans Mono CJK SC', 'Source Han Mono SC', 'Sarasa Mono SC', Menlo, Consolas, NSimSun, monospace"
COLOURS = [(240, 98, 98), (130, 200, 120), (235, 190, 90), (110, 170, 250), (200, 130, 220), (90, 190, 200)]
THEME = TerminalTheme(
    background=(30, 33, 39),
    foreground=(215, 218, 224),
    normal=[(30, 33, 39), *COLOURS, (215, 218, 224)],
    bright=[(130, 137, 151), *COLOURS, (255, 255, 255)],
)
LAYOUT = """\
<svg viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg">
<style>
.{unique_id}-matrix {{ font-family: FONTS; font-size: {char_height}px; white-space: pre; }}
{styles}
</style>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" class="{unique_id}-matrix">
{backgrounds}
{matrix}
</g>
</svg>
""".replace("FONTS", FONTS)
_PIECE = re.compile(r'<text (?P<place>[^>]*) textLength="[^"]*" clip-path="[^"]*">(?P<text>[^<]*)</text>')


def picture() -> str:
    """The SVG text."""
    console = Console(
        file=StringIO(),
        record=True,
        width=COLUMNS,
        force_terminal=True,
        color_system="standard",
        legacy_windows=False,
        markup=False,
        emoji=False,
        highlight=False,
    )
    console.print(Text(COMMAND))
    console.print()
    show(status(open_ledger(ROOT, "jcdj-2020").snapshot(AS_OF)).document(), console)
    drawn = console.export_svg(title="", theme=THEME, code_format=LAYOUT, font_aspect_ratio=RATIO, unique_id="status")
    return (
        "\n".join(line.rstrip() for line in _PIECE.sub(_as_wide_as_its_columns, drawn).splitlines() if line.strip())
        + "\n"
    )


def _as_wide_as_its_columns(piece: re.Match[str]) -> str:
    """A piece of text on a line of its own, without blanks at its end; rich takes a Chinese character for one column."""
    text = unescape(piece["text"]).rstrip()
    return (
        f'<text {piece["place"]} textLength="{cell_len(text) * HEIGHT * RATIO:g}">{escape(text)}</text>\n'
        if text
        else ""
    )


def main(*arguments: str) -> int:
    """Write or compare."""
    now = picture().encode()
    if "--check" not in arguments:
        PICTURE.write_bytes(now)
        return 0
    if PICTURE.is_file() and PICTURE.read_bytes() == now:
        return 0
    print("docs/status.svg is not what the program shows now\n  next: python .ci/picture.py", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
