"""Canonical ledgers are read by the strict reader, all others by the event reader, and what both can read they read alike."""

import random
import subprocess
import sys
from itertools import islice
from pathlib import Path
from typing import Any, Literal

import pytest
from fuzz_reading import by_chance, difference, spoilt, swept
from hypothesis import given, settings
from hypothesis import strategies as st

from random_entries import entries
from small_repo import SHIPPED
from zhenggai.frozen import frozen
from zhenggai.model.entries import ENTRY_CLASSES, Entry, Recorded
from zhenggai.model.kinds import Kind
from zhenggai.reading import canonical_reader
from zhenggai.reading.canonical_form import entry_text
from zhenggai.reading.canonical_reader import Form, form_of, is_canonical, read_strictly
from zhenggai.reading.load import load_records, read_by_events
from zhenggai.reading.yaml_faults import MAX_VALUE

ENTRIES: st.SearchStrategy[Entry] = st.one_of(*map(entries, ENTRY_CLASSES))


def strictly(text: str) -> bool:
    """Whether the strict reader takes a text; if so, the event reader must give the same."""
    found = difference(text)
    assert not found, f"{text}\n{found}"
    return found is not None


@pytest.mark.parametrize("entry_class", ENTRY_CLASSES)
def test_every_entry_as_the_tool_writes_it_is_read_strictly(entry_class: type[Entry]) -> None:
    @settings(deadline=None, max_examples=25)
    @given(entries(entry_class))
    def holds(entry: Entry) -> None:
        text = entry_text(entry)
        assert read_strictly(text) == [(entry, 1, 0)]
        assert strictly(text)

    holds()


@settings(deadline=None)
@given(st.lists(ENTRIES, max_size=4))
def test_lines_and_offsets_are_those_of_each_entry(written: list[Entry]) -> None:
    texts = [entry_text(entry) for entry in written]
    whole = "".join(texts)
    before = ["".join(texts[:nth]) for nth in range(len(texts))]
    assert read_strictly(whole) == [
        (entry, text.count("\n") + 1, len(text)) for entry, text in zip(written, before, strict=True)
    ]
    assert strictly(whole)


@settings(deadline=None, max_examples=150)
@given(st.lists(ENTRIES, min_size=1, max_size=3), st.randoms(use_true_random=False), st.integers(1, 3))
def test_spoilt_texts_are_read_alike_or_left_to_the_event_reader(
    written: list[Entry], draw: random.Random, times: int
) -> None:
    text = "".join(map(entry_text, written))
    for _ in range(times):
        text = spoilt(text, draw)
    if strictly(text):
        assert text == "".join(entry_text(entry) for entry, _, _ in read_by_events(text, "l.yaml")[0])


def test_the_seeded_documents_are_read_alike() -> None:
    """The same generator as that of ``benchmarks/fuzz_reading.py``, which runs over 200,000 of them."""
    taken = sum(map(strictly, (*by_chance(2000, 5), *islice(swept(), 0, None, 11))))
    assert 1000 < taken < 4000


FORM = """\
- 编号: 20200512-k3f9x2ab
  日期: 2020-05-12
  事项: 更正
  针对: 20200510-k3f9x2ab
{}  填报人: 办公室
"""


@pytest.mark.parametrize(
    "lines",
    [
        "  作废: 是\n",
        "  进度: 40\n",
        "  步骤:\n  - 3-2-1\n",
        "  指标值: 24.50\n",
        "  起: 2020-02-29\n",
        '  内容: "甲: 乙"\n',
        '  内容: "甲\\n乙\\t\\u0000"\n',
        '  期次: "2020-05"\n',
        "  内容: 甲 & 乙!\n",
        '  佐证:\n  - "2020"\n  - 甲\n',
    ],
)
def test_canonical_lines(lines: str) -> None:
    assert strictly(FORM.format(lines))


@pytest.mark.parametrize(
    "lines",
    [
        "",  # a correction of nothing
        "  进度: 040\n",
        "  进度: 40%\n",
        "  进度: 101\n",
        "  人数: 1234567890\n",
        "  人数: 07\n",
        "  指标值: 007.5\n",
        "  指标值: 24.5000000\n",
        "  起: 2020-02-31\n",
        "  作废: 是\n  作废: 是\n",
        "  作废: 否\n  进度: 40\n",
        "  内容: 甲: 乙\n",
        '  内容: "甲乙"\n',
        "  内容: '甲'\n",
        "  内容: 40\n",
        '  内容: "甲\n',
        '  内容: "\\u3000"\n',
        '  内容: " "\n',
        '  内容: "\\ud83d\\ude00: "\n',
        '  内容: "甲\udc80: "\n',
        "  内容: 甲\udc80\n",
        "  内容: 甲 \n",
        "  内容: 甲\u3000\n",
        "  内容: 甲\t乙\n",
        "  内容: 甲\u2028乙\n",
        "  内容:\n",
        "  佐证: []\n",
        "  佐证: 甲\n",
        "  佐证:\n",
        "  内容: 甲\n  进度: 40\n",
        "  内容: 甲\n  内容: 乙\n",
        "  进度: 40\n  # 注\n",
        "  进度: 40\n\n",
        "  进度: 40\r\n",
        "  措施: 3-2\n",
        "  步骤:\n  - 3.2\n",
        "  步骤:\n  - 03-2\n",
        "  步骤:\n  - 1234567890-1\n",
        "  注: 甲\n",
        '  内容: "\\u7532: "\n',
    ],
)
def test_other_lines(lines: str) -> None:
    assert not is_canonical(FORM.format(lines))


