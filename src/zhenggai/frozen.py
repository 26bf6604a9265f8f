"""Dataclasses that are cheap to define: ``frozen`` ones, and a few ``fluid`` ones whose values may change.

A command imports hundreds of such classes and makes values of a third. ``dataclass`` compiles methods for each class;
here a class costs a tenth of that at start-up. All classes share one equality, hash, repr and refusal of changes.
``__init__`` is compiled only after a few values are made. The attributes that ``fields``, ``replace`` and pydantic need
are made by ``dataclass`` itself at their first use.
"""

from collections.abc import Callable
from dataclasses import MISSING, Field, FrozenInstanceError, dataclass, field
from functools import cache
from operator import attrgetter
from typing import Any, ClassVar, NamedTuple, TypeVar, dataclass_transform, overload

T = TypeVar("T")


@overload
@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def frozen(cls: type[T]) -> type[T]: ...


@overload
@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def frozen(*, kw_only: bool = False, slots: bool = True) -> Callable[[type[T]], type[T]]: ...


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def frozen(
    cls: type[T] | None = None, *, kw_only: bool = False, slots: bool = True
) -> type[T] | Callable[[type[T]], type[T]]:
    """Make a class a frozen dataclass. Two values are equal if they have the same class and equal fields.

    Without ``slots``, values can have a ``cached_property``.

    >>> @frozen
    ... class Point:
    ...     x: int
    ...     y: int = 0
    >>> Point(1), Point(1) == Point(1, 0), Point(1) == Point(2), hash(Point(1)) == hash(Point(1))
    (Point(x=1, y=0), True, False, True)
    """

    def make(given: type[T]) -> type[T]:
        made: Any = _late(given, kw_only=kw_only, slots=slots)
        made.__hash__ = _hash
        made.__setattr__, made.__delattr__ = _no_change, _no_removal
        if slots:
            made.__getstate__, made.__setstate__ = _state, _with_state
        return made  # type: ignore[no-any-return]  # made has the type of the class

    return make if cls is None else make(cls)


@dataclass_transform(field_specifiers=(field,))
def fluid(cls: type[T]) -> type[T]:
    """Make a class a dataclass with slots whose values may change.

    >>> @fluid
    ... class Point:
    ...     x: int
    ...     y: int = 0
    >>> point = Point(1)
    >>> point.y = 5
    >>> point, point == Point(1, 5)
    (Point(x=1, y=5), True)
    """
    made: Any = _late(cls, kw_only=False, slots=True)
    made.__hash__ = None
    return made  # type: ignore[no-any-return]  # as above


def _late(given: type, *, kw_only: bool, slots: bool) -> Any:
    """The class with the shared methods. Its dataclass attributes are made at their first use."""
    body = dict(vars(given))
    names = [name for name, hint in _annotations(given).items() if not _is_of_the_class(hint)]
    defaults = {name: body.pop(name) for name in names if name in body}
    if slots:
        inherited = {name for base in given.__mro__[1:] for name in getattr(base, "__slots__", ())}
        body["__slots__"] = tuple(name for name in names if name not in inherited)
        body.pop("__dict__", None)
        body.pop("__weakref__", None)
        made: Any = type(given)(given.__name__, given.__bases__, body)
        made.__qualname__ = given.__qualname__
    else:
        made = given
        for name, default in defaults.items():
            if isinstance(default, Field):
                delattr(made, name)
    made.__own_fields__ = names, defaults, kw_only
    made.__init__, made.__eq__, made.__repr__ = _first_init, _equal, _shown
    for name in _OF_A_DATACLASS:
        setattr(made, name, _Late(name, made))
    return made


def _annotations(cls: type) -> dict[str, Any]:
    """The annotations of a class's own body. Python 3.14 makes them at the first access, so they are not in ``vars``."""
    found: dict[str, Any] = getattr(cls, "__annotations__", {})
    return found


def _is_of_the_class(hint: Any) -> bool:
    return hint.startswith("ClassVar") if isinstance(hint, str) else getattr(hint, "__origin__", None) is ClassVar


_OF_A_DATACLASS = ("__dataclass_fields__", "__dataclass_params__", "__match_args__")


class _Late:
    """A placeholder for one of a class's dataclass attributes. The first access to any of them makes all of them."""

    def __init__(self, name: str, made: Any) -> None:
        self.name, self.made = name, made

    def __get__(self, value: object, owner: type) -> Any:
        made = self.made
        _, defaults, kw_only = made.__own_fields__
        body = {
            "__annotations__": _annotations(made),
            "__module__": made.__module__,
            "__doc__": made.__doc__ or made.__name__,
            **defaults,
        }
        pattern: Any = dataclass(init=False, eq=False, repr=False, kw_only=kw_only)(
            type(made.__name__, made.__bases__, body)
        )
        for name in _OF_A_DATACLASS:
            setattr(made, name, getattr(pattern, name))
        return getattr(made, self.name)


