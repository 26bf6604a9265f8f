"""Frozen values: slots dataclasses that share what ``dataclass`` compiles anew for every class.

Equality, hash, repr and the refusal to be changed are one for all; ``__init__`` is made when the first value is, since a
command makes values of a third of the classes that it imports. A class so costs an eighth of ``dataclass``'s start-up.
"""

from collections.abc import Callable
from dataclasses import MISSING, FrozenInstanceError, dataclass, field, fields
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
        made: Any = dataclass(slots=True, kw_only=kw_only, init=False, eq=False, repr=False)(given)
        compared = [f.name for f in fields(made) if f.compare]
        made.__key__ = staticmethod(attrgetter(*compared) if compared else type)
        made.__init__, made.__eq__, made.__hash__, made.__repr__ = _first_init, _equal, _hash, _shown
        made.__setattr__, made.__delattr__ = _no_change, _no_removal
        made.__getstate__, made.__setstate__ = _state, _with_state
        return made  # type: ignore[no-any-return]  # the class itself, with slots

    return make if cls is None else make(cls)


def _first_init(self: Any, *args: object, **kwargs: object) -> None:
    cls: Any = type(self)
    cls.__init__ = _init_of(cls)
    cls.__init__(self, *args, **kwargs)


def _init_of(cls: type) -> Any:
    """``__init__`` as ``dataclass`` makes it for a frozen class."""
    parameters: list[str] = ["self"]
    lines: list[str] = []
    names: dict[str, object] = {"set_": object.__setattr__, "MISSING": MISSING}
    for f in sorted(fields(cls), key=lambda f: bool(f.kw_only)):
        if f.kw_only and "*" not in parameters:
            parameters.append("*")
        made = f.default_factory is not MISSING
        names |= {f"default_{f.name}": f.default, f"make_{f.name}": f.default_factory}
        parameters.append(f.name if f.default is MISSING and not made else f"{f.name}=default_{f.name}")
        value = f"make_{f.name}() if {f.name} is MISSING else {f.name}" if made else f.name
        lines.append(f" set_(self, {f.name!r}, {value})\n")
    exec(f"def __init__({', '.join(parameters)}):\n{''.join(lines) or ' pass'}", names)
    return names["__init__"]


def _no_change(self: Any, name: str, value: object) -> None:
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _no_removal(self: Any, name: str) -> None:
    raise FrozenInstanceError(f"cannot delete field {name!r}")


def _state(self: Any) -> list[object]:
    return [getattr(self, f.name) for f in fields(self)]


def _with_state(self: Any, state: list[object]) -> None:
    for f, value in zip(fields(self), state, strict=True):
        object.__setattr__(self, f.name, value)


def _equal(self: Any, other: Any) -> Any:
    return self.__key__(self) == self.__key__(other) if type(self) is type(other) else NotImplemented


def _hash(self: Any) -> int:
    return hash(self.__key__(self))


def _shown(self: Any) -> str:
    given = ", ".join(f"{f.name}={getattr(self, f.name)!r}" for f in fields(self))
    return f"{type(self).__qualname__.rpartition('.')[2]}({given})"
