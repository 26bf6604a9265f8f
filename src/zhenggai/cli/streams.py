"""The three standard streams: all there, UTF-8 whatever the locale says, and never the reason why a command ends midway."""

import io
import os
import sys
from contextlib import suppress
from typing import TextIO

_STAND_IN = (os.O_RDONLY, os.O_RDONLY, os.O_WRONLY)  # of closed streams: nothing is read, output fails, notes vanish


class Output(io.TextIOWrapper):
    """A stream that drops what it cannot put out, and keeps the reason: a command finishes what it has begun to write."""

    failure: OSError | None = None

    def write(self, text: str) -> int:
        """Put out a text, unless an earlier one could not be."""
        if self.failure is None:
            try:
                return super().write(text)
            except OSError as error:
                self.failure = error
        return len(text)

    def flush(self) -> None:
        """Put out what is still held back."""
        if self.failure is None:
            try:
                super().flush()
            except OSError as error:
                self.failure = error


def restart_in_utf8() -> None:
    """Where Python takes file names for another encoding than UTF-8, begin again in its UTF-8 mode.

    Names, arguments and variables were decoded before this program began, so that nothing less will do. The process stays
    the same one (``exec``). On Windows they are UTF-8 anyway.
    """
    if os.name != "posix" or sys.getfilesystemencoding() == "utf-8" or "utf8" in sys._xoptions:
        return
    words = [sys.executable, "-X", "utf8", *sys.orig_argv[1:]]
    with suppress(OSError):  # no such program: then as it is
        os.execv(sys.executable, [in_utf8(word) for word in words])


def in_utf8(word: str) -> bytes:
    """An argument's bytes: as they came where they are UTF-8, else what they mean in the locale."""
    given = os.fsencode(word)
    try:
        given.decode("utf-8")
    except UnicodeDecodeError:
        return word.encode("utf-8", "surrogateescape")
    return given


def prepare() -> None:
    """Have all three streams there and in UTF-8. Raises nothing."""
    _open_missing()
    sys.stdin = _input()
    sys.stdout = _output(sys.stdout, 1)
    sys.stderr = _output(sys.stderr, 2)


def failure() -> OSError | None:
    """Why the answer could not be put out, None where all of it was."""
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    return sys.stdout.failure if isinstance(sys.stdout, Output) else None


def _open_missing() -> None:
    """Take the numbers of closed streams, or the next file that is opened would get one, and what is printed with it."""
    for number, mode in enumerate(_STAND_IN):
        try:
            os.fstat(number)
        except OSError:
            with suppress(OSError):
                os.set_inheritable(os.open(os.devnull, mode), True)  # the lowest free number is this one


def _input() -> TextIO:
    stream = sys.stdin
    if stream is None:
        return open(0, encoding="utf-8", errors="surrogateescape", closefd=False)
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(encoding="utf-8", errors="surrogateescape")
    return stream


def _output(stream: TextIO | None, number: int) -> Output:
    """The stream over the same buffer; a lone surrogate, which UTF-8 has no form for, is shown as ``?``."""
    if stream is None:
        return Output(open(number, "wb", closefd=False), encoding="utf-8", errors="replace")
    held = stream if isinstance(stream, io.TextIOWrapper) else None
    return Output(
        stream.buffer,
        encoding="utf-8",
        errors="replace",
        line_buffering=bool(held and held.line_buffering),
        write_through=bool(held and held.write_through),
    )
