"""The speed of this tool's two readers of entries, with validation, compared with PyYAML's C loader, in alternation.

``python benchmarks/reading.py [--entries 20000] [--rounds 7] [--seed 1]``. The general reader uses libyaml, like PyYAML's
loader, which makes plain objects without lines. Both our readers make typed entries after all checks; the strict one reads
canonical ledgers only. Measured is CPU time of this process. Our readers run with the garbage collector off, as in the
program (``cli/start.py``); the peer runs with it on, and in the last row off. Targets: the general reader 2.5 × the peer
with the collector on, the strict one 92,000 entries a second. The memory is that of the records, without the text.
"""

import argparse
import gc
import random
import re
import statistics
import sys
import time
import tracemalloc
from collections.abc import Callable

import yaml  # type: ignore[import-untyped]  # its stubs are not a dev dependency

from zhenggai.model.book import Record
from zhenggai.model.source import Source
from zhenggai.reading.canonical_reader import read_strictly
from zhenggai.reading.entry_text import read_entries
from zhenggai.reading.raw_entry import RawEntry
from zhenggai.reading.typed_entries import type_entry

STRICT, EVENTS, PEER = "strict reader", "event reader", "yaml.CSafeLoader"
PATH = "ledgers/sample.yaml"
_WORDS = re.findall("..", "制定完善召开开展党建责任制度支部会议整改自查督促落实考核培训台账问题书记乡镇机关")
_DIGITS = "0123456789abcdefghjkmnpqrstvwxyz"


def ledger_text(entries: int, seed: int) -> str:
    """A canonical ledger. Entries have 8 keys; every third one has one or two pieces of evidence."""
    draw = random.Random(seed)
    return "".join(_entry(draw, number) for number in range(entries))


def _entry(draw: random.Random, number: int) -> str:
    day = f"2020-{number % 12 + 1:02d}-{number % 28 + 1:02d}"
    code = "".join(draw.choices(_DIGITS, k=8))
    evidence = [f"  - 附件/{day[:7]}/材料{n}.{draw.randrange(16**8):08x}.docx\n" for n in range(draw.randint(1, 2))]
    next_steps, papers = (
        ("", "  佐证:\n" + "".join(evidence)) if number % 3 == 0 else ("  下步打算: 继续抓好落实\n", "")
    )
    return (
        f"- 编号: {day.replace('-', '')}-{code}\n"
        f"  日期: {day}\n"
        f"  措施: {draw.randint(1, 20)}-{draw.randint(1, 9)}\n"
        "  事项: 进展\n"
        f"  进度: {draw.randint(0, 100)}\n"
        f"{next_steps}"
        f"  内容: {''.join(draw.choices(_WORDS, k=12))}，共{draw.randint(1, 99)}个\n"
        f"{papers}"
        "  填报人: 办公室\n"
    )


def _rate(run: Callable[[], object], entries: int, *, collecting: bool) -> float:
    """The entries read per second in one run."""
    gc.collect()
    (gc.enable if collecting else gc.disable)()
    start = time.process_time()
    run()
    return entries / (time.process_time() - start)


def whole(text: str) -> int:
    """Read all entries with the general reader and validate them, as ``reading.load`` does. Returns the number of valid ones."""
    raws, diagnostics = read_entries(text, PATH)
    return sum(_is_good(raw) for raw in raws) - len(diagnostics)


def _is_good(raw: RawEntry) -> bool:
    entry, faults = type_entry(raw, PATH)
    return entry is not None and not faults


def records(text: str) -> list[Record]:
    """The records of a canonical ledger, as ``reading.load`` makes them."""
    placed = read_strictly(text) or []
    return [Record(entry, "县教育局", Source(PATH, line), offset) for entry, line, offset in placed]


def _bytes_kept(text: str) -> int:
    """The memory of a ledger's records, in bytes."""
    records(text)  # fills the caches, which do not count
    tracemalloc.start()
    kept = records(text)
    size, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return size if kept else 0


def main() -> int:
    """Print one row for each reader, the ratios, and the memory."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--entries", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    text = ledger_text(options.entries, options.seed)
    if not whole(text) == len(records(text)) == options.entries:
        print("the sample is not clean and canonical")
        return 1
    readers: dict[str, Callable[[], object]] = {
        STRICT: lambda: read_strictly(text),
        "with its records": lambda: records(text),
        EVENTS: lambda: whole(text),
        "its events only": lambda: read_entries(text, PATH),
        PEER: lambda: yaml.load(text, Loader=yaml.CSafeLoader),
        "collector off": lambda: yaml.load(text, Loader=yaml.CSafeLoader),
    }
    rates: dict[str, list[float]] = {name: [] for name in readers}
    for _ in range(options.rounds):
        for name, run in readers.items():
            rates[name].append(_rate(run, options.entries, collecting=name == PEER))
    print(f"{options.entries} entries, {len(text.encode()) / 1e6:.1f} MB, {options.rounds} rounds in alternation")
    medians = {name: statistics.median(found) for name, found in rates.items()}
    for name, found in rates.items():
        print(f"{name:20}median {medians[name]:9,.0f}/s   best {max(found):9,.0f}/s")
    for one, other in ((STRICT, EVENTS), (STRICT, PEER), (EVENTS, PEER)):
        print(f"{one} : {other}   ratio of medians {medians[one] / medians[other]:.1f}")
    print(f"memory of the records   {_bytes_kept(text) / options.entries:.0f} bytes an entry")
    return 0


if __name__ == "__main__":
    sys.exit(main())
