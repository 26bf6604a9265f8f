"""A curve as a page draws it: SVG in shares of its width and height."""

from collections.abc import Mapping, Sequence
from itertools import count
from typing import Final, NamedTuple

from zhenggai.document.drawing import Band, Curve, Line

_NEAR_END: Final = 0.8  # of an axis: what begins after it has no room for its name
_TAG: Final = 0.075  # of a curve's height: that of a name
_CHARACTER: Final = 0.04  # of an axis in a narrow window: that of a character


class PlottedBand(NamedTuple):
    """A band, and where its name begins, or ends if it stands before the band."""

    band: Band
    at: float
    is_before: bool = False


class Plot(NamedTuple):
    """A curve on paper of 100 × 100: its lines as points, and the numbers along its side at their heights, from the top.

    ``tags`` are the names of lines at their ends; ``needs_margin``: they stand beside the paper.
    """

    lines: Sequence[tuple[Line, str]]
    heights: Sequence[tuple[int, float]]
    tags: Sequence[tuple[Line, float]]
    needs_margin: bool
    bands: Sequence[PlottedBand]


def plotted(curve: Curve) -> Plot:
    """The plot of a curve."""
    sides = _sides(max((number for line in curve.lines for number in line.numbers), default=0))
    top = sides[-1]

    def points(line: Line) -> str:
        return " ".join(
            f"{at * 100:.4g},{100 - number * 100 / top:.4g}" for at, number in zip(line.at, line.numbers, strict=True)
        )

    drawn = [(line, points(line)) for line in curve.lines]
    ends = {line: 1 - line.numbers[-1] / top for line in curve.lines if line.numbers and not line.is_dashed}
    needs_margin = any(line.at[-1] > _NEAR_END for line in ends)
    heights = [(number, 1 - number / top) for number in sides]
    return Plot(drawn, heights, _apart(ends), needs_margin, list(map(plotted_band, curve.bands)))


def plotted_band(band: Band) -> PlottedBand:
    """A band with the place of its name: in it, or where it has no room beside it, on the side that has more.

    >>> [plotted_band(Band("集中整改", *ends))[1:] for ends in ((0.1, 0.6), (0.1, 0.2), (0.9, 1))]
    [(0.1, False), (0.2, False), (0.9, True)]
    """
    if band.end - band.start >= len(band.name) * _CHARACTER:
        return PlottedBand(band, band.start)
    is_before = band.start > 1 - band.end
    return PlottedBand(band, band.start if is_before else band.end, is_before)


def _apart(ends: Mapping[Line, float]) -> list[tuple[Line, float]]:
    """Lines with heights near their own, from the top, at which their names do not touch."""
    found: list[tuple[Line, float]] = []
    above = 1 + _TAG
    for line, height in sorted(ends.items(), key=lambda item: -item[1]):  # the lowest first: they are pushed up
        above = min(height, above - _TAG)
        found.append((line, above))
    return found


def _sides(most: int) -> list[int]:
    """The numbers along the side of a curve that reaches up to ``most``: at most six, from 0.

    >>> _sides(0), _sides(4), _sides(48), _sides(168)
    ([0, 1], [0, 1, 2, 3, 4], [0, 10, 20, 30, 40, 50], [0, 50, 100, 150, 200])
    """
    steps = (factor * 10**power for power in count() for factor in (1, 2, 5))
    step = next(step for step in steps if step * 5 >= most)
    return [n * step for n in range(max(-(-most // step), 1) + 1)]
