"""Edits files that a person wrote, as text. All bytes outside the edit stay."""
