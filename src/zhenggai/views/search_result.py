"""The result of ``find``: the texts in which words stand, each with its place."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import groupby, pairwise
from operator import attrgetter

from zhenggai.document import Block, Cell, Column, Document, Para, ParaRole, Table, marked, row, table
from zhenggai.frozen import frozen
from zhenggai.model.folded_text import folded, on_one_line, spans_of
from zhenggai.model.labels import label_of
from zhenggai.model.numbers import ending, measure_number
from zhenggai.model.source import Source
from zhenggai.rules.day.snapshot import Snapshot
from zhenggai.views.columns import AS_OF, PLAN, VERSION, Key, Keys, ReportColumn, ReportColumns, list_of
from zhenggai.views.command_hints import argument
from zhenggai.views.searched_texts import Text
from zhenggai.views.selection import Selection, filters_text
from zhenggai.views.sentences import as_of_words

_CONTEXT = 16  # characters shown on either side of a word
_MOST = 3  # places shown of one text
_GOES_WITHOUT_SAYING = frozenset(map(label_of, ("content", "title")))


@frozen(slots=False)
class Hit:
    """A text in which a word stands. Its place is looked up when it is asked for."""

    text: Text
    got_place: Callable[[], Source]

    @cached_property
    def place(self) -> Source:
        """The file, and the line of the field."""
        return self.got_place()


_TEXTS = ReportColumns[Text](
    ReportColumn("kind"),
    ReportColumn("problem", head="问题号", numeric=True),
    ReportColumn("measure"),
    ReportColumn("step"),
    ReportColumn("unit"),
    ReportColumn("date"),
    ReportColumn("entry"),
    ReportColumn("field"),
    ReportColumn("text"),
)
_HITS = ReportColumns[Hit](
    *_TEXTS.of(attrgetter("text")),
    ReportColumn("path", attrgetter("place.path")),
    ReportColumn("line", attrgetter("place.line"), numeric=True),
)


@frozen
class SearchResult:
    """``find``: the hits in the plan, in its order, then those in entries, the newest first.

    ``selection``: the filters that were on. ``total``: how many entries were found, of which only the newest may be shown.
    ``with_lines``: the document says the place of each hit.
    """

    snapshot: Snapshot
    words: tuple[str, ...]
    selection: Selection
    hits: tuple[Hit, ...]
    total: int
    with_lines: bool = False

    keys = Keys["SearchResult"](VERSION, PLAN, AS_OF, Key("words", head="词"), list_of("hits", _HITS, head="命中"))

    @property
    def heads(self) -> Mapping[str, str]:
        """The heads of CSV."""
        return _HITS.called(self.snapshot.plan.terms).heads

    def record(self) -> dict[str, object]:
        """The JSON of ``find``."""
        return self.keys.record(self)

    def rows(self) -> Sequence[Mapping[str, object]]:
        """One row per hit."""
        return _HITS.records(self.hits)

    def document(self) -> Document:
        """The hits as two tables, or as lines with their places, the words marked; a sentence if there are none."""
        only = "" if self.selection.is_all else filters_text(self.selection)
        blocks: list[Block] = [Para(as_of_words(replace(self.snapshot, only=only)))]
        blocks += self._lines() if self.with_lines else self._tables()
        if not self.hits:
            blocks += self._nothing_found()
        return Document(f"{self.snapshot.plan.title}：查找 {' '.join(self.words)}", tuple(blocks))

    def _lines(self) -> Iterator[Para]:
        """A line a hit, as programs give places in files; no screen breaks it."""
        for hit in self.hits:
            yield Para(f"{hit.place}: {self._excerpts([hit]).in_brackets().text}", role=ParaRole.COMMAND)

    def _tables(self) -> Iterator[Table]:
        """A row for each entry and for each part of the plan."""
        terms = self.snapshot.plan.terms
        part = attrgetter("kind", "problem", "measure", "step", "entry")
        together = (list(hits) for _, hits in groupby(self.hits, lambda hit: part(hit.text)))
        found = [(hits[0].text, self._excerpts(hits)) for hits in together]
        of_plan = [row(t.step or t.measure or t.problem, terms.part(t.kind), said) for t, said in found if not t.entry]
        if of_plan:
            yield table(("号", "所在", Column("内容", wrap=True)), of_plan, f"方案 {len(of_plan)} 处")
        of_entries = [row(t.date, t.measure, t.unit, t.kind, said, ending(t.entry)) for t, said in found if t.entry]
        if of_entries:
            heads = (
                "日期",
                Column(terms.measure, keep=3),
                Column("单位", wrap=True, keep=2),
                "事项",
                Column("内容", wrap=True),
                Column("编号", keep=5),
            )
            shown = len(of_entries)
            is_all = shown == self.total
            title = f"记录 {shown} 条，新的在前" if is_all else f"最近 {shown} 条记录，共 {self.total} 条"
            yield table(heads, of_entries, title)

    def _excerpts(self, hits: Sequence[Hit]) -> Cell:
        """The texts around the words, each with the name of its field, as one cell."""
        words = list(map(folded, self.words))
        pieces: list[tuple[str, bool]] = []
        for hit in hits:
            pieces += [("；", False)] if pieces else []
            named = hit.text.field not in _GOES_WITHOUT_SAYING | {hit.text.kind}
            pieces += [(f"{hit.text.field}：", False)] if named else []
            pieces += excerpt(on_one_line(hit.text.text), words)
        return marked(pieces)

    def _nothing_found(self) -> Iterator[Para]:
        """That there is nothing, and what may have been meant."""
        several, terms = len(self.words) > 1, self.snapshot.plan.terms
        said = "".join(f"“{word}”" for word in self.words)
        yield Para(
            f"没有哪条记录、哪项{terms.measure}或{terms.problem}里同时有{said}。" if several else f"没有找到{said}。"
        )
        for word in self.words if self.selection.is_all else ():
            others = " ".join(argument(other) for other in self.words if other != word)
            if measure_number(word) in self.snapshot.whole.measure_by_number:
                yield from _instead(f"看{terms.measure}{word}", f"zhenggai show {word}")
            elif word in self.snapshot.units.class_by_name or self.snapshot.units.unit_named(word):
                if others:
                    yield from _instead(f"只找{word}的", f"zhenggai find {others} --unit {word}")
                else:
                    yield from _instead(f"看{word}", f"zhenggai status {word}")


def _instead(what: str, command: str) -> Iterator[Para]:
    yield Para(f"{what}：")
    yield Para(command, role=ParaRole.COMMAND)


def excerpt(text: str, words: Sequence[str]) -> Iterator[tuple[str, bool]]:
    """What stands around folded words in a text on one line, in pieces, each with whether it is one of the words.

    >>> "".join(f"[{piece}]" if found else piece for piece, found in excerpt("甲" * 20 + "党日" + "乙" * 40 + "党日", ["党日"]))
    '…甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲[党日]乙乙乙乙乙乙乙乙乙乙乙乙乙乙乙乙…乙乙乙乙乙乙乙乙乙乙乙乙乙乙乙乙[党日]'
    """
    spans = spans_of(text, words)[:_MOST]
    for (_, before), (start, end) in pairwise(((0, 0), *spans)):
        yield _cut(text[before:start], _CONTEXT if before else 0, _CONTEXT), False
        yield text[start:end], True
    yield _cut(text[spans[-1][1] if spans else 0 :], _CONTEXT, 0), False


def _cut(text: str, first: int, last: int) -> str:
    """The first and the last characters of a text, with … for what is left out between."""
    return text if len(text) <= first + last else f"{text[:first]}…{text[len(text) - last :]}"
