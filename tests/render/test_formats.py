"""The table of formats: each row agrees with its file, and commands follow from the rows alone."""

import ast
import re
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path, PurePath
from typing import cast

import pytest

from small_repo import SHIPPED, Ran, Runner, small_repo
from zhenggai import render as package
from zhenggai.document import Bar, Document, Heading, Para, Report, row, table
from zhenggai.document.calendar import Calendar, CalendarEvent
from zhenggai.render import (
    FORMATS,
    Format,
    Library,
    ModuleRenderer,
    file_bytes,
    format_named,
    format_of_file,
    render,
    suffix_of,
)


class Sample:
    """A report with every kind of block, and characters that no encoding has."""

    heads = {"a": "甲"}  # noqa: RUF012  # read only

    def document(self) -> Document:
        blocks = (Heading("一"), Para("\ud800"), table(["甲"], [row("é\u202e")]), Bar("甲", 0.5))
        return Document("\udfff", blocks)

    def record(self) -> object:
        return {"a": "\ud800"}

    def rows(self) -> list[dict[str, object]]:
        return [{"a": "\ud800"}, {"a": 1}]

    def calendar(self) -> Calendar:
        return Calendar("\udfff", date(2020, 6, 1), (CalendarEvent(("\ud800",), date(2020, 6, 30), "é\u202e"),))


@pytest.fixture
def packed(monkeypatch: pytest.MonkeyPatch) -> Format:
    """A binary format, which is one row."""

    def bytes_of(report: Report, *, width: int | None, colour: bool) -> bytes:
        return b"PK\x03\x04\r\n" + report.document().title.encode(errors="replace")

    made = Format(name="packed", aliases=("压缩",), suffixes=(".pk",), binary=True, about="压缩文件", render=bytes_of)
    monkeypatch.setitem(cast("dict[str, Format]", FORMATS), made.name, made)
    return made


def test_each_file_that_renders_reports_has_one_row() -> None:
    folder = Path(package.__file__).parent
    renderers = {path.stem for path in folder.glob("[a-z]*.py") if "render" in functions_of(path)}
    renderers |= {path.parent.name for path in folder.glob("[a-z]*/__init__.py") if "render" in functions_of(path)}
    assert sorted(cast("ModuleRenderer", entry.render).module for entry in FORMATS.values()) == sorted(renderers)


def functions_of(path: Path) -> set[str]:
    return {node.name for node in ast.parse(path.read_text("utf-8")).body if isinstance(node, ast.FunctionDef)}


def test_the_guide_names_each_format_and_ending() -> None:
    guide = (SHIPPED / "docs/guide.md").read_text("utf-8")
    options = next(line for line in guide.splitlines() if line.startswith("| `--format` |"))
    assert re.findall("`([a-z]+)`", options) == list(FORMATS)
    assert f"（`{' '.join(suffix for entry in FORMATS.values() for suffix in entry.suffixes if suffix)}`）" in guide


def test_no_word_and_no_ending_means_two_formats() -> None:
    for words in (
        [word for entry in FORMATS.values() for word in (entry.name, *entry.aliases)],
        [suffix for entry in FORMATS.values() for suffix in entry.suffixes],
    ):
        assert len(words) == len(set(words))
        assert words == [word.lower() for word in words]


@pytest.mark.parametrize("entry", FORMATS.values(), ids=FORMATS)
def test_a_row_says_what_its_renderer_gives(entry: Format) -> None:
    rendered = entry.render(Sample(), width=40, colour=False)
    assert isinstance(rendered, bytes) is entry.binary
    if isinstance(rendered, str):
        assert rendered.endswith(entry.newlines)
        assert "\n" not in rendered.replace(entry.newlines, "")
        assert "\r" not in rendered.replace(entry.newlines, "")
        assert file_bytes(Sample(), entry.name).decode(entry.encoding).endswith(entry.newlines)


