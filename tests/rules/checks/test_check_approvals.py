"""审核存疑: what a review passed is what the application rests on now; and ``review`` writes what it saw."""

from datetime import datetime
from hashlib import sha256
from pathlib import Path

import pytest

from small_repo import Ran, Runner, day, ledger_files, number_of, small_repo, write
from zhenggai.rules.checks import approvals

APPROVAL = approvals.CHECK.name
PAPER = f"附件/2020-06/办法.{sha256(b'x').hexdigest()[:8]}.txt"
FILE = f"ledgers/p/县教育局/{PAPER}"
APPLIED = f"""
06-01 县教育局 进展 1-1 佐证={PAPER}
06-10 县教育局 完成 1-1
06-11 县教育局 申请销号 1-1 签批领导=局长
"""
PROGRESS, DONE = number_of(1, day("06-01")), number_of(2, day("06-10"))
OFFICE = ("--by", "县委办公室", "--writer", "综合科")
BUREAU = ("--unit", "县教育局", "--writer", "办公室")
LATER = datetime(2020, 7, 3, 9, 30)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A repo with an application; the numbers of its clone are k3's."""
    return write(small_repo(tmp_path, APPLIED), {".zhenggai/clone": "k3", FILE: "x"})


@pytest.fixture
def passed(zhenggai: Runner, root: Path) -> Path:
    """The same, passed by the first reviewer."""
    assert zhenggai("review", "1-1", "通过", "--unit", "县教育局", *OFFICE, at=root).code == 0
    return root


def doubts(ran: Ran) -> list[str]:
    """What is said of approvals, without the remedies."""
    return [line.split(" — ")[0].split(f"{APPROVAL}（警告）: ")[1] for line in ran.out.splitlines() if APPROVAL in line]


def review_in(root: Path) -> str:
    return (root / "ledgers/p/县委办公室/2020-07.综合科.k3.yaml").read_text("utf-8")


def test_a_review_says_what_it_saw(zhenggai: Runner, passed: Path) -> None:
    (line,) = (line for line in review_in(passed).splitlines() if "申请摘要" in line)
    assert len(line.removeprefix("  申请摘要: ").strip('"')) == 16
    assert doubts(zhenggai("check", at=passed)) == []
    assert doubts(zhenggai("check", "--as-of", "2021-03-01", at=passed)) == []


def test_a_correction_after_the_approval_is_named(zhenggai: Runner, passed: Path) -> None:
    assert zhenggai("correct", PROGRESS[-8:], "--content", "没有做", *BUREAU, at=passed, now=LATER).code == 0
    ran = zhenggai("check", at=passed, now=LATER)
    assert ran.code == 0
    (said,) = doubts(ran)
    assert said.startswith(f"1-1 县教育局 2020-07-01 初审通过的与现在的不一样：进展 {PROGRESS} 后来更正了（20200703-")
    number = review_in(passed).split("\n", 1)[0][-8:]
    assert f"zhenggai correct {number} --void" in ran.out
    assert f"zhenggai reopen 1-1 --unit 县教育局 --basis {number}" in ran.out


def test_what_was_put_right_again_is_no_doubt(zhenggai: Runner, passed: Path) -> None:
    was = "第1次推进有关工作"
    for text in ("没有做", was):
        assert zhenggai("correct", PROGRESS[-8:], "--content", text, *BUREAU, at=passed, now=LATER).code == 0
    assert doubts(zhenggai("check", at=passed, now=LATER)) == []


def test_a_new_review_ends_the_doubt(zhenggai: Runner, passed: Path) -> None:
    zhenggai("correct", PROGRESS[-8:], "--content", "做了些", *BUREAU, at=passed, now=LATER)
    number = review_in(passed).split("\n", 1)[0][-8:]
    assert (
        zhenggai("correct", number, "--void", "--unit", "县委办公室", "--writer", "综合科", at=passed, now=LATER).code
        == 0
    )
    assert zhenggai("review", "1-1", "通过", "--unit", "县教育局", *OFFICE, at=passed, now=LATER).code == 0
    assert doubts(zhenggai("check", at=passed, now=LATER)) == []


def test_evidence_that_is_another_now_is_named(zhenggai: Runner, passed: Path) -> None:
    write(passed, {FILE: "y"})
    assert doubts(zhenggai("check", at=passed)) == [
        f"1-1 县教育局 2020-07-01 初审通过的与现在的不一样：佐证 {FILE} 内容变了"
    ]
    (passed / FILE).unlink()
    assert doubts(zhenggai("check", at=passed)) == [
        f"1-1 县教育局 2020-07-01 初审通过的与现在的不一样：佐证 {FILE} 不在了"
    ]


def test_an_entry_added_before_the_application_is_named(zhenggai: Runner, passed: Path) -> None:
    assert zhenggai("add", "1-1", "补记", "--date", "2020-06-05", *BUREAU, at=passed, now=LATER).code == 0
    (said,) = doubts(zhenggai("check", at=passed, now=LATER))
    assert "后来补录了 进展 20200703-" in said


def test_a_digest_that_never_fitted_is_said(zhenggai: Runner, root: Path) -> None:
    ledger = APPLIED.replace("局长", "局长 #教") + "06-15 县委办公室 初审 针对=教 结论=通过 申请摘要=0123456789abcdef\n"
    write(root, ledger_files(ledger))
    assert doubts(zhenggai("check", at=root)) == [
        "1-1 县教育局 2020-06-15 初审通过的与现在的不一样：申请摘要对不上，审核时看到的不是这些记录和佐证"
    ]


def test_a_review_without_a_digest_is_of_an_older_program(zhenggai: Runner, root: Path) -> None:
    write(root, ledger_files(APPLIED.replace("局长", "局长 #教") + "06-15 县委办公室 初审 针对=教 结论=通过\n"))
    assert zhenggai("correct", PROGRESS[-8:], "--content", "没有做", *BUREAU, at=root, now=LATER).code == 0
    assert doubts(zhenggai("check", at=root, now=LATER)) == []


def test_what_was_returned_may_be_mended(zhenggai: Runner, passed: Path) -> None:
    words = ("review", "1-1", "退回", "--原因", "不实", "--unit", "县教育局", "--by", "组织部", "--writer", "党建办")
    assert zhenggai(*words, at=passed, now=LATER).code == 0
    assert zhenggai("correct", PROGRESS[-8:], "--content", "重新做了", *BUREAU, at=passed, now=LATER).code == 0
    assert doubts(zhenggai("check", at=passed, now=LATER)) == []


@pytest.mark.parametrize(
    ("data", "fault"), [("y", "内容与文件名里的摘要不符（现在是 a1fce436），被换过或改过"), (None, "不存在")]
)
def test_nothing_is_passed_on_evidence_that_is_gone_or_swapped(
    zhenggai: Runner, root: Path, data: str | None, fault: str
) -> None:
    (root / FILE).unlink()
    write(root, {} if data is None else {FILE: data})
    words = ("--unit", "县教育局", *OFFICE)
    ran = zhenggai("review", "1-1", "通过", *words, at=root)
    assert (ran.code, ran.out) == (2, "")
    assert f"1-1 县教育局：佐证 {FILE} {fault}（{PROGRESS}），不能通过\n    请责任单位放回原来的文件" in ran.err
    assert not (root / "ledgers/p/县委办公室").exists()
    assert zhenggai("review", "1-1", "退回", "--原因", "佐证不全", *words, at=root).code == 0
