"""Who may change plans and unit book, and who may issue reports, by git identity (e-mail address).

Administrators are the addresses in 管理 of the unit book. Without 管理 each plan has its own: the identities of its
工作专班, or else of its 复核 unit. If these name nobody either, everybody may change the books.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date

from zhenggai.model.plan import Plan
from zhenggai.model.units import UnitBook

_ADDRESS = re.compile(r"[^\s@<>,;，；、]+@[^\s@<>,;，；、]+")


def administrators(book: UnitBook, plans: Iterable[Plan], day: date) -> tuple[str, ...]:
    """The addresses that may change unit book, organisation book, signers and ``.gitattributes``; () if nobody is named."""
    return book.administrators or tuple(dict.fromkeys(mail for plan in plans for mail in _of_plan(book, plan, day)))


def plan_administrators(book: UnitBook, plan: Plan | None, plans: Iterable[Plan], day: date) -> tuple[str, ...]:
    """The addresses that may change a plan. A new plan, or one that names nobody, takes those of all plans."""
    own = _of_plan(book, plan, day) if plan else ()
    return book.administrators or own or administrators(book, plans, day)


def issuers(book: UnitBook, plan: Plan | None, plans: Iterable[Plan], day: date) -> tuple[str, ...]:
    """The addresses that may issue a plan's reports: its administrators and its 工作专班, 复核 unit and 督办单位."""
    units = (plan.task_force, plan.review and plan.review.second_review, plan.supervisor) if plan else ()
    of_units = (mail for name in units if name for mail in _identities(book, name, day))
    return tuple(dict.fromkeys((*plan_administrators(book, plan, plans, day), *of_units)))


def is_among(emails: Iterable[str], email: str) -> bool:
    """Whether an address is among others, ignoring case and outer blanks.

    >>> is_among(("Zuzhibu@xian.example",), " zuzhibu@XIAN.example")
    True
    """
    return plain(email) in map(plain, emails)


def is_address(text: str) -> bool:
    """Whether a text has the form of one e-mail address.

    >>> is_address("zuzhibu@xian.example"), is_address("张三"), is_address("a@x、b@x")
    (True, False, False)
    """
    return _ADDRESS.fullmatch(text.strip()) is not None


def plain(email: str) -> str:
    """An address in the form in which addresses are compared."""
    return email.strip().casefold()


def _of_plan(book: UnitBook, plan: Plan, day: date) -> tuple[str, ...]:
    reviewer = plan.review.second_review if plan.review else None
    names = filter(None, (plan.task_force, reviewer))
    return next(filter(None, (tuple(_identities(book, name, day)) for name in names)), ())


def _identities(book: UnitBook, name: str, day: date) -> Iterator[str]:
    """A unit's addresses, and those of its successor on the day."""
    if unit := book.unit_named(name):
        yield from dict.fromkeys((*unit.identities, *book.successor(unit, day).identities))
