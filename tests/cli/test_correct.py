"""``correct``: a 更正 beside the entry it names; whose, of what, and never at the cost of what stands behind it."""

from datetime import date
from pathlib import Path

import pytest

from small_repo import Ran, Runner, small_repo, snapshot_in, tree, write
from terminal import BACKSPACE, spoken

FILE = "ledgers/p/县教育局/2020-07.办公室.k3.yaml"
WRITER = ("--unit", "县教育局", "--writer", "办公室")
OFFICE = ("--unit", "县委组织部", "--writer", "办公室")
HISTORY = """\
04-10 县教育局 进展 1-1 内容=起草初稿 进度=40 佐证=县教发〔2020〕1号 #稿
05-20 县教育局 完成 1-1 #完
05-21 县教育局 申请销号 1-1 签批领导=王强 #案
05-22 县委办公室 初审 针对=案 结论=退回 原因=佐证不足
05-25 县教育局 经验 1-1 内容=先定办法再推开
05-26 县委督查局 督办 单位=县教育局 对象=单位 依据=规则 措施=1-1
"""
PROGRESS, DONE, LESSON, LETTER = "20200410-00000001", "20200520-00000002", "20200525-00000005", "20200526-00000006"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write(small_repo(tmp_path, HISTORY), {".zhenggai/clone": "k3"})


def written(root: Path, file: str = FILE) -> str:
    return (root / file).read_text("utf-8").partition("\n")[2]


def test_a_field_is_corrected_and_both_wordings_stay(root: Path, zhenggai: Runner) -> None:
    before = tree(root)
    ran = zhenggai("correct", "0001", "-p", "45", "内容=印发初稿", "--why", "笔误", *WRITER, at=root)
    assert (ran.code, ran.err) == (0, "")
    number, *rest = ran.out.splitlines()
    assert number.startswith("已记录 20200701-")
    assert rest[-3:] == ["更正 2020-04-10 进展 20200410-00000001", "  进度：40 → 45", "  内容：起草初稿 → 印发初稿"]
    assert written(root) == (
        "  日期: 2020-07-01\n  事项: 更正\n  针对: 20200410-00000001\n  更正说明: 笔误\n  进度: 45\n"
        "  内容: 印发初稿\n  填报人: 办公室\n"
    )
    assert {path: data for path, data in tree(root).items() if path != FILE} == before
    said = snapshot_in(root).said(PROGRESS)
    assert (getattr(said, "percent", None), said and said.content) == (45, "印发初稿")


def test_a_second_correction_begins_where_the_first_ended(root: Path, zhenggai: Runner) -> None:
    assert zhenggai("correct", "0001", "进度=45", *WRITER, at=root).code == 0
    ran = zhenggai("更正", "0001", "进度＝50%", *WRITER, at=root)
    assert ran.out.splitlines()[-1] == "  进度：45 → 50"
    assert zhenggai("correct", "0001", "进度=50", *WRITER, at=root).code == 2


def test_a_withdrawn_entry_counts_no_more(root: Path, zhenggai: Runner) -> None:
    ran = zhenggai("更正", "0005", "--作废", "--说明", "记错措施", *WRITER, at=root)
    assert (ran.code, ran.out.splitlines()[-1]) == (0, "作废 2020-05-25 经验 20200525-00000005")
    assert snapshot_in(root).said(LESSON) is None
    ran = zhenggai("correct", "0005", "--void", *WRITER, at=root)
    assert ran == Ran(2, "", "zhenggai：20200525-00000005 已经作废，没有写入\n  下一步：重新记录\n")


