"""What a cell shows of a number, by the number format."""

from datetime import date
from decimal import Decimal

import pytest

from zhenggai.importing.formats.number_format import shown


@pytest.mark.parametrize(
    ("code", "texts"),
    [
        ("General", {"1": "1", "0.1": "0.1", "0.3333333333333333": "0.3333333333", "1E+3": "1000", "-2.5": "-2.5"}),
        ("", {"5": "5"}),
        ("G/通用格式", {"5": "5"}),
        ("0", {"0.5": "1", "-2.5": "-3", "2020": "2020"}),
        ("#,##0.00", {"1234567.891": "1,234,567.89", "0": "0.00"}),
        ("0.0,", {"1500": "1.5"}),
        ("000", {"7": "007", "1234": "1234"}),
        ("#.##", {"0.5": ".5", "2": "2"}),
        ("0%", {"0.5": "50%", "1": "100%"}),
        ("0.00%", {"0.12345": "12.35%"}),
        ('0.0"%"', {"50": "50.0%"}),
        ('"第"0"期"', {"3": "第3期"}),
        ("\\Z0!x", {"3": "Z3x"}),
        ("[Red]0.0;[Blue]-0.0;—", {"1": "1.0", "-1": "-1.0", "0": "—"}),
        ("#,##0_);(#,##0)", {"-1234": "(1,234)", "1234": "1,234"}),
        ('_ ¥* #,##0.00_ ;_ ¥* -#,##0.00_ ;_ ¥* "-"??_ ;_ @_ ', {"5": "¥5.00", "-5": "¥-5.00", "0": "¥-"}),
        ("[$￥-804]#,##0", {"1234": "￥1,234"}),
        ('[<60]"不合格";"合格"', {"59": "不合格", "60": "合格"}),
        ("@", {"2020.5": "2020.5"}),
        (";;;", {"1": "", "-1": "", "0": ""}),
        ("# ?/?", {"0.5": "0.5"}),
        ('0!.0,"万"', {"35000": "35000"}),
        ("0.0E+00", {"12": "12"}),
        ("[h]:mm:ss", {"1.5": "36:00:00"}),
        ("h:mm AM/PM", {"0.75": "6:00 PM"}),
        ('上午/下午h"时"mm"分"', {"0.52": "下午12时28分"}),
        ("[a]" * 400, {"5": "5"}),
    ],
)
def test_a_number(code: str, texts: dict[str, str]) -> None:
    found = {number: shown(Decimal(number), code) for number in texts}
    assert {number: one.text for number, one in found.items()} == texts
    assert all(one.value == Decimal(number) for number, one in found.items())


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("yyyy/m/d", "2020/3/10"),
        ('yyyy"年"m"月"d"日";@', "2020年3月10日"),
        ("[$-804]yyyy年m月", "2020年3月"),
        ('[DBNum1]m"月"d"日"', "3月10日"),
        ("yyyy\\-mm\\-dd", "2020-03-10"),
        ("yyyy.m", "2020.3"),
        ("yy-m-d", "20-3-10"),
        ("e年", "2020年"),
        ("d-mmm-yy", "10-Mar-20"),
        ("aaaa", "星期二"),
        ("dddd", "Tuesday"),
        ("m/d h:mm", "3/10 18:00"),
        ("yyyy/m/d h:mm:ss.0", "2020/3/10 18:00:00"),
    ],
)
def test_a_day(code: str, text: str) -> None:
    found = shown(Decimal("43900.75"), code)
    assert (found.text, found.value) == (text, date(2020, 3, 10))


@pytest.mark.parametrize("number", ["0", "-1", "20200310", "2957003.5", "1E+30"])
def test_what_is_no_day_is_shown_as_it_is(number: str) -> None:
    found = shown(Decimal(number), "yyyy/m/d")
    assert found.value == Decimal(number)
    assert not isinstance(found.value, date)


def test_the_day_that_1900_had_not() -> None:
    days = [shown(Decimal(n), "yyyy/m/d").value for n in (1, 59, 60, 61)]
    assert days == [date(1900, 1, 1), date(1900, 2, 28), date(1900, 2, 28), date(1900, 3, 1)]
