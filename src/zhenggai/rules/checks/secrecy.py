"""Checks 涉密标志 and 个人信息: no text has marks of classification or private numbers, since everybody shares the folder."""

import re
from collections.abc import Iterator

from zhenggai.model.book import Book, Record
from zhenggai.model.plan import Measure, Problem
from zhenggai.model.source import Level, Source
from zhenggai.rules.checks.named_check import Check, Finding, Findings
from zhenggai.rules.checks.samples import entry_text, ledger_file, sample
from zhenggai.rules.day.snapshot import Snapshot

_MARK = re.compile(r"绝密|机密|秘密|★")
_IDENTITY = re.compile(r"(?<![0-9A-Za-z])\d{17}[0-9Xx](?![0-9A-Za-z])")
_PHONE = re.compile(r"(?<![0-9A-Za-z])(?:1[3-9]\d[- ]?\d{4}[- ]?\d{4}|0\d{2,3}-\d{7,8})(?![0-9A-Za-z])")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_DIGITS = "10X98765432"
_PEOPLE = ("person", "leader", "leader_in_charge", "first_responsible")


def is_identity_number(text: str) -> bool:
    """Whether a text of 18 characters has the right check digit of an identity card number (GB 11643)."""
    total = sum(int(digit) * weight for digit, weight in zip(text, _WEIGHTS, strict=False))
    return text[17].upper() == _CHECK_DIGITS[total % 11]


def _marks(book: Book, _snapshot: Snapshot) -> Findings:
    """Marks of classification in any text of plan and ledger."""
    for source, text in _texts(book):
        if mark := _MARK.search(text):
            yield Finding(source, f"出现“{mark[0]}”", "涉密内容不得入库：删去并按保密规定报告；确非涉密的请改写")


def _private_numbers(book: Book, _snapshot: Snapshot) -> Findings:
    """Numbers of identity cards and telephones in any text of plan and ledger."""
    for source, text in _texts(book):
        if any(is_identity_number(found[0]) for found in _IDENTITY.finditer(text)):
            yield Finding(source, "像是身份证号码", "删去号码，只写岗位或职务")
        if _PHONE.search(text):
            yield Finding(source, "像是电话号码", "删去号码，只写岗位或职务")


def _texts(book: Book) -> Iterator[tuple[Source, str]]:
    for name in ("leader_in_charge", "first_responsible"):
        if text := getattr(book.plan, name):
            yield book.plan.where.of(name), text
    for problem in book.plan.problems:
        yield problem.where.of("content"), problem.content
        yield from ((problem.where.of("aspects"), text) for text in problem.aspects)
        yield from ((problem.where.of("symptoms"), text) for text in problem.symptoms)
        yield from _adjusted(problem)
        for measure in problem.measures:
            for name in ("content", "goal", "standard", *_PEOPLE):
                if text := getattr(measure, name):
                    yield measure.where.of(name), text
            yield from ((step.where.of("content"), step.content) for step in measure.steps)
            for share in measure.shares:
                yield from ((share.where.of(n), text) for n in _PEOPLE if (text := getattr(share, n)))
            yield from _adjusted(measure)
    for record in book.records:
        for text in _texts_of(record):
            yield record.source, text


def _adjusted(part: Problem | Measure) -> Iterator[tuple[Source, str]]:
    return ((change.where.of("new"), "、".join((change.basis, *change.new))) for change in part.adjustments)


def _texts_of(record: Record) -> Iterator[str]:
    """All free text of an entry."""
    for name in record.entry.__dataclass_fields__:
        value = getattr(record.entry, name)
        if isinstance(value, str) and name not in ("number", "kind", "ref", "measure"):
            yield value
        elif isinstance(value, tuple):
            yield from (item for item in value if isinstance(item, str))


_PROGRESS = "内容: 已与县教育局{}核对名单"
MARKS = Check(
    name="涉密标志",
    level=Level.WARNING,
    about="文字里有秘密、机密、绝密、★等标志",
    good=sample(ledger_file(entry_text("进展", "措施: 1-1", "内容: 印发县教发〔2020〕3号"))),
    bad=sample(ledger_file(entry_text("进展", "措施: 1-1", "内容: 印发机密文件县教发〔2020〕3号"))),
    of_ledger=_marks,
)
PRIVATE_NUMBERS = Check(
    name="个人信息",
    level=Level.WARNING,
    about="文字里像有身份证号码、电话号码",
    good=sample(ledger_file(entry_text("进展", "措施: 1-1", _PROGRESS.format("办公室")))),
    bad=sample(ledger_file(entry_text("进展", "措施: 1-1", _PROGRESS.format("13800138000")))),
    of_ledger=_private_numbers,
)
