"""``zhenggai schema``: writes the JSON schemas that editors use."""

from pathlib import Path
from typing import Annotated

import typer

from zhenggai.cli.destination import refuse_places
from zhenggai.cli.options import text_option
from zhenggai.cli.output import tell, write_file
from zhenggai.errors import Exit, UsageError
from zhenggai.reading.data_folders import root_of
from zhenggai.reading.json_schema import SCHEMAS, schema_text


def schema(
    only: Annotated[
        str | None, text_option("--print", "--显示", about=f"只在屏幕上显示一个：{'、'.join(SCHEMAS)}", metavar="名称")
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", "--输出", help="写到哪个文件夹，默认 plans/schema", metavar="文件夹", show_default=False
        ),
    ] = None,
) -> Exit:
    """例：zhenggai schema　　zhenggai schema --print plan"""
    if only is not None:
        if only not in SCHEMAS:
            raise UsageError(f"没有模式“{only}”，可用：{'、'.join(SCHEMAS)}")
        print(schema_text(only), end="")
        return Exit.OK
    folder = output or root_of(Path.cwd()) / "plans" / "schema"
    paths = {name: folder / f"{name}.schema.json" for name in SCHEMAS}
    if folder.parts[-2:] != ("plans", "schema"):  # not the default folder
        refuse_places(paths.values(), tracked_too=False)  # tracked files there come from this command
    for name, path in paths.items():
        write_file(path, schema_text(name).encode())
        tell(f"已写入 {path}")
    return Exit.OK
