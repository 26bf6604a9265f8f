"""Folders that last: the name of a new file or folder survives a power cut once the folder it stands in was synced."""

import errno
import os
from pathlib import Path

WINDOWS = os.name == "nt"


def make_folders(folder: Path, root: Path | None, made: list[Path]) -> None:
    """Make the folders down to this one, each of them lasting; those that were missing are added to ``made``.

    Below a ``root`` each is synced whether it was missing or not; else only those that were. Raises ``OSError``.
    """
    if folder == root or (root is None and folder.is_dir()):
        return
    make_folders(folder.parent, root, made)
    if not folder.is_dir():
        made.append(folder)
        folder.mkdir()
    sync_folder(folder.parent)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder last; Windows has no such call. Raises ``OSError``."""
    if WINDOWS:
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):  # network drives that have no such call either
            raise
    finally:
        os.close(handle)
