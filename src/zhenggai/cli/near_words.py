"""What a wrong command line is answered with: commands and options near in meaning or in spelling, as a line to type."""

import re
import shlex
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path

from zhenggai.cli.command_table import BY_WORD
from zhenggai.cli.typed_words import command_word, looks_like_option
from zhenggai.model.money import amount_of
from zhenggai.model.numbers import is_entry_number, measure_number
from zhenggai.model.wording import nearest
from zhenggai.render import format_of_file

_TAKE_BACK = "撤回刚记的：zhenggai undo；作废已推送的：zhenggai correct 编号 --void"
_EXCHANGE = "提交、取回、推送是一条命令：zhenggai sync"
_HISTORY = "一项措施、一个单位的全部记录：zhenggai show 3-2，zhenggai show 县教育局；核对有没有改过：zhenggai audit"
_LOOK = (
    "看全局：zhenggai status；整本台账：zhenggai list；一项措施、一个单位：zhenggai show 3-2，zhenggai show 县教育局"
)
_RECORD = "记一条进展：zhenggai add 3-2 做了什么 40%"
_REPORT = "周报、月报：zhenggai week -o 周报.txt，zhenggai month -o 月报.txt；表格：zhenggai list -o 台账.csv"
_CHANGE = (
    "更正自己的记录：zhenggai correct 编号 字段=值；调整印发的方案：zhenggai adjust 3-2 时限 新的时限 --basis 文号；"
    "编辑单位册、还没有印发的方案：zhenggai edit"
)
_REVIEW = (
    "审核销号申请：zhenggai review 3-2 通过，或 退回 --reason 原因；答复延期：zhenggai review 3-2 --extension 同意"
)
_URGE = "督办：zhenggai urge 3-2 督办；提醒、告诫、约谈、通报、问责也写在 urge 后面"
_FIND = "哪里写着这些词：zhenggai find 词；一项措施、一个单位、一条记录：zhenggai show 3-2，zhenggai show 县教育局"
_LAYOUTS = "三张清单：zhenggai list 责任清单；销号申请单：zhenggai list --layout D"
_WHO = "我是谁：zhenggai whoami；记住本单位和填报人：zhenggai init --unit 单位 --writer 岗位"

_COMMANDS: Mapping[str, str] = {
    word: answer
    for words, answer in (
        ("search 搜索 搜 grep 检索 查询 query", _FIND),
        ("delete 删除 remove rm del 删 作废 void reset revert restore 回滚 恢复 取消 cancel 撤回", _TAKE_BACK),
        ("commit push pull fetch 提交 推送 拉取 上传 下载 交出去 upload download 保存 save merge rebase", _EXCHANGE),
        ("log history 历史 记录 blame diff 日志 来历 详情 detail 卷宗", _HISTORY),
        ("ls 列表 dashboard 状态 state 进度 统计 stats 概况 首页 问题 措施 任务 tasks view 看 查", _LOOK),
        ("清单 问题清单 任务清单 责任清单 三张清单 销号申请单 版式 layout", _LAYOUTS),
        ("趋势 曲线 变化 chart curve", "每周、每月的走势：zhenggai trend"),
        ("new 新增 录入 填报 填写 记录进展 写 create 报送 上报 登录进展", _RECORD),
        ("report 报告 报表 export 导出 打印 print excel word csv json 简报 专报", _REPORT),
        ("province 全省 全市 各县 县区 counties aggregate", "省、市汇总各县报的数：zhenggai rollup 汇总.yaml"),
        ("publish parquet 发布 数据上报 报数据", "把本县的数报给上级汇总：zhenggai facts -o ../报数"),
        ("修改 改 update 更新 change set", _CHANGE),
        ("approve 同意 通过 退回 不同意 reject 审批 批准 初审 复核 验收 pass return", _REVIEW),
        ("提醒 告诫 约谈 通报 问责 督导 supervise", _URGE),
        ("config 设置 配置 用户 user who login 登录 setup 初始化", _WHO),
        ("clone 克隆 取回", "取回已有的台账：zhenggai init 台账 --from 地址"),
        ("branch checkout switch tag stash 分支", f"这里不分支；{_EXCHANGE}"),
        ("红灯 黄灯 灯 超期 late", "逾期的：zhenggai overdue；快到期的：zhenggai due"),
        ("延期 delay", "申请延期：zhenggai extend 3-2 原因 --to 日期"),
        ("办结 finish 已完成 complete", "报告完成：zhenggai done 3-2 完成情况"),
        ("version 版本", "看版本：zhenggai --version"),
        ("upgrade 升级 install 安装", "升级：在程序所在文件夹 git pull，再运行 python3 .ci/setup.py zhenggai"),
        ("exit quit 退出 bye", "每条命令办完就结束，不用退出"),
        (
            "约 会议 计划 plan 方案",
            "方案写在 plans/ 里，改用 zhenggai adjust；新建：zhenggai init --plan 编号 --title 标题",
        ),
        ("validate verify 校验 核对 lint test", "检查文件：zhenggai check；核对历史：zhenggai audit"),
        ("format 格式 格式化", "整理文件：zhenggai fmt"),
        ("start 开始 begin 入门 教程 tutorial", "要办什么：zhenggai todo；还没有台账：zhenggai init"),
    )
    for word in words.split()
}


