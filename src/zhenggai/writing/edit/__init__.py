"""Edits files that a person wrote, as text at known lines; whatever is not meant keeps every byte."""