class _Part(NamedTuple):
    """What the methods here need to know about a field."""

    name: str
    default: Any
    factory: Any
    kw_only: bool
    compare: bool


def types_of(cls: type) -> dict[str, Any]:
    """The fields of a frozen or fluid class, each with its annotation as written in the class."""
    hints: dict[str, Any] = {}
    for base in reversed(cls.__mro__):
        hints |= _annotations(base)
    return {part.name: hints[part.name] for part in _parts(cls)}


@cache
def _parts(cls: Any) -> tuple[_Part, ...]:
    """The fields of a class and its bases, in the order of a dataclass."""
    found: dict[str, _Part] = {}
    for base in reversed(cls.__mro__):
        names, defaults, kw_only = vars(base).get("__own_fields__", ((), {}, False))
        for name in names:
            default = defaults.get(name, MISSING)
            if isinstance(default, Field):
                own = kw_only if default.kw_only is MISSING else default.kw_only
                found[name] = _Part(name, default.default, default.default_factory, own, default.compare)
            else:
                found[name] = _Part(name, default, MISSING, kw_only, True)
    return tuple(found.values())


@cache
def _key(cls: Any) -> Callable[[Any], Any]:
    """A function that gives the compared fields of a value."""
    compared = [part.name for part in _parts(cls) if part.compare]
    return attrgetter(*compared) if compared else type


_FEW = 8
_made: dict[type, int] = {}


def _first_init(self: Any, *args: object, **kwargs: object) -> None:
    """``__init__`` for the first few values of a class: it sets field by field.

    After ``_FEW`` values, or on wrong arguments, it is replaced by a compiled ``__init__``, which raises as usual.
    """
    cls: Any = type(self)
    _made[cls] = number = _made.get(cls, 0) + 1
    names = [part.name for part in _parts(cls) if not part.kw_only]
    given = dict(zip(names, args, strict=False)) | kwargs
    if number > _FEW or len(given) < len(args) + len(kwargs) or not _are_set(self, cls, given):
        cls.__init__ = _init_of(cls)
        cls.__init__(self, *args, **kwargs)


def _are_set(self: Any, cls: Any, given: dict[str, object]) -> bool:
    """Set all fields to the given values, else to their defaults. False if a value is missing or has no field."""
    set_ = object.__setattr__
    for name, default, factory, _, _ in _parts(cls):
        if name in given:
            set_(self, name, given.pop(name))
        elif default is not MISSING:
            set_(self, name, default)
        elif factory is not MISSING:
            set_(self, name, factory())
        else:
            return False
    return not given


def _init_of(cls: type) -> Any:
    """A compiled ``__init__`` like that of ``dataclass``."""
    is_frozen = "__setattr__" in vars(cls)
    parameters: list[str] = ["self"]
    lines: list[str] = []
    names: dict[str, object] = {"set_": object.__setattr__, "MISSING": MISSING}
    for name, default, factory, kw_only, _ in sorted(_parts(cls), key=attrgetter("kw_only")):
        if kw_only and "*" not in parameters:
            parameters.append("*")
        made = factory is not MISSING
        names |= {f"default_{name}": default, f"make_{name}": factory}
        parameters.append(name if default is MISSING and not made else f"{name}=default_{name}")
        value = f"make_{name}() if {name} is MISSING else {name}" if made else name
        lines.append(f" set_(self, {name!r}, {value})\n" if is_frozen else f" self.{name} = {value}\n")
    exec(f"def __init__({', '.join(parameters)}):\n{''.join(lines) or ' pass'}", names)
    return names["__init__"]


def _no_change(self: Any, name: str, value: object) -> None:
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _no_removal(self: Any, name: str) -> None:
    raise FrozenInstanceError(f"cannot delete field {name!r}")


def _state(self: Any) -> list[object]:
    return [getattr(self, part.name) for part in _parts(self.__class__)]


def _with_state(self: Any, state: list[object]) -> None:
    for part, value in zip(_parts(self.__class__), state, strict=True):
        object.__setattr__(self, part.name, value)


def _equal(self: Any, other: Any) -> Any:
    if type(self) is not type(other):
        return NotImplemented
    key = _key(self.__class__)
    return key(self) == key(other)


def _hash(self: Any) -> int:
    return hash(_key(self.__class__)(self))


def _shown(self: Any) -> str:
    given = ", ".join(f"{part.name}={getattr(self, part.name)!r}" for part in _parts(self.__class__))
    return f"{type(self).__qualname__.rpartition('.')[2]}({given})"
