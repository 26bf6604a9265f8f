"""The errors that end a command. Each carries its Chinese message for the user and its exit code.

Faults in the user's *data* are not exceptions but values, ``zhenggai.model.source.Diagnostic``.
"""

import sys
from enum import IntEnum


class Exit(IntEnum):
    """Exit codes, as documented in docs/guide.md."""

    OK = 0
    FOUND = 1  # the result is shown, but the data have errors; overdue tasks with --fail
    USAGE = 2
    NOTHING = 3  # nothing can be shown
    CONFLICT = 4  # conflict, or locked
    MISSING = 5  # a required program is not installed
    INTERRUPTED = 130  # Ctrl-C, the code that shells use


class ZhenggaiError(Exception):
    """A command cannot go on. ``str(error)`` is the whole message for the user."""

    exit_code: Exit = Exit.NOTHING


class UsageError(ZhenggaiError):
    """The command line cannot be carried out: wrong option, unknown name, refused entry."""

    exit_code = Exit.USAGE


class NotInPlan(UsageError):
    """What the command line names is not in this plan. Where several plans are asked, another one may have it."""


class NothingToShow(ZhenggaiError):
    """There is nothing to show: no plan, or no unit, can be read here."""


class Locked(ZhenggaiError):
    """Another process of zhenggai is writing here."""

    exit_code = Exit.CONFLICT


class Changed(ZhenggaiError):
    """A file has changed since it was read."""

    exit_code = Exit.CONFLICT


class FileChanged(Changed):
    """A file has changed since its ledger was opened, and its earlier contents are not stored."""

    def __init__(self, path: str) -> None:
        super().__init__(f"{path} 刚刚被改动\n  下一步：再运行一次")
        self.path = path


class MissingLibrary(ZhenggaiError):
    """A library that only some commands need is not installed. ``package`` is what pip calls it, ``folder`` which folder for offline computers has it."""

    exit_code = Exit.MISSING

    def __init__(self, what: str, package: str, folder: str = "安装文件夹") -> None:
        super().__init__(
            f"{what}要用 {package}，这台电脑没有装\n"
            f'  下一步："{sys.executable}" -m pip install {package}；没有网络的，用{folder}再装一次程序'
        )


class Unwritable(ZhenggaiError):
    """A file cannot be written: the system refuses it, or something else than a regular file is in its place."""
