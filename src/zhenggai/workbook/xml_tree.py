"""The XML of a workbook's parts, by lxml: it keeps the prefixes of namespaces, which some attributes name."""

from typing import TYPE_CHECKING

from zhenggai.errors import UsageError

if TYPE_CHECKING:
    from zhenggai.office_file import Element

_DECLARATION = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'


def parsed(data: bytes, name: str) -> "Element":
    """The XML of a part; entities and other files are never read. Raises ``UsageError`` if it is broken."""
    from lxml import etree  # imported here: only templates need it

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        raise UsageError(f"模板里的 {name} 读不出来\n  下一步：用 Excel、WPS 打开模板，另存一份") from None
    if b"<!DOCTYPE" in data or root.getroottree().docinfo.internalDTD is not None:
        raise UsageError(f"模板里的 {name} 不是 Excel 写的\n  下一步：用 Excel、WPS 打开模板，另存一份")
    return root


def serialised(root: "Element") -> bytes:
    """The bytes of a part, as spreadsheets write them."""
    from lxml import etree  # imported here, as above

    return _DECLARATION + etree.tostring(root.getroottree(), encoding="UTF-8", xml_declaration=False)


def added(above: "Element", name: str, place: int | None = None, **attributes: str) -> "Element":
    """A new element in another one and in its namespace, at a place among its children, by default the last."""
    from lxml import etree  # imported here, as above

    namespace = above.tag.rpartition("}")[0]
    made = etree.Element(f"{namespace}}}{name}", attributes)
    above.insert(len(above) if place is None else place, made)
    return made


def local(element: "Element | None") -> str:
    """The name of an element without its namespace; "" for a comment, or nothing."""
    return element.tag.rpartition("}")[2] if element is not None and isinstance(element.tag, str) else ""


def child(element: "Element", name: str) -> "Element | None":
    """The first child of a name, whatever its namespace."""
    return next((found for found in element if local(found) == name), None)


def entries(element: "Element", name: str) -> list["Element"]:
    """What stands in the first child of a name; nothing if there is no such child."""
    found = child(element, name)
    return [] if found is None else list(found)
