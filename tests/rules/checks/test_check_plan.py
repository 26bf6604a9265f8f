"""编号, 单位, 调整, 问题个个有整改, 任务件件有着落, 审核: what is wrong with the plan and the unit book themselves."""

import re
from pathlib import Path

from gallery import DATED, MEASURE, plan_with, said

from small_repo import HEAD, UNITS

GOOD = MEASURE + DATED
ONE = ("类别: 限期整改", "时限: 2020年6月底前")


def test_a_whole_plan_is_silent(tmp_path: Path) -> None:
    assert said(tmp_path, "编号", "单位", "调整", "问题个个有整改", "任务件件有着落", "审核", plan=GOOD) == []


# 编号


def test_a_number_that_is_given_twice_is_named_with_its_first_line(tmp_path: Path) -> None:
    again = "  - {编号: 1-1, 内容: 又一项, 类别: 限期整改, 责任单位: 县财政局, 责任人: 局长, 阶段: [1]}\n"
    plan = (GOOD + again).replace("{编号: 2, 名称", "{编号: 1, 名称") + "- 编号: 1\n  内容: 又一个\n"
    assert said(tmp_path, "编号", "问题个个有整改", plan=plan) == [
        "plans/p.yaml:9: 编号: 阶段编号 1 与第 8 行重复 — 换一个没有用过的编号",
        "plans/p.yaml:23: 编号: 措施编号 1-1 与第 15 行重复 — 换一个没有用过的编号",
        "plans/p.yaml:24: 编号: 问题编号 1 与第 12 行重复 — 换一个没有用过的编号",
        "plans/p.yaml:24: 问题个个有整改: 问题 1 没有措施 — 补上至少一项措施；由别的问题的措施解决的，写上 同措施: [措施编号]",
    ]


def test_a_measure_bears_the_number_of_its_problem(tmp_path: Path) -> None:
    assert said(tmp_path, "编号", plan=GOOD.replace("编号: 1-1", "编号: 2-1")) == [
        "plans/p.yaml:15: 编号: 措施 2-1 列在问题 1 之下 — 编号应是 1-序号"
    ]


def test_a_step_is_no_measure(tmp_path: Path) -> None:
    assert said(tmp_path, "编号", plan=GOOD.replace("编号: 1-1", "编号: 1-1-1")) == [
        "plans/p.yaml:15: 编号: 措施 1-1-1 列在问题 1 之下 — 编号应是 1-序号"
    ]


def test_steps_bear_the_number_of_their_measure_and_each_its_own(tmp_path: Path) -> None:
    steps = ("- {编号: 1-2-1, 内容: 摸底}", "- {编号: 1-1-1, 内容: 摸底}", "- {编号: 1-1-1, 内容: 办结}")
    assert said(tmp_path, "编号", plan=plan_with(*ONE, "步骤:", *steps)) == [
        "plans/p.yaml:24: 编号: 步骤 1-2-1 列在措施 1-1 之下 — 编号应是 1-1-序号",
        "plans/p.yaml:26: 编号: 步骤编号 1-1-1 与第 25 行重复 — 换一个没有用过的编号",
    ]


def test_a_measure_runs_in_phases_that_the_plan_has(tmp_path: Path) -> None:
    assert said(tmp_path, "编号", plan=GOOD.replace("阶段: [1]", "阶段: [1, 4]")) == [
        "plans/p.yaml:20: 编号: 没有阶段 4 — 现有：1、2、3"
    ]


def test_a_problem_comes_from_a_source_that_the_plan_lists(tmp_path: Path) -> None:
    plan = GOOD.replace("阶段:\n", "问题来源: {xs: 省委巡视反馈}\n阶段:\n", 1)
    plan = plan.replace("  内容: 学习不深入", "  内容: 学习不深入\n  来源: [xs, zz]")
    assert said(tmp_path, "编号", plan=plan) == ["plans/p.yaml:15: 编号: 问题来源里没有“zz” — 现有：xs"]


# 单位


