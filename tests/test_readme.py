"""The README shows what the program really prints: each console block is run and compared."""

import re
import shlex
from pathlib import Path

import pytest

from zhenggai.cli.app import run

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
BLOCKS = re.findall(r"```console\n\$ (zhenggai [^\n]*)\n(.*?)\n?```", README, re.DOTALL)
SHOWN = [(command, shown) for command, shown in BLOCKS if "…" not in shown.splitlines()[0]]


@pytest.mark.parametrize(("command", "shown"), SHOWN, ids=[command for command, _ in SHOWN])
def test_console_blocks_are_real(
    command: str, shown: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    assert run(shlex.split(command)[1:]) == 0
    assert capsys.readouterr().out.rstrip("\n") == shown


def test_readme_shows_the_main_job_on_the_shipped_plan() -> None:
    assert "zhenggai status --as-of 2020-06-30" in {command for command, _ in SHOWN}


def test_the_two_commands_are_there() -> None:
    assert "python3 .ci/setup.py zhenggai status --as-of 2020-06-30" in README
    assert "python3 .ci/setup.py pytest" in README
