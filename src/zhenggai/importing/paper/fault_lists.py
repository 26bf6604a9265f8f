"""Lists that tell of faults, and measures that stand beside such a list and not below each problem."""

import re
from collections.abc import Iterator, Sequence

from zhenggai.importing.paper.blocks import Group, Stated, measures_below
from zhenggai.importing.paper.item_texts import flat, is_label
from zhenggai.importing.paper.outline import Item
from zhenggai.importing.paper.roles import Role, finds_fault, mends, role_of

_FEWEST = 2
_NAMED = re.compile(r"\s*关于[“\"]")


def measures_of_all(items: Sequence[Item]) -> Item | None:
    """整改措施 behind a list of problems, if it lists as many measures as there are problems, and no problem has any of its own."""
    problems = [item for item in items if not is_label(item)]
    below = [*(items[-1].items if problems and items[-1] is problems[-1] else ()), *items[len(problems) :]]
    if len(problems) < _FEWEST or len(below) != 1 or any(item.items for item in problems[:-1]):
        return None
    tells = is_label(below[0]) and role_of(below[0]) in {Role.MEASURES, Role.DONE}
    faults = sum(finds_fault(item.text) for item in problems)
    alike = tells and len(flat(below[0].items)) == len(problems)
    return below[0] if alike and faults * 2 > len(problems) and not any(mends(item.text) for item in problems) else None


def only_faults(item: Item) -> bool:
    """Whether what stands lowest below a heading tells of faults, and of nothing that is to be done."""
    lowest = list(lowest_below(item))
    faults = sum(finds_fault(one.text) for one in lowest)
    return faults * 2 >= len(lowest) > 0 and not any(mends(one.text) for one in lowest)


def lowest_below(item: Item) -> Iterator[Item]:
    """The items below a heading that have none below them."""
    for below in flat(item.items):
        if below.items:
            yield from lowest_below(below)
        else:
            yield below


def labelled_blocks(section: Item) -> list[Group]:
    """Problems with their measures where labels say which is which: 问题描述：…整改情况：…整改措施：…."""
    problems = [item for item in section.items if is_label(item) and role_of(item) is Role.PROBLEMS]
    measures = [item for item in section.items if is_label(item) and role_of(item) is Role.MEASURES]
    if len(problems) != len(measures) or any(item.items or not item.text.strip() for item in problems):
        return []
    return [
        Group(told, measures_below(told), Stated(problem, ()))
        for problem, told in zip(problems, measures, strict=True)
        if problem.start < told.start
    ]


def holds_named(item: Item) -> bool:
    """Whether all that stands below a heading are problems that are named as such: （1）关于“学习不深”."""
    return bool(item.items) and all(_NAMED.match(below.text) for below in item.items)
