"""Descriptions of the diagnostics that reading and the fold give, in the form of checks. No function here runs.

Their names are the ``check`` names of diagnostics in ``reading`` and ``rules``. A test reads every sample.
"""

from zhenggai.model.source import Level
from zhenggai.rules.checks.named_check import Check
from zhenggai.rules.checks.samples import BEGUN, PLAN, entry_text, ledger_file, plan_with, sample

_GOOD = sample()

READING_FINDINGS: tuple[Check, ...] = (
    Check(
        name="文件",
        level=Level.ERROR,
        about="文件读不出、是空的，或没有单位册",
        good=_GOOD,
        bad=sample({"plans/zg.yaml": ""}),
    ),
    Check(
        name="文件编码",
        level=Level.WARNING,
        about="不是 UTF-8；有读不出的字符、认不出编码的算错误",
        good=_GOOD,
        bad=sample({"plans/zg.yaml": PLAN.encode("gb18030")}),
    ),
    Check(
        name="YAML 语法",
        level=Level.ERROR,
        about="冒号、缩进、引号、括号写错",
        good=_GOOD,
        bad=sample(plan_with("责任单位: 县教育局", "责任单位: [县教育局")),
    ),
    Check(
        name="YAML 写法",
        level=Level.ERROR,
        about="用了锚点、标签等这里不用的写法",
        good=_GOOD,
        bad=sample(plan_with("责任单位: 县教育局", "责任单位: !!str 县教育局")),
    ),
    Check(
        name="重复的键",
        level=Level.ERROR,
        about="同一个键写了两次",
        good=_GOOD,
        bad=sample(plan_with("责任人: 局长", "责任人: 局长\n    责任人: 副局长")),
    ),
    Check(
        name="超出上限",
        level=Level.ERROR,
        about="文件、值、层数太大",
        good=_GOOD,
        bad=sample(plan_with("责任单位: 县教育局", f"责任单位: {'[' * 20}县教育局{']' * 20}")),
    ),
    Check(
        name="字段",
        level=Level.ERROR,
        about="缺少键、不认识的键，或值不合要求",
        good=_GOOD,
        bad=sample(plan_with("责任人: 局长", "负责人: 局长")),
    ),
    Check(
        name="写法",
        level=Level.WARNING,
        about="读得懂，建议改成规范写法",
        good=_GOOD,
        bad=sample(plan_with("印发日期: 2020-03-01", "印发日期: 2020/3/1")),
    ),
    Check(
        name="方案",
        level=Level.ERROR,
        about="文件名与方案编号不一致",
        good=_GOOD,
        bad=sample(plan_with("编号: zg", "编号: zg2020")),
    ),
    Check(
        name="记录",
        level=Level.ERROR,
        about="记录的编号重复，措施、单位、针对的记录找不到，或无权记录",
        good=sample(ledger_file(BEGUN)),
        bad=sample(ledger_file(entry_text("进展", "措施: 1-9", "内容: 办法初稿已完成"))),
    ),
    Check(
        name="副本",
        level=Level.ERROR,
        about="台账文件是从另一个文件复制出来的（“- 副本”“(1)”、网络盘的冲突文件）；以原件为准",
        good=sample(ledger_file(BEGUN)),
        bad=sample(ledger_file(BEGUN), {"ledgers/zg/县教育局/2020-03.办公室.k3 - 副本.yaml": BEGUN}),
    ),
    Check(
        name="状态",
        level=Level.ERROR,
        about="任务当时的状态不能记这件事",
        good=sample(ledger_file(BEGUN)),
        bad=sample(ledger_file(BEGUN, entry_text("申请销号", "措施: 1-1", "签批领导: 局长", on="2020-03-12"))),
    ),
)
