"""A web page with nothing left that it could load: its texts and tables, without links, pictures, styles and scripts."""

import html
import re
from html.parser import HTMLParser

from zhenggai.reading.encoding import recognised

_KEPT = frozenset(
    [
        "table",
        "thead",
        "tbody",
        "tfoot",
        "tr",
        "td",
        "th",
        "caption",
        "p",
        "br",
        "div",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "ul",
        "ol",
        "li",
        "b",
        "s",
        "strike",
        "del",
    ]
)
_SILENT = frozenset({"script", "style", "title", "object", "svg", "template", "noscript"})
_SPANS = frozenset({"rowspan", "colspan"})
_SPAN = re.compile(r"[0-9]{1,4}")


def plain_page(data: bytes) -> bytes:
    """A page as a program may read it that would fetch what a page names.

    >>> plain_page(b"<table><tr><td colspan=2 style='x'>a<img src='http://b/c'><script>d</script></td></tr></table>").decode()
    '<html><head><meta charset="utf-8"></head><body><table><tr><td colspan="2">a</td></tr></table></body></html>'
    """
    page = _Page()
    page.feed(recognised(data).text)
    page.close()
    return f'<html><head><meta charset="utf-8"></head><body>{"".join(page.kept)}</body></html>'.encode()


class _Page(HTMLParser):
    """What is kept of a page, in order."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.kept: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.silent += tag in _SILENT
        if tag in _KEPT and not self.silent:
            spans = [
                f' {name}="{value}"' for name, value in attrs if name in _SPANS and value and _SPAN.fullmatch(value)
            ]
            self.kept.append(f"<{tag}{''.join(spans)}>")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _SILENT:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self.silent = max(0, self.silent - 1)
        elif tag in _KEPT and not self.silent:
            self.kept.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.kept.append(html.escape(data))
