"""``import`` of a workbook whose plan is not here yet: plan, units and entries are written together, or nothing is."""

from pathlib import Path

import pytest

from small_repo import Runner, small_repo, tree, write
from zhenggai.ledger import open_ledger

BY = ("--by", "县委组织部", "--writer", "综合科")
BOOKS = ("--plan", "zf-2020")
CSV = """\
作风问题整改台账（截至2020年6月20日）
序号,存在问题,整改目标,整改措施,牵头单位,责任单位,整改时限,完成进度,整改进展,是否完成
1,会风不实,少开会,压减会议三成,县委办公室,"县教育局、城关镇",2020年6月底前,,会议减了四成,是
,,,推行无会周,县委办公室,县教育局,2020年9月底前,60%,每月第一周不开会,否
2,文风不实,写短文,限五千字,县委办公室,县水利局,长期坚持,,,
"""

pytestmark = pytest.mark.usefixtures("chance")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write(small_repo(tmp_path / "repo"), {"台账.csv": CSV, ".zhenggai/clone": "k3"})


def test_plan_units_and_entries_come_together(zhenggai: Runner, root: Path) -> None:
    ran = zhenggai("import", "台账.csv", "--yes", *BOOKS, *BY, at=root)
    assert (ran.code, ran.out) == (
        0,
        "已写入 plans/zf-2020.yaml：2个问题、3项措施；plans/units.yaml\n"
        "已记录 3 条（完成 2、进展 1）\n"
        "写入 ledgers/zf-2020/县委组织部/2020-07.综合科.k3.yaml\n"
        "下一步：zhenggai edit zf-2020，填好写着“待定”的；再看 zhenggai check、zhenggai status\n",
    )
    ledger = open_ledger(root, "zf-2020")
    plan = ledger.plan
    assert [(p.content, [(m.number, m.units, m.deadline) for m in p.measures]) for p in plan.problems] == [
        ("会风不实", [("1-1", ("县教育局", "城关镇"), "2020年6月底前"), ("1-2", ("县教育局",), "2020年9月底前")]),
        ("文风不实", [("2-1", ("县水利局",), "长期坚持")]),
    ]
    assert str(plan.opening) == "2020-06-20"
    assert ledger.units.unit_named("县水利局")


def test_the_same_ledger_adds_nothing(zhenggai: Runner, root: Path) -> None:
    assert zhenggai("import", "台账.csv", "--yes", *BOOKS, *BY, at=root).code == 0
    before = tree(root)
    ran = zhenggai("import", "台账.csv", "--yes", *BY, at=root)
    assert (ran.code, ran.out) == (0, "没有要记的，什么也没有写\n")
    assert tree(root) == before


def test_nobody_can_be_asked(zhenggai: Runner, root: Path) -> None:
    before = tree(root)
    ran = zhenggai("import", "台账.csv", *BOOKS, *BY, at=root)
    assert (ran.code, ran.err.splitlines()[-2:]) == (2, ["zhenggai：没有写入", "  下一步：核对后加 --yes 写入"])
    assert tree(root) == before


def test_a_row_that_cannot_be_recorded_keeps_all_from_being_written(zhenggai: Runner, root: Path) -> None:
    write(root, {"台账.csv": CSV.replace("6月20日", "7月20日")})
    before = tree(root)
    ran = zhenggai("import", "台账.csv", "--yes", *BOOKS, *BY, at=root)
    assert ran.code == 2
    assert "台账.csv:3: 日期 2020-07-20 还没到（今天 2020-07-01）" in ran.err
    assert tree(root) == before


def test_a_plan_that_is_there_stays(zhenggai: Runner, root: Path) -> None:
    ran = zhenggai("import", "台账.csv", "--yes", "--plan", "units", *BY, at=root)
    assert (ran.code, ran.err.splitlines()[-1]) == (2, "zhenggai：方案编号不能用：units 是别的文件的名称")


def test_where_there_is_no_ledger_nothing_is_written(zhenggai: Runner, tmp_path: Path) -> None:
    write(tmp_path, {"台账.csv": CSV})
    ran = zhenggai("import", "台账.csv", "--yes", at=tmp_path)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.splitlines()[-2:] == [
        "zhenggai：这里没有台账，没有写入",
        "  下一步：先用 zhenggai init 建台账，在它的文件夹里再导入",
    ]


def test_a_ledger_without_days_is_of_the_day_that_was_given_once(zhenggai: Runner, root: Path) -> None:
    write(root, {"台账.csv": CSV.replace("（截至2020年6月20日）", "")})
    assert zhenggai("import", "台账.csv", "--yes", *BOOKS, *BY, "--date", "2020-06-10", at=root).code == 0
    before = tree(root)
    for more in ((), ("--date", "2020-06-25")):
        ran = zhenggai("import", "台账.csv", "--yes", *BY, *more, at=root)
        assert (ran.code, ran.out) == (0, "没有要记的，什么也没有写\n")
    assert tree(root) == before
