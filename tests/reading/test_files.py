"""Bytes in: what is no regular file under the root is refused, and every encoding is named."""

import os
from pathlib import Path

import pytest

from zhenggai.model.source import Diagnostic, Level, Source
from zhenggai.reading import files
from zhenggai.reading.files import FileBytes, decode, read_file, unreadable_characters

LEDGER = "- 编号: 20200512-k3f9x2ab\n  内容: 制定责任清单，征求意见\n"


def what(found: FileBytes | Diagnostic) -> str:
    assert isinstance(found, Diagnostic)
    return found.what


def test_regular_file(tmp_path: Path) -> None:
    (tmp_path / "ledgers").mkdir()
    (tmp_path / "ledgers" / "五月.yaml").write_bytes(b"- a: b\n")
    found = read_file(tmp_path, "ledgers/五月.yaml")
    assert isinstance(found, FileBytes)
    assert (found.path, found.data, found.stamp[0]) == ("ledgers/五月.yaml", b"- a: b\n", 7)


@pytest.mark.parametrize("path", ["", "../x", "a/../../x", "/etc/passwd", "a\0b", "a\\..\\b"])
def test_path_outside(tmp_path: Path, path: str) -> None:
    assert "不在数据目录之内" in what(read_file(tmp_path, path))


def test_folder_symlink_outside_and_loop(tmp_path: Path) -> None:
    (tmp_path / "root").mkdir()
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "x").write_text("x")
    (tmp_path / "root" / "link").symlink_to(tmp_path / "out")
    (tmp_path / "root" / "loop").symlink_to("loop")
    assert "不在数据目录之内" in what(read_file(tmp_path / "root", "link/x"))
    assert isinstance(read_file(tmp_path / "root", "loop/x"), Diagnostic)


def test_symlink_fifo_folder_missing(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("x")
    (tmp_path / "link").symlink_to("a")
    os.mkfifo(tmp_path / "pipe")
    for path in ("link", "pipe", "sub"):
        if path == "sub":
            (tmp_path / path).mkdir()
        assert "不是普通文件" in what(read_file(tmp_path, path))
    assert "不存在" in what(read_file(tmp_path, "missing"))


def test_exchanged_between_look_and_open(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A FIFO that takes the file's place after lstat neither hangs nor is read."""
    (tmp_path / "a").write_text("x")
    regular = os.lstat(tmp_path / "a")
    os.mkfifo(tmp_path / "pipe")
    monkeypatch.setattr(os, "lstat", lambda _path: regular)
    assert "不是普通文件" in what(read_file(tmp_path, "pipe"))


@pytest.mark.parametrize(
    ("error", "says"), [(PermissionError(13, "x"), "没有读取权限"), (OSError(5, "io"), "无法读取（io）")]
)
def test_system_errors(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: OSError, says: str) -> None:
    def refuse(*_: object) -> int:
        raise error

    (tmp_path / "a").write_text("x")
    monkeypatch.setattr(os, "open", refuse)
    assert says in what(read_file(tmp_path, "a"))


def test_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MAX_FILE", 10)
    (tmp_path / "a").write_bytes(b"x" * 10)
    (tmp_path / "b").write_bytes(b"x" * 11)
    assert isinstance(read_file(tmp_path, "a"), FileBytes)
    assert "16 MiB" in what(read_file(tmp_path, "b"))


@pytest.mark.parametrize("text", ["", "a", LEDGER])
def test_utf8_is_silent(text: str) -> None:
    assert decode(text.encode(), "f") == (text, [])


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (b"\xef\xbb\xbf", "\n", "开头有字节顺序标记（BOM）"),
        (b"", "\r\n", "换行是 CRLF，不是 LF"),
        (b"", "\r", "换行是 CR，不是 LF"),
        (b"\xef\xbb\xbf", "\r\n", "开头有字节顺序标记（BOM）；换行是 CRLF，不是 LF"),
    ],
)
def test_a_mark_and_other_line_ends_are_read_and_named_once(before: bytes, after: str, said: str) -> None:
    text = LEDGER.replace("\n", after)
    assert decode(before + text.encode(), "f") == (
        text,
        [Diagnostic(Source("f"), "文件编码", said, "不影响读取；运行 zhenggai fmt 改好", Level.WARNING)],
    )


def test_mixed_line_ends_are_named() -> None:
    (diagnostic,) = decode(b"a\r\nb\nc\rd", "f")[1]
    assert diagnostic.what == "换行是 CRLF、CR、LF 混用，不是 LF"


@pytest.mark.parametrize(
    ("codec", "mark", "name"),
    [
        ("gbk", b"", "GBK"),
        ("utf-16-le", b"\xff\xfe", "UTF-16"),
        ("utf-16-be", b"\xfe\xff", "UTF-16"),
        ("utf-16-le", b"", "UTF-16"),
        ("utf-16-be", b"", "UTF-16"),
        ("utf-32-le", b"\xff\xfe\0\0", "UTF-32"),
        ("utf-32-be", b"\0\0\xfe\xff", "UTF-32"),
        ("utf-32-le", b"", "UTF-32"),
        ("utf-32-be", b"", "UTF-32"),
    ],
)
def test_other_encodings_are_used_and_named(codec: str, mark: bytes, name: str) -> None:
    text, diagnostics = decode(mark + LEDGER.encode(codec), "f")
    assert text == LEDGER
    assert [(p.level, p.source.line, p.what, p.remedy) for p in diagnostics] == [
        (
            Level.WARNING,
            1,
            f"文件编码是 {name}，不是 UTF-8（已按 {name} 读取）",
            "运行 zhenggai fmt；或用记事本打开，选“另存为”，编码选 UTF-8",
        )
    ]


@pytest.mark.parametrize(
    "data",
    [
        LEDGER.encode("utf-16") + b"\0",  # half a character at the end
        "內容：基層黨建責任制".encode("big5"),
        b"caf\xe9 \xe0 la cr\xe8me",
        bytes(range(128, 256)),
        b"\xff",
    ],
)
def test_unknown_encoding(data: bytes) -> None:
    text, diagnostics = decode(data, "f")
    assert text == ""
    assert [(p.level, p.what) for p in diagnostics] == [(Level.ERROR, "认不出文件的编码，未读取")]


def test_one_bad_byte_in_utf8() -> None:
    data = LEDGER.encode()[:-2] + b"\n"
    text, diagnostics = decode(data, "f")
    assert diagnostics == []
    assert [(p.source.line, p.what) for p in unreadable_characters(text, "f")] == [
        (2, "有不是 UTF-8 的字节（E8），文字可能已损坏")
    ]


def test_nul_in_utf8_is_not_utf16() -> None:
    text, diagnostics = decode("- 内容: 甲\0乙\n".encode(), "f")
    assert (text, diagnostics) == ("- 内容: 甲\0乙\n", [])


def test_unreadable_characters_by_line() -> None:
    text = "a\r\nb\x07\x1b\rc\u2028\nd\ufeff\n\x85 ok\U0001f600\t\xa0"
    named = [(p.source.line, p.what[-6:]) for p in unreadable_characters(text, "f", before=10)]
    assert named == [(12, "U+0007"), (13, "U+2028"), (14, "U+FEFF"), (15, "U+0085")]


def test_unreadable_characters_are_bounded() -> None:
    assert len(unreadable_characters("\0\n" * 1000, "f")) == 21
    assert len(unreadable_characters("\0" * 1_000_000, "f")) == 1
