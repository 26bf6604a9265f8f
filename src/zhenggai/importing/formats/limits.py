"""What a process that reads somebody's file may take, and by which exit codes it says what was wanting."""

import sys
from contextlib import suppress
from typing import Final

SECONDS: Final = 20
MEMORY: Final = (
    180_000_000  # bytes that the process writes to; the libraries' own files come to it. Linux holds a process to it
)
_ADDRESSES: Final = (
    1_000_000_000  # for systems that do not; files count here, of which some systems map 200 MB for their languages
)
TOO_MUCH: Final = 3  # exit codes
NO_LIBRARY: Final = 4


def limit_this_process() -> None:
    """Hold this process to the limits, as far as the system can; what is over them becomes a ``MemoryError`` or a signal.

    openpyxl imports numpy where a roll-up has installed it, though no file needs it, and it takes half of the memory: it is
    kept out.
    """
    sys.modules["numpy"] = None  # type: ignore[assignment]  # what an import then makes an ImportError of
    try:
        import resource  # imported here: Windows has none
    except ImportError:
        return
    limits = {
        resource.RLIMIT_DATA: MEMORY,
        resource.RLIMIT_AS: _ADDRESSES,
        resource.RLIMIT_CPU: SECONDS,
        resource.RLIMIT_CORE: 0,
    }
    for kind, most in limits.items():
        _, hard = resource.getrlimit(kind)
        with suppress(ValueError, OSError):  # some systems refuse some of them
            resource.setrlimit(kind, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))
