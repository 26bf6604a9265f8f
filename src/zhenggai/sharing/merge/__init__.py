"""Merges two versions of ledger files, entry by entry and field by field; a person decides what both changed."""
