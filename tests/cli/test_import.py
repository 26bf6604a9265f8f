"""``import``: what a workbook is, and how it compares with the plan that is here."""

import json
from pathlib import Path

from small_repo import Runner, small_repo

LEDGER = """
04-10 县教育局 进展 1-1 内容=初稿 进度=40
05-10 县财政局 进展 2-1 内容=学习两次
"""
CSV = """\
序号,存在问题,整改措施,责任单位,整改时限,整改状态,最新进展
1,作风不实,修订考勤办法,县教育局,2020年6月底前,已完成,办法印发
2,学习不够,每月学习,县财政局,长期坚持,,学了两次
"""


def test_a_ledger_is_shown_before_anything_is_written(zhenggai: Runner, tmp_path: Path) -> None:
    (tmp_path / "台账.csv").write_text(CSV, "utf-8")
    ran = zhenggai("import", "台账.csv", "--dry-run", at=tmp_path)
    assert (ran.code, ran.err) == (
        1,
        "台账.csv:2: 没有写日期：2 行没有写哪一天，记作今天；台账是哪天的，用 --date 写明\n",
    )
    assert "方案，版式 自定：2 个问题、2 项措施、2 条记录\n" in ran.out
    assert sorted(path.name for path in tmp_path.iterdir()) == ["台账.csv"]


def test_json_has_problems_entries_and_doubts(zhenggai: Runner, tmp_path: Path) -> None:
    (tmp_path / "台账.csv").write_text(CSV, "utf-8")
    found = json.loads(zhenggai("import", "台账.csv", "--dry-run", "--format", "json", at=tmp_path).out)
    assert (found["kind"], found["layout"], found["plan"]) == ("方案", "自定", None)
    assert found["columns"]["存在问题"] == "问题"
    assert [(p["title"], [m["due"] for m in p["measures"]]) for p in found["problems"]] == [
        ("作风不实", ["2020-06-30"]),
        ("学习不够", [None]),
    ]
    assert [(e["measure"], e["units"], e["kind"], e["content"]) for e in found["entries"]] == [
        ("1-1", ["县教育局"], "完成", "办法印发"),
        ("2-1", ["县财政局"], "进展", "学了两次"),
    ]


def test_columns_by_hand(zhenggai: Runner, tmp_path: Path) -> None:
    (tmp_path / "台账.csv").write_text("毛病,怎么改,谁改\n会多,压减三成,县委办公室\n", "utf-8")
    refused = zhenggai("import", "台账.csv", "--dry-run", at=tmp_path)
    assert (refused.code, refused.out) == (3, "")
    assert "--map B=问题" in refused.err
    mapped = ["--map", "A=问题", "--map", "怎么改=整改措施", "--map", "c=责任单位"]
    found = json.loads(zhenggai("import", "台账.csv", "--dry-run", "--format", "json", *mapped, at=tmp_path).out)
    (problem,) = found["problems"]
    assert (problem["title"], problem["measures"][0]["units"]) == ("会多", ["县委办公室"])


def test_a_field_that_nobody_knows_is_refused(zhenggai: Runner, tmp_path: Path) -> None:
    (tmp_path / "台账.csv").write_text(CSV, "utf-8")
    ran = zhenggai("import", "台账.csv", "--map", "B=心情", at=tmp_path)
    assert (ran.code, ran.err.splitlines()[0]) == (2, "zhenggai：“心情”不是认得的字段")


def test_what_the_program_wrote_comes_back_the_same(zhenggai: Runner, tmp_path: Path) -> None:
    root = small_repo(tmp_path / "台账", LEDGER)
    for layout in ([], ["--layout", "B", "--merged"]):
        assert zhenggai("list", *layout, "--as-of", "2020-06-30", "-o", "x.xlsx", "--force", at=root).code == 0
        ran = zhenggai("import", "x.xlsx", "--dry-run", at=root)
        assert "的状态比：0 处不同\n" in ran.out
        assert (ran.code, ran.err) == (0, "")


def test_statistics_are_compared(zhenggai: Runner, tmp_path: Path) -> None:
    root = small_repo(tmp_path / "台账", LEDGER)
    (root / "统计.csv").write_text(
        "截至 2020-06-30\n单位,应整改数,已整改数,完成率\n县教育局,9,0,0.00%\n合计,9,0,0.00%\n", "utf-8"
    )
    found = json.loads(zhenggai("import", "统计.csv", "--format", "json", at=root).out)
    assert (found["kind"], found["layout"], found["entries"]) == ("统计", "E", [])
    assert [(d["head"], d["told"]) for d in found["differences"]] == [("应整改数", "9")]


def test_another_table_on_the_sheet_is_named(zhenggai: Runner, tmp_path: Path) -> None:
    (tmp_path / "台账.csv").write_text(f"{CSV},,,,,,\n单位,应整改数,已整改数\n县教育局,1,1\n", "utf-8")
    ran = zhenggai("import", "台账.csv", "--dry-run", at=tmp_path)
    assert "台账.csv:5: 没有读的表格：第 5 行起，1 行，是统计\n" in ran.err


def test_a_ledger_without_problems_is_refused(zhenggai: Runner, tmp_path: Path) -> None:
    (tmp_path / "台账.csv").write_text("毛病,整改措施,责任单位,整改时限\n甲,一,县教育局,6月底前\n", "utf-8")
    ran = zhenggai("import", "台账.csv", "--dry-run", at=tmp_path)
    assert (ran.code, ran.out) == (3, "")
    assert "没有认出哪一列是问题" in ran.err
    assert "--map C=问题" in ran.err


def test_what_there_is_much_of_is_told_once(zhenggai: Runner, tmp_path: Path) -> None:
    rows = "".join(f"{n},问题{n},措施{n},,6月底前\n" for n in range(1, 15))
    (tmp_path / "台账.csv").write_text(f"序号,存在问题,整改措施,责任单位,整改时限\n{rows}", "utf-8")
    ran = zhenggai("import", "台账.csv", "--dry-run", "--year", "2020", at=tmp_path)
    assert ran.err.splitlines()[-2:] == [
        "台账.csv:11: 没有写责任单位：措施10",
        "台账.csv: 没有写责任单位，还有 4 处：12、13、14、15",
    ]


def test_a_ledger_of_others_under_the_same_heads_is_not_compared(zhenggai: Runner, tmp_path: Path) -> None:
    root = small_repo(tmp_path / "台账", LEDGER)
    (root / "台账.csv").write_text(
        "序号,反馈问题,整改措施,责任部门,完成时限\n1,学习不深入,制定办法,教育局等,六月底前\n2,制度不落实,坚持学习,财政局,长期\n",
        "utf-8",
    )
    found = json.loads(zhenggai("import", "台账.csv", "--dry-run", "--format", "json", at=root).out)
    assert (found["kind"], found["plan"], "differences" in found) == ("进展", "p", False)
