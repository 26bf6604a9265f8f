"""Keys of what is kept: each names everything that its value was made from, the program among it."""

import os
import sys
from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from importlib.util import find_spec

import zhenggai

try:
    from _blake2 import blake2b  # hashlib loads OpenSSL with it, which costs a twentieth of a list
except ImportError:  # a Python that has it elsewhere
    from hashlib import blake2b

_SIZE = 16
_ROOMS = (
    ".",
    "model",
    "deadline",
    "rules",
    "rules/plan",
    "rules/task",
    "rules/day",
    "rules/checks",
    "reading",
    "index",
)


def key_of(*parts: str | bytes) -> str:
    """The key of what was made from some texts, in their order.

    >>> key_of("甲", "乙") == key_of("甲", "乙"), key_of("甲乙", "") == key_of("甲", "乙"), len(key_of())
    (True, False, 32)
    """
    return digest_of(parts)


def digest_of(parts: Iterable[str | bytes]) -> str:
    """The same of a series of texts; a file's name may be no text, and so stands as bytes that are."""
    data = [part if isinstance(part, bytes) else part.encode("utf-8", "surrogatepass") for part in parts]
    return blake2b(b"".join([b"%d:%b" % (len(part), part) for part in data]), digest_size=_SIZE).hexdigest()


@cache
def program_key() -> str:
    """What tells this program from any other version of it: how the files stand that decide what is kept.

    The calendar of workdays and the interpreter count too: both may read the same words otherwise.
    """
    home = os.path.dirname(zhenggai.__file__)
    calendar = find_spec("chinese_calendar")
    places = [f"{home}/{room}" for room in _ROOMS]
    if calendar is not None and calendar.origin:
        places.append(os.path.dirname(calendar.origin))
    return digest_of([zhenggai.__version__, sys.version, *map(_state_of, places)])


def _state_of(folder: str) -> str:
    """How many Python files a folder has, their size and times together; nothing in a zip, where the version tells."""
    number = size = times = 0
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.endswith(".py"):
                info = entry.stat()
                number, size, times = number + 1, size + info.st_size, times + info.st_mtime_ns
    return f"{number} {size} {times}"
