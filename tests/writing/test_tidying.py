"""A gallery of bytes: what ``check`` says of them, and what they become; no character is lost, and twice is as once."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from random_entries import entries
from zhenggai.model.entries import ENTRY_CLASSES, Entry
from zhenggai.reading.canonical_form import entry_text
from zhenggai.reading.encoding import recognised
from zhenggai.reading.entry_text import read_entries
from zhenggai.reading.files import LINE_END, decode
from zhenggai.reading.typed_entries import type_entry
from zhenggai.writing.tidy import has_comments, tidied

LEDGER, PLAN = "ledgers/p/县教育局/2020-05.办公室.k3.yaml", "plans/p.yaml"
ENTRY = """\
- 编号: 20200512-k3f9x2ab
  日期: 2020-05-12
  措施: 3-2
  事项: 进展
  进度: 40
  内容: 制定办法初稿，征求12个党支部意见
  填报人: 办公室
"""
CRLF = ENTRY.replace("\n", "\r\n")
BOM = b"\xef\xbb\xbf"


@pytest.mark.parametrize(
    ("data", "done"),
    [
        (ENTRY.encode("gbk"), ("GBK → UTF-8",)),
        (CRLF.encode("gb18030"), ("GBK → UTF-8", "换行 → LF")),
        (b"\xff\xfe" + CRLF.encode("utf-16-le"), ("UTF-16 → UTF-8", "换行 → LF")),
        (b"\xfe\xff" + ENTRY.encode("utf-16-be"), ("UTF-16 → UTF-8",)),
        (ENTRY.encode("utf-16-le"), ("UTF-16 → UTF-8",)),
        (CRLF.encode("utf-16-be"), ("UTF-16 → UTF-8", "换行 → LF")),
        (b"\xff\xfe\0\0" + ENTRY.encode("utf-32-le"), ("UTF-32 → UTF-8",)),
        (BOM + ENTRY.encode(), ("去掉 BOM",)),
        (BOM * 2 + ENTRY.encode(), ("去掉 BOM",)),
        (BOM + CRLF.encode(), ("去掉 BOM", "换行 → LF")),
        (ENTRY.replace("\n", "\r").encode(), ("换行 → LF",)),
        (ENTRY.replace("\n", "\r\n", 3).encode(), ("换行 → LF",)),
        (ENTRY.replace("进度: 40", "进度: 40%").encode(), ("规范格式 1 条",)),
        (ENTRY.replace("2020-05-12\n  措施: 3-2", "2020年5月12日\n  措施: 3.2").encode(), ("规范格式 1 条",)),
        (ENTRY.replace("内容: 制", "内容: '制").replace("意见\n", "意见'\n").encode(), ("规范格式 1 条",)),
        (ENTRY.replace("  进度: 40\n", "").replace("填报人: 办公室", "填报人: 办公室\n  进度: 40").encode(), ("规范格式 1 条",)),
        (("---\n" + ENTRY).encode(), ("规范格式",)),
        (("\n" + ENTRY.replace("\n  ", "\n    ").replace("- ", "-   ") + "\n\n").encode(), ("规范格式 1 条",)),
        (ENTRY.replace("\n", "  \n").encode(), ("规范格式 1 条",)),
    ],
)  # fmt: skip
def test_what_editors_leave_becomes_canonical(data: bytes, done: tuple[str, ...]) -> None:
    result = tidied(data, LEDGER)
    assert (result.new.decode(), result.done, result.left, result.commented) == (ENTRY, done, (), False)
    before, after = (read_entries(decode(text, "")[0].lstrip("\ufeff"), "")[0] for text in (data, result.new))
    assert [type_entry(raw, "")[0] for raw in before] == [type_entry(raw, "")[0] for raw in after]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (ENTRY.replace("事项: ", "事项："), f"{LEDGER}:4: YAML 语法: 冒号是全角的 — 正确写法：事项: 进展"),
        (ENTRY.replace("40", "0.4"), f"{LEDGER}:5: 字段: 进度“0.4”不是 0 到 100 的整数 — 写成百分数的整数部分，如 40"),
        (ENTRY.replace("进度", "进展度"), f"{LEDGER}:5: 字段: 不认识的键“进展度” — 是不是“进度”？"),
        (
            "内容: 甲\n",
            f"{LEDGER}:1: YAML 写法: 台账文件应是条目的列表 — 每条以“- ”开头，其余各行空两格，例如“- 编号: …”",
        ),
    ],
)
def test_a_ledger_with_an_error_keeps_its_layout_and_says_why(text: str, said: str) -> None:
    for data in (text.encode(), text.replace("\n", "\r\n").encode("gbk")):
        result = tidied(data, LEDGER)
        assert result.new.decode() == text
        assert [str(diagnostic) for diagnostic in result.left] == [said]


@pytest.mark.parametrize("comment", ["# 注\n", "\n  # 注：改 # 过\n", "#"])
def test_a_ledger_with_comments_keeps_its_layout(comment: str) -> None:
    text = ENTRY.replace("进度: 40", "进度: 40%") + comment
    result = tidied(BOM + text.replace("\n", "\r\n").encode(), LEDGER)
    assert (result.new.decode(), result.done, result.commented) == (text, ("去掉 BOM", "换行 → LF"), True)
    assert tidied(result.new, LEDGER).new == result.new


def test_a_plan_keeps_every_character_of_its_layout() -> None:
    text = "# 方案\n\n编号:   p\n标题: '整改'   # 注\n问题: [ {编号: 1} ]"
    assert tidied(text.encode(), PLAN).new == text.encode()
    assert tidied(text.replace("\n", "\r\n").encode("gbk"), PLAN).new.decode() == text
    broken = tidied("编号：p\r\n标题: 甲\r\n".encode(), PLAN)
    assert (broken.new.decode(), broken.done) == ("编号：p\n标题: 甲\n", ("换行 → LF",))
    assert [str(diagnostic) for diagnostic in broken.left] == [
        "plans/p.yaml:1: YAML 语法: 冒号是全角的 — 正确写法：编号: p"
    ]


@pytest.mark.parametrize("path", [LEDGER, PLAN])
@pytest.mark.parametrize(
    ("data", "line", "what"),
    [
        (bytes(range(128, 256)) + b"\r\n", 1, "认不出文件的编码，未读取"),
        (BOM + CRLF.encode() + b"\xd5\r\n", 8, "有不是 UTF-8 的字节（D5），文字可能已损坏"),
        (CRLF.encode() + "  存在问题: 人手不足\r\n".encode("gbk"), 8, "有不是 UTF-8 的字节（B4），文字可能已损坏"),
        ((CRLF * 20).encode("gbk") + "# 意见\r\n".encode(), 1, "文件里可能混有两种编码，没有改动"),
    ],
)
def test_what_is_not_certain_keeps_every_byte(path: str, data: bytes, line: int, what: str) -> None:
    result = tidied(data, path)
    assert (result.new, result.done) == (data, ())
    assert [(diagnostic.source.line, diagnostic.what) for diagnostic in result.left] == [(line, what)]


@pytest.mark.parametrize("text", ["", "\n", "\n\n", "[]\n", "# 只有注释\n"])
def test_a_ledger_without_entries_is_left(text: str) -> None:
    assert tidied(text.encode(), LEDGER).new == text.encode()


@pytest.mark.parametrize(
    ("text", "there"),
    [
        ("- 内容: |\n    甲\n  # 注\n  填报人: x\n", True),
        ("- 内容: | # 注\n    甲\n", True),
        ("- 内容: 甲 # 乙\n", True),
        ("- a: b\n#", True),
        ("- [a, #x\n b]\n", True),
        ("- 内容: 甲#乙\n", False),
        ("- 内容: '甲 # 乙'\n", False),
        ('- 内容: "甲\n  # 乙"\n', False),
        ("- 内容: |\n    甲 # b\n\n- a: b\n", False),
        ("- 内容: >-\n    # b\n    c\n- x: 1\n", False),
        ("- 内容: 😀😀😀\n  x: 'b#'\n", False),
    ],
)
def test_a_comment_is_what_is_in_no_value(text: str, there: bool) -> None:
    assert has_comments(text) == there


# --- no character is lost

TEXTS = st.lists(
    st.one_of(
        st.sampled_from(("内容: 制定责任清单", "- 编号: 20200512-k3f9x2ab", "  事项：进展", "# 注", "", "\t", "〔2020〕12号")),
        st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\n\ufeff"), max_size=8),
        st.text(st.characters(codec="gb2312", exclude_characters="\r\n"), max_size=12),
    ),
    max_size=8,
)  # fmt: skip
CODECS = st.sampled_from((
    *(("gb18030", b""), ("utf-8", b""), ("utf-8", BOM), ("utf-16-le", b"\xff\xfe"), ("utf-16-be", b"\xfe\xff")),
    *(("utf-16-le", b""), ("utf-16-be", b""), ("utf-32-le", b"\xff\xfe\0\0"), ("utf-32-be", b"")),
))  # fmt: skip


@given(TEXTS, st.lists(st.sampled_from(("\n", "\r\n", "\r")), min_size=1), CODECS, st.sampled_from((LEDGER, PLAN)))
def test_a_text_is_the_same_in_utf8_or_untouched(
    lines: list[str], ends: list[str], codec: tuple[str, bytes], path: str
) -> None:
    """What was certain is the same text; what was not keeps its bytes (a GBK file of two rare characters, say)."""
    text = "".join(line + ends[n % len(ends)] for n, line in enumerate(lines))
    data = codec[1] + text.encode(codec[0])
    result = tidied(data, path)
    if recognised(data).text == text and result.new != data:
        assert result.new.decode() == LINE_END.sub("\n", text)
    if (codec[1] or codec[0] == "utf-8") and "\0" not in text:
        assert recognised(data).text == text
    assert tidied(result.new, path).new == result.new


@given(st.binary(max_size=60) | st.text(max_size=30).map(lambda text: text.encode("utf-8", "surrogatepass")))
@example("中文".encode("gbk") + b"\r\n")
def test_any_bytes_are_the_same_text_or_untouched(data: bytes) -> None:
    result = tidied(data, PLAN)
    if result.new != data:
        read = recognised(data)
        assert read.mark + read.text.encode(read.codec) == data
        assert result.new.decode() == LINE_END.sub("\n", read.text.lstrip("\ufeff"))
    assert tidied(result.new, PLAN).new == result.new


@given(st.lists(st.one_of(*map(entries, ENTRY_CLASSES)), min_size=1, max_size=3), st.data())
def test_what_comes_out_is_the_canonical_text_of_what_went_in(written: list[Entry], data: st.DataObject) -> None:
    """Canonical entries with their layout disturbed: other line ends, quotes, order of keys, blank lines."""
    disturb = data.draw(
        st.sampled_from(
            (
                lambda text: text,
                lambda text: text.replace("\n", "\r\n"),
                lambda text: text.replace("\n- 编号", "\n\n\n- 编号"),
                lambda text: "---\n" + text,
                lambda text: text.replace("\n  ", "\n      ").replace("- 编号", "-     编号"),
            )
        )
    )
    text = "".join(map(entry_text, written))
    result = tidied(disturb(text).encode(), LEDGER)
    assert (result.new.decode(), result.left) == (text, ())
