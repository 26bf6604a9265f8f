"""Compares the two readers of ledgers on canonical documents of all kinds of entries, most of them damaged in a few places.

``python benchmarks/fuzz_reading.py [--documents 200000] [--seed 1]``. First come all fields of all kinds with all odd
values, then random documents. If the strict reader accepts a text, the general reader must give the same entries (values,
types, lines, offsets) without diagnostics, and the strict reader's events must be those of the entries. A text that the
strict reader does not accept is left to the general reader. Exit code 1 at the first difference.
"""

import argparse
import json
import random
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import fields
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Literal, get_args, get_origin

from zhenggai.model.entries import ENTRY_CLASSES, Entry
from zhenggai.model.event_of_entry import event_of
from zhenggai.model.labels import label_of
from zhenggai.model.numbers import CROCKFORD
from zhenggai.reading import values
from zhenggai.reading.canonical_form import entry_text
from zhenggai.reading.canonical_reader import read_as_events, read_strictly
from zhenggai.reading.field_readers import bare_type, readers_of
from zhenggai.reading.load import read_by_events

PATH = "ledgers/p/u/2020-05.w.zz.yaml"
ODD = (
    *("", " ", "  ", "\u3000", "\xa0", "\t", "甲 ", "甲\t", " 甲", "甲\u3000", "-", "- ", "- 甲", "-甲", ":", "甲:", "甲: 乙", "a:b"),
    *("甲:", "#", " #", "甲 #乙", "甲#乙", "'", "'甲'", '"', '""', '"甲"', '"甲', '甲"', '" "', '"\\u3000"', '"甲: 乙"', '"甲: 乙" '),
    *('"\\/: "', '"\\u0041: "', '"\\n"', '"甲\\n乙"', '"\\u0000"', '"\\u007F"', '"\\u007f"', '"\\u2028"', '"\\uFEFF"', '"\\uD800"'),
    *('"\\uD83D\\uDE00: "', '"😀: "', '"\\x41: "', '"\\a"', '"\\e"', '"\\t"', '"\\""', '"\\\\ #"', '"\\', '"40"', '"yes"', '"3-2"'),
    *('"2020-05-12"', '"20200512-k3f9x2ab"', '"通过"', '"是"', '"100"', "\\", "\\n", "&a", "&a 甲", "*a", "!x", "!x 甲", "甲&!", "|", ">"),
    *("%", "@", "`", "{", "}", "{}", "[", "]", "[]", "[甲]", ",", "甲, 乙", "?", "? 甲", "=", "<<", "~", "‹甲", "：", "、", "甲、乙", "甲，乙"),
    *("yes", "No", "null", "NULL", "true", "y", "N", ".inf", ".nan", "nan", "yeſ", "是", "否", "不", "对", "√", "0", "00", "1", "9", "40"),
    *("040", "40%", "４０", "0.4", "100", "101", "1e3", "0x1F", "+1", "-1", "999999999", "1000000000", "12345678901234567890", "1_000"),
    *("24.5", "24.50", "0.000001", "0.0000001", "123456789012345", "1234567890123456", "007.5", ".5", "5.", "3-2", "3.2", "3②", "三②"),
    *("0-1", "3-0", "03-2", "3-2-1", "3-2-1-1", "1234567890-1", "123456789-123456789-123456789", "3-2、3-3", "２-1", "2020-05-12"),
    *("2020-02-29", "2021-02-29", "2020-02-31", "0000-01-01", "0001-01-01", "9999-12-31", "2020-13-01", "2020-5-12", "2020/5/12"),
    *("2020-05", "2020-Q2", "20200512", "20200512-k3f9x2ab", "20200231-k3f9x2ab", "20200512-k3f9x2aI", "20200512-K3F9X2AB", "20200512-k3f9"),
    *("通过", "退回", "反弹", "属实", "不实", "明察", "认定", "请示", "经核查不存在", "有效", "进展", "更正", "初审", "督办", "甲\x00", "甲\x7f"),
    *("\x85", "甲\u2028乙", "\ufeff甲", "甲\ufeff", "甲\ufffe", "\U0001fffe", "甲\ud800", "甲\udc80", "😀", "é", "e\u0301", "---", "...", "甲...", "İ"),
)  # fmt: skip
"""Texts that may follow a key."""
PIECES = (
    *ODD, "\n", "\r\n", "\r", "\n\n", "\n ", "\n  ", "\n- ", "\n  - ", "\n  - 甲", "\n    ", "\x0b", "\x0c", "\n---\n", "\n...\n", "\n# 注\n", ": ", " : ",
    "  ", "   ", "?", "\n  内容: 甲", "\n  填报人: 乙", "\n  单位: 甲", "\n  注: 甲", "\n  事项: 进展", "\n  事项: 完成", "\n  <<: 甲", "\n- 编号: 20200512-k3f9x2ab", "\n  佐证:",
)  # fmt: skip
_TEXTS = ("征求12个党支部意见", "县教育局", "办公室", "甲: 乙", "甲、乙", "yes", "40", "甲\n乙", "附件/2020-05/甲.9f2c41d0.docx", "A & B!", " 甲", "😀", "2020-Q2")  # fmt: skip


