"""The styles of an official document (GB/T 9704-2012): fonts by name with those that stand in for them, sizes, indents, spacing.

No font is embedded. A computer without 方正小标宋 takes the first of its stand-ins that it has.
"""

from typing import TYPE_CHECKING, Final, NamedTuple

from zhenggai.render.docx.markup import element

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement


class Font(NamedTuple):
    """A typeface by the name that Windows has, the names of those that stand in for it, and its family."""

    name: str
    instead: tuple[str, ...]
    family: str = "roman"


XIAOBIAOSONG: Final = Font(
    "方正小标宋简体", ("方正小标宋_GBK", "FZXiaoBiaoSong-B05S", "华文中宋", "宋体", "Noto Serif CJK SC")
)
HEI: Final = Font("黑体", ("SimHei", "Noto Sans CJK SC"), "swiss")
KAI: Final = Font("楷体", ("楷体_GB2312", "KaiTi", "华文楷体", "AR PL UKai CN", "Noto Serif CJK SC"), "script")
FANG: Final = Font("仿宋", ("仿宋_GB2312", "FangSong", "华文仿宋", "Noto Serif CJK SC"))
SONG: Final = Font("宋体", ("SimSun", "Noto Serif CJK SC"))
FONTS: Final = (XIAOBIAOSONG, HEI, KAI, FANG, SONG)
_NORMAL: Final = "Normal"

LINE: Final = 28.0  # points from line to line: 22 lines a page
SQUEEZE: Final = -0.25  # points between characters of 16: 28 characters a line
BODY_SIZE: Final = 16.0  # 三号
CHARACTER: Final = BODY_SIZE + SQUEEZE  # the width that a character of the text takes
TITLE_SIZE: Final = 22.0  # 二号
TABLE_SIZES: Final = (12.0, 10.5, 9.0, 7.5, 6.5)  # 小四 五号 小五 六号 小六


class Style(NamedTuple):
    """A style of paragraphs. Lengths are in points, ``indent`` (of the first line) in characters; ``level`` is that of a heading."""

    identifier: str
    name: str
    font: Font = FANG
    size: float = BODY_SIZE
    align: str = "both"
    indent: int = 2
    line: float = LINE
    before: float = 0
    after: float = 0
    squeeze: float = SQUEEZE
    keep_next: bool = False
    level: int | None = None
    color: str = ""


BODY, TITLE, PLAIN, SIGNATURE, NOTE = "Body", "Title", "Plain", "Signature", "Note"
HEADINGS: Final = ("Heading1", "Heading2", "Heading3", "Heading4")
ATTACHMENT, TABLE_TITLE, GAP, END, FOOTER = "Attachment", "TableTitle", "Gap", "End", "Footer"
MASTHEAD, ISSUE, RULE, IMPRINT = "Masthead", "Issue", "Rule", "Imprint"
RED: Final = "E60012"


def line_of(size: float) -> float:
    """From line to line in a table, in points."""
    return size * 1.3


def cell_style(size: float, *, head: bool = False) -> str:
    """The identifier of the style of a table's texts of a size."""
    return f"{'Head' if head else 'Cell'}{size * 10:.0f}"


