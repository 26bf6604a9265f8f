"""Who may change what on a server that ``init --server`` made: pushes of plain git, hostile ones and honest ones, one after another."""

import json
import re
import shutil
import subprocess
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from small_history import BOOK as UNITS_BOOK
from small_history import BUREAU, ORGANISERS, STRANGER, SUPERVISORS, History, history
from small_repo import PLAN, Runner, ledger_files, write
from zhenggai.model.issued_report import digest_of
from zhenggai.reading.issued_reports import SEAL

pytestmark = [pytest.mark.needs("git"), pytest.mark.usefixtures("quick_hooks")]

BOOK = f"类别:\n- {{名称: 乡镇, 别名: [各乡镇]}}\n{UNITS_BOOK}"
UNITS_FILE, PLAN_FILE = "plans/units.yaml", "plans/p.yaml"
ADMINISTERED = f"管理: [{SUPERVISORS}]\n{BOOK}"
TWO = "05-10 县教育局 进展 1-1 内容=初稿 进度=40\n05-11 县财政局 进展 2-1 内容=学\n"
THIRD = "05-12 县教育局 进展 1-1 内容=定稿 进度=80\n"
MORE = ledger_files(TWO + THIRD)
ADJUSTED = "编号: 2-3\n    调整:\n    - {日期: 2020-05-12, 依据: 会议纪要, 字段: 责任人, 原: %s, 现: 局长}\n"
NEW_UNIT = "- {名称: 县文旅局, 身份: [wlj@x]}\n"
OF_NEW_UNIT = ledger_files(f"{TWO}05-12 县文旅局 进展 1-1 内容=初稿\n")
MONDAY = datetime(2020, 5, 18, 9, 0)

Files = dict[str, str | bytes | None]
Push = tuple[str, Files, str]  # by whom, what is written (None: deleted), what the server says ("": it takes it)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where a server and a clone are made once a unit book, and copied from."""
    return tmp_path_factory.mktemp("made")


def clone_of(zhenggai: Runner, made: Path, folder: Path, book: str) -> History:
    """A clone of a server whose first push brought books and entries of everybody, by one hand."""
    ready = made / str(len(book))
    if not ready.exists():
        ready.mkdir()
        assert zhenggai("init", "台账.git", "--server", at=ready).code == 0
        clone = History(ready / "台账")
        clone.root.mkdir()
        clone.git("init", "-q", "-b", "main")
        clone.git("remote", "add", "origin", "../台账.git")
        books: Files = {
            UNITS_FILE: book,
            PLAN_FILE: PLAN,
            ".gitattributes": "*.yaml text eol=lf\n",
            ".gitignore": ".zhenggai/\n",
        }
        clone.commit({**books, **ledger_files(TWO)}, by=STRANGER, on="05-11")
        assert pushed(clone) == ""
    shutil.copytree(ready, folder, dirs_exist_ok=True)
    return History(folder / "台账")


@pytest.fixture
def clone(zhenggai: Runner, made: Path, tmp_path: Path) -> History:
    """A clone where 县委组织部, the plan's 复核 unit, keeps the books."""
    return clone_of(zhenggai, made, tmp_path, BOOK)


@pytest.fixture
def administered(zhenggai: Runner, made: Path, tmp_path: Path) -> History:
    """A clone where 管理 names 县委督查局."""
    return clone_of(zhenggai, made, tmp_path, ADMINISTERED)


def pushed(clone: History) -> str:
    """What the server says of a push that it refuses, "" where it takes it."""
    command = ["git", "-C", str(clone.root), "push", "-q", "origin", "HEAD:main"]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode != 0) == ("[remote rejected]" in done.stderr), done.stderr
    lines = [line.removeprefix("remote: ").rstrip() for line in done.stderr.splitlines() if line.startswith("remote: ")]
    return "\n".join(lines) if done.returncode else ""


