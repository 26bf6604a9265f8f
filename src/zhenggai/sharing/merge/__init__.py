"""Merging of two versions: ledger files by entry and field, other files by line. A person decides about conflicts."""
