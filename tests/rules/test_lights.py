"""The lights of every profile: each condition at its boundary, which of several holds, and which light is graver."""

from dataclasses import replace
from datetime import date
from typing import get_args

import pytest

from building import PLAN, snapshot_of, task_in
from zhenggai.model.profile import DEFAULT, PROFILES, LadderStep
from zhenggai.rules.day.day_status import DayStatus
from zhenggai.rules.day.lights import LIGHTS, Facts, Light, light_of, worst_light
from zhenggai.rules.task.transitions import LADDER

DAY = date(2020, 7, 1)

ON_TIME = Facts(days_left=60, lag=0, silent_days=3)
CONDITIONS = {
    "on time": ON_TIME,
    "no due date": Facts(silent_days=3),
    "a little behind": ON_TIME._replace(lag=1),
    "20 behind": ON_TIME._replace(lag=20),
    "21 behind": ON_TIME._replace(lag=21),
    "30 silent": ON_TIME._replace(silent_days=30),
    "31 silent": ON_TIME._replace(silent_days=31),
    "21 left": ON_TIME._replace(days_left=21),
    "20 left": ON_TIME._replace(days_left=20),
    "11 left": ON_TIME._replace(days_left=11),
    "10 left": ON_TIME._replace(days_left=10),
    "0 left": ON_TIME._replace(days_left=0),
    "10 left, 21 behind": ON_TIME._replace(days_left=10, lag=21),
    "overdue": ON_TIME._replace(days_left=-1),
    "overdue, waiting": ON_TIME._replace(days_left=-1, waiting="（延期待批）"),
    "returned": ON_TIME._replace(returned=True),
    "basically done": ON_TIME._replace(basically_done=True),
    "basically done, a little behind": ON_TIME._replace(basically_done=True, lag=1),
    "completed": Facts(completed=True),
    "each occurrence done": Facts(recurring=True),
    "occurrence missed": Facts(recurring=True, missed="2020-04、2020-05"),
    "long-term": Facts(long_term=True, next_review=DAY, review_left=11),
    "review in 10": Facts(long_term=True, next_review=DAY, review_left=10),
    "review today": Facts(long_term=True, next_review=DAY, review_left=0),
    "review missed": Facts(long_term=True, next_review=DAY, review_left=-1),
    "long-term without review": Facts(long_term=True, lasting="长期坚持"),
}

