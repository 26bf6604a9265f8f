"""The text of an official paper becomes the draft of a plan: its outline is read by the words of its headings."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import fields, replace
from datetime import date

from zhenggai.deadline.meaning import Context
from zhenggai.frozen import frozen
from zhenggai.importing.content import Manuscript
from zhenggai.importing.draft import Doubt, Draft, DraftMeasure, DraftProblem, Place
from zhenggai.importing.facts import facts_in
from zhenggai.importing.marks import LABEL
from zhenggai.importing.outline import Item, outline_of
from zhenggai.importing.owners import Fields, read_fields
from zhenggai.importing.pairing import By, Pair, paired
from zhenggai.importing.phases import phases_in
from zhenggai.importing.roles import Role, role_of
from zhenggai.importing.running_text import RunningText, running_text
from zhenggai.importing.sections import sections_of


def draft_of(manuscript: Manuscript, source: str, *, year: int | None = None, issued: date | None = None) -> Draft:
    """The draft of a paper; without problems if the paper has no structure."""
    text = running_text(manuscript)
    paragraphs = text.paragraphs()
    facts = facts_in(paragraphs)
    issued = issued or facts.issued
    paper = _Paper(text, year or (issued.year if issued else facts.year), issued, facts.feedback)
    outline = outline_of(text.text)
    sections = sections_of(outline.root)
    pairs = paired(sections.problems, sections.groups)
    owners = {item.mark.number: paper.fields(item.text)[1] for item in sections.owners if item.mark}
    doubts = [*_of_breaks(paper, outline.breaks), *_of_pairs(paper, pairs)]
    problems = tuple(_problems(paper, pairs, owners))
    phases = phases_in(((item.text.strip(), text.line_at(item.start)) for item in sections.phases), paper.year)
    return Draft(
        source=source,
        title=facts.title,
        year=paper.year,
        issued=issued,
        feedback=facts.feedback,
        problems=problems,
        phases=phases,
        units=_units(problems),
        doubts=tuple(doubts),
    )


@frozen
class _Paper:
    """The text of a paper and the days that its deadlines count from."""

    text: RunningText
    year: int | None
    issued: date | None
    feedback: date | None

    def place(self, item: Item) -> Place:
        return Place(line=self.text.line_at(item.start))

    def label(self, item: Item) -> str:
        """An item's number as written."""
        mark = item.mark
        return "" if mark is None or mark.style == LABEL else self.text.text[mark.start : mark.end].strip()

    def fields(self, text: str, *, within: bool = False) -> tuple[str, Fields]:
        base = Context(self.year, self.issued, self.feedback) if self.year else None
        return read_fields(_without_end(text), self.year, base=base, within=within)


_END = re.compile(
    r"\n\s*(?:附件|附表|附[：:]|联系人|联系电话|抄送|抄报|报送[：:]|组\s*长[：:]|(?:19|20)[0-9]{2}年[0-9]{1,2}月[0-9]{1,2}日\s*$)",
    re.MULTILINE,
)


def _without_end(text: str) -> str:
    """A text without what ends a paper: attachments, the date, to whom it goes."""
    end = _END.search(text)
    return text[: end.start()] if end else text


def _problems(paper: _Paper, pairs: Sequence[Pair], owners: dict[int, Fields]) -> Iterator[DraftProblem]:
    lone: list[Item] = []
    number = 0
    for pair in pairs:
        measures = pair.group.measures if pair.group else ()
        if pair.problem is None:
            lone += measures
            continue
        number += 1
        item = pair.problem.item
        title, own = paper.fields(_own_text(item))
        title, told = _title(title, item)
        shared = _first(own, paper.fields(told)[1])
        if item.mark and item.mark.number in owners:
            shared = _first(shared, owners[item.mark.number])
        if pair.group and pair.group.item is not item:
            shared = _first(paper.fields(pair.group.item.text)[1], shared)
        yield DraftProblem(
            place=paper.place(item),
            title=title,
            number=number,
            label=paper.label(item),
            measures=tuple(_measures(paper, measures, shared, number)),
            sources=own.sources,
            aspects=pair.problem.aspects,
            details=tuple(_plain(detail.text) for detail in pair.problem.details),
            goal=own.goal,
            deadline=own.deadline,
            amount=own.amount,
        )
    if lone:
        yield DraftProblem(place=paper.place(lone[0]), title="", measures=tuple(_measures(paper, lone, Fields(), None)))


