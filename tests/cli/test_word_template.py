"""``--template``: reports and papers in a place's own Word file, and files that cannot be one."""

from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import docx
import pytest

from small_repo import Ran, Runner, small_repo, write

LEDGER = "04-10 县教育局 进展 1-1 进度=40"
AGAIN = "  下一步：用 Word、WPS 打开，另存为不加密码的 .docx\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = small_repo(tmp_path / "repo", LEDGER)
    write(tmp_path, {"模板.docx": template("{{标题}}", "{{总体情况}}", "{{没有}}")})
    return root


def template(*paragraphs: str) -> bytes:
    word, file = docx.Document(), BytesIO()
    for text in paragraphs:
        word.add_paragraph(text)
    word.save(file)
    return file.getvalue()


def archive(**parts: bytes) -> bytes:
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as packed:
        for name, data in parts.items():
            packed.writestr(name.replace("_", "/"), data)
    return file.getvalue()


def harmed(file: bytes) -> bytes:
    """The file with other bytes where its first part begins."""
    return file[:48] + b"\xff" * 6 + file[54:]


def texts(path: Path) -> list[str]:
    return [paragraph.text for paragraph in docx.Document(str(path)).paragraphs]


def test_a_report_goes_into_the_template_and_what_it_lacks_is_named(zhenggai: Runner, root: Path) -> None:
    ran = zhenggai("week", "--as-of", "2020-04-12", "--template", "../模板.docx", "-o", "周报.docx", at=root)
    assert (ran.code, ran.out) == (0, "")
    assert ran.err.startswith("已写入 周报.docx\n  模板里的 没有 没有可填的，留着没有动\n  一行里可填的：标题、")
    assert [line.partition("：")[0] for line in ran.err.splitlines()[2:]] == [
        "  一行里可填的", "  单独一段可填的", "  表格里可填的列"
    ]  # fmt: skip
    title, *sentences, last = texts(root / "周报.docx")
    assert (title, last) == ("整改方案周报（第2期）", "{{没有}}")
    assert sentences[0].startswith("截至4月12日，2个问题")


def test_the_report_that_is_issued_goes_there_too(zhenggai: Runner, root: Path) -> None:
    words = ("--as-of", "2020-04-12", "--模板", "../模板.docx", "-o", "周报.docx")
    assert zhenggai("week", "--issue", *words, at=root).code == 0
    assert (root / "ledgers/p/报告/周报第002期.txt").exists()
    before = (root / "周报.docx").read_bytes()
    assert zhenggai("week", "2", *words[2:], "--force", at=root).code == 0
    assert texts(root / "周报.docx") == [p.text for p in docx.Document(BytesIO(before)).paragraphs]


def test_a_list_fills_a_table_by_its_sample_row(zhenggai: Runner, root: Path) -> None:
    word, file = docx.Document(), BytesIO()
    grid = word.add_table(2, 2)
    for cell, text in zip(grid._cells, ("措施", "单位", "{{措施}}", "{{单位}}"), strict=True):
        cell.text = text
    word.save(file)
    write(root.parent, {"台账.docx": file.getvalue()})
    ran = zhenggai("list", "--problem", "2-1", "--template", "../台账.docx", "-o", "台账.docx", at=root)
    assert ran == Ran(0, "", "已写入 台账.docx\n")
    rows = docx.Document(str(root / "台账.docx")).tables[0].rows
    assert [[cell.text for cell in row.cells] for row in rows] == [["措施", "单位"], ["2\u20111", "县财政局"]]


def test_papers_have_templates_too(zhenggai: Runner, root: Path) -> None:
    write(root.parent, {"督办.docx": template("{{抬头}}", "{{落款}}")})
    urge = ("urge", "督办", "1-1", "--unit", "县教育局", "--basis", "逾期", "--by", "县委督查局", "--writer", "督查科")
    ran = zhenggai(*urge, "--paper", "--template", "../督办.docx", "-o", "督办单.docx", at=root)
    assert ran.code == 0
    assert texts(root / "督办单.docx") == ["县教育局及其主要负责人：", "县委督查局"]


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("没有.docx", None, "没有 没有.docx\n  下一步：--template 写模板的文件名\n"),
        ("旧.docx", b"\xd0\xcf\x11\xe0", f"旧.docx 是旧格式（.doc），或加了密码\n{AGAIN}"),
        ("表.docx", archive(xl_workbook=b""), f"表.docx 不是 Word 文件\n{AGAIN}"),
        ("宏.docx", archive(**{"word_document.xml": b"<a/>", "word_vbaProject.bin": b""}), f"宏.docx 有宏\n{AGAIN}"),
        ("实体.docx", archive(**{"word_document.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a/>'}), f"实体.docx 不是 Word 写的\n{AGAIN}"),
        ("大.docx", archive(**{"word_document.xml": b"0" * 60_000_000}), "大.docx 太大，或解开后太大\n  下一步：删去用不着的内容、图片，另存一份\n"),
        ("压坏.docx", harmed(archive(**{"word_document.xml": b"<a/>" * 999})), f"压坏.docx 不是 .docx 文件，或已损坏\n{AGAIN}"),
        ("坏.docx", archive(**{"word_document.xml": b"<a"}), f"坏.docx 不是 .docx 文件，或已损坏\n{AGAIN}"),
    ],
)  # fmt: skip
def test_what_is_no_template_is_refused_before_anything_is_done(
    zhenggai: Runner, root: Path, name: str, data: bytes | None, said: str
) -> None:
    write(root, {name: data} if data is not None else {})
    ran = zhenggai("week", "--issue", "--as-of", "2020-04-12", "--template", name, "-o", "周报.docx", at=root)
    assert ran == Ran(2, "", f"zhenggai：{said}")
    assert not (root / "周报.docx").exists()
    assert not (root / "ledgers/p/报告").exists()


def test_a_template_wants_a_file_of_its_own(zhenggai: Runner, root: Path) -> None:
    write(root, {"模板.docx": template("{{标题}}")})
    assert zhenggai("week", "--template", "模板.docx", at=root) == Ran(
        2, "", "zhenggai：填好的模板要写成文件\n  下一步：加 -o 文件名.docx\n"
    )
    for name in ("周报.txt", "周报.xlsx", "周报"):
        assert zhenggai("week", "--template", "模板.docx", "-o", name, at=root) == Ran(
            2, "", f"zhenggai：填好的 Word 模板仍是 Word 文件，不能写成 {name}\n  下一步：写 -o 周报.docx\n"
        )
    assert zhenggai("week", "--template", "模板.docx", "-o", "模板.docx", "--force", at=root) == Ran(
        2, "", "zhenggai：填好的会盖掉模板，没有写入\n  下一步：-o 换一个名字\n"
    )
