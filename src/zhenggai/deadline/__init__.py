"""Words → Deadline: what 时限 means in an official document; the words are kept and the window stands beside them.

A text is normalised, its dates and numbers become tokens, and what is left, its *shape*, is looked up in the table
``ROWS``: 「2020年3月上旬前」 has the shape ``P前``. The whole text must be a known shape; nothing is searched for inside it.

    P  a point: 9月, 9月底, 9月30日, 3月上旬, 第2季, 年底 …, with or without its year
    B  a base day: 即日, 印发之日, 反馈之日          #  any other number

The grammar and its conventions A1–A8 are those of ``docs`` (domain/deadlines.md); A4–A6 need no code here: phases that
overlap are read as written, inheritance belongs to the rules, and a date on a rest day stays where it is.

The way in: recurrence, meaning, spelling, reading, then dates and recurring (the handlers), rows, parsing; each imports
only those before it, and nothing stands here, so that a recurrence can be had without the grammar.
"""
