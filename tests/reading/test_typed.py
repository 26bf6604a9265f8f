"""Plans and unit books from trees: all complaints at once, each with its line; what can be spared is spared."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from zhenggai.model.plan import Category, Plan
from zhenggai.model.profile import DEFAULT, PROFILES, LadderStep
from zhenggai.model.source import Level
from zhenggai.model.units import UnitBook
from zhenggai.reading.typed import sentence, type_tree
from zhenggai.reading.yaml_tree import read_tree

HEAD = "编号: jcdj-2020\n标题: 专项行动方案\n年度: 2020\n印发日期: 2020-03-01\n"  # four lines


def typed(text: str, owner: type = Plan) -> tuple[Any, list[str]]:
    """The value, and the problems as ``line what — remedy``; notes are marked with ~."""
    node, faults = read_tree(text, "plans/x.yaml")
    assert faults == []
    assert node is not None
    value, diagnostics = type_tree(owner, node, "plans/x.yaml")
    assert {p.source.path for p in diagnostics} <= {"plans/x.yaml"}
    marks = {Level.ERROR: "", Level.WARNING: "~", Level.DOUBT: "?"}
    return value, [f"{marks[p.level]}{p.source.line} {p.what} — {p.remedy}" for p in diagnostics]


READ_ALL_THE_SAME = "已按此读取，建议照样改写"


def test_a_whole_plan_is_read_with_the_line_of_each_field() -> None:
    plan, diagnostics = typed(
        HEAD
        + """\
问题来源: {xs: 省委巡视反馈}
审核: {初审: 牵头单位, 复核: 县委组织部, 回避: 县委督查局}
规则: {临期天数: 15}
阶段:
- {编号: 1, 名称: 集中整改阶段, 时限: 2020年4月至9月}
问题:
- 编号: 4
  内容: 抓党建思想认识不到位
  来源: [xs]
  性质: 共性
  措施:
  - 编号: 4-1
    内容: 书记对账自查
    类别: 限期整改
    责任单位: [各乡镇, 县直各单位]
    阶段: [1]
    指标: {名称: 党性教育课时占比, 要求: '> 20 %'}
    步骤:
    - {编号: 4-1-1, 内容: 梳理}
    分工:
    - {单位: 城关镇, 时限: 2020-06-30}
    取消: {日期: 2020-08-01, 依据: 县委常委会纪要, 并入: 4-2}
    调整:
    - {日期: 2020-07-01, 依据: 县党建办〔2020〕3号, 字段: 时限, 现: 2020-09-30}
"""
    )
    assert diagnostics == []
    assert (plan.sources, plan.review.stand_in, plan.rules.due_soon_days) == (
        {"xs": "省委巡视反馈"},
        ("县委督查局",),
        15,
    )
    (_, measure), *rest = plan.measures()
    assert rest == []
    assert (measure.category, measure.phases, measure.target.requirement) == (Category.DATED, (1,), "> 20 %")
    assert (measure.steps[0].number, measure.shares[0].deadline) == ("4-1-1", "2020-06-30")
    assert (measure.cancelled.date, measure.adjustments[0].new) == (date(2020, 8, 1), ("2020-09-30",))
    assert str(measure.where.of("units")) == "plans/x.yaml:19"
    assert measure.adjustments[0].where.line == 28
    assert plan.rules.where.of("due_soon_days").line == 7


def test_a_word_for_another_key_is_told_by_its_meaning() -> None:
    _, diagnostics = typed(
        """\
编号: p
标题: 方案
年度: 2020
印发日期: 2020-03-01
问题:
- {编号: 3, 内容: 甲, 整改资金: 3万元}
"""
    )
    assert diagnostics[-1] == "6 不认识的键“整改资金” — 是不是“问题金额”？"


def test_people_and_acceptors_may_be_a_list() -> None:
    """They are one text, for people to read; elsewhere a list is an error."""
    plan, diagnostics = typed(
        """\
编号: p
标题: 方案
年度: 2020
印发日期: 2020-03-01
第一责任人: [县长, 县委书记]
问题:
- 编号: 3
  内容: 甲
  措施:
  - {编号: 3-1, 内容: 乙, 验收单位: [省厅, 市局], 责任人: [科长], 时限: [6月底前, 7月底前]}
"""
    )
    (measure,) = plan.problems[0].measures
    assert (plan.first_responsible, measure.acceptor, measure.person) == ("县长、县委书记", "省厅、市局", "科长")
    assert diagnostics == ["10 这里应是一个值，不是列表或下级 — 写成“键: 值”"]


def test_habits_are_read_with_a_note_that_names_file_and_line() -> None:
    plan, diagnostics = typed(
        """\
