"""One spelling for what writers spell in many ways: widths, blanks, numerals, dates, base days, 今年 and 本月.

``half_width`` and ``cleaned`` keep the words as they are, for the affixes (``affixes``); ``folded`` rewrites a core, for the shapes (``shape_table``).
"""

import re
from datetime import date, timedelta

from zhenggai.deadline.calendar import add_months
from zhenggai.deadline.meaning import BaseNeeded, Context

_WIDTH: dict[int, int | str] = {full: full - 0xFEE0 for full in range(0xFF01, 0xFF5F)}  # full-width ASCII
_WIDTH |= (
    str.maketrans("【】[]［］", "()()()")
    | dict.fromkeys(map(ord, "“”‘’「」＂＇\"'"), "")
    | dict.fromkeys(map(ord, "—–―─〜～~"), "至")
)
_DIGITS = str.maketrans("〇○零O一二两三四五六七八九", "00001223456789")
_NUMERAL = "[0-9〇○零O一二两三四五六七八九十百]"
_CLOSING = ".。;,、"


def _pairs(text: str) -> tuple[list[str], ...]:
    return tuple(pair.split(">") for pair in text.split())


_WORDS = _pairs("""
    上、中旬>上中旬 中、下旬>中下旬 上、下半年>上半年、下半年 及以后>后 之前>前 以前>前 之内>内 以内>内 以后>后 之后>后 不少于> 至少> 下班前>前 第一时间>立即
    按月>每月 按季>每季 按周>每周 按年>每年 逐月>每月 逐季>每季 逐年>每年 各季>每季 每隔>每 每个>每
    个自然日>天 个日历日>天 自然日>天 下个>下 最后一天>底 最后一个月>末月
    每年的>每年 每月的>每月 每季度的>每季度 每周的>每周 月定期>月 季定期>季 季度定期>季度 周定期>周
""")
_CORES = _pairs("""
    开始>起 从>自
    学期期末>学期末 五一节>五一 放暑假>暑假 放寒假>寒假
    七一前>建党节前 五一前>劳动节前 八一前>建军节前 十一前>国庆前 国庆节>国庆 清明节>清明 端午节>端午 中秋节>中秋
    每年年中>每年上半年 直至>至 现在起>即日起 今日起>即日起 每半年末>每半年 每半年底>每半年
    月月底>月底 月份>月 月末>月底 旬末>旬 旬底>旬 季度结束前>季度底前 月结束前>月底前
    月低>月底 末月>尾月 本年度>今年 当年>今年 本年>今年 年度>年 年末>年底 年终>年底 年年>年 每年底>每年
    当月>本月 贯穿全年>全年 整年>全年 半个月>15天 季度>季 当季>本季 季末>季底 个小时>小时
    星期>周 礼拜>周 个周>周 周末>周底 周天>周日 周日>周7 两月内>两个月内
    下一年度>次年 下一年>次年 下年度>次年 下年>次年 翌年>次年 来年>明年 岁末>年底 今日>当日 今天>当日 明日>次日 明天>次日
    每年建党节前>每年6月30日前
    截止至>截 截止到>截 截至到>截 截至>截 截止>截 到>至 起至>至 至至>至
""")  # in order: later pairs see earlier results

_CLOCK = (  # 18:00, 下午5点半, 24时, 上午 after a day
    "(?:(?<=[日天号底]) ?|(?<=周[一二三四五六日天]) ?|(?<=[-./][0-9][0-9])[ T]|(?<=[-./][0-9]) )"
    "(?:(?:[上下中]午|晚上?)? ?(?:[0-9]{1,2}[时点](?:整|半|[0-9]{1,2}分)?|[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?)|[上下中]午)"
)
_INCLUDED = r"\((?:含(?:[当本]?[日天]|(?:[0-9]{1,2}月)?[0-9]{1,2}[日号])?|(?:星期|周)[一二三四五六日天])\)"


def half_width(text: str) -> str:
    """The words half-width, with single blanks, without quotes and closing punctuation."""
    return " ".join(text.split()).translate(_WIDTH).strip(_CLOSING + " ")


def without_hours(text: str) -> str:
    """The words without an hour after a day: 2021-06-30 18:00."""
    return re.sub(_CLOCK, "", text) if not {":", "时", "点", "午"}.isdisjoint(text) else text


def cleaned(text: str) -> str:
    """Words without blanks, hours and （含）, with one spelling for what affixes and cores share."""
    text = without_hours(text.replace(" ", ""))
    if "(" in text:
        text = re.sub(_INCLUDED, "", text)
    for spelling, plain in _WORDS:
        text = text.replace(spelling, plain)
    return text


