"""The to-do list (待办) of a unit on a day."""
