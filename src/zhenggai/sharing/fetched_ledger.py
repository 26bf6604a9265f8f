"""A ledger fetched from a server, a folder or a bundle: looked into first, then set up in a folder, or thrown away."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryDirectory

from zhenggai.errors import NothingToShow
from zhenggai.frozen import frozen
from zhenggai.model.units import UnitBook
from zhenggai.reading.data_folders import PRIVATE, UNITS_FILE
from zhenggai.reading.load import read_book
from zhenggai.sharing import git
from zhenggai.sharing.git_complaints import failure

_OF_A_SERVER = re.compile(r"\w+://|[^/\\]{2,}:")  # https://…, git@服务器:…, and no drive of Windows
_HOW_TO_FETCH = "核对地址（问管理员）和网络；服务器要账号、密码的，先用 git clone 取回，再进入文件夹运行 zhenggai init"
_MAIN, _THEIR_MAIN = "refs/heads/main", "refs/remotes/origin/main"
_PATIENCE = 20  # seconds, for a server that does not answer


@frozen
class FetchedLedger:
    """A clone without files, in a temporary folder. ``units`` is its unit book; ``commit`` is what will be checked out."""

    folder: Path
    commit: str
    units: UnitBook

    def settle(self, root: Path) -> None:
        """Make an empty or missing folder the clone. Raises ``GitFailed``, and leaves the folder empty, if git cannot."""
        root.mkdir(parents=True, exist_ok=True)
        (self.folder / ".git").rename(root / ".git")
        done = git.call(root, "reset", "--hard", "--quiet", self.commit, seconds=None)
        if not done.ok:
            for path in root.iterdir():
                rmtree(path) if path.is_dir() else path.unlink()
            raise failure("取回", done, None)


@contextmanager
def fetched(address: str, root: Path) -> Iterator[FetchedLedger]:
    """Fetch the ledger at an address, for the folder ``root``, which is empty or missing.

    Raises ``NoGit``, ``GitFailed`` with the reason, and ``NothingToShow`` if there is no ledger.
    """
    if not git.is_there():
        raise git.NoGit("取回要用 git，这台电脑没有\n  下一步：装好 git 再取；自己新建台账不用 git")
    with TemporaryDirectory(
        prefix=f"{PRIVATE}-", dir=git.nearest_folder(root.absolute()), ignore_cleanup_errors=True
    ) as held:
        folder = Path(held, "台账")
        answer = git.call(
            Path(held), "clone", "--quiet", "--no-checkout", "--", whole_address(address), str(folder), seconds=None
        )
        if not answer.ok:
            raise failure("取回", answer, None, _HOW_TO_FETCH)
        if git.commit_id(folder, "HEAD") is None:  # a bundle may name no HEAD
            git.call(folder, "symbolic-ref", "HEAD", _MAIN)
        commit = git.commit_id(folder, "HEAD") or git.commit_id(folder, _THEIR_MAIN)
        if commit is None:
            raise NothingToShow(
                f"{address} 里还没有台账\n  下一步：请建台账的人先运行 zhenggai sync；还没有人建的，选新建"
            )
        book = git.call(folder, "cat-file", "blob", f"{commit}:{UNITS_FILE}")
        units = read_book(UnitBook, book.data) if book.ok else None
        if units is None:
            raise NothingToShow(f"{address} 不是整改台账（没有 {UNITS_FILE}）\n  下一步：核对地址，问管理员")
        yield FetchedLedger(folder, commit, units)


def is_in_use(address: str) -> bool:
    """Whether the repository at an address has a branch already. Raises as ``fetched`` does."""
    answer = git.call(Path(), "ls-remote", "--heads", "--", whole_address(address), seconds=_PATIENCE)
    if not answer.ok:
        raise failure("连接", answer, None, "核对地址（问管理员）和网络")
    return bool(answer.text)


def whole_address(address: str) -> str:
    """An address that means the same from everywhere: a path of this computer becomes absolute.

    Raises ``NothingToShow`` for such a path that is not there.
    """
    if _OF_A_SERVER.match(address):
        return address
    here = Path(address).expanduser()
    found = here if here.exists() else here.with_name(f"{here.name}.git")
    if not found.exists():
        raise NothingToShow(
            f"没有 {address} 这个文件夹或文件\n  下一步：核对路径；服务器的地址像 https://…、git@服务器:…"
        )
    return found.resolve().as_posix()
