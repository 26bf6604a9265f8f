"""Adapter for Typer's copy of click: the classes that the program extends, and usage errors in Chinese.

The copy (``typer._click``) is private. Typer's commands are instances of its classes, so Chinese help and error messages
need it. Only this module imports it. ``typer`` is pinned to a minor version because of it.
"""

import re
from typing import Any

from typer._click import Command, Context, HelpFormatter, exceptions

__all__ = ["Command", "Context", "HelpFormatter", "exceptions", "option_names", "usage_words"]


def usage_words(error: exceptions.ClickException) -> str:
    """The Chinese message of a usage error."""
    from zhenggai.cli.near_words import near_options  # imported here: only errors need it

    context: Any = getattr(error, "ctx", None)
    hint = f"\n  用法见：{context.command_path} --help" if context else ""
    match error:
        case exceptions.NoSuchOption():
            names = [name for name, _ in _arguments(context)]
            near = near_options(
                error.option_name, option_names(context), error.possibilities, context.command.name, names
            )
            return f"没有选项 {error.option_name}{near}{hint}"
        case exceptions.MissingParameter():
            name = error.param.make_metavar(context) if error.param and context else ""
            return f"缺少参数 {name}{hint}"
        case exceptions.BadOptionUsage():
            return f"选项 {error.option_name} 后面要跟一个值{hint}"
        case exceptions.BadParameter():
            return f"{error.message}{hint}"
        case exceptions.UsageError():
            return f"{_extra(error.message, context)}{hint}"
        case _:
            return error.format_message()


def option_names(context: Any) -> dict[str, bool]:
    """The names of a command's options, each with whether it takes a value."""
    return {
        name: not parameter.is_flag
        for parameter in context.command.get_params(context)
        if parameter.param_type_name == "option"
        for name in parameter.opts
    }


def _extra(message: str, context: Any) -> str:
    """The message for surplus arguments; any other message as it is."""
    from zhenggai.cli.near_words import surplus  # imported here: only errors need it

    found = re.fullmatch(r"Got unexpected extra argument(?:s|\(s\))? \((.*)\)", message, re.DOTALL)
    if not found:
        return message
    arguments = _arguments(context)
    line = [context.command.name, *(value for _, value in arguments if isinstance(value, str))]
    last = arguments[-1][0] if arguments else None
    return surplus(found[1].split(" "), line, last, option_names(context))


def _arguments(context: Any) -> list[tuple[str, Any]]:
    """How each argument of a command is called, and its value so far."""
    arguments = [p for p in context.command.get_params(context) if p.param_type_name == "argument"]
    return [(argument.make_metavar(context).strip("[]"), context.params.get(argument.name)) for argument in arguments]
