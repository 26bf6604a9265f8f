"""Owners and deadlines are taken out of the text of a measure; the rest is the content, letter for letter."""

from dataclasses import asdict

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhenggai.importing.fields.owners import Fields, read_fields

BRACKETS: list[tuple[str, str, dict[str, object]]] = [
    (
        "修订办法。（牵头单位：甲局；责任单位：乙局、丙镇；完成时限：2020年6月底前）",
        "修订办法。",
        {"lead": ["甲局"], "units": ["乙局", "丙镇"], "deadline": "2020年6月底前", "due": "2020-06-30"},
    ),
    ("修订办法（责任单位：党政办（张三））。", "修订办法。", {"units": ["党政办"], "person": "张三"}),
    (
        "修订办法。〔牵头单位：区政府办公室，责任单位：各街道（园区）〕",
        "修订办法。",
        {"lead": ["区政府办公室"], "units": ["各街道（园区）"]},
    ),
    (
        "修订办法。（牵头单位：甲局；责任单位：乙局、州委编办及州直相关单位，6月底完成）",
        "修订办法。",
        {"lead": ["甲局"], "units": ["乙局", "州委编办", "州直相关单位"], "deadline": "6月底完成", "due": "2020-06-30"},
    ),
    (
        "修订办法。(由甲局牵头,乙局、丙局配合,各乡镇(街道)落实,2021年9月底前完成)",
        "修订办法。",
        {
            "lead": ["甲局"],
            "units": ["各乡镇(街道)"],
            "supporting": ["乙局", "丙局"],
            "deadline": "2021年9月底前完成",
            "due": "2021-09-30",
        },
    ),
    (
        "修订办法。（市政府办公室牵头，市级各有关部门按职责分工负责）",
        "修订办法。",
        {"lead": ["市政府办公室"], "units": ["市级各有关部门"]},
    ),
    (
        "修订办法。（责任单位：省发改委、商务厅按职责分工负责。以下均涉及各市，不再列出）",
        "修订办法。",
        {"units": ["省发改委", "商务厅"], "leftovers": ["以下均涉及各市，不再列出"]},
    ),
    ("修订办法。（责任单位：司法局等有关部门）", "修订办法。", {"units": ["司法局"], "leftovers": ["等有关部门"]}),
    ("修订办法（县财政局、县审计局）", "修订办法", {"units": ["县财政局", "县审计局"]}),
    (
        "修订办法。（县教育局，2020年6月底前）",
        "修订办法。",
        {"units": ["县教育局"], "deadline": "2020年6月底前", "due": "2020-06-30"},
    ),
    ("修订办法（6月底前完成）。", "修订办法。", {"deadline": "6月底前完成", "due": "2020-06-30"}),
    (
        "修订办法（整改时限：6月底）（责任单位：甲局）。",
        "修订办法。",
        {"units": ["甲局"], "deadline": "6月底", "due": "2020-06-30"},
    ),
    (
        "修订办法。（2021年12月底前完成；甲局、乙局牵头，各乡镇配合）",
        "修订办法。",
        {
            "lead": ["甲局", "乙局"],
            "supporting": ["各乡镇"],
            "deadline": "2021年12月底前完成",
            "due": "2021-12-31",
        },
    ),
    (
        "修订办法。（责任单位∶甲局；整改期限︰6月底）",
        "修订办法。",
        {"units": ["甲局"], "deadline": "6月底", "due": "2020-06-30"},
    ),
    # a bracket with a label and something before it is never torn
    ("登记台账（立即整改，责任人：周某）。", "登记台账。", {"person": "周某", "deadline": "立即整改"}),
    ("登记台账(限期一周,责任部门:后勤处)。", "登记台账。", {"units": ["后勤处"], "deadline": "限期一周"}),
    ("登记台账（尽快，责任人：周某）。", "登记台账。", {"person": "周某", "deadline": "尽快"}),
    (
        "登记台账（详见附件，责任单位：甲局（工会））并公示。",
        "登记台账（详见附件）并公示。",
        {"units": ["甲局（工会）"]},
    ),
    ("登记台账。责任单位：甲局）", "登记台账。", {"units": ["甲局"]}),
    (
        "登记台账。（市发改委、市农委、各县政府。排名第一的为牵头单位，下同）",
        "登记台账。",
        {"lead": ["市发改委"], "units": ["市农委", "各县政府"], "leftovers": ["排名第一的为牵头单位，下同"]},
    ),
    ("登记台账。（责任单位：甲局、乙局，下同）", "登记台账。", {"units": ["甲局", "乙局"], "leftovers": ["下同"]}),
    (
        "登記台賬。(牽頭單位:縣發改局;責任單位:司法局、縣委編辦及縣直單位,長期堅持)",
        "登記台賬。",
        {"lead": ["縣發改局"], "units": ["司法局", "縣委編辦", "縣直單位"], "deadline": "长期坚持"},
    ),
    ("登记台账（已完成，责任人：周某）。", "登记台账（已完成）。", {"person": "周某"}),
    (
        "登记台账（责任人：周某 9月底前）。",
        "登记台账。",
        {"person": "周某", "deadline": "9月底前", "due": "2020-09-30"},
    ),
    (
        "登记台账（6月底前，教务处、总务处）。",
        "登记台账。",
        {"units": ["教务处", "总务处"], "deadline": "6月底前", "due": "2020-06-30"},
    ),
    ("登记台账（县水利局，每周一次）。", "登记台账。", {"units": ["县水利局"], "deadline": "每周一次"}),
    # brackets that belong to the text
    ("清理杂物（楼道等多处）。", "清理杂物（楼道等多处）。", {}),
    ("修订办法（以下简称办法），公布。", "修订办法（以下简称办法），公布。", {}),
    ("问各党委（党组）的责任。", "问各党委（党组）的责任。", {}),
    ("召开有关部门（县公安局、县司法局）联席会议。", "召开有关部门（县公安局、县司法局）联席会议。", {}),
    ("交办责任部门（县公安局、县司法局）。", "交办责任部门（县公安局、县司法局）。", {}),
    ("培训干部（含党政正职）。", "培训干部（含党政正职）。", {}),
    ("落实三进（人进、权进、事进）。", "落实三进（人进、权进、事进）。", {}),
    ("设办公室（设在县委巡察办）。", "设办公室（设在县委巡察办）。", {}),
    ("执行文件（县发〔2018〕79号）。", "执行文件（县发〔2018〕79号）。", {}),
]

