"""Loads plans, books and ledgers from their files. All faults are collected; a bad file does not hide the others."""

from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from zhenggai.model.book import Book, Record
from zhenggai.model.event_of_entry import Event, event_of
from zhenggai.model.plan import Plan
from zhenggai.model.source import Diagnostic, Source, unit_folder
from zhenggai.model.units import UnitBook
from zhenggai.progress import watched
from zhenggai.reading.canonical_reader import Placed, read_as_events, read_strictly
from zhenggai.reading.data_folders import ORGANISATIONS_FILE, UNITS_FILE, ledger_paths
from zhenggai.reading.files import MAX_FILE, FileBytes, decode, read_file

if TYPE_CHECKING:
    from zhenggai.model.county_list import CountyList
    from zhenggai.model.organisations import OrganisationBook


def load_plan(root: Path, path: str) -> tuple[Plan | None, list[Diagnostic]]:
    """The plan in a file, or None if it is unusable; and its problems."""
    plan, diagnostics = _load_tree(root, path, Plan)
    if plan is not None and plan.number != Path(path).stem:
        what = f"文件名与编号“{plan.number}”不一致"
        diagnostics.append(
            Diagnostic(plan.where.of("number"), "方案", what, f"把文件改名为 {plan.number}.yaml，或改正编号")
        )
    return plan, diagnostics


def load_units(root: Path) -> tuple[UnitBook, list[Diagnostic]]:
    """The unit book (empty if it is missing or unreadable), and its problems."""
    if not (root / UNITS_FILE).exists():
        remedy = "运行 zhenggai init 生成样本，再填入各单位"
        return UnitBook(), [Diagnostic(Source(UNITS_FILE), "文件", "没有单位册", remedy)]
    units, diagnostics = _load_tree(root, UNITS_FILE, UnitBook)
    return units or UnitBook(), diagnostics


def load_organisations(root: Path) -> "tuple[OrganisationBook, list[Diagnostic]]":
    """The organisation book (empty if it is missing or unreadable), and its problems."""
    from zhenggai.model.organisations import OrganisationBook  # imported here: only the registers need it

    if not (root / ORGANISATIONS_FILE).exists():
        return OrganisationBook(), []
    organisations, diagnostics = _load_tree(root, ORGANISATIONS_FILE, OrganisationBook)
    return organisations or OrganisationBook(), diagnostics


def load_county_list(path: Path) -> "tuple[CountyList | None, list[Diagnostic]]":
    """The list of counties in a file, or None if it is unusable; and its problems, which name the file alone."""
    from zhenggai.model.county_list import CountyList  # imported here: only a roll-up needs it

    return _load_tree(path.parent, path.name, CountyList)


def _load_tree(root: Path, path: str, owner: type) -> tuple[Any, list[Diagnostic]]:
    text, diagnostics = load_text(root, path)
    if text is None:
        return None, diagnostics
    from zhenggai.reading.typed import type_tree  # imported here: ledgers need neither pydantic nor YAML
    from zhenggai.reading.yaml_tree import read_tree

    node, faults = read_tree(text, path)
    diagnostics += faults
    if node is None:
        return None, diagnostics or [
            Diagnostic(Source(path), "文件", "文件是空的", "从备份或版本库中恢复，或按说明填写")
        ]
    value, faults = type_tree(owner, node, path)
    return value, diagnostics + faults


def read_book(owner: type, data: bytes) -> Any:
    """The readable part of a plan or book from the bytes of its file; None if it is unusable."""
    from zhenggai.reading.typed import type_tree  # imported here, as in ``_load_tree``
    from zhenggai.reading.yaml_tree import read_tree

    node, _ = read_tree(decode(data, "")[0], "") if len(data) <= MAX_FILE else (None, [])
    return None if node is None else type_tree(owner, node, "")[0]


def load_text(root: Path, path: str) -> tuple[str | None, list[Diagnostic]]:
    """The text of a file, or None if it is unreadable; and its problems."""
    found = read_file(root, path)
    if not isinstance(found, FileBytes):
        return None, [found]
    text, diagnostics = decode(found.data, path)
    return text, diagnostics


def load_records(root: Path, path: str) -> tuple[list[Record], list[Diagnostic]]:
    """The entries of one ledger file, with the unit of its folder as recorder; and the problems of the file."""
    text, diagnostics = load_text(root, path)
    if text is None:
        return [], diagnostics
    records, faults = records_of(text, path)
    return records, diagnostics + faults


def records_of(text: str, path: str) -> tuple[list[Record], list[Diagnostic]]:
    """The entries of a ledger file's text."""
    placed, faults = read_strictly(text), list[Diagnostic]()
    if placed is None:
        placed, faults = read_by_events(text, path)
    recorder = unit_folder(path)
    return [Record(entry, recorder, Source(path, line), offset) for entry, line, offset in placed], faults


class Events(NamedTuple):
    """A ledger file as events, with its problems; ``canonical`` says whether the file is in canonical form."""

    events: list[Event]
    diagnostics: list[Diagnostic]
    canonical: bool


def events_of(file: FileBytes) -> Events:
    """The entries of a ledger file, as events."""
    text, diagnostics = decode(file.data, file.path)
    events = read_as_events(text, file.path)
    if events is not None:
        return Events(events, diagnostics, True)
    placed, faults = read_by_events(text, file.path)
    events = [event_of(entry, file.path, line, offset) for entry, line, offset in placed]
    return Events(events, diagnostics + faults, False)


def read_by_events(text: str, path: str) -> tuple[list[Placed], list[Diagnostic]]:
    """The entries of a file that is not canonical or has faults; and its problems."""
    from zhenggai.reading.entry_text import read_entries  # imported here: canonical ledgers need no YAML
    from zhenggai.reading.typed_entries import type_entry

    raws, diagnostics = read_entries(text, path)
    placed = []
    for raw in raws:
        entry, faults = type_entry(raw, path)
        diagnostics += faults
        if entry is not None:
            placed.append((entry, raw.line, raw.offset))
    return placed, diagnostics


def load_book(root: Path, plan: Plan, units: UnitBook) -> Book:
    """The book of a plan: all entries of its ledger, and the problems of its files."""
    files, evidence = ledger_paths(root, plan.number)
    records: list[Record] = []
    diagnostics: list[Diagnostic] = []
    for path in watched(files, "读取台账"):
        found, faults = load_records(root, path)
        records += found
        diagnostics += faults
    return Book(plan, units, tuple(records), tuple(diagnostics), frozenset(evidence))
