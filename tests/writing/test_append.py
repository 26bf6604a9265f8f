"""Entries are appended whole: to the writer's own file, its evidence beside it."""

import errno
import hashlib
import os
import re
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path, PurePosixPath

import pytest

from zhenggai.errors import Unwritable, UsageError
from zhenggai.model.entries import Claim, Entry, Progress
from zhenggai.model.names import name_fault
from zhenggai.model.numbers import CROCKFORD, recorded_on
from zhenggai.reading.canonical_form import entry_text
from zhenggai.reading.data_folders import ledger_paths
from zhenggai.reading.files import ENCODING_CHECK
from zhenggai.reading.load import load_records
from zhenggai.writing import append
from zhenggai.writing.append import (
    Batch,
    Place,
    append_entries,
    append_to,
    clone_mark,
    evidence_copies,
    evidence_fault,
    evidence_name,
)
from zhenggai.writing.atomic import writing

CLAIM = Claim(number="20200512-k3f9x2ab", date=date(2020, 5, 10), measure="3-2", writer="办公室")
PROGRESS = Progress(
    number="20200512-k3f9x2ac",
    date=date(2020, 5, 12),
    measure="3-2",
    percent=40,
    content="征求意见：\n三条",
    writer="办公室",
)


@pytest.fixture
def place(tmp_path: Path) -> Place:
    (tmp_path / ".zhenggai").mkdir()
    (tmp_path / ".zhenggai" / "clone").write_text("k3")
    return Place(tmp_path, "jcdj-2020", "城关镇", "办公室")


def append_entry(place: Place, entry: Entry, evidence: tuple[Path, ...] = ()) -> Path:
    """One entry, with files of evidence."""
    copies = evidence_copies(evidence, recorded_on(entry.number))
    return append_entries(place, [replace(entry, evidence=(*copies, *entry.evidence))], copies)


def append_together(root: Path, batches: list[Batch]) -> list[Path]:
    """Several batches as the changes of one command."""
    with writing(root) as changes:
        return [append_to(changes, batch) for batch in batches]


def ledger(place: Place, content: bytes | str) -> Path:
    """The file of May, as somebody left it."""
    path = place.file(date(2020, 5, 1))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def entries(place: Place) -> list[Entry]:
    """What a reader finds, and that nothing is wrong with it but its encoding."""
    files, _ = ledger_paths(place.root, place.plan)
    found = [load_records(place.root, path) for path in files]
    assert {diagnostic.check for _, diagnostics in found for diagnostic in diagnostics} <= {ENCODING_CHECK}
    return [record.entry for records, _ in found for record in records]