def difference(text: str) -> str | None:
    """The difference between the readers, "" if there is none. None if the strict reader does not accept the text."""
    placed = read_strictly(text)
    if placed is None:
        return None
    expected, diagnostics = read_by_events(text, PATH)
    if diagnostics:
        return f"the event reader has problems: {[str(diagnostic) for diagnostic in diagnostics]}"
    if placed != expected or repr(placed) != repr(
        expected
    ):  # repr: 24.5 equals 24.50 and a kind equals its text, but their repr differs
        return f"strict: {placed}\nevents: {expected}"
    made, due = read_as_events(text, PATH), [event_of(entry, PATH, line, offset) for entry, line, offset in expected]
    return "" if made == due and repr(made) == repr(due) else f"made: {made}\nof the entries: {due}"


def _text(draw: random.Random) -> str:
    return draw.choice(_TEXTS) if draw.random() < 0.95 else "".join(draw.choices(PIECES, k=draw.randint(1, 3)))


def _day(draw: random.Random) -> date:
    return date(2020, 1, 1) + timedelta(draw.randrange(366))


def _number(draw: random.Random) -> str:
    return f"{_day(draw):%Y%m%d}-{''.join(draw.choices(CROCKFORD, k=8))}"


def _measure(draw: random.Random) -> str:
    return "-".join(str(draw.randint(1, 20)) for _ in range(draw.randint(2, 3)))


_DRAWN: dict[values.Reader, Callable[[random.Random], object]] = {
    values.read_text: _text,
    values.read_day: _day,
    values.read_entry_number: _number,
    values.read_measure: _measure,
    values.read_percent: lambda draw: draw.choice((*range(101), 101)),
    values.read_whole: lambda draw: draw.choice((*range(20), 999_999_999, 10**9)),
    values.read_number: lambda draw: Decimal(
        draw.choice(("0", "24", "24.50", "7.0", "0.3", "100", "0.000001", "0.000000", "0.0000001", "1E+3"))
    ),
    values.read_increment: lambda draw: draw.choice(
        ("0", "12", "1200.50万元", "560元", "3亿元", "1,200元", "-5元", "007元")
    ),
    values.read_flag: lambda draw: draw.random() < 0.5,
}


def drawn_entry(draw: random.Random, entry_class: Any = None, chance: float = 0.4) -> Entry:
    """A random entry. Some values are invalid. An optional field is present with the probability ``chance``."""
    entry_class = entry_class or draw.choice(ENTRY_CLASSES)
    readers = readers_of(entry_class)
    given: dict[str, object] = {}
    for field in fields(entry_class):
        hint, reader = bare_type(field.type), readers[label_of(field.name)]
        if hint is None or (field.default is not field.default_factory and draw.random() > chance):
            continue
        if get_origin(hint) is Literal:
            given[field.name] = draw.choice(get_args(hint))
        elif reader.many:
            given[field.name] = tuple(_DRAWN[reader.read](draw) for _ in range(draw.randint(0, 3)))
        else:
            given[field.name] = _DRAWN[reader.read](draw)
    entry: Entry = entry_class(**given)
    return entry


def spoilt(text: str, draw: random.Random) -> str:
    """The text with one random change."""
    return draw.choice(_CHANGES)(text, draw)


def _piece_changed(text: str, draw: random.Random) -> str:
    begin = draw.choice((draw.randint(0, len(text)), _structural(text, draw)))
    return text[:begin] + draw.choice(PIECES) + text[begin + draw.choice((0, 0, 1, 2, 6)) :]