def test_units_that_no_book_has_are_named_with_the_nearest_ones(tmp_path: Path) -> None:
    plan = plan_with(*ONE, "配合单位: 县审计局", "除外: 南坪乡").replace(
        "责任单位: 县教育局", "责任单位: [县教育委, 县教育局]"
    )
    assert said(tmp_path, "单位", plan=plan) == [
        "plans/p.yaml:18: 单位: 单位册里没有“县教育委” — 最接近的有：县教育局、县委办公室；或在 plans/units.yaml 中补上",
        "plans/p.yaml:23: 单位: 单位册里没有“县审计局” — 最接近的有：县财政局、县教育局、县委督查局；或在 plans/units.yaml 中补上",
        "plans/p.yaml:24: 单位: 单位册里没有“南坪乡” — 最接近的有：乡镇；或在 plans/units.yaml 中补上",
    ]


def test_reviewers_supervisors_shares_and_adjusted_owners_are_units_too(tmp_path: Path) -> None:
    own = (
        "分工:",
        "- {单位: 水利局, 责任人: 股长}",
        "调整:",
        "- {日期: 2020-05-01, 依据: 县委文件, 字段: 责任单位, 现: 县水利局}",
    )
    plan = (
        plan_with(*ONE, *own)
        .replace("复核: 县委组织部", "复核: 组织科")
        .replace("督办单位: 县委督查局", "督办单位: 督办室")
    )
    nearest = "最接近的有：县财政局、县教育局、县委督查局；或在 plans/units.yaml 中补上"
    assert said(tmp_path, "单位", plan=plan) == [
        "plans/p.yaml:5: 单位: 单位册里没有“组织科” — 最接近的有：县委组织部；或在 plans/units.yaml 中补上",
        "plans/p.yaml:6: 单位: 单位册里没有“督办室” — 最接近的有：县委办公室；或在 plans/units.yaml 中补上",
        "plans/p.yaml:24: 单位: 单位册里没有“水利局” — 现有：县委办公室、县委组织部、县委督查局、县教育局、县财政局、城关镇、河东乡、县直单位 等 9 个；或在 plans/units.yaml 中补上",
        f"plans/p.yaml:26: 单位: 单位册里没有“县水利局” — {nearest}",
    ]


def test_a_short_name_of_the_book_is_a_name(tmp_path: Path) -> None:
    assert said(tmp_path, "单位", plan=GOOD.replace("责任单位: 县教育局", "责任单位: 教育局")) == []


def test_one_wrong_name_has_one_line(tmp_path: Path) -> None:
    plan = GOOD.replace("责任单位: 县教育局", "责任单位: 县教育委")
    plan += "  - {编号: 1-2, 内容: 执行办法, 类别: 立行立改, 牵头单位: 县教育委, 责任单位: 县教育委, 责任人: 局长}\n"
    (line,) = said(tmp_path, "单位", "任务件件有着落", plan=plan)
    assert re.match(r"plans/p.yaml:18: 单位: 单位册里没有“县教育委”（还有第 \d+ 行） — 最接近的有：县教育局、", line)


def test_units_and_classes_may_be_names_alone(tmp_path: Path) -> None:
    book = "类别: [县直单位, {名称: 乡镇, 别名: [各乡镇]}]\n单位:\n- 县委办公室\n- 县财政局\n- 县教育局\n- 县委组织部\n- 县委督查局\n"
    assert said(tmp_path, "单位", units=book) == []


def test_a_name_of_two_units_is_named(tmp_path: Path) -> None:
    assert said(tmp_path, "单位", units=UNITS.replace("- {名称: 河东乡,", "- {名称: 河东乡, 简称: [教育局],")) == [
        "plans/units.yaml:11: 单位: “教育局”与“县教育局”重名 — 改用能分清的名称"
    ]


def test_a_unit_is_of_a_class_that_the_book_has(tmp_path: Path) -> None:
    assert said(tmp_path, "单位", units=UNITS.replace("河东乡, 类别: 乡镇", "河东乡, 类别: 街道")) == [
        "plans/units.yaml:11: 单位: 没有类别“街道” — 在“类别”中补上，或改正"
    ]


def test_a_unit_is_merged_into_one_that_the_book_has(tmp_path: Path) -> None:
    units = UNITS.replace("河东乡, 类别: 乡镇", "河东乡, 类别: 乡镇, 止: 2020-06-30, 并入: 河西乡")
    assert said(tmp_path, "单位", units=units) == [
        "plans/units.yaml:11: 单位: 并入的“河西乡”不在单位册里 — 改正单位名称"
    ]


