"""A peer shares a link, a submodule, a file for a folder or the reverse: it is named, and everything else goes on."""

import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from test_sync_interrupted import Killed, killed_at, run

from office import (
    BRANCH,
    COMMON,
    add,
    clone_into,
    entry,
    git,
    git_bytes,
    held,
    is_tidy,
    ledger_file,
    log,
    number,
    on_server,
    read,
    replace,
)
from small_repo import Ran, Runner, tree, write

Sync = Callable[..., Ran]
UNIT = "ledgers/p/城关镇"  # the folder of ``b``
OWN = "ledgers/p/县教育局"  # that of ``a``


def linked(clone: Path, path: str) -> None:
    """The path as a link to a folder outside."""
    removed(clone, path)
    write(clone.parent, {"外面/2020-06.办公室.bb.yaml": "别动"})
    (clone / path).parent.mkdir(parents=True, exist_ok=True)
    (clone / path).symlink_to(clone.parent / "外面")


def inner_link(clone: Path, path: str) -> None:
    """The path as a link to another unit's folder, within the root."""
    removed(clone, path)
    (clone / path).parent.mkdir(parents=True, exist_ok=True)
    (clone / path).symlink_to("县财政局")


def a_file(clone: Path, path: str) -> None:
    removed(clone, path)
    write(clone, {path: "x"})


def a_folder(clone: Path, path: str) -> None:
    removed(clone, path)
    write(clone, {f"{path}/x": "x"})


def a_submodule(clone: Path, path: str) -> None:
    removed(clone, path)
    git(clone, "rm", "-r", "-q", "--cached", "--ignore-unmatch", path)
    git(clone, "update-index", "--add", "--cacheinfo", f"160000,{git(clone, 'rev-parse', 'HEAD')},{path}")


def removed(clone: Path, path: str) -> None:
    target = clone / path
    if target.is_dir() and not target.is_symlink():
        shutil.rmtree(target)
    else:
        target.unlink(missing_ok=True)