LINES: list[tuple[str, str, dict[str, object]]] = [
    (
        "修订办法\n责任单位：各乡镇、县直各单位\n责任领导：张三 责任人：李四\n完成时限：立行立改，长期坚持",
        "修订办法",
        {"units": ["各乡镇", "县直各单位"], "leader": "张三", "person": "李四", "deadline": "立行立改，长期坚持"},
    ),
    (
        "牵头领导：县委副书记　牵头单位：政法委　责任单位：公安局、法院　完成时限：2022年12月",
        "",
        {"lead": ["政法委"], "units": ["公安局", "法院"], "leader": "县委副书记", "deadline": "2022年12月", "due": "2022-12-31"},
    ),
    (
        "修订办法。责任领导：张三责任单位：青石镇责任人：李四整改时限：6月底",
        "修订办法。",
        {"units": ["青石镇"], "person": "李四", "leader": "张三", "deadline": "6月底", "due": "2020-06-30"},
    ),
    (
        "修订办法。责任单位：甲局、乙工委。责任人：张某某 李某。完成时限：8月31日前完成，并长期坚持。",
        "修订办法。",
        {"units": ["甲局", "乙工委"], "person": "张某某、李某", "deadline": "8月31日前完成，并长期坚持", "due": "2020-08-31"},
    ),
    (
        "修补路面。牵头单位：甲局 、乙局责任单位：各乡镇政府、善后工作组整治时限：6月底前并长期坚持",
        "修补路面。",
        {
            "lead": ["甲局", "乙局"],
            "units": ["各乡镇政府", "善后工作组"],
            "deadline": "6月底前并长期坚持",
            "due": "2020-06-30",
        },
    ),
    ("【责任单位】甲局　【整改时限】6月底前", "", {"units": ["甲局"], "deadline": "6月底前", "due": "2020-06-30"}),
    ("牵头单位甲局，责任单位乙局、丙局，完成时限6月底前。", "", {
        "lead": ["甲局"],
        "units": ["乙局", "丙局"],
        "deadline": "6月底前",
        "due": "2020-06-30",
    }),
    ("责任股（室）：计财股 责任（牵头）单位：甲局", "", {"units": ["计财股", "甲局"]}),
    ("责任单位：各市（州）党委、政府，甲局（负责经费）", "", {
        "units": ["各市（州）党委", "各市（州）政府", "甲局"],
        "leftovers": ["甲局（负责经费）"],
    }),
    ("责任单位：甲局按职责分工负责；各乡镇负责落实", "", {"units": ["甲局", "各乡镇"]}),
    ("验收单位：整改办 验收时限：7月底前", "", {"leftovers": ["验收单位：整改办", "验收时限：7月底前"]}),
    ("整改时限\n以上任务均于10月底前完成。", "", {"deadline": "10月底前完成", "due": "2020-10-31"}),
    ("责任分工\n以上措施由办公室负责。", "", {"units": ["办公室"]}),
    ("整改时限：8月底前　　问题", "", {"deadline": "8月底前", "due": "2020-08-31", "leftovers": ["问题"]}),
    ("责任人及职务：赵某（局长）", "", {"person": "赵某（局长）"}),
    ("責任單位：教育局\n責任領導：陳某\n完成時限：6月30日前", "", {
        "units": ["教育局"],
        "leader": "陳某",
        "deadline": "6月30日前",
        "due": "2020-06-30",
    }),
    ("牵头领导：周  某", "", {"leader": "周某"}),
    ("责任单位　甲局　整改时限　6月底前", "", {"units": ["甲局"], "deadline": "6月底前", "due": "2020-06-30"}),
    ("责任单位\n甲局\n整改时限\n6月底前", "", {"units": ["甲局"], "deadline": "6月底前", "due": "2020-06-30"}),
    ("责任单位县水利局", "", {"units": ["县水利局"]}),
    ("整改时限为6月底前，责任单位为甲局。", "", {"units": ["甲局"], "deadline": "6月底前", "due": "2020-06-30"}),
    ("3.责任单位：甲局", "", {"units": ["甲局"]}),
    ("责 任 单 位：水 利 局\n责 任 人：张 三、李　四", "", {"units": ["水利局"], "person": "张三、李四"}),
    ("责任单位：甲局、\n乙局\n完成时限：2020年\n12月底前\n下一条", "下一条", {"units": ["甲局", "乙局"], "deadline": "2020年12月底前", "due": "2020-12-31"}),
    ("修订办法。责任\n单位：县住建\n局", "修订办法。", {"units": ["县住建局"]}),
    ("牵头单位及责任人：组织部 张某", "", {"lead": ["组织部"], "person": "张某"}),
    ("牵头部门/负责人：宣传部/周某", "", {"lead": ["宣传部"], "person": "周某"}),
    ("责任单位：教体局（牵头）、人社局、编办（配合）", "", {"lead": ["教体局"], "units": ["人社局"], "supporting": ["编办"]}),
    ("责任单位：教育局牵头，财政局配合", "", {"lead": ["教育局"], "supporting": ["财政局"]}),
    ("督导单位：督查室 验收单位：市教育局", "", {"guiding": ["督查室"], "leftovers": ["验收单位：市教育局"]}),
    ("第一责任人：张三\n分管领导：李四\n包案领导：王五\n具体责任人：局党组书记、局长赵某", "", {
        "first_responsible": "张三",
        "leader_in_charge": "李四",
        "leader": "王五",
        "person": "局党组书记、局长赵某",
    }),
    ("整改目标：建成制度。用好制度。\n完成标准：验收合格\n整改类型：限期整改\n问题金额：12.5万元\n问题来源：省委巡视", "", {
        "goal": "建成制度。用好制度",
        "standard": "验收合格",
        "rectification_type": "限期整改",
        "amount": "12.5万元",
        "sources": ["省委巡视"],
    }),
    ("责任单位：无\n责任人：/\n整改时限：—", "", {}),
    ("责任单位：同上\n整改时限：同上", "", {"as_above": ["units", "deadline"]}),
    ("修订办法。由甲局牵头，乙局配合，6月底前完成。", "修订办法。", {"lead": ["甲局"], "supporting": ["乙局"], "deadline": "6月底前完成", "due": "2020-06-30"}),
    ("县教育局：8月20日前完成。", "县教育局：8月20日前完成。", {"units": ["县教育局"], "deadline": "8月20日前", "due": "2020-08-20"}),
    ("2.县编办、县人社局：核定编制。", "2.县编办、县人社局：核定编制。", {"units": ["县编办", "县人社局"]}),
    ("基层党组织：组织生活不规范。", "基层党组织：组织生活不规范。", {}),
    ("由甲局牵头，修订办法。", "由甲局牵头，修订办法。", {"lead": ["甲局"]}),
    ("由甲局牵头，制定办法，6月底前印发。", "由甲局牵头，制定办法，6月底前印发。", {"lead": ["甲局"], "deadline": "6月底前", "due": "2020-06-30"}),
    ("甲局牵头，各乡镇配合，6月底前修订。", "甲局牵头，各乡镇配合，6月底前修订。", {"lead": ["甲局"], "supporting": ["各乡镇"], "deadline": "6月底前修订", "due": "2020-06-30"}),
    ("修订办法，甲局负责，6月底前完成。", "修订办法，甲局负责，6月底前完成。", {"units": ["甲局"], "deadline": "6月底前完成", "due": "2020-06-30"}),
    ("责任单位：甲局，于6月底前完成。", "", {"units": ["甲局"], "deadline": "6月底前完成", "due": "2020-06-30"}),
    ("将任务分到各部门，各乡镇落实。", "将任务分到各部门，各乡镇落实。", {}),
    ("健全党委领导，政府负责。", "健全党委领导，政府负责。", {}),
    ("整改类型：立行立改\n责任单位：待定\n完成时限：待定", "", {"rectification_type": "立行立改", "deadline": "待定", "leftovers": ["待定"]}),
    ("**责任单位：**甲局 **完成时限：**6月底", "", {"units": ["甲局"], "deadline": "6月底", "due": "2020-06-30"}),
    ("开好会。时间：每月10日；地点：各村。", "开好会。时间：每月10日；地点：各村。", {}),
    # words that only look like labels
    ("压实各级责任人：层层落实。", "压实各级责任人：层层落实。", {}),
    ("明确责任单位和责任人，限期整改。", "明确责任单位和责任人，限期整改。", {}),
    ("整改措施：修订办法。", "整改措施：修订办法。", {}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "rest", "said"), [*BRACKETS, *LINES])
