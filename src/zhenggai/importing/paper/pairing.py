"""Which measures answer which problem: by the name of the problem, by its number if the measures name it, or only by the same number."""

import re
from collections.abc import Sequence
from enum import Enum, auto

from zhenggai.frozen import frozen
from zhenggai.importing.paper.blocks import Group, Stated


class By(Enum):
    """What says that measures answer a problem."""

    BLOCK = auto()
    NAME = auto()
    NUMBER = auto()
    ORDER = auto()


@frozen
class Pair:
    """A problem with its measures; one of both may be missing."""

    problem: Stated | None
    group: Group | None
    by: By | None = None


def paired(problems: Sequence[Stated], groups: Sequence[Group]) -> list[Pair]:
    """Each problem that is stated apart with its group, in the order of the problems, then the groups that are left."""
    if not problems:
        return [Pair(group.problem, group, By.BLOCK if group.problem else None) for group in groups]
    if len(problems) == 1 and all(group.problem is None for group in groups):
        return [Pair(problems[0], _as_one(groups), By.BLOCK)]
    groups = _at_the_level(problems, groups)
    taken: dict[int, tuple[Group, By]] = {}
    left: list[Group] = []
    for group in groups:
        found = _numbered(problems, group) or _named(problems, group)
        if found is None or found[0] in taken:
            left.append(group)
        else:
            taken[found[0]] = (group, found[1])
    if left and not taken and (joined := _by_aspect(problems, left)):
        return joined
    open_problems = [at for at in range(len(problems)) if at not in taken]
    if len(left) == len(open_problems):
        taken |= {at: (group, By.ORDER) for at, group in zip(open_problems, left, strict=True)}
        left = []
    elif same := _same_numbers(problems, open_problems, left):
        taken |= {at: (group, By.ORDER) for at, group in same.items()}
        left = [group for group in left if group not in same.values()]
    pairs = [Pair(problem, *taken.get(at, (None, None))) for at, problem in enumerate(problems)]
    return pairs + [Pair(group.problem, group, By.BLOCK if group.problem else None) for group in left]


def _same_numbers(problems: Sequence[Stated], at: Sequence[int], groups: Sequence[Group]) -> dict[int, Group]:
    """The groups with the numbers of the problems, where there are more of them; none unless most of the pairs share words."""
    numbered = {group.item.mark.number: group for group in groups if group.item.mark}
    pairs = {one: numbered.get(mark.number) for one in at if (mark := problems[one].item.mark)}
    found = {one: group for one, group in pairs.items() if group is not None}
    alike = sum(likeness(group.item.text, problems[one].item.text) >= _A_LITTLE for one, group in found.items())
    return found if len(found) == len(at) < len(groups) and alike * 2 > len(found) else {}


def _as_one(groups: Sequence[Group]) -> Group | None:
    """All measures, as there is one problem only. What stands below them are steps."""
    if len(groups) == 1:
        return groups[0]
    return Group(groups[0].item, tuple(group.item for group in groups)) if groups else None


def _at_the_level(problems: Sequence[Stated], groups: Sequence[Group]) -> Sequence[Group]:
    """The groups, or what stands one level lower if that is as many as there are problems."""
    if len(groups) == len(problems):
        return groups
    lower = [Group(item, item.items or (item,)) for group in groups if group.problem is None for item in group.measures]
    return lower if len(lower) == len(problems) else groups


def _by_aspect(problems: Sequence[Stated], groups: Sequence[Group]) -> list[Pair] | None:
    """Pairs of problems and measures under the same headings (（一）学习方面), each in order. Where counts differ it is not known."""
    headed = {problem.above.start: problem.above for problem in problems if problem.above}
    aspects = [item for _, item in sorted(headed.items())]
    if len(aspects) < 2 or len(aspects) != len(groups) or any(problem.above is None for problem in problems):
        return None
    pairs: list[Pair] = []
    for aspect, group in zip(aspects, groups, strict=True):
        own = [problem for problem in problems if problem.above is aspect]
        if len(own) == 1:
            pairs.append(Pair(own[0], group, By.NAME))
        elif len(own) == len(group.measures):
            pairs += [
                Pair(problem, Group(item, item.items or (item,)), By.ORDER)
                for problem, item in zip(own, group.measures, strict=True)
            ]
        else:
            pairs += [*(Pair(problem, None) for problem in own), Pair(None, group)]
    return pairs


_SIGNS = re.compile(r"[\W_]|^(?:关于|针对|围绕|对照|解决)|方面|存在|整改|的?问题|等(?=的?问题)")
_REFERS = re.compile(r"(?:关于|针对|围绕|对照|解决)([^。；;\n]{3,60}?)(?:的|等|方面)*问题")
_FEWEST = 3
ALIKE = 0.6
"""The likeness from which on two texts name the same problem."""


def _numbered(problems: Sequence[Stated], group: Group) -> tuple[int, By] | None:
    """The problem whose number the group names: 针对问题三, 措施一 of 问题一."""
    mark = group.item.mark
    if mark is None or mark.style not in {"针对", "措施一"}:
        return None
    numbers = [problem.item.mark.number if problem.item.mark else 0 for problem in problems]
    return (numbers.index(mark.number), By.NUMBER) if numbers.count(mark.number) == 1 else None


def _named(problems: Sequence[Stated], group: Group) -> tuple[int, By] | None:
    """The problem that the group's heading names: 针对…问题, or the same words."""
    name = _plain(group.item.text)
    if len(name) < _FEWEST:
        return None
    best = max(range(len(problems)), key=lambda at: _alike(name, problems[at].item.text))
    enough = ALIKE if _REFERS.search(group.item.text) or "“" in group.item.text else _SAME
    return (best, By.NAME) if _alike(name, problems[best].item.text) >= enough else None


_SAME = 0.85
_A_LITTLE = 0.25


def likeness(one: str, other: str) -> float:
    """How alike two texts are, from 0 to 1, by their first sentences without what every problem has.

    >>> likeness("关于“学习不深入”问题的整改", "学习不深入。集中学习少"), likeness("学习不深入", "台账不齐全")
    (1.0, 0.0)
    """
    return _alike(_plain(one), other)


def _alike(name: str, text: str) -> float:
    """The share of the shorter one's pairs of letters that the other has too."""
    title = _plain(text)
    if not name or not title:
        return 0.0
    if name in title or title in name:
        return 1.0 if min(len(name), len(title)) >= _FEWEST else float(name == title)
    pairs, others = ({words[at : at + 2] for at in range(len(words) - 1)} for words in (name, title))
    return len(pairs & others) / max(min(len(pairs), len(others)), 1)


def _plain(text: str) -> str:
    first = text.strip().split("\n")[0]
    found = re.search("“([^“”]{4,})”", first) or _REFERS.search(first)
    return _SIGNS.sub("", found[1] if found else re.split("[。；;：:]", first)[0])