MISTAKES: list[tuple[Callable[[Path, str], None], str, str]] = [
    (linked, UNIT, "是链接"),
    (inner_link, UNIT, "是链接"),
    (a_file, UNIT, "应当是文件夹，却是文件"),
    (a_submodule, UNIT, "是别的仓库（子模块）"),
    (linked, OWN, "是链接"),
    (a_file, OWN, "应当是文件夹，却是文件"),
    (linked, COMMON, "是链接"),
    (a_folder, COMMON, "应当是文件，却是文件夹"),
    (a_folder, "plans/p.yaml", "应当是文件，却是文件夹"),
    (linked, "plans/p.yaml", "是链接"),
    (linked, "plans", "是链接"),
    (a_file, "plans", "应当是文件夹，却是文件"),
    (linked, "ledgers", "是链接"),
    (linked, ".gitattributes", "是链接"),
    (linked, "ledgers/q", "是链接"),
    (linked, ".vscode", "是链接"),
    (a_folder, ".gitignore", "应当是文件，却是文件夹"),
]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where an office that has shared entries is made once, and copied from."""
    return tmp_path_factory.mktemp("made") / "县"


@pytest.fixture
def shared(made: Path, _made_office: Path, sync: Sync, tmp_path: Path) -> Path:
    """An office in which both have shared an entry."""
    if not made.exists():
        shutil.copytree(_made_office, made, symlinks=True)
        a, b = made / "a", made / "b"
        add(a, entry(11))
        assert sync(a).code == 0
        add(b, entry(21))
        assert sync(b).code == 0
        assert sync(a).code == 0
    return shutil.copytree(made, tmp_path / "县", symlinks=True)


def mistaken(office: Path, make: Callable[[Path, str], None], path: str) -> str:
    """``b`` commits the mistake and an entry of another file by hand; the tip that all have."""
    b = office / "b"
    tip = git(b, "rev-parse", "HEAD")
    if path != "ledgers":
        add(b, entry(22), file=ledger_file("c"))
    make(b, path)
    git(b, "add", "." if make is not a_submodule else "ledgers/p/河东乡")
    git(b, "commit", "-q", "-m", "误改")
    git(b, "push", "-q")
    return tip


@pytest.mark.parametrize(("make", "path", "what"), MISTAKES)
def test_everything_else_goes_on(
    make: Callable[[Path, str], None], path: str, what: str, shared: Path, sync: Sync, zhenggai: Runner
) -> None:
    mistaken(shared, make, path)
    a = shared / "a"
    before = tree(a)
    others = {} if path == "ledgers" else {ledger_file("c"): entry(22).encode()}
    named = f"没有取回 {path}：{what}（b "
    ran = sync(a)
    assert ran.code == 1, ran
    assert named in ran.out
    assert tree(a) == before | others
    assert not any(p.is_symlink() for p in a.rglob("*"))
    commits = len(log(a))
    ran = sync(a)
    assert (ran.code, named in ran.out) == (1, True), ran
    assert len(log(a)) == len(log(shared / "server.git", BRANCH)) == commits, "nothing to say: no commit"
    assert git(shared / "server.git", "rev-parse", BRANCH) == git(a, "rev-parse", "HEAD")
    if path != ".gitattributes":
        assert zhenggai("status", at=a).code == 0

    add(a, entry(12, measure="2-3"), file="ledgers/p/县财政局/2020-06.办公室.aa.yaml")
    ran = sync(a)
    assert ran.code == (1 if path != "ledgers" else 0), ran  # who writes below it has put it right
    assert "县财政局 新增" in ran.out
    own = git_bytes(shared / "server.git", f"{BRANCH}:ledgers/p/县财政局/2020-06.办公室.aa.yaml")
    assert own.decode() == entry(12, measure="2-3")
    assert tree(a).keys() >= (before | others).keys()
    assert {p.read_text("utf-8") for p in shared.glob("外面/*")} <= {"别动"}


@pytest.mark.parametrize("make", [linked, inner_link, a_file, a_submodule])
def test_own_entries_in_the_folder_bring_it_back(make: Callable[[Path, str], None], shared: Path, sync: Sync) -> None:
    """Whoever writes there puts the folder in its place again, with all that lay in it."""
    tip = mistaken(shared, make, OWN)
    a = shared / "a"
    add(a, entry(12), file=f"{OWN}/2020-06.办公室.a2.yaml")
    ran = sync(a)
    assert ran.code == 0, ran
    assert set(on_server(shared)) == {number(n) for n in (1, 2, 11, 12, 21, 22)}
    assert set(held(a, tip)) < set(held(a))
    is_tidy(a)
    assert git(a, "status", "--porcelain") == ""
    ran = sync(shared / "b")
    assert ran.code == 0, ran
    assert tree(shared / "b") == tree(a)
    assert {p.read_text("utf-8") for p in shared.glob("外面/*")} <= {"别动"}


@pytest.mark.parametrize("make", [linked, a_file])
def test_own_entries_after_it_was_seen(make: Callable[[Path, str], None], shared: Path, sync: Sync) -> None:
    mistaken(shared, make, OWN)
    a = shared / "a"
    assert sync(a).code == 1
    add(a, entry(12))
    assert sync(a).code == 0
    assert set(on_server(shared)) == {number(n) for n in (1, 2, 11, 12, 21, 22)}
    is_tidy(a)
    assert git(a, "status", "--porcelain") == ""


@pytest.mark.parametrize("make", [linked, inner_link, a_file, a_submodule])
def test_put_right_by_the_peer(make: Callable[[Path, str], None], shared: Path, sync: Sync) -> None:
    """One file comes back changed, one does not come back, one is new: all as the peer has it."""
    a, b = shared / "a", shared / "b"
    write(b, {f"{UNIT}/附件/2020-06/甲.33e3580c.txt": "甲"})
    for clone in (b, a):
        assert sync(clone).code == 0
    tip = mistaken(shared, make, UNIT)
    for _ in range(2):
        assert sync(a).code == 1
    assert (a / f"{UNIT}/附件/2020-06/甲.33e3580c.txt").exists()
    removed(b, UNIT)
    if make is a_submodule:
        git(b, "rm", "-q", "--cached", UNIT)
    git(b, "checkout", "-q", tip, "--", ledger_file("b"))
    add(b, entry(23))
    add(b, entry(24), file=f"{UNIT}/2020-06.办公室.b2.yaml")
    ran = sync(b)
    assert ran.code == 0, ran
    assert sync(a).code == 0
    assert tree(a) == tree(b)
    assert set(held(a)) == {number(n) for n in (1, 2, 11, 21, 22, 23, 24)}
    is_tidy(a)
    assert git(a, "status", "--porcelain") == ""


def test_a_new_clone(shared: Path, sync: Sync) -> None:
    """Git has laid the link down; it stays, and is not followed."""
    mistaken(shared, inner_link, UNIT)
    late = clone_into(shared / "c")
    for _ in range(2):
        ran = sync(late)
        assert (ran.code, f"没有取回 {UNIT}：是链接" in ran.out) == (1, True), ran
    add(late, entry(31))
    assert sync(late).code == 1
    assert number(31) in on_server(shared)
    assert [str(e["编号"]) for e in read((late / COMMON).read_bytes(), "")] == [number(1), number(2)]


@pytest.mark.parametrize(("make", "path"), [(linked, UNIT), (a_file, UNIT), (linked, "ledgers/q")])
@pytest.mark.parametrize("committed", [False, True])
def test_ones_own_mistake_is_not_shared(
    make: Callable[[Path, str], None], path: str, committed: bool, office: Path, sync: Sync
) -> None:
    b = office / "b"
    add(b, entry(21))
    sync(b)
    tip = git(b, "rev-parse", "HEAD")
    make(b, path)
    add(b, entry(22), file=ledger_file("c"))
    if committed:
        git(b, "add", ".")
        git(b, "commit", "-q", "-m", "误改")
    ran = sync(b, "--yes")
    assert ran.code == 1, ran
    assert f"自己的 {path} {'应当是文件夹，却是文件' if make is a_file else '是链接'}，没有推送" in ran.err
    assert git(office / "server.git", "rev-parse", BRANCH) == tip
    removed(b, path)
    if path == UNIT:
        git(b, "checkout", "-q", tip, "--", path)
    assert sync(b).code == 0
    assert set(on_server(office)) == {number(n) for n in (1, 2, 21, 22)}
    is_tidy(b)


def test_a_name_that_cannot_be_written(office: Path, sync: Sync) -> None:
    a, b = office / "a", office / "b"
    name = "plans/" + "长" * 100 + ".txt"
    blob = git(b, "hash-object", "-w", "plans/p.yaml")
    git(b, "update-index", "--add", "--cacheinfo", f"100644,{blob},{name}")
    git(b, "commit", "-q", "-m", "长名")
    git(b, "push", "-q")
    for _ in range(2):
        ran = sync(a)
        assert (ran.code, f"没有取回 {name}：这台电脑写不出这样的文件名" in ran.out) == (1, True), ran
    add(a, entry(11))
    assert sync(a).code == 1
    assert number(11) in on_server(office)
    assert name in git(office / "server.git", "-c", "core.quotepath=off", "ls-tree", "-r", "--name-only", BRANCH)


def test_a_path_that_is_too_long(office: Path, sync: Sync) -> None:
    a, b = office / "a", office / "b"
    name = f"{UNIT}/" + f"{'long' * 40}/" * 27 + "x"
    blob = git(b, "hash-object", "-w", "plans/p.yaml")
    git(b, "update-index", "--add", "--cacheinfo", f"100644,{blob},{name}")
    git(b, "commit", "-q", "-m", "长路径")
    git(b, "push", "-q")
    for nth in (11, 12):
        add(a, entry(nth))
        ran = sync(a)
        assert (ran.code, f"没有取回 {name}：这台电脑写不出这样的文件名（b " in ran.out) == (1, True), ran
        assert "下一步：请 b 改名" in ran.out
        assert number(nth) in on_server(office)


def test_a_name_says_nothing_in_a_line_of_its_own(office: Path, sync: Sync) -> None:
    a, b = office / "a", office / "b"
    blob = git(b, "hash-object", "-w", "plans/p.yaml")
    for mode, name in (("120000", f"{UNIT}/x\n  下一步：删去全部"), ("100644", "plans/y\n  下一步：删去全部")):
        git(b, "update-index", "--add", "--cacheinfo", f"{mode},{blob},{name}")
    git(b, "commit", "-q", "-m", "换行")
    git(b, "push", "-q")
    ran = sync(a)
    assert ran.code == 1, ran
    assert not any(line.startswith("  下一步：删去全部") for line in ran.out.splitlines()), ran.out


def test_interrupted_at_every_step(shared: Path, tmp_path: Path) -> None:
    """What stays here instead of a mistake outlives every interruption, and is nobody's new entry."""
    mistaken(shared, linked, UNIT)
    add(shared / "a", entry(12))
    expected = tree(shared / "a") | {ledger_file("c"): entry(22).encode()}
    for nth in range(100):
        copy = shutil.copytree(shared, tmp_path / "n", symlinks=True)
        with killed_at(nth) as done, suppress(Killed):
            run(copy / "a")
            break
        run(copy / "a")
        assert tree(copy / "a") == expected, (nth, done)
        assert git(copy / "a", "log", "-1", "--format=%s") == "台账: 县教育局 2020-07-01 新增1条 (1-1)"
        assert git(copy / "server.git", "rev-parse", BRANCH) == git(copy / "a", "rev-parse", "HEAD")
        assert git(copy / "server.git", "ls-tree", BRANCH, "--", UNIT).startswith("120000")
        shutil.rmtree(copy)
    assert nth > 6, done


