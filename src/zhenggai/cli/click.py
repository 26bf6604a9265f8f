"""Adapter for Typer's copy of click: the classes that the program extends, and usage errors in Chinese.

The copy (``typer._click``) is private. Typer's commands are instances of its classes, so Chinese help and error messages
need it. Only this module imports it. ``typer`` is pinned to a minor version because of it.
"""

import re
from typing import Any

from typer._click import Command, Context, HelpFormatter, exceptions

from zhenggai.cli.command_table import BY_WORD
from zhenggai.model.wording import nearest

__all__ = ["Command", "Context", "HelpFormatter", "exceptions", "usage_words"]


def usage_words(error: exceptions.ClickException) -> str:
    """The Chinese message of a usage error."""
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
    """The message for an unknown command, with the nearest names. None for any other message."""
    if not message.startswith("No such command"):
        return None
    word = message.partition("'")[2].partition("'")[0]
    near = nearest(word, BY_WORD)
    return f"没有命令“{word}”，{'最接近的有：' + '、'.join(near) if near else '全部命令见 zhenggai --help'}"


def _extra(message: str) -> str:
    """The message for surplus arguments. Most often a text with spaces is not quoted."""
    found = re.fullmatch(r"Got unexpected extra argument(?:s|\(s\))? \((.*)\)", message, re.DOTALL)
    return f"多出了 {found[1]}；有空格的文字要加引号" if found else message
