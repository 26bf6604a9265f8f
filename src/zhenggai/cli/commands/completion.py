"""``zhenggai completion``: sets up completion with the Tab key in the user's shell, shows its script, or removes it."""

import os
from typing import Annotated

import typer

from zhenggai.cli.offers import one_of
from zhenggai.cli.output import say, tell
from zhenggai.errors import Exit, UsageError
from zhenggai.setup.completion import SHELLS, install, remove, script_of, shell_in_use

_INSTALL, _SHOW, _REMOVE = "install", "show", "remove"
_WORDS = {_INSTALL: _INSTALL, "安装": _INSTALL, _SHOW: _SHOW, "显示": _SHOW, _REMOVE: _REMOVE, "卸载": _REMOVE}
_WHAT = "install 安装（默认）、show 显示脚本、remove 卸载"
_NEW_TERMINAL = {
    "bash": "新开一个终端就能用；在这个终端里先运行：source ~/.bashrc",
    "zsh": "新开一个终端就能用；在这个终端里先运行：source ~/.zshrc",
    "fish": "新开一个终端就能用",
    "powershell": "新开一个 PowerShell 就能用",
}


def completion(
    what: Annotated[
        str | None, typer.Argument(metavar="什么", help=_WHAT, show_default=False), one_of((_INSTALL, _SHOW, _REMOVE))
    ] = None,
    shell: Annotated[
        str | None,
        typer.Argument(metavar="终端", help=f"{'、'.join(SHELLS)}，默认正在用的", show_default=False),
        one_of(SHELLS),
    ] = None,
) -> Exit:
    """装好以后按 Tab：命令、选项、单位（xjyj 是县教育局）、措施、状态、记录编号都能补全。

    例：zhenggai completion install　　zhenggai completion show bash　　zhenggai 补全 卸载
    """
    if what in SHELLS and shell is None:
        what, shell = None, what
    act = _WORDS.get(what or _INSTALL)
    if act is None:
        raise UsageError(f"看不懂“{what}”\n  可写：{_WHAT}")
    name = _shell(shell, act)
    if act == _SHOW:
        print(script_of(name), end="")
        return Exit.OK
    done = install(name, os.environ) if act == _INSTALL else remove(name, os.environ)
    for line in done or (f"{name} 的补全{'已经装好' if act == _INSTALL else '没有装过'}，什么也没有改动",):
        say(line)
    if done and act == _INSTALL:
        tell(f"{_NEW_TERMINAL[name]}\n不要了：zhenggai completion remove {name}")
    return Exit.OK


def _shell(given: str | None, act: str) -> str:
    """The name of a shell. Raises ``UsageError`` for an unknown one, and where it is not known which is used."""
    if given is None:
        name = shell_in_use(os.environ)
        if name is None:
            raise UsageError(
                f"不知道用的是哪个终端\n  下一步：写明一个：zhenggai completion {act} bash（{'、'.join(SHELLS)}）"
            )
        return name
    name = "powershell" if given.lower() == "pwsh" else given.lower()
    if name not in SHELLS:
        raise UsageError(f"没有“{given}”的补全\n  可写：{'、'.join(SHELLS)}")
    return name
