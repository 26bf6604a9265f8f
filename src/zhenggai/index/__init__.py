"""The index: values kept on disk, so that a command need not read and fold the whole ledger again.

Each value has a key that names all its inputs, the version of the program included (``keys``, ``store``). So a value can be
missing, but it can never be out of date: changed inputs give another key. A damaged value counts as missing and is made again.

The kinds of values, from the files upwards: name, inputs → content, modules::

    seen       stamps of the plan's files                          → the keys of books and state         disk
    books      bytes of plan and unit book                         → plan, unit book, phases             books, book_files
    parsed     bytes of a ledger file                              → its events, a line each             parsed, events
    outline    events of a file, the books' part for filing        → its shares, its open references     outlines
    folder     outlines of a folder's files                        → months and references of entries    outlines
    month      outlines of all files with entries of the month     → answers about wanted entries        cross_references
    answers    wanted numbers of all folders, all months           → the answers for each folder         cross_references
    assigned   a folder, its answers                               → its shares, by unit                 refresh
    state      all folders                                         → a digest of each unit's shares      refresh, catalogue
    rolls      the books, a span between two turning days          → the tasks of each unit              rows, rebuild, task_codec
    rows       tasks and shares of a unit, the day                 → rows, heads, altered entries        rows, rebuild

A share is the part of a ledger file that concerns one unit.

``reader`` makes a snapshot from rows. ``behind``, ``finder`` and ``archive`` read the details of tasks and entries when they
are needed; ``text_search`` finds entries by their words, from the bytes of the files. ``overlay`` makes a snapshot as if new
entries were written already. ``ledger`` uses all of these.
"""
