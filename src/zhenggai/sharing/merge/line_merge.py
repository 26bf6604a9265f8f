"""Merges two edits of a text line by line with git's merge; a person decides about conflicts."""

import re
import tempfile
from collections.abc import Callable
from pathlib import Path

from zhenggai.model.question import Choice, Question
from zhenggai.sharing.git import call

_SIZE = 43  # characters of conflict markers: no line of a plan begins like that
_SIZE_IN_BASE = 37  # of markers that remain in a merged base, so that it equals neither side
_FAILED = 128
_CONFLICT = re.compile(
    rb"^<{43}[^\n]*\n(?P<ours>.*?)^\|{43}[^\n]*\n(?P<base>.*?)^={43}\r?\n(?P<theirs>.*?)^>{43}[^\n]*(?:\n|\Z)",
    re.DOTALL | re.MULTILINE,
)


def merged_lines(
    path: str, base: bytes, ours: bytes, theirs: bytes, decide: Callable[[Question], Choice] | None
) -> bytes | None:
    """The text with the edits of both sides; None if a version is no text.

    Without ``decide``, conflicts remain in the result between markers.
    """
    if any(b"\0" in data for data in (base, ours, theirs)):
        return None
    with tempfile.TemporaryDirectory() as folder:
        names = []
        for name, data in (("ours", ours), ("base", base), ("theirs", theirs)):
            Path(folder, name).write_bytes(data)
            names.append(name)
        answer = call(
            Path(folder), "merge-file", "-p", "--diff3", f"--marker-size={_SIZE if decide else _SIZE_IN_BASE}", *names
        )
    if answer.code >= _FAILED:
        return None
    return _decided(answer.data, path, decide) if answer.code and decide else answer.data


def _decided(text: bytes, path: str, decide: Callable[[Question], Choice]) -> bytes:
    """The text with each conflict replaced by the chosen version."""
    parts, done = list[bytes](), 0
    for found in _CONFLICT.finditer(text):
        parts.append(text[done : found.start()])
        above = b"".join(parts).count(b"\n")
        parts.append(_chosen(found, path, above + 1, decide))
        done = found.end()
    return b"".join([*parts, text[done:]])


def _chosen(found: re.Match[bytes], path: str, line: int, decide: Callable[[Question], Choice]) -> bytes:
    base, ours, theirs = (found[name].decode("utf-8", "replace") for name in ("base", "ours", "theirs"))
    match decide(Question(path, f"第 {line} 行起", base or None, ours or None, theirs or None, lines=True)):
        case Choice.OURS:
            return found["ours"]
        case Choice.THEIRS:
            return found["theirs"]
        case Choice.BOTH:
            return found["ours"] + found["theirs"]
