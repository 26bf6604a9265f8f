"""Questions that only a person can answer while two versions are merged."""

from collections.abc import Callable
from enum import Enum

from zhenggai.errors import Exit, ZhenggaiError
from zhenggai.frozen import frozen


class Choice(Enum):
    """Which side is kept. ``BOTH`` is possible for lines of plans and unit books only."""

    OURS = 1
    THEIRS = 2
    BOTH = 3


@frozen
class Question:
    """Two versions of one thing in a file: a field of an entry, some lines, or the whole file.

    ``about`` names the thing in Chinese. A version is None if that side does not have it. ``by`` says who made the other
    version, and when.
    """

    path: str
    about: str
    base: str | None
    ours: str | None
    theirs: str | None
    by: str = ""
    lines: bool = False  # whether ``Choice.BOTH`` is possible: both versions, one below the other


Decide = Callable[[Question], Choice]


class Undecided(ZhenggaiError):
    """Nobody answered the questions, so nothing was merged."""

    exit_code = Exit.CONFLICT
