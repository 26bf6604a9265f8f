"""Detects the encoding and line ends of a file: editors save as GBK, UTF-16, with a byte order mark, with CR LF."""

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE

from zhenggai.errors import Unwritable
from zhenggai.frozen import frozen

_MARKS = (  # UTF-32 LE first: its mark begins with that of UTF-16 LE
    (b"\xef\xbb\xbf", "UTF-8", "utf-8"),
    (b"\xff\xfe\0\0", "UTF-32", "utf-32-le"),
    (b"\0\0\xfe\xff", "UTF-32", "utf-32-be"),
    (b"\xff\xfe", "UTF-16", "utf-16-le"),
    (b"\xfe\xff", "UTF-16", "utf-16-be"),
)
_SAMPLE = 1_000_000  # bytes
_WIDE = (("UTF-32", "utf-32-le"), ("UTF-32", "utf-32-be"), ("UTF-16", "utf-16-le"), ("UTF-16", "utf-16-be"))


@frozen
class Decoded:
    """A decoded file: name of the encoding (None: unknown), codec, byte order mark, text."""

    encoding: str | None
    codec: str
    mark: bytes
    text: str

    def is_certain_of(self, data: bytes) -> bool:
        """Whether encoding the text gives the same bytes again, and no line suggests another encoding."""
        if self.encoding is None or (self.encoding == "GBK" and _has_utf8_line(data)):
            return False
        try:
            return self.mark + self.text.encode(self.codec) == data
        except UnicodeEncodeError:  # the text contains escaped bytes that are not UTF-8
            return False


def recognised(data: bytes) -> Decoded:
    """The bytes of a file decoded by their most likely encoding."""
    for mark, name, codec in _MARKS:
        if data.startswith(mark):
            text = _decoded(data[len(mark) :], codec)
            return Decoded(name, codec, mark, text) if text is not None else _mended_utf8(data[len(mark) :], name, mark)
    if b"\0" in data:
        for name, codec in _WIDE:
            text = _decoded(data, codec)
            if text is not None and _reads_like_yaml(text):
                return Decoded(name, codec, b"", text)
    text = _decoded(data, "utf-8")
    if text is not None:
        return Decoded("UTF-8", "utf-8", b"", text)
    gbk = _decoded(data, "gb18030")
    if gbk is not None and _common_share(data) >= 0.9:
        return Decoded("GBK", "gb18030", b"", gbk)
    return _mended_utf8(data, "UTF-8", b"")


def utf8_text(data: bytes, name: str, act: str) -> tuple[bytes, str]:
    """A file's byte order mark and its text; an error if it is not UTF-8. ``act`` names the intended action: 追加, 改动."""
    if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        raise Unwritable(f"{name} 的编码是 UTF-16，不能{act}\n  下一步：先运行 zhenggai fmt")
    mark = BOM_UTF8 if data.startswith(BOM_UTF8) else b""
    try:
        return mark, data[len(mark) :].decode("utf-8")
    except UnicodeDecodeError:
        raise Unwritable(f"{name} 的编码不是 UTF-8，不能{act}\n  下一步：先运行 zhenggai fmt") from None


def line_ends(text: str) -> str:
    """The kinds of line ends in a text, for a message; "" if it has none.

    >>> line_ends("甲"), line_ends("甲\\n"), line_ends("甲\\r\\n乙\\r\\n"), line_ends("甲\\r\\n乙\\n丙\\r")
    ('', 'LF', 'CRLF', 'CRLF、CR、LF 混用')
    """
    if "\r" not in text:
        return "LF" if "\n" in text else ""
    both = text.count("\r\n")
    counts = {"CRLF": both, "CR": text.count("\r") - both, "LF": text.count("\n") - both}
    names = [name for name, count in counts.items() if count]
    return names[0] if len(names) == 1 else f"{'、'.join(names)} 混用"


def _decoded(data: bytes, codec: str) -> str | None:
    try:
        return data.decode(codec)
    except UnicodeDecodeError:
        return None


def _mended_utf8(data: bytes, name: str, mark: bytes) -> Decoded:
    """A UTF-8 file with some invalid bytes, if most of its non-ASCII text is valid."""
    text = data.decode("utf-8", "surrogateescape")
    good = sum(1 for character in text if character > "\x7f" and not "\udc80" <= character <= "\udcff")
    bad = len(re.findall("[\udc80-\udcff]", text))
    is_utf8 = name == "UTF-8" and good >= bad
    return Decoded("UTF-8", "utf-8", mark, text) if is_utf8 else Decoded(None, "", mark, "")


def _has_utf8_line(data: bytes) -> bool:
    """Whether some line is valid UTF-8 with hanzi. A GBK file has such a line only if another program wrote into it."""
    return any(re.search("[\u4e00-\u9fff]", text) for line in data.splitlines() if (text := _decoded(line, "utf-8")))


def _reads_like_yaml(text: str) -> bool:
    """Whether a text has neither NUL nor random characters, as UTF-16 in the wrong byte order would have."""
    ordinary = re.findall("[\t\n\r -~\u00b7\u2010-\u2026\u2460-\u249b\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]", text)
    return "\0" not in text and len(ordinary) >= 0.9 * len(text)


def _common_share(data: bytes) -> float:
    """The share of two-byte GBK characters that are also in GB 2312: near 1 in real text, low in text of other encodings."""
    pairs = re.findall(rb"[\x81-\xfe][\x30-\xfe]", data[:_SAMPLE])
    common = sum(1 for pair in pairs if 0xA1 <= pair[0] <= 0xF7 and pair[1] >= 0xA1)
    return common / len(pairs) if pairs else 0.0
