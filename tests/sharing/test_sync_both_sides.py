"""Both sides changed something: merged without a word where rules can tell, else decided by a person, or given up."""

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from office import (
    COMMON,
    add,
    entry,
    git,
    git_bytes,
    held,
    is_tidy,
    ledger_file,
    log,
    number,
    on_server,
    replace,
    state,
)
from small_repo import Ran, tree, write
from terminal import BACKSPACE, PATIENCE, SCRIPT, read, spoken

Sync = Callable[..., Ran]
QUESTION = "用哪一个"


def both_edit(office: Path, sync: Sync, ours: str = "进度: 15", theirs: str = "进度: 18") -> tuple[Path, Path]:
    """``b`` has shared its edit of an entry, ``a`` not yet."""
    a, b = office / "a", office / "b"
    replace(b, COMMON, "进度: 10", theirs)
    sync(b)
    replace(a, COMMON, "进度: 10", ours)
    add(a, entry(11))
    return a, b


@pytest.mark.parametrize(("answer", "progress"), [("1", "15"), ("2", "18")])
def test_the_same_field_is_decided_by_number(answer: str, progress: str, office: Path, sync: Sync) -> None:
    a, b = both_edit(office, sync)
    ran = spoken(a, "sync", answers=[(QUESTION, "五"), ("看不懂“五”", f"{BACKSPACE}{answer}")])
    assert ran.code == 0, ran.out
    assert "看不懂“五”" in ran.out
    assert "两边改了同一处" in ran.out
    assert f"2020-06-01 2-3 进展（{number(1)}）的“进度”" in ran.out
    for text in ("1 本机的", "2 别人的", "原来的", "15", "18", "10"):
        assert text in ran.out
    sync(b)
    for clone in (a, b):
        assert held(clone)[number(1)]["进度"] == progress
        assert number(11) in held(clone)
        is_tidy(clone)


def test_given_up_nothing_has_changed(office: Path, sync: Sync) -> None:
    a, _ = both_edit(office, sync)
    before = state(a)
    ran = spoken(a, "sync", answers=[(QUESTION, "0")])
    assert (ran.code, "已放下" in ran.out) == (4, True)
    assert state(a) == before
    ran = sync(a)  # nobody at a terminal
    assert ran.code == 4
    assert "要人来定" in ran.err
    assert "下一步：在终端里运行 zhenggai sync" in ran.err
    assert state(a) == before
    assert spoken(a, "sync", answers=[(QUESTION, "1")]).code == 0


def test_ctrl_c_at_the_question(office: Path, sync: Sync) -> None:
    a, _ = both_edit(office, sync)
    before = state(a)
    here, there = os.openpty()
    process = subprocess.Popen(
        [sys.executable, "-c", SCRIPT, "sync"], cwd=a, stdin=there, stdout=there, stderr=there, start_new_session=True
    )
    os.close(there)
    screen = b""
    while QUESTION.encode() not in screen:
        screen += read(here)
    while process.poll() is None:  # a signal between the question and the reading of an answer may pass unseen
        process.send_signal(signal.SIGINT)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(5)
    while more := read(here):
        screen += more
    os.close(here)
    assert process.wait(PATIENCE) == 130
    assert "已中断，记录都在" in screen.decode()
    assert "Traceback" not in screen.decode()
    assert state(a) == before
    assert spoken(a, "sync", answers=[(QUESTION, "2")]).code == 0


def test_different_fields_are_no_question(office: Path, sync: Sync) -> None:
    a, b = both_edit(office, sync, theirs="进度: 10\n  存在问题: 人手不够")
    assert sync(a).code == 0
    sync(b)
    for clone in (a, b):
        assert held(clone)[number(1)] | {"内容": ""} == {
            "编号": number(1), "日期": "2020-06-01", "措施": "2-3", "事项": "进展", "进度": "15", "存在问题": "人手不够", "内容": "", "填报人": "办公室",
        }  # fmt: skip
        is_tidy(clone)


def test_one_file_of_two_computers(office: Path, sync: Sync) -> None:
    """Entries that both append to one file are all there, in the order of their days."""
    a, b = office / "a", office / "b"
    add(b, entry(21, measure="2-3", day=3), entry(22, measure="2-3", day=5), file=COMMON)
    sync(b)
    add(a, entry(11, measure="2-3", day=2), entry(12, measure="2-3", day=4), file=COMMON)
    assert sync(a).code == 0
    sync(b)
    assert tree(a) == tree(b)
    days = [values["日期"] for values in held(a).values()]
    assert days == sorted(days, key=str)


