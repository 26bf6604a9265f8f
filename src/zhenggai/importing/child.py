"""The process that reads an office file for another one: the file comes in on stdin, its content goes out on stdout as JSON.

``python -P -m zhenggai.importing.child word``. Libraries that read such files can be led to take all memory, hang or abort; so
this process has limits, and whoever started it stops it when its time is over.
"""

import sys
from importlib import import_module

from zhenggai.importing.content_json import as_json

READERS = {"word": ("word_file", "read_word"), "excel": ("excel_file", "read_excel")}


def main() -> None:
    """Read the file on stdin by the reader that the command line names."""
    module, name = READERS[sys.argv[1]]
    read = getattr(import_module(f"zhenggai.importing.{module}"), name)
    sys.stdout.write(as_json(read(sys.stdin.buffer.read())))


if __name__ == "__main__":
    main()
