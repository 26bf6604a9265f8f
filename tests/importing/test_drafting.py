"""Papers become drafts. Each test shows its paper; ``tree`` shows a draft in short: titles of problems, contents of their measures."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhenggai.importing.content import Cell, Manuscript, Paragraph, Row, Sheet
from zhenggai.importing.draft import Draft
from zhenggai.importing.paper.drafting import draft_of


def manuscript(paper: str) -> Manuscript:
    return tuple(Paragraph(text, line) for line, text in enumerate(paper.strip().split("\n"), 1))


def draft(paper: str) -> Draft:
    return draft_of(manuscript(paper), "方案.txt", year=2021)


def tree(paper: str) -> dict[str, list[str]]:
    return {problem.title: [measure.content for measure in problem.measures] for problem in draft(paper).problems}


def owners(paper: str) -> list[Any]:
    """Units and deadline of each measure."""
    return [(measure.units, measure.deadline) for problem in draft(paper).problems for measure in problem.measures]


def doubts(paper: str, about: str) -> list[int]:
    """The lines of the doubts of a kind."""
    return [doubt.place.line for doubt in draft(paper).doubts if doubt.about == about]


BY_NUMBER = """
关于集中整改的方案
一、总体要求
（一）统一思想。要高度重视。
二、存在的主要问题
主要有2个方面的问题：一是例会开得少。二是台账记得乱。
三、整改措施
1.开好例会。①排出例会日程；②缺席的写明原因。
2.记好台账。①专人登记；②每月核对；③年底归档。
四、实施步骤
（一）自查阶段（2021年3月）。各自对照。
（二）整改阶段（2021年4月至6月）。逐项整改。
五、工作要求
（一）加强领导。主要负责人亲自抓。
"""


def test_problems_of_one_paragraph_are_paired_with_measures_of_the_same_number() -> None:
    assert tree(BY_NUMBER) == {
        "例会开得少": ["排出例会日程", "缺席的写明原因"],
        "台账记得乱": ["专人登记", "每月核对", "年底归档"],
    }
    assert doubts(BY_NUMBER, "同号配对") == [7, 8]
    assert [(phase.name, phase.place.line) for phase in draft(BY_NUMBER).phases] == [("自查阶段", 10), ("整改阶段", 11)]
    assert [heading for heading, _ in draft(BY_NUMBER).aside] == ["总体要求", "工作要求"]


def test_a_paper_on_one_line_has_the_same_tree() -> None:
    assert tree(BY_NUMBER.replace("\n", "")) == tree(BY_NUMBER)


KINDS: dict[str, tuple[str, dict[str, list[str]]]] = {
    "针对…问题 stand above their measures": (
        """
二、整改任务
（一）针对“例会少”问题
1.排定日程。
2.通报缺席。
（二）针对“台账乱”问题
1.专人登记。""",
        {"针对“例会少”问题": ["排定日程", "通报缺席"], "针对“台账乱”问题": ["专人登记"]},
    ),
    "measures name problems of another section, in another order": (
        """
一、主要问题
（一）例会开得太少。全年只开两次。
（二）台账登记混乱。
二、整改措施
（一）关于台账登记混乱问题的整改
1.专人登记。
（二）关于例会开得太少问题的整改
1.排定日程。""",
        {"例会开得太少。全年只开两次。": ["排定日程"], "台账登记混乱": ["专人登记"]},
    ),
    "问题一 is named by its number": (
        """
一、存在问题
问题一：例会少。
问题二：台账乱。
二、整改措施
针对问题二，1.专人登记；2.每月核对。
针对问题一，1.排定日程。""",
        {"例会少": ["排定日程"], "台账乱": ["专人登记", "每月核对"]},
    ),
    "blocks with labels": (
        """
一、例会开得少。
整改目标：每月一次。
整改措施：
1.排定日程。
2.通报缺席。
二、台账记得乱。
整改措施：专人登记。""",
        {"例会开得少": ["排定日程", "通报缺席"], "台账记得乱": ["专人登记"]},
    ),
    "labels within a line": (
        """
1.问题：例会少。措施：排定日程。时限：6月底前。
2.问题：台账乱。措施：专人登记。时限：7月底前。""",
        {"例会少": ["排定日程"], "台账乱": ["专人登记"]},
    ),
    "labels in black brackets": (
        """
