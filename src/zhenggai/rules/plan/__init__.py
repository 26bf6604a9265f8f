"""The plan as of a day: adjustments, phases, and edits that need an adjustment (调整)."""