编号: jcdj-2020
标题: 方案
年度: ２０２０
印发日期: 约2020年3月1日
反馈日期: 2019.12.20
问题:
- 编号: 3
  内容: 甲
  措施:
  - 编号: 3②
    内容: 乙
    自: 2020/5/12
    牵头单位: 县委组织部、县纪委
    责任单位: [城关镇，河东乡]
"""
    )
    assert (plan.year, plan.issued, plan.feedback) == (2020, date(2020, 3, 1), date(2019, 12, 20))
    (measure,) = plan.problems[0].measures
    assert (measure.number, measure.since) == ("3-2", date(2020, 5, 12))
    assert (measure.lead_units, measure.units) == (("县委组织部", "县纪委"), ("城关镇", "河东乡"))
    assert diagnostics == [
        f"~{line} {what} — {READ_ALL_THE_SAME}"
        for line, what in (
            (3, "“２０２０”读作 2020"),
            (4, "“约2020年3月1日”是约数，按 2020-03-01 推算时限"),
            (4, "“2020年3月1日”读作 2020-03-01"),
            (5, "“2019.12.20”读作 2019-12-20"),
            (10, "“3②”读作 3-2"),
            (12, "“2020/5/12”读作 2020-05-12"),
            (13, "“县委组织部、县纪委”读作 2 项：[县委组织部, 县纪委]"),
            (14, "“城关镇，河东乡”读作 2 项：[城关镇, 河东乡]"),
        )
    ]


def test_a_bad_field_that_can_be_spared_costs_only_itself_and_all_are_named_at_once() -> None:
    plan, diagnostics = typed(
        HEAD
        + """\
反馈日期: 2020-02-30
工作专斑: 县委组织部
督办单位: [县委督查局]
问题来源: [xs]
阶段: 集中整改
规则: {临期天数: 十五天}
问题:
- 编号: 4
  内容: 甲
  性质: 共同
  措施:
  - 编号: 4-1
    内容: 乙
    类别: 限期
    责任单位: {城关镇: 是}
    指标: 大于两成
    下次评估: 0
    percent: 40
    阶段: [一]
    除外: ""
"""
    )
    (measure,) = plan.problems[0].measures
    assert (measure.content, measure.category, measure.units, measure.next_review) == ("乙", None, (), None)
    assert (plan.feedback, plan.phases, plan.rules.due_soon_days, plan.problems[0].nature) == (None, (), 20, None)
    assert sorted(diagnostics, key=lambda p: int(p.split()[0])) == [
        "5 “2020-02-30”这一天不存在 — 核对月份和日子",
        "6 不认识的键“工作专斑” — 是不是“工作专班”？",
        "7 这里应是一个值，不是列表或下级 — 写成“键: 值”",
        "8 这里应是“键: 值” — 写成 {代号: 名称}",
        "9 这里应是列表 — 每项以“- ”开头",
        "10 “十五天”不是整数 — 只写数字，如 3",
        "14 “共同”不是“性质”能填的值 — 只能填：共性、个性",
        "18 “限期”不是“类别”能填的值 — 只能填：立行立改、限期整改、分阶段整改、长期坚持、持续推进、例行",
        "19 列表里应是文字 — 写成 [甲, 乙]",
        "20 这里应是“键: 值” — 写成“键: 值”，每行一个",
        "21 “0”不是日期 — 写成 2020-05-12 的样子",
        "22 不认识的键“percent” — 可用的键：编号、内容、类别、时限、牵头单位、责任单位、除外、责任人、责任领导、分管领导、第一责任人、配合单位、督导单位、验收单位、整改类型、优先、"
        "整改目标、完成标准、指标、问题金额、频次、下次评估、阶段、步骤、分工、自、登记日、依据、取消、调整",
        "23 “一”不是整数 — 只写数字，如 3",
        "24 值是空的 — 填写内容，或删去这一行",
    ]


def test_a_field_that_cannot_be_spared_costs_its_list_item_and_no_other() -> None:
    plan, diagnostics = typed(
        HEAD
        + """\
问题:
- 性质: 个性
- 编号: 4
  内容: 甲
  措施:
  - 编号: 四
    内容: 乙
  - 时限: 2020年6月底前
  - 编号: 4-3
    内容: 丙
  - 文字
