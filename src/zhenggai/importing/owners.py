"""The owners and the deadline that stand with a measure, taken out of its text.

They stand in brackets （牵头单位：甲；责任单位：乙、丙；完成时限：2020年6月底前）, on lines of their own, or several on a line. What is left
is the content, letter for letter. A deadline inside a sentence is found too, and stays there.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from zhenggai.deadline.meaning import Context
from zhenggai.frozen import frozen
from zhenggai.importing.bracket_owners import Said, said_in_bracket
from zhenggai.importing.deadline_words import deadlines_within, due_of
from zhenggai.importing.owner_labels import (
    PERSON_FIELDS,
    PROSE_FIELDS,
    UNIT_FIELDS,
    Field,
    Label,
    fields_of,
    label_before,
    label_of_line,
)
from zhenggai.importing.people import is_person, joined_names, names_a_post
from zhenggai.importing.unit_names import is_nothing, is_unit, pieces, unit_names

_OPEN, _CLOSE = "(（[【〔", ")）]】〕"
_CONTINUES = re.compile("[、，,；;和及与/]\\s*$")
_MARK = re.compile(
    r"\s*(?:[(（]?[0-9一二三四五六七八九十]{1,3}[)）.．、]|[①-⑳]|第[一二三四五六七八九十0-9]+|[一二三四五六七八九十]是)"
)
_SAME = re.compile("同上|同前|〃|″|同左|上同")
_AS_ABOVE = frozenset({"同上"})


@frozen(kw_only=True)
class Fields:
    """What a text says beside its content. ``deadline`` are its words, ``due`` the last day on time, None without an end.

    ``others`` are further deadlines in the sentences; ``as_above`` the fields that say 同上; ``leftovers`` what was taken out
    of the text, but fits no field.
    """

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
    others: tuple[str, ...] = ()
    goal: str | None = None
    standard: str | None = None
    rectification_type: str | None = None
    amount: str | None = None
    sources: tuple[str, ...] = ()
    as_above: tuple[Field, ...] = ()
    leftovers: tuple[str, ...] = ()


def read_fields(
    text: str, year: int | None, *, issued: date | None = None, feedback: date | None = None, within: bool = True
) -> tuple[str, Fields]:
    """A text without its owners and deadline, and what they say. ``within``: deadlines in its sentences count too, as in a measure.

    >>> rest, said = read_fields("修订办法，写明考勤。（牵头单位：县委办；责任单位：组织部、各乡镇；完成时限：6月底前）", 2020)
    >>> rest, said.lead, said.units, said.deadline, str(said.due)
    ('修订办法，写明考勤。', ('县委办',), ('组织部', '各乡镇'), '6月底前', '2020-06-30')
    """
    base = Context(year, issued, feedback) if year else None
    said: list[Said] = []
    rest = _without_lines(_without_brackets(text, said), said)
    fields = fields_said(said, base)
    if within and fields.deadline is None and (found := deadlines_within(rest, base)):
        last = max(found, key=lambda one: (one.meaning.end or date.min, -one.start))
        others = tuple(one.words for one in found if one is not last)
        fields = replace(fields, deadline=last.words, due=last.meaning.end, others=others)
    return rest, fields


def _without_brackets(text: str, said: list[Said]) -> str:
    kept, place = "", 0
    for start, end in _brackets(text):
        before, after = text[:start], text[end:]
        trailing = (
            not after.strip(" \u3000。；;.\t")
            or after.lstrip(" \u3000").startswith("\n")
            or before.rstrip()[-1:] in "。；;！"
        )
        inside = (
            None
            if fields_of(text[start + 1 : end - 1])
            else said_in_bracket(text[start + 1 : end - 1], trailing=trailing)
        )
        if inside is None:
            continue
        said += inside
        kept += text[place:start].rstrip(" \u3000\t")
        place = end
        if kept[-1:] in "。；;！" and (mark := re.match(r"[ \u3000]*[。；;]", after)):
            place += mark.end()
    return kept + text[place:]


def _brackets(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each outermost bracket. One that is never closed is none."""
    depth, start = 0, 0
    for place, letter in enumerate(text):
        if letter in _OPEN:
            start = place if not depth else start
            depth += 1
        elif letter in _CLOSE and depth:
            depth -= 1
            if not depth:
                yield start, place + 1


