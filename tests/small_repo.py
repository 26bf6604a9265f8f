"""Small ledgers on disk: plan and unit book as YAML, entries as short lines or as YAML; and the result of a run.

``04-10 县教育局 进展 1-1 内容=初稿 进度=40 #稿`` is an entry of 2020-04-10 in the folder of 县教育局. Later lines refer to it
by its name 稿 (``针对=稿``). ``04-10/05-02`` was recorded on 05-02. The entries are written as canonical YAML.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

from zhenggai.ledger import Ledger, open_ledger
from zhenggai.rules.day.snapshot import Snapshot

NOW = datetime(2020, 7, 1, 9, 30)
SHIPPED = Path(__file__).parent.parent
DAYS = ("2020-06-30", "2020-09-30", "2020-12-31")
GIT_FREE = {"GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1", "LC_ALL": "C.UTF-8"}

UNITS = """\
类别:
- {名称: 县直单位, 别名: [县直各单位]}
- {名称: 乡镇, 别名: [各乡镇]}
单位:
- {名称: 县委办公室, 简称: [县委办]}
- {名称: 县委组织部, 简称: [组织部]}
- {名称: 县委督查局}
- {名称: 县教育局, 简称: [教育局], 类别: 县直单位}
- {名称: 县财政局, 类别: 县直单位}
- {名称: 城关镇, 类别: 乡镇}
- {名称: 河东乡, 类别: 乡镇}
"""

HEAD = """\
编号: p
标题: 整改方案
年度: 2020
印发日期: 2020-03-01
审核: {初审: 牵头单位, 复核: 县委组织部, 回避: [县委督查局]}
督办单位: 县委督查局
阶段:
- {编号: 1, 名称: 集中整改, 时限: 2020年4月至9月}
- {编号: 2, 名称: 持续推进, 时限: 2020年9月至12月}
- {编号: 3, 名称: 融入经常, 时限: 2020年12月以后}
问题:
"""

PLAN = (
    HEAD
    + """\
- 编号: 1
  内容: 学习不深入
  措施:
  - {编号: 1-1, 内容: 制定办法, 类别: 限期整改, 时限: 2020年6月底前, 牵头单位: 县委办公室, 责任单位: [各乡镇, 县教育局], 责任人: 书记, 阶段: [1, 2]}
  - {编号: 1-2, 内容: 立即改正, 类别: 立行立改, 牵头单位: 县委办公室, 责任单位: 县教育局, 责任人: 书记, 阶段: [1]}
- 编号: 2
  内容: 制度不落实
  措施:
  - {编号: 2-1, 内容: 坚持学习, 类别: 长期坚持, 下次评估: 2020-07-10, 牵头单位: 县委办公室, 责任单位: 县财政局, 责任人: 书记, 阶段: [1]}
  - {编号: 2-2, 内容: 主题党日, 类别: 例行, 频次: 每月, 牵头单位: 县委办公室, 责任单位: 县财政局, 责任人: 书记, 阶段: [1]}
  - 编号: 2-3
    内容: 分步推进
    类别: 分阶段整改
    牵头单位: 县委办公室
    责任单位: 县财政局
    责任人: 书记
    阶段: [1]
    步骤:
    - {编号: 2-3-1, 内容: 摸底}
    - {编号: 2-3-2, 内容: 办结}
"""
)

_QUOTED = frozenset({"内容", "原因", "存在问题", "下步打算"})
_CONTENT = frozenset({"进展", "基本完成", "完成", "回复", "经验"})
_LISTS = frozenset({"步骤", "佐证"})


class Ran(NamedTuple):
    """The output and exit code of a run of the program."""

    code: int
    out: str
    err: str


Runner = Callable[..., Ran]


def write(root: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write files, given by path, under a root. Returns the root."""
    for path, text in files.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text if isinstance(text, bytes) else text.encode())
    return root


def day(month_day: str) -> date:
    """A day of 2020 (06-30), or of the written year (2021-01-05)."""
    return date.fromisoformat(month_day if len(month_day) > 5 else f"2020-{month_day}")


def number_of(line: int, recorded: date) -> str:
    """The number of the entry on a line (from 1) of a short ledger."""
    return f"{recorded:%Y%m%d}-{line:08}"


def ledger_files(lines: str) -> dict[str, str]:
    """The ledger files for short lines, by path."""
    files: dict[str, str] = {}
    names: dict[str, str] = {}
    for nth, words in enumerate((w for line in lines.splitlines() if (w := line.split())), 1):
        when, recorder, kind, *rest = words
        happened, _, recorded = when.partition("/")
        number = number_of(nth, day(recorded or happened))
        given = {key or "措施": value for w in rest if w[0] != "#" for key, _, value in [w.rpartition("=")]}
        names |= {w[1:]: number for w in rest if w.startswith("#")}
        if kind in _CONTENT:
            given.setdefault("内容", f"第{nth}次推进有关工作")
        values = {"编号": number, "日期": day(happened).isoformat(), "事项": kind} | given | {"填报人": "办公室"}
        body = "".join(f"  {key}:{_written(key, names.get(text, text))}\n" for key, text in values.items())
        path = f"ledgers/p/{recorder}/{number[:4]}-{number[4:6]}.办公室.aa.yaml"
        files[path] = files.get(path, "") + "-" + body[1:]
    return files


def _written(key: str, text: str) -> str:
    if key in _LISTS:
        return "".join(f"\n  - {item}" for item in text.split("、"))
    return f' "{text}"' if key in _QUOTED else f" {text}"


def small_repo(root: Path, ledger: str = "", *, plan: str = PLAN, units: str = UNITS) -> Path:
    """Write the plan ``p`` and a ledger of short lines. Returns the root."""
    return write(root, {"plans/units.yaml": units, "plans/p.yaml": plan} | ledger_files(ledger))


def ledger_in(root: Path) -> Ledger:
    """The ledger of the only plan in a root."""
    return open_ledger(root)


def snapshot_in(root: Path, as_of: str = "12-31", *, known_by: str = "9999-12-31") -> Snapshot:
    """The snapshot of the only plan in a root. Asserts that the data have no errors."""
    ledger = open_ledger(root)
    snapshot = ledger.snapshot(day(as_of), day(known_by))
    assert [str(diagnostic) for diagnostic in ledger.errors(snapshot)] == []
    return snapshot


def tree(root: Path) -> dict[str, bytes]:
    """All files under a root with their bytes, except the tool's private files."""
    paths = (p for p in root.rglob("*") if p.is_file() and ".git" not in p.parts and ".zhenggai" not in p.parts)
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in paths}


def changed_files(before: Mapping[str, bytes], root: Path) -> dict[str, str]:
    """The texts of the files that are new or changed since ``tree`` was called."""
    return {path: data.decode() for path, data in tree(root).items() if before.get(path) != data}
