"""LibreOffice without a window: what a real program makes of our files."""

import os
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

import pytest

PROGRAM = shutil.which("soffice")
needs_libreoffice = pytest.mark.skipif(PROGRAM is None, reason="LibreOffice is not installed")


def converted(folder: Path, names: Iterable[str], to: str, *options: str) -> Path:
    """The folder with the files of these names in another format, as LibreOffice writes them; ``to`` is as its option wants it."""
    assert PROGRAM
    out, profile = folder / "converted", folder / "profile"
    command = [PROGRAM, f"-env:UserInstallation={profile.as_uri()}", "--headless", *options]
    command += ["--convert-to", to, "--outdir", str(out), *names]
    environment = {**os.environ, "HOME": str(folder), "LC_ALL": "C.UTF-8"}
    subprocess.run(command, cwd=folder, env=environment, check=True, capture_output=True, timeout=300)
    return out
