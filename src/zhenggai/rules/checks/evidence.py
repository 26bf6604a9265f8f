"""佐证: evidence that an entry names is there, inside the unit's 附件; 100 % is not claimed without any.

Good: ``附件/2020-05/办法.9f2c41d0.docx`` that exists; a paper's 文号. Bad: a file that is missing; ``..``, an absolute path, a link
elsewhere; a task at 100 % without one piece of evidence. What a 更正 replaced is not looked for.
"""

import re
from collections.abc import Iterator

from zhenggai.model.book import Book, Record
from zhenggai.model.entries import Correction
from zhenggai.model.source import Level, Problem
from zhenggai.rules.checks.check import Finder, standing_records
from zhenggai.rules.filing import where
from zhenggai.rules.picture import Picture

_HERE = Finder("佐证", Level.WARNING)
_UNBACKED = Finder("纸面整改", Level.DOUBT)
_IN_FOLDER = re.compile(r"附件/\d{4}-\d{2}/[^/\\]+")
_PATH_LIKE = re.compile(r"^[/\\~]|^[A-Za-z]:|\.\.|^附件[/\\]")


def problems(book: Book, picture: Picture) -> Iterator[Problem]:
    """Missing files, paths that lead elsewhere, claims without evidence."""
    for record in _naming(book, picture):
        folder = record.source.path.rpartition("/")[0]
        for text in record.entry.evidence:
            if _IN_FOLDER.fullmatch(text) and ".." not in text:
                if f"{folder}/{text}" not in book.evidence_files:
                    yield _HERE.at(record.source, f"佐证文件 {text} 不存在", "补上文件，或用“更正”改正文件名")
            elif _PATH_LIKE.search(text):
                what = f"佐证“{text}”不在本单位的附件文件夹里"
                yield _HERE.at(record.source, what, "用 zhenggai add -e 文件 添加，工具会拷入附件", Level.ERROR)
    for task in picture.tasks:
        if task.head.percent == 100 and task.head.evidence == 0:
            last = next(e for e in reversed(task.events) if e.value == 100)
            source = where(last)
            yield _UNBACKED.at(source, f"{task.name} 报 100%，没有一份佐证", "补充佐证材料")


def _naming(book: Book, picture: Picture) -> Iterator[Record]:
    """The records whose evidence counts: of an entry that a 更正 gave other evidence, the 更正."""
    standing = {record.entry.number: (record, entry) for record, entry in standing_records(book, picture)}
    for record, entry in standing.values():
        said = standing.get(record.entry.ref, (None, None))[1] if isinstance(record.entry, Correction) else entry
        if said is not None and said.evidence == record.entry.evidence:
            yield record