【问题1】例会少。
【整改措施】排定日程。
【问题2】台账乱。
【整改措施】（1）专人登记；（2）每月核对。""",
        {"例会少": ["排定日程"], "台账乱": ["专人登记", "每月核对"]},
    ),
    "labels as numbered items": (
        """
一、关于“例会少”的问题
1．具体问题：①全年两次；②无人记录。
2．整改措施：①排定日程；②专人记录。
3．责任单位：办公室
二、关于“台账乱”的问题
1．整改措施：①专人登记。
2．责任单位：档案室""",
        {"关于“例会少”的问题": ["排定日程", "专人记录"], "关于“台账乱”的问题": ["专人登记"]},
    ),
    "headings above problems": (
        """
一、问题及整改措施
（一）制度建设方面
1.例会制度不健全。
整改措施：一是排定日程；二是通报缺席。
（二）作风建设方面
2.台账登记不及时。
整改措施：专人登记。""",
        {"例会制度不健全": ["排定日程", "通报缺席"], "台账登记不及时": ["专人登记"]},
    ),
    "levels the other way round": (
        """
1、制度方面
一、例会开得太少。
（1）排定日程。责任科室：办公室
（2）通报缺席。责任科室：办公室
2、作风方面
二、台账登记混乱。
（1）专人登记。责任科室：档案室""",
        {"例会开得太少": ["排定日程", "通报缺席"], "台账登记混乱": ["专人登记"]},
    ),
    "two lists in one paragraph, told by what leads to them": (
        """
关于教室的整改方案 检查发现以下问题： 1、灯管不足； 2、门窗破旧。 针对以上问题，采取如下措施： 1、加装灯管； 2、更换门窗。""",
        {"灯管不足": ["加装灯管"], "门窗破旧": ["更换门窗"]},
    ),
    "a report": (
        """
一、整改工作总体情况
（一）高度重视。
二、整改落实情况
（一）关于“例会少”问题的整改情况
一是排定了日程。二是通报了缺席。
（二）关于“台账乱”问题的整改情况
指定专人登记。
三、下一步打算
（一）持续抓好。""",
        {
            "关于“例会少”问题的整改情况": ["排定了日程", "通报了缺席"],
            "关于“台账乱”问题的整改情况": ["指定专人登记"],
        },
    ),
    "one problem": (
        """
一、存在的问题
食堂生熟食品混放。
二、整改措施
1.分开存放。
2.完善制度。
（1）每餐留样。
（2）做好记录。""",
        {"食堂生熟食品混放": ["分开存放", "完善制度"]},
    ),
    "places with problems of their own": (
        """
一、住建局
（一）存在问题
1.接待没有公函。
2.派车没有单据。
（二）整改措施
1.补齐公函。
2.补齐单据。
二、文旅局
（一）存在问题
1.会议超标准。
（二）整改措施
1.清退费用。
2.修订办法。""",
        {"接待没有公函": ["补齐公函"], "派车没有单据": ["补齐单据"], "会议超标准": ["清退费用", "修订办法"]},
    ),
    "three lists": (
        """
一、问题清单
1.例会少。
2.台账乱。
二、任务清单
1.（1）排定日程。（2）通报缺席。
2.（1）专人登记。
三、责任清单
1.责任单位：办公室。
2.责任单位：档案室。""",
        {"例会少": ["排定日程", "通报缺席"], "台账乱": ["专人登记"]},
    ),
    "headings of measures without problems": (
        """
一、精简文件
1.严格计划。（责任单位：办公室）
2.控制篇幅。（责任单位：办公室）
二、减少会议
1.合并会议。（责任单位：各科室）
三、组织保障
1.加强领导。""",
        {"": ["严格计划", "控制篇幅", "合并会议"]},
    ),
    "problems without measures": (
        """
一、整治重点
（一）针对会议多、文件长等问题进行治理。
（二）针对台账登记不及时等问题进行治理。
二、推进举措
（一）抓好动员。召开会议。""",
        {
            "针对会议多、文件长等问题进行治理": [],
            "针对台账登记不及时等问题进行治理": [],
            "": ["抓好动员。召开会议。"],
        },
    ),
    "a table of tabs": (
        """
