"""What others wrote comes in: a file → paragraphs and cells with their places (``content``) → a plan to be (``draft``), or entries.

Nobody's file is trusted: it is scanned, then read by a child process with limits, which gives only ``content`` back.
"""
