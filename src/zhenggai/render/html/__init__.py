"""A document as one HTML page, for a browser and for paper: style, script and drawings are in the file, and it asks nothing of any server.

Jinja2 escapes all data, after ``visible``. The page's policy (CSP) allows its own style and script, by their digests, and nothing else;
so there are no style attributes: drawings are SVG in shares of their width. Without the script the page lacks only the choice of rows.
"""

import re
from base64 import b64encode
from collections.abc import Iterable, Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup, escape

from zhenggai.document import Choice, Document, Facet, Heading, Report, TableForm, Tone
from zhenggai.document.drawing import Tick
from zhenggai.render.html.curve import plotted
from zhenggai.render.html.sections import lead_of, sections_of
from zhenggai.render.html.tables import region_of, shown_table
from zhenggai.render.title import title_parts, title_units
from zhenggai.render.visible import visible

_TEMPLATES: Final = Path(__file__).parent / "templates"
_LONG: Final = 160  # characters of a text that a brief page shows whole
_WORD: Final = 15  # characters of a word of a title that is not broken
_HYPHENED: Final = re.compile(r"(?<![\d-])\d{1,4}(?:-\d{1,4}){1,3}(?![\d-])")
_TONES: Final = {Tone.RED: "r", Tone.YELLOW: "y", Tone.GREEN: "g", Tone.BLUE: "b", Tone.DIM: "d", Tone.PLAIN: "p"}


def render(report: Report, *, width: int | None = None, colour: bool = False) -> str:
    """The report's document as a page; ``width`` and ``colour`` have no effect."""
    return page_of(report.document())


def page_of(document: Document) -> str:
    """``document`` as a page."""
    lead = lead_of(document.blocks)
    top = min((block.level for block in document.blocks if isinstance(block, Heading)), default=1)
    style, script = _file("page.css"), _file("page.js")
    return _template().render(
        title=document.title,
        letterhead=document.letterhead,
        lead=lead,
        top=top,
        sections=list(sections_of(document.blocks[len(lead) :], top)),
        brief=document.brief,
        facets=[(facet.name, _by_group(facet)) for facet in document.facets],
        places={choice.key: n for n, choice in enumerate(c for facet in document.facets for c in facet.choices)},
        style=Markup(style),  # files of our own, which are not escaped
        script=Markup(script),
        style_digest=_digest(style),
        script_digest=_digest(script),
    )


def _by_group(facet: Facet) -> Mapping[str, list[Choice]]:
    groups: dict[str, list[Choice]] = {}
    for choice in facet.choices:
        groups.setdefault(choice.group, []).append(choice)
    return groups


@cache
def _template() -> Template:
    made = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        finalize=_shown,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.globals["TableForm"] = TableForm
    made.filters |= {
        "kind": _kind,
        "tone": _TONES.__getitem__,
        "share": _share,
        "uprights": _uprights,
        "whole": _whole,
        "is_long": _is_long,
        "titled": _titled,
        "region": region_of,
        "shown_table": shown_table,
        "plotted": plotted,
    }
    return made.get_template("page.html.j2")


def _shown(value: Any) -> Any:
    """What is put out of a value: data are made visible first, markup stays."""
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _file(name: str) -> str:
    return (_TEMPLATES / name).read_text("utf-8")


def _digest(text: str) -> str:
    return b64encode(sha256(text.encode()).digest()).decode()


def _kind(block: object) -> str:
    return type(block).__name__


def _share(share: float) -> str:
    """A share as SVG takes it.

    >>> _share(0.5), _share(0.12345), _share(1)
    ('50%', '12.3%', '100%')
    """
    return f"{round(share * 100, 1):g}%"


def _uprights(ticks: Iterable[Tick]) -> str:
    """Lines from the top to the bottom of paper of 100 × 1, as one path: a line of its own for each would be most of a long table.

    >>> _uprights([Tick(0.1, "3月"), Tick(0.25, "4月")])
    'M10 0v1M25 0v1'
    """
    return "".join(f"M{round(tick.at * 100, 1):g} 0v1" for tick in ticks)


def _titled(title: str) -> Markup:
    """A title that is broken between words, and first before what it ends with in brackets or behind its colon.

    >>> _titled("某县整改：看板")
    Markup('<span>某县<i>整改：</i></span><span>看板</span>')
    """
    parts = title_parts(title)
    if len(parts) > 1:
        return Markup("").join(Markup("<span>{}</span>").format(_titled(part)) for part in parts)
    units = title_units(visible(title))
    return Markup("").join(
        Markup("<i>{}</i>").format(unit) if 1 < len(unit) <= _WORD else escape(unit) for unit in units
    )


def _is_long(text: str) -> bool:
    """Whether a brief page shows the first lines of a text only."""
    return len(text) > _LONG


def _whole(text: str) -> Markup:
    """A text in which dates and numbers such as 2-1 are not broken at their hyphens, as browsers would.

    >>> _whole("<2-1> 截至 2020-10-31")
    Markup('&lt;<i>2-1</i>&gt; 截至 <i>2020-10-31</i>')
    >>> _whole("1-2-3-4-5-6-7-8-9")
    Markup('1-2-3-4-5-6-7-8-9')
    """
    return Markup(_HYPHENED.sub(r"<i>\g<0></i>", str(escape(visible(text)))))
