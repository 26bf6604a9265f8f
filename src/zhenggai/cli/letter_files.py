"""Letters and forms in a folder, a file each."""

import os
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from zhenggai.cli.destination import check_destination, refuse_calendar, refuse_places
from zhenggai.cli.output import tell, write_file
from zhenggai.document import Report
from zhenggai.errors import UsageError
from zhenggai.render import TEXT, file_bytes, suffix_of
from zhenggai.render.visible import HIDDEN
from zhenggai.views.letter_text import Letter

_NOT_IN_NAMES = rf'[\\/:*?"<>|\s]|{HIDDEN}'


def checked_folder(output: str | None, format_name: str | None, force: bool) -> Path | None:
    """The folder for a file each that ``-o`` names, by a / at the end or as one that is there; None for one file or none.

    Raises ``UsageError`` for a place that ``-o`` may not write, and for a calendar.
    """
    if output is not None and (output.endswith(("/", "\\")) or os.path.isdir(output)):
        refuse_calendar(None, format_name)
        return Path(output)
    check_destination(Path(output) if output is not None else None, format_name, force)
    return None


def write_each(letters: Sequence[Letter], folder: Path, format_name: str | None) -> None:
    """Write each letter to a file, named after its number, title, unit and addressee; by default as plain text."""
    format_name = format_name or TEXT
    named = {f"{nth:02}-{a.title}-{a.unit}-{a.addressee}": a for nth, a in enumerate(letters, 1)}
    paths = {_file_in(folder, name, format_name): letter for name, letter in named.items()}
    _write(paths, folder, format_name)


def write_forms(forms: Mapping[str, Report], folder: Path, format_name: str, *, force: bool) -> None:
    """Write each form to a file, named after its unit. Raises ``UsageError`` for those that are there: they may be filled in."""
    paths = {_file_in(folder, unit, format_name): form for unit, form in forms.items()}
    there = [path.name for path in paths if os.path.lexists(path)]
    if there and not force:
        raise UsageError(
            f"{folder} 里已有 {'、'.join(there[:_MOST])}{'等' if len(there) > _MOST else ''}，可能有人填过，没有写入\n"
            f"  下一步：换一个文件夹，或加 --force 覆盖"
        )
    _write(paths, folder, format_name)


_MOST = 3  # files that are named


def _file_in(folder: Path, name: str, format_name: str) -> Path:
    return folder / f"{re.sub(_NOT_IN_NAMES, '_', name)[:80]}{suffix_of(format_name)}"


def _write(paths: Mapping[Path, Report], folder: Path, format_name: str) -> None:
    refuse_places(list(paths))
    for path, report in paths.items():
        write_file(path, file_bytes(report, format_name))
    tell(f"已写入 {folder} 中 {len(paths)} 个文件")