def test_the_edit_outlives_the_deletion(office: Path, sync: Sync) -> None:
    a, b = office / "a", office / "b"
    replace(b, COMMON, entry(1, "摸底", measure="2-3", progress=10), "")
    assert sync(b, "--yes").code == 0
    assert number(1) not in on_server(office)
    replace(a, COMMON, "进度: 10", "进度: 15")
    assert sync(a).code == 0
    assert on_server(office)[number(1)]["进度"] == "15"
    (b / COMMON).unlink()
    sync(b, "--yes")
    replace(a, COMMON, "进度: 20", "进度: 25")
    assert sync(a).code == 0
    assert on_server(office)[number(2)]["进度"] == "25"


def test_landed_entries_are_deleted_only_on_purpose(office: Path, sync: Sync) -> None:
    a = office / "a"
    (a / COMMON).unlink()
    add(a, entry(11))
    before = state(a)
    ran = sync(a)
    assert ran.code == 2
    back = f'git checkout -- "{COMMON}"'
    told = f"这里删去了已经交出去的 2 条记录：00000001、00000002，没有改动\n  下一步：误删的文件这样找回：{back}；"
    assert told in ran.err
    assert state(a) == before
    ran = spoken(a, "sync", answers=[("真的要删去？", "n")])
    assert ran.code == 2
    assert back in ran.out
    assert state(a) == before
    assert spoken(a, "sync", answers=[("真的要删去？", "y")]).code == 0
    assert set(on_server(office)) == {number(11)}


def test_of_a_file_that_has_more_only_the_lines_are_brought_back(office: Path, sync: Sync) -> None:
    a = office / "a"
    replace(a, COMMON, entry(1, "摸底", measure="2-3", progress=10), "")
    add(a, entry(11), file=COMMON)
    ran = sync(a)
    assert ran.code == 2
    assert f'下一步：删去了哪几行，看 git diff -- "{COMMON}"，照原样补回；确要删去，加 --yes' in ran.err


def test_deleting_offline_asks_as_well(office: Path, sync: Sync) -> None:
    a = office / "a"
    (a / COMMON).unlink()
    (office / "server.git").rename(office / "away")
    before = state(a)
    assert sync(a).code == 2
    assert state(a) == before


def test_a_mistake_hides_entries_but_deletes_none(office: Path, sync: Sync) -> None:
    """Broken YAML is a mistake to be named, not a deletion to be agreed to."""
    a = office / "a"
    replace(a, COMMON, "  进度: 10", " \t进度 10: [")
    ran = sync(a)
    assert ran.code == 1, ran
    assert "自己改动的文件有" in ran.err
    assert COMMON in ran.err
    assert "删去" not in ran.err
    assert number(1) in on_server(office)
    replace(a, COMMON, " \t进度 10: [", "  进度: 12")
    assert sync(a).out == "推送 县财政局 改动1条\n"
    assert len(log(office / "server.git", "main")) == 2  # the mistaken version was never seen


def test_a_plan_edited_in_two_places(office: Path, sync: Sync) -> None:
    a, b = office / "a", office / "b"
    replace(b, "plans/p.yaml", "标题: 整改方案", "标题: 专项整改方案")
    sync(b)
    replace(a, "plans/p.yaml", "内容: 办结", "内容: 全部办结")
    assert sync(a).code == 0
    text = (a / "plans/p.yaml").read_text("utf-8")
    assert "专项整改方案" in text
    assert "全部办结" in text


@pytest.mark.parametrize(
    ("answer", "kept"),
    [("1", ["- {名称: 甲局}"]), ("2", ["- {名称: 乙局}"]), ("3", ["- {名称: 甲局}", "- {名称: 乙局}"])],
)
def test_a_plan_edited_in_the_same_place(answer: str, kept: list[str], office: Path, sync: Sync) -> None:
    a, b = office / "a", office / "b"
    for clone, unit in ((a, "甲局"), (b, "乙局")):
        with open(clone / "plans/units.yaml", "a") as book:
            book.write(f"- {{名称: {unit}}}\n")
    sync(b)
    ran = spoken(a, "sync", answers=[(QUESTION, answer)])
    assert ran.code == 0, ran.out
    assert "3 两边都要" in ran.out
    lines = git_bytes(office / "server.git", "main:plans/units.yaml").decode().splitlines()
    assert [line for line in lines if line.endswith(("甲局}", "乙局}"))] == kept
    is_tidy(a)


