"""Letters in a folder, a file each."""

import os
import re
from collections.abc import Sequence
from pathlib import Path

from zhenggai.cli.destination import check_destination, refuse_calendar, refuse_places
from zhenggai.cli.output import tell, write_file
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
    names = (f"{nth:02}-{a.title}-{a.unit}-{a.addressee}" for nth, a in enumerate(letters, 1))
    paths = [folder / f"{re.sub(_NOT_IN_NAMES, '_', name)[:80]}{suffix_of(format_name)}" for name in names]
    refuse_places(paths)
    for letter, path in zip(letters, paths, strict=True):
        write_file(path, file_bytes(letter, format_name))
    tell(f"已写入 {folder} 中 {len(letters)} 个文件")
