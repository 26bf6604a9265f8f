"""The program: finds the command, runs it, prints the error that ends it, and returns the exit code."""

import inspect
import os
import re
import sys
from contextlib import AbstractContextManager, nullcontext
from importlib import import_module
from typing import Any, NoReturn

import typer
from typer.core import TyperCommand, TyperGroup

from zhenggai import __version__
from zhenggai.cli import output, streams
from zhenggai.cli.click import Command as ClickCommand
from zhenggai.cli.click import Context, HelpFormatter, exceptions, option_names, usage_words
from zhenggai.cli.command_table import BY_WORD, COMMANDS, GROUPS
from zhenggai.cli.options import MORE
from zhenggai.cli.typed_words import command_word, narrow_options
from zhenggai.errors import Exit, UsageError, ZhenggaiError
from zhenggai.render.visible import visible

HELP_WORDS = ["--help", "-h", "--帮助"]
_HELP_COMMANDS = ("help", "帮助")


class _Context(Context):
    """A click context whose help is laid out for Chinese."""

    def make_formatter(self) -> HelpFormatter:
        from zhenggai.cli.help import ChineseFormatter  # imported here: few runs print help

        return ChineseFormatter(width=self.terminal_width, max_width=self.max_content_width)


class _ChineseHelp(ClickCommand):
    """A command whose help is in Chinese. click's own help is in English."""

    context_class = _Context

    def get_help_option_names(self, ctx: Context) -> list[str]:
        """The names in the order of ``HELP_WORDS``. click returns them from a set, in an order that changes from run to run."""
        return list(ctx.help_option_names)

    def get_help_option(self, ctx: Context) -> Any:
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "显示这份说明"
        return option

    def format_usage(self, ctx: Context, formatter: HelpFormatter) -> None:
        pieces = " ".join(self.collect_usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, pieces, prefix="用法：")

    def format_options(self, ctx: Context, formatter: HelpFormatter) -> None:
        records: dict[str, list[tuple[str, str]]] = {"argument": [], "option": [], MORE: []}
        for parameter in self.get_params(ctx):
            if record := parameter.get_help_record(ctx):
                name, about = record
                panel = getattr(parameter, "rich_help_panel", None) or parameter.param_type_name
                records[panel].append((name, about.removesuffix("[required]").rstrip()))
        for title, kind in (("参数", "argument"), ("选项", "option"), (MORE, MORE)):
            if records[kind]:
                with formatter.section(title):
                    formatter.write_dl(records[kind])


class ChineseCommand(_ChineseHelp, TyperCommand):
    """One command. Its options may be written with the dashes and the equal sign of an input method."""

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """Read the words after the command. Raises ``UsageError`` for an amount below 0, which looks like an option."""
        words = narrow_options(args, option_names(ctx))
        try:
            return super().parse_args(ctx, [*words])
        except exceptions.NoSuchOption as error:
            from zhenggai.cli.near_words import below_nothing  # imported here: only errors need it

            if said := below_nothing(words, error.option_name):
                raise UsageError(f"{said}\n  用法见：{ctx.command_path} --help") from None
            raise


