"""The speed of ``zhenggai audit`` on a seeded history: the whole history, then new commits, then a push.

``python benchmarks/audit.py [--commits 5000] [--units 40] [--since 20] [--seed 1]``. The history is made by ``git
fast-import``. Each commit appends one to three entries to its unit's file of the month. One commit in fifty adds evidence,
one in a hundred is a merge, and five entries are altered. Measured are CPU seconds, with all child processes. The new
commits are also audited as a push by the server's hook. Target: 5,000 commits in under 10 s, a push of 20 in under 1 s.
"""

import argparse
import os
import random
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path

_DIGITS = "0123456789abcdefghjkmnpqrstvwxyz"
_FIRST = date(2020, 3, 2)
_PLAN = """\
编号: p
标题: 整改方案
年度: 2020
印发日期: 2020-03-01
审核: {初审: 牵头单位, 复核: 单位1}
阶段:
- {编号: 1, 名称: 集中整改, 时限: 2020年4月至12月}
问题:
- 编号: 1
  内容: 学习不深入
  措施:
  - {编号: 1-1, 内容: 制定办法, 类别: 限期整改, 牵头单位: 单位1, 责任单位: 单位2, 责任人: 书记, 阶段: [1]}
"""


class Stream:
    """A history in the input format of ``git fast-import``."""

    def __init__(self, seed: int, units: int, commits: int) -> None:
        self.draw = random.Random(seed)
        self.units = [f"单位{n}" for n in range(1, units + 1)]
        self.files: dict[str, str] = {}
        self.commits = commits
        self.made = 0

    def head(self) -> Iterator[bytes]:
        """The first commit: plan and unit book."""
        book = "单位:\n" + "".join(f"- {{名称: {unit}, 身份: [u{n}@x]}}\n" for n, unit in enumerate(self.units))
        files = {"plans/p.yaml": _PLAN, "plans/units.yaml": book, ".gitignore": ".zhenggai/\n"}
        yield self._commit("main", "u0@x", _FIRST, files)

    def more(self, number: int) -> Iterator[bytes]:
        """A number of further commits on the existing branch."""
        yield b"reset refs/heads/main\nfrom refs/heads/main^0\n\n"
        for _ in range(number):
            self.made += 1
            day = _FIRST + timedelta(days=self.made * 300 // self.commits)
            if self.made % 100 == 0:
                yield from self._merge(day)
            else:
                yield self._commit("main", *self._appended(day))

    def _merge(self, day: date) -> Iterator[bytes]:
        """A branch of one commit from the tip, and the merge of it."""
        author, _, files = self._appended(day)
        yield b"reset refs/heads/side\nfrom refs/heads/main\n\n"
        yield self._commit("side", author, day, files)
        yield self._commit("main", *self._appended(day), merge="side", also=files)

    def _appended(self, day: date) -> tuple[str, date, dict[str, str]]:
        nth = self.draw.randrange(len(self.units))
        folder = f"ledgers/p/{self.units[nth]}"
        path = f"{folder}/{day:%Y-%m}.办公室.aa.yaml"
        text = self.files.get(path, "")
        if text and self.made % max(self.commits // 5, 1) == 7:
            text = text.replace("  进度: ", "  进度: 1", 1)
        text += "".join(self._entry(day) for _ in range(self.draw.randint(1, 3)))
        self.files[path] = text
        files = {path: text}
        if self.made % 50 == 0:
            files[f"{folder}/附件/{day:%Y-%m}/材料{self.made}.00000000.txt"] = f"材料{self.made}\n"
        return f"u{nth}@x", day, files

    def _entry(self, day: date) -> str:
        number = "".join(self.draw.choices(_DIGITS, k=8))
        content = "".join(self.draw.choices("制定完善召开开展党建责任制度支部会议整改", k=30))
        return (
            f"- 编号: {day:%Y%m%d}-{number}\n  日期: {day}\n  措施: 1-1\n  事项: 进展\n"
            f"  进度: {self.draw.randint(0, 9)}\n  内容: {content}\n  填报人: 办公室\n"
        )

    def _commit(
        self,
        branch: str,
        author: str,
        day: date,
        files: dict[str, str],
        merge: str = "",
        also: dict[str, str] | None = None,
    ) -> bytes:
        stamp = int(datetime.combine(day, time(4)).timestamp())
        who = f"committer 某人 <{author}> {stamp} +0000\n".encode()
        lines = [f"commit refs/heads/{branch}\n".encode(), who, _data("台账")]
        lines += [f"merge refs/heads/{merge}\n".encode()] if merge else []
        for path, text in ((also or {}) | files).items():
            lines += [f'M 644 inline "{path}"\n'.encode(), _data(text)]
        return b"".join([*lines, b"\n"])


def _data(text: str) -> bytes:
    data = text.encode()
    return f"data {len(data)}\n".encode() + data + b"\n"


def _grow(root: Path, pieces: Iterator[bytes]) -> None:
    subprocess.run(["git", "-C", str(root), "fast-import", "--quiet", "--force"], input=b"".join(pieces), check=True)
    subprocess.run(["git", "-C", str(root), "reset", "-q", "--hard"], check=True)


def _head(root: Path) -> str:
    return subprocess.run(
        ["git", "-C", str(root), "rev-parse", "HEAD"], capture_output=True, text=True, check=True
    ).stdout.strip()


def _seconds(root: Path, *options: str, given: str = "") -> tuple[float, str]:
    """CPU seconds of an audit with all its child processes, and its summary line."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    ran = subprocess.run(
        [sys.executable, "-m", "zhenggai", *options],
        cwd=root,
        input=given,
        capture_output=True,
        text=True,
        check=False,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    summary = (ran.stderr.strip().splitlines() or ["nothing found"])[-1]
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, summary


def main() -> int:
    """Run the audits and print one row for each."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--commits", type=int, default=5_000)
    parser.add_argument("--units", type=int, default=40)
    parser.add_argument("--since", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    os.environ |= {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    with tempfile.TemporaryDirectory(prefix="zhenggai-") as folder:
        root = Path(folder)
        subprocess.run(["git", "init", "-q", "-b", "main", folder], check=True)
        stream = Stream(options.seed, options.units, options.commits)
        _grow(root, stream.head())
        _grow(root, stream.more(options.commits))
        print(f"{options.commits} commits, {sum(map(len, stream.files.values())) / 1e6:.1f} M characters at the tip")
        for name, words in (("start-up alone", ("--version",)), ("whole", ("audit",)), ("nothing new", ("audit",))):
            print("{:16}{:6.2f} s   {}".format(name, *_seconds(root, *words)))
        before = _head(root)
        _grow(root, stream.more(options.since))
        pushed = f"{before} {_head(root)} refs/heads/main\n"
        print(
            "{:16}{:6.2f} s   {}".format(
                f"push of {options.since}", *_seconds(root, "audit", "--pre-receive", given=pushed)
            )
        )
        print("{:16}{:6.2f} s   {}".format(f"{options.since} more", *_seconds(root, "audit")))
    return 0


if __name__ == "__main__":
    sys.exit(main())
