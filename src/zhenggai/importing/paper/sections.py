"""The parts of a plan in an outline: which items are problems, which are measures, under which headings."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from zhenggai.frozen import fluid
from zhenggai.importing.fields.simplified import simplified
from zhenggai.importing.paper.blocks import (
    Group,
    Stated,
    below_heading,
    block,
    faults_below,
    has_measures,
    holds_part,
    is_block,
    is_block_in_one,
    lists_problems,
    measures_among,
    names_part,
)
from zhenggai.importing.paper.fault_lists import (
    holds_named,
    labelled_blocks,
    lowest_below,
    measures_of_all,
    only_faults,
)
from zhenggai.importing.paper.item_texts import body, flat, is_field, is_label
from zhenggai.importing.paper.marks import STYLES, family
from zhenggai.importing.paper.outline import Item
from zhenggai.importing.paper.roles import Role, finds_fault, heading, mends, names_aspect, role_of, states_problem


@fluid
class Sections:
    """What was found: problems that stand apart from their measures, measures in groups, phases, and lists of owners by number.

    - ``parts``: the same of places or subjects that have problems and measures of their own.
    - ``told``: what stands on its own about the whole plan (四、整改时限).
    - ``read``: the headings and what leads to lists; ``aside``: headings whose text is no part of a plan.
    - ``named_only``: lists under headings that do not say so are no measures.
    """

    named_only: bool
    problems: list[Stated]
    groups: list[Group]
    phases: list[Item]
    owners: list[Item]
    parts: list["Sections"]
    told: list[Item]
    read: list[Item]
    aside: list[Item]


_ABOVE_LISTS = STYLES.index("（1）")
_DEMANDS = re.compile("整改(?:的)?(?:要求|意见|建议)$")  # the measures of a paper that has no others
_OWNERS = re.compile("[(（][^()（）]*(?:责任|牵头|承办|完成时限|整改时限)[^()（）]*[：:]")
_OF_A_SENTENCE = frozenset({"一是", "一要", "①", "首先"})


def sections_of(root: Item, *, named_only: bool = False) -> Sections:
    """The parts of the plan below the root of an outline. ``named_only``: lists under headings without such a name are no measures."""
    found = _empty(named_only)
    _read(root, found, (), None)
    if found.problems and not found.groups:
        for item in [item for item in found.aside if _DEMANDS.match(heading(item.text))]:
            found.aside.remove(item)
            _read_measures(item, found, ())
    if found.groups and not found.problems and not any(group.problem for group in found.groups):
        _read_told_beside(found)
        _take_faults(found)
    return found


def _take_faults(found: Sections) -> None:
    """Lists of which no heading says what they are, and that tell of faults only, are problems."""
    items = [item for group in found.groups for item in group.measures]
    faults = sum(finds_fault(item.text) and not states_problem(item.text) for item in items)
    if not found.problems and faults * 2 > len(items) and not any(mends(item.text) for item in items):
        found.problems += map(Stated, items)
        found.groups.clear()


def _read_told_beside(found: Sections) -> None:
    """Problems that an account of how things stand (基本情况) lists, if they are as many as the measures."""
    labels = [below for item in found.aside for below in item.items if role_of(below) is Role.PROBLEMS]
    told = [stated for label in labels if is_label(label) and label.items for stated in _stated(label, ())]
    if len(told) in {len(found.groups), sum(len(group.measures) for group in found.groups)}:
        found.problems += told


def _empty(named_only: bool) -> Sections:
    return Sections(named_only, [], [], [], [], [], [], [], [])


def _read(parent: Item, found: Sections, aspects: tuple[str, ...], within: Role | None) -> None:
    """Read the items below a heading. ``within``: what that heading says of them."""
    explicit = any(names_part(item) for item in parent.items)
    found.read.append(parent)
    if label := measures_of_all(parent.items):
        found.problems += (Stated(item, aspects) for item in parent.items if not is_label(item))
        _read_measures(label, found, aspects)
        return
    for item in parent.items:
        role = role_of(item)
        if (
            within is not None
            and not is_label(item)
            and (role is Role.ASIDE or (role is not Role.PHASES and not item.items))
        ):
            role = None  # among measures: 加强组织领导, 落实整改任务
        if role is None and holds_named(item):
            _read(item, found, _below(aspects, item), Role.BOTH)
        elif (role is None and is_block(item)) or (role is Role.PROBLEMS and is_block_in_one(item)):
            found.groups.append(block(item, aspects))
        elif role is None and lists_problems(item):
            _read_apart(item, found, aspects)
        elif role is Role.PHASES or (role is None and _has_phases(item)):
            found.phases.extend(flat(item.items) or body(item))
        elif role in {Role.ASIDE, None} and within is None and not item.items and is_field(item):
            found.told.append(item)
        elif role is Role.OWNERS:
            found.owners.extend(flat(item.items))
        elif role is Role.PROBLEMS:
            _read_problems(item, parent, found, aspects, within)
        elif role is Role.BOTH:
            _read(item, found, aspects, Role.BOTH)
        elif role in {Role.MEASURES, Role.DONE}:
            _read_measures(item, found, aspects)
        elif role is Role.ASIDE:
            found.aside.append(item)
        elif holds_part(item):
            _read(item, found, _below(aspects, item), within)
        elif within is Role.BOTH:
            _read_both(item, found, aspects)
        elif (within is not None or not (explicit or found.named_only)) and _is_group(item, within):
            _take_group(item, found, aspects)


def _below(aspects: tuple[str, ...], item: Item) -> tuple[str, ...]:
    """The headings above what stands below an item."""
    return (*aspects, heading(item.text)) if heading(item.text) else aspects


def _read_apart(item: Item, found: Sections, aspects: tuple[str, ...]) -> None:
    """Problems and measures of one place or subject. Where it is not clear which measure answers which, it is one problem."""
    part = _empty(found.named_only)
    told = tuple(below for below in item.items if is_field(below))
    _read(
        Item(item.mark, item.text, item.start, tuple(below for below in item.items if below not in told)),
        part,
        _below(aspects, item),
        None,
    )
    found.phases += part.phases
    found.read += part.read
    above = _below(aspects, item)
    faults = [Stated(below, above, flat(below.items)) for below in faults_below(item)]
    problems = [replace(problem, told=(item, *told)) for problem in part.problems or faults]
    measures = tuple(measure for group in part.groups for measure in group.measures)
    if len(problems) == 1:
        found.groups.append(Group(item, measures, problems[0]))
    elif len(problems) in {len(part.groups), len(measures)}:
        part.problems = problems
        found.parts.append(part)
    else:
        found.groups.append(block(item, aspects))


def _read_problems(item: Item, parent: Item, found: Sections, aspects: tuple[str, ...], within: Role | None) -> None:
    """A section of problems; with their measures if these stand nowhere else."""
    tells_both = within is None and not _tells_measures(parent, item) and not only_faults(item)
    if measures_of_all(item.items) or _any_below(item, has_measures) or tells_both:
        _read(item, found, aspects, Role.BOTH)
    else:
        found.read += (item, *filter(is_label, item.items))
        found.problems.extend(_stated(item, aspects))


def _any_below(item: Item, test: Callable[[Item], bool]) -> bool:
    return any(test(below) or _any_below(below, test) for below in item.items)


def _tells_measures(parent: Item, problems: Item) -> bool:
    """Whether another item beside the problems has measures, or nothing stands below the problems."""
    return any(
        item is not problems and role_of(item) in {Role.MEASURES, Role.BOTH, Role.DONE} for item in parent.items
    ) or not any(item.items for item in flat(problems.items))


def _has_phases(item: Item) -> bool:
    items = flat(item.items)
    return len(items) > 1 and sum("阶段" in simplified(heading(below.text)) for below in items) * 2 > len(items)


def _is_group(item: Item, within: Role | None) -> bool:
    """Whether the items below a heading without a name are measures."""
    if within is not None:
        return True
    high = item.mark is not None and STYLES.index(family(item.mark.style)) < _ABOVE_LISTS
    return high and (bool(item.items) or _OWNERS.search(item.text) is not None)


def _take_group(item: Item, found: Sections, aspects: tuple[str, ...]) -> None:
    """Measures under a heading: of the problem that the heading states, or of one that is not known."""
    items = flat(item.items)
    if items and any(finds_fault(below.text) and below.items for below in items) and not finds_fault(item.text):
        for below in items:
            _take_group(below, found, _below(aspects, item))
    elif finds_fault(item.text) and not names_aspect(item.text) and (items or below_heading(item)):
        found.groups.append(block(item, aspects))
    else:
        found.groups.append(Group(item, measures_among(items) or (item,)))


def _read_both(item: Item, found: Sections, aspects: tuple[str, ...]) -> None:
    """An item under 问题及整改措施: a problem with its measures below, or a heading above several."""
    items = flat(item.items)
    upper = names_aspect(item.text) or (
        any(below.items for below in items)
        and not finds_fault(item.text)
        and sum(finds_fault(below.text) for below in items) * 2 > len(items)
    )
    if upper:
        for below in items:
            _read_both(below, found, _below(aspects, item))
    else:
        found.groups.append(block(item, aspects))


def _read_measures(item: Item, found: Sections, aspects: tuple[str, ...]) -> None:
    """A section of measures: problems with their measures, headings with measures, or measures."""
    items = flat(item.items)
    labelled = labelled_blocks(item)
    if labelled:
        found.groups += labelled
    elif not items:
        found.read.append(item)
        found.groups.extend(Group(part, (part,)) for part in body(item))
    elif any(below.mark is not None and below.mark.style in _OF_A_SENTENCE for below in items):
        found.read += (item, *filter(is_label, item.items))
        found.groups.append(Group(item, measures_among(items)))
    else:
        found.read += filter(is_label, item.items)
        items = tuple(
            one for below in item.items for one in ([below] if role_of(below) is Role.PROBLEMS else flat([below]))
        )
        _read(replace(item, items=items), found, aspects, Role.MEASURES)


def _stated(section: Item, aspects: tuple[str, ...], above: Item | None = None) -> Iterator[Stated]:
    """The problems of a section that has nothing but problems."""
    items = flat(section.items)
    if not items:
        yield from (Stated(part, aspects, above=above) for part in body(section))
    for item in items:
        below = flat(item.items)
        if not below and not item.text.strip():
            continue
        if below and (
            names_aspect(item.text)
            or (not finds_fault(item.text) and any(finds_fault(one.text) for one in lowest_below(item)))
        ):
            yield from _stated(replace(item, items=below), _below(aspects, item), item)
        else:
            yield Stated(item, aspects, below, above)
