"""``inspect``, ``lookback``, ``urge``, ``remind``: what is written, what is refused, what is listed."""

import csv
import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from small_repo import NOW, PLAN, Ran, Runner, small_repo, tree, write
from zhenggai.cli.answers import answer_schema

CLOSING = """
04-10 {u} 进展 1-1 佐证=县发〔2020〕1号
04-11 {u} 完成 1-1
04-12 {u} 申请销号 1-1 签批领导=镇长 #申{u}
04-13 县委办公室 初审 针对=申{u} 结论=通过 #初{u}
04-14 县委组织部 复核 针对=初{u} 结论=通过 #复{u}
04-15 县委组织部 销号公示 针对=复{u} 起=2020-03-15 止=2020-03-21 #公{u}
04-16 县委组织部 销号 针对=公{u} 措施摘要=0 #销{u}
"""
LEDGER = CLOSING.format(u="城关镇") + CLOSING.format(u="河东乡") + "06-10 县教育局 进展 1-1 进度=40 原因=人手不足\n"
ME = ("--by", "县委督查局", "--writer", "督查科")
FILE = "ledgers/p/县委督查局/2020-07.督查科.k3.yaml"

pytestmark = pytest.mark.usefixtures("chance")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write(small_repo(tmp_path / "repo", LEDGER), {".zhenggai/clone": "k3"})


def written(root: Path) -> str:
    path = root / FILE
    return path.read_text("utf-8") if path.exists() else ""


# --- inspect


def test_an_inspection_is_written_and_reopens_a_closed_task(zhenggai: Runner, root: Path) -> None:
    write(root.parent, {"照片.jpg": b"jpg"})
    ran = zhenggai(
        *("inspect", "1-1", "不实", "台账是补的", "--unit", "城关镇", "--method", "暗访", "--where", "镇政府三楼"),
        *("--new-finding", "会议记录缺三次", "-e", "../照片.jpg", *ME),
        at=root,
    )
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines()[1] == "1-1 城关镇：整改中，红灯（逾期 1 天）（原 已销号）"
    assert (
        written(root)
        == """\
- 编号: 20200701-cnan0007
  日期: 2020-07-01
  措施: 1-1
  单位: 城关镇
  事项: 督查
  方式: 暗访
  地点: 镇政府三楼
  结论: 不实
  新发现问题: 会议记录缺三次
  内容: 台账是补的
  佐证:
  - 附件/2020-07/照片.f8146b6c.jpg
  填报人: 督查科
"""
    )


def test_a_unit_as_a_whole_is_inspected_where_no_measure_is_named(zhenggai: Runner, root: Path) -> None:
    ran = zhenggai("督查", "属实", "台账齐全", "--单位", "教育局", "--方式", "明察", *ME, at=root)
    assert ran == Ran(0, f"已记录 20200701-cnan0007\n写入 {FILE}\n", "")
    assert (
        written(root)
        == """\
- 编号: 20200701-cnan0007
  日期: 2020-07-01
  单位: 县教育局
  事项: 督查
  方式: 明察
  结论: 属实
  内容: 台账齐全
  填报人: 督查科
"""
    )
    assert "督查" in zhenggai("show", "县教育局", at=root).out


