"""``audit`` over whole histories: everything that is found, and everything that looks like it and is not."""

import csv
import io
import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from small_history import BOOK, BUREAU, MAY, OFFICE, ORGANISERS, STRANGER, SUPERVISORS, History, history
from small_repo import PLAN, Runner, ledger_files
from zhenggai.audit.audit_run import audit_history
from zhenggai.sharing.audit_cache import AUDITED

TWO = """\
05-10 县教育局 进展 1-1 内容=初稿 进度=40
05-11 县教育局 进展 1-1 内容=征求意见 进度=60
"""
THIRD = "05-12 县教育局 进展 1-1 内容=定稿 进度=80\n"
SECOND = ledger_files(TWO)[MAY][ledger_files(TWO)[MAY].index("- 编号: 20200511") :]
FIRST = ledger_files(TWO)[MAY].removesuffix(SECOND)
EVIDENCE = "ledgers/p/县教育局/附件/2020-05/办法.13b90b13.txt"  # of “办法” and a line feed


@pytest.fixture(autouse=True)
def _clean(home: Path) -> None:
    """No settings of the machine."""


@pytest.fixture
def repo(tmp_path: Path) -> History:
    return history(tmp_path / "台账", TWO)


def test_appending_is_silent(repo: History) -> None:
    repo.ledger(TWO + THIRD)
    repo.ledger(TWO + THIRD + "05-13 县教育局 更正 针对=20200510-00000001 进度=50\n", on="05-13")
    assert repo.seen() == []


# --- landed entries


def test_an_altered_entry_is_found(repo: History, zhenggai: Runner) -> None:
    commit = repo.ledger(TWO.replace("进度=40", "进度=90"), on="05-20")
    ran = zhenggai("audit", at=repo.root)
    assert ran.out == (
        f"{MAY}: 记录改动: 20200510-00000001 “进度”由“40”改成“90”"
        f"（2020-05-20 某人 <jyj@x>，提交 {commit[:10]}）— 恢复原文；有误的另记更正：zhenggai correct 00000001 …\n"
    )
    assert (ran.code, ran.err) == (1, "核对了 3 次提交：错误 1 处，疑点 0 处\n")


def test_a_deleted_entry_is_found(repo: History) -> None:
    repo.commit({MAY: FIRST})
    assert repo.seen() == [
        "错误 记录删除 县教育局/2020-05.办公室.aa.yaml 20200511-00000002 已有的记录被删除（进展 1-1 征求意见）"
    ]


def test_a_deleted_file_is_found_by_its_entries(repo: History) -> None:
    repo.commit({MAY: None})
    assert [line.split()[3] for line in repo.seen()] == ["20200510-00000001", "20200511-00000002"]


def test_an_entry_that_takes_another_number_is_gone(repo: History) -> None:
    repo.commit({MAY: FIRST + SECOND.replace("00000002", "00000009")})
    assert [line.split()[:2] for line in repo.seen()] == [["错误", "记录删除"]]


@pytest.mark.parametrize(
    "text",
    [
        "# 说明\n" + FIRST + "\n" + SECOND,
        (FIRST + SECOND).replace("\n", "\r\n"),
        SECOND + FIRST,
        (FIRST + SECOND).replace("日期: 2020-05-10", "日期: 2020.5.10").replace("进度: 40", '进度: "40%"'),
        (FIRST + SECOND).replace("措施: 1-1\n", "措施: 1②\n").replace("1②", "1①"),
        (FIRST + SECOND).encode("gb18030"),
        b"\xef\xbb\xbf" + (FIRST + SECOND).encode(),
    ],
    ids=["comments", "line ends", "order", "habits", "measure", "GBK", "mark"],
)
def test_another_way_of_writing_is_no_alteration(repo: History, text: str | bytes) -> None:
    repo.commit({MAY: text})
    assert repo.seen() == []
    repo.commit({MAY: FIRST + SECOND})
    assert repo.seen() == []


def test_entries_may_move_within_a_units_folder(repo: History) -> None:
    repo.commit({MAY: FIRST, MAY.replace(".aa.", ".bb."): SECOND})
    assert repo.seen() == []
    repo.commit({MAY: None, MAY.replace("县教育局", "县教委"): FIRST})  # its former name
    assert repo.seen() == []


