"""The cost of entries by the dozen: CPU time of ``add --from`` and of ``import`` of a folder of forms, with all their processes.

``python benchmarks/entering.py [--rows 2000] [--forms 30]``. The plan has 200 measures, each of three units. Target: 5 s for the rows.
"""

import argparse
import csv
import resource
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import xlsxwriter
from openpyxl import load_workbook

_UNITS = ("县教育局", "县财政局", "城关镇")
_HEADS = ("措施", "日期", "事项", "内容", "进度")
_ME = ("--unit", "县教育局", "--writer", "办公室")
_BY = ("--by", "县委组织部", "--writer", "综合科", "--yes")


def make_plan(root: Path) -> None:
    """A folder with a plan of 20 problems, ten measures each."""
    (root / "plans").mkdir(parents=True)
    (root / "plans/units.yaml").write_text(f"单位: [县委组织部, {', '.join(_UNITS)}]\n", "utf-8")
    lines = ["编号: p", "标题: 方案", "年度: 2020", "印发日期: 2020-03-01", "审核: {复核: 县委组织部}", "问题:"]
    for problem in range(1, 21):
        lines += [f"- 编号: {problem}", f"  内容: 问题{problem}", "  措施:"]
        lines += [
            f"  - {{编号: {problem}-{nth}, 内容: 措施{nth}, 时限: 2020年12月底前, 责任单位: [{', '.join(_UNITS)}]}}"
            for nth in range(1, 11)
        ]
    (root / "plans/p.yaml").write_text("\n".join(lines) + "\n", "utf-8")


def rows(count: int) -> list[list[str]]:
    """Progress of each measure in turn, a little further each time."""
    return [
        [
            f"{n % 200 // 10 + 1}-{n % 10 + 1}",
            f"2020-{4 + n // 400:02}-{n // 200 % 28 + 1:02}",
            "进展",
            f"第{n}件事",
            f"{n // 200 % 90}",
        ]
        for n in range(count)
    ]


def write_tables(root: Path, count: int) -> None:
    """The same rows as CSV and as a workbook."""
    with open(root / "进展.csv", "w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([_HEADS, *rows(count)])
    with xlsxwriter.Workbook(root / "进展.xlsx") as book:
        sheet = book.add_worksheet()
        for nth, row in enumerate([_HEADS, *rows(count)]):
            sheet.write_row(nth, 0, row)


def fill_forms(root: Path, count: int) -> None:
    """A folder of forms, each with news of ten measures."""
    run(root, "list", "--fill", "-o", "填报")
    blank = load_workbook(root / f"填报/{_UNITS[0]}.xlsx")
    sheet = blank.worksheets[0]
    heads = [cell.value for cell in sheet[4]]
    for nth in range(count):
        for row in range(5, 15):
            sheet.cell(row, heads.index("事项") + 1, "进展")
            sheet.cell(row, heads.index("日期") + 1, "2020-06-20")
            sheet.cell(row, heads.index("进展情况") + 1, f"第{nth}张表里的第{row}行")
        blank.save(root / f"填报/{nth:02}.xlsx")


def run(root: Path, *arguments: str) -> float:
    """Run the program; the CPU seconds that it and its processes took."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-m", "zhenggai", *arguments], cwd=root, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=2_000)
    parser.add_argument("--forms", type=int, default=30)
    given = parser.parse_args()
    for name in ("进展.csv", "进展.xlsx"):
        with TemporaryDirectory() as folder:
            root = Path(folder)
            make_plan(root)
            write_tables(root, given.rows)
            print(f"add --from {name}, {given.rows} rows: {run(root, 'add', '--from', name, *_ME):.2f} s CPU")
    with TemporaryDirectory() as folder:
        root = Path(folder)
        make_plan(root)
        fill_forms(root, given.forms)
        print(f"import of {given.forms} forms: {run(root, 'import', '填报', *_BY):.2f} s CPU")


if __name__ == "__main__":
    main()
