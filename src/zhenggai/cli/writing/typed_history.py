"""The texts that were typed at questions, so that ↑ brings one back: also one that was given up, or refused by the rules.

They stand in this computer's own folder of the ledger. Nothing depends on them, so trouble with the file is not told.
"""

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from prompt_toolkit.history import FileHistory, History, InMemoryHistory

from zhenggai.reading.data_folders import PRIVATE, find_root
from zhenggai.writing.private_folder import private_folder

_LARGEST = 200_000  # bytes, some thousand texts; a larger file is begun anew


def typed_history(start: Path) -> History:
    """The history of the ledger that holds a folder; elsewhere one that ends with the program."""
    root = find_root(start)
    return _Kept(root) if root else InMemoryHistory()


class _Kept(FileHistory):
    def __init__(self, root: Path) -> None:
        super().__init__(root / PRIVATE / "typed")
        self._root = root

    def load_history_strings(self) -> Iterable[str]:
        with suppress(OSError):
            return list(super().load_history_strings())
        return []

    def store_string(self, string: str) -> None:
        with suppress(OSError, UnicodeError):
            path = private_folder(self._root) / "typed"
            if path.exists() and path.stat().st_size > _LARGEST:
                path.unlink()
            super().store_string(string)
