"""What a path says of its file: a plan, a book, a unit's ledger or evidence, an issued report (DESIGN §1)."""

from enum import Enum, auto
from functools import lru_cache
from typing import NamedTuple

PLANS, LEDGERS, EVIDENCE, REPORTS = "plans", "ledgers", "附件", "报告"
UNITS_FILE = f"{PLANS}/units.yaml"
ORGANISATIONS_FILE = f"{PLANS}/organisations.yaml"
SIGNERS_FILE = f"{PLANS}/allowed_signers"
ATTRIBUTES_FILE = ".gitattributes"
PASSING = (".zhenggai/", ".zhenggai-*", ".~lock.*#", "~$*")
"""Files that belong in no commit, as git's patterns: the tool's own, LibreOffice's, those of WPS and Office."""

PRIVATE = ".zhenggai"
"""How the names of this tool's own files begin, at any depth: they are of one computer only."""

_YAML = (".yaml", ".yml")


def private_part(path: str) -> str | None:
    """The path of the tool's own file or folder that a path is or lies in, None where it is in none.

    >>> private_part(".zhenggai/lock"), private_part("ledgers/p/城关镇/.ZHENGGAI-x"), private_part("plans/p.yaml")
    ('.zhenggai', 'ledgers/p/城关镇/.ZHENGGAI-x', None)
    """
    parts = path.split("/")
    nth = next((n for n, part in enumerate(parts, 1) if part.casefold().startswith(PRIVATE)), None)
    return "/".join(parts[:nth]) if nth else None


class FileKind(Enum):
    """The kinds of files that the data has."""

    PLAN = auto()
    UNITS = auto()
    ORGANISATIONS = auto()
    SIGNERS = auto()
    LEDGER = auto()
    EVIDENCE = auto()
    REPORT = auto()
    ATTRIBUTES = auto()
    OTHER = auto()


_BOOKS = {UNITS_FILE: FileKind.UNITS, ORGANISATIONS_FILE: FileKind.ORGANISATIONS, SIGNERS_FILE: FileKind.SIGNERS}


class FilePlace(NamedTuple):
    """A file's kind, the plan it belongs to, and the folder of the unit; "" where it has none."""

    kind: FileKind
    plan: str = ""
    unit: str = ""


@lru_cache(maxsize=8192)
def place_of(path: str) -> FilePlace:
    """Where a path from the root leads.

    >>> place_of("ledgers/p/城关镇/2020-05.办公室.aa.yaml")
    FilePlace(kind=<FileKind.LEDGER: 5>, plan='p', unit='城关镇')
    >>> place_of("ledgers/p/报告/周报第001期.txt").kind, place_of("ledgers/p/城关镇/附件/2020-05/a.1f.pdf").unit
    (<FileKind.REPORT: 7>, '城关镇')
    >>> place_of("plans/p.yaml").kind, place_of("plans/units.yaml").kind, place_of("README.md").kind
    (<FileKind.PLAN: 1>, <FileKind.UNITS: 2>, <FileKind.OTHER: 9>)
    """
    match path.split("/"):
        case [folder, name] if folder == PLANS:
            return FilePlace(_kind_of_plan_file(path, name))
        case [folder, plan, reports, _, *_] if (folder, reports) == (LEDGERS, REPORTS):
            return FilePlace(FileKind.REPORT, plan)
        case [folder, plan, unit, name] if folder == LEDGERS and name.endswith(_YAML) and name[0] != ".":
            return FilePlace(FileKind.LEDGER, plan, unit)
        case [folder, plan, unit, evidence, _, *_] if (folder, evidence) == (LEDGERS, EVIDENCE):
            return FilePlace(FileKind.EVIDENCE, plan, unit)
        case [folder, plan, unit, _, *_] if folder == LEDGERS:
            return FilePlace(FileKind.OTHER, plan, unit)
        case _:
            return FilePlace(FileKind.ATTRIBUTES if path == ATTRIBUTES_FILE else FileKind.OTHER)


def _kind_of_plan_file(path: str, name: str) -> FileKind:
    if path in _BOOKS:
        return _BOOKS[path]
    return FileKind.PLAN if name.endswith(_YAML) and name[0] != "." else FileKind.OTHER