def test_entries_may_not_move_to_another_units_folder(repo: History) -> None:
    repo.commit({MAY: FIRST, MAY.replace("县教育局", "县财政局"): SECOND}, by="czj@x")
    assert repo.seen() == [
        "错误 记录移动 县财政局/2020-05.办公室.aa.yaml 20200511-00000002 从 p/县教育局 移到了 p/县财政局"
    ]


def test_an_entry_moved_and_altered_is_altered(repo: History) -> None:
    repo.commit({MAY: FIRST, MAY.replace(".aa.", ".bb."): SECOND.replace("60", "61")})
    assert repo.seen() == ["错误 记录改动 县教育局/2020-05.办公室.bb.yaml 20200511-00000002 “进度”由“60”改成“61”"]


def test_a_number_taken_once_more_is_found(repo: History) -> None:
    """In a file that comes first it would be counted in the place of the one that landed."""
    repo.commit({MAY.replace("2020-05", "2020-04"): FIRST.replace("40", "100")})
    assert repo.seen() == [
        f"错误 编号重复 县教育局/2020-04.办公室.aa.yaml 20200510-00000001 与 {MAY} 里已有的记录同一编号，内容或单位不同"
    ]


def test_a_number_repeated_above_its_entry_is_an_alteration(repo: History) -> None:
    repo.commit({MAY: FIRST.replace("40", "100") + FIRST + SECOND})
    assert repo.seen() == ["错误 记录改动 县教育局/2020-05.办公室.aa.yaml 20200510-00000001 “进度”由“40”改成“100”"]


def test_a_ledger_that_becomes_a_link_has_lost_its_entries(repo: History) -> None:
    (repo.root / MAY).unlink()
    (repo.root / MAY).symlink_to("elsewhere")
    repo.commit({})
    assert [line.split()[1] for line in repo.seen()] == ["文件类型", "记录删除", "记录删除"]


# --- what cannot be read


def test_an_unreadable_version_is_an_error_while_it_is_the_last_and_hides_nothing(repo: History) -> None:
    broken = FIRST + SECOND.replace("  进度: 60\n", "  进度：60\n")
    repo.commit({MAY: broken})
    doubt = "疑点 读不出 县教育局/2020-05.办公室.aa.yaml 这一版读不出，或有读不出的条目"
    error = doubt.replace("疑点", "错误") + "，其中已有的记录 20200511-00000002"
    assert repo.seen() == [error]
    repo.commit({MAY: broken + ledger_files(TWO + THIRD)[MAY].removeprefix(FIRST + SECOND)})
    assert repo.seen() == [error]
    repo.commit({MAY: FIRST + SECOND.replace("60", "95")}, on="05-14")
    assert repo.seen()[0] == doubt
    assert repo.seen()[1:] == [
        "错误 记录改动 县教育局/2020-05.办公室.aa.yaml 20200511-00000002 “进度”由“60”改成“95”",
        "错误 记录删除 县教育局/2020-05.办公室.aa.yaml 20200512-00000003 已有的记录被删除（进展 1-1 定稿）",
    ]


def test_an_unreadable_version_put_right_is_only_doubted(repo: History) -> None:
    repo.commit({MAY: b"\xff\xfe\xff\x00\x81junk"})
    repo.commit({MAY: FIRST + SECOND})
    assert [line.split()[:2] for line in repo.seen()] == [["疑点", "读不出"]]


def test_a_version_beyond_the_readers_bounds_has_lost_its_entries(repo: History) -> None:
    repo.commit({MAY: (FIRST + SECOND).encode() + b"#" * 17 * 1024 * 1024})
    assert repo.seen() == [
        "错误 文件大小 县教育局/2020-05.办公室.aa.yaml 文件有 17.0 MB，最多 16 MB",
        "错误 读不出 县教育局/2020-05.办公室.aa.yaml 这一版读不出，或有读不出的条目，其中已有的记录 20200510-00000001、20200511-00000002",
    ]


