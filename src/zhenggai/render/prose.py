"""Chinese line breaks for rich, which breaks only at blanks or anywhere: no line begins with ，。 or ends with （《.

Words, numbers and dates in ASCII stay whole too, wherever they fit on a line of their own.
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from rich.cells import cell_len
from rich.text import Text

if TYPE_CHECKING:
    from rich.console import Console, JustifyMethod, OverflowMethod
    from rich.containers import Lines

OPENING: Final = "（《〈“‘【〔「『"
CLOSING: Final = "，。、；：？！）》〉”’】〕」』…—％·"
_UNIT = re.compile(rf"[{OPENING}]{{0,3}}(?:[!-~]+|.)[{CLOSING}]{{0,3}}\s*", re.DOTALL)


def breaks(text: str, width: int) -> Iterator[int]:
    """The offsets at which lines after the first begin, so that each takes at most ``width`` columns.

    >>> list(breaks("报县政府（常务）会议，审议", 12)), list(breaks("于 2025-06-30 前", 11))
    ([6, 12], [2, 13])
    """
    used = 0
    for start, unit in _units(text, width):
        needed = cell_len(unit.rstrip())
        if used and used + needed > width:
            yield start
            used = 0
        used += cell_len(unit)


def _units(text: str, width: int) -> Iterator[tuple[int, str]]:
    """What is not broken, and where it begins; what is wider than a whole line comes character by character."""
    for match in _UNIT.finditer(text):
        if cell_len(match[0].rstrip()) <= width:
            yield match.start(), match[0]
        else:
            yield from enumerate(match[0], match.start())


class Prose(Text):
    """A text that rich wraps as Chinese is wrapped; in everything else a ``Text``."""

    def wrap(
        self,
        console: "Console",
        width: int,
        *,
        justify: "JustifyMethod | None" = None,
        overflow: "OverflowMethod | None" = None,
        tab_size: int = 8,
        no_wrap: bool | None = None,
    ) -> "Lines":
        """The lines; where widths do not add up (combining characters), rich's own, so that nothing is ever lost."""
        lines = self.divide(breaks(self.plain, width))
        for line in lines:
            line.rstrip()
        if any(cell_len(line.plain) > width for line in lines):
            return super().wrap(console, width, justify=justify, overflow=overflow, tab_size=tab_size, no_wrap=no_wrap)
        lines.justify(console, width, justify=justify or self.justify or "default", overflow=overflow or "fold")
        return lines