整改台账
序号\t存在问题\t整改措施\t责任单位\t完成时限
1\t例会少\t排定日程\t办公室\t6月底前
2\t台账乱\t专人登记\t档案室\t7月底前""",
        {"例会少": ["排定日程"], "台账乱": ["专人登记"]},
    ),
    "a table with a cell a line": (
        """
整改台账
序号
存在问题
整改措施
责任单位
1
例会少
排定日程
办公室
2
台账乱
专人登记
档案室""",
        {"例会少": ["排定日程"], "台账乱": ["专人登记"]},
    ),
    "headings of problems without numbers": (
        """
一、整改任务
关于“例会少”问题
1.排定日程。
2.通报缺席。
关于“台账乱”问题
1.专人登记。
二、工作要求
加强领导。""",
        {"关于“例会少”问题": ["排定日程", "通报缺席"], "关于“台账乱”问题": ["专人登记"]},
    ),
    "lists under headings without numbers": (
        """
附件1
问题清单
1.例会少。
2.台账乱。
附件2
整改措施清单
1.排定日程。
2.专人登记。""",
        {"例会少": ["排定日程"], "台账乱": ["专人登记"]},
    ),
    "problems and measures under the same headings": (
        """
一、存在的主要问题
（一）制度方面
1.例会不经常。
2.考勤不严格。
（二）作风方面
1.台账登记不及时。
二、整改措施
（一）制度方面
1.排定日程。
2.通报缺席。
（二）作风方面
1.专人登记。
2.每月核对。""",
        {"例会不经常": ["排定日程"], "考勤不严格": ["通报缺席"], "台账登记不及时": ["专人登记", "每月核对"]},
    ),
    "headings of subjects with their own lists": (
        """
（一）制度方面
1.存在问题
①例会不经常；
②考勤不严格。
2.整改措施
①排定日程；
②通报缺席。
3.整改时限：6月底前
（二）作风方面
1.存在问题
①台账登记不及时。
2.整改措施
①专人登记；
②每月核对。""",
        {"例会不经常": ["排定日程"], "考勤不严格": ["通报缺席"], "台账登记不及时": ["专人登记", "每月核对"]},
    ),
    "labels behind numbers": (
        """
一、例会开得太少
（一）整改目标：每月一次。
（二）整改措施：
1.排定日程。
2.通报缺席。
（三）责任单位：办公室
二、冬季供水时断时续
（一）整改目标：不断水。
（二）整改措施：
1.专人值守。
（三）责任单位：水利站""",
        {"例会开得太少": ["排定日程", "通报缺席"], "冬季供水时断时续": ["专人值守"]},
    ),
    "a problem without a telling word, described below": (
        """
整改任务一：垃圾随意倾倒
问题描述：路边堆存垃圾三处。
整改措施：1.清运垃圾；2.建成消纳场。
整改任务二：养殖污染
问题描述：设施闲置。
整改措施：定期巡查。""",
        {"垃圾随意倾倒": ["清运垃圾", "建成消纳场"], "养殖污染": ["定期巡查"]},
    ),
    "problems as plain paragraphs": (
        """
一、会议查摆的主要问题
例会不经常。
台账不完整。
二、整改措施
（一）针对例会不经常的问题
1.排定日程。
（二）针对台账不完整的问题
1.专人登记。""",
        {"例会不经常": ["排定日程"], "台账不完整": ["专人登记"]},
    ),
    "measures only, each a paragraph with owners": (
        """
关于作风的两条整改措施
一、严格考勤。（责任单位：办公室）
二、压减会议。（责任单位：督查室）""",
        {"": ["严格考勤", "压减会议"]},
    ),
    "problems in an account, demands as measures": (
        """
一、基本情况
检查了食堂，发现以下问题：（1）证件过期；（2）留样不全。
二、整改措施
（1）补办证件。（2）专人留样。""",
        {"证件过期": ["补办证件"], "留样不全": ["专人留样"]},
    ),
    "demands as measures": (
        """
一、存在问题
1.记录不全。
2.标识缺失。
二、整改要求
1.补齐记录。
2.更换标识。""",
        {"记录不全": ["补齐记录"], "标识缺失": ["更换标识"]},
    ),
    "no plan": (
        """
县委召开整改工作推进会
会议强调，一要对照反馈意见。二要建立台账。三要健全机制。""",
        {},
    ),
    "what a check found, and a report of what was done about it": (
        """
