"""When two written names are one name: the width of brackets (党委) or （党委） makes no difference, nor do blanks around them."""

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar

T = TypeVar("T")
_WIDE = str.maketrans("()[]{}", "（）［］｛｝")


def name_key(name: str) -> str:
    """A key that is equal for the spellings of one name.

    >>> name_key("县委办(党委) ") == name_key("县委办（党委）")
    True
    """
    return name.strip().translate(_WIDE)


class ByName(Mapping[str, T]):
    """Things by name. A thing is found by any spelling of its name; iteration gives the names as they are written.

    Of several things with one name the last counts.

    >>> ByName([("县委办（党委）", 1)])["县委办(党委)"]
    1
    """

    def __init__(self, named: Iterable[tuple[str, T]]) -> None:
        named = list(named)
        self._names = dict(named)
        self._by_key = {name_key(name): thing for name, thing in named}

    def __getitem__(self, name: str) -> T:
        return self._by_key[name_key(name)]

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)