def test_names_and_endings_lead_to_rows(packed: Format) -> None:
    assert [format_named(word) for word in ("packed", "压缩", "PK")] == [packed, packed, None]
    assert [format_of_file(PurePath(name)) for name in ("周报.pk", "周报.PK", "pk")] == [
        packed,
        packed,
        FORMATS["text"],
    ]
    assert format_of_file(PurePath("讲话.pptx")) is None
    assert [suffix_of(name) for name in ("packed", "csv", "table")] == [".pk", ".csv", ".txt"]


def test_a_binary_format_has_no_text(packed: Format) -> None:
    with pytest.raises(TypeError):
        render(Sample(), packed.name)


# --- a binary format in the commands


REFUSED = "zhenggai：packed 格式不能显示，只能写入文件\n  下一步：加 -o 文件名.pk\n"


@pytest.mark.parametrize(
    "command",
    ["status", "week", "week --issue --as-of 2020-06-28", "remind", "check", "doctor", "audit", "when 2020年9月底前"],
)
def test_a_binary_format_is_refused_without_a_file(
    zhenggai: Runner, tmp_path: Path, packed: Format, command: str
) -> None:
    root = small_repo(tmp_path)
    assert zhenggai(*command.split(), "--format", "压缩", at=root) == Ran(2, "", REFUSED)
    assert not (root / "ledgers/p/报告").exists()


def test_a_binary_format_goes_to_a_file_as_it_is(zhenggai: Runner, tmp_path: Path, packed: Format) -> None:
    root = small_repo(tmp_path)
    for arguments in (("-o", "报告.pk"), ("-o", "报告", "--format", "packed")):
        assert zhenggai("status", *arguments, at=root) == Ran(0, "", f"已写入 {arguments[1]}\n")
        assert (root / arguments[1]).read_bytes() == b"PK\x03\x04\r\n" + "整改方案".encode()


def test_a_format_whose_library_is_missing_says_what_to_install_before_anything_is_done(
    zhenggai: Runner, tmp_path: Path, packed: Format, monkeypatch: pytest.MonkeyPatch
) -> None:
    needy = replace(packed, library=Library("no_such_module", "no-such-package"))
    monkeypatch.setitem(cast("dict[str, Format]", FORMATS), packed.name, needy)
    root = small_repo(tmp_path)
    said = (
        "zhenggai：.pk 文件要用 no-such-package，这台电脑没有装\n"
        f'  下一步："{sys.executable}" -m pip install no-such-package；没有网络的，用安装文件夹再装一次程序\n'
    )
    for command in ("status", "week --issue --as-of 2020-06-28"):
        assert zhenggai(*command.split(), "-o", "报告.pk", at=root) == Ran(5, "", said)
    assert zhenggai("remind", "--format", "packed", "-o", "函件/", "--as-of", "2020-07-03", at=root).code == 5
    assert not (root / "报告.pk").exists()
    assert not (root / "ledgers/p/报告").exists()


def test_letters_in_a_folder_have_the_ending_of_their_format(zhenggai: Runner, tmp_path: Path, packed: Format) -> None:
    root = small_repo(tmp_path)
    for name, suffix in (("packed", ".pk"), ("table", ".txt"), ("md", ".md")):
        folder = root / name
        assert zhenggai("remind", "--format", name, "-o", f"{name}/", "--as-of", "2020-07-03", at=root).code == 0
        assert {path.suffix for path in folder.iterdir()} == {suffix}


def test_an_ending_that_no_format_has_is_answered_with_those_there_are(
    zhenggai: Runner, tmp_path: Path, packed: Format
) -> None:
    ran = zhenggai("status", "-o", "报告.none", at=small_repo(tmp_path))
    assert ran.code == 2
    endings = " ".join(s for entry in FORMATS.values() for s in entry.suffixes if s and not entry.calendar)
    assert f"换成 {endings}，" in ran.err
    assert endings.endswith(packed.suffixes)
