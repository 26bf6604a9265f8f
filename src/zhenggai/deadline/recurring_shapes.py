"""Handlers for recurring shapes: 每月, 每季度, 定期, and the last day on time in each period."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from zhenggai.deadline.calendar import Step, month_end
from zhenggai.deadline.meaning import Deadline, DeadlineKind
from zhenggai.deadline.recurrence import Recurrence
from zhenggai.deadline.tokens import Handler, Reading, Unread, is_month


def every(step: Step, day: int | None = None, month: int | None = None) -> Handler:
    """A handler for shapes that contain the day themselves, such as 每月上旬前."""
    return lambda r: _recurring(r, Recurrence(step, day, month))


def _recurring(r: Reading, recurrence: Recurrence) -> Deadline:
    return replace(r.deadline(DeadlineKind.RECURRING), recurrence=recurrence)


_STEP_OF_MONTHS: dict[int, Step] = {1: "month", 2: "two_months", 3: "quarter", 6: "half", 12: "year"}


def every_months(r: Reading) -> Deadline:
    """每两个月, 每3个月: only what divides a year into periods."""
    (count,) = r.numbers
    if count not in _STEP_OF_MONTHS:
        raise Unread(f"排不出期次：{count}个月分不匀一年")
    return _recurring(r, Recurrence(_STEP_OF_MONTHS[count]))


_NAME_OF_MONTHS = {1: "每月", 2: "每两个月", 3: "每季度", 6: "每半年", 12: "每年"}


def times_in(period: int, r: Reading) -> Deadline:
    """每年两次, 每季度3次: evenly over the period of so many months, with a warning."""
    (count,) = r.numbers
    months = period // count if count and period % count == 0 else 0
    if months not in _STEP_OF_MONTHS:
        raise Unread(f"排不出期次：{count}次分不匀{period}个月，最密每月一期")
    if count > 1:
        r.notes.append(f"「{r.shape.replace('#', str(count))}」按{_NAME_OF_MONTHS[months]}一次计")
    return _recurring(r, Recurrence(_STEP_OF_MONTHS[months]))


def months_of_year(r: Reading, days: Sequence[date]) -> Deadline | None:
    """The recurrence of 每年6月、12月 or of 3月、6月、9月、12月; None if the days do not divide a year evenly."""
    step = {2: 6, 4: 3}.get(len(days), 0)
    first = days[0].month
    if [day.month for day in days] != [first + step * nth for nth in range(len(days))] or not 0 < first <= step:
        return None
    last_days = all(day == month_end(day.year, day.month) for day in days)
    if not last_days and len({day.day for day in days}) > 1:
        return None
    recurrence = Recurrence(_STEP_OF_MONTHS[step], None if last_days else days[0].day, None if first == step else first)
    return _recurring(r, recurrence)


def every_on(step: Step, month: int | None = None) -> Handler:
    """每月5日前, 每周五前, 每季度首月10日前: the last number in the text is the day."""
    limit, reason = (7, "一周只有七天") if step == "week" else (31, "一个月最多31天")

    def handle(r: Reading) -> Deadline:
        *_, day = r.numbers
        r.require(1 <= day <= limit, reason)
        return _recurring(r, Recurrence(step, day, month))

    return handle


def every_nth_month(r: Reading) -> Deadline:
    """每季度第一个月10日前, 每季度第一个月."""
    month, *days = r.numbers
    day = days[0] if days else None
    r.require(1 <= month <= 3, "一个季度只有三个月")
    r.require(day is None or 1 <= day <= 31, "一个月最多31天")
    return _recurring(r, Recurrence("quarter", day, month))


def every_year_by(r: Reading) -> Deadline:
    """每年12月底前, 每年6月30日前. 29 February means the last day of February."""
    (token,) = r.tokens
    if token["year"]:
        raise Unread
    end = r.point(token, after=2000)[1]  # a leap year, so that 29 February exists
    if r.shape.endswith("前") and is_month(token):
        raise Unread  # 每年9月前: 8月底 or 9月底?
    return _recurring(r, Recurrence("year", end.day if token["day"] or token["part"] else None, end.month))


def regularly(r: Reading) -> Deadline:
    """定期 names no frequency: every quarter, with a warning."""
    r.notes.append("未明确频次，暂按每季度")
    return _recurring(r, Recurrence("quarter"))


def every_month_at(convention: str, r: Reading) -> Deadline:
    """每月初, 每月中: the day is the field of ``Conventions`` with that name."""
    return _recurring(r, Recurrence("month", getattr(r.context.conventions, convention)))
