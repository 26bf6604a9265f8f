"""The commands by which a responsible unit writes about its own task: what is written, what is said, what is refused."""

import json
from datetime import datetime
from pathlib import Path

import pytest

from small_repo import NOW, PLAN, UNITS, Ran, Runner, changed_files, small_repo, tree, write
from terminal import BACKSPACE, CTRL_D, Keys, spoken

LEDGER = """
04-10 县教育局 进展 1-1 进度=40 佐证=县教发〔2020〕1号
04-12 县委督查局 督办 1-1 单位=县教育局 对象=单位 依据=规则 期限=2020-04-20
04-15 县委督查局 督查 单位=县教育局 方式=暗访 结论=不实 内容=台账不全
04-16 县委督查局 督查 单位=城关镇 方式=暗访 结论=不实
05-20 县财政局 进展 2-3 步骤=2-3-1
05-25 县财政局 例行 2-2 期次=2020-05
06-10 县教育局 完成 1-2
06-12 县财政局 进展 2-1
"""
JUNE = datetime(2020, 6, 20, 9, 30)  # before 1-1 is due
EDUCATION = ("--unit", "县教育局", "--writer", "办公室")
FINANCE = ("--unit", "县财政局", "--writer", "办公室")

pytestmark = pytest.mark.usefixtures("chance")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A repo whose clone has drawn its two characters."""
    return write(small_repo(tmp_path / "repo", LEDGER), {".zhenggai/clone": "k3"})


# what is given; what is said between the number and the file; the entry but for number, date and writer
WRITTEN = {
    "claim, with who does it and by which steps": (
        JUNE,
        (
            "claim",
            "1-1",
            "--leader",
            "王强",
            "--person",
            "李敏",
            "--step",
            "5日前摸底",
            "--步骤",
            "月底前出稿",
            *EDUCATION,
        ),
        """\
