"""Elements of WordprocessingML: runs of text and paragraphs."""

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final, cast

from docx.oxml.ns import nsmap
from docx.oxml.parser import oxml_parser

from zhenggai.render.visible import visible

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement

UNBREAKABLE_HYPHEN: Final = "\u2011"
_NAMESPACES: Final = {"w": nsmap["w"]}
_W: Final = f"{{{nsmap['w']}}}"
_AMBIGUOUS = re.compile("[\u00a0-\u00ff\u2000-\u2010\u2012-\u2bff]")  # Latin or Chinese: “ ” … — × and the like
_HYPHEN = re.compile("(?<=[0-9A-Za-z])-(?=[0-9A-Za-z])")


def element(tag: str, *children: "BaseOxmlElement", **attributes: str | int) -> "BaseOxmlElement":
    """The element ``w:tag`` with attributes of the same namespace.

    >>> element("spacing", line=560, lineRule="exact").values()
    ['560', 'exact']
    """
    made = cast("BaseOxmlElement", oxml_parser.makeelement(_W + tag, nsmap=_NAMESPACES))
    for name, value in attributes.items():
        made.set(_W + name, str(value))
    made.extend(children)
    return made


def shown(text: str) -> str:
    """``text`` for a Word file: control characters made visible, ends stripped, non-breaking hyphens (U+2011).

    >>> shown(" 2-1 党建 - 2020-06-30").replace(UNBREAKABLE_HYPHEN, "~")
    '2~1 党建 - 2020~06~30'
    """
    return _HYPHEN.sub(UNBREAKABLE_HYPHEN, visible(text).strip())


def run(text: str, *letters: "BaseOxmlElement") -> "BaseOxmlElement":
    """A run of text; ``letters`` are properties beside the style's. What may be Latin is marked as Chinese: only so do “ ” … — have the full width."""
    said = element("t")
    said.text = text
    if text != text.strip(" "):
        said.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    hint = [element("rFonts", hint="eastAsia")] if _AMBIGUOUS.search(text) else []
    return element("r", *([element("rPr", *hint, *letters)] if hint or letters else []), said)


def lines(texts: Iterable[str]) -> Iterator["BaseOxmlElement"]:
    """The runs of several texts, each on a line of its own."""
    for nth, text in enumerate(texts):
        if nth:
            yield element("r", element("br"))
        yield run(text)


def tab() -> "BaseOxmlElement":
    """A run that goes on to the next tab stop."""
    return element("r", element("tab"))


def paragraph(style: str, content: Iterable["BaseOxmlElement"], *properties: "BaseOxmlElement") -> "BaseOxmlElement":
    """A paragraph of a style, by the style's identifier; ``properties`` in the order of the schema."""
    return element("p", element("pPr", element("pStyle", val=style), *properties), *content)
