"""Gives the entries of a ledger file as text with lines and places, fast: a flat entry costs little more than its events.

Whatever is not a plain flat entry is read once more by the tree reader (``yaml_tree``), which knows all the checks and
words; so both readers reject the same things, and one bad entry costs only itself.
"""

import re
from collections.abc import Callable

from zhenggai.model.source import Diagnostic
from zhenggai.reading.files import LINE_END, UNREADABLE, count_line_ends, unreadable_characters
from zhenggai.reading.libyaml import YamlEvent, libyaml
from zhenggai.reading.raw_entry import RawEntry, Value, flattened
from zhenggai.reading.yaml_faults import (
    ANCHOR,
    CAREFUL_COST,
    DIRECTIVE,
    DOCUMENTS,
    MAX_DEPTH,
    MAX_NODES,
    MAX_VALUE,
    MAX_WRONG,
    STRICT_CHECK,
    TAG,
    TOO_DEEP,
    TOO_MANY,
    TOO_WRONG,
    Fault,
    diagnostic_at,
    lines_of,
    syntax_diagnostic,
)
from zhenggai.reading.yaml_tree import Mapping, Sequence, read_piece

NOT_A_LIST = Fault(STRICT_CHECK, "台账文件应是条目的列表", "每条以“- ”开头，其余各行空两格，例如“- 编号: …”")
NOT_AN_ENTRY = Fault(STRICT_CHECK, "这一条不是“键: 值”", "每条写成“- 编号: …”，冒号用半角，冒号后空一格")
MAX_SHOWN = 200  # characters of a source line that diagnosis looks at

_WHOLE_TRIES = 8  # syntax errors after which the rest is read entry by entry, so that the time stays linear
_DASH_LINE = re.compile(r"(?<=[\r\n])-(?=[ \t\r\n])")
_DASH = re.compile(r"(?:\A|(?<=[\r\n])) *(-)(?=\s)")


def read_entries(text: str, path: str) -> tuple[list[RawEntry], list[Diagnostic]]:
    """The good entries of a ledger file in the file's order, and everything wrong with the others. Never raises.

    Offsets are those of ``text``. After a syntax error reading goes on at the next line that begins with ``- ``.
    """
    reader = _EntryReader(text, path)
    start = 0
    tries = 0
    while start < len(text):
        end = len(text) if tries < _WHOLE_TRIES else reader.next_dash(start + 1)
        resume = reader.read(start, end)
        start = end if resume is None else max(resume, start + 1)
        tries += 1
    return reader.entries, _in_order(reader.diagnostics)


def _in_order(diagnostics: list[Diagnostic]) -> list[Diagnostic]:
    """By line; one mistake that was met twice (as an odd entry and as the cause of a syntax error) is named once."""
    named = {(diagnostic.source.line, diagnostic.remedy): diagnostic for diagnostic in reversed(diagnostics)}
    return sorted(named.values(), key=lambda diagnostic: diagnostic.source.line)


class _Bound(Exception):
    def __init__(self, fault: Fault, line: int) -> None:
        super().__init__(fault.what)
        self.fault, self.line = fault, line


