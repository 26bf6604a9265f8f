"""The one sanitizer for every sink: what data could hide or do to a terminal is shown instead of done.

A character that cannot be seen stands as its code point between angle brackets, ``〈U+202E〉``, for these
brackets exist in cp936 too, where ␛ or ‹ would be lost. Line breaks (and the blanks around them) become
one blank, as does a tab: a value is always one line, in every format.
"""

import re

from zhenggai.characters import HIDDEN as _HIDDEN

HIDDEN = f"[{_HIDDEN}]"


def visible(text: str) -> str:
    r"""``text`` on one line, with nothing in it that cannot be seen. Idempotent; ordinary text comes back as it is.

    >>> visible("县\u202e教育局"), visible("\x1b[31m红"), visible(" 第一行 \r\n 第二行\n")
    ('县〈U+202E〉教育局', '〈U+001B〉[31m红', '第一行 第二行')
    """
    if text.isprintable():
        return text
    if "\n" in text or "\r" in text:
        text = " ".join(line for line in map(_trimmed, re.split(r"[\r\n]+", text)) if line)
    return re.sub(HIDDEN, _code_point, text.replace("\t", " "))


def _trimmed(line: str) -> str:
    return line.strip(" \t")


def _code_point(match: re.Match[str]) -> str:
    return f"〈U+{ord(match[0]):04X}〉"
