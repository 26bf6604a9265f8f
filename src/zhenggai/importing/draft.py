"""A plan to be: what a paper or a workbook says of problems, measures and phases, and what a person must look at.

Nothing is invented here: what the file does not say is None or empty. Texts are those of the file.
"""

from datetime import date

from zhenggai.frozen import frozen

SHOWN = 20
"""Characters of a text that a doubt shows."""


@frozen
class Place:
    """Where something stands: a line of a text, or the row of a sheet, with its cell if one is meant."""

    line: int = 0
    sheet: str = ""
    cell: str = ""


def place_words(source: str, place: Place) -> str:
    """A place in the file ``source`` for people: a cell, a sheet, a line, or the file alone.

    >>> place_words("台账.xlsx", Place(8, "台账", "B8")), place_words("台账.csv", Place(8)), place_words("台账.csv", Place())
    ('台账.xlsx:台账!B8', '台账.csv:8', '台账.csv')
    """
    if place.cell:
        return f"{source}:{place.sheet}!{place.cell}"
    return f"{source}:{place.sheet or place.line or ''}".rstrip(":")


@frozen(kw_only=True)
class DraftMeasure:
    """A measure. ``number`` is problem-measure (4-1) where both are known; ``label`` is its number as written (①).

    ``deadline`` are the file's words, ``due`` what they mean with the draft's year, None if they have no end.
    """

    place: Place
    content: str
    number: str | None = None
    label: str = ""
    lead: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    supporting: tuple[str, ...] = ()
    guiding: tuple[str, ...] = ()
    person: str | None = None
    leader: str | None = None
    leader_in_charge: str | None = None
    first_responsible: str | None = None
    deadline: str | None = None
    due: date | None = None
    goal: str | None = None
    standard: str | None = None
    rectification_type: str | None = None
    amount: str | None = None
    steps: tuple[tuple[str, str], ...] = ()
    """Number and content of each, 4-1-1."""


@frozen(kw_only=True)
class DraftProblem:
    """A problem with its measures. ``number`` is None for measures whose problem is not known; ``label`` its number as written."""

    place: Place
    title: str
    number: int | None = None
    label: str = ""
    measures: tuple[DraftMeasure, ...] = ()
    sources: tuple[str, ...] = ()
    aspects: tuple[str, ...] = ()
    details: tuple[str, ...] = ()
    nature: str | None = None
    goal: str | None = None
    deadline: str | None = None
    amount: str | None = None


@frozen(kw_only=True)
class DraftPhase:
    """A phase; ``deadline`` are the words, ``start`` and ``end`` what they mean."""

    place: Place
    name: str
    deadline: str = ""
    start: date | None = None
    end: date | None = None


@frozen(kw_only=True)
class Doubt:
    """What a person must look at. ``about`` groups equal doubts (没有写责任单位), ``what`` says it of this place, ``why`` what led there."""

    place: Place
    about: str
    what: str
    why: str = ""


@frozen(kw_only=True)
class Draft:
    """All that a file says of a plan. ``units`` are those that it names, in order of appearance."""

    source: str
    """The file's name."""
    title: str = ""
    year: int | None = None
    issued: date | None = None
    feedback: date | None = None
    problems: tuple[DraftProblem, ...] = ()
    phases: tuple[DraftPhase, ...] = ()
    units: tuple[str, ...] = ()
    aside: tuple[tuple[str, Place], ...] = ()
    """Headings whose text is no part of a plan: 总体要求, 组织领导."""
    doubts: tuple[Doubt, ...] = ()
