"""What a roll-up groups by, and the order of the groups."""

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum

from zhenggai.model.plan import Category


class By(StrEnum):
    """What the tasks of all counties are grouped by."""

    COUNTY = "县"
    CATEGORY = "类别"
    SOURCE = "来源"
    NATURE = "性质"
    CLASS = "类"
    TYPE = "问题类型"

    @property
    def head(self) -> str:
        """What heads and titles call it."""
        return "单位类别" if self is By.CLASS else self.value


OF_PROBLEM = frozenset({By.COUNTY, By.SOURCE, By.NATURE, By.TYPE})
"""What is said of a problem, and so of all its tasks. A problem stands in one of these groups, with all that belongs to it."""

NAMELESS: Mapping[By, str] = {
    By.COUNTY: "",
    By.CATEGORY: "未写类别",
    By.SOURCE: "未写来源",
    By.NATURE: "未写性质",
    By.CLASS: "未归类单位",
    By.TYPE: "未归类",
}
"""The name of the group of what has none."""

_KNOWN: Mapping[By, Sequence[str]] = {By.CATEGORY: tuple(Category), By.NATURE: ("共性", "个性")}


def in_order(by: By, names: Iterable[str], known: Sequence[str] = ()) -> list[str]:
    """The names of groups in order: the known ones, the others by name, those of several names (“、”) after them; the nameless last.

    >>> in_order(By.NATURE, ["未写性质", "个性", "共性"]), in_order(By.SOURCE, ["b、a", "c", "a"])
    (['共性', '个性', '未写性质'], ['a', 'c', 'b、a'])
    """
    order = {name: nth for nth, name in enumerate(known or _KNOWN.get(by, ()))}

    def place(name: str) -> tuple[bool, int, int, str]:
        return name == NAMELESS[by], name.count("、") if by is not By.COUNTY else 0, order.get(name, len(order)), name

    return sorted(names, key=place)
