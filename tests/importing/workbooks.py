"""Workbooks as secretaries make them, one of each layout in use, and nasty ones. Each is made by openpyxl when it is asked for."""

from collections.abc import Iterable, Sequence
from datetime import date
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

Rows = Sequence[Sequence[object]]


def _saved(book: Workbook) -> bytes:
    data = BytesIO()
    book.save(data)
    return data.getvalue()


def _filled(sheet: Any, rows: Rows, merged: Iterable[str] = ()) -> Worksheet:
    for row in rows:
        sheet.append(list(row))
    for area in merged:
        sheet.merge_cells(area)
    filled: Worksheet = sheet
    return filled


def _one(rows: Rows, *merged: str) -> bytes:
    book = Workbook()
    _filled(book.active, rows, merged)
    return _saved(book)


def layout_a() -> bytes:
    """A title, the unit, cells of a problem merged, a line for signatures."""
    return _one(
        [
            ["县教育局整改台账"],
            ["填报单位：县教育局", None, None, None, None, None, "2020年5月8日"],
            ["序号", "反馈\n问题", "整改目标", "整改措施", "责任 领导", "责任部门", "完成时限"],
            [1, "学习走过场", "学有所得", "每月集中学一次", "王局长", "办公室、人事股", "2020年6月底前"],
            [None, None, None, "每季度测试一次", "王局长", "人事股", "每季度末"],
            [2, "考勤不严", "到岗在位", "修订考勤办法", "李局长", "办公室", date(2020, 9, 30)],
            ["填表人：小周", None, None, "审核人：小吴"],
        ],
        "A1:G1", "A4:A5", "B4:B5", "C4:C5",
    )  # fmt: skip


def layout_b() -> bytes:
    """Three columns merged to the left, percents and words in one column."""
    return _one(
        [
            ["序号", "反馈重点方面", "反馈重点内容", "反馈具体问题", "整改计划", "整改进度", "整改描述", "责任领导", "分管领导", "整体牵头部门/负责人", "整改时限"],
            [1, "党的建设", "组织生活", "主题党日走过场", "统一内容", 0.4, "内容已统一", "书记", "部长", "县委组织部/周某", "2020年6月底前"],
            [2, None, None, None, "每月抽查", "已完成", "抽查12个支部", "书记", "部长", "县委组织部/周某", "2020年5月"],
            [3, None, "发展党员", "材料不全", "全面审核", "未启动", None, "书记", "部长", "县委组织部/吴某", "长期坚持"],
        ],
        "B2:B4", "C2:C3", "D2:D3",
    )  # fmt: skip


def layout_c() -> bytes:
    """Deadlines of problems and of measures, days as days."""
    heads = [
        "序号", "问题来源", "问题类别", "具体问题表述", "整改类型", "整改要求", "整改时限", "整改完成标准", "细化的整改措施", "对应的完成时间",
        "整改第一责任人", "牵头整改部门责任人", "已采取的整改措施", "未整改到位原因及下一步计划", "是否已完成整改", "是否销号",
    ]  # fmt: skip
    return _one(
        [
            heads,
            [1, "审计", "个性", "收入未缴库", "限期", "全额缴库", "2020年9月底前", "缴清", "清理账户", date(2020, 6, 30), "局长", "县财政局 国库股股长", "已缴库", None, "是", "是"],
            [None, None, None, None, None, None, None, None, "制定办法", date(2020, 8, 31), "局长", "县财政局 国库股股长", "已起草", "等审议", "否", "否"],
        ],
        *(f"{letter}2:{letter}3" for letter in "ABCDEFGH"),
    )  # fmt: skip


def layout_d() -> bytes:
    """An application for close-outs, signed below."""
    return _one(
        [
            ["销号申请单"],
            ["序号", "单位", "问题类别", "存在问题", "采取的整改措施", "整改期限", "整改责任人", "整改情况", "完成时间", "复查人", "备注"],
            [1, "城关镇", "环境", "垃圾清运慢", "增加两台清运车", "2020.5.20", "镇长", "已整改到位", "2020.5.18", None, None],
            ["整改单位负责人（签字）：", None, None, None, None, "主管部门负责人（签字）："],
        ],
        "A1:K1",
    )  # fmt: skip