def test_a_merger_has_a_day(tmp_path: Path) -> None:
    assert said(tmp_path, "单位", units=UNITS.replace("河东乡, 类别: 乡镇", "河东乡, 类别: 乡镇, 并入: 城关镇")) == [
        "plans/units.yaml:11: 单位: 写了“并入”，没有写“止”，并入不起作用 — 补上一行 止: 最后一天"
    ]


def test_mergers_in_a_circle_are_named(tmp_path: Path) -> None:
    units = UNITS.replace("河东乡, 类别: 乡镇", "河东乡, 类别: 乡镇, 止: 2020-06-30, 并入: 城关镇").replace(
        "城关镇, 类别: 乡镇", "城关镇, 类别: 乡镇, 止: 2020-06-30, 并入: 河东乡"
    )
    assert said(tmp_path, "单位", units=units) == [
        "plans/units.yaml:10: 单位: 并入绕了一圈：城关镇 → 河东乡 → 城关镇 — 最后接替的单位不再写“并入”",
        "plans/units.yaml:11: 单位: 并入绕了一圈：河东乡 → 城关镇 → 河东乡 — 最后接替的单位不再写“并入”",
    ]


# 调整


def adjusted(*adjustments: str) -> str:
    return plan_with(*ONE, "调整:", *(f"- {{日期: {text}}}" for text in adjustments))


def test_adjustments_that_continue_one_another_are_silent(tmp_path: Path) -> None:
    plan = adjusted(
        "2020-05-01, 依据: 县委文件, 字段: 时限, 原: 2020年6月底前, 现: 2020年9月底前",
        "2020-06-01, 依据: 县委文件, 字段: 时限, 原: 2020年9月底前, 现: 2020年10月底前",
    )
    assert said(tmp_path, "调整", plan=plan) == []


def test_an_adjustment_says_what_held_before(tmp_path: Path) -> None:
    plan = adjusted(
        "2020-05-01, 依据: 县委文件, 字段: 时限, 原: 2020年7月底前, 现: 2020年9月底前",
        "2020-06-01, 依据: 县委文件, 字段: 时限, 原: 2020年6月底前, 现: 2020年10月底前",
    )
    assert said(tmp_path, "调整", plan=plan) == [
        "plans/p.yaml:24: 调整: 1-1 的“时限”原为“2020年6月底前”，不是“2020年7月底前” — 把“原”改成方案中的原文",
        "plans/p.yaml:25: 调整: 1-1 的“时限”原为“2020年9月底前”，不是“2020年6月底前” — 把“原”改成方案中的原文",
    ]


def test_nothing_is_adjusted_before_it_was_issued(tmp_path: Path) -> None:
    assert said(tmp_path, "调整", plan=adjusted("2020-02-01, 依据: 县委文件, 字段: 责任人, 原: 局长, 现: 副局长")) == [
        "plans/p.yaml:24: 调整: 调整日期早于印发日期 2020-03-01 — 核对日期"
    ]


def test_the_next_review_is_adjusted_to_a_day(tmp_path: Path) -> None:
    own = ("类别: 长期坚持", "下次评估: 2020-06-30", "调整:")
    plan = plan_with(*own, "- {日期: 2020-05-01, 依据: 县委文件, 字段: 下次评估, 原: 2020-06-30, 现: 年底}")
    assert said(tmp_path, "调整", plan=plan) == ["plans/p.yaml:24: 调整: 下次评估应是日期 — 写成 2020-09-30 的样子"]


def test_nothing_is_given_up_or_added_before_it_was_issued(tmp_path: Path) -> None:
    assert said(
        tmp_path, "调整", plan=plan_with(*ONE, "自: 2020-02-01", "取消: {日期: 2020-01-31, 依据: 纪要, 并入: 1-1}")
    ) == [
        "plans/p.yaml:23: 调整: 调整日期早于印发日期 2020-03-01 — 核对日期",
        "plans/p.yaml:24: 调整: 取消日期早于这项措施开始的 2020-02-01 — 核对日期",
        "plans/p.yaml:24: 调整: 1-1 并入的措施“1-1”不存在，或就是它自己 — 改成接替它的措施编号，或删去“并入”",
    ]