TABLE = """
                                | 默认                     | 景德镇                       | 江津                                               | 宿迁
on time                         | 绿 按序时推进            | 黄 尚未完成，按序时推进      | 绿 未到提示期                                      | 绿 按序时推进
no due date                     | 绿 按序时推进            | 黄 尚未完成，是否落后不明    | 绿 未到提示期                                      | 绿 按序时推进
a little behind                 | 绿 按序时推进            | 红 落后序时 1 点             | 绿 未到提示期                                      | 绿 按序时推进
20 behind                       | 绿 按序时推进            | 红 落后序时 20 点            | 绿 未到提示期                                      | 绿 按序时推进
21 behind                       | 黄 落后序时 21 点        | 红 落后序时 21 点            | 绿 未到提示期                                      | 黄 落后序时 21 点
30 silent                       | 绿 按序时推进            | 黄 尚未完成，按序时推进      | 绿 未到提示期                                      | 绿 按序时推进
31 silent                       | 黄 31 天无记录           | 黄 尚未完成，按序时推进      | 绿 未到提示期                                      | 绿 按序时推进
21 left                         | 绿 按序时推进            | 黄 尚未完成，按序时推进      | 绿 未到提示期                                      | 绿 按序时推进
20 left                         | 黄 还剩 20 天            | 黄 尚未完成，按序时推进      | 绿 还剩 20 天，绿色提示函发主办人                  | 绿 按序时推进
11 left                         | 黄 还剩 11 天            | 黄 尚未完成，按序时推进      | 绿 还剩 11 天，绿色提示函发主办人                  | 绿 按序时推进
10 left                         | 黄 还剩 10 天，报分管领导 | 黄 尚未完成，按序时推进     | 黄 还剩 10 天，黄色提示函发主办人、分管领导        | 蓝 还剩 10 天
0 left                          | 黄 还剩 0 天，报分管领导 | 黄 尚未完成，按序时推进      | 黄 还剩 0 天，黄色提示函发主办人、分管领导         | 蓝 还剩 0 天
10 left, 21 behind              | 黄 还剩 10 天，报分管领导 | 红 落后序时 21 点           | 黄 还剩 10 天，黄色提示函发主办人、分管领导        | 黄 落后序时 21 点
overdue                         | 红 逾期 1 天             | 红 逾期 1 天                 | 红 逾期 1 天，红色督办函发单位及主要负责人         | 红 逾期 1 天
overdue, waiting                | 红 逾期 1 天（延期待批） | 红 逾期 1 天（延期待批）     | 红 逾期 1 天（延期待批），红色督办函发单位及主要负责人 | 红 逾期 1 天（延期待批）
returned                        | 绿 按序时推进            | 黄 尚未完成，按序时推进      | 绿 未到提示期                                      | 黄 审核退回，尚未重新完成
basically done                  | 绿 按序时推进            | 黄 基本完成，尚未验收        | 绿 未到提示期                                      | 绿 按序时推进
basically done, a little behind | 绿 按序时推进            | 红 落后序时 1 点             | 绿 未到提示期                                      | 绿 按序时推进
completed                       | 绿 已完成                | 绿 已完成                    | 绿 已完成                                          | 绿 已完成
each occurrence done            | 绿 各期已办              | 绿 各期已办                  | 绿 各期已办                                        | 绿 各期已办
occurrence missed               | 红 缺 2020-04、2020-05   | 红 缺 2020-04、2020-05       | 红 缺 2020-04、2020-05                             | 红 缺 2020-04、2020-05
long-term                       | 蓝 下次评估 2020-07-01   | 蓝 下次评估 2020-07-01       | 蓝 下次评估 2020-07-01                             | 绿 下次评估 2020-07-01
review in 10                    | 蓝 下次评估 2020-07-01   | 蓝 下次评估 2020-07-01       | 蓝 下次评估 2020-07-01                             | 蓝 下次评估 2020-07-01，还剩 10 天
review today                    | 蓝 下次评估 2020-07-01   | 蓝 下次评估 2020-07-01       | 蓝 下次评估 2020-07-01                             | 蓝 下次评估 2020-07-01，还剩 0 天
review missed                   | 红 应于 2020-07-01 评估，尚未评估 | 红 应于 2020-07-01 评估，尚未评估 | 红 应于 2020-07-01 评估，尚未评估    | 红 应于 2020-07-01 评估，尚未评估
long-term without review        | 蓝 长期坚持              | 蓝 长期坚持                  | 蓝 长期坚持                                        | 绿 长期坚持
"""

HEADS, *ROWS = ([cell.strip() for cell in line.split("|")] for line in TABLE.strip("\n").splitlines())
CASES = [(name, row[0], row[n]) for row in ROWS for n, name in enumerate(HEADS) if n]


def test_the_table_has_every_profile_and_every_condition() -> None:
    assert HEADS[1:] == list(PROFILES) == list(LIGHTS)
    assert [row[0] for row in ROWS] == list(CONDITIONS)


@pytest.mark.parametrize(("profile", "condition", "expected"), CASES)
def test_a_condition_gives_its_light_and_says_why(profile: str, condition: str, expected: str) -> None:
    light, why = light_of(CONDITIONS[condition], PROFILES[profile])
    assert f"{light.value} {why}" == expected


@pytest.mark.parametrize("name", PROFILES)
def test_a_profile_s_table_is_gravest_first_and_has_every_light(name: str) -> None:
    lights = [light for _, light, _ in LIGHTS[name]]
    order = list(dict.fromkeys(lights))
    assert lights == sorted(lights, key=order.index)
    assert set(order) == set(Light)


def test_thresholds_of_a_plan_s_own_move_the_boundaries_of_its_profile() -> None:
    own = replace(PROFILES["江津"], due_soon_days=5)
    assert light_of(CONDITIONS["10 left"], own) == (Light.GREEN, "未到提示期")
    assert light_of(ON_TIME._replace(days_left=5), own)[0] is Light.YELLOW
    tolerant = replace(PROFILES["景德镇"], lag_points=20)
    assert [light_of(CONDITIONS[c], tolerant)[0] for c in ("20 behind", "21 behind")] == [Light.YELLOW, Light.RED]