def test_what_was_altered_or_deleted_and_put_back_is_doubted(repo: History) -> None:
    repo.commit({EVIDENCE: "办法\n"})
    repo.commit({MAY: FIRST.replace("40", "90"), EVIDENCE: "别的\n"}, on="05-13")
    assert [line.split()[:2] for line in repo.seen()] == [
        ["错误", "记录改动"],
        ["错误", "记录删除"],
        ["错误", "佐证改动"],
    ]
    assert audit_history(repo.root).errors == 3
    repo.commit({MAY: FIRST + SECOND, EVIDENCE: "办法\n"}, on="05-14")
    assert {line.split()[0] for line in repo.seen()} == {"疑点"}
    assert all(line.endswith("；后来恢复了原样") for line in repo.seen())
    assert audit_history(repo.root).errors == 0  # what the first audit kept counts
    repo.commit({MAY: FIRST.replace("40", "91") + SECOND}, on="05-15")
    assert [line.split()[1] for line in repo.seen() if line.startswith("错误")] == ["记录改动"] * 3


# --- files


def test_files_that_the_layout_does_not_have_are_found(repo: History) -> None:
    (repo.root / "ledgers/p/县财政局").symlink_to("县教育局")
    office = "ledgers/p/县教育局"
    repo.commit({f"{office}/说明.txt": "x", f"{office}/附件/办法.txt": "x", f"{office}/CON.yaml": "", "别处.txt": "x"})
    repo.commit({f"{office}/con.YAML.yaml": "", MAY.replace(".aa.", ".AA."): ""}, on="05-13")
    assert [line.split()[1:3] for line in repo.seen()] == [
        ["文件名", "县教育局/CON.yaml"],
        ["文件位置", "县教育局/说明.txt"],
        ["文件位置", "县教育局/附件/办法.txt"],
        ["文件类型", "县财政局"],
        ["文件名", "县教育局/2020-05.办公室.AA.yaml"],
        ["文件名", "县教育局/con.YAML.yaml"],
    ]


def test_evidence_and_issued_reports_stay_as_they_are(repo: History) -> None:
    report = "ledgers/p/报告/周报第001期.txt"
    repo.commit({EVIDENCE: "办法\n"})
    repo.commit({report: "周报\n"}, ORGANISERS)
    repo.commit({EVIDENCE: "办法\r\n"})
    assert repo.seen() == []
    repo.commit({EVIDENCE: "办法\n第二条\n", report: None}, by="czj@x", on="05-14")
    assert repo.seen() == [
        f"错误 佐证改动 {EVIDENCE.removeprefix('ledgers/p/')} 佐证被改动",
        "错误 报告删除 报告/周报第001期.txt 已印发的报告被删除",
    ]


def test_evidence_may_move_with_its_units_folder(repo: History) -> None:
    repo.commit({EVIDENCE: "办法\n"})
    repo.commit({EVIDENCE: None, EVIDENCE.replace("县教育局", "县教委"): "办法\n"})
    assert repo.seen() == []


# --- hands


def test_only_a_units_identities_write_in_its_folder(repo: History) -> None:
    repo.ledger(TWO + THIRD, by=STRANGER)
    repo.commit({EVIDENCE: "办法\n"}, by="czj@x")
    assert sorted(repo.seen()) == [
        "错误 越权记录 县教育局/2020-05.办公室.aa.yaml 20200512-00000003 stranger@x 不是县教育局的身份，却在它的文件夹里写了这一条",
        "错误 越权记录 县教育局/附件/2020-05/办法.13b90b13.txt czj@x 不是县教育局的身份，却在它的文件夹里写了佐证",
    ]


def test_nobody_allows_himself(repo: History) -> None:
    book = BOOK.replace("JYJ@x", "JYJ@x, stranger@x")
    repo.commit({"plans/units.yaml": book} | ledger_files(TWO + THIRD), by=STRANGER)
    assert [line.split()[:2] for line in repo.seen()] == [["错误", "越权记录"], ["错误", "越权改动"]]
    assert repo.seen()[1].endswith("stranger@x 不在管理之列，却改了单位册：县教育局的身份增加 stranger@x")
    repo.ledger(TWO + THIRD + "05-13 县教育局 进展 1-1 内容=印发\n", by=STRANGER, on="05-13")
    assert len(repo.seen()) == 2


