"""The books of a plan by the content of their files, without the state of the ledger: what completion asks."""

from collections.abc import Sequence
from pathlib import Path

from zhenggai.index.books import KeptBooks
from zhenggai.index.codec import line_of, value_in
from zhenggai.index.file_digests import file_digest
from zhenggai.index.keys import key_of, program_key
from zhenggai.index.store import Store
from zhenggai.reading.data_folders import ORGANISATIONS_FILE, UNITS_FILE
from zhenggai.reading.files import read_file


def books_key(path: str, digests: Sequence[str]) -> str:
    """The key of the books of the plan at ``path``; ``digests`` are those of plan and unit book."""
    return key_of(program_key(), "books", path, *digests)


def current_books(root: Path, path: str, store: Store) -> KeptBooks:
    """The books of the plan at ``path``: kept, else read and kept. Raises ``NothingToShow`` if the plan cannot be read."""
    files = (path, UNITS_FILE)
    digests = [file_digest(read_file(root, file)) for file in files]
    key = books_key(path, digests)
    value = store.get(key)
    if value is None:
        from zhenggai.index.book_files import kept_books, read_books  # imported here: usually they are kept

        value = kept_books(read_books(root, path))
        if digests == [file_digest(read_file(root, file)) for file in files]:
            store.put(key, value)
            store.write()
    return KeptBooks(key, value)


def organisation_names(root: Path, store: Store) -> list[tuple[str, str]]:
    """The name and the unit of each party organisation: kept, else read and kept."""
    digest = file_digest(read_file(root, ORGANISATIONS_FILE))
    key = key_of(program_key(), "organisation names", digest)
    value = store.get(key)
    if value is None:
        from zhenggai.reading.load import load_organisations  # imported here, as above

        book, _ = load_organisations(root)
        value = line_of([[organisation.name, organisation.unit] for organisation in book.listed])
        if digest == file_digest(read_file(root, ORGANISATIONS_FILE)):
            store.put(key, value)
            store.write()
    return [(name, unit) for name, unit in value_in(value)]
