"""``find``: full text over the plan, the entries as corrected, and the names of evidence files."""

import json
from pathlib import Path

import pytest

from small_repo import PLAN, Ran, Runner, small_repo, write

LEDGER = """\
04-10 县教育局 认领 1-1 责任人=李敏
04-12 县教育局 进展 1-1 内容=机关食堂改造方案报局长办公会审议，食堂管理员培训计划一并印发各学校执行，食堂台账按周报送 进度=10 #a
04-13 县教育局 更正 针对=a 内容=机关食堂办法定稿 原因=笔误
04-15 城关镇 进展 1-1 内容=学习 佐证=县组发〔2020〕1号、附件/2020-04/食堂照片.0a1b2c3d.jpg 进度=20 #b
04-16 城关镇 完成 1-1 内容=食堂完工 #c
04-17 城关镇 更正 针对=c 作废=是 更正说明=食堂没有完工
05-20 县委督查局 督查 单位=县财政局 方式=暗访 结论=不实 内容=ＫＴＶ消费
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write(small_repo(tmp_path, LEDGER), {"plans/p.yaml": PLAN.replace("内容: 主题党日", "内容: 机关食堂公示")})


def hits(ran: Ran) -> list[tuple[str | None, ...]]:
    assert ran.code == 0, ran.err
    keys = ("measure", "unit", "kind", "field", "text")
    return [tuple(hit[key] for key in keys) for hit in json.loads(ran.out)["hits"]]


def test_the_words_are_marked_in_their_context(zhenggai: Runner, root: Path) -> None:
    said = """\
整改方案：查找 食堂

　　截至 2020-07-01

方案 1 处
号    所在    内容
----  ------  ----------------
2-2   措施    机关【食堂】公示

