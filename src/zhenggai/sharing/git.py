"""All calls of git: with an argument list, without prompts, and without running programs named in a clone's settings.

Commands that only read the ledger work without git too. ``Objects`` reads thousands of objects through one git process.
"""

import errno
import os
import re
import subprocess
from functools import cache
from pathlib import Path
from typing import Self

from zhenggai.errors import Exit, ZhenggaiError
from zhenggai.frozen import frozen

WINDOWS = os.name == "nt"
NOWHERE = "/dev/null"  # also understood by git for Windows
_QUIET = ("-c", "core.fsmonitor=false", "-c", f"core.hooksPath={NOWHERE}", "-c", "core.quotePath=false")
_ID = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
_NO_ANSWER = 127  # the exit code of shells for a missing program


class NoGit(ZhenggaiError):
    """The command needs git, which is not installed."""

    exit_code = Exit.MISSING


@frozen
class Answer:
    """The result of a git call: exit code, bytes of stdout, text of stderr."""

    code: int
    data: bytes
    complaint: str

    @property
    def ok(self) -> bool:
        """Whether git succeeded."""
        return self.code == 0

    @property
    def text(self) -> str:
        """The output as text, without the last line end; "" if git failed."""
        return path_text(self.data).strip() if self.ok else ""

    @property
    def items(self) -> list[str]:
        """The items of an output made with ``-z``."""
        return [path_text(item) for item in self.data.split(b"\0") if item] if self.ok else []


def path_text(data: bytes) -> str:
    """Bytes of git as text in the way of Python paths: invalid UTF-8 is escaped and can be restored."""
    return data.decode("utf-8", "surrogateescape")


def path_bytes(text: str) -> bytes:
    """The bytes of a text made by ``path_text``."""
    return text.encode("utf-8", "surrogateescape")


def call(
    folder: Path, *arguments: str, given: bytes = b"", more: dict[str, str] | None = None, seconds: float | None = 30
) -> Answer:
    """Run git in a folder, with ``given`` as stdin and ``more`` in the environment. Without git, the answer is a failure."""
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
    """The command line of a git call, with settings that switch off hooks and file monitors.

    Raises ``FileNotFoundError`` on Windows without git.
    """
    program = _on_path(os.environ.get("PATH", "")) if WINDOWS else "git"
    return [program, *_QUIET, "--literal-pathspecs", "-C", str(folder), *arguments]


@cache
def _on_path(path: str) -> str:
    """The file of git in a Windows ``PATH``. Raises ``FileNotFoundError`` if there is none.

    Windows would first run a ``git.exe`` of the current folder, which in a cloned ledger is somebody's program.
    """
    for folder in path.split(os.pathsep):
        if os.path.isabs(folder) and os.path.isfile(found := os.path.join(folder, "git.exe")):
            return found
    raise FileNotFoundError(errno.ENOENT, "no git", "git.exe")


def environment(more: dict[str, str] | None = None) -> dict[str, str]:
    """The environment of git calls: no prompts, and messages in English, which ``git_complaints`` parses."""
    quiet = {"GIT_TERMINAL_PROMPT": "0", "GIT_ASKPASS": "", "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C", "LANGUAGE": ""}
    quiet |= {"GIT_NO_REPLACE_OBJECTS": "1"}  # the real history, without replacements in refs/replace
    given = os.environ | quiet | (more or {})
    for name in ("GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE"):  # relative in hooks
        if name in given:
            given[name] = os.path.abspath(given[name])
    return given


def is_there() -> bool:
    """Whether git is installed."""
    return call(Path(), "--version").ok


def setting(folder: Path, name: str) -> str | None:
    """The value of a git setting in a folder; None if it is not set."""
    return call(folder, "config", "--get", name).text or None


def settings(folder: Path, *names: str) -> tuple[str | None, ...]:
    """The values of some git settings, as ``setting`` gives them: one process for all."""
    items = call(folder, "config", "--list", "-z").items
    values = {name: value.strip() for name, _, value in (item.partition("\n") for item in items)}
    return tuple(values.get(_as_listed(name)) or None for name in names)


def _as_listed(name: str) -> str:
    """A setting's name as git lists it: ``core.sshcommand``, but ``branch.Main.remote``."""
    above, _, last = name.rpartition(".")
    section, dot, middle = above.partition(".")
    return f"{section.lower()}{dot}{middle}.{last.lower()}"


def own_setting(folder: Path, name: str) -> str | None:
    """A setting of the tool, such as zhenggai.unit: the environment variable (ZHENGGAI_UNIT), else git's; None if neither."""
    return os.environ.get(variable_of(name)) or setting(folder, name)


def variable_of(name: str) -> str:
    """The environment variable of a setting: ZHENGGAI_UNIT for zhenggai.unit."""
    return name.replace(".", "_").upper()


def keep_setting(folder: Path, name: str, value: str) -> bool:
    """Set a setting of the clone; False if that failed."""
    return call(folder, "config", "--local", name, value).ok


def is_set(folder: Path, name: str) -> bool | None:
    """The value of a boolean setting in a folder; None if it is not set."""
    text = call(folder, "config", "--type=bool", "--get", name).text
    return text == "true" if text else None


def branch(folder: Path) -> str | None:
    """The short name of the branch checked out in a folder; None if HEAD is detached."""
    return call(folder, "symbolic-ref", "--quiet", "--short", "HEAD").text or None


def commit_id(folder: Path, name: str) -> str | None:
    """The id of the commit that a name means, or None."""
    if name.startswith("-"):  # git would take it for an option; older versions cannot mark the end of options
        return None
    return call(folder, "rev-parse", "--verify", "--quiet", f"{name}^{{commit}}").text or None


