"""Pages as a browser shows them: nothing is asked for, nothing is complained of, nothing is scrolled sideways; rows can be picked."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from chromium import Page, chromium, needs_chromium
from small_repo import SHIPPED, Runner

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
