"""The table of commands: name, Chinese alias, description, group of the help; in a group, those first that are used most.

A command's module is imported when the command runs."""

from keyword import iskeyword
from typing import NamedTuple


class Command(NamedTuple):
    """A row of the table. The command's module and function are named after it. Without a group, only git calls it."""

    name: str
    alias: str
    about: str
    group: str = ""

    @property
    def module(self) -> str:
        """The full name of the command's module."""
        return f"zhenggai.cli.commands.{self.function}"

    @property
    def function(self) -> str:
        """The name of the command's function in that module."""
        name = self.name.replace("-", "_")
        return f"{name}_" if iskeyword(name) else name


COMMANDS: tuple[Command, ...] = (
    Command("status", "总览", "整改总览：阶段、时间、各问题进度、红黄绿灯", "看"),
    Command(
        "board", "看板", "给领导看的一页：数和变化、各问题、走势、单位、措施时限、红灯、最新记录；-o 看板.html", "看"
    ),
    Command("todo", "待办", "本单位今天要办的事：报、回复、审核、销号、督办，每件附命令", "看"),
    Command("overdue", "逾期", "逾期任务：谁的、逾期几天", "看"),
    Command("due", "临期", "即将到期的任务、例行和评估", "看"),
    Command("list", "台账", "整改台账：一件任务一行，列、次序、筛选自己定，或照公文里的版式", "看"),
    Command("show", "查看", "一个问题、一项措施、一个单位或一条记录的全部来历", "看"),
    Command("find", "查找", "方案、记录、佐证文件名里，哪里写着这些词", "看"),
    Command("rank", "排名", "单位排名：按期率、完成率、逾期、反弹、静默周，该约谈谁", "看"),
    Command("phase", "阶段", "阶段小结：应完成、按期、超期、未动的单位", "看"),
    Command("trend", "走势", "整改走势：每周或每月的完成率、完成、销号、逾期、红灯", "看"),
    Command("rollup", "汇总", "省、市汇总各县：总览、排名、逾期、阶段、走势，各县用 facts 报数", "看"),
    Command("when", "时限", "解释一句时限的意思", "看"),
    Command("add", "进展", "记一条进展（记在自己的台账文件里）", "记"),
    Command("done", "完成", "报告任务完成，或基本完成、经核查不存在", "记"),
    Command("claim", "认领", "认领任务：责任领导、责任人、自定步骤", "记"),
    Command("apply", "申请销号", "申请销号；缺什么、怎么补一并说明", "记"),
    Command("extend", "申请延期", "到期前申请延期，或申请转为长期坚持", "记"),
    Command("duty", "例行", "记例行工作的一期：每月、每季度……", "记"),
    Command("assess", "长期评估", "评估长期坚持的任务，定下次评估日期", "记"),
    Command("reply", "回复", "回复提醒、督办、督查、退回……；不带编号则列出待回复的", "记"),
    Command("lesson", "经验", "记一条经验做法，汇入阶段小结", "记"),
    Command("correct", "更正", "更正本单位的一条记录，或把它作废；原文保留", "记"),
    Command("undo", "撤销", "撤回自己刚记的一条，只限还没有推送的", "记"),
    Command("register", "登记", "登记换届和软弱涣散党组织整顿：请示、已换届、认定、验收……", "记"),
    Command("review", "审核", "初审、复核销号申请，答复延期：一件或成批", "审"),
    Command("visit", "现场核查", "记现场核查：谁去的、在哪里、看到什么，附照片", "审"),
    Command("publicise", "公示", "复核通过后公示", "审"),
    Command("close", "销号", "公示期满后销号", "审"),
    Command("file", "备案", "销号以后报备案：报给谁、备案号", "审"),
    Command("reopen", "重新整改", "不实、反弹的重新整改，另定时限", "审"),
    Command("urge", "督办", "记提醒、督办、告诫、约谈、通报、问责，默认按督办阶梯走到的一步", "督"),
    Command("remind", "提醒函", "到期、逾期、例行和换届的提醒函，一个对象一份；--ladder 看督办阶梯", "督"),
    Command("inspect", "督查", "记督查：某项措施或整个单位，属实、不实、反弹", "督"),
    Command("lookback", "回头看", "销号后的回头看：哪些该查、查得怎样；写结论则记录", "督"),
    Command("week", "周报", "生成周报；印发后留底，不再改动", "报"),
    Command("month", "月报", "生成月报，带单位排名；印发后留底，不再改动", "报"),
    Command("report", "报告", "整改落实情况报告：方案印发以来做了什么、还差什么、问了谁的责；印发后留底", "报"),
    Command("facts", "报数", "把本县的数写成文件，报给上级汇总：任务、问题、阶段、排名，一天不缺", "报"),
    Command("sync", "同步", "提交自己的、取回别人的，合并、检查、推送", "管"),
    Command("check", "检查", "检查方案和台账：哪个文件、哪一行、怎么改", "管"),
    Command("edit", "编辑", "用编辑器打开方案、单位册或本单位的台账，回来就检查", "管"),
    Command("adjust", "调整", "调整已印发的方案：时限、单位、内容、取消、新增，附依据", "管"),
    Command("import", "导入", "把 Excel 里的整改台账导入：先看认出了什么，再写成方案和记录", "管"),
    Command("unit", "单位", "单位册里有哪些单位；更名、合并、新增", "管"),
    Command("whoami", "我", "我是哪个单位、谁填报、身份认不认得、和哪个服务器同步", "管"),
    Command("fmt", "整理", "整理文件：编码、换行、规范格式；--mend 一并改正常见的写错", "管"),
    Command("init", "新建", "建新的台账，或取回已有的；补齐缺少的部分：文件、git 设置、钩子", "管"),
    Command("draft", "起草", "从方案的 Word、文本文件起草方案：问题、措施、单位、时限，要您定的标出来", "管"),
    Command("doctor", "体检", "这台电脑和这个文件夹还缺什么、怎么补", "管"),
    Command("completion", "补全", "按 Tab 补全命令、选项、单位、措施：装到 bash、zsh、fish、PowerShell", "管"),
    Command("audit", "审计", "核对历史：入账后被改被删的、写进别人文件夹的、自己审自己的", "管"),
    Command("schema", "模式", "写出编辑器用的模式文件（自动补全、即时校验）", "管"),
    Command("merge-driver", "合并驱动", "由 git 调用：按记录合并台账文件"),
)

BY_WORD = {word: command for command in COMMANDS for word in (command.name, command.alias)}
GROUPS = dict.fromkeys(command.group for command in COMMANDS if command.group)
