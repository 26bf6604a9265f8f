"""The sanitizer for all output: characters that are invisible or affect a terminal are shown as code points.

An invisible character becomes ``〈U+202E〉``. These brackets exist in cp936 too, unlike ␛ or ‹. A line break with the blanks
around it becomes one blank, and so does a tab: a value is always one line, in every format.
"""

import re

from zhenggai.characters import HIDDEN as _HIDDEN

HIDDEN = f"[{_HIDDEN}]"


def visible(text: str) -> str:
    r"""``text`` as one line without invisible characters. Idempotent; ordinary text is returned unchanged.

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
