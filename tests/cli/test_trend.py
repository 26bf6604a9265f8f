"""``trend`` from the command line: whole output, days, filters, formats, and what is refused."""

import csv
import io
import json
from pathlib import Path

import pytest
from rich.cells import cell_len

from small_repo import PLAN, SHIPPED, Ran, Runner, small_repo, write

MONEY = ("amount", "rectified", "rectified_rate", "remaining")
LEDGER = """\
04-10 县教育局 认领 1-1 责任人=李敏
04-12 县教育局 进展 1-1 内容=初稿 进度=10
04-20 县教育局 完成 1-2 内容=已改
06-20 县教育局 完成 1-1 内容=印发
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write(small_repo(tmp_path, LEDGER), {"plans/p.yaml": PLAN})


MONTHS = """\
整改方案：整改走势

　　2020-03-31 至 2020-07-01，每月末一行，完成率从 0.00% 到 40.00%

截至          完成率    已完成    要完成的    已销号    逾期    红灯  走势
----------  --------  --------  ----------  --------  ------  ------  ----------
2020-03-31     0.00%         0           5         0       1       1  □□□□□□□□□□
2020-04-30    20.00%         1           5         0       0       0  ■■□□□□□□□□
2020-05-31    20.00%         1           5         0       0       1  ■■□□□□□□□□
2020-06-30    40.00%         2           5         0       0       1  ■■■■□□□□□□
2020-07-01    40.00%         2           5         0       2       3  ■■■■□□□□□□
"""


@pytest.mark.parametrize("words", [("trend", "--per", "month"), ("走势", "--每", "月"), ("trend", "--per", "每月")])
def test_a_row_a_month_since_the_issue_and_the_day_itself(zhenggai: Runner, root: Path, words: tuple[str, ...]) -> None:
    assert zhenggai(*words, at=root) == Ran(0, MONTHS, "")


def test_a_row_a_week_by_default(zhenggai: Runner, root: Path) -> None:
    ran = zhenggai("trend", "--since", "2020-06-15", "--format", "csv", at=root)
    rows = list(csv.DictReader(io.StringIO(ran.out.removeprefix("\ufeff"))))
    assert [row["截至"].strip() for row in rows] == ["2020-06-21", "2020-06-28", "2020-07-01"]
    assert list(rows[0]) == ["截至", "完成率", "已完成", "要完成的", "已销号", "逾期", "红灯"]


def test_it_begins_with_the_issue_whatever_is_asked(zhenggai: Runner, root: Path) -> None:
    assert zhenggai("trend", "--since", "1990-01-01", at=root) == zhenggai("trend", at=root)


def test_the_day_before_the_issue_is_one_row(zhenggai: Runner, root: Path) -> None:
    out = zhenggai("trend", "--as-of", "2020-02-03", at=root).out
    assert out.startswith("整改方案：整改走势\n\n　　截至 2020-02-03，完成率 0.00%\n\n截至 ")
    assert len(out.splitlines()) == 7, out


def test_a_name_that_came_later_counts_from_its_day_on(zhenggai: Runner, root: Path) -> None:
    ran = zhenggai("trend", "--person", "李敏", "--per", "month", "--format", "json", at=root)
    points = json.loads(ran.out)["points"]
    assert [(point["denominator"], point["completion_rate"]) for point in points] == [
        (0, None),
        (1, 0.0),
        (1, 0.0),
        (1, 100.0),
        (1, 100.0),
    ]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (
            ("--since", "2020-07-02"),
            "--since 2020-07-02 晚于截至的 2020-07-01\n  下一步：写早一些的日期，或加 --as-of 日期",
        ),
        (("--person", "王五"), "没有责任人“王五”\n  现有：书记、李敏"),
    ],
)
def test_what_is_no_question_is_refused(zhenggai: Runner, root: Path, words: tuple[str, ...], message: str) -> None:
    assert zhenggai("trend", *words, at=root) == Ran(2, "", f"zhenggai：{message}\n")


@pytest.mark.parametrize("known_by", [(), ("--known-by", "2020-09-30")])
def test_each_row_is_what_status_says_as_of_its_day(zhenggai: Runner, known_by: tuple[str, ...]) -> None:
    asked = ("--as-of", "2020-12-15", *known_by, "--format", "json")
    points = json.loads(zhenggai("trend", "--per", "month", *asked, at=SHIPPED).out)["points"]
    assert len(points) == 10
    for point in points[::3]:
        ran = zhenggai("status", "--as-of", point["date"], *known_by, "--format", "json", at=SHIPPED)
        figures = json.loads(ran.out)["totals"] | dict.fromkeys(MONEY)  # the shipped plan has none
        for name in set(point) - {"date", "red"}:
            assert point[name] == figures[name], (point["date"], name)


@pytest.mark.parametrize(
    ("width", "heads"),
    [
        (80, ["截至", "完成率", "已完成", "要完成的", "已销号", "逾期", "红灯", "走势"]),
        (60, ["截至", "完成率", "已完成", "要完成的", "逾期", "红灯", "走势"]),
        (40, ["截至", "完成率", "逾期", "走势"]),
    ],
)
def test_a_narrow_window_keeps_the_rate_and_its_bar(
    zhenggai: Runner, root: Path, monkeypatch: pytest.MonkeyPatch, width: int, heads: list[str]
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    lines = zhenggai("trend", "--format", "table", at=root).out.splitlines()
    assert next(line for line in lines if line.startswith("截至 ")).split() == heads
    assert all(cell_len(line) <= width for line in lines)
