"""Error messages of git and of servers in Chinese, each with a remedy. What they said themselves goes to a log."""

import re
from collections.abc import Iterable
from pathlib import Path

from zhenggai.errors import Exit, ZhenggaiError
from zhenggai.sharing.git import Answer
from zhenggai.sharing.git_log import logged, quoted

_TELL = "把 git 的原话告诉管理员"

_KNOWN: tuple[tuple[str, str, str], ...] = (
    (
        r"Authentication failed|could not read (Username|Password)|terminal prompts disabled|Invalid username or"
        r"|The requested URL returned error: 40[13]|Permission denied \(|Access denied",
        "服务器不认这里的账号或密码",
        "核对账号；在这个文件夹里运行一次 git fetch，按提示输入账号和密码，再运行 zhenggai sync",
    ),
    (
        r"Host key verification failed|REMOTE HOST IDENTIFICATION HAS CHANGED",
        "不认识这台服务器的 SSH 密钥",
        "请管理员核对服务器，然后在这个文件夹里运行一次 git fetch",
    ),
    (r"returned error: 5\d\d", "服务器出了错", f"过一会儿再运行 zhenggai sync；一直如此的，{_TELL}"),
    (
        r"git-http-push failed|Cannot access URL|not valid: is this a git repository|unexpected response|bad line length",
        "那里不是 git 仓库（也可能要先在网页上登录网络）",
        "核对 git remote -v 显示的地址；检查网络后再运行 zhenggai sync",
    ),
    (
        r"remote-\S+' is not a git command|Unable to find remote helper|protocol '.*' is not supported",
        "这台电脑的 git 不认识这种地址",
        "核对 git remote -v 显示的地址",
    ),
    (
        r"Could not resolve host|Failed to connect|Couldn't connect|unable to access|Connection (timed out|refused|reset)"
        r"|Network is unreachable|No route to host|early EOF|RPC failed|hung up unexpectedly|Operation timed out"
        r"|Operation too slow|unable to connect|Connection closed|gnutls_handshake|SSL_|timed out",
        "连不上服务器",
        "检查网络后再运行 zhenggai sync",
    ),
    (
        r"does not appear to be a git repository|[Rr]epository .*not found|not a git repository|No such device or address"
        r"|repository '.*' does not exist",
        "远程地址不对，或没有这个仓库的权限",
        "核对 git remote -v 显示的地址，请管理员开通权限",
    ),
    (
        r"Unable to create '(?P<path>[^\n]*\.lock)': File exists",
        "另一个 git 程序正在用这个仓库",
        "等它结束（关闭别的 git 窗口）后再试；确实没有别的程序时，删去 {path}",
    ),
    (
        r"Another git process|cannot lock ref .*File exists",
        "另一个 git 程序正在用这个仓库",
        "等它结束（关闭别的 git 窗口）后再试",
    ),
    (
        r"dubious ownership in repository at '(?P<path>[^\n]*)'",
        "git 认为这个文件夹属于别的用户，不肯使用",
        'git config --global --add safe.directory "{path}"（文件夹确是自己的才运行）',
    ),
    (
        r"refusing to merge unrelated histories",
        "两边的历史没有共同的开头",
        "核对 git remote -v 显示的地址，多半换了仓库",
    ),
    (
        r"[Pp]ermission denied|insufficient permission|Read-only file system",
        "没有写入的权限",
        "看这个文件夹能否写入（只读的盘、别人的文件夹不行），再运行同一命令",
    ),
    (
        r"unable to auto-detect email address|Please tell me who you are|empty ident name|no email was given",
        "还不知道你是谁（没有设 user.name 和 user.email）",
        "运行 zhenggai doctor --fix；还缺的照它说的设",
    ),
    (r"gpg failed to sign|failed to write commit object", "提交没有签上名", "检查签名密钥（zhenggai doctor）"),
    (
        r"Could not read from remote repository",
        "远程地址不对，没有权限，或连不上服务器",
        "检查网络，核对 git remote -v 显示的地址",
    ),
)
_REFUSALS: tuple[tuple[str, str, str], ...] = (
    (r"shallow update not allowed", "这是一个浅克隆", "运行 git fetch --unshallow，再运行 zhenggai sync"),
    (r"denying non-fast-forward", "它不许改写历史", "再运行 zhenggai sync，先取回别人的"),
    (
        r"branch is currently checked out|refusing to update checked out branch",
        "那是别人正在用的文件夹，不是共享的仓库",
        "请管理员用 zhenggai init --server 建一个，再改地址：git remote set-url origin 地址",
    ),
    (
        r"protected branch|not allowed to (force[- ])?push|[Pp]ermission|not permitted|GH006",
        "这个账号不能往那里写",
        "请管理员开通权限，再运行 zhenggai sync",
    ),
    (
        r"maximum allowed (pack )?size|[Tt]oo large|exceed|size limit",
        "一次交的太大",
        f"佐证太大的，换成小的；做不到的，{_TELL}",
    ),
    (
        r"unpacker error|unable to (create|migrate|write)|No space left|Disk quota|Read-only file system",
        "它写不进去，多半是磁盘已满或没有权限",
        _TELL,
    ),
    (r"hook declined", "它的检查没有通过", _TELL),
)
_CHINESE = re.compile("[\u4e00-\u9fff]")


