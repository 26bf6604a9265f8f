"""The engines: DuckDB in this process, or Spark. Either opens the kept facts as the same Ibis tables.

Which libraries and which Java an engine lacks is said by ``require_engine``. A file that cannot be read, or
memory that does not suffice, ends in ``NothingToShow``.
"""

import glob
import os
import re
import secrets
import shutil
import sys
import tempfile
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from zhenggai.errors import Exit, MissingLibrary, NothingToShow, ZhenggaiError
from zhenggai.facts.database import OFFLINE, ctrl_c
from zhenggai.facts.parquet import columns_of
from zhenggai.facts.tables import TABLES

if TYPE_CHECKING:
    import ibis

DUCKDB, SPARK = "duckdb", "spark"
MEMORY = "600MB"
"""What DuckDB may use. What needs more is put into a temporary folder."""
_IBIS = '"ibis-framework[duckdb]"'  # with what it needs for Spark, too; a shell may take [] for a pattern
_FILE, _CODE = f"file {secrets.token_hex(8)}", r"(?s).*[/\\]county=([^/\\]+)[/\\]"
"""The name of a column with the file of each row, which no county's own column can have, and the county's code in that file.
DuckDB's ``hive_partitioning`` would heed the folders above, too."""
_PACKAGES: Mapping[str, str] = {"duckdb": _IBIS, "ibis": _IBIS, "pyspark": "pyspark"}
"""What pip calls each module."""


class Tables(NamedTuple):
    """The facts as Ibis tables: the columns of ``facts.tables``, and ``county``, the county's code."""

    tasks: "ibis.Table"
    problems: "ibis.Table"
    phases: "ibis.Table"
    scores: "ibis.Table"


class MissingJava(ZhenggaiError):
    """Spark needs a Java that is not installed, or is too old."""

    exit_code = Exit.MISSING

    def __init__(self, why: str) -> None:
        super().__init__(
            f"{why}\n  下一步：装 Java 17 或更新的（OpenJDK），让 java 在 PATH 里或 JAVA_HOME 指着它；"
            "或者不写 --engine，用 DuckDB"
        )


def tables_of(engine: str, store: Path, used: Sequence[Path]) -> AbstractContextManager[Tables]:
    """The facts in the folders that are used, opened by an engine until the end of the ``with``. No other file is opened.

    ``used``: a folder a county, in its part of the store (``county=CODE``).
    ``engine``: ``duckdb``; ``spark``, which uses the cores of this computer; or the address of a cluster, ``spark://…``.
    ``require_engine`` says before whether it can run here. Raises ``NothingToShow`` if it cannot do its work.
    """
    files = {name: _files(used, name) for name in Tables._fields}
    if engine == DUCKDB:
        return _duckdb(files)
    return _spark("local[*]" if engine == SPARK else engine, store, files)


def require_engine(engine: str) -> None:
    """Raise ``MissingLibrary`` or ``MissingJava`` if an engine cannot run here. Intake needs DuckDB, whatever the engine."""
    needed = _PACKAGES if engine != DUCKDB else ("duckdb", "ibis")
    if missing := dict.fromkeys(_PACKAGES[module] for module in needed if find_spec(module) is None):
        raise MissingLibrary(f"汇总的引擎 {engine} ", " ".join(missing))
    if engine != DUCKDB:
        _require_java()


def _files(folders: Sequence[Path], table: str) -> list[str]:
    return [path.absolute().as_posix() for folder in folders for path in sorted((folder / table).glob("*.parquet"))]


def _tables(read: Callable[[str], "ibis.Table"]) -> Tables:
    """The tables with the columns that the schema names. A county may publish more."""
    return Tables(*(read(name).select("county", *columns_of(TABLES[name])) for name in Tables._fields))


def _cannot(engine: str, error: Exception, remedy: str = "") -> NothingToShow:
    first = str(getattr(error, "java_exception", error)).strip().partition("\n")[0]
    anew = "再运行一次；还这样，删掉 汇总.yaml 旁边的 .zhenggai/rollup（会重新取各县的数据），再运行"
    return NothingToShow(f"{engine} 没有算成：{first}\n  下一步：{remedy or anew}")


