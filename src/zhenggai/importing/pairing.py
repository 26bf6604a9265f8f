"""Which measures answer which problem: by the name of the problem, by the same block, or by the same number."""

import re
from collections.abc import Sequence

from zhenggai.frozen import frozen
from zhenggai.importing.outline import Item


@frozen
class Stated:
    """A problem as it is stated: its item, and the headings above it."""

    item: Item
    aspects: tuple[str, ...] = ()
    details: tuple[Item, ...] = ()


@frozen
class Group:
    """Measures under one heading. ``problem`` is the heading if it states a problem."""

    item: Item
    measures: tuple[Item, ...]
    problem: Stated | None = None


@frozen
class Pair:
    """A problem with its measures. ``by_number``: only the same number says that they belong together."""

    problem: Stated | None
    group: Group | None
    by_number: bool = False


def paired(problems: Sequence[Stated], groups: Sequence[Group]) -> list[Pair]:
    """Each stated problem with its group, in the order of the problems, then the groups that are left."""
    own = [group for group in groups if group.problem is not None]
    if not problems:
        return [Pair(group.problem, group) for group in groups]
    taken: dict[int, Group] = {}
    left: list[Group] = []
    for group in groups:
        at = _named(problems, group, taken)
        if at is None:
            left.append(group)
        else:
            taken[at] = group
    by_number: set[int] = set()
    if len(left) == len(problems) and not taken:
        by_number = set(range(len(problems)))
        taken, left = dict(enumerate(left)), []
    pairs = [Pair(problem, taken.get(at), at in by_number) for at, problem in enumerate(problems)]
    return pairs + [Pair(group.problem if group in own else None, group) for group in left]


_SIGNS = re.compile(r"[^\w]|关于|针对|问题|方面|存在|的")


def _named(problems: Sequence[Stated], group: Group, taken: dict[int, Group]) -> int | None:
    """The problem that the group's heading names."""
    name = _SIGNS.sub("", group.item.text.split("\n")[0].split("。")[0])
    if len(name) < 4:
        return None
    for at, problem in enumerate(problems):
        title = _SIGNS.sub("", problem.item.text)
        if at not in taken and (name in title or (len(title) >= 4 and title in name)):
            return at
    return None
