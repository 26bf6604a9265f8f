"""One clone's round in a process of its own: edit, record, share. Each act is reported at once, as the process may be killed."""

import os
import random
import time
import traceback
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection

from simulated.acts import Addition, Edit, Task
from simulated.county import PLAN, Computer
from simulated.sharing import Person, share_by_git, share_by_sync
from zhenggai.errors import ZhenggaiError
from zhenggai.model.labels import label_of
from zhenggai.model.numbers import recorded_on
from zhenggai.reading.canonical_form import entry_text
from zhenggai.reading.entry_text import read_entries
from zhenggai.reading.raw_entry import Value
from zhenggai.reading.typed_entries import type_entry
from zhenggai.writing.append import Place, append_entries
from zhenggai.writing.atomic import replace_file, writing


@dataclass(frozen=True)
class Recorded:
    """An acknowledged entry: its file relative to the root, its values by label, its evidence by path."""

    path: str
    number: str
    values: dict[str, Value]
    evidence: dict[str, bytes]


@dataclass(frozen=True)
class Edited:
    """A changed field, by its label. ``old`` is None if the field was absent."""

    number: str
    label: str
    old: Value | None
    new: str


@dataclass(frozen=True)
class Sharing:
    """The process begins to share. From now on it may be killed."""


@dataclass(frozen=True)
class Shared:
    """The process has shared, or ``trouble`` says why not. ``stops``: the questions to a person."""

    tries: int
    seconds: float
    stops: tuple[str, ...]
    trouble: str = ""


Message = Recorded | Edited | Sharing | Shared


def work(task: Task, outbox: Connection) -> None:
    """Do a clone's round and send messages. Run it in a new process, which becomes the leader of its own process group."""
    os.setsid()
    random.seed(task.seed)  # ``sync`` waits for random times, which must differ between processes
    edits = [edited for edit in task.edits if (edited := _edit(task, edit))]
    for message in (*edits, *(_record(task.computer, addition) for addition in task.additions)):
        outbox.send(message)
    if task.shares:
        outbox.send(Sharing())
        outbox.send(_share(task, outbox))


def _share(task: Task, outbox: Connection) -> Shared:
    person, begin = Person(task.seed), time.perf_counter()
    waiting = [task.meanwhile] if task.meanwhile else []

    def tell(words: str) -> None:
        if waiting and words in (waiting[0][0], ""):
            outbox.send(_record(task.computer, waiting.pop()[1]))

    tries, trouble = 0, ""
    try:
        tries = share_by_sync(task, person, tell) if task.computer.manner.sync else share_by_git(task, person)
    except ZhenggaiError as error:
        trouble = str(error)
    except Exception:  # report every failure
        trouble = traceback.format_exc()
    seconds = time.perf_counter() - begin
    tell("")
    return Shared(tries, seconds, tuple(person.stops), trouble)


def _record(computer: Computer, addition: Addition) -> Recorded:
    entry = addition.entry
    place = Place(computer.root, PLAN, computer.unit, computer.writer)
    path = append_entries(place, [entry], addition.copies).relative_to(computer.root).as_posix()
    folder = path.rpartition("/")[0]
    values = read_entries(entry_text(entry), path)[0][0].values
    evidence = {f"{folder}/{name}": data for name, data in addition.copies.items()}
    return Recorded(path, entry.number, values, evidence)


def _edit(task: Task, edit: Edit) -> Edited | None:
    """Change a field of an entry in its file. None if the entry is not in this clone yet."""
    computer, day = task.computer, recorded_on(edit.number)
    folder = Place(computer.root, PLAN, computer.unit, computer.writer).folder
    for path in sorted(folder.glob(f"{day:%Y-%m}.{computer.writer}.*.yaml")):
        data = path.read_bytes()
        text = data.decode()
        for raw in read_entries(text, path.name)[0]:
            entry, _ = type_entry(raw, path.name)
            if entry is not None and entry.number == edit.number:
                label = label_of(edit.field)
                new = entry_text(replace(entry, **{edit.field: edit.value}))  # type: ignore[arg-type]  # all these entries have the field
                with writing(computer.root):
                    replace_file(path, data, (text[: raw.offset] + new + text[raw.end :]).encode())
                return Edited(edit.number, label, raw.values.get(label), edit.value)
    return None
