"""The plan as of a day: adjustments applied, phases, which edits need a 调整."""
