"""A ledger that is marked 演示: 是 goes nowhere, and nothing comes in its place."""

from collections.abc import Callable
from pathlib import Path

import pytest

from office import BRANCH, add, entry, git, number, on_server, replace, state
from small_repo import SHIPPED, Ran

Sync = Callable[..., Ran]
BOOK = "plans/units.yaml"


def test_the_shipped_ledger_is_one() -> None:
    assert (SHIPPED / BOOK).read_text("utf-8").splitlines()[1] == "演示: 是"


@pytest.fixture
def marked(office: Path) -> Path:
    """The book of ``a``, and of the server, is marked."""
    a = office / "a"
    replace(a, BOOK, "类别:", "演示: 是\n类别:")
    git(a, "commit", "-q", "-a", "-m", "演示")
    git(a, "push", "-q")
    return office


@pytest.mark.parametrize("book", ["whole", "broken", "gone"])
def test_nothing_goes_and_nothing_comes(book: str, marked: Path, sync: Sync) -> None:
    a = marked / "a"
    tip = git(marked / "server.git", "rev-parse", BRANCH)
    add(a, entry(11))
    if book == "broken":
        replace(a, BOOK, "类别:", "类别: [")
    if book == "gone":
        (a / BOOK).unlink()
    before, refs = state(a), git(a, "for-each-ref")
    ran = sync(a)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(
        "zhenggai：这是演示用的台账（plans/units.yaml 里写着 演示: 是），不提交、不取回、不推送\n"
    )
    assert "下一步：建自己的台账 zhenggai init" in ran.err
    assert (state(a), git(a, "for-each-ref")) == (before, refs)
    assert git(marked / "server.git", "rev-parse", BRANCH) == tip


def test_without_the_mark_it_is_ones_own(marked: Path, sync: Sync) -> None:
    a = marked / "a"
    replace(a, BOOK, "演示: 是\n", "")
    add(a, entry(11))
    assert sync(a).code == 0
    assert number(11) in on_server(marked)


def test_a_no_is_a_no(marked: Path, sync: Sync) -> None:
    replace(marked / "a", BOOK, "演示: 是", "演示: 否")
    assert sync(marked / "a").code == 0
