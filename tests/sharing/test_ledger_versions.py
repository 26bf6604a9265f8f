"""Versions of a ledger file: of one that only grew the new entries are read alone, and the same is found as in the whole."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zhenggai.reading.entry_text import read_entries
from zhenggai.reading.raw_entry import by_number
from zhenggai.sharing.file_versions import Version, Versions, same_entry
from zhenggai.sharing.git import Objects

ONE = "- 编号: 20200510-00000001\n  日期: 2020-05-10\n  措施: 1-1\n  事项: 进展\n  进度: 40\n  内容: 初稿\n  填报人: 办公室\n"
TWO = ONE.replace("00000001", "00000002").replace("初稿", "二稿")


class Store:
    """A git store in which texts are laid down."""

    def __init__(self, root: Path) -> None:
        self.root = root
        subprocess.run(["git", "init", "-q", str(root)], check=True)

    def add(self, data: str | bytes) -> str:
        given_ = data if isinstance(data, bytes) else data.encode("utf-8", "surrogateescape")
        command = ["git", "-C", str(self.root), "hash-object", "-w", "--stdin"]
        return subprocess.run(command, input=given_, capture_output=True, check=True).stdout.decode().strip()


@pytest.fixture
def store(home: Path, tmp_path: Path) -> Store:
    return Store(tmp_path / "r")


@pytest.fixture
def versions(store: Store) -> Iterator[Versions]:
    with Objects(store.root) as objects:
        yield Versions(objects)


def test_what_was_appended(store: Store, versions: Versions) -> None:
    one, both = store.add(ONE), store.add(ONE + TWO)
    assert list(versions.appended(None, one) or ()) == ["20200510-00000001"]
    assert list(versions.appended(one, both) or ()) == ["20200510-00000002"]
    assert list(versions.of(both).entries) == ["20200510-00000001", "20200510-00000002"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (ONE, TWO),  # not longer, but another
        (ONE, ONE + "# 注\n"),
        (ONE, ONE + "  - 编号: 1\n"),
        (ONE.rstrip("\n"), ONE + TWO),  # its last line was longer then
        (ONE + "...\n", ONE + "...\n" + TWO),  # another document
        ("  " + ONE.replace("\n  ", "\n    "), "  " + ONE.replace("\n  ", "\n    ") + TWO),  # another margin
        (ONE.replace("初稿", '"初稿'), ONE.replace("初稿", '"初稿') + TWO),  # an open quotation mark
        (ONE, ONE + TWO.replace("进度: 40", "进度：40")),
        (ONE, ONE.encode() + TWO.encode("gb18030")),
        (ONE.encode("utf-16"), ONE.encode("utf-16") + TWO.encode()),
    ],
)
def test_what_did_not_simply_grow_is_read_whole(
    store: Store, versions: Versions, old: str | bytes, new: str | bytes
) -> None:
    assert versions.appended(store.add(old), store.add(new)) is None


PIECES = st.sampled_from([ONE, TWO, ONE.replace("\n", "\r\n"), ONE.replace("初稿", "|\n    初\n\n    稿"), "- {编号: 甲}\n", "- a\n", "...\n", "---\n", "'", "\n", "# 注\n"])  # fmt: skip


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(old=st.lists(PIECES, max_size=3).map("".join), added=st.lists(PIECES, min_size=1, max_size=2).map("".join))
def test_the_short_way_finds_what_the_long_one_does(old: str, added: str) -> None:
    class Told:
        def read(self, name: str) -> bytes:
            return {"old": old, "new": old + added}[name].encode()

    found = Versions(Told()).appended("old", "new")  # type: ignore[arg-type]  # only ``read`` is asked of it
    if found is not None:
        before, after = (by_number(read_entries(text, "")[0]) for text in (old, old + added))
        assert not Version((old + added).encode()).faulty
        assert {n: e.values for n, e in after.items() if n not in before} == {
            n: e.values for n, e in found.items() if n not in before
        }


def test_the_last_versions_only_are_kept(store: Store, versions: Versions, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zhenggai.sharing.file_versions._KEPT", len(ONE.encode()) + 10)
    first, second = store.add(ONE), store.add(TWO)
    kept = versions.of(first)
    assert versions.of(first) is kept
    versions.of(second)
    assert versions.of(first) is not kept


@pytest.mark.parametrize(
    ("old", "new", "same"),
    [
        ("进度: 40", '进度: "40%"', True),
        ("日期: 2020-05-10", "日期: 2020年5月10日", True),
        ("措施: 1-1", "措施: 1.1", True),
        ("内容: 初稿", "内容: 初 稿", False),
        ("进度: 40", "进度: 41", False),
        ("进度: 40", "进度: 0.4", False),
        ("  进度: 40\n", "", False),
        ("内容: 初稿", "内容: 初稿\n  不识: 甲", False),
        ("事项: 进展", "事项: 不识", False),
    ],
)
def test_when_two_entries_say_the_same(old: str, new: str, same: bool) -> None:
    one, other = (read_entries(text, "")[0][0] for text in (ONE, ONE.replace(old, new)))
    assert same_entry(one, other) is same