def test_a_unit_without_identities_is_noted(repo: History, zhenggai: Runner) -> None:
    repo.ledger(TWO + "05-12 城关镇 进展 1-1 内容=办\n", by=STRANGER)
    ran = zhenggai("审计", at=repo.root)
    note = "单位册没有写“身份”，未核对是谁写的：城关镇 1 条（下一步：在 plans/units.yaml 补上“身份”）\n"
    assert (ran.code, ran.out, ran.err) == (0, "", note)


def test_identities_that_change_are_doubted(repo: History) -> None:
    repo.commit({"plans/units.yaml": BOOK.replace("[czj@x, both@x]", "[new@x]")}, by=ORGANISERS)
    repo.commit({"plans/units.yaml": BOOK.replace("JYJ@x", "jyj@X").replace("[czj@x, both@x]", "[new@x]")}, ORGANISERS)
    assert repo.seen() == ["疑点 身份变更 plans/units.yaml 县财政局的身份增加 new@x，去掉 czj@x、both@x"]


# --- reviews and days

APPLIED = "05-10 县教育局 完成 1-1\n05-11 县教育局 申请销号 1-1 签批领导=局长 #申请\n"


@pytest.mark.parametrize(
    ("line", "by", "found"),
    [
        ("05-12 县委办公室 初审 针对=申请 结论=通过", OFFICE, []),
        ("05-12 县教育局 初审 针对=申请 结论=通过", BUREAU, ["错误 自己审自己 县教育局审核的是自己的任务"]),
        (
            "05-12 县委办公室 复核 针对=申请 结论=通过",
            BUREAU,
            [
                "错误 自己审自己 jyj@x 是被审核单位县教育局的身份",
                "错误 越权记录 jyj@x 不是县委办公室的身份，却在它的文件夹里写了这一条",
            ],
        ),
        (
            "05-12 县财政局 复核 针对=申请 结论=通过",
            "both@x",
            ["疑点 自己审自己 both@x 是被审核单位县教育局的身份，同时是县财政局的身份"],
        ),
        ("05-12 县委办公室 初审 针对=20200511-99999999 结论=通过", OFFICE, []),
    ],
)
def test_nobody_reviews_itself(tmp_path: Path, line: str, by: str, found: list[str]) -> None:
    repo = history(tmp_path / "r", APPLIED)
    repo.ledger(f"{APPLIED}{line}\n", by=by)
    told = [(w := seen.split())[:2] + w[4:] for seen in repo.seen()]
    assert [" ".join(words) for words in told] == found


def test_a_second_review_may_name_the_first(tmp_path: Path) -> None:
    repo = history(tmp_path / "r", APPLIED)
    first = APPLIED + "05-12 县委办公室 初审 针对=申请 结论=通过 #初\n"
    repo.ledger(first, by=OFFICE)
    repo.ledger(first + "05-12 县教育局 复核 针对=初 结论=通过\n")
    assert [line.split()[1] for line in repo.seen()] == ["自己审自己"]


def test_a_recording_day_far_from_the_commits_is_doubted(repo: History, zhenggai: Runner) -> None:
    repo.ledger(TWO + "05-12 县教育局 进展 1-1 内容=定稿\n", on="05-20")
    assert repo.seen() == [
        "疑点 记录日期 县教育局/2020-05.办公室.aa.yaml 20200512-00000003 编号写的记录日与提交日相差 8 天"
    ]
    assert zhenggai("audit", at=repo.root).code == 0
    assert zhenggai("audit", "--天数", "8", at=repo.root).out == ""


# --- an old ledger

OPENED = PLAN.replace("问题:\n", "期初: 2020-05-01\n问题:\n", 1)
IMPORTED = """\
04-10/05-12 县委组织部 进展 1-1 单位=县教育局 代录=是 进度=40 录自=台账.xlsx:台账!H2
04-20/05-12 县委组织部 完成 1-1 单位=城关镇 代录=是 录自=台账.xlsx:台账!H3
"""


def test_an_old_ledger_is_recorded_for_its_units_by_who_reviews(repo: History) -> None:
    repo.commit({"plans/p.yaml": OPENED, **ledger_files(IMPORTED)}, by=ORGANISERS)
    assert repo.seen() == []