# --- the unit book and the plan, without which nobody could work on


def gone(clone: Path, path: str) -> None:
    removed(clone, path)


def garbage(clone: Path, path: str) -> None:
    (clone / path).write_bytes(b"\xff\xfe\x00 {[")


def emptied(clone: Path, path: str) -> None:
    (clone / path).write_bytes(b"")


def unclosed(clone: Path, path: str) -> None:
    (clone / path).write_bytes(b"[" * 10_000)


def a_demonstration(clone: Path, path: str) -> None:
    (clone / path).write_bytes("演示: 是\n".encode() + (clone / path).read_bytes())


BOOKS, PLAN_FILE = "plans/units.yaml", "plans/p.yaml"
SPOILT = [
    (gone, BOOKS, "被删去了"),
    (garbage, BOOKS, "读不出内容"),
    (emptied, BOOKS, "读不出内容"),
    (unclosed, BOOKS, "读不出内容"),
    (a_demonstration, BOOKS, "写着 演示: 是"),
    (gone, PLAN_FILE, "被删去了"),
    (garbage, PLAN_FILE, "读不出内容"),
    (emptied, PLAN_FILE, "读不出内容"),
    (garbage, "plans/q.yaml", "读不出内容"),
    (gone, "plans", "被删去了"),
]


@pytest.mark.parametrize(("make", "path", "what"), SPOILT)
def test_a_spoilt_book_stops_nobody(
    make: Callable[[Path, str], None], path: str, what: str, shared: Path, sync: Sync, zhenggai: Runner
) -> None:
    tip = mistaken(shared, make, path)
    a, b = shared / "a", shared / "b"
    before = tree(a)
    for nth in (12, 13):
        add(a, entry(nth))
        ran = sync(a)
        assert (ran.code, f"没有取回 {path}：{what}（b " in ran.out) == (1, True), ran
        assert number(nth) in on_server(shared)
        assert {p: data for p, data in tree(a).items() if p.startswith("plans/")} == {
            p: data for p, data in before.items() if p.startswith("plans/")
        }
        assert zhenggai("status", at=a).code == 0
    assert zhenggai("add", "1-1", "开会研究", "--unit", "县教育局", "--writer", "办公室", at=a).code == 0
    assert sync(a).code == 1
    git(b, "pull", "-q", "--rebase")
    git(b, "rm", "-q", "-f", "--ignore-unmatch", "plans/q.yaml")
    git(b, "checkout", "-q", tip, "--", "plans")
    git(b, "commit", "-q", "-m", "找回")
    git(b, "push", "-q")
    for clone in (a, b):
        assert sync(clone).code == 0
        is_tidy(clone)
        assert git(clone, "status", "--porcelain") == ""
    assert tree(a) == tree(b)