学校安全的报告
检查中发现：1、灯光不够亮；2、楼梯扶手松动；3、跑道破损没有修。
我校当天开会，把任务分到人，现将我校整改情况报告如下：1、换装灯管；2、加固扶手；3、修补跑道。""",
        {"灯光不够亮": ["换装灯管"], "楼梯扶手松动": ["加固扶手"], "跑道破损没有修": ["修补跑道"]},
    ),
    "the same below a number": (
        """
3、存在的问题：检查中还发现以下问题：1、灯光不够亮；2、扶手松动。现将整改情况汇报如下：1、换装灯管；2、加固扶手。""",
        {"灯光不够亮": ["换装灯管"], "扶手松动": ["加固扶手"]},
    ),
    "problems first, without a heading, and as many measures": (
        """
1.操作台老化；2.通风不足。3.培训有待加强。整改措施：1.换操作台；2.每天通风；3.参加培训。""",
        {"操作台老化": ["换操作台"], "通风不足": ["每天通风"], "培训有待加强": ["参加培训"]},
    ),
    "what a check found stands with the measures": (
        """
一、自查情况及整改措施
（一）自查
食堂有气罐三个。自查中发现：
1、气罐放在地下；
2、没有装报警器；
（二）整改措施
1、移走气罐；
2、装好报警器。""",
        {"气罐放在地下": ["移走气罐"], "没有装报警器": ["装好报警器"]},
    ),
    "整改要求 below a problem": (
        """
1、桥头有垃圾死角。
整改要求：由环卫站清除。
2、围墙上乱贴广告。
整改要求：由城管队铲除。""",
        {"桥头有垃圾死角": ["由环卫站清除"], "围墙上乱贴广告": ["由城管队铲除"]},
    ),
    "the same below a heading that says so": (
        """
一、存在问题及整改要求
1、桥头有垃圾死角。
整改要求：由环卫站清除。
2、围墙上乱贴广告。
整改要求：由城管队铲除。""",
        {"桥头有垃圾死角": ["由环卫站清除"], "围墙上乱贴广告": ["由城管队铲除"]},
    ),
    "how far it is stands beside the measures": (
        """
一、整改情况
问题描述：设备没有启用。
整改情况：没有整改到位，预计9月整改到位。
整改措施：1、改造线路；2、清理水池。""",
        {"设备没有启用": ["改造线路", "清理水池"]},
    ),
    "整改状态 is no measure": (
        """
（一）关于“学习不深入”问题的整改
整改措施：一是制定计划；二是开展研讨。
整改状态：已完成，长期坚持
（二）关于“记录不规范”问题的整改
整改措施：重新整理记录。
整改状态：正在整改""",
        {
            "关于“学习不深入”问题的整改": ["制定计划", "开展研讨"],
            "关于“记录不规范”问题的整改": ["重新整理记录"],
        },
    ),
    "a list of problems by place has no measures": (
        """
突出问题如下：
一、东社区
（一）背街小巷
1.门口杂物乱堆。
2.车辆乱停。
二、西社区
1.路灯不亮。""",
        {"门口杂物乱堆": [], "车辆乱停": [], "路灯不亮": []},
    ),
    "what details a problem is no measure": (
        """
一、共性问题整改情况
（一）责任落实不到位
1.力度有所弱化。
2.进度滞后。
（二）管理流程低效
1.候诊时间过长：平均四十分钟。
2.结算手续繁琐：材料多。""",
        {"责任落实不到位": [], "候诊时间过长：平均四十分钟": [], "结算手续繁琐：材料多": []},
    ),
    "hidden dangers, and the way to mend them": (
        """
一、停业背后的隐患
1.1 设施不完善
1.2 制度不健全
二、停业整改之道
2.1 完善设施
2.2 健全制度""",
        {"设施不完善": ["完善设施"], "制度不健全": ["健全制度"]},
    ),
    "the number of a page within a sentence": (
        """
（一）街面脏乱差。整改措施：安排东社区清扫街道，随后
2、安排西社区张贴广告。
（二）巷子垃圾成堆。整改措施：清运垃圾。""",
        {"街面脏乱差": ["安排东社区清扫街道，随后", "2、安排西社区张贴广告"], "巷子垃圾成堆": ["清运垃圾"]},
    ),
    "traditional characters": (
        """
