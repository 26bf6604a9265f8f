"""Facts: what a county publishes for a roll-up. A row is a task, a problem, a phase or a unit on days on which nothing about it changes."""
