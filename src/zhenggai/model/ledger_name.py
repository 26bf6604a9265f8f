"""Names of ledger files: the month, the writer, and the mark of the writer's clone."""

import re
from typing import NamedTuple

from zhenggai.model.numbers import CROCKFORD

_NAME = re.compile(rf"(\d{{4}}-\d{{2}})\.(.+)\.([{CROCKFORD}]{{2}})\.ya?ml")


class LedgerName(NamedTuple):
    """The parts of a ledger file's name. ``mark`` has two characters."""

    month: str
    writer: str
    mark: str


def ledger_name(path: str) -> LedgerName | None:
    """The parts of the name of the file at ``path``. None for a name that the tool does not make.

    >>> ledger_name("ledgers/p/城关镇/2020-05.办公室.k3.yaml")
    LedgerName(month='2020-05', writer='办公室', mark='k3')
    >>> ledger_name("ledgers/p/城关镇/2020-05.办公室.k3 - 副本.yaml") is None
    True
    """
    found = _NAME.fullmatch(path.rpartition("/")[2])
    return LedgerName(*found.groups()) if found else None


def month_of(number: str) -> str:
    """The month in the name of the file to which an entry belongs, by the entry's number.

    >>> month_of("20200512-k3f9x2ab")
    '2020-05'
    """
    return f"{number[:4]}-{number[4:6]}"
