"""A pasted list of units: what is read of it, which class is guessed, and what is said to be doubtful."""

import pytest

from zhenggai.setup.unit_list import as_list, by_class, read_unit_list


def classes(text: str) -> dict[str, str]:
    """The names in each class."""
    return {name: " ".join(unit.name for unit in units) for name, units in by_class(read_unit_list(text)[0])}


def doubts(text: str) -> tuple[str, ...]:
    """What is said to be doubtful."""
    return read_unit_list(text)[1]


@pytest.mark.parametrize(
    "text",
    [
        "县教育局\n城关镇\n县财政局\n",
        "县教育局、城关镇，县财政局。",
        "1. 县教育局\n2、城关镇；\n\n３．县财政局\n",
        "（一）县教育局\n（二）城关镇\n(3) 县财政局",
        "1、县教育局、2、城关镇、3、县财政局",
        "① 县教育局\n② 城关镇\n- 县财政局",
        "\ufeff县教育局\r\n\u3000城关镇\u200b\r\n县 财政局\r\n",
        "序号\t单位\t电话\n1\t县教育局\t0790\n2\t城关镇\t\n3\t县财政局\t\n",
        "县教育局 城关镇 县财政局",
        "县 教 育 局、城 关 镇\n县 财 政 局",
        "县教育局（牵头）\n城关镇(配合)、县财政局（责任单位）",
        "整改单位名单（共3个单位）\n1 县教育局\n2 城关镇\n3 县财政局\n合计：3个\n",
        "一、县直单位（2个）：\n县教育局、县财政局\n二、乡镇（1个）\n城关镇",
        "单位名单：县教育局、城关镇、县财政局",
        "我县整改单位名单：县教育局、城关镇、县财政局",
    ],
)
def test_a_list_is_read_however_it_was_pasted(text: str) -> None:
    assert classes(text) == {"乡镇": "城关镇", "县直单位": "县教育局 县财政局"}


@pytest.mark.parametrize(
    ("name", "category"),
    [
        ("县委组织部", "县委部门"),
        ("县纪委监委", "县委部门"),
        ("县委党校", "县委部门"),
        ("县直机关工委", "县委部门"),
        ("县政府办公室", "县直单位"),
        ("县发展和改革委员会", "县直单位"),
        ("县教育局（县委教育工委）", "县直单位"),
        ("团县委", "群团组织"),
        ("县总工会", "群团组织"),
        ("东街街道办事处", "街道"),
        ("滨河社区", "社区"),
        ("石桥村", "村"),
        ("河东乡", "乡镇"),
        ("县第一中学", "学校"),
        ("县人民医院", "医疗卫生单位"),
        ("县城投公司", "国有企业"),
    ],
)
def test_the_class_is_guessed_from_the_name(name: str, category: str) -> None:
    assert classes(name) == {category: name}


def test_the_level_of_the_county_is_that_of_most_names() -> None:
    assert classes("区教育局、区委组织部、东街街道") == {
        "区委部门": "区委组织部",
        "街道": "东街街道",
        "区直单位": "区教育局",
    }
    assert read_unit_list("区教育局、区委组织部")[0].class_by_name["区直各单位"].name == "区直单位"


