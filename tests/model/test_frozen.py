"""A frozen value is what ``dataclass`` would make of its class, whoever is the first to ask for what."""

import copy
import pickle
from collections.abc import Callable
from dataclasses import FrozenInstanceError, asdict, dataclass, field, fields, is_dataclass, replace
from functools import cached_property
from typing import Any, ClassVar

import pytest

from zhenggai.frozen import fluid, frozen, types_of


@frozen(kw_only=True)
class Base:
    """A class with every sort of field."""

    kinds: ClassVar[tuple[str, ...]] = ("a",)
    name: str
    sizes: dict[str, int] = field(default_factory=dict)
    where: int = field(default=0, compare=False)


@frozen(kw_only=True)
class Derived(Base):
    """More fields, and one with another default."""

    where: int = field(default=7, compare=False)
    more: "str | None" = None


@frozen(slots=False)
class Working:
    """A value that keeps what it has worked out."""

    sides: tuple[int, int]
    colour: str = field(default="red")

    @cached_property
    def area(self) -> list[int]:
        """A new list, once."""
        return [self.sides[0] * self.sides[1]]


@fluid
class Changing:
    """A value that changes."""

    count: int = 0
    seen: list[int] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class Model:
    """What ``Derived`` is to be like."""

    name: str
    sizes: dict[str, int] = field(default_factory=dict)
    where: int = field(default=7, compare=False)
    more: "str | None" = None


def test_its_fields_are_those_of_a_dataclass() -> None:
    described = [(f.name, f.default, f.default_factory, f.compare, f.kw_only) for f in fields(Model)]
    assert [(f.name, f.default, f.default_factory, f.compare, f.kw_only) for f in fields(Derived)] == described
    assert asdict(Derived(name="甲")) == asdict(Model(name="甲"))
    assert Derived.kinds == ("a",)
    assert is_dataclass(Derived)


@pytest.mark.parametrize("nth", range(12))
def test_the_first_values_are_like_the_later_ones(nth: int) -> None:
    value = Derived(name=str(nth), more="x")
    assert (value.name, value.sizes, value.where, value.more) == (str(nth), {}, 7, "x")
    assert value.sizes is not Derived(name="").sizes
    assert repr(value) == f"Derived(name='{nth}', sizes={{}}, where=7, more='x')"
    assert not hasattr(value, "__dict__")


def test_its_types_stand_as_in_the_class() -> None:
    assert types_of(Derived) == {"name": str, "sizes": dict[str, int], "where": int, "more": "str | None"}


def _odd(make: Callable[..., Any]) -> list[str]:
    found = []
    for arguments, named in ((("甲",), {}), ((), {}), ((), {"name": "甲", "other": 1}), (("甲", "乙"), {"name": "甲"})):
        with pytest.raises(TypeError) as error:
            make(*arguments, **named)
        found.append(str(error.value).replace("Model", "Derived").partition(".")[2] or str(error.value))
    return found


def test_wrong_arguments_are_refused_in_python_s_words() -> None:
    first = _odd(frozen(kw_only=True)(type("New", (), {"__annotations__": {"name": str}})))
    assert first == _odd(dataclass(frozen=True, kw_only=True)(type("New", (), {"__annotations__": {"name": str}})))


def test_values_are_equal_where_their_compared_fields_are_and_of_one_class() -> None:
    assert Derived(name="甲", where=1) == Derived(name="甲", where=2) != Derived(name="乙")
    assert Derived(name="甲") != Base(name="甲")
    assert len({Working((1, 2)), Working((1, 2))}) == 1


def test_nothing_changes_a_frozen_value() -> None:
    value = Working((2, 3))
    with pytest.raises(FrozenInstanceError):
        value.colour = "blue"  # type: ignore[misc]  # that is the point
    with pytest.raises(FrozenInstanceError):
        del value.colour
    assert value.area is value.area


def test_copies_are_equal() -> None:
    value = Derived(name="甲", sizes={"a": 1})
    assert replace(value, more="乙") == Derived(name="甲", sizes={"a": 1}, more="乙")
    assert copy.copy(value) == copy.deepcopy(value) == pickle.loads(pickle.dumps(value)) == value


def test_a_fluid_value_changes_and_has_no_hash() -> None:
    value = Changing()
    value.count += 1
    value.seen.append(2)
    assert (value, value == Changing(1, [2])) == (Changing(1, [2]), True)
    with pytest.raises(TypeError):
        hash(value)
    with pytest.raises(AttributeError):
        value.other = 1  # type: ignore[attr-defined]  # that is the point
