"""What a process that reads somebody's file may take, and how it says that this was too little."""

from typing import Final

SECONDS: Final = 20
MEMORY: Final = 200_000_000  # bytes of address space; only some systems, Linux among them, hold a process to it
TOO_MUCH: Final = 3  # exit code


def limit_this_process() -> None:
    """Hold this process to the limits, as far as the system can; what is over them becomes a ``MemoryError`` or a signal."""
    try:
        import resource  # imported here: Windows has none
    except ImportError:
        return
    for kind, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, SECONDS), (resource.RLIMIT_CORE, 0)):
        _, hard = resource.getrlimit(kind)
        resource.setrlimit(kind, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))