def push_all(clone: History, pushes: list[Push]) -> None:
    """Push one after another; each refusal names its file, and what to do."""
    for by, files, expected in pushes:
        clone.commit(files, by)
        said = pushed(clone)
        assert (expected in said) if expected else said == "", said
        assert ("下一步：" in said) == bool(expected)


def book(old: str, new: str, whole: str = BOOK) -> Files:
    """The unit book with a change."""
    assert old in whole
    return {UNITS_FILE: whole.replace(old, new, 1)}


def plan(old: str, new: str) -> Files:
    """The plan with a change."""
    assert old in PLAN
    return {PLAN_FILE: PLAN.replace(old, new, 1)}


HOSTILE: dict[str, list[Push]] = {
    "another unit's 身份, then its folder": [
        (STRANGER, book("JYJ@x", f"JYJ@x, {STRANGER}"), "越权改动：plans/units.yaml\n  stranger@x 不在管理之列，却改了单位册：县教育局的身份增加 stranger@x"),
        (STRANGER, {**MORE}, "越权记录：ledgers/p/县教育局/2020-05.办公室.aa.yaml 20200512-00000003"),
    ],
    "管理, then the plan": [
        (BUREAU, {UNITS_FILE: f"管理: [{BUREAU}]\n{BOOK}"}, "却改了单位册：管理增加 jyj@x"),
        (BUREAU, plan("2020年6月底前", "2020年9月底前"), "却改了方案：“时限”由“2020年6月底前”改成“2020年9月底前”"),
    ],
    "no unit book, then anything": [
        (BUREAU, {UNITS_FILE: None}, "单位册删除：plans/units.yaml"),
        (BUREAU, book("JYJ@x", "JYJ@x, a@x"), "越权改动：plans/units.yaml"),
    ],
    "an unreadable unit book": [
        (BUREAU, {UNITS_FILE: BOOK + "- 名称：县\n"}, "读不出：plans/units.yaml\n  推送后单位册读不出：第 "),
        (BUREAU, {UNITS_FILE: b"\xff\xfe\x00\x81"}, "越权改动：plans/units.yaml"),
    ],
    "a unit book of which a part cannot be read": [
        (BUREAU, {UNITS_FILE: BOOK + "管理: {一: 二}\n"}, "越权改动：plans/units.yaml"),
    ],
    "no plan": [
        (BUREAU, {PLAN_FILE: None}, "越权改动：plans/p.yaml\n  jyj@x 不在管理之列，却改了方案：被删除"),
        (BUREAU, plan("2020年6月底前", "2020年9月底前"), "方案改动：plans/p.yaml 1-1"),
    ],
    "an unreadable plan": [(BUREAU, plan("标题: ", "标题："), "推送后方案读不出：第 2 行")],
    "another plan": [(BUREAU, {"plans/q.yaml": PLAN.replace("编号: p", "编号: q")}, "越权改动：plans/q.yaml")],
    "复核 is oneself": [(BUREAU, plan("复核: 县委组织部", "复核: 县教育局"), "却改了方案：方案的“审核”改了")],
    "督办单位 is oneself": [(BUREAU, plan("督办单位: 县委督查局", "督办单位: 县教育局"), "方案的“督办单位”改了")],
    "工作专班 is oneself": [(BUREAU, plan("督办单位:", "工作专班: 县教育局\n督办单位:"), "越权改动：plans/p.yaml")],
    "one's own 调整": [(BUREAU, plan("编号: 2-3\n", ADJUSTED % "书记"), "越权改动：plans/p.yaml 2-3\n  jyj@x 不在管理之列，却改了方案：追加调整：责任人 书记 → 局长")],
    "an administrator's 调整 with a wrong 原": [(ORGANISERS, plan("编号: 2-3\n", ADJUSTED % "县长"), "2-3 的“责任人”原为“书记”，不是“县长”")],
    "an administrator's unreadable plan": [(ORGANISERS, plan("标题: ", "标题："), "推送后方案读不出")],
    "an administrator's deletions": [
        (ORGANISERS, {UNITS_FILE: None}, "单位册删除：plans/units.yaml"),
        (ORGANISERS, {UNITS_FILE: BOOK, PLAN_FILE: None}, "方案改动：plans/p.yaml\n  已印发的方案被删除"),
    ],
    "管理 that is nobody": [
        (ORGANISERS, {UNITS_FILE: f"管理: [张三]\n{BOOK}"}, "“管理”里没有一个邮箱（张三）"),
        (ORGANISERS, {UNITS_FILE: f"管理: {ORGANISERS}、{SUPERVISORS}\n{BOOK}"}, "推送后谁也改不了单位册和方案"),
    ],
    "a plan under another's number": [(ORGANISERS, {"plans/q.yaml": PLAN}, "方案编号：plans/q.yaml\n  文件名与方案编号“p”不一致")],
    "an issued report renamed": [
        (ORGANISERS, {"ledgers/p/报告/周报第001期.txt": "一切正常\n"}, ""),
        (ORGANISERS, {"ledgers/p/报告/周报第001期.txt": None, "ledgers/p/报告/周报第002期.txt": "一切正常\n"}, "已印发的报告被删除"),
    ],
    "attributes": [
        (BUREAU, {".gitattributes": "* -text\n"}, "越权改动：.gitattributes"),
        (BUREAU, {".gitattributes": None}, "越权改动：.gitattributes"),
    ],
    "signers": [(BUREAU, {"plans/allowed_signers": "jyj@x ssh-ed25519 AAAA\n"}, "越权改动：plans/allowed_signers")],
    "organisations": [(BUREAU, {"plans/organisations.yaml": "党组织: []\n"}, "越权改动：plans/organisations.yaml")],
    "a folder of nobody": [
        (BUREAU, {**OF_NEW_UNIT}, "没有此单位：ledgers/p/县文旅局/2020-05.办公室.aa.yaml 20200512-00000003"),
    ],
    "evidence of nobody": [(BUREAU, {"ledgers/p/某局/附件/2020-05/a.1f2e3d4c.txt": "x"}, "单位册里没有“某局”，却在它的文件夹里写了佐证")],
    "a new unit writes before its book has landed": [(ORGANISERS, {**OF_NEW_UNIT}, "单位册里没有“县文旅局”")],
    "a report of one's own": [(BUREAU, {"ledgers/p/报告/周报第001期.txt": "一切正常\n"}, "越权印发：ledgers/p/报告/周报第001期.txt\n  jyj@x 不能印发报告")],
    "a report without a record that holds": [
        (ORGANISERS, {"ledgers/p/报告/周报第001期.json": "{}\n", "ledgers/p/报告/周报第001期.txt": "一切正常\n"}, "报告不实：ledgers/p/报告/周报第001期.json"),
    ],
}  # fmt: skip


