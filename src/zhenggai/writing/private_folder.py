"""The tool's private folder ``.zhenggai``. It belongs to one computer and may be deleted at any time.

Somebody may have committed the folder by mistake, as a link or a file, or with links in it; ``git clone`` and ``git pull``
then write these. In a git working copy they are removed here (links are not followed). No data is lost: the folder holds
none, and git keeps the committed files.
"""

import os
import shutil
from pathlib import Path

from zhenggai.reading.data_folders import PRIVATE, is_tracked

_FILES = ("lock", "sync.lock", "syncing", "clone", "audit.json", "facts.lock", "facts.csv")


def private_folder(root: Path) -> Path:
    """Make the private folder of a root if needed, and return its path. Raises ``OSError``."""
    folder = root / PRIVATE
    if is_tracked(root):
        _mend(folder)
    folder.mkdir(exist_ok=True)
    return folder


def _mend(folder: Path) -> None:
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        _take_away(folder)
    for name in _FILES:  # a folder may have this name
        if (path := folder / name).is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)  # leaves a file that another command has made here meanwhile
    for above, folders, files in os.walk(folder):
        for name in (*folders, *files):
            if (path := Path(above, name)).is_symlink():
                _take_away(path)


def _take_away(path: Path) -> None:
    """Remove a link or a file. A folder that another command has made here meanwhile stays."""
    try:
        path.unlink(missing_ok=True)
    except OSError:
        if path.is_symlink() or not path.is_dir():
            raise