记录 3 条，新的在前
日期        措施    单位      事项    内容                             编号
----------  ------  --------  ------  -------------------------------  --------
2020-04-17  1-1     城关镇    更正    更正说明：【食堂】没有完工       00000006
2020-04-15  1-1     城关镇    进展    佐证：【食堂】照片.0a1b2c3d.jpg  00000004
2020-04-12  1-1     县教育局  进展    机关【食堂】办法定稿             00000002
"""
    assert zhenggai("find", "食堂", at=root) == Ran(0, said, "")
    assert "**食堂**公示" in zhenggai("查找", "食堂", "--format", "md", at=root).out
    (row,) = zhenggai("find", "印发各学校", "--as-of", "2020-04-12", at=root).out.splitlines()[-1:]
    assert row.split()[4:] == ["…公会审议，食堂管理员培训计划一并【印发各学校】执行，食堂台账按周报送", "00000002"]


def test_an_entry_is_found_by_its_words_of_the_day(zhenggai: Runner, root: Path) -> None:
    before, after = ("--as-of", "2020-04-12"), ("--as-of", "2020-04-13")
    assert [h[4] for h in hits(zhenggai("find", "定稿", *after, "--format", "json", at=root))] == ["机关食堂办法定稿"]
    assert hits(zhenggai("find", "定稿", *before, "--format", "json", at=root)) == []
    assert len(hits(zhenggai("find", "培训", *before, "--format", "json", at=root))) == 1
    assert hits(zhenggai("find", "培训", *after, "--format", "json", at=root)) == []
    assert len(hits(zhenggai("find", "完工", "--as-of", "2020-04-16", "--format", "json", at=root))) == 1
    assert [h[2] for h in hits(zhenggai("find", "完工", "--format", "json", at=root))] == ["更正"]  # its reason
    late = ("--as-of", "2020-04-13", "--known-by", "2020-04-12")
    assert len(hits(zhenggai("find", "培训", *late, "--format", "json", at=root))) == 1


def test_a_word_of_a_later_correction_is_a_word_of_the_entry(zhenggai: Runner, tmp_path: Path) -> None:
    """The words stand in two files, of two months."""
    ledger = "04-12 县教育局 进展 1-1 内容=食堂 存在问题=经费 #a\n05-13 县教育局 更正 针对=a 内容=礼堂\n05-14 县教育局 进展 1-2 内容=操场\n"
    root = small_repo(tmp_path, ledger)
    texts = [h[3:] for h in hits(zhenggai("find", "礼堂", "经费", "--format", "json", at=root))]
    assert texts == [("存在问题", "经费"), ("内容", "礼堂")]
    assert hits(zhenggai("find", "食堂", "--format", "json", at=root)) == []
    assert "2020-05.办公室.aa.yaml:5: 【礼堂】" in zhenggai("find", "礼堂", "--lines", at=root).out


def test_several_words_stand_in_one_entry_or_one_part_of_the_plan(zhenggai: Runner, root: Path) -> None:
    found = hits(zhenggai("find", "食堂", "县组发", "--format", "json", at=root))
    assert found == [
        ("1-1", "城关镇", "进展", "佐证", "县组发〔2020〕1号"),
        ("1-1", "城关镇", "进展", "佐证", "食堂照片.0a1b2c3d.jpg"),
    ]
    assert hits(zhenggai("find", "公示", "每月", "--format", "json", at=root)) == [
        ("2-2", None, "措施", "内容", "机关食堂公示"),
        ("2-2", None, "措施", "频次", "每月"),
    ]


def test_width_and_capitals_make_no_difference(zhenggai: Runner, root: Path) -> None:
    for word in ("ktv", "KTV", "ｋｔｖ"):
        assert hits(zhenggai("find", word, "--format", "json", at=root)) == [
            (None, "县财政局", "督查", "内容", "ＫＴＶ消费")
        ]


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        (("--unit", "县教育局"), ["00000002"]),
        (("--unit", "各乡镇"), ["00000006", "00000004"]),
        (("--problem", "2"), ["2-2"]),
        (("--state", "整改中", "--unit", "县教育局"), ["00000002"]),
        (("--state", "已完成"), []),
        (("--leader", "李敏"), None),
    ],
)
def test_filters_leave_the_chosen_tasks(
    zhenggai: Runner, root: Path, filters: tuple[str, ...], found: list[str] | None
) -> None:
    ran = zhenggai("find", "食堂", *filters, "--format", "json", at=root)
    if found is None:
        assert (ran.code, ran.out) == (2, "")
        return
    assert [(hit["entry"] or hit["measure"])[-8:] for hit in json.loads(ran.out)["hits"]] == found


def test_of_the_entries_only_the_newest_may_be_shown(zhenggai: Runner, root: Path) -> None:
    out = zhenggai("find", "食堂", "--last", "2", at=root).out
    assert "方案 1 处" in out
    assert "最近 2 条记录，共 3 条\n" in out
    assert [line.split()[0] for line in out.splitlines()[-2:]] == ["2020-04-17", "2020-04-15"]
    assert len(hits(zhenggai("查找", "食堂", "--最近", "2", "--format", "json", at=root))) == 3
    assert "记录 3 条，新的在前\n" in zhenggai("find", "食堂", "--last", "3", at=root).out


def test_an_entry_about_a_whole_unit_is_chosen_by_its_unit_alone(zhenggai: Runner, root: Path) -> None:
    assert len(hits(zhenggai("find", "消费", "--unit", "县财政局", "--format", "json", at=root))) == 1
    assert hits(zhenggai("find", "消费", "--unit", "县财政局", "--phase", "1", "--format", "json", at=root)) == []


def test_the_place_is_the_line_of_the_text_as_it_holds(zhenggai: Runner, root: Path) -> None:
    found = json.loads(zhenggai("find", "食堂", "--format", "json", at=root).out)["hits"]
    lines = [(root / hit["path"]).read_text("utf-8").splitlines()[hit["line"] - 1] for hit in found]
    assert [line.strip() for line in lines[1:]] == ["更正说明: 食堂没有完工", "佐证:", '内容: "机关食堂办法定稿"']
    assert "机关食堂公示" in lines[0]
    said = zhenggai("find", "食堂", "--行号", at=root).out
    assert all(f"　　{hit['path']}:{hit['line']}: " in said for hit in found)


def test_a_text_that_was_adjusted_has_the_place_of_the_adjustment(zhenggai: Runner, root: Path) -> None:
    plan = (root / "plans/p.yaml").read_text("utf-8")
    change = "    调整:\n    - 日期: 2020-05-01\n      依据: 纪要\n      字段: 内容\n      现: 食堂分步推进\n"
    write(root, {"plans/p.yaml": plan.replace("    内容: 分步推进\n", f"    内容: 分步推进\n{change}")})
    found = json.loads(zhenggai("find", "食堂分步", "--format", "json", at=root).out)["hits"]
    assert [(hit["measure"], hit["field"], hit["path"]) for hit in found] == [("2-3", "内容", "plans/p.yaml")]
    assert (root / "plans/p.yaml").read_text("utf-8").splitlines()[found[0]["line"] - 1] == "      现: 食堂分步推进"
    assert hits(zhenggai("find", "食堂分步", "--as-of", "2020-04-30", "--format", "json", at=root)) == []


def test_headings_and_symptoms_of_a_problem_are_searched_but_no_numbers(zhenggai: Runner, root: Path) -> None:
    plan = (root / "plans/p.yaml").read_text("utf-8")
    more = "  内容: 制度不落实\n  方面: [组织生活方面]\n  具体表现: [有的支部食堂议事]\n  同措施: [1-1]\n"
    write(root, {"plans/p.yaml": plan.replace("  内容: 制度不落实\n", more)})
    found = json.loads(zhenggai("find", "组织生活", "议事", "--format", "json", at=root).out)["hits"]
    assert [(hit["kind"], hit["problem"], hit["field"], hit["text"]) for hit in found] == [
        ("问题", 2, "方面", "组织生活方面"),
        ("问题", 2, "具体表现", "有的支部食堂议事"),
    ]
    assert hits(zhenggai("find", "1-1", "--format", "json", at=root)) == []


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("礼堂", "没有找到“礼堂”。\n"),
        ("礼堂 --unit 县教育局 --灯 红", "没有找到“礼堂”。\n"),
        ("礼堂 食堂", "没有哪条记录、哪项措施或问题里同时有“礼堂”“食堂”。\n"),
        (
            "食堂 教育局",
            "没有哪条记录、哪项措施或问题里同时有“食堂”“教育局”。\n　　只找教育局的：\n　　zhenggai find 食堂 --unit 教育局\n",
        ),
        ("1-1", "没有找到“1-1”。\n　　看措施1-1：\n　　zhenggai show 1-1\n"),
    ],
)
def test_that_there_is_nothing_is_said_with_what_may_have_been_meant(
    zhenggai: Runner, root: Path, line: str, said: str
) -> None:
    ran = zhenggai("find", *line.split(), at=root)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.endswith(f"　　{said}")
    assert ("（只看单位“县教育局”、灯“红”）" in ran.out) == ("--灯" in line)


def test_a_word_that_is_empty_is_refused(zhenggai: Runner, root: Path) -> None:
    assert zhenggai("find", " ", at=root) == Ran(
        2, "", "zhenggai：要找的词是空的\n  下一步：写上要找的词，如 zhenggai find 食堂\n"
    )
    assert zhenggai("find", at=root).code == 2
