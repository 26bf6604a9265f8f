"""How fast entries are read: this tool's event reader against PyYAML's C loader, in alternation.

``python benchmarks/reading.py [--entries 20000] [--rounds 7] [--seed 1]``. Both stand on libyaml; PyYAML's loader
makes objects with types and no lines, ours text with the line of each key and all the checks of DESIGN §4.
"""

import argparse
import gc
import random
import re
import statistics
import time
from collections.abc import Callable

import yaml  # type: ignore[import-untyped]  # its stubs are not among the dev dependencies

from zhenggai.store.rawentries import read_entries

_WORDS = re.findall("..", "制定完善召开开展党建责任制度支部会议整改自查督促落实考核培训台账问题书记乡镇机关")
_DIGITS = "0123456789abcdefghjkmnpqrstvwxyz"


def ledger_text(entries: int, seed: int) -> str:
    """A canonical ledger: 8 keys an entry, every third one with one or two pieces of evidence among them."""
    draw = random.Random(seed)
    return "".join(_entry(draw, number) for number in range(entries))


def _entry(draw: random.Random, number: int) -> str:
    day = f"2020-{number % 12 + 1:02d}-{number % 28 + 1:02d}"
    code = "".join(draw.choices(_DIGITS, k=8))
    evidence = [f"  - 附件/{day[:7]}/材料{n}.{draw.randrange(16**8):08x}.docx\n" for n in range(draw.randint(1, 2))]
    tail = "  佐证:\n" + "".join(evidence) if number % 3 == 0 else "  下步打算: 继续抓好落实\n"
    return (
        f"- 编号: {day.replace('-', '')}-{code}\n"
        f"  日期: {day}\n"
        f"  措施: {draw.randint(1, 20)}-{draw.randint(1, 9)}\n"
        "  事项: 进展\n"
        f"  进度: {draw.randint(0, 100)}\n"
        f"  内容: {''.join(draw.choices(_WORDS, k=12))}，共{draw.randint(1, 99)}个\n"
        f"{tail}"
        "  填报人: 办公室\n"
    )


def _seconds(run: Callable[[], object]) -> float:
    gc.collect()
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--entries", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    text = ledger_text(options.entries, options.seed)
    found, problems = read_entries(text, "ledgers/sample.yaml")
    assert len(found) == options.entries, problems[:3]
    assert not problems, problems[:3]
    ours, peer = [], []
    for _ in range(options.rounds):
        ours.append(options.entries / _seconds(lambda: read_entries(text, "ledgers/sample.yaml")))
        peer.append(options.entries / _seconds(lambda: yaml.load(text, Loader=yaml.CSafeLoader)))
    print(f"{options.entries} entries, {len(text.encode()) / 1e6:.1f} MB, {options.rounds} rounds in alternation")
    for name, rates in (("read_entries", ours), ("yaml.CSafeLoader", peer)):
        print(f"{name:18} median {statistics.median(rates):9,.0f}/s   best {max(rates):9,.0f}/s")
    print(f"ratio of medians   {statistics.median(ours) / statistics.median(peer):.1f}")


if __name__ == "__main__":
    main()
