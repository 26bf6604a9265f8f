"""What a superior's form may ask for of a task: every head of every layout that has one row a task, a measure or a problem."""

import pytest

from zhenggai.heads import _ONLY_READ, _SAME, head_meant, plain_head
from zhenggai.views.layout import LayoutName
from zhenggai.views.ledger_layouts import LAYOUTS
from zhenggai.views.task_heads import BY_HEAD

COUNTS = (LayoutName.E, LayoutName.DUTIES, LayoutName.PROBLEMS)


@pytest.mark.parametrize("name", [name for name in LayoutName if name not in COUNTS])
def test_each_head_of_a_layout_is_known(name: LayoutName) -> None:
    heads = LAYOUTS[name].columns.heads.values()
    assert [head for head in heads if head_meant(head, BY_HEAD) is None] == [
        head for head in heads if head in ("序号", "备注")
    ]


def test_a_head_means_one_thing() -> None:
    words = [plain_head(word) for same in (*_SAME, *_ONLY_READ) for word in same]
    assert len(words) == len(set(words))


def test_what_says_the_same_is_known() -> None:
    assert [same[0] for same in _SAME if head_meant(same[0], BY_HEAD) is None] == []
