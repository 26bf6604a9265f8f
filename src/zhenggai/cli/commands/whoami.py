"""``zhenggai whoami``: who records here, under which git identity, in which clone, and with which server it shares."""

from collections.abc import Iterator
from pathlib import Path

from zhenggai.cli.output import say
from zhenggai.cli.writing.writer_identity import identity, my_unit
from zhenggai.errors import Exit
from zhenggai.model.units import UnitBook
from zhenggai.reading.data_folders import root_of
from zhenggai.reading.load import load_units
from zhenggai.rules.identities import belongs
from zhenggai.sharing import git
from zhenggai.writing.append import known_clone_mark

_NO_GIT = "没有装 git，要共享才用 — 下一步：安装 git（https://git-scm.com）"


def whoami() -> Exit:
    """只看不改；缺什么，写在那一行后面。

    例：zhenggai whoami　　zhenggai 我
    """
    root = root_of(Path.cwd())
    for what, said in _lines(root, load_units(root)[0]):
        say(f"{what:　<5}{said}")
    return Exit.OK


def _lines(root: Path, units: UnitBook) -> Iterator[tuple[str, str]]:
    word = my_unit(root)
    unit = units.unit_named(word) if word else None
    unknown = f"{word}（单位册里没有） — 下一步：zhenggai unit 看有哪些"
    yield "单位", unit.name if unit else unknown if word else "还没有写 — 下一步：zhenggai init --unit 单位"
    name = identity(root, None, "zhenggai.writer")
    yield "填报人", name or "还没有写 — 下一步：zhenggai init --writer 岗位"
    has_git = git.is_there()
    email = git.setting(root, "user.email") if has_git else None
    if not has_git:
        yield "身份", _NO_GIT
    elif email is None:
        yield "身份", "git 里没有电子邮件 — 下一步：git config user.email 邮箱"
    elif unit is None or not unit.identities:
        yield "身份", f"{email}（单位册没有写{unit.name if unit else '这个单位'}的身份，不核对）"
    elif belongs(unit, email):
        yield "身份", f"{email}（单位册认得）"
    else:
        yield "身份", f"{email}（不在单位册 {unit.name} 的身份里） — 下一步：zhenggai doctor 有要发给管理的那一行"
    yield "电脑", known_clone_mark(root) or "记第一条时定两位代码"
    yield "文件夹", str(root)
    branch = git.branch(root) if has_git else None
    remote = (git.setting(root, f"branch.{branch}.remote") if branch else None) or "origin"
    server = git.setting(root, f"remote.{remote}.url") if has_git else None
    yield "服务器", server or ("没有 — 下一步：zhenggai init --remote 地址（地址问管理员）" if has_git else _NO_GIT)
