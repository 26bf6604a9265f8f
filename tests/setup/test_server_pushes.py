"""What a server made by ``init --server`` takes and refuses: real clones push with plain git, some of them hostile by hand."""

import shutil
import subprocess
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

import pytest

from small_history import BOOK, BUREAU, MAY, OFFICE, ORGANISERS, History, history
from small_repo import PLAN, UNITS, Runner, ledger_files, write

pytestmark = pytest.mark.usefixtures("quick_hooks")

TWO = """\
05-10 县教育局 进展 1-1 内容=初稿 进度=40
05-11 县教育局 进展 1-1 内容=征求意见 进度=60
"""
IMPORTED = "04-10/05-12 县委组织部 进展 1-1 单位=县教育局 代录=是 进度=20 录自=台账.xlsx:台账!H2\n"
LANDED = ledger_files(TWO)[MAY]
THIRD = ledger_files(f"{TWO}05-12 县教育局 进展 1-1 内容=定稿 进度=80\n")[MAY].removeprefix(LANDED)
AHEAD = THIRD.replace("20200512", "20990512")
MEGABYTE = 1024 * 1024
PAPER = "办法\n"
EVIDENCE = f"ledgers/p/县教育局/附件/2020-05/办法.{sha256(PAPER.encode()).hexdigest()[:8]}.txt"
LARGE = b"\0" * 10 * MEGABYTE
LARGE_EVIDENCE = f"ledgers/p/县教育局/附件/2020-05/录像.{sha256(LARGE).hexdigest()[:8]}.mp4"
JUNE = MAY.replace("2020-05", "2020-06")
COUNCIL, FINANCE = (MAY.replace("县教育局", unit) for unit in ("县委办公室", "县财政局"))
README = "# 台账\n"
COMMENTS = "# 凑数\n".encode() * (17 * MEGABYTE // 9)


class Link(NamedTuple):
    """A symbolic link."""

    target: str


class Program(NamedTuple):
    """A file with the executable bit."""

    text: str


class Submodule(NamedTuple):
    """Another repository, by one of its commits."""

    commit: str


File = str | bytes | Link | Program | Submodule | None
Commit = Mapping[str, File]


class Honest(NamedTuple):
    """Commits of 县教育局, or of somebody else, that the server takes."""

    name: str
    commits: tuple[Commit, ...]
    by: str = BUREAU


class Hostile(NamedTuple):
    """Commits that it refuses, and what it says: the file, and a word of the reason."""

    name: str
    commits: tuple[Commit, ...]
    path: str
    reason: str
    by: str = BUREAU


HONEST = (
    Honest("an entry", ({MAY: LANDED + THIRD},)),
    Honest("an entry with evidence", ({MAY: LANDED + THIRD, EVIDENCE: PAPER},)),
    Honest("a first entry of another month", ({JUNE: THIRD},)),
    Honest("evidence of 10 MB", ({LARGE_EVIDENCE: LARGE},)),
    Honest("evidence without an ending", ({EVIDENCE.removesuffix(".txt"): PAPER},)),
    Honest("what init makes", ({".gitattributes": "*.yaml text eol=lf\n", ".vscode/settings.json": "{}\n", "plans/schema/plan.schema.json": "{}\n"},), ORGANISERS),
    Honest("an old ledger, for its units, with the plan's 期初", ({"plans/p.yaml": PLAN.replace("问题:\n", "期初: 2020-05-01\n问题:\n", 1), **ledger_files(IMPORTED)},), ORGANISERS),
    Honest("a README", ({"README.md": README},)),
    Honest("another plan", ({"plans/q.yaml": PLAN.replace("编号: p", "编号: q")},), ORGANISERS),
    Honest("a unit book in GBK with CR LF", ({"plans/units.yaml": BOOK.replace("\n", "\r\n").encode("gb18030")},), ORGANISERS),
    Honest("a ledger in GBK with CR LF", ({MAY: (LANDED + THIRD).replace("\n", "\r\n").encode("gb18030")},)),
    Honest("a ledger in order", ({MAY: LANDED.replace("进度: 40", '进度: "40%"')}, {MAY: LANDED})),
    Honest("a file that a disk of Windows marks as a program", ({MAY: Program(LANDED + THIRD)},)),
    Honest("an entry altered and put back", ({MAY: LANDED.replace("40", "90")}, {MAY: LANDED + THIRD})),
    Honest("an entry in another unit's folder, withdrawn", ({COUNCIL: THIRD}, {COUNCIL: None, MAY: LANDED + THIRD})),
    Honest("evidence in another unit's folder, withdrawn", ({EVIDENCE.replace("县教育局", "县财政局"): PAPER}, {EVIDENCE.replace("县教育局", "县财政局"): None})),
    Honest("an entry of no kind, put right", ({MAY: LANDED + THIRD.replace("进展", "乱写")}, {MAY: LANDED + THIRD})),
    Honest("another unit's file put in form", ({MAY: LANDED.replace("进度: 40", '进度: "40%"')}, {MAY: LANDED}), ORGANISERS),
    Honest("a comment in one's own file", ({MAY: LANDED + "# 附表另送\n"},)),
    Honest("one's own file renamed", ({MAY: None, JUNE: LANDED},)),
    Honest("a number taken twice and put right", ({MAY: LANDED + THIRD + THIRD.replace("80", "90")}, {MAY: LANDED + THIRD})),
    Honest("an entry twice in the same words", ({MAY: LANDED + THIRD, JUNE: THIRD},)),
    Honest("an entry deleted and put back", ({MAY: None}, {MAY: LANDED})),
    Honest("a mistake of syntax put right", ({MAY: LANDED.replace("进度: 60", "进度：60")}, {MAY: LANDED + THIRD})),
    Honest("a file that had no business here taken out", ({"多余": None},)),
)  # fmt: skip

HOSTILE = (
    Hostile("a landed ledger beyond 16 MiB", ({MAY: LANDED.encode() + COMMENTS},), MAY, "最多 16 MB"),
    Hostile("the same, with an entry behind", ({MAY: LANDED.encode() + COMMENTS + THIRD.encode()},), MAY, "最多 16 MB"),
    Hostile("a long comment taken out again", ({MAY: LANDED.encode() + COMMENTS}, {MAY: LANDED}), MAY, "最多 16 MB"),
    Hostile("a landed ledger with a value beyond 64 KiB", ({MAY: LANDED + THIRD.replace("定稿", "稿" * 70_000)},), MAY, "读不出"),
    Hostile("a landed ledger too deep", ({MAY: LANDED + THIRD.replace("80", "[" * 17 + "]" * 17)},), MAY, "读不出"),
    Hostile("a landed ledger with NUL", ({MAY: LANDED.replace("征求", "征\0求")},), MAY, "20200511-00000002"),
    Hostile("a landed ledger in no encoding", ({MAY: b"\xff\xfe\x81junk"},), MAY, "20200510-00000001"),
    Hostile("a landed ledger that is no list", ({MAY: f"条目:\n{LANDED}"},), MAY, "读不出"),
    Hostile("a new ledger that cannot be read", ({JUNE: b"\x81\x00\x93junk"},), JUNE, "读不出"),
    Hostile("a new ledger with an anchor", ({JUNE: THIRD.replace("80", "&a 80")},), JUNE, "读不出"),
    Hostile("a link as a new ledger", ({JUNE: Link("2020-05.办公室.aa.yaml")},), JUNE, "链接"),
    Hostile("a link in a landed ledger's place", ({MAY: Link("/dev/null")},), MAY, "链接"),
    Hostile("a link put in and taken out", ({JUNE: Link("x")}, {JUNE: None}), JUNE, "链接"),
    Hostile("a link as a plan", ({"plans/q.yaml": Link("p.yaml")},), "plans/q.yaml", "链接", ORGANISERS),
    Hostile("a link as evidence", ({EVIDENCE: Link("/etc/passwd")},), EVIDENCE, "链接"),
    Hostile("a unit's folder as a link", ({"ledgers/p/县财政局": Link("县教育局")},), "ledgers/p/县财政局", "不是普通文件"),
    Hostile("a submodule as a unit's folder", ({"ledgers/p/县财政局": Submodule("1" * 40)},), "ledgers/p/县财政局", "不是普通文件"),
    Hostile("a submodule as a ledger", ({JUNE: Submodule("1" * 40)},), JUNE, "子模块"),
    Hostile(".zhenggai as a file", ({".zhenggai": "x"},), ".zhenggai", "只属于一台电脑"),
    Hostile(".zhenggai as a folder", ({".zhenggai/lock": ""},), ".zhenggai/lock", "只属于一台电脑"),
    Hostile(".zhenggai as a link", ({".zhenggai": Link("/dev/null")},), ".zhenggai", "只属于一台电脑"),
    Hostile(".zhenggai in other letters", ({".ZhengGai/lock": ""},), ".ZhengGai/lock", "只属于一台电脑"),
    Hostile(".zhenggai-… among the entries", ({"ledgers/p/县教育局/.zhenggai-a.yaml": "x"},), "ledgers/p/县教育局/.zhenggai-a.yaml", "只属于一台电脑"),
    Hostile("20 MB beside the data", ({"README": b"\0" * 20 * MEGABYTE},), "README", "最多 1 MB"),
    Hostile("20 MB of evidence", ({EVIDENCE: b"\0" * 20 * MEGABYTE},), EVIDENCE, "最多 10 MB"),
    Hostile("20 MB of a report", ({"ledgers/p/报告/周报第001期.txt": b"\0" * 20 * MEGABYTE},), "ledgers/p/报告/周报第001期.txt", "最多 16 MB", ORGANISERS),
    Hostile("20 MB put in and taken out", ({EVIDENCE: b"\0" * 20 * MEGABYTE}, {EVIDENCE: None}), EVIDENCE, "最多 10 MB"),
    Hostile(".gitmodules", ({".gitmodules": '[submodule "x"]\n\tpath = x\n\turl = https://example.org/x\n'},), ".gitmodules", "这里不放"),
    Hostile("attributes below the data", ({"ledgers/p/.gitattributes": "* merge=union\n"},), "ledgers/p/.gitattributes", "只放"),
    Hostile("a program beside the data", ({"run.sh": Program("#!/bin/sh\n")},), "run.sh", "这里不放"),
    Hostile("a ledger's root in a folder", ({"台账/plans/units.yaml": BOOK},), "台账/plans/units.yaml", "最上层", ORGANISERS),
    Hostile("something else among the plans", ({"plans/说明.docx": "x"},), "plans/说明.docx", "plans/ 下只放", ORGANISERS),
    Hostile("something else in a unit's folder", ({"ledgers/p/县教育局/说明.txt": "x"},), "ledgers/p/县教育局/说明.txt", "ledgers/ 下只放"),
    Hostile("evidence in no month's folder", ({"ledgers/p/县教育局/附件/办法.txt": "x"},), "ledgers/p/县教育局/附件/办法.txt", "ledgers/ 下只放"),
    Hostile("a name with ESC", ({"ledgers/p/县教育局/2020-06.\x1b[31m.aa.yaml": THIRD},), "ledgers/p/县教育局/2020-06.〈U+001B〉[31m.aa.yaml", "看不见的字符（U+001B）"),
    Hostile("a name with a line break", ({"ledgers/p/县教育局/2020-06.\n.aa.yaml": THIRD},), "aa.yaml", "看不见的字符（U+000A）"),
    Hostile("a name that reads backwards", ({EVIDENCE.replace("办法", "办\u202e法"): "x"},), "〈U+202E〉", "看不见的字符（U+202E）"),
    Hostile("a name that is no UTF-8", ({EVIDENCE.replace("办法", "\udcff"): "x"},), EVIDENCE[-12:], "看不见的字符"),
    Hostile("a name that Windows keeps", ({"ledgers/p/县教育局/CON.yaml": THIRD},), "ledgers/p/县教育局/CON.yaml", "Windows"),
    Hostile("a name that Windows cannot write", ({"ledgers/p/县教育局/a:b.yaml": THIRD},), "ledgers/p/县教育局/a:b.yaml", "不能用于文件名的字符"),
    Hostile("a twin of a landed file", ({MAY.replace(".aa.", ".AA."): THIRD},), MAY.replace(".aa.", ".AA."), "只差大小写"),
    Hostile("a twin of a unit's folder", ({MAY.replace("ledgers/p", "ledgers/ｐ"): THIRD},), "ledgers/ｐ", "全角半角"),
    Hostile("the unit book's name as a folder", ({"plans/units.yaml": None}, {"plans/units.yaml/a.yaml": BOOK},), "plans/units.yaml/a.yaml", "plans/ 下只放"),
    Hostile("a landed entry forged above a copy of it", ({MAY: None, MAY.replace("2020-05", "2020-04"): LANDED.replace("40", "90"), JUNE: LANDED},), "20200510-00000001", "由“40”改成“90”"),
    Hostile("a number taken twice in two files", ({MAY: LANDED + THIRD, JUNE: THIRD.replace("80", "90")},), JUNE, "与 ledgers/p/县教育局/2020-05.办公室.aa.yaml 里的记录同一编号"),
    Hostile("a number taken twice in a file", ({MAY: LANDED + THIRD + THIRD.replace("80", "90")},), MAY, "编号重复"),
    Hostile("a landed number taken again in its file", ({MAY: LANDED + LANDED.replace("40", "90")},), MAY, "编号重复"),
    Hostile("an entry in another unit's folder behind its number in one's own", ({COUNCIL: THIRD, MAY: LANDED + THIRD},), COUNCIL, "不是县委办公室的身份"),
    Hostile("the same, taken out of one's own again", ({COUNCIL: THIRD, MAY: LANDED + THIRD}, {MAY: LANDED}), COUNCIL, "不是县委办公室的身份"),
    Hostile("the same in one's own folder, which comes first", ({FINANCE: THIRD, MAY: LANDED + THIRD},), FINANCE, "不是县财政局的身份"),
    Hostile("a control character behind the number of a clean entry", ({MAY: LANDED + THIRD, JUNE: THIRD.replace("定稿", "\\e[D")}, {MAY: LANDED}), JUNE, "控制字符"),
    Hostile("an entry in another unit's folder, withdrawn and put in again", ({COUNCIL: THIRD}, {COUNCIL: None}, {COUNCIL: THIRD}), COUNCIL, "不是县委办公室的身份"),
    Hostile("an entry in another unit's folder, moved there", ({COUNCIL: THIRD}, {COUNCIL: None, COUNCIL.replace("aa", "bb"): THIRD}), "县委办公室/2020-05.办公室.bb.yaml", "不是县委办公室的身份"),
    Hostile("an entry of a clock that runs ahead, moved to another file", ({MAY: LANDED + AHEAD}, {MAY: LANDED, JUNE: AHEAD}), JUNE, "晚于服务器今天的日期"),
    Hostile("an entry of no kind", ({MAY: LANDED + THIRD.replace("进展", "乱写")},), "20200512-00000003", "不认识的事项“乱写”"),
    Hostile("an entry with a key that is none", ({MAY: LANDED + THIRD + '  "乱\\e": 写\n'},), "20200512-00000003", "不认识的键“乱"),
    Hostile("an entry without a date", ({MAY: LANDED + THIRD.replace("2020-05-12", "昨天")},), "20200512-00000003", "“昨天”不是日期"),
    Hostile("an entry without a number", ({MAY: LANDED + THIRD.replace("编号: 20200512-00000003\n  ", "")},), MAY, "缺少“编号”"),
    Hostile("an entry with a number that is none", ({MAY: LANDED + THIRD.replace("20200512-", "20991512-")},), MAY, "不是记录编号"),
    Hostile("15 MiB of comments in another unit's file", ({MAY: LANDED.encode() + COMMENTS[: 15 * MEGABYTE // 9 * 9]},), MAY, "却改了它的台账文件", ORGANISERS),
    Hostile("another unit's file renamed", ({MAY: None, MAY.replace("2020-05", "2020-06"): LANDED},), JUNE, "zzb@x 不是县教育局的身份", ORGANISERS),
    Hostile("an entry altered, and put back in another file", ({MAY: LANDED.replace("40", "90")}, {JUNE: LANDED}), MAY, "由“40”改成“90”"),
    Hostile("an entry put back beside a forged one", ({MAY: None}, {MAY: LANDED, MAY.replace("2020-05", "2020-04"): LANDED.replace("40", "90")}), MAY, "已有的记录被删除"),
)  # fmt: skip


@pytest.fixture(scope="module")
def _made(tmp_path_factory: pytest.TempPathFactory, quick_hooks: None) -> Path:
    """A server and a clone whose entries it has; both are copied for each test."""
    from zhenggai.setup import SERVER, Site, examined, mended

    folder = tmp_path_factory.mktemp("made")
    (folder / "server").mkdir()
    for fitting in examined(SERVER, Site(folder / "server")):
        mended(fitting)
    clone = history(folder / "clone")
    clone.commit({"多余": "从前就有的\n"}, by=ORGANISERS, on="03-02")
    clone.ledger(TWO)
    git(folder / "server", "fetch", "-q", str(clone.root), "main:main")
    clone.git("remote", "add", "origin", "../server")
    return folder


def git(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["git", *arguments], cwd=folder, capture_output=True, encoding="utf-8", check=False)


@pytest.fixture
def clone(home: Path, _made: Path, tmp_path: Path) -> History:
    shutil.copytree(_made, tmp_path, dirs_exist_ok=True, symlinks=True)
    return History(tmp_path / "clone")


def committed(clone: History, commit: Commit, by: str = BUREAU) -> str:
    """Commit files of every kind, also those that git is told to ignore."""
    for path, file in commit.items():
        place = clone.root / path
        place.unlink(missing_ok=True)
        match file:
            case Link(target):
                place.parent.mkdir(parents=True, exist_ok=True)
                place.symlink_to(target)
            case Program(text):
                write(clone.root, {path: text})
                place.chmod(0o755)
            case Submodule(id_):
                clone.git("update-index", "--add", "--cacheinfo", f"160000,{id_},{path}")
            case str() | bytes():
                write(clone.root, {path: file})
    if files := [path for path, file in commit.items() if not isinstance(file, Submodule)]:
        clone.git("add", "-A", "-f", "--", *files)
    clone.git("commit", "-q", "-m", "台账", by=by)
    return clone.head


def refused(clone: History, *words: str) -> str:
    """What the server says of a push that it refuses; nothing there has changed."""
    before = git(clone.root, "ls-remote", words[0]).stdout
    done = git(clone.root, "push", *words)
    assert done.returncode != 0, done.stderr
    assert git(clone.root, "ls-remote", words[0]).stdout == before
    said = "\n".join(line.removeprefix("remote: ").rstrip() for line in done.stderr.splitlines() if "remote: " in line)
    assert "这次推送被拒绝" in said, done.stderr
    assert "下一步：" in said
    return said


@pytest.mark.parametrize("case", HONEST, ids=lambda case: case.name)
def test_honest_pushes_are_taken(clone: History, case: Honest) -> None:
    for commit in case.commits:
        committed(clone, commit, case.by)
    done = git(clone.root, "push", "-q", "origin", "main")
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("case", HOSTILE, ids=lambda case: case.name)
def test_hostile_pushes_are_refused(clone: History, case: Hostile) -> None:
    for commit in case.commits:
        committed(clone, commit, case.by)
    said = refused(clone, "origin", "main")
    assert case.path in said
    assert case.reason in said


def test_what_was_refused_is_refused_again(clone: History) -> None:
    """The second of two pushes is judged by what stands on the server, not by what the first would have left."""
    committed(clone, {MAY: LANDED.encode() + COMMENTS})
    refused(clone, "origin", "main")
    committed(clone, {MAY: THIRD})
    said = refused(clone, "origin", "main")
    assert said.count("已有的记录被删除") == 2


def test_the_next_step_of_a_refusal_works(clone: History, zhenggai: Runner) -> None:
    base = clone.head
    committed(clone, {"草稿.docx": "x", MAY: LANDED + THIRD})
    said = refused(clone, "origin", "main")
    assert (
        f"把它移出仓库所在的文件夹（不要了就删去），再运行 zhenggai sync；自己用 git 提交过的，在这之前先运行 git reset --soft {base[:10]}"
        in said
    )
    (clone.root / "草稿.docx").unlink()
    clone.git("config", "user.email", BUREAU)
    clone.git("config", "user.name", "教育局")
    clone.git("reset", "--soft", base[:10])
    assert zhenggai("sync", at=clone.root).code == 0
    assert "草稿" not in git(clone.root.parent / "server", "log", "--raw", "-z").stdout
    assert git(clone.root.parent / "server", "show", f"main:{MAY}").stdout == LANDED + THIRD


@pytest.mark.parametrize(
    ("pushed", "reason"),
    [
        ("main:月报", "不收分支 月报"),
        ("main:refs/tags/v1", "不收标签 refs/tags/v1"),
        ("main:refs/notes/commits", "不收注记 refs/notes/commits"),
        ("main:refs/replace/{head}", "不收替换 refs/replace/"),
        ("main:refs/zhenggai/kept/1", "不收引用 refs/zhenggai/kept/1"),
        ("HEAD:{may}:refs/tags/file", "不收标签 refs/tags/file"),
        (":refs/heads/main", "要删除服务器上的分支"),
        ("+HEAD~1:refs/heads/main", "新的历史不接在"),
    ],
)
def test_only_the_shared_branch_is_updated(clone: History, pushed: str, reason: str) -> None:
    source, _, ref = pushed.format(head=clone.head, may=MAY).rpartition(":")
    file = clone.git("rev-parse", f"HEAD:{MAY}")
    assert reason in refused(clone, "origin", f"{source.replace(f'HEAD:{MAY}', file)}:{ref}")


def test_what_a_server_holds_beside_the_shared_branch_is_not_deleted_from_outside(clone: History) -> None:
    git(clone.root.parent / "server", "update-ref", "refs/tags/v1", "main")
    assert "服务器上的标签不能从这里删除" in refused(clone, "origin", ":refs/tags/v1")


def test_nothing_of_a_push_is_taken_where_one_ref_is_refused(clone: History) -> None:
    committed(clone, {MAY: LANDED + THIRD})
    assert "不收标签" in refused(clone, "origin", "main", "main:refs/tags/v1")


# --- the first push


@pytest.fixture
def empty(zhenggai: Runner, tmp_path: Path) -> Path:
    """A new server."""
    assert zhenggai("init", "空.git", "--server", at=tmp_path).code == 0
    return tmp_path / "空.git"


def test_a_first_push_may_bring_everything_that_the_layout_has(empty: Path, tmp_path: Path) -> None:
    made = history(tmp_path / "台账", TWO)
    assert git(made.root, "push", "-q", str(empty), "main").returncode == 0


def test_a_first_push_is_held_to_the_layout(empty: Path, clone: History) -> None:
    said = refused(clone, str(empty), "main")
    assert said.count("文件位置：多余") == 1
    assert "git update-ref -d HEAD" in said


def test_a_first_push_leaves_no_ledger_that_cannot_be_read(empty: Path, tmp_path: Path) -> None:
    made = history(tmp_path / "台账", TWO)
    committed(made, {JUNE: "- 编号：1\n"})
    assert f"读不出：{JUNE}" in refused(made, str(empty), "main")


def test_a_first_push_of_another_branch_says_how_to_rename_it(empty: Path, tmp_path: Path) -> None:
    made = history(tmp_path / "台账", TWO)
    made.git("branch", "-m", "master")
    assert "git branch -m master main，zhenggai sync" in refused(made, str(empty), "master")


def test_a_server_whose_head_is_on_no_branch_takes_nothing(empty: Path, clone: History) -> None:
    (empty / "HEAD").write_text(f"{clone.head}\n")
    assert "git symbolic-ref HEAD refs/heads/main" in refused(clone, str(empty), "main")


def test_what_the_tool_itself_writes_is_taken(empty: Path, zhenggai: Runner, tmp_path: Path) -> None:
    """A clone is fitted out, entries, evidence, a week's report and a plan's new form are shared by ``sync``."""
    git(tmp_path, "clone", "-q", str(empty), "台账")
    root = tmp_path / "台账"
    for name, value in (("user.name", "教育局"), ("user.email", BUREAU)):
        git(root, "config", name, value)
    write(root, {"plans/units.yaml": UNITS, "plans/p.yaml": PLAN})
    assert zhenggai("init", "--unit", "县教育局", "--writer", "办公室", at=root).code == 0
    assert zhenggai("sync", at=root).err.endswith("推送……\n")
    write(tmp_path, {"定 稿（二）.tar.gz": b"\0\1"})
    write(root, {JUNE: ledger_files("06-10 县教育局 进展 1-1 进度=80%\n")[JUNE].replace("\n", "\r\n")})
    for words in (
        ("fmt",),
        ("add", "1-1", "印发办法", "-p", "90", "-e", str(tmp_path / "定 稿（二）.tar.gz")),
        ("week", "--issue", "--no", "13"),
        ("schema",),
        ("sync",),
    ):
        ran = zhenggai(*words, at=root)
        assert ran.code == 0, (words, ran)
    shared = git(empty, "-c", "core.quotePath=false", "ls-tree", "-r", "--name-only", "main").stdout
    assert "附件/2020-07/定 稿（二）.tar." in shared
    assert "ledgers/p/报告/" in shared


# --- merges


def test_a_merge_that_brings_together_is_taken(clone: History) -> None:
    clone.branch("side")
    committed(clone, {JUNE: THIRD})
    clone.git("checkout", "-q", "main")
    committed(clone, {"ledgers/p/县委办公室/2020-05.办公室.bb.yaml": THIRD.replace("00000003", "00000004")}, OFFICE)
    clone.merge("side")
    done = git(clone.root, "push", "-q", "origin", "main")
    assert (done.returncode, done.stderr) == (0, "")


def test_a_merge_that_brings_twins_together_is_refused(clone: History) -> None:
    clone.branch("side")
    committed(clone, {JUNE: THIRD})
    clone.git("checkout", "-q", "main")
    committed(clone, {JUNE.replace(".aa.", ".AA."): THIRD.replace("00000003", "00000004")})
    clone.merge("side")
    assert "只差大小写" in refused(clone, "origin", "main")


def test_what_a_merge_itself_puts_in_is_refused(clone: History) -> None:
    clone.branch("side")
    committed(clone, {JUNE: THIRD})
    clone.git("checkout", "-q", "main")
    committed(clone, {"README.md": README})
    clone.merge("side", {"run.sh": "#!/bin/sh\n"})
    assert "文件位置：run.sh" in refused(clone, "origin", "main")


def test_a_merge_brings_nothing_back_that_an_old_commit_has(clone: History) -> None:
    old = clone.head
    committed(clone, {"多余": None})
    clone.git("push", "-q", "origin", "main")
    head = clone.git("commit-tree", f"{old}^{{tree}}", "-p", "HEAD", "-p", old, "-m", "x")
    assert "文件位置：多余" in refused(clone, "origin", f"{head}:main")


# --- objects that git itself does not take


def test_malformed_objects_are_refused_by_git(clone: History) -> None:
    """Two files of one name: git takes the one, another reader the other."""
    file = clone.git("rev-parse", f"HEAD:{MAY}")
    entry = b"100644 README\0" + bytes.fromhex(file)
    command = ["git", "hash-object", "-t", "tree", "-w", "--literally", "--stdin"]
    tree = subprocess.run(command, cwd=clone.root, input=entry * 2, capture_output=True, check=True).stdout.decode()
    head = clone.git("commit-tree", tree.strip(), "-p", "HEAD", "-m", "x")
    done = git(clone.root, "push", "origin", f"{head}:main")
    assert done.returncode != 0
    assert "duplicateEntries" in done.stderr