def files_below(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


# --- the file


def test_the_first_entry_makes_the_file_of_its_recording_month(place: Place) -> None:
    path = append_entry(place, CLAIM)
    assert path == place.root / "ledgers/jcdj-2020/城关镇/2020-05.办公室.k3.yaml"
    assert path.read_text("utf-8") == entry_text(CLAIM)
    assert files_below(place.folder) == ["2020-05.办公室.k3.yaml"]


def test_entries_stand_behind_each_other_as_recorded(place: Place) -> None:
    assert append_entry(place, CLAIM) == append_entry(place, PROGRESS)
    append_entry(place, replace(CLAIM, number="20200601-00000000"))
    assert entries(place) == [CLAIM, PROGRESS, replace(CLAIM, number="20200601-00000000")]
    assert files_below(place.folder) == ["2020-05.办公室.k3.yaml", "2020-06.办公室.k3.yaml"]


def test_batches_go_each_to_its_file(place: Place) -> None:
    other = replace(place, writer="党建科")
    batches = [Batch(place, [CLAIM]), Batch(other, [replace(CLAIM, writer="党建科")]), Batch(place, [PROGRESS])]
    paths = append_together(place.root, batches)
    assert [path.name for path in paths] == [f"2020-05.{who}.k3.yaml" for who in ("办公室", "党建科", "办公室")]
    assert paths[0].read_text("utf-8") == entry_text(CLAIM) + entry_text(PROGRESS)


def test_a_batch_that_cannot_be_written_takes_all_others_back(place: Place) -> None:
    path = ledger(replace(place, writer="党建科"), "  - 编号: 1\n")
    batches = [Batch(place, [CLAIM]), Batch(replace(place, writer="党建科"), [PROGRESS])]
    with pytest.raises(Unwritable, match="读不回来"):
        append_together(place.root, batches)
    assert files_below(place.folder) == [path.name]


def test_what_a_person_wrote_stays_byte_for_byte(place: Place) -> None:
    written = "# 五月台账\n\n- 编号: '20200501-00000000'   # 手写\n  日期: 2020.5.1\n  事项: 经验\n  内容: |\n    甲\n  填报人: 办公室\n\n# 完\n"
    path = ledger(place, written)
    append_entry(place, CLAIM)
    assert path.read_text("utf-8") == written + entry_text(CLAIM)


def test_a_file_with_crlf_keeps_crlf(place: Place) -> None:
    path = ledger(place, entry_text(CLAIM).replace("\n", "\r\n"))
    append_entry(place, PROGRESS)
    data = path.read_bytes()
    assert data == (entry_text(CLAIM) + entry_text(PROGRESS)).replace("\n", "\r\n").encode()
    assert entries(place) == [CLAIM, PROGRESS]


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_a_file_without_a_final_line_end_gets_one(place: Place, line_end: str) -> None:
    path = ledger(place, entry_text(CLAIM).removesuffix("\n").replace("\n", line_end))
    append_entry(place, PROGRESS)
    assert path.read_bytes() == (entry_text(CLAIM) + entry_text(PROGRESS)).replace("\n", line_end).encode()


@pytest.mark.parametrize("before", ["", entry_text(CLAIM)])
def test_the_mark_that_notepad_sets_before_the_text_stays(place: Place, before: str) -> None:
    path = ledger(place, b"\xef\xbb\xbf" + before.encode())
    append_entry(place, PROGRESS)
    assert path.read_bytes() == b"\xef\xbb\xbf" + (before + entry_text(PROGRESS)).encode()
    assert entries(place)[-1] == PROGRESS


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("  - 编号: 1\n", "追加后读不回来，未写入\n  下一步：先改正第 2 行"),
        (entry_text(CLAIM) + "...\n---\n[]\n...\n", "追加后读不回来"),
        (entry_text(CLAIM).encode("gbk"), "编码不是 UTF-8，不能追加\n  下一步：先运行 zhenggai fmt"),
        (("\ufeff" + entry_text(CLAIM)).encode("utf-16-le"), "编码是 UTF-16，不能追加\n  下一步：先运行 zhenggai fmt"),
        (bytes(range(256)), "编码不是 UTF-8，不能追加"),
    ],
)
def test_a_file_that_would_not_read_back_is_refused_untouched(place: Place, content: bytes | str, says: str) -> None:
    path = ledger(place, content)
    before = path.read_bytes()
    (place.root / "a.docx").write_bytes(b"x")
    with pytest.raises(Unwritable, match=re.escape(says)):
        append_entry(place, PROGRESS, (place.root / "a.docx",))
    assert path.read_bytes() == before
    assert files_below(place.folder) == ["2020-05.办公室.k3.yaml"]


@pytest.mark.parametrize(
    "bad", ["- 编号: 1\n  内容：甲\n  日期: x\n", "- [a, b\n", '- 编号: 1\n  内容: "甲\n', "编号: 1\n"]
)
def test_an_earlier_bad_entry_does_not_stop_the_work(place: Place, bad: str) -> None:
    """It stays as it stands and is still named; what was appended is read."""
    path = ledger(place, bad)
    name = "ledgers/jcdj-2020/城关镇/2020-05.办公室.k3.yaml"
    before = load_records(place.root, name)[1]
    append_entry(place, PROGRESS)
    assert path.read_text("utf-8") == bad + entry_text(PROGRESS)
    records, diagnostics = load_records(place.root, name)
    assert [record.entry for record in records] == [PROGRESS]
    assert len(diagnostics) == len(before) > 0


def test_only_regular_files_are_appended_to(place: Place) -> None:
    path = ledger(place, "")
    path.unlink()
    path.symlink_to(place.root / "elsewhere.yaml")
    (place.root / "elsewhere.yaml").write_text("")
    with pytest.raises(Unwritable, match="不是普通文件"):
        append_entry(place, CLAIM)
    assert (place.root / "elsewhere.yaml").read_bytes() == b""


