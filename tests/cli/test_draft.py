"""``draft``: from a paper to a plan's file, to a list or to JSON; what is said, asked and refused."""

import json
from pathlib import Path

import pytest

from small_repo import UNITS, Ran, Runner, small_repo, tree
from terminal import CTRL_C, Keys, spoken

PAPER = """\
2020年作风整改方案
一、存在问题
（一）会风不实
（二）窗口不便民
二、整改措施
（一）针对会风不实的问题
1.制定精简会议的办法。（牵头单位：县委办；责任单位：教育局、县水利局；完成时限：2020年6月底前）
2.每季度通报一次会议的数量。（责任单位：各街道）
（二）针对窗口不便民的问题
1.设立反映窗口，2020年9月底前办成。
2020年3月5日
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = small_repo(tmp_path / "台账", "")
    (root / "方案.txt").write_text(PAPER, "utf-8")
    return root


WHY = "没有“责任单位：”，也没有写单位的括号"
DOUBTS = f"""\
找到2个问题、3项措施
要您看的 1 条：
  第10行：2-1 没有写责任单位（{WHY}）
3项措施没有写责任人：各单位认领时写，或写进方案
"""
UNIT = "- {名称: 县水利局, 简称: [水利局], 类别: 县直单位}"
CLASS = "- {名称: 街道, 别名: [各街道]}"
MISSING = f"单位册里没有的单位，1 个：\n{UNIT}\n单位册里没有的类别，1 类：\n{CLASS}\n"


def test_a_paper_becomes_a_plan_whose_gaps_check_names(zhenggai: Runner, root: Path) -> None:
    ran = zhenggai("draft", "方案.txt", "-o", "plans/zf.yaml", at=root)
    assert ran == Ran(
        1,
        "已写入 plans/zf.yaml\n",
        f"""\
{DOUBTS}{MISSING}以上几行贴进 plans/units.yaml（zhenggai edit 单位册）：单位贴在末尾，类别贴在“类别:”的下面
下一步：zhenggai edit zf，把写着“待定”的填好，存盘就检查
""",
    )
    assert (root / "plans/zf.yaml").read_text("utf-8") == (
        f"""\
# yaml-language-server: $schema=schema/plan.schema.json
# 从方案.txt起草，“原文第几行”是出处。
# 写着“待定”的由您定：把值写好，“# 待定：”几个字删去。
# 要看的：第10行：2-1 没有写责任单位（{WHY}）
编号: zf
标题: 2020年作风整改方案
年度: 2020
印发日期: 2020-03-05
审核: {{初审: 牵头单位, 复核: 县委组织部, 回避: [县委督查局]}}  # 原文没有写，照方案 p 定的
督办单位: 县委督查局  # 原文没有写，照方案 p 定的
问题:
- 编号: 1  # 原文第3行 （一）
  内容: 会风不实
  措施:
  - 编号: 1-1  # 原文第7行 1.
    内容: 制定精简会议的办法
    时限: 2020年6月底前
    牵头单位: [县委办]
    责任单位: [教育局, 县水利局]
  - 编号: 1-2  # 原文第8行 2.
    内容: 每季度通报一次会议的数量
    责任单位: [各街道]
    频次: 每季度
- 编号: 2  # 原文第4行 （二）
  内容: 窗口不便民
  措施:
  - 编号: 2-1  # 原文第10行 1.
    内容: 设立反映窗口，2020年9月底前办成
    时限: 2020年9月底前
    责任单位: []  # 待定：原文没有写
