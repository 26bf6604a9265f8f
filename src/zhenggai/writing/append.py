"""Appends entries to the writer's own file and copies evidence files into the ledger."""

import os
import re
import secrets
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path, PurePath
from types import MappingProxyType

from zhenggai.errors import Unwritable, UsageError
from zhenggai.frozen import frozen
from zhenggai.model.entries import Entry
from zhenggai.model.evidence_name import digest_in_name
from zhenggai.model.name_keys import name_key
from zhenggai.model.names import EDGE, INVISIBLE, MAX_BYTES, MAX_NAME, NOT_ON_WINDOWS, RESERVED
from zhenggai.model.numbers import CROCKFORD, recorded_on
from zhenggai.reading.canonical_form import entry_text
from zhenggai.reading.canonical_reader import entry_at, read_as_events
from zhenggai.reading.data_folders import EVIDENCE, LEDGERS, scan
from zhenggai.reading.encoding import utf8_text
from zhenggai.reading.files import MAX_FILE, TOO_LARGE
from zhenggai.writing.atomic import Changes, read_bytes, replace_file, writing
from zhenggai.writing.write_refusals import reason, refuse_control

MAX_EVIDENCE = 10 * 1024 * 1024
NO_COPIES: Mapping[str, bytes] = MappingProxyType({})
_LONGEST_SUFFIX = 20  # characters; a longer text after the dot is part of the name
_CLONE = ".zhenggai/clone"


@frozen
class Place:
    """Where a writer's entries go: root folder, plan number, recording unit, writer."""

    root: Path
    plan: str
    unit: str
    writer: str

    @property
    def folder(self) -> Path:
        """The recording unit's folder: an existing one of its name, however its brackets are written, else a new one."""
        base = self.root / LEDGERS / self.plan
        names = [entry.name for entry in scan(base) if name_key(entry.name) == name_key(self.unit)]
        return base / (self.unit if self.unit in names else next(iter(names), self.unit))

    def file(self, recorded: date) -> Path:
        """This clone's file for entries recorded in the month of a day."""
        return self.folder / f"{recorded:%Y-%m}.{self.writer}.{clone_mark(self.root)}.yaml"


@frozen
class Batch:
    """Entries of one recording day for the file of a place, with copies of evidence files (see ``evidence_copies``)."""

    place: Place
    entries: Sequence[Entry]
    copies: Mapping[str, bytes] = NO_COPIES


def clone_mark(root: Path) -> str:
    """The two characters that distinguish this clone's files from those of the writer's other computers.

    They are drawn at the first call and stored in the clone.
    """
    if mark := known_clone_mark(root):
        return mark
    path = root / _CLONE
    mark = "".join(secrets.choice(CROCKFORD) for _ in range(2))
    replace_file(path, read_bytes(path), mark.encode(), root)
    return mark


def known_clone_mark(root: Path) -> str | None:
    """The same, None if it is not drawn yet."""
    mark = (read_bytes(root / _CLONE) or b"").decode("ascii", "replace").strip()
    return mark if re.fullmatch(f"[{CROCKFORD}]{{2}}", mark) else None


def append_entries(place: Place, entries: Sequence[Entry], copies: Mapping[str, bytes] = NO_COPIES) -> Path:
    """Append entries of one recording day to the writer's file. Returns the file's path. See ``append_to``."""
    with writing(place.root) as changes:
        return append_to(changes, Batch(place, entries, copies))


def append_to(changes: Changes, batch: Batch) -> Path:
    """Append a batch as part of the changes of a command, which undoes it if a later part fails. Returns the file's path.

    Evidence files are written first. The new text is the old one plus the entries in canonical form. It is parsed and
    compared before the write. Raises ``Unwritable``, ``Changed`` or ``Locked``.
    """
    place = batch.place
    path = place.file(recorded_on(batch.entries[0].number))
    old = read_bytes(path)
    new = _appended(old or b"", batch.entries, path)
    for name, data in batch.copies.items():
        target = place.folder / name
        changes.replace(target, read_bytes(target), data)
    changes.replace(path, old, new)
    return path


