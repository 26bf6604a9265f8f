"""佐证: evidence that an entry names is there, is what its name says, inside the unit's 附件; 100 % is not claimed without any.

Good: ``附件/2020-05/办法.9f2c41d0.docx`` that exists and holds what bears that digest; a paper's 文号. Bad: a file that is missing,
or was swapped; ``..``, an absolute path, a link elsewhere; a file that no entry names; a task at 100 % without one piece of
evidence. What a 更正 replaced is not looked for.
"""

import re
from collections.abc import Iterator, Mapping

from zhenggai.model.book import Book, Record
from zhenggai.model.entries import Correction
from zhenggai.model.evidence_name import bears_digest, is_as_named, is_evidence_file, not_as_named, put_back
from zhenggai.model.numbers import ending
from zhenggai.model.source import Diagnostic, Level, Source
from zhenggai.progress import watched
from zhenggai.rules.checks.check import Finder, standing_records
from zhenggai.rules.day.snapshot import Snapshot
from zhenggai.rules.task.entry_assignment import where

SWAPPED = "佐证不符"
_HERE = Finder("佐证", "佐证文件缺失、读不出、不在本单位附件里，或没有记录提到它", Level.WARNING)
_SWAPPED = Finder(SWAPPED, "佐证的内容与文件名里的摘要不符：被换过或改过")
_UNBACKED = Finder("纸面整改", "报了 100%，没有一份佐证", Level.DOUBT)
_PATH_LIKE = re.compile(r"^[/\\~]|^[A-Za-z]:|\.\.|^附件[/\\]")


def diagnostics(book: Book, snapshot: Snapshot) -> Iterator[Diagnostic]:
    """Missing files, paths that lead elsewhere, claims without evidence."""
    for record in _naming(book, snapshot):
        folder = _folder(record)
        for text in record.entry.evidence:
            if is_evidence_file(text):
                if f"{folder}/{text}" not in book.evidence_files:
                    yield _HERE.at(record.source, f"佐证文件 {text} 不存在", "补上文件，或用“更正”改正文件名")
            elif _PATH_LIKE.search(text):
                what = f"佐证“{text}”不在本单位的附件文件夹里"
                yield _HERE.at(record.source, what, "用 zhenggai add -e 文件 添加，工具会拷入附件", Level.ERROR)
    for task in snapshot.tasks:
        if task.head.percent == 100 and task.head.evidence == 0:
            last = next(e for e in reversed(task.events) if e.value == 100)
            source = where(last)
            yield _UNBACKED.at(source, f"{task.name} 报 100%，没有一份佐证", "补充佐证材料")


def files(book: Book, snapshot: Snapshot) -> Iterator[Diagnostic]:
    """Files that are not what their names say, and files that nothing names."""
    named = {path: record for record in reversed(book.records) for path in _paths(record)}
    counting = {path: record for record in _naming(book, snapshot) for path in _paths(record)}
    unread = {
        diagnostic.source.path.rpartition("/")[0] for diagnostic in book.diagnostics if diagnostic.level is Level.ERROR
    }
    for path in watched(sorted(book.evidence_files), "核对佐证"):
        yield from _content(book, path, counting.get(path), named)
        if path not in named and path.partition("/附件/")[0] not in unread:
            what, remedy = (
                "没有记录提到这个文件",
                "是佐证的，用 zhenggai add … -e 文件 记入台账；放错的，还没交出去就删去",
            )
            yield _HERE.at(Source(path), what, remedy, Level.DOUBT)


def _content(book: Book, path: str, counting: Record | None, named: Mapping[str, Record]) -> Iterator[Diagnostic]:
    """What a file holds against its name. One that no entry counts on any more can stay as it is, where all have it."""
    record = counting or named.get(path)
    entry = f"；见于 {record.entry.number}（{record.source}）" if record else ""
    number = ending(record.entry.number) if record else ""
    digest = book.digest_of(path)
    if digest == "":
        yield _HERE.at(Source(path), f"读不出这个文件，无法核对{entry}", "关闭占用它的程序，或请管理员开通权限")
    elif digest and bears_digest(path) and not is_as_named(path, digest):
        level = Level.WARNING if record and not counting else Level.ERROR
        yield _SWAPPED.at(Source(path), f"{not_as_named(digest)}{entry}", put_back(number), level)
    elif digest and counting and not bears_digest(path):
        remedy = f"zhenggai correct {number} -e 文件，工具会给文件名加上摘要"
        yield _HERE.at(Source(path), f"文件名里没有摘要，内容换了也看不出{entry}", remedy, Level.DOUBT)


def _naming(book: Book, snapshot: Snapshot) -> Iterator[Record]:
    """The records whose evidence counts: of an entry that a 更正 gave other evidence, the 更正."""
    standing = {record.entry.number: (record, entry) for record, entry in standing_records(book, snapshot)}
    for record, entry in standing.values():
        said = standing.get(record.entry.ref, (None, None))[1] if isinstance(record.entry, Correction) else entry
        if said is not None and said.evidence == record.entry.evidence:
            yield record


def _paths(record: Record) -> Iterator[str]:
    return (f"{_folder(record)}/{text}" for text in record.entry.evidence if is_evidence_file(text))


def _folder(record: Record) -> str:
    return record.source.path.rpartition("/")[0]
