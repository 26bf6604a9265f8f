"""Starts the program, with the garbage collector off: a command is short and makes no cycles, and looking for them
while a thousand modules' objects are made costs a fifth of its time.
"""

import gc
import os
import sys

from zhenggai.cli import streams


def main() -> None:
    """What the console script and ``python -m zhenggai`` run."""
    gc.disable()
    try:
        from zhenggai.cli.app import main as program  # after that line, since importing makes most of the objects
    except KeyboardInterrupt:  # before anything was begun; what comes later is said there
        streams.prepare()
        print("\nzhenggai：已取消，什么也没有改动", file=sys.stderr, flush=True)
        os._exit(130)  # ``errors.Exit``, which may not be there yet
    program()