def _appended(old: bytes, entries: Sequence[Entry], path: Path) -> bytes:
    refuse_control(*entries)
    mark, text = utf8_text(old, path.name, "追加")
    line_end = "\r\n" if "\r\n" in text else "\n"
    gap = "" if not text or text.endswith("\n") else line_end
    new = text + gap + "".join(map(entry_text, entries)).replace("\n", line_end)
    data = new.encode()
    if len(data) > MAX_FILE:
        raise Unwritable(f"{path.name} 将{TOO_LARGE}\n  下一步：检查文件里是否混入了别的内容")
    if not _reads_back(new, len(text + gap), entries, path.name):
        _check_appended(text, new, entries, path)
    return mark + data


def _reads_back(new: str, start: int, entries: Sequence[Entry], name: str) -> bool:
    """Whether a text is canonical and has exactly these entries from the offset ``start`` on.

    This is the fast check: most files are canonical. It says False for all others.
    """
    events = read_as_events(new, name) or ()
    added = [event.offset for event in events if event.offset >= start]
    return added[:1] == [start] and [entry_at(new, offset) for offset in added] == list(entries)


def _check_appended(old: str, new: str, entries: Sequence[Entry], path: Path) -> None:
    """Raise ``Unwritable`` unless the new text reads as the old entries followed by the new ones."""
    from zhenggai.reading.entry_text import read_entries  # imported here: a canonical file needs no YAML reader
    from zhenggai.reading.typed_entries import type_entry

    before, faults_before = read_entries(old, path.name)
    after, faults = read_entries(new, path.name)
    same = [raw.values for raw in after[: len(before)]] == [raw.values for raw in before]
    back = [type_entry(raw, path.name)[0] for raw in after[len(before) :]]
    if not same or back != list(entries) or len(faults) != len(faults_before):
        first = faults[0] if faults else None
        raise Unwritable(
            f"{path.name} 有错，追加后读不回来，未写入\n  下一步：先改正{f'第 {first.source.line} 行：{first.what}' if first else '文件'}"
        )


def evidence_name(source: PurePath, data: bytes) -> str:
    """The name of an evidence copy: the source's name with the first 8 hex digits of its SHA-256 before the suffix."""
    plain = NOT_ON_WINDOWS.sub("_", INVISIBLE.sub("_", unicodedata.normalize("NFC", source.name)))
    name = EDGE.sub("", plain)
    dotted = PurePath(name).suffix
    suffix = dotted if len(dotted) <= _LONGEST_SUFFIX else ""
    stem = name.removesuffix(suffix) or "佐证"
    if RESERVED.fullmatch(stem):
        stem = "_" + stem
    ending = f".{digest_in_name(data)}{suffix}"
    while len(stem + ending) > MAX_NAME or len((stem + ending).encode()) > MAX_BYTES:
        stem = stem[:-1]
    return stem + ending


def evidence_fault(source: Path) -> str | None:
    """Why a file cannot be used as evidence. None if it can."""
    if not os.path.exists(source):  # also False for a name that the system does not allow
        return f"佐证文件 {source} 不存在"
    if not source.is_file():
        return f"佐证 {source} 不是文件"
    if source.stat().st_size > MAX_EVIDENCE:
        return f"佐证文件 {source.name} 超过 {MAX_EVIDENCE >> 20} MB"
    if not os.access(source, os.R_OK):
        return f"佐证文件 {source} 不能读取"
    return None


def evidence_copies(sources: Iterable[Path], recorded: date) -> dict[str, bytes]:
    """The contents of evidence files, by the path of the copy, relative to the recording unit's folder.

    Raises ``UsageError`` that names every file that cannot be used.
    """
    sources = tuple(sources)
    if faults := [fault for source in sources if (fault := evidence_fault(source))]:
        raise UsageError("；".join(faults) + "，没有写入\n  下一步：核对路径；纸质文件请写文号，如 县组发〔2020〕12号")
    copies = {}
    for source in sources:
        try:
            data = source.read_bytes()
        except OSError as error:
            why = f"佐证文件 {source} 读不出来：{reason(error)}，没有写入"
            raise UsageError(f"{why}\n  下一步：先关闭占用它的程序，或另存一份再用") from None
        copies[f"{EVIDENCE}/{recorded:%Y-%m}/{evidence_name(source, data)}"] = data
    return copies
