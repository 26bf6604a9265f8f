"""Two versions of a ledger file, entry by entry and field by field: each rule with its small YAML in sight."""

import pytest

from zhenggai.sharing.merge.ledger_merge import (
    Clash,
    EntrySide,
    Merged,
    NotUnderstood,
    merged,
    merged_base,
    side_by_side,
)

HEAD = "# 县教育局\n"
A = "- 编号: 20200510-aaaaaaaa\n  日期: 2020-05-10\n  事项: 进展\n  进度: 40\n  内容: 初稿\n  填报人: 办公室\n"
B = "- 编号: 20200511-bbbbbbbb\n  日期: 2020-05-11\n  内容: 乙\n"
C = "- 编号: 20200512-cccccccc\n  日期: 2020-05-12\n  内容: 丙\n"
D = "- 编号: 20200513-dddddddd\n  日期: 2020-05-13\n  内容: 丁\n"
A50, A60 = A.replace("40", "50"), A.replace("40", "60")
CLASH = Clash("20200510-aaaaaaaa", "进度", "40", "50", "60")


def together(base: str | None, ours: str | None, theirs: str | None) -> str:
    """The clean result."""
    found = join(base, ours, theirs)
    assert found.clashes == ()
    return found.data.decode()


def join(base: str | None, ours: str | None, theirs: str | None, side: EntrySide | None = None) -> Merged:
    old, one, other = (None if text is None else text.encode() for text in (base, ours, theirs))
    return merged(old, one, other, lambda _clash: side)


def base_of(base: str, ours: str, theirs: str) -> str:
    return merged_base(base.encode(), ours.encode(), theirs.encode()).decode()


def refusal(base: str | bytes, ours: str | bytes, theirs: str | bytes) -> str:
    old, one, other = (side.encode() if isinstance(side, str) else side for side in (base, ours, theirs))
    with pytest.raises(NotUnderstood) as refused:
        merged(old, one, other)
    return str(refused.value)


# --- entries


def test_what_both_added_stands_in_order_of_date_and_number() -> None:
    assert together(A, A + C, A + B) == together(A, A + B, A + C) == A + B + C
    assert together(HEAD + A, HEAD + A + D + C, HEAD + A + B) == HEAD + A + B + D + C  # a side keeps its own order


def test_what_was_added_stays_behind_its_neighbour() -> None:
    assert together(A + D, A + B + D, A + D + C) == A + B + D + C
    assert together(A + D, C + A + D, A + B + D) == C + A + B + D


def test_what_one_side_moved_stays_moved() -> None:
    assert together(A + B + C, C + A + B, A + B + C + D) == C + D + A + B
    assert together(A + B + C, A + B + C + D, C + A + B) == C + D + A + B


def test_both_added_the_same() -> None:
    assert together(A, A + B + C, A + B) == A + B + C
    assert together(None, A + B, A + C) == together("", A + B, A + C) == A + B + C


def test_deleted_on_one_side_and_left_alone_on_the_other() -> None:
    assert together(A + B + C, A + C, A + B + C + D) == A + C + D


def test_deletion_against_edit_keeps_the_edit() -> None:
    assert together(A + B, B + C, A50 + B) == together(A + B, A50 + B, B + C) == A50 + B + C


def test_a_deleted_file_against_an_edit() -> None:
    assert together(A + B, None, A50 + B) == A50
    assert together(A + B, A + B + C, None) == C
    assert merged(A.encode(), None, A.encode()) == merged(A.encode(), A.encode(), None) == Merged(b"")


def test_unedited_sides_pass_unread() -> None:
    """What only one side touched is its own matter, however it reads."""
    assert merged(b"\xff", b"\xff", b"[") == merged(b"\xff", b"[", b"\xff") == merged(None, b"[", b"[") == Merged(b"[")


# --- fields


def test_different_fields_of_one_entry() -> None:
    assert together(A, A50, A.replace("初稿", "定稿")) == A50.replace("初稿", "定稿")
    shorter, longer = A.replace("  进度: 40\n", ""), A.replace("  填报人", "  佐证:\n  - 甲\n  - 乙\n  填报人")
    assert together(A, shorter, longer) == together(A, longer, shorter) == longer.replace("  进度: 40\n", "")


def test_fields_added_at_one_place_stand_in_canonical_order() -> None:
    base = A.replace("  进度: 40\n  内容: 初稿\n", "")
    assert together(base, base.replace("  填", "  内容: 初稿\n  填"), base.replace("  填", "  进度: 40\n  填")) == A


def test_the_same_change_on_both_sides_is_no_clash() -> None:
    assert together(A, A50 + B, A50 + C) == A50 + B + C


