"""The import of an old ledger sets the plan's 期初 with its entries, all or none, if the user may change the plan."""

from pathlib import Path

import pytest

from office import git, identify
from small_repo import NOW, PLAN, UNITS, Runner, ledger_in, small_repo, snapshot_in, write
from zhenggai.cli.importing.ledger_import import entries_under, record_ledger
from zhenggai.cli.writing.prompts import Wish
from zhenggai.cli.writing.writer_identity import Writer
from zhenggai.errors import Exit, Unwritable
from zhenggai.importing.draft import Place
from zhenggai.importing.entries.entry_row import EntryRow
from zhenggai.importing.sheets.measure_matching import Found
from zhenggai.ledger.whole import check_root
from zhenggai.rules.checks.table import CHECKS
from zhenggai.writing import append

ROWS = [("县教育局", "2020-05-10", "H2"), ("城关镇", "2020-06-20", "H3")]
OPENED = PLAN.replace("印发日期: 2020-03-01\n", "印发日期: 2020-03-01\n期初: 2020-06-20\n")


def imported(root: Path, *, wish: Wish = Wish(assured=True)) -> Exit:  # noqa: B008  # a frozen value
    """The import of two rows by the unit that reviews."""
    rows = [
        EntryRow(
            "台账.xlsx",
            Place(int(cell[1:]), "台账", cell),
            {
                "事项": "进展",
                "措施": "1-1",
                "单位": unit,
                "日期": day,
                "内容": "推进有关工作",
                "录自": f"台账.xlsx:台账!{cell}",
            },
        )
        for unit, day, cell in ROWS
    ]
    writer = Writer(ledger_in(root), NOW, NOW.date(), "县委组织部", "党建科", own=False)
    return record_ledger(writer, "台账.xlsx", entries_under(writer, rows, Found), wish)


def plan_text(root: Path) -> str:
    return (root / "plans/p.yaml").read_text("utf-8")


@pytest.fixture
def root(tmp_path: Path, home: Path) -> Path:
    return small_repo(tmp_path / "台账")


def test_an_import_says_how_far_the_old_ledger_goes(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert imported(root) is Exit.OK
    said = capsys.readouterr()
    assert (
        "plans/p.yaml 写上期初：原来的台账记到 2020-06-20，到那天为止的按各自的日期算，不算补录\n    5 + 期初: 2020-06-20\n"
        in said.err
    )
    assert said.out.endswith("写入 plans/p.yaml\n")
    assert plan_text(root) == OPENED
    tasks = {task.given: task.row.imported for task in snapshot_in(root, "07-05").of_measure["1-1"]}
    assert tasks == {"县教育局": 1, "城关镇": 1, "河东乡": 0}


def test_what_was_done_before_the_issue_comes_in_and_is_doubted(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(globals(), "ROWS", [("县教育局", "2020-02-10", "H2"), ROWS[1]])
    assert imported(root) is Exit.OK
    dates = [check for check in CHECKS if check.name == "日期"]
    (found,) = check_root(root, None, NOW.date(), checks=dates)
    assert found.what == "日期 2020-02-10 早于方案印发日期 2020-03-01"


def test_a_preview_writes_neither(root: Path) -> None:
    assert imported(root, wish=Wish(only_shown=True)) is Exit.OK
    assert plan_text(root) == PLAN
    assert not (root / "ledgers").exists()


def test_the_plan_stays_if_the_entries_cannot_be_written(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(append, "MAX_FILE", 10)
    with pytest.raises(Unwritable):
        imported(root)
    assert plan_text(root) == PLAN


def test_a_day_that_is_set_stays_and_later_entries_are_named(
    tmp_path: Path, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan = OPENED.replace("06-20", "05-31")
    root = small_repo(tmp_path / "台账", plan=plan)
    assert imported(root) is Exit.OK
    assert "其中 1 条晚于方案的期初 2020-05-31，按今天记录算，会算补录\n" in capsys.readouterr().err
    assert plan_text(root) == plan


def test_who_may_not_change_the_plan_is_told_what_to_ask_for(
    tmp_path: Path, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = small_repo(tmp_path / "台账", units=f"管理: [zzb@x]\n{UNITS}")
    git(root, "init", "-q")
    identify(root, "jyj")
    assert imported(root) is Exit.OK
    assert "请管方案的单位写上 期初: 2020-06-20\n" in capsys.readouterr().err
    assert plan_text(root) == PLAN


SHEET = """\
序号,反馈问题,整改措施,责任单位,完成时限,整改进展,进度,日期
1,学习不深入,制定办法,县教育局,2020年6月底前,印发了办法,100%,2020-06-10
1,学习不深入,制定办法,城关镇,2020年6月底前,正在起草,40%,{day}
"""


@pytest.mark.parametrize(
    ("day", "more", "opening"), [("2020-06-20", (), "2020-06-20"), ("", ("--date", "2020-06-30"), "2020-06-30")]
)
def test_a_new_plan_is_of_the_last_day_of_its_entries(
    tmp_path: Path, home: Path, zhenggai: Runner, day: str, more: tuple[str, ...], opening: str
) -> None:
    root = write(tmp_path, {"plans/units.yaml": UNITS, "台账.csv": SHEET.format(day=day)})
    who = ("--by", "县委组织部", "--writer", "党建科")
    ran = zhenggai("import", "台账.csv", "--plan", "q", *who, *more, "--yes", at=root)
    assert ran.out.splitlines()[-3].startswith("已记录 2 条"), ran
    assert f"\n期初: {opening}\n" in (root / "plans/q.yaml").read_text("utf-8")
    assert sum(task.row.imported for task in ledger_in(root).snapshot(NOW.date()).tasks) == 2


def test_a_row_without_a_day_is_not_of_today(tmp_path: Path, home: Path, zhenggai: Runner) -> None:
    root = write(tmp_path, {"plans/units.yaml": UNITS, "台账.csv": SHEET.format(day="")})
    ran = zhenggai("import", "台账.csv", "--plan", "q", "--by", "县委组织部", "--writer", "党建科", "--yes", at=root)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.splitlines()[-2:] == [
        "zhenggai：1 行没有写是哪一天的，没有写入",
        "  下一步：加 --date 日期，写明这本台账记到哪一天",
    ]
    assert not (root / "plans/q.yaml").exists()