def test_entries_and_evidence_stay_in_the_repo(place: Place, tmp_path: Path) -> None:
    """A repo that was cloned may hold links to anywhere."""
    (tmp_path / "a.docx").write_bytes(b"x")
    outside = tmp_path.parent / f"{tmp_path.name}-outside"
    outside.mkdir()
    place.folder.mkdir(parents=True)
    (place.folder / "附件").symlink_to(outside)
    with pytest.raises(Unwritable, match="不在台账文件夹之内"):
        append_entry(place, CLAIM, (tmp_path / "a.docx",))
    shutil.rmtree(place.folder.parent)
    place.folder.parent.symlink_to(outside)
    with pytest.raises(Unwritable, match="不在台账文件夹之内"):
        append_entry(place, CLAIM)
    assert files_below(outside) == []


def test_a_file_never_grows_beyond_what_is_read(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    path = append_entry(place, CLAIM)
    before = path.read_bytes()
    monkeypatch.setattr(append, "MAX_FILE", len(before) + 10)
    with pytest.raises(Unwritable, match="将超过 16 MiB"):
        append_entry(place, PROGRESS)
    assert path.read_bytes() == before


def test_an_entry_that_is_no_text_or_would_not_be_read_is_refused(place: Place) -> None:
    """A lone surrogate comes from bytes on the command line that are no UTF-8."""
    with pytest.raises(UsageError, match="有不是文字的字符"):
        append_entry(place, replace(PROGRESS, content="甲\udcff"))
    with pytest.raises(Unwritable, match="追加后读不回来，未写入\n  下一步：先改正文件"):
        append_entry(place, replace(PROGRESS, content=" "))
    assert files_below(place.root / "ledgers") == []


def test_several_entries_are_appended_at_once_or_none_is(place: Place) -> None:
    append_entries(place, [CLAIM, PROGRESS])
    assert entries(place) == [CLAIM, PROGRESS]
    more = replace(PROGRESS, number="20200512-k3f9x2ad")
    with pytest.raises(Unwritable, match="读不回来"):
        append_entries(place, [more, replace(more, content=" ")])
    assert entries(place) == [CLAIM, PROGRESS]


# --- evidence


def test_evidence_is_copied_with_its_digest_and_named_in_the_entry(place: Place, tmp_path: Path) -> None:
    source = tmp_path / "征求意见稿.docx"
    source.write_bytes(b"text")
    digest = hashlib.sha256(b"text").hexdigest()[:8]
    append_entry(place, replace(PROGRESS, evidence=("县组发〔2020〕12号",)), (source,))
    name = f"附件/2020-05/征求意见稿.{digest}.docx"
    assert (place.folder / name).read_bytes() == b"text"
    assert entries(place)[0].evidence == (name, "县组发〔2020〕12号")
    assert ledger_paths(place.root, place.plan)[1] == [f"ledgers/jcdj-2020/城关镇/{name}"]
    assert source.exists()


def test_the_same_evidence_twice_is_one_file_and_is_not_written_again(place: Place, tmp_path: Path) -> None:
    source = tmp_path / "甲.pdf"
    source.write_bytes(b"text")
    append_entry(place, CLAIM, (source, source))
    (copy,) = (place.folder / "附件" / "2020-05").iterdir()
    before = copy.stat()
    append_entry(place, PROGRESS, (source,))
    assert copy.stat() == before
    assert [entry.evidence for entry in entries(place)] == [(f"附件/2020-05/{copy.name}",)] * 2


def test_evidence_that_was_altered_is_restored(place: Place, tmp_path: Path) -> None:
    source = tmp_path / "甲.pdf"
    source.write_bytes(b"text")
    append_entry(place, CLAIM, (source,))
    (copy,) = (place.folder / "附件" / "2020-05").iterdir()
    copy.write_bytes(b"altered")
    append_entry(place, PROGRESS, (source,))
    assert copy.read_bytes() == b"text"


@pytest.mark.parametrize(
    ("name", "stem", "suffix"),
    [
        ("征求意见稿.docx", "征求意见稿", ".docx"),
        ("CON", "_CON", ""),
        ("con.txt", "_con", ".txt"),
        ("con.tar.gz", "_con.tar", ".gz"),
        ("LPT1.pdf", "_LPT1", ".pdf"),
        ("a:b", "a_b", ""),
        ('a<b>"c|d?*\\\n.p:f', "a_b__c_d____", ".p_f"),
        ("甲.", "甲", ""),
        ("甲.doc. ", "甲", ".doc"),
        (" 甲 .doc", "甲 ", ".doc"),
        ("...", "佐证", ""),
        (".bashrc", "bashrc", ""),
        ("-n", "-n", ""),
        ("e\u0301.txt", "é", ".txt"),
        ("甲\udcff.txt", "甲_", ".txt"),
        ("\u3000甲\u200b.doc", "甲_", ".doc"),
        ("长" * 80 + ".docx", "长" * 62, ".docx"),
        ("x" * 300, "x" * 75, ""),
        ("a." + "x" * 250, "a." + "x" * 73, ""),
    ],
)
def test_the_name_of_evidence_is_valid_on_every_system(name: str, stem: str, suffix: str) -> None:
    made = evidence_name(PurePosixPath(name), b"text")
    assert made == f"{stem}.{hashlib.sha256(b'text').hexdigest()[:8]}{suffix}"
    assert name_fault(made) is None
    assert len(made) <= 84
    assert len(made.encode()) <= 200


def test_evidence_that_cannot_be_taken_is_refused_with_the_reason(
    place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "full").write_bytes(b"")
    os.truncate(tmp_path / "full", 10 * 1024 * 1024)
    assert evidence_fault(tmp_path / "full") is None
    os.truncate(tmp_path / "full", 10 * 1024 * 1024 + 1)
    reasons = {
        name: evidence_fault(tmp_path / name) for name in ("missing", "长" * 300, "a\0b", "folder", "pipe", "full")
    }
    assert reasons == {
        "missing": f"佐证文件 {tmp_path}/missing 不存在",
        "长" * 300: f"佐证文件 {tmp_path}/{'长' * 300} 不存在",
        "a\0b": f"佐证文件 {tmp_path}/a\0b 不存在",
        "folder": f"佐证 {tmp_path}/folder 不是文件",
        "pipe": f"佐证 {tmp_path}/pipe 不是文件",
        "full": "佐证文件 full 超过 10 MB",
    }
    with pytest.raises(UsageError, match="佐证文件 full 超过 10 MB"):
        append_entry(place, CLAIM, (tmp_path / "full",))

    def held(_path: Path) -> bytes:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", held)
    os.truncate(tmp_path / "full", 5)
    with pytest.raises(
        UsageError, match="full 读不出来：没有权限，没有写入\n  下一步：先关闭占用它的程序，或另存一份再用"
    ):
        append_entry(place, CLAIM, (tmp_path / "full",))
    monkeypatch.setattr(os, "access", lambda _path, _mode: False)
    assert evidence_fault(tmp_path / "full") == f"佐证文件 {tmp_path / 'full'} 不能读取"
    assert not place.folder.exists()


def test_the_mark_of_a_clone_is_drawn_once_and_kept(tmp_path: Path) -> None:
    mark = clone_mark(tmp_path)
    assert re.fullmatch(f"[{CROCKFORD}]{{2}}", mark)
    assert {clone_mark(tmp_path) for _ in range(5)} == {mark}
    assert (tmp_path / ".zhenggai" / "clone").read_text("utf-8") == mark


@pytest.mark.parametrize(
    ("content", "kept"), [(b"k3\n", True), (b"", False), (b"il", False), ("办".encode(), False), (b"k3x", False)]
)
def test_a_spoilt_mark_is_drawn_anew(tmp_path: Path, content: bytes, kept: bool) -> None:
    (tmp_path / ".zhenggai").mkdir()
    (tmp_path / ".zhenggai" / "clone").write_bytes(content)
    mark = clone_mark(tmp_path)
    assert re.fullmatch(f"[{CROCKFORD}]{{2}}", mark)
    assert ((tmp_path / ".zhenggai" / "clone").read_bytes() == content) == kept
    assert clone_mark(tmp_path) == mark


def test_a_mark_that_is_no_file_is_refused_and_never_waited_for(tmp_path: Path) -> None:
    (tmp_path / ".zhenggai").mkdir()
    os.mkfifo(tmp_path / ".zhenggai" / "clone")
    with pytest.raises(Unwritable, match="clone 不是普通文件"):
        clone_mark(tmp_path)
