"""Owners and deadlines with labels, on lines of their own or at the end of a sentence: 责任单位：甲局 完成时限：6月底前.

A value ends at the next label or, unless it is prose (整改目标), at its full stop; one that ends with 、 goes on in the next line.
"""

import re

from zhenggai.importing.fields.bracket_owners import Said
from zhenggai.importing.fields.brackets import pieces, unclosed, until_closed, until_full_stop
from zhenggai.importing.fields.deadline_words import is_deadline
from zhenggai.importing.fields.owner_labels import (
    COLONS,
    NUMBERING,
    PERSON_FIELDS,
    UNIT_FIELDS,
    Field,
    Label,
    fields_of,
    label_before,
    label_of_line,
)
from zhenggai.importing.fields.people import is_person, joined_names, names_a_post
from zhenggai.importing.fields.unit_names import is_nothing, is_unit

_BLANKS = " \u3000\xa0\t"
_LABEL_PLACE = re.compile(rf"[{COLONS}]|[【〔\[]([^【】〔〕\[\]]{{2,12}})[】〕\]][{COLONS}]?")
_CONTINUES = re.compile("[、，,；;和及与/]\\s*$")
_MARK = re.compile(NUMBERING)
_HEAD = re.compile("[^：:]{1,8}(?=[：:])")
_GENERAL = frozenset(("时间", "目标", "来源", "领导", "时间安排", "工作目标", "目标任务", "备注"))
_FOR_ALL = re.compile(
    "^(?:以上|上述|所有|全部|各项)(?:整改)?(?:问题|任务|措施|事项|工作)+(?:的?(?:责任单位|整改时限|完成时限))?(?:均|都|全部|一律|统一|应|须|要)*(?:为|于|在|由)?"
)
_LONGEST_POST = 16


def without_owners(text: str) -> tuple[str, list[Said]]:
    """A text without its labels and their values, and what they say.

    >>> rest, said = without_owners("修订办法。责任单位：甲局、\\n乙局\\n整改时限 6月底前")
    >>> rest, [(one.fields[0].value, one.value) for one in said]
    ('修订办法。', [('units', '甲局、乙局'), ('deadline', '6月底前')])
    """
    said: list[Said] = []
    kept: list[str] = []
    lines = _whole_labels(text.split("\n"))
    while lines:
        line = lines.pop(0)
        labels = labels_in(line) or _labels_without_colon(line, lines[:1])
        if not labels or (not said and all(_is_general(line, label) for label in labels)):
            kept.append(line)
            continue
        content = line[: labels[0].start].rstrip(_BLANKS + "(（【[〔，,；;—-")
        content = "" if _MARK.fullmatch(content) or not content.strip("*＊_ ") else content
        for label, after in zip(labels, [*labels[1:], None], strict=True):
            value = line[label.end : after.start if after else len(line)]
            value, tail = until_closed(value) if unclosed(content) else (value, "")
            if Field.CONTENT in label.fields:
                content += line[label.start : label.end] + value + tail
                continue
            if not tail and not label.fields[0].is_prose:
                value, tail = until_full_stop(value)
            while after is None and not tail and lines and _goes_on(label.fields[0], value, lines[0]):
                value = _joined(value.rstrip(), lines.pop(0).strip())
            head = line[label.start : label.end] if label.fields == (Field.OTHER,) else ""
            said.append(Said(label.fields, head + _FOR_ALL.sub("", value.strip(_BLANKS))))
            content += tail
        if content.strip():
            kept.append(content)
    return "\n".join(kept).rstrip(), said


def _is_general(line: str, label: Label) -> bool:
    """Whether a label may head any list of facts (时间：每月10日；地点：…), so that it needs another one beside it."""
    return Field.CONTENT in label.fields or re.sub(rf"[\s{COLONS}]", "", line[label.start : label.end]) in _GENERAL


def _whole_labels(lines: list[str]) -> list[str]:
    """Lines of which none begins within a label: 责任⏎单位：甲局 stands together again."""
    found = lines[:1]
    for line in lines[1:]:
        before, after = found[-1].rstrip(), line.lstrip()
        head = _HEAD.match(after)
        if head and _label_across(before, after, head.end()):
            found[-1] = before + after
        else:
            found.append(line)
    return found