_FULL = re.compile(
    r".*((?P<full>No space left on device|Out of diskspace|Disk quota exceeded|File too large)"
    r"|couldn't write '[^']*'$|unable to write file (?!.*Permission denied)).*",
    re.MULTILINE,
)


class GitFailed(ZhenggaiError):
    """A git call failed. Nothing is lost; the same command can be run again."""

    exit_code = Exit.CONFLICT


class DiskFull(GitFailed):
    """The disk is full."""

    exit_code = Exit.NOTHING


class GitKilled(GitFailed):
    """Git was killed during its work; its lock files may remain."""


class PushRefused(ZhenggaiError):
    """The server refuses the push."""

    exit_code = Exit.CONFLICT


def failure(act: str, answer: Answer, root: Path | None, step: str = "") -> GitFailed:
    """The error for a git call that failed during ``act`` (取回, 推送 …) in the ledger at ``root``.

    None stands for a ledger that is not there yet: then nothing is logged, and ``step`` stands in place of the remedy,
    which speaks of a clone.
    """
    words = answer.complaint.strip() or f"exit code {answer.code}"
    said = f"\n{logged(root, act, words)}" if root else ""
    if full := _FULL.search(words):
        what = "磁盘已满" if full["full"] else "写不进去，多半是磁盘已满"
        return DiskFull(f"{act}没有成功：{what}\n  下一步：腾出空间后再运行同一命令{said}")
    if answer.code < 0:
        return GitKilled(f"{act}没有成功：git 中途被终止（信号 {-answer.code}）\n  下一步：再运行同一命令{said}")
    if known := _known(words, _KNOWN):
        what, remedy = known
        return GitFailed(f"{act}没有成功：{what}\n  下一步：{step or remedy}{said}")
    told = said or f"\n{quoted(words)}"
    return GitFailed(f"{act}没有成功，git 报了错\n  下一步：{step or _TELL}{told}")


def push_refusal(words: str, root: Path) -> PushRefused:
    """The error for a push that the server refused. Its own words are shown where it speaks Chinese, as ours does."""
    lines = [line.removeprefix("remote:").rstrip() for line in words.splitlines() if line.startswith("remote:")]
    if any(map(_CHINESE.search, lines)):
        shown = "\n".join(f"   {line}" for line in lines if line)
        return PushRefused(f"服务器没有收下，本机的记录都在\n  下一步：按下面的话改好，再运行 zhenggai sync\n{shown}")
    what, remedy = _known(words, _REFUSALS) or ("没有说缘由", _TELL)
    return PushRefused(f"服务器没有收下：{what}；本机的记录都在\n  下一步：{remedy}\n{logged(root, '推送', words)}")


def _known(words: str, table: Iterable[tuple[str, str, str]]) -> tuple[str, str] | None:
    """What the words mean and the remedy, by the first row of a table whose pattern they have; None without one."""
    for pattern, what, remedy in table:
        if found := re.search(pattern, words):
            return what, remedy.format_map(found.groupdict())
    return None
