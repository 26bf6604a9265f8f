"""The owners and the deadline that stand with a measure, taken out of its text; what is left is its content, letter for letter.

They stand in brackets, on lines of their own, or behind the last sentence. A deadline in a sentence is found too, and stays there.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from zhenggai.deadline.meaning import Context
from zhenggai.frozen import fluid, frozen
from zhenggai.importing.fields.bracket_owners import LONGEST_BRACKET, Said, said_in_bracket
from zhenggai.importing.fields.brackets import brackets, pieces, without_unpaired
from zhenggai.importing.fields.deadline_words import deadlines_within, due_of, is_deadline
from zhenggai.importing.fields.owner_labels import NUMBERING, PERSON_FIELDS, UNIT_FIELDS, Field, fields_of
from zhenggai.importing.fields.owner_lines import without_owners
from zhenggai.importing.fields.people import is_person, joined_names
from zhenggai.importing.fields.simplified import as_written, simplified
from zhenggai.importing.fields.unit_lists import listed
from zhenggai.importing.fields.unit_names import is_nothing, is_unit

_BLANKS = " \u3000\xa0\t"
_BLANK = re.compile(f"[{_BLANKS}]+")
_STOPS = "。；;！？"
_SAME = re.compile('同上|上同|同前|同左|同右|〃|″|"')
_ADDRESSED = re.compile(rf"(?:{NUMBERING})?\s*([^，,。；;：:（(]{{3,40}})[：:](?=.)")
_LED = re.compile("(?:^|[，,。；;：:\n①-⑳.．)）])由([^，,。；;：:]{2,40}?)牵头(?!单位|部门|人|领导)")
_IN_CHARGE = re.compile("(?<!党委)(?<!政府)(?<!部门)(?<!单位)(?:牵头|负责|主办|承办)")  # 党委领导，政府负责 is a saying
_EXPLAINED = re.compile(
    "(?:部门|单位|机构|组织|企业|学校|乡镇|社区|[局委办村部站所])$"
)  # (甲局、乙局) behind it says which ones
_EDGE = f"{_BLANKS}\n；;，,、。*＊_—–-"


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


def read_fields(text: str, year: int | None, *, base: Context | None = None, within: bool = True) -> tuple[str, Fields]:
    """A text without its owners and deadline, and what they say.

    ``base`` is what the deadline counts from, if more than the year is known. ``within``: deadlines in the sentences count too,
    as in a measure; in a problem they are facts.

    >>> rest, said = read_fields("修订办法，写明考勤。（牵头单位：县委办；责任单位：组织部、各乡镇；完成时限：6月底前）", 2020)
    >>> rest, said.lead, said.units, said.deadline, str(said.due)
    ('修订办法，写明考勤。', ('县委办',), ('组织部', '各乡镇'), '6月底前', '2020-06-30')
    """
    plain = simplified(text)
    rest, fields = _read(plain, base or (Context(year) if year else None), within=within)
    return (rest, fields) if plain == text else (as_written(rest, text), _as_written(fields, text))


def _as_written(fields: Fields, text: str) -> Fields:
    """Fields with the letters of a text in traditional characters; deadlines stay simplified, since they are read again."""
    return replace(
        fields,
        lead=tuple(as_written(name, text) for name in fields.lead),
        units=tuple(as_written(name, text) for name in fields.units),
        supporting=tuple(as_written(name, text) for name in fields.supporting),
        guiding=tuple(as_written(name, text) for name in fields.guiding),
        person=fields.person and as_written(fields.person, text),
        leader=fields.leader and as_written(fields.leader, text),
        leader_in_charge=fields.leader_in_charge and as_written(fields.leader_in_charge, text),
        first_responsible=fields.first_responsible and as_written(fields.first_responsible, text),
        goal=fields.goal and as_written(fields.goal, text),
        standard=fields.standard and as_written(fields.standard, text),
        sources=tuple(as_written(name, text) for name in fields.sources),
        leftovers=tuple(as_written(words, text) for words in fields.leftovers),
    )


def _read(text: str, context: Context | None, *, within: bool) -> tuple[str, Fields]:
    text, in_brackets = _without_brackets(text)
    rest, on_lines = without_owners(text)
    rest, in_sentences = _without_last_sentence(rest)
    fields = fields_said([*in_brackets, *on_lines, *in_sentences], context)
    found = deadlines_within(rest, context) if within and fields.deadline is None else ()
    if found:
        last = max(found, key=lambda one: (one.due or date.min, -one.start))
        others = tuple(one.words for one in found if one is not last)
        fields = replace(fields, deadline=last.words, due=last.due, others=others)
    return rest, fields


def _without_brackets(text: str) -> tuple[str, list[Said]]:
    """A text without the brackets that say its owners or deadline, and what they say."""
    said: list[Said] = []
    kept, place = "", 0
    for start, end in brackets(text):
        before, after = text[:start].rstrip(), text[end:].lstrip(_BLANKS)
        last = not after.strip(_BLANKS + _STOPS) and not _EXPLAINED.search(before)
        alone = last or after.startswith("\n") or before[-1:] in tuple(_STOPS)
        inside = (
            None if fields_of(text[start + 1 : end - 1]) else said_in_bracket(text[start + 1 : end - 1], alone=alone)
        )
        if inside is None:
            continue
        said += inside
        kept += text[place:start].rstrip(_BLANKS)
        place = end
        if kept[-1:] in tuple(_STOPS) and (mark := re.match(r"[ \u3000]*[。；;]", text[end:])):
            place += mark.end()
    return kept + text[place:], said


def _without_last_sentence(text: str) -> tuple[str, list[Said]]:
    """A text without a last sentence that only says who does it (甲局牵头，乙局配合。), and what that says.

    In a sentence with more in it, 由甲局牵头, …，甲局负责，6月底前完成 and 甲局：… are read and stay.
    """
    sentences = [sentence for sentence in re.split("(?<=[。；;\n])", text.rstrip()) if sentence]
    last = sentences[-1] if sentences else ""
    said = said_in_bracket(last.strip(_EDGE), alone=False) if len(sentences) > 1 and _IN_CHARGE.search(last) else None
    if said:
        return "".join(sentences[:-1]).rstrip(), said
    since = max(0, len(last) - LONGEST_BRACKET)
    for start in (0, *(comma.end() for comma in re.compile("[，,]").finditer(last, since))):
        clauses = last[start:].strip(_EDGE)
        if _IN_CHARGE.search(clauses) and (said := said_in_bracket(clauses, alone=False)):
            return text, said
    if (first := _ADDRESSED.match(text)) and (said := said_in_bracket(first[1], alone=True)):
        return text, said
    lead = _LED.search(text)
    return text, [Said((Field.LEAD,), lead[1])] if lead and all(map(is_unit, pieces(lead[1], "、，,和及与"))) else []


def fields_said(said: Sequence[Said], base: Context | None) -> Fields:
    """The fields that labels and their values fill.

    >>> fields_said([Said((Field.UNITS,), "甲局（牵头）、乙局"), Said((Field.PERSON,), "同上")], None).lead
    ('甲局',)
    """
    values = _Values({}, [], [])
    for one in said:
        value = one.value.strip(_EDGE)
        if _SAME.fullmatch(value):
            values.as_above += one.fields
        elif not is_nothing(value):
            values.take(one.fields, value)
    deadline = values.deadline()
    return Fields(
        lead=values.each(Field.LEAD),
        units=values.each(Field.UNITS),
        supporting=values.each(Field.SUPPORTING),
        guiding=values.each(Field.GUIDING),
        person=values.joined(Field.PERSON),
        leader=values.joined(Field.LEADER),
        leader_in_charge=values.joined(Field.LEADER_IN_CHARGE),
        first_responsible=values.joined(Field.FIRST_RESPONSIBLE),
        deadline=deadline,
        due=due_of(deadline, base),
        goal=values.one(Field.GOAL),
        standard=values.one(Field.STANDARD),
        rectification_type=values.one(Field.TYPE),
        amount=values.one(Field.AMOUNT),
        sources=values.each(Field.SOURCE),
        as_above=tuple(values.as_above),
        leftovers=(*values.leftovers, *values.each(Field.OTHER)),
    )


def _people(value: str) -> list[str]:
    """The persons of a list; blanks part names only."""
    found = [name for name in pieces(joined_names(value), "、，,；;\n") if name]
    parted = [list(filter(None, pieces(name, _BLANKS))) for name in found]
    return [
        one
        for name, names in zip(found, parted, strict=True)
        for one in (names if all(map(is_person, names)) else [name])
    ]


@fluid
class _Values:
    """The values of each field, in the order in which they are said."""

    texts: dict[Field, list[str]]
    as_above: list[Field]
    leftovers: list[str]

    def take(self, fields: tuple[Field, ...], value: str) -> None:
        """Take in the value of a label."""
        if fields[0] in UNIT_FIELDS | PERSON_FIELDS and Field.DEADLINE not in fields:
            value = self._without_deadlines(without_unpaired(value))
        if any(field in UNIT_FIELDS for field in fields):
            self._take_units(fields, value)
        elif fields[0] in PERSON_FIELDS:
            self._add(fields[0], "、".join(_people(value)))
        else:
            self._add(fields[0], re.sub(r"\s*\n\s*", "", value))

    def _without_deadlines(self, value: str) -> str:
        """A value without the deadlines that stand in it as if they were names: 甲局，6月底前完成."""
        for part in pieces(value, "；;，,"):
            if is_deadline(part.lstrip("于在")):
                self._add(Field.DEADLINE, part.lstrip("于在"))
                value = value.replace(part, "")
        blank = next(
            (blank for blank in _BLANK.finditer(value[:LONGEST_BRACKET]) if is_deadline(value[blank.end() :])), None
        )
        if blank:
            self._add(Field.DEADLINE, value[blank.end() :])
            value = value[: blank.start()]
        return value

    def _take_units(self, fields: tuple[Field, ...], value: str) -> None:
        """The units of a value: 甲局牵头，乙局配合, or a list; with the persons that stand there."""
        if (roles := said_in_bracket(value, alone=False)) and all(one.fields != fields for one in roles):
            for one in roles:
                self.take(one.fields, one.value)
            return
        own = next(field for field in fields if field in UNIT_FIELDS)
        person = next((field for field in fields if field in PERSON_FIELDS), None)
        found = listed(value, people_too=person is not None)
        for name, part in found.units:
            self._add(part or own, name)
        if found.people:
            self._add(person or Field.PERSON, "、".join(found.people))
        self.leftovers += found.leftovers

    def _add(self, field: Field, value: str) -> None:
        self.texts.setdefault(field, []).append(value)

    def deadline(self) -> str | None:
        """The first deadline. Words that stand apart behind it, and are none, are left over."""
        words = self.one(Field.DEADLINE)
        first, *rest = re.split(r"[ \u3000\xa0]{2,}", words) if words else [""]
        if not words or not rest or is_deadline(words) or not is_deadline(first):
            return words
        self.leftovers += rest
        return first

    def each(self, field: Field) -> tuple[str, ...]:
        """The different values of a field."""
        return tuple(dict.fromkeys(self.texts.get(field, ())))

    def joined(self, field: Field) -> str | None:
        """The different values of a field in one text."""
        return "、".join(self.each(field)) or None

    def one(self, field: Field) -> str | None:
        """The first value of a field; others are left over."""
        values = self.each(field)
        self.leftovers += values[1:]
        return values[0] if values else None
