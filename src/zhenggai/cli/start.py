"""Starts the program, with the garbage collector off: a command is short and makes no cycles, and looking for them
while a thousand modules' objects are made costs a fifth of its time.
"""

import gc


def main() -> None:
    """What the console script and ``python -m zhenggai`` run."""
    gc.disable()
    from zhenggai.cli.app import main as program  # after that line, since importing makes most of the objects

    program()
