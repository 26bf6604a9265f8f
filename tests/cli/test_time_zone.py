"""Today is Beijing's day, or the day in the plan's own zone, whatever the zone of the computer's clock."""

import os
import subprocess
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta, tzinfo
from pathlib import Path
from typing import Self

import pytest

from small_history import MAY, history
from small_repo import PLAN, Ran, small_repo, write
from zhenggai.audit.audit_run import audit_range
from zhenggai.cli import clock
from zhenggai.cli.app import run
from zhenggai.model.numbers import recorded_on
from zhenggai.reading.values import Unreadable, read_zone
from zhenggai.sharing.history import open_history

ZONES = ("UTC", "Asia/Shanghai", "Asia/Urumqi", "America/New_York", "Pacific/Kiritimati")
BEFORE, AFTER = datetime(2020, 6, 30, 15, 59, 59), datetime(2020, 6, 30, 16, 0)  # UTC; midnight of 07-01 in Beijing
TWO_HOURS = timedelta(hours=2)
WEST = PLAN.replace("督办单位: 县委督查局\n", "督办单位: 县委督查局\n规则: {时区: +06:00}\n")
Program = Callable[..., Ran]


@pytest.fixture(params=ZONES)
def program(
    request: pytest.FixtureRequest, home: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> Iterator[Program]:
    """Run the program at a moment (UTC) on a computer of each zone."""
    monkeypatch.setenv("TZ", request.param)
    time.tzset()

    def ran(*arguments: str, at: Path, moment: datetime) -> Ran:
        class Stopped(datetime):
            @classmethod
            def now(cls, tz: tzinfo | None = None) -> Self:
                found = cls(*moment.timetuple()[:6], tzinfo=UTC).astimezone(tz)
                return found if tz else found.replace(tzinfo=None)

        monkeypatch.setattr(clock, "datetime", Stopped)
        monkeypatch.chdir(at)
        capfd.readouterr()
        code = run(list(arguments))
        return Ran(code, *capfd.readouterr())

    yield ran
    monkeypatch.undo()
    time.tzset()


def numbers(root: Path) -> list[str]:
    files = sorted((root / "ledgers/p/县教育局").glob("*.yaml"))
    return [line[6:] for file in files for line in file.read_text("utf-8").splitlines() if line.startswith("- 编号: ")]


@pytest.mark.parametrize(("plan", "later"), [(PLAN, timedelta()), (WEST, TWO_HOURS)], ids=["+08:00", "+06:00"])
def test_an_entry_its_number_its_file_and_the_lists_are_of_one_day(
    program: Program, tmp_path: Path, plan: str, later: timedelta
) -> None:
    root = small_repo(tmp_path, plan=plan)
    who = ("--unit", "县教育局", "--writer", "办公室")
    assert "警告 0 处" in program("check", at=root, moment=BEFORE).err  # the zone is written as it should be
    for moment, day in ((BEFORE, date(2020, 6, 30)), (AFTER, date(2020, 7, 1))):
        ran = program("add", "1-1", f"{day}办", *who, at=root, moment=moment + later)
        assert ran.code == 0, ran.err
        number = numbers(root)[-1]
        assert recorded_on(number) == day
        file = next((root / "ledgers/p/县教育局").glob(f"{day:%Y-%m}.办公室.*.yaml"))
        assert f"编号: {number}\n  日期: {day}\n" in file.read_text("utf-8")
        assert str(day) in program("status", "--format", "json", at=root, moment=moment + later).out
        assert program("check", at=root, moment=moment + later).code == 0
    early, late = numbers(root)
    assert (early[9:11], late[9:13]) == ("zz", "0000")


def test_a_task_is_overdue_from_midnight_on(program: Program, tmp_path: Path) -> None:
    root = small_repo(tmp_path)
    assert "1-1" not in program("overdue", "--unit", "城关镇", at=root, moment=BEFORE).out
    assert "1-1" in program("overdue", "--unit", "城关镇", at=root, moment=AFTER).out


def test_mending_takes_the_day_of_the_plan(program: Program, tmp_path: Path) -> None:
    path = "ledgers/p/县教育局/2020-06.办公室.aa.yaml"
    text = "- 日期: 2020-06-30\n  措施: 1-1\n  事项: 进展\n  内容: 初稿\n  填报人: 办公室\n"
    root = write(small_repo(tmp_path, plan=WEST), {path: text})
    assert program("fmt", "--mend", "--yes", at=root, moment=AFTER).code == 0
    assert recorded_on(numbers(root)[0]) == date(2020, 6, 30)


def test_doctor_names_a_computer_of_another_zone(program: Program, tmp_path: Path) -> None:
    root = small_repo(tmp_path)
    lines = [line for line in program("doctor", at=root, moment=AFTER).out.splitlines() if "时区" in line]
    own = {"UTC": "+00:00", "Asia/Urumqi": "+06:00", "America/New_York": "-04:00", "Pacific/Kiritimati": "+14:00"}
    zone = own.get(os.environ["TZ"])
    said = f"好　电脑的时区是 {zone}，不影响记录和亮灯：今天按方案的时区算，按 +08:00 是 2020-07-01"
    assert lines == ([said] if zone else [])


# --- the plan's zone


@pytest.mark.parametrize(
    ("text", "zone"),
    [("+06:00", "+06:00"), ("+6", "+06:00"), ("UTC+8", "+08:00"), ("+0530", "+05:30"), ("－03：30", "-03:30"), ("-12:00", "-12:00")],
)  # fmt: skip
def test_a_zone_is_read(text: str, zone: str) -> None:
    notes = list[str]()
    assert read_zone(text, notes.append) == zone
    assert bool(notes) == (text != zone)


@pytest.mark.parametrize("text", ["Asia/Urumqi", "8", "+15:00", "+08:60", "-12:30", "东六区", "+"])
def test_no_zone_is_refused(text: str) -> None:
    with pytest.raises(Unreadable, match="时区"):
        read_zone(text, print)


def test_a_zone_that_is_none_is_an_error_with_its_line(program: Program, tmp_path: Path) -> None:
    root = small_repo(tmp_path, plan=WEST.replace("+06:00", "东六区"))
    ran = program("check", at=root, moment=AFTER)
    assert ran.code == 1
    assert "plans/p.yaml:7: 字段: “东六区”不是时区 — 写成与世界时相差的时和分，如 +08:00（北京）、+06:00" in ran.out


# --- the server


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize(
    ("zone", "hour", "is_taken"), [("+08:00", 0, True), ("+06:00", 1, False), ("+06:00", 2, True), ("+14:00", 0, True)]
)
def test_the_server_judges_by_the_day_in_the_zone_of_the_plan(
    tmp_path: Path, zone: str, hour: int, is_taken: bool
) -> None:
    repo = history(tmp_path / "台账")
    plan = PLAN.replace("督办单位: 县委督查局\n", f"督办单位: 县委督查局\n规则: {{时区: {zone}}}\n")
    repo.commit({"plans/p.yaml": plan}, on="05-11")
    repo.ledger("05-13 县教育局 进展 1-1 内容=定稿 进度=80", on="05-12")
    found = audit_range(repo.root, "HEAD~1..HEAD", datetime(2020, 5, 12, hour))
    assert [seen.path for seen in found.observations] == ([] if is_taken else [MAY])


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("moment", ["2020-05-11T16:00:00+0000", "2020-05-11T12:00:00-0400", "2020-05-12T23:59:59+0800"])
def test_a_commits_day_is_beijings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moment: str) -> None:
    repo = history(tmp_path / "台账")
    monkeypatch.setenv("GIT_COMMITTER_DATE", moment)
    subprocess.run(
        ["git", "-C", str(repo.root), "-c", "user.name=a", "-c", "user.email=a@x", "commit", "-q", "--allow-empty", "-m", "空"],
        check=True,
    )  # fmt: skip
    found = open_history(repo.root)
    assert found.commit(repo.head).day == date(2020, 5, 12)
    assert found.last_day(repo.head) == date(2020, 5, 12)
