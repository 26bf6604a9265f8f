"""Starts the program with the garbage collector off.

A command is short and creates no reference cycles. With the collector on, importing a thousand modules costs a fifth of a
command's time.
"""

import gc
import os
import sys

from zhenggai.cli import streams


def main() -> None:
    """The entry point of the console script and of ``python -m zhenggai``."""
    gc.disable()
    if "_ZHENGGAI_COMPLETE" in os.environ:  # a shell asks what may stand at the cursor
        from zhenggai.cli.completion import answer  # imported here: few runs need it

        answer()
    try:
        from zhenggai.cli.app import main as program  # after ``gc.disable``: imports create most objects
    except KeyboardInterrupt:  # Ctrl-C during the imports; ``app`` handles a later one
        streams.prepare()
        print("\nzhenggai：已取消，什么也没有改动", file=sys.stderr, flush=True)
        os._exit(130)  # ``errors.Exit.INTERRUPTED``, which may not be imported yet
    program()