def unknown_command(words: Sequence[str], units: Collection[str]) -> str:
    """What is said of a command line whose first word is no command. ``units`` are the names in the unit book."""
    word, *rest = words
    plain = command_word(word)
    if plain in ("zhenggai", "zg", "git"):
        more = _line(*rest) if rest and command_word(rest[0]) in BY_WORD else "zhenggai --help"
        return f"“{word}”不是命令\n  下一步：{more}"
    if answer := _COMMANDS.get(plain):
        return f"没有命令“{word}”\n  {answer}"
    if plain.startswith(tuple("—–－-")) and (said := option_first(words)):
        return said
    if later := next((later for later in rest if command_word(later) in BY_WORD), None):
        others = [other for other in words if other is not later]
        return f"命令写在最前面\n  下一步：{_line(later, *others)}"
    if glued := next((name for name in BY_WORD if plain.startswith(name) and len(plain) > len(name)), None):
        tail = word[len(glued) :].lstrip("，。、：:, ")
        if measure_number(tail) or tail in units or re.search("[，。、：:,]", word):
            return f"命令后面要空一格\n  下一步：{_line(glued, tail, *rest)}"
    if number := measure_number(word):
        return f"“{word}”前面要写命令\n  看它：zhenggai show {number}；记进展：zhenggai add {number} 做了什么"
    if word in units:
        return f"“{word}”前面要写命令\n  看它：zhenggai show {word}；它的待办：zhenggai todo {word}"
    if is_entry_number(word):
        return f"“{word}”前面要写命令\n  看它：zhenggai show {word}；更正：zhenggai correct {word} 字段=值"
    near = nearest(plain, BY_WORD)
    return f"没有命令“{word}”，{'最接近的有：' + '、'.join(near) if near else '全部命令见 zhenggai --help'}"


def option_first(words: Sequence[str]) -> str | None:
    """What is said of a line in which an option stands before its command; None if the line has no command."""
    later = next((word for word in words if command_word(word) in BY_WORD), None)
    if later is None:
        return None
    return f"选项写在命令后面\n  下一步：{_line(later, *(word for word in words if word is not later))}"


def _line(*words: str) -> str:
    return " ".join(
        ["zhenggai", *(shlex.quote(word) if re.search(r"[\s\"'$&|;<>()]", word) else word for word in words)]
    )


_OPTIONS: Mapping[str, str] = {
    word: options
    for words, options in (
        ("date day 日期 日 time 时间 when at on 截止", "--as-of --date --deadline --base"),
        ("from since after start begin 从 自 开始 起 start-date", "--from --since --as-of --no"),
        ("to until before end 到 至 止 deadline end-date", "--to --until --as-of --deadline --within"),
        ("user author name who me 姓名 人 填报 by writer", "--writer --by --unit --person"),
        ("dept department office org 部门 科室 units 乡镇 town county 责任单位", "--unit --for --by --class"),
        ("out file save export write 文件 导出 保存 dest", "--output"),
        ("type json csv md html excel xlsx text 类型", "--format --class --kind"),
        ("num number id 号 编号 序号", "--no --problem --phase"),
        ("week month issue-no period 周 月 第几期", "--no"),
        ("days day-count n 天 天数 limit", "--within --days"),
        ("measure task item 措施 任务 step", "--problem --step"),
        ("message msg m note text body comment 备注 说明 意见 content", "--content"),
        ("progress rate pct percentage 完成率 百分比 percent", "--percent"),
        ("attach attachment 附件 材料 files proof", "--evidence"),
        ("why because cause 理由 原由", "--reason --cause"),
        ("y f confirm assume-yes force 是 确定 no-confirm", "--yes --force"),
        ("n preview test dryrun 试", "--dry-run"),
        ("status 状态 light", "--state"),
        ("category kind group 类 类别", "--class --unit"),
        ("groupby group-by breakdown 分组 分类", "--分列"),
        ("v verbose debug trace", "--debug --version"),
        ("fix repair 修复 mend autofix", "--fix --mend"),
        ("delete remove 删除 作废", "--void"),
    )
    for word in words.split()
}
_NEEDLESS: Mapping[str, str] = {
    word: answer
    for words, answer in (
        ("all a 全部", "不写筛选就是全部"),
        ("sort order 排序", "次序是定好的，要另排写成表格：-o 总览.csv"),
        ("fix repair 修复 mend autofix", "改正用 zhenggai fmt --mend"),
        ("quiet q silent color colour no-color", "不用写"),
    )
    for word in words.split()
}

