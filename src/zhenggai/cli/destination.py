"""Where ``-o`` may write: wherever no data stands, nothing of git's or the tool's own, and nothing that is no report."""

import errno
import os
from collections.abc import Collection
from pathlib import Path

from zhenggai.cli import streams
from zhenggai.errors import UsageError
from zhenggai.model.names import RESERVED
from zhenggai.render import FORMATS, Format, format_of_file, format_wanted, require_library, suffix_of

_OWN_FOLDERS = (".git", ".zhenggai")


def check_destination(
    path: Path | None, format_name: str | None, force: bool, *, calendar: bool = False, is_filled: bool = False
) -> None:
    """Refuse a report's file before anything is done: for its place, or for an ending that no format has.

    Of such an ending may be somebody's document, and what is there in a binary format, as Word's, may have been edited:
    at a terminal it is asked, and elsewhere ``force`` is wanted. Without a file a binary format is refused: it would spoil a terminal. Without ``calendar`` the report has no dates for one.
    What ``is_filled`` is a copy of somebody's workbook: what the format is made with is not needed.
    """
    if not calendar:
        refuse_calendar(path, format_name)
    if path is None:
        if format_name is not None and FORMATS[format_name].binary:
            raise UsageError(
                f"{format_name} 格式不能显示，只能写入文件\n  下一步：加 -o 文件名{suffix_of(format_name)}"
            )
        return
    wanted = format_wanted(path, format_name)
    if wanted is not None and not is_filled:
        require_library(wanted.name)
    refuse_places([path])
    _refuse_unwritable(path)
    ending = path.suffix or (path.name if path.name.startswith(".") else "")
    there = os.path.lexists(path)
    known = format_of_file(Path(f"_{ending}"))
    is_edited = there and known is not None and known.binary
    if force or (known and not is_edited) or (format_name is not None and not there):
        return
    from zhenggai.cli.writing import prompts  # here, since few reports have such an ending

    if prompts.at_terminal():
        doubt = f"{path} 已在，{_why(known)}" if there else f"没有 {ending} 这种格式"
        kind = format_name or (known.name if known else "纯文本")
        prompts.consent(f"{doubt}，用{kind}覆盖？" if there else f"{doubt}，写成{kind}？")
    elif there and (known or format_name is not None):
        raise UsageError(f"{path} 已在，{_why(known)}，没有写入\n  下一步：换一个名字，或加 --force 覆盖")
    else:
        formats = (row for row in FORMATS.values() if calendar or not row.calendar)
        endings = " ".join(suffix for row in formats for suffix in row.suffixes if suffix)
        raise UsageError(
            f"写不成 {ending} 文件，没有写入\n"
            f"  下一步：换成 {endings}，或用 --format 指明格式；就要这个名字，加 --force，写成纯文本"
        )


def _why(known: Format | None) -> str:
    """Why a file that is there is not simply replaced."""
    return "可能有人改过" if known else "看名字不是报告"


def refuse_calendar(path: Path | None, format_name: str | None) -> None:
    """Refuse a format that only reports with dates have."""
    found = format_wanted(path, format_name)
    if found is not None and found.calendar:
        suffix = suffix_of(found.name)
        raise UsageError(f"日历（{suffix}）只有 zhenggai due 有\n  下一步：zhenggai due -o 到期{suffix}")


def _refuse_unwritable(path: Path) -> None:
    """Refuse where no file can be put: later, ``--issue`` would have issued what then has no copy."""
    from zhenggai.sharing.git import nearest_folder  # here, since only -o writes
    from zhenggai.writing.atomic import read_bytes
    from zhenggai.writing.write_refusals import refusals

    read_bytes(path)
    folder = nearest_folder(path.absolute().parent)
    with refusals(path.name):
        if not os.access(folder, os.W_OK | os.X_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(folder))
    if folder != path.absolute().parent:  # a slip: where a command takes folders, they have a / at the end
        raise UsageError(f"没有文件夹 {path.parent}，没有写入\n  下一步：先建好它，或换一个文件夹")


def refuse_places(paths: Collection[Path], *, tracked_too: bool = True) -> None:
    """Refuse files among the data, git's or the tool's own, and with ``tracked_too`` those that git tracks.

    Links, ``..`` and another case (on some disks the same file) lead nowhere else.
    """
    from zhenggai.sharing.git import is_inside, tracked_names  # here, since only -o writes

    for path in paths:
        _refuse_reserved(path)
    places = {path: _places(path) for path in paths}
    folders = {place.parent for of_path in places.values() for place in of_path}
    inside = {folder for folder in folders if is_inside(folder)}
    tracked = {folder: tracked_names(folder) for folder in folders - inside} if tracked_too else {}
    for path, of_path in places.items():
        for place in of_path:
            if place.parent in inside or _is_own(place):
                raise UsageError(
                    f"{path}：那里是 git 和本程序自己的文件，报告不写到那里，没有写入\n  下一步：换一个文件夹"
                )
            if _is_data(place):
                raise UsageError("plans/ 和 ledgers/ 里是数据，报告不写到那里，没有写入\n  下一步：换一个文件夹")
            if place.name.casefold() in tracked.get(place.parent, ()):
                raise UsageError(f"{path} 由 git 管着，报告不覆盖它，没有写入\n  下一步：换一个名字")


def _refuse_reserved(path: Path) -> None:
    """On Windows, refuse a name that stands for a device (NUL, CON.txt), or for a file of another name (报告.txt.)."""
    for part in path.relative_to(path.anchor).parts if streams.WINDOWS else ():
        if RESERVED.fullmatch(part) or (part != ".." and part[-1] in " ."):
            raise UsageError(f"{path}：“{part}”在 Windows 上是设备，或另一个文件，没有写入\n  下一步：换一个名字")


def _places(path: Path) -> set[Path]:
    """Where a path leads: as it is written, by its folder, and with a link in its own place followed."""
    written = Path(os.path.abspath(path))
    return {written, Path(os.path.realpath(path.parent), path.name), Path(os.path.realpath(path))}


def _is_own(place: Path) -> bool:
    from zhenggai.writing.atomic import TEMPORARY  # here, since only -o writes

    parts = [part.casefold() for part in place.parts]
    return any(folder in parts for folder in _OWN_FOLDERS) or parts[-1].startswith(TEMPORARY)


def _is_data(place: Path) -> bool:
    """Whether a place lies below the plans/ or ledgers/ of any root above it."""
    from zhenggai.reading.data_folders import LEDGERS, PLANS  # here, since only -o writes

    def within(root: Path) -> bool:
        first, *below = place.relative_to(root).parts
        return first.casefold() in (PLANS, LEDGERS) and bool(below) and (root / PLANS).is_dir()

    return any(within(root) for root in place.parents)
