"""Gives plans and unit books as a tree of text with lines: strict, total, nothing typed.

The boundary to libyaml (through ruamel's C parser) and the checks that both readers share; ledgers: ``rawentries``.
"""

from collections.abc import Callable
from dataclasses import field
from functools import cache
from typing import NamedTuple, Protocol, cast

from zhenggai.errors import Exit, ZhenggaiError
from zhenggai.frozen import frozen
from zhenggai.model.source import Problem, Source
from zhenggai.reading.files import LINE_END, UNREADABLE, unreadable_characters

MAX_DEPTH = 16
MAX_VALUE = 64 * 1024  # characters
MAX_NODES = 1_000_000
CAREFUL_COST = 16  # nodes that the careful reading of a ledger's entry counts for
MAX_WRONG = 20_000  # faults in a file, each of which costs the time of many good nodes

SYNTAX_CHECK = "YAML 语法"
STRICT_CHECK = "YAML 写法"
DUPLICATE_CHECK = "重复的键"
BOUND_CHECK = "超出上限"


# --- what is read; what is not compared serves those who edit the text: offsets in characters from its start


@frozen
class Scalar:
    """A text, whatever it looks like. ``line`` and ``column`` from 1, as for every node; ``plain``: without quotes."""

    text: str
    line: int
    column: int
    plain: bool
    start: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)


@frozen
class Sequence:
    """``flow``: written in brackets; ``last``: where the last thing in it ends (the opening bracket of an empty one)."""

    items: tuple["Node", ...]
    line: int
    column: int
    flow: bool = field(default=False, compare=False)
    last: int = field(default=0, compare=False)


@frozen
class Pair:
    """The value of a key, and the line of the key."""

    line: int
    node: "Node"


@frozen
class Mapping:
    """``flow`` and ``last`` as for a sequence."""

    pairs: dict[str, Pair]  # in the file's order
    line: int
    column: int
    flow: bool = field(default=False, compare=False)
    last: int = field(default=0, compare=False)


Node = Scalar | Sequence | Mapping


# --- the C parser, as far as it is used (it ships no types)


class Mark(Protocol):
    index: int
    line: int  # from 0
    column: int  # from 0


class Event(Protocol):
    """The union of libyaml's events; only some have all of these."""

    start_mark: Mark
    end_mark: Mark
    anchor: str | None
    ctag: str | None
    value: str
    style: str
    flow_style: bool
    version: object
    tags: object


class Libyaml(NamedTuple):
    """The event classes (each event is exactly of one), and ``events(text)``: the function that gives the
    next one (None after the end of the stream, where no reader here asks for another)."""

    events: Callable[[str], Callable[[], Event]]
    scalar: type
    alias: type
    mapping_start: type
    mapping_end: type
    sequence_start: type
    sequence_end: type
    document_start: type


class MissingParserError(ZhenggaiError):
    exit_code = Exit.MISSING


@cache
def libyaml() -> Libyaml:
    """Imported on first use: 50 ms, which a ledger in canonical form need not pay."""
    try:
        import _ruamel_yaml as c
    except ImportError as error:
        raise MissingParserError('缺少 YAML 解析组件，请运行：pip install "ruamel.yaml[oldlibyaml]"') from error

    def events(text: str) -> Callable[[], Event]:
        return cast("Callable[[], Event]", c.CParser(text).get_event)

    return Libyaml(
        events,
        c.ScalarEvent,
        c.AliasEvent,
        c.MappingStartEvent,
        c.MappingEndEvent,
        c.SequenceStartEvent,
        c.SequenceEndEvent,
        c.DocumentStartEvent,
    )


# --- problems


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
_UNKNOWN = ("这里不符合 YAML 的写法", "对照上下行，检查缩进、冒号和引号")


def lines_of(text: str) -> list[str]:
    """The source lines, without an empty one after the last line end; at least one."""
    lines = LINE_END.split(text)
    return lines[:-1] if len(lines) > 1 and not lines[-1] else lines


def problem_at(fault: Fault, path: str, line: int, source_line: str = "") -> Problem:
    """``fault`` as a problem; if the line shows a well-known mistake, with the corrected line as remedy."""
    from zhenggai.reading.diagnosis import mistake_in  # here, since only a fault needs its patterns

    mistake = mistake_in(source_line)
    return Problem(Source(path, line), fault.check, fault.what, mistake.remedy if mistake else fault.remedy)


def syntax_problem(error: Exception, lines: list[str], path: str, before: int, first: int, last_seen: int) -> Problem:
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
        return Problem(Source(path, before + number + 1), SYNTAX_CHECK, mistake.what, mistake.remedy)
    says = str(getattr(error, "problem", ""))
    what, remedy = next(((what, remedy) for part, what, remedy in _LIBYAML_SAYS if part in says), _UNKNOWN)
    unclosed = "end of stream" in says or "expected ',' or" in says
    return Problem(Source(path, before + suspects[0 if unclosed else -1] + 1), SYNTAX_CHECK, what, remedy)


# --- the tree


def read_tree(text: str, path: str) -> tuple[Node | None, list[Problem]]:
    """The tree of a plan or unit book, or None (empty, or not readable as YAML), and everything wrong with it.

    Never raises for any text. What is rejected (an alias, a second value of a key …) is left out of the tree.
    """
    problems = unreadable_characters(text, path)
    tree, more = read_piece(UNREADABLE.sub("\ufffd", text) if problems else text, path)
    return tree, problems + more