def _without_lines(text: str, said: list[Said]) -> str:
    kept: list[str] = []
    lines = text.split("\n")
    number = 0
    while number < len(lines):
        line = lines[number]
        number += 1
        labels = labels_in(line)
        if not labels:
            fields, start = label_of_line(line)
            value = line[start:].strip(" \u3000\t:：")
            if not fields or not _plain_value(fields, value, lines[number : number + 1]):
                kept.append(line)
                continue
            labels = [Label(0, start, fields)]
        content = line[: labels[0].start].rstrip(" \u3000\t(（【[〔，,；;")
        for label, after in zip(labels, [*labels[1:], None], strict=True):
            value = line[label.end : after.start if after else len(line)]
            if label.fields == (Field.CONTENT,):
                content += line[label.start : label.end] + value
                continue
            tail = ""
            if label.fields[0] not in PROSE_FIELDS:
                value, tail = _until_full_stop(value)
            if after is None and not tail:
                while number < len(lines) and _goes_on(label.fields, value, lines[number]):
                    value += ("" if _CONTINUES.search(value) or not value.strip() else "、") + lines[number].strip()
                    number += 1
            said.append(Said(label.fields, value))
            content += tail
        if content.strip():
            kept.append(content)
    return "\n".join(kept).rstrip()


def labels_in(line: str) -> list[Label]:
    """The labels with a colon in a line, in their order."""
    found: list[Label] = []
    for mark in re.finditer(r"[：:]|[【〔\[]([^【】〔〕\[\]]{2,12})[】〕\]][：:]?", line):
        since = found[-1].end if found else 0
        if mark.start() < since:
            continue
        if mark[1]:
            fields = fields_of(re.sub(r"\s", "", mark[1]))
            label = Label(mark.start(), mark.end(), fields) if fields else None
        else:
            label = label_before(line, mark.start(), since, apart=not found)
        if label:
            found.append(label)
    return found if any(label.fields != (Field.CONTENT,) for label in found) else []


def _plain_value(fields: tuple[Field, ...], value: str, following: list[str]) -> bool:
    """Whether what follows a label without a colon is such a value, and no sentence."""
    if not value:
        return bool(following) and _fits(fields[0], following[0].strip())
    return _fits(fields[0], value)


def _fits(field: Field, value: str) -> bool:
    value = value.rstrip("。；;")
    words = list(filter(None, pieces(value, "、，,；; \u3000\t")))
    if field in UNIT_FIELDS:
        return bool(words) and all(map(is_unit, words))
    if field in PERSON_FIELDS:
        return bool(words) and all(is_person(word) or (names_a_post(word) and len(word) < 16) for word in words)
    return field is Field.DEADLINE and due_of(value, Context(2000)) is not None


def _until_full_stop(value: str) -> tuple[str, str]:
    """A value up to its full stop, and the sentences after it."""
    depth = 0
    for place, letter in enumerate(value):
        depth += (letter in _OPEN) - (letter in _CLOSE)
        if letter == "。" and depth <= 0:
            return value[:place], value[place + 1 :].strip()
    return value, ""


def _goes_on(fields: tuple[Field, ...], value: str, line: str) -> bool:
    """Whether the next line belongs to a value."""
    if not line.strip() or labels_in(line) or label_of_line(line)[0]:
        return False
    if not value.strip():
        return not _MARK.match(line)
    if fields[0] in PROSE_FIELDS or _MARK.match(line):
        return False
    return _CONTINUES.search(value) is not None or (fields[0] in UNIT_FIELDS and _fits(fields[0], line.strip()))


