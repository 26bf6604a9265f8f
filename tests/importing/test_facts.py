"""What a paper says of itself: title, number, year, issue, feedback, sources."""

from datetime import date

import pytest

from zhenggai.importing.fields.facts import Facts, facts_in


def facts(*lines: str) -> Facts:
    return facts_in([(line, number) for number, line in enumerate(lines, 1)])


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        (
            ["本文仅供学习参考，请勿照搬", "基层党建整改方案", "（县、区）", "", "根据安排，制定本方案。"],
            "基层党建整改方案",
        ),
        (["中共河东县委", "关于巡察反馈意见的整改方案"], "中共河东县委关于巡察反馈意见的整改方案"),
        (["附件1", "乡镇整改任务清单"], "乡镇整改任务清单"),
        (["县教育局整改方案（征求意见稿）"], "县教育局整改方案（征求意见稿）"),
        (["河东县教育局关于印发《作风整改方案》的通知", "各股室：", "作风整改方案"], "作风整改方案"),
        (["关于印发《河东镇作风", "整改方案（2018—2020年）》", "的通知"], "河东镇作风整改方案（2018—2020年）"),
        (
            ["中共河东镇委关于巡察反馈意见整改落实情况的通报", "一、组织情况"],
            "中共河东镇委关于巡察反馈意见整改落实情况的通报",
        ),
        (["作风整改方案 为抓好整改，制定本方案。一、问题（一）不实。"], "作风整改方案"),
        (["河東州2020年優化環境工作計劃", "為優化環境，制定本計劃。"], "河東州2020年優化環境工作計劃"),
        (["（三）党建引领方面", "5、组织生活不规范。"], ""),
        (["县委召开推进会", "会议指出，要制定整改方案。"], ""),
    ],
)
def test_title(lines: list[str], title: str) -> None:
    assert facts(*lines).title == title


@pytest.mark.parametrize(
    ("lines", "year", "words"),
    [
        (["整改方案", "2020年4月6日", "6月底前完成。"], 2020, None),  # the day of issue is no guess
        (["整改方案", "2021年3月底前完成，2022年底前巩固。"], 2021, "2021年3月底前"),
        (["整改方案", "2019年12月20日，督察组反馈意见。", "2020年6月底前完成。"], 2020, "2020年6月底前"),
        (["整改方案", "整改时限：2024年12月", "2023年9月底前建账。"], 2023, "2023年9月底前"),
        (["整改方案", "2022年3月检查。", "2023年9月底前建账，2024年12月底前达标。"], 2023, "2023年9月底前"),
        (
            ["整改方案", "2020年10月23日至11月6日，督察组督察，2021年2月25日反馈意见。", "2022年6月底前完成。"],
            2021,
            "2021年2月25日",
        ),
        (["整改方案", "2022年8月检查。", "11月15日前整改。", "2023年6月底前巩固。"], 2022, "2022年8月"),
        (["整改方案", "2022年8月检查。", "3月底前整改，2023年6月底前巩固。"], 2023, "2023年6月底前"),
        (["整改方案", "2018年8月出台办法。", "2021年6月底前修订。"], 2021, "2021年6月底前"),
        (["整改方案", "6月2日通报问题，结合2021年接种任务，制定方案。"], 2021, "2021年"),
        (["整改方案", "印发日期2022年9月5日，2023年6月底前完成。"], 2022, None),
        (["整改方案", "2018年3月检查发现12起。", "2020年1月召开会议。"], 2020, "2020年1月"),
        (["2020年优化环境方案", "将2020年定为攻坚年。", "6月底前完成。"], 2020, "2020年"),
        (["整改方案", "排查阶段（2021年4月）。", "整改阶段（2022年1月）。"], 2021, "2021年4月"),
        (["2020年优化环境方案", "6月底前完成。"], None, None),  # a title alone says nothing
        (["整改方案", "根据县发〔2020〕6号和《2019年6月底前任务》。"], None, None),
        (["整改方案", "2018年以来问题突出。"], None, None),
    ],
)
def test_year(lines: list[str], year: int | None, words: str | None) -> None:
    found = facts(*lines)
    assert (found.year, found.year_from and found.year_from[1]) == (year, words)


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("2020年3月2日，市委第二巡察组向我县反馈了巡察意见。", "2020-03-02"),
        ("督察组于2019年5月10日至5月30日开展督察，7月18日反馈督察意见。", "2019-07-18"),
        ("二〇二〇年三月二日，县委第三巡察组进行了反馈。", "2020-03-02"),
        ("县审计局于2023年3月6日出具审计报告，指出问题4个。", "2023-03-06"),
        ("2020年3月2日召开会议，部署整改。", None),
    ],
)
def test_feedback(line: str, day: str | None) -> None:
    assert facts("整改方案", line).feedback == (day and date.fromisoformat(day))


def test_number_issue_and_sources() -> None:
    found = facts(
        "河东县民政局文件",
        "河民发〔2023〕15号",
        "养老服务整改方案",
        "省委第一巡视组反馈意见指出问题，依据县发〔2022〕3号，县审计局出具审计报告。",
        "一、措施",
        "责任单位：县审计局",
        "河东县民政局",
        "2023年4月6日",
    )
    assert (found.title, found.document_number, found.issued) == (
        "养老服务整改方案",
        "河民发〔2023〕15号",
        date(2023, 4, 6),
    )
    assert found.sources == ("省委第一巡视组", "县审计局", "审计报告")


@pytest.mark.parametrize(
    ("line", "issued"), [("2023.4.6", date(2023, 4, 6)), ("河东中学2023-04-06", date(2023, 4, 6)), ("2023.14.6", None)]
)
def test_a_day_in_figures_ends_a_paper(line: str, issued: date | None) -> None:
    assert facts("整改方案", "6月底前完成。", line).issued == issued


def test_a_deadline_on_a_line_of_its_own_is_no_day_of_issue() -> None:
    assert facts("整改方案", "完成时限：", "2023年4月6日").issued is None


def test_cells_of_a_table_say_the_year_but_no_title() -> None:
    found = facts_in([("附件", 1)], cells=[("责任清单", 2), ("2024年6月底前", 3)])
    assert (found.title, found.year) == ("", 2024)
