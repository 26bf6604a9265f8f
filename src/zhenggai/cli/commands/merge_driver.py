"""``zhenggai merge-driver``: git runs it for each ledger file that both sides changed (``merge`` in gitattributes)."""

from pathlib import Path
from typing import Annotated

import typer

from zhenggai.cli.output import tell
from zhenggai.errors import Exit
from zhenggai.reading.data_folders import LEDGERS, FileKind, place_of
from zhenggai.sharing.git import call
from zhenggai.sharing.merge.ledger_merge import OURS_NAME, THEIRS_NAME, NotUnderstood, merged, side_by_side

_MARKER_SIZE = 7  # git's default; a longer marker means that git merges merge bases, and nobody has to decide


def merge_driver(
    base: Annotated[Path, typer.Argument(metavar="%O", help="共同的原件")],
    ours: Annotated[Path, typer.Argument(metavar="%A", help="一方；结果写在这里")],
    theirs: Annotated[Path, typer.Argument(metavar="%B", help="另一方")],
    marker_size: Annotated[int, typer.Argument(metavar="%L", help="冲突标记的长度")],
    path: Annotated[str, typer.Argument(metavar="%P", help="文件在仓库里的路径")],
) -> Exit:
    """由 git 调用，不必自己运行；zhenggai init 已在 git 设置里写好"""
    if _is_no_ledger(path):
        return _merged_lines(base, ours, theirs, marker_size)
    versions = (base.read_bytes(), ours.read_bytes(), theirs.read_bytes())
    try:
        result, why = _of_entries(*versions, marker_size)
    except Exception as error:  # on any error, the file must get both sides
        result, why = _of_bytes(versions[1], versions[2], marker_size), _reason(error)
    if result != versions[1]:
        ours.write_bytes(result)
    if not why:
        return Exit.OK
    if marker_size == _MARKER_SIZE:
        tell(f"{path}：{why} — 下一步：运行 zhenggai sync，按提示逐项选定")
    return Exit.CONFLICT


def _is_no_ledger(path: str) -> bool:
    """Whether a path is not that of a ledger file. The path starts at git's top folder, which may be above the root."""
    at = f"/{path}".rfind(f"/{LEDGERS}/")
    return at < 0 or place_of(path[at:]).kind is not FileKind.LEDGER


def _of_entries(base: bytes, ours: bytes, theirs: bytes, size: int) -> tuple[bytes, str]:
    """The merged file, and what a person must decide in it ("" for nothing). An empty base means that both sides added it."""
    found = merged(base or None, ours, theirs, marker_size=size)
    clashes = [f"{clash.number} 的“{clash.field}”" if clash.field else clash.number for clash in found.clashes]
    return found.data, f"两边改得不同：{'、'.join(clashes)}" if clashes else ""


def _of_bytes(ours: bytes, theirs: bytes, size: int) -> bytes:
    """Both sides between conflict markers. A binary file stays ours; git keeps theirs in its index."""
    return ours if b"\0" in ours + theirs else side_by_side(ours, theirs, size)


def _reason(error: Exception) -> str:
    return str(error) if isinstance(error, NotUnderstood) else f"没有合成（{type(error).__name__}）"


def _merged_lines(base: Path, ours: Path, theirs: Path, size: int) -> Exit:
    """Merge a file that is not a ledger file as git does."""
    names = [word for name in (OURS_NAME, "原件", THEIRS_NAME) for word in ("-L", name)]
    answer = call(Path(), "merge-file", "--quiet", f"--marker-size={size}", *names, str(ours), str(base), str(theirs))
    return Exit.OK if answer.ok else Exit.CONFLICT
