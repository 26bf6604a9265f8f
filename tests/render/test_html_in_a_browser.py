"""Pages as a browser shows them: nothing is asked for, nothing is complained of, nothing is scrolled sideways; rows can be picked."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from chromium import Page, chromium, needs_chromium
from small_repo import SHIPPED, Runner, small_repo

pytestmark = needs_chromium
WIDTHS = (1280, 800, 390)
REPORTS = ("board", "status", "week", "list", "rank", "show 县委组织部", "list --layout B")
OVERFLOW = """
[document.documentElement.scrollWidth - document.documentElement.clientWidth,
 ...[...document.querySelectorAll("main *:not(svg *)")]
   .filter(e => !e.closest(".broad") && e.getClientRects().length && e.getBoundingClientRect().right > innerWidth + 1)
   .map(e => e.outerHTML.slice(0, 80))]
"""
SHOWN = """
Object.fromEntries([...document.querySelectorAll("section")].map(section =>
  [section.querySelector("h2")?.textContent ?? "", [...section.querySelectorAll("tr[data-k]:not([hidden])")].length]))
"""


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    with chromium() as opened:
        yield opened


MONEYED = """\
编号: p
标题: 关于县委巡察反馈的专项资金管理使用问题的整改方案
年度: 2021
印发日期: 2021-01-01
审核: {初审: 牵头单位, 复核: 县委组织部}
阶段: [{编号: 1, 名称: 集中整改, 时限: 2021年1月至12月}]
问题:
- 编号: 1
  内容: 专项资金闲置
  问题金额: 7703.87万元
  措施:
  - {编号: 1-1, 内容: 清理盘活, 类别: 限期整改, 时限: 2021年6月底前, 牵头单位: 县财政局, 责任单位: [县教育局, 城关镇], 责任人: 科长, 阶段: [1]}
"""
"""A plan with money, of which every table has more columns."""
SPENT = """\
2021-03-01 县教育局 进展 1-1 进度=45 整改金额=3400.25万元 内容=上缴一部分
2021-04-01 城关镇 进展 1-1 进度=45 整改金额=1.25万元 追缴=1万元 挽回损失=2万元 内容=上缴
"""


@pytest.fixture
def written(zhenggai: Runner, tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """The page of a report of the shipped plan."""
    path = tmp_path / "页.html"
    ran = zhenggai(*request.param.split(), "--as-of", "2020-10-31", "-o", str(path), at=SHIPPED)
    assert ran.code == 0, ran.err
    return path


@pytest.mark.parametrize("written", REPORTS, indirect=True, ids=REPORTS)
def test_a_page_fits_its_window_asks_for_nothing_and_complains_of_nothing(page: Page, written: Path) -> None:
    for width in WIDTHS:
        page.said.clear()
        page.asked.clear()
        page.open(written, width)
        assert page.value(OVERFLOW) == [0], width
        assert page.said == []
        assert [url for url in page.asked if not url.startswith("data:")] == [written.resolve().as_uri()]


def test_so_does_the_board_of_a_plan_with_money_all_its_tables_open(
    page: Page, zhenggai: Runner, tmp_path: Path
) -> None:
    root = small_repo(tmp_path / "repo", SPENT, plan=MONEYED)
    assert zhenggai("board", "--as-of", "2021-05-31", "-o", "看板.html", at=root).code == 0
    for width in WIDTHS:
        page.open(root / "看板.html", width)
        page.value("document.querySelectorAll('details').forEach(details => details.open = true)")
        assert page.value(OVERFLOW) == [0], width


def test_a_long_text_takes_some_lines_of_the_board_until_it_is_opened(
    page: Page, zhenggai: Runner, tmp_path: Path
) -> None:
    root = small_repo(tmp_path / "repo", SPENT, plan=MONEYED.replace("清理盘活", "清理盘活" * 250))
    assert zhenggai("board", "--as-of", "2021-05-31", "-o", "看板.html", at=root).code == 0
    heights = "[...document.querySelectorAll('.long > span')].map(span => span.getBoundingClientRect().height)"
    for width in WIDTHS:
        page.open(root / "看板.html", width)
        folded = page.value(heights)
        assert folded
        assert max(folded) < 80, width
        page.value("document.querySelectorAll('.long details').forEach(details => details.open = true)")
        assert min(page.value(heights)) > 200, width
        assert page.value(OVERFLOW) == [0], width


@pytest.mark.parametrize("written", ["board", "week"], indirect=True)
def test_a_line_of_the_title_ends_between_words_in_a_narrow_window(page: Page, written: Path) -> None:
    page.open(written, 390)
    lines = page.value(
        """(() => {
          const range = document.createRange(), lines = [], texts = document.createTreeWalker(document.querySelector("h1"), 4);
          let last = null;
          while (texts.nextNode()) for (let n = 0; n < texts.currentNode.length; n++) {
            range.setStart(texts.currentNode, n);
            range.setEnd(texts.currentNode, n + 1);
            const {bottom} = range.getBoundingClientRect();
            if (bottom !== last) lines.push("");
            lines[lines.length - 1] += range.toString();
            last = bottom;
          }
          return lines;
        })()"""
    )
    assert len(lines) > 1
    assert "".join(lines) == page.value("document.querySelector('h1').textContent")
    for line in lines[:-1]:
        assert line.endswith(("：", "问题", "整改", "专项", "行动", "方案", "周报")), lines


@pytest.mark.parametrize("written", ["board"], indirect=True)
def test_rows_are_picked_by_unit_and_problem(page: Page, written: Path) -> None:
    page.open(written, 1280)
    whole = page.value(SHOWN)
    assert whole["各问题完成情况"] == 6
    assert page.value("document.querySelector('form').hidden") is False
    picked = page.value(
        """(() => {
          const [unit, problem] = document.querySelectorAll("select");
          unit.value = [...unit.options].find(option => option.text === "大塘乡").value;
          unit.dispatchEvent(new Event("change", {bubbles: true}));
          return [...document.querySelectorAll(".grid tr[data-k]:not([hidden]) td:first-child")].map(td => td.textContent);
        })()"""
    )
    assert picked == ["大塘乡"]
    shown = page.value(SHOWN)
    assert shown["各问题完成情况"] == 3
    assert 0 < shown["21 项措施的时限与完成"] < whole["21 项措施的时限与完成"]
    assert page.value("document.querySelector('output').value").startswith("各表共 ")


@pytest.mark.parametrize("written", ["board"], indirect=True)
def test_without_the_script_all_is_there_but_the_choice(page: Page, written: Path) -> None:
    page.call("Emulation.setScriptExecutionDisabled", value=True)
    try:
        page.open(written, 1280)
    finally:
        page.call("Emulation.setScriptExecutionDisabled", value=False)
    root = page.call("DOM.getDocument", depth=-1)["root"]["nodeId"]
    form = page.call("DOM.querySelector", nodeId=root, selector="form")["nodeId"]
    assert "hidden" in page.call("DOM.getAttributes", nodeId=form)["attributes"]
    rows = page.call("DOM.querySelectorAll", nodeId=root, selector="tr[data-k]")["nodeIds"]
    assert len(rows) > 100
