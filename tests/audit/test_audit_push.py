"""``audit --range`` and ``--pre-receive``: a real bare repository with the hook refuses what may not be done."""

import subprocess
from pathlib import Path

import pytest

from small_history import BOOK, BUREAU, MAY, ORGANISERS, STRANGER, History, history
from small_repo import PLAN, Runner, ledger_files
from warm_start import stand_in
from zhenggai.errors import UsageError

TWO = """\
05-10 县教育局 进展 1-1 内容=初稿 进度=40
05-11 县教育局 进展 1-1 内容=征求意见 进度=60
"""
THIRD = "05-12 县教育局 进展 1-1 内容=定稿 进度=80\n"
NOUGHT = "0" * 40
HOOK = '#!/bin/sh\nexec "%s" -m zhenggai audit --pre-receive\n'


@pytest.fixture(autouse=True)
def _clean(home: Path) -> None:
    """No settings of the machine."""


@pytest.fixture
def server(tmp_path: Path) -> History:
    """A bare repository, as on a server, with the hook."""
    bare = History(tmp_path / "服务器.git")
    bare.root.mkdir()
    bare.git("init", "-q", "--bare", "-b", "main")
    hook = bare.root / "hooks" / "pre-receive"
    hook.write_text(HOOK % stand_in())
    hook.chmod(0o755)
    return bare


@pytest.fixture
def repo(tmp_path: Path) -> History:
    """A repository with two entries."""
    return history(tmp_path / "台账", TWO)


@pytest.fixture
def clone(server: History, repo: History) -> History:
    """The same, as a clone whose entries the server has."""
    repo.git("remote", "add", "origin", str(server.root))
    hook = server.root / "hooks" / "pre-receive"
    aside = hook.rename(hook.with_suffix(".aside"))
    repo.git("push", "-q", "origin", "main")
    aside.rename(hook)
    return repo


