"""The git identities (e-mail addresses) that may write in a unit's folder, from the unit book."""

from collections.abc import Iterable, Iterator
from datetime import date

from zhenggai.frozen import frozen
from zhenggai.model.administrators import is_among, plain
from zhenggai.model.labels import label_of
from zhenggai.model.units import Unit, UnitBook

ADMINISTRATORS = label_of("administrators")


@frozen
class IdentityChange:
    """The change of a unit's identities between two unit books. ``unit`` may also be ``ADMINISTRATORS`` (管理)."""

    unit: str
    added: tuple[str, ...]
    removed: tuple[str, ...]

    def __str__(self) -> str:
        words = (("增加", self.added), ("去掉", self.removed))
        return (self.unit if self.unit == ADMINISTRATORS else f"{self.unit}的身份") + "，".join(
            f"{word} {'、'.join(names)}" for word, names in words if names
        )


def may_write(book: UnitBook, folder: str, email: str, day: date) -> bool | None:
    """Whether an identity may write in a folder on a day. None if the book lists no identities for the unit.

    Allowed are the unit's identities, and those of the unit that has taken over its tasks by that day.
    """
    unit = book.unit_named(folder)
    if unit is None or not unit.identities:
        return None
    return belongs(unit, email) or belongs(book.successor(unit, day), email)


def belongs(unit: Unit | None, email: str) -> bool:
    """Whether an e-mail address is one of the unit's identities. Case does not matter.

    >>> belongs(Unit(name="县教育局", identities=("Jiaoyuju@xian.example",)), "jiaoyuju@XIAN.example")
    True
    """
    return unit is not None and is_among(unit.identities, email)


def same_unit(book: UnitBook, one: str, other: str) -> bool:
    """Whether two names (full, short or former) are names of one unit."""
    return one == other or (book.unit_named(one) is not None and book.unit_named(one) is book.unit_named(other))


def identity_changes(old: UnitBook, new: UnitBook) -> Iterator[IdentityChange]:
    """The changes of 管理 and of all units' identities. A renamed unit is compared with its former entry."""
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