1-1 县教育局：整改中，黄灯（还剩 10 天，报分管领导）
已认领：责任领导 王强；责任人 李敏
步骤 1-1-1 5日前摸底（未办结）
步骤 1-1-2 月底前出稿（未办结）
进度 40%
""",
        "  措施: 1-1\n  事项: 认领\n  责任人: 李敏\n  责任领导: 王强\n  步骤:\n  - 5日前摸底\n  - 月底前出稿\n",
    ),
    "a claim of nothing but the task": (
        JUNE,
        ("认领", "2-3", *FINANCE),
        "2-3 县财政局：整改中，绿灯（按序时推进）\n已认领：责任人 书记\n",
        "  措施: 2-3\n  事项: 认领\n",
    ),
    "done": (
        JUNE,
        ("done", "1-1", "印发办法", "--institution", "考核办法", "-e", "县教发〔2020〕3号", *EDUCATION),
        "1-1 县教育局：已完成，绿灯（已完成）（原 整改中）\n",
        "  措施: 1-1\n  事项: 完成\n  制度成果: 考核办法\n  内容: 印发办法\n  佐证:\n  - 县教发〔2020〕3号\n",
    ),
    "done with its last step": (
        NOW,
        ("完成", "2-3", "全部办结", "--步骤", "2.3.2", *FINANCE),
        "2-3 县财政局：已完成，绿灯（已完成）（原 整改中）\n步骤 2-3-1 摸底（已办结）\n步骤 2-3-2 办结（已办结）\n",
        "  措施: 2-3\n  事项: 完成\n  步骤:\n  - 2-3-2\n  内容: 全部办结\n",
    ),
    "done, though nobody had touched it": (
        JUNE,
        ("done", "1-1", "台账逐条改完", "-e", "城党〔2020〕3号", "--unit", "城关镇", "--writer", "办公室"),
        "1-1 城关镇：已完成，绿灯（已完成）（原 未启动）\n",
        "  措施: 1-1\n  事项: 完成\n  内容: 台账逐条改完\n  佐证:\n  - 城党〔2020〕3号\n",
    ),
    "basically done": (
        JUNE,
        ("done", "1-1", "主体完成", "--基本", *EDUCATION),
        "1-1 县教育局：基本完成，黄灯（还剩 10 天，报分管领导）（原 整改中）\n进度 40%\n",
        "  措施: 1-1\n  事项: 基本完成\n  内容: 主体完成\n",
    ),
    "the problem does not exist": (
        JUNE,
        ("done", "1-1", "没有这个问题", "--经核查不存在", "--依据", "县教发〔2020〕4号", *EDUCATION),
        "1-1 县教育局：已完成，绿灯（已完成）（原 整改中）\n",
        "  措施: 1-1\n  事项: 完成\n  结论: 经核查不存在\n  依据: 县教发〔2020〕4号\n  内容: 没有这个问题\n",
    ),
    "an extension is asked for": (
        JUNE,
        ("extend", "1-1", "初稿已成", "--to", "2020-11-30", "--reason", "上级文件未出", *EDUCATION),
        "1-1 县教育局：整改中，黄灯（还剩 10 天，报分管领导）\n等待答复：县委组织部\n进度 40%\n",
        "  措施: 1-1\n  事项: 申请延期\n  至: 2020-11-30\n  原因: 上级文件未出\n  内容: 初稿已成\n",
    ),
    "to be followed as long-term is asked for": (
        JUNE,
        (
            "申请延期",
            "1-1",
            "--转长期",
            "--阶段目标",
            "机制建成",
            "--下次评估",
            "2020.9.30",
            "--专项台账",
            "学习台账",
            *EDUCATION,
        ),
        "1-1 县教育局：整改中，黄灯（还剩 10 天，报分管领导）\n等待答复：县委组织部\n进度 40%\n",
        "  措施: 1-1\n  事项: 转长期\n  阶段目标: 机制建成\n  下次评估: 2020-09-30\n  专项台账: 学习台账\n",
    ),
    "an occurrence": (
        NOW,
        ("duty", "2-2", "2020-06", "参观基地", "--value", "37", *FINANCE),
        "2-2 县财政局：例行，绿灯（各期已办）\n",
        '  措施: 2-2\n  事项: 例行\n  期次: "2020-06"\n  指标值: 37\n  内容: 参观基地\n',
    ),
    "an occurrence that was missed, said in words": (
        NOW,
        ("例行", "2-2", "4月", *FINANCE),
        "2-2 县财政局：例行，红灯（缺 2020-06）\n仍缺期次：2020-06\n",
        '  措施: 2-2\n  事项: 例行\n  期次: "2020-04"\n',
    ),
    "a long-term review": (
        NOW,
        ("assess", "2-1", "成惯例", "--next-review", "2020-10-10", "--value", "90", *FINANCE),
        "2-1 县财政局：长期坚持，蓝灯（下次评估 2020-10-10）\n下次评估 2020-10-10（原 2020-07-10）\n",
        "  措施: 2-1\n  事项: 长期评估\n  结论: 成惯例\n  下次评估: 2020-10-10\n  指标值: 90\n",
    ),
    "a reply about a task": (
        JUNE,
        ("reply", "0002", "照单认领", *EDUCATION),
        "1-1 县教育局：整改中，黄灯（还剩 10 天，报分管领导）\n进度 40%\n",
        "  措施: 1-1\n  事项: 回复\n  针对: 20200412-00000002\n  内容: 照单认领\n",
    ),
    "a reply to a letter that names only the unit": (
        JUNE,
        ("回复", "20200415-00000003", "台账已补齐", *EDUCATION),
        "",
        "  事项: 回复\n  针对: 20200415-00000003\n  内容: 台账已补齐\n",
    ),
    "a lesson of a task": (
        JUNE,
        ("lesson", "材料一次补齐", "1-1", *EDUCATION),
        "1-1 县教育局：整改中，黄灯（还剩 10 天，报分管领导）\n进度 40%\n",
        "  措施: 1-1\n  事项: 经验\n  内容: 材料一次补齐\n",
    ),
    "a lesson of a measure that is another's": (
        JUNE,
        ("lesson", "材料一次补齐", "2-3", *EDUCATION),
        "",
        "  措施: 2-3\n  事项: 经验\n  内容: 材料一次补齐\n",
    ),
    "a lesson of none": (JUNE, ("经验", "材料一次补齐", *EDUCATION), "", "  事项: 经验\n  内容: 材料一次补齐\n"),
}


@pytest.mark.parametrize(("now", "arguments", "said", "entry"), WRITTEN.values(), ids=WRITTEN)
def test_an_entry_is_written_and_what_became_of_the_task_is_said(
    zhenggai: Runner, root: Path, now: datetime, arguments: tuple[str, ...], said: str, entry: str
) -> None:
    before = tree(root)
    number, unit = f"{now:%Y%m%d}-cnan0007", arguments[-3]
    path = f"ledgers/p/{unit}/{now:%Y-%m}.办公室.k3.yaml"
    old = before.get(path, b"").decode()
    assert zhenggai(*arguments, at=root, now=now) == Ran(0, f"已记录 {number}\n{said}写入 {path}\n", "")
    written = f"- 编号: {number}\n  日期: {now:%Y-%m-%d}\n{entry}  填报人: 办公室\n"
    assert changed_files(before, root) == {path: old + written}
    assert "已记录" not in zhenggai("check", at=root, now=now).err
    assert number not in zhenggai("check", at=root, now=now).out


def test_from_completion_to_application(zhenggai: Runner, root: Path) -> None:
    """What is missing is named with the command that supplies it, and that command does."""
    apply = ("apply", "1-2", "--approver", "王强", *EDUCATION)
    assert zhenggai(*apply, at=root) == Ran(
        2,
        "",
        """\
