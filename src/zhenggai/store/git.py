"""The little that is asked of git here: a setting, and what others may have seen. Everything works without git."""

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


def head_commit(folder: Path) -> str | None:
    """The commit that a folder's working copy stands on, None where there is none."""
    done = _git(folder, "rev-parse", "--verify", "--quiet", "HEAD")
    return done.stdout.strip() or None if done and done.returncode == 0 else None


def is_tracked(folder: Path) -> bool:
    """Whether a folder lies in a git working copy, as the files say: git itself may refuse to answer."""
    return "GIT_DIR" in os.environ or any((up / ".git").exists() for up in (folder, *folder.absolute().parents))


def shared_text(folder: Path, text: str, below: str) -> bool | None:
    """Whether any commit of any remote-tracking branch had a text in a file under ``below``; None where git fails."""
    # -m and --full-history: what a merge itself brought in, and what a merged branch took out again, was seen too
    plain = ("--full-history", "-m", "--no-textconv", "--no-ext-diff", "--no-show-signature", "--format=%H")
    return _in_remote_branches(folder, "log", "--remotes", "-n", "1", *plain, f"-S{text}", "--", below)


def shared_file(folder: Path, path: str) -> bool | None:
    """Whether any commit of any remote-tracking branch touched a file; None where git fails."""
    return _in_remote_branches(folder, "rev-list", "--remotes", "-n", "1", "--full-history", "--", path)


def committed_text(folder: Path, text: str, path: str) -> bool:
    """Whether a file has a text in the commit that the working copy stands on."""
    done = _git(folder, "--literal-pathspecs", "grep", "-q", "-a", "-F", "-e", text, "HEAD", "--", path)
    return done is not None and done.returncode == 0


def _in_remote_branches(folder: Path, *search: str) -> bool | None:
    """Whether a search finds something; without remote-tracking branches nothing was shared."""
    branches = _git(folder, "for-each-ref", "--count=1", "refs/remotes")
    if branches is None or branches.returncode != 0:
        return None
    if not branches.stdout.strip():
        return False
    found = _git(folder, "--literal-pathspecs", *search)
    return bool(found.stdout.strip()) if found is not None and found.returncode == 0 else None