def test_owners(text: str, rest: str, said: dict[str, object]) -> None:
    left, fields = read_fields(text, 2020)
    assert (left, shown(fields)) == (rest, said)


def shown(fields: Fields) -> dict[str, object]:
    """The fields that say something, lists as lists and a day as its text."""
    values = {name: list(value) if isinstance(value, tuple) else value for name, value in asdict(fields).items()}
    return {name: str(value) if name == "due" else value for name, value in values.items() if value}


UNITS = ("县教育局", "县发展和改革局", "各乡镇（街道）", "县直各有关单位", "县委组织部", "河东镇")
LABELS = {"lead": "牵头单位", "units": "责任单位", "supporting": "配合单位", "person": "责任人", "deadline": "完成时限"}
CONTENTS = (
    "修订《2019年考勤办法》（试行），写明次数。",
    "排查底数；逐户登记。",
    "健全“一站式”机制，推动（一）公开；（二）公正。",
)


@st.composite
def written(draw: st.DrawFn) -> tuple[str, str, dict[str, object]]:
    """A content with some owners behind it in any order and form, and what was written."""
    content = draw(st.sampled_from(CONTENTS))
    said: dict[str, object] = {}
    parts: list[str] = []
    for field in draw(st.lists(st.sampled_from(list(LABELS)), min_size=1, unique=True)):
        if field == "person":
            said[field] = value = draw(st.sampled_from(("张三", "李某某、王五")))
        elif field == "deadline":
            said[field] = value = draw(st.sampled_from(("2020年6月底前", "立行立改，长期坚持", "9月30日前完成")))
        else:
            said[field] = names = draw(st.lists(st.sampled_from(UNITS), min_size=1, max_size=4, unique=True))
            value = draw(st.sampled_from("、，")).join(names)
        parts.append(LABELS[field] + draw(st.sampled_from("：:")) + value)
    match draw(st.sampled_from(("bracket", "lines", "behind"))):
        case "bracket":
            return content + "（" + draw(st.sampled_from(("；", ";", "；\n", "，"))).join(parts) + "）", content, said
        case "lines":
            return "\n".join((content, *parts)), content, said
        case _:
            return content + draw(st.sampled_from(("；", "。", " ", "　"))).join(parts), content, said


@settings(max_examples=50)
@given(written())
def test_what_is_written_is_read(case: tuple[str, str, dict[str, object]]) -> None:
    text, content, said = case
    rest, fields = read_fields(text, 2020)
    found = shown(fields)
    found.pop("due", None)
    assert (rest, found) == (content, said)


@given(st.text(st.sampled_from("责任单位牵头：:（）()【】、；。 \n甲局乙镇张三6月底前完成①1.为"), max_size=60))
def test_nothing_that_is_written_makes_it_stop(text: str) -> None:
    rest, _ = read_fields(text, 2020)
    assert len(rest) <= len(text)


@pytest.mark.parametrize(
    "text",
    [
        "县" * 20_000 + "：",
        " " * 20_000 + "：",
        "（甲局、" * 2_000 + "）" * 2_000,
        "2020年5月至" * 2_000,
        "由甲局，" * 10_000,
        "甲局负责好，" * 10_000,
    ],
)
def test_a_long_text_takes_no_long_time(text: str) -> None:
    assert read_fields(text, 2020)[0] == text.rstrip()
