"""The three standard streams: always open, always UTF-8, and never raising on output.

An output error therefore cannot stop a command halfway.
"""

import errno
import io
import os
import sys
import time
from contextlib import suppress
from typing import TextIO

WINDOWS = os.name == "nt"
_BURST = 0.15  # seconds between the keys of one who types fast
_STAND_IN = (os.O_RDONLY, os.O_RDONLY, os.O_WRONLY)  # for closed streams: empty stdin, failing stdout, silent stderr


class Output(io.TextIOWrapper):
    """An output stream that keeps its first error in ``failure`` and drops all later output.

    The command goes on and finishes the files that it has begun to write.
    """

    failure: OSError | None = None

    def write(self, text: str) -> int:
        """Write a text, unless an earlier write has failed. Returns the number of characters."""
        if self.failure is None:
            try:
                return super().write(text)
            except OSError as error:
                self.failure = error
        return len(text)

    def flush(self) -> None:
        """Write what is still buffered, unless an earlier write has failed."""
        if self.failure is None:
            try:
                super().flush()
            except OSError as error:
                self.failure = error


def restart_in_utf8() -> None:
    """Restart Python in its UTF-8 mode if the locale gives file names another encoding.

    Python decodes arguments and environment variables before the program starts, so only a restart helps. ``exec`` keeps
    the process. Windows always uses UTF-8.
    """
    if WINDOWS or sys.getfilesystemencoding() == "utf-8" or "utf8" in sys._xoptions:
        return
    words = [sys.executable, "-X", "utf8", *sys.orig_argv[1:]]
    with suppress(OSError):  # the interpreter cannot be started: go on as it is
        os.execv(sys.executable, [in_utf8(word) for word in words])


def in_utf8(word: str) -> bytes:
    """An argument in UTF-8: its original bytes if they are UTF-8, else the text of the locale encoded anew."""
    given = os.fsencode(word)
    try:
        given.decode("utf-8")
    except UnicodeDecodeError:
        return word.encode("utf-8", "surrogateescape")
    return given


def prepare() -> None:
    """Open the closed streams and set all three to UTF-8. Raises nothing."""
    _open_missing()
    sys.stdin = _input()
    sys.stdout = _output(sys.stdout, 1)
    sys.stderr = _output(sys.stderr, 2)


def failure() -> OSError | None:
    """The error that kept output from stdout; None if all of it was written.

    A pipe whose reader has gone is a ``BrokenPipeError``, on Windows too, which calls it an invalid argument.
    """
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    found = sys.stdout.failure if isinstance(sys.stdout, Output) else None
    if WINDOWS and found is not None and found.errno == errno.EINVAL:
        return BrokenPipeError(errno.EPIPE, os.strerror(errno.EPIPE))
    return found


def is_terminal(stream: TextIO) -> bool:
    """Whether a stream is a terminal that can show colours. On Windows they are switched on first.

    For Windows its null device is a terminal too, and a console of before Windows 10 would show the sequences of colours
    as they are; neither counts here.
    """
    if not stream.isatty():
        return False
    if sys.platform != "win32":
        return True
    import ctypes  # imported here: only on Windows
    import msvcrt

    number = stream.fileno()
    mode, handle = ctypes.c_ulong(), ctypes.c_void_p(msvcrt.get_osfhandle(number))
    if not ctypes.windll.kernel32.GetConsoleMode(handle, ctypes.byref(mode)):
        return False
    sequences = 4  # ENABLE_VIRTUAL_TERMINAL_PROCESSING
    return number == 0 or bool(ctypes.windll.kernel32.SetConsoleMode(handle, mode.value | sequences))


def discard_typed() -> None:
    """Throw away what was typed or pasted at the terminal and not read yet. Raises nothing.

    What comes within ``_BURST`` of it belongs to it: the Enter after an answer that was typed ahead is none by itself.
    """
    if not is_terminal(sys.stdin):
        return
    if sys.platform == "win32":
        import msvcrt  # imported here: only on Windows

        while msvcrt.kbhit():
            while msvcrt.kbhit():
                msvcrt.getwch()
            time.sleep(_BURST)
        return
    import select  # imported here: few commands ask
    import termios  # not on Windows

    with suppress(termios.error, OSError, ValueError):
        number = sys.stdin.fileno()
        before = termios.tcgetattr(number)
        by_key = [*before]
        by_key[3] &= ~(termios.ICANON | termios.ECHO)  # else half a line does not count as waiting
        termios.tcsetattr(number, termios.TCSANOW, by_key)
        try:
            patience = 0.0
            while select.select([number], [], [], patience)[0]:
                termios.tcflush(number, termios.TCIFLUSH)
                patience = _BURST
        finally:
            termios.tcsetattr(number, termios.TCSANOW, before)


def _open_missing() -> None:
    """Open ``/dev/null`` under the descriptor numbers (0 to 2) of closed streams.

    Otherwise the next opened file would get such a number, and printed text would go into it.
    """
    for number, mode in enumerate(_STAND_IN):
        try:
            os.fstat(number)
        except OSError:
            with suppress(OSError):
                os.set_inheritable(os.open(os.devnull, mode), True)  # this one is the lowest free number


def _input() -> TextIO:
    stream = sys.stdin
    if stream is None:
        return open(0, encoding="utf-8", errors="surrogateescape", closefd=False)
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(encoding="utf-8", errors="surrogateescape")
    return stream


def _output(stream: TextIO | None, number: int) -> Output:
    """A UTF-8 stream over the same buffer. A lone surrogate, which UTF-8 cannot encode, is written as ``?``."""
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
