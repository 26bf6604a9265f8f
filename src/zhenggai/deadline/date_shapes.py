"""Handlers for shapes with dates, with a number of days, or without an end."""

from dataclasses import replace
from datetime import date, timedelta

from zhenggai.deadline.calendar import dekad_bounds, month_end
from zhenggai.deadline.meaning import BaseNeeded, Deadline, DeadlineKind
from zhenggai.deadline.tokens import TOKEN, Reading, Token, Unread, counted, is_month


def alone(r: Reading) -> Deadline:
    """A point alone is a limit, and all of it is on time (A9). In a phase's 时限, a day, 旬 or month is the phase's window."""
    (token,) = r.tokens
    start, end = r.point(token)
    if token["fixed"] == "全年":
        return r.deadline(DeadlineKind.SPAN, start, end)
    if r.context.of_phase and token["day"]:
        return r.deadline(DeadlineKind.ON, start, end)
    if r.context.of_phase and (is_month(token) or "旬" in token[0]):
        return r.deadline(DeadlineKind.SPAN, start, end)
    return r.deadline(DeadlineKind.BY, None, end)


def before(r: Reading) -> Deadline:
    """X前 includes the day or 旬 that X names (A1). A bare month is excluded, with a warning (A2)."""
    (token,) = r.tokens
    if token["fixed"] == "全年":
        raise Unread
    start, end = r.point(token)
    if is_month(token):
        end = start - timedelta(days=1)
        r.notes.append(f"「{token[0]}前」按{end}计；若指{token['month']}月底前，请写「{token['month']}月底前」")
    return r.deadline(DeadlineKind.BY, None, end)


def before_year(r: Reading) -> Deadline:
    """2027年前 leaves the year out, with a warning, as 9月前 leaves out the month (A2)."""
    (year,) = _years(r)
    end = date(year - 1, 12, 31)
    r.notes.append(f"「{year}年前」按{end}计；若指{year}年底前，请写「{year}年底前」")
    return r.deadline(DeadlineKind.BY, None, end)


def within(r: Reading) -> Deadline:
    """3月内, 一季度内 include all of it; a month warns that three months may be meant."""
    (token,) = r.tokens
    if is_month(token) and not token["year"]:
        month = token["month"]
        r.notes.append(f"「{token[0]}内」按{month}月底计；若指{month}个月，请写「{month}个月内」")
    return r.deadline(DeadlineKind.BY, None, r.point(token)[1])


def until(r: Reading) -> Deadline:
    """截至X includes all of X, with a warning if X is a bare month."""
    (token,) = r.tokens
    end = r.point(token)[1]
    if is_month(token):
        r.notes.append(f"「截至{token[0]}」按{end}计")
    return r.deadline(DeadlineKind.BY, None, end)


def until_year(r: Reading) -> Deadline:
    """至2025年 includes the whole year."""
    return r.deadline(DeadlineKind.BY, None, date(_years(r)[0], 12, 31))


def span(r: Reading) -> Deadline:
    """P至P. A second month before the first is that of the next year, with a warning."""
    first, second = r.tokens
    if r.shape.endswith("前") and is_month(second):
        raise Unread  # 4月至9月前: 8月底 or 9月底?
    start = r.point(first)[0]
    return _ordered(r, start, r.point(second, start.year)[1], second)


NO_DASH = "两个日期之间缺少「至」，按起止时间计"


def span_without_dash(r: Reading) -> Deadline:
    """PP: a span whose 至 is missing, with a warning."""
    r.notes.append(NO_DASH)
    return span(r)


def _ordered(r: Reading, start: date, end: date, second: Token) -> Deadline:
    if end < start and second["year"] is None and end.month < start.month:
        end = r.point(second, start.year + 1)[1]
        r.notes.append(f"止于次年：「{second[0]}」按{end.year}年计")
    r.require(start <= end, f"止于{end}，早于开始的{start}")
    return r.deadline(DeadlineKind.SPAN, start, end)


