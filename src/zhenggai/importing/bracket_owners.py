"""What a bracket behind a measure says without labels: （县教育局牵头，各乡镇配合；6月底前）. Any other bracket belongs to the text."""

import re

from zhenggai.deadline.meaning import Context, DeadlineKind
from zhenggai.frozen import frozen
from zhenggai.importing.deadline_words import meaning_of
from zhenggai.importing.owner_labels import UNIT_FIELDS, Field, Label, label_before
from zhenggai.importing.unit_names import is_unit, pieces

_VERB = "牵头|主办|主责|负责|承办|落实|配合|协助|协办|协同|参与|参加|督导|指导"
_ROLE = re.compile(
    f"(?P<names>[^。；;：:]+?)(?:按(?:照)?(?:各自)?(?:职责|责任)?(?:分工|职责)(?:分别|抓好|做好|负责)?)?(?P<verb>{_VERB})(?:{_VERB}|组织|实施|抓好|推进|办理|完成|整改)*(?=[，,；;、。]|$)"
)
_FIELDS = {
    "牵头": Field.LEAD,
    "主办": Field.LEAD,
    "主责": Field.LEAD,
    "配合": Field.SUPPORTING,
    "协助": Field.SUPPORTING,
    "协办": Field.SUPPORTING,
    "协同": Field.SUPPORTING,
    "参与": Field.SUPPORTING,
    "参加": Field.SUPPORTING,
    "督导": Field.GUIDING,
    "指导": Field.GUIDING,
}
_DATED = re.compile("[月旬季]|年[底末内中]|[0-9]日|立行立改|长期坚持|持续|即知即改|常抓不懈")
_NO_SPAN = frozenset({DeadlineKind.UNRESOLVED})


@frozen
class Said:
    """A label's fields and the value behind it."""

    fields: tuple[Field, ...]
    value: str


def said_in_bracket(inside: str, *, trailing: bool) -> list[Said] | None:
    """What a bracket says of owners and deadline; None if it says something else. ``trailing``: it ends a sentence or text.

    >>> [(one.fields[0].value, one.value) for one in said_in_bracket("县教育局牵头，县财政局、各乡镇配合", trailing=True)]
    [('lead', '县教育局'), ('supporting', '县财政局、各乡镇')]
    >>> said_in_bracket("以下简称教育局", trailing=True), said_in_bracket("党委", trailing=False)
    (None, None)
    """
    return _labelled(inside) or _with_verbs(inside) or (_bare(inside) if trailing else None)


def _labelled(inside: str) -> list[Said] | None:
    found: list[Label] = []
    for colon in re.finditer("[：:]", inside):
        if label := label_before(inside, colon.start(), found[-1].end if found else 0, apart=not found):
            found.append(label)
    if not found or inside[: found[0].start].strip(" \u3000，,；;。、") or found[0].fields == (Field.CONTENT,):
        return None
    ends = [*(label.start for label in found[1:]), len(inside)]
    said = []
    for label, end in zip(found, ends, strict=True):
        value = inside[label.end : end].strip(" \u3000，,；;。、\n")
        if label.fields[0] in UNIT_FIELDS:
            parts = list(pieces(value, "；;。"))
            dates = [part for part in parts if _is_deadline(part)]
            said += [Said((Field.DEADLINE,), part) for part in dates]
            value = "；".join(part for part in parts if part not in dates)
        said.append(Said(label.fields, value))
    return said


def _with_verbs(inside: str) -> list[Said] | None:
    said, place = [], 0
    for match in _ROLE.finditer(inside):
        if match.start() != place:
            break
        names = re.sub("^[，,；;、。\\s]*(?:由)?", "", match["names"])
        if not names or not all(map(is_unit, filter(None, pieces(names, "、，,和及 \u3000")))):
            break
        said.append(Said((_FIELDS.get(match["verb"], Field.UNITS),), names))
        place = match.end()
    rest = inside[place:].strip(" \u3000，,；;、。")
    if not said:
        return None
    if rest:
        tail = _bare(rest)
        if tail is None:
            return None
        said += tail
    return said


def _bare(inside: str) -> list[Said] | None:
    """Units only, a deadline only, or both."""
    if _is_deadline(inside):
        return [Said((Field.DEADLINE,), inside.strip())]
    said: list[Said] = []
    units: list[str] = []
    for part in pieces(inside, "；;，,。"):
        if _is_deadline(part):
            said.append(Said((Field.DEADLINE,), part))
        elif part and all(map(is_unit, pieces(part, "、 \u3000"))):
            units.append(part)
        elif part:
            return None
    if units and (len(units) > 1 or "、" in units[0] or said or _is_plain(units[0])):
        said.insert(0, Said((Field.UNITS,), "、".join(units)))
    return said or None


def _is_plain(unit: str) -> bool:
    """Whether a single name in a bracket is surely that of a unit, not a part of the name before it (党委)."""
    return len(unit) > 3 and re.search("[局委办部院会]$|中心$|公司$|单位$|部门$|乡镇$|街道$|政府$", unit) is not None


def _is_deadline(text: str) -> bool:
    if not _DATED.search(text) or len(text) > 40:
        return False
    meaning = meaning_of(text.strip(), Context(2000))
    return meaning is not None and meaning.kind not in _NO_SPAN
