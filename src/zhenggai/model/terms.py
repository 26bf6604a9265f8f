"""What a plan's type (类型) calls its parts: 问题, 措施 and 完成整改, or 事项, 承诺 and 兑现. Views ask it where they make a sentence."""

from collections.abc import Mapping
from dataclasses import field

from zhenggai.frozen import frozen


@frozen(kw_only=True)
class Terms:
    """The words of a plan's type.

    - ``paper``: what was issued; ``problem``, ``measure``: its parts.
    - ``task``: what a unit has to do of a measure; ``dated_task``, ``all_dated``: one with a deadline, all of these;
      ``task_in_public``: one in a public notice.
    - ``done``: that a task is completed; ``completed``: the same at length; ``rate``, ``overall_rate``: how many are.
    - ``rectify``, ``settled``: what letters ask for, and what they ask to be reached.
    - ``outcome``: what has been done, as titles and notices call it.
    - ``named``: a problem by its name, as headings have it.
    - ``heads``: whole heads and titles of the program → what they are instead.
    """

    paper: str = "整改方案"
    problem: str = "问题"
    measure: str = "措施"
    task: str = "任务"
    dated_task: str = "有期限任务"
    all_dated: str = "有期限的任务"
    task_in_public: str = "整改任务"
    done: str = "完成"
    completed: str = "完成整改"
    rate: str = "完成率"
    overall_rate: str = "总体完成率"
    rectify: str = "整改"
    settled: str = "整改到位"
    outcome: str = "整改情况"
    named: str = "关于{}问题"
    heads: Mapping[str, str] = field(default_factory=dict)

    def about(self, name: str) -> str:
        """A problem, or several, by the name: 关于“学习不深入”问题."""
        return self.named.format(name)

    def head(self, text: str) -> str:
        """A whole head or title in these words.

        >>> PROMISES.head("完成率"), PROMISES.head("单位"), USUAL.head("完成率")
        ('兑现率', '单位', '完成率')
        """
        return self.heads.get(text, text)

    def part(self, name: str) -> str:
        """What the program calls a kind of part of the plan, or where a deadline stands.

        >>> PROMISES.part("继承问题"), USUAL.part("继承问题")
        ('继承事项', '继承问题')
        """
        return name.replace("问题", self.problem).replace("措施", self.measure)


USUAL = Terms()
PROMISES = Terms(
    paper="承诺台账",
    problem="事项",
    measure="承诺",
    task="承诺",
    dated_task="承诺",
    all_dated="承诺",
    task_in_public="承诺",
    done="兑现",
    completed="兑现",
    rate="兑现率",
    overall_rate="兑现率",
    rectify="兑现",
    settled="兑现",
    outcome="兑现情况",
    named="{}",
    heads={
        # titles
        "反馈问题整改落实情况": "承诺兑现情况",
        "整改落实情况报告": "兑现情况报告",
        "整改成效": "成效",
        "尚未完成的整改": "尚未兑现的承诺",
        "整改走势": "兑现走势",
        "整改台账": "台账",
        "整改情况统计表": "兑现情况统计表",
        "问题清单": "事项清单",
        "整改销号公示": "承诺兑现公示",
        "整改提醒书": "提醒书",
        "整改督办单": "督办单",
        "整改告诫书": "告诫书",
        "整改约谈通知书": "约谈通知书",
        "整改情况通报": "兑现情况通报",
        "整改工作": "兑现工作",
        "整改各轮": "各轮",
        "分问题": "分事项",
        # heads
        "问题": "事项",
        "问题号": "事项号",
        "反馈问题": "事项",
        "反馈重点方面": "重点方面",
        "反馈重点内容": "重点内容",
        "反馈具体问题": "具体事项",
        "具体问题表述": "具体事项",
        "针对的问题": "事项",
        "存在问题": "事项",
        "同措施的问题": "同承诺的事项",
        "问题来源": "来源",
        "问题类别": "事项类别",
        "完成的问题": "兑现的事项",
        "措施": "承诺",
        "措施编号": "承诺编号",
        "同措施": "同承诺",
        "牵头的措施": "牵头的承诺",
        "负责的措施": "负责的承诺",
        "细化的整改措施": "细化的承诺",
        "整改任务": "承诺内容",
        "整改措施": "承诺内容",
        "整改计划": "承诺内容",
        "采取的整改措施": "做了什么",
        "已采取的整改措施": "已做了什么",
        "整改要求": "要求",
        "整改进度": "进度",
        "整改描述": "进展",
        "整改时限": "时限",
        "整改期限": "兑现期限",
        "完成时限": "兑现时限",
        "对应的完成时间": "兑现时间",
        "完成时间": "兑现时间",
        "完成日期": "兑现日期",
        "整改完成标准": "兑现标准",
        "整改责任人": "责任人",
        "整改第一责任人": "第一责任人",
        "牵头整改部门责任人": "牵头部门责任人",
        "整改情况": "兑现情况",
        "要完成的": "应兑现",
        "应完成": "应兑现",
        "应整改": "应兑现",
        "到期应完成": "到期应兑现",
        "完成情况": "兑现情况",
        "应整改数": "应兑现数",
        "已整改数": "已兑现数",
        "立行立改应整改数": "立行立改应兑现数",
        "立行立改已整改数": "立行立改已兑现数",
        "已完成": "兑现",
        "未完成": "未兑现",
        "完成率": "兑现率",
        "已完成后跟踪": "兑现后跟踪",
        "已完成并长期坚持": "兑现并长期坚持",
        "已完成并持续推进": "兑现并持续推进",
        "是否已完成整改": "是否已兑现",
        "未完成原因": "没有兑现的原因",
        "未整改到位原因及下一步计划": "没有兑现的原因及下一步计划",
    },
)
"""The words of a 承诺台账: its problems are meetings or posts, its measures are promises."""


def terms_of(plan_type: str | None) -> Terms:
    """The words of a type; a plan without one speaks of 问题 and 措施."""
    return PROMISES if plan_type else USUAL
