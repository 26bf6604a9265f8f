"""Entries from text: habits with a note, faults with line and remedy, and one bad entry costs only itself."""

from datetime import date
from decimal import Decimal

import pytest

from zhenggai.model.entries import Correction, Done, Entry, Inspection, Progress
from zhenggai.model.entry_classes import CLASS_OF_KIND
from zhenggai.model.kinds import Kind
from zhenggai.model.numbers import is_entry_number
from zhenggai.model.source import Level
from zhenggai.reading.entry_text import read_entries
from zhenggai.reading.typed_entries import type_entry
from zhenggai.rules.task.corrections import changes_of

HEAD = "- 编号: 20200512-k3f9x2ab\n  日期: 2020-05-12\n"  # two lines
TAIL = "  填报人: 办公室\n"


def typed(body: str) -> tuple[Entry | None, list[str]]:
    """The only entry of head, body and tail, and the problems as ``line what — remedy``; notes are marked with ~."""
    raws, faults = read_entries(body, "l.yaml")
    assert faults == []
    (raw,) = raws
    entry, diagnostics = type_entry(raw, "l.yaml")
    assert {p.source.path for p in diagnostics} <= {"l.yaml"}
    return entry, [
        f"{'~' if p.level is Level.WARNING else ''}{p.source.line} {p.what} — {p.remedy}" for p in diagnostics
    ]


def test_habits_are_read_with_a_note_that_names_the_line() -> None:
    entry, diagnostics = typed(
        """\
- 编号: 20200512-k3f9x2ab
  日期: 2020年5月12日
  措施: 三②
  事项: 进展
  进度: ４０％
  步骤: 3.2.1、3-2-2
  指标值: ２４.5
  代录: yes
  内容: 征求意见
  佐证: 附件/2020-05/甲、乙.9f2c41d0.docx
  填报人: 办公室
"""
    )
    assert entry == Progress(
        number="20200512-k3f9x2ab",
        date=date(2020, 5, 12),
        measure="3-2",
        percent=40,
        steps=("3-2-1", "3-2-2"),
        measured=Decimal("24.5"),
        on_behalf=True,
        content="征求意见",
        evidence=("附件/2020-05/甲、乙.9f2c41d0.docx",),
        writer="办公室",
    )
    assert diagnostics == [
        f"~{line} {what} — 已按此读取，建议照样改写"
        for line, what in (
            (2, "“2020年5月12日”读作 2020-05-12"),
            (3, "“三②”读作 3-2"),
            (5, "“４０％”读作 40"),
            (6, "“3.2.1、3-2-2”读作 2 项：[3.2.1, 3-2-2]"),
            (6, "“3.2.1”读作 3-2-1"),
            (7, "“２４.5”读作 24.5"),
            (8, "“yes”读作 是"),
        )
    ]


def test_a_bad_field_that_can_be_spared_costs_only_itself_and_all_are_named_at_once() -> None:
    entry, diagnostics = typed(
        HEAD
        + "  措施: 3-2\n  事项: 进展\n  进度: 0.4\n  内容: 甲\n  指标值: 两成\n  进展度: 40\n  单位: [城关镇]\n  佐证: [甲, '']\n"
        + TAIL
    )
    assert entry == Progress(
        number="20200512-k3f9x2ab", date=date(2020, 5, 12), measure="3-2", content="甲", writer="办公室"
    )
    assert diagnostics == [
        "5 进度“0.4”不是 0 到 100 的整数 — 写成百分数的整数部分，如 40",
        "7 “两成”不是数 — 只写数字，如 24 或 24.5",
        "8 不认识的键“进展度” — 是不是“进度”？",
        "9 “单位”应是一个值，不是列表 — 写成 单位: …",
        "10 值是空的 — 填写内容，或删去这一行",
    ]


@pytest.mark.parametrize(
    ("body", "diagnostics"),
    [
        (
            "- 编号: 20200512-k3f9x2ab\n  日期: 2020-02-30\n  措施: 3-2\n  事项: 进展\n  内容: 甲\n" + TAIL,
            ["2 “2020-02-30”这一天不存在 — 核对月份和日子"],
        ),
        (
            "- 编号: 20200512-k3f9x2ab\n  日期: '0'\n  措施: 3-2\n  事项: 进展\n  内容: 甲\n" + TAIL,
            ["2 “0”不是日期 — 写成 2020-05-12 的样子"],
        ),
        (
            "- 编号: 1\n  日期: 2020-05-12\n  措施: 措施二\n  事项: 进展\n  内容:\n" + TAIL,
            [
                "1 “1”不是记录编号 — 编号是记录日期加 8 位字符，如 20200512-k3f9x2ab；请用 zhenggai add 生成",
                "3 “措施二”不是措施编号 — 写成 3-2（问题3的措施2）的样子",
                "5 值是空的 — 填写内容，或删去这一行",
            ],
        ),
        (
            "\n# 注\n- 事项: 进展\n  进度: 101\n",
            [
                "4 进度“101”不是 0 到 100 的整数 — 写成百分数的整数部分，如 40",
                "3 缺少“编号” — 补上一行 编号: …",
                "3 缺少“日期” — 补上一行 日期: …",
                "3 缺少“措施” — 补上一行 措施: …",
                "3 缺少“内容” — 补上一行 内容: …",
                "3 缺少“填报人” — 补上一行 填报人: …",
            ],
        ),
        (
            HEAD + "  单位: 城关镇\n  事项: 督查\n  方式: 抽查\n  结论: 基本属实\n" + TAIL,
            [
                "5 “抽查”不是“方式”能填的值 — 只能填：明察、暗访、调研",
                "6 “基本属实”不是“结论”能填的值 — 只能填：属实、不实、反弹",
            ],
        ),
        (HEAD + TAIL, ["1 缺少“事项” — 补上一行 事项: 进展（或别的事项）"]),
        (HEAD + "  事项: 进展情况\n" + TAIL, ["3 不认识的事项“进展情况” — 最接近的有：进展"]),
        (
            HEAD + "  事项: xyz\n" + TAIL,
            ["3 不认识的事项“xyz” — 最接近的有：认领、进展、基本完成、完成、申请销号、初审、复核、现场核查"],
        ),
        (HEAD + "  事项: [进展]\n" + TAIL, ["3 “事项”应是一个值，不是列表 — 写成 事项: …"]),
    ],
)
def test_an_entry_without_what_it_needs_is_none_and_each_fault_is_named(body: str, diagnostics: list[str]) -> None:
    assert typed(body) == (None, diagnostics)


