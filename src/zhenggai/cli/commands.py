"""The commands in one table: name, Chinese alias, module, what it does. A module is imported when its command runs."""

from typing import NamedTuple


class Command(NamedTuple):
    """A row of the table; the module has a function of the command's name."""

    name: str
    alias: str
    about: str

    @property
    def module(self) -> str:
        """Where the command is."""
        return f"zhenggai.cli.{self.name}"


COMMANDS: tuple[Command, ...] = (
    Command("status", "总览", "整改总览：阶段、时间、各问题进度、红黄绿灯"),
    Command("overdue", "逾期", "逾期任务：谁的、逾期几天"),
    Command("due", "临期", "即将到期的任务、例行和评估"),
    Command("phase", "阶段", "阶段小结：应完成、按期、超期、未动的单位"),
    Command("show", "查看", "一项措施、一个单位或一条记录的全部来历"),
    Command("add", "进展", "记一条进展（记在自己的台账文件里）"),
    Command("week", "周报", "生成周报"),
    Command("check", "检查", "检查方案和台账：哪个文件、哪一行、怎么改"),
    Command("when", "时限", "解释一句时限的意思"),
    Command("schema", "模式", "写出编辑器用的模式文件（自动补全、即时校验）"),
    Command("init", "新建", "建一个新的台账文件夹，或补齐缺少的部分"),
)

BY_WORD = {word: command for command in COMMANDS for word in (command.name, command.alias)}