def test_several_tasks_are_shown_before(zhenggai: Runner, root: Path) -> None:
    ran = zhenggai("inspect", "1-1", "反弹", "又停了", "--method", "明察", *ME, at=root)
    assert ran == Ran(
        2,
        "",
        """\
督查（反弹） 3 件：
  1-1 城关镇：已销号 → 整改中
  1-1 河东乡：已销号 → 整改中
  1-1 县教育局：整改中
zhenggai：共 3 件，没有写入
  下一步：核对以上各件后加 --yes 写入，或用筛选缩小范围
""",
    )
    assert written(root) == ""
    assert zhenggai("inspect", "1-1", "反弹", "又停了", "--method", "明察", "--yes", *ME, at=root).code == 0
    assert written(root).count("事项: 督查") == 3


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ["inspect"],
            "还缺 6 项，没有写入\n"
            "  缺 督查谁：写措施（如 3-2），或加 --unit 单位（督查整个单位）\n"
            "  缺 结论：写 属实、不实、反弹 之一\n"
            "  缺 内容：看到了什么，写在结论后面，加引号\n"
            "  缺 方式：加 --method，写 明察、暗访、调研 之一\n"
            "  缺 记录单位：加 --by 单位，或设环境变量 ZHENGGAI_UNIT，或 git config zhenggai.unit 单位\n"
            "  缺 填报人：加 --writer 岗位，或设环境变量 ZHENGGAI_WRITER，或 git config zhenggai.writer 岗位\n",
        ),
        (
            ["inspect", "1-1", "真实", "看了", "--method", "明察", *ME],
            "看不懂“真实”，没有写入\n  可写：属实、不实、反弹\n",
        ),
        (
            ["inspect", "1-1", "属实", "看了", "--method", "抽查", *ME],
            "看不懂“抽查”，没有写入\n  可写：明察、暗访、调研\n",
        ),
        (
            ["inspect", "属实", "看了", "--unit", "乡镇", "--method", "明察", *ME],
            "“乡镇”是一类单位，有 2 个，没有写入\n  下一步：--unit 只写一个单位，或写明措施\n",
        ),
        (
            ["inspect", "1-1", "属实", "看了", "两遍", "--method", "明察", *ME],
            "多出了“两遍”，没有写入\n  下一步：有空格的文字要加引号\n",
        ),
        (
            [
                "inspect",
                "1-1",
                "属实",
                "看了",
                "--unit",
                "城关镇",
                "--method",
                "明察",
                "--by",
                "县财政局",
                "--writer",
                "甲",
            ],
            "没有写入：\n  1-1 城关镇：“督查”应由督办单位（县委督查局）记录\n    由有权单位在自己的文件夹中记录\n",
        ),
        (
            ["inspect", "属实", "看了", "--unit", "城关镇", "--method", "明察", "--by", "县财政局", "--writer", "甲"],
            "没有写入：\n  “督查”应由县委督查局记录\n    由有权单位在自己的文件夹中记录\n",
        ),
    ],
)
def test_what_cannot_be_is_refused(zhenggai: Runner, root: Path, arguments: list[str], said: str) -> None:
    before = tree(root)
    assert zhenggai(*arguments, at=root) == Ran(2, "", f"zhenggai：{said}")
    assert tree(root) == before


def test_a_dry_run_about_a_whole_unit_writes_nothing(zhenggai: Runner, root: Path) -> None:
    ran = zhenggai("inspect", "属实", "看了", "--unit", "城关镇", "--method", "明察", "--dry-run", *ME, at=root)
    assert ran == Ran(0, "", "督查 1 件：\n  城关镇\n只是预览，没有写入\n")
    assert written(root) == ""


# --- lookback


def test_the_list_says_what_is_due(zhenggai: Runner, root: Path) -> None:
    assert zhenggai("lookback", "--as-of", "2020-07-20", at=root) == Ran(
        0,
        """\
整改方案：回头看

　　截至 2020-07-20

措施    单位      轮次  销号        应查日      情况      过期天数  回头看    记录单位
------  ------  ------  ----------  ----------  ------  ----------  --------  ----------
1-1     城关镇       1  2020-04-16  2020-07-15  应查             5
1-1     河东乡       1  2020-04-16  2020-07-15  应查             5

　　截至7月20日，销号2件次，销号满90天回头看：应查2件、未到期0件、反弹0件、属实0件。
""",
        "",
    )


