"""Commits and their changes, read from real git."""

from datetime import date
from pathlib import Path

import pytest

from small_history import ORGANISERS, History, history
from zhenggai.sharing.commit_tree import PlanFolders, Tree
from zhenggai.sharing.git import Objects
from zhenggai.sharing.history import Change, NoHistory, is_bare, open_history

PATH = "ledgers/p/县教育局/2020-05.办公室.aa.yaml"


@pytest.fixture
def repo(home: Path, tmp_path: Path) -> History:
    return history(tmp_path / "台 账", "05-10 县教育局 进展 1-1 内容=初稿\n")


def last_changes(repo: History, root: Path) -> list[Change]:
    return next(open_history(root).changes([(repo.head, repo.git("rev-parse", "HEAD~1"))]))


def test_commits_come_parents_first_with_who_and_when(repo: History) -> None:
    repo.git("config", "log.showSignature", "true")
    first, second = open_history(repo.root).commits("HEAD")
    assert (second.id, second.parents, second.day) == (repo.head, (first.id,), date(2020, 5, 12))
    assert (first.email, first.author, first.parents) == (ORGANISERS, "某人", ())


def test_a_day_is_the_committers_in_its_own_zone(repo: History) -> None:
    repo.git("-c", "user.name=a", "commit", "-q", "--allow-empty", "-m", "x", "--date", "2019-01-01T00:00:00Z")
    assert open_history(repo.root).commit(repo.head).day == date(2020, 5, 12)


def test_changes_against_each_parent(repo: History) -> None:
    found = open_history(repo.root)
    base = repo.head
    repo.branch("side")
    repo.commit({"ledgers/p/甲/a.yaml": "x\n", "elsewhere": "x"})
    repo.git("checkout", "-q", "main")
    repo.commit({PATH: None})
    repo.merge("side")
    merge = found.commit(repo.head)
    added, gone = (changes for changes in found.changes((merge.id, parent) for parent in merge.parents))
    assert [(change.path, change.old) for change in added] == [("ledgers/p/甲/a.yaml", None)]
    assert [(change.path, change.new) for change in gone] == [(PATH, None)]
    root = found.commits(base)[0].id
    told = found.changes([(root, ""), (base, base)])
    assert [[c.path for c in changes] for changes in told] == [["plans/p.yaml", "plans/units.yaml"], []]
    assert found.is_ancestor(base, merge.id)
    assert not found.is_ancestor(merge.id, base)
    assert found.bases(*merge.parents) == [base]
    assert found.boundary(merge.id, f"^{merge.parents[0]}") == sorted([merge.parents[0], base], key=lambda i: i == base)


def test_only_regular_files_count(repo: History) -> None:
    (repo.root / PATH).unlink()
    (repo.root / PATH).symlink_to("elsewhere")
    repo.commit({})
    (change,) = last_changes(repo, repo.root)
    assert (change.path, change.new) == (PATH, None)


def test_names_of_any_kind(repo: History) -> None:
    names = ["ledgers/p/甲/-n.yaml", "ledgers/p/甲/*.yaml", 'ledgers/p/甲/"引".yaml', "ledgers/p/甲/换\n行.yaml"]
    repo.commit(dict.fromkeys(names, "x\n"))
    found = open_history(repo.root)
    assert sorted(c.path for c in last_changes(repo, found.root)) == sorted(names)
    assert set(names) <= found.files("HEAD", "ledgers").keys()


def test_data_in_a_folder_of_the_repository(repo: History) -> None:
    repo.commit({"子/ledgers/p/甲/a.yaml": "- 编号: 20200510-00000001\n", "子/plans/units.yaml": "单位: []\n"})
    found = open_history(repo.root / "子")
    assert found.prefix == "子/"
    assert [c.path for c in last_changes(repo, found.root)] == ["ledgers/p/甲/a.yaml", "plans/units.yaml"]
    with Objects(found.root) as objects:
        standing = Tree(found, objects, "HEAD").find("20200510-00000001")
        assert standing is not None
        assert standing.path == "ledgers/p/甲/a.yaml"
        assert list(PlanFolders(found, objects).files("HEAD")) == ["plans/units.yaml"]


def test_an_entry_is_found_by_its_number_in_any_encoding(repo: History) -> None:
    text = "- 编号: 20200511-0000000a\n  事项: 进展\n"
    paths = [f"ledgers/p/甲/{name}.yaml" for name in ("gbk", "utf16", "quoted")]
    repo.commit(
        {
            paths[0]: text.encode("gb18030"),
            paths[1]: text.replace("0a", "0b").encode("utf-16"),
            paths[2]: text.replace("20200511-0000000a", '"20200511-0000000c"'),
            "ledgers/p/甲/a.yaml": '- 编号: 20200511-0000000e\n  内容: "编号: 20200511-0000000a"\n',  # only named there
        }
    )
    found = open_history(repo.root)
    with Objects(found.root) as objects:
        tree = Tree(found, objects, "HEAD")
        standings = [tree.find(f"20200511-0000000{end}") for end in "abc"]
        assert [standing and standing.path for standing in standings] == paths
        assert tree.find("20200511-0000000d") is None
        assert tree.find("20200511-0000000a", paths[1]) == standings[0]


def test_names_that_are_options_name_nothing(repo: History) -> None:
    found = open_history(repo.root)
    assert [found.commit_id(name) for name in ("--all", "-n1", "HEAD", "main", "nowhere", "HEAD:plans")] == [
        None,
        None,
        repo.head,
        repo.head,
        None,
        None,
    ]


def test_bare_and_not(repo: History, tmp_path: Path) -> None:
    repo.git("clone", "-q", "--bare", ".", str(tmp_path / "b.git"))
    assert is_bare(tmp_path / "b.git")
    assert not is_bare(repo.root)
    assert not is_bare(tmp_path)


def test_a_repository_that_git_cannot_read_says_so(repo: History) -> None:
    (repo.root / ".git" / "HEAD").write_text("broken")
    with pytest.raises(NoHistory, match="git 读不出历史"):
        open_history(repo.root)


def test_a_history_with_a_hole_is_never_taken_for_a_short_one(repo: History) -> None:
    first = repo.git("rev-parse", "HEAD~1")
    (repo.root / ".git" / "objects" / first[:2] / first[2:]).unlink()
    found = open_history(repo.root)
    for act in (found.commits, found.last_day, found.boundary):
        with pytest.raises(NoHistory, match="git 读不出历史"):
            act(repo.head)
