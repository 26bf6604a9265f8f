"""From plan and units to tasks: classes, overlaps, mergers, names; and who reviews whom."""

import pytest

from building import HEAD, UNITS, refusals_of, snapshot_of, task_in
from building import day as d
from zhenggai.rules.task.life import Role, State
from zhenggai.rules.task.task import Task


def plan_with(measure: str, head: str = HEAD) -> str:
    return f"{head}- {{编号: 1, 内容: 甲, 措施: [{{编号: 1-1, 内容: 乙, 时限: 2020年6月底前, {measure}}}]}}"


def units_on(units: str, as_of: str = "12-31", book: str = UNITS) -> list[str]:
    snapshot = snapshot_of(as_of=as_of, plan=plan_with(f"责任单位: {units}"), units=book)
    return [t.given for t in snapshot.tasks]


def task_with(measure: str, head: str = HEAD, unit: str = "县教育局", as_of: str = "12-31", book: str = UNITS) -> Task:
    return task_in(snapshot_of(as_of=as_of, plan=plan_with(measure, head), units=book), unit=unit).task


# --- units and classes ----------------------------------------------------------------------------------------------


def test_a_class_stands_for_its_members_under_its_name_or_alias() -> None:
    assert units_on("[乡镇]") == units_on("[各乡镇]") == ["城关镇", "河东乡"]


def test_overlapping_names_make_one_task() -> None:
    assert units_on("[河东乡, 各乡镇, 教育局, 县教育局]") == ["河东乡", "城关镇", "县教育局"]


def test_excepted_units_have_no_task() -> None:
    assert units_on("[各乡镇, 县直各单位], 除外: [河东乡, 县直单位]") == ["城关镇"]


def test_an_unknown_name_makes_no_task() -> None:
    assert units_on("[无此单位, 县教育局]") == ["县教育局"]


MEMBERS = (
    UNITS
    + """
- {名称: 开发区, 归属: [{类别: 乡镇, 自: 2020-05-01, 止: 2020-08-31}]}
- {名称: 新设镇, 类别: 乡镇, 自: 2020-07-01}
- {名称: 旧乡, 类别: 乡镇, 止: 2020-01-31, 并入: 城关镇}
"""
)


@pytest.mark.parametrize(
    ("day", "extra"),
    [
        ("04-30", []),
        ("05-01", ["开发区"]),
        ("07-01", ["开发区", "新设镇"]),
        ("08-31", ["开发区", "新设镇"]),
        ("09-01", ["新设镇"]),
    ],
)
def test_members_of_a_class_are_those_of_the_day(day: str, extra: list[str]) -> None:
    assert units_on("[各乡镇]", day, MEMBERS) == ["城关镇", "河东乡", *extra]


# --- mergers and names ----------------------------------------------------------------------------------------------

MERGED = UNITS.replace("{名称: 河东乡, 类别: 乡镇}", "{名称: 河东乡, 类别: 乡镇, 止: 2020-06-15, 并入: 城关镇}")
TOWNS = plan_with("责任单位: 各乡镇, 牵头单位: 县财政局")


def test_a_merged_unit_s_open_task_passes_to_its_successor_the_day_after_its_last() -> None:
    holders = [
        task_with("责任单位: 各乡镇", unit="河东乡", as_of=day, book=MERGED).holder for day in ("06-15", "06-16")
    ]
    assert holders == ["河东乡", "城关镇"]


def test_the_successor_records_about_the_task_from_then_on_and_not_before() -> None:
    ledger = "06-10 城关镇 进展 单位=河东乡\n06-16 城关镇 进展 单位=河东乡 进度=30\n06-17 河东乡 进展"
    snapshot = snapshot_of(ledger, plan=TOWNS, units=MERGED)
    head = task_in(snapshot, unit="河东乡").head
    assert [p.source.line for p in snapshot.diagnostics] == [1]
    assert (head.percent, head.entry_days) == (30, (d("06-16"), d("06-17")))


