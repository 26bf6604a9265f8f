"""党组织, 登记: what does not fit in the organisation book, and in the entries of the registers."""

from pathlib import Path

import pytest
from gallery import said

BOOK = "plans/organisations.yaml"
GOOD = "{名称: 镇党委, 单位: 城关镇, 类别: 基层党委, 上次换届: 2015-08-20, 领办书记: 镇党委书记}"
PATH = "ledgers/p/县委组织部/2020-03.办公室.aa.yaml"


def book(*organisations: str) -> dict[str, str]:
    return {BOOK: "党组织:\n" + "".join(f"- {organisation}\n" for organisation in organisations)}


def test_a_book_and_entries_that_fit_are_silent(tmp_path: Path) -> None:
    ledger = """
    03-10 城关镇 换届 党组织=镇党委 事由=请示
    03-11 县委组织部 换届 党组织=镇党委 事由=延期批复 至=2020-12-31
    03-12 县委组织部 软弱涣散 党组织=镇党委 事由=认定 原因=班子不团结
    """
    assert said(tmp_path, "党组织", "登记", ledger=ledger, files=book(GOOD)) == []


@pytest.mark.parametrize(
    ("organisation", "complaint"),
    [
        (
            GOOD.replace("单位: 城关镇", "单位: 城关街道"),
            "党组织: 单位册里没有“城关街道” — 最接近的有：城关镇；或在 plans/units.yaml 中补上",
        ),
        (
            GOOD.replace("类别: 基层党委, ", ""),
            "党组织: “镇党委”的届满日算不出，换届不计 — 补上一行 届期: 5（年，1 到 10）或 类别: …（基层党委、党总支、党支部、村党组织、社区党组织），并核对上次换届",
        ),
        (
            GOOD.replace("基层党委", "基层党委, 届期: 3"),
            "党组织（疑点）: 届期 3 年，基层党委一般 5 年 — 核对届期",
        ),
        (
            GOOD.replace("2015-08-20", "2020-03-08"),
            "党组织（疑点）: 上次换届 2020-03-08 不早于方案印发日期 2020-03-01 — 册里写方案印发前的那一次，印发后的用 zhenggai register 党组织 已换届 记录",
        ),
    ],
)
def test_an_organisation_that_does_not_fit(tmp_path: Path, organisation: str, complaint: str) -> None:
    assert said(tmp_path, "党组织", files=book(organisation)) == [f"{BOOK}:2: {complaint}"]


def test_an_organisation_has_a_name_of_its_own(tmp_path: Path) -> None:
    assert said(tmp_path, "党组织", files=book(GOOD, GOOD)) == [
        f"{BOOK}:3: 党组织: “镇党委”与第 2 行重名，后一个不计 — 改用能分清的名称"
    ]


def test_a_book_that_cannot_be_read_is_an_error(tmp_path: Path) -> None:
    (diagnostic,) = said(tmp_path, "党组织", files={BOOK: "党组织: 镇党委\n"})
    assert diagnostic == f"{BOOK}:1: 字段: 这里应是列表 — 每项以“- ”开头"


@pytest.mark.parametrize(
    ("entry", "complaint"),
    [
        (
            "换届 党组织=镇党支部 事由=请示",
            "登记: 党组织册里没有“镇党支部” — 最接近的有：镇党委；或在 plans/organisations.yaml 中补上",
        ),
        ("换届 党组织=镇党委 事由=延期批复", "登记: 延期批复没有写明延到哪一天 — 补上一行 至: …"),
        (
            "换届 党组织=镇党委 事由=延期批复 至=2022-01-01",
            "登记（疑点）: 延期到 2022-01-01，比届满 2020-08-20 晚了一年以上 — 一般不超过一年，核对批复",
        ),
        ("软弱涣散 党组织=镇党委 事由=跟踪", "登记: 还没有认定，不能记“跟踪” — 先记 认定，或核对日期"),
    ],
)
def test_an_entry_that_does_not_fit(tmp_path: Path, entry: str, complaint: str) -> None:
    assert said(tmp_path, "登记", ledger=f"03-10 县委组织部 {entry}", files=book(GOOD)) == [f"{PATH}:1: {complaint}"]


def test_a_unit_that_has_no_say(tmp_path: Path) -> None:
    (complaint,) = said(tmp_path, "登记", ledger="03-10 城关镇 换届 党组织=镇党委 事由=已换届", files=book(GOOD))
    assert complaint == (
        "ledgers/p/城关镇/2020-03.办公室.aa.yaml:1: 登记: “已换届”应由县委督查局、县委组织部记录 — 由有权单位在自己的文件夹中记录"
    )
