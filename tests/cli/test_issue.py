"""``week --issue``, ``month --issue``, ``--compare``: what went out is kept once, and only compared afterwards."""

import hashlib
import json
import re
import subprocess
from datetime import datetime
from pathlib import Path

import pytest
from filelock import FileLock

from small_repo import PLAN, Ran, Runner, ledger_files, small_repo, tree, write
from zhenggai.writing import atomic

LEDGER = """
04-10 县教育局 进展 1-1 进度=40
04-15 城关镇 进展 1-1 进度=20
04-17 县教育局 完成 1-2
"""
TEXT, RECORD = "ledgers/p/报告/周报第003期.txt", "ledgers/p/报告/周报第003期.json"
ISSUED = "已印发周报第 3 期：ledgers/p/报告/周报第003期.txt\n"
MONDAY = datetime(2020, 4, 20, 9, 0)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return small_repo(tmp_path / "repo", LEDGER)


def kept(root: Path, path: str = RECORD) -> dict[str, object]:
    found: dict[str, object] = json.loads((root / path).read_bytes())
    return found


def issue(zhenggai: Runner, root: Path, *more: str) -> Ran:
    return zhenggai("week", "--no", "3", "--issue", *more, at=root, now=MONDAY)


def test_the_text_is_kept_as_it_went_out_with_what_it_was_made_of(zhenggai: Runner, root: Path) -> None:
    shown = zhenggai("week", "--no", "3", at=root, now=MONDAY)
    assert issue(zhenggai, root) == Ran(0, shown.out, ISSUED)
    assert (root / TEXT).read_bytes() == shown.out.encode()
    record = kept(root)
    assert {name: record[name] for name in list(record)[:12]} == {
        "schema_version": 1,
        "kind": "week",
        "title": "周报",
        "number": 3,
        "start": "2020-04-13",
        "end": "2020-04-19",
        "as_of": "2020-04-19",
        "known_by": "2020-04-20",
        "issued": "2020-04-20",
        "digest": hashlib.sha256(shown.out.encode()).hexdigest(),
        "commit": None,
        "errors": 0,
    }
    assert record["report"] == json.loads(zhenggai("week", "--no", "3", "--format", "json", at=root).out)
    assert list(record)[12:] == ["report", "tasks", "document", "seal"]


def test_the_commit_it_was_made_from_is_kept(zhenggai: Runner, root: Path) -> None:
    for words in (["init", "-q"], ["add", "."], ["-c", "user.name=n", "-c", "user.email=e", "commit", "-qm", "台账"]):
        subprocess.run(["git", *words], cwd=root, check=True)
    head = subprocess.run(["git", "rev-parse", "HEAD"], cwd=root, check=True, capture_output=True, text=True)
    issue(zhenggai, root)
    assert kept(root)["commit"] == head.stdout.strip()


def test_the_month_has_its_own_numbers(zhenggai: Runner, root: Path) -> None:
    ran = zhenggai("月报", "--期", "1", "--印发", at=root)
    assert (ran.code, ran.err) == (0, "已印发月报第 1 期：ledgers/p/报告/月报第001期.txt\n")
    assert ran.out.startswith("整改方案月报（第1期）\n\n　　统计区间：2020年4月1日至2020年4月30日")
    assert zhenggai("week", "--no", "1", "--issue", at=root).code == 0


def test_a_number_is_issued_once(zhenggai: Runner, root: Path) -> None:
    issue(zhenggai, root)
    before = tree(root)
    write(root, {"ledgers/p/城关镇/2020-04.办公室.bb.yaml": ledger_files("04-18 城关镇 进展 1-1")[
        "ledgers/p/城关镇/2020-04.办公室.aa.yaml"]})  # fmt: skip
    again = zhenggai("week", "--no", "3", "--issue", at=root)
    assert again == Ran(
        2, "", "zhenggai：周报第 3 期已于 2020-04-20 印发，不再重新生成\n  下一步：用 --compare 3 看印发后的变化\n"
    )
    assert {path: data for path, data in tree(root).items() if "报告" in path} == {
        path: data for path, data in before.items() if "报告" in path
    }


