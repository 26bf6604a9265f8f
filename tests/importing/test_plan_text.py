"""The file of a plan that a draft becomes: what it says where, and that it reads as the same plan whatever the texts are."""

from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from zhenggai.importing.draft import Doubt, Draft, DraftMeasure, DraftPhase, DraftProblem, Place
from zhenggai.importing.plan.plan_text import plan_text
from zhenggai.importing.plan.plan_to_be import PlanToBe, Surroundings, plan_to_be
from zhenggai.model.plan import Plan, ReviewChain
from zhenggai.model.source import Diagnostic, Level
from zhenggai.model.units import Unit, UnitBook, UnitClass
from zhenggai.reading.typed import type_tree
from zhenggai.reading.yaml_faults import MAX_VALUE
from zhenggai.reading.yaml_tree import read_tree

BOOK = UnitBook(
    classes=(UnitClass(name="乡镇", aliases=("各乡镇",)),),
    members=(Unit(name="县委组织部"), Unit(name="县教育局", category="县直单位"), Unit(name="城关镇", category="乡镇")),
)


def measure(line: int, content: str, **fields: Any) -> DraftMeasure:
    return DraftMeasure(place=Place(line=line), content=content, **fields)


def problem(line: int, title: str, *measures: DraftMeasure, **fields: Any) -> DraftProblem:
    return DraftProblem(place=Place(line=line), title=title, measures=measures, **fields)


def draft(*problems: DraftProblem, **fields: Any) -> Draft:
    known: dict[str, Any] = {"title": "整改方案", "year": 2020, "issued": date(2020, 3, 1)} | fields
    return Draft(source="方案.txt", problems=problems, **known)


def made(drafted: Draft, **around: Any) -> PlanToBe:
    place: dict[str, Any] = {"number": "zg", "year": 2026} | around
    return plan_to_be(drafted, Surroundings(**place))


def text(drafted: Draft, **around: Any) -> str:
    """The file without its first three lines, which are the same for all."""
    return plan_text(made(drafted, **around), drafted.source).split("\n", 3)[3]


def read_back(written: str) -> tuple[Plan, list[Diagnostic]]:
    tree, faults = read_tree(written, "plans/zg.yaml")
    assert tree is not None
    plan, more = type_tree(Plan, tree, "plans/zg.yaml")
    return plan, faults + more


def test_a_whole_paper_is_a_plan_with_the_line_of_each_item() -> None:
    whole = draft(
        problem(
            3,
            "组织生活不严肃",
            measure(
                7,
                "制定办法",
                label="①",
                lead=("组织部",),
                units=("各乡镇",),
                person="书记",
                deadline="6月底前",
                steps=(("1-1-1", "摸底"), ("1-1-2", "印发")),
            ),
            number=1,
            label="一是",
            sources=("省委巡视",),
            details=("走过场",),
            goal="人人受教育",
        ),
        phases=(DraftPhase(place=Place(line=20), name="集中整改", deadline="2020年4月至9月"),),
        feedback=date(2019, 12, 20),
    )
    review = ReviewChain(second_review="县委组织部", stand_in=("县教育局",))
    assert plan_text(made(whole, units=BOOK, review=review), "方案.txt") == (
        """\
# yaml-language-server: $schema=schema/plan.schema.json
# 从方案.txt起草，“原文第几行”是出处。
# 写着“待定”的由您定：把值写好，“# 待定：”几个字删去。
编号: zg
标题: 整改方案
年度: 2020
印发日期: 2020-03-01
反馈日期: 2019-12-20
问题来源: {s1: 省委巡视}
审核: {初审: 牵头单位, 复核: 县委组织部, 回避: [县教育局]}  # 原文没有写，照单位册定的
阶段:
- {编号: 1, 名称: 集中整改, 时限: 2020年4月至9月}  # 原文第20行
问题:
- 编号: 1  # 原文第3行 一是
  内容: 组织生活不严肃
  具体表现: [走过场]
  来源: [s1]
  措施:
  - 编号: 1-1  # 原文第7行 ①
    内容: 制定办法
    时限: 6月底前
    牵头单位: [县委组织部]
    责任单位: [各乡镇]
    责任人: 书记
    整改目标: 人人受教育
    步骤:
    - 编号: 1-1-1
      内容: 摸底
    - 编号: 1-1-2
      内容: 印发
"""
    )


def test_all_of_a_review_is_taken_over() -> None:
    review = ReviewChain(
        first_review="县教育局", second_review="县委组织部", on_site=True, notice_days=5, filed_with="市委办"
    )
    written = text(draft(problem(1, "甲")), review=review, review_from="方案 p ")
    said = "审核: {初审: 县教育局, 复核: 县委组织部, 现场核查: 是, 公示天数: 5, 备案: 市委办}  # 原文没有写，照方案 p 定的\n"
    assert said in written


