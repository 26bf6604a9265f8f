"""The digests of files by their content. They do not change with the program."""

from dataclasses import replace

from zhenggai.index.keys import digest_of, key_of
from zhenggai.model.source import Diagnostic
from zhenggai.reading.files import FileBytes


def file_digest(found: FileBytes | Diagnostic) -> str:
    """The digest of a file's content, after its size in bytes and a dot; for an unreadable file, a key of the reason."""
    if isinstance(found, FileBytes):
        return f"{len(found.data)}.{digest_of([found.data])}"
    return key_of("unreadable", found.what)


def as_it_was(found: FileBytes | Diagnostic, digest: str) -> FileBytes | Diagnostic | None:
    """The content of a file as it was when it had ``digest``.

    If the file has only grown since, this is its beginning. None if the file has changed otherwise.
    """
    if file_digest(found) == digest:
        return found
    size, sized, _ = digest.partition(".")
    if isinstance(found, FileBytes) and sized:
        before = replace(found, data=found.data[: int(size)])
        return before if file_digest(before) == digest else None
    return None
