"""``check --list`` and ``check --explain``: the checks there are, and one of them with its samples, in any folder."""

import json
from pathlib import Path

import pytest

from small_repo import Ran, Runner, small_repo, write
from zhenggai.ledger.check_explanation import ALL_CHECKS


def test_a_check_is_explained_by_what_it_finds_in_its_own_bad_sample(zhenggai: Runner, tmp_path: Path) -> None:
    assert zhenggai("check", "--explain", "编号", at=tmp_path) == Ran(
        0,
        """\
检查“编号”

　　编号重复、不合规则，或写了没有的阶段、来源。级别：错误。

　　不对的例子：
　　plans/zg.yaml:10:    - 编号: 2-1

　　检查指出：
　　plans/zg.yaml:10: 措施 2-1 列在问题 1 之下
　　下一步：编号应是 1-序号

　　对的例子：
　　plans/zg.yaml:10:    - 编号: 1-1
""",
        "",
    )


def test_what_a_good_sample_only_lacks_is_said_so(zhenggai: Runner, tmp_path: Path) -> None:
    said = zhenggai("检查", "--解释", "重复的键", at=tmp_path).out
    assert said.endswith("　　对的例子：\n　　同样的文件，没有上面多出的几行。\n")


def test_an_explanation_for_programs_has_the_lines_of_both_samples(zhenggai: Runner, tmp_path: Path) -> None:
    said = json.loads(zhenggai("check", "--explain", "任务件件有着落", "--format", "json", at=tmp_path).out)
    assert (said["check"], said["level"]) == ("任务件件有着落", "错误")
    assert [found["line"] for found in said["found"]] == [10]
    assert [(line["sample"], line["line"], line["text"]) for line in said["lines"]] == [
        ("不对的", 10, "  - 编号: 1-1"),
        ("对的", 15, "    责任单位: 县教育局"),
    ]


def test_the_list_names_every_check_with_its_level_and_what_it_finds(zhenggai: Runner, tmp_path: Path) -> None:
    ran = zhenggai("check", "--list", "--format", "json", at=tmp_path)
    assert (ran.code, ran.err) == (0, "")
    assert json.loads(ran.out)["checks"] == [
        {"check": check.name, "level": check.level, "about": check.about} for check in ALL_CHECKS
    ]
    table = zhenggai("检查", "--列出", at=tmp_path).out
    assert "编号            错误    编号重复、不合规则，或写了没有的阶段、来源\n" in table
    assert "zhenggai check --explain 名称" in table


def test_a_mistyped_name_is_answered_with_the_nearest(zhenggai: Runner, tmp_path: Path) -> None:
    assert zhenggai("check", "--explain", "佐证不对", at=tmp_path) == Ran(
        2, "", "zhenggai：没有叫“佐证不对”的检查\n  最接近的有：佐证不符、佐证\n  全部名称：zhenggai check --list\n"
    )


@pytest.mark.parametrize(
    ("text", "line"), [("编号: p\n标题 试\n年度: 2020\n", 2), ("编号: p\n问题:\n- 编号: 1\n  内容 甲\n  措施: []\n", 4)]
)
def test_a_missing_colon_is_named_on_its_own_line(zhenggai: Runner, tmp_path: Path, text: str, line: int) -> None:
    root = write(small_repo(tmp_path), {"plans/p.yaml": text})
    assert f"plans/p.yaml:{line}: YAML 语法: 这一行不是“键: 值”的形式" in zhenggai("check", at=root).out