CLOSED = """
04-02 河东乡 进展 佐证=县组发〔2020〕1号
04-20 河东乡 完成
04-21 河东乡 申请销号 签批领导=王强 #案
04-25 县财政局 初审 针对=案 结论=通过
04-28 县委组织部 复核 针对=案 结论=通过
05-01 县委组织部 销号公示 针对=案 起=2020-05-01 止=2020-05-07
05-08 县委组织部 销号 针对=案 措施摘要=1a2b #销
"""


def test_what_a_unit_closed_before_its_merger_stays_with_it_until_it_is_reopened() -> None:
    closed = task_in(snapshot_of(CLOSED, plan=TOWNS, units=MERGED), unit="河东乡")
    assert (closed.head.state, closed.unit) == (State.CLOSED, "河东乡")
    reopened = CLOSED + "07-01 县委督查局 回头看 针对=销 结论=反弹"
    assert task_in(snapshot_of(reopened, plan=TOWNS, units=MERGED), unit="河东乡").unit == "城关镇"


def test_what_the_successor_closed_is_the_successor_s() -> None:
    late = CLOSED.replace("05-08", "06-20")
    assert task_in(snapshot_of(late, plan=TOWNS, units=MERGED), unit="河东乡").unit == "城关镇"


def test_a_review_stands_after_the_unit_was_merged_into_its_reviewer() -> None:
    units = MERGED.replace("并入: 城关镇", "并入: 县委组织部")
    closed = task_in(snapshot_of(CLOSED, plan=TOWNS, units=units), unit="河东乡")
    assert (closed.head.state, closed.task.second_reviewer) == (State.CLOSED, "县委督查局")


ABSORBED = UNITS.replace("{名称: 县委督查局}", "{名称: 县委督查局, 止: 2020-06-15, 并入: 县委办公室}").replace(
    "{名称: 县委组织部, 简称: [组织部]}", "{名称: 县委组织部, 止: 2020-05-31, 并入: 县档案馆}"
)


def test_whoever_a_reviewer_or_supervisor_was_merged_into_reviews_and_supervises_from_then_on() -> None:
    before, after = (
        task_with("责任单位: 县教育局, 牵头单位: 县委督查局", as_of=day, book=ABSORBED) for day in ("05-31", "06-16")
    )
    assert (set(before.lead), before.second_reviewer, before.supervisor) == ({"县委督查局"}, "县委组织部", "县委督查局")
    assert (set(after.lead), after.second_reviewer, after.supervisor) == ({"县委办公室"}, "县档案馆", "县委办公室")


def test_what_a_reviewer_did_before_it_was_merged_stands_and_the_other_goes_on() -> None:
    moved = CLOSED.replace("05-08 县委组织部", "06-08 县档案馆")
    snapshot = snapshot_of(moved, plan=TOWNS, units=ABSORBED)
    assert (snapshot.diagnostics, task_in(snapshot, unit="河东乡").head.state) == ((), State.CLOSED)
    late = snapshot_of(CLOSED.replace("05-08", "06-08"), plan=TOWNS, units=ABSORBED)
    assert [p.what for p in late.diagnostics] == ["“销号”应由复核单位（县档案馆）记录"]


def test_a_renamed_reviewer_reviews_from_either_folder() -> None:
    book = UNITS.replace("{名称: 县委组织部,", "{名称: 县委党建部, 曾用名: [县委组织部],")
    assert book != UNITS
    moved = CLOSED.replace("05-08 县委组织部", "05-08 县委党建部")
    snapshot = snapshot_of(moved, plan=TOWNS, units=book)
    assert (snapshot.diagnostics, task_in(snapshot, unit="河东乡").head.state) == ((), State.CLOSED)