def test_an_entry_that_both_added_differently_has_the_fields_of_both() -> None:
    assert together(None, A.replace("  进度: 40\n", ""), A.replace("  填报人: 办公室\n", "")) == A
    assert join(None, A50, A60).clashes == (Clash("20200510-aaaaaaaa", "进度", None, "50", "60"),)


def test_the_same_field_changed_differently_is_for_a_person() -> None:
    found = join(A + B, A50 + B, A60.replace("初稿", "定稿") + B + C)
    assert found.clashes == (CLASH,)
    ours, theirs = A50.replace("初稿", "定稿"), A60.replace("初稿", "定稿")
    assert found.data.decode() == f"<<<<<<< 一方\n{ours}=======\n{theirs}>>>>>>> 另一方\n{B}{C}"
    assert join(A + B, A50 + B, A60 + B, EntrySide.OURS) == Merged((A50 + B).encode())
    assert join(A + B, A50 + B, A60 + B, EntrySide.THEIRS) == Merged((A60 + B).encode())


def test_markers_are_as_long_as_asked() -> None:
    data = merged(A.encode(), A50.encode(), A60.encode(), marker_size=9).data
    assert [line.split()[0] for line in data.splitlines() if line[:1] in b"<=>"] == [b"<" * 9, b"=" * 9, b">" * 9]


def test_a_field_taken_away_against_a_changed_one_is_a_clash() -> None:
    found = join(A, A.replace("  进度: 40\n", ""), A50, EntrySide.OURS)
    assert found.data.decode() == A.replace("  进度: 40\n", "")
    [clash] = join(A, A.replace("  进度: 40\n", ""), A50).clashes
    assert clash == Clash("20200510-aaaaaaaa", "进度", "40", None, "50")


def test_lists_and_mere_spellings_as_they_are_shown() -> None:
    one, other = (A.replace("进度: 40", f"佐证:\n  - {name}\n  - 丙") for name in "甲乙")
    [clash] = join(None, one, other).clashes
    assert (clash.ours, clash.theirs) == ("甲、丙", "乙、丙")
    [clash] = join(A, A.replace("40", '"40"'), A.replace("40", "40  # 约")).clashes
    assert (clash.base, clash.ours, clash.theirs) == ("进度: 40", '进度: "40"', "进度: 40  # 约")


def test_the_first_field_may_change_its_place() -> None:
    lines = A.removeprefix("- ").splitlines(keepends=True)
    moved = "- " + lines[1].lstrip() + "  " + lines[0] + "".join(lines[2:])
    assert together(A, moved, A50) == moved.replace("40", "50")


def test_an_entry_in_braces_is_one_thing() -> None:
    flow = "- {编号: 20200510-aaaaaaaa, 日期: 2020-05-10, 进度: 40}  # 甲\n"
    assert together(flow, flow + B, flow.replace("40", "50") + C) == flow.replace("40", "50") + B + C
    [clash] = join(flow, flow.replace("40", "50"), A).clashes
    assert (clash.field, clash.base, clash.ours, clash.theirs) == (
        "",
        flow.strip(),
        flow.replace("40", "50").strip(),
        A.strip(),
    )


# --- comments and blank lines


def test_comments_of_both_sides_are_kept() -> None:
    assert together(HEAD + A, HEAD + "# 甲\n" + A, HEAD + A + "# 末\n") == HEAD + "# 甲\n" + A + "# 末\n"
    assert together(A, A + "# 甲\n" + B, A + "# 乙\n" + C) == A + "# 乙\n# 甲\n" + B + C
    assert together(A + "# 甲\n" + B, A + B + C, A + "# 甲\n# 乙\n" + B) == A + "# 乙\n" + B + C


def test_blank_lines_between_entries_are_not_doubled() -> None:
    assert together(A, A + "\n" + B, A + "\n" + C) == A + "\n" + B + C


def test_a_comment_behind_an_entry_does_not_keep_it_from_being_taken_away() -> None:
    assert together(A + B, A, A + B + "# 六月\n" + C) == A + "# 六月\n" + C


def test_a_line_of_a_text_is_no_comment() -> None:
    text = A.replace("内容: 初稿\n", "内容: |\n    甲\n\n    # 乙\n")
    assert together(text, text.replace("40", "50") + B, text + C) == text.replace("40", "50") + B + C


# --- the form of the file


def test_line_ends_are_the_files_not_the_lines() -> None:
    windows = (A + B).replace("\n", "\r\n")
    assert together(A, windows, A + C) == (A + B + C).replace("\n", "\r\n")
    assert together(windows, A + B, windows + C.replace("\n", "\r\n")) == A + B + C
    assert together(None, (A + B).replace("\n", "\r\n"), A + C) == A + B + C


def test_mixed_line_ends_are_kept_as_they_are() -> None:
    mixed = A + B.replace("\n", "\r\n")
    assert together(mixed, mixed + C, mixed.replace("40", "50")) == mixed.replace("40", "50") + C


