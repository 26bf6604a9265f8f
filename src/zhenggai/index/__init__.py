"""The kept answer: how every task stands, out of what was made before and the files that have changed since.

Everything kept is a value under a key that names all that it was made from, the program among it (``keys``, ``store``). So it
can be missing, never wrong: a late writer writes under its own key, and a damaged value is made anew. From the files up::

    seen       how the files stand on the disk                     → the keys of books and state         disk
    books      the bytes of plan and unit book                     → what both say                       books, book_files
    parsed     a file's bytes                                      → its events, a line each             parsed, events
    outline    a file's events, what of the books decides filing   → what it says to which unit          outlines
    folder     the outlines of a unit's files                      → what its entries name and want      outlines
    month      the outlines of all files with entries of it        → what wanted entries are             cross_references
    answers    what folders want, the months                       → what each folder has to know        cross_references
    assigned   a folder, its answers                               → its shares, by unit                 refresh
    state      all folders                                         → all that is said to each unit       refresh, catalogue
    rolls      the books, between two turning days                 → the tasks of each unit              rows, rebuild, task_codec
    rows       a unit's tasks, all that is said to it, the day     → rows for lists, heads, entries      rows, rebuild

``reader`` makes the snapshot of the rows; ``behind``, ``finder`` and ``archive`` give what a task or an entry is asked for
beyond them; ``overlay`` is all this as if some entries more were written. ``ledger`` puts the halves together.
"""