GOOD = FORM.format("  进度: 40\n")


@pytest.mark.parametrize(
    "text",
    [
        GOOD[:-1],
        f"\ufeff{GOOD}",
        f"---\n{GOOD}",
        GOOD.replace("\n", "\r\n"),
        GOOD.replace("更正", "更改"),
        GOOD.replace("  事项", "  措施: 3-2\n  事项"),
        GOOD.replace("  事项", "  单位: 甲\n  事项"),
        GOOD.replace("  事项: 更正\n", "") + GOOD,
        GOOD.replace("  填报人: 办公室\n", ""),
        GOOD.replace("20200512-", "20200231-"),
        GOOD + "- ",
        GOOD + "\n",
        "\n",
        "[]\n",
    ],
)
def test_other_texts(text: str) -> None:
    assert not is_canonical(text)


def test_an_empty_ledger_is_canonical() -> None:
    assert strictly("")


@pytest.mark.parametrize("length", [MAX_VALUE - 300, MAX_VALUE, MAX_VALUE + 1])
def test_an_entry_that_is_too_long_is_left_to_the_event_reader(length: int) -> None:
    assert strictly(FORM.format(f"  内容: {'甲' * length}\n")) == (length < MAX_VALUE)


@pytest.mark.parametrize("mark", ["", "&", "!"])
def test_a_file_with_too_much_in_it_is_left_to_the_event_reader(mark: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The event reader counts each line as a node, and more for an entry that may have an anchor or a tag."""
    text = FORM.format(f"  内容: 甲{mark}\n") * 3
    taken = []
    for nodes in range(80):
        monkeypatch.setattr("zhenggai.reading.entry_text.MAX_NODES", nodes)
        monkeypatch.setattr(canonical_reader, "MAX_NODES", nodes)
        taken.append(strictly(text))
    assert taken.index(True) == (18 + 3 * 16 if mark else 18)


LEDGER = "ledgers/p/县教育局/2020-05.办公室.zz.yaml"


@pytest.mark.parametrize(
    ("data", "entries_read", "diagnostics"),
    [
        (b"", 0, []),
        (GOOD.encode(), 1, []),
        (GOOD.encode()[:-1], 1, []),
        (b"\xef\xbb\xbf" + GOOD.encode(), 1, ["开头有字节顺序标记（BOM）"]),
        (GOOD.replace("\n", "\r\n").encode(), 1, ["换行是 CRLF，不是 LF"]),
        (GOOD.encode("gbk"), 1, ["文件编码是 GBK，不是 UTF-8（已按 GBK 读取）"]),
        (GOOD.encode("utf-16"), 1, ["文件编码是 UTF-16，不是 UTF-8（已按 UTF-16 读取）"]),
        (GOOD.replace("40", "101").encode(), 1, ["进度“101”不是 0 到 100 的整数", "更正没有写改成什么"]),
        ((GOOD + GOOD.replace("05-12", "02-31")).encode(), 1, ["“2020-02-31”这一天不存在"]),
    ],
)  # fmt: skip
def test_a_file_in_whatever_form(data: bytes, entries_read: int, diagnostics: list[str], tmp_path: Path) -> None:
    file = tmp_path / LEDGER
    file.parent.mkdir(parents=True)
    file.write_bytes(data)
    records, found = load_records(tmp_path, LEDGER)
    assert [diagnostic.what for diagnostic in found] == diagnostics
    assert [(record.source.line, record.offset, record.recorder) for record in records] == [
        (1, 0, "县教育局")
    ] * entries_read


def test_the_shipped_ledgers_are_read_without_yaml_and_pydantic() -> None:
    script = (
        "import sys; from pathlib import Path; from zhenggai.reading.data_folders import ledger_paths; from zhenggai.reading import load\n"
        "files, _ = ledger_paths(Path(), 'jcdj-2020')\n"
        "assert files and all(load.load_records(Path(), file)[0] for file in files)\n"
        "print(sorted({name.partition('.')[0] for name in sys.modules} & {'pydantic', 'pydantic_core', 'ruamel', '_ruamel_yaml'}))"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=SHIPPED, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


@frozen(kw_only=True)
class Visit(Recorded):
    """A kind with a list of names, which no entry has yet."""

    kind: Literal[Kind.LESSON] = Kind.LESSON
    location: tuple[str, ...] = ()


@pytest.mark.parametrize("written", ["甲、乙", '" 甲"', "甲,乙"])
def test_a_text_that_lists_several_names_is_left_to_the_general_reader(written: str) -> None:
    owner: Any = Visit
    form: Form = form_of(owner)
    names = dict(form.fields)["location"]
    assert names("  - 甲\n  - 乙\n") == ("甲", "乙")
    with pytest.raises(ValueError, match="甲"):
        names(f"  - {written}\n")