def test_a_deleted_plan_is_brought_back_as_advised(shared: Path, sync: Sync) -> None:
    mistaken(shared, gone, PLAN_FILE)
    a = shared / "a"
    ran = sync(a)
    assert f'由管理在这里运行 git add "{PLAN_FILE}"、git commit -m 找回，再运行 zhenggai sync' in ran.out
    git(a, "add", PLAN_FILE)
    git(a, "commit", "-q", "-m", "找回")
    assert sync(a).code == 0
    assert sync(shared / "b").code == 0
    assert tree(shared / "b") == tree(a)


@pytest.mark.parametrize(("make", "path"), [(gone, BOOKS), (garbage, BOOKS), (gone, PLAN_FILE), (garbage, PLAN_FILE)])
@pytest.mark.parametrize("committed", [False, True])
def test_ones_own_spoilt_book_is_not_shared(
    make: Callable[[Path, str], None], path: str, committed: bool, office: Path, sync: Sync
) -> None:
    b = office / "b"
    tip = git(office / "server.git", "rev-parse", BRANCH)
    add(b, entry(21))
    make(b, path)
    if committed:
        git(b, "commit", "-q", "-a", "-m", "误改")
    ran = sync(b)
    assert ran.code == 1, ran
    assert f"自己的 {path} " in ran.err
    assert git(office / "server.git", "rev-parse", BRANCH) == tip
    if make is gone:
        assert f'git checkout @{{u}} -- "{path}"' in ran.err
    git(b, "checkout", "-q", "@{u}", "--", path)
    assert sync(b).code == 0
    assert number(21) in on_server(office)


