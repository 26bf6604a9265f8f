"""Generates a county's year of any size from one seed: plan, units, entries; and the same records for other programs."""
