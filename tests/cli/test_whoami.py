"""``whoami``: unit, writer, identity, clone and server, and what to do where one of them is missing."""

import subprocess
from pathlib import Path

import pytest

from small_repo import UNITS, Ran, Runner, small_repo, tree, write


def git(root: Path, *arguments: str) -> None:
    subprocess.run(["git", *arguments], cwd=root, check=True, capture_output=True)


@pytest.mark.needs("git")
def test_nothing_is_set(zhenggai: Runner, tmp_path: Path) -> None:
    root = small_repo(tmp_path)
    before = tree(root)
    assert zhenggai("whoami", at=root) == Ran(
        0,
        "单位　　　还没有写 — 下一步：zhenggai init --unit 单位\n"
        "填报人　　还没有写 — 下一步：zhenggai init --writer 岗位\n"
        "身份　　　git 里没有电子邮件 — 下一步：git config user.email 邮箱\n"
        "电脑　　　记第一条时定两位代码\n"
        f"文件夹　　{root}\n"
        "服务器　　没有 — 下一步：zhenggai init --remote 地址（地址问管理员）\n",
        "",
    )
    assert tree(root) == before


def test_without_git_nothing_is_asked_of_it(zhenggai: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    lines = zhenggai("whoami", at=small_repo(tmp_path)).out.splitlines()
    said = "没有装 git，要共享才用 — 下一步：安装 git（https://git-scm.com）"
    assert [line[5:].lstrip("　") for line in (lines[2], lines[5])] == [said, said]


@pytest.mark.parametrize(
    ("email", "said"),
    [
        ("jiaoyuju@xian.example", "（单位册认得）"),
        ("a@xian.example", "（不在单位册 县教育局 的身份里） — 下一步：zhenggai doctor 有要发给管理的那一行"),
    ],
)
def test_all_is_set(zhenggai: Runner, tmp_path: Path, email: str, said: str) -> None:
    units = UNITS.replace("简称: [教育局],", "简称: [教育局], 身份: [jiaoyuju@xian.example],")
    root = write(small_repo(tmp_path, units=units), {".zhenggai/clone": "k3"})
    git(root, "init", "-q")
    settings = {"zhenggai.unit": "教育局", "zhenggai.writer": "办公室", "user.email": email}
    for name, value in (settings | {"remote.origin.url": "git@xian.example:台账.git"}).items():
        git(root, "config", name, value)
    assert zhenggai("我", at=root).out == (
        "单位　　　县教育局\n"
        "填报人　　办公室\n"
        f"身份　　　{email}{said}\n"
        "电脑　　　k3\n"
        f"文件夹　　{root}\n"
        "服务器　　git@xian.example:台账.git\n"
    )


def test_a_unit_that_the_book_lacks(zhenggai: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHENGGAI_UNIT", "县水利局")
    line = zhenggai("whoami", at=small_repo(tmp_path)).out.splitlines()[0]
    assert line == "单位　　　县水利局（单位册里没有） — 下一步：zhenggai unit 看有哪些"
