"""Rates as reports state them: rounded half up (四舍五入), computed on whole numbers, so that no half is lost on the way."""


def rounded(part: int, whole: int, places: int = 0) -> float:
    """``part`` ÷ ``whole``, rounded half up, below 0 half down. ``whole`` is greater than 0.

    >>> rounded(1, 8, 2), rounded(-1, 8, 2), rounded(5, 2), rounded(2, 3, 4)
    (0.13, -0.13, 3.0, 0.6667)
    """
    scale: int = 10**places
    size = (2 * abs(part) * scale + whole) // (2 * whole) / scale
    return -size if part < 0 else size


def rate(part: int, whole: int) -> float | None:
    """``part`` of ``whole`` in percent, two decimals. None if the whole is 0.

    >>> rate(5, 32), rate(1, 3), rate(0, 0)
    (15.63, 33.33, None)
    """
    return rounded(part * 100, whole, 2) if whole else None


def points(now: float, before: float) -> float:
    """The difference of two rates in percentage points, two decimals.

    >>> points(33.33, 15.63), points(15.63, 33.33)
    (17.7, -17.7)
    """
    return rounded(round(now * 100) - round(before * 100), 100, 2)
