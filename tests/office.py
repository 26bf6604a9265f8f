"""An office on disk: a bare repository, its clones, and their ledgers."""

import shutil
import subprocess
from collections import Counter
from pathlib import Path

from small_repo import small_repo, write
from zhenggai.reading.entry_text import read_entries
from zhenggai.reading.raw_entry import Value

Values = dict[str, Value]
BRANCH = "main"
WRITERS = {"a": "县教育局", "b": "城关镇"}
COMMON = "ledgers/p/县财政局/2020-05.办公室.cc.yaml"  # a file with entries that all clones have
NOBODYS = "README.md"  # a file that does not belong to the ledger


def git(folder: Path, *arguments: str, fails: bool = False) -> str:
    """Run git and return its output. It must succeed, unless ``fails`` allows a failure."""
    done = subprocess.run(["git", *arguments], cwd=folder, capture_output=True, check=False, encoding="utf-8")
    assert fails or done.returncode == 0, f"git {' '.join(arguments)}: {done.stderr}"
    return done.stdout.strip()


def entry(nth: int, text: str = "开会研究", *, measure: str = "1-1", progress: int | None = None, day: int = 1) -> str:
    """An entry of June 2020 in canonical form."""
    more = "" if progress is None else f"  进度: {progress}\n"
    head = f"- 编号: 202006{day:02}-0000{nth:04}\n  日期: 2020-06-{day:02}\n  措施: {measure}\n  事项: 进展\n"
    return f"{head}{more}  内容: {text}\n  填报人: 办公室\n"


def number(nth: int, day: int = 1) -> str:
    """The number of the entry that ``entry`` gives."""
    return f"202006{day:02}-0000{nth:04}"


def ledger_file(name: str) -> str:
    """The path of the file that the clone with this name appends to."""
    return f"ledgers/p/{WRITERS.get(name, '河东乡')}/2020-06.办公室.{name}{name}.yaml"


def add(clone: Path, *entries: str, file: str | None = None) -> Path:
    """Append entries to a file of a clone, by default the clone's own. Returns the path."""
    path = clone / (file or ledger_file(clone.name))
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path, "ab") as ledger:
        ledger.write("".join(entries).encode())
    return path


def replace(clone: Path, path: str, old: str, new: str) -> None:
    """Replace a text in a file. The old text must be in it."""
    file = clone / path
    data = file.read_bytes()
    assert old.encode() in data, f"no “{old}” in {path}"
    file.write_bytes(data.replace(old.encode(), new.encode(), 1))


def make_office(folder: Path) -> Path:
    """Make a server with a small repository and two clones, ``a`` and ``b``. Copies of the folder work too."""
    git(write(folder, {}) if folder.exists() else _made(folder), "init", "-q", "--bare", "-b", BRANCH, "server.git")
    start = folder / "start"
    git(folder, "init", "-q", "-b", BRANCH, "start")
    small_repo(start)
    write(start, {NOBODYS: "说明\n", ".gitignore": ".zhenggai/\n.zhenggai-*\n"})
    add(start, entry(1, "摸底", measure="2-3", progress=10), entry(2, "办结", measure="2-3", progress=20), file=COMMON)
    identify(start, "管理员")
    git(start, "add", ".")
    git(start, "commit", "-q", "-m", "建库")
    git(start, "push", "-q", "../server.git", BRANCH)
    shutil.rmtree(start)
    for name in WRITERS:
        clone_into(folder / name)
    return folder


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True)
    return folder


def clone_into(folder: Path, *options: str, url: str = "../server.git") -> Path:
    """Make another clone, with an identity."""
    git(folder.parent, "clone", "-q", *options, str(folder.parent / "server.git"), folder.name)
    git(folder, "remote", "set-url", "origin", url)
    return identify(folder, folder.name)


def identify(clone: Path, name: str) -> Path:
    """Set the identity of commits in a clone."""
    for key, value in {"user.name": name, "user.email": f"{name}@x", "gc.auto": "0"}.items():
        git(clone, "config", key, value)
    return clone


def held(folder: Path, commit: str = "HEAD") -> dict[str, Values]:
    """The entries of a commit, by number. Asserts that no number is there twice."""
    found = [e for path in ledgers(folder, commit) for e in read(git_bytes(folder, f"{commit}:{path}"), path)]
    counts = Counter(str(values["编号"]) for values in found)
    assert [n for n, times in counts.items() if times > 1] == []
    return {str(values["编号"]): values for values in found}


def on_server(office: Path) -> dict[str, Values]:
    """The entries on the server, by number."""
    return held(office / "server.git", BRANCH)


def ledgers(folder: Path, commit: str) -> list[str]:
    """The paths of the ledger files of a commit."""
    names = git(folder, "-c", "core.quotepath=false", "ls-tree", "-r", "-z", "--name-only", commit).split("\0")
    return [name for name in names if "ledgers/" in name and name.endswith(".yaml")]


def read(data: bytes, path: str) -> list[Values]:
    """The entries of a file. Asserts that it has no faults."""
    raws, diagnostics = read_entries(data.decode(), path)
    assert [str(diagnostic) for diagnostic in diagnostics] == []
    return [dict(raw.values) for raw in raws]


def git_bytes(folder: Path, name: str) -> bytes:
    """The bytes of a git object."""
    return subprocess.run(["git", "cat-file", "blob", name], cwd=folder, capture_output=True, check=True).stdout


def log(folder: Path, commit: str = "HEAD", form: str = "%an %s") -> list[str]:
    """The history, newest commit first, one line each."""
    return git(folder, "log", f"--format={form}", commit).splitlines()


def state(clone: Path) -> tuple[object, ...]:
    """All that a refused sync must leave unchanged: files, index, HEAD, branches, git's status."""
    files = {
        path.relative_to(clone): path.read_bytes()
        for path in sorted(clone.rglob("*"))
        if path.is_file() and ".git" not in path.parts and ".zhenggai" not in path.parts
    }
    status = git(clone, "status", "--porcelain", "-z")
    staged = git(clone, "ls-files", "--stage")
    refs = git(clone, "for-each-ref", "refs/heads", "refs/worktree")
    return files, (clone / ".git/HEAD").read_bytes(), staged, refs, status


def is_tidy(clone: Path) -> None:
    """Assert that nothing is left behind: no change, note, lock or temporary file."""
    changed = git(clone, "status", "--porcelain").splitlines()
    assert [line for line in changed if ".zhenggai" not in line] == []
    assert git(clone, "for-each-ref", "refs/worktree") == ""
    git_dir = Path(git(clone, "rev-parse", "--absolute-git-dir"))
    left = [path.name for path in git_dir.rglob("*") if path.suffix == ".lock" or path.name == "zhenggai-index"]
    room = clone / ".zhenggai"
    left += [p.name for p in room.iterdir() if p.name.startswith(("landing", "syncing"))] if room.exists() else []
    assert left == []