def test_evidence_is_given_anew_and_what_was_there_may_be_kept(root: Path, zhenggai: Runner) -> None:
    paper = write(root.parent, {"办法.docx": "x"}) / "办法.docx"
    ran = zhenggai("correct", "0001", "-e", "县教发〔2020〕1号", "-e", str(paper), *WRITER, at=root)
    assert ran.code == 0, ran.err
    said = snapshot_in(root).said(PROGRESS)
    assert said is not None
    assert said.evidence == ("县教发〔2020〕1号", "附件/2020-07/办法.2d711642.docx")
    assert (root / "ledgers/p/县教育局" / said.evidence[1]).read_text("utf-8") == "x"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("0001", "进度=120"), "进度：进度“120”不是 0 到 100 的整数，没有写入\n  下一步：写成百分数的整数部分，如 40"),
        (("0001", "进度=40"), "和现在的一样，没有写入\n  下一步：核对编号，或写明改成什么"),
        (("0001", "进度"), "“进度”没有写改成什么，没有写入\n  下一步：写成 进度=40 的样子，有空格的加引号"),
        (("0001", "至=2020-08-31"), "“进展”的“至”不能更正，没有写入"),
        (("0001", "日期=2020-04-11"), "“进展”的“日期”不能更正，没有写入"),
        (("0001", "步骤=1-1-9"), "措施 1-1 没有步骤 1-1-9\n  现有：没有分步骤"),
        (("0001", "--void", "-p", "3"), "作废就是整条不算，不能同时改动，没有写入"),
        (("0001",), "还缺 1 项，没有写入\n  缺 改动：写在编号后面，如 进度=40；或加 --void 作废"),
        (("9999", "进度=40"), "没有编号以“9999”结尾的记录"),
        (("0001", "进度=41", "--date", "2020-04-09"), "没有写入：\n  日期 2020-04-09 早于原记录"),
        (("0006", "依据=约谈"), "20200526-00000006 是县委督查局记录的，县教育局不能更正，没有写入"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_written(
    root: Path, zhenggai: Runner, arguments: tuple[str, ...], says: str
) -> None:
    before = tree(root)
    ran = zhenggai("correct", *arguments, *WRITER, at=root)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"zhenggai：{says}"), ran.err
    assert tree(root) == before


def test_other_fields_are_withdrawn_and_recorded_anew(root: Path, zhenggai: Runner) -> None:
    ran = zhenggai("correct", "0005", "措施=1-2", *WRITER, at=root)
    assert ran.err == (
        "zhenggai：“经验”的“措施”不能更正，没有写入\n  能更正的有：内容、佐证\n"
        "  其他记错的：作废后重新记录（zhenggai correct 00000005 --void）\n"
    )


def test_a_correction_is_not_corrected_but_its_original_again(root: Path, zhenggai: Runner) -> None:
    ran = zhenggai("correct", "0001", "进度=45", *WRITER, at=root)
    number = ran.out.split()[1]
    ran = zhenggai("correct", number, "进度=46", *WRITER, at=root)
    assert ran.err == f"zhenggai：{number} 本身是更正，没有写入\n  下一步：再更正原记录：zhenggai correct 00000001 …\n"


def test_what_later_entries_stand_on_is_not_withdrawn(root: Path, zhenggai: Runner) -> None:
    ran = zhenggai("correct", "0002", "--void", *WRITER, at=root)
    assert ran.code == 2
    assert ran.err == (
        "zhenggai：没有写入：\n"
        "  ledgers/p/县委办公室/2020-05.办公室.aa.yaml:1 的记录就不成立了：任务整改中，不能记“初审”\n    核对这一条；确实如此的，先由其记录单位作废，从最后一条起\n"
        "  ledgers/p/县教育局/2020-05.办公室.aa.yaml:7 的记录就不成立了：任务整改中，不能记“申请销号”\n    核对这一条；确实如此的，先由其记录单位作废，从最后一条起\n"
    )


def test_the_corrected_entry_must_be_one_that_could_have_been_written(root: Path, zhenggai: Runner) -> None:
    office = ("--unit", "县委办公室", "--writer", "办公室")
    ran = zhenggai("correct", "0004", "结论=再议", *office, at=root)
    assert (ran.code, ran.err.splitlines()[1]) == (2, "  “再议”不是“结论”能填的值")
    ran = zhenggai("correct", "0002", "结论=经核查不存在", *WRITER, at=root)
    assert (ran.code, ran.err.splitlines()[1]) == (2, "  经核查不存在须写明依据")