zhenggai：还缺 1 项，没有写入
  缺 一份佐证材料：申请时加 -e 文件，或 zhenggai add 1-2 "说明" -e 文件
""",
    )
    ran = zhenggai(*apply, "-e", "县教发〔2020〕9号", at=root)
    assert ran == Ran(
        0,
        """\
已记录 20200701-cnan0007
1-2 县教育局：申请销号，绿灯（已完成）（原 已完成）
等待初审：县委办公室
写入 ledgers/p/县教育局/2020-07.办公室.k3.yaml
""",
        "",
    )
    text = (root / "ledgers/p/县教育局/2020-07.办公室.k3.yaml").read_text("utf-8")
    assert text.endswith("  事项: 申请销号\n  签批领导: 王强\n  佐证:\n  - 县教发〔2020〕9号\n  填报人: 办公室\n")
    again = zhenggai(*apply, "-e", "县教发〔2020〕9号", at=root)
    assert again.code == 2
    assert again.err.endswith("；现在等县委办公室初审，看 zhenggai show 1-2\n")


def test_a_task_that_nobody_had_touched_is_closed_with_one_entry_of_each_kind(zhenggai: Runner, root: Path) -> None:
    town, office = ("--unit", "城关镇", "--writer", "办公室"), ("--yes", "--writer", "办公室", "--by")
    of_town = ("1-1", "--unit", "城关镇")
    for now, command in (
        (NOW, ("done", "1-1", "台账逐条改完", "-e", "城党〔2020〕3号", *town)),
        (NOW, ("apply", "1-1", "--approver", "王强", *town)),
        (NOW, ("review", "通过", *of_town, *office, "县委办公室")),
        (NOW, ("review", "通过", *of_town, *office, "县委组织部")),
        (NOW, ("publicise", *of_town, *office, "县委组织部")),
        (datetime(2020, 7, 9, 9, 30), ("close", *of_town, *office, "县委组织部")),
    ):
        assert zhenggai(*command, at=root, now=now).code == 0, command
    shown = zhenggai(
        "show", "1-1", "--unit", "城关镇", "--format", "json", at=root, now=datetime(2020, 7, 9, 9, 30)
    ).out
    kinds = [entry["kind"] for entry in json.loads(shown)["entries"]]
    assert kinds == ["完成", "申请销号", "初审", "复核", "销号公示", "销号"]


def test_steps_that_are_left_stand_against_an_application(zhenggai: Runner, root: Path) -> None:
    assert zhenggai("done", "2-3", "全部办结", *FINANCE, at=root).code == 0
    ran = zhenggai("apply", "2-3", "--approver", "赵", "-e", "县财发〔2020〕1号", *FINANCE, at=root)
    assert ran.err == 'zhenggai：还缺 1 项，没有写入\n  缺 步骤 2-3-2 办结：zhenggai add 2-3 "办结情况" --step 2-3-2\n'


def test_a_successor_writes_about_the_merged_unit_s_task_and_names_it(zhenggai: Runner, tmp_path: Path) -> None:
    units = UNITS + "- {名称: 县档案局, 止: 2020-05-31, 并入: 县教育局}\n"
    plan = PLAN.replace("责任单位: 县教育局,", "责任单位: 县档案局,")
    root = write(small_repo(tmp_path / "r", "", plan=plan, units=units), {".zhenggai/clone": "k3"})
    ran = zhenggai("claim", "1-2", "--person", "李敏", *EDUCATION, at=root)
    assert ran.out.splitlines()[1:3] == ["1-2 县教育局：未启动，红灯（逾期 107 天）", "已认领：责任人 李敏"]
    text = (root / "ledgers/p/县教育局/2020-07.办公室.k3.yaml").read_text("utf-8")
    assert "  措施: 1-2\n  单位: 县档案局\n  事项: 认领\n" in text


def test_the_lead_assesses_for_another_and_nobody_else_does(zhenggai: Runner, root: Path) -> None:
    review = ("assess", "2-1", "成惯例", "--next-review", "2020-10-10", "--for", "县财政局", "--writer", "督办科")
    assert zhenggai(*review, "--unit", "县委办", at=root).code == 0
    assert "  单位: 县财政局\n" in (root / "ledgers/p/县委办公室/2020-07.督办科.k3.yaml").read_text("utf-8")
    assert "应由责任单位或牵头单位（县财政局、县委办公室）记录" in zhenggai(*review, "--unit", "县教育局", at=root).err


# --- refusals

UNIT = "缺 单位：加 --unit 单位，或设环境变量 ZHENGGAI_UNIT，或 git config zhenggai.unit 单位"
WRITER = "缺 填报人：加 --writer 岗位，或设环境变量 ZHENGGAI_WRITER，或 git config zhenggai.writer 岗位"
MEASURE, CONTENT = "缺 措施：写在命令后面，如 3-2", "缺 内容：写在措施后面，加引号"
BY_REVIEW = "缺 下次评估：加 --next-review 日期"


def lacking(*what: str) -> str:
    return "\n  ".join([f"还缺 {len(what)} 项，没有写入", *what])


def refused(what: str, remedy: str) -> str:
    return f"没有写入：\n  {what}\n    {remedy}"


ASK = ("--to", "2020-11-30", "--reason", "疫情")
REFUSED = {
    "claim: nothing": (["claim"], lacking(MEASURE, UNIT, WRITER)),
    "claim: another's measure": (
        ["claim", "2-1", *EDUCATION],
        "县教育局不是 2-1 的责任单位，没有写入\n  2-1 的责任单位有：县财政局\n  县教育局的措施有：1-1、1-2",
    ),
    "claim: what is done": (
        ["claim", "1-2", *EDUCATION],
        refused("任务已完成，不能记“认领”", "此事项只能在 未启动、整改中、基本完成 时记录"),
    ),
    "done: nothing": (
        ["done", "--absent"],
        lacking(MEASURE, CONTENT, "缺 依据：加 --basis 依据，如 县组发〔2020〕12号", UNIT, WRITER),
    ),
    "done: a basis of nothing": (
        ["done", "1-1", "完成", "--basis", "县教发〔2020〕4号", *EDUCATION],
        "“依据”只随“经核查不存在”写，没有写入\n  下一步：加 --absent，或去掉 --basis",
    ),
    "done: steps of what is basically done": (
        ["done", "2-3", "完成", "--basically", "--step", "2-3-2", *FINANCE],
        "基本完成只写内容、金额，没有写入\n  下一步：步骤、制度成果用 zhenggai add 记，或去掉 --basically",
    ),
    "done: no such step": (
        ["done", "2-3", "完成", "--step", "2-3-9", *FINANCE],
        "措施 2-3 没有步骤 2-3-9\n  现有：2-3-1、2-3-2",
    ),
    "done: a recurring duty": (
        ["done", "2-2", "完成", *FINANCE],
        refused("例行任务不接受“完成”", "“完成”只用于立行立改、限期整改、分阶段整改任务；核对措施编号"),
    ),
    "done: basically, before it began": (
        ["done", "1-1", "完成", "--basically", "--unit", "城关镇", "--writer", "党政办"],
        refused("任务未启动，不能记“基本完成”", "此事项只能在 整改中 时记录"),
    ),
    "done: twice": (
        ["done", "1-2", "完成", *EDUCATION],
        refused("任务已完成，不能记“完成”", "此事项只能在 未启动、整改中、基本完成 时记录"),
    ),
    "apply: nothing": (["apply"], lacking(MEASURE, "缺 签批领导：加 --approver 姓名", UNIT, WRITER)),
    "apply: before it is done": (
        ["apply", "1-1", "--approver", "王强", *EDUCATION],
        lacking('缺 完成记录：zhenggai done 1-1 "完成情况"'),
    ),
    "apply: nothing was done at all": (
        ["apply", "1-1", "--approver", "王强", "--unit", "城关镇", "--writer", "办公室"],
        lacking(
            '缺 完成记录：zhenggai done 1-1 "完成情况"',
            '缺 一份佐证材料：申请时加 -e 文件，或 zhenggai add 1-1 "说明" -e 文件',
        ),
    ),
    "extend: nothing": (
        ["extend"],
        lacking(MEASURE, "缺 至：加 --to 日期，如 2020-11-30", "缺 原因：加 --reason 文字", UNIT, WRITER),
    ),
    "extend: nothing for the long term": (
        ["extend", "--long-term"],
        lacking(MEASURE, "缺 阶段目标：加 --goal 文字", BY_REVIEW, UNIT, WRITER),
    ),
    "extend: both at once": (
        ["extend", "1-1", "--long-term", "--to", "2020-11-30", *EDUCATION],
        "转长期不写“至”“原因”和“步骤”，没有写入\n  下一步：改写 --goal 阶段目标 和 --next-review 日期，或去掉 --long-term",
    ),
    "extend: a goal of a mere extension": (
        ["extend", "1-1", *ASK, "--goal", "机制", *EDUCATION],
        "阶段目标、下次评估、专项台账只随转长期写，没有写入\n  下一步：加 --long-term，或去掉这些选项",
    ),
    "extend: what is to be done at once": (
        ["extend", "1-2", *ASK, *EDUCATION],
        refused("立行立改任务不接受“申请延期”", "“申请延期”只用于限期整改、分阶段整改任务；核对措施编号"),
    ),
    "extend: too late": (
        ["extend", "1-1", *ASK, *EDUCATION],
        refused("延期须在到期（2020-06-30）之前申请", "逾期后请向督办单位说明"),
    ),
    "extend: to a day before": (
        ["extend", "2-3", "--to", "2020-09-01", "--reason", "疫情", *FINANCE],
        refused("延至 2020-09-01 不晚于现时限 2020-09-30", "写明更晚的日期"),
    ),
    "extend: a review that has passed": (
        ["extend", "2-3", "--long-term", "--goal", "机制", "--next-review", "2020-07-01", *FINANCE],
        refused("下次评估 2020-07-01 不晚于这次的日期 2020-07-01", "写明以后的日期"),
    ),
    "duty: nothing": (["duty"], lacking(MEASURE, "缺 期次：写在措施后面，如 2020-05、2020-Q2、2020-W21", UNIT, WRITER)),
    "duty: another kind of period": (
        ["duty", "2-2", "上半年", *FINANCE],
        refused("期次“上半年”与频次“每月”不符", "期次写成 2020-07 的样子"),
    ),
    "duty: again": (["duty", "2-2", "5月", *FINANCE], refused("期次 2020-05 已有记录", "如需改动，请记“更正”")),
    "duty: to come": (["duty", "2-2", "2020-08", *FINANCE], refused("期次 2020-08 尚未开始", "核对期次与日期")),
    "duty: of a dated measure": (
        ["duty", "2-3", "2020-06", *FINANCE],
        refused("分阶段整改任务不接受“例行”", "“例行”只用于例行任务，或写有频次的任务；核对措施编号"),
    ),
    "assess: nothing": (["assess"], lacking(MEASURE, "缺 结论：写在措施后面，加引号", BY_REVIEW, UNIT, WRITER)),
    "assess: a dated measure": (
        ["assess", "2-3", "好", "--next-review", "2020-12-31", *FINANCE],
        refused(
            "分阶段整改任务不接受“长期评估”",
            "“长期评估”只用于长期坚持、持续推进任务，或时限写明“并长期坚持”的任务；核对措施编号",
        ),
    ),
    "reply: nothing": (
        ["reply"],
        lacking(
            "缺 编号：写在命令后面：所回复的那条记录的编号，或末尾 4 个以上字符",
            "缺 内容：写在编号后面，加引号",
            UNIT,
            WRITER,
        ),
    ),
    "reply: too short an end": (
        ["reply", "002", "已整改", *EDUCATION],
        "没有编号以“002”结尾的记录\n  下一步：写编号的末尾 4 个以上字符；编号用 zhenggai show 3-2 查看",
    ),
    "reply: to what was not said to anybody": (
        ["reply", "0001", "已整改", *EDUCATION],
        refused("“进展”不是要回复的记录", "回复只针对提醒至问责、督查、回头看、退回、不同意延期、重新整改"),
    ),
    "reply: for another unit": (
        ["reply", "0004", "已整改", *EDUCATION],
        refused("“回复”应由城关镇记录", "由有权单位在自己的文件夹中记录"),
    ),
    "reply: to another unit's task": (
        ["reply", "0002", "已整改", *FINANCE],
        refused("“回复”应由责任单位（县教育局）记录", "由有权单位在自己的文件夹中记录"),
    ),
    "lesson: nothing": (["lesson"], lacking("缺 内容：写在命令后面，加引号", UNIT, WRITER)),
    "lesson: no such measure": (
        ["lesson", "经验", "9-9", *EDUCATION],
        "方案中没有措施“9-9”\n  现有：1-1、1-2、2-1、2-2、2-3",
    ),
}


@pytest.mark.parametrize(("arguments", "said"), REFUSED.values(), ids=REFUSED)
def test_a_refusal_gives_its_reasons_and_writes_nothing(
    zhenggai: Runner, root: Path, arguments: list[str], said: str
) -> None:
    before = tree(root)
    assert zhenggai(*arguments, at=root) == Ran(2, "", f"zhenggai：{said}\n")
    assert tree(root) == before


def test_an_end_of_several_numbers_is_told_with_all_of_them(zhenggai: Runner, tmp_path: Path) -> None:
    ledger = {
        f"ledgers/p/县委督查局/2020-0{month}.办公室.aa.yaml": f"""\
