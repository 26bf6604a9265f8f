"""What evidence files hold: read once, remembered by their stamps, read again where anything of that is in doubt."""

import json
import os
from hashlib import sha256
from pathlib import Path

import pytest

from zhenggai.model.evidence_name import bears_digest, digest_in_name, evidence_digest, is_as_named
from zhenggai.writing import evidence_digests
from zhenggai.writing.append import evidence_name
from zhenggai.writing.evidence_digests import KEPT, digest_of, remembered

PATH = "ledgers/p/城关镇/附件/2020-05/办法.docx"
FAKE = "f" * 64
LONG_AFTER = 2**62  # nanoseconds


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A root with one file, read long after it was written by the disk's clock."""
    (tmp_path / PATH).parent.mkdir(parents=True)
    (tmp_path / ".zhenggai").mkdir()
    (tmp_path / PATH).write_bytes(b"x")
    monkeypatch.setattr(evidence_digests, "_disk_time", lambda _: LONG_AFTER)
    return tmp_path


def read(root: Path, *, verify: bool = False) -> str:
    with remembered(root, verify=verify) as digest:
        return digest(PATH)


def feign(root: Path) -> None:
    """Let the memory say something else of the file as it is."""
    kept = json.loads((root / KEPT).read_bytes())
    kept["files"][PATH][-1] = FAKE
    (root / KEPT).write_text(json.dumps(kept))


def test_a_file_that_has_not_changed_is_not_read_again(root: Path) -> None:
    assert read(root) == sha256(b"x").hexdigest()
    feign(root)
    assert read(root) == FAKE
    assert read(root, verify=True) == sha256(b"x").hexdigest()
    assert read(root) == sha256(b"x").hexdigest(), "what was read anew is remembered"


def test_a_file_that_was_written_again_is_read_again(root: Path) -> None:
    read(root)
    times = os.stat(root / PATH)
    (root / PATH).write_bytes(b"y")
    os.utime(root / PATH, ns=(times.st_atime_ns, times.st_mtime_ns + 100))  # the step of NTFS
    assert read(root) == sha256(b"y").hexdigest()


def test_a_file_written_while_the_clock_may_stand_still_is_not_remembered(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = os.stat(root / PATH).st_mtime_ns
    monkeypatch.setattr(evidence_digests, "_disk_time", lambda _: written + 2_000_000_000)
    read(root)
    assert not (root / KEPT).exists()


@pytest.mark.parametrize("kept", ["", "[]", "{", '{"format": 1, "files": [1]}', '{"format": 9, "files": {}}'])
def test_a_damaged_memory_is_none(root: Path, kept: str) -> None:
    (root / KEPT).write_text(kept)
    assert read(root) == sha256(b"x").hexdigest()
    feign(root)
    assert read(root) == FAKE


def test_where_nothing_can_be_kept_the_files_are_read(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    (root / ".zhenggai").rmdir()
    assert read(root) == sha256(b"x").hexdigest()
    assert not (root / ".zhenggai").exists()


def test_what_is_not_there_or_no_file_has_no_digest(root: Path) -> None:
    (root / PATH).unlink()
    assert (read(root), digest_of(root, PATH)) == ("", "")
    (root / PATH).symlink_to(root / KEPT)
    assert (read(root), digest_of(root, PATH)) == ("", "")


# --- names


@pytest.mark.parametrize(
    "source", ["办法.docx", "办法", "a.deadbeef", "a.12345678.pdf", f"{'长' * 90}.docx", ".pdf", "甲.乙丙丁"]
)
def test_the_name_that_a_copy_gets_tells_its_content(source: str) -> None:
    name = evidence_name(Path(source), b"x")
    assert bears_digest(name)
    assert is_as_named(name, evidence_digest(name, b"x"))
    assert not is_as_named(name, evidence_digest(name, b"y"))


def test_line_ends_that_git_changed_do_not_matter() -> None:
    unix, windows = "甲\n乙\n".encode(), "甲\r\n乙\r\n".encode()
    for one, other in ((unix, windows), (windows, unix)):
        name = f"办法.{digest_in_name(one)}.txt"
        assert evidence_digest(name, other) == sha256(one).hexdigest()
        assert is_as_named(name, evidence_digest(name, other))
    name = f"图.{digest_in_name(b'a' + unix)}.png"
    assert not is_as_named(name, evidence_digest(name, b"\0" + windows))
