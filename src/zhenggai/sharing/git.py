"""Every call of git: by argument list, quiet, without prompts, and without the programs that a clone's settings name.

Everything that only reads works without git too. ``Objects`` reads git's objects by the thousand through one process.
"""

import os
import re
import subprocess
from pathlib import Path
from typing import Self

from zhenggai.errors import Exit, ZhenggaiError
from zhenggai.frozen import frozen

NOWHERE = "/dev/null"  # git for Windows knows it too
_QUIET = ("-c", "core.fsmonitor=false", "-c", f"core.hooksPath={NOWHERE}", "-c", "core.quotePath=false")
_NO_ANSWER = 127  # as shells say it of a program that is not there


class NoGit(ZhenggaiError):
    """What was asked for needs git."""

    exit_code = Exit.MISSING


@frozen
class Answer:
    """What git said: exit code, bytes on stdout, text on stderr."""

    code: int
    data: bytes
    complaint: str

    @property
    def ok(self) -> bool:
        """Whether git did what was asked."""
        return self.code == 0

    @property
    def text(self) -> str:
        """The one line or few that git answered; "" where it failed."""
        return path_text(self.data).strip() if self.ok else ""

    @property
    def items(self) -> list[str]:
        """What git listed with ``-z``."""
        return [path_text(item) for item in self.data.split(b"\0") if item] if self.ok else []


def path_text(data: bytes) -> str:
    """Bytes of git as text, as Python has paths: what is not UTF-8 goes back unchanged (``os.fsencode``)."""
    return data.decode("utf-8", "surrogateescape")


def path_bytes(text: str) -> bytes:
    """The other way round."""
    return text.encode("utf-8", "surrogateescape")