# --- which light is graver ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "gravest_first"),
    [("默认", "红黄绿蓝"), ("景德镇", "红黄绿蓝"), ("江津", "红黄绿蓝"), ("宿迁", "红黄蓝绿")],
)
def test_the_worst_light_depends_on_the_profile(name: str, gravest_first: str) -> None:
    lights = [Light(word) for word in gravest_first]
    while lights:
        assert worst_light(reversed(lights), PROFILES[name]) is lights[0]
        del lights[0]


def test_the_worst_light_of_none_is_green() -> None:
    assert worst_light([], DEFAULT) is Light.GREEN


# --- from a plan and its ledger -------------------------------------------------------------------------------------


def standing_of(rules: str, ledger: str, as_of: str, measure: str = "1-1") -> DayStatus:
    return task_in(snapshot_of(ledger, as_of, plan=f"规则: {rules}\n{PLAN}"), measure).status


@pytest.mark.parametrize(
    ("rules", "light", "why"),
    [
        ("默认", Light.YELLOW, "还剩 15 天"),
        ("景德镇", Light.RED, "落后序时 23 点"),
        ("江津", Light.GREEN, "还剩 15 天，绿色提示函发主办人"),
        ("宿迁", Light.YELLOW, "落后序时 23 点"),
        ("{名称: 宿迁, 滞后点数: 23}", Light.GREEN, "按序时推进"),
        ("{临期天数: 10}", Light.YELLOW, "落后序时 23 点"),
    ],
)
def test_a_plan_s_profile_lights_its_tasks(rules: str, light: Light, why: str) -> None:
    status = standing_of(rules, "06-01 县教育局 进展 进度=61", "06-15")  # due 06-30, window 04-01 … 06-30
    assert (status.light, status.why) == (light, why)


RETURNED = """
04-02 县教育局 进展 佐证=县组发〔2020〕1号
05-01 县教育局 完成
05-02 县教育局 申请销号 签批领导=王强 #案
05-10 县财政局 初审 针对=案 结论=退回 原因=缺材料
05-20 县教育局 完成
"""


def test_a_returned_task_is_yellow_in_suqian_until_it_is_completed_anew() -> None:
    assert [standing_of("宿迁", RETURNED, day).light.value for day in ("05-09", "05-10", "05-20")] == ["绿", "黄", "绿"]
    assert standing_of("宿迁", RETURNED, "05-10").why == "审核退回，尚未重新完成"


def test_a_task_turned_long_term_is_not_basically_done_and_waiting() -> None:
    ledger = """
    04-02 县教育局 进展
    06-01 县教育局 转长期 阶段目标=机制建成 下次评估=2020-09-30 #转
    06-05 县委组织部 同意延期 针对=转 至=2020-09-30
    """
    assert standing_of("景德镇", ledger, "06-05").light is Light.BLUE
    assert standing_of("景德镇", "04-02 县教育局 进展\n04-03 县教育局 基本完成", "04-03").why == "基本完成，尚未验收"


@pytest.mark.parametrize("rules", PROFILES)
def test_a_missed_review_or_occurrence_is_red_in_every_profile(rules: str) -> None:
    assert [standing_of(rules, "", "07-02", measure).light for measure in ("1-3", "1-4")] == [Light.RED, Light.RED]


# --- the ladder -----------------------------------------------------------------------------------------------------


def test_a_ladder_climbs_through_the_kinds_that_entries_have() -> None:
    assert get_args(LadderStep.__dataclass_fields__["kind"].type) == LADDER
    for profile in PROFILES.values():
        days = [step.overdue_days for step in profile.ladder]
        assert days == [-20, -10, 1, 7, 15, 30]
        assert [step.kind for step in profile.ladder] == ["提醒", "提醒", "督办", "告诫", "约谈", "通报"]


def test_jiangjin_s_letters_go_to_whoever_handles_the_task() -> None:
    assert [step.addressee for step in DEFAULT.ladder][:3] == ["责任人", "责任人、分管领导", "单位及主要负责人"]
    assert [step.addressee for step in PROFILES["江津"].ladder][:3] == [
        "主办人",
        "主办人、分管领导",
        "单位及主要负责人",
    ]
