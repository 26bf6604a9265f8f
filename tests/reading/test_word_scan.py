"""The scan of bytes never misses a word that a reader would find."""

import sys
from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from random_entries import entries
from zhenggai.model.entries import Progress
from zhenggai.model.folded_text import folded
from zhenggai.reading import word_scan
from zhenggai.reading.canonical_form import entry_text
from zhenggai.reading.word_scan import WordScan


def holds(word: str, data: bytes) -> bool:
    return WordScan(folded(word)).may_hold(data)


def test_characters_that_fold_to_others_are_all_where_they_are_looked_for() -> None:
    looked_at = set(chain(*word_scan._UNFOLDED)) | set(range(0x80))
    others = (chr(code) for code in range(sys.maxunicode + 1) if code not in looked_at)
    assert [c for c in others if folded(c) != c and word_scan._SURE.search(folded(c))] == []


@given(entries(Progress), st.data())
def test_any_part_of_a_text_is_found_in_its_canonical_file(entry: Progress, data: st.DataObject) -> None:
    text = folded(entry.content)
    start = data.draw(st.integers(0, len(text)))
    word = text[start : data.draw(st.integers(start, len(text)))].strip()
    assert WordScan(word).may_hold(entry_text(entry).encode("utf-8", "surrogatepass"))


@pytest.mark.parametrize(
    ("word", "written"),
    [
        ("食堂", "内容: 机关食堂"),
        ("工作", "内容: ⼯作"),  # a radical, as PDF files give it
        ("app", "内容: ＡＰＰ"),
        ("App", "内容: aPP"),
        ("12", "内容: ⑫"),
        ("2㎡", "内容: ２m²"),
        ("整改", r'内容: "\u6574\u6539"'),
        ("整改", '内容: "整\\\n    改"'),
        ("〔2020〕", "内容: [2020]"),  # the brackets are left to the reader
        ("，", "内容: 无"),
    ],
)
def test_a_word_is_found_however_it_is_written(word: str, written: str) -> None:
    assert holds(word, written.encode())


@pytest.mark.parametrize(
    ("word", "written"), [("食堂", "内容: 食品"), ("app", "内容: ap"), ("整改", r'内容: "整\n改"')]
)
def test_other_files_need_not_be_read(word: str, written: str) -> None:
    assert not holds(word, written.encode())
