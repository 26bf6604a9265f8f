"""Every habit of the people is read and named with its reading; what is no value is refused with the remedy."""

from datetime import date
from decimal import Decimal

import pytest

from zhenggai.model.entries import Claim, Progress, Review
from zhenggai.model.plan import Adjustment, Measure, Plan
from zhenggai.model.profile import Profile
from zhenggai.reading import values
from zhenggai.reading.field_readers import read_items, readers_of
from zhenggai.reading.values import Reader, Unreadable


def read(reader: Reader, text: str) -> tuple[object, list[str]]:
    notes: list[str] = []
    return reader(text, notes.append), notes


@pytest.mark.parametrize(
    "text",
    [
        "2020.5.12",
        "2020/5/12",
        "20200512",
        "2020-5-12",
        "2020年5月12日",
        "2020年5月12",
        "2020 年 5 月 12 日",
        "２０２０-０５-１２",
        " 2020-05-12",
    ],
)
def test_every_habit_of_a_day_is_read_with_a_note(text: str) -> None:
    assert read(values.read_day, text) == (date(2020, 5, 12), [f"“{text}”读作 2020-05-12"])


def test_a_day_as_it_should_be_needs_no_note() -> None:
    assert read(values.read_day, "2020-05-12") == (date(2020, 5, 12), [])