# 问题个个有整改，任务件件有着落


def test_every_problem_has_a_measure(tmp_path: Path) -> None:
    assert said(tmp_path, "问题个个有整改", plan=HEAD + "- 编号: 1\n  内容: 学习不深入\n") == [
        "plans/p.yaml:12: 问题个个有整改: 问题 1 没有措施 — 补上至少一项措施；由别的问题的措施解决的，写上 同措施: [措施编号]"
    ]


def test_a_problem_may_have_the_measures_of_others(tmp_path: Path) -> None:
    plan = GOOD + "- 编号: 2\n  内容: 制度不落实\n  同措施: [1-1]\n"
    assert said(tmp_path, "问题个个有整改", "同措施", plan=plan) == []


def test_measures_that_a_problem_cannot_share_are_named_all_at_once(tmp_path: Path) -> None:
    plan = GOOD + "  同措施: [1-1]\n- {编号: 2, 内容: 乙, 同措施: []}\n- {编号: 3, 内容: 丙, 同措施: [1-2, 1-1, 1-1]}\n"
    assert said(tmp_path, "同措施", "问题个个有整改", plan=plan) == [
        "plans/p.yaml:23: 同措施: 措施 1-1 是问题 1 自己的，不用再写进“同措施” — 从“同措施”里删去 1-1",
        "plans/p.yaml:24: 字段: 列表是空的 — 填写内容，或删去这一行",
        "plans/p.yaml:25: 同措施: “同措施”里没有措施 1-2 — 最接近的有：1-1",
        "plans/p.yaml:25: 同措施: “同措施”里 1-1 写了两次 — 只留一个",
    ]


def test_a_problem_is_not_left_with_cancelled_measures_alone(tmp_path: Path) -> None:
    cancelled = GOOD + "    取消: {日期: 2020-05-01, 依据: 纪要}\n- {编号: 2, 内容: 乙, 同措施: [1-1]}\n"
    other = "- {编号: 3, 内容: 丙, 措施: [{编号: 3-1, 内容: 丁, 责任单位: 县教育局, 责任人: 局长, 时限: 6月底前}]}\n"
    remedy = '写明并入哪项措施，或用 zhenggai adjust 2-1 新增 "…" --units … 给它加上措施'
    assert said(tmp_path / "甲", "同措施", plan=cancelled + other) == [
        f"plans/p.yaml:24: 同措施: 问题 2 的措施都已取消，没有并入别的措施 — {remedy}"
    ]
    merged = cancelled.replace("依据: 纪要", "依据: 纪要, 并入: 3-1")
    assert said(tmp_path / "乙", "同措施", plan=merged + other) == []
    assert said(tmp_path / "丙", "同措施", plan=(cancelled + other).replace("[1-1]}", "[1-1, 3-1]}")) == []


def test_every_measure_has_a_unit(tmp_path: Path) -> None:
    assert said(tmp_path, "任务件件有着落", plan=GOOD.replace("    责任单位: 县教育局\n", "")) == [
        "plans/p.yaml:15: 任务件件有着落: 措施 1-1 没有责任单位 — 补上一行 责任单位: […]"
    ]


def test_the_place_of_an_empty_list_is_where_the_unit_is_to_be_written(tmp_path: Path) -> None:
    plan = GOOD.replace("    责任单位: 县教育局\n", "    责任单位: []\n")
    assert said(tmp_path, "任务件件有着落", plan=plan) == [
        "plans/p.yaml:18: 任务件件有着落: 措施 1-1 没有责任单位 — 在方括号里写上单位"
    ]


def test_so_has_a_measure_that_was_added_later(tmp_path: Path) -> None:
    plan = GOOD.replace("    责任单位: 县教育局\n", "") + "    自: 2020-05-01\n"
    assert said(tmp_path, "任务件件有着落", plan=plan) == [
        "plans/p.yaml:15: 任务件件有着落: 措施 1-1 没有责任单位 — 补上一行 责任单位: […]"
    ]


