"""The bare repository on a server: nothing that was pushed is taken away again, and git itself looks at what comes in."""

from collections.abc import Iterator

from zhenggai.setup.repository import new_repository, setting
from zhenggai.setup.requirement import Fitting, Site, of_git
from zhenggai.sharing import git
from zhenggai.sharing.history import is_bare

_SETTINGS = {
    "receive.denyNonFastForwards": "true",
    "receive.denyDeletes": "true",
    "receive.fsckObjects": "true",  # no tree with `..`, `.git` or two files of one name
    "receive.fsck.zeroPaddedFilemode": "warn",  # as old programs wrote it; it misleads nobody
    "receive.maxInputSize": "2g",  # of one push: a disk is not filled by it
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
    """No history is rewritten, no branch removed, no malformed object taken."""
    for name, value in _SETTINGS.items():
        yield setting(site, name, value)