- 编号: 五
  内容: 丁
"""
    )
    assert [problem.number for problem in plan.problems] == [4]
    assert [measure.number for measure in plan.problems[0].measures] == ["4-3"]
    assert sorted(diagnostics, key=lambda p: int(p.split()[0])) == [
        "6 缺少“编号” — 补上一行 编号: …",
        "6 缺少“内容” — 补上一行 内容: …",
        "10 “四”不是措施编号 — 写成 3-2（问题3的措施2）的样子",
        "12 缺少“编号” — 补上一行 编号: …",
        "12 缺少“内容” — 补上一行 内容: …",
        "15 这里应是“键: 值” — 写成“键: 值”，每行一个",
        "16 “五”不是整数 — 只写数字，如 3",
    ]


def test_a_part_without_what_it_needs_costs_that_part_and_not_what_it_belongs_to() -> None:
    plan, diagnostics = typed(
        HEAD
        + """\
审核: {初审: 县纪委}
问题:
- 编号: 4
  内容: 甲
  措施:
  - {编号: 4-1, 内容: 乙, 指标: {名称: 占比}}
"""
    )
    assert (plan.review, plan.problems[0].measures[0].target) == (None, None)
    assert diagnostics == ["5 缺少“复核” — 补上一行 复核: …", "10 缺少“要求” — 补上一行 要求: …"]


def test_a_bad_source_costs_only_that_source() -> None:
    plan, diagnostics = typed(HEAD + "问题来源: {xs: 巡视, xr: [专项], kh: }\n")
    assert plan.sources == {"xs": "巡视"}
    assert diagnostics == [
        "5 这里应是一个值，不是列表或下级 — 写成“键: 值”",
        "5 值是空的 — 填写内容，或删去这一行",
    ]


def test_a_plan_without_its_own_required_fields_is_none_and_each_is_named() -> None:
    plan, diagnostics = typed("标题: 方案\n印发日期: 2020-13-01\n问题: []\n")
    assert plan is None
    assert diagnostics == [
        "2 “2020-13-01”这一天不存在 — 核对月份和日子",
        "1 缺少“编号” — 补上一行 编号: …",
        "1 缺少“年度” — 补上一行 年度: …",
    ]


@pytest.mark.parametrize("text", ["- 编号: 4\n", "[]\n"])
def test_a_list_where_a_plan_belongs_is_refused(text: str) -> None:
    assert typed(text) == (None, ["1 这里应是“键: 值” — 写成“键: 值”，每行一个"])


def test_keys_of_the_machinery_are_not_known() -> None:
    plan, diagnostics = typed(HEAD + "where: x\n__pydantic_config__: x\n")
    assert plan is not None
    assert [p.split(" — ")[0] for p in diagnostics] == ["5 不认识的键“where”", "6 不认识的键“__pydantic_config__”"]


def test_a_unit_book_is_read_like_a_plan() -> None:
    book, diagnostics = typed(
        """\
类别:
- {名称: 乡镇, 别名: 各乡镇、乡镇街道}
单位:
- 名称: 城关镇
  归属: [{类别: 乡镇, 自: 2020.1.1}]
  身份: [a@x.cn, "李四, b@x.cn"]
- 简称: 河东
""",
        UnitBook,
    )
    (unit,) = book.members
    assert book.classes[0].aliases == ("各乡镇", "乡镇街道")
    assert (unit.memberships[0].since, unit.identities) == (date(2020, 1, 1), ("a@x.cn", "李四, b@x.cn"))
    assert [p.split(" — ")[0] for p in diagnostics] == [
        "~2 “各乡镇、乡镇街道”读作 2 项：[各乡镇, 乡镇街道]",
        "~5 “2020.1.1”读作 2020-01-01",
        "7 缺少“名称”",
    ]


def test_every_complaint_of_the_validator_has_a_chinese_sentence() -> None:
    assert sentence({"type": "tuple_type"}, "佐证") == ("“佐证”应是列表", "每项一行，以“- ”开头")
    assert sentence({"type": "none_required"}, "措施") == ("此事项不能填“措施”", "删去这一行")
    assert sentence({"type": "something new"}, "进度") == ("“进度”的值不合要求", "对照说明改正")


def test_a_plan_may_name_its_profile_of_rules() -> None:
    plan, diagnostics = typed(HEAD + "规则: 默认\n")
    assert plan.rules == DEFAULT
    assert diagnostics == []


@pytest.mark.parametrize("name", PROFILES)
def test_a_plan_may_name_any_profile_alone_or_among_values_of_its_own(name: str) -> None:
    assert typed(HEAD + f"规则: {name}\n") == (replace(typed(HEAD)[0], rules=PROFILES[name]), [])
    assert typed(HEAD + f"规则: {{名称: {name}}}\n")[0].rules == PROFILES[name]


def test_a_plan_s_own_values_stand_over_those_of_the_profile_it_names() -> None:
    plan, diagnostics = typed(
        HEAD
        + """\
