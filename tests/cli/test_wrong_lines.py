"""Wrong lines as beginners type them. Each is answered with what to type instead, and does nothing."""

import shlex
from pathlib import Path

import pytest

from small_repo import Ran, Runner, small_repo, tree

WRONG = {
    # the command
    "stauts": "没有命令“stauts”，最接近的有：status、facts、audit\n  用法见：zhenggai --help",
    "ls": "没有命令“ls”\n  看全局：zhenggai status；整本台账：zhenggai list；一项措施、一个单位：zhenggai show 3-2，zhenggai show 县教育局\n  用法见：zhenggai --help",
    "搜索 考勤": "没有命令“搜索”\n  哪里写着这些词：zhenggai find 词；一项措施、一个单位、一条记录：zhenggai show 3-2，zhenggai show 县教育局\n  用法见：zhenggai --help",
    "删除 x2ab": "没有命令“删除”\n  撤回刚记的：zhenggai undo；作废已推送的：zhenggai correct 编号 --void\n  用法见：zhenggai --help",
    "delete x2ab": "没有命令“delete”\n  撤回刚记的：zhenggai undo；作废已推送的：zhenggai correct 编号 --void\n  用法见：zhenggai --help",
    "录入 1-1 开会": "没有命令“录入”\n  记一条进展：zhenggai add 3-2 做了什么 40%\n  用法见：zhenggai --help",
    "修改 1-1": "没有命令“修改”\n  更正自己的记录：zhenggai correct 编号 字段=值；调整印发的方案：zhenggai adjust 3-2 时限 新的时限 --basis 文号；编辑单位册、还没有印发的方案：zhenggai edit\n  用法见：zhenggai --help",
    "状态": "没有命令“状态”\n  看全局：zhenggai status；整本台账：zhenggai list；一项措施、一个单位：zhenggai show 3-2，zhenggai show 县教育局\n  用法见：zhenggai --help",
    "责任清单 县教育局": "没有命令“责任清单”\n  三张清单：zhenggai list 责任清单；销号申请单：zhenggai list --layout D\n  用法见：zhenggai --help",
    "-v": "没有选项 -v，是不是 --version？\n  用法见：zhenggai --help",
    "export": "没有命令“export”\n  周报、月报：zhenggai week -o 周报.txt，zhenggai month -o 月报.txt；表格：zhenggai list -o 台账.csv\n  用法见：zhenggai --help",
    "导出": "没有命令“导出”\n  周报、月报：zhenggai week -o 周报.txt，zhenggai month -o 月报.txt；表格：zhenggai list -o 台账.csv\n  用法见：zhenggai --help",
    "同意 1-1": "没有命令“同意”\n  审核销号申请：zhenggai review 3-2 通过，或 退回 --reason 原因；答复延期：zhenggai review 3-2 --extension 同意\n  用法见：zhenggai --help",
    "约谈 县教育局": "没有命令“约谈”\n  督办：zhenggai urge 3-2 督办；提醒、告诫、约谈、通报、问责也写在 urge 后面\n  用法见：zhenggai --help",
    "登录": "没有命令“登录”\n  我是谁：zhenggai whoami；记住本单位和填报人：zhenggai init --unit 单位 --writer 岗位\n  用法见：zhenggai --help",
    "版本": "没有命令“版本”\n  看版本：zhenggai --version\n  用法见：zhenggai --help",
    "exit": "没有命令“exit”\n  每条命令办完就结束，不用退出\n  用法见：zhenggai --help",
    "红灯": "没有命令“红灯”\n  逾期的：zhenggai overdue；快到期的：zhenggai due\n  用法见：zhenggai --help",
    "延期 1-1": "没有命令“延期”\n  申请延期：zhenggai extend 3-2 原因 --to 日期\n  用法见：zhenggai --help",
    "help nothing": "没有命令“nothing”，最接近的有：month、completion\n  用法见：zhenggai --help",
    # git's words
    "git sync": "“git”不是命令\n  下一步：zhenggai sync\n  用法见：zhenggai --help",
    "commit -m 周报": "没有命令“commit”\n  提交、取回、推送是一条命令：zhenggai sync\n  用法见：zhenggai --help",
    "push": "没有命令“push”\n  提交、取回、推送是一条命令：zhenggai sync\n  用法见：zhenggai --help",
    "pull": "没有命令“pull”\n  提交、取回、推送是一条命令：zhenggai sync\n  用法见：zhenggai --help",
    "log": "没有命令“log”\n  一项措施、一个单位的全部记录：zhenggai show 3-2，zhenggai show 县教育局；核对有没有改过：zhenggai audit\n  用法见：zhenggai --help",
    "reset": "没有命令“reset”\n  撤回刚记的：zhenggai undo；作废已推送的：zhenggai correct 编号 --void\n  用法见：zhenggai --help",
    "clone": "没有命令“clone”\n  取回已有的台账：zhenggai init 台账 --from 地址\n  用法见：zhenggai --help",
    "branch": "没有命令“branch”\n  这里不分支；提交、取回、推送是一条命令：zhenggai sync\n  用法见：zhenggai --help",
    # the order
    "1-1 add 开会": "命令写在最前面\n  下一步：zhenggai add 1-1 开会\n  用法见：zhenggai --help",
    "县教育局 status": "命令写在最前面\n  下一步：zhenggai status 县教育局\n  用法见：zhenggai --help",
    "--unit 县教育局 status": "选项写在命令后面\n  下一步：zhenggai status --unit 县教育局",
    "—unit 县教育局 status": "选项写在命令后面\n  下一步：zhenggai status —unit 县教育局\n  用法见：zhenggai --help",
    "zhenggai status": "“zhenggai”不是命令\n  下一步：zhenggai status\n  用法见：zhenggai --help",
    "1-1": "“1-1”前面要写命令\n  看它：zhenggai show 1-1；记进展：zhenggai add 1-1 做了什么\n  用法见：zhenggai --help",
    "县教育局": "“县教育局”前面要写命令\n  看它：zhenggai show 县教育局；它的待办：zhenggai todo 县教育局\n  用法见：zhenggai --help",
    "add1-1 开会": "命令后面要空一格\n  下一步：zhenggai add 1-1 开会\n  用法见：zhenggai --help",
    "status，县教育局": "命令后面要空一格\n  下一步：zhenggai status 县教育局\n  用法见：zhenggai --help",
    "add": "还缺 2 项，没有写入\n  缺 措施：写在命令后面，如 3-2\n  缺 内容：写在措施后面，加引号",
    "add 开会": "还缺 1 项，没有写入\n  缺 措施：写在命令后面，如 3-2",
    "add 1-1": "还缺 1 项，没有写入\n  缺 内容：写在措施后面，加引号",
    # options
    "status --date 2020-06-30": "没有选项 --date，是不是 --as-of？\n  用法见：zhenggai status --help",
    "status --from 2020-06-01": "没有选项 --from，是不是 --as-of？\n  用法见：zhenggai status --help",
    "status --name 县教育局": "没有选项 --name，是不是 --unit、--person？\n  用法见：zhenggai status --help",
    "status --json": "没有选项 --json，是不是 --format？\n  用法见：zhenggai status --help",
    "status --file a.csv": "没有选项 --file，是不是 --output？\n  用法见：zhenggai status --help",
    "status --sort 逾期": "没有选项 --sort，次序是定好的，要另排写成表格：-o 总览.csv\n  用法见：zhenggai status --help",
    "status --all": "没有选项 --all，不写筛选就是全部\n  用法见：zhenggai status --help",
    "status --单位县教育局": "没有选项 --单位县教育局，选项和值之间要空一格：--单位 县教育局\n  用法见：zhenggai status --help",
    "week --week 5": "没有选项 --week，是不是 --no？\n  用法见：zhenggai week --help",
    "add 1-1 开会 --message 好": "没有选项 --message，文字直接写在后面，加引号\n  用法见：zhenggai add --help",
    "sync -m 更新": "没有选项 -m，提交的说明由程序写：zhenggai sync\n  用法见：zhenggai sync --help",
    "status -m 更新": "没有选项 -m\n  用法见：zhenggai status --help",
    "add 1-1 开会 --附件 a.docx": "没有选项 --附件，是不是 --evidence？\n  用法见：zhenggai add --help",
    "check --mend": "没有选项 --mend，改正用 zhenggai fmt --mend\n  用法见：zhenggai check --help",
    # words and quotation marks
    "add 1-1 开会 部署": '多出了“部署”，没有写入\n  下一步：内容里有空格，整句加引号：zhenggai add 1-1 "开会 部署"',
    "done 1-1 开会 部署": '多出了“部署”\n  下一步：有空格的文字要加引号：zhenggai done 1-1 "开会 部署"\n  用法见：zhenggai done --help',
    "claim 1-1 1-2": "多出了“1-2”\n  下一步：一次一项措施，分几次写\n  用法见：zhenggai claim --help",
    "claim 县教育局 1-1": "多出了“1-1”\n  下一步：zhenggai claim 1-1 --unit 县教育局\n  用法见：zhenggai claim --help",
    "claim 县教育局 1-1 1-2": "多出了“1-1、1-2”\n  下一步：一次一项措施，分几次写\n  用法见：zhenggai claim --help",
    "claim 1-1 张三": "多出了“张三”\n  下一步：zhenggai claim 1-1 --person 张三\n  用法见：zhenggai claim --help",
    "close 1-1 县教育局": "多出了“县教育局”\n  下一步：zhenggai close 1-1 --unit 县教育局\n  用法见：zhenggai close --help",
    "sync 今天的": "多出了“今天的”\n  下一步：提交的说明由程序写：zhenggai sync\n  用法见：zhenggai sync --help",
    "check plans/p.yaml": "多出了“plans/p.yaml”\n  下一步：一次查全部文件：zhenggai check\n  用法见：zhenggai check --help",
    "undo 1-1": "多出了“1-1”\n  下一步：撤销的总是刚记的一条；1-1 各条记录的编号：zhenggai show 1-1\n  用法见：zhenggai undo --help",
    "undo x2ab": "多出了“x2ab”\n  下一步：撤销的总是刚记的一条；作废这一条：zhenggai correct x2ab --void\n  用法见：zhenggai undo --help",
    "schema ledger": "多出了“ledger”\n  下一步：zhenggai schema --print ledger\n  用法见：zhenggai schema --help",
    "when 9月底 前": '多出了“前”\n  下一步：有空格的文字要加引号：zhenggai when "9月底 前"\n  用法见：zhenggai when --help',
    "correct 00000001 进度": "“进度”没有写改成什么，没有写入\n  下一步：写成 进度=40 的样子，有空格的加引号",
    # values
    "status --as-of 6月30日": "“6月30日”不是日期：写成 2020-05-12 的样子\n  用法见：zhenggai status --help",
    "status --as-of 今天": "“今天”不是日期：写成 2020-05-12 的样子\n  用法见：zhenggai status --help",
    "status --as-of 2020-6-31": "“2020-6-31”这一天不存在：核对月份和日子\n  用法见：zhenggai status --help",
    "status --as-of": "选项 --as-of 后面要跟一个值",
    "status 税务局": "看不懂“税务局”\n  可写：单位或一类单位（县教育局）、问题或措施（3-2）、阶段（第2阶段）、状态（整改中）、类别（立行立改）、灯（红灯）、截至日期（2020-06-30）",
    "status --unit 税务局": "没有单位“税务局”\n  现有：县委办公室、县委组织部、县委督查局、县教育局、县财政局、城关镇、河东乡、县直单位 等 9 个",
    "status 9": "看不懂“9”\n  可写：单位或一类单位（县教育局）、问题或措施（3-2）、阶段（第2阶段）、状态（整改中）、类别（立行立改）、灯（红灯）、截至日期（2020-06-30）",
    "show": "缺少参数 问题|措施|单位|记录\n  用法见：zhenggai show --help",
    "show 1-9": "没有措施 1-9\n  最接近的有：1-2、1-1",
    "show 300": "没有叫“300”的问题、措施、单位或记录\n  现有：1-1、1-2、2-1、2-2、2-3、县委办公室、县委组织部、县委督查局 等 12 个",
    "add 9-9 开会": "方案中没有措施“9-9”\n  现有：1-1、1-2、2-1、2-2、2-3",
    "add 1-1 开会 -p 一半": "进度“一半”不是 0 到 100 的整数，写成百分数的整数部分，如 40\n  用法见：zhenggai add --help",
    "add 1-1 开会 140%": "进度“140”不是 0 到 100 的整数，写成百分数的整数部分，如 40\n  用法见：zhenggai add --help",
    "add 1-1 开会 40": '“40”是不是进度，说不准，没有写入\n  下一步：是进度，写 --percent 40；是内容，整句加引号：zhenggai add 1-1 "开会 40"',
    "add 1-1 开会 --unit 税务局": "没有单位“税务局”\n  现有：县委办公室、县委组织部、县委督查局、县教育局、县财政局、城关镇、河东乡",
    "add 1-1 开会 --date 明天": "“明天”不是日期：写成 2020-05-12 的样子\n  用法见：zhenggai add --help",
    "due 三十天左右": "看不懂“三十天左右”\n  可写：单位或一类单位（县教育局）、问题或措施（3-2）、阶段（第2阶段）、状态（整改中）、类别（立行立改）、灯（红灯）、截至日期（2020-06-30）、数（--within）",
    "week 周报.wps": "“周报.wps”像是文件名，写不成 .wps 文件\n  下一步：写成别的，加 -o 周报.txt",
    "unit 改名": "还缺 2 项，没有写入\n  缺 单位：写在后面\n  缺 新名称或并入单位：写在单位后面，如 zhenggai unit 改名 县旅游局 县文化和旅游局",
    "review 1-1 县委组织部 通过": "看不懂“县委组织部”，没有写入\n  可写：措施（3-2）或问题（3），通过 或 退回；只审一个单位的，加 --unit 县委组织部",
    "todo -o 没有的/文件夹/待办.txt": "没有文件夹 没有的/文件夹，没有写入\n  下一步：先建好它，或换一个文件夹",
    "week 0": "看不懂“0”\n  可写：单位或一类单位（县教育局）、问题或措施（3-2）、阶段（第2阶段）、类别（立行立改）、灯（红灯）、截至日期（2020-06-30）、数（--no）",
    "phase 9": "没有阶段 9\n  现有：1、2、3",
    "review 1-1 好": "看不懂“好”，没有写入\n  可写：措施（3-2）或问题（3），通过 或 退回",
    "urge 催办 1-1": "看不懂“催办”，没有写入\n  可写：提醒、督办、告诫、约谈、通报、问责",
    "reply": "还缺 2 项，没有写入\n  缺 编号：写在命令后面：所回复的那条记录的编号，或末尾 4 个以上字符\n  缺 内容：写在编号后面，加引号",
}

