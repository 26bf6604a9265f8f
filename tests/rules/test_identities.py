"""Who may write where, and what became of the identities from one unit book to the next."""

from dataclasses import replace
from datetime import date

import pytest

from zhenggai.model.administrators import administrators, issuers, plan_administrators
from zhenggai.model.plan import Plan, ReviewChain
from zhenggai.model.units import Unit, UnitBook
from zhenggai.rules.identities import identity_changes, may_write, same_unit

BOOK = UnitBook(
    members=(
        Unit(name="县教育局", short_names=("教育局",), former_names=("县教委",), identities=("jyj@x", "two@x")),
        Unit(name="县体育局", identities=("tyj@x",), until=date(2020, 6, 30), merged_into="县教育局"),
        Unit(name="城关镇"),
    )
)
DAY = date(2020, 5, 1)


@pytest.mark.parametrize(
    ("folder", "email", "expected"),
    [
        ("县教育局", "jyj@x", True),
        ("县教委", " JYJ@X ", True),
        ("教育局", "tyj@x", False),
        ("城关镇", "tyj@x", None),
        ("没有的单位", "tyj@x", None),
    ],
)
def test_the_book_says_who_may_write(folder: str, email: str, expected: bool | None) -> None:
    assert may_write(BOOK, folder, email, DAY) is expected


def test_a_successor_may_write_in_the_folder_of_a_merged_unit() -> None:
    assert not may_write(BOOK, "县体育局", "jyj@x", DAY)
    assert may_write(BOOK, "县体育局", "jyj@x", date(2020, 7, 1))
    assert may_write(BOOK, "县体育局", "tyj@x", date(2020, 7, 1))


def plan_of(task_force: str | None, second: str | None, supervisor: str | None = None) -> Plan:
    """A plan that names who follows it."""
    review = ReviewChain(second_review=second) if second else None
    return Plan(
        number="p",
        title="方案",
        year=2020,
        issued=DAY,
        task_force=task_force,
        review=review,
        supervisor=supervisor,
    )


@pytest.mark.parametrize(
    ("named", "plans", "expected"),
    [
        (("a@x",), [plan_of("教育局", None)], ("a@x",)),
        ((), [plan_of("教育局", "县体育局")], ("jyj@x", "two@x")),
        ((), [plan_of("城关镇", "县体育局")], ("tyj@x",)),
        ((), [plan_of(None, "县体育局"), plan_of("教育局", None)], ("tyj@x", "jyj@x", "two@x")),
        ((), [plan_of(None, "城关镇"), plan_of("没有的单位", None)], ()),
        ((), [], ()),
    ],
)
def test_the_book_else_the_plans_name_the_administrators(
    named: tuple[str, ...], plans: list[Plan], expected: tuple[str, ...]
) -> None:
    book = replace(BOOK, administrators=named)
    assert administrators(book, plans, DAY) == expected


def test_the_heir_of_a_merged_unit_keeps_its_plan() -> None:
    plan = plan_of(None, "县体育局")
    assert plan_administrators(BOOK, plan, [plan], date(2020, 7, 1)) == ("tyj@x", "jyj@x", "two@x")
    new = plan_administrators(BOOK, None, [plan], DAY)
    assert new == ("tyj@x",)


def test_who_issues_is_named_by_the_plan() -> None:
    plan = plan_of("县体育局", "城关镇", "教育局")
    assert issuers(BOOK, plan, [plan], DAY) == ("tyj@x", "jyj@x", "two@x")
    assert issuers(replace(BOOK, administrators=("a@x",)), None, [plan], DAY) == ("a@x",)


def test_names_of_one_unit() -> None:
    assert same_unit(BOOK, "县教委", "教育局")
    assert same_unit(BOOK, "某村", "某村")
    assert not same_unit(BOOK, "某村", "另一村")
    assert not same_unit(BOOK, "县教委", "城关镇")


def test_changes_of_identities() -> None:
    new = UnitBook(
        members=(
            Unit(name="县教育体育局", former_names=("县教育局",), identities=("JYJ@x", "new@x")),
            Unit(name="城关镇", identities=("cgz@x",)),
            Unit(name="河东乡"),
        )
    )
    assert [str(change) for change in identity_changes(BOOK, new)] == [
        "县教育体育局的身份增加 new@x，去掉 two@x",
        "城关镇的身份增加 cgz@x",
        "县体育局的身份去掉 tyj@x",
    ]
    assert list(identity_changes(BOOK, BOOK)) == []
