"""Any history of two sides merges without loss: hypothesis makes a file and two edits of it, comments and odd forms included."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from zhenggai.reading.entry_text import read_entries
from zhenggai.sharing.merge.ledger_merge import Clash, EntrySide, Merged, NotUnderstood, merged, merged_base

LABELS = ("措施", "事项", "进度", "结论", "内容", "佐证", "填报人", "别的")
VALUES = ("3-2", "进展", "40", '"乙: 丙"', "|\n    两行\n    # 不是注释", "\n  - 甲\n  - 乙", "[甲, 乙]", "丁  # 注")
COMMENTS = ("# 六月\n", "# 补录\n", "\n", "   \n", "#\n")


@dataclass(frozen=True)
class Version:
    """A file: comments above, entries as (number, day, fields, comments behind), and its form."""

    head: tuple[str, ...]
    entries: tuple[tuple[str, str, tuple[tuple[str, str], ...], tuple[str, ...]], ...]
    line_end: str = "\n"
    mark: bytes = b""
    ended: bool = True

    @property
    def own(self) -> dict[str, str]:
        """Each entry's own lines."""
        return {
            number: f"- 编号: {number}\n  日期: {day}\n" + "".join(f"  {label}: {value}\n" for label, value in fields)
            for number, day, fields, _ in self.entries
        }

    @property
    def data(self) -> bytes:
        own = self.own
        text = "".join(self.head) + "".join(own[number] + "".join(gap) for number, _, _, gap in self.entries)
        return self.mark + (text if self.ended else text.rstrip("\n")).replace("\n", self.line_end).encode()


fields = st.lists(st.tuples(st.sampled_from(LABELS), st.sampled_from(VALUES)), max_size=4, unique_by=lambda f: f[0])
gaps = st.lists(st.sampled_from(COMMENTS), max_size=2).map(tuple)


def number_of(side: str, nth: int) -> str:
    return f"202005{nth + 10}-{side * 8}"


@st.composite
def versions(draw: st.DrawFn) -> Version:
    many = draw(st.integers(0, 5))
    entries = tuple((number_of("b", n), f"2020-05-{n + 10}", tuple(draw(fields)), draw(gaps)) for n in range(many))
    form = draw(st.sampled_from((("\n", b""), ("\r\n", b""), ("\n", b"\xef\xbb\xbf"))))
    return Version(draw(gaps), entries, *form, draw(st.booleans()))


@st.composite
def edits(draw: st.DrawFn, base: Version, side: str) -> Version:
    """What one side makes of it: deletions, edits, additions anywhere, comments, another form."""
    entries = []
    for number, day, old, gap in base.entries:
        match draw(st.sampled_from(("keep", "keep", "keep", "delete", "edit", "comment"))):
            case "keep":
                entries.append((number, day, old, gap))
            case "edit":
                entries.append((number, day, tuple(draw(fields)), gap))
            case "comment":
                entries.append((number, day, old, draw(gaps)))
    for nth in range(draw(st.integers(0, 3))):
        shared = draw(st.integers(0, 9)) == 0
        new = (number_of("x" if shared else side, nth), f"2020-05-{nth + 12}", tuple(draw(fields)), draw(gaps))
        entries.insert(draw(st.integers(0, len(entries))), new)
    line_end = draw(st.sampled_from((base.line_end, base.line_end, "\n", "\r\n")))
    return replace(base, entries=tuple(entries), line_end=line_end, ended=draw(st.booleans()))


@st.composite
def histories(draw: st.DrawFn) -> tuple[Version, Version, Version]:
    base = draw(versions())
    return base, draw(edits(base, "o")), draw(edits(base, "t"))


def always(side: EntrySide) -> Callable[[Clash], EntrySide]:
    return lambda _clash: side


def joined(history: tuple[Version, Version, Version], side: EntrySide = EntrySide.OURS) -> Merged:
    base, ours, theirs = history
    return merged(base.data, ours.data, theirs.data, always(side))


def own_texts(data: bytes) -> dict[str, str]:
    """Each entry's own lines, with ``\\n`` for line ends; cut without the merge's own reader."""
    text = data.removeprefix(b"\xef\xbb\xbf").decode().replace("\r\n", "\n")
    raws, diagnostics = read_entries(text, "")
    assert diagnostics == []
    numbers = [str(raw.values["编号"]) for raw in raws]
    assert len(set(numbers)) == len(numbers)
    bounds = pairwise([*(raw.offset for raw in raws), len(text)])
    return {number: without_gap(text[start:end]) for number, (start, end) in zip(numbers, bounds, strict=True)}