def test_a_class_without_members_is_no_unit(tmp_path: Path) -> None:
    units = UNITS.replace("单位:\n", "- {名称: 社区, 别名: [各社区]}\n单位:\n", 1)
    assert said(
        tmp_path, "单位", "任务件件有着落", plan=GOOD.replace("责任单位: 县教育局", "责任单位: 各社区"), units=units
    ) == ["plans/p.yaml:18: 任务件件有着落: 措施 1-1 的责任单位没有成员 — 核对单位册中的类别和“除外”"]


def test_every_measure_has_a_person(tmp_path: Path) -> None:
    assert said(tmp_path, "任务件件有着落", plan=GOOD.replace("    责任人: 局长\n", "")) == [
        "plans/p.yaml:15: 任务件件有着落（警告）: 措施 1-1 没有责任人 — 补上一行 责任人: …，或在分工中逐个写明"
    ]


def test_the_person_may_stand_in_the_division_of_work(tmp_path: Path) -> None:
    plan = GOOD.replace("    责任人: 局长\n", "") + "    分工:\n    - {单位: 县教育局, 责任人: 副局长}\n"
    assert said(tmp_path, "任务件件有着落", plan=plan) == []


# 审核


def test_a_plan_names_who_reviews(tmp_path: Path) -> None:
    plan = GOOD.replace("审核: {初审: 牵头单位, 复核: 县委组织部, 回避: [县委督查局]}\n", "")
    assert said(tmp_path, "审核", plan=plan) == [
        "plans/p.yaml:1: 审核（警告）: 方案没有写明审核单位，任务无法销号 — 补上一行 审核: {初审: …, 复核: …, 回避: …}"
    ]


def test_no_unit_reviews_its_own_task(tmp_path: Path) -> None:
    plan = GOOD.replace(", 回避: [县委督查局]", "").replace("责任单位: 县教育局", "责任单位: [县委组织部, 县委办公室]")
    assert said(tmp_path, "审核", plan=plan) == [
        "plans/p.yaml:5: 审核（警告）: 1-1 县委组织部 没有可以复核的单位 — 在“回避”中加一个单位",
        "plans/p.yaml:5: 审核（警告）: 1-1 县委办公室 没有可以初审的单位 — 在“回避”中加一个单位",
    ]


def test_a_stand_in_reviews_what_the_reviewers_own(tmp_path: Path) -> None:
    assert said(tmp_path, "审核", plan=GOOD.replace("责任单位: 县教育局", "责任单位: [县委组织部, 县委办公室]")) == []


def test_an_adjusted_amount_of_money_has_its_unit(tmp_path: Path) -> None:
    adjusted = GOOD + "    调整:\n    - {日期: 2020-05-01, 依据: 复核, 字段: 问题金额, 现: 120万元}\n"
    assert said(tmp_path / "甲", "调整", plan=adjusted) == []
    assert said(tmp_path / "乙", "调整", plan=adjusted.replace("120万元", "120")) == [
        "plans/p.yaml:24: 调整: 问题金额应是带单位的金额 — 写成 1200.5万元 的样子"
    ]


def test_of_a_problem_only_the_amount_of_money_is_adjusted(tmp_path: Path) -> None:
    plan = GOOD.replace(
        "  内容: 学习不深入\n",
        "  内容: 学习不深入\n  问题金额: 1万元\n  调整:\n  - {日期: 2020-05-01, 依据: 复核, 字段: 问题金额, 原: 1万元, 现: 2万元}\n",
    )
    assert said(tmp_path / "甲", "调整", plan=plan) == []
    assert [
        line.split("调整: ")[1] for line in said(tmp_path / "乙", "调整", plan=plan.replace("原: 1万元", "原: 3万元"))
    ] == ["问题 1 的“问题金额”原为“1万元”，不是“3万元” — 把“原”改成方案中的原文"]
    of_measure = plan.replace("字段: 问题金额, 原: 1万元, 现: 2万元", "字段: 时限, 现: 2020年9月底前")
    assert [line.split("调整: ")[1] for line in said(tmp_path / "丙", "调整", plan=of_measure)] == [
        "问题 1 的“时限”不能调整，问题只调整问题金额 — 写到要改的那项措施的“调整”下"
    ]