@pytest.mark.parametrize("pushes", HOSTILE.values(), ids=HOSTILE)
def test_what_may_not_be_done_is_refused(clone: History, pushes: list[Push]) -> None:
    push_all(clone, pushes)


HONEST: dict[str, list[Push]] = {
    "entries": [(BUREAU, {**MORE}, "")],
    "a new unit, then its entries": [(ORGANISERS, {UNITS_FILE: BOOK + NEW_UNIT}, ""), ("wlj@x", {**OF_NEW_UNIT}, "")],
    "a new unit with entries": [(ORGANISERS, {UNITS_FILE: BOOK + NEW_UNIT, **OF_NEW_UNIT}, "")],
    "an adjustment": [(ORGANISERS, plan("编号: 2-3\n", ADJUSTED % "书记"), "")],
    "another plan": [(ORGANISERS, {"plans/q.yaml": PLAN.replace("编号: p", "编号: q")}, "")],
    "attributes": [(ORGANISERS, {".gitattributes": "*.yaml text eol=lf\n*.yml text eol=lf\n"}, "")],
    "管理 handed over": [
        (ORGANISERS, {UNITS_FILE: ADMINISTERED}, ""),
        (SUPERVISORS, book("JYJ@x", "JYJ@x, new@x", ADMINISTERED), ""),
        (ORGANISERS, book("JYJ@x", "JYJ@x, a@x", ADMINISTERED), "zzb@x 不在管理之列，却改了单位册：县教育局的身份增加 a@x，去掉 new@x"),
    ],
    "a mistake put back": [
        (BUREAU, book("JYJ@x", "JYJ@x, a@x"), "越权改动"),
        (BUREAU, {UNITS_FILE: BOOK, **MORE}, ""),
    ],
    "a plan broken and mended": [
        (ORGANISERS, plan("标题: ", "标题："), "读不出"),
        (ORGANISERS, {PLAN_FILE: PLAN, **ledger_files("05-12 县委组织部 经验 内容=略")}, ""),
    ],
    "schemas": [(BUREAU, {"plans/schema/plan.schema.json": "{}\n"}, "")],
}  # fmt: skip


