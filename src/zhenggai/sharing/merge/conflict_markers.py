"""Conflict markers, as git writes them: both versions of something, one above the other, for a person to choose from."""

import re

OURS_NAME, THEIRS_NAME = "一方", "另一方"

_MARKER = re.compile(r"([<>])\1{6,}(?:\s|\Z)")


def between_markers(ours: str, theirs: str, size: int) -> str:
    """Both versions, each ending with a line end or empty, between markers of ``size`` characters."""
    return f"{'<' * size} {OURS_NAME}\n{ours}{'=' * size}\n{theirs}{'>' * size} {THEIRS_NAME}\n"


def side_by_side(ours: bytes, theirs: bytes, size: int) -> bytes:
    """Both versions of a file between markers, but for the entries that they begin and end with in common."""
    mine, others = ours.splitlines(keepends=True), theirs.splitlines(keepends=True)
    above = _common(mine, others)
    while above and not (_begins_entry(mine[above:]) and _begins_entry(others[above:])):
        above -= 1
    below = _common(mine[above:][::-1], others[above:][::-1])
    while below and not _begins_entry(mine[-below:]):
        below -= 1
    middle, other = (_ended(lines[above : len(lines) - below]) for lines in (mine, others))
    marked = between_markers("\0", "\0", size).encode().split(b"\0")  # the bytes between may be no text
    rest = mine[len(mine) - below :]
    return b"".join([*mine[:above], marked[0], middle, marked[1], other, marked[2], *rest])


def without_conflicts(text: str) -> str:
    """A text without what stands between conflict markers, those included: the base that git makes of two may have such."""
    kept, depth = list[str](), 0
    for line in text.splitlines(keepends=True):
        marker = _MARKER.match(line)
        if marker and marker[1] == "<":
            depth += 1
        elif marker and depth:
            depth -= 1
        elif not depth:
            kept.append(line)
    return "".join(kept)


def _common(ours: list[bytes], theirs: list[bytes]) -> int:
    pairs = zip(ours, theirs, strict=False)
    return next((n for n, (one, other) in enumerate(pairs) if one != other), min(len(ours), len(theirs)))


def _begins_entry(lines: list[bytes]) -> bool:
    return not lines or lines[0].startswith(b"-")


def _ended(lines: list[bytes]) -> bytes:
    text = b"".join(lines)
    return text if not text or text.endswith((b"\n", b"\r")) else text + b"\n"
