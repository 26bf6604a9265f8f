"""Summary of the changes between two trees: entries per unit, plans, reports; and the commit subject made from it."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from zhenggai.frozen import frozen
from zhenggai.model.numbers import measure_number
from zhenggai.reading.data_folders import FileKind, FilePlace, place_of
from zhenggai.reading.entry_text import read_entries
from zhenggai.reading.files import decode
from zhenggai.reading.raw_entry import Value, by_number
from zhenggai.sharing.clone import Clone
from zhenggai.sharing.git import Objects
from zhenggai.sharing.trees import Blob, changes

LEDGER_SUBJECT, PLAN_SUBJECT = "台账: ", "方案: "
_MOST_MEASURES = 8
_MOST_UNITS = 3
_NUMBER = re.compile(r"编号\s*[:：]\s*[\"']?([0-9A-Za-z-]+)")

Values = Mapping[str, Value]
Entries = dict[str, Values]  # by number
_Versions = tuple[str, Entries, Entries]  # a file: its path, its entries before and now


@frozen
class UnitShare:
    """The changes in a unit's folder: numbers of entries, and the count of added evidence files.

    ``removed`` and ``places`` map the removed and the added entries to their files.
    """

    unit: str
    added: Mapping[str, Values]
    changed: tuple[str, ...]
    removed: Mapping[str, str]
    evidence: int
    places: Mapping[str, str]

    def __str__(self) -> str:
        """A phrase such as ``新增2条，改动1条``; if no entry changed, ``佐证1份`` or ``改动文件``."""
        words = (("新增", self.added, "条"), ("改动", self.changed, "条"), ("删去", self.removed, "条"))
        parts = [f"{word}{len(what)}{measure}" for word, what, measure in words if what]
        evidence = [f"佐证{self.evidence}份"] if self.evidence and not self.added else []
        return "，".join([*parts, *evidence]) or "改动文件"


@frozen
class Summary:
    """The changes between two trees: units in order of path, plans and books by file, issued reports, other files."""

    units: tuple[UnitShare, ...]
    plans: tuple[str, ...]
    reports: tuple[str, ...]
    others: tuple[str, ...]

    @property
    def removed(self) -> Mapping[str, str]:
        """The removed entries: number → the file that contained it."""
        return {number: path for share in self.units for number, path in share.removed.items()}

    @property
    def changed(self) -> list[str]:
        """The numbers of the entries whose values changed."""
        return [number for share in self.units for number in share.changed]

    @property
    def added(self) -> Mapping[str, str]:
        """The added entries: number → its file."""
        return {number: path for share in self.units for number, path in share.places.items()}

    def parts(self) -> list[str]:
        """A phrase for each part of the change: ``县教育局 新增2条``."""
        shares = [f"{share.unit} {share}" for share in self.units]
        plans = [f"改动 {'、'.join(self.plans)}"] if self.plans else []
        return [*shares, *plans, *(f"印发 {name}" for name in self.reports)]

    def subject(self, today: date) -> str:
        """The commit subject: ``台账: 县教育局 2020-05-12 新增2条 (3-2, 4-1)``."""
        shares = self.units
        if not shares and not self.reports:
            return f"{PLAN_SUBJECT}{today} 改动 {'、'.join((*self.plans, *self.others)) or '文件'}"
        if len(shares) == 1:
            what = [f"{shares[0].unit} {today} {shares[0]}"]
        elif shares:
            names = "、".join(share.unit for share in shares[:_MOST_UNITS])
            more = f"等{len(shares)}个单位" if len(shares) > _MOST_UNITS else ""
            what = [f"{names}{more} {today} {_totals(shares)}"]
        else:
            what = [f"{today}"]
        what += [f"印发{'、'.join(self.reports)}"] if self.reports else []
        what += [f"改动{'、'.join(self.plans)}"] if self.plans else []
        return LEDGER_SUBJECT + "，".join(what) + _measures(shares)


def summary(clone: Clone, old: str | None, new: str) -> Summary:
    """The changes between two trees or commits; ``old`` None means an empty tree."""
    entries: dict[str, list[_Versions]] = defaultdict(list)
    evidence: dict[str, int] = defaultdict(int)
    plans, reports, others = list[str](), list[str](), list[str]()
    with Objects(clone.top) as objects:
        for change in changes(clone, old, new):
            path = change.path.removeprefix(clone.prefix)
            name = path.rpartition("/")[2]
            match place_of(path):
                case FilePlace(FileKind.LEDGER, unit=unit):
                    entries[unit].append((path, _entries(objects, change.old), _entries(objects, change.new)))
                case FilePlace(FileKind.EVIDENCE, unit=unit):
                    evidence[unit] += 1
                case FilePlace(FileKind.REPORT):
                    reports += [name.removesuffix(".json")] if name.endswith(".json") else []
                case FilePlace(FileKind.PLAN | FileKind.UNITS | FileKind.ORGANISATIONS | FileKind.SIGNERS):
                    plans.append(name)
                case FilePlace(unit=unit) if unit:
                    entries[unit] += []  # a file of the unit, but without entries
                case _:
                    others.append(path)
        files = {unit: [*_beside(clone, objects, new, some), *some] for unit, some in entries.items()}
    units = [_share(unit, files.get(unit, ()), evidence[unit]) for unit in sorted({*entries, *evidence})]
    return Summary(tuple(units), tuple(plans), tuple(reports), tuple(others))


def _beside(clone: Clone, objects: Objects, tree: str, files: Sequence[_Versions]) -> list[_Versions]:
    """The unchanged ledger files beside some changed ones, if entries are gone from these: a copy may still have them."""
    left = {number for _, _, after in files for number in after}
    if all(number in left for _, before, _ in files for number in before):
        return []
    changed = {path for path, _, _ in files}
    folders = {path.rpartition("/")[0] for path in changed}
    found = []
    for path, blob in ((c.path.removeprefix(clone.prefix), c.new) for c in changes(clone, None, tree)):
        is_beside = path.rpartition("/")[0] in folders and path not in changed
        if is_beside and place_of(path).kind is FileKind.LEDGER:
            own = _entries(objects, blob)
            found.append((path, own, own))
    return found


def numbers_in(text: str) -> list[str]:
    """The numbers of entries that occur in a text, which need not be a readable ledger."""
    return _NUMBER.findall(text)


def altered(clone: Clone, old: str, new: str) -> Summary:
    """The summary limited to changed and removed entries. Fast and empty if the files only grew."""
    with Objects(clone.top) as objects:
        for change in changes(clone, old, new):
            if change.old is None or place_of(change.path.removeprefix(clone.prefix)).kind is not FileKind.LEDGER:
                continue
            before, after = (
                objects.read(blob.id) if blob and blob.is_file else b"" for blob in (change.old, change.new)
            )
            if not (after or b"").startswith(before or b""):
                return summary(clone, old, new)
    return Summary((), (), (), ())


def _entries(objects: Objects, blob: Blob | None) -> Entries:
    """The entries of a ledger file by number; for entries that are unreadable, the number only."""
    data = objects.read(blob.id) if blob is not None and blob.is_file else None
    text, _ = decode(data or b"", "")
    raws, mistakes = read_entries(text, "")
    hidden: Entries = {number: {} for number in numbers_in(text)} if mistakes else {}
    return hidden | {number: raw.values for number, raw in by_number(raws).items()}


def _share(unit: str, files: Iterable[_Versions], evidence: int) -> UnitShare:
    """A unit's changes over all its files; an entry that moved to another file is no change."""
    old, new, before_in, now_in = Entries(), Entries(), dict[str, str](), dict[str, str]()
    for path, before, after in files:
        old |= before
        before_in |= dict.fromkeys(before, path)
        new |= after
        now_in |= dict.fromkeys(after, path)
    added = {number: values for number, values in new.items() if number not in old}
    changed = tuple(number for number in new if number in old and old[number] != new[number])
    removed = {number: path for number, path in before_in.items() if number not in new}
    return UnitShare(unit, added, changed, removed, evidence, {number: now_in[number] for number in added})


def _totals(shares: Iterable[UnitShare]) -> str:
    shares = tuple(shares)
    whole = UnitShare(
        "",
        {number: values for share in shares for number, values in share.added.items()},
        tuple(number for share in shares for number in share.changed),
        {number: path for share in shares for number, path in share.removed.items()},
        sum(share.evidence for share in shares),
        {},
    )
    return str(whole)


def _measures(shares: Iterable[UnitShare]) -> str:
    """The measures of the added entries, as `` (3-2, 4-1)``; "" if they have none."""
    given = (str(values.get("措施", "")) for share in shares for values in share.added.values())
    named = list(dict.fromkeys(number for text in given if (number := measure_number(text))))
    more = ", …" if len(named) > _MOST_MEASURES else ""
    return f" ({', '.join(named[:_MOST_MEASURES])}{more})" if named else ""
