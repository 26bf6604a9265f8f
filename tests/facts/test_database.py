"""DuckDB: Ctrl-C while it works is Ctrl-C, and without it the command that installs it is said."""

import _thread
import threading
from pathlib import Path

import pytest

from zhenggai.errors import MissingLibrary
from zhenggai.facts import database
from zhenggai.facts.database import in_memory, require_duckdb


def test_ctrl_c_while_duckdb_works(tmp_path: Path) -> None:
    """The thread waits for the file that an endless query writes, so that DuckDB is at work."""
    target, ended = tmp_path / "endless.csv", threading.Event()

    def interrupt() -> None:
        while not target.exists() and not ended.is_set():
            pass
        _thread.interrupt_main()

    thread = threading.Thread(target=interrupt)
    thread.start()
    try:
        with pytest.raises(KeyboardInterrupt), in_memory() as connection:
            connection.execute(f"COPY (SELECT range FROM range(1_000_000_000_000)) TO '{target.as_posix()}'")
    finally:
        ended.set()
        thread.join()


def test_another_error_stays_what_it_is() -> None:
    with pytest.raises(RuntimeError, match="another"), in_memory():
        raise RuntimeError("another")


def test_without_duckdb_the_command_that_installs_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    require_duckdb("报数")
    monkeypatch.setattr(database, "find_spec", lambda name: None)
    with pytest.raises(
        MissingLibrary, match=r'^报数要用 duckdb，这台电脑没有装\n  下一步：".*" -m pip install duckdb'
    ) as said:
        require_duckdb("报数")
    assert said.value.exit_code == 5
