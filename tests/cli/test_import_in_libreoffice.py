"""What ``list`` wrote, saved anew by a real spreadsheet program, says the same as plan and status of its day."""

from pathlib import Path

from libreoffice import converted, needs_libreoffice
from small_repo import Runner, small_repo

LEDGER = """
04-10 县教育局 进展 1-1 内容=初稿 进度=40 佐证=县教发〔2020〕3号
05-10 县财政局 进展 2-1 内容=学习两次
06-10 县教育局 完成 1-1 内容=办法印发
06-11 县教育局 申请销号 1-1 签批领导=局长
"""
LISTS = {
    "合并": ["--merged"],
    "B": ["--layout", "B", "--merged"],
    "C": ["--layout", "C"],
    "D": ["--layout", "D"],
    "E": ["--layout", "E"],
}


@needs_libreoffice
def test_saved_anew_it_says_the_same(zhenggai: Runner, tmp_path: Path) -> None:
    root = small_repo(tmp_path / "台账", LEDGER)
    for name, words in LISTS.items():
        assert zhenggai("list", *words, "--as-of", "2020-06-30", "-o", f"{name}.xlsx", at=root).code == 0
    converted(root, [f"{name}.xlsx" for name in LISTS], "xlsx")
    for name in LISTS:
        ran = zhenggai("import", f"converted/{name}.xlsx", "--dry-run", at=root)
        assert (name, ran.code, "和 2020-06-30 的状态比：0 处不同\n" in ran.out) == (name, 0, True)