def _own_text(item: Item) -> str:
    """A problem's own words, with those of its lists that have no numbers (存在问题：…)."""
    return item.text


def _title(text: str, item: Item) -> tuple[str, str]:
    """The title of a problem, and what else its block says outside of its measures."""
    title = re.sub(r"^\s*(?:问题表现|问题描述|具体问题|存在问题|问题)[：:]\s*", "", text)
    rest = ""
    for below in item.items:
        if role_of(below) is Role.PROBLEMS and not title.strip():
            title = below.text
        elif not below.items:
            rest += f"\n{below.text}"
    first, _, more = title.strip().partition("\n")
    return _plain(first), more + rest


def _measures(paper: _Paper, items: Sequence[Item], shared: Fields, problem: int | None) -> Iterator[DraftMeasure]:
    read = [paper.fields(item.text) for item in items]
    if (
        len(items) > 1
        and _says(read[-1][1])
        and not any(_says(own) for _, own in read[:-1])
        and not _in_brackets(items[-1])
    ):
        shared = _first(read[-1][1], shared)  # the lines after the last measure are about all of them
    before = Fields()
    for count, (item, (content, own)) in enumerate(zip(items, read, strict=True), 1):
        same = {name: getattr(before, name) for name in own.as_above}
        said = _first(replace(own, **same) if same else own, shared)
        if said.deadline is None:
            within = paper.fields(item.text, within=True)[1]
            said = replace(said, deadline=within.deadline, due=within.due)
        before = said
        number = f"{problem}-{count}" if problem else None
        steps = tuple(
            (f"{number}-{at}" if number else str(at), _plain(step.text)) for at, step in enumerate(item.items, 1)
        )
        yield DraftMeasure(
            place=paper.place(item),
            content=_plain(content),
            number=number,
            label=paper.label(item),
            steps=steps,
            **{name: getattr(said, name) for name in _SHARED},
        )


_SHARED = tuple(field.name for field in fields(DraftMeasure) if field.name in {one.name for one in fields(Fields)})


def _says(own: Fields) -> bool:
    """Whether owners or a deadline are said with a label."""
    return any(getattr(own, name) for name in _SHARED)


def _first(own: Fields, shared: Fields) -> Fields:
    """The fields of one, and what it does not say of the other. A deadline goes with what it means."""
    names = [name for name in _SHARED if name not in {"deadline", "due"}]
    more = {name: getattr(shared, name) for name in names if not getattr(own, name)}
    if own.deadline is None:
        more |= {"deadline": shared.deadline, "due": shared.due}
    return replace(own, **more)


def _in_brackets(item: Item) -> bool:
    return item.text.rstrip(" \n\u3000。；;").endswith((")", "）", "】"))


def _units(problems: Sequence[DraftProblem]) -> tuple[str, ...]:
    """The units that the measures name, in order of appearance."""
    return tuple(
        dict.fromkeys(
            unit
            for problem in problems
            for measure in problem.measures
            for unit in (*measure.lead, *measure.units, *measure.supporting, *measure.guiding)
        )
    )


def _of_breaks(paper: _Paper, breaks: Sequence[object]) -> Iterator[Doubt]:
    for broken in breaks:
        mark, expected = broken.mark, broken.expected  # type: ignore[attr-defined]
        written = paper.text.text[mark.start : mark.end].strip()
        twice = mark.number < expected
        yield Doubt(
            place=Place(line=paper.text.line_at(mark.start)),
            about="编号不连续",
            what=f"“{written}”与前面的编号重复" if twice else f"“{written}”前面缺{expected}",
            why="同一级编号应当依次递增",
        )


def _of_pairs(paper: _Paper, pairs: Sequence[Pair]) -> Iterator[Doubt]:
    for number, pair in enumerate((pair for pair in pairs if pair.problem), 1):
        if pair.by is By.ORDER and pair.group and pair.problem:
            yield Doubt(
                place=paper.place(pair.group.item),
                about="同号配对",
                what=f"这里的措施算作问题{number}的",
                why="正文没有写明整改哪个问题，问题和措施的编号相同",
            )


def _plain(text: str) -> str:
    """A text in one line, without the sign that ends it."""
    lines = [line.strip() for line in text.strip().split("\n") if line.strip()]
    joined = ""
    for line in lines:
        joined += (" " if joined and joined[-1] not in "，。；：、,;:！？）”" else "") + line
    joined = joined.rstrip("；;，,、：: ")
    return joined[:-1] if joined.endswith("。") and "。" not in joined[:-1] else joined
