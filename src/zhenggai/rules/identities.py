"""Who may write in which unit's folder: the git identities (e-mail addresses) that the unit book names."""

from collections.abc import Iterable, Iterator
from datetime import date

from zhenggai.frozen import frozen
from zhenggai.model.administrators import is_among, plain
from zhenggai.model.labels import label_of
from zhenggai.model.units import Unit, UnitBook

ADMINISTRATORS = label_of("administrators")


@frozen
class IdentityChange:
    """What became of a unit's identities, or of 管理 (``unit`` says so), from one unit book to the next."""

    unit: str
    added: tuple[str, ...]
    removed: tuple[str, ...]

    def __str__(self) -> str:
        words = (("增加", self.added), ("去掉", self.removed))
        return (self.unit if self.unit == ADMINISTRATORS else f"{self.unit}的身份") + "，".join(
            f"{word} {'、'.join(names)}" for word, names in words if names
        )


def may_write(book: UnitBook, folder: str, email: str, day: date) -> bool | None:
    """Whether an identity may write in a folder on a day; None where the book does not say who may.

    Beside the unit's own, those of the unit that carries its tasks by then.
    """
    unit = book.unit_named(folder)
    if unit is None or not unit.identities:
        return None
    return belongs(unit, email) or belongs(book.successor(unit, day), email)


def belongs(unit: Unit | None, email: str) -> bool:
    """Whether an e-mail address is one of a unit's; capitals do not matter.

    >>> belongs(Unit(name="县教育局", identities=("Jiaoyuju@xian.example",)), "jiaoyuju@XIAN.example")
    True
    """
    return unit is not None and is_among(unit.identities, email)


def same_unit(book: UnitBook, one: str, other: str) -> bool:
    """Whether two names, present, short or former, are one unit's."""
    return one == other or (book.unit_named(one) is not None and book.unit_named(one) is book.unit_named(other))


def identity_changes(old: UnitBook, new: UnitBook) -> Iterator[IdentityChange]:
    """管理 and every unit whose identities changed; a renamed unit is the one it was."""
    yield from _change(ADMINISTRATORS, old.administrators, new.administrators)
    seen = set()
    for unit in new.members:
        names = (unit.name, *unit.former_names)
        before = next((found for name in names if (found := old.unit_named(name))), None)
        seen.add(before.name if before else unit.name)
        yield from _change(unit.name, before.identities if before else (), unit.identities)
    for unit in old.members:
        if unit.name not in seen:
            yield from _change(unit.name, unit.identities, ())


def _change(unit: str, old: Iterable[str], new: Iterable[str]) -> Iterator[IdentityChange]:
    before, after = ({plain(email): email for email in emails} for emails in (old, new))
    added = tuple(email for key, email in after.items() if key not in before)
    removed = tuple(email for key, email in before.items() if key not in after)
    if added or removed:
        yield IdentityChange(unit, added, removed)
