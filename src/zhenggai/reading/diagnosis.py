"""Finds common mistakes in a line that is no valid YAML, and the corrected line.

``_HABITS`` is a table of mistakes, each with a function from the parts of a line to the corrected parts. YAML is not parsed here.
"""

import json
import re
from collections.abc import Callable, Sequence

from zhenggai.frozen import frozen
from zhenggai.model.source import CORRECTED

_LINE = re.compile(r"(?P<indent>[ \t\u3000\xa0]*)(?P<dash>(?:-[ \t]+)?)(?P<rest>.*)", re.DOTALL)
_KEY = r"(?P<key>[\u4e00-\u9fff][\u4e00-\u9fff\w]{0,15})"
_WIDE_COLON = re.compile(_KEY + r"[ \t]*：[ \t\u3000]*(?P<value>.*)")
_WIDE_COMMA = re.compile(r"[ \t]*，[ \t\u3000]*(?=" + _KEY.replace("(?P<key>", "(?:") + r":[ \t])")
_NO_BLANK = re.compile(_KEY + r":(?P<value>[^\s:].*)")
_PAIR = re.compile(_KEY + r":[ \t]+(?P<value>\S.*)")
_QUOTED = re.compile(r"""("(?:[^"\\]|\\[ -~])*"|'(?:[^']|'')*')([ \t]+#.*)?""")
_ESCAPES = re.compile(r"""\\(?:["\\/0abtnvfreNLP_ ]|x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8})""")
_FLOW = re.compile(r"(\[[^\[\]]*\]|\{[^{}]*\})([ \t]+#.*)?")
_LONGEST_SHOWN = 200


@frozen
class Line:
    """The parts of a source line; ``align`` is the indentation that would fit the line above."""

    indent: str
    dash: str
    rest: str
    align: str

    def __str__(self) -> str:
        return self.indent + self.dash + self.rest


@frozen
class Mistake:
    """A known mistake in a line: what is wrong, and the corrected line."""

    what: str
    corrected: str

    @property
    def remedy(self) -> str:
        """The corrected line for a message; its indentation is shown only if that was the mistake.

        >>> Mistake("冒号是全角的", "  内容: 甲").remedy
        '正确写法：内容: 甲'
        """
        shown = self.corrected if self.what == _INDENT else self.corrected.lstrip(" ")
        cut = shown if len(shown) <= _LONGEST_SHOWN else shown[:_LONGEST_SHOWN] + "…"
        return CORRECTED + cut


def mistake_in(line: str, above: str = "") -> Mistake | None:
    """The first known mistake in ``line``, with a corrected line in which all are fixed; ``above`` gives the indentation.

    >>> mistake_in("  内容：xxx")
    Mistake(what='冒号是全角的', corrected='  内容: xxx')
    >>> mistake_in("内容: 甲: 乙").remedy
    '正确写法：内容: "甲: 乙"'
    >>> mistake_in("内容: 甲乙") is None
    True
    """
    found = _LINE.fullmatch(line.rstrip("\r\n"))
    parts = Line(**found.groupdict(), align=_alignment(above)) if found else Line("", "", line, "")
    what = ""
    for name, mended in _HABITS:
        better = mended(parts)
        if better is not None and better != parts:
            what, parts = what or name, better
    return Mistake(what, str(parts)) if what else None


def mistake_near(lines: Sequence[str], suspects: Sequence[int], first: int) -> tuple[int, Mistake] | None:
    """The likely cause of a syntax error. Looks at the suspected lines (from 0), then upward from the last one to ``first``."""
    last = suspects[-1] if suspects else first
    for number in dict.fromkeys((*suspects, *range(last, max(first, last - 20) - 1, -1))):
        if 0 <= number < len(lines):
            mistake = mistake_in(lines[number], lines[number - 1] if number > first else "")
            if mistake is not None:
                return number, mistake
    return None