def without_gap(piece: str) -> str:
    lines = piece.splitlines(keepends=True)
    while not lines[-1].strip() or lines[-1].startswith("#"):
        lines.pop()
    return "".join(lines).rstrip("\n") + "\n"


@given(histories())
def test_nothing_is_lost_and_what_nobody_edited_keeps_every_byte(history: tuple[Version, Version, Version]) -> None:
    base, ours, theirs = (version.own for version in history)
    found = own_texts(joined(history).data)
    for number in base.keys() | ours.keys() | theirs.keys():
        sides = [side.get(number) for side in (ours, theirs)]
        changed = [text for text in sides if text != base.get(number)]
        if None in sides and [text for text in changed if text] == []:
            assert number not in found  # deleted, and not edited on the other side
        elif len(set(changed)) < 2 or None in sides:
            assert found[number] == next((text for text in changed if text), base.get(number))
        else:
            assert number in found
    assert found.keys() <= ours.keys() | theirs.keys()


@given(histories())
def test_swapped_sides_give_the_same(history: tuple[Version, Version, Version]) -> None:
    base, ours, theirs = history
    one, other = joined(history), joined((base, theirs, ours), EntrySide.THEIRS)
    lines = [sorted(found.data.splitlines()) for found in (one, other)]
    assert lines[0] == lines[1]
    assert own_texts(one.data).keys() == own_texts(other.data).keys()


@given(histories())
def test_what_is_undecided_is_named_and_stands_between_markers(history: tuple[Version, Version, Version]) -> None:
    base, ours, theirs = history
    found = merged(base.data, ours.data, theirs.data)
    numbers = list(dict.fromkeys(clash.number for clash in found.clashes))
    assert found.data.count(b"<<<<<<<") == found.data.count(b">>>>>>>") == len(numbers)
    assert all(clash.ours != clash.theirs for clash in found.clashes)
    if not numbers:
        assert found == joined(history) == joined(history, EntrySide.THEIRS)


@given(histories())
def test_one_side_alone_is_the_result(history: tuple[Version, Version, Version]) -> None:
    base, ours, theirs = (version.data for version in history)
    assert merged(ours, ours, ours) == merged(base, base, ours) == merged(base, ours, base) == Merged(ours)
    assert merged(base, theirs, theirs) == merged(None, None, theirs) == Merged(theirs)


@given(histories(), st.sampled_from(EntrySide), st.sampled_from(EntrySide))
def test_crossing_merges_converge(
    history: tuple[Version, Version, Version], mine: EntrySide, others: EntrySide
) -> None:
    """Each side merges the other's commit by itself; what both then have is the same once they merge again."""
    base, ours, theirs = history
    virtual = merged_base(base.data, ours.data, theirs.data)
    one, other = joined(history, mine).data, joined((base, theirs, ours), others).data
    again, swapped = merged(virtual, one, other), merged(virtual, other, one)
    clashes = merged(base.data, ours.data, theirs.data).clashes
    if not clashes or mine is not others:  # the second saw the sides the other way round: so both decided the same
        assert again.clashes == ()
        assert own_texts(again.data).keys() == own_texts(one).keys()
        assert sorted(again.data.splitlines()) == sorted(swapped.data.splitlines()) == sorted(one.splitlines())
    assert {clash.number for clash in again.clashes} <= {clash.number for clash in clashes}
    assert own_texts(merged(virtual, one, other, always(EntrySide.OURS)).data).keys() == own_texts(one).keys()


@given(histories(), st.binary(max_size=12), st.integers(0, 200), st.sampled_from((0, 1, 2)))
def test_a_spoilt_side_is_merged_or_refused_never_guessed(
    history: tuple[Version, Version, Version], noise: bytes, at: int, which: int
) -> None:
    sides = [version.data for version in history]
    sides[which] = sides[which][:at] + noise + sides[which][at + len(noise) :]
    with suppress(NotUnderstood):
        assert merged(sides[0], sides[1], sides[2], always(EntrySide.OURS)).clashes == ()


@given(*[st.none() | st.binary(max_size=60)] * 3)
def test_bytes_that_are_no_ledger_are_refused(base: bytes | None, ours: bytes | None, theirs: bytes | None) -> None:
    with suppress(NotUnderstood):
        merged(base, ours, theirs)
        merged_base(base, ours, theirs)