def folded(text: str, context: Context, notes: list[str]) -> str:
    """A core with one spelling for dates and numbers; 今年, 本月 and the like become the year and month they mean.

    Each pattern is used only where its characters occur, since compiling all of them would take longer than the rest.
    """
    if "五" in text and "十" in text:
        text = re.sub(_FIVE_YEARS, _years_of_plan, text)
    if not _NAMING.isdisjoint(text):
        text = re.sub(_NAMED_DAYS, lambda m: _base_named(m, notes), text)
    if "半" in text:
        text = re.sub("(?<![上下每年])半年", "6个月", re.sub("(?<![上下每个])半月", "15天", text))
    if "号" in text:
        text = re.sub(f"(?<={_NUMERAL})号", "日", text)
    if _LAST_WORKDAY in text:
        notes.append(f"「{_LAST_WORKDAY}」按最后一天计")
        text = text.replace(_LAST_WORKDAY, "底")
    for spelling, plain in _CORES:
        text = text.replace(spelling, plain)
    text = text.translate(_DIGITS).replace("2会", "两会").replace("2节", "两节")  # names, not numbers
    text = _without_calendar_words(text, context, notes)
    if "十" in text or "百" in text:
        text = re.sub("(?<![0-9十])([1-9]?)十([1-9]?)(?![0-9十])", lambda m: f"{int(m[1] or 1)}{m[2] or 0}", text)
        text = re.sub(
            "(?<![0-9百])([1-9]?)百(0[1-9]|[1-9][0-9])?(?![0-9百])", lambda m: f"{m[1] or 1}{m[2] or '00'}", text
        )
    if "年初" in text:
        notes.append("「年初」按1月底计；请写到月")
        text = re.sub("(?<![0-9每次])年1月底", "1月底", text.replace("年初", "年1月底"))
    if text.endswith("年内"):  # 2至3年内, 6个月至1年内: a number of years
        text = re.sub("(?:(?<=[月年][至-])|(?<=[^0-9][0-9][至-])|(?<=^[0-9][至-]))([1-9]年)内$", r"\1", text)
    if "Q" in text:
        text = re.sub("(?:(?<![0-9])([0-9]{4})[年-]?)?Q([1-4])(?![0-9])", _quarter, text)
    if "年内" in text:
        text = re.sub("(?<![0-9至-])([1-9])年内", lambda m: f"{12 * int(m[1])}个月内", text)
    return _with_dates(text, notes)


def _with_dates(text: str, notes: list[str]) -> str:
    """2020.3.1, 2020-03, 20200301 as 2020年3月1日, with a warning 6.30 and 6月30; any other dash is 至, and at the start 截."""
    if "年" not in text and "月" not in text:
        compact = "(?<![0-9])((?:19|20)[0-9]{2})(0[1-9]|1[0-2])([0-3][0-9])(?![0-9日])"
        text = re.sub(compact, lambda m: f"{m[1]}年{int(m[2])}月{int(m[3])}日", text)
    if not {".", "-", "/"}.isdisjoint(text):
        written = r"(?<![0-9])([0-9]{4})([-./])([0-9]{1,2})(?:\2([0-9]{1,2})日?|月)?(?![0-9])"
        text = re.sub(written, lambda m: f"{m[1]}年{m[3]}月" + (f"{m[4]}日" if m[4] else ""), text)
        text = re.sub(_WITHOUT_UNITS, lambda m: _with_units(m, notes), text)
    text = text.replace("-", "至")
    if text.rstrip("前止")[-1:].isdigit() or "," in text:
        text = re.sub(_WITHOUT_DAY, lambda m: _with_units(m, notes), text)
    if "至20" in text:
        text = re.sub("(?<![0-9])(20[0-9]{2})至(20[0-9]{2})(?=年|$)年?", r"\1年至\2年", text)
    if text.startswith("至") or ",至" in text:
        text = re.sub("(?:^|(?<=,))至", "截", text)
    return text


def _quarter(found: re.Match[str]) -> str:
    return (f"{found[1]}年" if found[1] else "") + f"{found[2]}季"


_LAST_WORKDAY = "最后一个工作日"
_WITHOUT_UNITS = "(?<![0-9./])(1[0-2]|0?[1-9])[./]([1-3][0-9]|0?[1-9])日?(?![0-9./年个月天日周小])"  # 6.30, 6/30
_WITHOUT_DAY = "(?<![0-9])(1[0-2]|0?[1-9])月([1-3][0-9]|[1-9])(?=前|止|,|$)"  # 6月30


