"""Rewrites files in the form that the tool itself writes: UTF-8, LF, ledgers in canonical form.

No content is lost. A file whose encoding is uncertain, or that has errors, is left as it is, and the reason is reported.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path

from zhenggai.frozen import frozen
from zhenggai.model.entries import Entry
from zhenggai.model.source import Diagnostic, Level, Source
from zhenggai.reading.canonical_form import entry_text
from zhenggai.reading.canonical_reader import is_canonical
from zhenggai.reading.data_folders import (
    LEDGERS,
    ORGANISATIONS_FILE,
    UNITS_FILE,
    ledger_folders,
    ledger_paths,
    plan_paths,
)
from zhenggai.reading.encoding import Decoded, recognised
from zhenggai.reading.entry_text import read_entries
from zhenggai.reading.files import (
    ENCODING_CHECK,
    LINE_END,
    SAVE_AS_UTF8,
    UNREADABLE,
    FileBytes,
    decode,
    read_file,
    unreadable_characters,
)
from zhenggai.reading.libyaml import libyaml
from zhenggai.reading.typed_entries import type_entry
from zhenggai.reading.yaml_tree import read_tree
from zhenggai.writing.mend import Mended, NewNumber, mended_entries, mended_tree

_MARK = "\ufeff"


@frozen
class Tidied:
    """A file's old and new bytes. They are equal if nothing is to be done.

    ``done``: what changes, in Chinese. ``corrections``: the corrected lines (``行号 - 旧``, ``行号 + 新``). ``left``: the
    errors that prevent the canonical form. ``commented``: a ledger with comments, which keeps its layout.
    """

    path: str
    old: bytes
    new: bytes
    done: tuple[str, ...] = ()
    corrections: tuple[str, ...] = ()
    left: tuple[Diagnostic, ...] = ()
    commented: bool = False


def data_paths(root: Path) -> list[str]:
    """The paths of all files that ``fmt`` rewrites: the two books, the plans, all ledger files under ledgers/."""
    books = [path for path in (UNITS_FILE, ORGANISATIONS_FILE) if (root / path).exists()]
    ledgers = [path for folder in ledger_folders(root) for path in ledger_paths(root, folder)[0]]
    return [*books, *plan_paths(root), *ledgers]


def tidied_file(root: Path, path: str, new_number: NewNumber | None = None) -> Tidied:
    """The tidied form of a file. With ``new_number``, known mistakes are corrected too."""
    found = read_file(root, path)
    if isinstance(found, FileBytes):
        return tidied(found.data, path, new_number)
    return Tidied(path, b"", b"", left=(found,))


def tidied(data: bytes, path: str, new_number: NewNumber | None = None) -> Tidied:
    """The same for a file's bytes. A path under ledgers/ means entries, any other a file that a person wrote."""
    is_ledger = _is_ledger(path)
    if is_ledger and _is_tidy(data):
        return Tidied(path, data, data)
    read = recognised(data)
    if not read.is_certain_of(data):
        return Tidied(path, data, data, left=tuple(_doubts(data, read, path)))
    text = LINE_END.sub("\n", read.text.lstrip(_MARK))
    mended = _mended(text, path, new_number) if new_number is not None else Mended(text)
    done = [*_bytes_changed(read), *_lines_corrected(mended.corrections)]
    if not is_ledger:
        left = _errors(read_tree(mended.text, path)[1])
        return Tidied(path, data, mended.text.encode(), tuple(done), mended.corrections, left)
    layout = _layout(mended.text, path)
    done += layout.done
    return Tidied(path, data, layout.text.encode(), tuple(done), mended.corrections, layout.left, layout.commented)


def _mended(text: str, path: str, new_number: NewNumber) -> Mended:
    return mended_entries(text, path, new_number) if _is_ledger(path) else mended_tree(text, path)


def _is_ledger(path: str) -> bool:
    return path.startswith(f"{LEDGERS}/")


def _is_tidy(data: bytes) -> bool:
    try:
        return is_canonical(data.decode("utf-8"))
    except UnicodeDecodeError:
        return False


def _doubts(data: bytes, read: Decoded, path: str) -> list[Diagnostic]:
    """The diagnostics of a file whose encoding is uncertain."""
    if read.encoding is None:
        return decode(data, path)[1]
    if read.encoding == "UTF-8":
        return unreadable_characters(read.text, path)
    return [Diagnostic(Source(path), ENCODING_CHECK, "文件里可能混有两种编码，没有改动", SAVE_AS_UTF8)]


def _bytes_changed(read: Decoded) -> list[str]:
    """The changes of encoding and line ends, in Chinese."""
    foreign = read.encoding != "UTF-8"
    done = [f"{read.encoding} → UTF-8"] if foreign else []
    done += ["去掉 BOM"] if not foreign and (read.mark or read.text.startswith(_MARK)) else []
    return done + (["换行 → LF"] if "\r" in read.text else [])


def _lines_corrected(corrections: Sequence[str]) -> list[str]:
    return [f"改正 {sum(1 for line in corrections if line.split()[1] == '-')} 行"] if corrections else []


@frozen
class _Layout:
    """A ledger's text: canonical if ``done`` is not empty, else unchanged. The fields are those of ``Tidied``."""

    text: str
    done: tuple[str, ...] = ()
    left: tuple[Diagnostic, ...] = ()
    commented: bool = False


def _layout(text: str, path: str) -> _Layout:
    raws, diagnostics = read_entries(text, path)
    typed = [type_entry(raw, path) for raw in raws]
    entries = [entry for entry, _ in typed if entry is not None]
    errors = _errors((*diagnostics, *(fault for _, faults in typed for fault in faults)))
    if errors or not entries:
        return _Layout(text, left=errors)
    written = [entry_text(entry) for entry in entries]
    new = "".join(written)
    if new == text or has_comments(text):
        return _Layout(text, commented=new != text)
    if not _says(new, path, entries):
        lost = Diagnostic(Source(path), ENCODING_CHECK, "改成规范格式后读不回来，没有改动", "把这个文件发给维护人员")
        return _Layout(text, left=(lost,))
    other = sum(text[raw.offset : raw.end] != entry for raw, entry in zip(raws, written, strict=True))
    return _Layout(new, (f"规范格式 {other} 条" if other else "规范格式",))


def _says(text: str, path: str, entries: Sequence[Entry]) -> bool:
    """Whether a text reads as exactly these entries, without errors."""
    raws, diagnostics = read_entries(text, path)
    typed = [type_entry(raw, path) for raw in raws]
    return [entry for entry, _ in typed] == [*entries] and not (
        diagnostics or any(_errors(found) for _, found in typed)
    )


def _errors(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    return tuple(diagnostic for diagnostic in diagnostics if diagnostic.level is Level.ERROR)


def has_comments(text: str) -> bool:
    """Whether a readable YAML text has a comment: a ``#`` outside all values."""
    if "#" not in text:
        return False
    if UNREADABLE.search(text):
        return True
    c = libyaml()
    next_event = c.events(text)
    at = 0
    for event in iter(next_event, None):
        if type(event) is not c.scalar:
            continue
        start, end = event.start_mark.index, event.end_mark.index
        header = text[start : text.find("\n", start)] if event.style in ("|", ">") else ""
        if "#" in text[at:start] + header:
            return True
        at = end
    return "#" in text[at:]