def test_the_end_of_an_old_ledger_that_moves_is_doubted(repo: History) -> None:
    repo.commit({"plans/p.yaml": OPENED}, by=ORGANISERS)
    repo.commit({"plans/p.yaml": OPENED.replace("05-01", "06-01")}, by=ORGANISERS, on="05-13")
    what = "“期初”由 2020-05-01 改成 2020-06-01，哪些导入的记录不算补录、超期跟着变了"
    assert repo.seen() == [f"疑点 方案改动 plans/p.yaml {what}"]


def test_an_old_ledger_in_the_folders_of_its_units_is_by_the_wrong_hand(repo: History) -> None:
    repo.ledger(TWO + "04-10/05-12 县教育局 进展 1-1 录自=台账.xlsx:台账!H2\n", by=ORGANISERS)
    assert [line.split()[:2] for line in repo.seen()] == [["错误", "越权记录"]]


# --- plans


def test_an_issued_plan_is_not_rewritten(repo: History) -> None:
    edited = PLAN.replace("时限: 2020年6月底前", "时限: 2020年9月底前").replace("坚持学习", "抓紧学习")
    repo.commit({"plans/p.yaml": edited + "# 注\n"}, by=ORGANISERS)
    assert repo.seen() == [
        "错误 方案改动 plans/p.yaml 1-1 “时限”由“2020年6月底前”改成“2020年9月底前”",
        "错误 方案改动 plans/p.yaml 2-1 “内容”由“坚持学习”改成“抓紧学习”",
    ]
    repo.commit({"plans/p.yaml": None}, by=ORGANISERS, on="05-13")
    assert repo.seen()[2:] == ["错误 方案改动 plans/p.yaml 已印发的方案被删除"]


def test_a_plan_that_is_not_issued_yet_may_be_rewritten(tmp_path: Path) -> None:
    repo = history(tmp_path / "r", plan=PLAN.replace("2020-03-01", "2020-06-01"))
    repo.commit({"plans/p.yaml": PLAN.replace("2020-03-01", "2020-06-01").replace("坚持学习", "抓紧学习")}, ORGANISERS)
    assert repo.seen() == []


def test_an_unreadable_plan_hides_no_edit(repo: History) -> None:
    repo.commit({"plans/p.yaml": PLAN.replace("标题: 整改方案", "标题：整改方案")}, by=ORGANISERS)
    repo.commit({"plans/p.yaml": PLAN.replace("坚持学习", "抓紧学习")}, by=ORGANISERS, on="05-13")
    assert repo.seen() == [
        "疑点 读不出 plans/p.yaml 这一版有读不出的地方",
        "错误 方案改动 plans/p.yaml 2-1 “内容”由“坚持学习”改成“抓紧学习”",
    ]


# --- merges


def test_a_merge_that_brings_together_is_silent(repo: History) -> None:
    repo.branch("side")
    repo.ledger(TWO + "05-12 县财政局 进展 2-1 内容=学\n", by="czj@x")
    repo.git("checkout", "-q", "main")
    repo.ledger(TWO + THIRD)
    repo.merge("side", by=STRANGER)
    assert repo.seen() == []


def test_an_entry_lost_in_a_merge_is_found(repo: History) -> None:
    repo.branch("side")
    repo.commit({MAY.replace(".aa.", ".bb."): ledger_files(TWO + THIRD)[MAY].removeprefix(FIRST + SECOND)})
    repo.git("checkout", "-q", "main")
    repo.commit({"README": "x"})
    repo.merge("side", {MAY.replace(".aa.", ".bb."): None})
    assert repo.seen() == [
        "错误 记录删除 县教育局/2020-05.办公室.bb.yaml 20200512-00000003 已有的记录在合并时丢失（进展 1-1 定稿）"
    ]


def test_an_entry_lost_from_both_sides_is_found_once(repo: History) -> None:
    repo.branch("side")
    repo.commit({"side": "x"})
    repo.git("checkout", "-q", "main")
    repo.commit({"main": "x"})
    repo.merge("side", {MAY: FIRST})
    assert [line.split()[1:4:2] for line in repo.seen()] == [["记录删除", "20200511-00000002"]]