def test_a_look_back_names_the_close_out(zhenggai: Runner, root: Path) -> None:
    ran = zhenggai("lookback", "1-1", "反弹", "又停了", "--unit", "城关镇", *ME, at=root)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines()[1] == "1-1 城关镇：整改中，红灯（逾期 1 天）（原 已销号）"
    assert (
        written(root)
        == """\
- 编号: 20200701-cnan0007
  日期: 2020-07-01
  措施: 1-1
  单位: 城关镇
  事项: 回头看
  针对: 20200416-00000007
  结论: 反弹
  内容: 又停了
  填报人: 督查科
"""
    )
    rounds = json.loads(zhenggai("回头看", "1-1", "--format", "json", at=root).out)["rounds"]
    assert [(r["unit"], r["stage"], r["looked_back"], r["recorder"], r["days"]) for r in rounds] == [
        ("河东乡", "未到期", None, None, -14),
        ("城关镇", "反弹", "2020-07-01", "县委督查局", None),
    ]


def test_a_batch_leaves_out_what_was_looked_at_in_this_round(zhenggai: Runner, root: Path) -> None:
    assert zhenggai("lookback", "1-1", "属实", "--unit", "城关镇", *ME, at=root).code == 0
    ran = zhenggai("lookback", "属实", "--problem", "1", "--yes", *ME, at=root, now=NOW.replace(minute=31))
    assert (ran.code, ran.err) == (
        0,
        "回头看（属实） 1 件：\n  1-1 河东乡：已销号\n不在其列 1 件：\n  1-1 城关镇：本轮已于 2020-07-01 回头看\n",
    )
    assert written(root).count("结论: 属实") == 2
    passed = list(csv.DictReader(zhenggai("lookback", "--format", "csv", at=root).out.splitlines()))
    assert [(r["单位"], r["情况"], r["回头看"]) for r in passed] == [
        ("城关镇", "属实", "2020-07-01"),
        ("河东乡", "属实", "2020-07-01"),
    ]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ["属实"],
            "没有写回头看了哪些任务，没有写入\n  下一步：写措施（3-2），或用 --unit、--problem、--phase 筛选\n",
        ),
        (
            ["1-1", "反弹", "--unit", "城关镇"],
            "还缺 1 项，没有写入\n  缺 内容：反弹成什么样，写在结论后面，加引号\n",
        ),
        (
            ["1-1", "属实", "--unit", "县教育局"],
            "没有写入：\n  1-1 县教育局：任务整改中，销号以后才回头看\n",
        ),
        (
            ["1-1", "属实", "--as-of", "2020-06-30"],
            "记录结论时不用 --as-of、--format、-o，没有写入\n  下一步：哪天查的写 --date\n",
        ),
        (["看看"], "看不懂“看看”\n  可写：措施（3-2）或问题（3），属实、反弹\n"),
    ],
)
def test_a_look_back_that_cannot_be(zhenggai: Runner, root: Path, arguments: list[str], said: str) -> None:
    before = tree(root)
    assert zhenggai("lookback", *arguments, *ME, at=root) == Ran(2, "", f"zhenggai：{said}")
    assert tree(root) == before


def test_an_empty_list_is_said_plainly(zhenggai: Runner, root: Path) -> None:
    assert "没有需要回头看的任务" in zhenggai("lookback", "--unit", "县教育局", at=root).out


# --- urge


def test_the_step_that_the_ladder_is_due_for_is_the_default(zhenggai: Runner, root: Path) -> None:
    ran = zhenggai("urge", "1-1", "--unit", "县教育局", *ME, at=root)
    assert (ran.code, ran.err) == (0, "")
    assert (
        written(root)
        == """\
- 编号: 20200701-cnan0007
  日期: 2020-07-01
  措施: 1-1
  单位: 县教育局
  事项: 督办
  对象: 单位及主要负责人
  依据: 逾期1天
  期限: 2020-07-08
  填报人: 督查科
"""
    )
    again = zhenggai("督办", "1-1", "--单位", "县教育局", *ME, at=root)
    assert again == Ran(
        2,
        "",
        "zhenggai：没有写入：\n  1-1 县教育局：2020-07-01 已督办（cnan0007）；确要再办，写明事项和 --basis\n",
    )