AS_ISSUED = (
    "周报第 3 期已于 2020-04-20 印发，原文在 ledgers/p/报告/周报第003期.txt\n"
    "  以下是印发时的内容；印发后的变化见 --compare 3，重新计算加 --known-by 2020-07-01\n"
)
ANEW = (
    "周报第 3 期已于 2020-04-20 印发，原文在 ledgers/p/报告/周报第003期.txt\n"
    "  以下按现在的数据重新计算；印发后的变化见 --compare 3\n"
)


def record_late(root: Path) -> None:
    """An entry of the issued week, recorded after it."""
    write(root, ledger_files(LEDGER + "04-16/04-29 城关镇 完成 1-1 内容=办法印发"))


@pytest.mark.parametrize("format_name", ["table", "text", "md", "csv", "json"])
def test_an_issued_number_is_shown_as_it_went_out_in_every_format(
    zhenggai: Runner, root: Path, format_name: str
) -> None:
    words = ("week", "--no", "3", "--format", format_name)
    before = zhenggai(*words, at=root, now=MONDAY)
    issue(zhenggai, root)
    record_late(root)
    assert zhenggai(*words, at=root) == Ran(0, before.out, AS_ISSUED)
    assert zhenggai("week", "--as-of", "2020-04-19", "--format", format_name, at=root).out == before.out


def test_the_paper_of_an_issue_is_made_of_what_was_kept(zhenggai: Runner, root: Path) -> None:
    words = ("week", "--no", "3", "-o")
    assert zhenggai(*words, "前.docx", at=root, now=MONDAY).code == 0
    issue(zhenggai, root)
    record_late(root)
    assert zhenggai(*words, "后.docx", at=root) == Ran(0, "", f"{AS_ISSUED}已写入 后.docx\n")
    assert (root / "前.docx").read_bytes() == (root / "后.docx").read_bytes()


def test_an_issued_number_is_computed_anew_for_whoever_asks_more(zhenggai: Runner, root: Path) -> None:
    issue(zhenggai, root)
    record_late(root)
    for more in (["--known-by", "2020-07-01"], ["--as-of", "2020-04-17"], ["--unit", "城关镇"]):
        ran = zhenggai("week", "--no", "3", *more, at=root)
        assert (ran.code, ran.err) == (0, ANEW)
        assert "城关镇完成整改，办法印发" in ran.out


def test_an_issue_without_its_document_is_computed_anew(zhenggai: Runner, root: Path) -> None:
    """As it was issued before documents were kept."""
    issue(zhenggai, root)
    record = kept(root)
    del record["seal"], record["document"]
    seal = hashlib.sha256(json.dumps(record, sort_keys=True).encode()).hexdigest()
    write(root, {RECORD: json.dumps({**record, "seal": seal}, ensure_ascii=False)})
    assert zhenggai("week", "--no", "3", at=root) == Ran(0, (root / TEXT).read_text("utf-8"), ANEW)
    assert zhenggai("week", "--compare", "3", at=root).code == 0


def test_an_altered_text_is_said_beside_what_went_out(zhenggai: Runner, root: Path) -> None:
    text = issue(zhenggai, root).out
    write(root, {TEXT: text.replace("新完成1件", "新完成9件")})
    warned = "注意：印发的原文（周报第003期.txt）被改动过，与印发时的校验值不符。\n"
    assert zhenggai("week", "--no", "3", at=root) == Ran(1, text, AS_ISSUED + warned)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--unit", "教育局", "--issue"], "印发和对照的都是全文，不能筛选\n  下一步：去掉 --unit、--problem 等筛选"),
        (["--problem", "1", "--compare", "3"], "印发和对照的都是全文，不能筛选\n  下一步：去掉 --unit、--problem 等筛选"),
        (["--issue", "--compare", "3"], "--compare 不和 --issue、--no 一起用"),
        (["--no", "14", "--issue", "--as-of", "2020-07-03"], "2020-07-03 还没有到，不能印发\n  下一步：用 --as-of 指明数据截至哪一天"),
        (["--compare", "3"], "周报第 3 期没有印发过\n  已印发：一期也没有"),
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_refused_and_writes_nothing(
    zhenggai: Runner, root: Path, words: list[str], said: str
) -> None:
    before = tree(root)
    assert zhenggai("week", *words, at=root) == Ran(2, "", f"zhenggai：{said}\n")
    assert tree(root) == before


