"""Names of evidence files: each contains the first 8 hex digits of the SHA-256 of the file when it was copied in."""

import re
from hashlib import sha256

_DIGITS = 8
_DIGEST = re.compile(r"[0-9a-f]{8}")
_PLACE = re.compile(r"附件/\d{4}-\d{2}/[^/\\]+")


def digest_in_name(data: bytes) -> str:
    """The digits that the name of a file with these bytes contains."""
    return sha256(data).hexdigest()[:_DIGITS]


def bears_digest(path: str) -> bool:
    """Whether a file's name contains a digest, as its last part or before its extension.

    >>> [bears_digest(f"附件/2020-05/{name}") for name in ("办法.9f2c41d0.docx", "办法.9f2c41d0", "办法.docx")]
    [True, True, False]
    """
    return bool(_digests(path))


def is_as_named(path: str, digest: str) -> bool:
    """Whether a file with this SHA-256 matches the digest in its name."""
    return digest[:_DIGITS] in _digests(path)


def evidence_digest(path: str, data: bytes) -> str:
    """The SHA-256 of an evidence file in hex.

    If git converted the line ends of a text, the digest of the form that matches the name is returned.
    """
    plain = sha256(data).hexdigest()
    if is_as_named(path, plain) or b"\0" in data:
        return plain
    text = data.replace(b"\r\n", b"\n")
    digests = (sha256(one).hexdigest() for one in (text, text.replace(b"\n", b"\r\n")))
    return next((digest for digest in digests if is_as_named(path, digest)), plain)


def is_evidence_file(text: str) -> bool:
    """Whether an item of 佐证 is a file in the unit's folder, rather than a document number.

    >>> is_evidence_file("附件/2020-05/办法.9f2c41d0.docx"), is_evidence_file("县组发〔2020〕12号")
    (True, False)
    """
    return _PLACE.fullmatch(text) is not None and ".." not in text


def not_as_named(digest: str) -> str:
    """The Chinese message for a file whose SHA-256 does not match its name."""
    return f"内容与文件名里的摘要不符（现在是 {digest[:_DIGITS]}），被换过或改过"


def put_back(number: str) -> str:
    """The Chinese remedy for it. ``number`` is the short number of the entry that names the file, "" if none does."""
    if not number:
        return "放回原来的文件；还没交出去的，也可以删去"
    return f"放回原来的文件；换了材料的，zhenggai correct {number} -e 新文件，再删去这一个"


def _digests(path: str) -> list[str]:
    parts = path.rpartition("/")[2].split(".")[1:]
    return [part for part in parts[-2:] if _DIGEST.fullmatch(part)]
