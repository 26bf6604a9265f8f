"""Chinese line breaking for rich, which itself breaks only at blanks or anywhere.

No line begins with ，。 or ends with （《. ASCII words, numbers and dates stay whole if they fit on one line.
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
    """The offsets at which the second and later lines begin, so that each line takes at most ``width`` columns.

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
    """The unbreakable pieces with their offsets; a piece wider than a line is split into characters."""
    for match in _UNIT.finditer(text):
        if cell_len(match[0].rstrip()) <= width:
            yield match.start(), match[0]
        else:
            yield from enumerate(match[0], match.start())


class Prose(Text):
    """A rich ``Text`` that is wrapped by the rules of Chinese."""

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
        """The wrapped lines. If the widths do not add up (combining characters), rich wraps, so that no text is lost."""
        lines = self.divide(breaks(self.plain, width))
        for line in lines:
            line.rstrip()
        if any(cell_len(line.plain) > width for line in lines):
            return super().wrap(console, width, justify=justify, overflow=overflow, tab_size=tab_size, no_wrap=no_wrap)
        lines.justify(console, width, justify=justify or self.justify or "default", overflow=overflow or "fold")
        return lines
