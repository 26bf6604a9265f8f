"""``facts``: what is said of the folder that is written, and what is refused."""

import json
import shlex
from datetime import datetime
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from small_repo import PLAN, UNITS, Ran, Runner, small_repo, tree
from zhenggai.cli.answers import answer_schema
from zhenggai.facts.manifest import NAME, read_manifest

LEDGER = "04-10 县教育局 进展 1-1 内容=初稿 进度=40\n"


@pytest.fixture
def root(tmp_path: Path, home: Path) -> Path:
    return small_repo(tmp_path / "台账", LEDGER)


def test_what_was_written_is_said(root: Path, zhenggai: Runner) -> None:
    ran = zhenggai("报数", "-o", "../报数", "--县", "清河县", at=root)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines()[:3] == ["报数", "", "　　清河县，2020-03-01 至 2020-07-01，写在 ../报数"]
    assert ran.out.splitlines()[4].split() == ["方案", "任务", "行数", "字节"]
    assert ran.out.splitlines()[6].split()[:2] == ["p", "7"]


def test_its_json_is_the_manifest(root: Path, zhenggai: Runner) -> None:
    ran = zhenggai("facts", "-o", "facts", "--through", "2020-06-30", "--format", "json", at=root)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == (root / "facts" / NAME).read_text("utf-8")
    made = read_manifest(root / "facts" / NAME)
    assert (str(made.through), made.county, made.commit) == ("2020-06-30", None, None)
    Draft202012Validator(answer_schema("facts")).validate(json.loads(ran.out))
    ran = zhenggai("facts", "-o", "facts", "--through", "2020-06-30", "--format", "csv", at=root)
    assert ran.out.splitlines()[0].endswith("方案,任务,行数,字节")


def test_the_last_day_of_a_demonstration_is_that_of_its_last_entry(root: Path, zhenggai: Runner) -> None:
    (root / "plans/units.yaml").write_text(f"演示: 是\n{UNITS}", "utf-8")
    zhenggai("facts", "-o", "报数", at=root, now=datetime(2026, 1, 1, 9))
    made = read_manifest(root / "报数" / NAME)
    assert (str(made.through), made.demo) == ("2020-04-10", True)


def test_what_cannot_be_read_is_named_and_the_rest_is_written(root: Path, zhenggai: Runner) -> None:
    (root / "ledgers/p/县教育局/2020-05.办公室.aa.yaml").write_text("- 编号：20200510-00000001\n", "utf-8")
    ran = zhenggai("facts", "-o", "报数", at=root)
    assert ran.code == 1
    assert ran.err.startswith("数据有 1 处错误，以上未计入有错的部分：\nledgers/p/县教育局/2020-05.办公室.aa.yaml:1:")
    (root / "plans/q.yaml").write_text(PLAN.replace("编号: p\n", "编号: q\n", 1), "utf-8")
    (root / "plans/r.yaml").write_text("编号: [", "utf-8")
    ran = zhenggai("facts", "-o", "报数", at=root)
    assert ran.code == 1
    assert ran.err.startswith("方案 plans/r.yaml 无法读取：\n")
    assert ran.err.count("2020-05.办公室.aa.yaml:1:") == 1
    assert list(read_manifest(root / "报数" / NAME).plans) == ["p", "q"]
    before = tree(root / "报数")
    for path in ("p", "q"):
        (root / f"plans/{path}.yaml").unlink()
    ran = zhenggai("facts", "-o", "报数", at=root)
    assert (ran.code, ran.out) == (3, "")
    assert tree(root / "报数") == before


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ("-o plans/报数", 2, "plans/ 和 ledgers/ 里是数据，报告不写到那里，没有写入"),
        ("-o ledgers", 2, "plans/ 和 ledgers/ 里是数据，报告不写到那里，没有写入"),
        ("-o .zhenggai/报数", 2, ".zhenggai/报数/manifest.json：那里是 git 和本程序自己的文件"),
        ("-o .", 2, ". 里有别的东西（ledgers），没有写入"),
        ("-o 没有/报数", 2, "没有文件夹 没有，没有写入"),
        ("-o 报数 --through 2020-07-02", 2, "--through 2020-07-02 还没有到，今天是 2020-07-01"),
        ("-o 报数 --through 2020-02-01", 3, "方案从 2020-03-01 起才有数，2020-02-01 还没有"),
        ("-o 报数 --county 清河/县", 2, "县的名称“清河/县”含有不能用于文件名的字符“/”，没有写入\n  下一步：--county 清河县，或不写"),
        ("-o 报数 --county ''", 2, "县的名称“”是空的，或首尾是空格、点，没有写入\n  下一步：--county 清河县，或不写"),
        ("-o 报数 --format xlsx", 2, "xlsx 格式不能显示，没有写入\n  下一步：去掉 --format，或写 --format json\n"),
        ("-o 报数.xlsx", 2, "报数.xlsx 是文件的名字，报数写成文件夹，没有写入\n  下一步：zhenggai facts -o 报数\n"),
        ("../报数", 2, "多出了“../报数”\n  下一步：zhenggai facts -o ../报数\n"),
        ("", 2, "没有写明写在哪个文件夹\n  下一步：zhenggai facts -o ../报数\n"),
    ],
)  # fmt: skip
def test_what_is_refused(root: Path, zhenggai: Runner, words: str, code: int, said: str) -> None:
    before = tree(root)
    ran = zhenggai("facts", *shlex.split(words), at=root)
    assert (ran.code, ran.out, tree(root)) == (code, "", before)
    assert ran.err.startswith(f"zhenggai：{said}"), ran.err


def test_a_folder_of_something_else_is_written_with_force(root: Path, zhenggai: Runner) -> None:
    assert zhenggai("facts", "-o", ".", "--force", at=root) == Ran(0, zhenggai("facts", "-o", ".", at=root).out, "")
    assert read_manifest(root / NAME).plans.keys() == {"p"}


def test_without_duckdb(root: Path, zhenggai: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zhenggai.facts.database.find_spec", lambda _: None)
    ran = zhenggai("facts", "-o", "报数", at=root)
    assert (ran.code, ran.out) == (5, "")
    assert ran.err.startswith("zhenggai：报数要用 duckdb，这台电脑没有装\n  下一步：")
    assert not (root / "报数").exists()