class Program(_ChineseHelp, TyperGroup):
    """The group of all commands. A command is imported when its English name or Chinese alias is looked up."""

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """Read the options before the command. Raises ``UsageError`` where they belong behind it."""
        words = narrow_options(args[:1], option_names(ctx)) + args[1:]
        try:
            return super().parse_args(ctx, [*words])
        except exceptions.NoSuchOption:
            from zhenggai.cli.near_words import option_first  # imported here: only errors need it

            if said := option_first(words):
                raise UsageError(said) from None
            raise

    def resolve_command(self, ctx: Context, args: list[str]) -> tuple[str | None, ClickCommand | None, list[str]]:
        """The command that the first word names, and the words after it. Raises ``UsageError`` for an unknown one."""
        word = command_word(args[0])
        if word in _HELP_COMMANDS:
            args = [*args[1:], "--help"] if args[1:] else ["--help"]
            if args[0] == "--help":
                print(ctx.get_help())
                raise typer.Exit
            word = command_word(args[0])
        command = self.get_command(ctx, word)
        if command is None:
            from zhenggai.cli.near_words import unknown_command  # imported here, as above

            hint = f"\n  用法见：{ctx.command_path} --help"
            raise UsageError(unknown_command(args, _units_here()) + hint)
        return word, command, args[1:]

    def list_commands(self, ctx: Context) -> list[str]:
        """The English names, in the order of the table."""
        return [command.name for command in COMMANDS]

    def get_command(self, ctx: Context, cmd_name: str) -> ClickCommand | None:
        """The command with this name or alias, or None."""
        row = BY_WORD.get(cmd_name)
        if row is None:
            return None
        function = getattr(import_module(row.module), row.function)
        single = typer.Typer(
            add_completion=False, rich_markup_mode=None, context_settings={"help_option_names": HELP_WORDS}
        )
        single.command(
            row.name, cls=ChineseCommand, help=_help_of(row.about, function.__doc__), options_metavar="[选项]"
        )(function)
        return typer.main.get_command(single)

    def format_options(self, ctx: Context, formatter: HelpFormatter) -> None:
        """Write the table of commands, group by group, then the options. No command is imported."""
        width = max(len(c.name) for c in COMMANDS if c.group) + 2
        wide = max(
            len(c.alias) for c in COMMANDS if c.group
        )  # padded with full-width spaces, as aliases are full-width
        for group in GROUPS:
            with formatter.section(group):
                of_group = (c for c in COMMANDS if c.group == group)
                formatter.write_dl([(f"{c.name:<{width}}{c.alias:　<{wide}}", c.about) for c in of_group])
        super().format_options(ctx, formatter)


def _help_of(about: str, docstring: str) -> str:
    """The help of a command: its examples first, then what it does, then the rest of its docstring."""
    paragraphs = inspect.cleandoc(docstring or "").split("\n\n")
    examples = [paragraph for paragraph in paragraphs if paragraph.startswith("例：")]
    return "\n\n".join([*examples, f"{about}。", *(other for other in paragraphs if other not in examples)])


def _units_here() -> tuple[str, ...]:
    """All names of the units in the unit book of this folder; none if there is no folder of a ledger."""
    from pathlib import Path

    from zhenggai.reading.data_folders import find_root
    from zhenggai.reading.load import load_units

    root = find_root(Path.cwd())
    return tuple(load_units(root)[0].by_name) if root else ()


def _version(wanted: bool) -> None:
    if wanted:
        print(f"zhenggai {__version__}")
        raise typer.Exit


app = typer.Typer(
    cls=Program,
    add_completion=False,
    rich_markup_mode=None,
    no_args_is_help=True,
    subcommand_metavar="命令 [参数]…",
    options_metavar="[选项]",
    context_settings={"help_option_names": HELP_WORDS},
    help="整改方案与整改台账：问题个个有整改、任务件件有着落、措施条条能落实。\n\n每个命令的用法：zhenggai 命令 --help",
)


@app.callback()
def _program(
    version: bool = typer.Option(False, "--version", "--版本", help="显示版本", callback=_version, is_eager=True),
) -> None:
    """Take the options that stand before the command. The command does all the work."""


def main(arguments: list[str] | None = None) -> NoReturn:
    """Run the program and exit with its code.

    The exit skips Python's clean-up (``os._exit``): unloading a thousand modules takes a tenth of a short command's time.
    """
    streams.restart_in_utf8()
    streams.prepare()
    code = run(arguments)
    if output.asked:
        streams.discard_typed()  # what a paste has left over is no command for the shell
    if (failure := streams.failure()) is not None:
        code = _unshown(failure, code)
    os._exit(code)


