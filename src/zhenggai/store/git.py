"""The little that is asked of git here: a setting. Everything works without git."""

import os
import subprocess
from pathlib import Path

_QUIET = ("-c", "core.fsmonitor=false", "-c", "core.hooksPath=")


def _git(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str] | None:
    """Run git without prompts, fsmonitor and hooks; None where there is no git."""
    environment = os.environ | {"GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0"}
    try:
        return subprocess.run(
            ["git", *_QUIET, "-C", str(folder), *arguments],
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="replace",
            env=environment,
            stdin=subprocess.DEVNULL,
            timeout=30,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None


def setting(folder: Path, name: str) -> str | None:
    """A git setting as seen from a folder, None where it is not set."""
    done = _git(folder, "config", "--get", name)
    return done.stdout.strip() or None if done and done.returncode == 0 else None


def keep_setting(folder: Path, name: str, value: str) -> bool:
    """Set a setting of the clone; whether that worked."""
    done = _git(folder, "config", "--local", name, value)
    return done is not None and done.returncode == 0