def test_what_one_side_did_is_not_the_merges_doing(repo: History) -> None:
    """The deletion on the branch and the alteration on main are each found where they were made, and only there."""
    repo.branch("side")
    repo.commit({MAY: FIRST, EVIDENCE: "办法\n"})
    repo.git("checkout", "-q", "main")
    repo.commit({MAY: FIRST.replace("40", "41") + SECOND}, on="05-13")
    repo.merge("side", {MAY: FIRST.replace("40", "41")}, on="05-14")
    assert [line.split()[1] for line in repo.seen()] == ["记录删除", "记录改动"]


def test_an_alteration_made_in_a_merge_is_found(repo: History) -> None:
    repo.branch("side")
    repo.commit({"side": "x"})
    repo.git("checkout", "-q", "main")
    repo.commit({"main": "x"})
    repo.merge("side", {MAY: FIRST.replace("40", "41") + SECOND, EVIDENCE: "办法\n"}, by=STRANGER)
    assert [line.split()[1] for line in repo.seen()] == ["记录改动", "越权记录"]


def test_fields_of_one_entry_merged_from_both_sides_are_not_the_merges_doing(repo: History) -> None:
    repo.branch("side")
    repo.commit({MAY: FIRST.replace("40", "45") + SECOND})
    repo.git("checkout", "-q", "main")
    repo.commit({MAY: FIRST.replace("初稿", "二稿") + SECOND}, on="05-13")
    repo.merge("side", {MAY: FIRST.replace("初稿", "二稿").replace("40", "45") + SECOND}, on="05-14")
    assert [line.split()[1] for line in repo.seen()] == ["记录改动", "记录改动"]


def test_a_plan_edited_on_one_side_is_found_once(repo: History) -> None:
    repo.branch("side")
    repo.commit({"plans/p.yaml": PLAN.replace("坚持学习", "抓紧学习")}, ORGANISERS)
    repo.git("checkout", "-q", "main")
    repo.commit({"plans/p.yaml": PLAN + "# 注\n"}, ORGANISERS, "05-13")
    repo.merge("side", {"plans/p.yaml": PLAN.replace("坚持学习", "抓紧学习") + "# 注\n"}, on="05-14")
    assert [line.split()[1] for line in repo.seen()] == ["方案改动"]


# --- the answer's forms, and what is kept for the next audit


def test_formats(repo: History, zhenggai: Runner, tmp_path: Path) -> None:
    commit = repo.ledger(TWO.replace("进度=40", "进度=90"), on="05-20")
    found = json.loads(zhenggai("audit", "--format", "json", at=repo.root).out)
    assert found["counts"] == {"error": 1, "doubt": 0}
    assert found["observations"] == [
        {
            "day": "2020-05-20",
            "level": "错误",
            "check": "记录改动",
            "path": MAY,
            "number": "20200510-00000001",
            "what": "“进度”由“40”改成“90”",
            "remedy": "恢复原文；有误的另记更正：zhenggai correct 00000001 …",
            "author": "某人",
            "email": "jyj@x",
            "commit": commit,
        }
    ]
    rows = list(csv.DictReader(io.StringIO(zhenggai("audit", "--format", "csv", at=repo.root).out)))
    assert rows[0]["提交人"] == "某人"
    assert "| 记录改动 |" in zhenggai("audit", "--format", "md", at=repo.root).out
    written = tmp_path / "核对.md"
    assert zhenggai("audit", "-o", str(written), at=repo.root).code == 1
    assert "记录改动" in written.read_text("utf-8")
    assert zhenggai("audit", "--自", "2020-05-21", at=repo.root).code == 0