def test_a_byte_order_mark_comes_and_goes() -> None:
    marked = "\ufeff" + A
    assert together(A, marked, A + B) == marked + B
    assert together(marked, A, marked + B) == A + B
    assert together(marked, marked + B, marked + C) == marked + B + C


def test_a_missing_line_end_glues_nothing_together() -> None:
    assert together(A, (A + B)[:-1], (A + C)[:-1]) == A + B + C
    assert together(A[:-1], A[:-1].replace("40", "50"), A + C) == A50 + C
    assert join(A, (B + A50)[:-1], A60 + C).data.decode().count("\n<<<<<<< ") == 1


# --- what is not understood


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        (A + "- 内容: 没有编号\n", "一方第 7 行：缺少编号"),
        (A + A50, "一方第 7 行：编号 20200510-aaaaaaaa 重复"),
        (A + "不是条目\n", "一方第 7 行："),
        (f"  {A}".replace("\n ", "\n   "), "一方第 1 行：条目不是从行首的“- ”开始"),
        ("[{编号: 1}]\n", "一方第 1 行：条目不是从行首的“- ”开始"),
        ((A + B).encode("gb18030"), "一方不是 UTF-8 编码"),
        ((A + B).encode("utf-16"), "一方不是 UTF-8 编码"),
        (f"<<<<<<< HEAD\n{A}=======\n{A50}>>>>>>> x\n", "一方第 1 行："),
    ],
)
def test_a_side_that_is_no_list_of_entries(wrong: str | bytes, why: str) -> None:
    assert refusal(B, wrong, B + C).startswith(why)
    assert refusal(B, B + C, wrong).startswith(f"另{why}")


def test_a_result_that_does_not_read_back_is_refused() -> None:
    deeper = A.replace("\n ", "\n   ").replace("- 编", "-   编")
    assert refusal(A, deeper.replace("40", "50"), A.replace("初稿", "定稿")).startswith("合并结果第 ")
    assert refusal(A, A + B + "...\n", A50 + C + "...\n").startswith("合并结果第 ")


def test_a_result_that_says_something_else_is_refused() -> None:
    """Blank lines below ``|+`` are part of the value, which cutting into lines does not see."""
    kept = A + "  更正说明: |+\n    甲\n\n"
    assert refusal(kept + B, kept + "\n" + B, kept.replace("40", "50") + B) == "合并结果读出来与两边的记录不符"


# --- bases that git or sync made of several


def test_an_entry_without_a_known_base_is_left_out_of_it() -> None:
    assert base_of(A + B, A50 + B + C, A60 + B) == B + C
    assert base_of(A, A50, A) == A50
    assert merged_base(None, A.encode(), None) == A.encode()


@pytest.mark.parametrize("size", [9, 11])
def test_conflicts_in_a_base_are_no_base(size: int) -> None:
    first = merged((A + B).encode(), (A50 + B).encode(), (A60 + B).encode(), marker_size=size).data.decode()
    assert together(first, A50 + B + C, A50 + B + D) == A50 + B + C + D
    assert join(first, A50 + B, A60 + B).clashes == (Clash("20200510-aaaaaaaa", "进度", None, "50", "60"),)
    nested = f"{'<' * 7} x\n{first}{'=' * 7}\n{A}{'>' * 7} y\n{C}"
    assert together(nested, A50 + B + C, A50 + B + C + D) == A50 + B + C + D


# --- ordinary conflicts


def test_side_by_side_has_whole_entries() -> None:
    found = side_by_side((A + B + D).encode(), (A + B.replace("乙", "己") + C + D).encode(), 7)
    assert found.decode() == f"{A}<<<<<<< 一方\n{B}=======\n{B.replace('乙', '己')}{C}>>>>>>> 另一方\n{D}"


def test_side_by_side_cuts_no_entry() -> None:
    found = side_by_side((A + B + C).encode(), (A + B.replace("乙", "己") + C).encode(), 7)
    assert found.decode() == f"{A}<<<<<<< 一方\n{B}=======\n{B.replace('乙', '己')}>>>>>>> 另一方\n{C}"


def test_side_by_side_loses_no_byte() -> None:
    found = side_by_side(b"- \xff\r\n- \xb2", b"- \xff\r\n- \xb3\n", 8).splitlines(keepends=True)
    assert [line for line in found if line[:1] not in b"<>"] == [b"- \xff\r\n", b"- \xb2\n", b"========\n", b"- \xb3\n"]
    both = side_by_side((A + B).encode(), (A + B + C).encode(), 7).decode()
    assert both == f"{A}{B}<<<<<<< 一方\n=======\n{C}>>>>>>> 另一方\n"
