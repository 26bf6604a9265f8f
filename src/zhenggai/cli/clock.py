"""The only module that reads the clock. All other code takes the day as a parameter.

Today is Beijing's day, whatever the zone of the computer; for a plan with another zone in its rules, the day there.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from typing import TYPE_CHECKING

from zhenggai.model.time_zone import BEIJING, offset_of, time_in

if TYPE_CHECKING:
    from zhenggai.model.plan import Plan


def now() -> datetime:
    """The present time in Beijing, without a time zone."""
    return datetime.now(timezone(offset_of(BEIJING))).replace(tzinfo=None)


def now_in(plan: Plan | None) -> datetime:
    """The present time in the zone of a plan, without a time zone; None means a plan that cannot be read."""
    return now() if plan is None else time_in(now(), plan.rules.time_zone)


def today(plan: Plan | None = None) -> date:
    """Today in the zone of a plan; without a plan, in Beijing."""
    return now_in(plan).date()


def computers_offset() -> timedelta:
    """The distance from UTC that this computer's clock shows now. Nothing is computed with it."""
    return datetime.now().astimezone().utcoffset() or timedelta()
