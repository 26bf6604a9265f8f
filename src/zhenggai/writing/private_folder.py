"""The tool's own folder ``.zhenggai``: made where it is missing, and made fit where somebody's commit has spoilt it.

It belongs to one computer and may be deleted at any time. Somebody may have committed it all the same, as a link or a
file, or with links in it: ``git clone`` and ``git pull`` lay those down. In a working copy of git they are taken away, a
link without following it: nothing of the ledger's lies there, and git still has them.
"""

import os
import shutil
from pathlib import Path

from zhenggai.reading.data_folders import PRIVATE, is_tracked

_FILES = ("lock", "sync.lock", "syncing", "clone", "audit.json")


def private_folder(root: Path) -> Path:
    """The folder below a root, ready to be written to. Raises ``OSError``."""
    folder = root / PRIVATE
    if is_tracked(root):
        _mend(folder)
    folder.mkdir(exist_ok=True)
    return folder


def _mend(folder: Path) -> None:
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        _take_away(folder)
    for name in _FILES:  # a folder of such a name
        if (path := folder / name).is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)  # which leaves a file that another command made of it meanwhile
    for above, folders, files in os.walk(folder):
        for name in (*folders, *files):
            if (path := Path(above, name)).is_symlink():
                _take_away(path)


def _take_away(path: Path) -> None:
    """Take away a link or a file; a folder that another command made there meanwhile stays."""
    try:
        path.unlink(missing_ok=True)
    except OSError:
        if path.is_symlink() or not path.is_dir():
            raise