def call(
    folder: Path, *arguments: str, given: bytes = b"", more: dict[str, str] | None = None, seconds: float | None = 30
) -> Answer:
    """Run git in a folder, with ``given`` on its stdin and ``more`` in its environment; without git a failing answer."""
    try:
        done = subprocess.run(
            command(folder, *arguments),
            input=given,
            capture_output=True,
            env=environment(more),
            timeout=seconds,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return Answer(_NO_ANSWER, b"", str(error))
    return Answer(done.returncode, done.stdout, done.stderr.decode("utf-8", "replace"))


def command(folder: Path, *arguments: str) -> list[str]:
    """The command line of a quiet git."""
    return ["git", *_QUIET, "--literal-pathspecs", "-C", str(folder), *arguments]


def environment(more: dict[str, str] | None = None) -> dict[str, str]:
    """What git runs with: no prompt of any kind, its own words in English, for ``complaints`` to read."""
    quiet = {"GIT_TERMINAL_PROMPT": "0", "GIT_ASKPASS": "", "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C", "LANGUAGE": ""}
    quiet |= {"GIT_NO_REPLACE_OBJECTS": "1"}  # history as it is, not as a clone's or a pusher's refs/replace shows it
    given = os.environ | quiet | (more or {})
    for name in ("GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE"):  # a hook gets them relative to where it runs
        if name in given:
            given[name] = os.path.abspath(given[name])
    return given


def is_there() -> bool:
    """Whether this computer has git."""
    return call(Path(), "--version").ok


def setting(folder: Path, name: str) -> str | None:
    """A git setting as seen from a folder, None where it is not set."""
    return call(folder, "config", "--get", name).text or None


def keep_setting(folder: Path, name: str, value: str) -> bool:
    """Set a setting of the clone; whether that worked."""
    return call(folder, "config", "--local", name, value).ok


def is_set(folder: Path, name: str) -> bool | None:
    """A yes-or-no setting as seen from a folder, None where it is not set."""
    text = call(folder, "config", "--type=bool", "--get", name).text
    return text == "true" if text else None


def branch(folder: Path) -> str | None:
    """The branch that a folder's working copy stands on, by its short name; None where the head is detached."""
    return call(folder, "symbolic-ref", "--quiet", "--short", "HEAD").text or None


def commit_id(folder: Path, name: str) -> str | None:
    """The id of the commit that a name stands for, None where there is none."""
    if name.startswith("-"):  # an option to git, of which older ones have none that ends them
        return None
    return call(folder, "rev-parse", "--verify", "--quiet", f"{name}^{{commit}}").text or None


def is_ancestor(folder: Path, old: str, new: str) -> bool:
    """Whether a commit is in the history of another, or that itself."""
    return call(folder, "merge-base", "--is-ancestor", old, new, seconds=None).ok


def merge_bases(folder: Path, one: str, other: str) -> list[str]:
    """The last commits that two have in common."""
    return call(folder, "merge-base", "--all", one, other, seconds=None).text.split()


def is_inside(folder: Path) -> bool:
    """Whether a folder, which need not be there, lies among git's own files."""
    return call(nearest_folder(folder), "rev-parse", "--is-inside-git-dir").text == "true"


def tracked_names(folder: Path) -> set[str]:
    """The names, casefolded, of the files that git tracks in a folder, which need not be there; none without git.

    A path in another case counts, since some disks make no difference.
    """
    there = nearest_folder(folder)
    prefix = call(there, "rev-parse", "--show-prefix").data.removesuffix(b"\n")
    rest = "".join(f"{part}/" for part in folder.relative_to(there).parts)
    below = re.sub(r"([*?\[\\])", r"\\\1", path_text(prefix) + rest)
    listed = call(there, "--no-literal-pathspecs", "ls-files", "-z", "--full-name", "--", f":(top,icase,glob){below}*")
    return {item.rpartition("/")[2].casefold() for item in listed.items}


def nearest_folder(folder: Path) -> Path:
    """The folder itself, or what there is of the way to it."""
    return next(up for up in (folder, *folder.parents) if up.is_dir())


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
    return call(folder, "grep", "-q", "-a", "-F", "-e", text, "HEAD", "--", path).ok


def _in_remote_branches(folder: Path, *search: str) -> bool | None:
    """Whether a search finds something; without remote-tracking branches nothing was shared."""
    branches = call(folder, "for-each-ref", "--count=1", "refs/remotes")
    if not branches.ok:
        return None
    if not branches.text:
        return False
    found = call(folder, *search)
    return bool(found.text) if found.ok else None


class Objects:
    """The objects of a repository, open for reading: ``with Objects(folder) as objects: objects.read("HEAD:a.yaml")``."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._contents = _Asked(folder, "--batch")
        self._sizes: _Asked | None = None  # few ask

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._contents.close()
        if self._sizes is not None:
            self._sizes.close()

    def read(self, name: str) -> bytes | None:
        """An object's bytes, by its id or any name git knows it by; None where there is none."""
        size = self._contents.size(name)
        return None if size is None else self._contents.bytes(size)

    def size(self, name: str) -> int | None:
        """How many bytes an object has, without reading it; None where there is none."""
        if self._sizes is None:
            self._sizes = _Asked(self._folder, "--batch-check")
        return self._sizes.size(name)

    def names(self, folder: str) -> list[str]:
        """What lies in a folder, named as ``commit:path``; nothing where there is none."""
        data = self.read(folder) or b""
        if self._contents.kind != b"tree":  # a file has that name
            return []
        id_size = len(folder.partition(":")[0]) // 2  # bytes: SHA-1 or SHA-256
        found, at = [], 0
        while at < len(data):
            end = data.index(b"\0", at)
            found.append(path_text(data[data.index(b" ", at) + 1 : end]))
            at = end + 1 + id_size
        return found


class _Asked:
    """A ``git cat-file`` that is asked for one object after the other."""

    def __init__(self, folder: Path, option: str) -> None:
        self._process = subprocess.Popen(
            command(folder, "cat-file", option),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment(),
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._asked, self._told = self._process.stdin, self._process.stdout
        self.kind = b""  # of the last object: blob, tree, commit, tag

    def size(self, name: str) -> int | None:
        """The size that the answer's head gives."""
        self.kind = b""
        if "\n" in name:
            return None
        self._asked.write(path_bytes(name) + b"\n")
        self._asked.flush()
        head = self._told.readline().split()
        if len(head) != 3 or not head[2].isdigit():  # "… missing", or git has gone
            return None
        self.kind = head[1]
        return int(head[2])

    def bytes(self, size: int) -> bytes:
        """The contents behind the head."""
        data = self._told.read(size)
        self._told.read(1)
        return data

    def close(self) -> None:
        """Let git go."""
        self._asked.close()
        self._told.close()
        self._process.wait()
