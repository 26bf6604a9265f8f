"""Each field of each entry class reaches the event or is declared text only; what a 更正 may change follows from the classes."""

from collections import Counter
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any, get_args, get_origin

import pytest

from zhenggai.frozen import types_of
from zhenggai.model import entries
from zhenggai.model.entries import ENTRY_CLASSES, Correction, Recorded, type_of_change
from zhenggai.model.entry_fields import CHANGEABLE, FIELDS, Mark
from zhenggai.model.event_of_entry import Event, Layout, event_of, layout_of
from zhenggai.model.labels import label_of

OTHERS = [cls for cls in ENTRY_CLASSES if cls is not Correction]


def test_every_entry_class_is_in_the_union() -> None:
    defined = {cls for cls in vars(entries).values() if isinstance(cls, type) and issubclass(cls, Recorded)}
    assert defined - {Recorded} == set(ENTRY_CLASSES)


@pytest.mark.parametrize("entry_class", ENTRY_CLASSES)
def test_every_field_of_a_class_has_its_use(entry_class: type[Recorded]) -> None:
    assert types_of(entry_class).keys() <= FIELDS.keys(), "say in FIELDS where it goes in an event"


def test_every_use_has_a_field() -> None:
    assert FIELDS.keys() == {name for entry_class in ENTRY_CLASSES for name in types_of(entry_class)}


def test_every_mark_is_a_bit_of_its_own() -> None:
    bits = [use.mark for use in FIELDS.values() if use.part == "flags"]
    assert sorted(bits) == [1 << n for n in range(len(bits))]
    assert set(bits) == {bit for name, bit in vars(Mark).items() if name.isupper()}
    assert not any(use.mark for use in FIELDS.values() if use.part != "flags")


@pytest.mark.parametrize("entry_class", OTHERS)
def test_no_two_fields_of_a_class_go_into_one_place(entry_class: type[Recorded]) -> None:
    layout: Layout = layout_of(entry_class)  # type: ignore[arg-type]  # mypy: a class is hashable
    assert len(layout.value) <= 1
    assert len(layout.until) <= 1


SAMPLES: dict[object, tuple[object, object]] = {
    str: ("", "甲"),
    int: (1, 2),
    bool: (False, True),
    Decimal: (Decimal(1), Decimal(2)),
    date: (date(2020, 5, 12), date(2020, 5, 13)),
}


def samples(hint: Any) -> tuple[object, object]:
    """Two values of a field: without it, where it may be absent, and with it."""
    if get_origin(hint) is tuple:
        return (), ("甲",)
    options = [option for option in get_args(hint) if option is not type(None)]
    if len(options) < len(get_args(hint)):
        return None, samples(options[0])[1]
    return (options[0], options[-1]) if options else SAMPLES[hint]


def make(entry_class: Any, values: dict[str, object]) -> Any:
    return entry_class(**values)


@pytest.mark.parametrize("entry_class", OTHERS)
def test_a_field_that_is_not_text_only_changes_the_event(entry_class: type[Recorded]) -> None:
    given = {name: samples(hint) for name, hint in types_of(entry_class).items()}
    plain: Any = make(entry_class, {name: without for name, (without, _) in given.items()})
    for name, (without, with_) in given.items():
        if without != with_:
            events: list[Event] = [event_of(entry, "p", 1, 0) for entry in (plain, replace(plain, **{name: with_}))]
            assert (events[0] == events[1]) is (FIELDS[name].part == "text only"), name


def test_a_correction_has_every_changeable_field_and_no_other() -> None:
    own = types_of(Correction).keys() - types_of(Recorded).keys() - {"kind", "ref", "void", "note"}
    assert own == {name for name in CHANGEABLE if name not in types_of(Recorded)}


@pytest.mark.parametrize("entry_class", OTHERS)
def test_a_correction_can_hold_the_new_value_of_every_correctable_field(entry_class: type[Recorded]) -> None:
    held = types_of(Correction)
    for name, hint in types_of(entry_class).items():
        if FIELDS[name].correctable:
            assert held[name] == type_of_change(hint), name


def test_a_correction_cannot_change_what_has_another_s_label() -> None:
    labels = Counter(label_of(name) for name in (*CHANGEABLE, "ref", "void", "note"))
    assert max(labels.values()) == 1
