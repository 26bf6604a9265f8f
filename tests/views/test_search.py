"""``find``: what it finds is what a plain search over everything that is read finds."""

import json
import random
import re
import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from random_histories import DAYS, MERGED, PLAN, book_from, histories
from small_repo import SHIPPED, ledger_in, write
from zhenggai.ledger import Ledger, open_ledger
from zhenggai.model.book import Book
from zhenggai.model.entries import Correction, Entry
from zhenggai.model.entry_fields import FIELDS
from zhenggai.model.folded_text import folded
from zhenggai.model.plan import Plan
from zhenggai.reading.canonical_form import entry_text
from zhenggai.reading.files import decode
from zhenggai.rules.day.snapshot import Snapshot
from zhenggai.rules.day.state import state
from zhenggai.views.entry_keys import given_fields
from zhenggai.views.find import find
from zhenggai.views.search_result import SearchResult
from zhenggai.views.searched_texts import Text
from zhenggai.views.selection import EVERYTHING, Selection, select

END = date(2020, 12, 31)
NO_TEXTS = {"number", "ref", "measure", "steps", "period", "measure_digest", "application_digest"}


def search(
    snapshot: Snapshot, *words: str, selection: Selection = EVERYTHING, plan: Plan | None = None
) -> SearchResult:
    return find(snapshot, select(snapshot, selection), selection, words, lambda: plan or snapshot.whole)


def texts(found: SearchResult) -> list[Text]:
    return [hit.text for hit in found.hits]


def numbers(found: SearchResult) -> set[str]:
    return {hit.text.entry for hit in found.hits if hit.text.entry}


def plain_search(book: Book, now: Snapshot, *words: str) -> set[str]:
    """The entries with all words, by looking at all texts of all entries that are known on the day."""
    found = set()
    for number, record in book.by_number.items():
        entry = now.said(number) if now.knows(record) else None
        if entry and all(any(folded(word) in text for text in _texts(now, entry)) for word in words):
            found.add(number)
    return found


def _texts(now: Snapshot, entry: Entry) -> list[str]:
    given: dict[str, Any] = {name: value for name, value in given_fields(entry).items() if name not in NO_TEXTS}
    if isinstance(entry, Correction) and now.correction(entry.number):
        given = {name: value for name, value in given.items() if not FIELDS[name].correctable}
    items = (item for value in given.values() for item in (value if isinstance(value, tuple) else (value,)))
    return [folded(re.sub(r"^附件/.*/", "", item)) for item in items if isinstance(item, str)]


@cache
def shipped() -> Ledger:
    return open_ledger(SHIPPED, "jcdj-2020")


def fifty_words() -> list[tuple[str, ...]]:
    """Parts of the shipped ledger's texts, 2 to 5 characters long; every fifth time two of them."""
    chance = random.Random(0)
    texts = [
        text for r in shipped().book.records for text in (r.entry.content or "", *r.entry.evidence) if len(text) > 9
    ]

    def word() -> str:
        text = chance.choice(texts)
        start = chance.randrange(len(text) - 5)
        return text[start : start + chance.choice((2, 2, 3, 4, 5))]

    return [(word(), word()) if nth % 5 == 0 else (word(),) for nth in range(50)]


@pytest.mark.parametrize("as_of", [date(2020, 6, 30), END])
def test_fifty_words_in_the_shipped_ledger(as_of: date) -> None:
    book, now = shipped().book, shipped().snapshot(as_of)
    reference, found = state(book, as_of), 0
    for words in fifty_words():
        hits = search(now, *words)
        assert numbers(hits) == plain_search(book, reference, *words), words
        assert texts(hits) == texts(search(reference, *words)), words
        found += len(hits.hits)
    assert found > 50


# --- files of every kind

CONTENTS = ("机关食堂整改", "⼯作作风", "ＡＰＰ推广②", "甲\n乙食堂", '抓"食堂"和\\作风', "工作在食堂", "整　改 app")
WORDS = (
    ("食堂",),
    ("工作",),
    ("工作", "食堂"),
    ("app",),
    ("2",),
    ("作风", "⻝堂"),
    ("改",),
    ("办公室", "乙"),
    ("整 改",),
    ('"',),
)
FORMS: tuple[Callable[[str], bytes], ...] = (
    str.encode,
    lambda text: text.encode("gb18030"),
    lambda text: text.encode("utf-16"),
    lambda text: text.encode("utf-8-sig"),
    lambda text: text.replace("\n", "\r\n").encode(),
    lambda text: re.sub('内容: ([^"\n]+)', lambda found: f"内容: {json.dumps(found[1])}", text).encode(),
    lambda text: re.sub('内容: ([^"\n]+)', "内容: >-\n    \\1\n    食堂", text).encode(),
    lambda text: re.sub('内容: ([^"\n])([^"\n]+)', '内容: "\\1\\\\\n    \\2"', text).encode(),
    lambda text: text.replace("食堂", "⻝堂").encode() + b"- \xff\n",
)


def told_in_files(root: Path, history: str, chance: random.Random) -> Ledger:
    """The ledger of a random history, with texts, each file in a form of its own."""
    files: dict[str, str] = {}
    for record in book_from(history).records:
        entry = replace(record.entry, content=chance.choice(CONTENTS)) if record.entry.content else record.entry
        files[record.source.path] = files.get(record.source.path, "") + entry_text(entry)
    ledger = {path: chance.choice(FORMS)(text) for path, text in files.items()}
    return ledger_in(write(root, {"plans/p.yaml": PLAN, "plans/units.yaml": MERGED, **ledger}))


@settings(max_examples=12)
@given(histories(), DAYS, st.just(date.max) | DAYS, st.randoms(use_true_random=False))
def test_a_search_by_bytes_finds_what_a_reading_of_all_files_finds(
    history: str, as_of: date, known_by: date, chance: random.Random
) -> None:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        ledger = told_in_files(Path(folder), history, chance)
        now, reference = ledger.snapshot(as_of, known_by), state(ledger.book, as_of, known_by)
        for words in WORDS:
            found = search(now, *words, plan=ledger.located_plan)
            assert numbers(found) == plain_search(ledger.book, reference, *words), words
            assert texts(found) == texts(search(reference, *words)), words
            for hit in found.hits:
                text, _ = decode((ledger.root / hit.place.path).read_bytes(), "")
                assert f"{hit.text.field}:" in text.splitlines()[hit.place.line - 1]
