"""One task from the problem to its close-out, a relapse, a second round and the second close-out, written by the commands.

``show``, ``week`` and ``phase`` are held at eight dates; the ledger that the commands wrote has no error and no doubt.
"""

import secrets
from collections.abc import Callable
from datetime import datetime
from itertools import count
from pathlib import Path

import pytest

from small_repo import HEAD, Runner, small_repo, write

PLAN = (
    HEAD
    + """\
- 编号: 1
  内容: 党建责任考核不实
  措施:
  - 编号: 1-1
    内容: 制定考核办法，与绩效合并打分
    类别: 限期整改
    时限: 2020年6月底前
    牵头单位: 县委办公室
    责任单位: 县教育局
    责任人: 书记
    阶段: [1]
    步骤:
    - {编号: 1-1-1, 内容: 征求意见}
"""
)
EDUCATION, OFFICE, ORGANISATION, SUPERVISOR = "县教育局", "县委办公室", "县委组织部", "县委督查局"
TASK = "1-1 --unit 县教育局"

STORY = (
    ("04-02", EDUCATION, "claim 1-1 --person 办公室主任 --leader 分管副局长 --step 五月底前印发办法"),
    ("04-20", EDUCATION, "add 1-1 征求各学校意见四十条 -p 30 --step 1-1-1"),
    ("05-20", EDUCATION, "add 1-1 办法送审，改了两处打分口径 -p 70 --difficulty 分值与绩效重复 --next 月底上会"),
    ("06-05", EDUCATION, "done 1-1 办法印发施行 --step 1-1-2 --institution 党建责任考核办法 -e 教党〔2020〕8号"),
    ("06-08", EDUCATION, "apply 1-1 --approver 局党组书记"),
    ("06-10", OFFICE, f"review {TASK} 退回 --stage 初审 --reason 没有附测算表"),
    ("06-18", EDUCATION, "done 1-1 补上测算表，三所学校试算过 -e 教党〔2020〕11号"),
    ("06-19", EDUCATION, "apply 1-1 --approver 局党组书记"),
    ("06-20", OFFICE, f"review {TASK} 通过 --stage 初审"),
    ("06-22", ORGANISATION, f"review {TASK} 通过 --stage 复核"),
    ("06-23", ORGANISATION, f"publicise {TASK}"),
    ("06-30", ORGANISATION, f"close {TASK}"),
    ("09-28", SUPERVISOR, f"lookback {TASK} 反弹 半数学校仍各打各的分"),
    ("09-29", ORGANISATION, f"reopen {TASK} --reason 办法没有执行 --deadline 2020-11-30"),
    ("10-20", EDUCATION, "add 1-1 把打分表装进考核系统，试用一个月 -p 50"),
    ("11-09", EDUCATION, "extend 1-1 --to 2020-12-20 --reason 系统要等期末数据"),
    ("11-12", ORGANISATION, f"review {TASK} --extension 同意"),
    ("12-04", EDUCATION, "done 1-1 全部学校用同一张表打分 --step 1-1-1 --step 1-1-2 -e 教党〔2020〕30号"),
    ("12-05", EDUCATION, "apply 1-1 --approver 局党组书记"),
    ("12-08", OFFICE, f"review {TASK} 通过 --stage 初审"),
    ("12-09", ORGANISATION, f"review {TASK} 通过 --stage 复核"),
    ("12-10", ORGANISATION, f"publicise {TASK}"),
    ("12-17", ORGANISATION, f"close {TASK}"),
    ("2021-03-17", SUPERVISOR, f"lookback {TASK} 属实 抽五所学校，分数对得上"),
)
DATES = (
    "2020-04-25",  # under way
    "2020-06-12",  # returned
    "2020-06-25",  # made public
    "2020-07-05",  # closed
    "2020-09-30",  # relapsed, second round
    "2020-11-15",  # extended
    "2020-12-20",  # closed again
    "2021-03-20",  # looked back, and well
)


def day(month_day: str) -> datetime:
    return datetime.fromisoformat(f"{month_day if len(month_day) > 5 else f'2020-{month_day}'} 09:00")


@pytest.fixture
def told(tmp_path: Path, zhenggai: Runner, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The repo after the whole story."""
    numbers = count(1)
    monkeypatch.setattr(secrets, "randbits", lambda _: next(numbers))
    monkeypatch.setenv("ZHENGGAI_WRITER", "办公室")
    root = write(small_repo(tmp_path, plan=PLAN), {".zhenggai/clone": "k3"})
    for when, who, words in STORY:
        monkeypatch.setenv("ZHENGGAI_UNIT", who)
        ran = zhenggai(*words.split(), at=root, now=day(when))
        assert (ran.code, ran.err) == (0, ""), (when, words, ran)
    return root


def test_the_story_at_eight_dates(told: Path, zhenggai: Runner, golden: Callable[[str, str], None]) -> None:
    for when in DATES:
        pages = []
        for command in ("show 1-1 --unit 县教育局", "week", "phase 1"):
            ran = zhenggai(*command.split(), "--as-of", when, at=told, now=day("2021-03-20"))
            assert (ran.code, ran.err) == (0, "")
            pages.append(f"$ zhenggai {command} --as-of {when}\n{ran.out}")
        golden(f"story-{when}.txt", "\n".join(pages))


def test_the_ledger_of_the_story_is_without_fault(told: Path, zhenggai: Runner) -> None:
    ran = zhenggai("check", "--strict", at=told, now=day("2021-03-20"))
    assert ran.out == ""
    assert ran.code == 0


def test_nobody_knows_the_relapse_before_it_was_found(told: Path, zhenggai: Runner) -> None:
    before = zhenggai("show", "1-1", "--as-of", "2020-09-27", at=told).out
    assert "已销号" in before
    assert "反弹" not in before
    known = zhenggai("show", "1-1", "--as-of", "2021-03-20", "--known-by", "2020-09-27", at=told).out
    assert "反弹" not in known
