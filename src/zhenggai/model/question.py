"""What only a person can decide while two versions are brought together."""

from collections.abc import Callable
from enum import Enum

from zhenggai.errors import Exit, ZhenggaiError
from zhenggai.frozen import frozen


class Choice(Enum):
    """Which side is kept; both only where lines stand side by side (plans, unit books)."""

    OURS = 1
    THEIRS = 2
    BOTH = 3


@frozen
class Question:
    """The two versions of one thing in a file: a field of an entry, some lines, or the whole file.

    ``about`` names the thing in Chinese; a side is None where it does not have it. ``by`` says who made the other
    version, and when.
    """

    path: str
    about: str
    base: str | None
    ours: str | None
    theirs: str | None
    by: str = ""
    lines: bool = False  # whether both sides may be kept, one below the other


Decide = Callable[[Question], Choice]


class Undecided(ZhenggaiError):
    """A person must decide, and nobody did: nothing was brought together."""

    exit_code = Exit.CONFLICT
