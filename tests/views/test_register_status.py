"""``status --registers`` as a report: what stands in it for people, for CSV and for JSON."""

import json
from pathlib import Path
from typing import Any

import pytest

from small_repo import ledger_in, small_repo, snapshot_in, write
from zhenggai.errors import UsageError
from zhenggai.render import render
from zhenggai.views.registers import RegisterStatus, register_status

BOOK = """\
党组织:
- {名称: 镇党委, 单位: 城关镇, 类别: 基层党委, 上次换届: 2015-08-20, 领办书记: 镇党委书记, 一村一策: 整顿方案}
- {名称: 乡党委, 单位: 河东乡, 类别: 基层党委, 上次换届: 2015-09-10, 领办书记: 乡党委书记}
- {名称: 局支部, 单位: 县教育局, 类别: 党支部, 上次换届: 2019-01-31, 四个一: {县级领导: 副县长, 乡镇领导: 副镇长, 第一书记: 干部, 结对单位: 县财政局}}
"""
LEDGER = """
04-20 县委组织部 软弱涣散 党组织=局支部 事由=认定 原因=组织生活停滞
04-21 县委组织部 软弱涣散 党组织=镇党委 事由=认定 原因=班子不团结
06-10 城关镇 换届 党组织=镇党委 事由=请示
08-18 县委组织部 换届 党组织=镇党委 事由=已换届
09-20 县委组织部 软弱涣散 党组织=局支部 事由=验收 验收得分=82 不满意票=12
09-21 县委组织部 软弱涣散 党组织=镇党委 事由=验收 验收得分=66
"""

TEXT = """\
整改方案：换届与软弱涣散党组织整顿

　　截至 2020-09-30

换届
党组织    单位      届满日      延期至    状态      下一步    期限
--------  --------  ----------  --------  --------  --------  ---------------
镇党委    城关镇    2025-08-18            已换届    请示换届  2025-06-18
乡党委    河东乡    2020-09-10            应换未换  换届选举  2020-09-10 已过
局支部    县教育局  2022-01-31            正常      请示换届  2021-11-30

软弱涣散党组织整顿
党组织    认定        认定原因      四个一    一村一策      得分    不满意票  状态        跟踪至
--------  ----------  ------------  --------  ----------  ------  ----------  ----------  ----------
镇党委    2020-04-21  班子不团结    均未落实  有              66              验收不合格
局支部    2020-04-20  组织生活停滞  齐        无              82         12%  跟踪中      2021-09-20

　　截至9月30日，党组织3个，其中正常1个、应换未换1个、已换届1个；认定软弱涣散2个，其中验收不合格1个、跟踪中1个。
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write(small_repo(tmp_path, LEDGER), {"plans/organisations.yaml": BOOK})


def report_of(root: Path, as_of: str = "09-30", unit: str | None = None) -> RegisterStatus:
    _, organisations = ledger_in(root).with_organisations()
    return register_status(snapshot_in(root, as_of), organisations, unit)


def test_two_tables_and_a_sentence(root: Path) -> None:
    assert render(report_of(root), "text") == TEXT


def test_the_record_has_english_names_and_counts_every_state(root: Path) -> None:
    record: Any = json.loads(render(report_of(root), "json"))
    assert (record["schema_version"], record["plan"], record["as_of"]) == (1, "p", "2020-09-30")
    assert record["counts"] == {
        "terms": {"normal": 1, "near": 0, "unelected": 1, "delayed": 0, "electing": 0, "elected": 1},
        "weak": {"worked_on": 0, "failed": 1, "followed": 1, "struck_off": 0},
    }
    assert record["terms"][1] == {
        "organisation": "乡党委",
        "unit": "河东乡",
        "secretary": "乡党委书记",
        "elected": "2015-09-10",
        "term_end": "2020-09-10",
        "delayed_until": None,
        "state": "应换未换",
        "next": "换届选举",
        "next_due": "2020-09-10",
    }
    failed, passed = record["weak"]
    assert (failed["why"], failed["missing_supporters"][:1]) == ("得分 66，不到 70", ["县级领导"])
    assert (passed["why"], passed["missing_supporters"], passed["followed_until"]) == (None, [], "2021-09-20")


def test_rows_have_the_same_columns_for_both_registers(root: Path) -> None:
    report = report_of(root)
    rows = report.rows()
    assert [row["register"] for row in rows] == ["换届", "换届", "换届", "软弱涣散", "软弱涣散"]
    assert {name for row in rows for name in row} == set(report.heads)
    assert rows[3]["missing_supporters"] == ["县级领导", "乡镇领导", "第一书记", "结对单位"]


@pytest.mark.parametrize(
    ("unit", "names"),
    [("城关镇", ["镇党委"]), ("各乡镇", ["镇党委", "乡党委"]), ("教育局", ["局支部"]), ("县财政局", [])],
)
def test_a_unit_or_a_class_of_units(root: Path, unit: str, names: list[str]) -> None:
    assert [term.organisation.name for term in report_of(root, unit=unit).terms] == names


def test_an_unknown_unit(root: Path) -> None:
    with pytest.raises(UsageError, match="没有单位“水利局”"):
        report_of(root, unit="水利局")


def test_an_empty_book_is_said_plainly(tmp_path: Path) -> None:
    report = report_of(small_repo(tmp_path))
    assert render(report, "text").splitlines()[2:] == [
        "　　截至 2020-09-30",
        "　　党组织册里没有党组织。",
        "　　截至9月30日，党组织0个；认定软弱涣散0个。",
    ]