def test_what_was_audited_is_not_read_again(repo: History, zhenggai: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    repo.ledger(TWO.replace("进度=40", "进度=90"), on="05-20")
    first = zhenggai("audit", at=repo.root)
    monkeypatch.setattr("zhenggai.audit.audit_run.walk", None)  # nothing is left to read
    assert zhenggai("audit", at=repo.root) == first
    monkeypatch.undo()
    for damaged in (
        b"{",
        b"[]",
        b'{"format": 1}',
        (repo.root / AUDITED).read_bytes().replace(b'"day": "2020', b'"day": "x'),
    ):
        (repo.root / AUDITED).write_bytes(damaged)
        assert audit_history(repo.root).errors == 1
    kept = (repo.root / AUDITED).read_bytes()
    (repo.root / AUDITED).write_bytes(kept.replace("记录改动".encode("unicode_escape"), b"x"))
    assert audit_history(repo.root).observations[0].check == "x"
    assert audit_history(repo.root, anew=True).observations[0].check == "记录改动"


def test_a_history_that_was_rewritten_is_read_anew(repo: History) -> None:
    repo.ledger(TWO.replace("进度=40", "进度=90"), on="05-20")
    assert audit_history(repo.root).errors == 1
    repo.git("reset", "-q", "--hard", "HEAD^")
    assert audit_history(repo.root).errors == 0


STEPS = ("append", "alter", "delete", "break", "mend", "stranger", "plan", "merge", "review")


def _take(repo: History, step: str, nth: int) -> None:
    """One step of a random history."""
    text = (repo.root / MAY).read_text("utf-8")
    on = f"06-{nth + 1:02}"
    number = f"202006{nth + 1:02}-{nth + 50:08}"
    entry = f"- 编号: {number}\n  日期: 2020-06-01\n  措施: 1-1\n  事项: 进展\n  内容: 第{nth}次\n  填报人: 办公室\n"
    match step:
        case "append":
            repo.commit({MAY: text + entry}, on=on)
        case "alter":
            repo.commit({MAY: text.replace("内容: ", "内容: 又", 1)}, on=on)
        case "delete":
            repo.commit({MAY: text[: text.rindex("- 编号")] or FIRST}, on=on)
        case "break":
            repo.commit({MAY: text.replace("  事项: 进展", "  事项：进展", 1)}, on=on)
        case "mend":
            repo.commit({MAY: text.replace("  事项：进展", "  事项: 进展")}, on=on)
        case "stranger":
            repo.commit({MAY: text + entry}, by=STRANGER, on=on)
        case "plan":
            plan = (repo.root / "plans/p.yaml").read_text("utf-8")
            repo.commit({"plans/p.yaml": plan.replace("学习", "学习了", 1)}, by=ORGANISERS, on=on)
        case "merge":
            repo.branch(f"side{nth}", "HEAD~1")
            repo.commit({MAY.replace(".aa.", f".{nth + 10}."): entry}, by=SUPERVISORS, on=on)
            repo.git("checkout", "-q", "main")
            repo.merge(f"side{nth}", on=on)
        case "review":
            review = (
                entry.replace("进展", "初审")
                .replace("  措施: 1-1\n", "")
                .replace("内容", "针对")
                .replace(f"第{nth}次", "20200510-00000001")
            )
            repo.commit({MAY: text + review}, on=on)


@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.sampled_from(STEPS), min_size=3, max_size=7))
def test_bit_by_bit_is_the_same_as_all_at_once(steps: list[str], tmp_path_factory: pytest.TempPathFactory) -> None:
    repo = history(tmp_path_factory.mktemp("r") / "r", TWO)
    for nth, step in enumerate(steps):
        _take(repo, step, nth)
        kept = audit_history(repo.root)
    assert kept == audit_history(repo.root, anew=True)


# --- where there is little or no history


@pytest.mark.needs("git")
def test_without_a_repository_or_git(tmp_path: Path, zhenggai: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "plans").mkdir()
    ran = zhenggai("audit", at=tmp_path)
    assert (ran.code, ran.out) == (3, "")
    assert (
        ran.err
        == "zhenggai：这里不是 git 仓库，没有历史可核对\n  下一步：运行 zhenggai init 建立仓库，或换到台账所在的文件夹\n"
    )
    monkeypatch.setenv("PATH", str(tmp_path))
    ran = zhenggai("audit", at=tmp_path)
    assert (ran.code, ran.out) == (5, "")
    assert ran.err == "zhenggai：这台电脑没有安装 git，没有历史可核对\n  下一步：安装 git 后再试；其他命令不受影响\n"


def test_an_empty_repository_has_nothing_to_audit(tmp_path: Path, zhenggai: Runner) -> None:
    repo = History(tmp_path)
    repo.git("init", "-q")
    (tmp_path / "plans").mkdir()
    ran = zhenggai("audit", at=tmp_path)
    assert (ran.code, ran.out, ran.err) == (0, "", "")


