"""A CSV opened by a real spreadsheet: LibreOffice, told to read dates and numbers as eagerly as a Chinese Excel does."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

from libreoffice import converted, needs_libreoffice
from zhenggai.render.csv_ import csv_of

EAGER = (
    "Text - txt - csv (StarCalc):44,34,76,1,,2052,false,true"  # comma, quotes, UTF-8, Chinese, detect special numbers
)
NAMESPACE = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
TABLE, TEXT, OFFICE = (NAMESPACE % name for name in ("table", "text", "office"))

CONVERTED = (
    "1-2",
    "3-5-1",
    "1/2",
    "5月2日",
    "１-２",
    "12:30",
    "007",
    "1.10",
    "50%",
    "1e5",
    "(5)",
    "123456789012345678",
)
"""Texts that LibreOffice turns into dates or numbers if nothing keeps it from doing so."""
KEPT = (
    "2020-05",
    "2020-Q2",
    "2020年5月",
    "20200512-00000001",
    "20200512-k3f9x2ab",
    "9月30日前",
    "Jan 5",
    "石桥镇，“三会”",
)
FORMULAS = ("=1+1", "+1", "-5", "@x", "＝1+1")


def cells(path: Path) -> Iterator[tuple[str, str, bool]]:
    """The first cell of each row but the head: its type, its text without the blanks at its ends, and whether it is a formula."""
    rows = list(ElementTree.parse(path).iter(f"{TABLE}table-row"))
    for row in rows[1:]:
        cell = next(row.iter(f"{TABLE}table-cell"))
        text = "".join("".join(paragraph.itertext()) for paragraph in cell.iter(f"{TEXT}p"))
        yield cell.get(f"{OFFICE}value-type", ""), text.strip(), cell.get(f"{TABLE}formula") is not None


@needs_libreoffice
def test_every_text_is_read_back_as_it_was_and_only_true_dates_and_numbers_are_any(tmp_path: Path) -> None:
    values: list[object] = [*CONVERTED, *KEPT, *FORMULAS, date(2020, 6, 30), "2020-06-30", 40, 2.5]
    (tmp_path / "ours.csv").write_text(
        csv_of([{"a": value, "b": 1} for value in values], {"a": "甲", "b": "乙"}), "utf-8-sig"
    )
    (tmp_path / "bare.csv").write_text("甲,乙\n" + "".join(f'"{text}",1\n' for text in CONVERTED), "utf-8-sig")
    read = converted(tmp_path, ("ours.csv", "bare.csv"), "fods", f"--infilter={EAGER}")

    bare = list(cells(read / "bare.fods"))
    assert [text for (kind, _, _), text in zip(bare, CONVERTED, strict=True) if kind == "string"] == []

    ours = list(cells(read / "ours.fods"))
    texts = (*CONVERTED, *KEPT, *(f"'{formula}" for formula in FORMULAS))
    assert ours[: len(texts)] == [("string", text, False) for text in texts]
    assert [kind for kind, _, _ in ours[len(texts) :]] == ["date", "date", "float", "float"]
