"""The text of paragraphs that somebody else wrote: found, and said anew in the form that it has.

A paragraph's text is in pieces of several forms; a place such as ``{{标题}}`` may begin in one and end in another.
"""

import re
from collections.abc import Callable, Iterator
from copy import deepcopy
from itertools import takewhile
from typing import TYPE_CHECKING, Final, cast

from docx.oxml.ns import qn

from zhenggai.render.docx.markup import run, shown

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement

PLACE: Final = re.compile(r"(?:\{\{|｛｛)\s*([^{}｛｝]{1,60}?)\s*(?:\}\}|｝｝)")
UNCLOSED: Final = re.compile(r"((?:\{\{|｛｛)[^{}｛｝]{1,20})")

_ALONE: Final = ("w:sectPr", "w:bookmarkStart", "w:bookmarkEnd", "w:drawing", "w:pict")


def within(holder: "BaseOxmlElement", tag: str) -> list["BaseOxmlElement"]:
    """All elements of a tag (``w:p``) in another one."""
    return cast("list[BaseOxmlElement]", list(holder.iter(qn(tag))))


def like(form: "BaseOxmlElement", text: str) -> "BaseOxmlElement":
    """A paragraph in the form of another, without what hangs on that one alone."""
    made = deepcopy(form)
    for tag in _ALONE:
        for element in within(made, tag):
            remove(element)
    say(made, text)
    return made


def _own_texts(holder: "BaseOxmlElement") -> Iterator["BaseOxmlElement"]:
    """The pieces of a paragraph's text, without those of text boxes that hang on it; or of a part of a paragraph."""
    for piece in within(holder, "w:t"):
        above = takewhile(lambda element: element is not holder, piece.iterancestors())
        if all(element.tag != qn("w:p") for element in above):
            yield piece


def text_of(paragraph: "BaseOxmlElement") -> str:
    """The text of a paragraph, in one piece."""
    return "".join(piece.text or "" for piece in _own_texts(paragraph))


def say(holder: "BaseOxmlElement", text: str) -> None:
    """Let a paragraph or a part of one say this, in the form that its text has at its beginning."""
    pieces = list(_own_texts(holder))
    if not pieces:
        holder.append(run(text))
    for nth, piece in enumerate(pieces):
        _set(piece, "" if nth else text)


def replace_places(paragraph: "BaseOxmlElement", said: Callable[[str], str | None]) -> None:
    """Put what is said in the places of a paragraph, from the last to the first; of a place in pieces the first gives the form."""
    for match in reversed(list(PLACE.finditer(text_of(paragraph)))):
        if (text := said(match[1])) is None:
            continue
        at, instead = 0, shown(text)
        for piece in list(_own_texts(paragraph)):
            old = piece.text or ""
            start, end = max(match.start() - at, 0), min(match.end() - at, len(old))
            at += len(old)
            if start < end:
                _set(piece, old[:start] + instead + old[end:])
                instead = ""


def _set(piece: "BaseOxmlElement", text: str) -> None:
    piece.text = text
    piece.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def remove(element: "BaseOxmlElement") -> None:
    """Remove an element from its parent."""
    if (parent := element.getparent()) is not None:
        parent.remove(element)
