"""``find``: the texts of the plan and of the entries in which words stand."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, cached_property, partial
from itertools import groupby, pairwise
from operator import attrgetter

from zhenggai.document import Block, Cell, Column, Document, Para, ParaRole, Table, marked, row, table
from zhenggai.frozen import frozen
from zhenggai.model.book import Record
from zhenggai.model.entries import Correction, Entry
from zhenggai.model.entry_fields import CHANGEABLE
from zhenggai.model.folded_text import folded, on_one_line, spans_of
from zhenggai.model.labels import label_of
from zhenggai.model.numbers import ending, measure_number
from zhenggai.model.plan import Plan
from zhenggai.model.source import Source
from zhenggai.rules.day.snapshot import Snapshot
from zhenggai.rules.plan.plan_on_day import plan_at
from zhenggai.rules.task.corrections import changes_of
from zhenggai.views.columns import AS_OF, PLAN, VERSION, Key, Keys, ReportColumn, ReportColumns, list_of
from zhenggai.views.command_hints import argument
from zhenggai.views.searched_texts import Text, entry_texts, plan_texts
from zhenggai.views.selection import Selection, filters_text, unit_names

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


@frozen(slots=False)
class SearchResult:
    """``find``: the hits in the plan, in its order, then those in entries, the newest first.

    ``selection``: the filters that were on. ``with_lines``: the document says the place of each hit.
    """

    snapshot: Snapshot
    words: tuple[str, ...]
    selection: Selection
    hits: tuple[Hit, ...]
    with_lines: bool = False

    heads = _HITS.heads

    keys = Keys["SearchResult"](VERSION, PLAN, AS_OF, Key("words", head="词"), list_of("hits", _HITS, head="命中"))

    def record(self) -> dict[str, object]:
        """The JSON of ``find``."""
        return self.keys.record(self)

    def rows(self) -> Sequence[Mapping[str, object]]:
        """One row per hit."""
        return _HITS.records(self.hits)

    def document(self) -> Document:
        """The hits as two tables, or as lines with their places, the words marked; a sentence if there are none."""
        only = "" if self.selection.is_all else f"（只看{filters_text(self.selection)}）"
        blocks: list[Block] = [Para(f"截至 {self.snapshot.as_of}{only}")]
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
        part = attrgetter("kind", "problem", "measure", "step", "entry")
        together = (list(hits) for _, hits in groupby(self.hits, lambda hit: part(hit.text)))
        found = [(hits[0].text, self._excerpts(hits)) for hits in together]
        of_plan = [row(t.step or t.measure or t.problem, t.kind, said) for t, said in found if not t.entry]
        if of_plan:
            yield table(("号", "所在", Column("内容", wrap=True)), of_plan, f"方案 {len(of_plan)} 处")
        of_entries = [row(t.date, t.measure, t.unit, t.kind, said, ending(t.entry)) for t, said in found if t.entry]
        if of_entries:
            heads = (
                "日期",
                Column("措施", keep=3),
                Column("单位", wrap=True, keep=2),
                "事项",
                Column("内容", wrap=True),
                Column("编号", keep=5),
            )
            yield table(heads, of_entries, f"记录 {len(of_entries)} 条，新的在前")

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
        several = len(self.words) > 1
        said = "".join(f"“{word}”" for word in self.words)
        yield Para(f"没有哪条记录、哪项措施或问题里同时有{said}。" if several else f"没有找到{said}。")
        for word in self.words if self.selection.is_all else ():
            others = " ".join(argument(other) for other in self.words if other != word)
            if measure_number(word) in self.snapshot.whole.measure_by_number:
                yield from _instead(f"看措施{word}", f"zhenggai show {word}")
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


def find(
    whole: Snapshot,
    chosen: Snapshot,
    selection: Selection,
    words: Sequence[str],
    got_plan: Callable[[], Plan],
    *,
    with_lines: bool = False,
) -> SearchResult:
    """Where ``words`` stand. All of them must be in one entry, one measure, one problem, or the head of the plan.

    ``chosen`` is the snapshot after the filters of ``selection``. ``got_plan`` gives the plan with its lines.
    """
    wanted = [folded(word) for word in words]
    hits = (*_in_plan(whole, chosen, wanted, got_plan), *_in_entries(whole, chosen, selection, wanted))
    return SearchResult(whole, tuple(words), selection, hits, with_lines)


def _in_plan(whole: Snapshot, chosen: Snapshot, words: Sequence[str], got_plan: Callable[[], Plan]) -> Iterator[Hit]:
    @cache
    def places() -> Mapping[Text, Source]:
        plan = plan_at(got_plan(), whole.as_of, whole.known_by)
        return {text: place for texts in plan_texts(plan, title=True) for text, place in texts}

    def place_of(text: Text) -> Source:
        return places().get(text, Source(got_plan().where.path))

    for texts in plan_texts(chosen.plan, title=chosen is whole):
        found = _holding([text.text for text, _ in texts], words)
        yield from (Hit(texts[nth][0], partial(place_of, texts[nth][0])) for nth in found)


def _in_entries(whole: Snapshot, chosen: Snapshot, selection: Selection, words: Sequence[str]) -> list[Hit]:
    is_chosen = _chosen(whole, chosen, selection)
    found: list[tuple[Record, Entry, list[tuple[str, str]]]] = []
    for record in whole.archive.mentioning(words):
        if not whole.knows(record) or (entry := whole.wording(record)) is None:
            continue
        texts = entry_texts(entry)
        if isinstance(entry, Correction) and whole.correction(
            entry.number
        ):  # its new texts are those of the other entry
            texts = [(name, text) for name, text in texts if name not in CHANGEABLE]
        held = [texts[nth] for nth in _holding([text for _, text in texts], words)]
        if held and is_chosen(record):
            found.append((record, entry, held))
    found.sort(key=lambda item: (item[1].date, item[1].number), reverse=True)
    return [hit for record, entry, held in found for hit in _hits(whole, record, entry, held)]


def _holding(texts: Sequence[str], words: Sequence[str]) -> list[int]:
    """Which of some texts hold a word; none if a word is in none of them."""
    together = folded("\0".join(texts))
    if not all(word in together for word in words):
        return []
    return [nth for nth, text in enumerate(map(folded, texts)) if any(word in text for word in words)]


def _hits(whole: Snapshot, record: Record, entry: Entry, held: Sequence[tuple[str, str]]) -> Iterator[Hit]:
    """The hits in an entry, which is about a task, or else about the unit that it names or that recorded it."""
    address, task = whole.address_of(entry.number), whole.task_of(entry.number)
    key = address if address and address.is_task else None
    measure = key.measure if key else entry.measure
    at = Text(
        kind=entry.kind,
        problem=next((f.number for f, m in whole.whole.measures() if m.number == measure), None),
        measure=measure,
        unit=task.unit if task else key.unit if key else _unit_about(whole, record),
        date=entry.date,
        entry=entry.number,
    )
    for name, text in held:
        yield Hit(at._replace(field=label_of(name), text=text), partial(_place, whole, record, name))


def _unit_about(whole: Snapshot, record: Record) -> str:
    return whole.unit_name(record.entry.unit or record.recorder)


def _place(whole: Snapshot, record: Record, name: str) -> Source:
    """The place of a field's text: in the entry itself, or in the last 更正 that changed the field."""
    answers = sorted(
        whole.archive.naming(record.entry.number), key=lambda answer: (answer.entry.date, answer.entry.number)
    )
    for answer in answers:
        if (
            isinstance(answer.entry, Correction)
            and name in changes_of(answer.entry)
            and whole.correction(answer.entry.number)
        ):
            record = answer
    return whole.archive.place(record, name)


def _chosen(whole: Snapshot, chosen: Snapshot, selection: Selection) -> Callable[[Record], bool]:
    """Whether an entry is about a chosen task; if only units are chosen, also whether it is about one of them."""
    if selection.is_all:
        return lambda record: True
    keys = {task.key for task in chosen.tasks}
    only_units = selection.unit is not None and selection == Selection(unit=selection.unit)
    units = unit_names(whole, selection.unit) if selection.unit is not None and only_units else frozenset[str]()

    def is_chosen(record: Record) -> bool:
        address = whole.address_of(record.entry.number)
        if address is not None and address.is_task:
            return address in keys
        return _unit_about(whole, record) in units

    return is_chosen
