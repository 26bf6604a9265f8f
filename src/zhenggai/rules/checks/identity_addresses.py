"""身份: 管理 and 身份 in the unit book list e-mail addresses as git has them, each once.

Good: ``管理: [zuzhibu@xian.example]``, ``{名称: 县教育局, 身份: [jiaoyuju@xian.example]}``. Bad: a person's name, two addresses in one
item, one address twice (capitals do not matter): nobody would be recognised by it, or nobody could tell which is meant.
"""

from collections.abc import Iterator, Sequence

from zhenggai.model.administrators import is_address, plain
from zhenggai.model.book import Book
from zhenggai.model.source import Diagnostic, Level, Source
from zhenggai.rules.checks.check import Finder

_HERE = Finder("身份", "管理、身份里写的不是邮箱，或同一个邮箱写了两次", Level.WARNING)


def diagnostics(book: Book) -> Iterator[Diagnostic]:
    """Addresses that git cannot have, and those listed twice."""
    units = book.units
    yield from _listed(units.where.of("administrators"), "管理", units.administrators)
    for unit in units.members:
        yield from _listed(unit.where.of("identities"), f"{unit.name}的身份", unit.identities)


def _listed(source: Source, whose: str, emails: Sequence[str]) -> Iterator[Diagnostic]:
    seen = set()
    for email in emails:
        if not is_address(email):
            what = f"{whose}里的“{email}”不像邮箱"
            yield _HERE.at(source, what, "写成 [甲@单位, 乙@单位] 的样子；邮箱看 git config user.email")
        elif plain(email) in seen:
            yield _HERE.at(source, f"{whose}里的“{email}”写了两遍", "删去一遍")
        seen.add(plain(email))
