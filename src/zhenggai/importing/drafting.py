"""The text of an official paper becomes the draft of a plan: its outline is read by the words of its headings."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from zhenggai.frozen import fluid
from zhenggai.importing.content import Manuscript
from zhenggai.importing.draft import Doubt, Draft, DraftMeasure, DraftPhase, DraftProblem, Place
from zhenggai.importing.outline import Item, outline_of
from zhenggai.importing.pairing import Group, Pair, Stated, paired
from zhenggai.importing.roles import Role, role_of, states_problem
from zhenggai.importing.running_text import RunningText, running_text


def draft_of(manuscript: Manuscript, source: str, *, year: int | None = None, issued: date | None = None) -> Draft:
    """The draft of a paper; without problems if the paper has no structure."""
    text = running_text(manuscript)
    outline = outline_of(text.text)
    found = _Found([], [], [])
    _read(outline.root, found, ())
    pairs = paired(found.problems, found.groups)
    doubts: list[Doubt] = []
    problems = tuple(_problems(pairs, text, doubts))
    phases = tuple(DraftPhase(place=_place(text, item), name=_plain(item.text).split("。")[0]) for item in found.phases)
    return Draft(source=source, year=year, issued=issued, problems=problems, phases=phases, doubts=tuple(doubts))


@fluid
class _Found:
    """What a paper was found to say."""

    problems: list[Stated]
    groups: list[Group]
    phases: list[Item]


def _read(item: Item, found: _Found, aspects: tuple[str, ...]) -> None:
    """Read the items below one that is neither a problem nor a measure."""
    for below in item.items:
        match role_of(below):
            case Role.ASIDE | Role.GOAL:
                pass
            case Role.PHASES:
                found.phases.extend(below.items)
            case Role.PROBLEMS:
                found.problems.extend(_stated(below.items, aspects))
            case Role.MEASURES:
                found.groups.extend(_groups(below.items))
            case _:
                _read(below, found, aspects)


def _stated(items: Sequence[Item], aspects: tuple[str, ...]) -> Iterator[Stated]:
    for item in items:
        yield Stated(item, aspects, item.items)


def _groups(items: Sequence[Item]) -> Iterator[Group]:
    for item in items:
        problem = Stated(item) if states_problem(item.text) else None
        yield Group(item, item.items or (item,), problem)


def _problems(pairs: Sequence[Pair], text: RunningText, doubts: list[Doubt]) -> Iterator[DraftProblem]:
    number = 0
    for pair in pairs:
        if pair.problem is None:
            place, title, own = _place(text, pair.group.item) if pair.group else Place(), "", None
        else:
            number += 1
            place, title, own = _place(text, pair.problem.item), _plain(pair.problem.item.text), number
        measures = tuple(
            DraftMeasure(place=_place(text, item), content=_plain(item.text), number=f"{own}-{count}" if own else None)
            for count, item in enumerate(pair.group.measures if pair.group else (), 1)
        )
        if pair.by_number:
            doubts.append(
                Doubt(
                    place=place,
                    about="同号配对",
                    what=f"问题{own}的措施按编号对应",
                    why="正文没有写明哪些措施整改哪个问题",
                )
            )
        yield DraftProblem(place=place, title=title, number=own, measures=measures)


def _place(text: RunningText, item: Item) -> Place:
    return Place(line=text.line_at(item.start))


def _plain(text: str) -> str:
    """An item's text in one line, without the sign that ends it."""
    return re.sub(r"\s*\n\s*", "", text.strip()).rstrip("。；;，,、 ")
