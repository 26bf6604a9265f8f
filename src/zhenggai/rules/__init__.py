"""What follows from plan and entries as of a date: pure functions, no clock."""