def test_bad_keys_of_the_machinery_are_not_known() -> None:
    entry, diagnostics = typed(HEAD + "  措施: 3-2\n  事项: 认领\n  __pydantic_config__: x\n" + TAIL)
    assert entry is not None
    assert [p.split(" — ")[0] for p in diagnostics] == ["5 不认识的键“__pydantic_config__”"]


def test_a_conclusion_that_needs_its_ground_is_kept_and_named() -> None:
    done, diagnostics = typed(HEAD + "  措施: 3-2\n  事项: 完成\n  结论: 经核查不存在\n  内容: 甲\n" + TAIL)
    assert isinstance(done, Done)
    assert diagnostics == ["5 经核查不存在须写明依据 — 补上一行 依据: …"]
    review, diagnostics = typed(HEAD + "  事项: 初审\n  针对: 20200510-k3f9x2ab\n  结论: 退回\n" + TAIL)
    assert review is not None
    assert diagnostics == ["5 退回须写明原因 — 补上一行 原因: …"]
    notice, diagnostics = typed(
        HEAD + "  事项: 销号公示\n  针对: 20200510-k3f9x2ab\n  起: 2020-05-12\n  止: 2020-05-11\n" + TAIL
    )
    assert notice is not None
    assert diagnostics == ["6 公示的止日早于起日 — 核对起止日期"]


def test_a_correction_must_change_something() -> None:
    head = HEAD + "  事项: 更正\n  针对: 20200510-k3f9x2ab\n"
    entry, diagnostics = typed(head + TAIL)
    assert isinstance(entry, Correction)
    assert diagnostics == ["4 更正没有写改成什么 — 写上改动的字段，或 作废: 是"]
    for changed in ("  作废: 是\n", "  进度: 0\n", "  内容: 乙\n", "  佐证: [甲]\n", "  步骤: [3-2-1]\n"):
        entry, diagnostics = typed(head + changed + TAIL)
        assert isinstance(entry, Correction)
        assert diagnostics == []


def test_a_correction_cannot_change_whose_entry_it_is() -> None:
    entry, diagnostics = typed(
        HEAD + "  措施: 3-2\n  单位: 城关镇\n  事项: 更正\n  针对: 20200510-k3f9x2ab\n  进度: 30\n" + TAIL
    )
    assert isinstance(entry, Correction)
    assert (entry.measure, entry.unit, changes_of(entry)) == (None, None, {"percent": 30})
    assert diagnostics == ["3 此事项不能填“措施” — 删去这一行", "4 此事项不能填“单位” — 删去这一行"]


def test_every_kind_has_a_class() -> None:
    assert set(CLASS_OF_KIND) == set(Kind)
    assert CLASS_OF_KIND["督查"] is Inspection


def test_one_bad_entry_costs_only_itself() -> None:
    text = (
        HEAD + "  措施: 3-2\n  事项: 认领\n" + TAIL
        + HEAD + "  事项: 认领\n" + TAIL
        + HEAD + "  措施: 3-3\n  事项: 认领\n" + TAIL
    )  # fmt: skip
    entries = [type_entry(raw, "l.yaml") for raw in read_entries(text, "l.yaml")[0]]
    assert [entry.measure if entry else None for entry, _ in entries] == ["3-2", None, "3-3"]
    assert [str(p.source) for _, diagnostics in entries for p in diagnostics] == ["l.yaml:6"]


def test_an_entry_without_a_number_is_shown_the_line_to_copy() -> None:
    text = "- 日期: 2020-05-12\n  措施: 3-2\n  事项: 进展\n  内容: 试\n  填报人: 办公室\n"
    raws, _ = read_entries(text, "f")
    entry, (diagnostic,) = type_entry(raws[0], "f")
    assert entry is None
    line = diagnostic.remedy.removeprefix("正确写法：- 编号: ")
    assert line.startswith("20200512-")
    assert is_entry_number(line)
    mended, diagnostics = type_entry(read_entries(f"- 编号: {line}\n  " + text[2:], "f")[0][0], "f")
    assert mended is not None
    assert diagnostics == []
