"""Hypothesis strategies for entries of all classes, with awkward texts."""

from datetime import date
from decimal import Decimal
from typing import Any, Literal, get_args, get_origin, get_type_hints

from hypothesis import strategies as st

from zhenggai.model.entries import Recorded
from zhenggai.model.entry_classes import field_order
from zhenggai.model.money import Money
from zhenggai.model.numbers import CROCKFORD
from zhenggai.reading.field_readers import readers_of

AWKWARD = (
    ": ", " #", "#", "- ", "-", "40", "40%", "yes", "No", "null", "~", "'", '"', "\\", "\\n", "\n", "\r\n", "\t", "\x00", "\x1b",
    "\x85", "\u2028", "\ufeff", "\uffff", "😀", "&a", "*a", "!x", "|", ">", "%", "@", "`", "{", "}", "[", "]", ",", "?", "=", "<<",
    "：", "，", "、", "\u3000", " ", "2020-05-12", "0x1F", "1e3", ".5", ".inf", "12:30", "---", "...", "甲: 乙", "é", "e\u0301",
)  # fmt: skip
ODD_TEXTS = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=12),
    st.lists(st.sampled_from(AWKWARD), min_size=1, max_size=4).map("".join),
    st.sampled_from(("征求12个党支部意见", "县教育局、城关镇")),
)
TEXTS = ODD_TEXTS.filter(lambda text: bool(text) and not text.isspace())
DAYS = st.dates(date(1949, 10, 1), date(2999, 12, 31))
MEASURES = st.lists(st.integers(1, 120), min_size=2, max_size=3).map(lambda parts: "-".join(map(str, parts)))
NUMBERS = st.builds(lambda day, rest: f"{day:%Y%m%d}-{rest}", DAYS, st.text(CROCKFORD, min_size=8, max_size=8))
DECIMALS = st.decimals(0, 10**9, places=2) | st.integers(0, 10**15 - 1).map(Decimal) | st.just(Decimal("0.000001"))
MONEY = st.builds(
    "{}{}".format,
    st.integers(0, 10**12 - 1) | st.sampled_from(("0.5", "1200.50", "0.000001")),
    st.sampled_from(("", "元", "万元", "亿元")),
)
OF_TYPE: dict[object, st.SearchStrategy[Any]] = {
    str: TEXTS,
    date: DAYS,
    int: st.integers(0, 999_999_999),
    Decimal: DECIMALS,
    bool: st.booleans(),
    type(None): st.none(),
}
OF_NAME: dict[str, st.SearchStrategy[Any]] = {
    "number": NUMBERS,
    "ref": NUMBERS,
    "measure": MEASURES,
    "percent": st.integers(0, 100),
    **dict.fromkeys(Money._fields, MONEY),
}


def values(name: str, hint: object, *, splits: bool) -> st.SearchStrategy[Any]:
    """Values of a field, from its name or its type; where a reader ``splits`` a text into a list, the items are plain."""
    if get_origin(hint) is Literal:
        return st.sampled_from(get_args(hint))
    parts = get_args(hint)
    if type(None) in parts:
        return st.one_of(st.none(), *(values(name, part, splits=splits) for part in parts if part is not type(None)))
    if name in OF_NAME and hint is not type(None):
        return OF_NAME[name]
    if get_origin(hint) is tuple:
        return st.lists(MEASURES if splits else OF_TYPE[parts[0]], max_size=3).map(tuple)
    return OF_TYPE[hint]


def entries(entry_class: type[Recorded]) -> st.SearchStrategy[Any]:
    """A strategy for valid entries of a class, built from its fields."""
    hints = get_type_hints(entry_class)
    owner: Any = entry_class
    split = {reader.name for reader in readers_of(owner).values() if reader.splits}
    fields = {name: values(name, hints[name], splits=name in split) for name in field_order(entry_class)}
    built: st.SearchStrategy[Any] = st.builds(entry_class, **fields)
    return built.filter(lambda entry: not list(entry.faults()))
