"""A document as one HTML page, for a browser and for paper: style, script and drawings are in the file, and it asks nothing of any server.

Jinja2 escapes all data, after ``visible``. The page's policy (CSP) allows its own style and script, by their digests, and nothing else;
so there are no style attributes: drawings are SVG in shares of their width. Without the script the page lacks only the choice of rows.
"""

import re
from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from hashlib import sha256
from itertools import chain, count, groupby, repeat, takewhile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from zhenggai.document import (
    Bar,
    Block,
    Cell,
    Choice,
    Column,
    Curve,
    Document,
    Facet,
    Heading,
    Line,
    Para,
    Table,
    TableForm,
    Tone,
)
from zhenggai.render.visible import visible

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

    from zhenggai.document import Report

_TEMPLATES: Final = Path(__file__).parent / "templates"
_LEAD: Final = 60  # characters of a paragraph that stands below the title
_ASIDE: Final = 5  # columns of tables that stand side by side, if they have the same
_BROAD: Final = 6  # columns above which a table may need to be scrolled in a narrow window
_WIDE: Final = 10  # columns above which it may need to be in any
_LONG: Final = 20  # characters above which a cell is broken, whatever its column says
_TALL: Final = 20  # rows above which its heads stay in sight
_HYPHENED: Final = re.compile(r"(?<![\d-])\d{1,4}(?:-\d{1,4}){1,3}(?![\d-])")
_NEAR_END: Final = 0.8  # of an axis: what begins after it has no room for its name
_TAG: Final = 0.075  # of a curve's height: that of a name
_TONES: Final = {Tone.RED: "r", Tone.YELLOW: "y", Tone.GREEN: "g", Tone.BLUE: "b", Tone.DIM: "d", Tone.PLAIN: "p"}


def render(report: "Report", *, width: int | None = None, colour: bool = False) -> str:
    """The report's document as a page; ``width`` and ``colour`` have no effect."""
    return page_of(report.document())


def page_of(document: Document) -> str:
    """``document`` as a page."""
    lead = list(takewhile(_is_lead, document.blocks))
    top = min((block.level for block in document.blocks if isinstance(block, Heading)), default=1)
    style, script = _file("page.css"), _file("page.js")
    return (
        _environment()
        .get_template("page.html.j2")
        .render(
            title=document.title,
            lead=lead,
            top=top,
            sections=list(_sections(document.blocks[len(lead) :], top)),
            broad=_BROAD,
            wide=_WIDE,
            tall=_TALL,
            facets=[(facet.name, _by_group(facet)) for facet in document.facets],
            places={choice.key: n for n, choice in enumerate(c for facet in document.facets for c in facet.choices)},
            style=_Trusted(style),
            script=_Trusted(script),
            style_digest=_digest(style),
            script_digest=_digest(script),
        )
    )


def _by_group(facet: Facet) -> dict[str, list[Choice]]:
    groups: dict[str, list[Choice]] = {}
    for choice in facet.choices:
        groups.setdefault(choice.group, []).append(choice)
    return groups


class _Trusted(str):
    """A file of our own, which is not escaped."""

    __slots__ = ()

    def __html__(self) -> str:
        return self


@cache
def _environment() -> "Environment":
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # imported here: pages only need it

    made = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        finalize=_shown,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters |= {
        "kind": _kind,
        "tone": _TONES.__getitem__,
        "share": _share,
        "whole": _whole,
        "grid": _grid,
        "width": _width,
        "plotted": _plotted,
    }
    return made


def _shown(value: Any) -> Any:
    """What is put out of a value: data are made visible first, markup stays."""
    return visible(value) if isinstance(value, str) and not hasattr(value, "__html__") else value


def _file(name: str) -> str:
    return (_TEMPLATES / name).read_text("utf-8")


def _digest(text: str) -> str:
    return b64encode(sha256(text.encode()).digest()).decode()


def _is_lead(block: Block) -> bool:
    return isinstance(block, Para) and len(block.text) <= _LEAD


def _kind(block: object) -> str:
    return type(block).__name__