def _piece_lost(text: str, draw: random.Random) -> str:
    begin = draw.choice((draw.randint(0, len(text)), _structural(text, draw)))
    return text[:begin] + text[begin + draw.randint(1, 4) :]


def _structural(text: str, draw: random.Random) -> int:
    """A random position near the start, the end or the colon of a line."""
    line = text.find("\n", draw.randint(0, len(text))) + 1
    colon = max(text.find(": ", line), 0)
    return draw.choice((line, max(line - 1, 0), line + 2, colon, colon + 1, colon + 2))


def _value_changed(text: str, draw: random.Random) -> str:
    lines = text.split("\n")
    at = draw.randrange(len(lines))
    key, mark, _ = lines[at].partition(draw.choice((": ", "  - ")))
    lines[at] = key + mark + draw.choice(ODD)
    return "\n".join(lines)


def _value_quoted(text: str, draw: random.Random) -> str:
    lines = text.split("\n")
    at = draw.randrange(len(lines))
    key, mark, value = lines[at].partition(": ")
    written = json.dumps(value), json.dumps(value, ensure_ascii=False), f"'{value}'", value.strip('"')
    lines[at] = key + mark + draw.choice(written)
    return "\n".join(lines)


def _lines_moved(text: str, draw: random.Random) -> str:
    lines = text.split("\n")
    one, other = draw.randrange(len(lines)), draw.randrange(len(lines))
    match draw.randrange(4):
        case 0:
            lines[one], lines[other] = lines[other], lines[one]
        case 1:
            lines.insert(other, lines[one])
        case 2:
            lines.insert(other, lines.pop(one))
        case _:
            del lines[one]
    return "\n".join(lines)


def _line_ends(text: str, draw: random.Random) -> str:
    end = draw.choice(("\r\n", "\r", "\n\n", " \n", "\t\n", "\x85", "\u2028", "\u2029", "\x0b", "\x0c"))
    return text.replace("\n", end, draw.choice((-1, 1, 2)))


def _edges(text: str, draw: random.Random) -> str:
    if draw.random() < 0.5:
        return draw.choice(("\ufeff", "\n", "---\n", "# 注\n", " ", text)) + text
    return draw.choice((text[:-1], text + "\n", text + "- ", text + " "))


_CHANGES: tuple[Callable[[str, random.Random], str], ...] = (
    *(_piece_changed, _piece_lost, _value_changed, _value_changed, _value_quoted, _lines_moved, _line_ends, _edges),
)


def swept() -> Iterator[str]:
    """An entry of each class with all fields; each field takes each odd value, alone and as a list item."""
    draw = random.Random(0)
    for entry_class in ENTRY_CLASSES:
        lines = _good_entry(draw, entry_class).split("\n")
        for at, line in enumerate(lines):
            key, mark, _ = line.partition(": " if ": " in line else "  - ")
            for odd in ODD:
                yield "\n".join([*lines[:at], key + mark + odd, *lines[at + 1 :]])
            yield "\n".join([*lines[:at], *lines[at + 1 :]])


def _good_entry(draw: random.Random, entry_class: Any) -> str:
    """The text of a valid entry with all fields."""
    keys = [f"  {label_of(f.name)}:" for f in fields(entry_class) if f.type is not None and f.name != "number"]
    while True:
        text = entry_text(drawn_entry(draw, entry_class, 1.0))
        if read_strictly(text) is not None and all(key in text for key in keys):
            return text


def by_chance(documents: int, seed: int) -> Iterator[str]:
    """Random documents of up to three entries, with up to three damages. One in five has none."""
    draw = random.Random(seed)
    for _ in range(documents):
        text = "".join(entry_text(drawn_entry(draw)) for _ in range(draw.randint(1, 3)))
        for _ in range(draw.choice((0, 1, 1, 2, 3))):
            text = spoilt(text, draw)
        yield text


def main() -> int:
    """Print the number of documents, of those that the strict reader accepted, and of differences."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--documents", type=int, default=200_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    for name, documents in (("swept", swept()), ("by chance", by_chance(options.documents, options.seed))):
        start = time.process_time()
        seen = strictly = 0
        for text in documents:
            found = difference(text)
            seen += 1
            strictly += found is not None
            if found:
                print(f"{name}, document {seen}: {text!r}\n{text}\n{found}")
                return 1
        seconds = time.process_time() - start
        print(f"{name:10}{seen:9,} documents {strictly:9,} read strictly         0 differ {seconds:6.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