_MESSAGE = frozenset(["message", "msg", "m", "note", "text", "body", "comment", "content", "内容", "备注", "说明"])


def near_options(
    name: str, options: Iterable[str], similar: Sequence[str] | None, command: str | None, arguments: Iterable[str]
) -> str:
    """What is said of an option that a command lacks: its options near in meaning, else in spelling; "" if none is.

    ``arguments`` is how the command's arguments are called.
    """
    known = set(options)
    plain = name.lstrip("-").lower()
    others = {"--by"} if "--分列" in known else set()  # there it does not say who records
    meant = [option for option in _OPTIONS.get(plain, "").split() if option in known - others]
    if meant:
        return f"，是不是 {'、'.join(meant)}？"
    glued = next((o for o in sorted(known, key=len, reverse=True) if len(o) > 3 and name.startswith(o)), None)
    if glued:
        return f"，选项和值之间要空一格：{glued} {name[len(glued) :]}"
    if plain in _MESSAGE and any(text in argument for argument in arguments for text in TEXTS):
        return "，文字直接写在后面，加引号"
    if plain in _MESSAGE and command == "sync":
        return f"，{_INSTEAD[command]}"
    if answer := _NEEDLESS.get(plain):
        return f"，{answer}"
    return f"，是不是 {'、'.join(similar)}？" if similar else ""


_INSTEAD: Mapping[str, str] = {
    "undo": "撤销的总是刚记的一条；作废这一条：zhenggai correct {} --void",
    "schema": "zhenggai schema --print {}",
    "sync": "提交的说明由程序写：zhenggai sync",
    "check": "一次查全部文件：zhenggai check",
    "facts": "zhenggai facts -o {}",
}
_ONE_EACH = "一次一项措施，分几次写"
TEXTS = frozenset(("内容", "时限", "结论", "现"))
"""How arguments are called that take a text of any words."""


def below_nothing(words: Sequence[str], option: str) -> str:
    """What is said of an amount below 0 that was taken for ``option``; "" if there is none.

    >>> below_nothing(["1-1", "问题金额", "-5万元"], "-5"), below_nothing(["-q", "5万元"], "-q")
    ('金额“-5万元”不能是负数，写成 5万元', '')
    """
    found = ((word, amount_of(word[1:])) for word in words if word.startswith(option) and word.startswith("-"))
    return next((f"金额“{word}”不能是负数，写成 {amount}" for word, amount in found if amount), "")


def dashed(words: Sequence[str]) -> str:
    """What is said of words that begin with an input method's dash and are no option; "" if there are none."""
    seem = "、".join(filter(looks_like_option, words))
    return f"没有选项 {seem}（前面是中文的破折号；选项写成 --名称 的样子）" if seem else ""


def _named_by(word: str, options: Collection[str]) -> str | None:
    """The option that takes a word which looks like the name of a unit or of a person; None if there is none."""
    if re.search(r"[局镇乡办委部会]$", word) and "--unit" in options:
        return "--unit"
    return "--person" if "--person" in options and re.fullmatch("[\u4e00-\u9fff]{2,4}", word) else None


def surplus(words: Sequence[str], line: Sequence[str], last: str | None, options: Collection[str]) -> str:
    """What is said of words that a command has no place for. ``line`` is what it took, ``last`` how its last argument is called."""
    if wrong := dashed(words):
        return wrong
    if last in TEXTS:
        *before, text = line
        return (
            f'多出了“{" ".join(words)}”\n  下一步：有空格的文字要加引号：{_line(*before)} "{" ".join([text, *words])}"'
        )
    told = f"多出了“{'、'.join(words)}”"
    if len(words) > 1 and last and "措施" in last and all(map(measure_number, words)):
        return f"{told}\n  下一步：{_ONE_EACH}"
    if len(words) == 1 and line:
        (word,) = words
        command, *taken = line
        if measure_number(word) and last and "措施" in last:
            other = next((option for value in taken if (option := _named_by(value, options))), None)
            advice = _line(command, word, other, *taken) if other else _ONE_EACH
            return f"{told}\n  下一步：{advice}"
        if option := _named_by(word, options):
            return f"{told}\n  下一步：{_line(*line, option, word)}"
        if Path(word).suffix and format_of_file(Path(word)) and "--output" in options:
            return f"{told}\n  下一步：要写入文件，{_line(*line)} -o {word}"
        if measure_number(word) and command == "undo":
            return f"{told}\n  下一步：撤销的总是刚记的一条；{word} 各条记录的编号：zhenggai show {word}"
        if step := _INSTEAD.get(command):
            return f"{told}\n  下一步：{step.format(word)}"
    return f"{told}\n  下一步：{_line(*line)}" if line else told
