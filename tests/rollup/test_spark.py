"""Spark answers as DuckDB does: inside this process, and on a cluster of a master and two workers, each a process of its own.

It takes minutes, and Java: ``.ci/spark`` runs it.
"""

import os
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from facts_rows import Rows, store_of, task
from rollup_rows import rows_of_book, rows_of_ledger

from adjusted_plan import ADJUSTED, LEDGER, MERGED
from building import book_of
from small_repo import SHIPPED
from zhenggai.errors import NothingToShow
from zhenggai.ledger import open_ledger
from zhenggai.rollup.engine import DUCKDB, SPARK, Tables, tables_of
from zhenggai.rollup.groups import By
from zhenggai.rollup.questions import overdue, phase, rank, status, trend
from zhenggai.rollup.questions.group_names import TypeOfProblem
from zhenggai.rules.day.day_status import Group

pyspark = pytest.importorskip("pyspark")
pytestmark = pytest.mark.cluster

FIRST, DAY = date(2020, 6, 1), date(2020, 9, 12)
TYPES = [TypeOfProblem("0361", None, 1, "党的建设"), TypeOfProblem("0362", "jcdj-2020", 2, "民生")]
Answers = Mapping[str, Sequence[Mapping[str, Any]]]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Path]]:
    """Two counties with the shipped plan, each until another day, one whose plan was adjusted, one whose plan begins with “_”."""
    ledger, book = open_ledger(SHIPPED, "jcdj-2020"), book_of(LEDGER, ADJUSTED, MERGED)
    counties: dict[str, Rows] = {
        "0361": rows_of_ledger(ledger, date(2021, 6, 30)),
        "0362": rows_of_ledger(ledger, date(2020, 12, 31)),
        "0363": rows_of_book(book, [date(2020, 3, 1) + timedelta(days=n) for n in range(330)]),
        "0364": Rows(tasks=[task("1-1", "财政局", Group.COMPLETED, plan="_p", valid_to=date(2021, 1, 1))]),
    }
    store = tmp_path_factory.mktemp("plan=汇总 [a]")
    return store, store_of(store, counties)


@pytest.fixture(scope="module")
def expected(store: tuple[Path, list[Path]]) -> Answers:
    with tables_of(DUCKDB, *store) as tables:
        return answers(tables)


def answers(tables: Tables) -> Answers:
    """The rows that answer each question, in one order."""
    questions = {
        **{f"status {of.__name__} {by}": of(tables, DAY, by, TYPES) for by in GROUPS for of in STATUS},
        **{f"phase {of.__name__} {by}": of(tables, DAY, by, TYPES) for by in GROUPS for of in PHASE},
        **{f"rank {by}": rank.task_sums(tables, DAY, by) for by in (rank.UNIT, rank.COUNTY)},
        "rank units": rank.units(tables, DAY),
        "overdue total": overdue.total(tables, DAY),
        "overdue longest": overdue.longest(tables, DAY, 20),
        "trend begun": trend.begun(tables, FIRST, DAY),
        "trend ended": trend.ended(tables, FIRST, DAY),
    }
    found = {}
    for name, question in questions.items():
        began = time.perf_counter()
        rows = question.to_pyarrow().to_pylist()
        found[name] = rows if name == "overdue longest" else sorted(rows, key=repr)
        print(f"  {name}: {len(rows)} rows, {time.perf_counter() - began:.2f} s")
    return found


GROUPS = (By.COUNTY, By.CLASS, By.TYPE)
"""One that is of problems, one that is of tasks, and the one whose names are no column."""
STATUS = (status.task_sums, status.measure_sums, status.problem_sums)
PHASE = (phase.outcomes, phase.running)


def test_spark_in_this_process(
    store: tuple[Path, list[Path]], expected: Answers, capfd: pytest.CaptureFixture[str]
) -> None:
    """Nothing but our own lines is printed."""
    with tables_of(SPARK, *store) as tables:
        assert answers(tables) == expected
    assert capfd.readouterr().err == ""


def test_spark_on_a_cluster(store: tuple[Path, list[Path]], expected: Answers, tmp_path: Path) -> None:
    with cluster(tmp_path) as address, tables_of(address, *store) as tables:
        assert answers(tables) == expected
        assert executors() == 2


def test_a_damaged_file_is_told_of(store: tuple[Path, list[Path]], tmp_path: Path) -> None:
    shutil.copytree(store[0] / "county=0361", tmp_path / "county=0361")
    (path,) = (tmp_path / "county=0361/tasks").iterdir()
    path.write_bytes(path.read_bytes()[:-200])
    with (
        pytest.raises(NothingToShow, match=r"Spark 没有算成：.*\n  下一步：再运行一次"),
        tables_of(SPARK, tmp_path, [tmp_path / "county=0361"]) as tables,
    ):
        overdue.total(tables, DAY).to_pyarrow()


def test_a_cluster_that_is_not_there(store: tuple[Path, list[Path]]) -> None:
    told = r"Spark（spark://127.0.0.1:9） 没有算成：.*\n  下一步：集群要开着，地址要对"
    with pytest.raises(NothingToShow, match=told), tables_of("spark://127.0.0.1:9", *store):
        pass


def executors() -> int:
    """How many executors the session has. The driver is listed among them."""
    return len(pyspark.sql.SparkSession.active().sparkContext._jsc.sc().statusTracker().getExecutorInfos()) - 1


@contextmanager
def cluster(folder: Path) -> Iterator[str]:
    """The address of a cluster with two workers of one core each. All of it is stopped in the end."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        address = f"spark://127.0.0.1:{free.getsockname()[1]}"
    port = address.rpartition(":")[2]
    started: list[subprocess.Popen[str]] = []

    def start(name: str, *arguments: str) -> subprocess.Popen[str]:
        command = [shutil.which("spark-class", path=str(Path(pyspark.__file__).parent / "bin")) or "spark-class"]
        command += [f"org.apache.spark.deploy.{name}", "--host", "127.0.0.1", "--webui-port", "0", *arguments]
        process = subprocess.Popen(
            command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True, env={**os.environ, "SPARK_LOCAL_IP": "127.0.0.1"}
        )  # fmt: skip
        started.append(process)
        return process

    try:
        master = start("master.Master", "--port", port)
        wait_for(master, "New state: ALIVE")
        for name in ("a", "b"):
            work = str(folder / name)
            start("worker.Worker", "--cores", "1", "--memory", "1g", "--work-dir", work, address)
            wait_for(master, "Registering worker")
        for process in started:
            threading.Thread(target=process.stderr.read, daemon=True).start()  # type: ignore[union-attr]
        yield address
    finally:
        for process in reversed(started):
            process.terminate()
            process.wait()


def wait_for(process: subprocess.Popen[str], words: str) -> None:
    """Read what a process says until it says these words."""
    said = []
    for line in process.stderr or ():
        said.append(line)
        if words in line:
            return
    raise AssertionError("".join(said))
