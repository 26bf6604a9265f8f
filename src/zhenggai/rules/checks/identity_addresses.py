"""Check 身份: the e-mail addresses under 管理 and 身份 in the unit book have the form that git uses, and each is listed once.

An address in another form would never match the author of a commit.
"""

from collections.abc import Sequence

from zhenggai.model.administrators import is_address, plain
from zhenggai.model.book import Book
from zhenggai.model.source import Level, Source
from zhenggai.rules.checks.named_check import Check, Finding, Findings
from zhenggai.rules.checks.samples import sample, units_with


def _addresses(book: Book) -> Findings:
    """Addresses that git cannot use, and addresses listed twice."""
    units = book.units
    yield from _listed(units.where.of("administrators"), "管理", units.administrators)
    for unit in units.members:
        yield from _listed(unit.where.of("identities"), f"{unit.name}的身份", unit.identities)


def _listed(source: Source, whose: str, emails: Sequence[str]) -> Findings:
    seen = set()
    for email in emails:
        if not is_address(email):
            what = f"{whose}里的“{email}”不像邮箱"
            yield Finding(source, what, "写成 [甲@单位, 乙@单位] 的样子；邮箱看 git config user.email")
        elif plain(email) in seen:
            yield Finding(source, f"{whose}里的“{email}”写了两遍", "删去一遍")
        seen.add(plain(email))


CHECK = Check(
    name="身份",
    level=Level.WARNING,
    about="管理、身份里写的不是邮箱，或同一个邮箱写了两次",
    good=sample(units_with("{名称: 县教育局}", "{名称: 县教育局, 身份: [jiaoyuju@xian.example]}")),
    bad=sample(units_with("{名称: 县教育局}", "{名称: 县教育局, 身份: [张三]}")),
    of_plan=_addresses,
)
