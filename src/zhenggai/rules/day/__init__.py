"""A plan as of a day: each task's status and light, the counts, silence, ranking."""
