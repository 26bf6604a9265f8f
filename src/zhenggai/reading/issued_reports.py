"""Reads issued reports under ``ledgers/<方案>/报告/``: the text that went out, and its record as JSON."""

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

from zhenggai.frozen import frozen
from zhenggai.model.issued_report import Issue, Reached, digest_of, issue_name
from zhenggai.model.source import Diagnostic, Source
from zhenggai.reading.data_folders import LEDGERS, REPORTS
from zhenggai.reading.document_json import document_from, document_json
from zhenggai.reading.files import FileBytes, read_file

SCHEMA_VERSION = 1
SEAL = "seal"  # key of the digest over all other values of the JSON


class NotThatIssue(Exception):
    """A record does not belong to its file name or is damaged; the message says why, in Chinese."""


@frozen
class Shelf:
    """The place of one kind of issued reports: root, plan, and title (周报, 月报, 整改落实情况报告)."""

    root: Path
    plan: str
    title: str

    @property
    def folder(self) -> str:
        """The folder of the reports, as a path from the root."""
        return f"{LEDGERS}/{self.plan}/{REPORTS}"

    def path(self, number: int, ending: str) -> str:
        """A file of a report, as a path from the root."""
        return f"{self.folder}/{issue_name(self.title, number)}.{ending}"


def issued_numbers(shelf: Shelf) -> list[int]:
    """The numbers of the issued reports, in order."""
    pattern = re.compile(rf"{shelf.title}第(\d{{3}}|[1-9]\d{{3,}})期\.json", re.ASCII)  # the form of ``issue_name``
    folder = shelf.root / shelf.folder
    names = [path.name for path in folder.iterdir()] if folder.is_dir() else []
    return sorted(int(found[1]) for name in names if (found := pattern.fullmatch(name)))


def read_issue(shelf: Shelf, number: int) -> Issue | Diagnostic:
    """The issued report with a number; a ``Diagnostic`` if it is missing or unreadable."""
    path = shelf.path(number, "json")
    found = read_file(shelf.root, path)
    if not isinstance(found, FileBytes):
        return found
    text = read_file(shelf.root, shelf.path(number, "txt"))
    try:
        return _issue_at(path, found.data, text.data if isinstance(text, FileBytes) else None)
    except NotThatIssue as error:
        what = f"读不出这份已印发报告的记录（{error}）"
    return Diagnostic(Source(path), "报告", what, "从备份或版本库中恢复这个文件，不要手工改动")


def answered(shelf: Shelf, by: date) -> frozenset[str]:
    """The names of the plan's 报送 that reports issued by a day answer."""
    issues = (read_issue(shelf, number) for number in issued_numbers(shelf))
    return frozenset(i.answers for i in issues if isinstance(i, Issue) and i.answers and i.issued <= by)


def fault_of_record(path: str, record: bytes, text: bytes | None) -> str:
    """Why a record and the text beside it are not those of an issued report, in Chinese; "" if they are."""
    try:
        issue = _issue_at(path, record, text)
    except NotThatIssue as error:
        return str(error)
    if issue.text is None:
        return "没有原文（.txt）"
    return "原文与印发时的校验值不符" if issue.is_altered else ""


def _issue_at(path: str, record: bytes, text: bytes | None) -> Issue:
    """The issued report from its record and text; raises ``NotThatIssue`` if they do not belong to the path."""
    try:
        issue = _issue(json.loads(record), None if text is None else _as_issued(text))
        *_, plan, _reports, name = path.split("/")
        if (issue.record["plan"], f"{issue.name}.json") != (plan, name):
            raise NotThatIssue("是别的方案或别的一期的")
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise NotThatIssue("不是完整的 JSON，或缺少应有的内容") from None
    return issue


def issued_words(shelf: Shelf, number: int) -> str:
    """A Chinese phrase that a report was issued, with the date if its record is readable."""
    issue = read_issue(shelf, number)
    return f"已于 {issue.issued} 印发" if isinstance(issue, Issue) else "已经印发"


def _as_issued(text: bytes) -> str:
    return text.decode("utf-8", "surrogateescape").replace("\r\n", "\n")  # git may convert line ends on Windows


def _issue(values: Any, text: str | None) -> Issue:
    if values.pop(SEAL) != _seal_of(values):
        raise NotThatIssue("被改动过，与印发时的校验值不符")
    if values["schema_version"] != SCHEMA_VERSION:
        raise NotThatIssue("格式与这个版本的 zhenggai 不同")
    if not all(isinstance(entry, dict) for entry in values["report"]["entries"]):
        raise TypeError("an entry without fields")
    days = {name: date.fromisoformat(values[name]) for name in ("start", "end", "as_of", "known_by", "issued")}
    return Issue(
        kind=values["kind"],
        title=values["title"],
        number=values["number"],
        text=text,
        digest=values["digest"],
        commit=values["commit"],
        errors=values["errors"],
        record=values["report"],
        tasks={(row.pop("measure"), row.pop("unit")): Reached(**row) for row in values["tasks"]},
        document=document_from(values["document"]) if "document" in values else None,
        answers=values.get("answers"),
        **days,
    )


def issue_bytes(issue: Issue) -> bytes:
    """The bytes of a report's JSON record."""
    names = ("kind", "title", "number", "start", "end", "as_of", "known_by", "issued", "digest", "commit", "errors")
    kept = {"schema_version": SCHEMA_VERSION, **{name: getattr(issue, name) for name in names}}
    tasks = [{"measure": measure, "unit": unit, **task._asdict()} for (measure, unit), task in issue.tasks.items()]
    document = {} if issue.document is None else {"document": document_json(issue.document)}
    answers = {} if issue.answers is None else {"answers": issue.answers}
    values = {**kept, "report": issue.record, "tasks": tasks, **document, **answers}
    text = json.dumps({**values, SEAL: _seal_of(values)}, ensure_ascii=False, indent=1, default=date.isoformat)
    return f"{text}\n".encode("utf-8", "backslashreplace")  # a lone surrogate becomes a JSON escape


def _seal_of(values: Any) -> str:
    """The digest of the values, independent of indentation and line ends of the file."""
    return digest_of(json.dumps(values, sort_keys=True, default=date.isoformat))
