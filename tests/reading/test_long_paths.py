"""Paths that are too long for Windows: it says that there is no such file, and the file must not be missing silently."""

import errno
import os
from pathlib import Path

import pytest

from small_repo import small_repo
from zhenggai.errors import Unwritable
from zhenggai.model.source import Diagnostic
from zhenggai.reading import data_folders
from zhenggai.reading.data_folders import UnreadableFolder, listings, scan
from zhenggai.reading.files import read_file
from zhenggai.writing.atomic import replace_file

SHORTEN = r"把台账文件夹移到浅一些的地方，如 D:\\台账"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A ledger whose files have paths that are too long."""
    made = small_repo(tmp_path, "04-10 县教育局 进展 1-1")
    monkeypatch.setattr(data_folders, "WINDOWS", True)
    monkeypatch.setattr(data_folders, "_LONGEST", len(str(tmp_path)))
    return made


def test_what_is_found_is_read(root: Path) -> None:
    assert listings(root, "p")
    assert not isinstance(read_file(root, "plans/p.yaml"), Diagnostic)


def test_a_listed_file_that_cannot_be_found_is_an_error(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "listdir", lambda _folder: ["2020-04.办公室.bb.yaml"])
    with pytest.raises(
        UnreadableFolder, match=rf"bb.yaml：路径太长（Windows 一般只认 250 个字符左右）\n  下一步：{SHORTEN}"
    ):
        listings(root, "p")
    monkeypatch.setattr(data_folders, "WINDOWS", False)
    assert listings(root, "p") == {"ledgers/p/县教育局": ""}


def test_a_folder_that_cannot_be_found_is_an_error(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    evidence = root / "ledgers/p/县教育局/附件"
    assert list(scan(evidence)) == []
    monkeypatch.setattr(os, "listdir", lambda _folder: ["附件"])
    with pytest.raises(UnreadableFolder, match="附件：路径太长"):
        list(scan(evidence))
    monkeypatch.setattr(data_folders, "WINDOWS", False)
    assert list(scan(evidence)) == []


def test_a_file_that_cannot_be_found_is_named(root: Path) -> None:
    found = read_file(root, "ledgers/p/县教育局/无.yaml")
    assert isinstance(found, Diagnostic)
    assert (found.what.partition("（")[0], found.remedy) == ("路径太长", SHORTEN.replace(r"\\", "\\"))


def test_a_write_that_fails_for_it_says_so(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def replace(old: Path, new: Path) -> None:
        raise FileNotFoundError(errno.ENOENT, "not found", str(old), None, str(new))

    monkeypatch.setattr(os, "replace", replace)
    with pytest.raises(Unwritable, match=rf"无法写入 a.yaml：路径太长.*\n  下一步：{SHORTEN}"):
        replace_file(root / "ledgers/p/县教育局/a.yaml", None, b"x")
