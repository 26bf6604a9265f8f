"""A document as one HTML page, for a browser and for paper: style, script and drawings are in the file, and it asks nothing of any server.

Jinja2 escapes all data, after ``visible``. The page's policy (CSP) allows its own style and script, by their digests, and nothing else;
so there are no style attributes: drawings are SVG in shares of their width. Without the script the page lacks only the choice of rows.
"""

import re
from base64 import b64encode
from collections.abc import Iterator, Sequence
from functools import cache
from hashlib import sha256
from itertools import groupby, takewhile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from zhenggai.document import (
    Bar,
    Block,
    Choice,
    Document,
    Facet,
    Heading,
    Para,
    ParaRole,
    Table,
    TableForm,
    Tone,
)
from zhenggai.render.html.curve import plotted
from zhenggai.render.html.tables import grid_of, width_of
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
_TALL: Final = 20  # rows above which its heads stay in sight
_HYPHENED: Final = re.compile(r"(?<![\d-])\d{1,4}(?:-\d{1,4}){1,3}(?![\d-])")
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
        "grid": grid_of,
        "width": width_of,
        "plotted": plotted,
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
    return isinstance(block, Para) and block.role is ParaRole.BODY and len(block.text) <= _LEAD


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
        return any(table.landscape or width_of(table) > _WIDE for table in tables)

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
