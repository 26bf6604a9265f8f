"""The schema of a report is made of its keys: what annotations say is taken over, what nothing says is an error."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from enum import StrEnum
from operator import attrgetter
from typing import Any, Literal, TypedDict

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from random_entries import entries
from zhenggai.frozen import frozen
from zhenggai.model.entries import ENTRY_CLASSES, Recorded
from zhenggai.render.json_ import plain
from zhenggai.views.answer_schema import schema_of
from zhenggai.views.columns import Key, Keys, ListOf, ReportColumn, ReportColumns, fields_of, list_of, object_of, tally
from zhenggai.views.entry_keys import entry_keys, given_fields


class Colour(StrEnum):
    """A state."""

    RED = "红"
    GREEN = "绿"


@frozen
class Thing:
    """What rows are about."""

    number: str
    due: date | None
    colour: Colour

    @property
    def days(self) -> int:
        """A property."""
        return 1


def _words(thing: Thing) -> str | None:
    return thing.number or None


COLUMNS = ReportColumns[Thing](
    ReportColumn("number"),
    ReportColumn("due", head="应办日"),
    ReportColumn("colour", cell=lambda thing: thing.colour.lower()),
    ReportColumn("days"),
    ReportColumn("words", _words),
    ReportColumn("shown", lambda thing: thing.number, in_data=False),
)


@frozen
class Report:
    """A report with a little of everything."""

    things: tuple[Thing, ...]
    first: Thing

    keys = Keys["Report"](
        Key("plan", lambda report: report.first.number, str),
        Key("colour", attrgetter("first.colour")),
        *COLUMNS.through(attrgetter("first")),
        list_of("things", COLUMNS),
        object_of("counts", tally(Colour, attrgetter("colour")), attrgetter("things")),
        Key("rest", lambda report: COLUMNS.records(report.things[1:]) or None, ListOf(COLUMNS), optional=True),
    )


def shape(keys: Keys[Any], *, complete: bool = True) -> dict[str, Any]:
    made = schema_of("题", [("", keys, complete)])
    Draft202012Validator.check_schema(made)
    return made


def faults(made: dict[str, Any], value: object) -> list[str]:
    validator = Draft202012Validator(made, format_checker=Draft202012Validator.FORMAT_CHECKER)
    return [error.message for error in validator.iter_errors(plain(value))]


def type_of(hint: object) -> object:
    return shape(Keys[Thing](Key("it", gives=hint)))["properties"]["it"]


ONE, OTHER = Thing("1-1", date(2020, 7, 1), Colour.RED), Thing("", None, Colour.GREEN)
REPORT = Report((ONE, OTHER), ONE)


def test_a_report_is_what_its_schema_says() -> None:
    record = Report.keys.record(REPORT)
    assert record["counts"] == {"red": 1, "green": 1}
    assert record["things"] == COLUMNS.records(REPORT.things)
    assert faults(shape(Report.keys), record) == []
    assert faults(shape(Report.keys), Report.keys.record(Report((ONE,), ONE))) == []  # without the optional key


def test_a_column_takes_its_type_and_its_word_from_where_its_value_comes() -> None:
    assert shape(COLUMNS)["properties"] == {
        "number": {"title": "编号", "type": "string"},
        "due": {"title": "应办日", "anyOf": [{"type": "string", "format": "date"}, {"type": "null"}]},
        "colour": {"$ref": "#/$defs/Colour"},
        "days": {"title": "天数", "type": "integer"},
        "words": {"type": ["string", "null"]},
    }
    assert shape(COLUMNS)["$defs"] == {"Colour": {"enum": ["红", "绿"]}}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda record: record | {"more": 1}, "Additional properties are not allowed ('more' was unexpected)"),
        (lambda record: record | {"plan": 3}, "3 is not of type 'string'"),
        (lambda record: record | {"due": "2020-02-30"}, "'2020-02-30' is not valid under any of the given schemas"),
        (lambda record: {key: record[key] for key in record if key != "days"}, "'days' is a required property"),
        (lambda record: record | {"things": [{}]}, "'number' is a required property"),
    ],
)
def test_a_key_too_many_or_too_few_or_of_another_type_is_found(
    change: Callable[[dict[str, object]], object], said: str
) -> None:
    assert said in faults(shape(Report.keys), change(Report.keys.record(REPORT)))


def test_what_an_earlier_version_kept_may_lack_keys_but_has_no_others() -> None:
    kept = shape(Report.keys, complete=False)
    assert faults(kept, {"plan": "p", "things": [{"number": "1-1"}]}) == []
    assert len(faults(kept, {"plans": "p"})) == 1


@pytest.mark.parametrize(
    ("hint", "made"),
    [
        (bool, {"type": "boolean"}),
        (float | None, {"type": ["number", "null"]}),
        (Decimal, {"type": "string", "pattern": r"^-?[0-9]+(\.[0-9]+)?$"}),
        (Literal["甲"], {"const": "甲"}),
        (Literal["甲", "乙"] | None, {"anyOf": [{"type": "null"}, {"enum": ["甲", "乙"]}]}),
        (Literal[Colour.RED] | Literal["乙"], {"enum": ["红", "乙"]}),
        (tuple[str, ...], {"type": "array", "items": {"type": "string"}}),
        (list[int], {"type": "array", "items": {"type": "integer"}}),
        (dict[str, int], {"type": "object", "additionalProperties": {"type": "integer"}}),
    ],
)
def test_a_type_has_the_form_that_json_gives_its_values(hint: object, made: object) -> None:
    assert type_of(hint) == made


def test_frozen_classes_and_typed_dicts_are_objects() -> None:
    pair = TypedDict("pair", {"from": str, "to": int})
    assert type_of(pair) == {
        "type": "object",
        "properties": {"from": {"type": "string"}, "to": {"title": "至", "type": "integer"}},
        "required": ["from", "to"],
        "additionalProperties": False,
    }
    assert shape(fields_of(Thing, due="哪天"))["properties"]["due"]["title"] == "哪天"
    assert faults(shape(Keys[Report](Key("first"))), {"first": ONE}) == []


@pytest.mark.parametrize(
    ("key", "said"),
    [
        (Key[Thing]("it", lambda thing: thing.number), "it: say what it gives"),
        (Key[Thing]("missing"), "Thing has no missing"),
        (Key[Thing]("it", gives=set[str]), "no JSON form for set"),
        (Key[Thing]("it", gives=tuple[str, int]), "no JSON form for tuple"),
    ],
)
def test_what_nothing_says_is_an_error(key: Key[Thing], said: str) -> None:
    with pytest.raises(TypeError, match=said):
        shape(Keys[Thing](key))


@pytest.mark.parametrize("entry_class", ENTRY_CLASSES, ids=lambda entry_class: entry_class.__name__)
@given(data=st.data())
@settings(max_examples=20)  # of each kind; all kinds share most of their fields
def test_any_entry_of_any_kind_is_what_the_schema_of_entries_says(
    entry_class: type[Recorded], data: st.DataObject
) -> None:
    entry: Any = data.draw(entries(entry_class))
    assert faults(ENTRIES, given_fields(entry)) == []


ENTRIES = shape(Keys[Any](*entry_keys()))
