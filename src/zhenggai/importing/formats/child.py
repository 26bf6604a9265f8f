"""The process that reads an office file for another one: the file comes in on stdin, its content goes out on stdout as lines of JSON.

``python -P -m zhenggai.importing.formats.child .docx``. Libraries that read such files can be led to take all memory, hang or abort; so this
process has limits, and whoever started it stops it when its time is over.
"""

import sys

from zhenggai.importing.content import Manuscript
from zhenggai.importing.formats.content_lines import TooMuch, to_lines
from zhenggai.importing.formats.limits import NO_LIBRARY, TOO_MUCH, limit_this_process


def main() -> int:
    """Read the file on stdin, which is of the format that the command line names by its ending. Returns the exit code."""
    limit_this_process()
    data = sys.stdin.buffer.read()
    try:
        sys.stdout.writelines(to_lines(_read(sys.argv[1], data)))
    except (MemoryError, TooMuch):
        return TOO_MUCH
    except ImportError:
        return NO_LIBRARY
    return 0


def _read(suffix: str, data: bytes) -> Manuscript:
    if suffix == ".docx":
        from zhenggai.importing.formats.word_file import read_word  # imported here: each needs its own library

        return read_word(data)
    from zhenggai.importing.formats.excel_file import read_excel  # imported here, as above

    return read_excel(data)


if __name__ == "__main__":
    sys.exit(main())
