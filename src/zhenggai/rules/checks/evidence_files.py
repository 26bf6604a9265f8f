"""Checks 佐证, 佐证不符 and 纸面整改: the evidence of an entry exists in the unit's 附件, and its content fits its name.

Evidence that a 更正 replaced need not exist.
"""

import re
from collections.abc import Iterator

from zhenggai.frozen import frozen
from zhenggai.model.book import Book, Record
from zhenggai.model.entries import Correction
from zhenggai.model.evidence_name import bears_digest, is_as_named, is_evidence_file, not_as_named, put_back
from zhenggai.model.numbers import ending
from zhenggai.model.source import Level, Source
from zhenggai.progress import watched
from zhenggai.rules.checks.named_check import Check, Finding, Findings, standing_records
from zhenggai.rules.checks.samples import entry_text, ledger_file, sample
from zhenggai.rules.day.snapshot import Snapshot
from zhenggai.rules.task.entry_assignment import where
from zhenggai.rules.task.opening import is_imported

_PATH_LIKE = re.compile(r"^[/\\~]|^[A-Za-z]:|\.\.|^附件[/\\]")


def _evidence(book: Book, snapshot: Snapshot) -> Findings:
    """Missing files, paths outside 附件, files that cannot be read or compared, and files that no entry names."""
    for record in _naming(book, snapshot):
        for text in record.entry.evidence:
            if is_evidence_file(text):
                if f"{_folder(record)}/{text}" not in book.evidence_files:
                    yield Finding(record.source, f"佐证文件 {text} 不存在", "补上文件，或用“更正”改正文件名")
            elif _PATH_LIKE.search(text):
                what = f"佐证“{text}”不在本单位的附件文件夹里"
                yield Finding(record.source, what, "用 zhenggai add -e 文件 添加，工具会拷入附件", Level.ERROR)
    unread = {
        diagnostic.source.path.rpartition("/")[0] for diagnostic in book.diagnostics if diagnostic.level is Level.ERROR
    }
    for file in _files(book, snapshot):
        if file.digest == "":
            what = f"读不出这个文件，无法核对{file.named_at}"
            yield Finding(file.source, what, "关闭占用它的程序，或请管理员开通权限")
        elif file.digest and file.counts and not bears_digest(file.path):
            remedy = f"zhenggai correct {file.number} -e 文件，工具会给文件名加上摘要"
            yield Finding(file.source, f"文件名里没有摘要，内容换了也看不出{file.named_at}", remedy, Level.DOUBT)
        if file.record is None and file.path.partition("/附件/")[0] not in unread:
            remedy = "是佐证的，用 zhenggai add … -e 文件 记入台账；放错的，还没交出去就删去"
            yield Finding(file.source, "没有记录提到这个文件", remedy, Level.DOUBT)


def _swapped(book: Book, snapshot: Snapshot) -> Findings:
    """Files whose content does not fit the digest in their name. A warning if the naming entries no longer use the file."""
    for file in _files(book, snapshot):
        if file.digest and bears_digest(file.path) and not is_as_named(file.path, file.digest):
            level = Level.WARNING if file.record and not file.counts else Level.ERROR
            yield Finding(file.source, f"{not_as_named(file.digest)}{file.named_at}", put_back(file.number), level)


def _unbacked(_book: Book, snapshot: Snapshot) -> Findings:
    """Tasks with 100 percent and no evidence. What is told of an old ledger (期初) was not brought along."""
    for task in snapshot.tasks:
        if task.head.percent == 100 and task.head.evidence == 0:
            last = next(e for e in reversed(task.events) if e.value == 100)
            if is_imported(last, snapshot.plan.opening):
                continue
            yield Finding(where(last), f"{task.name} 报 100%，没有一份佐证", "补充佐证材料")


@frozen
class _File:
    """An evidence file.

    - ``digest``: the digest of its content, as ``Book.digest_of`` gives it;
    - ``record``: the entry that names the file; None if no entry does;
    - ``counts``: whether the entry still uses the file. A withdrawn entry, or one with other evidence since, does not.
    """

    path: str
    digest: str | None
    record: Record | None
    counts: bool

    @property
    def source(self) -> Source:
        return Source(self.path)

    @property
    def number(self) -> str:
        """The ending of the entry's number, as commands take it; "" without an entry."""
        return ending(self.record.entry.number) if self.record else ""

    @property
    def named_at(self) -> str:
        """The end of a message: the words that name the entry."""
        return f"；见于 {self.record.entry.number}（{self.record.source}）" if self.record else ""


def _files(book: Book, snapshot: Snapshot) -> Iterator[_File]:
    named = {path: record for record in reversed(book.records) for path in _paths(record)}
    counting = {path: record for record in _naming(book, snapshot) for path in _paths(record)}
    for path in watched(sorted(book.evidence_files), "核对佐证"):
        record = counting.get(path) or named.get(path)
        yield _File(path, book.digest_of(path), record, path in counting)


def _naming(book: Book, snapshot: Snapshot) -> Iterator[Record]:
    """The records whose evidence is in use. If a 更正 replaced the evidence of an entry, this is the 更正."""
    standing = {record.entry.number: (record, entry) for record, entry in standing_records(book, snapshot)}
    for record, entry in standing.values():
        said = standing.get(record.entry.ref, (None, None))[1] if isinstance(record.entry, Correction) else entry
        if said is not None and said.evidence == record.entry.evidence:
            yield record


def _paths(record: Record) -> Iterator[str]:
    return (f"{_folder(record)}/{text}" for text in record.entry.evidence if is_evidence_file(text))


def _folder(record: Record) -> str:
    return record.source.path.rpartition("/")[0]


_PROGRESS = ("措施: 1-1", "内容: 办法已印发")
_FILE = "附件/2020-03/学习办法.{}.txt"
_NAMED = ledger_file(entry_text("进展", *_PROGRESS, f"佐证: [{_FILE.format('03f315fc')}]"))
EVIDENCE = Check(
    name="佐证",
    level=Level.WARNING,
    about="佐证文件缺失、读不出、不在本单位附件里，或没有记录提到它",
    good=sample(_NAMED, {f"ledgers/zg/县教育局/{_FILE.format('03f315fc')}": "学习办法"}),
    bad=sample(_NAMED),
    of_ledger=_evidence,
)
SWAPPED = Check(
    name="佐证不符",
    level=Level.ERROR,
    about="佐证的内容与文件名里的摘要不符：被换过或改过",
    good=EVIDENCE.good,
    bad=sample(_NAMED, {f"ledgers/zg/县教育局/{_FILE.format('03f315fc')}": "又一份办法"}),
    of_ledger=_swapped,
)
UNBACKED = Check(
    name="纸面整改",
    level=Level.DOUBT,
    about="报了 100%，没有一份佐证",
    good=sample(ledger_file(entry_text("进展", *_PROGRESS, "进度: 100", "佐证: [县教发〔2020〕3号]"))),
    bad=sample(ledger_file(entry_text("进展", *_PROGRESS, "进度: 100"))),
    of_ledger=_unbacked,
)