def _share(share: float) -> str:
    """A share as SVG takes it.

    >>> _share(0.5), _share(0.12345), _share(1)
    ('50%', '12.3%', '100%')
    """
    return f"{round(share * 100, 1):g}%"


def _whole(text: str) -> "Markup":
    """A text in which dates and numbers such as 2-1 are not broken at their hyphens, as browsers would.

    >>> _whole("<2-1> 截至 2020-10-31")
    Markup('&lt;<i>2-1</i>&gt; 截至 <i>2020-10-31</i>')
    >>> _whole("1-2-3-4-5-6-7-8-9")
    Markup('1-2-3-4-5-6-7-8-9')
    """
    from markupsafe import Markup, escape  # imported here: pages only need it

    return Markup(_HYPHENED.sub(r"<i>\g<0></i>", str(escape(visible(text)))))


class _Section(NamedTuple):
    """What stands under a heading of the highest level, in runs: tables of the same few columns stand side by side, bars below each other."""

    heading: Heading | None
    runs: Sequence[Sequence[Block]]

    @property
    def lies(self) -> bool:
        """Whether it needs paper that lies on its side."""
        tables = (block for run in self.runs for block in run if isinstance(block, Table))
        return any(table.landscape or _width(table) > _WIDE for table in tables)

    @property
    def classes(self) -> str:
        """How it stands on paper."""
        is_attachment = self.heading is not None and self.heading.attachment
        return " ".join(name for name, is_so in (("lying", self.lies), ("attachment", is_attachment)) if is_so)


def _sections(blocks: Sequence[Block], top: int) -> Iterator[_Section]:
    heading: Heading | None = None
    under: list[Block] = []
    for block in blocks:
        if isinstance(block, Heading) and block.level == top:
            if heading or under:
                yield _Section(heading, _runs(under))
            heading, under = block, []
        else:
            under.append(block)
    if heading or under:
        yield _Section(heading, _runs(under))


def _runs(blocks: Sequence[Block]) -> list[list[Block]]:
    numbered = enumerate(blocks)
    return [[block for _, block in run] for _, run in groupby(numbered, lambda item: _likeness(*item))]


def _likeness(number: int, block: Block) -> object:
    """What neighbours in one run have in common; for any other block, what it has alone."""
    if isinstance(block, Table) and block.form is TableForm.LIST and len(block.columns) <= _ASIDE:
        return tuple(column.head for column in block.columns)
    return "bars" if isinstance(block, Bar) else number


def _width(table: Table) -> int:
    """How many columns a page shows."""
    return sum(not column.paper for column in table.columns)


class _ShownCell(NamedTuple):
    """A cell with its column, the classes of its element, whether its words are a badge, and over how many rows it stands."""

    cell: Cell
    column: Column
    classes: str
    badge: bool
    rows: int = 1


class _Row(NamedTuple):
    """A row: its cells, or the text of a heading that stands across; ``places`` are those of the choices that it belongs to."""

    cells: Sequence[_ShownCell]
    heading: str
    places: Sequence[int]


class _Grid(NamedTuple):
    """A table as it is shown: without the columns for paper, and those whose cells stand across as headings."""

    heads: Sequence[tuple[Column, str]]
    rows: Sequence[_Row]
    footer: Sequence[_ShownCell]


def _grid(table: Table, places: Mapping[str, int]) -> _Grid:
    """A table with what its merged cells say once: across as headings, or each over its rows where no rows can be picked."""
    across = [n for n, column in enumerate(table.columns) if column.merged and table.form is TableForm.GROUPS]
    shown = [n for n, column in enumerate(table.columns) if not column.paper and n not in across]
    title = None if table.columns[shown[0]].wrap else next((n for n in shown if table.columns[n].wrap), None)
    spans = list(_spans(table)) if not table.keys and table.form is TableForm.LIST else []

    def cells(of: Sequence[Cell], over: Sequence[int] = ()) -> list[_ShownCell]:
        made = [_shown_cell(of[n], table.columns[n], n == title)._replace(rows=over[n] if over else 1) for n in shown]
        return [cell for cell in made if cell.rows]

    rows: list[_Row] = []
    heading, of_heading = "", list[int]()
    for nth, (row, keys) in enumerate(zip(table.rows, chain(table.keys, repeat(())), strict=False)):
        own = [places[key] for key in keys if key in places]
        said = [cell.text for cell in row if cell.text]
        above = "　".join(row[n].text for n in across)
        if len(said) == 1 and not row[0].text and not keys:  # made by Table.under
            rows.append(_Row((), said[0], of_heading := []))
            continue
        if above != heading:
            heading = above
            rows.append(_Row((), heading, of_heading := []))
        of_heading += own
        rows.append(_Row(cells(row, spans[nth] if spans else ()), "", own))
    lanes = {n for row in table.rows for n, cell in enumerate(row) if cell.lane}
    heads = [
        (table.columns[n], _classes(table.columns[n], table.columns[n].wrap, n == title, n in lanes)) for n in shown
    ]
    return _Grid(heads, rows, cells(table.footer) if table.footer else ())