一、整改任務清單
存在以下突出問題：
1、非法采砂問題.
2、通道被佔用。
二、整改措施、責任部門及完成時限
1、巡查河道。
2、騰出通道。
三、工作步驟
（一）動員階段（3月）。開會。""",
        {"非法采砂問題.": ["巡查河道"], "通道被佔用": ["騰出通道"]},
    ),
    "named problems below a named problem": (
        """
1.关于“学习不到位”问题的整改
（1）关于“会议记录不规范”的问题
整改措施：重做记录。
（2）关于“集中学习太少”的问题
整改措施：每月学习。
2.关于“调研不深入”问题的整改
一是下乡走访；二是写出报告。""",
        {
            "关于“会议记录不规范”的问题": ["重做记录"],
            "关于“集中学习太少”的问题": ["每月学习"],
            "关于“调研不深入”问题的整改": ["下乡走访", "写出报告"],
        },
    ),
    "the cause is no part of the problem": (
        """
一、自查发现的问题及成因剖析
问题1：覆盖不全。成因：没有及时调整。
问题2：年龄偏大。成因：后备不足。""",
        {"覆盖不全": [], "年龄偏大": []},
    ),
    "what an inspection lists, without a heading": (
        """
一、东街
1.门口杂物乱堆。
2.摊位占道，管理混乱。
二、西街
1.路灯不亮。""",
        {"门口杂物乱堆": [], "摊位占道，管理混乱": [], "路灯不亮": []},
    ),
    "整改要求 as a heading is none of the last problem's measures": (
        """
1.问题：例会少。
整改措施：排定日程。
2.问题：台账乱。
整改措施：专人登记。
整改要求
各单位要高度重视。""",
        {"例会少": ["排定日程"], "台账乱": ["专人登记"]},
    ),
}


@pytest.mark.parametrize("kind", KINDS)
def test_kinds_of_papers(kind: str) -> None:
    paper, expected = KINDS[kind]
    assert tree(paper) == expected


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "a table of tabs"])
def test_indents_and_widths_make_no_difference(kind: str) -> None:
    paper, expected = KINDS[kind]
    contents = list(expected.values())
    assert list(tree("\n".join(f"　　{line}" for line in paper.strip().split("\n"))).values()) == contents
    assert list(tree(paper.translate(str.maketrans("（）：", "():"))).values()) == contents


OWNERS = {
    "behind the last measure of a block: of all": (
        """
一、例会开得少。
整改措施：
1.排定日程。
2.通报缺席。
责任单位：办公室
整改时限：6月底前""",
        [(("办公室",), "6月底前"), (("办公室",), "6月底前")],
    ),
    "before the measures: of all": (
        """
一、例会开得少。
责任单位：办公室
整改时限：6月底前
整改措施：
（一）排定日程。
（二）通报缺席。""",
        [(("办公室",), "6月底前"), (("办公室",), "6月底前")],
    ),
    "in a bracket behind a problem: of its measures": (
        """
一、整改内容
（1）例会开得不多。（责任单位：办公室）
整改措施：一是排定日程；二是通报缺席。
（2）台账登记混乱。（责任单位：档案室）
整改措施：专人登记，5月底前完成。""",
        [(("办公室",), None), (("办公室",), None), (("档案室",), "5月底前")],
    ),
    "each has its own": (
        """
（一）针对例会少的问题
1.排定日程。（责任单位：办公室；完成时限：5月底前）
2.通报缺席。（责任单位：督查室；完成时限：长期坚持）""",
        [(("办公室",), "5月底前"), (("督查室",), "长期坚持")],
    ),
    "only the last one has a bracket: its own": (
        """
（一）针对例会少的问题
1.排定日程。
2.通报缺席。（责任单位：督查室）""",
        [((), None), (("督查室",), None)],
    ),
    "a list of owners by number": (
        KINDS["three lists"][0],
        [(("办公室",), None), (("办公室",), None), (("档案室",), None)],
    ),
    "behind a group whose problem is not known: of that group": (
        """
一、主要任务
（一）市容行动
1.规范门头牌匾。
2.整治占道经营。
责任单位：城管局
（二）停车行动
1.施划泊位。
责任单位：公安局""",
        [(("城管局",), None), (("城管局",), None), (("公安局",), None)],
    ),
    "lines behind steps: of the measure": (
        """
