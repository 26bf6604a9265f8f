"""``zhenggai completion``: says in which shells the Tab key completes; sets it up, shows its script, or removes it."""

import os
import shutil
from typing import Annotated

import typer

from zhenggai.cli.offers import one_of
from zhenggai.cli.output import say, tell
from zhenggai.errors import Exit, UsageError, ZhenggaiError
from zhenggai.setup.completion import SHELLS, activation, install, is_installed, remove, script_of, shell_in_use

_INSTALL, _SHOW, _REMOVE = "install", "show", "remove"
_WORDS = {_INSTALL: _INSTALL, "安装": _INSTALL, _SHOW: _SHOW, "显示": _SHOW, _REMOVE: _REMOVE, "卸载": _REMOVE}
_WHAT = "install 安装、show 显示脚本、remove 卸载"
_IN_THIS_ONE = {"bash": "；在这个终端里先运行：source ~/.bashrc", "zsh": "；在这个终端里先运行：source ~/.zshrc"}


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

    什么也不写，只说哪些终端装好了。
    """
    if what in SHELLS and shell is None:
        what, shell = None, what
    if what is None:
        _say_where(shell)
        return Exit.OK
    act = _WORDS.get(what)
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
        tell(f"{_from_now_on(name)}\n不要了：zhenggai completion remove {name}")
    return Exit.OK


def _from_now_on(shell: str) -> str:
    """When completion works that was just set up."""
    step = activation(shell, os.environ)
    if step is None:
        return f"新开一个终端就能用{_IN_THIS_ONE.get(shell, '')}"
    return f"新开的终端里先运行 {step}，就能用"


def _say_where(given: str | None) -> None:
    """Say in which of the shells on this computer, or in the given one, completion is set up. Nothing is written."""
    used = shell_in_use(os.environ)
    present = [shell for shell in SHELLS if shell == used or shutil.which(shell)]
    for shell in present if given is None else [_shell(given, _INSTALL)]:
        try:
            state = "装好了" if is_installed(shell, os.environ) else "没有装"
        except ZhenggaiError as error:
            state = str(error)
        say(f"{shell} 的补全：{state}{'（正在用的终端）' if shell == used else ''}")
    tell(f"安装：zhenggai completion install {given or used or '终端'}；撤掉把 install 换成 remove")


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
