"""The text of an official paper becomes the draft of a plan: its outline is read by the words of its headings."""

import sys
from collections.abc import Iterable, Iterator
from datetime import date

from zhenggai.importing.content import Manuscript
from zhenggai.importing.draft import Doubt, Draft, Place
from zhenggai.importing.fields.facts import facts_in
from zhenggai.importing.fields.field_doubts import doubts_of_blanks, doubts_of_facts, doubts_of_measures, units_of
from zhenggai.importing.fields.phases import phases_in
from zhenggai.importing.paper.counts import doubts_of_counts
from zhenggai.importing.paper.item_texts import closings, said_of_all
from zhenggai.importing.paper.measures import Paper, first, problems_of
from zhenggai.importing.paper.outline import Item, outline_of
from zhenggai.importing.paper.pairing import Pair, paired
from zhenggai.importing.paper.paper_tables import cells_in, joined, ledgers_in
from zhenggai.importing.paper.roles import heading
from zhenggai.importing.paper.running_text import running_text
from zhenggai.importing.paper.sections import Sections, sections_of
from zhenggai.importing.paper.structure_doubts import doubts_of_breaks, doubts_of_pairs, doubts_of_problems
from zhenggai.importing.sheets.plan_sheet import draft_of_records

_OF_FIELDS = frozenset({"没有写责任单位", "没有写时限", "没有写整改措施"})  # told of all measures, those of tables too


def draft_of(manuscript: Manuscript, source: str, *, year: int | None = None, issued: date | None = None) -> Draft:
    """The draft of a paper; without problems if the paper has no structure."""
    text = running_text(manuscript)
    paragraphs = text.paragraphs()
    facts = facts_in(paragraphs, year, issued, cells_in(text))
    paper = Paper(text, facts.year, facts.issued, facts.feedback)
    outline = outline_of(text.text)
    tables = ledgers_in(text)
    sections = sections_of(outline.root, named_only=bool(tables))
    pairs = _pairs(sections)
    owners = {item.mark.number: paper.fields(item.text)[1] for item in sections.owners if item.mark}
    told = paper.fields("\n".join(item.text for item in sections.told))[1]
    told = first(told, paper.fields(said_of_all(text.text), within=True)[1])
    doubts: list[Doubt] = []
    problems = tuple(problems_of(paper, pairs, owners, told, doubts))
    if tables:
        ledger = draft_of_records(tables, source, year=facts.year, issued=facts.issued)
        problems = joined(problems, ledger.problems)
        doubts += [doubt for doubt in ledger.doubts if doubt.about not in _OF_FIELDS]
    return Draft(
        source=source,
        title=facts.title,
        year=facts.year,
        issued=facts.issued,
        feedback=facts.feedback,
        problems=problems,
        phases=phases_in(_phases(paper, sections), facts.year, base=paper.base, inside=True),
        units=units_of(problems),
        aside=(
            *((heading(item.text), paper.place(item)) for item in sections.aside),
            *((heading(words), Place(line=text.line_at(start))) for words, start in closings(text.text)),
        ),
        doubts=(
            *doubts_of_facts(facts),
            *doubts_of_counts(_lines(paper, sections.read), _lines(paper, _whole(sections.aside)), problems),
            *doubts_of_breaks(paper, outline.breaks),
            *doubts_of_pairs(paper, pairs),
            *doubts_of_problems(problems),
            *doubts,
            *doubts_of_measures(problems, paper.base),
            *doubts_of_blanks(paragraphs),
        )
        if problems
        else (),
    )


def _pairs(sections: Sections) -> list[Pair]:
    """The problems with their measures in the order of the paper, then the measures of none."""
    pairs = [pair for part in (sections, *sections.parts) for pair in paired(part.problems, part.groups)]
    return sorted(pairs, key=lambda pair: pair.problem.item.start if pair.problem else sys.maxsize)


def _lines(paper: Paper, items: Iterable[Item]) -> Iterator[tuple[str, Place]]:
    """The lines of items, each with its place."""
    for item in items:
        start = item.mark.end if item.mark else item.start
        head = item.mark.word if item.mark else ""
        for line in item.text.splitlines(keepends=True) or [""]:
            yield head + line, Place(paper.text.line_at(start))
            start, head = start + len(line), ""


def _whole(items: Iterable[Item]) -> Iterator[Item]:
    """Items and all that stand below them."""
    for item in items:
        yield item
        yield from _whole(item.items)


def _phases(paper: Paper, sections: Sections) -> Iterator[tuple[str, int]]:
    for item in sections.phases:
        number = paper.label(item) if item.mark and item.mark.style == "阶段" else ""
        yield number + item.text.strip(), paper.place(item).line
