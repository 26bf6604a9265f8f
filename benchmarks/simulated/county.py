"""The participants: units, writers and their computers, each with a clone; and the shared repository."""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from zhenggai.reading.data_folders import PASSING
from zhenggai.setup.clone_files import ATTRIBUTES
from zhenggai.setup.repository import driver
from zhenggai.sharing.git import call

PLAN = "p"
MEASURES = tuple(f"{diagnostic}-{measure}" for diagnostic in range(1, 6) for measure in range(1, 5))
_HEAD = """\
编号: p
标题: 整改方案
年度: 2020
印发日期: 2020-03-01
审核: {初审: 牵头单位, 复核: 第1镇}
阶段:
- {编号: 1, 名称: 集中整改, 时限: 2020年3月至12月}
问题:
"""


@dataclass(frozen=True)
class Manner:
    """A way of sharing: ``zhenggai sync`` or plain git, rebase or merge, with or without the merge driver."""

    sync: bool
    rebase: bool
    driver: bool = False


@dataclass(frozen=True)
class Computer:
    """A clone: its unit and writer, and the mark in the names of its ledger files."""

    number: int
    root: Path
    unit: str
    writer: str
    mark: str
    manner: Manner


@dataclass(frozen=True)
class County:
    """The shared repository and all computers."""

    server: Path
    computers: tuple[Computer, ...]


def computers(folder: Path, clones: int, units: int, manners: Sequence[Manner]) -> Iterator[Computer]:
    """The computers. Of five clones, two belong to one writer. Half of these pairs share a mark and write the same files."""
    for number in range(clones):
        five, place = divmod(number, 5)
        second = place == 4
        person = number - 1 if second else number
        mark = person if second and five % 2 == 0 else number
        manner = manners[number % len(manners)]
        root = folder / f"clone{number:03}"
        yield Computer(number, root, f"第{person % units + 1}镇", f"科室{person}", _mark(mark), manner)


def _mark(number: int) -> str:
    return "".join("abcdefghjk"[digit] for digit in divmod(number, 10))


def founded(folder: Path, clones: int, units: int, manners: Sequence[Manner], *, apart: bool) -> County:
    """Make the repository with its plan, and the clones. With ``apart``, the server's side survives the kill of a client."""
    county = County(folder / "server.git", tuple(computers(folder, clones, units, manners)))
    _git(folder, "init", "--quiet", "--bare", "--initial-branch=main", str(county.server))
    _git(county.server, "config", "gc.auto", "0")
    for computer in county.computers:
        _clone(county, computer, apart=apart)
        if computer.number == 0:
            _begin(computer.root, units)
    return county


def _clone(county: County, computer: Computer, *, apart: bool) -> None:
    _git(county.server.parent, "clone", "--quiet", str(county.server), str(computer.root))
    settings = {
        "user.name": computer.writer,
        "user.email": f"{computer.number}@example.com",
        "pull.rebase": str(computer.manner.rebase).lower(),
        "gc.auto": "0",  # no background work that would disturb the timing
    }
    if computer.manner.driver:
        settings["merge.zhenggai.driver"] = driver()
    if apart:
        settings["remote.origin.receivepack"] = "setsid git-receive-pack"
    for name, value in settings.items():
        _git(computer.root, "config", name, value)
    own = computer.root / ".zhenggai"
    own.mkdir()
    (own / "clone").write_text(computer.mark, encoding="ascii")


def _begin(root: Path, units: int) -> None:
    """Make the first commit: plan, unit book, git attributes."""
    measures = "".join(
        f"- 编号: {diagnostic}\n  内容: 问题{diagnostic}\n  措施:\n"
        + "".join(
            f"  - {{编号: {number}, 内容: 措施{number}, 类别: 限期整改, 时限: 2020年12月底前, 牵头单位: 第1镇,"
            " 责任单位: [各镇], 责任人: 书记, 阶段: [1]}\n"
            for number in MEASURES
            if number.startswith(f"{diagnostic}-")
        )
        for diagnostic in range(1, 6)
    )
    names = "".join(f"- {{名称: 第{unit + 1}镇, 类别: 乡镇}}\n" for unit in range(units))
    files = {
        f"plans/{PLAN}.yaml": _HEAD + measures,
        "plans/units.yaml": f"类别:\n- {{名称: 乡镇, 别名: [各镇]}}\n单位:\n{names}",
        ".gitattributes": "\n".join(ATTRIBUTES) + "\n",
        ".gitignore": "\n".join(PASSING) + "\n",
    }
    for path, text in files.items():
        (root / path).parent.mkdir(exist_ok=True)
        (root / path).write_bytes(text.encode())
    _git(root, "add", "--all")
    _git(root, "commit", "--quiet", "--message", "方案")
    _git(root, "push", "--quiet", "origin", "HEAD:main")


def _git(folder: Path, *arguments: str) -> None:
    answer = call(folder, *arguments)
    if not answer.ok:
        sys.exit(f"git {' '.join(arguments)}: {answer.complaint}")