@pytest.mark.parametrize("pushes", HONEST.values(), ids=HONEST)
def test_what_may_be_done_is_taken(clone: History, pushes: list[Push]) -> None:
    push_all(clone, pushes)


def test_a_unit_and_entries_of_its_own_people_in_one_push_are_refused(clone: History) -> None:
    clone.commit({UNITS_FILE: BOOK + NEW_UNIT}, ORGANISERS)
    clone.commit({**OF_NEW_UNIT}, "wlj@x")
    assert "没有此单位：ledgers/p/县文旅局" in pushed(clone)


def test_whom_the_unit_book_names_goes_before_whom_the_plan_does(administered: History) -> None:
    adjusted = plan("编号: 2-3\n", ADJUSTED % "书记")
    push_all(administered, [(ORGANISERS, adjusted, "要改的发给管理（dcj@x）")])
    administered.git("reset", "-q", "--hard", "HEAD~1")
    push_all(administered, [(SUPERVISORS, adjusted, "")])


def test_a_commit_that_dates_itself_after_a_merger_has_no_right_of_that_day(
    zhenggai: Runner, made: Path, tmp_path: Path
) -> None:
    merged = BOOK.replace("{名称: 县财政局, ", "{名称: 县财政局, 止: 2090-01-01, 并入: 县教育局, ")
    clone = clone_of(zhenggai, made, tmp_path, merged)
    clone.commit({**ledger_files(f"{TWO}05-12 县财政局 进展 2-1 内容=学")}, BUREAU, "2091-01-01")
    assert "越权记录：ledgers/p/县财政局/2020-05.办公室.aa.yaml" in pushed(clone)


# --- merges


def test_a_merge_that_brings_the_administrators_change_is_taken(clone: History) -> None:
    clone.branch("mine")
    clone.commit({**MORE}, BUREAU)
    clone.git("checkout", "-q", "main")
    clone.commit({UNITS_FILE: BOOK + NEW_UNIT}, ORGANISERS)
    assert pushed(clone) == ""
    clone.git("checkout", "-q", "mine")
    clone.merge("main", by=BUREAU)
    assert pushed(clone) == ""


@pytest.mark.parametrize("first", ["mine", "main"])
def test_a_merge_that_drops_the_administrators_change_is_refused(clone: History, first: str) -> None:
    clone.branch("mine")
    clone.commit({**MORE}, BUREAU)
    clone.git("checkout", "-q", "main")
    clone.commit({UNITS_FILE: BOOK.replace("JYJ@x, ", "")}, ORGANISERS)
    assert pushed(clone) == ""
    clone.git("checkout", "-q", first)
    clone.merge("main" if first == "mine" else "mine", {UNITS_FILE: BOOK}, by=BUREAU)
    assert "却改了单位册：" in pushed(clone)
    assert ["错误", "越权改动"] in [line.split()[:2] for line in clone.seen()]


