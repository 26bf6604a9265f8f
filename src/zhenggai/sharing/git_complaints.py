"""Error messages of git in Chinese, each with a remedy."""

import re

from zhenggai.errors import Exit, ZhenggaiError
from zhenggai.sharing.git import Answer

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
    (r"returned error: 5\d\d", "服务器出了错", "过一会儿再运行 zhenggai sync；一直如此的，把下面的话告诉管理员"),
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
        r"does not appear to be a git repository|[Rr]epository .*not found|not a git repository|No such device or address",
        "远程地址不对，或没有这个仓库的权限",
        "核对 git remote -v 显示的地址，请管理员开通权限",
    ),
    (
        r"\.lock': File exists|Another git process|cannot lock ref .*File exists",
        "另一个 git 程序正在用这个仓库",
        "等它结束（关闭别的 git 窗口）后再试；确实没有别的程序时，删去下面这个 .lock 文件",
    ),
    (
        r"dubious ownership",
        "git 认为这个文件夹属于别的用户，不肯使用",
        '文件夹若确是自己的，运行 git config --global --add safe.directory "文件夹"（写下面引号里的路径）',
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
    (r"shallow update not allowed", "这是一个浅克隆，服务器不收", "运行 git fetch --unshallow，再运行 zhenggai sync"),
)


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


def failure(act: str, answer: Answer) -> GitFailed:
    """The error for a git call that failed during ``act`` (取回, 推送 …): in Chinese if the message is known, else quoted."""
    words = answer.complaint.strip()
    if full := _FULL.search(words):
        what = "磁盘已满" if full["full"] else "写不进去，多半是磁盘已满"
        return DiskFull(f"{act}没有成功：{what}\n  下一步：腾出空间后再运行同一命令{_quoted(full[0])}")
    if answer.code < 0:
        return GitKilled(
            f"{act}没有成功：git 中途被终止（信号 {-answer.code}）\n  下一步：再运行同一命令{_quoted(words)}"
        )
    for pattern, what, remedy in _KNOWN:
        if found := re.search(pattern, words):
            telling = words[words.rfind("\n", 0, found.start()) + 1 :].partition("\n")[0]  # without git's advice
            return GitFailed(f"{act}没有成功：{what}\n  下一步：{remedy}{_quoted(telling)}")
    return GitFailed(f"{act}没有成功\n  下一步：把下面的话告诉管理员{_quoted(words or f'git 退出码 {answer.code}')}")


def _quoted(words: str) -> str:
    """The last lines of git's message; the first ones seldom contain the reason."""
    return "".join(f"\n    {line}" for line in words.splitlines()[-6:])
