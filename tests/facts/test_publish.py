"""A folder of facts: whole or not at all, the same bytes for the same input, nothing of others touched."""

import os
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from small_repo import PLAN, small_repo, tree
from zhenggai.errors import Changed, Locked, NothingToShow
from zhenggai.facts import publish as publishing
from zhenggai.facts.manifest import NAME, Manifest, read_manifest
from zhenggai.facts.publish import open_plans
from zhenggai.facts.tables import TABLES, EntryCount
from zhenggai.ledger import Ledger
from zhenggai.writing.locks import locked

LEDGER = "04-10 县教育局 进展 1-1 内容=初稿 进度=40\n"
DAY = date(2020, 6, 30)


@pytest.fixture
def root(tmp_path: Path, home: Path) -> Path:
    return small_repo(tmp_path / "台账", LEDGER)


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tables that are quickly made: no rows but those of entries."""

    def tables(ledger: Ledger, through: date) -> Iterator[tuple[str, Iterable[Any]]]:
        for table in TABLES:
            number = ledger.plan.number
            yield table, [EntryCount(number, "县教育局", "进展", "2020-W15", through.day)] * (table == "activity")

    monkeypatch.setattr(publishing, "_tables", tables)


def publish(root: Path, folder: Path, through: date, county: str | None = None) -> Manifest:
    return publishing.publish(open_plans(root), folder, through, county)


def add_plan(root: Path, number: str) -> None:
    (root / f"plans/{number}.yaml").write_text(PLAN.replace("编号: p\n", f"编号: {number}\n", 1), "utf-8")


def git(root: Path, *words: str) -> None:
    subprocess.run(["git", *words], cwd=root, check=True, capture_output=True)


def committed(root: Path) -> str:
    git(root, "init", "-q")
    git(root, "add", "plans", "ledgers")
    git(root, "-c", "user.name=a", "-c", "user.email=a@x.example", "commit", "-qm", "a")
    return subprocess.run(
        ["git", "rev-parse", "HEAD"], cwd=root, check=True, capture_output=True, text=True
    ).stdout.strip()


def test_the_same_input_gives_the_same_bytes(root: Path, tmp_path: Path) -> None:
    add_plan(root, "q")
    once = publish(root, tmp_path / "a", DAY, "清河县")
    shutil.rmtree(root / ".zhenggai")
    again = publish(root, tmp_path / "b", DAY, "清河县")
    assert once == again == read_manifest(tmp_path / "a" / NAME)
    assert tree(tmp_path / "a") == tree(tmp_path / "b")
    assert set(tree(tmp_path / "a")) == {NAME, *once.files()}
    assert sorted(once.plans) == ["p", "q"]
    assert (once.county, once.since, once.through, once.demo) == ("清河县", date(2020, 3, 1), DAY, False)


def test_the_next_facts_take_the_place_of_the_last(root: Path, tmp_path: Path, few: None) -> None:
    add_plan(root, "q")
    to = tmp_path / "报数"
    publish(root, to, DAY)
    (to / "说明.txt").write_text("报给市里", "utf-8")
    (to / "tasks" / "old.parquet").write_bytes(b"of somebody")
    (root / "plans/q.yaml").unlink()
    publish(root, to, date(2020, 7, 1))
    whole = publish(root, tmp_path / "anew", date(2020, 7, 1))
    assert tree(to) == tree(tmp_path / "anew") | {"说明.txt": "报给市里".encode(), "tasks/old.parquet": b"of somebody"}
    assert list(whole.plans) == ["p"]
    assert not list(to.glob(".zhenggai*"))


# what is said of the data


def test_the_commit_and_whether_the_data_differ(root: Path, tmp_path: Path, few: None) -> None:
    def said() -> tuple[str | None, bool]:
        made = publish(root, tmp_path / "报数", DAY)
        return made.commit, made.dirty

    assert said() == (None, False)
    commit = committed(root)
    (root / "README.md").write_text("a", "utf-8")
    assert said() == (commit, False)
    add_plan(root, "q")
    assert said() == (commit, True)


def test_a_commit_that_comes_after_the_plans_were_opened(root: Path, tmp_path: Path, few: None) -> None:
    committed(root)
    plans = open_plans(root)
    git(root, "-c", "user.name=a", "-c", "user.email=a@x.example", "commit", "-qm", "b", "--allow-empty")
    with pytest.raises(Changed, match=r"^刚刚取回或提交了新的记录，没有写入\n  下一步：再运行一次$"):
        publishing.publish(plans, tmp_path / "报数", DAY, None)
    assert not (tmp_path / "报数").exists()


def test_a_day_before_all_plans(root: Path, tmp_path: Path, few: None) -> None:
    with pytest.raises(NothingToShow, match="方案从 2020-03-01 起才有数，2020-02-29 还没有"):
        publish(root, tmp_path / "报数", date(2020, 2, 29))


def test_one_writes_at_a_time(root: Path, tmp_path: Path, few: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(publishing, "_LOCK_SECONDS", 0.0)
    with (
        locked(root, ".zhenggai/facts.lock", 0, ""),
        pytest.raises(Locked, match=r"^另一个 zhenggai facts 正在写\n"),
    ):
        publish(root, tmp_path / "报数", DAY)


def test_plans_that_cannot_be_read(root: Path, tmp_path: Path, few: None) -> None:
    (root / "plans/broken.yaml").write_text("编号: [", "utf-8")
    (root / "plans/copy.yaml").write_bytes((root / "plans/p.yaml").read_bytes())
    plans = open_plans(root)
    assert [ledger.path for ledger in plans.ledgers] == ["plans/p.yaml"]
    assert plans.unread == ["broken"]
    assert [str(fault).split("\n")[0] for fault in plans.faults] == [
        "方案 plans/broken.yaml 无法读取：",
        "plans/copy.yaml 的编号和 plans/p.yaml 的一样，没有计入",
    ]
    made = publish(root, tmp_path / "报数", DAY)
    assert (made.unread, list(made.plans)) == (("broken",), ["p"])
    (root / "plans/p.yaml").unlink()
    (root / "plans/copy.yaml").unlink()
    with pytest.raises(NothingToShow):
        open_plans(root)


@pytest.mark.unix("names that are no text")
def test_a_plan_without_a_readable_name(root: Path, tmp_path: Path, few: None) -> None:
    (root / "plans" / os.fsdecode(b"\xff\x1b.yaml")).write_text("编号: [", "utf-8")
    made = publish(root, tmp_path / "报数", DAY)
    assert made == read_manifest(tmp_path / "报数" / NAME)
    assert made.unread == ("\ufffd\x1b",)
