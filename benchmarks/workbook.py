"""The cost of a ledger as a workbook: CPU time from the document to the file, and the peak memory of the process.

``python benchmarks/workbook.py [--rows 20000]``. The table has the columns of ``list``, of which three are long texts. The garbage
collector is off, as in the program. Target: 20,000 rows in 5 s and 200 MB.
"""

import argparse
import gc
import random
import re
import resource
import sys
import time
from collections.abc import Iterator
from datetime import date, timedelta

from zhenggai.document import Cell, Column, Document, Table, Tone, columns, row
from zhenggai.render.xlsx import xlsx_of

_WORDS = re.findall("..", "制定完善召开开展党建责任制度支部会议整改自查督促落实考核培训台账问题书记乡镇机关")
_HEADS = columns(
    Column("问题号", numeric=True), Column("问题", wrap=True, merged=True), "措施", Column("内容", wrap=True),
    Column("单位", wrap=True), Column("牵头单位", wrap=True), Column("时限", wrap=True), "截止日", "状态",
    Column("进度", numeric=True), "灯",
)  # fmt: skip


def ledger(number: int) -> Document:
    """A ledger with so many rows: a measure has ten units, a problem ten measures."""
    draw = random.Random(1)

    def texts(count: int, least: int, most: int) -> list[str]:
        return ["".join(draw.choices(_WORDS, k=draw.randint(least, most))) for _ in range(count)]

    problems, measures, units = texts(number // 100 + 1, 10, 30), texts(number // 10 + 1, 8, 25), texts(400, 2, 5)

    def rows() -> Iterator[tuple[Cell, ...]]:
        for nth in range(number):
            problem, measure = nth // 100, nth // 10
            yield row(
                problem + 1, problems[problem], f"{problem + 1}-{measure % 10 + 1}", measures[measure],
                units[nth % 400], units[measure % 400], "2020年6月底前", date(2020, 1, 1) + timedelta(nth % 300),
                "整改中", nth % 100, Cell("绿", Tone.GREEN),
            )  # fmt: skip

    return Document("整改方案：整改台账", (Table(_HEADS, tuple(rows())),))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=20_000)
    number = parser.parse_args().rows
    gc.disable()
    document = ledger(number)
    begun = time.process_time()
    data = xlsx_of(document)
    seconds = time.process_time() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024) / 1e6
    print(f"{number} rows: {seconds:.1f} s, {peak:.0f} MB at most, a file of {len(data) / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
