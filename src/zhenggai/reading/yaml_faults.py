"""What can be wrong in a file's YAML, in the words both readers share: rejected constructs, bounds, syntax errors."""

from typing import NamedTuple

from zhenggai.model.source import Diagnostic, Source
from zhenggai.reading.files import LINE_END

MAX_DEPTH = 16
MAX_VALUE = 64 * 1024  # characters
MAX_NODES = 1_000_000
CAREFUL_COST = 16  # nodes that the careful reading of a ledger's entry counts for
MAX_WRONG = 20_000  # faults in a file, each of which costs the time of many good nodes

SYNTAX_CHECK = "YAML 语法"
STRICT_CHECK = "YAML 写法"
DUPLICATE_CHECK = "重复的键"
HABIT_CHECK = "写法"
BOUND_CHECK = "超出上限"


class Fault(NamedTuple):
    """A problem before it has a place."""

    check: str
    what: str
    remedy: str


_WRITE_OUT = "把内容直接写出来；如果本来就是文字，请加英文双引号"
ANCHOR = Fault(STRICT_CHECK, "不接受锚点（&…）", _WRITE_OUT)
ALIAS = Fault(STRICT_CHECK, "不接受引用（*…）", _WRITE_OUT)
TAG = Fault(STRICT_CHECK, "不接受类型标签（!…）", _WRITE_OUT)
MERGE = Fault(STRICT_CHECK, "不接受合并键“<<”", "把要合并的各项直接写出来")
DIRECTIVE = Fault(STRICT_CHECK, "不接受 % 开头的指令行", "删去 %YAML、%TAG 行")
DOCUMENTS = Fault(STRICT_CHECK, "一个文件里有多个文档（--- 分隔）", "删去 --- 行，或拆成几个文件")
KEY = Fault(STRICT_CHECK, "键不是文字", "键只写一个名称，例如“内容: …”")
TOP_TEXT = Fault(STRICT_CHECK, "整个文件读成了一段文字", "按“键: 值”分行写，冒号用半角，冒号后空一格")
TOO_DEEP = Fault(BOUND_CHECK, f"嵌套超过 {MAX_DEPTH} 层", "减少层级，检查是否多打了 [ 或 {")
TOO_LONG = Fault(BOUND_CHECK, f"一个值超过 {MAX_VALUE} 个字符", "长材料放在“附件”目录，这里只写摘要；检查引号是否配对")
TOO_WRONG = Fault(BOUND_CHECK, f"错误超过 {MAX_WRONG} 处，后面的没有读", "先改正前面的错误")
TOO_MANY = Fault(BOUND_CHECK, f"内容超过 {MAX_NODES} 项", "拆成几个文件")

_LIBYAML_SAYS = (
    ("could not find expected ':'", "这一行不是“键: 值”的形式", "补上半角冒号和一个空格"),
    (
        "mapping values are not allowed",
        "冒号的位置不对，或缩进与上一行不一致",
        "与同一条的其他行对齐；值里有“: ”时加英文双引号",
    ),
    ("expected key", "缩进与同一条的其他行不一致，或值的后面有多余的文字", "与同一条的其他行对齐；整个值加英文双引号"),
    ("expected '-' indicator", "缩进不对，或开头缺少“- ”", "每条以“- ”开头，其余各行空两格对齐"),
    ("end of stream", "引号没有配对", "补上另一半引号"),
    ("cannot start any token", "行首或值的开头有不能直接使用的符号", "整个值加英文双引号"),
    ("unexpected ':'", "方括号或花括号里的值含有冒号", '给含冒号的值加英文双引号，例如 ["12:30"]'),
    ("expected ',' or", "方括号或花括号没有配对", "补上另一半括号；如果括号是文字的一部分，整个值加英文双引号"),
    (
        "node content",
        "方括号或花括号没有配对，或多了逗号",
        "补上另一半括号；如果括号是文字的一部分，整个值加英文双引号",
    ),
    ("escape", "双引号里的反斜杠写法不对", "反斜杠写成两个：\\\\"),
)
_SEEN_LATER = ("could not find expected ':'", "end of stream", "expected ',' or")
"""Faults that libyaml sees only after their line; it also says where the thing began."""
_UNKNOWN = ("这里不符合 YAML 的写法", "对照上下行，检查缩进、冒号和引号")


def lines_of(text: str) -> list[str]:
    """The source lines, without an empty one after the last line end; at least one."""
    lines = LINE_END.split(text)
    return lines[:-1] if len(lines) > 1 and not lines[-1] else lines


def diagnostic_at(fault: Fault, path: str, line: int, source_line: str = "") -> Diagnostic:
    """``fault`` as a problem; if the line shows a well-known mistake, with the corrected line as remedy."""
    from zhenggai.reading.diagnosis import mistake_in  # here, since only a fault needs its patterns

    mistake = mistake_in(source_line)
    return Diagnostic(Source(path, line), fault.check, fault.what, mistake.remedy if mistake else fault.remedy)


def syntax_diagnostic(
    error: Exception, lines: list[str], path: str, before: int, first: int, last_seen: int
) -> Diagnostic:
    """What the parser's exception means.

    ``lines`` are the text it read, which stands after ``before`` lines of the file; ``first`` and ``last_seen`` (from 0)
    are the line on which the broken part begins, and the last one that could be read.
    """
    from zhenggai.reading.diagnosis import mistake_near

    marks = (getattr(error, name, None) for name in ("context_mark", "problem_mark"))
    marked = [min(int(mark.line), len(lines) - 1) for mark in marks if mark is not None]
    suspects = [line for line in marked if line >= first] or [min(last_seen, len(lines) - 1)]
    known = mistake_near(lines, suspects, first)
    if known is not None:
        number, mistake = known
        return Diagnostic(Source(path, before + number + 1), SYNTAX_CHECK, mistake.what, mistake.remedy)
    says = str(getattr(error, "problem", ""))
    what, remedy = next(((what, remedy) for part, what, remedy in _LIBYAML_SAYS if part in says), _UNKNOWN)
    at_its_beginning = any(part in says for part in _SEEN_LATER)
    return Diagnostic(Source(path, before + suspects[0 if at_its_beginning else -1] + 1), SYNTAX_CHECK, what, remedy)


def shown(text: str) -> str:
    """A key in a message: short, on one line."""
    flat = " ".join(text.split())
    return flat if len(flat) <= 20 else flat[:20] + "…"
