"""Finds and reads everything: the root, the plans, the unit book, a plan's whole ledger. One bad file never hides another."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zhenggai.errors import ZhenggaiError
from zhenggai.model.book import Book, Record
from zhenggai.model.plan import Plan
from zhenggai.model.source import Problem, Source
from zhenggai.model.units import UnitBook
from zhenggai.store.files import FileBytes, decode, read_file
from zhenggai.store.places import EVIDENCE, LEDGERS, ORGANISATIONS_FILE, PLANS, REPORTS, UNITS_FILE, FileKind, place_of
from zhenggai.store.strict_reader import Placed, read_strictly
from zhenggai.store.yamlevents import read_tree

if TYPE_CHECKING:
    from zhenggai.model.organisations import OrganisationBook

_YAML = (".yaml", ".yml")


class UnreadableFolder(ZhenggaiError):
    """The system refuses to list a folder: what lies in it must not vanish silently."""


def find_root(start: Path) -> Path | None:
    """The nearest folder upward from ``start`` that holds ``plans/``, None where there is none."""
    start = start.absolute()
    return next((folder for folder in (start, *start.parents) if (folder / PLANS).is_dir()), None)


def plan_paths(root: Path) -> list[str]:
    """The plans' files, as paths from the root, in order."""
    found = (f"{PLANS}/{e.name}" for e in _scan(root / PLANS) if not e.is_dir(follow_symlinks=False))
    return [path for path in found if place_of(path).kind is FileKind.PLAN]


def load_plan(root: Path, path: str) -> tuple[Plan | None, list[Problem]]:
    """A plan from its file, or None where it cannot be used."""
    plan, problems = _load_tree(root, path, Plan)
    if plan is not None and plan.number != Path(path).stem:
        what = f"文件名与编号“{plan.number}”不一致"
        problems.append(Problem(plan.where.of("number"), "方案", what, f"把文件改名为 {plan.number}.yaml，或改正编号"))
    return plan, problems


def load_units(root: Path) -> tuple[UnitBook, list[Problem]]:
    """The unit book; empty where it cannot be read."""
    if not (root / UNITS_FILE).exists():
        remedy = "运行 zhenggai init 生成样本，再填入各单位"
        return UnitBook(), [Problem(Source(UNITS_FILE), "文件", "没有单位册", remedy)]
    units, problems = _load_tree(root, UNITS_FILE, UnitBook)
    return units or UnitBook(), problems


def load_organisations(root: Path) -> "tuple[OrganisationBook, list[Problem]]":
    """The organisation book; empty where there is none or it cannot be read."""
    from zhenggai.model.organisations import OrganisationBook  # here, since only the registers need it

    if not (root / ORGANISATIONS_FILE).exists():
        return OrganisationBook(), []
    organisations, problems = _load_tree(root, ORGANISATIONS_FILE, OrganisationBook)
    return organisations or OrganisationBook(), problems


def _load_tree(root: Path, path: str, owner: type) -> tuple[Any, list[Problem]]:
    text, problems = _text(root, path)
    if text is None:
        return None, problems
    from zhenggai.store.typed import type_tree  # here, for its pydantic, which ledgers do without

    node, faults = read_tree(text, path)
    problems += faults
    if node is None:
        return None, problems or [Problem(Source(path), "文件", "文件是空的", "从备份或版本库中恢复，或按说明填写")]
    value, faults = type_tree(owner, node, path)
    return value, problems + faults


def _text(root: Path, path: str) -> tuple[str | None, list[Problem]]:
    found = read_file(root, path)
    if not isinstance(found, FileBytes):
        return None, [found]
    text, problems = decode(found.data, path)
    return text, problems


def load_records(root: Path, path: str) -> tuple[list[Record], list[Problem]]:
    """The entries of one ledger file, recorded by the unit whose folder it lies in."""
    text, problems = _text(root, path)
    if text is None:
        return [], problems
    placed = read_strictly(text)
    if placed is None:
        placed, faults = read_by_events(text, path)
        problems += faults
    recorder = path.split("/")[2]
    return [Record(entry, recorder, Source(path, line), offset) for entry, line, offset in placed], problems


def read_by_events(text: str, path: str) -> tuple[list[Placed], list[Problem]]:
    """The entries of a file that is not canonical, or in which something is wrong."""
    from zhenggai.store.rawentries import read_entries  # here, since a canonical ledger needs no YAML and no pydantic
    from zhenggai.store.typed_entries import type_entry

    raws, problems = read_entries(text, path)
    placed = []
    for raw in raws:
        entry, faults = type_entry(raw, path)
        problems += faults
        if entry is not None:
            placed.append((entry, raw.line, raw.offset))
    return placed, problems


def ledger_paths(root: Path, plan_number: str) -> tuple[list[str], list[str]]:
    """The ledger files of a plan and its evidence files, each as paths from the root, in order."""
    files: list[str] = []
    evidence: list[str] = []
    base = f"{LEDGERS}/{plan_number}"
    units = [entry.name for entry in _scan(root / base) if entry.is_dir()]  # links too: reading names what is wrong
    for unit in units:
        if unit == REPORTS:
            continue
        files += [f"{base}/{unit}/{e.name}" for e in _scan(root / base / unit) if e.name.endswith(_YAML)]
        for month in _folders(root / base / unit / EVIDENCE):
            place = f"{base}/{unit}/{EVIDENCE}/{month}"
            evidence += [f"{place}/{e.name}" for e in _scan(root / place) if e.is_file(follow_symlinks=False)]
    return files, evidence


def ledger_folders(root: Path) -> list[str]:
    """The folders under ledgers/, each named by the number of its plan."""
    return [entry.name for entry in _scan(root / LEDGERS) if entry.is_dir()]


def load_book(root: Path, plan: Plan, units: UnitBook) -> Book:
    """The plan's book: everything its ledger says, and all that is wrong there."""
    files, evidence = ledger_paths(root, plan.number)
    records: list[Record] = []
    problems: list[Problem] = []
    for path in files:
        found, faults = load_records(root, path)
        records += found
        problems += faults
    return Book(plan, units, tuple(records), tuple(problems), frozenset(evidence))


def _scan(folder: Path) -> Iterator[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            yield from sorted((e for e in entries if not e.name.startswith(".")), key=lambda e: e.name)
    except (FileNotFoundError, NotADirectoryError):
        return
    except OSError as error:
        raise UnreadableFolder(f"无法读取文件夹 {folder}\n  下一步：请管理员开通权限，或检查网络盘") from error


def _folders(folder: Path) -> list[str]:
    return [entry.name for entry in _scan(folder) if entry.is_dir(follow_symlinks=False)]