# --- what had landed before the server judged


@pytest.fixture
def unwatched(clone: History) -> Callable[[Files], None]:
    """Lands what somebody pushed while the server had no hook."""
    hook = clone.root.parent / "台账.git/hooks/pre-receive"

    def land(files: Files) -> None:
        aside = hook.rename(hook.with_suffix(".aside"))
        clone.commit(files, BUREAU)
        assert pushed(clone) == ""
        aside.rename(hook)

    return land


@pytest.mark.parametrize(
    "landed",
    [
        [{UNITS_FILE: None}],
        [{UNITS_FILE: None, PLAN_FILE: None}],
        [{UNITS_FILE: "单位：\n"}, {UNITS_FILE: BOOK + "管理: {一: 二}\n"}],
        [{PLAN_FILE: "标题：\n"}, {PLAN_FILE: None}],
    ],
)
def test_the_last_whole_books_judge(clone: History, unwatched: Callable[[Files], None], landed: list[Files]) -> None:
    for files in landed:
        unwatched(files)
    entries = ledger_files(TWO + THIRD)
    push_all(
        clone,
        [
            (STRANGER, {UNITS_FILE: BOOK.replace("JYJ@x", f"JYJ@x, {STRANGER}"), **entries}, "越权改动：plans/units.yaml"),
            (STRANGER, {}, "越权记录：ledgers/p/县教育局"),
        ],
    )  # fmt: skip
    clone.git("reset", "-q", "--hard", "HEAD~2")
    push_all(clone, [(BUREAU, {**entries}, ""), (ORGANISERS, {UNITS_FILE: BOOK, PLAN_FILE: PLAN}, "")])


def test_a_unit_book_that_never_was_whole_judges_as_far_as_it_can_be_read(home: Path, tmp_path: Path) -> None:
    repo = history(tmp_path / "台账", book=f"备注: 无\n{BOOK}")
    repo.commit({**MORE}, STRANGER)
    assert [line.split()[:2] for line in repo.seen()] == [["疑点", "读不出"], *([["错误", "越权记录"]] * 3)]


def test_where_nobody_is_named_nobody_is_held(zhenggai: Runner, made: Path, tmp_path: Path) -> None:
    bare = BOOK.replace(", 身份: [zzb@x]", "")
    clone = clone_of(zhenggai, made, tmp_path, bare)
    push_all(clone, [(BUREAU, plan("编号: 2-3\n", ADJUSTED % "书记"), "")])
    ran = zhenggai("audit", at=clone.root)
    assert (ran.code, ran.out) == (0, "")
    assert (
        "未核对是谁改的方案、单位册和印发的报告：1 次（下一步：在 plans/units.yaml 开头写上 管理: [邮箱]）" in ran.err
    )


# --- issued reports


def issued(zhenggai: Runner, clone: History) -> dict[str, bytes]:
    """The files of a report that was really issued."""
    clone.git("config", "user.email", SUPERVISORS)
    ran = zhenggai("week", "--no", "3", "--issue", at=clone.root, now=MONDAY)
    assert ran.code == 0, ran.err
    folder = clone.root / "ledgers/p/报告"
    return {f"ledgers/p/报告/{path.name}": path.read_bytes() for path in folder.iterdir()}


def test_those_who_may_issue_do(zhenggai: Runner, clone: History) -> None:
    push_all(clone, [(SUPERVISORS, {**issued(zhenggai, clone)}, "")])
    assert clone.seen() == []