@pytest.mark.parametrize(
    "text", ["0", "", "2020512", "202005120", "2020-05", "5月12日", "明天", "2020-05-12 10:00", "1589241600"]
)
def test_what_is_no_day_is_refused_and_never_an_epoch(text: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read(values.read_day, text)
    assert (refused.value.what, refused.value.remedy) == (f"“{text}”不是日期", "写成 2020-05-12 的样子")


@pytest.mark.parametrize("text", ["2020-02-30", "2021.2.29", "2020年13月1日", "0000-01-01"])
def test_a_day_that_no_calendar_has_is_refused(text: str) -> None:
    with pytest.raises(Unreadable, match="这一天不存在") as refused:
        read(values.read_day, text)
    assert refused.value.remedy == "核对月份和日子"


def test_an_estimated_day_of_issue_is_read_with_a_note() -> None:
    assert read(values.read_issue_day, "约2020-03-01") == (
        date(2020, 3, 1),
        ["“约2020-03-01”是约数，按 2020-03-01 推算时限"],
    )
    assert read(values.read_issue_day, "约2020.3.1")[1] == [
        "“约2020.3.1”是约数，按 2020-03-01 推算时限",
        "“2020.3.1”读作 2020-03-01",
    ]
    assert read(values.read_issue_day, "2020-03-01") == (date(2020, 3, 1), [])
    with pytest.raises(Unreadable, match="不是日期"):
        read(values.read_issue_day, "约三月")


@pytest.mark.parametrize(
    ("text", "value", "notes"),
    [
        ("0", 0, []),
        ("40", 40, []),
        ("100", 100, []),
        ("40%", 40, ["“40%”读作 40"]),
        ("40 %", 40, ["“40 %”读作 40"]),
        ("４０％", 40, ["“４０％”读作 40"]),
        ("040", 40, ["“040”读作 40"]),
    ],
)
def test_a_percent_is_a_whole_number_with_or_without_its_sign(text: str, value: int, notes: list[str]) -> None:
    assert read(values.read_percent, text) == (value, notes)


@pytest.mark.parametrize("text", ["0.4", "101", "-1", "四成", "", "%", "40%%", "1e2", "9" * 5000, "٤٠"])
def test_a_percent_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read(values.read_percent, text)
    assert refused.value.what == f"进度“{text}”不是 0 到 100 的整数"
    assert refused.value.remedy == "写成百分数的整数部分，如 40"


def test_whole_numbers_are_never_guessed() -> None:
    assert read(values.read_whole, "2020") == (2020, [])
    assert read(values.read_whole, "0") == (0, [])
    assert read(values.read_whole, "２０") == (20, ["“２０”读作 20"])
    assert read(values.read_whole, "007") == (7, ["“007”读作 7"])
    for text in ("", "1.0", "三", "1_000", "1" * 10):
        with pytest.raises(Unreadable, match="不是整数"):
            read(values.read_whole, text)
    with pytest.raises(Unreadable, match="“-3”不能是负数"):
        read(values.read_whole, "-3")


@pytest.mark.parametrize(
    ("text", "days", "notes"),
    [
        ("-10", -10, []),
        ("7", 7, []),
        ("0", 0, []),
        ("+7", 7, ["“+7”读作 7"]),
        ("−10", -10, ["“−10”读作 -10"]),
        ("－１０", -10, ["“－１０”读作 -10"]),
    ],
)
def test_the_days_of_a_ladder_may_lie_before_the_due_date(text: str, days: int, notes: list[str]) -> None:
    assert read(values.read_overdue_days, text) == (days, notes)


@pytest.mark.parametrize("text", ["--10", "-", "十", "-3651", "1.5"])
def test_other_days_of_a_ladder_are_refused(text: str) -> None:
    with pytest.raises(Unreadable, match="不"):
        read(values.read_overdue_days, text)


@pytest.mark.parametrize(
    ("text", "value", "notes"),
    [
        ("7703.87万元", "7703.87万元", []),
        ("1,200.5万元", "1200.5万元", []),
        ("560元", "560元", []),
        ("3亿元", "3亿元", []),
        ("１，２００．５万元", "1200.5万元", ["“１，２００．５万元”读作 1200.5万元"]),
        ("120.5 万", "120.5万元", ["“120.5 万”读作 120.5万元"]),
        ("人民币5百万元整", "500万元", ["“人民币5百万元整”读作 500万元"]),
        ("0元", "0元", []),
        ("2.51023545亿元", "2.51023545亿元", []),
        ("007.50元", "7.50元", ["“007.50元”读作 7.50元"]),
    ],
)
def test_amounts_of_money_keep_their_unit(text: str, value: str, notes: list[str]) -> None:
    assert read(values.read_amount, text) == (value, notes)
    assert read(values.read_increment, text) == (value, notes)


def test_only_an_entry_may_leave_the_unit_of_an_amount_to_the_plan() -> None:
    assert read(values.read_increment, "1,200.5") == ("1200.5", [])
    with pytest.raises(Unreadable) as refused:
        read(values.read_amount, "1,200.5")
    assert refused.value.what == "“1,200.5”没有写单位"
    assert refused.value.remedy == "写成 1200.5万元、1200.5元 的样子"


@pytest.mark.parametrize("text", ["", "一百万元", "12,00元", "5万美元", "1e3元", "9" * 5000, "1.00000000001元", "٤元"])
def test_other_amounts_are_refused(text: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read(values.read_increment, text)
    assert (refused.value.what, refused.value.remedy) == (f"“{text}”不是金额", "写成 1200.5万元、560元、3亿元 的样子")


@pytest.mark.parametrize(
    ("text", "exact"), [("约1200万元", "1200万元"), ("120余万元", "120万元"), ("1,200.5万元左右", "1200.5万元")]
)
def test_an_amount_that_is_not_exact_is_refused_with_what_to_write(text: str, exact: str) -> None:
    for reader, command in ((values.read_amount, "adjust 调整"), (values.read_increment, "correct 更正")):
        with pytest.raises(Unreadable) as refused:
            read(reader, text)
        assert refused.value.what == f"“{text}”不是确切的金额，合计不出来"
        assert refused.value.remedy == f"写现在能确定的数，如 {exact}，核实了再用 zhenggai {command}"


@pytest.mark.parametrize("text", ["-5万元", "－５万元", "−5"])
def test_an_amount_becomes_less_by_a_correction_only(text: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read(values.read_increment, text)
    assert refused.value.what == f"金额“{text}”不能是负数"
    assert refused.value.remedy == "只写这一次新增的；以前记多了的，用 zhenggai correct 更正那一条"


def test_decimal_numbers_keep_their_digits() -> None:
    assert read(values.read_number, "24.50") == (Decimal("24.50"), [])
    assert read(values.read_number, "２４．５") == (Decimal("24.5"), ["“２４．５”读作 24.5"])
    for text in ("", "24%", "-1", "1,000", "NaN", "Infinity", "1e9", "0x10", "9" * 16):
        with pytest.raises(Unreadable, match="不是数"):
            read(values.read_number, text)


def test_yes_and_no_have_few_spellings() -> None:
    assert read(values.read_flag, "是") == (True, [])
    assert read(values.read_flag, "否") == (False, [])
    assert read(values.read_flag, "True") == (True, ["“True”读作 是"])
    assert read(values.read_flag, "no") == (False, ["“no”读作 否"])
    with pytest.raises(Unreadable, match="不是“是”或“否”"):
        read(values.read_flag, "1")


@pytest.mark.parametrize("text", ["3.2", "3②", "三②", "３-２", "03-2", " 3-2", "三-二"])
def test_every_habit_of_a_measure_is_read_with_a_note(text: str) -> None:
    assert read(values.read_measure, text) == ("3-2", [f"“{text}”读作 3-2"])


@pytest.mark.parametrize("text", ["3", "措施二", "3-0", "3-2-1-4", "", "9" * 5000 + "-1"])
def test_what_is_no_measure_is_refused_in_few_words(text: str) -> None:
    """Even where the digits are more than int() takes."""
    with pytest.raises(Unreadable, match="不是措施编号") as refused:
        read(values.read_measure, text)
    assert len(refused.value.what) < 50


def test_measures_need_no_note_as_they_should_be() -> None:
    assert read(values.read_measure, "3-5-1") == ("3-5-1", [])


def test_entry_numbers_are_taken_as_they_stand() -> None:
    assert read(values.read_entry_number, "20200512-k3f9x2ab") == ("20200512-k3f9x2ab", [])
    for text in ("", "20200512-K3F9X2AB", "20200230-k3f9x2ab", "k3f9", "20200512-k3f9x2al"):
        with pytest.raises(Unreadable, match="不是记录编号") as refused:
            read(values.read_entry_number, text)
        assert "zhenggai add" in refused.value.remedy


def test_text_stays_as_it_is_unless_it_is_blank() -> None:
    assert read(values.read_text, " 甲 ") == (" 甲 ", [])
    for text in ("", " ", "\n", "\u3000"):
        with pytest.raises(Unreadable, match="值是空的") as refused:
            read(values.read_text, text)
        assert refused.value.remedy == "填写内容，或删去这一行"


# --- lists


def items(owner: type, label: str, *texts: str) -> tuple[tuple[object, ...], list[str]]:
    notes: list[str] = []
    return read_items(readers_of(owner)[label], texts, notes.append), notes


@pytest.mark.parametrize(
    "text", ["城关镇、河东乡", "城关镇，河东乡", "城关镇,河东乡", "城关镇；河东乡", "城关镇\n河东乡"]
)
def test_one_text_may_list_several_names(text: str) -> None:
    assert items(Measure, "责任单位", text) == (("城关镇", "河东乡"), [f"“{text}”读作 2 项：[城关镇, 河东乡]"])


def test_full_width_commas_in_brackets_separate_too() -> None:
    """``[甲，乙]`` is a list of one to YAML, ``[甲，乙, 丙]`` one of two."""
    assert items(Measure, "责任单位", "甲，乙") == (("甲", "乙"), ["“甲，乙”读作 2 项：[甲, 乙]"])
    assert items(Measure, "责任单位", "甲，乙", "丙") == (("甲", "乙", "丙"), ["“甲，乙，丙”读作 3 项：[甲, 乙, 丙]"])
    assert items(Measure, "责任单位", "甲", "乙") == (("甲", "乙"), [])


def test_a_list_of_numbers_is_split_and_typed() -> None:
    assert items(Measure, "阶段", "1、2") == ((1, 2), ["“1、2”读作 2 项：[1, 2]"])
    assert items(Progress, "步骤", "3.5.1", "3-5-2") == (("3-5-1", "3-5-2"), ["“3.5.1”读作 3-5-1"])


def test_an_empty_list_field_is_as_wrong_as_an_empty_text() -> None:
    for text in ("", "、", " "):
        with pytest.raises(Unreadable, match="值是空的"):
            items(Measure, "责任单位", text)
    assert items(Measure, "责任单位") == ((), [])


def test_evidence_and_adjusted_texts_are_never_split() -> None:
    paper = "关于甲、乙的通知，县组发〔2020〕12号"
    assert items(Progress, "佐证", paper) == ((paper,), [])
    assert items(Adjustment, "现", paper) == ((paper,), [])
    with pytest.raises(Unreadable, match="值是空的"):
        items(Progress, "佐证", "")


# --- which reader a field has


def test_the_known_keys_of_a_type_are_its_fields_and_nothing_of_the_machinery() -> None:
    assert list(readers_of(Claim)) == [
        "编号",
        "日期",
        "措施",
        "单位",
        "内容",
        "佐证",
        "录自",
        "填报人",
        "事项",
        "责任人",
        "责任领导",
        "步骤",
    ]
    assert [key for owner in (Plan, Measure, Profile, Review) for key in readers_of(owner) if key.isascii()] == []


def test_a_number_means_what_its_owner_numbers() -> None:
    assert readers_of(Plan)["编号"].read("jcdj-2020", print) == "jcdj-2020"
    assert readers_of(Measure)["编号"].read("3-2", print) == "3-2"
    assert readers_of(Review)["编号"].read("20200512-k3f9x2ab", print) == "20200512-k3f9x2ab"
    with pytest.raises(Unreadable):
        readers_of(Review)["针对"].read("3-2", print)