一、关于例会少的问题
1.开好例会：①排定日程；②通报缺席。
责任单位：办公室
整改时限：6月底前
2.严格考勤。
责任单位：督查室""",
        [(("办公室",), "6月底前"), (("督查室",), None)],
    ),
    "a deadline of the whole plan": (
        """
一、存在的问题
食堂生熟食品混放。
二、整改措施
1.分开存放，3月底前完成。责任单位：总务处
2.完善制度。责任单位：总务处
三、整改时限
4月底前""",
        [(("总务处",), "3月底前"), (("总务处",), "4月底前")],
    ),
}


@pytest.mark.parametrize("kind", OWNERS)
def test_owners_and_deadlines_of_a_block(kind: str) -> None:
    paper, expected = OWNERS[kind]
    assert owners(paper) == expected


def test_what_stands_below_a_measure_are_its_steps() -> None:
    problem = draft("（一）针对例会少的问题\n1.开好例会，办法如下：\n（1）排定日程；\n（2）通报缺席。").problems[0]
    assert [(measure.number, measure.steps) for measure in problem.measures] == [
        ("1-1", (("1-1-1", "排定日程"), ("1-1-2", "通报缺席")))
    ]


def test_headings_above_a_problem_are_its_aspects() -> None:
    problems = draft(KINDS["headings above problems"][0]).problems
    assert [problem.aspects for problem in problems] == [("制度建设方面",), ("作风建设方面",)]
    assert [(problem.number, problem.label, problem.place.line) for problem in problems] == [(1, "1.", 3), (2, "2.", 6)]


def test_a_count_in_the_text_is_compared() -> None:
    assert doubts(BY_NUMBER, "与正文所说个数不符") == []
    assert doubts(BY_NUMBER.replace("有2个方面", "有3个方面"), "与正文所说个数不符") == [5]


def test_a_count_in_a_section_left_aside_is_compared_and_has_its_own_line() -> None:
    aside = "（一）统一思想。要高度重视。\n针对反馈的2个问题，制定整改措施7条，其中已完成9个问题。"
    told = BY_NUMBER.replace("（一）统一思想。要高度重视。", aside)
    assert doubts(told, "与正文所说个数不符") == []
    told = BY_NUMBER.replace("（一）统一思想。要高度重视。", aside.replace("，其中", "。其中"))
    assert doubts(told, "与正文所说个数不符") == [4]
    assert doubts(told.replace("7条", "5条"), "与正文所说个数不符") == []


def test_numbers_that_do_not_follow_are_told() -> None:
    assert doubts("一、问题及整改措施\n（一）例会不多。\n1.排定。\n3.通报。\n3.核对。", "编号不连续") == [4, 5]


def test_a_problem_without_measures_and_measures_without_a_problem_are_told() -> None:
    paper = KINDS["problems without measures"][0]
    assert doubts(paper, "没有写整改措施") == [2, 3]
    assert doubts(paper, "不知道整改哪个问题") == [5]


def test_a_sentence_that_was_cut_into_lines_is_whole_again() -> None:
    paper = """
一、主要问题
（一）停车位不足，全县城区机动车已经超过四万辆，
而公共停车位仅有三千二百个，缺口很大，群众反映强
烈。
（二）断头路太多，全县城区有断头路三条，一共长达
2.5 公里，群众绕行。
— 1 —
二、整改措施
（一）针对停车位不足问题，新建两处公共停车场，新增
车位六百个。责任单位：县城管局、县住建
局
（二）针对断头路太多问题，打通断头路。责任
单位：县住建局"""
    assert [problem.place.line for problem in draft(paper).problems] == [2, 5]
    assert [units for units, _ in owners(paper)] == [("县城管局", "县住建局"), ("县住建局",)]


def test_the_table_of_contents_is_left_out() -> None:
    contents = "目  录\n一、总体要求……1\n二、存在的主要问题\t2\n三、整改措施…………3\n"
    assert tree(contents + BY_NUMBER.strip()) == tree(BY_NUMBER)


def test_what_ends_a_paper_is_no_part_of_the_last_measure() -> None:
    paper = KINDS["blocks with labels"][0] + "\n附件：领导小组名单\n组  长：张三\n2021年3月1日"
    assert tree(paper) == KINDS["blocks with labels"][1]


def _table(*rows: tuple[str, ...], line: int) -> Sheet:
    return Sheet("", tuple(Row(line + at, tuple(map(Cell, row))) for at, row in enumerate(rows)))


def test_what_is_said_behind_a_list_is_no_part_of_its_last_item() -> None:
    paper = """
