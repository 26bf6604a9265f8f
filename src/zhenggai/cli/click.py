"""click, as Typer carries it inside: the classes that the program extends, and click's usage errors in Chinese.

Typer's copy is private (``typer._click``), and the only one whose classes its commands are of: help, and the words of errors, can
be put into Chinese nowhere else. No other module imports it. ``typer`` is pinned to the minor version for it.
"""

import re
from typing import Any

from typer._click import Command, Context, HelpFormatter, exceptions

from zhenggai.cli.command_table import BY_WORD
from zhenggai.model.wording import nearest

__all__ = ["Command", "Context", "HelpFormatter", "exceptions", "usage_words"]


def usage_words(error: exceptions.ClickException) -> str:
    """A usage error of the command line in Chinese."""
    context: Any = getattr(error, "ctx", None)
    hint = f"\n  用法见：{context.command_path} --help" if context else ""
    match error:
        case exceptions.NoSuchOption():
            near = f"，是不是 {'、'.join(error.possibilities)}？" if error.possibilities else ""
            return f"没有选项 {error.option_name}{near}{hint}"
        case exceptions.MissingParameter():
            name = error.param.make_metavar(context) if error.param and context else ""
            return f"缺少参数 {name}{hint}"
        case exceptions.BadOptionUsage():
            return f"选项 {error.option_name} 后面要跟一个值{hint}"
        case exceptions.BadParameter():
            return f"{error.message}{hint}"
        case exceptions.UsageError():
            return f"{_unknown_command(error.message) or _extra(error.message)}{hint}"
        case _:
            return error.format_message()


def _unknown_command(message: str) -> str | None:
    """No such command: with the nearest ones."""
    if not message.startswith("No such command"):
        return None
    word = message.partition("'")[2].partition("'")[0]
    near = nearest(word, BY_WORD)
    return f"没有命令“{word}”，{'最接近的有：' + '、'.join(near) if near else '全部命令见 zhenggai --help'}"


def _extra(message: str) -> str:
    """Too many arguments, most often an unquoted text."""
    found = re.fullmatch(r"Got unexpected extra argument(?:s|\(s\))? \((.*)\)", message, re.DOTALL)
    return f"多出了 {found[1]}；有空格的文字要加引号" if found else message