"""
    )
    faults = zhenggai("check", "--plan", "zf", at=root).out.splitlines()
    assert [line.split(": ", 1)[1].split(" — ")[0] for line in faults if "（" not in line.split(": ")[1]] == [
        "单位: 单位册里没有“县水利局”",
        "单位: 单位册里没有“各街道”",
        "任务件件有着落: 措施 2-1 没有责任单位",
    ]


def test_without_a_file_the_plan_is_shown_and_nothing_written(zhenggai: Runner, root: Path) -> None:
    before = tree(root)
    ran = zhenggai("起草", "方案.txt", at=root)
    assert ran.err == f"{DOUBTS}{MISSING}下一步：zhenggai draft 方案.txt -o plans/zf-2020.yaml，写成方案\n"
    assert ran.out.startswith("# yaml-language-server: ")
    assert tree(root) == before


def test_a_folder_gets_the_plan_under_its_number(zhenggai: Runner, root: Path) -> None:
    assert zhenggai("draft", "方案.txt", "-o", "plans", "--number", "zf-1", at=root).out == "已写入 plans/zf-1.yaml\n"
    assert "\n编号: zf-1\n" in (root / "plans/zf-1.yaml").read_text("utf-8")


def test_a_ledger_elsewhere_is_the_one_that_the_plan_is_written_to(
    zhenggai: Runner, root: Path, tmp_path: Path
) -> None:
    ran = zhenggai("draft", str(root / "方案.txt"), "-o", str(root / "plans"), at=tmp_path)
    assert ran.out == f"已写入 {root}/plans/zf-2020.yaml\n"
    assert "复核: 县委组织部" in (root / "plans/zf-2020.yaml").read_text("utf-8")


def test_json_has_the_problems_with_their_measures_and_the_doubts(zhenggai: Runner, root: Path) -> None:
    ran = zhenggai("draft", "方案.txt", "--format", "json", at=root)
    said = json.loads(ran.out)
    assert (said["title"], said["year"], said["issued"], said["phases"]) == (
        "2020年作风整改方案",
        2020,
        "2020-03-05",
        [],
    )
    assert [(p["number"], p["title"], p["line"], len(p["measures"])) for p in said["problems"]] == [
        (1, "会风不实", 3, 2),
        (2, "窗口不便民", 4, 1),
    ]
    assert said["problems"][0]["measures"][0] == {
        "number": "1-1",
        "content": "制定精简会议的办法",
        "line": 7,
        "lead": ["县委办"],
        "units": ["教育局", "县水利局"],
        "person": None,
        "deadline": "2020年6月底前",
        "due": "2020-06-30",
    }
    assert {"line": 10, "what": "2-1 没有写责任单位", "why": WHY} in said["doubts"]


def test_a_list_of_the_measures_is_a_file_like_any_report(zhenggai: Runner, root: Path) -> None:
    assert zhenggai("draft", "方案.txt", "-o", "措施.csv", at=root).code == 1
    heads, first, *_ = (root / "措施.csv").read_text("utf-8-sig").splitlines()
    assert heads == "问题号,问题,编号,内容,牵头单位,责任单位,责任人,时限,截止日,行"
    assert first == '1,会风不实,"1-1\t",制定精简会议的办法,县委办,教育局、县水利局,,2020年6月底前,2020-06-30,7'


def test_a_paper_without_doubts_ends_with_0(zhenggai: Runner, root: Path) -> None:
    (root / "全.txt").write_text(PAPER.replace("办成。", "办成。（责任单位：县财政局）"), "utf-8")
    ran = zhenggai("draft", "全.txt", at=root)
    assert ran.code == 0
    assert ran.err.startswith("找到2个问题、3项措施\n没有疑问\n")


def test_a_paper_without_structure_ends_with_3(zhenggai: Runner, root: Path) -> None:
    (root / "信.txt").write_text("同志们：\n天气渐凉，请注意添衣。\n", "utf-8")
    before = tree(root)
    assert zhenggai("draft", "信.txt", "-o", "plans/x.yaml", at=root) == Ran(
        3,
        "",
        "zhenggai：信.txt 里没有找到问题和措施，什么也没有写\n"
        "  下一步：换成写有问题和整改措施的方案；是表格的，用 zhenggai import 信.txt\n",
    )
    assert tree(root) == before


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["-o", "plans/p.yaml"], "plans/p.yaml 已在，没有写入"),
        (["-o", "plans", "--number", "p"], "plans/p.yaml 已在，没有写入"),
        (["-o", "方案/x.yaml"], "没有文件夹 方案，没有写入"),
        (["-o", "plans/x.yaml", "--number", "y"], "编号是 y，文件却叫 x.yaml，没有写入"),
        (["-o", "plans/x.json"], "plans/ 和 ledgers/ 里是数据，报告不写到那里，没有写入"),
        (["-o", "plans/units.yaml"], "plans/units.yaml 已在，没有写入"),
        (["--number", "a/b"], "方案编号不能用：“a/b”含有不能用于文件名的字符“/”"),
    ],
)
def test_what_cannot_be_written_is_refused(zhenggai: Runner, root: Path, arguments: list[str], said: str) -> None:
    before = tree(root)
    ran = zhenggai("draft", "方案.txt", *arguments, at=root)
    assert (ran.code, ran.out) == (2, "")
    assert f"zhenggai：{said}" in ran.err
    assert tree(root) == before


def test_at_a_terminal_the_missing_units_go_into_the_book(root: Path) -> None:
    ran = spoken(root, "draft", "方案.txt", "-o", "plans/zf.yaml", answers=[("加进单位册", "")])
    assert ran.code == 1
    assert "已写入 plans/zf.yaml 和 plans/units.yaml\n" in ran.out
    book = UNITS.replace("别名: [各乡镇]}\n", f"别名: [各乡镇]}}\n{CLASS}\n") + f"{UNIT}\n"
    assert (root / "plans/units.yaml").read_text("utf-8") == book


def test_giving_up_at_the_question_leaves_nothing(root: Path) -> None:
    before = tree(root)
    ran = spoken(root, "draft", "方案.txt", "-o", "plans/zf.yaml", answers=[("加进单位册", Keys(CTRL_C))])
    assert ran.code == 130
    assert tree(root) == before


def test_a_sample_plan_beside_it_that_nobody_filled_in_is_named(zhenggai: Runner, root: Path) -> None:
    assert zhenggai("init", "--plan", "zg-2020", "--title", "整改方案", at=root).code == 0
    said = zhenggai("draft", "方案.txt", "-o", "plans/zf.yaml", at=root).err
    assert "plans/zg-2020.yaml 还是 zhenggai init 写的样本，用不着的把这个文件删去\n" in said
    assert "plans/p.yaml" not in said


def test_a_plan_of_problems_alone_is_not_taken_for_a_sample(zhenggai: Runner, root: Path) -> None:
    (root / "方案.txt").write_text(PAPER.partition("二、整改措施")[0], "utf-8")
    ran = zhenggai("draft", "方案.txt", "-o", "plans/zf.yaml", at=root)
    assert ran.out == "已写入 plans/zf.yaml\n"
    assert "样本" not in ran.err
    assert "样本" not in zhenggai("draft", "方案.txt", "-o", "plans/zf2.yaml", at=root).err


def test_without_another_plan_the_unit_book_says_who_reviews(zhenggai: Runner, root: Path) -> None:
    (root / "plans/p.yaml").unlink()
    said = "审核: {初审: 牵头单位, 复核: 县委组织部, 回避: [县委督查局]}  # 原文没有写，照单位册定的\n"
    assert said in zhenggai("draft", "方案.txt", at=root).out


def test_outside_a_ledger_a_plan_is_drafted_all_the_same(zhenggai: Runner, tmp_path: Path) -> None:
    (tmp_path / "方案.txt").write_text(PAPER, "utf-8")
    ran = zhenggai("draft", "方案.txt", "-o", "zf.yaml", at=tmp_path)
    assert ran.out == "已写入 zf.yaml\n"
    assert "审核" not in (tmp_path / "zf.yaml").read_text("utf-8")
    assert ran.err.endswith("下一步：用 zhenggai init 建台账，把 zf.yaml 放进它的 plans/\n")
