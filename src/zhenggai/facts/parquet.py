"""Writes a table of facts as a Parquet file, by DuckDB alone. The same rows give the same bytes.

The rows go through a CSV file, one by one, so that memory does not grow with them.
"""

import csv
import errno
import hashlib
import os
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import NoneType
from typing import Any, Final, get_args, get_type_hints

from zhenggai.facts.database import in_memory
from zhenggai.facts.manifest import File
from zhenggai.writing.write_refusals import refusals

_TYPES: Final[Mapping[type, str]] = {
    str: "VARCHAR",
    int: "INTEGER",
    bool: "BOOLEAN",
    date: "DATE",
    Decimal: "DECIMAL(24,10)",
}
_CSV: Final = "facts.csv"
_ROW_GROUP: Final = 122_880  # rows; DuckDB's own number, kept for the same bytes from a later version


def columns_of(table: type) -> dict[str, tuple[str, bool]]:
    """The columns of a table: the SQL type of each, and whether it may lack a value.

    >>> from typing import NamedTuple
    >>> class Task(NamedTuple):
    ...     unit: str
    ...     due: date | None
    >>> columns_of(Task)
    {'unit': ('VARCHAR', False), 'due': ('DATE', True)}
    """
    return {name: _column(hint) for name, hint in get_type_hints(table).items()}


def _column(hint: Any) -> tuple[str, bool]:
    types = [part for part in get_args(hint) if part is not NoneType] or [hint]
    return _TYPES[types[0]], NoneType in get_args(hint)


def write_table(path: Path, table: type, rows: Iterable[tuple[Any, ...]], scratch: Path | None = None) -> File:
    """Write rows of a table (a ``NamedTuple``) to a new file, in their order. Raises ``Unwritable`` if there is no room.

    A text that may be missing must not be empty: in CSV both are the same. The CSV file stands in the folder ``scratch``,
    by default beside the new one; a killed run leaves it to the next.
    """
    source = (scratch or path.parent) / _CSV
    with refusals(path.name):
        try:
            with source.open("w", encoding="utf-8", newline="") as file:
                csv.writer(file).writerows(rows)
            number = _copy(source, path, columns_of(table))
        finally:
            source.unlink(missing_ok=True)
        with path.open("r+b") as made:
            digest = hashlib.file_digest(made, "sha256").hexdigest()
            os.fsync(made.fileno())
        return File(rows=number, bytes=path.stat().st_size, sha256=digest)


def _copy(source: Path, target: Path, columns: Mapping[str, tuple[str, bool]]) -> int:
    """Make the Parquet file of a CSV file. Returns the number of rows."""
    import duckdb  # imported here: only facts need it

    types = {name: sql for name, (sql, _) in columns.items()}
    whole = [name for name, (sql, may_lack) in columns.items() if sql == _TYPES[str] and not may_lack]
    dialect = "auto_detect=false, header=false, parallel=false, delim=',', quote='\"', escape='\"', new_line='\\r\\n'"
    columns_only = "hive_partitioning=false"  # else a folder unit=x above gives all rows that unit
    command = (
        f"COPY (FROM read_csv($source, columns={types}, force_not_null={whole}, {dialect}, {columns_only}))"
        f" TO {_quoted(str(target))} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {_ROW_GROUP})"
    )
    try:
        with in_memory() as connection:
            (number,) = connection.execute(command, {"source": str(source)}).fetchall()[0]
    except duckdb.IOException as error:
        raise _refused(error) from error
    return int(number)


def _refused(error: Exception) -> OSError:
    """The system's error that DuckDB passes on in its own: by what it says, since not every one has a number."""
    said = str(error).strip()
    number = max(
        (n for n in errno.errorcode if os.strerror(n) in said), key=lambda n: len(os.strerror(n)), default=None
    )
    return OSError(said) if number is None else OSError(number, os.strerror(number))


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
