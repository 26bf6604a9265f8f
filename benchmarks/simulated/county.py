"""Who takes part: units, writers, their computers, each a clone; and the repository that all of them share."""

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
    """How somebody shares: by ``zhenggai sync`` or by plain git, laying commits on top or merging, with the driver or not."""

    sync: bool
    rebase: bool
    driver: bool = False


@dataclass(frozen=True)
class Computer:
    """A clone: whose it is, and the mark in the names of the files that are written there."""

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
    """Of five clones two are of one writer; every other such pair has one mark, so that both write the same files."""
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
    """The repository with its plan, and the clones; ``apart`` lets the server's side outlive a client that is killed."""
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
        "gc.auto": "0",  # nothing runs behind the clock's back
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
    """The first commit: plan, unit book, git's attributes."""
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
