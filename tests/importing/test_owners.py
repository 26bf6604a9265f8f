"""Owners and deadlines are taken out of the text of a measure; the rest is the content, letter for letter."""

from dataclasses import asdict

import pytest

from zhenggai.importing.owners import Fields, read_fields

ROWS = [
    (
        "修订办法。（牵头单位：甲局；责任单位：乙局、丙镇；完成时限：2020年6月底前）",
        "修订办法。",
        {"lead": ("甲局",), "units": ("乙局", "丙镇"), "deadline": "2020年6月底前", "due": "2020-06-30"},
    ),
    (
        "修订办法\n责任单位：各乡镇、县直各单位\n责任领导：张三 责任人：李四\n完成时限：立行立改，长期坚持",
        "修订办法",
        {"units": ("各乡镇", "县直各单位"), "leader": "张三", "person": "李四", "deadline": "立行立改，长期坚持"},
    ),
    ("修订（以下简称办法）。", "修订（以下简称办法）。", {}),
    (
        "2020年3月上旬前，梳理底数。",
        "2020年3月上旬前，梳理底数。",
        {"deadline": "2020年3月上旬前", "due": "2020-03-10"},
    ),
]


@pytest.mark.parametrize(("text", "rest", "said"), ROWS)
def test_owners(text: str, rest: str, said: dict[str, object]) -> None:
    assert read_fields(text, 2020)[0] == rest
    assert shown(read_fields(text, 2020)[1]) == said


def shown(fields: Fields) -> dict[str, object]:
    """The fields that say something; a day as its text."""
    values = asdict(fields)
    return {name: str(value) if name == "due" else value for name, value in values.items() if value}
