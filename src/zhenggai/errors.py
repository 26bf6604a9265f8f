"""What ends a command: each error owns its sentence (in Chinese, for the user) and its exit code.

Trouble in the user's *data* is not an exception but a value, ``zhenggai.model.source.Diagnostic``.
"""

from enum import IntEnum


class Exit(IntEnum):
    """Exit codes, as documented in docs/guide.md."""

    OK = 0
    FOUND = 1  # errors in the data beside what could be shown; overdue with --fail
    USAGE = 2
    NOTHING = 3  # nothing can be shown
    CONFLICT = 4  # conflict or locked
    MISSING = 5  # needs something that is not installed
    INTERRUPTED = 130  # Ctrl-C, as shells say it


class ZhenggaiError(Exception):
    """A command cannot go on. ``str(error)`` is the whole message for the user."""

    exit_code: Exit = Exit.NOTHING


class UsageError(ZhenggaiError):
    """The user asked for something that cannot be meant: wrong option, unknown name, refused entry."""

    exit_code = Exit.USAGE


class NothingToShow(ZhenggaiError):
    """No plan can be read here."""


class Locked(ZhenggaiError):
    """Another zhenggai is writing here."""

    exit_code = Exit.CONFLICT


class Changed(ZhenggaiError):
    """The file is not what was read."""

    exit_code = Exit.CONFLICT


class FileChanged(Changed):
    """A file is not any more as it was when its ledger was opened, and what it said then is not kept."""

    def __init__(self, path: str) -> None:
        super().__init__(f"{path} 刚刚被改动\n  下一步：再运行一次")
        self.path = path


class Unwritable(ZhenggaiError):
    """The system refuses the write, or what stands there is nothing to write to."""
