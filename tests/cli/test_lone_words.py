"""A word of a list without an option means the one thing that it can mean; else it is said what it could be."""

from pathlib import Path

import pytest

from small_repo import PLAN, Ran, Runner, small_repo

BEGUN = "04-10 县教育局 进展 1-1 内容=初稿 进度=40\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return small_repo(tmp_path, BEGUN)


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("status 县教育局", "status --unit 县教育局"),
        ("status 教育局", "status --unit 教育局"),
        ("status 各乡镇", "status --unit 各乡镇"),
        ("status 1-1", "status --problem 1-1"),
        ("status １－１", "status --problem 1-1"),
        ("status 问题2", "status --problem 2"),
        ("status 第2阶段", "status --phase 2"),
        ("status 第三阶段", "status --phase 3"),
        ("status 3", "status --phase 3"),
        ("status 整改中", "status --state 整改中"),
        ("status 2020-06-30", "status --as-of 2020-06-30"),
        ("status 2020年6月30日 1-1 县教育局", "status --as-of 2020-06-30 --problem 1-1 --unit 县教育局"),
        ("status p", "status --plan p"),
        ("overdue 1-1", "overdue --problem 1-1"),
        ("due 30", "due --within 30"),
        ("due 30天内", "due --within 30"),
        ("due ３０天", "due --within 30"),
        ("due 3 县教育局", "due --within 3 --unit 县教育局"),
        ("rank 县直单位", "rank --unit 县直单位"),
        ("week 5", "week --no 5"),
        ("week 第五期", "week --no 5"),
        ("month 2", "month --no 2"),
        ("todo 县教育局", "todo --unit 县教育局"),
        ("phase 一", "phase 1"),
        ("phase 第二阶段", "phase 2"),
        ("show 1-1 县教育局", "show 1-1 --unit 县教育局"),
        ("list 责任清单", "list --layout 责任清单"),
        ("list A 县教育局", "list --layout A --unit 县教育局"),
        ("trend 每月", "trend --per month"),
        ("trend 月 县教育局", "trend --per month --unit 县教育局"),
        ("show 县教育局 1-1", "show 1-1 --unit 县教育局"),
        ("show 县教育局 问题1", "show 1 --unit 县教育局"),
        ("show 1-1 2", "show 1-1 --last 2"),
        ("show 1-1 2条", "show 1-1 --最近 2"),
        ("remind 县教育局", "remind --unit 县教育局"),
    ],
)
def test_a_word_stands_for_its_option(zhenggai: Runner, root: Path, short: str, long: str) -> None:
    said = zhenggai(*long.split(), at=root)
    assert said.code == 0
    assert zhenggai(*short.split(), at=root) == said


COULD = "可写：单位或一类单位（县教育局）、问题或措施（3-2）、阶段（第2阶段）、状态（整改中）、类别（立行立改）、灯（红灯）、截至日期（2020-06-30）"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("status 2", "“2”可以是 --problem 2，也可以是 --phase 2\n  下一步：写明其中一个"),
        ("status 县教育", f"看不懂“县教育”\n  最接近的有：县教育局、教育局\n  {COULD}"),
        ("status 9", f"看不懂“9”\n  {COULD}"),
        ("due 三十天左右", f"看不懂“三十天左右”\n  {COULD}、数（--within）"),
        ("rank 逾期", f"看不懂“逾期”\n  {COULD.replace('状态（整改中）、', '')}"),
        ("status 总览.csv", "“总览.csv”像是文件名\n  下一步：要写入文件，加 -o 总览.csv"),
        ("due 30 --within 5", "30 和 --within 5 只能写一个\n  下一步：去掉一个"),
        ("status 县教育局 县财政局", "--unit 县教育局 和 --unit 县财政局 只能写一个\n  下一步：去掉一个，分两次看"),
        ("status 县教育局 --unit 县财政局", "“县教育局”和 --unit 县财政局 只能写一个\n  下一步：去掉一个"),
        ("overdue 9-9", "没有措施 9-9\n  现有：1-1、1-2、2-1、2-2、2-3"),
    ],
)
def test_a_word_that_means_several_things_or_none_is_refused(
    zhenggai: Runner, root: Path, line: str, said: str
) -> None:
    assert zhenggai(*line.split(), at=root) == Ran(2, "", f"zhenggai：{said}\n")


def test_a_word_may_name_one_of_several_plans(zhenggai: Runner, root: Path) -> None:
    (root / "plans/q.yaml").write_text(PLAN.replace("编号: p", "编号: q").replace("整改方案", "另一个方案"), "utf-8")
    assert zhenggai("status", "q", "县教育局", at=root) == zhenggai(
        "status", "--plan", "q", "--unit", "县教育局", at=root
    )


def test_a_demonstration_is_shown_as_of_its_last_entry(zhenggai: Runner, root: Path) -> None:
    book = root / "plans/units.yaml"
    book.write_text(f"演示: 是\n{book.read_text('utf-8')}", "utf-8")
    said = zhenggai("status", at=root)
    assert said.err == "这是演示台账，照最近一条记录那天（2020-04-10）显示；看别的日子加 --as-of 日期\n"
    assert "截至 2020-04-10" in said.out
    given = zhenggai("status", "--as-of", "2020-06-30", at=root)
    assert given.err == ""
    assert "截至 2020-06-30" in given.out
