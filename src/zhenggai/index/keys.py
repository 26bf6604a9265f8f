"""The keys of kept values. A key is a digest of all inputs of its value, the version of the program included."""

import os
import sys
from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from importlib.util import find_spec

import zhenggai

try:
    from _blake2 import blake2b  # hashlib loads OpenSSL too, a twentieth of the time of a list
except ImportError:  # a Python without this private module
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
    """The key for some inputs, in their order.

    >>> key_of("甲", "乙") == key_of("甲", "乙"), key_of("甲乙", "") == key_of("甲", "乙"), len(key_of())
    (True, False, 32)
    """
    return digest_of(parts)


def digest_of(parts: Iterable[str | bytes]) -> str:
    """The digest of a series of parts, 32 hexadecimal digits. A text may have surrogates, from file names that are not UTF-8."""
    data = [part if isinstance(part, bytes) else part.encode("utf-8", "surrogatepass") for part in parts]
    return blake2b(b"".join([b"%d:%b" % (len(part), part) for part in data]), digest_size=_SIZE).hexdigest()


@cache
def program_key() -> str:
    """A digest that changes with the program: from the files of the packages that decide kept values.

    It includes the interpreter and the calendar of workdays, since both may give the same words another meaning.
    """
    home = os.path.dirname(zhenggai.__file__)
    calendar = find_spec("chinese_calendar")
    places = [f"{home}/{room}" for room in _ROOMS]
    if calendar is not None and calendar.origin:
        places.append(os.path.dirname(calendar.origin))
    return digest_of([zhenggai.__version__, sys.version, *map(_state_of, places)])


def _state_of(folder: str) -> str:
    """The number, the total size and the sum of times of a folder's Python files; zeros in a zip, where the version must do."""
    number = size = times = 0
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.endswith(".py"):
                info = entry.stat()
                number, size, times = number + 1, size + info.st_size, times + info.st_mtime_ns
    return f"{number} {size} {times}"