def _with_units(found: re.Match[str], notes: list[str]) -> str:
    day = f"{int(found[1])}月{int(found[2])}日"
    notes.append(f"「{found[0]}」按{day}计")
    return day


_FIVE_YEARS = "十([一二三四五六七八九])五(?:五?年?规划)?(期间|时期|期内|内|规划期|末|期末|底|$)"


def _years_of_plan(found: re.Match[str]) -> str:
    """The years of a five-year plan: 十四五 is 2021 to 2025."""
    last = 2005 + 5 * int(found[1].translate(_DIGITS))
    return f"{last}年底" if found[2] in ("末", "期末", "底") else f"{last - 4}年至{last}年"


_WITHOUT_DATE = "[^0-9年月日季内前后起至,、()]"
_NAMING = frozenset("收接会束反通交移达印发公")  # every name of a base day has one of these
_NAMED_DAYS = (  # the base day that words name, before 起, 后 or a number of days
    f"(?:(?P<feedback>[收接]到?{_WITHOUT_DATE}{{1,16}}?|签收|接报|[收接]文|(?P<meeting>{_WITHOUT_DATE}{{0,10}}会议?)(?:结束|召开)?"
    "|(?:巡[视察]|督[察查导]|审计|检查)(?:工作|反馈)?结束"
    f"|{_WITHOUT_DATE}{{0,8}}(?:反馈|通报|交办|移交|下达|送达)(?:意见|问题|情况|报告)?)"
    f"|{_WITHOUT_DATE}{{0,8}}(?:印发|下发|发文|发布|公布))"
    f"(?:之日|当日)?(?=起|后|至|{_NUMERAL})"
)


_FEEDBACK_MEETINGS = ("会", "会议", "本次会议", "反馈会", "反馈会议")


def _base_named(found: re.Match[str], notes: list[str]) -> str:
    lead = "自" if found[0][0] in "自从" else ""
    meeting = (found["meeting"] or "").lstrip("自从")
    if meeting and meeting not in _FEEDBACK_MEETINGS:
        notes.append(f"方案里没有「{meeting}」的日期，按反馈日期计")
    return lead + ("反馈" if found["feedback"] else "印发")


_WEEK = "(?<![0-9十百个每])(本|这|当|下|(?=周[1-7底]))周([1-7]?)底?(?:内|前|$)"
_MONTH_ALONE = "(?:^|(?<=[,、截至]))月(?=[底内中初])"


def _without_calendar_words(text: str, context: Context, notes: list[str]) -> str:
    base = context.issued or context.feedback
    for word, ahead in (("今年", 0), ("明年", 1), ("后年", 2)):
        if word in text:
            year = (base.year if base else context.year) + ahead
            if base is None:
                notes.append(f"没有印发日期，「{word}」按{year}年计")
            text = text.replace(word, f"{year}年")
    if (alone := re.search(_MONTH_ALONE, text)) and not _follows_date(text, alone.start()):
        month = _needed(base, text)
        notes.append(f"「{text[alone.start() : alone.end() + 1]}」没有写哪个月，按{month.year}年{month.month}月计")
        text = f"{text[: alone.start()]}本{text[alone.start() :]}"
    for word, ahead in (("本月", 0), ("次月", 1), ("下月", 1), ("本季", 0), ("下季", 3)):
        if word in text and not _follows_date(text, text.index(word)):
            month = add_months(_needed(base, text).replace(day=1), ahead)
            said = f"{month.month}月" if "月" in word else f"{(month.month + 2) // 3}季"
            text = text.replace(word, f"{month.year}年{said}", 1)
    if "周" in text:
        text = re.sub(_WEEK, lambda m: _day_of_week(_needed(base, text), m[1], int(m[2] or 7), notes), text)
    return text


def _follows_date(text: str, start: int) -> bool:
    """Whether a range has a date before ``start``: 次月 in 5月至次月 does not count from the base day."""
    return "至" in text[:start] and not {"年", "月", "季"}.isdisjoint(text[:start])


def _day_of_week(base: date, week: str, weekday: int, notes: list[str]) -> str:
    """Friday of this or the next week; without either, the next one from the base day on, with a warning."""
    ahead = weekday - base.isoweekday()
    day = base + timedelta(days=ahead + 7 * (week == "下" or (not week and ahead < 0)))
    if not week:
        notes.append(f"没有写哪一周，按{day}计")
    return f"{day.year}年{day.month}月{day.day}日前"


def _needed(base: date | None, text: str) -> date:
    if base is None:
        raise BaseNeeded(text, "印发日期")
    return base