def test_the_data_may_lie_in_a_folder_of_the_repository(tmp_path: Path, zhenggai: Runner) -> None:
    repo = history(tmp_path / "r", TWO)
    repo.commit({"a": "x"})
    whole = {
        f"子 目录/{path}": (repo.root / path).read_text("utf-8") for path in (MAY, "plans/units.yaml", "plans/p.yaml")
    }
    repo.git("rm", "-q", "-r", "ledgers", "plans")
    repo.commit(whole)
    below = History(repo.root / "子 目录")
    assert [line.split()[1] for line in below.seen()] == []
    repo.commit({f"子 目录/{MAY}": FIRST}, on="05-13")
    assert [line.split()[1:3] for line in below.seen()] == [["记录删除", "县教育局/2020-05.办公室.aa.yaml"]]
    assert zhenggai("audit", at=below.root / "ledgers").code == 1
    assert (below.root / AUDITED).exists()


def test_a_shallow_clone_audits_what_it_has(repo: History, tmp_path: Path, zhenggai: Runner) -> None:
    repo.ledger(TWO.replace("进度=40", "进度=90"), by=STRANGER, on="05-20")
    repo.ledger(TWO.replace("进度=40", "进度=95"), on="05-21")
    shallow = History(tmp_path / "浅")
    repo.git("clone", "-q", "--depth", "2", f"file://{repo.root}", str(shallow.root))
    assert [line.split()[1:] for line in shallow.seen()] == [
        ["记录改动", "县教育局/2020-05.办公室.aa.yaml", "20200510-00000001", "“进度”由“90”改成“95”"]
    ]
    ran = zhenggai("audit", at=shallow.root)
    assert "这是浅克隆，更早的历史不在这里" in ran.err
    shallow.git("fetch", "-q", "--unshallow")
    assert len(audit_history(shallow.root).observations) == 2


def test_a_mailmap_makes_nobody_somebody_else(repo: History) -> None:
    repo.commit({".mailmap": f"某人 <{BUREAU}> <{STRANGER}>\n"}, by=STRANGER)
    repo.ledger(TWO + THIRD, by=STRANGER)
    assert [line.split()[1] for line in repo.seen()] == ["越权记录"]


def test_replaced_objects_are_seen_as_they_are(repo: History) -> None:
    honest = repo.head
    altered = repo.ledger(TWO.replace("进度=40", "进度=90"))
    repo.git("replace", altered, honest)
    assert [line.split()[1] for line in repo.seen()] == ["记录改动"]


def test_it_works_in_a_second_working_tree(repo: History, tmp_path: Path) -> None:
    repo.git("worktree", "add", "-q", str(tmp_path / "另"), "-b", "other")
    other = History(tmp_path / "另")
    other.commit({MAY: FIRST})
    assert [line.split()[1] for line in other.seen()] == ["记录删除"]
    assert repo.seen() == []


def test_a_sound_shipped_history_needs_no_settings(repo: History, zhenggai: Runner) -> None:
    repo.git("config", "log.showSignature", "true")
    repo.git("config", "diff.renames", "copies")
    repo.git("config", "log.mailmap", "true")
    assert zhenggai("audit", at=repo.root) == (0, "", "")


def test_a_clock_set_back_hides_nothing(repo: History) -> None:
    repo.commit({"plans/p.yaml": PLAN.replace("坚持学习", "抓紧学习")}, by=ORGANISERS, on="02-01")
    assert repo.seen() == [
        "疑点 提交日期 提交日比它所接的提交（2020-05-12）早 101 天",
        "错误 方案改动 plans/p.yaml 2-1 “内容”由“坚持学习”改成“抓紧学习”",
    ]


def test_a_repository_that_lacks_something_is_not_audited(repo: History, zhenggai: Runner) -> None:
    id_ = repo.git("rev-parse", f"HEAD:{MAY}")
    lost = repo.root / ".git" / "objects" / id_[:2] / id_[2:]
    lost.chmod(0o600)
    lost.unlink()
    ran = zhenggai("audit", at=repo.root)
    assert (ran.code, ran.out) == (3, "")
    assert ran.err == f"zhenggai：仓库里缺少内容 {id_[:10]}，历史不完整\n  下一步：运行 git fsck，或重新克隆\n"