def _label_across(before: str, after: str, colon: int) -> bool:
    """Whether the label that ends at a colon in a line begins in the line before it."""
    if label_before(after, colon, 0, apart=True):
        return False
    label = label_before(before + after, len(before) + colon, 0, apart=True)
    return label is not None and label.start < len(before)


def labels_in(line: str) -> list[Label]:
    """The labels of a line that have a colon or stand in brackets, in their order; [] if they only lead to content (整改措施：)."""
    found: list[Label] = []
    for mark in _LABEL_PLACE.finditer(line):
        since = found[-1].end if found else 0
        if mark.start() < since:
            continue
        if mark[1] is None:
            label = label_before(line, mark.start(), since, apart=not found)
        else:
            fields = fields_of(re.sub(r"\s", "", mark[1]))
            label = Label(mark.start(), mark.end(), fields) if fields else None
        if label:
            found.append(label)
    return found if any(Field.CONTENT not in label.fields for label in found) else []


def _labels_without_colon(line: str, following: list[str]) -> list[Label]:
    """The labels of a line that consists of labels and values, with blanks, 为 or nothing between: 责任单位　甲局 整改时限　6月底."""
    if with_is := _labels_with_is(line):
        return with_is
    mark = _MARK.match(line)
    begin = mark.end() if mark else 0
    found: list[Label] = []
    for word in re.finditer(r"[^\s，,；;。]+", line[begin:]):
        fields, end = label_of_line(word[0])
        if fields:
            found.append(Label(begin + word.start(), begin + word.start() + end, fields))
        elif not found:
            return []
    if not found:
        return []
    ends = [*(label.start for label in found[1:]), len(line)]
    values = [line[label.end : end].strip(_BLANKS + "，,；;。") for label, end in zip(found, ends, strict=True)]
    if not values[-1] and following:
        values[-1] = following[0].strip()
    fit = all(_fits(label.fields[0], value) for label, value in zip(found, values, strict=True))
    return found if fit else []


def _labels_with_is(line: str) -> list[Label]:
    """The labels of sentences such as 整改时限为6月底前，责任单位为甲局。"""
    found: list[Label] = []
    for mark in re.finditer("[为是]", line):
        since = found[-1].end if found else 0
        if label := label_before(line, mark.start(), since, apart=True):
            found.append(label)
    if found and line[: found[0].start].rstrip(_BLANKS)[-1:] not in ("", "。", "；", ";"):
        return []
    ends = [*(label.start for label in found[1:]), len(line)]
    values = (
        line[label.end : end].strip(_BLANKS + "，,；;。") for label, end in zip(found, ends[: len(found)], strict=True)
    )
    return found if all(_fits(label.fields[0], value) for label, value in zip(found, values, strict=True)) else []


def _fits(field: Field, value: str) -> bool:
    """Whether a value is such that its label needs no colon."""
    value = _FOR_ALL.sub("", value.rstrip("。；;").removeprefix("为"))
    words = list(filter(None, pieces(joined_names(value), "、，,；; \u3000\t")))
    if field in UNIT_FIELDS:
        return bool(words) and all(is_unit(word.removesuffix("负责")) or is_nothing(word) for word in words)
    if field in PERSON_FIELDS:
        return bool(words) and all(
            is_person(word) or (names_a_post(word) and len(word) < _LONGEST_POST) for word in words
        )
    return field is Field.DEADLINE and is_deadline(value)


def _goes_on(field: Field, value: str, line: str) -> bool:
    """Whether the next line belongs to a value."""
    if not line.strip() or labels_in(line) or label_of_line(line)[0] or (_MARK.match(line) and not is_deadline(line)):
        return False
    if not value.strip():
        return True
    if field in UNIT_FIELDS and not _CONTINUES.search(value):
        return _fits(field, line) or (not _fits(field, value) and _fits(field, value.strip() + line.strip()))
    return not field.is_prose and (
        _CONTINUES.search(value) is not None or (field is Field.DEADLINE and is_deadline(line))
    )


def _joined(value: str, line: str) -> str:
    """A value and its next line; a name or day that the line end parts stands together again."""
    last = [*pieces(value, "、，,；; ")][-1]
    apart = is_unit(last) and not _CONTINUES.search(value) and len(line.rstrip("。；;")) > 1
    return value + ("、" if apart else "") + line
