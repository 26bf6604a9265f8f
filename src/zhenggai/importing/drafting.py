"""The text of an official paper becomes the draft of a plan: its outline is read by the words of its headings."""

import sys
from collections.abc import Iterator, Sequence
from datetime import date

from zhenggai.importing.blocks import alone
from zhenggai.importing.content import Manuscript
from zhenggai.importing.counts import doubts_of_counts
from zhenggai.importing.draft import Doubt, Draft, Place
from zhenggai.importing.facts import facts_in
from zhenggai.importing.field_doubts import doubts_of_blanks, doubts_of_facts, doubts_of_measures, units_of
from zhenggai.importing.joined import joined
from zhenggai.importing.measures import Paper, problems_of
from zhenggai.importing.outline import Break, outline_of
from zhenggai.importing.pairing import By, Pair, paired
from zhenggai.importing.phases import phases_in
from zhenggai.importing.plan_sheet import draft_of_records
from zhenggai.importing.records import Records, records_of
from zhenggai.importing.roles import heading
from zhenggai.importing.running_text import RunningText, running_text
from zhenggai.importing.sections import Sections, sections_of

_OF_FIELDS = frozenset({"没有写责任单位", "没有写时限"})  # told of all measures, those of tables too


def draft_of(manuscript: Manuscript, source: str, *, year: int | None = None, issued: date | None = None) -> Draft:
    """The draft of a paper; without problems if the paper has no structure."""
    text = running_text(manuscript)
    paragraphs = text.paragraphs()
    facts = facts_in(paragraphs, year, issued, _cells(text))
    paper = Paper(text, facts.year, facts.issued, facts.feedback)
    outline = outline_of(text.text)
    tables = _ledgers(text)
    sections = sections_of(outline.root, named_only=bool(tables))
    pairs = _pairs(sections)
    owners = {item.mark.number: paper.fields(item.text)[1] for item in sections.owners if item.mark}
    told = paper.fields("\n".join(item.text for item in sections.told))[1]
    doubts: list[Doubt] = []
    problems = tuple(problems_of(paper, pairs, owners, told, doubts))
    if tables:
        ledger = draft_of_records(tables, source, year=facts.year, issued=facts.issued)
        problems = joined(problems, ledger.problems)
        doubts += [doubt for doubt in ledger.doubts if doubt.about not in _OF_FIELDS]
    words = [(f"{item.mark.word if item.mark else ''}{item.text}", paper.place(item)) for item in sections.read]
    return Draft(
        source=source,
        title=facts.title,
        year=facts.year,
        issued=facts.issued,
        feedback=facts.feedback,
        problems=problems,
        phases=phases_in(_phases(paper, sections), facts.year, base=paper.base, inside=True),
        units=units_of(problems),
        aside=tuple((heading(item.text), paper.place(item)) for item in sections.aside),
        doubts=(
            *doubts_of_facts(facts),
            *doubts_of_counts(words, problems),
            *_of_breaks(paper, outline.breaks),
            *_of_pairs(paper, pairs),
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


def _ledgers(text: RunningText) -> list[Records]:
    """The tables of a paper that have problems or measures."""
    tables = [records for _, sheet in text.tables for records in records_of(sheet)]
    return [records for records in tables if records.has("问题") or records.has("内容")]


def _cells(text: RunningText) -> list[tuple[str, int]]:
    """The texts of the tables, each with its line."""
    return [
        (cell.text, row.number) for _, sheet in text.tables for row in sheet.rows for cell in row.cells if cell.text
    ]


def _phases(paper: Paper, sections: Sections) -> Iterator[tuple[str, int]]:
    for item in sections.phases:
        number = paper.label(item) if item.mark and item.mark.style == "阶段" else ""
        yield number + item.text.strip(), paper.place(item).line


def _of_breaks(paper: Paper, breaks: Sequence[Break]) -> Iterator[Doubt]:
    for broken in breaks:
        mark = broken.mark
        written = paper.text.text[mark.start : mark.end].strip()
        twice = mark.number < broken.expected
        yield Doubt(
            place=Place(line=paper.text.line_at(mark.start)),
            about="编号不连续",
            what=f"“{written}”与前面的编号重复" if twice else f"“{written}”前面缺第{broken.expected}",
            why="同一级的编号应当依次递增",
        )


def _of_pairs(paper: Paper, pairs: Sequence[Pair]) -> Iterator[Doubt]:
    for number, pair in enumerate((pair for pair in pairs if pair.problem), 1):
        if pair.by is By.ORDER and pair.group and pair.problem:
            yield Doubt(
                place=paper.place(pair.group.item),
                about="同号配对",
                what=f"照编号算作问题{number}的措施",
                why="正文没有写明整改哪个问题，只是编号相同",
            )
        if pair.problem and not (pair.group and pair.group.measures):
            yield Doubt(
                place=paper.place(pair.problem.item), about="没有写整改措施", what=f"问题{number} 没有写整改措施"
            )
    lone = [pair.group for pair in pairs if pair.problem is None and pair.group]
    if lone:
        yield Doubt(
            place=paper.place(lone[0].item),
            about="不知道整改哪个问题",
            what=f"{sum(len(alone(group)) for group in lone)}项措施不知道整改哪个问题",
            why="正文没有写明，归入没有编号的问题",
        )
