"""The parts of a plan in an outline: which items are problems, which are measures, under which headings."""

import re
from collections.abc import Iterable, Iterator, Sequence

from zhenggai.frozen import fluid, frozen
from zhenggai.importing.marks import LABEL, STYLES, family
from zhenggai.importing.outline import Item
from zhenggai.importing.roles import Role, finds_fault, heading, names_aspect, role_of, states_problem


@frozen
class Stated:
    """A problem where it is stated: its item, the headings above it, and what details it (具体表现)."""

    item: Item
    aspects: tuple[str, ...] = ()
    details: tuple[Item, ...] = ()


@frozen
class Group:
    """Measures under one heading. ``problem`` is that heading if it states a problem."""

    item: Item
    measures: tuple[Item, ...]
    problem: Stated | None = None


@fluid
class Sections:
    """What was found: problems that stand apart from their measures, measures in groups, phases, and lists of owners by number.

    ``read``: the headings and what leads to lists; ``aside``: headings whose text is no part of a plan.
    """

    problems: list[Stated]
    groups: list[Group]
    phases: list[Item]
    owners: list[Item]
    read: list[Item]
    aside: list[Item]
    named_only: bool


_ABOVE_LISTS = STYLES.index("（1）")
_LEADS = re.compile("[：:]$|(?:见|如|详见)(?:下|附|后)?(?:表|附件|附后)")
_OWNED = re.compile("责任|牵头|负责|配合|(?:完成|整改)?(?:时限|期限)")


def sections_of(root: Item, *, named_only: bool = False) -> Sections:
    """The parts of the plan below the root of an outline. ``named_only``: lists under headings without such a name are no measures."""
    found = Sections([], [], [], [], [], [], named_only)
    _read(root, found, (), None)
    return found


def _read(parent: Item, found: Sections, aspects: tuple[str, ...], within: Role | None) -> None:
    """Read the items below a heading. ``within``: what that heading says of them."""
    explicit = any(_names_part(item) for item in parent.items)
    found.read.append(parent)
    for item in parent.items:
        role = role_of(item)
        if role in {Role.ASIDE, None} and within is not None and not _is_label(item):
            role = None
        if (role is None and _is_problem(item)) or (role is Role.PROBLEMS and _is_whole_block(item)):
            found.groups.append(_block(item, aspects))
        elif role is Role.PHASES or (role is None and _has_phases(item)):
            found.phases.extend(_flat(item.items) or _body(item))
        elif role is Role.OWNERS:
            found.owners.extend(_flat(item.items))
        elif role is Role.PROBLEMS:
            if _any_below(item, _has_measures) or (within is None and not _tells_measures(parent, item)):
                _read(item, found, aspects, Role.BOTH)
            else:
                found.read += (item, *filter(_is_label, item.items))
                found.problems.extend(_stated(item, aspects))
        elif role is Role.BOTH:
            _read(item, found, aspects, Role.BOTH)
        elif role in {Role.MEASURES, Role.DONE}:
            _read_measures(item, found, aspects)
        elif role is Role.ASIDE:
            found.aside.append(item)
        elif role is None and _holds_part(item):
            _read(item, found, (*aspects, heading(item.text)), within)
        elif role is None and within is Role.BOTH:
            _read_both(item, found, aspects)
        elif role is None and (within is not None or not (explicit or found.named_only)) and _is_group(item, within):
            _take_group(item, found, aspects)


def _is_label(item: Item) -> bool:
    return item.mark is not None and item.mark.style == LABEL


def _names_part(item: Item) -> bool:
    return role_of(item) in {Role.PROBLEMS, Role.MEASURES, Role.BOTH, Role.DONE, Role.PHASES}


def _any_below(item: Item, test: object) -> bool:
    return any(test(below) or _any_below(below, test) for below in item.items)  # type: ignore[operator]


def _has_measures(item: Item) -> bool:
    """Whether an item is a problem by what stands directly below: 整改措施."""
    return any(role_of(below) in {Role.MEASURES, Role.DONE} for below in item.items)


def _tells_measures(parent: Item, problems: Item) -> bool:
    """Whether another item beside the problems has measures."""
    return any(
        item is not problems and role_of(item) in {Role.MEASURES, Role.BOTH, Role.DONE} for item in parent.items
    ) or not any(item.items for item in problems.items)


def _is_problem(item: Item) -> bool:
    if names_aspect(item.text):
        return False
    if _has_measures(item):
        return not _lists_problems(item)
    return states_problem(item.text) and not _holds_part(item)


def _is_whole_block(item: Item) -> bool:
    """Whether an item says after the word 问题 what it is, and has its measures below: 1.问题：…整改措施：…."""
    return _has_measures(item) and re.search(r"[：:]\s*\S", item.text) is not None


def _lists_problems(item: Item) -> bool:
    """Whether an item has a list of problems of its own beside the measures: it is a place or a subject, no problem."""
    lists = [below for below in item.items if role_of(below) is Role.PROBLEMS and len(_flat(below.items)) > 1]
    return bool(lists) and not finds_fault(item.text)


def _holds_part(item: Item) -> bool:
    """Whether problems or measures are named somewhere below."""
    return any(_names_part(below) or _is_problem(below) or _holds_part(below) for below in item.items)


def _has_phases(item: Item) -> bool:
    items = _flat(item.items)
    return len(items) > 1 and sum("阶段" in heading(below.text) for below in items) * 2 > len(items)


def _flat(items: Iterable[Item]) -> tuple[Item, ...]:
    """The items without labels: what stands below a label stands in its place."""
    found: list[Item] = []
    for item in items:
        if _is_label(item) and item.items:
            found.extend(_flat(item.items))
        else:
            found.append(item)
    return tuple(found)


