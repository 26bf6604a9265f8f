"""``find``: where words stand, in the plan as in force and in the entries as corrected."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache, partial

from zhenggai.model.book import Record
from zhenggai.model.entries import Correction, Entry
from zhenggai.model.entry_fields import CHANGEABLE
from zhenggai.model.folded_text import folded
from zhenggai.model.labels import label_of
from zhenggai.model.plan import Plan
from zhenggai.model.source import Source
from zhenggai.rules.day.snapshot import Snapshot
from zhenggai.rules.plan.plan_on_day import plan_at
from zhenggai.rules.task.corrections import changes_of
from zhenggai.views.search_result import Hit, SearchResult
from zhenggai.views.searched_texts import Text, entry_texts, plan_texts
from zhenggai.views.selection import Selection, unit_names


def find(
    snapshot: Snapshot,
    chosen: Snapshot,
    selection: Selection,
    words: Sequence[str],
    got_plan: Callable[[], Plan],
    *,
    last: int | None = None,
    with_lines: bool = False,
) -> SearchResult:
    """Where ``words`` stand. All of them must be in one entry, one measure, one problem, or the head of the plan.

    ``chosen`` is the snapshot after the filters of ``selection``. ``got_plan`` gives the plan with its lines. Of the entries
    only the ``last`` newest are hits, None for all.
    """
    wanted = [folded(word) for word in words]
    found = _entries(snapshot, chosen, selection, wanted)
    problems = _problem_of_each(snapshot.whole)
    of_entries = (hit for record, held in found[:last] for hit in _hits(snapshot, record, held, problems))
    hits = (*_in_plan(snapshot, chosen, wanted, got_plan), *of_entries)
    return SearchResult(snapshot, tuple(words), selection, hits, len(found), with_lines)


def _in_plan(snapshot: Snapshot, chosen: Snapshot, words: Sequence[str], got_plan: Callable[[], Plan]) -> Iterator[Hit]:
    @cache
    def places() -> Mapping[Text, Source]:
        plan = plan_at(got_plan(), snapshot.as_of, snapshot.known_by)
        return {text: place for texts in plan_texts(plan, title=True) for text, place in texts}

    def place_of(text: Text) -> Source:
        return places().get(text, Source(got_plan().where.path))

    for texts in plan_texts(chosen.plan, title=chosen is snapshot):
        found = _holding([text.text for text, _ in texts], words)
        yield from (Hit(texts[nth][0], partial(place_of, texts[nth][0])) for nth in found)


Held = Sequence[tuple[str, str]]
"""The texts of an entry that hold a word, each with the English name of its field."""


def _entries(
    snapshot: Snapshot, chosen: Snapshot, selection: Selection, words: Sequence[str]
) -> list[tuple[Record, Held]]:
    """The entries with all words and the texts that hold them, the newest first."""
    is_chosen = _chosen(snapshot, chosen, selection)
    found: list[tuple[Record, Held]] = []
    for record in snapshot.archive.mentioning(words):
        entry = snapshot.wording(record) if snapshot.knows(record) else None
        texts = _own_texts(snapshot, entry) if entry else []
        held = [texts[nth] for nth in _holding([text for _, text in texts], words)]
        if held and is_chosen(record):
            found.append((record, held))
    return sorted(found, key=lambda item: _in_order(item[0]), reverse=True)


def _in_order(record: Record) -> tuple[date, str]:
    return record.entry.date, record.entry.number


def _own_texts(snapshot: Snapshot, entry: Entry) -> list[tuple[str, str]]:
    """The texts of an entry by field. The new texts that a 更正 gives are those of the entry that it corrects."""
    texts = entry_texts(entry)
    if isinstance(entry, Correction) and snapshot.correction(entry.number):
        return [(name, text) for name, text in texts if name not in CHANGEABLE]
    return texts


def _holding(texts: Sequence[str], words: Sequence[str]) -> list[int]:
    """Which of some texts hold a word; none if a word is in none of them."""
    together = folded("\0".join(texts))
    if not all(word in together for word in words):
        return []
    return [nth for nth, text in enumerate(map(folded, texts)) if any(word in text for word in words)]


def _problem_of_each(plan: Plan) -> dict[str, int]:
    """The number of the problem of each measure, by the measure's number; for a repeated number, the first."""
    found: dict[str, int] = {}
    for problem, measure in plan.measures():
        found.setdefault(measure.number, problem.number)
    return found


def _hits(snapshot: Snapshot, record: Record, held: Held, problems: Mapping[str, int]) -> Iterator[Hit]:
    """The hits in an entry, which is about a task, or else about the unit that it names or that recorded it.

    ``problems`` has the problem of each measure, by their numbers.
    """
    entry = record.entry
    address, task = snapshot.address_of(entry.number), snapshot.task_of(entry.number)
    key = address if address and address.is_task else None
    measure = key.measure if key else entry.measure
    at = Text(
        kind=entry.kind,
        problem=problems.get(measure) if measure else None,
        measure=measure,
        unit=task.unit if task else key.unit if key else _unit_about(snapshot, record),
        date=entry.date,
        entry=entry.number,
    )
    for name, text in held:
        yield Hit(at._replace(field=label_of(name), text=text), partial(_place, snapshot, record, name))


def _unit_about(snapshot: Snapshot, record: Record) -> str:
    return snapshot.unit_name(record.entry.unit or record.recorder)


def _place(snapshot: Snapshot, record: Record, name: str) -> Source:
    """The place of a field's text: in the entry itself, or in the last 更正 that changed the field."""
    for answer in sorted(snapshot.archive.naming(record.entry.number), key=_in_order):
        entry = answer.entry
        if isinstance(entry, Correction) and name in changes_of(entry) and snapshot.correction(entry.number):
            record = answer
    return snapshot.archive.place(record, name)


def _chosen(snapshot: Snapshot, chosen: Snapshot, selection: Selection) -> Callable[[Record], bool]:
    """Whether an entry is about a chosen task; if only units are chosen, also whether it is about one of them."""
    if selection.is_all:
        return lambda record: True
    keys = {task.key for task in chosen.tasks}
    only_units = selection == Selection(unit=selection.unit)
    units = unit_names(snapshot, selection.unit) if selection.unit and only_units else frozenset[str]()

    def is_chosen(record: Record) -> bool:
        address = snapshot.address_of(record.entry.number)
        if address is not None and address.is_task:
            return address in keys
        return _unit_about(snapshot, record) in units

    return is_chosen
