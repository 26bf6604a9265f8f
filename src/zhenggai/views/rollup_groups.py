"""The groups of a roll-up: what they are called, and in which order they stand."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar

from zhenggai.model.plan import Category

T = TypeVar("T")

COUNTY = "县"
_HEADS: Mapping[str, str] = {"类": "单位类别"}
_UNKNOWN: Mapping[str, str] = {"类": "未归类单位", "问题类型": "未归类型"}
_KNOWN: Mapping[str, Sequence[str]] = {"类别": tuple(Category), "性质": ("共性", "个性")}
OF_PROBLEM = frozenset((COUNTY, "来源", "性质", "问题类型"))
"""What is said of a problem as a whole: each stands in one group."""


def head_of(by: str) -> str:
    """What heads and titles call what is grouped by."""
    return _HEADS.get(by, by)


def group_words(by: str, name: str) -> str:
    """The name of a group; of the one of which the facts do not say it: 未写来源."""
    return name or _UNKNOWN.get(by, f"未写{head_of(by)}")


def in_order(by: str, groups: Iterable[T], name_of: Callable[[T], str], known: Sequence[str]) -> list[T]:
    """Groups in the order of the names in ``known`` (or that of the categories …), then by name, several names after one, none last."""
    place = {name: nth for nth, name in enumerate(_KNOWN.get(by, known))}

    def key(group: T) -> tuple[bool, int, int, str]:
        name = name_of(group)
        return not name, name.count("、"), place.get(name, len(place)), name

    return sorted(groups, key=key)