MEANT = {
    "总览。": "status",
    "STATUS": "status",
    "ｓｔａｔｕｓ": "status",
    "help status": "status --help",
    "帮助 总览": "总览 --help",
    "help": "--help",
    "status -unit 县教育局": "status --unit 县教育局",
    "status —单位 县教育局": "status --unit 县教育局",
    "status ——单位＝县教育局": "status --unit 县教育局",
    "status --as_of 2020-06-30": "status --as-of 2020-06-30",
    "week －o -": "week -o -",
}


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ZHENGGAI_UNIT", "县教育局")
    monkeypatch.setenv("ZHENGGAI_WRITER", "办公室")
    return small_repo(tmp_path, "04-10 县教育局 进展 1-1 内容=初稿 进度=40\n")


@pytest.mark.parametrize(("line", "said"), WRONG.items(), ids=WRONG)
def test_a_wrong_line_is_answered_with_the_right_one(zhenggai: Runner, root: Path, line: str, said: str) -> None:
    before = tree(root)
    assert zhenggai(*shlex.split(line), at=root) == Ran(2, "", f"zhenggai：{said}\n")
    assert tree(root) == before


def test_no_answer_speaks_of_blanks_where_there_is_none() -> None:
    assert [line for line, said in WRONG.items() if "空格的文字" in said and len(shlex.split(line)) < 3] == []


@pytest.mark.parametrize(("line", "right"), MEANT.items(), ids=MEANT)
def test_what_can_only_mean_one_thing_is_taken_so(zhenggai: Runner, root: Path, line: str, right: str) -> None:
    said = zhenggai(*right.split(), at=root)
    assert zhenggai(*line.split(), at=root) == said


def test_text_that_begins_with_dashes_stays_text(zhenggai: Runner, root: Path) -> None:
    assert zhenggai("add", "1-1", "——开会部署", "—进度", "50", at=root).code == 0
    (text,) = (p.read_text("utf-8") for p in (root / "ledgers/p/县教育局").glob("2020-07*.yaml"))
    assert "  内容: ——开会部署\n" in text
    assert "  进度: 50\n" in text