def test_an_issued_report_is_one_thing(office: Path, sync: Sync) -> None:
    """The text and the record of one number go together: one question, and both files of one side."""
    a, b = office / "a", office / "b"
    for clone in (a, b):
        write(clone, {f"ledgers/p/报告/周报第021期.{end}": f"{clone.name} {end}\n" for end in ("txt", "json")})
    sync(b)
    git(a, "fetch", "-q")
    before = state(a)
    ran = sync(a)
    assert (ran.code, ran.err.count("两边改了同一处")) == (4, 2)  # shown, and why it stopped
    assert state(a) == before
    ran = spoken(a, "sync", answers=[(QUESTION, "2")])
    assert ran.out.count(QUESTION) == 2  # once asked, and drawn once more with its answer
    assert "a txt" in ran.out
    assert {(a / f"ledgers/p/报告/周报第021期.{end}").read_text("utf-8") for end in ("txt", "json")} == {
        "b txt\n",
        "b json\n",
    }


def test_two_files_of_one_name_that_are_no_text(office: Path, sync: Sync) -> None:
    a, b = office / "a", office / "b"
    name = "ledgers/p/县教育局/附件/2020-06/图.png"
    for clone, data in ((a, b"\0\xff\1"), (b, b"\0\xff\2\3")):
        write(clone, {name: data})
    sync(b)
    ran = spoken(a, "sync", answers=[(QUESTION, "1")])
    assert ran.code == 0
    assert "（不是文字，3 字节）" in ran.out
    assert "（不是文字，4 字节）" in ran.out
    assert git_bytes(office / "server.git", f"main:{name}") == b"\0\xff\1"


@pytest.mark.parametrize("encoding", ["gbk", "utf-16"])
def test_one_side_saved_in_another_encoding(encoding: str, office: Path, sync: Sync) -> None:
    """Both sides' changes are there, and the file can be read."""
    a, b = office / "a", office / "b"
    for path, old, ours, theirs in (
        (COMMON, "进度: 10", "进度: 15", "进度: 25"),
        ("plans/p.yaml", "标题: 整改方案", "标题: 专项整改方案", ""),
    ):
        replace(b, path, old, ours)
        file = a / path
        file.write_bytes(
            file.read_text("utf-8").replace("进度: 20", theirs).replace("内容: 办结", "内容: 全办结").encode(encoding)
        )
    assert sync(b).code == 0
    sync(a)
    assert {n: values["进度"] for n, values in held(a).items()} == {number(1): "15", number(2): "25"}
    text = git_bytes(a, "HEAD:plans/p.yaml").decode()
    assert "专项整改方案" in text
    assert "全办结" in text


def test_a_file_where_the_others_have_a_folder(office: Path, sync: Sync) -> None:
    a, b = office / "a", office / "b"
    write(b, {"plans/资料/一.txt": "1"})
    sync(b)
    write(a, {"plans/资料": "x"})
    before = state(a)
    ran = sync(a)
    assert ran.code == 4
    assert "plans/资料 在一边是文件，在另一边是文件夹" in ran.err
    assert state(a) == before
    (a / "plans/资料").rename(a / "plans/资料.txt")
    assert sync(a).code == 0
    assert (a / "plans/资料/一.txt").read_text("utf-8") == "1"


def test_links_do_not_come_and_nothing_is_written_through_them(office: Path, sync: Sync) -> None:
    a, b = office / "a", office / "b"
    outside = office / "外面"
    outside.mkdir()
    (b / "ledgers/p/城关镇").symlink_to(outside)
    (b / "ledgers/链接").symlink_to("p")
    git(b, "add", ".")
    git(b, "commit", "-q", "-m", "链接")
    git(b, "push", "-q")
    ran = sync(a)
    assert ran.code == 1
    assert ran.out.count("没有取回 ledgers/") == 2
    assert not (a / "ledgers/p/城关镇").exists()
    (b / "ledgers/p/城关镇").unlink()
    (b / "ledgers/链接").unlink()
    add(b, entry(21))
    write(b, {"ledgers/链接.txt": "文件"})
    assert sync(b).code == 0
    assert sync(a).code == 0
    assert tree(a) == tree(b)
    assert list(outside.iterdir()) == []
    is_tidy(a)
    (b / "ledgers/链接.txt").unlink()
    (b / "ledgers/链接.txt").symlink_to("p")
    ran = sync(b)
    assert ran.code == 1
    assert "自己的 ledgers/链接.txt 是链接，没有推送" in ran.err
    assert sync(a).out == "两边一致，没有要取回和推送的\n"


