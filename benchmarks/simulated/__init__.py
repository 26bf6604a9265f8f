"""A county of secretaries who all record at once: who they are, what they do, how they share it, and what must be there then."""
