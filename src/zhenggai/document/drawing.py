"""Tones, and what only a page draws of a table: bars on a scale, curves over time. The cells say the same."""

from enum import StrEnum

from zhenggai.frozen import frozen


class Tone(StrEnum):
    """How a cell is meant to strike the eye; its word always stands beside the colour."""

    PLAIN = ""
    RED = "红"
    YELLOW = "黄"
    GREEN = "绿"
    BLUE = "蓝"
    DIM = "淡"


@frozen
class Lane:
    """A bar on a scale from 0 to 1. It reaches from ``start`` to ``end``, both on the scale.

    Of its length the share ``filled`` is full, and the share ``settled`` of the same length, from its start too, is darker.
    ``marks`` are places on the scale, such as due days.
    """

    start: float = 0.0
    end: float = 1.0
    filled: float = 0.0
    settled: float = 0.0
    marks: tuple[float, ...] = ()


@frozen
class Tick:
    """A word at a place from 0 to 1."""

    at: float
    word: str


@frozen
class Scale:
    """What stands along an axis: words at their places, and the place of the day that is shown, None if it is not there."""

    ticks: tuple[Tick, ...]
    today: float | None = None


@frozen
class Line:
    """A line of a curve: places along the axis, from 0 to 1, and the number at each."""

    name: str
    at: tuple[float, ...]
    numbers: tuple[int, ...]
    tone: Tone = Tone.PLAIN
    is_dashed: bool = False


@frozen
class Band:
    """A stretch of the axis with a name, such as a phase."""

    name: str
    start: float
    end: float


@frozen
class Curve:
    """Numbers over time: the lines, and below them the bands."""

    scale: Scale
    lines: tuple[Line, ...]
    bands: tuple[Band, ...] = ()
