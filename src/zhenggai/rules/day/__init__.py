"""A plan as of a day: status and light of each task, counts, silence, ranking."""