_CELLS = (
    *(
        Style(cell_style(size), f"公文表格{size:g}", FANG, size, "left", 0, line_of(size), squeeze=0)
        for size in TABLE_SIZES
    ),
    *(
        Style(cell_style(size, head=True), f"公文表头{size:g}", HEI, size, "center", 0, line_of(size), squeeze=0)
        for size in TABLE_SIZES
    ),
)
_STYLES = (
    Style(BODY, "公文正文"),
    Style(TITLE, "Title", XIAOBIAOSONG, TITLE_SIZE, "center", 0, 35, after=28, squeeze=0, keep_next=True),
    Style(HEADINGS[0], "heading 1", HEI, keep_next=True, level=0),
    Style(HEADINGS[1], "heading 2", KAI, keep_next=True, level=1),
    Style(HEADINGS[2], "heading 3", keep_next=True, level=2),
    Style(HEADINGS[3], "heading 4", keep_next=True, level=3),
    Style(PLAIN, "公文顶格", indent=0),
    Style(SIGNATURE, "公文落款", align="right", indent=0),
    Style(NOTE, "公文注", size=12, line=20, squeeze=0),
    Style(MASTHEAD, "公文版头", XIAOBIAOSONG, 44, "center", 0, 60, squeeze=0, color=RED),
    Style(ISSUE, "公文期号", align="center", indent=0, before=LINE),
    Style(RULE, "公文红线", align="left", indent=0, after=2 * LINE),
    Style(IMPRINT, "公文版记", size=14, line=24, align="left", indent=0, squeeze=0),
    Style(ATTACHMENT, "公文附件", HEI, indent=0, after=14, keep_next=True, level=0),
    Style(TABLE_TITLE, "公文表题", HEI, 14, "center", 0, before=8, squeeze=0, keep_next=True),
    Style(GAP, "公文表后", size=5, line=10, indent=0, squeeze=0),
    Style(END, "公文节尾", size=1, line=1, indent=0, squeeze=0),
    Style(FOOTER, "footer", SONG, 14, indent=0, line=16, squeeze=0),
    *_CELLS,
)


def twips(points: float) -> int:
    """Points as twentieths of a point, in which Word counts lengths."""
    return round(points * 20)


def style_elements() -> list["BaseOxmlElement"]:
    """What stands in the styles' part: the defaults, then the styles."""
    language = element("lang", val="en-US", eastAsia="zh-CN")  # digits as English: else LibreOffice breaks numbers
    defaults = element("docDefaults", element("rPrDefault", element("rPr", _fonts(FANG), language)))
    normal = element(
        "style", element("name", val="Normal"), element("qFormat"), type="paragraph", default=1, styleId=_NORMAL
    )
    return [defaults, normal, *map(_style, _STYLES)]


def table_styles() -> list["BaseOxmlElement"]:
    """The styles that the texts of tables need."""
    return [*map(_style, _CELLS)]


def _fonts(font: Font) -> "BaseOxmlElement":
    return element("rFonts", ascii=font.name, hAnsi=font.name, eastAsia=font.name, cs=font.name)


def _style(style: Style) -> "BaseOxmlElement":
    flags = [element("keepNext"), element("keepLines")] if style.keep_next else []
    spacing = {"before": twips(style.before), "after": twips(style.after), "line": twips(style.line)}
    indent = {"firstLineChars": style.indent * 100, "firstLine": twips(style.indent * (style.size + style.squeeze))}
    paragraph = element(
        "pPr",
        *flags,
        element("widowControl", val=0),
        element("autoSpaceDE", val=0),
        element("autoSpaceDN", val=0),
        element("adjustRightInd", val=0),
        element("snapToGrid", val=0),
        element("spacing", **spacing, lineRule="exact"),
        *([element("ind", **indent)] if style.indent else []),
        element("jc", val=style.align),
        *([element("outlineLvl", val=style.level)] if style.level is not None else []),
    )
    letters = element(
        "rPr",
        _fonts(style.font),
        *([element("color", val=style.color)] if style.color else []),
        element("spacing", val=twips(style.squeeze)),
        element("sz", val=round(style.size * 2)),
        element("szCs", val=round(style.size * 2)),
    )
    return element(
        "style",
        element("name", val=style.name),
        element("basedOn", val=_NORMAL),
        element("qFormat"),
        paragraph,
        letters,
        type="paragraph",
        styleId=style.identifier,
    )


def font_elements() -> list["BaseOxmlElement"]:
    """The table of fonts: what stands in for a font that a computer lacks."""
    return [
        element(
            "font",
            element("altName", val=",".join(font.instead)),
            element("charset", val="86"),
            element("family", val=font.family),
            element("pitch", val="variable"),
            name=font.name,
        )
        for font in FONTS
    ]
