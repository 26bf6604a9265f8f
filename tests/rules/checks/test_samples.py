"""Every check by its own samples: it finds one thing in the bad one and nothing in the good one, and nothing else does."""

from importlib import import_module
from pathlib import Path

import pytest

from zhenggai.errors import UsageError
from zhenggai.ledger.check_explanation import ALL_CHECKS, explain, found_in
from zhenggai.rules import checks
from zhenggai.rules.checks.named_check import Check
from zhenggai.rules.checks.reading_findings import READING_FINDINGS
from zhenggai.rules.checks.table import CHECKS

each_check = pytest.mark.parametrize("check", ALL_CHECKS, ids=lambda check: check.name)


@each_check
def test_a_check_finds_one_thing_in_its_bad_sample_and_nothing_in_its_good_one(check: Check) -> None:
    assert [(found.check, found.level) for found in found_in(check, check.bad)] == [(check.name, check.level)]
    assert found_in(check, check.good) == ()


@each_check
def test_an_explanation_shows_lines_of_the_bad_sample_and_what_is_found_there(check: Check) -> None:
    explanation = explain(check.name)
    assert explanation.check is check
    assert len(explanation.found) == 1
    assert {line.source.path for line in explanation.bad} <= check.bad.files.keys()
    assert {line.source.path for line in explanation.good} <= check.good.files.keys()


def test_every_name_is_one_check() -> None:
    names = [check.name for check in ALL_CHECKS]
    assert sorted(set(names)) == sorted(names)


def test_a_check_looks_at_something_and_what_reading_finds_at_nothing() -> None:
    for given, rows in ((True, CHECKS), (False, READING_FINDINGS)):
        for check in rows:
            runs = (check.of_plan, check.of_ledger, check.of_clock, check.of_folder)
            assert any(run is not None for run in runs) is given, check.name


def test_every_file_with_a_check_is_a_row_of_the_table() -> None:
    names = [path.stem for path in Path(checks.__path__[0]).glob("*.py")]
    modules = [import_module(f"{checks.__name__}.{name}") for name in names]
    found = {value.name for module in modules for value in vars(module).values() if isinstance(value, Check)}
    assert found == {check.name for check in CHECKS}


def test_a_name_that_no_check_has_is_answered_with_the_nearest() -> None:
    with pytest.raises(UsageError, match="没有叫“时间”的检查\n  最接近的有：时限"):
        explain("时间")
