"""What the model itself knows: numbers, names, places, the field table, the words of days and numbers."""

from dataclasses import fields
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhenggai.model.entries import ENTRY_CLASSES, Application, Correction, Lesson, Progress, Recorded
from zhenggai.model.entry_classes import field_order
from zhenggai.model.labels import label_of
from zhenggai.model.numbers import CROCKFORD, entry_number, is_entry_number, measure_number, recorded_on
from zhenggai.model.source import Diagnostic, Level, Source, Where
from zhenggai.model.units import Unit, UnitBook, names_in
from zhenggai.model.wording import chinese, full_day, month_day, percent

# --- numbers --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["3-2", "3.2", "3②", "三②", "３－２", "３．２", " 3-2 ", "03-2", "三-二"])
def test_a_measure_s_number_is_read_as_people_write_it(text: str) -> None:
    assert measure_number(text) == "3-2"


@pytest.mark.parametrize(
    ("text", "number"), [("3-10", "3-10"), ("十-1", "10-1"), ("二十一-1", "21-1"), ("3-5-1", "3-5-1"), ("⑳-1", None)]
)
def test_larger_numbers_are_read_too(text: str, number: str | None) -> None:
    assert measure_number(text) == number


@pytest.mark.parametrize(
    "text", ["", "3", "3--2", "3-0", "-3-2", "3-2-1-1", "3-x", "三百-1", "一二-1", "十x-1", "x十-1"]
)
def test_what_is_no_number_is_none(text: str) -> None:
    assert measure_number(text) is None


@pytest.mark.parametrize(
    "text", ["", "20200512-k3f9", "20200231-k3f9x2ab", "20200512-K3F9X2AB", "20200512-i3f9x2ab", "20200512k3f9x2ab"]
)
def test_an_entry_s_number_is_a_real_day_and_eight_characters(text: str) -> None:
    assert not is_entry_number(text)


DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))


@given(DAYS, st.floats(0, 86400), st.integers(0), st.text(CROCKFORD[:31], min_size=8, max_size=8))
def test_a_new_number_is_one_bears_its_day_and_stands_above_what_was_read(
    day: date, second: float, random: int, last: str
) -> None:
    above = f"{day:%Y%m%d}-{last}"
    number = entry_number(day, second, random, above)
    assert is_entry_number(number)
    assert number > above
    assert recorded_on(number) == day


def test_a_later_time_of_day_gives_a_greater_number() -> None:
    morning, evening = (entry_number(date(2020, 5, 12), hour * 3600, 0) for hour in (8, 20))
    assert morning < evening


# --- names and places -----------------------------------------------------------------------------------------------


def test_names_are_parted_as_people_part_them() -> None:
    assert names_in("县教育局、城关镇，河东乡,县财政局；\n 县档案馆、") == (
        "县教育局",
        "城关镇",
        "河东乡",
        "县财政局",
        "县档案馆",
    )


def test_a_full_name_wins_over_another_unit_s_short_one() -> None:
    full, short = Unit(name="教育局"), Unit(name="县教育局", short_names=("教育局",))
    assert UnitBook(members=(full, short)).unit_named(" 教育局 ") is full


def test_a_place_is_written_as_editors_read_it() -> None:
    assert str(Source("plans/p.yaml", 3)) == "plans/p.yaml:3"
    where = Where("plans/p.yaml", 3, {"deadline": 5})
    assert (where.of("deadline").line, where.of("units").line, where.source.line) == (5, 3, 3)


def test_a_problem_says_its_level_unless_it_is_an_error() -> None:
    place = Source("plans/p.yaml", 3)
    assert str(Diagnostic(place, "时限", "看不懂", "改写")) == "plans/p.yaml:3: 时限: 看不懂 — 改写"
    assert (
        str(Diagnostic(place, "时限", "看不懂", "改写", Level.WARNING)) == "plans/p.yaml:3: 时限（警告）: 看不懂 — 改写"
    )


# --- the field table ------------------------------------------------------------------------------------------------


def test_head_and_tail_of_every_entry_are_the_same() -> None:
    for entry_class in ENTRY_CLASSES:
        order = field_order(entry_class)
        assert order[:5] == ("number", "date", "measure", "unit", "kind")
        assert order[-4:] == ("content", "evidence", "copied_from", "writer")
        assert sorted(order) == sorted(f.name for f in fields(entry_class))
    assert field_order(Application)[5] == "approver"


def test_entries_are_equal_when_all_their_fields_are() -> None:
    first, same, other = (
        Lesson(number="20200512-k3f9x2ab", date=date(2020, 5, 12), content=content, writer="办公室")
        for content in "甲甲乙"
    )
    assert first == same
    assert first != other
    assert {first, same, other} == {first, other}
    another_kind: object = Progress(number=first.number, date=first.date, measure="1-1", content="甲", writer="办公室")
    assert first != another_kind
    assert "content='甲'" in repr(first)


def test_every_field_has_a_label_and_none_has_another_s_within_an_entry() -> None:
    for entry_class in ENTRY_CLASSES:
        labels = [label_of(name) for name in field_order(entry_class)]
        assert len(set(labels)) == len(labels)
        assert all(not label.isascii() for label in labels)


def test_a_correction_may_change_only_what_some_entry_has() -> None:
    corrected = {f.name for cls in ENTRY_CLASSES if cls is not Correction for f in fields(cls)}
    own = {f.name for f in fields(Correction)} - {f.name for f in fields(Recorded)} - {"void", "note"}
    assert own <= corrected


# --- wording --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "words"), [(0, "0"), (1, "一"), (10, "十"), (12, "十二"), (20, "二十"), (99, "九十九"), (100, "100")]
)
def test_numbers_are_written_in_chinese_up_to_99(number: int, words: str) -> None:
    assert chinese(number) == words


def test_days_and_rates_are_written_as_reports_write_them() -> None:
    assert (month_day(date(2020, 6, 3)), full_day(date(2020, 6, 3))) == ("6月3日", "2020年6月3日")
    assert (percent(26.0), percent(None)) == ("26.00%", "—")
