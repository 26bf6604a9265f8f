"""Names ledger files that are copies of others (``model.copies``): one diagnostic a copy, whose remedy loses no entry."""

from collections.abc import Iterator, Sequence

from zhenggai.model.book import Book, Record
from zhenggai.model.numbers import ending
from zhenggai.model.source import Diagnostic, Level, Source

COPY = "副本"
_MOST_NAMED = 3


def copied_files(book: Book) -> Iterator[Diagnostic]:
    """A diagnostic for each copy among the ledger files of a book."""
    unread = {diagnostic.source.path for diagnostic in book.diagnostics if diagnostic.level is Level.ERROR}
    for path, records in book.copies.items():
        yield Diagnostic(Source(path), COPY, *_told(book, path, records, is_read=path not in unread))


def _told(book: Book, path: str, records: Sequence[Record], *, is_read: bool) -> tuple[str, str]:
    """What a copy is, and what to do with it."""
    counted = [(record, book.by_number[record.entry.number]) for record in records]
    alone = [record for record, counts in counted if counts.source.path == path]
    pairs = [(record, counts) for record, counts in counted if counts.source.path != path]
    other = [record for record, counts in pairs if record.entry != counts.entry]
    originals = list(dict.fromkeys(counts.source.path for _, counts in pairs))
    copy, original = _names(path, originals)
    if not is_read:
        return f"{copy} 是从 {original} 复制出来的，有读不出的地方", "先改正读不出的，再运行 zhenggai check"
    if alone or other:
        return _differing(copy, original, len(pairs), alone, other)
    if len(pairs) == sum(record.source.path in originals for record in book.records):
        return f"{copy} 与 {original} 完全相同，是复制出来的", "删掉副本"
    return f"{copy} 是复制出来的，其中 {len(pairs)} 条 {original} 里都有，内容相同", "删掉副本"


def _differing(
    copy: str, original: str, shared: int, alone: Sequence[Record], other: Sequence[Record]
) -> tuple[str, str]:
    """The same for a copy with entries that the original lacks, or has with another content."""
    what = [f"{copy} 与 {original} 有 {shared} 条编号相同"]
    steps = []
    if other:
        what.append(f"其中 {len(other)} 条内容不同（{_some(other)}），以 {original} 的为准")
        first = ending(other[0].entry.number)
        steps.append(f"内容不同的，副本写得对的用 zhenggai correct {first} … 更正")
    if alone:
        what.append(f"另有 {len(alone)} 条只在副本里（{_some(alone)}），照常计入")
        steps.append(f"只在副本里的原样移到 {original}")
    return "，".join(what), "；".join([*steps, "然后删掉副本"])


def _names(path: str, originals: Sequence[str]) -> tuple[str, str]:
    """The names of a copy and its originals; their paths, if they are not all in one folder."""
    folder = path.rpartition("/")[0]
    if any(original.rpartition("/")[0] != folder for original in originals):
        return path, "、".join(originals)
    return path.rpartition("/")[2], "、".join(original.rpartition("/")[2] for original in originals)


def _some(records: Sequence[Record]) -> str:
    numbers = "、".join(ending(record.entry.number) for record in records[:_MOST_NAMED])
    return numbers + (" 等" if len(records) > _MOST_NAMED else "")