@contextmanager
def _duckdb(files: Mapping[str, list[str]]) -> Iterator[Tables]:
    import duckdb
    import ibis

    with tempfile.TemporaryDirectory(prefix="zhenggai-", ignore_cleanup_errors=True) as spill, _no_warnings(), ctrl_c():
        try:
            connection = ibis.duckdb.connect(
                threads=os.cpu_count() or 1,
                memory_limit=MEMORY,
                temp_directory=spill,
                preserve_insertion_order=False,
                **OFFLINE,
            )

            def read(name: str) -> "ibis.Table":
                paths = [glob.escape(path) for path in files[name]]
                table = connection.read_parquet(paths, table_name=name, hive_partitioning=False, filename=_FILE)
                return table.mutate(county=table[_FILE].re_extract(_CODE, 1))

            try:
                yield _tables(read)
            finally:
                connection.disconnect()
        except duckdb.OutOfMemoryException as error:
            raise _cannot(
                "DuckDB", error, f"内存（{MEMORY}）和临时文件夹不够：腾出磁盘空间，或用 --engine spark"
            ) from error
        except duckdb.Error as error:
            raise _cannot("DuckDB", error) from error


@contextmanager
def _spark(master: str, store: Path, files: Mapping[str, list[str]]) -> Iterator[Tables]:
    with _no_warnings():
        import ibis
        from py4j.protocol import Py4JError
        from pyspark.errors import PySparkException

        session = _session(master)
        try:
            connection = ibis.pyspark.connect(session)

            def read(name: str) -> "ibis.Table":
                paths = [re.sub(r"([][{}*?\\])", r"\\\1", path) for path in files[name]]
                reader = session.read.schema(_schema(TABLES[name])).option("basePath", store.absolute().as_posix())
                reader.parquet(*paths).createOrReplaceTempView(name)
                return connection.table(name)

            yield _tables(read)
        except (PySparkException, Py4JError) as error:
            raise _cannot("Spark", error) from error
        finally:
            session.stop()


def _schema(table: type) -> str:
    """The columns of a table as Spark writes them. So it need not read a file to know them.

    >>> _schema(TABLES["activity"])
    '`plan` STRING, `unit` STRING, `kind` STRING, `week` STRING, `entries` INTEGER'
    """
    return ", ".join(f"`{name}` {sql.replace('VARCHAR', 'STRING')}" for name, (sql, _) in columns_of(table).items())


@contextmanager
def _no_warnings() -> Iterator[None]:
    """Ibis calls what DuckDB calls deprecated, and PySpark warns of pandas 3. A user can do nothing about either."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _require_java() -> None:
    home = os.environ.get("JAVA_HOME")
    if shutil.which("java", path=str(Path(home) / "bin") if home else None) is None:
        raise MissingJava("汇总的引擎 spark 要用 Java，这台电脑没有装" if not home else f"JAVA_HOME={home} 里没有 java")


_SETTINGS: Mapping[str, object] = {
    "spark.app.name": "zhenggai rollup",
    "spark.ui.enabled": False,
    "spark.ui.showConsoleProgress": False,
    "spark.sql.ansi.enabled": True,
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.sources.partitionColumnTypeInference.enabled": False,  # a county's code is text: 0361
    "spark.sql.sources.parallelPartitionDiscovery.threshold": 1_000_000,  # lists a folder in no job of its own
}


def _session(master: str) -> Any:
    """A new session. Its JVM gets a file as standard error, so that Spark's log is not mixed with ours."""
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master(master)
    for key, value in _SETTINGS.items():
        builder = builder.config(key, str(value).lower() if isinstance(value, bool) else str(value))
    with tempfile.TemporaryFile() as log, _standard_error(log.fileno()):
        try:
            session = builder.getOrCreate()
        except (PySparkException, Py4JError, OSError) as error:
            log.seek(0)
            said = log.read().decode(errors="replace")
            if "UnsupportedClassVersionError" in said:
                raise MissingJava("汇总的引擎 spark 要用 Java 17，这台电脑的 java 太旧") from error
            raise _cannot(f"Spark（{master}）", error, "集群要开着，地址要对；或者不写 --engine，用 DuckDB") from error
    session.sparkContext.setLogLevel("OFF")
    session.conf.set("spark.sql.shuffle.partitions", str(2 * session.sparkContext.defaultParallelism))
    return session


@contextmanager
def _standard_error(descriptor: int) -> Iterator[None]:
    """Another file as standard error of the processes that start now."""
    sys.stderr.flush()
    kept = os.dup(2)
    try:
        os.dup2(descriptor, 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