def layout_e() -> bytes:
    """Statistics with a line of sums."""
    return _one(
        [
            [
                "单位",
                "应整改数",
                "已整改数",
                "完成率",
                "立行立改应整改数",
                "立行立改已整改数",
                "完成率",
                "问责组织数",
                "问责人员数",
            ],
            ["县教育局", 4, 3, 0.75, 1, 1, 1, 0, 0],
            ["合计", 4, 3, 0.75, 1, 1, 1, 0, 0],
        ]
    )


def nasty_rows() -> bytes:
    """Heads in three rows, sums, heads again, 续, a hidden row, a struck one, a note, a hidden sheet, a second list, a page of text."""
    book = Workbook()
    sheet = _filled(
        book.active,
        [
            ["2020年整改台账"],
            ["序号", "问题", None, "整改安排", None, None],
            [None, "问题类别", "具体问题", "整改措施", "责任", None],
            [None, None, None, None, "牵头单位", "责任单位"],
            [1, "组织生活", "主题党日走过场", "统一内容", "县委组织部", "各乡镇"],
            ["小计", None, "1个", "1项"],
            ["序号", "问题类别", "具体问题", "整改措施", "牵头单位", "责任单位"],
            [None, None, "主题党日走过场（续）", "每月抽查", "县委组织部", "县直机关工委"],
            [2, "党费", "收缴不及时", "线上缴纳", "县委组织部", "各乡镇"],
            [3, "党员", "材料不全", "全面审核", "县委组织部", "各乡镇"],
            ["注：一式两份"],
        ],
        ["A1:F1", "A2:A4", "B2:C2", "B3:B4", "C3:C4", "D2:F2", "D3:D4", "E3:F3", "A11:F11"],
    )
    sheet.title = "党建"
    sheet.row_dimensions[9].hidden = True
    for cell in sheet[10]:
        cell.font = Font(strike=True)
    _filled(
        book.create_sheet("业务"),
        [["具体问题", "整改措施", "责任单位"], ["补贴发放迟", "按月发放", "县民政局 县财政局"]],
    )
    _filled(book.create_sheet("说明"), [["每周五前报"]])
    _filled(
        book.create_sheet("旧表"), [["具体问题", "整改措施", "责任单位"], ["旧", "旧", "县委办"]]
    ).sheet_state = "hidden"
    return _saved(book)


def nasty_values() -> bytes:
    """Days and shares of every sort, units in every way, formulas without results."""
    book = Workbook()
    sheet = _filled(
        book.active,
        [
            ["存在问题", "整改举措", "整改责任单位", "整改期限", "完成进度", "最新进展"],
            ["甲", "一", "县交通局\n城关镇", date(2020, 6, 30), 0.8, "修了八公里"],
            ["乙", "二", "县城管局 县住建局", 2020.5, "100%", "全部更换"],
            ["丙", "三", "牵头单位：县住建局；责任单位：县财政局、县水利局", 43982, "50", "完成选址"],
            ["丁", "=B2", "县城管局/县林业局", "20200815", None, "=1+1"],
            ["戊", "五", "县公安局；县城管局；", "2020年2月30日", None, None],
        ],
    )
    sheet["E2"].number_format = "0%"
    return _saved(book)


def nasty_places() -> bytes:
    """A sheet a unit, without a column for units, the list below four lines, a second table below it."""
    book = Workbook()
    for unit in ("城关镇", "河东乡"):
        _filled(
            book.create_sheet(unit),
            [
                ["附件2"], [f"{unit}整改台账"], [], ["报送日期：2020年6月20日"],
                ["序号", "存在的问题", "具体整改措施", "完成时限", "备注"],
                [1, f"{unit}路灯不亮", "1.更换；2.巡查。", "6月底前", "已招标"],
                [], ["单位", "应整改数", "已整改数"], [unit, 1, 0],
            ],
        )  # fmt: skip
    del book["Sheet"]
    return _saved(book)
