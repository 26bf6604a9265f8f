"""Phases are headings with a window."""

import pytest

from zhenggai.importing.phases import phases_in


@pytest.mark.parametrize(
    ("text", "name", "window"),
    [
        ("（一）集中整改阶段（2020年4月至9月）。对照清单。", "集中整改阶段", "2020-04-01 2020-09-30"),
        ("动员部署阶段：3月1日—3月10日", "动员部署阶段", "2020-03-01 2020-03-10"),
        ("（三）融入经常阶段（2020年12月以后）。", "融入经常阶段", "2020-12-01 None"),
    ],
)
def test_phase(text: str, name: str, window: str) -> None:
    (phase,) = phases_in([(text, 3)], 2020)
    assert (phase.name, f"{phase.start} {phase.end}", phase.place.line) == (name, window, 3)