- 编号: 20200{month}12-00000002
  日期: 2020-0{month}-12
  措施: 1-1
  单位: 县教育局
  事项: 督办
  对象: 单位
  依据: 规则
  填报人: 办公室
"""
        for month in (4, 5)
    }
    root = write(small_repo(tmp_path), ledger)
    ran = zhenggai("reply", "0002", "已整改", *EDUCATION, at=root)
    assert ran == Ran(
        2,
        "",
        "zhenggai：“0002”是 2 条记录的结尾：20200412-00000002、20200512-00000002\n  下一步：多写几个字符\n",
    )


# --- at a terminal


def written(root: Path, unit: str) -> str:
    """The entry that was written, but for its number and writer."""
    text = (root / f"ledgers/p/{unit}/2020-07.办公室.k3.yaml").read_text("utf-8")
    return text.partition("\n")[2].removesuffix("  填报人: 办公室\n")


def test_a_claim_is_asked_for_step_by_step(root: Path, home: Path) -> None:
    answers = [
        ("哪项措施（如 3-2）", "2-3"),
        ("责任领导，不填则空：", "赵刚"),
        ("责任人 [书记]：", ""),
        ("自定步骤（第 1 条，不填则完）：", "8月底前出台办法"),
        ("自定步骤（第 2 条，不填则完）：", ""),
        ("写入？", ""),
    ]
    ran = spoken(root, "claim", *FINANCE, answers=answers)
    assert ran.code == 0, ran.out
    assert "步骤 2-3-3 8月底前出台办法（未办结）" in ran.out
    assert written(root, "县财政局") == (
        "  日期: 2020-07-01\n  措施: 2-3\n  事项: 认领\n  责任人: 书记\n  责任领导: 赵刚\n  步骤:\n  - 8月底前出台办法\n"
    )


def test_done_offers_the_steps_that_are_left(root: Path, home: Path) -> None:
    answers = [
        ("完成情况（一两句话）：", "全部办结"),
        ("佐证，文件或文号（第 1 条，不填则完）：", "没有.pdf"),
        ("没有.pdf 不存在", f"{BACKSPACE * 6}县财〔2020〕7号"),
        ("佐证，文件或文号（第 2 条，不填则完）：", ""),
        ("[x] 2-3-2  办结", ""),
        ("制度成果（为这件事出台的制度、办法，写文件名称），不填则空：", ""),
        ("写入？", ""),
    ]
    ran = spoken(root, "done", "2-3", *FINANCE, answers=answers)
    assert ran.code == 0, ran.out
    assert written(root, "县财政局").endswith(
        "  事项: 完成\n  步骤:\n  - 2-3-2\n  内容: 全部办结\n  佐证:\n  - 县财〔2020〕7号\n"
    )


@pytest.mark.parametrize("keys", [" \r", "无\r"])
def test_a_step_that_is_not_done_is_left_out(root: Path, home: Path, keys: str) -> None:
    answers = [("[x] 2-3-2", Keys(keys)), ("制度成果", ""), ("写入？", "")]
    ran = spoken(root, "done", "2-3", "主要的办了", "-e", "县财〔2020〕7号", *FINANCE, answers=answers)
    assert ran.code == 0, ran.out
    assert "步骤" not in written(root, "县财政局")


def test_an_application_offers_the_last_approver(root: Path, home: Path) -> None:
    more = """
    05-20 县教育局 申请销号 1-1 签批领导=王强
    06-11 县教育局 进展 1-2 佐证=县教发〔2020〕2号
    """
    write(small_repo(root, LEDGER + more), {})
    ran = spoken(root, "apply", "1-2", *EDUCATION, answers=[("签批领导：", ""), ("从上面选一个", "wq"), ("写入？", "")])
    assert "  签批领导：王强\n" in ran.out
    assert "1-2 县教育局：申请销号，绿灯（已完成）（原 已完成）" in ran.out
    assert written(root, "县教育局") == "  日期: 2020-07-01\n  措施: 1-2\n  事项: 申请销号\n  签批领导: 王强\n"


def test_an_application_asks_for_the_evidence_that_it_lacks(root: Path, home: Path) -> None:
    evidence = [
        ("佐证，文件或文号（第 1 条，不填则完）：", "县教发〔2020〕2号"),
        ("佐证，文件或文号（第 2 条，不填则完）：", ""),
    ]
    ran = spoken(root, "apply", "1-2", *EDUCATION, answers=[*evidence, ("签批领导：", "王强"), ("写入？", "")])
    assert ran.code == 0, ran.out
    assert "  佐证:\n  - 县教发〔2020〕2号\n" in written(root, "县教育局")


def test_what_cannot_be_is_refused_before_more_is_asked(root: Path, home: Path) -> None:
    ran = spoken(root, "apply", "1-1", *EDUCATION, answers=[])
    assert (ran.code, ran.out.splitlines()[0]) == (2, "zhenggai：还缺 1 项，没有写入")
    ran = spoken(root, "extend", "1-2", *EDUCATION, answers=[])
    assert (ran.code, ran.out.splitlines()[1]) == (2, "  立行立改任务不接受“申请延期”")


def test_an_extension_is_asked_for_step_by_step(root: Path, home: Path) -> None:
    answers = [
        ("目前进展，不填则空：", ""),
        ("延到哪一天（现时限 2020-09-30）：", "年底"),
        ("“年底”不是日期", f"{BACKSPACE * 2}２０２０。11－30"),
        ("延期原因：", "上级文件未出"),
        ("写入？", ""),
    ]
    ran = spoken(root, "extend", "2-3", *FINANCE, answers=answers)
    assert ran.code == 0, ran.out
    assert "“年底”不是日期" in ran.out
    assert written(root, "县财政局") == (
        "  日期: 2020-07-01\n  措施: 2-3\n  事项: 申请延期\n  至: 2020-11-30\n  原因: 上级文件未出\n"
    )


def test_the_oldest_open_occurrence_is_offered(root: Path, home: Path) -> None:
    ran = spoken(
        root,
        "duty",
        "2-2",
        *FINANCE,
        answers=[("哪一期（如 2020-05） [2020-06]：", ""), ("做了什么，不填则空：", ""), ("写入？", "")],
    )
    assert ran.code == 0, ran.out
    assert written(root, "县财政局").endswith('  事项: 例行\n  期次: "2020-06"\n')


def test_a_reply_chooses_among_the_letters_that_wait(root: Path, home: Path) -> None:
    answers = [
        ("回复第几条：", "3"),
        ("“3”不是 1 到 2 的整数", f"{BACKSPACE}2"),
        ("怎样回复：", "台账已补齐"),
        ("写入？", ""),
    ]
    ran = spoken(root, "reply", *EDUCATION, answers=answers)
    assert ran.code == 0, ran.out
    assert ran.out.splitlines()[1].startswith("  1  2020-04-12　督办　1-1　县委督查局记录；对象：单位；依据：规则")
    assert ran.out.splitlines()[2].startswith("  2  2020-04-15　督查　县委督查局记录；不实；台账不全；方式：暗访")
    assert (
        written(root, "县教育局") == "  日期: 2020-07-01\n  事项: 回复\n  针对: 20200415-00000003\n  内容: 台账已补齐\n"
    )
    again = spoken(root, "reply", *EDUCATION, answers=[("回复第几条 [1]：", Keys(CTRL_D))])
    assert "00000003" not in again.out


def test_where_nothing_waits_for_an_answer_that_is_said(root: Path, home: Path) -> None:
    ran = spoken(root, "reply", *FINANCE, answers=[])
    assert ran == Ran(2, "zhenggai：没有等待县财政局回复的记录\n  下一步：要回复别的记录，写出它的编号\n", "")


@pytest.mark.parametrize("marks", ['""', "“”", "''"])
def test_quotation_marks_around_a_path_are_taken_off(zhenggai: Runner, root: Path, marks: str) -> None:
    (root / "会议 纪要.docx").write_bytes(b"minutes")
    given = (f"{marks[0]}会议 纪要.docx{marks[1]}", "“县教发〔2020〕9号”")
    ran = zhenggai("add", "1-2", "开会", "-e", given[0], "-e", given[1], *EDUCATION, at=root)
    assert (ran.code, ran.err) == (0, "")
    (text,) = (path.read_text("utf-8") for path in (root / "ledgers/p/县教育局").glob("2020-07*.yaml"))
    assert "会议 纪要" in text
    assert "  - 县教发〔2020〕9号\n" in text