def pushed(clone: History, *words: str) -> str:
    """What git says of a push that is refused; fails where it is taken."""
    done = subprocess.run(
        ["git", "-C", str(clone.root), "push", *words], capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode != 0, done.stderr
    assert "[remote rejected]" in done.stderr
    lines = [line.removeprefix("remote: ").rstrip() for line in done.stderr.splitlines() if line.startswith("remote: ")]
    assert all(len(line) <= 200 for line in lines)
    return "\n".join(filter(None, lines))


# --- ranges


def test_only_what_stood_before_the_range_has_landed(repo: History) -> None:
    repo.ledger(TWO + THIRD)
    repo.ledger(TWO + THIRD.replace("80", "85"))
    repo.commit({"plans/p.yaml": PLAN.replace("编号: 2-1", "调整: [], 编号: 2-1")}, by=ORGANISERS)
    assert repo.seen_in("HEAD~3..HEAD") == []
    assert [line.split()[:2] for line in repo.seen_in("HEAD~2..HEAD")] == [["错误", "记录改动"]]
    assert [line.split()[:2] for line in repo.seen()] == [["错误", "记录改动"]]


def test_the_unit_book_before_the_range_says_who_may_write(repo: History) -> None:
    repo.commit({"plans/units.yaml": BOOK.replace("JYJ@x", f"JYJ@x, {STRANGER}")}, by=STRANGER, on="05-12")
    repo.ledger(TWO + THIRD, by=STRANGER, on="05-13")
    assert [line.split()[:2] for line in repo.seen_in("HEAD~2..HEAD")] == [["错误", "越权改动"], ["错误", "越权记录"]]
    assert repo.seen_in("HEAD~1..HEAD") == []


def test_hiding_a_landed_entry_is_an_error_in_a_range(repo: History) -> None:
    text = ledger_files(TWO)[MAY]
    repo.commit({MAY: text.replace("  进度: 60", "  进度：60")})
    assert repo.seen_in("HEAD~1..HEAD") == [
        "错误 读不出 县教育局/2020-05.办公室.aa.yaml 这一版读不出，或有读不出的条目，其中已有的记录 20200511-00000002"
    ]
    assert repo.seen() == repo.seen_in("HEAD~1..HEAD")


def test_an_adjustment_may_be_put_right_before_it_has_landed(repo: History) -> None:
    adjusted = PLAN.replace(
        "编号: 2-3\n", "编号: 2-3\n    调整:\n    - {日期: 2020-05-12, 依据: 会议纪要, 字段: 责任人, 现: 局长}\n", 1
    )
    repo.commit({"plans/p.yaml": adjusted}, by=ORGANISERS)
    repo.commit({"plans/p.yaml": adjusted.replace("现: 局长", "现: 副局长")}, by=ORGANISERS)
    assert repo.seen_in("HEAD~2..HEAD") == []
    assert [line.split()[3:] for line in repo.seen_in("HEAD~1..HEAD")] == [
        ["2-3", "已有的调整（2020-05-12", "责任人）被删改"]
    ]


def test_rewritten_history_is_refused_with_what_it_drops(repo: History) -> None:
    old = repo.head
    repo.git("reset", "-q", "--hard", "HEAD~1")
    repo.ledger(TWO.replace("进度=40", "进度=90").splitlines(keepends=True)[0])
    assert repo.seen_in(f"{old}..HEAD") == [
        f"错误 改写历史 新的历史不接在 {old[:10]} 之后，已有的提交会丢失",
        "错误 记录改动 县教育局/2020-05.办公室.aa.yaml 20200510-00000001 “进度”由“40”改成“90”",
        "错误 记录删除 县教育局/2020-05.办公室.aa.yaml 20200511-00000002 已有的记录被删除（进展 1-1 征求意见）",
    ]


def test_ranges_on_the_command_line(repo: History, zhenggai: Runner) -> None:
    repo.ledger(TWO.replace("进度=40", "进度=90"))
    ran = zhenggai("审计", "--范围", "HEAD~1..HEAD", at=repo.root)
    assert (ran.code, ran.err) == (1, "核对了 1 次提交：错误 1 处，疑点 0 处\n")
    assert "记录改动: 20200510-00000001" in ran.out
    assert zhenggai("audit", "--range", "HEAD~2..HEAD~1", at=repo.root) == (0, "", "")
    for words in ("HEAD", "..HEAD", "a..", "a...b", "nowhere..HEAD", "--all..HEAD"):
        ran = zhenggai("audit", "--range", words, at=repo.root)
        assert (ran.code, ran.out) == (2, ""), words
        assert "下一步" in ran.err
    with pytest.raises(UsageError):
        repo.seen_in(f"HEAD..{'f' * 40}")


def test_a_range_in_a_bare_repository(clone: History, server: History, zhenggai: Runner) -> None:
    clone.ledger(TWO + THIRD, by=STRANGER)
    (server.root / "hooks" / "pre-receive").unlink()
    clone.git("push", "-q", "origin", "main")
    assert zhenggai("audit", "--range", "main~1..main", at=server.root).code == 1
    assert zhenggai("audit", at=server.root).code == 1
    assert zhenggai("audit", "--range", "main~2..main~1", at=server.root).code == 0


# --- pushes


def test_the_first_push_is_taken(repo: History, server: History) -> None:
    repo.git("push", "-q", str(server.root), "main")
    assert server.git("rev-parse", "main") == repo.head


def test_honest_pushes_are_taken(clone: History, server: History) -> None:
    clone.ledger(TWO + THIRD)
    clone.branch("side")
    clone.ledger(TWO + THIRD + "05-13 县教育局 进展 1-1 内容=印发\n", on="05-13")
    clone.git("push", "-q", "origin", "side:main")
    assert server.git("rev-parse", "main") == clone.head


def test_a_push_that_alters_is_refused_with_file_entry_and_reason(clone: History, server: History) -> None:
    before = server.git("rev-parse", "main")
    commit = clone.ledger(TWO.replace("进度=40", "进度=90"), on="05-20")
    assert pushed(clone, "origin", "main") == (
        "这次推送被拒绝：1 处错误。服务器上的台账没有改变，您电脑上的也还在。\n"
        f"记录改动：{MAY} 20200510-00000001\n"
        "  “进度”由“40”改成“90”\n"
        f"  main：2020-05-20 某人 <jyj@x>，提交 {commit[:10]}\n"
        "  下一步：恢复原文；有误的另记更正：zhenggai correct 00000001 …"
    )
    assert server.git("rev-parse", "main") == before


def test_all_refs_and_all_findings_are_named(clone: History) -> None:
    clone.branch("side")
    clone.commit({MAY: None})
    clone.git("checkout", "-q", "main")
    clone.ledger(TWO + THIRD, by=STRANGER)
    told = pushed(clone, "origin", "main", "side")
    assert told.startswith("这次推送被拒绝：2 处错误。")
    assert told.count("共享分支：side") == 1
    assert told.count("越权记录：") == 1


def test_doubts_are_shown_and_taken(clone: History) -> None:
    clone.ledger(TWO + THIRD, on="06-30")
    done = subprocess.run(
        ["git", "-C", str(clone.root), "push", "origin", "main"], capture_output=True, encoding="utf-8", check=True
    )
    assert "记录日期（疑点）" in done.stderr


def test_history_is_neither_rewritten_nor_deleted_on_a_server(clone: History) -> None:
    assert "删除分支：main" in pushed(clone, "origin", ":main")
    clone.git("reset", "-q", "--hard", "HEAD~1")
    told = pushed(clone, "--force", "origin", "main")
    assert "改写历史：main" in told
    assert told.count("记录删除：") == 2


def test_a_new_branch_is_held_against_the_main_one(clone: History, server: History) -> None:
    """Somebody who allows himself on a branch, and writes there, is still a stranger."""
    clone.branch("side")
    clone.commit({"plans/units.yaml": BOOK.replace("JYJ@x", f"JYJ@x, {STRANGER}")}, by=STRANGER)
    clone.ledger(TWO + THIRD, by=STRANGER)
    clone.ledger(TWO.replace("进度=40", "进度=90") + THIRD, by=BUREAU)
    server.git("fetch", "-q", str(clone.root), "side")  # its objects, no branch
    told = sorted(line.split()[:2] for line in server.seen_in(f"{NOUGHT}..{clone.head}"))
    assert told == [["错误", "记录改动"], ["错误", "越权改动"], ["错误", "越权记录"]]


def test_a_replacement_of_objects_deceives_nobody(clone: History, server: History) -> None:
    honest = clone.head
    altered = clone.ledger(TWO.replace("进度=40", "进度=90"))
    server.git("fetch", "-q", str(clone.root), f"{altered}:refs/keep/x")
    server.git("replace", altered, honest)
    assert "记录改动：" in pushed(clone, "origin", "main")


def test_what_the_hook_cannot_read_is_refused(clone: History, server: History, zhenggai: Runner) -> None:
    (server.root / "hooks" / "pre-receive").write_text(HOOK.replace("audit", "audit --range a..b") % stand_in())
    clone.ledger(TWO + THIRD)
    assert "--pre-receive 不和" in pushed(clone, "origin", "main")


# --- signatures


@pytest.fixture
def keys(tmp_path: Path) -> dict[str, Path]:
    """Keys of the bureau and of a stranger."""
    made = {}
    for name in (BUREAU, STRANGER):
        made[name] = tmp_path / name.partition("@")[0]
        command = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", str(made[name])]
        try:
            subprocess.run(command, check=True, capture_output=True)
        except OSError:
            pytest.skip("no ssh-keygen on this computer")
    return made


def signers(keys: dict[str, Path], *names: str) -> str:
    return "".join(f"{name} {keys[name].with_suffix('.pub').read_text('utf-8')}" for name in names)


def signed(repo: History, lines: str, key: Path, on: str, by: str = BUREAU) -> None:
    for name, value in (("gpg.format", "ssh"), ("user.signingkey", str(key))):
        repo.git("config", name, value)
    repo.commit(ledger_files(lines), by, on, "-S")


@pytest.fixture
def administered(tmp_path: Path) -> History:
    """A repository with two entries, whose books the bureau keeps."""
    return history(tmp_path / "台账", TWO, book=f"管理: [{BUREAU}]\n{BOOK}")


def test_a_plan_may_ask_for_signatures(administered: History, keys: dict[str, Path]) -> None:
    repo, asking = administered, PLAN.replace("督办单位:", "签名: 要求\n督办单位:")
    repo.git("config", "gpg.format", "ssh")
    repo.git("config", "user.signingkey", str(keys[BUREAU]))
    required = {"plans/p.yaml": asking, "plans/allowed_signers": signers(keys, BUREAU)}
    repo.commit(required, BUREAU, "05-12", "-S")
    assert [line.split()[1] for line in repo.seen()] == ["身份变更"]
    signed(repo, TWO + THIRD, keys[BUREAU], "05-13")
    assert len(repo.seen()) == 1
    repo.ledger(TWO + THIRD + "05-14 县教育局 进展 1-1 内容=印发\n", on="05-14")
    signed(repo, TWO + THIRD, keys[STRANGER], "05-15")
    assert repo.seen()[1:] == [
        "错误 签名 方案要求签名，这次提交没有签名",
        "错误 签名 方案要求签名，这次提交签名的公钥不在 plans/allowed_signers 里",
        "错误 记录删除 县教育局/2020-05.办公室.aa.yaml 20200514-00000004 已有的记录被删除（进展 1-1 印发）",
    ]
    assert [line.split()[1] for line in repo.seen_in("HEAD~2..HEAD")] == ["签名", "签名"]


def test_a_signature_is_the_authors_own_and_nobody_lets_himself_sign(repo: History, keys: dict[str, Path]) -> None:
    asking = PLAN.replace("督办单位:", "签名: 要求\n督办单位:")
    repo.git("config", "gpg.format", "ssh")
    repo.git("config", "user.signingkey", str(keys[BUREAU]))
    both = {"plans/p.yaml": asking, "plans/allowed_signers": signers(keys, BUREAU)}
    repo.commit(both, BUREAU, "05-12", "-S")
    base = repo.head
    repo.commit({"plans/allowed_signers": signers(keys, BUREAU, STRANGER)}, BUREAU, "05-12", "-S")
    signed(repo, TWO + THIRD, keys[STRANGER], "05-13", by=BUREAU)
    assert [line for line in repo.seen() if "签名 " in line] == ["错误 签名 签名人是 stranger@x，提交人却写的是 jyj@x"]
    assert [line for line in repo.seen_in(f"{base}..HEAD") if "签名 " in line] == [
        "错误 签名 方案要求签名，这次提交签名的公钥不在 plans/allowed_signers 里"
    ]


def test_without_ssh_keygen_signatures_are_not_taken_for_good(
    repo: History, keys: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    repo.commit({"plans/p.yaml": PLAN.replace("督办单位:", "签名: 要求\n督办单位:")}, by=ORGANISERS)
    monkeypatch.setattr("shutil.which", lambda _: None)
    assert repo.seen() == ["错误 签名 方案要求签名，这台电脑没有 ssh-keygen，无法核对"]
    assert not (repo.root / ".zhenggai" / "audit.json").exists()


# --- copies


COPIES = [
    MAY.replace(".aa.yaml", end) for end in (".aa - 副本.yaml", ".aa(1).yaml", ".aa.sync-conflict-20200512-101500-ABCDEFG.yaml")
] + [MAY.replace("县教育局", "县教育局 - 副本")]  # fmt: skip


@pytest.mark.parametrize("copy", COPIES)
@pytest.mark.parametrize("text", [TWO, TWO + THIRD], ids=["identical", "with an entry more"])
def test_a_copy_is_not_taken(repo: History, copy: str, text: str) -> None:
    repo.commit({copy: ledger_files(text)[MAY]})
    told = f"错误 副本 {copy.removeprefix('ledgers/p/')} 是从 {MAY} 复制出来的"
    assert [line for line in repo.seen_in("HEAD~1..HEAD") if "副本 县" in line] == [told]
    repo.commit({copy: None, MAY: ledger_files(text)[MAY]})
    assert repo.seen_in("HEAD~2..HEAD") == []


def test_a_copy_is_not_taken_together_with_its_original(repo: History) -> None:
    june = MAY.replace("2020-05", "2020-06")
    text = ledger_files("06-10 县教育局 进展 1-1 内容=定稿 进度=80")[june]
    repo.commit({june: text, june.replace(".yaml", "(1).yaml"): text}, on="06-10")
    assert repo.seen_in("HEAD~1..HEAD") == [f"错误 副本 县教育局/2020-06.办公室.aa(1).yaml 是从 {june} 复制出来的"]


@pytest.mark.parametrize("copy", COPIES[:2])
def test_a_copy_that_has_landed_may_be_deleted(repo: History, copy: str) -> None:
    repo.commit({copy: ledger_files(TWO)[MAY]})
    repo.ledger(TWO + THIRD)
    assert repo.seen_in("HEAD~1..HEAD") == []
    repo.commit({copy: None})
    assert repo.seen_in("HEAD~1..HEAD") == []
    assert repo.seen() == []


def test_the_original_of_a_landed_copy_may_not_be_deleted_for_another_text(repo: History) -> None:
    repo.commit({COPIES[0]: ledger_files(TWO.replace("40", "90"))[MAY]})
    repo.commit({MAY: None})
    found = repo.seen_in("HEAD~1..HEAD")
    assert [line.split()[:2] for line in found] == [["错误", "记录删除"]]
    assert "20200510-00000001" in found[0]
