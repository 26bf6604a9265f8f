"""The records for other programs: a journal for ledger and hledger, one for beancount, a data folder for Taskwarrior.

A record becomes a transaction: its text is the payee, its other fields are metadata, and one unit is posted to the account
of its problem, measure and unit. For Taskwarrior a task is a task, and each record is an annotation of it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from datetime import UTC, datetime, time
from pathlib import Path

from generated.lives import Recorded
from zhenggai.model.entries import Entry

_IN_THE_HEAD = ("number", "date", "content", "measure", "unit", "kind")

Task = tuple[str, str]  # measure, unit


def write_journals(folder: Path, records: Sequence[Recorded]) -> None:
    """Write ``year.ledger``, ``year.beancount`` and ``taskdata/`` into a folder."""
    folder.mkdir(parents=True)
    tasks = _tasks(records)
    ordered = sorted(records, key=lambda r: (r.entry.date, r.entry.number))
    (folder / "year.ledger").write_text("".join(_ledger(r.entry, tasks[r.entry.number]) for r in ordered), "utf-8")
    _write_beancount(folder / "year.beancount", ordered, tasks)
    _write_taskwarrior(folder / "taskdata", ordered, tasks)


def _tasks(records: Sequence[Recorded]) -> dict[str, Task]:
    """The task of every record, by the record's number. An entry that refers to another belongs to the other's task."""
    found: dict[str, Task] = {}
    for recorder, entry in records:
        ref = getattr(entry, "ref", None)
        found[entry.number] = found[ref] if ref else (entry.measure or "0-0", entry.unit or recorder)
    return found


def _tags(entry: Entry) -> Iterator[tuple[str, str]]:
    for f in fields(entry):
        value = getattr(entry, f.name)
        if f.name not in _IN_THE_HEAD and value not in (None, (), False):
            yield f.name.replace("_", "-"), "、".join(value) if isinstance(value, tuple) else str(value)


def _ledger(entry: Entry, task: Task) -> str:
    measure, unit = task
    tags = "".join(f"    ; {name}: {value}\n" for name, value in _tags(entry))
    head = f"{entry.date} * ({entry.number}) {entry.content or entry.kind}\n{tags}"
    return f"{head}    问题{measure.partition('-')[0]}:{measure}:{unit}  1 件\n    记录:{entry.kind}\n\n"


def _write_beancount(path: Path, records: Sequence[Recorded], tasks: Mapping[str, Task]) -> None:
    """Write Beancount's journal. Its account names are ASCII."""
    units = {unit: f"U{nth}" for nth, unit in enumerate(dict.fromkeys(unit for _, unit in tasks.values()))}
    accounts = {
        task: f"Assets:P{task[0].partition('-')[0]}:M{task[0]}:{units[task[1]]}" for task in set(tasks.values())
    }
    with path.open("w", encoding="utf-8") as out:
        out.writelines(f"1970-01-01 open {account}\n" for account in ("Equity:Records", *sorted(accounts.values())))
        for _, entry in records:
            tags = "".join(f'  {name}: "{value}"\n' for name, value in (("number", entry.number), *_tags(entry)))
            head = f'{entry.date} * "{entry.kind}" "{entry.content or ""}"\n{tags}'
            out.write(f"{head}  {accounts[tasks[entry.number]]}  1 JIAN\n  Equity:Records\n\n")


def _write_taskwarrior(folder: Path, records: Sequence[Recorded], tasks: Mapping[str, Task]) -> None:
    """Write Taskwarrior's data files, one line for each task. No two annotations of a task have the same second."""
    lines: dict[Task, list[str]] = {}
    for nth, (_, entry) in enumerate(records):
        second = int(datetime.combine(entry.date, time(), UTC).timestamp()) + nth % 86400
        text = f"{entry.kind} {entry.number} {entry.content or ''}"
        lines.setdefault(tasks[entry.number], []).append(f'annotation_{second}:"{text}"')
    folder.mkdir()
    pending = []
    for nth, ((measure, unit), annotations) in enumerate(lines.items()):
        head = f'description:"{measure} {unit}" entry:"1577923200" modified:"1577923200"'
        rest = (
            f'project:"{measure.partition("-")[0]}.{measure}" status:"pending" uuid:"00000000-0000-4000-8000-{nth:012}"'
        )
        pending.append(f"[{' '.join(annotations)} {head} {rest}]\n")
    (folder / "pending.data").write_text("".join(pending), "utf-8")
    for name in ("completed.data", "undo.data", "backlog.data"):
        (folder / name).write_text("")