class _EntryReader:
    """What is known of one file. Lines in here are from 0, as libyaml's, unless they are in a result."""

    def __init__(self, text: str, path: str) -> None:
        self.path = path
        self.entries: list[RawEntry] = []
        self.diagnostics = unreadable_characters(text, path)
        self.spoilt = text if self.diagnostics else ""  # the text as it was, if there is something unreadable in it
        self.text = UNREADABLE.sub("\ufffd", text) if self.diagnostics else text
        self.strange = "&" in text or "!" in text  # without these no entry has an anchor or a tag
        self.room = MAX_NODES
        self.patience = MAX_WRONG
        self.c = libyaml()
        self._counted = (0, 0)  # an offset and its line
        self._enter(0, len(text))

    # --- pieces

    def _enter(self, start: int, end: int) -> None:
        self.start, self.piece = start, self.text[start:end]
        self.before = self._line_at(start)
        self.begun = -1  # in the piece: where the entry begins that is being read
        self.done = 0  # in the piece: where the last whole item ends
        self.seen = 0  # line in the piece
        self.documents = 0

    def read(self, start: int, end: int) -> int | None:
        """Read the entries of ``text[start:end]``; where to go on after a syntax error, else None."""
        self._enter(start, end)
        held = len(self.entries)
        try:
            self._read_flat(self.c.events(self.piece))
        except _Bound as bound:
            self._report(bound.fault, bound.line)
            if bound.fault is not TOO_DEEP:
                return len(self.text)
        except Exception as error:  # the boundary: whatever the parser raises is a problem of the file
            self.patience -= 1
            self._drop_unfinished(held)
            self._report_syntax(error)
            if self.patience < 0:
                self._report(TOO_WRONG, 0)
                return len(self.text)
        else:
            return None
        return self.next_dash(start + max(self.begun, self.done) + 1)

    def next_dash(self, offset: int) -> int:
        """Offset of the next line that begins with ``- ``; the end of the text if there is none."""
        found = _DASH_LINE.search(self.text, offset)
        return found.start() if found else len(self.text)

    def _drop_unfinished(self, held: int) -> None:
        """A line out of place closes its entry before the error comes: what was read of it is not the whole entry."""
        if self.begun >= 0 or len(self.entries) <= held or self.entries[-1].end != self.start + self.done:
            return
        last = self.entries[-1]
        if not re.match(r"-(?=\s|\Z)|\Z", self.text[last.end : last.end + 2]):
            self.entries.pop()
            self.begun = self.done = last.offset - self.start

    def _report_syntax(self, error: Exception) -> None:
        lines = lines_of(self.piece)
        first = min(count_line_ends(self.piece, 0, max(self.begun, self.done)), len(lines) - 1)
        self.diagnostics.append(syntax_diagnostic(error, lines, self.path, self.before, first, max(first, self.seen)))

    def _report(self, fault: Fault, line: int) -> None:
        self.diagnostics.append(diagnostic_at(fault, self.path, self.before + line + 1))

    def _line_at(self, offset: int) -> int:
        """Line of the beginning of a piece; asked in rising order, so that the text is counted once."""
        at, line = self._counted
        self._counted = (offset, line + count_line_ends(self.text, at, offset))
        return self._counted[1]

    # --- the fast way

    def _read_flat(self, next_event: Callable[[], YamlEvent]) -> None:
        """The loop that costs: one long function with local names, since each event counts (benchmarks/reading.py)."""
        c = self.c
        scalar, mapping_start, mapping_end = c.scalar, c.mapping_start, c.mapping_end
        sequence_start, sequence_end = c.sequence_start, c.sequence_end
        text, start, first_line, add = self.text, self.start, self.before + 1, self.entries.append
        inside = False
        for event in iter(next_event, None):
            if type(event) is not mapping_start or not inside:
                inside = self._outside(event, inside, next_event)
                continue
            begin = event.start_mark
            self.begun = begin.index
            odd: tuple[YamlEvent, int] | None = None
            values: dict[str, Value] = {}
            lines: list[int] = []
            while type(key := next_event()) is scalar:
                value = next_event()
                kind = type(value)
                if kind is scalar:
                    values[key.value] = value.value
                elif kind is sequence_start:
                    items = []
                    while type(item := next_event()) is scalar:
                        items.append(item.value)
                    if type(item) is not sequence_end:
                        odd = (item, 2)
                        break
                    values[key.value] = tuple(items)
                    self.room -= len(items)
                else:
                    odd = (value, 1)
                    break
                lines.append(key.start_mark.line + first_line)
            whole = type(key) is mapping_end and odd is None
            if not whole:
                key = self._drained(*(odd or (key, 1)), next_event)
            self.room -= len(lines)
            if self.room < 0:
                raise _Bound(TOO_MANY, begin.line)
            offset, line, end = start + begin.index - 2, begin.line + first_line, start + key.end_mark.index
            if begin.index < 2 or text[offset : offset + 2] != "- ":
                offset = self._entry_start(offset + 2)
                line -= count_line_ends(text, offset, start + begin.index)
            self.begun, self.done = -1, end - start
            if (
                not whole
                or len(values) != len(lines)
                or not lines
                or "<<" in values
                or end - offset > MAX_VALUE  # no value is longer than its source
                or (self.strange and self._may_have_properties(offset, end))
                or (self.spoilt and UNREADABLE.search(self.spoilt, offset, end))
            ):
                self._read_carefully(offset, end, line)
            else:
                add(RawEntry(values, line, tuple(lines), offset, end))

    def _may_have_properties(self, offset: int, end: int) -> bool:
        return self.text.find("&", offset, end) >= 0 or self.text.find("!", offset, end) >= 0

    def _entry_start(self, index: int) -> int:
        """Offset of the dash of an entry whose first key does not follow right upon ``- ``; in ``[{…}]`` that of ``{``."""
        lower = self.start + self.done
        dashes = [found.start(1) for found in _DASH.finditer(self.text[lower:index])]
        return lower + dashes[-1] if dashes else index

    def _drained(self, event: YamlEvent, depth: int, next_event: Callable[[], YamlEvent]) -> YamlEvent:
        """Skip to the end of an odd item; ``event`` is the first odd one, ``depth`` the collections open around it."""
        c = self.c
        while True:
            kind = type(event)
            self.room -= 1
            if kind is c.mapping_start or kind is c.sequence_start:
                depth += 1
            elif kind is c.mapping_end or kind is c.sequence_end:
                depth -= 1
                if depth == 0:
                    return event
            if depth > MAX_DEPTH or self.room < 0:
                raise _Bound(TOO_DEEP if depth > MAX_DEPTH else TOO_MANY, event.start_mark.line)
            event = next_event()

    # --- the careful way

    def _outside(self, event: YamlEvent, inside: bool, next_event: Callable[[], YamlEvent]) -> bool:
        """Anything but an entry: the frame of the document, or an item that is none. Whether the list is open after it."""
        kind = type(event)
        self.seen = event.start_mark.line
        if kind is self.c.document_start:
            self._check_document(event)
        if kind is self.c.sequence_end:
            return False
        if not hasattr(event, "anchor"):
            return inside
        if kind is self.c.sequence_start and not inside:
            for fault, present in ((ANCHOR, event.anchor), (TAG, event.ctag)):
                if present is not None:
                    self._report(fault, event.start_mark.line)
            return True
        last = event
        if kind is self.c.mapping_start or kind is self.c.sequence_start:
            last = self._drained(next_event(), 1, next_event)
        if inside or kind is not self.c.scalar or event.value or event.style:
            self._lose_patience(event.start_mark.line)
            self._report_item(event, NOT_AN_ENTRY if inside else NOT_A_LIST)
        self.done = (event.start_mark if last is event else last.end_mark).index
        return inside

    def _lose_patience(self, line: int) -> None:
        self.patience -= 1
        if self.patience < 0:
            raise _Bound(TOO_WRONG, line)

    def _check_document(self, event: YamlEvent) -> None:
        self.documents += 1
        if event.version or event.tags:
            self._report(DIRECTIVE, event.start_mark.line)
        if self.documents > 1:
            self._report(DOCUMENTS, event.start_mark.line)

    def _report_item(self, event: YamlEvent, fault: Fault) -> None:
        index = self.start + event.start_mark.index
        begin = max(self.text.rfind("\n", 0, index), self.text.rfind("\r", 0, index)) + 1
        source_line = LINE_END.split(self.text[begin : begin + 2 * MAX_SHOWN], maxsplit=1)[0]
        line = self.before + event.start_mark.line + 1
        self.diagnostics.append(diagnostic_at(fault, self.path, line, source_line))

    def _read_carefully(self, offset: int, end: int, line: int) -> None:
        """Let the tree reader decide on one entry, and flatten what it gives."""
        if self.spoilt and UNREADABLE.search(self.spoilt, offset, end):
            return  # its line is named already
        self.room -= CAREFUL_COST
        begin = max(self.text.rfind("\n", 0, offset), self.text.rfind("\r", 0, offset)) + 1
        if self.text[begin:offset].strip(" "):
            begin = offset
        node, diagnostics = read_piece(self.text[begin:end], self.path, line - 1)
        if isinstance(node, Sequence) and len(node.items) == 1:
            node = node.items[0]
        if isinstance(node, Mapping) and node.pairs:
            values, more = flattened(node, self.path)
            diagnostics = diagnostics + more
            if not diagnostics:
                lines = tuple(pair.line for pair in node.pairs.values())
                self.entries.append(RawEntry(values, line, lines, offset, end))
                return
        self._lose_patience(line - 1 - self.before)
        self.diagnostics += diagnostics or [diagnostic_at(NOT_AN_ENTRY, self.path, line)]
