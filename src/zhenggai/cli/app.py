"""The program: finds the command, runs it, and shows whatever ends it, each error with its own sentence and exit code."""

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
from zhenggai.cli.click import Context, HelpFormatter, exceptions, usage_words
from zhenggai.cli.command_table import BY_WORD, COMMANDS
from zhenggai.errors import Exit, ZhenggaiError
from zhenggai.render.visible import visible

HELP_WORDS = ["--help", "-h", "--帮助"]


class _Context(Context):
    """click's, with help laid out for Chinese."""

    def make_formatter(self) -> HelpFormatter:
        from zhenggai.cli.help import ChineseFormatter  # here, since few runs ask for help

        return ChineseFormatter(width=self.terminal_width, max_width=self.max_content_width)


class _ChineseHelp(ClickCommand):
    """Help in Chinese; click's own words are English."""

    context_class = _Context

    def get_help_option_names(self, ctx: Context) -> list[str]:
        """In the order of ``HELP_WORDS``: click makes a set of them, whose order changes from run to run."""
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
        records: dict[str, list[tuple[str, str]]] = {"argument": [], "option": []}
        for parameter in self.get_params(ctx):
            if record := parameter.get_help_record(ctx):
                name, about = record
                records[parameter.param_type_name].append((name, about.removesuffix("[required]").rstrip()))
        for title, kind in (("参数", "argument"), ("选项", "option")):
            if records[kind]:
                with formatter.section(title):
                    formatter.write_dl(records[kind])


class ChineseCommand(_ChineseHelp, TyperCommand):
    """One command."""


class Program(_ChineseHelp, TyperGroup):
    """All commands; each is imported when it is asked for, under its English name or its Chinese alias."""

    def list_commands(self, ctx: Context) -> list[str]:
        """The names in the table's order."""
        return [command.name for command in COMMANDS]

    def get_command(self, ctx: Context, cmd_name: str) -> ClickCommand | None:
        """The command of a name or alias."""
        row = BY_WORD.get(cmd_name)
        if row is None:
            return None
        function = getattr(import_module(row.module), row.function)
        single = typer.Typer(
            add_completion=False, rich_markup_mode=None, context_settings={"help_option_names": HELP_WORDS}
        )
        single.command(
            row.name, cls=ChineseCommand, help=f"{row.about}。\n\n{function.__doc__}", options_metavar="[选项]"
        )(function)
        return typer.main.get_command(single)

    def format_options(self, ctx: Context, formatter: HelpFormatter) -> None:
        """Options, then the table of commands, without importing any."""
        super().format_options(ctx, formatter)
        with formatter.section("命令"):
            width = max(len(c.name) for c in COMMANDS) + 2
            wide = max(len(c.alias) for c in COMMANDS)  # filled with wide blanks, since aliases are wide
            formatter.write_dl([(f"{c.name:<{width}}{c.alias:　<{wide}}", c.about) for c in COMMANDS])


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
    """Nothing is done before the command."""


def main(arguments: list[str] | None = None) -> NoReturn:
    """Run the program and leave with its exit code, at once: taking a thousand modules apart is a tenth of a short command."""
    streams.restart_in_utf8()
    streams.prepare()
    code = run(arguments)
    if (failure := streams.failure()) is not None:
        code = _unshown(failure, code)
    os._exit(code)


def run(arguments: list[str] | None = None) -> int:
    """Run the program; the exit code. What goes wrong is said on stderr."""
    for word in sys.argv[1:] if arguments is None else arguments:
        if re.search("[\ud800-\udfff]", word):  # bytes that are no UTF-8, as Python has them
            return _end(f"参数“{word}”不是 UTF-8，看不懂\n  下一步：把终端编码改为 UTF-8，再运行", Exit.USAGE)
    command = typer.main.get_command(app)
    try:
        with _bars():
            code = command.main(arguments, prog_name="zhenggai", standalone_mode=False)
    except ZhenggaiError as error:
        return _end(str(error), error.exit_code)
    except exceptions.NoArgsIsHelpError as error:
        print(error.ctx.get_help() if error.ctx else "")
        return Exit.USAGE
    except exceptions.ClickException as error:
        return _end(usage_words(error), Exit.USAGE)
    except typer.Abort:  # Ctrl-C or Ctrl-D instead of an answer: what is said begins below the question
        print(file=sys.stderr)
        return _end("已取消，什么也没有改动", Exit.INTERRUPTED)
    except OSError as error:
        return _stopped(error)
    except SystemExit:  # Typer's answer to a broken pipe: of a program that we run, since ours raise nothing
        return _end("git 中途退出了，没有做完\n  下一步：运行 zhenggai doctor，看 git 是否正常", Exit.NOTHING)
    if code == Exit.INTERRUPTED:  # Ctrl-C at work: what was half written has been undone, what was done is done
        return _end("已中断，没有写完的都已还原", Exit.INTERRUPTED)
    return int(code or 0)


def _bars() -> AbstractContextManager[None]:
    """Bars for long work, where somebody sees them."""
    if sys.stderr is None or not sys.stderr.isatty():
        return nullcontext()
    from zhenggai.cli.progress_bar import bars  # here, since nothing in a pipe is shown

    return bars()


def _stopped(error: OSError) -> int:
    """The end of a command that the system refused something for which nothing else has words."""
    from zhenggai.writing.atomic import written  # here, as above
    from zhenggai.writing.write_refusals import reason  # here, since it seldom happens

    if error.filename is not None:
        done = written()
        before = f"\n  此前的改动已记录，不要重做：{'、'.join(done)}" if done else ""
        step = "下一步：核对路径；没有权限的，请管理员开通"
        return _end(f"无法读写 {error.filename}：{reason(error)}{before}\n  {step}", Exit.NOTHING)
    if isinstance(error, FileNotFoundError):  # the system's answer to whoever asks where it is
        return _end("当前文件夹已不在（被删去或移走了）\n  下一步：换到台账所在的文件夹，再运行", Exit.NOTHING)
    return _unshown(error, Exit.NOTHING)


def _unshown(failure: OSError, code: int) -> int:
    """The end of a command whose answer could not be shown: what it wrote is said, so that nobody does it twice."""
    from zhenggai.writing.atomic import written  # here, as above
    from zhenggai.writing.write_refusals import reason  # here, since it seldom happens

    if done := written():
        words = "\n  ".join(output.said or done)
        return _end(
            f"改动已记录，只是结果显示不出来：{reason(failure)}\n  {words}\n"
            "  下一步：不要重做，会记两次；核对用 zhenggai show 或 zhenggai check",
            Exit.NOTHING,
        )
    if isinstance(failure, BrokenPipeError):  # the reader (head, less) has seen enough
        return code
    return _end(f"结果写不出去：{reason(failure)}\n  下一步：换个地方写，或腾出空间后再运行", Exit.NOTHING)


def _end(words: str, code: int) -> int:
    print("\n".join(map(visible, f"zhenggai：{words}".split("\n"))), file=sys.stderr)
    return int(code)