def test_everything_may_be_said(zhenggai: Runner, root: Path) -> None:
    ran = zhenggai(
        *("urge", "1-1", "问责", "限期说明", "--unit", "县教育局", "--to", "局长", "--basis", "县纪委建议"),
        *("--reply-by", "2020-07-20", "--organisations", "1", "--people", "2", *ME),
        at=root,
    )
    assert ran.code == 0
    assert written(root).splitlines()[4:-1] == [
        "  事项: 问责",
        "  对象: 局长",
        "  依据: 县纪委建议",
        "  期限: 2020-07-20",
        "  组织数: 1",
        "  人数: 2",
        "  内容: 限期说明",
    ]


def test_a_batch_takes_the_tasks_that_are_due_for_it(zhenggai: Runner, root: Path) -> None:
    ran = zhenggai("urge", "--problem", "1", *ME, at=root)
    assert ran == Ran(
        2,
        "",
        """\
督办 2 件：
  1-1 县教育局：督办，单位及主要负责人，逾期1天
  1-2 县教育局：通报，单位及主要负责人，逾期107天
zhenggai：共 2 件，没有写入
  下一步：核对以上各件后加 --yes 写入，或用筛选缩小范围
""",
    )
    assert zhenggai("urge", "督办", "--problem", "1", "--yes", *ME, at=root).code == 0
    assert written(root).count("事项: 督办") == 1


def test_with_a_basis_a_batch_takes_all_that_are_open(zhenggai: Runner, root: Path) -> None:
    ran = zhenggai("urge", "提醒", "--problem", "1-1", "--basis", "月底调度", "--dry-run", *ME, at=root)
    assert ran.err.splitlines()[:5] == [
        "提醒 1 件：",
        "  1-1 县教育局：提醒，书记、分管领导，月底调度",
        "不在其列 2 件：",
        "  1-1 城关镇：任务已销号",
        "  1-1 河东乡：任务已销号",
    ]


def test_a_letter_to_a_whole_unit(zhenggai: Runner, root: Path) -> None:
    ran = zhenggai("urge", "约谈", "--unit", "教育局", "--whole", "--basis", "连续三个月红灯", *ME, at=root)
    assert ran == Ran(0, f"已记录 20200701-cnan0007\n写入 {FILE}\n", "")
    assert (
        written(root)
        == """\
- 编号: 20200701-cnan0007
  日期: 2020-07-01
  单位: 县教育局
  事项: 约谈
  对象: 主要负责人
  依据: 连续三个月红灯
  期限: 2020-07-08
  填报人: 督查科
"""
    )
    lines = json.loads(zhenggai("remind", "--ladder", "--unit", "县教育局", "--format", "json", at=root).out)["tasks"]
    assert [(line["measure"], line["kind"], line["state"]) for line in lines] == [
        ("1-2", "通报", "未记录"),
        ("1-1", "督办", "已记录"),
    ]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "还缺 1 项，没有写入\n  缺 督办谁：写措施（如 3-2），或用 --unit、--problem、--phase 筛选\n"),
        (
            ["提醒", "--unit", "乡镇"],
            "所选任务都没有走到督办阶梯上，没有写入\n  下一步：确要督办，写明事项和 --basis\n",
        ),
        (
            ["1-1", "通报", "--unit", "县教育局"],
            "没有写入：\n  1-1 县教育局：按督办阶梯应督办；确要通报，写明 --basis\n",
        ),
        (
            ["1-1", "约谈", "--unit", "县教育局", "--whole", "--basis", "规则"],
            "--whole 督办整个单位，没有写入\n  下一步：只写 --unit 单位，不写措施、问题、阶段\n",
        ),
        (
            ["--unit", "县教育局", "--whole"],
            "还缺 2 项，没有写入\n  缺 事项：写 提醒、督办、告诫、约谈、通报、问责 之一\n  缺 依据：加 --basis 文字\n",
        ),
        (
            ["1-1", "--unit", "县教育局", "--reply-by", "2020-06-01"],
            "期限 2020-06-01 早于 2020-07-01，没有写入\n  下一步：写更晚的日期\n",
        ),
    ],
)
def test_a_letter_that_cannot_be(zhenggai: Runner, root: Path, arguments: list[str], said: str) -> None:
    before = tree(root)
    assert zhenggai("urge", *arguments, *ME, at=root) == Ran(2, "", f"zhenggai：{said}")
    assert tree(root) == before