def test_a_missing_issue_is_refused_with_those_there_are(zhenggai: Runner, root: Path) -> None:
    for number in ("3", "12"):
        zhenggai("week", "--no", number, "--issue", at=root)
    assert (
        zhenggai("week", "--compare", "4", at=root).err == "zhenggai：周报第 4 期没有印发过\n  已印发：第3期、第12期\n"
    )


def test_a_report_may_be_issued_before_its_period_is_over(zhenggai: Runner, root: Path) -> None:
    ran = zhenggai("week", "--issue", at=root, now=datetime(2020, 4, 17, 17, 0))
    assert "统计区间：2020年4月13日至2020年4月19日（数据截至2020年4月17日）" in ran.out
    assert kept(root)["as_of"] == "2020-04-17"


def test_a_number_may_be_asked_for_as_of_a_day_within_it(zhenggai: Runner, root: Path) -> None:
    for as_of, said in (("2020-04-16", 16), ("2020-04-30", 19)):
        out = zhenggai("week", "--no", "3", "--as-of", as_of, at=root).out
        assert f"2020年4月13日至2020年4月19日（数据截至2020年4月{said}日）" in out


def test_errors_in_the_data_are_counted_and_do_not_stop_it(zhenggai: Runner, root: Path) -> None:
    write(root, {"ledgers/p/河东乡/2020-04.办公室.aa.yaml": "- 日期: 2020-04-14\n"})
    ran = issue(zhenggai, root)
    assert ran.code == 1
    assert re.fullmatch(
        r"已印发周报第 3 期：.*周报第003期\.txt，当时数据有 \d+ 处错误，已一并记下", ran.err.splitlines()[0]
    )
    assert kept(root)["errors"] == len(ran.err.splitlines()) - 2


def test_a_text_without_its_record_is_finished_by_the_next_try(zhenggai: Runner, root: Path) -> None:
    issue(zhenggai, root)
    record = (root / RECORD).read_bytes()
    (root / RECORD).unlink()
    assert issue(zhenggai, root).code == 0
    assert (root / RECORD).read_bytes() == record


def test_another_text_in_its_place_is_not_written_over(zhenggai: Runner, root: Path) -> None:
    write(root, {TEXT: "自己写的\n"})
    before = tree(root)
    assert issue(zhenggai, root) == Ran(
        2, "", f"zhenggai：{TEXT} 已在，内容与这次的不同，没有写入\n  下一步：核对后把它改名或删去，再印发\n"
    )
    assert tree(root) == before


