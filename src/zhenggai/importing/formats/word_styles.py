"""The styles of a Word file, as far as they say what is printed: hidden text, and which list a paragraph belongs to."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from docx.oxml.ns import qn

if TYPE_CHECKING:
    from zhenggai.office_file import Element

_MOST_BASES = 50  # styles that rest on one another; a file may have a circle of them
VAL = qn("w:val")
_ID, _TYPE, _DEFAULT = qn("w:styleId"), qn("w:type"), qn("w:default")
_OFF = ("0", "false", "off", "none")


class Styles:
    """The styles by their identifiers. ``styles`` is the root of the part, None if the file has none."""

    def __init__(self, styles: "Element | None") -> None:
        found = [] if styles is None else styles.findall(qn("w:style"))
        self._styles = {style.get(_ID, ""): style for style in found}
        self._hidden: dict[str, bool] = {}
        self._lists: dict[str, Sequence[tuple[Element, str]]] = {}
        self._default = next((s.get(_ID, "") for s in found if _is_default(s) and s.get(_TYPE) == "paragraph"), "")

    def of_paragraph(self, properties: "Element | None") -> str:
        """The identifier of a paragraph's style."""
        return value_of(properties, "w:pStyle") or self._default

    def bases(self, style: str) -> Iterator[tuple[str, "Element"]]:
        """A style and those that it rests on, nearest first, with their identifiers."""
        for _ in range(_MOST_BASES):
            if (found := self._styles.get(style)) is None:
                return
            yield style, found
            style = value_of(found, "w:basedOn") or ""

    def hides(self, style: str) -> bool:
        """Whether text in a style is hidden."""
        if style not in self._hidden:
            self._hidden[style] = next((is_on(mark) for mark, _ in self._settings(style, "w:rPr", "w:vanish")), False)
        return self._hidden[style]

    def hides_run(self, properties: "Element | None", paragraph_style: str) -> bool:
        """Whether a run with these properties, in a paragraph of a style, is hidden."""
        own = None if properties is None else properties.find(qn("w:vanish"))
        if own is not None:
            return is_on(own)
        style = value_of(properties, "w:rStyle")
        return self.hides(paragraph_style) or bool(style and self.hides(style))

    def list_of(self, properties: "Element | None") -> tuple[str, str | None, str] | None:
        """The list that a paragraph is in, its level there if that is said, and the style that names the list; None if it is in none."""
        style = self.of_paragraph(properties)
        own = [] if properties is None else properties.findall(qn("w:numPr"))
        numbers = [*((setting, "") for setting in own), *self._lists_of(style)]
        number, named_by = next(((n, by) for setting, by in numbers if (n := value_of(setting, "w:numId"))), ("0", ""))
        level = next((said for setting, _ in numbers if (said := value_of(setting, "w:ilvl"))), None)
        return None if number == "0" else (number, level, named_by)

    def list_of_style(self, style: str) -> str | None:
        """The list that a style of numbering stands for."""
        return next((number for setting, _ in self._lists_of(style) if (number := value_of(setting, "w:numId"))), None)

    def _lists_of(self, style: str) -> Sequence[tuple["Element", str]]:
        """What a style and its bases say of lists, and which of them says it."""
        if style not in self._lists:
            self._lists[style] = list(self._settings(style, "w:pPr", "w:numPr"))
        return self._lists[style]

    def _settings(self, style: str, kind: str, name: str) -> Iterator[tuple["Element", str]]:
        for base, found in self.bases(style):
            properties = found.find(qn(kind))
            if properties is not None and (setting := properties.find(qn(name))) is not None:
                yield setting, base


def value_of(above: "Element | None", name: str) -> str | None:
    """What the child of a name says, None if there is no such child."""
    found = None if above is None else above.find(qn(name))
    return None if found is None else found.get(VAL)


def is_on(setting: "Element | None") -> bool:
    """Whether a setting that is on or off is there, and on."""
    return setting is not None and setting.get(VAL, "1") not in _OFF


def _is_default(style: "Element") -> bool:
    return style.get(_DEFAULT, "0") not in _OFF
