"""Problems and measures of a paper with what stands beside them: owners, deadlines, goals. What a block says counts for all its measures."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, replace
from datetime import date
from itertools import pairwise

from zhenggai.deadline.meaning import Context
from zhenggai.frozen import frozen
from zhenggai.importing.draft import Doubt, DraftMeasure, DraftProblem, Place
from zhenggai.importing.fields.field_doubts import doubts_of_fields
from zhenggai.importing.fields.owners import Fields, read_fields
from zhenggai.importing.paper.blocks import Group, alone
from zhenggai.importing.paper.item_texts import is_field, is_label, without_end
from zhenggai.importing.paper.outline import Item
from zhenggai.importing.paper.pairing import Pair
from zhenggai.importing.paper.roles import Role, role_of
from zhenggai.importing.paper.running_text import RunningText

_LEAD = re.compile(r"^\s*[【\[]?(?:存在的?|具体|主要|反馈的?)?问题(?:表现|描述)?[】\]]?[：:]\s*")
_DANGLING = re.compile(
    r"[。；;，,](?:其中|具体(?:表现)?(?:为|在|如下)?|主要(?:表现)?(?:为|在|有)?|表现(?:为|在)|如下)$"
)
_CAUSE = re.compile(r"(?<=[。；;])\s*(?:主要|问题|产生|的)*(?:成因|原因)(?:分析|剖析)?[：:].*")
_APART = re.compile(r"[。；;]\s*[(（【][^()（）【】]*[)）】]$")
_BULLET = re.compile(r"^[\s●◆■★•·▪▲△○◇□＊*]+|^\s*[—–-]{1,2}(?=[^—–-])")
_SHARED = tuple(
    field.name for field in fields(DraftMeasure) if field.name in {own.name for own in fields(Fields)} - {"due"}
)


@frozen
class Paper:
    """The text of a paper and what its deadlines count from."""

    text: RunningText
    year: int | None
    issued: date | None
    feedback: date | None

    @property
    def base(self) -> Context | None:
        """What a deadline of the paper counts from; None if its year is not known."""
        return Context(self.year, self.issued, self.feedback) if self.year else None

    def place(self, item: Item) -> Place:
        return Place(line=self.text.line_at(item.start))

    def label(self, item: Item) -> str:
        """An item's number as written."""
        mark = item.mark
        return "" if mark is None or is_label(item) else self.text.text[mark.start : mark.end].strip()

    def fields(self, text: str, *, within: bool = False) -> tuple[str, Fields]:
        """A text without what ends a paper and without its owners, and what these are. ``within``: deadlines in sentences count."""
        return read_fields(without_end(text), self.year, base=self.base, within=within)


def problems_of(
    paper: Paper, pairs: Sequence[Pair], owners: Mapping[int, Fields], told: Fields, doubts: list[Doubt]
) -> Iterator[DraftProblem]:
    """The problems with their measures; measures of no known problem come last.

    ``owners``: those that a list gives by number; ``told``: what the paper says of all.
    """
    lone: list[Group] = []
    number = 0
    for pair in pairs:
        measures = pair.group.measures if pair.group else ()
        if pair.problem is None:
            lone += [pair.group] if pair.group else []
            continue
        number += 1
        item = pair.problem.item
        words, own = paper.fields(item.text)
        title, beside = _title(words, item)
        beside += "".join(f"\n{above.text}" for above in pair.problem.told)
        shared = first(own, paper.fields(beside)[1])
        if item.mark and item.mark.number in owners:
            shared = first(shared, owners[item.mark.number])
        if pair.group and pair.group.item is not item and pair.group.item not in measures:
            shared = first(paper.fields(pair.group.item.text)[1], shared)
        yield DraftProblem(
            place=paper.place(item),
            title=title,
            number=number,
            label=paper.label(item),
            measures=tuple(_measures(paper, measures, shared, told, number, doubts)),
            sources=own.sources,
            aspects=pair.problem.aspects,
            details=tuple(plain(detail.text) for detail in pair.problem.details),
            goal=shared.goal,
            deadline=shared.deadline,
            amount=shared.amount,
        )
    if lone:
        found = [
            measure
            for group in lone
            for run in _runs(alone(group))
            for measure in _measures(paper, run, _shared(paper, group), told, None, doubts)
        ]
        yield DraftProblem(place=found[0].place, title="", measures=tuple(found))


def _runs(items: Sequence[Item]) -> Iterator[Sequence[Item]]:
    """Measures of which each list is numbered anew, a list at a time: what stands below one is said of that."""
    starts = [at for at, item in enumerate(items) if at == 0 or (item.mark is not None and item.mark.number == 1)]
    for start, end in pairwise([*starts, len(items)]):
        yield items[start:end]