def test_what_the_paper_does_not_say_is_marked_where_it_is_to_be_written() -> None:
    assert text(draft(problem(3, "不严肃", measure(7, "制定办法", deadline="六月份左右")), title="", issued=None)) == (
        """\
编号: zg
标题: （方案标题）  # 待定：原文没有写
年度: 2020
印发日期: 约2020-01-01  # 待定：原文没有写，先按年初
# 待定：时限: （1项措施没有时限，写一个总的，如 2020年12月底前）
问题:
- 编号: 1  # 原文第3行
  内容: 不严肃
  措施:
  - 编号: 1-1  # 原文第7行
    内容: 制定办法
    # 待定：时限: 六月份左右（这样写读不懂）
    责任单位: []  # 待定：原文没有写
"""
    )


def test_a_year_that_is_not_written_is_this_one_and_to_be_decided() -> None:
    undated = made(draft(problem(1, "甲", measure(2, "办", units=("县教育局",), deadline="6月底前")), year=None))
    assert (undated.plan.year, undated.remarks["", "year"].text) == (2026, "原文没有写，先按今年")
    assert [(doubt.about, doubt.what) for doubt in undated.doubts] == [("没有写年度", "没有写年度，先按今年")]


def test_the_day_of_issue_is_about_the_month_of_the_first_day_that_the_paper_names() -> None:
    early = measure(7, "甲", units=("县教育局",), deadline="2020年3月上旬前", due=date(2020, 3, 10))
    later = DraftPhase(place=Place(line=9), name="一", deadline="2020年4月至9月", start=date(2020, 4, 1))
    assert "\n印发日期: 约2020-03-01  # 待定：" in text(draft(problem(1, "甲", early), phases=(later,), issued=None))
    fed = draft(problem(1, "甲", early), issued=None, feedback=date(2020, 3, 5))
    assert "\n印发日期: 约2020-03-05  # 待定：原文没有写，先按反馈日期\n" in text(fed)


def test_measures_without_a_deadline_have_that_of_the_last_phase_that_ends() -> None:
    phases = (
        DraftPhase(place=Place(line=20), name="集中整改", deadline="2020年4月至9月"),
        DraftPhase(place=Place(line=21), name="持续推进", deadline="2020年9月至12月"),
        DraftPhase(place=Place(line=22), name="融入经常", deadline="2020年12月以后"),
    )
    found = made(draft(problem(1, "甲", measure(2, "办", units=("县教育局",))), phases=phases))
    assert found.plan.deadline == "2020年9月至12月"
    assert found.remarks["", "deadline"].text == "1项措施没有时限，先按“持续推进”的"


def test_a_phase_without_readable_days_waits_at_its_place() -> None:
    phases = (
        DraftPhase(place=Place(line=20), name="动员部署", deadline="看情况"),
        DraftPhase(place=Place(line=21), name="集中整改", deadline="2020年4月至9月"),
    )
    written = text(draft(problem(1, "甲"), phases=phases))
    assert "阶段:\n# 待定：- {编号: 1, 名称: 动员部署, 时限: 看情况}（起止读不懂）\n- {编号: 2," in written
    assert "\n# 待定：阶段:\n# 待定：- {编号: 1," in text(draft(problem(1, "甲"), phases=phases[:1]))


def test_a_deadline_that_names_no_day_is_kept_and_to_be_decided() -> None:
    written = text(draft(problem(1, "甲", measure(2, "办", units=("县教育局",), deadline="尽快"))))
    assert "    时限: 尽快  # 待定：没有说明具体日子\n" in written


def test_a_lead_alone_is_responsible_too_which_is_to_be_decided() -> None:
    led = draft(problem(1, "甲", measure(2, "办", lead=("县教育局",), deadline="2020年6月底前")))
    assert text(led).endswith("    牵头单位: [县教育局]\n    责任单位: [县教育局]  # 待定：原文只写了牵头单位\n")
    assert [(doubt.about, doubt.what) for doubt in made(led).doubts] == [("只写了牵头单位", "1-1 只写了牵头单位")]


def test_an_inferred_year_says_what_it_was_inferred_from() -> None:
    inferred = Doubt(place=Place(line=4), about="年份推得", what="年度按2020年", why="正文写「2020年4月」")
    assert "\n年度: 2020  # 待定：推得，正文写「2020年4月」\n" in text(draft(problem(1, "甲"), doubts=(inferred,)))


def test_recurring_words_are_a_frequency() -> None:
    written = text(draft(problem(1, "甲", measure(2, "主题党日", units=("县教育局",), deadline="每月"))))
    assert written.endswith("    责任单位: [县教育局]\n    频次: 每月\n")


def test_numbers_are_those_of_the_paper_or_counted() -> None:
    def numbers(*written: int | None) -> list[int]:
        return [p.number for p in made(draft(*(problem(n, "甲", number=n) for n in written))).plan.problems]  # type: ignore[arg-type]

    assert numbers(2, 1, None) == [2, 1, 3]
    assert numbers(5, 6, None) == [1, 2, 3]
    assert numbers(1, 1) == [1, 2]


def test_measures_of_no_known_problem_stand_under_one_that_is_to_be_named() -> None:
    lost = draft(problem(5, "", measure(5, "办", units=("县教育局",), deadline="2020年6月底前")))
    assert "  内容: （这些措施解决的问题）  # 待定：原文没有写是哪个问题\n" in text(lost)
    assert [(doubt.about, doubt.what) for doubt in made(lost).doubts] == [
        ("不知道整改哪个问题", "1项措施不知道整改哪个问题")
    ]


