"""The lights of a task: one table for each profile of rules. The first row whose condition holds gives light and reason.

The tables are shown in docs/rules.md (亮灯); the thresholds come from the profile (``model.profile``). Rows are sorted by
gravity, red first. In every profile a missed review or occurrence is red. Rows that a place's rules do not give for
recurring and long-term tasks are those of 默认. Lag, silence and returns count only if the place's own rules name them.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from zhenggai.model.profile import Profile


class Light(StrEnum):
    """The lights. Their order of gravity is that of the profile's table."""

    RED = "红"
    YELLOW = "黄"
    GREEN = "绿"
    BLUE = "蓝"


class Facts(NamedTuple):
    """The facts about a task on a day that decide its light. None stands for unknown or not applicable.

    ``days_left``: days until the due date, negative if overdue. ``lag``: percentage points behind 序时进度. ``review_left``:
    days until ``next_review``. ``lasting``: 长期坚持 or 持续推进, for a task that is reviewed. ``unread``: the deadline's words
    give no date. ``missed``: the names of the missing occurrences. ``waiting``: a note on a requested
    extension.
    """

    completed: bool = False
    basically_done: bool = False
    returned: bool = False
    long_term: bool = False
    recurring: bool = False
    days_left: int | None = None
    lag: int | None = None
    silent_days: int | None = None
    next_review: date | None = None
    review_left: int | None = None
    lasting: str = ""
    unread: bool = False
    missed: str = ""
    waiting: str = ""

    @property
    def overdue_days(self) -> int:
        """Days past the due date, 0 until then."""
        return max(0, -(self.days_left or 0))


# The conditions of the tables below, under a profile's thresholds.


def _within(days: int | None, limit: int) -> bool:
    return days is not None and 0 <= days <= limit


def missed(facts: Facts, profile: Profile) -> bool:
    return bool(facts.missed)


def review_missed(facts: Facts, profile: Profile) -> bool:
    return facts.review_left is not None and facts.review_left < 0


def overdue(facts: Facts, profile: Profile) -> bool:
    return facts.overdue_days > 0


def unread(facts: Facts, profile: Profile) -> bool:
    return facts.unread


def due_soon(facts: Facts, profile: Profile) -> bool:
    return _within(facts.days_left, profile.due_soon_days)


def urgent(facts: Facts, profile: Profile) -> bool:
    return due_soon(facts, profile) and _within(facts.days_left, profile.urgent_days)


def review_soon(facts: Facts, profile: Profile) -> bool:
    return _within(facts.review_left, profile.due_soon_days)


def behind(facts: Facts, profile: Profile) -> bool:
    return facts.lag is not None and facts.lag > profile.lag_points


def silent(facts: Facts, profile: Profile) -> bool:
    return facts.silent_days is not None and facts.silent_days > profile.silent_days


def returned(facts: Facts, profile: Profile) -> bool:
    return facts.returned


def basically_done(facts: Facts, profile: Profile) -> bool:
    return facts.basically_done


def unfinished(facts: Facts, profile: Profile) -> bool:
    return not (facts.completed or facts.recurring or facts.long_term)


def pace_unknown(facts: Facts, profile: Profile) -> bool:
    return unfinished(facts, profile) and facts.lag is None


def completed(facts: Facts, profile: Profile) -> bool:
    return facts.completed


def followed(facts: Facts, profile: Profile) -> bool:
    return facts.completed and facts.next_review is not None


def recurring(facts: Facts, profile: Profile) -> bool:
    return facts.recurring


def review_set(facts: Facts, profile: Profile) -> bool:
    return facts.next_review is not None


def long_term(facts: Facts, profile: Profile) -> bool:
    return facts.long_term


Row = tuple[Callable[[Facts, Profile], bool], Light, str]
L = Light

_ALWAYS_RED: tuple[Row, ...] = (
    (missed, L.RED, "缺 {0.missed}"),
    (review_missed, L.RED, "应于 {0.next_review} 评估，尚未评估"),
)
_GREEN: tuple[Row, ...] = (
    (followed, L.GREEN, "已完成并{0.lasting}，下次评估 {0.next_review}"),
    (completed, L.GREEN, "已完成"),
    (recurring, L.GREEN, "各期已办"),
)
_BLUE: tuple[Row, ...] = (
    (review_set, L.BLUE, "下次评估 {0.next_review}"),
    (long_term, L.BLUE, "{0.lasting}"),
)

