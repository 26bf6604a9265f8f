"""The evidence that a row names: document numbers, and files that lie beside the table or below it, and nowhere else.

Others fill in tables. A path that leads elsewhere, by .., a drive, a link or a hidden folder, would carry a private file into the ledger.
"""

import os
from pathlib import Path
from typing import NamedTuple

from zhenggai.importing.entries.entry_row import EntryRow
from zhenggai.writing.append import evidence_fault


class RowEvidence(NamedTuple):
    """The evidence of a row: document numbers, files, and the words of files that cannot be taken."""

    papers: tuple[str, ...]
    files: tuple[Path, ...]
    missing: tuple[str, ...]


def row_evidence(row: EntryRow, folder: Path | None) -> RowEvidence:
    """The evidence of a row. ``folder``: where its table lies, None if no file is to be taken."""
    words = row.texts.get("佐证", ())
    papers, files, missing = list[str](), list[Path](), list[str]()
    for word in (words,) if isinstance(words, str) else words:
        if path := _file_beside(word, folder):
            files.append(path)
        elif "〔" in word or word.endswith("号"):
            papers.append(word)
        else:
            missing.append(word)
    return RowEvidence(tuple(papers), tuple(files), tuple(missing))


def _file_beside(word: str, folder: Path | None) -> Path | None:
    """The file of a name beside a table, None if there is none that may be taken."""
    parts = word.replace("\\", "/").split("/")
    if folder is None or ":" in word or any(not part or part.startswith(".") for part in parts):
        return None
    path = folder.joinpath(*parts)
    is_beside = _key(os.path.realpath(path)) == _key(os.path.join(os.path.realpath(folder), *parts))  # through no link
    return path if is_beside and evidence_fault(path) is None else None


def _key(path: str) -> str:
    """A path as it is compared: Windows takes capitals for small letters."""
    return os.path.normcase(path)