规则:
  名称: 江津
  临期天数: 15
  督办阶梯:
  - {逾期天数: -5, 事项: 提醒, 对象: 主办人}
  - {逾期天数: +3, 事项: 督办, 对象: 主要负责人}
"""
    )
    ladder = (
        LadderStep(overdue_days=-5, kind="提醒", addressee="主办人"),
        LadderStep(overdue_days=3, kind="督办", addressee="主要负责人"),
    )
    assert plan.rules == replace(PROFILES["江津"], due_soon_days=15, ladder=ladder)
    assert diagnostics == [f"~10 “+3”读作 3 — {READ_ALL_THE_SAME}"]
    assert typed(HEAD + "规则: {名称: 宿迁, 滞后点数: 30}\n")[0].rules == replace(PROFILES["宿迁"], lag_points=30)
    assert typed(HEAD + "规则: {临期天数: 15, 督办阶梯: []}\n")[0].rules == replace(
        DEFAULT, due_soon_days=15, ladder=()
    )


def test_a_bad_value_in_the_rules_costs_only_itself_and_the_profile_s_stays() -> None:
    plan, diagnostics = typed(
        HEAD
        + """\
规则:
  名称: 宿迁
  临期天数: -3
  滞后点数: 150
  连红月数: 0
  停滞天数: 99999
  阶梯: []
  督办阶梯:
  - {逾期天数: 1, 事项: 喝茶, 对象: 局长}
  - {逾期天数: 2, 事项: 督办}
  - {逾期天数: 三, 事项: 督办, 对象: 局长}
  - {逾期天数: 4, 事项: 督办, 对象: 局长}
"""
    )
    (step,) = plan.rules.ladder
    assert (step.overdue_days, step.where.line) == (4, 16)
    assert replace(plan.rules, ladder=PROFILES["宿迁"].ladder) == PROFILES["宿迁"]
    assert sorted(diagnostics, key=lambda p: int(p.split()[0])) == [
        "7 “-3”不能是负数 — 只写数字，如 3",
        "8 “150”不合常理 — 写 0 到 100 之间的整数",
        "9 “0”不合常理 — 写 1 到 120 之间的整数",
        "10 “99999”不合常理 — 写 0 到 3650 之间的整数",
        "11 不认识的键“阶梯” — 是不是“督办阶梯”？",
        "13 “喝茶”不是“事项”能填的值 — 只能填：提醒、督办、告诫、约谈、通报、问责",
        "14 缺少“对象” — 补上一行 对象: …",
        "15 “三”不是整数 — 只写数字，如 3",
    ]


def test_an_unknown_profile_is_an_error_and_the_default_holds() -> None:
    plan, diagnostics = typed(HEAD + "规则: 某县\n")
    unknown = "没有叫“某县”的规则 — 现有：默认、景德镇、江津、宿迁；或逐项写明天数"
    assert (plan.rules, diagnostics) == (DEFAULT, [f"5 {unknown}"])
    plan, diagnostics = typed(HEAD + "规则:\n  临期天数: 15\n  名称: 某县\n")
    assert (plan.rules, diagnostics) == (replace(DEFAULT, due_soon_days=15), [f"7 {unknown}"])


@pytest.mark.parametrize("text", ["[江津]", "{名称: [江津]}", "{督办阶梯: 无}"])
def test_rules_of_another_shape_are_refused_and_the_default_holds(text: str) -> None:
    plan, diagnostics = typed(HEAD + f"规则: {text}\n")
    assert (plan.rules, len(diagnostics)) == (DEFAULT, 1)


def test_an_amount_by_unit_belongs_into_the_shares() -> None:
    _, diagnostics = typed(HEAD + "问题:\n- {编号: 1, 内容: 甲, 问题金额: {甲局: 1万元, 乙局: 2万元}}\n")
    assert diagnostics == [
        "6 这里应是一个值，不是列表或下级 — 写一个合计；各单位的写在措施的分工里：分工: [{单位: 甲局, 问题金额: 120万元}]"
    ]
