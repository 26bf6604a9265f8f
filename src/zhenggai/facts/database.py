"""DuckDB, a library that only facts and roll-ups need: whether it is there, a database in memory, Ctrl-C."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Final

from zhenggai.errors import MissingLibrary

if TYPE_CHECKING:
    import duckdb

OFFLINE: Final[Mapping[str, bool]] = {"autoinstall_known_extensions": False, "autoload_known_extensions": False}
"""Settings by which DuckDB fetches nothing, whatever a file or a statement would need."""
_SETTINGS: Final[Mapping[str, Any]] = {
    **OFFLINE,
    "threads": 1,  # several would share the rows out differently from run to run
    "preserve_insertion_order": True,
    "temp_directory": "",  # else a folder .tmp where the command is run
}
_CTRL_C: Final = "Query interrupted"


def require_duckdb(what: str) -> None:
    """Raise ``MissingLibrary`` if DuckDB, which ``what`` needs, is not installed; it is not imported."""
    if find_spec("duckdb") is None:
        raise MissingLibrary(what, "duckdb", "带 DuckDB 的安装文件夹")


@contextmanager
def in_memory() -> Iterator["duckdb.DuckDBPyConnection"]:
    """An empty database in memory. The same statements give the same bytes; nothing is fetched or put on the disk by itself."""
    with ctrl_c(), _database().cursor() as connection:
        yield connection


@cache
def _database() -> "duckdb.DuckDBPyConnection":
    """The database of this process, which nothing is kept in: a new one takes a tenth of a second."""
    import duckdb  # imported here: few commands need it

    return duckdb.connect(":memory:", config=dict(_SETTINGS))


@contextmanager
def ctrl_c() -> Iterator[None]:
    """Raise ``KeyboardInterrupt`` for Ctrl-C while DuckDB works, of which it makes a ``RuntimeError``."""
    try:
        yield
    except RuntimeError as error:
        if str(error) == _CTRL_C:
            raise KeyboardInterrupt from error
        raise