def commit_ids(folder: Path, *names: str) -> tuple[str | None, ...]:
    """The ids of the commits that names of refs mean, None for each that means none: one process for all."""
    asked = path_bytes("".join(f"{name}^{{commit}}\n" for name in names))
    told = path_text(call(folder, "cat-file", "--batch-check=%(objectname)", given=asked).data)
    found = [line if _ID.fullmatch(line) else None for line in told.split("\n")]  # else “… missing”
    return tuple(found[: len(names)] + [None] * (len(names) - len(found)))


def is_ancestor(folder: Path, old: str, new: str) -> bool:
    """Whether the commit ``old`` is an ancestor of ``new``, or equal to it."""
    return old == new or call(folder, "merge-base", "--is-ancestor", old, new, seconds=None).ok


def merge_bases(folder: Path, one: str, other: str) -> list[str]:
    """The merge bases of two commits."""
    return [one] if one == other else call(folder, "merge-base", "--all", one, other, seconds=None).text.split()


def is_inside(folder: Path) -> bool:
    """Whether a folder, which need not exist, is inside git's own folder."""
    return call(nearest_folder(folder), "rev-parse", "--is-inside-git-dir").text == "true"


def tracked_names(folder: Path) -> set[str]:
    """The casefolded names of the files that git tracks in a folder, which need not exist; empty without git.

    The path of the folder is matched regardless of case, since some file systems ignore case.
    """
    there = nearest_folder(folder)
    prefix = call(there, "rev-parse", "--show-prefix").data.removesuffix(b"\n")
    rest = "".join(f"{part}/" for part in folder.relative_to(there).parts)
    below = re.sub(r"([*?\[\\])", r"\\\1", path_text(prefix) + rest)
    listed = call(there, "--no-literal-pathspecs", "ls-files", "-z", "--full-name", "--", f":(top,icase,glob){below}*")
    return {item.rpartition("/")[2].casefold() for item in listed.items}


def nearest_folder(folder: Path) -> Path:
    """The folder itself if it exists, else the nearest existing folder above it.

    Raises ``FileNotFoundError`` where there is none: on Windows, on a drive that is not there.
    """
    for there in (folder, *folder.parents):
        if there.is_dir():
            return there
    raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(folder))


def shared_text(folder: Path, text: str, below: str) -> bool | None:
    """Whether a text occurs in a file under ``below`` in any commit of a remote-tracking branch; None if git fails."""
    # -m and --full-history also find what a merge commit added and what a merged branch removed again
    plain = ("--full-history", "-m", "--no-textconv", "--no-ext-diff", "--no-show-signature", "--format=%H")
    return _in_remote_branches(folder, "log", "--remotes", "-n", "1", *plain, f"-S{text}", "--", below)


def shared_file(folder: Path, path: str) -> bool | None:
    """Whether any commit of a remote-tracking branch changed a file; None if git fails."""
    return _in_remote_branches(folder, "rev-list", "--remotes", "-n", "1", "--full-history", "--", path)


def committed_text(folder: Path, text: str, path: str) -> bool:
    """Whether a file contains a text in HEAD."""
    return call(folder, "grep", "-q", "-a", "-F", "-e", text, "HEAD", "--", path).ok


def _in_remote_branches(folder: Path, *search: str) -> bool | None:
    """Whether a search in the remote-tracking branches finds something; False if there are no such branches."""
    branches = call(folder, "for-each-ref", "--count=1", "refs/remotes")
    if not branches.ok:
        return None
    if not branches.text:
        return False
    found = call(folder, *search)
    return bool(found.text) if found.ok else None


class Objects:
    """Reads the objects of a repository: ``with Objects(folder) as objects: objects.read("HEAD:a.yaml")``."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._running: dict[str, _Asked] = {}  # by option; started on demand, as often nothing is read

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        for process in self._running.values():
            process.close()

    def read(self, name: str) -> bytes | None:
        """The bytes of an object by its id or any name that git accepts; None if there is none."""
        contents = self._asked("--batch")
        size = contents.size(name)
        return None if size is None else contents.bytes(size)

    def size(self, name: str) -> int | None:
        """The size of an object in bytes, without reading it; None if there is none."""
        return self._asked("--batch-check").size(name)

    def names(self, folder: str) -> list[str]:
        """The names in a folder, given as ``commit:path``; empty if there is none."""
        data = self.read(folder) or b""
        if self._asked("--batch").kind != b"tree":  # it is a file
            return []
        id_size = len(folder.partition(":")[0]) // 2  # bytes: SHA-1 or SHA-256
        found, at = [], 0
        while at < len(data):
            end = data.index(b"\0", at)
            found.append(path_text(data[data.index(b" ", at) + 1 : end]))
            at = end + 1 + id_size
        return found

    def _asked(self, option: str) -> "_Asked":
        if option not in self._running:
            self._running[option] = _Asked(self._folder, option)
        return self._running[option]


class _Asked:
    """A running ``git cat-file`` process that answers one request after the other."""

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
        self._questions, self._answers = self._process.stdin, self._process.stdout
        self.kind = b""  # type of the last object: blob, tree, commit, tag

    def size(self, name: str) -> int | None:
        """Request an object and return the size in the head of the answer; None if there is no such object."""
        self.kind = b""
        if "\n" in name:
            return None
        self._questions.write(path_bytes(name) + b"\n")
        self._questions.flush()
        head = self._answers.readline().split()
        if len(head) != 3 or not head[2].isdigit():  # "… missing", or git has ended
            return None
        self.kind = head[1]
        return int(head[2])

    def bytes(self, size: int) -> bytes:
        """The contents that follow the head."""
        data = self._answers.read(size)
        self._answers.read(1)
        return data

    def close(self) -> None:
        """End the process."""
        self._questions.close()
        self._answers.close()
        self._process.wait()