def test_mergers_are_followed_to_their_end_and_never_in_a_circle() -> None:
    chain = MERGED.replace("{名称: 城关镇, 类别: 乡镇}", "{名称: 城关镇, 类别: 乡镇, 止: 2020-07-31, 并入: 县档案馆}")
    assert task_with("责任单位: 河东乡", unit="河东乡", book=chain).holder == "县档案馆"
    circle = MERGED.replace("{名称: 城关镇, 类别: 乡镇}", "{名称: 城关镇, 类别: 乡镇, 止: 2020-07-31, 并入: 河东乡}")
    assert task_with("责任单位: 河东乡", unit="河东乡", book=circle).holder == "城关镇"
    nowhere = MERGED.replace("并入: 城关镇", "并入: 无此镇")
    assert task_with("责任单位: 河东乡", unit="河东乡", book=nowhere).holder == "河东乡"


def test_former_and_short_names_stand_for_the_unit_everywhere() -> None:
    book = UNITS.replace("{名称: 县教育局,", "{名称: 县教育局, 曾用名: [县教委],")
    plan = plan_with("责任单位: 县教委, 牵头单位: 县财政局, 分工: [{单位: 县教委, 责任人: 张三}]")
    snapshot = snapshot_of("04-02 县教委 进展 进度=10\n04-03 教育局 进展 进度=20", plan=plan, units=book)
    assert snapshot.diagnostics == ()
    (found,) = snapshot.tasks
    assert (found.given, found.task.person, found.head.percent) == ("县教育局", "张三", 20)


def test_a_share_gives_one_unit_its_own_person_leader_and_date() -> None:
    share = "分工: [{单位: 城关镇, 责任人: 张三, 时限: 2020年5月底前}, {单位: 河东乡, 责任领导: 赵六}]"
    measure = f"责任单位: 各乡镇, 责任人: 李四, 责任领导: 王五, {share}"
    first, second = task_with(measure, unit="城关镇"), task_with(measure, unit="河东乡")
    assert (first.person, first.leader, first.schedule.due) == ("张三", "王五", d("05-31"))
    assert (second.person, second.leader, second.schedule.due) == ("李四", "赵六", d("06-30"))


def test_a_share_has_its_own_leader_in_charge_and_first_responsible() -> None:
    share = "分工: [{单位: 城关镇, 分管领导: 镇长}, {单位: 河东乡, 第一责任人: 乡书记}]"
    measure = f"责任单位: 各乡镇, 分管领导: 副县长, 第一责任人: 县委书记, {share}"
    found = [
        (t.leader_in_charge, t.first_responsible) for t in (task_with(measure, unit=u) for u in ("城关镇", "河东乡"))
    ]
    assert found == [("镇长", "县委书记"), ("副县长", "乡书记")]


# --- reviewers and roles --------------------------------------------------------------------------------------------

LED = "责任单位: 县教育局, 牵头单位: 县财政局"
CHAIN = "审核: {初审: 牵头单位, 复核: 县委组织部, 回避: [县委督查局], 公示天数: 7}"


def reviewers(measure: str, chain: str = CHAIN, unit: str = "县教育局") -> tuple[list[str], str | None]:
    task = task_with(measure, HEAD.replace(CHAIN, chain), unit)
    return sorted(task.first_reviewers), task.second_reviewer


def test_whoever_leads_reviews_first_and_the_plan_s_unit_second() -> None:
    assert reviewers(LED) == (["县财政局"], "县委组织部")
    assert reviewers("责任单位: 县教育局, 牵头单位: [县财政局, 县档案馆]") == (["县档案馆", "县财政局"], "县委组织部")


def test_a_named_unit_may_review_first() -> None:
    assert reviewers(LED, "审核: {初审: 县委办公室, 复核: 组织部}") == (["县委办公室"], "县委组织部")


def test_no_unit_reviews_its_own_task() -> None:
    assert reviewers("责任单位: 县教育局, 牵头单位: 县教育局") == (["县委督查局"], "县委组织部")
    assert reviewers("责任单位: 县教育局, 牵头单位: [县教育局, 县财政局]") == (["县财政局"], "县委组织部")
    own = "责任单位: 县委组织部, 牵头单位: 县财政局"
    assert reviewers(own, unit="县委组织部") == (["县财政局"], "县委督查局")