def run(arguments: list[str] | None = None) -> int:
    """Run the program and return the exit code. Errors are printed to stderr."""
    for word in sys.argv[1:] if arguments is None else arguments:
        if re.search("[\ud800-\udfff]", word):  # Python decodes bytes that are not UTF-8 to lone surrogates
            return _end(f"参数“{word}”不是 UTF-8，看不懂\n  下一步：把终端编码改为 UTF-8，再运行", Exit.USAGE)
    command = typer.main.get_command(app)
    try:
        with _bars():
            code = command.main(arguments, prog_name="zhenggai", standalone_mode=False)
    except ZhenggaiError as error:
        return _end(str(error), error.exit_code)
    except exceptions.NoArgsIsHelpError as error:
        return _nothing_typed(error.ctx.get_help() if error.ctx else "")
    except exceptions.ClickException as error:
        return _end(usage_words(error), Exit.USAGE)
    except typer.Abort:  # Ctrl-C, Esc or Ctrl-D at a question
        return _end("已取消，什么也没有改动", Exit.INTERRUPTED)
    except OSError as error:
        return _stopped(error)
    except SystemExit:  # Typer raises it for a broken pipe; our streams raise nothing, so git's pipe broke
        return _end("git 中途退出了，没有做完\n  下一步：运行 zhenggai doctor，看 git 是否正常", Exit.NOTHING)
    if code == Exit.INTERRUPTED:  # Ctrl-C during the work: unfinished writes are undone, finished ones stay
        return _end("已中断，没有写完的都已还原", Exit.INTERRUPTED)
    return int(code or 0)


def _nothing_typed(help_text: str) -> int:
    """In the folder of a ledger, print what to type next; elsewhere the help. Returns the exit code."""
    from pathlib import Path

    from zhenggai.cli.front_page import front_page  # imported here: commands do not need it

    page = front_page(Path.cwd())
    print(help_text if page is None else page, end="" if page else "\n")
    return Exit.USAGE if page is None else Exit.OK


def _bars() -> AbstractContextManager[None]:
    """Show progress bars while the context is open, if stderr is a terminal."""
    if sys.stderr is None or not streams.is_terminal(sys.stderr):
        return nullcontext()
    from zhenggai.cli.progress_bar import bars  # imported here: not needed in a pipe

    return bars()


def _stopped(error: OSError) -> int:
    """Print an ``OSError`` that no other code has handled. Returns the exit code."""
    from zhenggai.writing.atomic import written  # imported here, as above
    from zhenggai.writing.write_refusals import reason  # imported here: seldom needed

    if error.filename is not None:
        done = written()
        before = f"\n  此前的改动已记录，不要重做：{'、'.join(done)}" if done else ""
        step = "下一步：核对路径；没有权限的，请管理员开通"
        return _end(f"无法读写 {error.filename}：{reason(error)}{before}\n  {step}", Exit.NOTHING)
    if isinstance(error, FileNotFoundError):  # the current folder is gone: ``getcwd`` fails without a file name
        return _end("当前文件夹已不在（被删去或移走了）\n  下一步：换到台账所在的文件夹，再运行", Exit.NOTHING)
    return _unshown(error, Exit.NOTHING)


def _unshown(failure: OSError, code: int) -> int:
    """Print that the result could not be printed. Returns the exit code.

    The message lists what the command has written, so that the user does not run it a second time.
    """
    from zhenggai.writing.atomic import written  # imported here, as above
    from zhenggai.writing.write_refusals import reason  # imported here: seldom needed

    if done := written():
        words = "\n  ".join(output.said or done)
        return _end(
            f"改动已记录，只是结果显示不出来：{reason(failure)}\n  {words}\n"
            "  下一步：不要重做，会记两次；核对用 zhenggai show 或 zhenggai check",
            Exit.NOTHING,
        )
    if isinstance(failure, BrokenPipeError):  # the reader (head, less) closed the pipe
        return code
    return _end(f"结果写不出去：{reason(failure)}\n  下一步：换个地方写，或腾出空间后再运行", Exit.NOTHING)


def _end(words: str, code: int) -> int:
    print("\n".join(map(visible, f"zhenggai：{words}".split("\n"))), file=sys.stderr)
    return int(code)