def fields_said(said: list[Said], base: Context | None) -> Fields:
    """The fields of labels and their values. A label that comes twice adds to a list; of anything else the first counts."""
    units: dict[Field, list[str]] = {field: [] for field in UNIT_FIELDS}
    texts: dict[Field, list[str]] = {}
    leftovers: list[str] = []
    as_above: list[Field] = []
    for fields, value in ((one.fields, one.value.strip(" \u3000\t\n；;，,、。*＊_")) for one in said):
        if _SAME.fullmatch(value):
            as_above += fields
        elif is_nothing(value):
            continue
        elif fields[0] in UNIT_FIELDS:
            _take_units(fields, value, units, texts, leftovers)
        elif fields[0] in PERSON_FIELDS and len(fields) > 1:
            _take_units((Field.UNITS, *fields), value, units, texts, leftovers)
        elif fields[0] in PERSON_FIELDS:
            texts.setdefault(fields[0], []).append("、".join(filter(None, pieces(joined_names(value), "、，,；;\n"))))
        else:
            texts.setdefault(fields[0], []).append(re.sub(r"\s*\n\s*", "", value))
    deadline = _one(texts, Field.DEADLINE, leftovers)
    lead = _names(units[Field.LEAD])
    return Fields(
        lead=lead,
        units=_names(units[Field.UNITS]),
        supporting=_names(units[Field.SUPPORTING]),
        guiding=_names(units[Field.GUIDING]),
        person="、".join(dict.fromkeys(texts.pop(Field.PERSON, []))) or None,
        leader="、".join(dict.fromkeys(texts.pop(Field.LEADER, []))) or None,
        leader_in_charge="、".join(dict.fromkeys(texts.pop(Field.LEADER_IN_CHARGE, []))) or None,
        first_responsible="、".join(dict.fromkeys(texts.pop(Field.FIRST_RESPONSIBLE, []))) or None,
        deadline=deadline,
        due=due_of(deadline, base),
        goal=_one(texts, Field.GOAL, leftovers),
        standard=_one(texts, Field.STANDARD, leftovers),
        rectification_type=_one(texts, Field.TYPE, leftovers),
        amount=_one(texts, Field.AMOUNT, leftovers),
        sources=tuple(texts.get(Field.SOURCE, ())),
        as_above=tuple(as_above),
        leftovers=(*leftovers, *texts.get(Field.OTHER, ())),
    )


def _names(names: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))


def _one(texts: dict[Field, list[str]], field: Field, leftovers: list[str]) -> str | None:
    found = list(dict.fromkeys(texts.get(field, ())))
    leftovers += found[1:]
    return found[0] if found else None


def _take_units(
    fields: tuple[Field, ...],
    value: str,
    units: dict[Field, list[str]],
    texts: dict[Field, list[str]],
    leftovers: list[str],
) -> None:
    """The units of a value, and the persons and the deadline that stand with them."""
    if (roles := said_in_bracket(value, trailing=False)) and roles[0].fields[0] in UNIT_FIELDS - {fields[0]}:
        for role in roles:
            _take_units(role.fields, role.value, units, texts, leftovers)
        return
    person = next((field for field in fields if field in PERSON_FIELDS), Field.PERSON)
    words: list[str] = []
    people: list[str] = []
    for piece in pieces(joined_names(value), "、，,；;\n"):
        parts = list(filter(None, pieces(piece, " \u3000\t/／")))
        if len(parts) > 1 and any(map(is_person, parts)):
            words += [part for part in parts if not is_person(part)]
            people += [part for part in parts if is_person(part)]
        elif is_person(piece):
            people.append(piece)
        else:
            words.append(piece)
    if people and not any(words) and person not in fields:
        words, people = people, []  # a list of units that are called like persons
    names, rest = unit_names("、".join(words))
    leftovers += rest
    people += [unit.person for unit in names if unit.person]
    for unit in names:
        units[Field(unit.role) if unit.role else fields[0]].append(unit.name)
    if people:
        texts.setdefault(person, []).append("、".join(people))
