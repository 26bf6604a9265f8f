"""``zhenggai schema``: writes the JSON schemas that editors use, lists all there are, or prints one."""

from pathlib import Path
from typing import Annotated

import typer

from zhenggai.cli.command_table import BY_WORD
from zhenggai.cli.destination import refuse_places
from zhenggai.cli.offers import FOLDERS, SCHEMA_NAMES
from zhenggai.cli.options import flag_option, text_option
from zhenggai.cli.output import say, tell, write_file
from zhenggai.errors import Exit, UsageError
from zhenggai.model.wording import near_or_known
from zhenggai.reading.data_folders import root_of
from zhenggai.reading.json_schema import SCHEMAS, TITLES, schema_text


def schema(
    only: Annotated[
        str | None,
        text_option("--print", "--显示", about="只在屏幕上显示一个：文件的（plan）或命令的（status）", metavar="名称"),
        SCHEMA_NAMES,
    ] = None,
    list_names: Annotated[bool, flag_option("--list", "--列出", about="列出全部名称")] = False,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", "--输出", help="写到哪个文件夹，默认 plans/schema", metavar="文件夹", show_default=False
        ),
        FOLDERS,
    ] = None,
) -> Exit:
    """各命令 --format json 的模式不写文件，用 --print 看。

    例：zhenggai schema　　zhenggai schema --print plan　　zhenggai schema --print status
    """
    if only is not None:
        print(_text_of(only.strip()), end="")
        return Exit.OK
    if list_names:
        _list()
    else:
        _write(output)
    return Exit.OK


def _text_of(name: str) -> str:
    """The schema of a kind of file, or of what a command answers; a command may have its Chinese name."""
    from zhenggai.cli.answers import ANSWERS, answer_schema_text  # imported here: files need no report

    if name in SCHEMAS:
        return schema_text(name)
    command = BY_WORD[name].name if name in BY_WORD else name
    if command in ANSWERS:
        return answer_schema_text(command)
    if command in BY_WORD:
        raise UsageError(f"“{name}”没有 --format json，也就没有模式\n  全部名称：zhenggai schema --list")
    near = near_or_known(name, (*SCHEMAS, *ANSWERS, *(BY_WORD[answered].alias for answered in ANSWERS)))
    raise UsageError(f"没有模式“{name}”\n  {near}\n  全部名称：zhenggai schema --list")


def _write(output: Path | None) -> None:
    """Write the schemas of files to a folder, by default that of the data."""
    folder = output or root_of(Path.cwd()) / "plans" / "schema"
    paths = {name: folder / f"{name}.schema.json" for name in SCHEMAS}
    if folder.parts[-2:] != ("plans", "schema"):  # not the default folder
        refuse_places(paths.values(), tracked_too=False)  # tracked files there come from this command
    for name, path in paths.items():
        write_file(path, schema_text(name).encode())
        tell(f"已写入 {path}")


def _list() -> None:
    """The names that ``--print`` takes."""
    from zhenggai.cli.answers import ANSWERS, answer_title  # imported here, as above

    titles = TITLES | {command: answer_title(command) for command in ANSWERS}
    width = max(map(len, titles))
    for name, title in titles.items():
        say(f"{name:<{width}}  {title}")