@pytest.mark.parametrize("driver", [False, True])
def test_merging_in_place_of_one_line(driver: bool, office: Path, sync: Sync) -> None:
    a, b = office / "a", office / "b"
    git(a, "config", "pull.rebase", "no")
    if driver:
        git(a, "config", "merge.zhenggai.driver", "false")  # never asked
        write(b, {".gitattributes": "ledgers/**/*.yaml merge=zhenggai\n"})
    add(b, entry(21, measure="2-3"), file=COMMON)
    sync(b)
    add(a, entry(11, measure="2-3"), file=COMMON)
    assert sync(a).code == 0
    assert log(a)[0] == "a 合并: 2020-07-01"
    assert len(git(a, "log", "-1", "--format=%P").split()) == 2
    add(b, entry(22, measure="2-3"), file=COMMON)
    sync(b)
    add(a, entry(12, measure="2-3"), file=COMMON)
    sync(a)
    sync(b)
    assert set(held(a)) == set(held(b)) == set(on_server(office)) == {number(n) for n in (1, 2, 11, 12, 21, 22)}
    is_tidy(a)


def test_own_merges_stay_merges(office: Path, sync: Sync) -> None:
    a, b = office / "a", office / "b"
    add(b, entry(21))
    sync(b)
    git(a, "switch", "-q", "-c", "草稿")
    add(a, entry(11))
    git(a, "add", ".")
    git(a, "commit", "-q", "-m", "草稿")
    git(a, "switch", "-q", "main")
    git(a, "merge", "-q", "--no-ff", "--no-edit", "草稿")
    assert sync(a).code == 0
    assert [line.split()[0] for line in log(a, form="%s")][:1] == ["合并:"]
    assert "a 草稿" in log(a)
    assert set(on_server(office)) == {number(n) for n in (1, 2, 11, 21)}


def test_merges_that_crossed(office: Path, sync: Sync) -> None:
    """Each side has merged the other's and decided otherwise: both common ancestors count, and a person is asked again."""
    a, b = office / "a", office / "b"
    for clone, progress in ((a, 15), (b, 18)):
        replace(clone, COMMON, "进度: 10", f"进度: {progress}")
        replace(clone, "plans/p.yaml", "标题: 整改方案", f"标题: 方案{progress}")
        add(clone, entry(progress, measure="2-3"), file=COMMON)
        git(clone, "commit", "-q", "-a", "-m", f"改为{progress}")
    git(a, "fetch", "-q", "../b", "main:refs/heads/其他")
    git(b, "fetch", "-q", "../a", "main:refs/heads/其他")
    for clone in (a, b):
        git(clone, "merge", "-q", "-s", "ours", "--no-edit", "其他")
        other = 18 if clone.name == "a" else 15
        add(clone, entry(other, measure="2-3"), file=COMMON)  # the other's entry is there all the same
        git(clone, "commit", "-q", "-a", "--amend", "--no-edit")
        git(clone, "branch", "-D", "-q", "其他")
    sync(b)
    ran = spoken(a, "sync", answers=[(QUESTION, "1"), (QUESTION, "2")])
    assert ran.code == 0, ran.out
    assert held(a)[number(1)]["进度"] == "15"
    assert "标题: 方案18" in (a / "plans/p.yaml").read_text("utf-8")
    assert set(held(a)) == {number(n) for n in (1, 2, 15, 18)}
    sync(b)
    assert tree(a) == tree(b)


def test_git_by_hand_in_between(office: Path, sync: Sync) -> None:
    a, b = office / "a", office / "b"
    for nth, clone in enumerate((a, b, a, b, a)):
        add(clone, entry(40 + nth))
        if nth % 2:
            sync(clone)
            continue
        git(clone, "add", ".")
        git(clone, "commit", "-q", "-m", "手工")
        git(clone, "pull", "-q", "--rebase" if nth else "--no-rebase", "--no-edit")
        git(clone, "push", "-q")
    for clone in (a, b, a):
        sync(clone)
    assert set(held(a)) == set(held(b)) == set(on_server(office)) == {number(n) for n in (1, 2, *range(40, 45))}
    assert tree(a) == tree(b)


def test_the_files_that_both_have_alike_are_no_question(office: Path, sync: Sync) -> None:
    a, b = office / "a", office / "b"
    for clone in (a, b):
        add(clone, entry(31), file=ledger_file("c"))
        replace(clone, "plans/p.yaml", "标题: 整改方案", "标题: 方案")
    sync(b)
    assert sync(a).out == "取回 城关镇、河东乡的记录；plans/ 的 p.yaml\n".replace("城关镇、", "")
    assert len(log(a)) == 2
    is_tidy(a)
