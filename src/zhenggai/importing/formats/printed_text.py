"""A text as somebody sees it: without characters that are not seen, and without blanks around it."""

import re

from zhenggai.characters import HIDDEN

_LINE_ENDS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_UNSEEN = re.compile(f"(?![\t\n])[{HIDDEN}]")


def printed(text: str) -> str:
    r"""The text without invisible characters; whatever ends a line is a line end.

    >>> printed("\u3000\u3000责任\u200b单位\u2028办公室\r\n")
    '责任单位\n办公室'
    """
    if text.isprintable():
        return text.strip()
    return _UNSEEN.sub("", _LINE_ENDS.sub("\n", text)).strip()
