"""Who may write where, and what became of the identities from one unit book to the next."""

from datetime import date

import pytest

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
