"""What a unit has to do on a day (待办)."""
