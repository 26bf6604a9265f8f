"""Eight real processes that record, ask and delete the index at once: whatever was acknowledged is in every answer after it."""

import json
import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from small_repo import GIT_FREE, small_repo
from terminal import SCRIPT
from warm_start import ended

UNITS = ("城关镇", "河东乡", "县教育局")
LISTS = (("status",), ("status", "--as-of", "2020-06-01"), ("overdue",), ("show", "1-1"), ("status", "--verify"))


def ran(root: Path, *arguments: str) -> str:
    """What a command says on stdout; it must work, and complain of nothing."""
    environment = os.environ | GIT_FREE | {"ZHENGGAI_WRITER": "办公室"}
    code, out, err = ended(SCRIPT, arguments, str(root), environment)
    assert (code, err) == (0, ""), arguments
    return out


class Clerks:
    """Those who record in a repo and those who ask there; the numbers that were acknowledged, and the units that are done."""

    def __init__(self, root: Path) -> None:
        self.root = small_repo(root)
        self.acknowledged: set[str] = set()
        self.done: set[str] = set()

    def record(self, unit: str) -> None:
        for text in ("开会研究", "印发通知"):
            self.acknowledged.add(_number(ran(self.root, "add", "1-1", text, "--unit", unit)))
            self.ask()
        self.acknowledged.add(_number(ran(self.root, "done", "1-1", "已办结", "--unit", unit)))
        self.done.add(unit)
        self.ask()

    def ask(self) -> None:
        known, done = set(self.acknowledged), set(self.done)
        shown = json.loads(ran(self.root, "show", "1-1", "--format", "json"))
        assert known <= {entry["number"] for entry in shown["entries"]}
        late = json.loads(ran(self.root, "overdue", "--format", "json"))
        assert not done & {row["unit"] for row in late["tasks"] if row["measure"] == "1-1"}

    def look(self, nth: int) -> None:
        """Ask now and then, and other lists between."""
        for times in range(3):
            ran(self.root, *LISTS[(nth + times) % len(LISTS)])
            self.ask()

    def delete(self) -> None:
        for _ in range(4):
            shutil.rmtree(self.root / ".zhenggai/index", ignore_errors=True)
            self.ask()


def _number(said: str) -> str:
    return said.split()[1]


def test_whatever_was_acknowledged_is_in_every_answer_after_it(tmp_path: Path) -> None:
    clerks = Clerks(tmp_path)
    with ThreadPoolExecutor(8) as pool:
        works = [pool.submit(clerks.record, unit) for unit in UNITS]
        works += [pool.submit(clerks.look, nth) for nth in range(4)]
        works.append(pool.submit(clerks.delete))
    for work in works:
        work.result()
    answers = [ran(tmp_path, *command) for command in LISTS]
    shutil.rmtree(tmp_path / ".zhenggai/index")
    (tmp_path / ".zhenggai/index").write_text("")  # no place for one: the files answer
    assert answers == [ran(tmp_path, *command) for command in LISTS]
    assert len(clerks.acknowledged) == 9
    assert clerks.done == set(UNITS)