def test_a_problem_without_measures_may_be_answered_by_those_of_no_known_problem() -> None:
    apart = draft(problem(3, "甲"), problem(9, "", measure(9, "办"), measure(10, "做")))
    said = "  # 待定：措施: （原文没有写，由下面的措施解决的，写 同措施: [2-1, 2-2]）\n"
    assert f"- 编号: 1  # 原文第3行\n  内容: 甲\n{said}- 编号: 2" in text(apart)
    assert text(draft(problem(3, "甲"))).endswith("  内容: 甲\n  # 待定：措施: （原文没有写）\n")


def test_an_item_of_a_workbook_has_the_name_of_its_cell() -> None:
    row = DraftProblem(place=Place(sheet="台账", cell="B8"), title="甲")
    assert "- 编号: 1  # 台账!B8\n" in text(draft(row))


def test_units_are_written_as_the_unit_book_has_them() -> None:
    one = measure(2, "办", units=("云山县教育局", "各乡镇", "城关镇", "县水利局", "教育局", "市委组织部"))
    found = made(draft(problem(1, "甲", one)), units=BOOK)
    assert found.plan.problems[0].measures[0].units == (
        "县教育局",
        "各乡镇",
        "城关镇",
        "县水利局",
        "市委组织部",
    )
    assert found.unknown_units == ("县水利局", "市委组织部")


def test_the_party_committee_of_a_township_is_the_township_and_relevant_units_are_nobody_known() -> None:
    one = measure(2, "办", units=("各乡镇党委", "城关镇党委政府", "县委", "有关单位"))
    found = made(draft(problem(1, "甲", one)), units=BOOK)
    assert found.plan.problems[0].measures[0].units == ("各乡镇", "城关镇", "县委", "有关单位")
    assert found.unknown_units == ("县委", "有关单位")


def test_a_doubt_of_the_draft_is_not_said_again() -> None:
    said = Doubt(place=Place(line=2), about="没有写责任单位", what="1-1 没有写责任单位")
    assert made(draft(problem(1, "甲", measure(2, "办", deadline="2020年6月底前")), doubts=(said,))).doubts == (said,)


# whatever the texts are

NASTY = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        ("甲: 乙", "- 甲", "# 甲", "甲 # 乙", "'甲'", '"甲"', "甲\n乙", "甲\r\n\t乙", "是", "null", "~", "[甲]", "{甲: 乙}",
         "2020-05-01", "4-1", "0x1F", "1_000", "1,200.5万元", "🀄️👩‍👧", "\ufeff甲", "甲\x00乙", "\u2028", "\ud800", "&a *a", "!甲",
         "%", "|", ">", "甲：乙", "‹", "乙、丙", "+06:00", "\x85", "长" * (MAX_VALUE + 9))
    ),
)  # fmt: skip
TEXTS = st.lists(NASTY, max_size=3).map(tuple)
DEADLINES = st.none() | NASTY | st.sampled_from(("6月底前", "每月", "立行立改", "长期坚持", "印发后30日内", "尽快"))
PLACES = st.builds(Place, line=st.integers(0, 99), sheet=NASTY, cell=st.just("") | NASTY)
MEASURES = st.builds(
    DraftMeasure, place=PLACES, content=NASTY, label=NASTY, lead=TEXTS, units=TEXTS, supporting=TEXTS, guiding=TEXTS,
    person=NASTY, leader=NASTY, deadline=DEADLINES, goal=NASTY, standard=NASTY, rectification_type=NASTY, amount=NASTY,
    steps=st.lists(st.tuples(NASTY, NASTY), max_size=2).map(tuple),
)  # fmt: skip
PROBLEMS = st.builds(
    DraftProblem, place=PLACES, title=NASTY, number=st.none() | st.integers(0, 3), label=NASTY, sources=TEXTS,
    aspects=TEXTS, details=TEXTS, nature=st.none() | NASTY, goal=NASTY, deadline=DEADLINES, amount=NASTY,
    measures=st.lists(MEASURES, max_size=2).map(tuple),
)  # fmt: skip
DRAFTS = st.builds(
    Draft,
    source=NASTY,
    title=NASTY,
    year=st.none() | st.integers(1950, 2100),
    issued=st.none() | st.dates(date(2000, 1, 1), date(2030, 1, 1)),
    problems=st.lists(PROBLEMS, max_size=3).map(tuple),
    phases=st.lists(st.builds(DraftPhase, place=PLACES, name=NASTY, deadline=DEADLINES.map(str)), max_size=2).map(
        tuple
    ),
)


@settings(max_examples=40)
@given(DRAFTS)
def test_any_draft_reads_as_the_plan_that_it_became(drafted: Draft) -> None:
    to_be = made(drafted)
    plan, diagnostics = read_back(plan_text(to_be, drafted.source))
    assert plan == to_be.plan
    assert [d for d in diagnostics if d.level is Level.ERROR] == []