def _shared(paper: Paper, group: Group) -> Fields:
    """What a heading says of the measures below it."""
    return Fields() if group.item in alone(group) else paper.fields(group.item.text)[1]


def _title(words: str, item: Item) -> tuple[str, str]:
    """The title of a problem, and what its block says outside of title and measures."""
    title = _LEAD.sub("", words)
    told = ""
    for below in item.items:
        role = role_of(below)
        if role is Role.PROBLEMS and not title.strip():
            title = below.text
        elif is_field(below) or role in {Role.PROBLEMS, Role.ASIDE} or (role is not None and below.items):
            told += f"\n{below.text}"
    first, _, more = _CAUSE.sub("", title).strip().partition("\n")
    return _DANGLING.sub("", plain(first)), more + told


def _measures(
    paper: Paper, items: Sequence[Item], shared: Fields, told: Fields, problem: int | None, doubts: list[Doubt]
) -> Iterator[DraftMeasure]:
    """The measures. ``shared``: what counts for those that do not say it; ``told``: what counts if their sentences do not either."""
    read = [_read(paper, item) for item in items]
    while len(read) > 1 and not read[-1].content and not read[-1].steps:
        shared = first(read.pop().own, shared)  # an item that says nothing but owners
    if len(read) > 1 and _stands_for_all(read[-1].item, [one.own for one in read]):
        shared = first(read[-1].own, shared)
    before = Fields()
    for count, one in enumerate(read, 1):
        same = {name: getattr(before, name) for name in one.own.as_above}
        said = first(replace(one.own, **same) if same else one.own, shared)
        if one.own.deadline is None:
            said = _with_own_day(said, paper.fields(one.item.text, within=True)[1])
        before = said = first(said, told)
        number = f"{problem}-{count}" if problem else None
        doubts += doubts_of_fields(replace(said, leftovers=one.own.leftovers), paper.place(one.item))
        yield DraftMeasure(
            place=paper.place(one.item),
            content=one.content,
            number=number,
            label=paper.label(one.item),
            due=said.due,
            steps=tuple((f"{number}-{at}" if number else str(at), step) for at, step in enumerate(one.steps, 1)),
            **{name: getattr(said, name) for name in _SHARED},
        )


def _with_own_day(said: Fields, within: Fields) -> Fields:
    """The fields with the deadline that a measure's own sentence sets, which wins over that of the block (A5), if it names a day."""
    if said.deadline and not within.due:
        return said
    others = (*within.others, said.deadline) if said.deadline and said.due != within.due else within.others
    return replace(said, deadline=within.deadline, due=within.due, others=others)


@frozen
class _Read:
    """A measure's item, its content and steps without owners, and what it says itself."""

    item: Item
    content: str
    own: Fields
    steps: tuple[str, ...]


def _read(paper: Paper, item: Item) -> _Read:
    """Owners behind the last step are the measure's, if no other step has any."""
    content, own = paper.fields(item.text)
    steps = [paper.fields(step.text) for step in item.items]
    if steps and not any(_says(said) for _, said in steps[:-1]):
        own = first(own, steps[-1][1])
    return _Read(item, plain(content), own, tuple(plain(text) for text, _ in steps))


def _says(fields: Fields) -> bool:
    return any(getattr(fields, name) for name in _SHARED)


def _stands_for_all(last: Item, said: Sequence[Fields]) -> bool:
    """Whether owners and deadline behind the last measure are those of all: only it has any, on lines of their own or behind the sentence."""
    *others, own = map(_says, said)
    if not own or any(others):
        return False
    text = last.text.rstrip(" \n\u3000。；;")
    in_sentence = last.mark is not None and not last.mark.at_start
    return not text.endswith((")", "）", "】")) or (in_sentence and _APART.search(text) is not None)


def first(own: Fields, shared: Fields) -> Fields:
    """The fields of one, and what it does not say of the other. A deadline goes with what it means."""
    more = {name: getattr(shared, name) for name in _SHARED if name != "deadline" and not getattr(own, name)}
    if own.deadline is None:
        more |= {"deadline": shared.deadline, "due": shared.due}
    return replace(own, **more)


def plain(text: str) -> str:
    """A text in one line, without the sign that ends it; a full stop stays behind several sentences.

    >>> plain("甲；\\n"), plain("甲。"), plain("甲。乙。"), plain("甲乙\\n丙")
    ('甲', '甲', '甲。乙。', '甲乙 丙')
    """
    joined = ""
    text = _BULLET.sub("", text)
    for line in filter(None, (line.strip() for line in text.split("\n"))):
        joined += (" " if joined and joined[-1] not in "，。；：、,;:！？）”" else "") + line
    joined = joined.rstrip("；;，,、：: ")
    return joined[:-1] if joined.endswith("。") and "。" not in joined[:-1] else joined
