"""What a path says of its file: a plan, the unit book, a unit's ledger or evidence, an issued report (DESIGN §1)."""

from enum import Enum, auto
from functools import lru_cache
from typing import NamedTuple

PLANS, LEDGERS, EVIDENCE, REPORTS = "plans", "ledgers", "附件", "报告"
UNITS_FILE = f"{PLANS}/units.yaml"
ORGANISATIONS_FILE = f"{PLANS}/organisations.yaml"
SIGNERS_FILE = f"{PLANS}/allowed_signers"
_YAML = (".yaml", ".yml")
_NAMED = {UNITS_FILE, ORGANISATIONS_FILE}


class Kind(Enum):
    """The kinds of files that the data has."""

    PLAN = auto()
    UNITS = auto()
    SIGNERS = auto()
    LEDGER = auto()
    EVIDENCE = auto()
    REPORT = auto()
    OTHER = auto()


class Place(NamedTuple):
    """A file's kind, the plan it belongs to, and the folder of the unit; "" where it has none."""

    kind: Kind
    plan: str = ""
    unit: str = ""


@lru_cache(maxsize=8192)
def place_of(path: str) -> Place:
    """Where a path from the root leads.

    >>> place_of("ledgers/p/城关镇/2020-05.办公室.aa.yaml")
    Place(kind=<Kind.LEDGER: 4>, plan='p', unit='城关镇')
    >>> place_of("ledgers/p/报告/周报第001期.txt").kind, place_of("ledgers/p/城关镇/附件/2020-05/a.1f.pdf").unit
    (<Kind.REPORT: 6>, '城关镇')
    >>> place_of("plans/p.yaml").kind, place_of("plans/units.yaml").kind, place_of("README.md").kind
    (<Kind.PLAN: 1>, <Kind.UNITS: 2>, <Kind.OTHER: 7>)
    """
    match path.split("/"):
        case [folder, name] if folder == PLANS:
            return Place(_kind_of_plan_file(path, name))
        case [folder, plan, reports, _, *_] if (folder, reports) == (LEDGERS, REPORTS):
            return Place(Kind.REPORT, plan)
        case [folder, plan, unit, name] if folder == LEDGERS and name.endswith(_YAML) and name[0] != ".":
            return Place(Kind.LEDGER, plan, unit)
        case [folder, plan, unit, evidence, _, *_] if (folder, evidence) == (LEDGERS, EVIDENCE):
            return Place(Kind.EVIDENCE, plan, unit)
        case _:
            return Place(Kind.OTHER)


def _kind_of_plan_file(path: str, name: str) -> Kind:
    if path == UNITS_FILE:
        return Kind.UNITS
    if path == SIGNERS_FILE:
        return Kind.SIGNERS
    return Kind.PLAN if name.endswith(_YAML) and name[0] != "." and path not in _NAMED else Kind.OTHER
