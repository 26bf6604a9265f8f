"""Removes entries from their file, as long as nobody else can have seen them (``undo``)."""

import hashlib
import re
from collections import Counter
from collections.abc import Collection, Sequence
from pathlib import Path

from zhenggai.errors import Unwritable, UsageError
from zhenggai.frozen import frozen
from zhenggai.model.numbers import ending
from zhenggai.reading.data_folders import EVIDENCE, LEDGERS, is_tracked
from zhenggai.reading.encoding import utf8_text
from zhenggai.reading.entry_text import read_entries
from zhenggai.reading.raw_entry import RawEntry
from zhenggai.sharing import git
from zhenggai.writing.atomic import Changes, read_bytes, writing

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_REST = re.compile(r"[ \t]*(?:\r\n|\r|\n)?")
_COPY = re.compile(rf"{EVIDENCE}/\d{{4}}-\d{{2}}/[^/\\]+\.([0-9a-f]{{8}})(?:\.[^/\\.]+)?")

_SHOWN = 3  # the most numbers in a message


@frozen
class Taken:
    """The result: whether the file was removed because it became empty, and which evidence was removed or kept."""

    emptied: bool
    removed: tuple[str, ...] = ()
    left: tuple[str, ...] = ()


def refuse_shared(root: Path, number: str) -> None:
    """Raise an error if a remote branch has or had the entry. Without git nothing is shared."""
    if not is_tracked(root):
        return
    shared = git.shared_text(root, number, LEDGERS)
    if shared is None:
        raise UsageError(
            f"git 没有给出答复，不能确认 {number} 是否已推送，没有改动\n  下一步：稍后再试，或作废：zhenggai correct {ending(number)} --void"
        )
    if shared:
        raise UsageError(
            f"{number} 已经推送，别人可能已经看到，没有改动\n  下一步：作废后重新记录：zhenggai correct {ending(number)} --void"
        )


def take_back(root: Path, path: str, numbers: Collection[str], evidence: Sequence[str]) -> Taken:
    """Remove entries from a file, without changing any other byte, then the copies of their evidence.

    The entries were written at once, so one tells whether they are shared. ``evidence`` holds their items that no other entry
    names. A copy that was shared or altered is kept.
    """
    file = root / path
    with writing(root) as changes:
        refuse_shared(root, max(numbers))
        old = read_bytes(file) or b""
        mark, text = utf8_text(old, file.name, "改动")
        rest = _without(text, numbers, file.name)
        if rest.strip():
            changes.replace(file, old, mark + rest.encode())
        else:
            changes.remove(file, old)
        removed = tuple(name for name in evidence if _remove_copy(changes, root, file.parent, name))
    left = tuple(name for name in evidence if name not in removed and (file.parent / name).exists())
    return Taken(not rest.strip(), removed, left)


def _without(text: str, numbers: Collection[str], name: str) -> str:
    """The text without the lines of some entries; comments and blank lines after them are kept."""
    gone = frozenset(numbers)
    before, faults = read_entries(text, name)
    times = Counter(raw.values.get("编号") for raw in before)
    for number in gone:
        if times[number] != 1:
            raise Unwritable(f"{name} 里编号 {number} 有 {times[number]} 条，没有改动\n  下一步：用编辑器打开核对")
    kept, at = list[str](), 0
    for raw in before:
        if raw.values.get("编号") in gone:
            begin, end = _lines_of(text, raw)
            kept.append(text[at:begin])
            at = end
    rest = "".join((*kept, text[at:]))
    left = [raw.values for raw in before if raw.values.get("编号") not in gone]
    after, same_faults = read_entries(rest, name)
    if [raw.values for raw in after] != left or len(faults) != len(same_faults):
        these = "、".join(sorted(gone)[:_SHOWN])
        raise Unwritable(f"{name} 里的 {these} 不能单独取出，没有改动\n  下一步：用编辑器删去")
    return rest


def _lines_of(text: str, raw: RawEntry) -> tuple[int, int]:
    """The offsets at which the lines of an entry begin and end."""
    begin = max(text.rfind("\n", 0, raw.offset), text.rfind("\r", 0, raw.offset)) + 1
    indent = raw.offset - begin
    lines: list[str] = _LINE.findall(text[raw.offset : raw.end])
    while len(lines) > 1 and _is_apart(lines[-1], indent):
        lines.pop()
    end = raw.offset + sum(map(len, lines))
    if not lines[-1].endswith(("\r", "\n")) and (behind := _REST.match(text, end)):
        end = behind.end()  # an entry in braces ends before the end of its line
    return begin, end


def _is_apart(line: str, indent: int) -> bool:
    """Whether a line after an entry does not belong to it: blank, or a comment not indented deeper than the dash."""
    plain = line.lstrip(" ")
    return not plain.strip() or (plain.startswith("#") and len(line) - len(plain) <= indent)


def _remove_copy(changes: Changes, root: Path, folder: Path, name: str) -> bool:
    """Remove a copy made by ``add -e``, unless it was changed or shared since; returns whether it was removed."""
    found = _COPY.fullmatch(name)
    if found is None or ".." in name or not (folder / name).is_file():
        return False
    data = read_bytes(folder / name)
    if data is None or hashlib.sha256(data).hexdigest()[:8] != found[1]:
        return False
    if is_tracked(root) and git.shared_file(root, (folder / name).relative_to(root).as_posix()) is not False:
        return False
    changes.remove(folder / name, data)
    return True