def test_a_correction_that_the_entry_itself_would_not_survive_is_refused(tmp_path: Path, zhenggai: Runner) -> None:
    line = "06-01 县教育局 申请延期 1-1 至=2020-08-31 原因=疫情"
    root = write(small_repo(tmp_path, line), {".zhenggai/clone": "k3"})
    ran = zhenggai("correct", "0001", "至=2020-06-15", *WRITER, at=root)
    assert (ran.code, ran.err) == (
        2,
        "zhenggai：没有写入：\n  ledgers/p/县教育局/2020-06.办公室.aa.yaml:1 的记录就不成立了：延至 2020-06-15 不晚于现时限 2020-06-30\n"
        "    核对这一条；确实如此的，先由其记录单位作废，从最后一条起\n",
    )


def test_what_is_wrong_is_mended_by_withdrawing_it(tmp_path: Path, zhenggai: Runner) -> None:
    root = write(small_repo(tmp_path, "04-10 县教育局 申请销号 1-1 签批领导=王强"), {".zhenggai/clone": "k3"})
    assert zhenggai("status", at=root).code == 1
    ran = zhenggai("correct", "0001", "--void", *WRITER, at=root)
    assert (ran.code, ran.err) == (0, "")
    assert zhenggai("status", at=root).code == 0


def test_a_letter_to_a_whole_unit_is_corrected_too(tmp_path: Path, zhenggai: Runner) -> None:
    line = "05-26 县委督查局 督办 单位=县教育局 对象=单位 依据=规则 期限=2020-06-10"
    root = write(small_repo(tmp_path, line), {".zhenggai/clone": "k3"})
    ran = zhenggai("correct", "0001", "期限=6月30日", "--unit", "县委督查局", "--writer", "办公室", at=root)
    assert ran.code == 2
    ran = zhenggai("correct", "0001", "期限=2020-06-30", "--unit", "县委督查局", "--writer", "办公室", at=root)
    assert (ran.code, ran.out.splitlines()[-1]) == (0, "  期限：2020-06-10 → 2020-06-30")
    assert getattr(snapshot_in(root).said("20200526-00000001"), "time_limit", None) == date(2020, 6, 30)
    assert zhenggai("check", at=root).code == 0


def test_the_registers_are_corrected_too_and_keep_their_order(tmp_path: Path, zhenggai: Runner) -> None:
    ledger = """
    04-01 县委组织部 软弱涣散 党组织=局支部 事由=认定 原因=后进
    06-01 县委组织部 软弱涣散 党组织=局支部 事由=验收 验收得分=65
    """
    book = "党组织:\n- {名称: 局支部, 单位: 县教育局, 类别: 支部, 上次换届: 2018-06-01}\n"
    root = write(small_repo(tmp_path, ledger.strip()), {"plans/organisations.yaml": book, ".zhenggai/clone": "k3"})
    ran = zhenggai("correct", "0002", "验收得分=82", *OFFICE, at=root)
    assert (ran.code, ran.out.splitlines()[-1]) == (0, "  验收得分：65 → 82")
    ran = zhenggai("correct", "0001", "--void", *OFFICE, at=root)
    assert (ran.code, "2020-06.办公室.aa.yaml:1 的记录就不成立了" in ran.err) == (2, True)
    assert zhenggai("correct", "0002", "--void", *OFFICE, at=root).code == 0
    assert zhenggai("correct", "0001", "--void", *OFFICE, at=root).code == 0


ASKED = [
    ("进度", f"{BACKSPACE * 2}四十五"),
    ("进度“四十五”不是", f"{BACKSPACE * 3}45"),
    ("步骤", ""),
    ("指标值", ""),
    ("指标基数", ""),
    ("存在问题", "人手少"),
]
ASKED += [
    ("原因", ""),
    ("下步打算", ""),
    ("制度成果", ""),
    ("内容", ""),
    ("佐证", ""),
    ("为什么更正", "笔误"),
    ("写入？", ""),
]


def test_at_a_terminal_every_field_is_asked_for_with_what_it_says_now(root: Path, home: Path) -> None:
    ran = spoken(root, "correct", "0001", *WRITER, answers=ASKED)
    assert ran.code == 0, ran.out
    for said in ("更正 2020-04-10 进展 20200410-00000001，不改的直接回车", "进度：40", "内容：起草初稿"):
        assert said in ran.out
    assert ran.out.endswith("  进度：40 → 45\n  存在问题：（空） → 人手少\n")
    assert "  存在问题: 人手少\n" in written(root)
