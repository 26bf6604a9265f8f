"""Problems that stand with their measures below them, and what makes an item of an outline such a block."""

import re
from collections.abc import Sequence

from zhenggai.frozen import frozen
from zhenggai.importing.paper.item_texts import body, flat, is_field, is_label, paragraphs
from zhenggai.importing.paper.outline import Item
from zhenggai.importing.paper.roles import Role, finds_fault, heading, names_aspect, role_of, states_problem

_OWNED = re.compile("责任|牵头|负责|配合|(?:完成|整改)?(?:时限|期限)")

_LONGEST_HEADING = 40
_DESCRIBES = re.compile("描述|表现")


@frozen
class Stated:
    """A problem where it is stated, with the headings above it and what details it (具体表现).

    ``above``: the item of the nearest heading; ``told``: owners that stand with its heading.
    """

    item: Item
    aspects: tuple[str, ...] = ()
    details: tuple[Item, ...] = ()
    above: Item | None = None
    told: tuple[Item, ...] = ()


@frozen
class Group:
    """Measures under one heading. ``problem`` is that heading if it states a problem."""

    item: Item
    measures: tuple[Item, ...]
    problem: Stated | None = None


def block(item: Item, aspects: tuple[str, ...]) -> Group:
    """A problem with what stands below it."""
    told = _telling(item)
    others = [below for below in item.items if below not in told and role_of(below) not in _BESIDE]
    details = tuple(detail for below in others if not is_field(below) for detail in _details(below))
    if told:
        measures = tuple(measure for below in told for measure in measures_below(below))
        return Group(item, measures, Stated(item, aspects, details))
    items = flat(below for below in others if not is_field(below))
    if items and not states_problem(item.text) and all(finds_fault(one.text) and not one.items for one in items):
        return Group(item, (), Stated(item, aspects, items))
    return Group(item, measures_among(items) or below_heading(item), Stated(item, aspects))


_BESIDE = frozenset({Role.ASIDE, Role.DONE})


def _telling(item: Item) -> list[Item]:
    """The items below a problem that tell its measures: 整改措施, else 整改情况, of which 完成情况 only says how far they are."""
    told = [below for below in item.items if role_of(below) is Role.MEASURES]
    done = [below for below in item.items if role_of(below) is Role.DONE]
    if told or len(done) < 2:
        return told or done
    return [
        below for below in done if "完成情况" not in (below.mark.word if below.mark else "") + below.text[:8]
    ] or done


def measures_below(section: Item) -> tuple[Item, ...]:
    """The measures below 整改措施."""
    items = measures_among(flat(below for below in section.items if not is_field(below)))
    begun = items and is_label(section) and items[0].mark is not None and items[0].mark.number > 1
    return (*body(section), *items) if begun else items or tuple(body(section))


def _details(item: Item) -> tuple[Item, ...]:
    if role_of(item) is Role.PROBLEMS:
        return flat(item.items) or tuple(body(item))
    return flat((item,))


def measures_among(items: Sequence[Item]) -> tuple[Item, ...]:
    """The measures among the items below a problem: those that have owners, if only the lower ones have."""
    below = [lower for item in items for lower in flat(item.items)]
    if below and not any(_OWNED.search(item.text) for item in items if item.items):
        owned = sum(_OWNED.search(lower.text) is not None for lower in below)
        if owned * 2 > len(below):
            return tuple(lower for item in items for lower in flat(item.items) or (item,))
    return tuple(items)


def below_heading(item: Item) -> tuple[Item, ...]:
    """What follows a problem, as its measures: the paragraphs below; of a heading that ends in 问题 also the sentences behind it."""
    ends = re.search(r"[\n。]" if states_problem(item.text) else r"\n", item.text.rstrip())
    if ends is None or not item.text[ends.end() :].strip():
        return ()
    start = item.start if item.mark is None else item.mark.end
    return tuple(paragraphs(Item(None, item.text[ends.end() :], start + ends.end())))


def alone(group: Group) -> tuple[Item, ...]:
    """The measures of a group whose problem is not known: below a short heading without owners the items, else what stands above, with them as steps."""
    if _OWNED.search(group.item.text) and not any(_OWNED.search(item.text) for item in group.measures):
        return (group.item,)
    words = re.sub(r"[(（][^()（）]*[)）]", "", group.item.text).strip()
    return group.measures if len(words) < _LONGEST_HEADING or is_label(group.item) else (group.item,)


def is_block(item: Item) -> bool:
    """Whether an item is a problem with its measures: 整改措施 stands below it, or its heading says so."""
    if has_measures(item):
        return not lists_problems(item)
    return states_problem(item.text) and not names_aspect(item.text) and not holds_part(item)


def has_measures(item: Item) -> bool:
    """Whether 整改措施 or 整改情况 stands directly below an item."""
    return any(role_of(below) in {Role.MEASURES, Role.DONE} for below in item.items)


def is_block_in_one(item: Item) -> bool:
    """Whether an item says after the word 问题 what it is, and has its measures below: 1.问题：…整改措施：…."""
    said = re.search(r"[：:]\s*(?!\s|[（(])\S.{2}", item.text) is not None
    below = flat(item.items)
    beside = [one for one in item.items if not is_label(one)]
    if len(beside) > 1 and has_measures(item) and all(finds_fault(one.text) for one in beside):
        return False
    return said and (has_measures(item) or (bool(below) and not any(finds_fault(one.text) for one in below)))


def lists_problems(item: Item) -> bool:
    """Whether 存在问题 and 整改措施 stand below an item that is no problem itself, but a place or a subject."""
    if item.mark is None or not has_measures(item) or (finds_fault(item.text) and not names_aspect(item.text)):
        return False
    lists = any(
        role_of(below) is Role.PROBLEMS and (below.items or (any(body(below)) and not _DESCRIBES.search(_words(below))))
        for below in item.items
    )
    return lists or (names_aspect(item.text) and bool(faults_below(item)))


def _words(item: Item) -> str:
    return item.mark.word if item.mark is not None and is_label(item) else heading(item.text)


def faults_below(item: Item) -> tuple[Item, ...]:
    """The items directly below a heading that say what is wrong."""
    return tuple(
        below for below in item.items if role_of(below) is None and not is_label(below) and finds_fault(below.text)
    )


def names_part(item: Item) -> bool:
    """Whether a heading says that problems, measures or phases stand below it."""
    return role_of(item) in {Role.PROBLEMS, Role.MEASURES, Role.BOTH, Role.DONE, Role.PHASES}


def holds_part(item: Item) -> bool:
    """Whether problems or measures are named somewhere below."""
    return any(names_part(below) or is_block(below) or holds_part(below) for below in item.items)
