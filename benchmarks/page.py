"""Puts what a benchmark measured into its place on the page of figures."""

import re
from pathlib import Path


def put(page: Path, title: str, text: str) -> None:
    """Write a part of the page: ``**title** text``. It takes the place of the one with this title, else it stands before the tables."""
    whole = page.read_text(encoding="utf-8")
    part = f"**{title}** {text.strip()}\n\n"
    found = re.search(rf"^\*\*{re.escape(title)}\*\* .*?(?=^\*\*|^The tables below)", whole, re.MULTILINE | re.DOTALL)
    start, end = found.span() if found else (whole.index("The tables below"),) * 2
    page.write_text(whole[:start] + part + whole[end:], encoding="utf-8", newline="")
