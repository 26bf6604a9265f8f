"""The git hooks of a clone and of a server. A hook that somebody else wrote is never replaced."""

import os
import re
import shlex
import sys
from collections.abc import Iterator
from pathlib import Path

from zhenggai.setup.requirement import Fitting, Site, of_git, program
from zhenggai.sharing import git
from zhenggai.writing.atomic import read_bytes, replace_file
from zhenggai.writing.write_refusals import refusals

_PYTHON = re.compile(r"^python=(.+)$", re.MULTILINE)

_BEFORE_COMMIT = """\
#!/bin/sh
# 由 zhenggai init 生成
# 提交前检查要提交的方案和台账；与它们无关的提交不查
git --no-literal-pathspecs --glob-pathspecs diff --cached --quiet -- '**/plans/**' '**/ledgers/**' && exit 0
python={python}
if [ ! -x "$python" ]; then
  echo "zhenggai：找不到 $python，这次提交没有检查" >&2
  echo "  下一步：运行 zhenggai doctor --fix" >&2
  exit 0
fi
"$python" -P -m zhenggai check --staged && exit 0
echo "有错误，没有提交" >&2
echo "  下一步：照上面改正，运行 git add 文件，再提交" >&2
exit 1
"""
_BEFORE_RECEIVING = """\
#!/bin/sh
# 由 zhenggai init 生成
# 收到推送时核对历史：已入库的记录不得改删，各单位只写自己的
python={python}
if [ ! -x "$python" ]; then
  echo "zhenggai：服务器上找不到 $python，不能核对，没有收下" >&2
  echo "  下一步：请管理员在服务器上运行 zhenggai init --server" >&2
  exit 1
fi
PYTHONUTF8=1 exec "$python" -P -m zhenggai audit --pre-receive
"""


@of_git
def before_commit(site: Site) -> Iterator[Fitting]:
    """The hook that runs ``check --staged`` before each commit."""
    yield _hook(site.root, "pre-commit", "提交前检查", _BEFORE_COMMIT, "check --staged")


@of_git
def before_receiving(site: Site) -> Iterator[Fitting]:
    """The hook that runs ``audit --pre-receive`` on the server for each push."""
    yield _hook(site.root, "pre-receive", "收到推送时核对", _BEFORE_RECEIVING, "audit --pre-receive")


def _hook(root: Path, name: str, about: str, template: str, command: str) -> Fitting:
    what = f"钩子 {name}（{about}）"
    own = root / git.call(root, "rev-parse", "--git-common-dir").text / "hooks"
    elsewhere = _set_elsewhere(root)
    path = (elsewhere or own) / name
    there = _read(path)
    if there is None and elsewhere is None:
        return Fitting(what, "没有", mend=lambda: _made(path, template))
    python = _python_in(there or "")
    if there == _text(template, python):  # only an unmodified hook of ours: additions would be lost
        right = Path(python).is_file() and os.access(path, os.X_OK)
        return Fitting(what, "" if right else "不能运行，或其中的 Python 已不在", mend=lambda: _made(path, template))
    if f"zhenggai {command}" in (there or "") or (name == "pre-commit" and _of_pre_commit(root)):
        return Fitting(what)
    kept = "已有别的钩子，保留不动" if there is not None else "core.hooksPath 指到别处，不动它"
    return Fitting(what, kept, f"在 {path} 里加一行：{program(command)} || exit 1")


def _set_elsewhere(root: Path) -> Path | None:
    """The folder that core.hooksPath names, or None. git's last value for it comes from our own call and does not count."""
    *_, folder, _ours = ("", *git.call(root, "config", "--get-all", "-z", "--path", "core.hooksPath").items)
    top = git.call(root, "rev-parse", "--show-toplevel").text  # hooks run there; "" in a bare repository
    return Path(top or root, folder) if folder else None


def _of_pre_commit(root: Path) -> bool:
    """Whether the program pre-commit runs our check here."""
    path = Path(git.call(root, "rev-parse", "--show-toplevel").text or root, ".pre-commit-config.yaml")
    return "id: zhenggai-check" in (_read(path) or "")


def _read(path: Path) -> str | None:
    """A file's text, or None. It is only read, so a link is allowed."""
    with refusals(path.name):
        return path.read_bytes().decode("utf-8", "replace") if path.is_file() else None


def _text(template: str, python: str) -> str:
    return template.format(python=shlex.quote(python))


def _python_in(hook: str) -> str:
    """The Python that a hook of ours runs, "" if none is found. It may be another one than the present."""
    found = _PYTHON.search(hook)
    try:
        return "".join(shlex.split(found[1])) if found else ""
    except ValueError:  # an unclosed quote
        return ""


def _made(path: Path, template: str) -> str:
    old = read_bytes(path)
    replace_file(path, old, _text(template, Path(sys.executable).as_posix()).encode())
    with refusals(path.name):
        path.chmod(0o755)
    return f"{'新建' if old is None else '更新'}钩子 {path.name}"