def shared_unit(r: Reading) -> Deadline:
    """4至9月, 10至11月中旬, 1至3季度, 2020年4至9月: the first number takes the unit of the second point."""
    *years, number, last = r.tokens
    if last["year"] or not (last["month"] or last["quarter"]) or last["day"]:
        raise Unread
    unit = "月" if last["month"] else "季"
    prefix = f"{years[0][0]}年" if years else ""
    first = TOKEN.fullmatch(f"{prefix}{number[0]}{unit}")
    if first is None:  # the number has more digits than a month can have
        raise Unread
    start = r.point(first)[0]
    return _ordered(r, start, r.point(last, start.year)[1], last)


def shared_month(r: Reading) -> Deadline:
    """5月2日至7日, 5月2日至月底, 5月上旬至中旬, also without 至 (5月2日7日): the second part takes the month of the first."""
    token, numbers = r.tokens[0], r.numbers
    start = r.point(token)[0]
    if r.shape.rstrip("前").endswith("月底") and not is_month(token):
        end = month_end(start.year, start.month)
    elif "旬" in token[0] and not numbers:
        end = dekad_bounds(start.year, start.month, r.shape[-2:])[1]
    elif (token["day"] and len(numbers) == 1) or (is_month(token) and len(numbers) == 2):
        start, end = (r.day(start.year, start.month, day) for day in [start.day, *numbers][-2:])
    else:
        raise Unread
    if "至" not in r.shape:
        r.notes.append(NO_DASH)
    r.require(start <= end, f"止于{end}，早于开始的{start}")
    return r.deadline(DeadlineKind.SPAN, start, end)


def whole_years(r: Reading) -> Deadline:
    """2020年, 2020年至2022年: whole years. 2年, 1至2年: a number of years, counted from the base day."""
    if all(len(token[0]) == 1 for token in r.tokens):
        return relative_range(r) if len(r.tokens) > 1 else relative(r)
    years = _years(r)
    r.require(years[0] <= years[-1], f"止于{years[-1]}年，早于开始的{years[0]}年")
    return r.deadline(DeadlineKind.SPAN, date(years[0], 1, 1), date(years[-1], 12, 31))


def years_until(r: Reading) -> Deadline:
    """2021年至2023年底: from the first day of a year."""
    (year,), last = _years(r), r.tokens[1]
    start, end = date(year, 1, 1), r.point(last, year)[1]
    r.require(start <= end, f"止于{end}，早于开始的{start}")
    return r.deadline(DeadlineKind.SPAN, start, end)


def from_year(r: Reading) -> Deadline:
    """2021年起, 2021年后: from the first day of that year, without an end."""
    return r.deadline(DeadlineKind.FROM, date(_years(r)[0], 1, 1))


def _years(r: Reading) -> list[int]:
    numbers = [token[0] for token in r.tokens if token["number"]]
    if any(len(number) != 4 for number in numbers):
        raise Unread
    return r.numbers


def from_point(r: Reading) -> Deadline:
    """P起, P后: from the first day of the point, without an end."""
    return r.deadline(DeadlineKind.FROM, r.point(r.tokens[0])[0])


def from_base(r: Reading) -> Deadline:
    """即日起: from 印发日期 or 反馈日期, without an end; a warning if the context has no such date."""
    return r.deadline(DeadlineKind.FROM, _noted(r, r.base(r.tokens[0])))


def span_from_base(r: Reading) -> Deadline:
    """即日起至P: from 印发日期 or 反馈日期 to the last day of the point."""
    start, end = _noted(r, r.base(r.tokens[0])), r.point(r.tokens[1])[1]
    r.require(start is None or start <= end, f"止于{end}，早于开始的{start}")
    return r.deadline(DeadlineKind.SPAN, start, end)


def _noted(r: Reading, base: date | None) -> date | None:
    if base is None:
        r.notes.append("没有起算日期，开始时间待定")
    return base


def relative(r: Reading) -> Deadline:
    """N个月内, N日内, N个工作日内: counted from a named day, else from 反馈日期, else from 印发日期; that day is not counted."""
    *lead, number = r.tokens
    start: date | None
    if not lead:
        return _counted(r, _base(r), number)
    if lead[0]["base"]:
        start, name = r.base(lead[0]), "反馈日期" if "反馈" in lead[0][0] else "印发日期"
    else:
        start, name = r.point(lead[0])[0], ""
    if start is None:
        raise BaseNeeded(r.text, name)
    return _counted(r, start, number)


