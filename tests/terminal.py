"""Runs the program at a pseudo-terminal and answers its questions."""

import os
import re
import select
from collections.abc import Sequence
from pathlib import Path

from small_repo import Ran
from warm_start import Started

SCRIPT = """
import sys
from datetime import datetime
from zhenggai.cli import clock
clock.now = lambda: datetime(2020, 7, 1, 9, 30)
from zhenggai.cli.start import main
main()
"""
PATIENCE = 30  # seconds to wait for output of the program


ENTER, ESCAPE, CTRL_C, CTRL_D = "\r", "\x1b", "\x03", "\x04"
UP, DOWN, LEFT, BACKSPACE = "\x1b[A", "\x1b[B", "\x1b[D", "\x7f"
_SEQUENCE = re.compile("\x1b(?:\\[[0-?]*[ -/]*[@-~]|[@-Z\\\\^_]|][^\x07]*\x07)")


class Keys(str):
    """Keys to press as they are, without Enter at the end."""


def pasted(text: str) -> str:
    """A text as a terminal sends it when it is pasted: between marks, with carriage returns."""
    return f"\x1b[200~{text}\x1b[201~".replace("\n", "\r")


def spoken(root: Path, *arguments: str, answers: Sequence[tuple[str, str]]) -> Ran:
    """Run the program at a terminal. Each pair of ``answers`` is a question to wait for and its answer.

    An answer ends with Enter, unless it is of ``Keys``. Returns all output, without the sequences that move the cursor.
    """
    here, there = os.openpty()
    program = Started(SCRIPT, arguments, (there, there, there), folder=str(root))
    os.close(there)
    screen, seen, last = b"", 0, ""  # bytes, as a read may end inside a character
    try:
        for question, answer in answers:
            times = 2 if question == last else 1  # an answered question is drawn once more, with its answer
            while shown(screen[seen:]).count(question) < times:
                more = read(here, screen)
                assert more, f"ended without asking “{question}”:\n{shown(screen)}"
                screen += more
            seen, last = len(screen), question
            os.write(here, (answer if isinstance(answer, Keys) else f"{answer}{ENTER}").encode())
        while more := read(here, screen):
            screen += more
    finally:
        os.close(here)  # a program that still waits for input gets its end
    return Ran(program.wait(PATIENCE), shown(screen), "")


def shown(output: bytes) -> str:
    """The text of an output, without the sequences that move the cursor and set colours; blanks may be skipped by one."""
    text = re.sub(r"\x1b\[(\d*)C", lambda skipped: " " * int(skipped[1] or 1), output.decode(errors="replace"))
    return _SEQUENCE.sub("", text).replace("\r\n", "\n").replace("\r", "")


def read(terminal: int, so_far: bytes = b"") -> bytes:
    """The next output of the program, empty at the end."""
    ready, _, _ = select.select([terminal], [], [], PATIENCE)
    assert ready, f"the program says nothing and waits for something:\n{shown(so_far)}"
    try:
        return os.read(terminal, 65536)
    except OSError:  # Linux raises it when the other end is closed
        return b""
