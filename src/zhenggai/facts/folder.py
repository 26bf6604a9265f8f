"""The folder that holds a county's facts: files written aside and then swapped in, so that nobody reads half of them.

While they are swapped there is no manifest. Who reads the old one before that may get files of the new: the digests differ.
"""

import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from zhenggai.errors import UsageError
from zhenggai.facts.manifest import NAME, BadManifest, File, Manifest, manifest_text, read_manifest
from zhenggai.facts.tables import TABLES
from zhenggai.writing.atomic import TEMPORARY, retried
from zhenggai.writing.durable_folders import sync_folder
from zhenggai.writing.write_refusals import refusals

_ASIDE: Final = f"{TEMPORARY}facts-"


def refuse_folder(folder: Path, *, force: bool) -> None:
    """Raise ``UsageError`` for a folder that cannot be made; without ``force`` also for one that holds something else than facts.

    Names that begin with a dot do not count: git's, and what systems put into every folder.
    """
    if not folder.is_dir():
        if os.path.lexists(folder):
            raise UsageError(f"{folder} 不是文件夹，没有写入\n  下一步：换一个名字")
        if not folder.absolute().parent.is_dir():
            raise UsageError(f"没有文件夹 {folder.parent}，没有写入\n  下一步：先建好它，或换一个文件夹")
        return
    with refusals(folder.name):
        names = {name for name in os.listdir(folder) if not name.startswith(".")}
    if force or names <= TABLES.keys():
        return
    remedy = "下一步：换一个空文件夹；就写在这里的，加 --force"
    if NAME not in names:
        raise UsageError(f"{folder} 里有别的东西（{min(names - TABLES.keys())}），没有写入\n  {remedy}")
    try:
        read_manifest(folder / NAME)
    except BadManifest as error:
        what = str(error).partition("\n")[0]
        raise UsageError(f"{what}，没有写入\n  {remedy}") from None


@contextmanager
def written_aside(folder: Path) -> Iterator[Path]:
    """A new folder in ``folder``, which is made if need be, with a folder for each table. At the end nothing of it is left."""
    made = not folder.is_dir()
    with refusals(folder.name):
        folder.mkdir(exist_ok=True)
        for left in folder.glob(f"{_ASIDE}*"):  # of a run that was killed
            shutil.rmtree(left, ignore_errors=True)
        aside = Path(tempfile.mkdtemp(prefix=_ASIDE, dir=folder))
    try:
        with refusals(folder.name):
            for table in TABLES:
                (aside / table).mkdir()
        yield aside
    finally:
        shutil.rmtree(aside, ignore_errors=True)
        if made:
            with suppress(OSError):  # it is not empty
                folder.rmdir()


def swap_in(aside: Path, folder: Path, manifest: Manifest) -> None:
    """Put the files of a manifest, which are aside, in the place of those that are there; those of plans that are gone go.

    All or nothing: an error or Ctrl-C undoes it. Files that no manifest names stay.
    """
    new, old = list(manifest.files()), aside / "old"
    with refusals(folder.name):
        _write(aside / NAME, manifest_text(manifest))
        moves = [(folder / path, old / path) for path in [NAME, *{**_files_of(folder), **manifest.files()}]]
        moves = [(source, target) for source, target in moves if source.is_file()]
        _move_all(moves + [(aside / path, folder / path) for path in [*new, NAME]])
        for name in (*TABLES, ""):
            if (folder / name).is_dir():
                sync_folder(folder / name)


def _files_of(folder: Path) -> Mapping[str, File]:
    """The files that the manifest in a folder names; none if it cannot be read."""
    try:
        return read_manifest(folder / NAME).files()
    except BadManifest:
        return {}


def _write(path: Path, text: str) -> None:
    with path.open("xb") as file:
        file.write(text.encode())
        file.flush()
        os.fsync(file.fileno())


def _move_all(moves: Iterable[tuple[Path, Path]]) -> None:
    """Move files, in this order; an error or Ctrl-C moves them back."""
    moved: list[tuple[Path, Path]] = []
    try:
        for source, target in moves:
            target.parent.mkdir(parents=True, exist_ok=True)
            moved.append((source, target))
            _move(source, target)
    except BaseException:
        for source, target in reversed(moved):
            if not source.exists():
                with suppress(OSError):
                    _move(target, source)
        raise


def _move(source: Path, target: Path) -> None:
    retried(lambda: os.replace(source, target))