RECORD, TEXT = "ledgers/p/报告/周报第003期.json", "ledgers/p/报告/周报第003期.txt"


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda record: record | {"errors": 9}, "被改动过，与印发时的校验值不符"),
        (lambda record: sealed(record | {"digest": "0" * 64}), "原文与印发时的校验值不符"),
        (lambda record: sealed(record | {"number": 4}), "是别的方案或别的一期的"),
        (lambda record: [], "不是完整的 JSON，或缺少应有的内容"),
        (lambda record: record | {"document": {"title": "周报", "blocks": []}}, "被改动过，与印发时的校验值不符"),
        (
            lambda record: sealed(record | {"report": {"plan": "p", "entries": ["甲"]}}),
            "不是完整的 JSON，或缺少应有的内容",
        ),
        (lambda record: sealed(record | {"document": {"title": 3, "blocks": []}}), "不是完整的 JSON，或缺少应有的内容"),
    ],
)
def test_an_invented_report_is_refused(
    zhenggai: Runner, clone: History, change: Callable[[dict[str, object]], object], fault: str
) -> None:
    files = issued(zhenggai, clone)
    files[RECORD] = json.dumps(change(json.loads(files[RECORD])), ensure_ascii=False).encode()
    push_all(clone, [(SUPERVISORS, {**files}, f"报告不实：{RECORD}\n  不是这样印发的报告：{fault}")])
    assert [line.split()[:2] for line in clone.seen()] == [["错误", "报告不实"]]


def test_a_report_without_its_text_is_refused(zhenggai: Runner, clone: History) -> None:
    files = issued(zhenggai, clone)
    (clone.root / TEXT).unlink()
    push_all(
        clone, [(SUPERVISORS, {RECORD: files[RECORD]}, "没有原文（.txt）"), (SUPERVISORS, {TEXT: files[TEXT]}, "")]
    )


def sealed(record: dict[str, object]) -> dict[str, object]:
    """A record with a seal that fits it."""
    values = {name: value for name, value in record.items() if name != SEAL}
    return values | {SEAL: digest_of(json.dumps(values, sort_keys=True))}


def test_history_says_the_same(clone: History) -> None:
    clone.commit(book("JYJ@x", f"JYJ@x, {STRANGER}"), STRANGER)
    clone.commit({**MORE}, STRANGER)
    clone.commit({UNITS_FILE: None}, ORGANISERS, "05-13")
    clone.commit({UNITS_FILE: BOOK + NEW_UNIT}, ORGANISERS, "05-14")
    assert [" ".join(line.split()[:3]) for line in clone.seen()] == [
        "错误 越权改动 plans/units.yaml",
        "错误 单位册删除 plans/units.yaml",
        "疑点 身份变更 plans/units.yaml",
        "疑点 身份变更 plans/units.yaml",
    ]


def test_a_history_of_the_right_hands_is_silent(clone: History) -> None:
    write(clone.root, {UNITS_FILE: BOOK + "- {名称: 县文旅局}\n"})
    clone.commit({}, ORGANISERS)
    clone.commit({**OF_NEW_UNIT}, "wlj@x")
    clone.commit(plan("编号: 2-3\n", ADJUSTED % "书记"), ORGANISERS)
    assert clone.seen() == []


def test_the_remedy_that_a_refusal_names_works(zhenggai: Runner, clone: History) -> None:
    clone.git("config", "user.name", "县教育局")
    clone.git("config", "user.email", BUREAU)
    clone.git("fetch", "-q")
    clone.git("branch", "-q", "--set-upstream-to=origin/main")
    write(
        clone.root,
        {UNITS_FILE: BOOK.replace("JYJ@x", "JYJ@x, a@x"), "plans/q.yaml": PLAN.replace("编号: p", "编号: q"), **MORE},
    )
    refused = zhenggai("sync", at=clone.root)
    assert refused.code == 4
    command = re.search(r"下一步：git (checkout \S+ -- plans/units.yaml) 恢复原样，再 zhenggai sync", refused.err)
    assert command, refused.err
    assert "下一步：删去 plans/q.yaml，再 zhenggai sync" in refused.err
    clone.git(*command[1].split())
    (clone.root / "plans/q.yaml").unlink()
    assert zhenggai("sync", at=clone.root).code == 0
    assert clone.git("rev-parse", "origin/main:ledgers") == clone.git("rev-parse", "HEAD:ledgers")
