"""How each field of a type is read: the reader of its values follows from its type, for a few fields from its name."""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import date
from decimal import Decimal
from functools import cache
from types import UnionType
from typing import Any, Union, get_args, get_origin

from zhenggai.frozen import frozen
from zhenggai.model.units import names_in
from zhenggai.reading.values import (
    Note,
    Reader,
    Unreadable,
    read_amount,
    read_code,
    read_day,
    read_days,
    read_entry_number,
    read_flag,
    read_increment,
    read_issue_day,
    read_measure,
    read_months,
    read_number,
    read_overdue_days,
    read_percent,
    read_points,
    read_problem,
    read_text,
    read_whole,
    read_zone,
)

_SHOWN = 5  # items of a list that a note names
_LISTED_AS_WRITTEN = frozenset(
    {"evidence", "own_steps", "old", "new", "identities", "administrators", "aspects", "symptoms"}
)
_NEVER_EMPTY = frozenset({"aspects", "symptoms", "shared_measures"})
_ONE_OR_MORE = frozenset(
    {"acceptor", "filed_with", "first_responsible", "leader", "leader_in_charge", "person", "recipient", "signed_by"}
)
_MEASURE_NUMBERS = frozenset({"steps", "shared_measures"})
_BY_NAME: Mapping[str, Reader] = {
    "percent": read_percent,
    "amount": read_amount,
    "rectified": read_increment,
    "recovered": read_increment,
    "loss_avoided": read_increment,
    "measure": read_measure,
    "ref": read_entry_number,
    "issued": read_issue_day,
    "feedback": read_issue_day,
    "due_soon_days": read_days,
    "urgent_days": read_days,
    "lag_points": read_points,
    "silent_days": read_days,
    "immediate_days": read_days,
    "late_record_days": read_days,
    "look_back_days": read_days,
    "red_months": read_months,
    "time_zone": read_zone,
    "overdue_days": read_overdue_days,
    "code": read_code,
    "problem_types": read_problem,
}
_BY_TYPE: Mapping[type, Reader] = {
    date: read_day,
    int: read_whole,
    Decimal: read_number,
    bool: read_flag,
    str: read_text,
}


@frozen
class FieldReader:
    """How a field is read.

    - ``read``: the reader of each text.
    - ``many``: the field is a list; ``splits``: one text may list several items, separated by 、.
    - ``nested``: the type of a field that is a mapping, or a list of mappings.
    - ``keyed``: the field is a mapping with free keys, of values or (``many``) of lists of values.
    - ``is_text``: every text that is not blank is valid as it is; ``may_list``: so is a list, of people or units in one text.
    """

    name: str
    read: Reader
    many: bool = False
    splits: bool = False
    nested: type | None = None
    keyed: bool = False
    is_text: bool = False
    may_list: bool = False


def bare_type(hint: Any) -> Any:
    """A type without its ``| None``."""
    if get_origin(hint) in (Union, UnionType):
        return next(arg for arg in get_args(hint) if arg is not type(None))
    return hint


def _field_reader(owner: type, name: str, hint: Any) -> FieldReader:
    bare = bare_type(hint)
    if get_origin(bare) is tuple:
        item = get_args(bare)[0]
        if hasattr(item, "__pydantic_config__"):
            return FieldReader(name, read_text, many=True, nested=item)
        reader = read_measure if name in _MEASURE_NUMBERS else _BY_TYPE[item]
        return FieldReader(name, reader, many=True, splits=name not in _LISTED_AS_WRITTEN)
    if hasattr(bare, "__pydantic_config__"):
        return FieldReader(name, read_text, nested=bare)
    if isinstance(get_origin(bare), type) and issubclass(get_origin(bare), Mapping):
        many = get_origin(get_args(bare)[1]) is tuple
        return FieldReader(name, _BY_NAME.get(name, read_text), many=many, splits=many, keyed=True)
    if name == "number" and bare is str:
        return FieldReader(name, _NUMBER_READERS.get(owner.__name__, read_entry_number))
    reader = _BY_NAME.get(name) or (_BY_TYPE.get(bare) if isinstance(bare, type) else None) or read_text
    return FieldReader(name, reader, is_text=reader is read_text, may_list=name in _ONE_OR_MORE)


_NUMBER_READERS: Mapping[str, Reader] = {"Plan": read_text, "Measure": read_measure, "Step": read_measure}


@cache
def readers_of(owner: type) -> Mapping[str, FieldReader]:
    """The readers of a type's fields by Chinese label, without ``where``."""
    label_of = owner.__pydantic_config__["alias_generator"]  # type: ignore[attr-defined]  # all types that are read have it
    # fields() leaves out ClassVars; its types are classes, not strings
    return {label_of(f.name): _field_reader(owner, f.name, f.type) for f in fields(owner) if f.name != "where"}


def read_items(reader: FieldReader, texts: Sequence[str], note: Note) -> tuple[object, ...]:
    """The values of a list field; if the field allows it, one text may list several."""
    if not texts and reader.name in _NEVER_EMPTY:
        raise Unreadable("列表是空的", "填写内容，或删去这一行")
    if reader.splits:
        parts = [part for text in texts for part in names_in(text)]
        if texts and not parts:
            raise Unreadable("值是空的", "填写内容，或删去这一行")
        if len(parts) != len(texts):
            note(
                f"“{'，'.join(texts)}”读作 {len(parts)} 项：[{', '.join(parts[:_SHOWN])}{', …' * (len(parts) > _SHOWN)}]"
            )
        texts = parts
    return tuple(reader.read(text, note) for text in texts)


def read_value(reader: FieldReader, text: str, note: Note) -> object:
    """The value of a field from one text, as typed by a user; the items of a list are separated by 、."""
    return read_items(reader, text.split("、"), note) if reader.many else reader.read(text, note)
