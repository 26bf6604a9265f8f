"""The forms (填报表) that came back: one file, or all that lie in a folder and below it."""

import os
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from zhenggai.errors import UsageError, ZhenggaiError
from zhenggai.frozen import frozen
from zhenggai.importing.content import Sheet
from zhenggai.importing.entries.fill_form import FilledForm, filled_form, is_form
from zhenggai.importing.files import read_sheets
from zhenggai.progress import watched

_ENDINGS = (".xlsx", ".xlsm", ".xls", ".et", ".ods")
_LOCKS = ("~$", ".~", ".")  # beginnings of the names of files that office programs leave while they have one open


@frozen
class Forms:
    """Forms, by the names of their files: ``folders`` are where these lie, ``failed`` says why some cannot be read.

    ``others`` are workbooks that are no forms.
    """

    forms: tuple[FilledForm, ...]
    folders: Mapping[str, Path]
    failed: Mapping[str, str]
    others: tuple[str, ...] = ()


def form_in(path: Path, sheets: tuple[Sheet, ...]) -> Forms:
    """The form whose sheets were read from a file. Raises ``UsageError`` if it cannot be used."""
    return Forms((filled_form(sheets, path.name),), {path.name: path.parent}, {})


def forms_in(folder: Path) -> Forms:
    """The forms in a folder and below it, by name. Raises ``UsageError`` if there is none."""
    paths = sorted(p for p in folder.rglob("*") if p.suffix.lower() in _ENDINGS and not p.name.startswith(_LOCKS))
    forms: list[FilledForm] = []
    failed: dict[str, str] = {}
    others: list[str] = []
    with ThreadPoolExecutor(os.cpu_count()) as pool:  # each file is read by a process of its own
        for path, sheets in zip(watched(paths, "读填报表"), pool.map(_read, paths), strict=True):
            name = path.relative_to(folder).as_posix()
            try:
                if isinstance(sheets, ZhenggaiError):
                    raise sheets
                if is_form(sheets):
                    forms.append(filled_form(sheets, name))
                else:
                    others.append(name)
            except ZhenggaiError as error:
                failed[name] = str(error)
    if not forms and not failed:
        raise UsageError(f"{folder} 里没有填报表\n  下一步：填报表用 zhenggai list 单位 --fill -o 填报.xlsx 写")
    return Forms(tuple(forms), {form.source: (folder / form.source).parent for form in forms}, failed, tuple(others))


def _read(path: Path) -> tuple[Sheet, ...] | ZhenggaiError:
    try:
        return read_sheets(path)
    except ZhenggaiError as error:
        return error
