"""Frozen values: slots dataclasses that share one equality, hash and repr.

``dataclass`` compiles these anew for every class; for the eighty classes of a command that is a tenth of its start-up.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, fields
from operator import attrgetter
from typing import Any, TypeVar, dataclass_transform, overload

T = TypeVar("T")


@overload
@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def frozen(cls: type[T]) -> type[T]: ...


@overload
@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def frozen(*, kw_only: bool) -> Callable[[type[T]], type[T]]: ...


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def frozen(cls: type[T] | None = None, *, kw_only: bool = False) -> type[T] | Callable[[type[T]], type[T]]:
    """Make a class a frozen dataclass with slots; values of one class are equal when their compared fields are.

    >>> @frozen
    ... class Point:
    ...     x: int
    ...     y: int = 0
    >>> Point(1), Point(1) == Point(1, 0), Point(1) == Point(2), hash(Point(1)) == hash(Point(1))
    (Point(x=1, y=0), True, False, True)
    """

    def make(given: type[T]) -> type[T]:
        made: Any = dataclass(frozen=True, slots=True, kw_only=kw_only, eq=False, repr=False)(given)
        compared = [f.name for f in fields(made) if f.compare]
        made.__key__ = staticmethod(attrgetter(*compared) if compared else type)
        made.__eq__, made.__hash__, made.__repr__ = _equal, _hash, _shown
        return made  # type: ignore[no-any-return]  # the class itself, with slots

    return make if cls is None else make(cls)


def _equal(self: Any, other: Any) -> Any:
    return self.__key__(self) == self.__key__(other) if type(self) is type(other) else NotImplemented


def _hash(self: Any) -> int:
    return hash(self.__key__(self))


def _shown(self: Any) -> str:
    given = ", ".join(f"{f.name}={getattr(self, f.name)!r}" for f in fields(self))
    return f"{type(self).__qualname__.rpartition('.')[2]}({given})"
