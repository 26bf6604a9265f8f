"""``add --from 进展.xlsx`` and ``add -``: an entry of the writer's own tasks for each row."""

import sys
from pathlib import Path

from zhenggai.cli.importing.row_log import record_rows
from zhenggai.cli.importing.row_making import placed_rows
from zhenggai.cli.importing.row_trial import in_order, new_rows, tried_rows
from zhenggai.cli.output import tell
from zhenggai.cli.streams import is_terminal
from zhenggai.cli.writing.entry_options import OwnWriting
from zhenggai.cli.writing.prompts import Wish
from zhenggai.cli.writing.refusals import refuse
from zhenggai.errors import Exit, UsageError
from zhenggai.frozen import frozen
from zhenggai.importing.content import Sheet
from zhenggai.importing.entries.entry_sheet import entry_rows
from zhenggai.importing.entries.fill_form import is_form
from zhenggai.importing.files import read_sheets
from zhenggai.importing.formats.text_file import read_csv

_PIPE = "标准输入"


@frozen
class _Given:
    """The sheets of a file or a pipe, its name for messages, the folder in which its evidence lies."""

    sheets: tuple[Sheet, ...]
    name: str
    folder: Path


def add_rows(writing: OwnWriting, source: Path, wish: Wish, *, lower: bool) -> Exit:
    """Record the rows of a file, or of the pipe for a source that is ``-``."""
    writer, own, _ = writing
    writer.need({})
    given = _from_pipe() if str(source) == "-" else _Given(read_sheets(source), source.name, source.parent)
    if is_form(given.sheets):
        raise UsageError(f"{given.name} 是填报表，没有写入\n  下一步：zhenggai import {source}")
    found = entry_rows(given.sheets, given.name)
    if found.unused:
        tell(f"没有用的列：{'、'.join(found.unused)}")
    placed, faults = placed_rows(writer, found.rows, own.given_for)
    new = new_rows(writer, placed, {given.name: given.folder})
    tried = tried_rows(writer, new, lower=lower)
    refuse([str(fault) for fault in in_order([*faults, *new.faults, *tried.faults], found.rows)])
    return record_rows(writer, tried, wish)


def _from_pipe() -> _Given:
    if is_terminal(sys.stdin):
        tell("把表格粘贴进来（第一行是表头），再按 Ctrl-D 结束（Windows 是 Ctrl-Z 加回车）：")
    return _Given((read_csv(sys.stdin.buffer.read(), _PIPE),), _PIPE, Path())