def many_days(r: Reading) -> Deadline:
    """60日 is a number of days; 15日 may be a day of the month."""
    if not 31 < r.numbers[0] < 1000:
        raise Unread
    return relative(r)


def relative_range(r: Reading) -> Deadline:
    """3至5天内, 1至2年, 6个月至1年: the longer of both, with a warning."""
    shorter, longer = r.numbers
    unit = r.shape.partition("至")[0].removeprefix("#")
    result = _counted(r, _base(r), r.tokens[1])
    if unit:
        r.require(
            counted(_base(r), shorter, unit)[0] <= (result.end or date.max), f"{longer}{_unit(r)}少于{shorter}{unit}"
        )
    else:
        r.require(shorter <= longer, f"{longer}少于{shorter}")
    note = f"「{shorter}{unit}至{longer}{_unit(r)}」按较长的{longer}{_unit(r)}计"
    return replace(result, warnings=(*result.warnings, note))


def same_day(days: int, r: Reading) -> Deadline:
    """当日内, 次日内: so many days after the base day; 即日内 is the day of issue."""
    start = (r.base(r.tokens[0]) if r.tokens else None) or _base(r)
    return r.deadline(DeadlineKind.RELATIVE, start, start + timedelta(days=days))


def _base(r: Reading) -> date:
    start = r.context.feedback or r.context.issued
    if start is None:
        raise BaseNeeded(r.text, "反馈日期或印发日期")
    return start


def _unit(r: Reading) -> str:
    return r.shape.rpartition("#")[2].removesuffix("内")


def _counted(r: Reading, start: date, number: Token) -> Deadline:
    count, unit = int(number[0]), _unit(r)
    r.require(count <= 9999, "期限过长")
    end, missing = counted(start, count, unit)
    r.notes += [
        f"没有{year}年的放假安排，只按周末和元旦、劳动节、国庆节的固定假日计，其他节日和调休没有计" for year in missing
    ]
    return r.deadline(DeadlineKind.RELATIVE, start, end)


def before_festival(r: Reading) -> Deadline:
    """七一前 means 06-30. Other festivals and seasons have no fixed or no agreed date: unresolved, with a warning."""
    name = r.shape.removeprefix("#年")
    years = _years(r)
    if name != "建党节前":
        return _without_day(r, name)
    end = date(years[0] if years else r.context.year, 6, 30)
    r.assumed = None if r.tokens else end
    return r.deadline(DeadlineKind.BY, None, end)


def dated_festival(r: Reading) -> Deadline:
    """9月1日开学前: the day that is written, with a warning. In 9月开学前 the day may be before or in September."""
    if is_month(r.tokens[0]):
        raise Unread
    end = r.point(r.tokens[0])[1]
    r.notes.append(f"「{r.shape.removeprefix('P')}」不是日期，以写明的{end}为准")
    return r.deadline(DeadlineKind.BY, None, end)


def in_term(r: Reading) -> Deadline:
    """第一学期末, 2020至2021学年: unresolved, with a warning."""
    name = r.shape
    for token in r.tokens:
        name = name.replace("#", token[0], 1)
    return _without_day(r, name)


def _without_day(r: Reading, name: str) -> Deadline:
    r.notes.append(f"「{name}」没有写明日期，未明确时限")
    return r.deadline(DeadlineKind.UNRESOLVED)


def unresolved(r: Reading) -> Deadline:
    """适时, 尽快: words without a date, with a warning."""
    r.notes.append("未明确时限")
    return r.deadline(DeadlineKind.UNRESOLVED)


def immediate(r: Reading) -> Deadline:
    """立行立改: from 印发日期, with a check date ``immediate_days`` later."""
    result = open_ended(DeadlineKind.IMMEDIATE, r)
    if result.start is None:
        return result
    return replace(result, check_date=result.start + timedelta(days=r.context.conventions.immediate_days))


def open_ended(kind: DeadlineKind, r: Reading) -> Deadline:
    """长期坚持, 持续推进: from 印发日期, without an end."""
    return r.deadline(kind, _noted(r, r.context.issued))
