"""Ensures that only one ``sync`` runs in a working copy, and clears lock files left by a killed run."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from zhenggai.sharing.clone import Clone
from zhenggai.sharing.git_complaints import GitKilled
from zhenggai.sharing.trees import remove_scratch_index
from zhenggai.writing.locks import locked

_LOCK, _MARK = ".zhenggai/sync.lock", ".zhenggai/syncing"
_PATIENCE = 2.0  # seconds to wait for a running git to remove its lock


@contextmanager
def one_sync(clone: Clone) -> Iterator[None]:
    """Hold the right to run; raises ``Locked`` if another ``sync`` has it."""
    mark = clone.root / _MARK
    with locked(clone.root, _LOCK, 0, "另一个 zhenggai sync 正在进行"):
        try:
            if mark.exists():
                _clear_locks(clone, mark.stat().st_mtime)
            mark.touch()
            yield
        except GitKilled:
            raise
        except Exception:
            mark.unlink(missing_ok=True)  # not killed: its git calls have ended and left no lock
            raise
        mark.unlink(missing_ok=True)


def _clear_locks(clone: Clone, since: float) -> None:
    """Remove lock files of git calls that were killed together with the run that left its mark."""
    remove_scratch_index(clone)
    common = clone.top / (clone.ask("rev-parse", "--git-common-dir").text or ".git")
    folders = {clone.git_dir, common.resolve()}
    found = [path for folder in folders for path in (*folder.glob("*.lock"), *(folder / "refs").rglob("*.lock"))]
    stale = [path for path in found if path.exists() and path.stat().st_mtime >= since - 1]
    deadline = time.monotonic() + _PATIENCE
    while any(path.exists() for path in stale) and time.monotonic() < deadline:
        time.sleep(0.1)
    for path in stale:
        path.unlink(missing_ok=True)