def test_while_another_writes_nothing_is_issued(zhenggai: Runner, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(atomic, "_LOCK_SECONDS", 0.05)
    (root / ".zhenggai").mkdir()
    with FileLock(root / ".zhenggai/lock"):
        ran = issue(zhenggai, root)
    assert (ran.code, ran.err) == (4, "zhenggai：另一个 zhenggai 正在写入\n  下一步：等它结束后再试\n")
    assert not (root / TEXT).exists()


# comparing


def test_an_issue_that_nothing_has_changed_for(zhenggai: Runner, root: Path) -> None:
    issue(zhenggai, root)
    assert zhenggai("周报", "--对照", "3", at=root) == Ran(
        0,
        """\
整改方案周报（第3期）印发后的变化

　　统计区间：2020年4月13日至2020年4月19日（数据截至2020年4月19日），2020年4月20日印发
　　没有变化。
""",
        "",
    )


def test_late_records_are_named_with_what_they_change(zhenggai: Runner, root: Path) -> None:
    issue(zhenggai, root)
    write(small_repo(root, LEDGER), ledger_files(LEDGER + "04-16/04-29 城关镇 完成 1-1 内容=办法印发"))
    assert zhenggai("week", "--compare", "3", at=root) == Ran(
        0,
        """\
整改方案周报（第3期）印发后的变化

　　统计区间：2020年4月13日至2020年4月19日（数据截至2020年4月19日），2020年4月20日印发

　　数字4处
项目          印发时    现在
----------  --------  ------
整改中             2       1
已完成             1       2
完成率        20.00%  40.00%
当期新完成         1       2

　　任务1处
措施    单位    印发时    现在
------  ------  --------  ------
1-1     城关镇  整改中    已完成

　　补录1条
日期        记录日      措施    单位    事项    现在      编号
----------  ----------  ------  ------  ------  --------  --------
2020-04-16  2020-04-29  1-1     城关镇  完成    办法印发  00000004
""",
        "",
    )


def test_an_altered_text_is_said_plainly(zhenggai: Runner, root: Path) -> None:
    issue(zhenggai, root)
    text = (root / TEXT).read_text("utf-8")
    write(root, {TEXT: text.replace("新完成1件", "新完成9件")})
    ran = zhenggai("week", "--compare", "3", at=root)
    assert (ran.code, ran.err) == (1, "")
    assert "　　注意：印发的原文（周报第003期.txt）被改动过，与印发时的校验值不符。\n　　没有变化。\n" in ran.out
    (root / TEXT).unlink()
    assert "注意：印发的原文（周报第003期.txt）不见了。" in zhenggai("week", "--compare", "3", at=root).out


def test_line_ends_that_git_changed_are_no_alteration(zhenggai: Runner, root: Path) -> None:
    issue(zhenggai, root)
    write(root, {path: (root / path).read_bytes().replace(b"\n", b"\r\n") for path in (TEXT, RECORD)})
    assert zhenggai("week", "--compare", "3", at=root).code == 0


def test_a_record_that_was_altered_is_an_error_and_hides_nothing_else(zhenggai: Runner, root: Path) -> None:
    issue(zhenggai, root)
    whole = zhenggai("week", "--no", "4", at=root)
    write(root, {RECORD: (root / RECORD).read_text("utf-8").replace('"completed": 1', '"completed": 3', 1)})
    where = f"{RECORD}:1: 报告: 读不出这份已印发报告的记录（被改动过，与印发时的校验值不符） — 从备份或版本库中恢复这个文件，不要手工改动\n"
    assert zhenggai("week", "--compare", "3", at=root) == Ran(3, "", f"zhenggai：{where}")
    ran = zhenggai("week", "--no", "4", at=root)
    assert (ran.code, ran.err) == (1, f"数据有 1 处错误，以上未计入有错的部分：\n{where}")
    assert "与上周（数据截至4月19日）相比" in whole.out
    assert "与上周相比" in ran.out


def test_the_next_report_tells_what_the_last_issue_did_not_have(zhenggai: Runner, root: Path) -> None:
    zhenggai("week", "--issue", at=root, now=datetime(2020, 4, 17, 17, 0))
    more = "04-18/04-22 县教育局 完成 1-1 内容=办法印发\n04-19/04-21 河东乡 进展 1-1 内容=开会\n"
    write(root, ledger_files(LEDGER + more))
    assert "与上周（数据截至4月17日）相比，新完成1件" in (out := zhenggai("week", "--no", "4", at=root).out)
    assert "一是县教育局完成整改，办法印发（1-1）。二是河东乡开会（1-1）。" in out
    assert "第1次推进有关工作" not in out
    known = zhenggai("week", "--no", "4", "--known-by", "2020-04-16", at=root)
    assert "与上周相比" in known.out


def test_the_plans_adjustments_since_the_last_issue_are_named(zhenggai: Runner, root: Path) -> None:
    issue(zhenggai, root)
    adjusted = "调整: [{登记日: 2020-04-28, 日期: 2020-04-28, 依据: 县组发〔2020〕30号, 字段: 责任人, 原: 书记, 现: 局长}], 责任人: 书记, 阶段: [1]}\n- 编号: 2"
    write(root, {"plans/p.yaml": PLAN.replace("责任人: 书记, 阶段: [1]}\n- 编号: 2", adjusted)})
    said = "上期以来方案调整1处：4月28日依据县组发〔2020〕30号，措施1-2的责任人由“书记”调整为“局长”。"
    assert said not in zhenggai("week", "--no", "4", at=root).out
    assert said in zhenggai("week", "--no", "6", at=root).out  # nothing went out in between
    zhenggai("week", "--no", "5", "--issue", at=root)
    assert said in (root / "ledgers/p/报告/周报第005期.txt").read_text("utf-8")
    assert said not in zhenggai("week", "--no", "6", at=root).out


def test_a_changed_plan_is_named_where_it_reaches_back(zhenggai: Runner, root: Path) -> None:
    issue(zhenggai, root)
    adjusted = "调整: [{登记日: 2020-04-28, 日期: 2020-04-10, 依据: 会议纪要, 字段: 责任人, 原: 书记, 现: 局长}], 责任人: 书记, 阶段: [1]}\n- 编号: 2"
    write(root, {"plans/p.yaml": PLAN.replace("责任人: 书记, 阶段: [1]}\n- 编号: 2", adjusted)})
    out = zhenggai("week", "--compare", "3", at=root).out
    assert "方案调整1处" in out
    assert "2020-04-10  2020-04-28  1-2     责任人  书记      局长" in out
    assert "没有变化" in zhenggai("week", "--compare", "3", "--known-by", "2020-04-27", at=root).out


def test_the_comparison_is_there_in_every_format(zhenggai: Runner, root: Path) -> None:
    issue(zhenggai, root)
    write(root, ledger_files(LEDGER + "04-16/04-29 城关镇 完成 1-1 内容=办法印发"))
    record = json.loads(zhenggai("week", "--compare", "3", "--format", "json", at=root).out)
    assert {name: record[name] for name in ("kind", "number", "as_of", "issued", "altered")} == {
        "kind": "week",
        "number": 3,
        "as_of": "2020-04-19",
        "issued": "2020-04-20",
        "altered": False,
    }
    assert [d["kind"] for d in record["differences"]] == ["数字"] * 4 + ["任务", "补录"]
    lines = zhenggai("week", "--compare", "3", "--format", "csv", at=root).out.splitlines()
    assert lines[0] == "变化,事项,措施,单位,印发时,现在,日期,记录日,编号"
    assert lines[-1] == '补录,完成,"1-1\t",城关镇,,办法印发,2020-04-16,2020-04-29,"20200429-00000004\t"'
    assert zhenggai("week", "--compare", "3", "--format", "md", at=root).out.startswith("# ")


@pytest.mark.parametrize(
    ("lies", "why"),
    [
        ("another number", "是别的方案或别的一期的"),
        ("cut off", "不是完整的 JSON，或缺少应有的内容"),
        ("a list", "不是完整的 JSON，或缺少应有的内容"),
    ],
)
def test_a_record_that_is_not_this_issues_is_named_in_chinese(
    zhenggai: Runner, root: Path, lies: str, why: str
) -> None:
    issue(zhenggai, root)
    data = (root / RECORD).read_bytes()
    path = "ledgers/p/报告/周报第002期.json"
    write(root, {path: {"another number": data, "cut off": data[:100], "a list": b"[]"}[lies]})
    assert zhenggai("week", "--compare", "2", at=root) == Ran(
        3,
        "",
        f"zhenggai：{path}:1: 报告: 读不出这份已印发报告的记录（{why}） — 从备份或版本库中恢复这个文件，不要手工改动\n",
    )


@pytest.mark.parametrize("name", ["周报第3期", "周报第0003期", "周报第００３期", "周报第②期", "月报第003期"])
def test_other_names_are_no_issues(zhenggai: Runner, root: Path, name: str) -> None:
    write(root, {f"ledgers/p/报告/{name}.json": "{}"})
    assert zhenggai("week", "--compare", "3", at=root).err == "zhenggai：周报第 3 期没有印发过\n  已印发：一期也没有\n"
    assert issue(zhenggai, root).err == ISSUED
