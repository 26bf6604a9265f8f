"""What git said when it failed, in ``.zhenggai/git.log``. Git speaks English: it is for an administrator, not for the user."""

import re
from datetime import datetime
from pathlib import Path

from zhenggai.errors import ZhenggaiError
from zhenggai.reading.data_folders import PRIVATE
from zhenggai.writing.atomic import read_bytes, replace_file

LOG = f"{PRIVATE}/git.log"
_MOST = 64 * 1024  # bytes; what is older goes
_QUOTED = 6  # lines; the first ones seldom contain the reason


def logged(root: Path, act: str, words: str) -> str:
    """Add git's words during ``act`` to the log, and return the line of a message that names it.

    Where the log cannot be written (the disk is full, the folder is another user's), the line quotes the words.
    """
    path, words = root / LOG, re.sub(r"(?<=://)[^/@\s]+@", "", words)  # an address may hold a password
    added = f"{datetime.now().astimezone():%Y-%m-%d %H:%M:%S %z} {act}\n{words.strip()}\n\n".encode("utf-8", "replace")
    try:
        before = read_bytes(path)
        replace_file(path, before, ((before or b"") + added)[-_MOST:])
    except ZhenggaiError:
        return quoted(words)
    return f"  git 的原话记在 {LOG}"


def quoted(words: str) -> str:
    """The last lines of git's words, for a message without a log."""
    return "\n".join(["  git 的原话：", *(f"    {line}" for line in words.splitlines()[-_QUOTED:])])
