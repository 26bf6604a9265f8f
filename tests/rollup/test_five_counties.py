"""One round over five counties: each publishes its facts, the province rolls them up, and every answer is the sum of the counties' own lists."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from adjusted_plan import ADJUSTED, LEDGER, MERGED
from small_repo import HEAD, PLAN, Runner, ledger_files, small_repo, write

DAY, NOW = "2020-09-12", datetime(2020, 10, 20, 9)

OTHER = HEAD.replace("编号: p\n", "编号: q\n规则: 景德镇\n") + (
    """\
- 编号: 1
  内容: 服务群众不到位
  措施:
  - {编号: 1-1, 内容: 走访, 时限: 2020年8月底前, 牵头单位: 县委办公室, 责任单位: [县直各单位, 城关镇], 阶段: [1], 步骤: [{编号: 1-1-1, 内容: 摸底, 时限: 2020年7月底前}]}
  - {编号: 1-2, 内容: 公开, 类别: 例行, 频次: 每季度, 牵头单位: 县委办公室, 责任单位: 城关镇, 阶段: [1, 2]}
"""
)
WITHOUT_PHASES = (
    HEAD.partition("阶段:\n")[0]
    + """\
问题:
- 编号: 1
  内容: 账目不清
  问题金额: 12.5万元
  措施:
  - {编号: 1-1, 内容: 清理, 时限: "2020年7月底前，并长期坚持", 牵头单位: 县委办公室, 责任单位: [县财政局, 县教育局]}
  - {编号: 1-2, 内容: 常抓, 类别: 持续推进, 牵头单位: 县委办公室, 责任单位: 河东乡}
  - {编号: 1-3, 内容: 再议, 时限: 适时, 牵头单位: 县委办公室, 责任单位: 河东乡}
"""
)
CLOSED = """\
04-02 城关镇 进展 1-1 进度=50 佐证=县组发〔2020〕1号
06-20 城关镇 完成 1-1
06-21 城关镇 申请销号 1-1 签批领导=王强 #申
06-22 县委办公室 初审 针对=申 结论=通过
06-23 县委组织部 复核 针对=申 结论=通过 #复
06-23 县委组织部 销号公示 针对=复 起=2020-06-23 止=2020-06-29 #公
06-30 县委组织部 销号 针对=公 措施摘要=1a2b
07-02 县教育局 完成 1-2
05-06 县财政局 例行 2-2 期次=2020-04
"""
MONEY = """\
07-20 县财政局 完成 1-1 整改金额=3.25万元
08-10/08-30 县教育局 完成 1-1 整改金额=1万元 追缴=7元
"""


@pytest.fixture
def counties(tmp_path: Path, home: Path) -> dict[str, Path]:
    """The ledgers of five counties: with plans of their own, one that was adjusted, and one that has two."""
    two = write(
        small_repo(tmp_path / "丙县", "06-05 县财政局 长期评估 2-1 结论=好 下次评估=2020-10-10\n"),
        {"plans/q.yaml": OTHER}
        | {
            path.replace("/p/", "/q/"): text
            for path, text in ledger_files("08-03 城关镇 完成 1-1\n07-03 城关镇 例行 1-2 期次=2020-Q2\n").items()
        },
    )
    return {
        "甲县": small_repo(tmp_path / "甲县", CLOSED),
        "乙县": small_repo(tmp_path / "乙县", LEDGER, plan=ADJUSTED, units=MERGED),
        "丙县": two,
        "丁县": small_repo(tmp_path / "丁县", plan=PLAN.replace("年度", "规则: 宿迁\n年度", 1)),
        "戊县": small_repo(tmp_path / "戊县", MONEY, plan=WITHOUT_PHASES),
    }


@pytest.fixture
def province(counties: Mapping[str, Path], zhenggai: Runner) -> Path:
    """The folder of the province, with the list of the counties that have published their facts."""
    for name, root in counties.items():
        ran = zhenggai("facts", "-o", "报数", "--county", name, "--through", "2020-10-15", at=root, now=NOW)
        assert ran.out, ran.err
    listed = (f"- {{名称: {name}, 代码: c{n}, 位置: ../{name}/报数}}\n" for n, name in enumerate(counties))
    province = next(iter(counties.values())).parent / "省"
    return write(province, {"汇总.yaml": f"县:\n{''.join(listed)}"})


def numbers(record: Mapping[str, Any]) -> Counter[str]:
    """The numbers of a record that add up. Those that are 0 are left out."""
    found = Counter({key: n for key, n in record.items() if type(n) is int and key not in ("number", "place", "days")})
    return +found


def test_every_answer_is_the_sum_of_the_counties_own_lists(
    counties: Mapping[str, Path], province: Path, zhenggai: Runner
) -> None:
    def asked(*words: str) -> Any:
        ran = zhenggai("rollup", *words, "--as-of", DAY, "--format", "json", at=province, now=NOW)
        assert (ran.code, ran.err) == (0, "")
        return json.loads(ran.out)

    def listed(*words: str) -> Iterator[tuple[str, Any]]:
        """Each county, and what its own list says of each of its plans that have an answer."""
        for name, root in counties.items():
            ran = zhenggai(*words, "--as-of", DAY, "--format", "json", at=root, now=NOW)
            answer = json.loads(ran.out or '{"plans": []}')
            yield from ((name, of_plan) for of_plan in answer.get("plans", [answer]))

    own: dict[Any, Counter[str]] = defaultdict(Counter)
    for name, of_plan in listed("status"):
        own[name] += numbers(of_plan["totals"])
    status = asked("status")
    found = {group["name"]: numbers(group | {"red": 0}) for group in status["groups"]}
    assert found == own
    assert numbers(status["totals"] | {"red": 0}) == sum(own.values(), Counter())
    assert found["乙县"]["problems"] == 5
    assert found["丙县"]["tasks"] == 11

    own.clear()
    for name, of_plan in listed("rank"):
        for of_class in of_plan["classes"]:
            for unit in of_class["units"]:
                own[of_class["category"], name, unit["unit"]] += numbers(unit)
    classes = asked("rank")["classes"]
    assert {(c["category"], u["county"], u["unit"]): numbers(u) for c in classes for u in c["units"]} == own
    towns = next(c["units"] for c in classes if c["category"] == "乡镇")
    assert [(unit["place"], unit["county"], unit["unit"]) for unit in towns[:4]] == [
        (1, "甲县", "城关镇"),
        (2, "丙县", "城关镇"),
        (3, "乙县", "城关镇"),
        (4, "甲县", "河东乡"),
    ]

    late = [
        (name, of_plan["plan"], task["measure"], task["unit"], task["days"])
        for name, of_plan in listed("overdue")
        for task in of_plan["tasks"]
    ]
    overdue = asked("overdue", "--top", "1000")
    assert sorted((t["county"], t["plan"], t["measure"], t["unit"], t["days"]) for t in overdue["tasks"]) == sorted(
        late
    )
    assert overdue["overdue"] == len(late) > 10

    own.clear()
    for name, of_plan in listed("phase", "1"):
        own[name] += numbers({key: of_plan[key] for key in ("due", "on_time", "late", "open", "overdue")})
        own[name] += Counter(running=of_plan["tasks"])
    assert {of["name"]: numbers(of) for of in asked("phase", "--phase", "1")["phases"]} == own
    assert "戊县" not in own

    own.clear()
    for _, of_plan in listed("trend", "每月"):
        for point in of_plan["points"]:
            own[point["date"]] += numbers(point)
    points = {point["date"]: numbers(point) for point in asked("trend", "--per", "月")["points"]}
    assert points == own
    assert list(points)[-1] == DAY