ORDER = """\
整改督办单

　　〔2020〕　　　　号
　　县教育局及其主要负责人：
　　截至2020年7月1日，《整改方案》交由你单位承担的任务，1项已逾期，现予督办：
　　1．1-1 制定办法：时限2020年6月底前（截止2020年6月30日），已逾期1天。目前整改中，进度40%，最近一次记录6月10日。原因：人手不足。
　　要求：周五前报进度。
　　请主要负责人亲自过问，逐项查明原因、定出措施，于2020年7月6日前书面回复办理情况和完成日期，由主要负责人签字。
　　特此督办。
　　县委督查局
　　2020年7月1日
　　（联系人：　　　　，电话：　　　　）
　　签收人：　　　　　　　　签收日期：
　　抄送：
"""


def test_the_paper_of_a_step_is_written_with_it(zhenggai: Runner, root: Path) -> None:
    ran = zhenggai(
        *("urge", "1-1", "督办", "周五前报进度", "--unit", "县教育局", "--reply-by", "2020-07-06"),
        *("-o", "../督办单.txt", *ME),
        at=root,
    )
    assert (ran.code, ran.err) == (0, f"已写入 {Path('../督办单.txt')}\n")
    assert (root.parent / "督办单.txt").read_text("utf-8") == ORDER
    assert written(root).count("事项: 督办") == 1


def test_the_paper_alone_records_nothing(zhenggai: Runner, root: Path) -> None:
    before = tree(root)
    ran = zhenggai(
        *("督办", "1-1", "周五前报进度", "--单位", "县教育局", "--期限", "2020-07-06", "--文书", *ME), at=root
    )
    assert ran == Ran(0, ORDER, "只出文书，没有记入台账\n")
    assert tree(root) == before


def test_a_recorded_step_can_be_put_on_paper_again(zhenggai: Runner, root: Path) -> None:
    assert zhenggai("urge", "1-1", "--unit", "县教育局", *ME, at=root).code == 0
    again = zhenggai("urge", "1-1", "督办", "--basis", "逾期1天", "--unit", "县教育局", "--paper", *ME, at=root)
    assert (again.code, again.out.splitlines()[0]) == (0, "整改督办单")


def test_the_papers_of_a_batch_go_to_a_folder(zhenggai: Runner, root: Path) -> None:
    ran = zhenggai("urge", "--problem", "1", "--yes", "-o", "../文书/", *ME, at=root)
    assert (ran.code, ran.err.splitlines()[-1]) == (0, f"已写入 {Path('../文书')} 中 2 个文件")
    assert sorted(path.name for path in (root.parent / "文书").iterdir()) == [
        "01-整改督办单-县教育局-单位及主要负责人.txt",
        "02-整改情况通报-县教育局-单位及主要负责人.txt",
    ]
    assert written(root).count("- 编号") == 2


def test_the_papers_of_a_batch_stand_in_one_answer(zhenggai: Runner, root: Path) -> None:
    ran = zhenggai("urge", "--problem", "1", "周五前报进度", "--paper", "--format", "json", *ME, at=root)
    letters = json.loads(ran.out)
    Draft202012Validator(answer_schema("urge")).validate(letters)
    assert [(letter["kind"], letter["demand"]) for letter in letters["letters"]] == [
        ("督办", "周五前报进度"),
        ("通报", "周五前报进度"),
    ]