def _alignment(above: str) -> str:
    found = _LINE.fullmatch(above.rstrip("\r\n"))
    return " " * (len(found["indent"].expandtabs(2)) + len(found["dash"])) if found and found["rest"].strip() else ""


def _with_rest(line: Line, rest: str) -> Line:
    return Line(line.indent, line.dash, rest, line.align)


def _indented_with_blanks(line: Line) -> Line | None:
    if not line.rest or not set(line.indent + line.dash) & {"\t", "\u3000", "\xa0"}:
        return None
    blanks = re.sub("[\t\u3000]", "  ", line.indent).replace("\xa0", " ")
    indent = blanks if blanks == line.indent else line.align or blanks
    return Line(indent, "- " if line.dash else "", line.rest, line.align)


def _dash_and_blank(line: Line) -> Line | None:
    found = re.fullmatch(r"[-－]" + r"(?P<rest>[\u4e00-\u9fff].*)", line.rest)
    return Line(line.indent, "- ", found["rest"], line.align) if found and not line.dash else None


def _narrow_colon(line: Line) -> Line | None:
    found = _WIDE_COLON.fullmatch(line.rest)
    return _with_rest(line, f"{found['key']}: {found['value']}".rstrip()) if found else None


def _narrow_comma(line: Line) -> Line | None:
    """Only before a key: elsewhere a wide comma is text."""
    before, brace, inside = line.rest.partition("{")
    return _with_rest(line, before + brace + _WIDE_COMMA.sub(", ", inside)) if brace else None


def _blank_after_colon(line: Line) -> Line | None:
    found = _NO_BLANK.fullmatch(line.rest)
    return _with_rest(line, f"{found['key']}: {found['value']}") if found else None


def _value_mended(line: Line, mended: Callable[[str], str | None]) -> Line | None:
    found = _PAIR.fullmatch(line.rest)
    better = mended(found["value"].rstrip()) if found else None
    return _with_rest(line, f"{found['key']}: {better}") if found and better else None


def _colon_quoted(line: Line) -> Line | None:
    return _value_mended(line, lambda value: _json(value) if _has_colon(value) else None)


def _has_colon(value: str) -> bool:
    return value[0] not in "\"'[{#|>&*!%@`" and (re.search(r":[ \t]", value) is not None or value.endswith(":"))


def _indicator_quoted(line: Line) -> Line | None:
    return _value_mended(line, lambda value: _json(value) if _begins_wrongly(value) else None)


def _begins_wrongly(value: str) -> bool:
    if value[0] in "[{":
        return bool(re.search(r"[\]}]", value)) and not _FLOW.fullmatch(value)
    return value[0] in "&*!%@`" or bool(re.match(r"[-?](?:[ \t]|$)", value)) or value[0] in ",]}"


def _quotes_closed(line: Line) -> Line | None:
    return _value_mended(line, _closed)


def _closed(value: str) -> str | None:
    if value[0] not in "\"'" or (_QUOTED.fullmatch(value) and not _bad_escape(value)):
        return None
    quote, inside = value[0], value[1:]
    return _json(inside.removesuffix(quote) if quote not in inside.removesuffix(quote) else value)


def _bad_escape(value: str) -> bool:
    return value[0] == '"' and "\\" in _ESCAPES.sub("", value)


def _json(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


_INDENT = "行首的空位要用半角空格，不能用制表符（Tab）或全角空格"
_HABITS: tuple[tuple[str, Callable[[Line], Line | None]], ...] = (
    (_INDENT, _indented_with_blanks),
    ("“-”后面缺少空格", _dash_and_blank),
    ("冒号是全角的", _narrow_colon),
    ("花括号里的逗号是全角的", _narrow_comma),
    ("冒号后面缺少空格", _blank_after_colon),
    ("内容里又有“: ”，要加英文双引号", _colon_quoted),
    ("值的开头是有特殊含义的符号，要加英文双引号", _indicator_quoted),
    ("引号没有配对，或引号里的反斜杠、引号外的文字不能识别", _quotes_closed),
)
