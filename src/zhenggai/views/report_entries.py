"""The entries that a report lists, as corrected, and the figures counted from them."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cached_property
from operator import attrgetter

from zhenggai.frozen import frozen
from zhenggai.model.entries import Done, Entry, Escalation, Inspection, LookBack, Progress
from zhenggai.model.entry_fields import Mark
from zhenggai.model.event_of_entry import Event
from zhenggai.model.kinds import RELAPSED, TRUE, UNTRUE, Kind
from zhenggai.model.labels import label_of
from zhenggai.model.terms import Terms
from zhenggai.rules.day.snapshot import Snapshot, SnapshotTask
from zhenggai.rules.task.transitions import LADDER
from zhenggai.views.columns import Key, Keys, list_of
from zhenggai.views.entry_keys import entry_keys, given_fields


@frozen(slots=False)
class Told:
    """An entry that a report lists, with its task (None if it is about a unit only). Its text is read on demand."""

    snapshot: Snapshot
    event: Event
    task: SnapshotTask | None = None

    @cached_property
    def entry(self) -> Entry:
        """The entry, as corrected."""
        said = self.snapshot.said(self.event.number)
        assert said is not None  # void entries are not listed
        return said

    @property
    def unit(self) -> str:
        """The unit that the entry is about."""
        return self.task.unit if self.task else self.snapshot.unit_about(self.event)

    @property
    def recorder(self) -> str:
        """The unit that recorded the entry."""
        return self.snapshot.units.recorder(self.event.path)

    @property
    def measure(self) -> str | None:
        """The number of the measure that the entry is about, or None."""
        return self.task.measure if self.task else self.event.measure

    @property
    def percent(self) -> int | None:
        """The percentage that the entry reports, or None."""
        percent: int | None = getattr(self.entry, "percent", None)
        return percent

    def record(self) -> dict[str, object]:
        """All fields of the entry for JSON, with English names."""
        own = _OWN.record(self)
        given = {
            name: f"{value:f}" if isinstance(value, Decimal) else value
            for name, value in given_fields(self.entry).items()
        }
        return own | {name: value for name, value in given.items() if name not in own}


_OWN = Keys[Told](
    Key("date", attrgetter("entry.date"), date),
    Key("finding", lambda told: told.task.problem if told.task else None, int | None),
    Key("measure"),
    Key("unit"),
    Key("kind", attrgetter("entry.kind"), Kind),
    Key("percent"),
    Key("content", attrgetter("entry.content"), str | None),
)


_HEADS = {n: label_of(n) for n in ("date", "finding", "measure", "unit", "kind", "percent", "content")}
_IF_ANY = {
    n: label_of(n) for n in ("rectified", "recovered", "loss_avoided", "basis", "organisations", "people", "addressee")
}


def entry_heads(rows: Iterable[Mapping[str, object]], terms: Terms) -> Mapping[str, str]:
    """The heads of CSV with these rows, one per entry; money and who was held to account only where there is any."""
    said = {key for row in rows for key in _IF_ANY if row.get(key) is not None}
    heads = _HEADS | {key: head for key, head in _IF_ANY.items() if key in said}
    return {key: terms.head(head) for key, head in heads.items()}


def told_keys() -> Keys[Told]:
    """The keys that ``Told.record`` may give."""
    return Keys[Told](*entry_keys(), *_OWN.keys)


def told(snapshot: Snapshot, since: date, until: date, keep: Callable[[Event], bool]) -> tuple[Told, ...]:
    """The valid entries that ``keep`` accepts, in order: about tasks, about whole units, and 经验.

    ``keep`` must accept only entries that happened or were recorded from ``since`` to ``until``.
    """
    found = {t.event.number: t for t in _all_told(snapshot, since, until, keep)}  # a 经验 of a task occurs twice
    return tuple(sorted(found.values(), key=lambda t: (t.event.date, t.event.number)))


def _all_told(snapshot: Snapshot, since: date, until: date, keep: Callable[[Event], bool]) -> Iterator[Told]:
    lessons = (event for event in snapshot.aside.loose if event.kind is Kind.LESSON)
    for event in (*snapshot.aside.of_units, *lessons):
        if event.kind is not Kind.CORRECTION and keep(event) and snapshot.said(event.number) is not None:
            yield Told(snapshot, event)
    for task in snapshot.tasks:
        yield from (Told(snapshot, event, task) for event in task.between(since, until) if keep(event))


@frozen
class KindTally:
    """How often a kind of entry occurred, with the organisations and people concerned, and the conclusions."""

    kind: Kind
    times: int
    organisations: int = 0
    people: int = 0
    conclusions: tuple[tuple[str, int], ...] = ()

    def words(self) -> str:
        """The tally as a phrase: 约谈2次（涉及组织1个、3人）."""
        reached = [f"组织{self.organisations}个"] if self.organisations else []
        reached += [f"{self.people}人"] if self.people else []
        asides = ["涉及" + "、".join(reached)] if reached else []
        asides += ["、".join(f"{word}{n}次" for word, n in self.conclusions)] if self.conclusions else []
        return f"{self.kind}{self.times}次" + (f"（{'；'.join(asides)}）" if asides else "")


@frozen
class Tallies:
    """Counted entries: inspections and steps of the ladder by kind; 制度成果 and 经验 by name and unit."""

    kinds: tuple[KindTally, ...]
    institutions: tuple[Told, ...]
    lessons: tuple[Told, ...]

    def words(self) -> str:
        """The tallies as a sentence: 督查3次（属实2次、反弹1次），约谈1次，问责0次；形成制度成果2项，总结经验1条."""
        kinds = "，".join(k.words() for k in self.kinds)
        return f"{kinds}；形成制度成果{len(self.institutions)}项，总结经验{len(self.lessons)}条"

    def words_of_some(self) -> str:
        """The same without what there was none of; "" if there was nothing."""
        counted = ((len(self.institutions), "形成制度成果{}项"), (len(self.lessons), "总结经验{}条"))
        kinds = "，".join(k.words() for k in self.kinds if k.times)
        made = "，".join(word.format(number) for number, word in counted if number)
        return "；".join(filter(None, (kinds, made)))

    def named(self) -> list[str]:
        """A sentence for 制度成果 and one for 经验, each with names and units; none if there are none."""
        made = institutions(self.institutions)
        learned = "；".join(f"{t.unit}：{(t.entry.content or '').rstrip('。；')}" for t in self.lessons)
        return [*([made] if made else []), *([f"经验做法：{learned}。"] if learned else [])]


def _conclusions(tally: KindTally) -> dict[str, int]:
    return dict(tally.conclusions)


def institution_of(told: Told) -> str:
    """The 制度成果 of an entry, or ""."""
    return (told.entry.institution or "") if isinstance(told.entry, Progress | Done) else ""


_KINDS = Keys[KindTally](
    Key("kind"),
    Key("times", head="次数"),
    Key("organisations"),
    Key("people"),
    Key("conclusions", _conclusions, head="结论"),
)
_INSTITUTIONS = Keys[Told](Key("unit"), Key("measure"), Key("institution", institution_of))
LESSONS = Keys[Told](Key("unit"), Key("content", attrgetter("entry.content"), str | None))
TALLIES = Keys[Tallies](list_of("kinds", _KINDS), list_of("institutions", _INSTITUTIONS), list_of("lessons", LESSONS))
"""The tallies in JSON."""


_COUNTED = (Kind.INSPECTION, Kind.LOOK_BACK, *LADDER)
_ALWAYS = (Kind.INTERVIEW, Kind.ACCOUNTABILITY)  # mentioned even if there was none


def is_tallied(event: Event) -> bool:
    """Whether tallies count an entry."""
    return event.kind in _COUNTED or event.kind is Kind.LESSON or bool(event.flags & Mark.INSTITUTION)


def tallies_of(entries: Sequence[Told]) -> Tallies:
    """The tallies of some entries."""
    kinds = [_tally(kind, [t.entry for t in entries if t.event.kind is kind]) for kind in _COUNTED]
    return Tallies(
        kinds=tuple(k for k in kinds if k.times or k.kind in _ALWAYS),
        institutions=tuple(t for t in entries if t.event.flags & Mark.INSTITUTION and institution_of(t)),
        lessons=tuple(t for t in entries if t.event.kind is Kind.LESSON),
    )


def _tally(kind: Kind, entries: Sequence[Entry]) -> KindTally:
    steps = [e for e in entries if isinstance(e, Escalation)]
    found: Counter[str] = Counter(e.conclusion for e in entries if isinstance(e, Inspection | LookBack))
    return KindTally(
        kind,
        len(entries),
        sum(e.organisations or 0 for e in steps),
        sum(e.people or 0 for e in steps),
        tuple((word, found[word]) for word in (TRUE, UNTRUE, RELAPSED) if found[word]),
    )


def institutions(entries: Sequence[Told]) -> str:
    """The 制度成果 among some entries as a sentence, each with its unit: 制度成果：县教育局《学习办法》（1-2）。 "" if there is none."""
    made = [f"{t.unit}{_titled(name)}（{t.measure}）" for t in entries if (name := institution_of(t))]
    return f"制度成果：{'；'.join(made)}。" if made else ""


def _titled(name: str) -> str:
    return name if name.startswith("《") else f"《{name}》"