def test_a_whole_unit_gets_a_paper(zhenggai: Runner, root: Path) -> None:
    ran = zhenggai(
        *("urge", "约谈", "--unit", "教育局", "--whole", "--basis", "连续三个月红灯", "--paper", *ME), at=root
    )
    assert ran.out.splitlines()[:6] == [
        "整改约谈通知书",
        "",
        "　　〔2020〕　　　　号",
        "　　县教育局主要负责人：",
        "　　截至2020年7月1日，你单位承担的《整改方案》任务，整体整改不力，现通知你接受约谈，事由如下：",
        "　　1．整改工作：连续三个月红灯。",
    ]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (
            ["--format", "json"],
            "--format、--force 是文书的选项，没有写入\n  下一步：加 --paper 只出文书，或加 -o 文件\n",
        ),
        (["-o", "plans/督办单.txt"], "plans/ 和 ledgers/ 里是数据，报告不写到那里，没有写入\n  下一步：换一个文件夹\n"),
        (["-o", "督办单.ics"], "日历（.ics）只有 zhenggai due 有\n  下一步：zhenggai due -o 到期.ics\n"),
    ],
)
def test_where_the_paper_cannot_be_nothing_is_recorded(
    zhenggai: Runner, root: Path, options: list[str], said: str
) -> None:
    before = tree(root)
    assert zhenggai("urge", "1-1", "--unit", "县教育局", *options, *ME, at=root) == Ran(2, "", f"zhenggai：{said}")
    assert tree(root) == before


# --- remind


def test_the_ladder_as_a_table(zhenggai: Runner, root: Path) -> None:
    assert zhenggai("urge", "1-1", "--unit", "县教育局", "--reply-by", "2020-07-02", *ME, at=root).code == 0
    ran = zhenggai("remind", "--ladder", "--as-of", "2020-07-03", at=root)
    assert ran == Ran(
        0,
        """\
整改方案：督办阶梯

　　截至 2020-07-03

措施    单位      应办    对象              依据       起算日      情况        办理
------  --------  ------  ----------------  ---------  ----------  ----------  ---------------------------
1-2     县教育局  通报    单位及主要负责人  逾期109天  2020-04-15  未记录
1-1     县教育局  督办    单位及主要负责人  逾期3天    2020-07-01  逾期未回复  2020-07-01，期限 2020-07-02

　　截至7月3日，应办未记录1件（通报1件），逾期未回复1件。
　　zhenggai urge 1-2 --unit 县教育局
""",
        "",
    )


def test_a_letter_for_each_addressee(zhenggai: Runner, root: Path) -> None:
    ran = zhenggai("remind", "--unit", "县教育局", at=root)
    assert ran == Ran(
        0,
        """\
整改方案：函件 1 份

　　整改情况通报
　　〔2020〕　　　　号
　　各责任单位：
　　截至2020年7月1日，县教育局承担的《整改方案》任务，2项已逾期，现予通报：
　　1．1-2 立即改正：立行立改（截止2020年3月16日），已逾期107天。目前未启动，还没有记录。
　　2．1-1 制定办法：时限2020年6月底前（截止2020年6月30日），已逾期1天。目前整改中，进度40%，最近一次记录6月10日。原因：人手不足。
　　县教育局要对照检查，立即整改，于2020年7月8日前报送整改情况；仍未整改到位的，按规定提请问责。其他责任单位要引以为戒，对照自查。
　　特此通报。
　　县委督查局
　　2020年7月1日
　　抄送：
""",
        "函件是文稿，没有记入台账；发出后的记录命令见 zhenggai remind --ladder\n",
    )


@pytest.mark.parametrize(
    ("place", "why"),
    [
        ("file/", "路径中有不是文件夹的"),
        ("file/in/", "路径中有不是文件夹的"),
        pytest.param("长" * 300, "文件名太长", marks=pytest.mark.unix("error of its own for a long name")),
    ],
)
def test_a_place_that_cannot_hold_letters_is_named(zhenggai: Runner, root: Path, place: str, why: str) -> None:
    (root / "file").write_text("甲", "utf-8")
    ran = zhenggai("remind", "-o", place, "--as-of", "2020-06-20", at=root)
    assert ran.code == 3
    assert f"：{why}\n  下一步：检查磁盘空间和网络盘\n" in ran.err
    assert (root / "file").read_text("utf-8") == "甲"


