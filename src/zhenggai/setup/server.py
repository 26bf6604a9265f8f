"""The bare repository on a server. Pushed commits cannot be removed again, and git checks what it receives."""

from collections.abc import Iterator

from zhenggai.setup.repository import new_repository, setting
from zhenggai.setup.requirement import Fitting, Site, of_git
from zhenggai.sharing import git
from zhenggai.sharing.history import is_bare

_SETTINGS = {
    "receive.denyNonFastForwards": "true",
    "receive.denyDeletes": "true",
    "receive.fsckObjects": "true",  # refuse trees with `..`, `.git` or two files of one name
    "receive.fsck.zeroPaddedFilemode": "warn",  # written by old programs; harmless
    "receive.maxInputSize": "2g",  # of one push, so that nobody can fill the disk
}


def present(site: Site) -> Iterator[Fitting]:
    """The repository itself."""
    what = "裸仓库"
    if not git.is_there():
        yield Fitting(what, "没有装 git", "安装 git，再运行一次")
        return
    yield Fitting(what, "" if is_bare(site.root) else "没有", mend=lambda: new_repository(site.root, "--bare"))


@of_git
def settings(site: Site) -> Iterator[Fitting]:
    """Settings against rewritten history, removed branches and malformed objects."""
    for name, value in _SETTINGS.items():
        yield setting(site, name, value)
