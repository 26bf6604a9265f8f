"""What is written in canonical form reads back as the same entry, to us and to PyYAML."""

import re
from datetime import date
from decimal import Decimal

import pytest
import yaml  # type: ignore[import-untyped]  # its stubs are not among the dev dependencies
from hypothesis import given, settings
from hypothesis import strategies as st

from random_entries import TEXTS, entries
from zhenggai.model.entries import ENTRY_CLASSES, Entry, Progress, Recorded
from zhenggai.model.entry_classes import field_order, kinds_of
from zhenggai.model.kinds import Kind
from zhenggai.model.labels import label_of
from zhenggai.reading.canonical_form import entry_text, is_plain, scalar
from zhenggai.reading.entry_text import read_entries
from zhenggai.reading.typed_entries import type_entry


def read_back(text: str) -> Entry:
    (raw,), faults = read_entries(text, "l.yaml")
    assert faults == []
    entry, diagnostics = type_entry(raw, "l.yaml")
    assert diagnostics == []
    assert entry is not None
    return entry


@pytest.mark.parametrize("entry_class", ENTRY_CLASSES)
def test_every_entry_reads_back_as_it_was_written(entry_class: type[Recorded]) -> None:
    @settings(deadline=None)  # the first example builds the validator
    @given(entries(entry_class))
    def holds(entry: Entry) -> None:
        text = entry_text(entry)
        back = read_back(text)
        assert back == entry
        assert type(back) is entry_class
        assert entry_text(back) == text

    holds()


@settings(deadline=None)
@given(st.one_of(*map(entries, ENTRY_CLASSES)))
def test_pyyaml_reads_the_same_texts(entry: Entry) -> None:
    text = entry_text(entry)
    ((raw,), _) = read_entries(text, "l.yaml")
    same = {key: value if isinstance(value, str) else list(value) for key, value in raw.values.items()}
    assert yaml.load(text, yaml.BaseLoader) == [same]


@settings(deadline=None)
@given(st.one_of(*map(entries, ENTRY_CLASSES)))
def test_the_layout_is_that_of_the_design(entry: Entry) -> None:
    r"""One field, one line, ``键: 值``; a list has a line an item; keys in the table's order; no empty value or list."""
    text = entry_text(entry)
    assert text.endswith("\n")
    lines = text[:-1].split("\n")
    assert lines[0].startswith("- 编号: ")
    keys = []
    for line, after in zip(lines, [*lines[1:], ""], strict=True):
        found = re.fullmatch(r"(?:- |  )([^\s:\"-]+):(?: (\S.*))?|  - \S.*", line)
        assert found is not None, line
        if found[1]:
            keys.append(found[1])
            assert (found[2] is None) == after.startswith("  - ")
    labels = [label_of(name) for name in field_order(type(entry))]
    assert keys == [label for label in labels if label in keys]
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]", text)
    assert not any(re.match(r"(?:(?:- |  )[^\s:\"-]+: |  - )'", line) for line in lines)  # no value in single quotes


@given(TEXTS)
def test_a_scalar_is_plain_or_a_json_string_and_reads_back(text: str) -> None:
    written = scalar(text)
    assert (written == text) == is_plain(text)
    assert is_plain(text) or (written[0] == written[-1] == '"')
    assert yaml.load(f"- {written}\n", yaml.BaseLoader) == [text]


@pytest.mark.parametrize(
    "text",
    [
        "征求12个党支部意见",
        "甲：乙，丙、丁",
        "县组发〔2020〕12号",
        "附件/2020-05/a b.9f2c41d0.docx",
        "a:b",
        "a#b",
        "《通知》",
        "12个",
        "（一）甲",
    ],
)
def test_text_that_yaml_takes_as_it_stands_has_no_quotes(text: str) -> None:
    assert scalar(text) == text


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("40", '"40"'),
        ("2020-05", '"2020-05"'),
        ("12:30", '"12:30"'),
        ("0xff", '"0xff"'),
        ("+1", '"+1"'),
        ("yes", '"yes"'),
        ("OFF", '"OFF"'),
        ("Null", '"Null"'),
        ("-.Inf", '"-.Inf"'),
        ("", '""'),
        (" 甲", '" 甲"'),
        ("甲 ", '"甲 "'),
        ("甲:", '"甲:"'),
        ("甲: 乙", '"甲: 乙"'),
        ("甲 #1", '"甲 #1"'),
        ('"甲"', '"\\"甲\\""'),
        ("'甲", '"\'甲"'),
        ("\\甲", "\\甲"),
        ("甲\n乙\t\\", '"甲\\n乙\\t\\\\"'),
        ("\x00\x1b", '"\\u0000\\u001b"'),
        ("甲\x7f\x85\u2028\ufeff\uffff", '"甲\\u007F\\u0085\\u2028\\uFEFF\\uFFFF"'),
        ("甲\n😀", '"甲\\n😀"'),
        ("‹甲", '"‹甲"'),
        ("-甲", '"-甲"'),
    ],
)
def test_text_that_yaml_would_take_for_something_else_is_a_json_string(text: str, written: str) -> None:
    assert scalar(text) == written


def test_an_entry_as_the_design_shows_it() -> None:
    entry = Progress(
        number="20200512-k3f9x2ab",
        date=date(2020, 5, 12),
        measure="3-2",
        percent=0,
        steps=("3-2-1",),
        measured=Decimal("24.50"),
        rectified="1200.50万元",
        recovered="3",
        on_behalf=True,
        content="制定初稿：征求意见",
        evidence=("附件/2020-05/征求意见稿.9f2c41d0.docx", "2020"),
        writer="办公室",
    )
    assert entry_text(entry) == (
        """\
- 编号: 20200512-k3f9x2ab
  日期: 2020-05-12
  措施: 3-2
  事项: 进展
  进度: 0
  步骤:
  - 3-2-1
  指标值: 24.50
  整改金额: 1200.50万元
  追缴: 3
  代录: 是
  内容: 制定初稿：征求意见
  佐证:
  - 附件/2020-05/征求意见稿.9f2c41d0.docx
  - "2020"
  填报人: 办公室
"""
    )


def test_every_kind_of_entry_is_among_those_tried() -> None:
    assert {kind for entry_class in ENTRY_CLASSES for kind in kinds_of(entry_class)} == set(Kind)