LIGHTS: Mapping[str, tuple[Row, ...]] = {
    "默认": (
        *_ALWAYS_RED,
        (overdue, L.RED, "逾期 {0.overdue_days} 天{0.waiting}"),
        (unread, L.YELLOW, "时限读不出，未判逾期"),
        (urgent, L.YELLOW, "还剩 {0.days_left} 天，报分管领导"),
        (due_soon, L.YELLOW, "还剩 {0.days_left} 天"),
        (behind, L.YELLOW, "落后序时 {0.lag} 点"),
        (silent, L.YELLOW, "{0.silent_days} 天无记录"),
        (unfinished, L.GREEN, "按序时推进"),
        *_GREEN,
        *_BLUE,
    ),
    "景德镇": (
        *_ALWAYS_RED,
        (overdue, L.RED, "逾期 {0.overdue_days} 天{0.waiting}"),
        (behind, L.RED, "落后序时 {0.lag} 点"),
        (unread, L.YELLOW, "时限读不出，未判逾期"),
        (basically_done, L.YELLOW, "基本完成，尚未验收"),
        (pace_unknown, L.YELLOW, "尚未完成，是否落后不明"),
        (unfinished, L.YELLOW, "尚未完成，按序时推进"),
        *_GREEN,
        *_BLUE,
    ),
    "江津": (
        *_ALWAYS_RED,
        (overdue, L.RED, "逾期 {0.overdue_days} 天{0.waiting}，红色督办函发单位及主要负责人"),
        (unread, L.YELLOW, "时限读不出，未判逾期"),
        (urgent, L.YELLOW, "还剩 {0.days_left} 天，黄色提示函发主办人、分管领导"),
        (due_soon, L.GREEN, "还剩 {0.days_left} 天，绿色提示函发主办人"),
        (unfinished, L.GREEN, "未到提示期"),
        *_GREEN,
        *_BLUE,
    ),
    "宿迁": (
        *_ALWAYS_RED,
        (overdue, L.RED, "逾期 {0.overdue_days} 天{0.waiting}"),
        (unread, L.YELLOW, "时限读不出，未判逾期"),
        (behind, L.YELLOW, "落后序时 {0.lag} 点"),
        (returned, L.YELLOW, "审核退回，尚未重新完成"),
        (due_soon, L.BLUE, "还剩 {0.days_left} 天"),
        (review_soon, L.BLUE, "下次评估 {0.next_review}，还剩 {0.review_left} 天"),
        (unfinished, L.GREEN, "按序时推进"),
        *_GREEN,
        (review_set, L.GREEN, "下次评估 {0.next_review}"),
        (long_term, L.GREEN, "{0.lasting}"),
    ),
}
"""The tables, by name of profile. In 宿迁 blue means due soon, so a long-term task is green there until its review is near."""


def reason_of(facts: Facts, profile: Profile) -> tuple[Light, str]:
    """A task's light under a profile, and the reason as a format string for the facts. One row of a table always holds."""
    for holds, light, reason in LIGHTS[profile.name]:
        if holds(facts, profile):
            return light, reason
    raise AssertionError(facts)


def light_of(facts: Facts, profile: Profile) -> tuple[Light, str]:
    """A task's light under a profile, and the reason in Chinese."""
    light, reason = reason_of(facts, profile)
    return light, reason.format(facts)


def is_graver(one: Light, other: Light, profile: Profile) -> bool:
    """Whether a light is graver than another, in the order of the profile's table."""
    return one is not other and worst_light((one, other), profile) is one


def worst_light(lights: Iterable[Light], profile: Profile) -> Light:
    """The gravest of the lights, in the order of the profile's table. Green if there is none.

    >>> from zhenggai.model.profile import PROFILES
    >>> [worst_light([Light.GREEN, Light.BLUE], PROFILES[name]).value for name in ("默认", "宿迁")]
    ['绿', '蓝']
    """
    gravest_first = list(dict.fromkeys(light for _, light, _ in LIGHTS[profile.name]))
    return min(lights, key=gravest_first.index, default=Light.GREEN)
