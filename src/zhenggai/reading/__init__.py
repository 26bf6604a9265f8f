"""Reads files into the model: encodings, YAML, the tool's own canonical form. Every fault is a ``Problem`` with its line."""
