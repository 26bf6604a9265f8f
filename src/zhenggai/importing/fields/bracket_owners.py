"""What a bracket behind a measure says of its owners and deadline. Any other bracket belongs to the text.

Three kinds count: with labels （牵头单位：甲局；完成时限：6月底前）, with verbs （甲局牵头，乙局、各乡镇配合，6月底前完成）, and names or a deadline
alone （甲局、乙局，6月底前）, these at the end of a sentence only.
"""

import re

from zhenggai.frozen import frozen
from zhenggai.importing.fields.brackets import pieces
from zhenggai.importing.fields.deadline_words import is_deadline, may_be_deadline
from zhenggai.importing.fields.owner_labels import COLONS, PARTS, Field, Label, label_before, label_of_line
from zhenggai.importing.fields.unit_names import is_unit

_VERB = "|".join(word for word in PARTS if "责任" not in word)
_ROLE = re.compile(
    f"(?P<names>[^。；;：:]+?)(?:按(?:照)?(?:各自)?(?:职责|责任)?(?:分工|职责)(?:分别|抓好|做好)?|分别|共同|具体)?(?P<verb>{_VERB})"
    f"(?:{_VERB}|组织|实施|抓好|推进|办理|完成|整改|抓总|单位|部门)*(?=[，,；;、。]|$)"
)
LONGEST_BRACKET = 400
"""Characters of a bracket. No list of owners is longer, and some searches are quadratic."""
_EDGE = " \u3000\xa0\n，,；;。、"
_FIRST = re.compile("([^，,；;。]{3,30})[，,；;。]\\s?")
_FIRST_LEADS = re.compile(
    "[。；;，,]\\s*((?:排名|排序|排|列|位列|名列)?在?(?:第一|首位)(?:位|名|个)?的?(?:单位|部门)?均?为(?:总?牵头|主办|主责)(?:单位|部门)?(?:[，,]\\s*下同)?|下同)$"
)
_ONE_UNIT = re.compile("[局委办部院会室]$|中心$|公司$|单位$|部门$|乡镇$|街道$|政府$|^各|^有关|^相关|^全[县市区省]")

_BESIDE_A_DAY = re.compile(f"{_ONE_UNIT.pattern}|[处科股组站所队]$")  # alone they may be places: 多处


@frozen
class Said:
    """The fields that a label asks for, and the value behind it."""

    fields: tuple[Field, ...]
    value: str


def said_in_bracket(inside: str, *, alone: bool) -> list[Said] | None:
    """What a bracket says; None if it says something else. ``alone``: names and deadlines without a label or verb count.

    >>> [(one.fields[0].value, one.value) for one in said_in_bracket("甲局牵头，乙局、各乡镇配合", alone=True)]
    [('lead', '甲局'), ('supporting', '乙局、各乡镇')]
    >>> said_in_bracket("以下简称甲局", alone=True), said_in_bracket("党委", alone=False)
    (None, None)
    """
    if len(inside) > LONGEST_BRACKET:
        return None
    inside = inside.rstrip(_EDGE)
    note = _FIRST_LEADS.search(inside)
    if note and (said := said_in_bracket(inside[: note.start()], alone=alone)):
        return [*(_first_leads(said) if "为" in note[1] else said), Said((Field.OTHER,), note[1])]
    return _with_labels(inside) or _with_verbs(inside) or (_alone(inside) if alone else None)


def _first_leads(said: list[Said]) -> list[Said]:
    """What a bracket says whose first unit has the lead."""
    if said[0].fields != (Field.UNITS,):
        return said
    first = next(pieces(said[0].value, "、，,；;"))
    return [Said((Field.LEAD,), first), Said((Field.UNITS,), said[0].value[len(first) :].strip(_EDGE)), *said[1:]]


def _with_labels(inside: str) -> list[Said] | None:
    found: list[Label] = []
    for colon in re.finditer(f"[{COLONS}]", inside):
        if label := label_before(inside, colon.start(), found[-1].end if found else 0, apart=not found):
            found.append(label)
    if not found:
        fields, start = label_of_line(inside)
        found = [Label(0, start, fields)] if fields and inside[start : start + 1] in ("为", "是", " ", "\u3000") else []
    if not found or found[0].fields == (Field.CONTENT,):
        return None
    before = inside[: found[0].start].strip(_EDGE)
    said = _before_labels(before) if before else []
    if said is None:
        return None
    ends = [*(label.start for label in found[1:]), len(inside)]
    for label, end in zip(found, ends, strict=True):
        value = inside[label.end : end].strip(_EDGE)
        if not label.fields[0].is_prose:
            value, _, note = value.partition("。")
            said += [Said((Field.OTHER,), note.strip(_EDGE))] if note.strip(_EDGE) else []
        said.append(Said(label.fields, value))
    return said


def _before_labels(words: str) -> list[Said] | None:
    """What stands in a bracket before its first label: units, or a deadline, be it one without a day."""
    return [Said((Field.DEADLINE,), words)] if may_be_deadline(words) else _alone(words)


def _with_verbs(inside: str) -> list[Said] | None:
    said: list[Said] = []
    place = 0
    first = _FIRST.match(inside)
    if first and is_deadline(first[1]):
        said, inside = [Said((Field.DEADLINE,), first[1])], inside[first.end() :]
    for match in _ROLE.finditer(inside):
        names = match["names"].strip(_EDGE).removeprefix("由")
        if match.start() != place or not _are_units(names):
            break
        said.append(Said((PARTS[match["verb"]],), names))
        place = match.end()
    rest = inside[place:].strip(_EDGE)
    others = _alone(rest) if place and rest else []
    return None if others is None or not place else said + others


def _are_units(names: str) -> bool:
    return bool(names) and all(map(is_unit, filter(None, pieces(names, "、，,和及与 \u3000"))))


def _alone(inside: str) -> list[Said] | None:
    """Units only, a deadline only, or both."""
    if is_deadline(inside):
        return [Said((Field.DEADLINE,), inside.strip(_EDGE))]
    said: list[Said] = []
    units: list[str] = []
    for part in filter(None, pieces(inside, "；;，,。、")):
        if is_deadline(part):
            said.append(Said((Field.DEADLINE,), part))
        elif all(map(is_unit, filter(None, pieces(part, " \u3000")))):
            units.append(part)
        else:
            return None
    names = _BESIDE_A_DAY if said else _ONE_UNIT
    if units and any(len(unit) > 2 and names.search(unit) for unit in units):
        return [Said((Field.UNITS,), "、".join(units)), *said]
    return said if said and not units else None