def test_first_and_second_reviewer_are_never_one_unit() -> None:
    assert reviewers("责任单位: 县教育局, 牵头单位: 县委组织部") == (["县委督查局"], "县委组织部")
    own = "责任单位: 县委组织部, 牵头单位: 县委组织部"
    two = CHAIN.replace("[县委督查局]", "[县委督查局, 县档案馆]")
    assert reviewers(own, unit="县委组织部") == ([], "县委督查局")
    assert reviewers(own, two, unit="县委组织部") == (["县档案馆"], "县委督查局")


def test_without_anybody_to_stand_in_nobody_reviews() -> None:
    own = "责任单位: 县委组织部, 牵头单位: 县财政局"
    assert reviewers(own, "审核: {复核: 县委组织部}", unit="县委组织部") == (["县财政局"], None)


def test_an_acceptor_of_the_book_reviews_second_and_steps_back_from_its_own_task() -> None:
    accepted = "牵头单位: 县财政局, 验收单位: 县档案馆"
    assert reviewers(f"责任单位: 县教育局, {accepted}") == (["县财政局"], "县档案馆")
    assert reviewers(f"责任单位: 县档案馆, {accepted}", unit="县档案馆") == (["县财政局"], "县委组织部")
    assert reviewers("责任单位: 县教育局, 牵头单位: 县财政局, 验收单位: 县财政局") == (["县委督查局"], "县财政局")


def test_the_unit_of_the_plan_records_for_an_acceptor_outside_the_book() -> None:
    task = task_with(f"{LED}, 验收单位: 省厅")
    assert (task.second_reviewer, task.outside_acceptor) == ("县委组织部", "省厅")
    assert task_with(f"{LED}, 验收单位: 教育局").outside_acceptor is None


def test_a_plan_without_a_chain_has_no_reviewers_and_the_usual_notice() -> None:
    task = task_with(LED, HEAD.replace(CHAIN + "\n", ""))
    assert (task.first_reviewers, task.second_reviewer, task.notice_days) == (frozenset(), None, 7)


def test_a_unit_that_the_unit_book_lacks_may_still_review_and_supervise() -> None:
    head = HEAD.replace("复核: 县委组织部", "复核: 领导小组").replace("督办单位: 县委督查局", "督办单位: 巡察办")
    task = task_with(LED, head)
    assert (task.second_reviewer, task.supervisor) == ("领导小组", "巡察办")


def test_a_unit_has_all_the_roles_it_plays() -> None:
    task = task_with("责任单位: 县教育局, 牵头单位: 县委督查局")
    assert task.role_of("县教育局") == Role.OWN
    assert task.role_of("县委督查局") == Role.LEAD | Role.FIRST_REVIEWER | Role.SUPERVISOR
    assert task.role_of("县委组织部") == Role.SECOND_REVIEWER
    assert task.role_of("县档案馆") == Role.OTHER
    assert task.units_in_role(Role.LEAD | Role.SUPERVISOR) == ("县委督查局",)


def test_a_class_may_lead() -> None:
    assert task_with("责任单位: 县教育局, 牵头单位: 各乡镇").lead == {"城关镇", "河东乡"}


def test_a_first_review_by_the_stand_in_counts_where_the_lead_is_the_unit_itself() -> None:
    plan = plan_with("责任单位: 县教育局, 牵头单位: 县教育局")
    ledger = """
    04-02 县教育局 进展 佐证=县组发〔2020〕1号
    05-20 县教育局 完成
    05-21 县教育局 申请销号 签批领导=王强 #案
    05-22 县教育局 初审 针对=案 结论=通过
    05-23 县委督查局 初审 针对=案 结论=通过
    """
    assert refusals_of(ledger, plan=plan) == ["4 “初审”应由初审单位（县委督查局）记录"]
    assert task_in(snapshot_of(ledger, plan=plan)).head.state is State.FIRST_PASSED
