"""Gives plans and unit books as a tree of text with lines: strict, total, nothing typed. Ledgers: ``entry_text``."""

import re
from dataclasses import field

from zhenggai.frozen import frozen
from zhenggai.model.source import Diagnostic, Level, Source
from zhenggai.reading.files import UNREADABLE, unreadable_characters
from zhenggai.reading.libyaml import Libyaml, YamlEvent, libyaml
from zhenggai.reading.yaml_faults import (
    ALIAS,
    ANCHOR,
    DIRECTIVE,
    DOCUMENTS,
    DUPLICATE_CHECK,
    HABIT_CHECK,
    KEY,
    MAX_DEPTH,
    MAX_NODES,
    MAX_VALUE,
    MAX_WRONG,
    MERGE,
    TAG,
    TOO_DEEP,
    TOO_LONG,
    TOO_MANY,
    TOO_WRONG,
    TOP_TEXT,
    Fault,
    diagnostic_at,
    lines_of,
    shown,
    syntax_diagnostic,
)

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


# --- the tree


_COLON, _COMMA = "\ue000", "\ue001"
_ZONE = re.compile(r"(?<=[\s:])([+-]\d{1,2}):(?=\d{2}\s*[,}\]])", re.ASCII)
"""A time zone in brackets ({时区: +06:00}). libyaml refuses its colon there, so it gets ``_COLON`` to read in its place."""
_THOUSANDS = re.compile(
    r"(?:问题金额|整改金额|追缴|挽回损失|原|现):\s*\d{1,3}(?:,\d{3})+(?=[.\d]*\s*[元千百万亿,}])", re.ASCII
)
"""An amount in brackets ({问题金额: 1,200.5万元}). For YAML its comma ends the value, so it gets ``_COMMA`` in its place."""


def _sheltered(text: str) -> str:
    """A text of equal length with other characters for the marks that YAML would take for its own."""
    return _THOUSANDS.sub(lambda found: found[0].replace(",", _COMMA), _ZONE.sub(rf"\1{_COLON}", text))


def read_tree(text: str, path: str) -> tuple[Node | None, list[Diagnostic]]:
    """The tree of a plan or unit book, or None (empty, or not readable as YAML), and everything wrong with it.

    Never raises for any text. What is rejected (an alias, a second value of a key …) is left out of the tree.
    """
    diagnostics = unreadable_characters(text, path)
    tree, more = read_piece(UNREADABLE.sub("\ufffd", text) if diagnostics else text, path)
    return tree, diagnostics + more


def read_piece(text: str, path: str, before: int = 0) -> tuple[Node | None, list[Diagnostic]]:
    """``read_tree`` for a part of a file that stands after ``before`` lines, without forbidden characters."""
    reader = _TreeReader(text, path, before, libyaml())
    try:
        return reader.document(), reader.diagnostics
    except _Stop:
        pass
    except Exception as error:  # the boundary: whatever the parser raises is a problem of the file
        lines = lines_of(text)
        reader.diagnostics.append(syntax_diagnostic(error, lines, path, before, 0, reader.line))
    return None, reader.diagnostics


class _Stop(Exception):
    pass


class _TreeReader:
    """Consumes the events of one text. ``line`` (from 0) is that of the last event, ``last`` where the last thing ended."""

    def __init__(self, text: str, path: str, before: int, c: Libyaml) -> None:
        self.text, self.path, self.before = text, path, before
        self.diagnostics: list[Diagnostic] = []
        self.line = 0
        self.last = 0
        self.room = MAX_NODES
        self._end = 0
        self._shelters = _COLON not in text and _COMMA not in text
        self._lines: list[str] | None = None
        self._c = c

    def document(self) -> Node | None:
        tree: Node | None = None
        documents = 0
        self._next = self._c.events(
            _sheltered(self.text) if self._shelters else self.text
        )  # here and not before, since this may raise
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

    def node(self, event: YamlEvent, depth: int) -> Node | None:
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
            if _COMMA in event.value and self._shelters and not event.style:
                self._warn_of_comma(event)
            value = event.value.replace(_COLON, ":").replace(_COMMA, ",") if self._shelters else event.value
            return Scalar(value, line, column, not event.style, event.start_mark.index, event.end_mark.index)
        flow = bool(event.flow_style)
        if kind is self._c.sequence_start:
            items = self._items(depth)
            return Sequence(items, line, column, flow, self._ended(flow))
        pairs = self._pairs(depth)
        return Mapping(pairs, line, column, flow, self._ended(flow))

    def _warn_of_comma(self, event: YamlEvent) -> None:
        """Warn of an amount with a comma in brackets: it is read, but an editor takes the comma for the end of the value."""
        if self.text[event.end_mark.index :].lstrip()[:1] in (",", "}") and len(self.diagnostics) < MAX_WRONG:
            text = event.value.replace(_COMMA, ",")
            what = f"花括号里的“{text}”有逗号，编辑器会标红"
            source = Source(self.path, self.before + event.start_mark.line + 1)
            remedy = f"写成 {text.replace(',', '')}，或加引号"
            self.diagnostics.append(Diagnostic(source, HABIT_CHECK, what, remedy, Level.WARNING))

    def _ended(self, flow: bool) -> int:
        """Where the last thing in a collection ended that ends with the present event; its bracket ends it for the next."""
        inside = self.last
        if flow:
            self.last = self._end
        return inside

    def _admit(self, event: YamlEvent, depth: int) -> None:
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

    def _event(self) -> YamlEvent:
        event = self._next()
        if event is not None:
            self.line, self._end = event.start_mark.line, event.end_mark.index
        return event

    def report(self, fault: Fault, line: int) -> None:
        if self._lines is None:
            self._lines = lines_of(self.text)
        line = min(line, len(self._lines) - 1)
        source_line = self._lines[line] if fault in (ANCHOR, ALIAS, TAG, TOP_TEXT) else ""
        wrong = len(self.diagnostics) >= MAX_WRONG
        self.diagnostics.append(
            diagnostic_at(TOO_WRONG if wrong else fault, self.path, self.before + line + 1, source_line)
        )
        if wrong:
            raise _Stop
