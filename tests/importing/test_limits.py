"""A process that reads somebody's file takes no more than it may."""

import subprocess
import sys

import pytest

from zhenggai.importing.formats.limits import MEMORY, SECONDS

LIMITED = "from zhenggai.importing.formats.limits import limit_this_process; limit_this_process()"


def ends(script: str) -> tuple[int, str]:
    """The exit code, and the last line of stderr, of a limited process that runs a script."""
    done = subprocess.run(
        [sys.executable, "-P", "-c", f"{LIMITED}\n{script}"], capture_output=True, text=True, check=False
    )
    return done.returncode, done.stderr.strip().rpartition("\n")[2]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not hold a process to it")
def test_memory_on_linux() -> None:
    assert ends(f"bytearray({MEMORY})") == (1, "MemoryError")


def test_what_is_below_the_limits_goes_through() -> None:
    assert ends("import openpyxl, docx, lxml.etree; bytearray(100_000_000)") == (0, "")


@pytest.mark.unix("such limits; the parent stops the process in time")
def test_time() -> None:
    asked = f"import resource; assert resource.getrlimit(resource.RLIMIT_CPU)[0] == {SECONDS}"
    assert ends(asked) == (0, "")