def read_piece(text: str, path: str, before: int = 0) -> tuple[Node | None, list[Problem]]:
    """``read_tree`` for a part of a file that stands after ``before`` lines, without forbidden characters."""
    reader = _TreeReader(text, path, before, libyaml())
    try:
        return reader.document(), reader.problems
    except _Stop:
        pass
    except Exception as error:  # the boundary: whatever the parser raises is a problem of the file
        lines = lines_of(text)
        reader.problems.append(syntax_problem(error, lines, path, before, 0, reader.line))
    return None, reader.problems


class _Stop(Exception):
    pass


class _TreeReader:
    """Consumes the events of one text. ``line`` (from 0) is that of the last event, ``last`` where the last thing ended."""

    def __init__(self, text: str, path: str, before: int, c: Libyaml) -> None:
        self.text, self.path, self.before = text, path, before
        self.problems: list[Problem] = []
        self.line = 0
        self.last = 0
        self.room = MAX_NODES
        self._end = 0
        self._lines: list[str] | None = None
        self._c = c

    def document(self) -> Node | None:
        tree: Node | None = None
        documents = 0
        self._next = self._c.events(self.text)  # here and not before, since this may raise
        for event in iter(self._event, None):
            if type(event) is self._c.document_start:
                documents += 1
                if event.version or event.tags:
                    self.report(DIRECTIVE, event.start_mark.line)
                if documents > 1:
                    self.report(DOCUMENTS, event.start_mark.line)
                    break
            elif hasattr(event, "anchor"):
                tree = self.node(event, 1)
        return self._top(tree)

    def _top(self, tree: Node | None) -> Node | None:
        if not isinstance(tree, Scalar):
            return tree
        if tree.text or not tree.plain:
            self.report(TOP_TEXT, tree.line - 1 - self.before)
        return None

    def node(self, event: Event, depth: int) -> Node | None:
        """The node that begins with ``event``; None where it is rejected as a whole."""
        self._admit(event, depth)
        kind = type(event)
        self.last = event.end_mark.index
        if kind is self._c.alias:
            return None
        line, column = self.before + event.start_mark.line + 1, event.start_mark.column + 1
        if kind is self._c.scalar:
            if len(event.value) > MAX_VALUE:
                self.report(TOO_LONG, event.start_mark.line)
                return None
            return Scalar(event.value, line, column, not event.style, event.start_mark.index, event.end_mark.index)
        flow = bool(event.flow_style)
        if kind is self._c.sequence_start:
            items = self._items(depth)
            return Sequence(items, line, column, flow, self._ended(flow))
        pairs = self._pairs(depth)
        return Mapping(pairs, line, column, flow, self._ended(flow))

    def _ended(self, flow: bool) -> int:
        """Where the last thing in a collection ended that ends with the present event; its bracket ends it for the next."""
        inside = self.last
        if flow:
            self.last = self._end
        return inside

    def _admit(self, event: Event, depth: int) -> None:
        self.room -= 1
        line = event.start_mark.line
        deep = depth > MAX_DEPTH and type(event) is not self._c.scalar
        if deep or self.room < 0:
            self.report(TOO_DEEP if deep else TOO_MANY, line)
            raise _Stop
        if type(event) is self._c.alias:
            self.report(ALIAS, line)
        elif event.anchor is not None:
            self.report(ANCHOR, line)
        if getattr(event, "ctag", None) is not None:
            self.report(TAG, line)

    def _items(self, depth: int) -> tuple[Node, ...]:
        items = []
        while type(event := self._event()) is not self._c.sequence_end:
            node = self.node(event, depth + 1)
            if node is not None:
                items.append(node)
        return tuple(items)

    def _pairs(self, depth: int) -> dict[str, Pair]:
        pairs: dict[str, Pair] = {}
        while type(event := self._event()) is not self._c.mapping_end:
            key = self.node(event, depth + 1)
            value = self.node(self._event(), depth + 1)
            if isinstance(key, Scalar):
                self._add(pairs, key, value)
            elif key is not None:
                self.report(KEY, key.line - 1 - self.before)
        return pairs

    def _add(self, pairs: dict[str, Pair], key: Scalar, value: Node | None) -> None:
        line = key.line - 1 - self.before
        if key.text == "<<":
            self.report(MERGE, line)
        elif key.text in pairs:
            first = pairs[key.text].line
            what = f"“{shown(key.text)}”在第 {first} 行和第 {key.line} 行重复"
            self.report(Fault(DUPLICATE_CHECK, what, "只保留一行"), line)
        elif value is not None:
            pairs[key.text] = Pair(key.line, value)

    def _event(self) -> Event:
        event = self._next()
        if event is not None:
            self.line, self._end = event.start_mark.line, event.end_mark.index
        return event

    def report(self, fault: Fault, line: int) -> None:
        if self._lines is None:
            self._lines = lines_of(self.text)
        line = min(line, len(self._lines) - 1)
        source_line = self._lines[line] if fault in (ANCHOR, ALIAS, TAG, TOP_TEXT) else ""
        wrong = len(self.problems) >= MAX_WRONG
        self.problems.append(problem_at(TOO_WRONG if wrong else fault, self.path, self.before + line + 1, source_line))
        if wrong:
            raise _Stop


def shown(text: str) -> str:
    """A key in a message: short, on one line."""
    flat = " ".join(text.split())
    return flat if len(flat) <= 20 else flat[:20] + "…"
