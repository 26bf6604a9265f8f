"""``rollup``: which counties are summed, which are named, and with which exit code."""

import json
import shutil
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from county_facts import listed, publish
from small_repo import Ran, Runner
from zhenggai.cli.answers import answer_schema
from zhenggai.facts.manifest import NAME
from zhenggai.rollup import intake
from zhenggai.writing.locks import locked

COUNTIES = ("甲县", "乙县", "丙县")


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three counties with a task each."""
    root = tmp_path_factory.mktemp("省")
    listed(root, *COUNTIES)
    for name in COUNTIES:
        publish(root / name, name, f"{name[0]}镇")
    return root


@pytest.fixture
def province(published: Path, tmp_path: Path) -> Path:
    """The same, never taken in, to be spoilt."""
    return Path(shutil.copytree(published, tmp_path / "省", ignore=shutil.ignore_patterns(".zhenggai")))


def tasks_of(ran: Ran) -> dict[str, int]:
    """The tasks of each county in the JSON of ``rollup status``."""
    answer = json.loads(ran.out)
    assert answer["totals"]["tasks"] == sum(group["tasks"] for group in answer["groups"])
    return {group["name"]: group["tasks"] for group in answer["groups"]}


def left_out_of(ran: Ran) -> dict[str, str]:
    return {county["name"]: county["why"] for county in json.loads(ran.out)["left_out"]}


def test_all_counties_are_summed(zhenggai: Runner, published: Path) -> None:
    ran = zhenggai("rollup", "汇总.yaml", "status", "--format", "json", at=published)
    assert (ran.code, ran.err) == (0, "")
    assert tasks_of(ran) == dict.fromkeys(COUNTIES, 1)
    assert left_out_of(ran) == {}


@pytest.mark.parametrize(
    "words", [[], ["汇总.yaml"], ["总览"], ["status", "汇总.yaml"], ["./汇总.yaml", "总览"], ["ＳＴＡＴＵＳ"]]
)
def test_list_and_question_stand_in_either_order_or_are_left_out(
    zhenggai: Runner, published: Path, words: list[str]
) -> None:
    usual = zhenggai("rollup", "汇总.yaml", "status", at=published)
    assert usual.code == 0
    assert zhenggai("汇总", *words, at=published) == usual


QUESTIONS = {
    "status": "总览",
    "status --by 类别": "总览 --分列 类别",
    "rank": "排名",
    "rank --by 县": "排名 --分列 县",
    "overdue --top 3": "逾期 --前 3",
    "phase --by 来源": "阶段 --分列 来源",
    "trend --per month --since 2026-09-10": "走势 --每 月 --自 2026-09-10",
}


@pytest.mark.parametrize(("english", "chinese"), QUESTIONS.items(), ids=QUESTIONS)
def test_every_question_is_asked_in_english_and_chinese_and_answers_as_its_schema_says(
    zhenggai: Runner, published: Path, english: str, chinese: str
) -> None:
    ran = zhenggai("rollup", *english.split(), "--format", "json", at=published)
    assert (ran.code, ran.err) == (0, "")
    assert zhenggai("汇总", *chinese.split(), "--格式", "json", at=published) == ran
    answer = json.loads(ran.out)
    assert [*Draft202012Validator(answer_schema("rollup")).iter_errors(answer)] == []
    assert (answer["title"], answer["as_of"]) == ("各县整改汇总", "2026-11-30")
    assert [county["name"] for county in answer["counties"]] == list(COUNTIES)


def test_a_trend_begins_where_the_first_county_has_facts(zhenggai: Runner, published: Path) -> None:
    ran = zhenggai("rollup", "trend", "--per", "月", "--format", "json", at=published)
    assert zhenggai("rollup", "trend", "--per", "月", "--since", "2025-03-01", "--format", "json", at=published) == ran
    points = json.loads(ran.out)["points"]
    assert [point["date"] for point in (points[0], points[-1])] == ["2026-01-31", "2026-11-30"]
    assert {point["denominator"] for point in points} == {3}


def flip(folder: Path) -> None:
    path = folder / "tasks/p.parquet"
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def newer(folder: Path) -> None:
    manifest: dict[str, Any] = json.loads((folder / NAME).read_text("utf-8"))
    (folder / NAME).write_text(json.dumps(manifest | {"schema": 2}), "utf-8")


def silent(folder: Path) -> None:
    publish(folder, folder.name, "乙镇", date(2026, 11, 22))


def gone(folder: Path) -> None:
    folder.rename(folder.with_name("别处"))


FAULTS: dict[str, tuple[Callable[[Path], object], str, str]] = {
    "damaged": (
        flip,
        "tasks/p.parquet 已损坏，或只拷了一半：和 manifest.json 里的校验值不符",
        "再取一次；还不行的，请该县重新运行 zhenggai facts",
    ),
    "of a newer schema": (newer, "乙县/manifest.json 是更新的程序写的（格式 2，这里只认到 1）", "程序旧了，先升级"),
    "silent": (
        silent,
        "数据只到 2026-11-22，不到 2026-11-30",
        "请该县重新运行 zhenggai facts；或用 --as-of 看早一些的日期",
    ),
    "missing": (gone, "没有文件夹 乙县", "核对汇总名单里的“位置”；在网络盘上的，先连上"),
}


@pytest.mark.parametrize(("spoil", "why", "remedy"), FAULTS.values(), ids=FAULTS)
def test_a_county_with_a_fault_is_named_and_not_summed(
    zhenggai: Runner, province: Path, spoil: Callable[[Path], object], why: str, remedy: str
) -> None:
    spoil(province / "乙县")
    ran = zhenggai("rollup", "汇总.yaml", "status", "--format", "json", at=province)
    assert (ran.code, ran.err) == (1, f"有 1 个县没有计入：\n乙县: {why} — {remedy}\n")
    assert tasks_of(ran) == {"甲县": 1, "丙县": 1}
    assert left_out_of(ran) == {"乙县": why}
    shown = zhenggai("rollup", "汇总.yaml", at=province)
    assert (shown.code, shown.err) == (1, "乙县没有计入，缘由见表\n")
    assert all(text in shown.out for text in ("没有计入的县（1 个）", why, remedy))
    written = zhenggai("rollup", "汇总.yaml", "-o", "总览.txt", at=province)
    assert (written.code, written.err) == (1, f"已写入 总览.txt\n{ran.err}")


def test_where_no_county_can_be_used_nothing_is_shown(zhenggai: Runner, province: Path) -> None:
    flip(province / "甲县")
    newer(province / "乙县")
    gone(province / "丙县")
    ran = zhenggai("rollup", "汇总.yaml", at=province)
    assert (ran.code, ran.out) == (3, "")
    first, *lines, last = ran.err.splitlines()
    assert first == "zhenggai：没有一个县的数据能用："
    assert [line.split(": ")[0] for line in lines] == list(COUNTIES)
    assert last == "  下一步：照上面逐县办了，再运行一次"
    assert zhenggai("rollup", "--as-of", "2027-01-01", at=province).code == 3


@pytest.mark.parametrize("spoil", [flip, newer, gone])
def test_facts_that_were_good_last_are_used_with_a_note(
    zhenggai: Runner, province: Path, spoil: Callable[[Path], object]
) -> None:
    good = zhenggai("rollup", "--format", "json", at=province)
    spoil(province / "乙县")
    ran = zhenggai("rollup", "--format", "json", at=province)
    assert ran.code == 1
    assert ran.err.startswith("有 1 个县的数据不是最新，或不全：\n乙县: ")
    assert "；用的是以前取到的，到 2026-11-30；" in ran.err
    assert tasks_of(ran) == tasks_of(good)
    assert left_out_of(ran) == {}


def test_a_silent_county_is_used_on_days_that_it_has_reached(zhenggai: Runner, province: Path) -> None:
    silent(province / "乙县")
    ran = zhenggai("rollup", "--as-of", "2026-11-22", "--format", "json", at=province)
    assert (ran.code, tasks_of(ran)) == (0, dict.fromkeys(COUNTIES, 1))


def test_before_the_first_day_of_all_counties_nothing_is_shown(zhenggai: Runner, published: Path) -> None:
    assert zhenggai("rollup", "--as-of", "2025-12-31", at=published) == Ran(
        3,
        "",
        "zhenggai：各县的数从 2026-01-01 起，没有 2025-12-31 的\n  下一步：--as-of 写 2026-01-01 或以后的日期\n",
    )
    assert zhenggai("rollup", "--as-of", "2026-01-01", at=published).code == 0


def test_faults_of_the_list_are_named_and_nothing_is_shown(zhenggai: Runner, province: Path) -> None:
    (province / "汇总.yaml").write_text("县:\n- {名称: 甲县, 代码: 甲, 位置: 甲县}\n- {名称: 乙县}\n", "utf-8")
    assert zhenggai("rollup", at=province) == Ran(
        3,
        "",
        "zhenggai：汇总.yaml 有 3 处错误，没有汇总：\n"
        "汇总.yaml:2: 字段: “甲”不能作代码 — 只用字母、数字和短横，最多 32 个，如 360121\n"
        "汇总.yaml:3: 字段: 缺少“代码” — 补上一行 代码: …\n"
        "汇总.yaml:3: 字段: 缺少“位置” — 补上一行 位置: …\n"
        "  下一步：照上面逐处改正，再运行一次\n",
    )


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["汇总.yaml", "红灯"], "“红灯”不是能汇总的\n"),
        (["statu"], "没有文件“statu”\n  是不是：zhenggai rollup 汇总.yaml status\n"),
        (["status", "总览"], "一次看一样，这里写了 status、总览\n"),
        (["--engine", "sprak"], "没有引擎“sprak”，可用：duckdb、spark、spark://主机:端口\n"),
        (["rank", "--by", "类别"], "单位在各类之内排名，不按类别排\n"),
        (["status", "--top", "3"], "rollup status 没有 --top，它是 rollup overdue 的\n"),
        (["trend", "--by", "县"], "rollup trend 没有 --by，它是 rollup status、rollup rank、rollup phase 的\n"),
        (["trend", "--since", "2026-12-01"], "--since 2026-12-01 晚于截至的 2026-11-30\n"),
        (["phase", "--phase", "9"], "没有阶段 9\n  现有：无\n"),
        (["--by", "单位"], "“单位”不在可用的词里：县、类别、来源、性质、类、单位类别、问题类型\n"),
    ],
)
def test_wrong_words_are_a_usage_error(zhenggai: Runner, published: Path, words: list[str], said: str) -> None:
    ran = zhenggai("rollup", *words, at=published)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"zhenggai：{said}")


@pytest.mark.parametrize(
    ("missing", "engine", "package"),
    [
        ("ibis", "duckdb", '"ibis-framework[duckdb]"'),
        ("duckdb", "spark", '"ibis-framework[duckdb]"'),
        ("pyspark", "spark", "pyspark"),
        ("pyspark", "spark://master:7077", "pyspark"),
    ],
)
def test_an_engine_that_is_not_installed_is_named_with_the_command_that_installs_it(
    zhenggai: Runner, published: Path, monkeypatch: pytest.MonkeyPatch, missing: str, engine: str, package: str
) -> None:
    monkeypatch.setattr("zhenggai.rollup.engine.find_spec", lambda name: None if name == missing else object())
    ran = zhenggai("rollup", "--engine", engine, at=published)
    assert (ran.code, ran.out) == (5, "")
    assert f'"{sys.executable}" -m pip install {package}；' in ran.err


def test_while_another_process_takes_in_this_one_waits_and_then_says_so(
    zhenggai: Runner, published: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake, "_LOCK_SECONDS", 0.0)
    with locked(published, intake.LOCK, 0.0, ""):
        ran = zhenggai("rollup", at=published)
    assert ran == Ran(4, "", "zhenggai：另一个 zhenggai rollup 正在取各县的数据\n  下一步：等它结束后再试\n")


def test_the_answer_is_written_to_a_file(zhenggai: Runner, province: Path) -> None:
    ran = zhenggai("rollup", "-o", "总览.xlsx", at=province)
    assert (ran.code, ran.out, ran.err) == (0, "", "已写入 总览.xlsx\n")
    assert (province / "总览.xlsx").is_file()
