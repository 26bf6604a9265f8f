"""Deadlines: the words of an official document (时限, 频次) parsed into a kind and a window. The words are kept beside them.

``parsing`` normalises a text and turns its dates and numbers into tokens (``tokens``). The rest, with a letter for each
token, is the text's *shape*: 「2020年3月上旬前」 has the shape ``P前``. The shape is looked up in ``shape_table``, which names
the handler (``date_shapes``, ``recurring_shapes``). A text is parsed as a whole or not at all; nothing is searched inside it.

    P  a point: 9月, 9月底, 9月30日, 3月上旬, 第2季, 年底 …, with or without its year
    B  a base day: 即日, 印发之日, 反馈之日
    #  any other number

The conventions A1–A8 are explained in ``docs/rules.md``. A4–A6 need no code here: overlapping phases are read as written,
inheritance belongs to the rules, and a due date on a rest day is not moved.

This file imports nothing, so that ``recurrence`` can be used without loading the grammar.
"""
