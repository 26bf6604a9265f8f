"""Shared fixtures: a fixed clock, a temporary home folder, golden files, the program, an office of clones."""

import difflib
import os
import secrets
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from office import make_office
from small_repo import GIT_FREE, NOW, Ran
from warm_start import stand_in

settings.register_profile("unhurried", settings(), deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")  # no time limits: a busy machine is not a failure

TESTS = Path(__file__).parent
GOLDEN = TESTS / "golden"
WINDOWS = os.name == "nt"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--renew-golden", action="store_true", help="write tests/golden anew; review it as a diff")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "needs(program): the program under test starts it; Windows may lack it")
    config.addinivalue_line(
        "markers", "exhaustive: every step of a fault; not part of the README's command, run by .ci/coverage"
    )
    config.addinivalue_line("markers", "cluster: it starts a cluster of Spark; run by .ci/spark only")
    config.addinivalue_line("markers", "unix(what): it is about something that Windows does not have")
    if WINDOWS:
        Path.symlink_to = symlink_to  # type: ignore[method-assign, assignment]


def pytest_runtest_setup(item: pytest.Item) -> None:
    """On Windows, skip a test whose marker names what the computer lacks. Elsewhere it runs and fails."""
    for marker in item.iter_markers("needs"):
        if WINDOWS and shutil.which(marker.args[0]) is None:
            pytest.skip(f"needs {marker.args[0]}")
    for marker in item.iter_markers("unix"):
        if WINDOWS:
            pytest.skip(f"Windows has no {marker.args[0]}")


def symlink_to(path: Path, target: Path | str, target_is_directory: bool = False) -> None:
    """``Path.symlink_to``, but raises ``OSError`` if there is no link then: Wine makes none and does not say so."""
    os.symlink(target, path, target_is_directory)
    if not path.is_symlink():
        raise OSError(f"no link: {path}")


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_makereport(call: pytest.CallInfo[None]) -> None:
    """On Windows, skip a test that itself uses what the computer lacks. Elsewhere it fails."""
    if WINDOWS and call.excinfo is not None and (need := _lacking(call.excinfo)):
        skipped = pytest.skip.Exception(f"needs {need}").with_traceback(call.excinfo.tb)
        call.excinfo = pytest.ExceptionInfo.from_exception(skipped)


def _lacking(error: pytest.ExceptionInfo[BaseException]) -> str | None:
    """What a test lacks: a program that it starts, a link that it makes, or a Unix function or module that it calls."""
    last, value = error.traceback[-1], error.value
    if isinstance(value, FileNotFoundError) and last.frame.f_globals is vars(subprocess):
        return Path(str(last.locals["args"]).split()[0]).stem
    if isinstance(value, OSError) and last.name == "symlink_to":  # for which Windows wants a right
        return "symbolic links"
    if not Path(last.path).is_relative_to(TESTS):
        return None
    if isinstance(value, AttributeError) and value.obj in (os, signal, time):
        return f"{value.obj.__name__}.{value.name}"
    return value.name if isinstance(value, ModuleNotFoundError) else None


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compare a text with a golden file. With ``--renew-golden``, write the file."""

    def compare(name: str, text: str) -> None:
        path = GOLDEN / name
        if request.config.getoption("--renew-golden"):
            path.write_bytes(text.encode())
            return
        assert path.exists(), f"no {path}: run pytest --renew-golden, and review what it wrote"
        expected = path.read_bytes().decode()
        if text != expected:
            pair = (expected.splitlines(keepends=True), text.splitlines(keepends=True))
            pytest.fail("".join(difflib.unified_diff(*pair, f"golden/{name}", "now")), pytrace=False)

    return compare


@pytest.fixture
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A temporary home folder: no git settings of the computer, no ZHENGGAI_… variables."""
    folder = tmp_path_factory.mktemp("home")
    for name in ("ZHENGGAI_UNIT", "ZHENGGAI_WRITER", "GIT_DIR", "GIT_WORK_TREE", "FORCE_COLOR", "COLUMNS", "SHELL"):
        monkeypatch.delenv(name, raising=False)
    for name, value in (GIT_FREE | {"HOME": str(folder), "GIT_CEILING_DIRECTORIES": str(folder.parent)}).items():
        monkeypatch.setenv(name, value)
    return folder


@pytest.fixture(scope="module")
def quick_hooks() -> Iterator[None]:
    """Hooks and merge drivers that the program writes here name a stand-in for Python, which starts it much faster."""
    with pytest.MonkeyPatch.context() as patch:
        if not WINDOWS:
            patch.setattr(sys, "executable", stand_in())
        yield


@pytest.fixture
def chance(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the four random characters of entry numbers always 0007."""
    monkeypatch.setattr(secrets, "randbits", lambda _: 7)


@pytest.fixture
def zhenggai(home: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    """Run the program in a folder at the time ``NOW`` in Beijing. Returns output and exit code."""
    from zhenggai.cli import clock
    from zhenggai.cli.app import run

    def ran(*arguments: str, at: Path, now: datetime = NOW) -> Ran:
        monkeypatch.chdir(at)
        monkeypatch.setattr(clock, "now", lambda: now)
        monkeypatch.setattr(clock, "computers_offset", lambda: timedelta(hours=8))
        capfd.readouterr()
        code = run(list(arguments))
        out, err = capfd.readouterr()
        return Ran(code, out, err)

    return ran


@pytest.fixture(scope="session")
def _made_office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    with pytest.MonkeyPatch.context() as patch:
        for name, value in (GIT_FREE | {"HOME": str(tmp_path_factory.mktemp("nobody"))}).items():
            patch.setenv(name, value)
        for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"):
            patch.delenv(name, raising=False)
        return make_office(tmp_path_factory.mktemp("office") / "县")


@pytest.fixture
def office(_made_office: Path, tmp_path: Path, home: Path) -> Path:
    """A folder with ``server.git`` and its clones ``a`` and ``b``, without git settings of the computer."""
    return shutil.copytree(_made_office, tmp_path / "县", symlinks=True)


@pytest.fixture
def sync(zhenggai: Callable[..., Ran]) -> Callable[..., Ran]:
    """Run ``zhenggai sync`` in a clone."""
    return lambda clone, *arguments, **more: zhenggai("sync", *arguments, at=clone, **more)
