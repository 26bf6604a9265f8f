"""Completion at the prompt of a shell: what may stand at the cursor of a command line that is being typed.

The shell's script (``setup/completion_scripts``) runs the program with its question in the environment; the program answers
and ends, without running or importing a command.

- ``_ZHENGGAI_COMPLETE``: the shell that asks; only a question has it.
- ``_ZHENGGAI_WORDS``: the words before the cursor, a line each; ``_ZHENGGAI_TYPED``: the beginning of the word at it.
- ``_ZHENGGAI_COLUMNS``: the width of the window, for bash.
"""

import os
import sys
from typing import NoReturn


def answer() -> NoReturn:
    """Print the answer to the shell's question and end. Whatever goes wrong, nothing else is printed."""
    try:
        from zhenggai.cli.completion.shells import answer_for  # imported here: it must not fail loudly either

        given = answer_for(os.environ)
        sys.stdout.buffer.write(given.encode("utf-8", "replace"))
        sys.stdout.buffer.flush()
    except BaseException:  # half a line typed: a message would stand in the middle of it
        pass
    os._exit(0)
