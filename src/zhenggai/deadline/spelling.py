"""The many spellings of one thing become one: width, blanks, digits, dates, 今年 and 本月, before a text is read."""

import re

from zhenggai.deadline.calendar import add_months
from zhenggai.deadline.meaning import BaseNeeded, Context

_WIDTH: dict[int, int | str] = {full: full - 0xFEE0 for full in range(0xFF01, 0xFF5F)}  # full-width ASCII
_WIDTH |= dict.fromkeys(map(ord, "“”‘’「」＂＇\"'"), "") | dict.fromkeys(map(ord, "—–―─〜～~"), "至")
_DIGITS = str.maketrans("〇○零O一二两三四五六七八九", "00001223456789")
PAUSES = ".。;,、"
_SPELLINGS = """
    之前>前 以前>前 之内>内 以内>内 以后>后 之后>后 开始>起 从>自 号>日 不少于> 至少>
    七一前>建党节前 五一前>劳动节前 八一前>建军节前 十一前>国庆前 国庆节>国庆 清明节>清明 端午节>端午 中秋节>中秋
    月份>月 月末>月底 月低>月底 末月>尾月 年末>年底 年终>年底 年年>年 每年底>每年
    贯穿全年>全年 半个月>15日 起半年>起6个月 季度>季 季末>季底 星期>周 周末>周底 周天>周日 周日>周7
    收到反馈>反馈 反馈意见>反馈 反馈之日>反馈 方案印发>印发 本印发>印发 印发之日>印发
    截止至>截 截止到>截 截至到>截 截至>截 截止>截 到>至 起至>至 至至>至
"""
_ALIASES = tuple(pair.split(">") for pair in _SPELLINGS.split())  # in order: a later pair sees what an earlier one made


def tidied(text: str) -> str:
    """Without blanks, quotes and closing punctuation, in half width: the form in which words are compared."""
    return "".join(text.split()).translate(_WIDTH).rstrip(PAUSES)


def folded(text: str, context: Context, notes: list[str]) -> str:
    """One spelling for every date and number; 今年, 本月 … become the year and month they mean."""
    for spelling, plain in _ALIASES:
        text = text.replace(spelling, plain)
    text = _without_calendar_words(text.translate(_DIGITS), context, notes)
    if "十" in text or "百" in text:
        text = re.sub("(?<![0-9十])([1-9]?)十([1-9]?)(?![0-9十])", lambda m: f"{int(m[1] or 1)}{m[2] or 0}", text)
        text = re.sub(
            "(?<![0-9百])([1-9]?)百(0[1-9]|[1-9][0-9])?(?![0-9百])", lambda m: f"{m[1] or 1}{m[2] or '00'}", text
        )
    if "年内" in text:
        text = re.sub("(?<![0-9])([1-9])年内", lambda m: f"{12 * int(m[1])}个月内", text)
    if not {".", "-", "/"}.isdisjoint(text):
        written = r"(?<![0-9])([0-9]{4})([-./])([0-9]{1,2})(?:\2([0-9]{1,2})日?|月)?(?![0-9])"
        text = re.sub(written, lambda m: f"{m[1]}年{m[3]}月" + (f"{m[4]}日" if m[4] else ""), text)
    return text.replace("-", "至")


def _without_calendar_words(text: str, context: Context, notes: list[str]) -> str:
    base = context.issued or context.feedback
    for word, ahead in (("今年", 0), ("本年", 0), ("明年", 1)):
        if word in text:
            year = (base.year if base else context.year) + ahead
            if base is None:
                notes.append(f"没有印发日期，「{word}」按{year}年计")
            text = text.replace(word, f"{year}年")
    for word, ahead in (("本月", 0), ("次月", 1), ("下月", 1)):
        if word in text and "至" not in text[: text.index(word)]:  # 5月至次月: not the base's
            if base is None:
                raise BaseNeeded(text, "印发日期")
            month = add_months(base.replace(day=1), ahead)
            text = text.replace(word, f"{month.year}年{month.month}月", 1)
    return text