def _is_group(item: Item, within: Role | None) -> bool:
    """Whether the items below a heading without a name are measures."""
    if within is not None:
        return True
    high = item.mark is not None and STYLES.index(family(item.mark.style)) < _ABOVE_LISTS
    return high and bool(item.items)


def _take_group(item: Item, found: Sections, aspects: tuple[str, ...]) -> None:
    """Measures under a heading: of the problem that the heading states, or of one that is not known."""
    items = _flat(item.items)
    if items and any(finds_fault(below.text) and below.items for below in items) and not finds_fault(item.text):
        for below in items:
            _take_group(below, found, (*aspects, heading(item.text)))
    elif items and finds_fault(item.text) and not names_aspect(item.text):
        found.groups.append(_block(item, aspects))
    else:
        found.groups.append(Group(item, _measures(items) or (item,)))


def _read_both(item: Item, found: Sections, aspects: tuple[str, ...]) -> None:
    """An item under 问题及整改措施: a problem with its measures below, or a heading above several."""
    items = _flat(item.items)
    upper = names_aspect(item.text) or (
        any(below.items for below in items)
        and not finds_fault(item.text)
        and sum(finds_fault(below.text) for below in items) * 2 > len(items)
    )
    if upper:
        for below in items:
            _read_both(below, found, (*aspects, heading(item.text)))
    else:
        found.groups.append(_block(item, aspects))


def _read_measures(item: Item, found: Sections, aspects: tuple[str, ...]) -> None:
    """A section of measures: problems with their measures, headings with measures, or measures."""
    items = _flat(item.items)
    found.read += (item, *filter(_is_label, item.items))
    if not items:
        found.groups.extend(Group(line, (line,)) for line in _body(item))
    elif any(below.mark is not None and below.mark.style in {"一是", "一要", "①"} for below in items):
        found.groups.append(Group(item, _measures(items)))
    else:
        _read(Item(item.mark, item.text, item.start, items), found, aspects, Role.MEASURES)


def _block(item: Item, aspects: tuple[str, ...]) -> Group:
    """A problem with what stands below it."""
    told = [below for below in item.items if role_of(below) is Role.MEASURES]
    told = told or [below for below in item.items if role_of(below) is Role.DONE]
    others = [below for below in item.items if below not in told and role_of(below) not in {Role.ASIDE, Role.DONE}]
    if told:
        measures = tuple(measure for below in told for measure in _measures(_flat(below.items)) or _lines(below))
        return Group(item, measures, Stated(item, aspects, _flat(others)))
    items = _flat(others)
    faults = tuple(below for below in items if finds_fault(below.text) and not below.items)
    if items and len(faults) == len(items) and states_problem(item.text) is False:
        return Group(item, (), Stated(item, aspects, items))
    return Group(item, _measures(items) or _after_heading(item), Stated(item, aspects))


def _measures(items: Sequence[Item]) -> tuple[Item, ...]:
    """The measures among the items below a problem: those that have owners, if only the lower ones have."""
    below = [lower for item in items for lower in _flat(item.items)]
    if below and not any(_OWNED.search(item.text) for item in items if item.items):
        owned = sum(_OWNED.search(lower.text) is not None for lower in below)
        if owned * 2 > len(below):
            return tuple(lower for item in items for lower in _flat(item.items) or (item,))
    return tuple(items)


def _after_heading(item: Item) -> tuple[Item, ...]:
    """What follows a heading that states a problem, as its measure: a report tells it in sentences."""
    if not states_problem(item.text):
        return ()
    ends = re.search(r"[\n。]", item.text.rstrip())
    rest = item.text[ends.end() :] if ends else ""
    if not rest.strip() or ends is None:
        return ()
    start = item.start if item.mark is None else item.mark.end
    return tuple(_lines(Item(None, rest, start + ends.end())))


def _lines(item: Item) -> Iterator[Item]:
    """The paragraphs of an item's own text, each an item. Lines with owners or a deadline belong to the one before."""
    start = item.start if item.mark is None else item.mark.end
    pending: list[tuple[int, str]] = []
    place = 0
    for line in item.text.split("\n"):
        if line.strip() and not (pending and re.match(r"\s*\S{0,12}[：:]|\s*[(（]", line)):
            pending.append((place, line))
        elif pending:
            pending[-1] = (pending[-1][0], f"{pending[-1][1]}\n{line}")
        place += len(line) + 1
    for at, text in pending:
        yield Item(None, text, start + at)


def _body(section: Item) -> Iterator[Item]:
    """The paragraphs below a heading, without those that only lead to a list or a table."""
    if _is_label(section) or section.mark is None:
        rest = section
    else:
        ends = re.search(r"[\n。：:]", section.text)
        if ends is None:
            return
        rest = Item(None, section.text[ends.end() :], section.mark.end + ends.end())
    yield from (line for line in _lines(rest) if not _LEADS.search(line.text.rstrip()))


def _stated(section: Item, aspects: tuple[str, ...]) -> Iterator[Stated]:
    """The problems of a section that has nothing but problems."""
    items = _flat(section.items)
    if not items:
        yield from (Stated(line, aspects) for line in _body(section))
    for item in items:
        below = _flat(item.items)
        if below and (names_aspect(item.text) or (not finds_fault(item.text) and any(map(_finds_fault, below)))):
            yield from _stated(Item(item.mark, item.text, item.start, below), (*aspects, heading(item.text)))
        else:
            yield Stated(item, aspects, below)


def _finds_fault(item: Item) -> bool:
    return finds_fault(item.text)