一、问题：垃圾多。
整改措施：
1.清运垃圾。
2.设垃圾桶。
请各村于2021年6月10日前把整改情况报镇政府。
我镇将以此次整改为契机，2022年起持续治理。"""
    assert tree(paper) == {"垃圾多": ["清运垃圾", "设垃圾桶"]}
    assert owners(paper) == [((), None), ((), None)]
    assert draft(paper).aside[0][1].line == 5


def test_a_sentence_about_all_problems_gives_their_owner_and_deadline() -> None:
    paper = """
一、存在的问题及整改措施
1、学习不够。整改措施：订计划。
2、调研不多。整改措施：每季下乡一次。
以上问题由办公室牵头，2021年12月底前完成。"""
    found = [measure for problem in draft(paper).problems for measure in problem.measures]
    assert [(one.content, one.lead, one.deadline) for one in found] == [
        ("订计划", ("办公室",), "2021年12月底前完成"),
        ("每季下乡一次", ("办公室",), "2021年12月底前完成"),
    ]


def test_a_table_whose_cells_are_parted_by_blanks() -> None:
    paper = """
消防隐患整改方案
序号 存在问题 整改措施 责任单位 完成时限
1 通道堵塞 清理通道 后勤处 2021年5月10日
2 灭火器过期 更换 保卫处 2021年5月20日"""
    assert tree(paper) == {"通道堵塞": ["清理通道"], "灭火器过期": ["更换"]}
    assert owners(paper) == [(("后勤处",), "2021年5月10日"), (("保卫处",), "2021年5月20日")]


def test_a_table_completes_what_the_text_says() -> None:
    table = _table(
        ("序号", "存在问题", "整改措施", "责任单位", "完成时限"),
        ("1", "例会开得太少", "排定日程", "办公室", "6月底前"),
        ("2", "台账登记混乱", "专人登记", "档案室", "7月底前"),
        line=5,
    )
    text = manuscript("一、存在问题\n（一）例会开得太少。\n（二）台账登记混乱。\n二、整改措施（见下表）")
    found = draft_of((*text, table), "方案.docx", year=2021)
    assert [(problem.number, problem.title, problem.place.line) for problem in found.problems] == [
        (1, "例会开得太少", 2),
        (2, "台账登记混乱", 3),
    ]
    assert [(measure.content, measure.units, measure.place.line) for p in found.problems for measure in p.measures] == [
        ("排定日程", ("办公室",), 6),
        ("专人登记", ("档案室",), 7),
    ]


_BITS = [
    "一、",
    "二、",
    "（一）",
    "（二）",
    "1.",
    "2.",
    "①",
    "②",
    "一是",
    "二是",
    "问题一：",
    "措施1：",
    "针对问题二，",
    "整改措施：",
    "存在问题",
    "责任单位：甲局",
    "完成时限：6月底前",
    "（牵头单位：乙局）",
    "关于“甲”问题",
    "例会不多",
    "方面",
    "加强学习",
    "。",
    "；",
    "阶段（2021年3月）",
    "同上",
    "附件：",
    "共3个问题",
    "第一阶段",
    "首先，",
    "最后，",
    "目录",
    "—1—",
    "整改时限",
]


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from([*_BITS, "\n", "\n", "\t", " "]), max_size=40))
def test_nothing_raises(bits: list[str]) -> None:
    draft("".join(bits))


@pytest.mark.parametrize(
    "text", ["一、甲（一）乙1.丙2.丁①戊②己" * 200, "甲乙丙丁，戊己。" * 5_000, "整改措施：" * 1_000]
)
def test_a_long_line_takes_no_long_time(text: str) -> None:
    draft(text)


def test_a_line_of_owners_is_about_its_own_list_where_no_problem_is_named() -> None:
    paper = """
精文减会整改措施
一、精简文件
（一）控制数量
1.制定计划。
2.严格审核。
责任单位：办公室、人事股
（二）控制篇幅
1.一律不超过十页。
责任单位：档案室
"""
    assert owners(paper) == [(("办公室", "人事股"), None), (("办公室", "人事股"), None), (("档案室",), None)]