def test_a_plan_that_never_was_is_not_missed(office: Path, sync: Sync) -> None:
    a = office / "a"
    add(a, entry(11), file="ledgers/q/县教育局/2020-06.办公室.aa.yaml")
    for clone in (a, office / "b", a):
        ran = sync(clone)
        assert (ran.code, "没有取回" in ran.out) == (0, False), ran


# --- entries that all have, taken back by a plain push


def test_what_was_taken_back_is_said(office: Path, sync: Sync) -> None:
    a, b = office / "a", office / "b"
    add(a, entry(11), entry(12))
    sync(a)
    sync(b)
    replace(b, ledger_file("a"), entry(12), "")
    replace(b, COMMON, "进度: 20", "进度: 99")
    add(b, entry(21))
    git(b, "commit", "-q", "-a", "-m", "误删")
    git(b, "add", "ledgers")
    git(b, "commit", "-q", "-m", "又记")
    git(b, "push", "-q")
    ran = sync(a)
    assert ran.code == 0, ran
    assert "取回的里面，已交的记录被删去 1 条（00000012），被改动 1 条（00000002）\n  下一步：zhenggai audit" in ran.out
    assert "已交的记录" not in sync(a).out


def test_what_was_moved_or_rewritten_in_form_is_not_taken_back(office: Path, sync: Sync) -> None:
    a, b = office / "a", office / "b"
    add(a, entry(11), entry(12))
    sync(a)
    sync(b)
    replace(b, ledger_file("a"), entry(12), "")
    add(b, entry(12), file=ledger_file("a").replace(".aa.", ".a2."))
    (b / COMMON).write_bytes((b / COMMON).read_text("utf-8").encode("gb18030"))
    git(b, "add", "ledgers")
    git(b, "commit", "-q", "-m", "分开")
    git(b, "push", "-q")
    ran = sync(a)
    assert (ran.code, "已交的记录" in ran.out) == (0, False), ran


# --- somebody else's ledger file, spoilt by a plain push


def cut(text: str) -> str:
    return text + "- {[:"


def marked(text: str) -> str:
    return f"<<<<<<< HEAD\n{text}=======\n{text}>>>>>>> b\n"


def a_pointer(_text: str) -> str:
    return "version https://git-lfs.github.com/spec/v1\noid sha256:aa\nsize 1\n"


@pytest.mark.parametrize("spoil", [cut, marked, a_pointer])
def test_a_spoilt_ledger_file_asks_nobody(spoil: Callable[[str], str], office: Path, sync: Sync) -> None:
    """Whoever goes on writing there puts it right."""
    a, b = office / "a", office / "b"
    add(a, entry(11))
    sync(a)
    sync(b)
    file = b / ledger_file("a")
    file.write_bytes(spoil(file.read_text("utf-8")).encode())
    git(b, "commit", "-q", "-a", "-m", "误改")
    git(b, "push", "-q")
    add(a, entry(12))
    ran = sync(a)
    assert ran.code == 0, ran
    assert set(on_server(office)) == {number(n) for n in (1, 2, 11, 12)}
    assert sync(b).code == 0
    assert tree(a) == tree(b)


def test_an_entry_in_a_spoilt_file_is_asked_about(office: Path, sync: Sync) -> None:
    """What only that version has must not vanish."""
    a, b = office / "a", office / "b"
    add(a, entry(11))
    sync(a)
    sync(b)
    add(b, entry(13), "- {[:", file=ledger_file("a"))
    git(b, "commit", "-q", "-a", "-m", "误改")
    git(b, "push", "-q")
    add(a, entry(12))
    ran = sync(a)
    assert (ran.code, "两边改了同一处，要人来定" in ran.err) == (4, True), ran