def _spans(table: Table) -> Iterator[list[int]]:
    """For each row over how many rows each of its cells stands; 0 for one that the cell above stands over too."""
    below = [1] * len(table.columns)
    found = []
    for again in reversed(list(table.continued())):
        found.append([0 if n in again else rows for n, rows in enumerate(below)])
        below = [rows + 1 if n in again else 1 for n, rows in enumerate(below)]
    yield from reversed(found)


def _shown_cell(cell: Cell, column: Column, is_title: bool) -> _ShownCell:
    badge = bool(cell.tone) and cell.text.startswith(cell.tone)
    is_free = column.wrap or len(cell.text) > _LONG
    return _ShownCell(cell, column, _classes(column, is_free, is_title, cell.lane is not None), badge)


def _classes(column: Column, is_free: bool, is_title: bool, has_lane: bool) -> str:
    """Numbers, free text, the free text that names the row, bars, bars on a scale."""
    names = {"n": column.numeric, "w": is_free, "t": is_title, "l": has_lane, "s": column.scale is not None}
    return " ".join(name for name, is_so in names.items() if is_so)


class _Plot(NamedTuple):
    """A curve on paper of 100 × 100: its lines as points, and the numbers along its side at their heights, from the top.

    ``tags`` are the names of lines at their ends; ``needs_margin``: they stand beside the paper.
    """

    lines: Sequence[tuple[Line, str]]
    heights: Sequence[tuple[int, float]]
    tags: Sequence[tuple[Line, float]]
    needs_margin: bool


def _plotted(curve: Curve) -> _Plot:
    sides = _sides(max((number for line in curve.lines for number in line.numbers), default=0))
    top = sides[-1]

    def points(line: Line) -> str:
        return " ".join(
            f"{at * 100:.4g},{100 - number * 100 / top:.4g}" for at, number in zip(line.at, line.numbers, strict=True)
        )

    drawn = [(line, points(line)) for line in curve.lines]
    ends = {line: 1 - line.numbers[-1] / top for line in curve.lines if line.numbers and not line.is_dashed}
    needs_margin = any(line.at[-1] > _NEAR_END for line in ends)
    return _Plot(drawn, [(number, 1 - number / top) for number in sides], _apart(ends), needs_margin)


def _apart(ends: Mapping[Line, float]) -> list[tuple[Line, float]]:
    """Lines with heights near their own, from the top, at which their names do not touch."""
    found: list[tuple[Line, float]] = []
    above = 1 + _TAG
    for line, height in sorted(ends.items(), key=lambda item: -item[1]):  # the lowest first: they are pushed up
        above = min(height, above - _TAG)
        found.append((line, above))
    return found


def _sides(most: int) -> list[int]:
    """The numbers along the side of a curve that reaches up to ``most``: at most six, from 0.

    >>> _sides(0), _sides(4), _sides(48), _sides(168)
    ([0, 1], [0, 1, 2, 3, 4], [0, 10, 20, 30, 40, 50], [0, 50, 100, 150, 200])
    """
    steps = (factor * 10**power for power in count() for factor in (1, 2, 5))
    step = next(step for step in steps if step * 5 >= most)
    return [n * step for n in range(max(-(-most // step), 1) + 1)]