def test_a_letter_s_file_has_a_name_that_can_be_seen(zhenggai: Runner, root: Path) -> None:
    step = '{逾期天数: 1, 事项: 督办, 对象: "书\\0记\\e\\u202e"}'
    write(root, {"plans/p.yaml": PLAN.replace("阶段:", f"规则: {{督办阶梯: [{step}]}}\n阶段:", 1)})
    assert zhenggai("remind", "-o", "../函件/", "--as-of", "2020-07-03", at=root).code == 0
    names = [path.name for path in (root.parent / "函件").iterdir()]
    assert [name for name in names if "记_" in name] == ["02-整改督办单-县教育局-书_记__.txt"]


def test_a_file_for_each_addressee(zhenggai: Runner, root: Path) -> None:
    before = tree(root)
    ran = zhenggai("提醒函", "-o", "../函件/", "--截至", "2020-06-20", at=root)
    assert (ran.code, ran.out) == (0, "")
    assert ran.err.splitlines()[-1] == f"已写入 {Path('../函件')} 中 4 个文件"
    files = {path.name: path.read_text("utf-8") for path in sorted((root.parent / "函件").iterdir())}
    assert list(files) == [
        "01-整改情况通报-县教育局-单位及主要负责人.txt",
        "02-整改提醒书-县教育局-书记.txt",
        "03-整改提醒书-县教育局-分管领导.txt",
        "04-整改提醒书-县财政局-书记.txt",
    ]
    assert (
        files["04-整改提醒书-县财政局-书记.txt"]
        == """\
整改提醒书

　　县财政局书记：
　　截至2020年6月20日，《整改方案》中由你单位负责的事项，2项已逾期、2项即将到期，现提醒如下：
　　1．2-2 主题党日：例行2020年4月（截止2020年4月30日），已逾期51天。
　　2．2-2 主题党日：例行2020年5月（截止2020年5月31日），已逾期20天。
　　3．2-2 主题党日：例行2020年6月（截止2020年6月30日），还有10天。
　　4．2-1 坚持学习：长期评估（截止2020年7月10日），还有20天。
　　请对照时限抓紧办理，于2020年6月27日前回复进展和办结日期。
　　特此提醒。
　　县委督查局
　　2020年6月20日
　　（联系人：　　　　，电话：　　　　）
"""
    )
    assert tree(root) == before


def test_nothing_to_say_is_said_plainly(zhenggai: Runner, root: Path) -> None:
    ran = zhenggai("remind", "--unit", "城关镇", at=root)
    assert ran.out.splitlines()[-1] == "　　截至 2020-07-01，没有逾期和 20 天内到期的事项，不用发函。"
    assert ran.err == ""


ORGANISATIONS = """\
党组织:
- {名称: 局机关党支部, 单位: 县教育局, 类别: 党支部, 上次换届: 2017-08-01, 领办书记: 李某}
"""


def test_terms_of_office_are_added_when_wished(zhenggai: Runner, root: Path) -> None:
    write(root, {"plans/organisations.yaml": ORGANISATIONS})
    ran = zhenggai("remind", "--terms", "--unit", "县教育局", "--format", "json", at=root)
    assert ran.code == 0
    letters = json.loads(ran.out)["letters"]
    assert [(letter["addressee"], [item["content"] for item in letter["items"]]) for letter in letters] == [
        ("单位及主要负责人", ["立即改正", "制定办法"]),
        ("李某", ["局机关党支部换届"]),
    ]
    write(root, {"plans/organisations.yaml": ORGANISATIONS.replace("县教育局", "县教育厅")})
    wrong = zhenggai("remind", "--terms", at=root)
    assert (wrong.code, "plans/organisations.yaml:2" in wrong.err) == (1, True)
    refused = zhenggai("remind", "--terms", "--problem", "1", at=root)
    assert refused == Ran(
        2,
        "",
        "zhenggai：换届按党组织提醒，只能用 --unit 筛选\n  下一步：去掉 --terms，或去掉 --problem、--phase、--state\n",
    )
