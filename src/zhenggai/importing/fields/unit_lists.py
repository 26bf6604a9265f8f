"""Lists of units as papers write them: 县教育局（牵头）、各乡镇（街道）党（工）委，党政办（张三）、县直各有关单位等."""

import re
from collections.abc import Iterable

from zhenggai.frozen import fluid, frozen
from zhenggai.importing.fields.brackets import pieces
from zhenggai.importing.fields.owner_labels import PARTS, Field
from zhenggai.importing.fields.people import is_person, joined_names, names_a_post
from zhenggai.importing.fields.unit_names import LONGEST_NAME, is_nothing, is_unit, names_apart

_ETC = re.compile(
    "等(?:[^等、，,]{0,8}(?:单位|部门|组织|企业|镇街|乡镇|科室))?$|等[0-9一二三四五六七八九十]+[个家].{0,6}$"
)
_REMARK = re.compile(r"[(（\[【]([^()（）\[\]【】]*)[)）\]】]$")
_ALL_TOGETHER = re.compile(
    "(?:等)?(?:(?:按照?|根据)(?:各自)?(?:职责|职能|责任|分工|任务)+(?:分别|共同)?|分别|共同|分工|具体)*"
    "(?:负责|落实|抓好|推进|实施|配合)+$"
)
_SENTENCE_END = re.compile("。")
_EDGE = " \u3000\xa0.:：…"
_PARTIAL = re.compile("[(（](?:负责|主要负责)[^()（）]*[)）]$")
_NOT_DECIDED = frozenset(("待定", "待明确", "待落实", "另行确定"))
_BETWEEN = "、，,；;\n"


@frozen
class Listed:
    """What a list names: units, each with the part that a bracket gives it (牵头), persons, and what is neither (等相关单位)."""

    units: tuple[tuple[str, Field | None], ...] = ()
    people: tuple[str, ...] = ()
    leftovers: tuple[str, ...] = ()


def listed(text: str, *, people_too: bool = False) -> Listed:
    """The units in a list, and the persons beside them. ``people_too``: persons may stand alone, as under 责任单位及责任人.

    >>> found = listed("县发展和改革局（牵头）、县教育局和县财政局，党政办（张三）等相关单位")
    >>> [name for name, _ in found.units], found.people, found.leftovers
    (['县发展和改革局', '县教育局', '县财政局', '党政办'], ('张三',), ('等相关单位',))
    """
    text, *notes = _SENTENCE_END.split(joined_names(text))
    found = _Found({}, [], [note for note in notes if note.strip(_EDGE)], people_too)
    for piece in pieces(text, _BETWEEN):
        words = _words(_ALL_TOGETHER.sub("", piece))
        if any(map(is_person, words)) and len(words) > 1:
            found.people.append("".join(word for word in words if not is_unit(word)))
            words = [word for word in words if is_unit(word)]
        for word in words:
            found.take(word)
    return Listed(tuple(found.units.items()), tuple(found.people), tuple(found.leftovers))


@fluid
class _Found:
    """What was found in a list so far."""

    units: dict[str, Field | None]
    people: list[str]
    leftovers: list[str]
    people_too: bool

    def take(self, word: str) -> None:
        """Take in one name with what stands behind it: 等相关单位, （负责经费）, （牵头）, （张三）."""
        if etc := _ETC.search(word):
            self.leftovers += [etc[0]] if etc[0] != "等" else []
            word = word[: etc.start()]
        if partial := _PARTIAL.search(word):
            self.leftovers.append(word)
            word = word[: partial.start()]
        name, part, person = _without_remark(word.strip(_EDGE))
        self.people += [person] if person else []
        if not name or is_nothing(name):
            return
        if (self.people_too and is_person(name)) or (names_a_post(name) and not is_unit(name)):
            self.people.append(name)
        elif len(name) > LONGEST_NAME or name in _NOT_DECIDED:
            self.leftovers.append(name)
        else:
            self.units.setdefault(_whole(name, self.units), part)


def _whole(name: str, before: Iterable[str]) -> str:
    """A name with what it shares with the one before it: 各市党委、政府 are 各市党委 and 各市政府."""
    last = [*before][-1:]
    if name in ("政府", "人民政府") and last and last[0].endswith("党委"):
        return last[0].removesuffix("党委") + name
    return name


def _words(piece: str) -> list[str]:
    """The names in a piece of a list between which there is only a blank or a stroke, if they are names of units or persons."""
    for blanks in (" \u3000\xa0\t", "/／"):
        words = list(filter(None, pieces(piece, blanks)))
        if len(words) > 1 and all(is_unit(word) or is_person(word) or names_a_post(word) for word in words):
            return words
    return names_apart(piece)


def _without_remark(word: str) -> tuple[str, Field | None, str]:
    """A name without the bracket behind it, and the part or person that stands there; （党委） belongs to the name."""
    if (remark := _REMARK.search(word)) and remark.start():
        name = word[: remark.start()].strip(_EDGE)
        for role, field in PARTS.items():
            if remark[1].startswith(role):
                return name, field, ""
        people = [one for one in pieces(joined_names(remark[1]), "、，, ") if one]
        if people and all(is_person(one) or (names_a_post(one) and not is_unit(one)) for one in people):
            return name, None, "、".join(people)
    return word, None, ""
