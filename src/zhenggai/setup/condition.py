"""The condition of the clone and the computer. Most of it is only reported: the user, ``sync`` or ``fmt`` corrects it."""

import re
import sys
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path

from zhenggai.errors import ZhenggaiError
from zhenggai.reading.data_folders import LEDGERS, PASSING, PLANS, plan_paths
from zhenggai.reading.load import load_plan
from zhenggai.setup.requirement import Fitting, Site, of_git, refused
from zhenggai.sharing import git
from zhenggai.sharing.sync.arrival import operations_under_way
from zhenggai.writing.atomic import read_bytes, stale_files, writing

OLDEST_GIT = (2, 20)
_BY_SYNC = "zhenggai sync 会接着办"


def python(_site: Site) -> Iterator[Fitting]:
    """The version of Python, for information."""
    yield Fitting(f"Python {sys.version.split()[0]}")


def git_version(site: Site) -> Iterator[Fitting]:
    """Whether git is new enough."""
    found = re.search(r"(\d+)\.(\d+)\S*", git.call(site.root, "--version").text)
    if found:  # a missing git is reported with the repository
        oldest = ".".join(map(str, OLDEST_GIT))
        lack = "" if (int(found[1]), int(found[2])) >= OLDEST_GIT else f"太旧，要 {oldest} 以上"
        yield Fitting(f"git {found[0]}", lack, "升级 git（https://git-scm.com）")


@of_git
def signing(site: Site) -> Iterator[Fitting]:
    """Whether commits are signed here, if a plan requires it."""
    plans = (load_plan(site.root, path)[0] for path in plan_paths(site.root))
    if any(plan.signature for plan in plans if plan):
        signs = git.is_set(site.root, "commit.gpgsign")
        key = git.setting(site.root, "user.signingkey")
        lack = "" if signs and key else "方案要求签名，这里没有设"
        settings = ("gpg.format ssh", "user.signingkey 公钥文件", "commit.gpgsign true")
        yield Fitting("提交签名", lack, "；".join(f"git config {setting}" for setting in settings))


@of_git
def remote(site: Site) -> Iterator[Fitting]:
    """Whether there is a remote repository."""
    lack = "" if git.call(site.root, "remote").text else "没有设"
    yield Fitting("远程仓库", lack, "zhenggai init --remote 地址（地址问管理员）")


@of_git
def branch(site: Site) -> Iterator[Fitting]:
    """Whether a branch is checked out, and which remote branch it tracks."""
    name = git.branch(site.root)
    if not name:
        yield Fitting("当前分支", "不在任何分支上", _BY_SYNC)
    elif git.call(site.root, "remote").text:
        upstream = git.call(site.root, "rev-parse", "--abbrev-ref", "@{upstream}").text
        what = f"分支 {name}{f'，与 {upstream} 同步' if upstream else ''}"
        yield Fitting(what, "" if upstream else "还没有推送过", "zhenggai sync")
    else:
        yield Fitting(f"分支 {name}")


@of_git
def unfinished(site: Site) -> Iterator[Fitting]:
    """Merges and rebases that are not finished, and git's index lock."""
    folder = site.root / git.call(site.root, "rev-parse", "--git-dir").text
    begun = dict.fromkeys(operation.name for operation in operations_under_way(folder))
    yield Fitting("没有做到一半的合并、变基", f"{'、'.join(begun)}做到一半" if begun else "", _BY_SYNC)
    lock = folder / "index.lock"
    lack = f"有 {lock}：别的 git 正在运行，或上次中断留下的" if lock.exists() else ""
    yield Fitting("git 没有锁着", lack, "再运行 zhenggai sync；还不行又没有别的 git 在运行的，删去这个文件")


@of_git
def shallow(site: Site) -> Iterator[Fitting]:
    """Whether the clone has the whole history, which ``audit`` needs."""
    is_shallow = git.call(site.root, "rev-parse", "--is-shallow-repository").text == "true"
    yield Fitting("历史完整", "是浅克隆，audit 只看得到一部分" if is_shallow else "", "git fetch --unshallow")


@of_git
def ignored_data(site: Site) -> Iterator[Fitting]:
    """Data files that git ignores, so that nobody else gets them."""
    asked = ("ls-files", "--others", "--ignored", "--exclude-standard", "-z", "--", PLANS, LEDGERS)
    found = [path for path in git.call(site.root, *asked).items if not _is_passing(Path(path).name)]
    lack = f"有 {len(found)} 个被忽略，不会共享：{_some(found)}" if found else ""
    yield Fitting("数据文件都归 git 管", lack, "用 git check-ignore -v 文件 看是哪条规则，改 .gitignore")


@of_git
def line_ends(site: Site) -> Iterator[Fitting]:
    """Text files that have CRLF although the attributes require LF."""
    listed = ("ls-files", "--eol", "--cached", "--others", "--exclude-standard", "-z", "--", PLANS, LEDGERS)
    found = []
    for item in git.call(site.root, *listed).items:
        about, _, path = item.partition("\t")
        if "eol=lf" in about and ("w/crlf" in about or "w/mixed" in about):
            found.append(path)
    lack = f"{len(found)} 个文件的换行是 CRLF：{_some(found)}" if found else ""
    yield Fitting("换行都是 LF", lack, "zhenggai fmt")


def locking(site: Site) -> Iterator[Fitting]:
    """Whether the writer lock works on this disk, and which temporary files killed writers left behind.

    The files are listed under the lock, as other writers may have some too. Only the lock file is written.
    """

    def removed() -> str:
        with writing(site.root) as changes:
            for path in stale_files(site.root):
                changes.remove(path, read_bytes(path) or b"")
        return f"删去 {len(left)} 个"

    what = "写入锁可用"
    try:
        with writing(site.root):
            left = stale_files(site.root)
    except ZhenggaiError as error:
        yield refused(what, error)
        return
    yield Fitting(what)
    lack = f"有 {len(left)} 个：{_some([path.relative_to(site.root).as_posix() for path in left])}" if left else ""
    yield Fitting("没有中断的写入留下的临时文件", lack, mend=removed)


def _is_passing(name: str) -> bool:
    return any(fnmatchcase(name, pattern) for pattern in PASSING)


def _some(paths: list[str]) -> str:
    return "、".join(paths[:3]) + (" 等" if len(paths) > 3 else "")
