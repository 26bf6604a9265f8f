"""``import`` of an old ledger of a plan that exists: each row is matched to tasks, what is doubtful is named, nothing is guessed."""

from pathlib import Path

import pytest

from small_repo import Runner, small_repo, tree, write

BY = ("--by", "县委办公室", "--writer", "综合科")
FILE = "ledgers/p/县委办公室/2020-07.综合科.k3.yaml"
HEADS = "反馈问题,整改措施,责任单位,整改时限,整改进展情况,进度,是否完成整改,是否销号,完成日期\n"

pytestmark = pytest.mark.usefixtures("chance")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write(small_repo(tmp_path / "repo"), {".zhenggai/clone": "k3"})


def ledger(root: Path, *rows: str) -> str:
    write(root, {"台账.csv": "截至2020年6月20日\n" + HEADS + "".join(f"{row}\n" for row in rows)})
    return "台账.csv"


def shown(err: str) -> list[str]:
    """The entries that a preview shows, without their marks."""
    ends = ("；录自", "；代录")
    lines = (line.strip() for line in err.splitlines() if line.startswith("  台账.csv:"))
    return [min((line.partition(end)[0] for end in ends), key=len) for line in lines]


def test_rows_are_matched_by_text_and_unit(zhenggai: Runner, root: Path) -> None:
    path = ledger(
        root,
        "学习不深入,1.制定办法；,教育局、城关镇,2020年6月底前,初稿已成,60%,否,",
        ",立即改正,县教育局,立行立改,全部改正,,是,,2020-04-20",
        "制度不落实,分步推进,县财政局,2020年12月底,,,未启动,",
    )
    ran = zhenggai("import", path, *BY, "--dry-run", at=root)
    assert shown(ran.err) == [
        "台账.csv:3 1-1 城关镇 2020-06-20 进展 60%；初稿已成",
        "台账.csv:3 1-1 县教育局 2020-06-20 进展 60%；初稿已成",
        "台账.csv:4 1-2 县教育局 2020-04-20 完成 全部改正",
    ]


def test_entries_say_where_they_come_from_and_come_once(zhenggai: Runner, root: Path) -> None:
    path = ledger(root, "学习不深入,立即改正,县教育局,立行立改,全部改正,,是,是,2020-04-20")
    assert zhenggai("import", path, *BY, "--yes", at=root).code == 0
    assert (
        (root / FILE).read_text("utf-8")
        == """\
- 编号: 20200701-cnan0007
  日期: 2020-04-20
  措施: 1-2
  单位: 县教育局
  事项: 完成
  代录: 是
  内容: 全部改正
  录自: 台账.csv:3
  填报人: 综合科
"""
    )
    before = tree(root)
    again = zhenggai("import", path, *BY, "--yes", at=root)
    assert again.out.endswith("没有要记的，什么也没有写\n")
    assert "台账里已有或表里重复、不再记的 1 条" in again.err
    assert tree(root) == before


def test_what_does_not_fit_is_named_and_left(zhenggai: Runner, root: Path) -> None:
    path = ledger(
        root,
        "学习不深入,制定办法并印发,县教育局,2020年6月底前,初稿已成,60%,否,",
        "制度不落实,坚持学习,县水务局,长期坚持,每月学习,,,",
        "制度不落实,坚持学习,县财政局,长期坚持,每月学习,,是,",
        "学习不深入,立即改正,县教育局,立行立改,改了,,,",
        "制度不落实,主题党日,县财政局,每月,开展了,,,",
    )
    ran = zhenggai("import", path, *BY, "--dry-run", at=root)
    assert "台账.csv:3: 对不上方案的措施，没有记：最相近的是 1-1 制定办法" in ran.err
    assert "台账.csv:4: 对不上责任单位，没有记：县水务局；2-1 的责任单位：县财政局" in ran.err
    assert "台账.csv:5: 长期坚持没有“完成”可记：2-1 记作进展" in ran.err
    assert len(shown(ran.err)) == 3


def test_progress_by_numbers_alone(zhenggai: Runner, root: Path) -> None:
    write(
        root, {"进展.csv": "措施,单位,日期,内容,进度\n1-1,城关镇,2020-06-01,开会,20%\n1-9,城关镇,2020-06-01,开会,20%\n"}
    )
    ran = zhenggai("import", "进展.csv", *BY, "--dry-run", at=root)
    assert "进展.csv:3: 对不上方案的措施，没有记：方案里没有措施 1-9" in ran.err
    assert "进展.csv:2 1-1 城关镇 2020-06-01 进展 20%；开会" in ran.err


def test_who_has_no_part_in_a_measure_records_nothing(zhenggai: Runner, root: Path) -> None:
    path = ledger(root, "学习不深入,立即改正,县教育局,立行立改,全部改正,,是,")
    before = tree(root)
    ran = zhenggai("import", path, "--by", "河东乡", "--writer", "党政办", "--yes", at=root)
    assert ran.code == 2
    assert "台账.csv:3: “完成”应由责任单位或牵头单位" in ran.err
    assert tree(root) == before
