"""What ``audit`` says of approvals and of evidence that was put right, in histories and in pushes."""

from datetime import datetime
from hashlib import sha256
from pathlib import Path

import pytest

from small_history import BOOK, BUREAU, OFFICE, ORGANISERS, History, history
from small_repo import PLAN, Runner, day, ledger_files, number_of
from zhenggai.audit.audit_run import audit_history

PAPER = f"附件/2020-06/办法.{sha256(b'x').hexdigest()[:8]}.txt"
FILE = f"ledgers/p/县教育局/{PAPER}"
APPLIED = f"""
06-08 县教育局 进展 1-1 佐证={PAPER}
06-10 县教育局 完成 1-1
06-11 县教育局 申请销号 1-1 签批领导=局长
"""
PROGRESS = number_of(1, day("06-08"))
LATER = datetime(2020, 7, 3, 9, 30)


@pytest.fixture
def repo(zhenggai: Runner, tmp_path: Path) -> History:
    """A history with an application and, as its last commit, a review that says what it saw."""
    made = history(tmp_path / "台账", plan=PLAN.replace("[各乡镇, 县教育局]", "县教育局"))
    made.commit({**ledger_files(APPLIED), FILE: b"x"}, BUREAU, "06-11")
    words = ("--unit", "县教育局", "--by", "县委办公室", "--writer", "综合科")
    assert zhenggai("review", "1-1", "通过", *words, at=made.root).code == 0
    made.commit({}, OFFICE, "07-01")
    return made


def correct(zhenggai: Runner, repo: History, text: str) -> str:
    """Correct the first entry after the review; the commit."""
    words = ("--unit", "县教育局", "--writer", "办公室")
    assert zhenggai("correct", PROGRESS[-8:], "--content", text, *words, at=repo.root, now=LATER).code == 0
    return repo.commit({}, BUREAU, "07-03")


def approvals(repo: History) -> list[str]:
    return [line.split(" ", 1)[1].split(" 1-1 ")[1] for line in repo.seen() if "审核存疑" in line]


def test_an_approval_that_fits_is_silent(repo: History) -> None:
    assert repo.seen() == []
    assert repo.seen_in("HEAD~1..HEAD") == []


def test_a_correction_after_it_is_told_as_long_as_it_stands(zhenggai: Runner, repo: History) -> None:
    correct(zhenggai, repo, "没有做")
    (said,) = approvals(repo)
    assert said.startswith(f"县教育局 2020-07-01 初审通过的与现在的不一样：进展 {PROGRESS} 后来更正了（20200703-")
    assert [seen.what for seen in audit_history(repo.root).observations if seen.check == "审核存疑"] == [f"1-1 {said}"]
    correct(zhenggai, repo, "第1次推进有关工作")
    assert approvals(repo) == []
    assert audit_history(repo.root).observations == ()


def test_a_review_of_something_else_is_told_in_the_range_that_brings_it(repo: History) -> None:
    review = next((repo.root / "ledgers/p/县委办公室").glob("*.yaml"))
    (digest,) = (line for line in review.read_text("utf-8").splitlines() if "申请摘要" in line)
    text = review.read_text("utf-8").replace(digest, "  申请摘要: abcdefabcdefabcd")
    repo.git("reset", "-q", "--hard", "HEAD~1")
    repo.commit({review.relative_to(repo.root).as_posix(): text}, OFFICE, "07-01")
    (said,) = repo.seen_in("HEAD~1..HEAD")
    assert said.startswith("疑点 审核存疑 县委办公室/2020-07.综合科.")
    assert said.endswith("申请摘要对不上，审核时看到的不是这些记录和佐证")
    repo.commit({"plans/units.yaml": f"{BOOK}# 注\n"}, ORGANISERS, "07-02")
    assert repo.seen_in("HEAD~1..HEAD") == []


# --- evidence


def test_swapped_evidence_that_landed_may_be_put_right(repo: History) -> None:
    other = FILE.replace("办法", "另一份")
    repo.commit({other: b"y"}, BUREAU, "07-02")
    assert [line.split()[1] for line in repo.seen_in("HEAD~1..HEAD")] == ["佐证不符"]
    repo.commit({other: b"x"}, BUREAU, "07-03")
    assert repo.seen_in("HEAD~1..HEAD") == []
    assert repo.seen_in("HEAD~2..HEAD") == []
    assert [line.split()[1] for line in repo.seen()] == ["佐证不符"]
    repo.commit({FILE: b"y"}, BUREAU, "07-04")
    assert [line.split()[1] for line in repo.seen_in("HEAD~1..HEAD")] == ["佐证改动"]