def test_a_heading_says_the_class_whatever_the_names_are() -> None:
    assert classes("垂管单位：县税务局、县气象局\n县教育局") == {
        "县直单位": "县教育局",
        "垂管单位": "县税务局 县气象局",
    }


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("县教育局、县教育局", "写了两次，只留一个：县教育局"),
        ("县民政局 县林业局", "在一行里，看作两个单位：县民政局 县林业局"),
        ("县教育局县财政局", "像是两个单位连在一起，中间要有、或换行：县教育局县财政局"),
        ("县教育局\t张三", "不像单位的名称，没有收：张三"),
        ("县教育局：张三", "不像单位的名称，没有收：张三"),
        ("县委办公室 办公室\n县政府办公室 办公室", "简称已有别的单位用，没有收：办公室（县政府办公室）"),
        ("县教育局\nabc", "不像单位的名称，没有收：abc"),
        ("县教育局/机关", "没有收：“县教育局/机关”含有不能用于文件名的字符“/”"),
        ("经开区", "看不出是哪一类，先不归类：经开区"),
        ("县教育局\n教育局", "看作简称：教育局（县教育局）"),
        ("单位名单（共1个）\n县教育局\n合计1个", "不是单位，没有收：单位名单（共1个）、合计1个"),
        ("序号 单位 负责人 电话\n1 县教育局", "不是单位，没有收：序号 单位 负责人 电话"),
        ("县教育局、各乡镇", "是一类单位，不是一个，没有收：各乡镇"),
        ("县教育局（牵头）", "括号里的是分工，不算在名称里：县教育局（牵头）"),
        ("各乡镇\n县公安局(交警大队)", "不是乡镇，按名称归类：县公安局(交警大队)"),
    ],
)
def test_what_is_doubtful_is_named(text: str, said: str) -> None:
    assert doubts(text) == (said,)


def test_a_pasted_table_with_all_that_stands_around_the_names() -> None:
    text = """单位名单（共5个）
序号 单位 负责人 电话
1 县人社局 张三 13907000000
县 教 育 局
2 各乡镇
开发区管委会、城关镇党委政府
县公安局(交警大队)
合计5个"""
    assert classes(text) == {
        "乡镇": "城关镇党委政府",
        "县直单位": "县人社局 县教育局 开发区管委会 县公安局(交警大队)",
    }
    assert doubts(text) == (
        "不是单位，没有收：单位名单（共5个）、序号 单位 负责人 电话、合计5个",
        "不像单位的名称，没有收：张三",
        "是一类单位，不是一个，没有收：各乡镇",
    )


@pytest.mark.parametrize("heading", ["乡镇", "各乡镇", "二、乡镇", "2. 乡镇（2个）", "2. 乡镇："])
def test_a_heading_is_no_unit_and_holds_for_those_below(heading: str) -> None:
    assert classes(f"{heading}\n城关镇\n经开区管委会\n县教育局") == {
        "乡镇": "城关镇 经开区管委会",
        "县直单位": "县教育局",
    }


def test_empty_lines_and_numbers_are_left_out_in_silence() -> None:
    assert doubts("\n县教育局\n\n、\n2\n1. 城关镇\n") == ()


def test_a_short_name_stands_before_the_duty() -> None:
    assert read_unit_list("县人社局（人社）（牵头单位）")[0].members[0].short_names == ("人社",)


def test_many_doubts_of_a_kind_are_one_sentence() -> None:
    people = "\n".join(f"县{c}局\t张{c}" for c in "甲乙丙丁戊己")
    assert doubts(people) == ("不像单位的名称，没有收：张甲、张乙、张丙、张丁、张戊 等 6 个",)


def test_short_names_are_read_and_made_where_they_are_clear() -> None:
    book, said = read_unit_list(
        "县人力资源和社会保障局 县人社局\n县住建局（住建局）\n县教育局\n县委办公室\n市教育局\n城关镇"
    )
    assert [unit.short_names for unit in book.members] == [("县人社局",), ("住建局",), ("教育局",), ("县委办",), (), ()]
    assert said == ()


def test_what_was_read_can_be_corrected_as_a_text() -> None:
    book, _ = read_unit_list("县教育局、城关镇、经开区、县住建局 住建局、县文化和旅游局 文旅、县卫生健康局")
    assert as_list(book) == "县直单位：县教育局、县住建局、县文化和旅游局 文旅、县卫生健康局\n乡镇：城关镇\n经开区"
    assert set(read_unit_list(as_list(book))[0].members) == set(book.members)
    moved = as_list(book).replace("城关镇\n经开区", "城关镇、经开区")
    assert classes(moved) == {"县直单位": "县教育局 县住建局 县文化和旅游局 县卫生健康局", "乡镇": "城关镇 经开区"}


@pytest.mark.parametrize("text", ["", "\n\n", "1\n2\n", "县直单位：", "序号\t单位"])
def test_without_a_name_the_book_is_empty(text: str) -> None:
    assert read_unit_list(text)[0].members == ()
