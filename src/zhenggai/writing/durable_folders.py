"""Durable folders. The name of a new file or folder survives a power cut only after its parent folder is synced."""

import errno
import os
from pathlib import Path

WINDOWS = os.name == "nt"


def make_folders(folder: Path, root: Path | None, made: list[Path]) -> None:
    """Make a folder and its missing parents, and sync them. The new ones are added to ``made``.

    With a ``root``, the existing folders between it and ``folder`` are synced too. Raises ``OSError``.
    """
    if folder == root or (root is None and folder.is_dir()):
        return
    make_folders(folder.parent, root, made)
    if not folder.is_dir():
        made.append(folder)
        folder.mkdir()
    sync_folder(folder.parent)


def sync_folder(folder: Path) -> None:
    """Sync a folder, so that the names in it are durable. Does nothing on Windows. Raises ``OSError``."""
    if WINDOWS:
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):  # some network drives do not support it
            raise
    finally:
        os.close(handle)
