"""Papers become drafts. Each test shows its paper; ``tree`` shows a draft in short."""

from zhenggai.importing.content import Paragraph
from zhenggai.importing.draft import Draft
from zhenggai.importing.drafting import draft_of


def draft(paper: str) -> Draft:
    return draft_of(tuple(Paragraph(text, line) for line, text in enumerate(paper.strip().split("\n"), 1)), "方案.txt")


def tree(paper: str) -> dict[str, list[str]]:
    """The titles of a paper's problems, each with the contents of its measures."""
    return {problem.title: [measure.content for measure in problem.measures] for problem in draft(paper).problems}


BY_NUMBER = """
关于集中整改的方案
一、总体要求
（一）统一思想。要高度重视。
二、存在的主要问题
主要有2个方面的问题：一是例会开得少。二是台账记得乱。
三、整改措施
1.开好例会。①排出例会日程；②缺席的写明原因。
2.记好台账。①专人登记；②每月核对；③年底归档。
四、实施步骤
（一）自查阶段（2021年3月）。各自对照。
（二）整改阶段（2021年4月至6月）。逐项整改。
五、工作要求
（一）加强领导。主要负责人亲自抓。
"""


def test_problems_of_one_paragraph_are_paired_with_measures_of_the_same_number() -> None:
    assert tree(BY_NUMBER) == {
        "例会开得少": ["排出例会日程", "缺席的写明原因"],
        "台账记得乱": ["专人登记", "每月核对", "年底归档"],
    }
    assert [doubt.place.line for doubt in draft(BY_NUMBER).doubts if doubt.about == "同号配对"] == [7, 8]
    assert [phase.place.line for phase in draft(BY_NUMBER).phases] == [10, 11]


def test_a_paper_on_one_line_has_the_same_tree() -> None:
    assert tree(BY_NUMBER.replace("\n", "")) == tree(BY_NUMBER)
