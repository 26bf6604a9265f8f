"""``zhenggai fmt``: rewrites data files in UTF-8, LF and canonical form. ``--mend`` also corrects known mistakes."""

import os
import secrets
from collections.abc import Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from zhenggai.cli.offers import FILES
from zhenggai.cli.options import flag_option
from zhenggai.cli.output import diagnostic_line, say, tell
from zhenggai.cli.plan_clock import times_at
from zhenggai.cli.writing import prompts
from zhenggai.cli.writing.entry_options import YesOption
from zhenggai.errors import Exit, UsageError, ZhenggaiError
from zhenggai.model.numbers import number_at
from zhenggai.progress import watched
from zhenggai.reading.data_folders import root_of
from zhenggai.writing.atomic import replace_file, writing
from zhenggai.writing.tidy import Tidied, data_paths, tidied_file


def fmt(
    files: Annotated[
        list[str] | None,
        typer.Argument(metavar="[文件]...", help="文件或文件夹，默认全部方案、单位册和台账", show_default=False),
        FILES,
    ] = None,
    mend: Annotated[
        bool, flag_option("--mend", "--修正", about="一并改正全角冒号、制表符等错误，补上缺少的编号；先列出，再确认")
    ] = False,
    check: Annotated[bool, flag_option("--check", "--只看", about="只看哪些要整理，不写入；有则退出码 1")] = False,
    yes: YesOption = False,
) -> Exit:
    """例：zhenggai fmt　　zhenggai fmt --check　　zhenggai 整理 --修正 ledgers/jcdj-2020/县教育局"""
    root = root_of(Path.cwd())
    now_at = times_at(root)
    found = [
        tidied_file(root, path, partial(new_number, now_at(path)) if mend else None)
        for path in watched(_chosen(root, files), "整理文件")
    ]
    changed = [file for file in found if file.new != file.old]
    _show_corrections(changed)
    if check:
        code = _announced(changed)
    else:
        _confirm(changed, yes)
        code = _written(root, changed)
    left = _tell_left(found, mend)
    if not changed and not left:
        tell("都已整齐，没有改动")
    return code or left


def new_number(now: datetime, above: str) -> str:
    """A number for an entry recorded at this moment, higher than ``above``."""
    return number_at(now, secrets.randbits(20), above)


def _chosen(root: Path, files: Sequence[str] | None) -> list[str]:
    """The paths of the named data files and of those in named folders. Without names, all data files."""
    paths = data_paths(root)
    if not files:
        return paths
    chosen: list[str] = []
    for name in files:
        place = os.path.relpath(os.path.abspath(name), root).replace(os.sep, "/")
        own = [path for path in paths if place == "." or path == place or path.startswith(f"{place}/")]
        if not own:
            raise UsageError(f"{name} 不是方案、单位册或台账文件，没有改动\n  下一步：核对文件名")
        chosen += own
    return list(dict.fromkeys(chosen))


def _show_corrections(changed: Sequence[Tidied]) -> None:
    for file in changed:
        if file.corrections:
            tell("\n".join((f"{file.path}：", *file.corrections)))


def _announced(changed: Sequence[Tidied]) -> Exit:
    for file in changed:
        say(f"要整理 {file.path}：{'，'.join(file.done)}")
    return Exit.FOUND if changed else Exit.OK


def _confirm(changed: Sequence[Tidied], assured: bool) -> None:
    """Ask for consent if there are corrections. Raises ``UsageError`` without it."""
    if assured or not any(file.corrections for file in changed):
        return
    if not prompts.at_terminal():
        raise UsageError("没有改动\n  下一步：核对后加 --yes 改正")
    prompts.consent("这样改正？")


def _written(root: Path, changed: Sequence[Tidied]) -> Exit:
    """Write the changed files, each independently. Returns the exit code of the last failed write, if any."""
    if not changed:
        return Exit.OK
    code = Exit.OK
    with writing(root):
        for file in changed:
            try:
                replace_file(root / file.path, file.old, file.new, root)
            except ZhenggaiError as error:
                tell(f"{file.path}：{error}")
                code = error.exit_code
            else:
                say(f"整理 {file.path}：{'，'.join(file.done)}")
    return code


def _tell_left(found: Sequence[Tidied], mended: bool) -> Exit:
    """Print why files are not in canonical form. Returns the exit code."""
    left = [diagnostic for file in found for diagnostic in file.left]
    for diagnostic in left:
        tell(diagnostic_line(diagnostic))
    commented = [file.path for file in found if file.commented]
    if commented:
        more = f" 等 {len(commented)} 个" if len(commented) > 3 else ""
        tell(f"有注释的台账只整理编码和换行，不改格式：{'、'.join(commented[:3])}{more}")
    if left:
        how = "，或运行 zhenggai fmt --mend" if not mended and any(p.is_mendable for p in left) else ""
        tell(f"以上 {len(left)} 处错误还在，所在的台账没有改成规范格式\n  下一步：照上面的提示改正{how}")
    return Exit.FOUND if left else Exit.OK
