"""涉密与个人信息: the repo is shared; marks of classification and private numbers do not belong in it.

Good: 印发县组发〔2020〕12号. Bad: 机密★1年; an identity-card number; a telephone number.
"""

import re
from collections.abc import Iterator

from zhenggai.model.book import Book
from zhenggai.model.source import Diagnostic, Level, Source
from zhenggai.rules.checks.check import Finder, texts_of
from zhenggai.rules.day.snapshot import Snapshot

_SECRET = Finder("涉密标志", "文字里有秘密、机密、绝密、★等标志", Level.WARNING)
_PRIVATE = Finder("个人信息", "文字里像有身份证号码、电话号码", Level.WARNING)

_MARK = re.compile(r"绝密|机密|秘密|★")
_IDENTITY = re.compile(r"(?<![0-9A-Za-z])\d{17}[0-9Xx](?![0-9A-Za-z])")
_PHONE = re.compile(r"(?<![0-9A-Za-z])(?:1[3-9]\d[- ]?\d{4}[- ]?\d{4}|0\d{2,3}-\d{7,8})(?![0-9A-Za-z])")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_DIGITS = "10X98765432"


def is_identity_number(text: str) -> bool:
    """Whether 18 characters bear the check digit of an identity card (GB 11643)."""
    total = sum(int(digit) * weight for digit, weight in zip(text, _WEIGHTS, strict=False))
    return text[17].upper() == _CHECK_DIGITS[total % 11]


def diagnostics(book: Book, snapshot: Snapshot) -> Iterator[Diagnostic]:
    """Marks and numbers in any text of plan and ledger."""
    for source, text in _texts(book):
        if mark := _MARK.search(text):
            yield _SECRET.at(source, f"出现“{mark[0]}”", "涉密内容不得入库：删去并按保密规定报告；确非涉密的请改写")
        if any(is_identity_number(found[0]) for found in _IDENTITY.finditer(text)):
            yield _PRIVATE.at(source, "像是身份证号码", "删去号码，只写岗位或职务")
        if _PHONE.search(text):
            yield _PRIVATE.at(source, "像是电话号码", "删去号码，只写岗位或职务")


def _texts(book: Book) -> Iterator[tuple[Source, str]]:
    for problem in book.plan.problems:
        yield problem.where.of("content"), problem.content
        for measure in problem.measures:
            for name in ("content", "person", "leader", "goal", "standard"):
                if text := getattr(measure, name):
                    yield measure.where.of(name), text
            yield from ((step.where.of("content"), step.content) for step in measure.steps)
            for share in measure.shares:
                yield from ((share.where.of(n), text) for n in ("person", "leader") if (text := getattr(share, n)))
            for change in measure.adjustments:
                yield change.where.of("new"), "、".join((change.basis, *change.new))
    for record in book.records:
        for text in texts_of(record):
            yield record.source, text
