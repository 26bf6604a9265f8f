"""Runs the program at a pseudo-terminal and answers its questions."""

import os
import select
import subprocess
import sys
from pathlib import Path

import pytest

from small_repo import Ran

pty = pytest.importorskip("pty", reason="pseudo-terminals are of Unix")

SCRIPT = """
import sys
from datetime import datetime
from zhenggai.cli import clock
clock.now = lambda: datetime(2020, 7, 1, 9, 30)
from zhenggai.cli.start import main
main()
"""
PATIENCE = 30  # seconds to wait for output of the program


def spoken(root: Path, *arguments: str, answers: list[tuple[str, str]]) -> Ran:
    """Run the program at a terminal. Each pair of ``answers`` is a question to wait for and its answer. Returns all output."""
    here, there = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-c", SCRIPT, *arguments],
        cwd=root,
        stdin=there,
        stdout=there,
        stderr=there,
        start_new_session=True,
    )
    os.close(there)
    screen, seen = b"", 0  # bytes, as a read may end inside a character
    try:
        for question, answer in answers:
            while question.encode() not in screen[seen:]:
                more = read(here)
                assert more, f"ended without asking “{question}”:\n{screen.decode()}"
                screen += more
            seen = len(screen)
            os.write(here, f"{answer}\n".encode())
        while more := read(here):
            screen += more
    finally:
        os.close(here)  # a program that still waits for input gets its end
    return Ran(process.wait(PATIENCE), screen.decode().replace("\r\n", "\n"), "")


def read(terminal: int) -> bytes:
    """The next output of the program, empty at the end."""
    ready, _, _ = select.select([terminal], [], [], PATIENCE)
    assert ready, "the program says nothing and waits for something"
    try:
        return os.read(terminal, 65536)
    except OSError:  # Linux raises it when the other end is closed
        return b""
